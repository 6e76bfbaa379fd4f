//! What each file of an edition is made from: one enum, so that whoever makes bytes has an arm for each.

use crate::config::{LangId, SeriesId, TaxonomyId};
use crate::content::form::FormId;
use crate::content::image::Variant;
use crate::ids::id;
use crate::site::routes::{ArchiveScope, FeedFormat};
use crate::site::{PageId, TermId};

id!(
    /// An old address: its place among the aliases of an edition.
    pub struct RedirectId
);

id!(
    /// A feed: its place among those of an edition.
    pub struct FeedId
);

id!(
    /// A file of the theme.
    pub struct AssetId
);

id!(
    /// A file of the search of an edition.
    pub struct SearchFileId
);

id!(
    /// Something sealed behind a gate of an edition.
    pub struct SealedId
);

/// A page that readers open: each has a template and a place among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// A page with a file of its own; of a section or person, one part of its list (from 1).
    Page {
        /// The page.
        page: PageId,
        /// The part.
        part: usize,
    },
    /// All terms of a taxonomy.
    Taxonomy {
        /// The language.
        lang: LangId,
        /// Which.
        taxonomy: TaxonomyId,
    },
    /// One part of a term's list.
    Term {
        /// The language.
        lang: LangId,
        /// Which.
        taxonomy: TaxonomyId,
        /// The term.
        term: TermId,
        /// The part, from 1.
        part: usize,
    },
    /// A series.
    Series {
        /// The language.
        lang: LangId,
        /// Which.
        series: SeriesId,
    },
    /// A stretch of the archive.
    Archive {
        /// The language.
        lang: LangId,
        /// Which.
        scope: ArchiveScope,
    },
    /// Every page by its first letter.
    AToZ {
        /// The language.
        lang: LangId,
    },
    /// All objections of all scripts.
    Objections {
        /// The language.
        lang: LangId,
    },
    /// The page with the search box.
    SearchPage {
        /// The language.
        lang: LangId,
    },
    /// The report on the content, for the team.
    Report {
        /// The language.
        lang: LangId,
    },
    /// The page for addresses that don't exist.
    NotFound {
        /// The language.
        lang: LangId,
    },
    /// The page of thanks for a form.
    Thanks {
        /// The form.
        form: FormId,
        /// The language.
        lang: LangId,
        /// Is the form behind gates alone? Then what it says is, too.
        is_gated: bool,
    },
    /// Whom to follow up today, which the browser knows.
    Today {
        /// The language.
        lang: LangId,
    },
}

/// What a file of the output is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Artifact {
    /// A page that readers open.
    Page(Route),
    /// The stub at an old address.
    Redirect {
        /// The alias.
        alias: RedirectId,
    },
    /// The list of search indexes.
    SearchManifest,
    /// A file of a search index.
    SearchFile(SearchFileId),
    /// A file of the page on which colleagues write.
    Admin(AdminFile),
    /// A feed.
    Feed {
        /// Which.
        feed: FeedId,
        /// Its format.
        format: FeedFormat,
    },
    /// The sitemap, or the index of its parts.
    Sitemap,
    /// One part of a large sitemap (from 0).
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// `_redirects`, for hosts that read it.
    HostRedirects,
    /// `_headers`, for hosts that read it.
    HostHeaders,
    /// A file of the theme.
    ThemeFile(AssetId),
    /// Something behind a gate, sealed.
    Sealed(SealedId),
    /// The list of reps.
    Reps {
        /// The language.
        lang: LangId,
    },
    /// All emails of the team, for the browser.
    Mails {
        /// The language.
        lang: LangId,
    },
    /// The service worker that keeps calls for times without a network.
    OfflineWorker,
    /// The service worker of a sealed edition.
    LockWorker,
    /// The file of a sealed edition that tells whether a passphrase is right.
    LockCheck,
    /// The list of free mail services.
    FreeMail,
    /// The entry for calendars of the event to which a page invites.
    Calendar(PageId),
    /// The social card of a page.
    Card(PageId),
    /// A picture of the site in another size and type.
    Picture {
        /// Its path from the site's root.
        path: String,
        /// The size and type.
        variant: Variant,
    },
    /// A file of the site, copied as it is, a picture without its metadata: its path from the site's root.
    Copy(String),
}

/// A file of `/admin/`, apart from those of Sveltia CMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminFile {
    /// The page.
    Page,
    /// What it knows of the site.
    Data,
    /// Its script.
    Script,
    /// Its style sheet.
    Style,
}
