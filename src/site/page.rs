//! A page of one edition: its file's content, and what linking found out about it.

use std::sync::Arc;

use crate::config::{LangId, TaxonomyId};
use crate::content::blocks::media::Media;
use crate::content::body::Body;
use crate::content::front_matter::{FrontMatter, ImageMeta};
use crate::content::gate::{GatedBody, PublicBody};
use crate::content::{Document, PageKind};
use crate::diag::{Code, Diagnostic, Severity};
use crate::ids::id;
use crate::site::TermId;

id!(
    /// A page: its place in its [`super::Site`]. Pages refer to each other by it.
    pub struct PageId
);

/// Is a page out, not yet, or no longer? Only `published` pages are built, unless drafts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishStatus {
    /// It is out: built in every case.
    Published,
    /// Its author has marked it as a draft.
    Draft,
    /// Its date is in the future.
    Scheduled,
    /// Its last day has passed.
    Expired,
    /// It is a term's own page, and no page of the edition has the term.
    Unused,
}

impl PublishStatus {
    /// Why readers can't open it, for messages.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Published => "it is published",
            Self::Draft => "it is a draft",
            Self::Scheduled => "its date is in the future",
            Self::Expired => "it has expired",
            Self::Unused => "no page has its term",
        }
    }

    /// What to do about a link to it.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Expired => {
                "remove it, say with `expires_to:` in that page where it leads now, or give that page a later `expires:`"
            }
            Self::Scheduled => "until that day, readers see its words without a link",
            Self::Unused => "until a page has the term, readers see its words without a link",
            _ => "publish that page first, or remove the link until then",
        }
    }

    /// The report of something that leads to a page in this state. What comes and goes by itself stops no build on that
    /// day; a draft waits for its author.
    #[must_use]
    pub fn problem(self, message: impl Into<String>) -> Diagnostic {
        let mut problem = Diagnostic::new(Code::LinkToUnpublished, message);
        if matches!(self, Self::Scheduled | Self::Expired | Self::Unused) {
            problem.severity = Severity::Warning;
        }
        problem.help(self.advice())
    }

    /// As templates and messages name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
            Self::Unused => "unused",
        }
    }
}

/// What an edition shows of texts that have a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// What everybody may read, before the form is sent.
    Open,
    /// All of it: its readers need not be asked.
    Whole,
}

/// A page of one edition.
#[derive(Debug, Clone)]
pub struct Page {
    /// The place of the page in its site.
    pub id: PageId,
    /// What was read of its file, shared by all editions.
    pub document: Arc<Document>,
    /// What of its text this edition shows.
    pub(super) shown: Shown,
    /// Beside each other, because linking asks every page for both again and again.
    pub(super) nature: (PageKind, LangId),
    /// Its path from the site's root, such as `/sv/insights/name/`, not percent-encoded.
    pub url: String,
    /// Whether it is out, and if not, why.
    pub state: PublishStatus,
    /// The narrowest audience of it and its translations.
    pub audience: crate::config::Audience,
    /// The section it belongs to.
    pub section: Option<PageId>,
    /// The same page in all languages it has, itself included, in the order of the languages.
    pub translations: Vec<PageId>,
    /// The people who wrote it.
    pub authors: Vec<PageId>,
    /// Its terms, each once: the taxonomy, and the term's place among those of its language.
    pub terms: Vec<(TaxonomyId, TermId)>,
    /// Does it follow a form that was sent? It is for those who have sent it, and nobody has to find it otherwise.
    pub follows_form: bool,
}

impl Page {
    /// The kind of page, by the folder of its file.
    #[must_use]
    pub fn kind(&self) -> PageKind {
        self.nature.0
    }

    /// Is it in search and on the A–Z page?
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.meta().listed.unwrap_or(!self.follows_form)
    }

    /// May search engines list it?
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        !self.meta().noindex.unwrap_or(self.follows_form)
    }

    /// The language of the page.
    #[must_use]
    pub fn lang(&self) -> LangId {
        self.nature.1
    }

    /// The title as its author wrote it, as plain text.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.document.meta.title.value
    }

    /// What its front matter says.
    #[must_use]
    pub fn meta(&self) -> &FrontMatter {
        &self.document.meta
    }

    /// Its text as this edition shows it: what everybody may read, or all of it where gates stand open.
    #[must_use]
    pub fn text(&self) -> &PublicBody {
        match self.shown {
            Shown::Open => self.document.text.open(),
            Shown::Whole => self.document.text.entire(),
        }
    }

    /// The tree of this text.
    #[must_use]
    pub fn body(&self) -> &Body {
        self.text().body()
    }

    /// The part of its text behind the form; `None` where nothing is, or where gates stand open.
    #[must_use]
    pub fn gated(&self) -> Option<&GatedBody> {
        self.document.text.gated().filter(|_| self.shown == Shown::Open)
    }

    /// The first film or sound in its open text: its index in [`Body::links`], and what it
    /// plays.
    #[must_use]
    pub fn recording(&self) -> Option<(u32, Media)> {
        let body = self.body();
        if !self.document.uses.players {
            return None;
        }
        body.children(None)
            .find_map(|paragraph| body.lone_media(paragraph))
            .map(|(_, link, media)| (link, media))
    }

    /// The image that stands for it: of a person, the photo.
    #[must_use]
    pub fn image(&self) -> Option<&ImageMeta> {
        let photo = self.meta().person().and_then(|person| person.photo.as_ref());
        photo.or(self.meta().image.as_ref())
    }

    /// Its file, from the root of the site.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.document.place.path
    }

    /// Words of the open text.
    #[must_use]
    pub fn words(&self) -> usize {
        self.document.words
    }

    /// Is it something to read that has a date: what feeds, archives and home pages list?
    #[must_use]
    pub fn is_article(&self) -> bool {
        matches!(self.kind(), PageKind::Insight | PageKind::Playbook)
    }

    /// Minutes to read the whole text, at 220 words a minute, never less than one.
    #[must_use]
    pub fn minutes(&self) -> usize {
        self.words().div_ceil(220).max(1)
    }
}
