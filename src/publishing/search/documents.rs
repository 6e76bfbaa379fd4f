//! What is searched: each page, cut at its headings, so that a hit leads to the right place.

use std::collections::BTreeMap;

use super::KINDS;
use crate::config::LangId;
use crate::content::body::{Body, Heading};
use crate::site::{Page, PageId, Site};

/// A page's own beginning, or what stands under one of its headings. All texts are plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// The heading's id; empty for the page itself.
    pub(super) id: String,
    /// The heading; the page's title for the page itself.
    pub(super) title: String,
    /// What else it goes by, found like the heading and never shown.
    pub(super) said: String,
    /// The text below the heading, as plain text.
    pub(super) text: String,
    /// What a result shows: where it is another text than the beginning of `text`.
    pub(super) summary: Option<String>,
}

/// A part of a page that isn't cut at its headings, such as an objection with its replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The id of the heading that it begins with.
    pub id: String,
    /// What the section is called, as plain text.
    pub title: String,
    /// What else it goes by: found as the title is, and never shown.
    pub said: Vec<String>,
    /// The text of the section, as plain text.
    pub text: String,
}

/// What search reads of pages otherwise than in their texts.
#[derive(Debug, Default)]
pub struct Cuts {
    /// The pages that aren't cut at their headings.
    pub sections: BTreeMap<PageId, Vec<Section>>,
    /// The objections of call scripts, by language.
    pub objections: BTreeMap<LangId, Vec<ListedObjection>>,
    /// What a page shows besides its text, such as what is said in films, and what an assessment asks.
    pub further: BTreeMap<PageId, String>,
}

/// An objection of a call script, which callers look for while somebody says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedObjection {
    /// Its URL from the root of the host, with its place in the script.
    pub url: String,
    /// What the objection is called, in plain words.
    pub title: String,
    /// Other ways in which people say it.
    pub phrases: Vec<String>,
    /// The title of its script.
    pub script: String,
    /// The replies to it, in the order of the script.
    pub replies: Vec<Section>,
}

/// What results say of something before its text.
pub(super) struct Head {
    pub(super) url: String,
    pub(super) title: String,
    /// Index into the names of kinds.
    pub(super) kind: Option<usize>,
    /// As in `2026-11-02`; may be empty.
    pub(super) date: String,
}

/// Which texts of documents are wanted: those of all sections of a site are as much as the site itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// All.
    All,
    /// That of the page alone; those of sections may be empty.
    Own,
}

/// What an index lists: pages, or objections.
pub(super) trait Shelf: Sync {
    /// How many pages or objections there are.
    fn count(&self) -> usize;
    /// The documents of one of them.
    fn documents(&self, at: usize, texts: Texts) -> Documents;
    /// What results say of one of them, whatever part of it was found.
    fn head(&self, at: usize) -> Head;
}

/// A page, or an objection, as results show it: itself, and what it is divided into.
pub(super) struct Documents {
    /// Its beginning, up to the first heading.
    pub(super) own: Document,
    /// What has a heading in it.
    pub(super) sections: Vec<Document>,
}

impl Documents {
    /// Itself first, then the others.
    pub(super) fn into_all(self) -> impl Iterator<Item = Document> {
        std::iter::once(self.own).chain(self.sections)
    }
}

/// The pages of a site in one language that are searched.
pub(super) struct Pages<'a> {
    pub(super) site: &'a Site,
    pub(super) pages: &'a [PageId],
    pub(super) cuts: &'a Cuts,
}

impl Shelf for Pages<'_> {
    fn count(&self) -> usize {
        self.pages.len()
    }

    fn documents(&self, at: usize, texts: Texts) -> Documents {
        documents(self.site, self.site.page(self.pages[at]), self.cuts, texts)
    }

    fn head(&self, at: usize) -> Head {
        let page = self.site.page(self.pages[at]);
        Head {
            url: self.site.href(&page.url),
            title: page.title().to_string(),
            kind: KINDS.iter().position(|kind| *kind == page.kind()),
            date: page.meta().date.map(|date| date.to_string()).unwrap_or_default(),
        }
    }
}

/// Objections of a language, with the titles of their scripts as kinds.
pub(super) struct Objections<'a> {
    pub(super) all: &'a [ListedObjection],
    pub(super) scripts: &'a [String],
}

impl Shelf for Objections<'_> {
    fn count(&self) -> usize {
        self.all.len()
    }

    fn documents(&self, at: usize, _: Texts) -> Documents {
        let objection = &self.all[at];
        let said = objection.phrases.join("\n");
        let summary = objection.replies.first().map(|reply| reply.text.clone());
        let own = Document {
            id: String::new(),
            title: objection.title.clone(),
            said,
            text: String::new(),
            summary,
        };
        let replies = objection.replies.iter().map(|reply| Document {
            id: reply.id.clone(),
            title: reply.title.clone(),
            said: String::new(),
            text: reply.text.clone(),
            summary: None,
        });
        Documents { own, sections: replies.collect() }
    }

    fn head(&self, at: usize) -> Head {
        let ListedObjection { url, title, script, .. } = &self.all[at];
        let kind = self.scripts.iter().position(|known| known == script);
        Head { url: url.clone(), title: title.clone(), kind, date: String::new() }
    }
}

/// The pages of a language that search finds, the oldest first, so that a new one changes the fewest numbers.
#[must_use]
pub(super) fn pages(site: &Site, lang: LangId) -> Vec<PageId> {
    let is_found = |page: &&Page| page.lang() == lang && page.is_listed() && !page.document.is_generated;
    let mut pages: Vec<PageId> = site.pages().filter(is_found).map(|page| page.id).collect();
    pages.sort_by_key(|id| (site.page(*id).meta().date, *id));
    pages
}

/// The documents of a page: the first is the page itself, and there is one for each heading that has a text, or
/// for each section of a page that is cut otherwise.
///
/// Only the open text is read: what a gate seals is another type, which this function has no access to.
#[must_use]
pub(super) fn documents(site: &Site, page: &Page, cuts: &Cuts, texts: Texts) -> Documents {
    let body = page.body();
    let headings: Vec<&Heading> =
        body.headings.iter().filter(|heading| heading.top_level && !heading.text.is_empty()).collect();
    let first = headings.first().map_or(body.nodes().len(), |heading| heading.node);
    let mut own = beginning(site, page, body.plain_text_of(0..first));
    if let Some(further) = cuts.further.get(&page.id) {
        own.text.push('\n');
        own.text.push_str(further);
    }
    if let Some(sections) = cuts.sections.get(&page.id) {
        let sections = sections.iter().map(|section| Document {
            id: section.id.clone(),
            title: section.title.clone(),
            said: section.said.join("\n"),
            text: section.text.clone(),
            summary: None,
        });
        return Documents { own, sections: sections.collect() };
    }
    let mut sections = Vec::with_capacity(headings.len());
    for (index, heading) in headings.iter().enumerate() {
        let start = body.nodes()[heading.node].end as usize;
        let end = headings.get(index + 1).map_or(body.nodes().len(), |next| next.node);
        sections.push(Document {
            id: heading.id.clone(),
            title: heading.text.clone(),
            said: String::new(),
            text: if texts == Texts::All { body.plain_text_of(start..end) } else { String::new() },
            summary: None,
        });
    }
    Documents { own, sections }
}

/// The page itself: its description, who wrote it and what it is about stand before its first words.
fn beginning(site: &Site, page: &Page, intro: String) -> Document {
    let meta = page.meta();
    let mut text = meta.description.clone().unwrap_or_default();
    let person = meta.person();
    let work = person.map(|person| [person.role.as_deref(), person.organization.as_deref()]);
    let talks = person.iter().flat_map(|person| &person.speaker.talks).map(|talk| talk.title.as_str());
    let said = work.into_iter().flatten().flatten().chain(talks);
    let authors = page.authors.iter().map(|author| site.page(*author).title());
    let labels = site.labels_of(page.id).into_iter().chain(meta.challenges().iter().map(String::as_str));
    for part in said.chain(authors).chain(labels).chain([intro.as_str()]) {
        if !text.is_empty() && !part.is_empty() {
            text.push('\n');
        }
        text.push_str(part);
    }
    let summary = meta
        .description
        .clone()
        .unwrap_or_else(|| if intro.is_empty() { first_words(page.body()) } else { intro });
    Document {
        id: String::new(),
        title: page.title().to_string(),
        said: String::new(),
        text,
        summary: Some(summary),
    }
}

/// For a page that begins with a heading.
fn first_words(body: &Body) -> String {
    body.excerpt(300)
}
