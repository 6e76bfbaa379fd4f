//! `list`: the pages of a list, in parts.

use serde::Serialize;

use super::card::PageView;
use super::linked::Edition;
use super::site_view::FeedLink;
use super::subject::{Subject, word};
use crate::site::{PageId, routes};
use crate::theme::values::{Html, Shared};

/// A list of pages, or one part of it.
#[derive(Debug, Serialize)]
pub(super) struct List<'a> {
    /// The list's title, as plain text.
    title: String,
    /// What the list is about; `null` if nothing is written.
    description: Option<&'a str>,
    /// The section's own text, on the first part.
    content: Option<Html>,
    /// The pages of this part.
    pages: Vec<Shared<PageView<'static>>>,
    /// How many pages there are in all parts.
    total: usize,
    /// The other parts; `null` if there is only one.
    pager: Option<Pager>,
    /// The feeds of this list.
    feeds: Vec<Shared<FeedLink<'static>>>,
    /// The sections below this one, on the first part.
    sections: Vec<Shared<PageView<'static>>>,
}

/// The way to the other parts of a list.
#[derive(Debug, Serialize)]
struct Pager {
    /// Which part this is, from 1.
    number: usize,
    /// How many parts there are.
    of: usize,
    /// URL of the first part.
    first: String,
    /// URL of the last part.
    last: String,
    /// URL of the part before.
    previous: Option<String>,
    /// URL of the part after.
    next: Option<String>,
    /// The first part, the last, and those around this one.
    pages: Vec<PagerEntry>,
}

/// A part of a list.
#[derive(Debug, Serialize)]
struct PagerEntry {
    /// The number of the part, from 1.
    number: usize,
    /// URL of that part.
    url: String,
    /// Whether it is this one.
    current: bool,
}

/// One part of a list of pages.
pub(super) struct ListPage<'a> {
    /// The path of the list's first part, without the folder that the site is in.
    pub(super) url: &'a str,
    /// Which part it is, from 1.
    pub(super) part: usize,
    /// Pages in a part; 0 for all.
    pub(super) per_part: usize,
}

/// What only some lists have: a description, a text, sections below.
#[derive(Default)]
pub(super) struct More<'a> {
    pub(super) description: Option<&'a str>,
    pub(super) content: Option<Html>,
    pub(super) sections: Vec<PageId>,
}

impl<'a> More<'a> {
    /// Nothing but a description.
    pub(super) fn described(description: Option<&'a str>) -> Self {
        Self { description, ..Self::default() }
    }
}

impl<'a> List<'a> {
    /// One part of a list of pages.
    pub(super) fn new(
        linked: &Edition,
        title: &str,
        (part, pages): (&ListPage<'_>, &[PageId]),
        more: More<'a>,
    ) -> Self {
        Self {
            title: title.to_string(),
            description: more.description,
            content: more.content,
            pages: linked.cards(part.slice(pages)),
            total: pages.len(),
            pager: part.pager(linked, pages),
            feeds: linked.views.feeds.at(part.url),
            sections: linked.cards(&more.sections),
        }
    }
}

impl ListPage<'_> {
    fn slice<'p>(&self, pages: &'p [PageId]) -> &'p [PageId] {
        if self.per_part == 0 {
            return pages;
        }
        let start = ((self.part - 1) * self.per_part).min(pages.len());
        &pages[start..(start + self.per_part).min(pages.len())]
    }

    fn count(&self, pages: &[PageId]) -> usize {
        routes::parts(pages.len(), self.per_part)
    }

    /// The paths of the parts before and after.
    fn neighbours(&self, pages: &[PageId]) -> (Option<String>, Option<String>) {
        let at = |part: usize| routes::part_url(self.url, part);
        let previous = (self.part > 1).then(|| at(self.part - 1));
        (previous, (self.part < self.count(pages)).then(|| at(self.part + 1)))
    }

    fn pager(&self, linked: &Edition, pages: &[PageId]) -> Option<Pager> {
        let count = self.count(pages);
        if count < 2 {
            return None;
        }
        let url = |part: usize| linked.site.href(&routes::part_url(self.url, part));
        let (previous, next) = self.neighbours(pages);
        let href = |path: Option<String>| path.map(|path| linked.site.href(&path));
        // The first, the last, and those around this one: a list of 500 parts must not have 500 links.
        let shown = (1..=count).filter(|n| *n == 1 || *n == count || n.abs_diff(self.part) <= 2);
        let entry = |number| PagerEntry { number, url: url(number), current: number == self.part };
        Some(Pager {
            number: self.part,
            of: count,
            first: url(1),
            last: url(count),
            previous: href(previous),
            next: href(next),
            pages: shown.map(entry).collect(),
        })
    }

    /// The subject of one part of a list: further parts say so in their title.
    pub(super) fn subject(&self, linked: &Edition, mut about: Subject, pages: &[PageId]) -> Subject {
        (about.previous, about.next) = self.neighbours(pages);
        about.feed = Some(self.url.to_string());
        if self.part > 1 {
            about.url = routes::part_url(self.url, self.part);
            let tools = &linked.site.content.tools[about.lang];
            let numbered = word(linked, about.lang, "page_number", "page {n}");
            let n = i64::try_from(self.part).unwrap_or(i64::MAX);
            about.title = format!("{}, {}", about.title, numbered.replace("{n}", &tools.number(n)));
            about.translations.clear();
        }
        about
    }
}
