//! The bar of all sections at the side of each page, for themes that ask for one.

use serde::Serialize;

use super::parts::Link;
use crate::config::LangId;
use crate::content::PageKind;
use crate::publishing::lists::Listings;
use crate::site::{Page, PageId, Site};

/// A section with more pages than this is named alone: the bar is on every page.
const MOST: usize = 100;

/// A section of the site, or the pages that are in none.
#[derive(Debug, Serialize)]
pub(super) struct SidebarSection<'a> {
    /// The section's title; `null` for pages that are in no section.
    title: Option<&'a str>,
    /// The section's URL; `null` for those.
    url: Option<String>,
    /// Its pages in the order of its list; none if there are more than a hundred.
    pages: Vec<Link<'a>>,
}

/// All sections of a language that have something in them.
pub(super) fn sections<'a>(site: &'a Site, listings: &Listings, lang: LangId) -> Vec<SidebarSection<'a>> {
    let Some(home) = site.find("", lang) else { return Vec::new() };
    let links = |pages: &[PageId]| -> Vec<Link<'a>> {
        if pages.len() > MOST {
            return Vec::new();
        }
        pages.iter().map(|page| Link::to(site, *page)).collect()
    };
    let is_plain = |page: &&Page| {
        let is_usual = page.kind() == PageKind::Page && page.meta().template.is_none();
        page.lang() == lang && is_usual && page.is_listed() && page.is_indexed()
    };
    let mut alone: Vec<&Page> = site.pages().filter(is_plain).collect();
    alone.sort_by_key(|page| (page.meta().weight.unwrap_or(i64::MAX), page.title()));
    let alone: Vec<PageId> = alone.iter().map(|page| page.id).collect();
    let alone = SidebarSection { title: None, url: None, pages: links(&alone) };
    let is_section = |page: &&Page| page.kind() == PageKind::Section;
    let sections = site.children(home).iter().map(|id| site.page(*id)).filter(is_section);
    let sections = sections.map(|page| SidebarSection {
        title: Some(page.title()),
        url: Some(site.href(&page.url)),
        pages: links(listings.listed(site, page)),
    });
    std::iter::once(alone).filter(|alone| !alone.pages.is_empty()).chain(sections).collect()
}
