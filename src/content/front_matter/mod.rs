//! Front matter: what the author says about a page, one strict schema for each kind of page.
//!
//! `read` checks everything that the configuration alone can tell (types, dates, stages, series, strict terms).
//! What names another page or person is kept with its place and checked by [`site`](crate::site). What all kinds can say is read in
//! `common` and `belonging`, what only one can in the file that is called like it.

mod belonging;
pub mod cadence;
mod call_fields;
mod common;
pub mod event;
mod foreign;
mod gate;
mod image;
mod kind;
pub mod mail;
mod person;
pub mod podcast;
mod script;
mod section;
mod speaker;

use jiff::civil::Date;
use serde_json::Value as Json;

use self::podcast::EpisodeMeta;
use super::heading_title::HeadingTitle;
use super::{ContentPath, PageKind};
use crate::config::{Audience, CallToAction, Config, StageId, TaxonomyId};
use crate::diag::{Code, Credential, Diagnostic, Diagnostics, Span};
use crate::yaml::{self, Fields, Reader, Spanned};
pub use belonging::{SeriesMeta, SourceMeta};
pub use call_fields::{CallFieldMeta, ScoreBandMeta, ScoreMeta};
pub use gate::{GateKey, GateMeta};
pub use image::ImageMeta;
pub use kind::{KindFields, PlaybookMeta, TermMeta, TextMeta};
pub use person::PersonMeta;
pub use script::{ObjectionMeta, PlaceholderMeta, ScriptMeta};
pub use section::{SectionMeta, SortBy};
pub use speaker::{SpeakerMeta, Talk, TalkEvent};

/// All that front matter can say: what any page may, and what only pages of its kind may.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// What looks like a credential, anywhere in the file.
    pub credentials: Vec<Credential>,
    /// The page's title; empty only where there is an error.
    pub title: Spanned<String>,
    /// One or two sentences about it; `None` where its text has to say them.
    pub description: Option<String>,
    /// The day of publication; a later one than today hides the page.
    pub date: Option<Date>,
    /// Last changed in a way that readers should know.
    pub updated: Option<Date>,
    /// Gone from this day on.
    pub expires: Option<Date>,
    /// The page that takes its place then, by its content path.
    pub expires_to: Option<Spanned<String>>,
    /// Not yet to be published.
    pub draft: bool,
    /// The last part of its URL.
    pub slug: Option<Spanned<String>>,
    /// Old paths that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// What feeds call it, where that isn't its address: readers' programs know it by this.
    pub guid: Option<String>,
    /// Who it is for, where it says so.
    pub audience: Option<Audience>,
    /// The ids of the people who wrote it.
    pub authors: Vec<Spanned<String>>,
    /// Its terms by taxonomy, as they are written.
    pub terms: Vec<(TaxonomyId, Vec<Spanned<String>>)>,
    /// The stage of the journey.
    pub stage: Option<StageId>,
    /// Its place in a series.
    pub series: Option<SeriesMeta>,
    /// The image that stands for it.
    pub image: Option<ImageMeta>,
    /// Where the text comes from.
    pub source: Option<SourceMeta>,
    /// Its own call to action.
    pub call_to_action: Option<CallToAction>,
    /// The person who keeps it true.
    pub owner: Option<Spanned<String>>,
    /// When they look at it again.
    pub review_by: Option<Date>,
    /// Is it in search and on the A–Z page? Where nothing is said, [`crate::site::Page::is_listed`] knows.
    pub listed: Option<bool>,
    /// Are search engines asked not to list it? Where nothing is said, [`crate::site::Page::is_indexed`] knows.
    pub noindex: Option<bool>,
    /// Does it get a social card where it has no image? Where nothing is said, it does.
    pub card: Option<bool>,
    /// A template of its own.
    pub template: Option<Spanned<String>>,
    /// Its rank in a list sorted by weight.
    pub weight: Option<i64>,
    /// Values of any shape, which templates get as they are.
    pub extra: Json,
    /// What a page says of its sound.
    pub episode: Option<EpisodeMeta>,
    /// What only pages of its kind can say.
    pub kind: KindFields,
    /// Where some of it stands, for messages.
    pub places: KeySpans,
}

impl FrontMatter {
    /// Front matter that says nothing, of a page of this kind.
    #[must_use]
    pub fn new(kind: PageKind) -> Self {
        Self {
            credentials: Vec::new(),
            title: Spanned::default(),
            description: None,
            date: None,
            updated: None,
            expires: None,
            expires_to: None,
            draft: false,
            slug: None,
            aliases: Vec::new(),
            guid: None,
            audience: None,
            authors: Vec::new(),
            terms: Vec::new(),
            stage: None,
            series: None,
            image: None,
            source: None,
            call_to_action: None,
            owner: None,
            review_by: None,
            listed: None,
            noindex: None,
            card: None,
            template: None,
            weight: None,
            extra: Json::Null,
            episode: None,
            kind: KindFields::new(kind),
            places: KeySpans::default(),
        }
    }
}

/// Where values stand whose type says nothing of it; empty where they aren't given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySpans {
    /// The value of `audience:`
    pub audience: Span,
    /// The key `gate:`, without its value.
    pub gate: Span,
    /// The value of `description:`.
    pub description: Span,
    /// The value of `review_by:`.
    pub review_by: Span,
    /// The `name` of `source:`, else all of `source:`.
    pub source: Span,
    /// The `alt:` of `image:`, else `image:` itself.
    pub alt: Span,
}

impl Default for Spanned<String> {
    fn default() -> Self {
        Self { value: String::new(), span: Span::default() }
    }
}

/// Reads front matter: its YAML with its offset in the file, or `None` where the file has none. Without a `title`, the
/// heading that the text begins with is the title.
pub(super) fn read(
    front: Option<(&str, usize)>,
    place: &ContentPath,
    (config, heading): (&Config, Option<&HeadingTitle>),
    diagnostics: &mut Diagnostics,
) -> FrontMatter {
    let node = match front.map(|(text, offset)| yaml::parse(text, offset, &place.path)) {
        None if heading.is_some() => yaml::Node { value: yaml::Value::Null, span: Span::default() },
        None => {
            diagnostics.push(
                Diagnostic::new(
                    Code::MissingKey,
                    format!("{} needs a `title`, in front matter", place.kind.with_article()),
                )
                .at(&place.path, Span::default())
                .help("begin the file with three lines: `---`, `title: …` and `---`")
                .help("or begin the text with a heading that is its title: `# …`"),
            );
            return FrontMatter { date: place.date, ..FrontMatter::new(place.kind) };
        }
        Some(Ok(node)) => node,
        Some(Err(error)) => {
            diagnostics.push(*error);
            return FrontMatter::new(place.kind);
        }
    };
    let mut reader = Reader { file: &place.path, diagnostics };
    let Some(fields) = reader.fields(&node) else { return FrontMatter::new(place.kind) };
    Front { place, config, heading, reader, meta: FrontMatter::new(place.kind) }.read(fields)
}

struct Front<'a> {
    place: &'a ContentPath,
    config: &'a Config,
    /// What the text begins with, where that is a title.
    heading: Option<&'a HeadingTitle>,
    reader: Reader<'a>,
    meta: FrontMatter,
}

impl Front<'_> {
    fn read(mut self, mut fields: Fields<'_>) -> FrontMatter {
        let what = self.place.kind.with_article();
        self.common(&mut fields, what);
        self.meta.kind = self.kind(&mut fields);
        let taxonomies = self.config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
        fields.instead = foreign::KEYS;
        fields.finish(what, taxonomies, &mut self.reader);
        self.meta
    }
}
