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
        /// The page that is shown.
        page: PageId,
        /// Which part of its list, from 1; 1 for a page without a list.
        part: usize,
    },
    /// The list of all terms of a taxonomy.
    Taxonomy {
        /// The language of the page.
        lang: LangId,
        /// The taxonomy whose terms are listed.
        taxonomy: TaxonomyId,
    },
    /// One part of a term's list.
    Term {
        /// The language of the page.
        lang: LangId,
        /// The taxonomy that the term is in.
        taxonomy: TaxonomyId,
        /// The term, by its place among those of its language.
        term: TermId,
        /// Which part of its list, from 1.
        part: usize,
    },
    /// The page of a series, with all its parts.
    Series {
        /// The language of the page.
        lang: LangId,
        /// The series whose parts are listed.
        series: SeriesId,
    },
    /// A stretch of the archive.
    Archive {
        /// The language of the page.
        lang: LangId,
        /// The years or the month that are listed.
        scope: ArchiveScope,
    },
    /// Every page by its first letter.
    AToZ {
        /// The language of the page.
        lang: LangId,
    },
    /// The list of all objections, in every script of the edition.
    Objections {
        /// The language of the page.
        lang: LangId,
    },
    /// The page with the search box.
    SearchPage {
        /// The language of the page.
        lang: LangId,
    },
    /// The report on the content, for the team.
    Report {
        /// The language of the page.
        lang: LangId,
    },
    /// The page for addresses that don't exist.
    NotFound {
        /// The language of the page.
        lang: LangId,
    },
    /// The page of thanks for a form.
    Thanks {
        /// The form that was sent.
        form: FormId,
        /// The language of the page.
        lang: LangId,
        /// Is the form behind gates alone? Then what it says is, too.
        is_gated: bool,
    },
    /// Whom to follow up today, which the browser knows.
    Today {
        /// The language of the page.
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
        /// The old address, by its place among all.
        alias: RedirectId,
    },
    /// The list of search indexes.
    SearchManifest,
    /// A file of a search index.
    SearchFile(SearchFileId),
    /// A file of the page on which colleagues write.
    Admin(AdminFile),
    /// A feed in one format.
    Feed {
        /// The feed, by its place among all.
        feed: FeedId,
        /// The format that it is written in.
        format: FeedFormat,
    },
    /// The sitemap, or the index of its parts.
    Sitemap,
    /// One part of a large sitemap (from 0).
    SitemapPart(usize),
    /// `robots.txt`, for search engines.
    Robots,
    /// `_redirects`, for hosts that read it.
    HostRedirects,
    /// `_headers`, for hosts that read it.
    HostHeaders,
    /// A style sheet, script, font or image of the theme.
    ThemeFile(AssetId),
    /// Something behind a gate, sealed.
    Sealed(SealedId),
    /// The reps of a language, as `rep.js` and `share.js` read them.
    Reps {
        /// The language of the file.
        lang: LangId,
    },
    /// All emails of the team, for the browser.
    Mails {
        /// The language of the file.
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
        /// The size, the type and the part of the picture.
        variant: Variant,
    },
    /// A file of the site, copied as it is, a picture without its metadata: its path from the site's root.
    Copy(String),
}

/// A file of `/admin/`, apart from those of Sveltia CMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminFile {
    /// The page itself, as HTML.
    Page,
    /// What it knows of the site.
    Data,
    /// The script that the page loads.
    Script,
    /// The style sheet of the page.
    Style,
}
