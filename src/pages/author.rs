//! A person, as the author of something.

use serde::Serialize;

use super::parts::Image;
use crate::links::Links;
use crate::site::{Page, PageId, Site};

/// A person, as the author of something.
#[derive(Debug, Serialize)]
pub(super) struct Author<'a> {
    /// The person's name: the title of their page.
    pub(super) name: &'a str,
    /// URL of the person's own page.
    url: String,
    /// Their role, as their front matter has it: "Head of sales".
    pub(super) role: Option<&'a str>,
    /// The organization that they work for, as their front matter has it.
    pub(super) organization: Option<&'a str>,
    /// The first letters of two names, where there is no photo.
    pub(super) initials: String,
    /// Their photo, cut to a square; `null` if they have none.
    pub(super) photo: Option<Image<'a>>,
    /// Whether they work somewhere else than where the site comes from.
    pub(super) guest: bool,
}

/// A person, as the author of something.
pub(super) fn author<'a>(site: &'a Site, links: &Links, person: PageId) -> Author<'a> {
    let page = site.page(person);
    let about = page.meta().person();
    let initials = page.title().split_whitespace().filter_map(|word| word.chars().next());
    Author {
        name: page.title(),
        url: site.href(&page.url),
        role: about.and_then(|about| about.role.as_deref()),
        organization: about.and_then(|about| about.organization.as_deref()),
        initials: initials.take(2).collect(),
        photo: links
            .picture(site, person)
            .map(|shown| Image::new(site, &shown, (page.title(), page.image()))),
        guest: is_guest(site, page),
    }
}

/// A guest works somewhere else than where the site comes from.
fn is_guest(site: &Site, person: &Page) -> bool {
    let own = site.config().organization.as_ref().map(|organization| organization.name.as_str());
    let theirs = person.meta().person().and_then(|about| about.organization.as_deref());
    theirs.is_some_and(|organization| Some(organization) != own)
}
