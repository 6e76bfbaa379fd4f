//! What is kept of the checks of each page, so that a save asks again only what it can have changed.
//!
//! The checks of one page depend on its file, on who it is for, on the configuration and on the day. `mentions` depends on
//! its text, on the pages that it leads to, and on titles that begin with words that it has. Whatever depends on more
//! is never kept.

use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHasher};

use super::mentions::Titles;
use super::starts::{Start, Starts};
use crate::config::{Audience, Config};
use crate::content::Document;
use crate::diag::Diagnostic;
use crate::site::{Page, PageId, Site};

/// What the checks of an edition's pages have found, by file.
#[derive(Debug, Default)]
pub struct KeptChecks {
    made_with: Option<(Arc<Config>, Date)>,
    /// For each beginning of a title, a hash of all that is asked of the titles that have it.
    titles: FxHashMap<Start, u64>,
    pages: FxHashMap<String, PageChecks>,
}

/// What the checks of one page have found.
#[derive(Debug)]
pub(super) struct PageChecks {
    document: Arc<Document>,
    audience: Audience,
    leads_to: u64,
    starts: Starts,
    /// What its own checks found; nothing where they were made in another edition.
    pub(super) own: Option<Vec<Diagnostic>>,
    /// What `mentions` found.
    pub(super) mentions: Vec<Diagnostic>,
}

/// What is kept, as far as it holds for a site.
pub(super) struct Valid<'a> {
    kept: &'a KeptChecks,
    /// The beginnings of titles that are new, gone or asked otherwise.
    changed: Vec<Start>,
}

impl KeptChecks {
    /// What holds for `site`, whose titles these are.
    pub(super) fn valid(&self, site: &Site, titles: &FxHashMap<Start, u64>) -> Option<Valid<'_>> {
        let (config, today) = self.made_with.as_ref()?;
        let is_same = Arc::ptr_eq(config, &site.content.config) && *today == site.content.today;
        is_same.then(|| Valid { kept: self, changed: differing(&self.titles, titles) })
    }

    /// What is known from now on.
    pub(super) fn replace(
        &mut self,
        site: &Site,
        titles: FxHashMap<Start, u64>,
        pages: FxHashMap<String, PageChecks>,
    ) {
        self.made_with = Some((Arc::clone(&site.content.config), site.content.today));
        (self.titles, self.pages) = (titles, pages);
    }
}

#[allow(clippy::iter_over_hash_type, reason = "what comes out is only searched")]
fn differing(a: &FxHashMap<Start, u64>, b: &FxHashMap<Start, u64>) -> Vec<Start> {
    let gone = a.keys().filter(|start| !b.contains_key(*start));
    let other = b.iter().filter(|(start, hash)| a.get(*start) != Some(*hash)).map(|(start, _)| start);
    gone.chain(other).copied().collect()
}

impl<'a> Valid<'a> {
    /// What its own checks found on a page.
    pub(super) fn page_problems(&self, page: &Page) -> Option<&'a [Diagnostic]> {
        self.of_page(page)?.own.as_deref()
    }

    /// What `mentions` found on a page that leads to `links`, and the beginnings of titles in its text.
    pub(super) fn mentions(
        &self,
        site: &Site,
        page: &Page,
        links: &[PageId],
    ) -> Option<(&'a [Diagnostic], &'a Starts)> {
        let kept = self.of_page(page)?;
        let lang = page.lang();
        let is_asked = self.changed.iter().any(|start| start.0 == lang && kept.starts.may_have(start.1));
        (!is_asked && kept.leads_to == leads_to(site, links)).then_some((&*kept.mentions, &kept.starts))
    }

    fn of_page(&self, page: &Page) -> Option<&'a PageChecks> {
        let kept = self.kept.pages.get(page.path())?;
        (Arc::ptr_eq(&kept.document, &page.document) && kept.audience == page.audience).then_some(kept)
    }
}

impl PageChecks {
    /// What was found on a page that leads to `links`.
    pub(super) fn new(site: &Site, page: &Page, links: &[PageId], starts: Starts) -> Self {
        Self {
            document: Arc::clone(&page.document),
            audience: page.audience,
            leads_to: leads_to(site, links),
            starts,
            own: None,
            mentions: Vec::new(),
        }
    }

    /// With what the page's own checks found, if they were made here, and what `mentions` found.
    pub(super) fn with(self, own: Option<Vec<Diagnostic>>, mentions: Vec<Diagnostic>) -> Self {
        Self { own, mentions, ..self }
    }
}

/// Differs when a text leads to other pages. Their numbers may change while they don't.
fn leads_to(site: &Site, links: &[PageId]) -> u64 {
    let mut hasher = FxHasher::default();
    links.iter().for_each(|link| site.page(*link).path().hash(&mut hasher));
    hasher.finish()
}

/// For each beginning of a title, a hash of all that [`Titles::check`] asks of the titles that have it.
#[allow(clippy::iter_over_hash_type, reason = "from one map to another")]
pub(super) fn title_hashes(site: &Site, titles: &Titles<'_>) -> FxHashMap<Start, u64> {
    let mut hashes = FxHashMap::default();
    for (start, pages) in titles.by_start() {
        let mut hasher = FxHasher::default();
        for (_, page) in pages {
            let page = site.page(*page);
            (page.title(), page.audience as u8).hash(&mut hasher);
            page.translations.iter().for_each(|id| site.page(*id).path().hash(&mut hasher));
            page.path().hash(&mut hasher);
        }
        hashes.insert(*start, hasher.finish());
    }
    hashes
}
