//! The list of a section, and that of the people.

use serde::Serialize;

use super::card::PageView;
use super::linked::Edition;
use super::list::{List, ListPage, More};
use super::person::{Person, person};
use super::subject::{Subject, subject};
use super::targets::Addresses;
use super::text;
use crate::content::PageKind;
use crate::diag::Diagnostic;
use crate::publishing::lists;
use crate::site::{Page, PageId};
use crate::theme::values::{Html, Shared};

/// What `section.html` and `people.html` get.
#[derive(Debug, Serialize)]
pub(super) struct SectionPage<'a> {
    /// The section's own page, as lists show it too.
    page: Shared<PageView<'static>>,
    /// The pages of the section, in parts.
    list: List<'a>,
    /// In the section of call scripts: URL of the page of all objections.
    objections_url: Option<String>,
    /// In the section of people: the people of this part of the list, as `list.pages` has them.
    people: Vec<PersonEntry<'a>>,
}

/// A person in the list of people.
#[derive(Debug, Serialize)]
struct PersonEntry<'a> {
    /// The person's page, as lists show it too.
    page: Shared<PageView<'static>>,
    /// What is known of the person.
    person: Person<'a>,
    /// How many texts they wrote.
    count: usize,
}

/// One part of a section's list.
pub(super) fn page<'a>(
    linked: &'a Edition,
    page: &'a Page,
    part: usize,
) -> Result<(Subject, SectionPage<'a>), Box<Diagnostic>> {
    let site = &linked.site;
    let pages = linked.features.listings.listed(site, page);
    let is_people = page.document.place.key == "people";
    let about = subject(linked, page, if is_people { "people.html" } else { "section.html" });
    let part = ListPage { url: &page.url, part, per_part: lists::per_part(site, page) };
    let more = match part.part {
        1 => first(linked, page)?,
        _ => More::described(page.meta().description.as_deref()),
    };
    let scripts = &linked.features.scripts;
    let objections = Some(page).filter(|page| page.document.place.key == "scripts");
    let objections = objections.and_then(|page| scripts.index_url(site, page.lang()));
    let people: &[PageId] = if is_people { pages } else { &[] };
    let view = SectionPage {
        page: linked.card(page.id),
        list: List::new(linked, &about.title, (&part, pages), more),
        objections_url: objections.map(|path| site.href(&path)),
        people: people.iter().filter_map(|id| entry(linked, *id)).collect(),
    };
    Ok((part.subject(linked, about, pages), view))
}

/// What the first part of a list has alone: the section's text, and the sections below it.
fn first<'a>(linked: &'a Edition, page: &'a Page) -> Result<More<'a>, Box<Diagnostic>> {
    let site = &linked.site;
    let children = site.children(page.id).iter().copied();
    Ok(More {
        description: page.meta().description.as_deref(),
        content: Html::or_none(&text::content(linked, page, Addresses::Paths)?),
        sections: children.filter(|id| site.page(*id).kind() == PageKind::Section).collect(),
    })
}

fn entry(linked: &Edition, id: PageId) -> Option<PersonEntry<'_>> {
    let page = linked.site.page(id);
    Some(PersonEntry {
        page: linked.card(id),
        person: person(linked, (page, page.meta().person()?)),
        count: linked.site.written_by(id).len(),
    })
}
