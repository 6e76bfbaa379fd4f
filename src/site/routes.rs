//! The URLs of what ringback makes by itself: terms, series, archives, feeds and the parts of lists.

use rustc_hash::FxHashSet;

use super::{PageId, Site};
use crate::config::{LangId, SeriesId, TaxonomyId};
use crate::encode::slug::slug;
use crate::site::TermId;

/// A stretch of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArchiveScope {
    /// The years, each with its months.
    All,
    /// The months of one year.
    Year(i16),
    /// One month of a year, 1 to 12.
    Month(i16, i8),
}

/// The format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedFormat {
    /// Atom (RFC 4287).
    Atom,
    /// RSS 2.0, for programs that read nothing else.
    Rss,
    /// JSON Feed 1.1 (`https://www.jsonfeed.org/version/1.1/`).
    Json,
    /// RSS 2.0 as directories of podcasts ask for it: the episodes of a section that is one.
    Podcast,
}

impl FeedFormat {
    /// All formats that each feed has, in the order in which readers are offered them.
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];
}

impl Site {
    /// All terms of a taxonomy: `/sv/category/`.
    #[must_use]
    pub fn taxonomy_url(&self, lang: LangId, taxonomy: TaxonomyId) -> String {
        format!("{}{}/", self.config().prefix(lang), self.config().taxonomies[taxonomy].name)
    }

    /// A term: `/sv/category/sales/`.
    #[must_use]
    pub fn term_url(&self, lang: LangId, taxonomy: TaxonomyId, term: TermId) -> String {
        format!("{}{}/", self.taxonomy_url(lang, taxonomy), self.terms(lang, taxonomy)[term].slug)
    }

    /// What readers see of a page's terms, each once: two taxonomies may have a term of the same name.
    #[must_use]
    pub fn labels_of(&self, page: PageId) -> Vec<&str> {
        let lang = self.page(page).lang();
        let terms = self.page(page).terms.iter();
        let labels = terms.map(|&(taxonomy, term)| self.terms(lang, taxonomy)[term].label.as_str());
        let mut seen = FxHashSet::default();
        labels.filter(|label| seen.insert(*label)).collect()
    }

    /// A series: `/sv/series/empty-crm/`.
    #[must_use]
    pub fn series_url(&self, lang: LangId, series: SeriesId) -> String {
        format!("{}series/{}/", self.config().prefix(lang), slug(&self.config().series[series].id))
    }

    /// The archive: `/sv/archive/2026/11/`.
    #[must_use]
    pub fn archive_url(&self, lang: LangId, scope: ArchiveScope) -> String {
        let prefix = self.config().prefix(lang);
        match scope {
            ArchiveScope::All => format!("{prefix}archive/"),
            ArchiveScope::Year(year) => format!("{prefix}archive/{year:04}/"),
            ArchiveScope::Month(year, month) => format!("{prefix}archive/{year:04}/{month:02}/"),
        }
    }

    /// Where a menu's `url:` leads in a language, as a path of this site; `None` for an address elsewhere.
    #[must_use]
    pub fn menu_path(&self, url: &str, lang: LangId) -> Option<String> {
        let path = url.strip_prefix('/').filter(|path| !path.starts_with('/'))?;
        Some(format!("{}{path}", self.config().prefix(lang)))
    }

    /// The A–Z page: `/sv/a-z/`.
    #[must_use]
    pub fn a_to_z_url(&self, lang: LangId) -> String {
        format!("{}a-z/", self.config().prefix(lang))
    }

    /// The page of all objections: `/sv/objections/`.
    #[must_use]
    pub fn objections_url(&self, lang: LangId) -> String {
        format!("{}objections/", self.config().prefix(lang))
    }

    /// The page of whom to follow up: `/sv/today/`.
    #[must_use]
    pub fn today_url(&self, lang: LangId) -> String {
        format!("{}today/", self.config().prefix(lang))
    }

    /// The page with the search box: `/sv/search/`.
    #[must_use]
    pub fn search_url(&self, lang: LangId) -> String {
        format!("{}search/", self.config().prefix(lang))
    }

    /// The report on the content, for the team: `/sv/report/`.
    #[must_use]
    pub fn report_url(&self, lang: LangId) -> String {
        format!("{}report/", self.config().prefix(lang))
    }

    /// The page for addresses that don't exist, as a file: `/sv/404.html`.
    #[must_use]
    pub fn not_found_url(&self, lang: LangId) -> String {
        format!("{}404.html", self.config().prefix(lang))
    }
}

/// One part of a list (from 1): the list's own URL for the first, `…/page/2/` for the second.
#[must_use]
pub fn part_url(url: &str, part: usize) -> String {
    if part <= 1 { url.to_string() } else { format!("{url}page/{part}/") }
}

/// How many parts a list of `count` has, at `by` a part (0: all in one); at least one.
#[must_use]
pub fn parts(count: usize, by: usize) -> usize {
    if by == 0 { 1 } else { count.div_ceil(by).max(1) }
}

/// The feed of what is at `url`.
#[must_use]
pub fn feed_url(url: &str, format: FeedFormat) -> String {
    match format {
        FeedFormat::Atom => format!("{url}feed.xml"),
        FeedFormat::Rss => format!("{url}rss.xml"),
        FeedFormat::Json => format!("{url}feed.json"),
        FeedFormat::Podcast => format!("{url}podcast.xml"),
    }
}
