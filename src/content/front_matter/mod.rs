//! Front matter: what the author says about a page, one strict schema for each kind of page.
//!
//! `read` checks everything that the configuration alone can tell (types, dates, stages, series, strict terms).
//! What names another page or person is kept with its place and checked by the model.

pub mod cadence;
mod call_fields;
pub mod event;
mod foreign;
pub mod mail;
pub mod podcast;
mod script;
mod speaker;

use jiff::civil::Date;
use serde_json::Value as Json;

use self::cadence::CadenceMeta;
use self::event::EventMeta;
use self::mail::MailMeta;
use self::podcast::{EpisodeMeta, PodcastMeta};
use super::credit::Credit;
use super::heading_title::HeadingTitle;
use super::image::{Focus, Ratio};
use super::{ContentPath, PageKind};
use crate::config::{
    self, Audience, CallToAction, Config, CtaTarget, Localized, Offer, SeriesId, StageId, TaxonomyId,
};
use crate::diag::{Code, Credential, Diagnostic, Diagnostics, Span};
use crate::encode::address::Web;
use crate::yaml::dates::Rough;
use crate::yaml::{self, Fields, Node, Reader, Spanned, Value};
pub use call_fields::{CallFieldMeta, ScoreBandMeta, ScoreMeta};
pub use script::{ObjectionMeta, PlaceholderMeta, ScriptMeta};
pub use speaker::{SpeakerMeta, Talk, TalkEvent};

/// An image that stands for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageMeta {
    /// The file, as written.
    pub src: Spanned<String>,
    /// What it shows.
    pub alt: String,
    /// What is written below it, which may end with a credit.
    pub caption: String,
    /// Who made it, where that is written apart.
    pub credit: Option<String>,
    /// Its shape on the page; `None` for the whole image.
    pub ratio: Option<Ratio>,
    /// What must not be lost when it is cut.
    pub focus: Option<Focus>,
}

impl ImageMeta {
    /// The caption, which may be empty, and the credit. One at the end of the caption counts, as it does in texts, unless
    /// there is another.
    #[must_use]
    pub fn below(&self) -> (&str, Option<Credit<'_>>) {
        match &self.credit {
            Some(credit) => (&self.caption, Some(Credit::new(credit))),
            None => Credit::divide(&self.caption),
        }
    }
}

/// Where a text comes from that was published elsewhere first, or quotes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMeta {
    /// The origin's name.
    pub name: String,
    /// Its address.
    pub url: Option<Web>,
    /// When it appeared there, as far as it is known.
    pub date: Option<Rough>,
    /// Search engines are pointed there.
    pub canonical: bool,
}

/// A page's place in a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesMeta {
    /// The series.
    pub series: SeriesId,
    /// The part, with its place.
    pub part: Spanned<i64>,
}

/// A gate: the form that opens the rest of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateMeta {
    /// The form's id.
    pub form: Spanned<String>,
    /// The gate's id, its own or the file's name: pages with the same one are opened together.
    pub id: String,
    /// Where the key comes from.
    pub key: GateKey,
    /// Raised to make old links useless.
    pub key_version: u32,
    /// Where `gate:` stands.
    pub span: Span,
    /// A file that belongs to the gated part.
    pub download: Option<Spanned<String>>,
}

/// Where the key of a gate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum GateKey {
    /// It is in the page: who fills in the form is let in at once.
    #[default]
    Page,
    /// It is in the response of the webhook.
    Webhook,
    /// It is in a link that is emailed.
    Email,
}

impl GateKey {
    const ALL: [Self; 3] = [Self::Page, Self::Webhook, Self::Email];

    /// Earlier names, and those that they have now.
    const EARLIER: [(&str, &str); 2] = [("answer", "webhook"), ("mail", "email")];

    /// As front matter names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Webhook => "webhook",
            Self::Email => "email",
        }
    }
}

/// What only a person's front matter has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonMeta {
    /// Their role.
    pub role: Option<String>,
    /// Where they work, if not here.
    pub organization: Option<String>,
    /// A picture, beside the file.
    pub photo: Option<ImageMeta>,
    /// Their address; published only if they are a rep.
    pub email: Option<String>,
    /// Their number; likewise.
    pub phone: Option<String>,
    /// Their profiles: label and address.
    pub links: Vec<(String, Web)>,
    /// The languages they speak.
    pub languages: Vec<String>,
    /// Do they share links with prospects?
    pub rep: bool,
    /// Where a meeting with them can be booked.
    pub booking: Option<Web>,
    /// What they offer: the book, the course.
    pub offers: Vec<Offer>,
    /// What they offer to those who invite speakers.
    pub speaker: SpeakerMeta,
}

/// How a section's pages are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// The newest first.
    #[default]
    Date,
    /// By title, in the order of the alphabet.
    Title,
    /// By `weight:`, the lightest first.
    Weight,
}

/// All that front matter can say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// What looks like a credential, anywhere in the file.
    pub credentials: Vec<Credential>,
    /// The page's title; empty only where there is an error.
    pub title: Spanned<String>,
    /// One or two sentences.
    pub description: Option<String>,
    /// Published on.
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
    /// Ids of people.
    pub authors: Vec<Spanned<String>>,
    /// Terms by their taxonomy.
    pub terms: Vec<(TaxonomyId, Vec<Spanned<String>>)>,
    /// The stage of the journey.
    pub stage: Option<StageId>,
    /// Its place in a series.
    pub series: Option<SeriesMeta>,
    /// The image that stands for it.
    pub image: Option<ImageMeta>,
    /// Where the text comes from.
    pub source: Option<SourceMeta>,
    /// What asks for a form.
    pub gate: Option<GateMeta>,
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
    /// Free, for themes.
    pub extra: Json,
    /// What only persons have.
    pub person: PersonMeta,
    /// What makes a section a podcast.
    pub podcast: Option<PodcastMeta>,
    /// What it invites to, at one time.
    pub event: Option<Box<EventMeta>>,
    /// What a page says of its sound.
    pub episode: Option<EpisodeMeta>,
    /// What only scripts have.
    pub script: ScriptMeta,
    /// What only emails have.
    pub mail: MailMeta,
    /// What only plans of follow-ups have.
    pub cadence: CadenceMeta,
    /// May readers of a playbook follow several cases with it?
    pub cases: bool,
    /// What people struggle with whom a term stands for; only a term's page has them.
    pub challenges: Vec<String>,
    /// What the home page puts first, by content path.
    pub featured: Vec<Spanned<String>>,
    /// How a section's pages are sorted.
    pub sort_by: SortBy,
    /// Pages in one part of a section's list; 0 for all in one.
    pub paginate_by: Option<usize>,
    /// Where some of it stands, for messages.
    pub places: KeySpans,
}

/// Where values stand whose type says nothing of it; empty where they aren't given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySpans {
    /// The value of `audience:`
    pub audience: Span,
    /// `gate:`
    pub gate: Span,
    /// `description:`
    pub description: Span,
    /// `review_by:`
    pub review_by: Span,
    /// `source:`
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
            return FrontMatter { date: place.date, ..FrontMatter::default() };
        }
        Some(Ok(node)) => node,
        Some(Err(error)) => {
            diagnostics.push(*error);
            return FrontMatter::default();
        }
    };
    let mut reader = Reader { file: &place.path, diagnostics };
    let Some(fields) = reader.fields(&node) else { return FrontMatter::default() };
    Front { place, config, heading, reader, meta: FrontMatter::default() }.read(fields)
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
        let kind = self.place.kind;
        let what = kind.with_article();
        self.common(&mut fields, what);
        match kind {
            PageKind::Person => self.person(&mut fields),
            PageKind::Section => self.section(&mut fields),
            PageKind::Script => self.script(&mut fields),
            PageKind::Mail => self.mail(&mut fields),
            PageKind::Cadence => self.cadence(&mut fields),
            PageKind::Term => self.term(&mut fields),
            PageKind::Insight | PageKind::Page => self.meta.event = self.event(&mut fields),
            PageKind::Playbook => {
                let cases = fields.take("cases").and_then(|node| self.reader.truth(node));
                self.meta.cases = cases.unwrap_or_default();
            }
        }
        let taxonomies = self.config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
        fields.instead = foreign::KEYS;
        fields.finish(what, taxonomies, &mut self.reader);
        self.meta
    }

    fn common(&mut self, fields: &mut Fields<'_>, what: &str) {
        let title = match (fields.take("title"), self.heading) {
            (Some(node), _) => self.reader.text(node),
            (None, Some(heading)) => Some(heading.title.clone()),
            (None, None) => {
                fields.require("title", what, &mut self.reader).and_then(|node| self.reader.text(node))
            }
        };
        if let Some(title) = title {
            if title.value.is_empty() {
                self.reader.report(Code::MissingKey, title.span, "the title is empty");
            }
            self.meta.title = title;
        }
        let description = fields.take("description");
        self.meta.places.description = description.map(|node| node.span).unwrap_or_default();
        self.meta.description = self.text(description);
        let date = fields.take("date");
        self.meta.date = date.and_then(|node| self.reader.date(node)).or(self.place.date);
        self.meta.updated = fields.take("updated").and_then(|node| self.reader.date(node));
        let expires = fields.take("expires");
        self.meta.expires = expires.and_then(|node| self.reader.date(node));
        self.lifetime(date, expires);
        self.meta.expires_to = fields.take("expires_to").and_then(|node| self.reader.text(node));
        if let (Some(to), None) = (&self.meta.expires_to, expires) {
            self.reader.report(
                Code::MissingKey,
                to.span,
                "`expires_to` needs `expires`, the day from which it counts",
            );
        }
        self.meta.draft = fields.take("draft").and_then(|node| self.reader.truth(node)).unwrap_or_default();
        self.meta.aliases =
            fields.take("aliases").and_then(|node| self.reader.texts(node)).unwrap_or_default();
        self.meta.aliases.retain(|alias| check_alias(alias, &mut self.reader));
        let audience = fields.take("audience");
        self.meta.places.audience = audience.map(|node| node.span).unwrap_or_default();
        let audience = audience.and_then(|node| self.reader.choice(node, Audience::NAMES));
        self.meta.audience = audience.map(Audience::at);
        if self.place.kind != PageKind::Term {
            self.belonging(fields);
        }
        self.meta.stage = fields.take("stage").and_then(|node| self.stage(node));
        self.meta.image = fields.take("image").and_then(|node| self.image(node));
        // Other kinds have no text that could be divided: the key is unknown there.
        if !matches!(self.place.kind, PageKind::Person | PageKind::Section | PageKind::Term) {
            let key = fields.key("gate").unwrap_or_default();
            self.meta.places.gate = key;
            self.meta.gate = fields.take("gate").and_then(|node| self.gate(node, key));
        }
        self.meta.call_to_action = fields.take("call_to_action").and_then(|node| self.call_to_action(node));
        self.meta.owner = fields.take("owner").and_then(|node| self.reader.text(node));
        let review_by = fields.take("review_by");
        self.meta.places.review_by = review_by.map(|node| node.span).unwrap_or_default();
        self.meta.review_by = review_by.and_then(|node| self.reader.date(node));
        self.meta.listed = fields.take("listed").and_then(|node| self.reader.truth(node));
        self.meta.noindex = fields.take("noindex").and_then(|node| self.reader.truth(node));
        self.meta.card = fields.take("card").and_then(|node| self.reader.truth(node));
        self.meta.template = fields.take("template").and_then(|node| self.reader.text(node));
        self.meta.weight =
            fields.take("weight").and_then(|node| self.reader.number(node, -100_000..=100_000));
        self.meta.extra = fields.take("extra").map_or(Json::Null, Node::to_json);
    }

    /// What a page says of its place among others. A term's page has the place of its term.
    fn belonging(&mut self, fields: &mut Fields<'_>) {
        self.meta.slug = fields.take("slug").and_then(|node| self.slug(node));
        self.meta.guid = self.text(fields.take("guid"));
        self.meta.authors =
            fields.take("authors").and_then(|node| self.reader.names(node, |_| false)).unwrap_or_default();
        self.terms(fields);
        self.meta.series = fields.take("series").and_then(|node| self.series(node));
        self.meta.source = fields.take("source").and_then(|node| self.source(node));
        self.meta.episode = self.episode(fields);
    }

    fn text(&mut self, node: Option<&Node>) -> Option<String> {
        node.and_then(|node| self.reader.text(node)).map(|text| text.value).filter(|text| !text.is_empty())
    }

    /// Reports a page that no reader could ever see, because it is gone before it is there.
    fn lifetime(&mut self, date: Option<&Node>, expires: Option<&Node>) {
        let (Some(from), Some(until), Some(expires)) = (self.meta.date, self.meta.expires, expires) else {
            return;
        };
        if until > from {
            return;
        }
        let when = if until == from { "on the day" } else { "before the day" };
        let message = format!("this page expires {when} it is published, so nobody ever sees it");
        let problem = Diagnostic::new(Code::ExpiresBeforeDate, message)
            .at(self.reader.file, expires.span)
            .help(format!("`expires` is the first day without the page; choose one after {from}"));
        let problem = match date {
            Some(date) => problem.related(self.reader.file, Some(date.span), "published on this day"),
            None => problem.help("the day is in the file's name"),
        };
        self.reader.diagnostics.push(problem);
    }

    fn slug(&mut self, node: &Node) -> Option<Spanned<String>> {
        let slug = self.reader.text(node)?;
        let clean = crate::encode::slug::term(&slug.value);
        if clean == slug.value && !clean.is_empty() {
            return Some(slug);
        }
        let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` can't be part of a URL", slug.value))
            .at(self.reader.file, slug.span);
        let help = if clean.is_empty() {
            "use letters, digits and hyphens".into()
        } else {
            format!("write `{clean}`")
        };
        let problem = if clean.is_empty() { problem } else { problem.fix(slug.span, &slug.value, clean) };
        self.reader.diagnostics.push(problem.help(help));
        None
    }

    fn terms(&mut self, fields: &mut Fields<'_>) {
        for (index, taxonomy) in self.config.taxonomies.each() {
            let Some((_, node)) = fields.take_named(&taxonomy.name) else { continue };
            let is_declared = |name: &str| taxonomy.terms.iter().any(|term| term.name == name);
            let mut terms = self.reader.names(node, is_declared).unwrap_or_default();
            if taxonomy.strict {
                terms.retain(|term| {
                    let known = taxonomy.terms.iter().map(|term| term.name.as_str());
                    let is_known = known.clone().any(|name| name == term.value);
                    if !is_known {
                        let message = format!("`{}` is not a term of `{}`", term.value, taxonomy.name);
                        self.reader.diagnostics.push(
                            Diagnostic::new(Code::UnknownTerm, message)
                                .at(self.reader.file, term.span)
                                .suggest(&term.value, known)
                                .help("terms are declared in `ringback.yaml`, under `taxonomies:`"),
                        );
                    }
                    is_known
                });
            }
            terms.retain(|term| {
                let has_slug = !crate::encode::slug::term(&term.value).is_empty();
                if !has_slug {
                    let message = format!("`{}` has no letters or digits for a URL", term.value);
                    self.reader.diagnostics.push(
                        Diagnostic::new(Code::InvalidValue, message)
                            .at(self.reader.file, term.span)
                            .help("write the term in words, such as `plus` or `a-plus`"),
                    );
                }
                has_slug
            });
            if !terms.is_empty() {
                self.meta.terms.push((index, terms));
            }
        }
    }

    fn stage(&mut self, node: &Node) -> Option<StageId> {
        let stage = self.reader.text(node)?;
        let found = self.config.journey.stage(&stage.value);
        if found.is_none() {
            let known: Vec<&str> = self.config.journey.stages.iter().map(|stage| stage.id.as_str()).collect();
            self.reader.diagnostics.push(
                Diagnostic::new(Code::UnknownStage, format!("the journey has no stage `{}`", stage.value))
                    .at(self.reader.file, stage.span)
                    .suggest(&stage.value, known.iter().copied())
                    .help(format!("its stages are {}", yaml::listed(&known))),
            );
        }
        found
    }

    fn series(&mut self, node: &Node) -> Option<SeriesMeta> {
        let mut fields = self.reader.fields(node)?;
        let id = fields.require("id", "`series`", &mut self.reader).and_then(|node| self.reader.text(node));
        let part = fields.require("part", "`series`", &mut self.reader);
        let part_span = part.map_or(node.span, |node| node.span);
        let part = part.and_then(|node| self.reader.number(node, 1..=9999));
        fields.finish("`series`", [], &mut self.reader);
        let id = id?;
        let Some(series) = self.config.series.find(|series| series.id == id.value) else {
            self.reader.diagnostics.push(
                Diagnostic::new(Code::UnknownSeries, format!("there is no series `{}`", id.value))
                    .at(self.reader.file, id.span)
                    .suggest(&id.value, self.config.series.iter().map(|series| series.id.as_str()))
                    .help("series are declared in `ringback.yaml`, under `series:`"),
            );
            return None;
        };
        Some(SeriesMeta { series, part: Spanned { value: part?, span: part_span } })
    }

    fn image(&mut self, node: &Node) -> Option<ImageMeta> {
        let (image, alt) = self.shaped(node, Some(Ratio::COVER));
        self.meta.places.alt = alt;
        image
    }

    /// An image that is shown whole unless it says in which shape.
    fn whole_image(&mut self, node: &Node) -> Option<ImageMeta> {
        self.shaped(node, None).0
    }

    /// An image in the shape that it says, or else in this one; and where its description is, or would be.
    fn shaped(&mut self, node: &Node, ratio: Option<Ratio>) -> (Option<ImageMeta>, Span) {
        if let Value::Scalar { .. } = node.value {
            return (self.file(node).map(|image| ImageMeta { ratio, ..image }), node.span);
        }
        let Some(mut fields) = self.reader.fields(node) else { return (None, node.span) };
        let src = fields.require("src", "`image`", &mut self.reader);
        let alt = fields.take("alt");
        let place = alt.or(src).map_or(node.span, |node| node.span);
        let alt = self.text(alt).unwrap_or_default();
        let caption = self.text(fields.take("caption")).unwrap_or_default();
        let credit = self.text(fields.take("credit"));
        let ratio = fields.take("ratio").map_or(ratio, |node| self.ratio(node));
        let focus = fields.take("focus").and_then(|node| self.focus(node));
        fields.finish("`image`", [], &mut self.reader);
        let src = src.and_then(|src| self.reader.text(src));
        (src.map(|src| ImageMeta { src, alt, caption, credit, ratio, focus }), place)
    }

    /// The shape of an image; `None` for the whole one.
    fn ratio(&mut self, node: &Node) -> Option<Ratio> {
        let text = self.reader.text(node)?;
        if text.value == "whole" {
            return None;
        }
        let ratio = Ratio::parse(&text.value);
        if ratio.is_none() {
            let message = format!("`{}` is not the shape of an image", text.value);
            let help = "write its width and height, from `1:3` to `3:1`, such as `3:2`; or `whole`, to cut nothing away";
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, message).at(self.reader.file, text.span).help(help),
            );
        }
        ratio
    }

    /// What must not be lost of an image.
    fn focus(&mut self, node: &Node) -> Option<Focus> {
        let text = self.reader.text(node)?;
        let focus = Focus::parse(&text.value);
        if focus.is_none() {
            let message = format!("`{}` is not a place in an image", text.value);
            let help =
                "write two whole percentages, how far it is from the left and from the top: `focus: 30% 20%`";
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, message).at(self.reader.file, text.span).help(help),
            );
        }
        focus
    }

    /// A person's photo, which their name describes.
    fn photo(&mut self, node: &Node) -> Option<ImageMeta> {
        if let Value::Scalar { .. } = node.value {
            return self.file(node);
        }
        let mut fields = self.reader.fields(node)?;
        let src = fields.require("src", "`photo`", &mut self.reader);
        let credit = self.text(fields.take("credit"));
        let focus = fields.take("focus").and_then(|node| self.focus(node));
        fields.finish("`photo`", [], &mut self.reader);
        let src = self.reader.text(src?)?;
        let ratio = Some(Ratio::FACE);
        Some(ImageMeta { src, alt: String::new(), caption: String::new(), credit, ratio, focus })
    }

    /// An image of which nothing but the file is given.
    fn file(&mut self, node: &Node) -> Option<ImageMeta> {
        let src = self.reader.text(node)?;
        let (alt, caption) = (String::new(), String::new());
        Some(ImageMeta { src, alt, caption, credit: None, ratio: Some(Ratio::COVER), focus: None })
    }

    fn source(&mut self, node: &Node) -> Option<SourceMeta> {
        let mut fields = self.reader.fields(node)?;
        let name = fields.require("name", "`source`", &mut self.reader);
        self.meta.places.source = name.map_or(node.span, |node| node.span);
        let name = name.and_then(|node| self.reader.text(node));
        let url = fields.take("url").and_then(|node| self.address(node));
        let date = fields.take("date").and_then(|node| self.reader.rough_date(node));
        let canonical = fields.take("canonical").and_then(|node| self.reader.truth(node)).unwrap_or_default();
        fields.finish("`source`", [], &mut self.reader);
        if canonical && url.is_none() {
            self.reader.report(Code::MissingKey, node.span, "`source` with `canonical: true` needs `url`");
        }
        Some(SourceMeta { name: name?.value, url, date, canonical })
    }

    /// An absolute web address.
    fn address(&mut self, node: &Node) -> Option<Web> {
        self.reader.web(node).map(|web| web.value)
    }

    fn gate(&mut self, node: &Node, key: Span) -> Option<GateMeta> {
        let mut fields = self.reader.fields(node)?;
        let form = fields.require("form", "a gate", &mut self.reader).and_then(|node| self.reader.text(node));
        let id = fields.take("id").and_then(|node| self.slug(node)).map(|id| id.value);
        let source = fields.take("key").and_then(|node| {
            self.reader.choice_renamed(node, &GateKey::ALL.map(GateKey::name), &GateKey::EARLIER)
        });
        let key_version = fields.take("key_version").and_then(|node| self.reader.number(node, 1..=1_000_000));
        let download = fields.take("download").and_then(|node| self.reader.text(node));
        fields.finish("a gate", [], &mut self.reader);
        Some(GateMeta {
            form: form.unwrap_or_default(),
            id: id.unwrap_or_else(|| crate::encode::slug::slug(&self.place.name)),
            key: source.map_or(GateKey::default(), |index| GateKey::ALL[index]),
            key_version: key_version.and_then(|key_version| u32::try_from(key_version).ok()).unwrap_or(1),
            span: key,
            download,
        })
    }

    fn call_to_action(&mut self, node: &Node) -> Option<CallToAction> {
        let file = self.place.path.clone();
        if let Value::Scalar { .. } = node.value {
            let page = self.reader.text(node)?;
            let target = CtaTarget::of_word(page);
            return Some(CallToAction {
                target,
                file,
                label: Localized::default(),
                text: Localized::default(),
            });
        }
        let mut fields = self.reader.fields(node)?;
        let target = CtaTarget::take(&mut fields, "`call_to_action`", &mut self.reader);
        let label = self.text(fields.take("label")).map(Localized::same).unwrap_or_default();
        let text = self.text(fields.take("text")).map(Localized::same).unwrap_or_default();
        fields.finish("`call_to_action`", [], &mut self.reader);
        Some(CallToAction { target: target?, file, label, text })
    }

    fn person(&mut self, fields: &mut Fields<'_>) {
        let mut person = PersonMeta {
            role: self.text(fields.take("role")),
            organization: self.text(fields.take("organization")),
            photo: fields.take("photo").and_then(|node| self.photo(node)),
            email: self.text(fields.take("email")),
            phone: fields.take("phone").and_then(|node| self.reader.phone(node)),
            booking: fields.take("booking").and_then(|node| self.address(node)),
            rep: fields.take("rep").and_then(|node| self.reader.truth(node)).unwrap_or_default(),
            speaker: self.speaker(fields),
            ..PersonMeta::default()
        };
        let languages = fields.take("languages").and_then(|node| self.reader.names(node, |_| false));
        let languages = languages.unwrap_or_default();
        person.languages = languages.into_iter().map(|language| language.value).collect();
        if let Some(links) = fields.take("links") {
            for (label, node) in self.reader.entries(links).unwrap_or_default() {
                person.links.extend(self.address(node).map(|url| (label.value.clone(), url)));
            }
        }
        let offers = fields.take("offers");
        person.offers = offers
            .map(|node| config::offers(&self.config.languages, node, &mut self.reader))
            .unwrap_or_default();
        self.meta.person = person;
    }

    fn term(&mut self, fields: &mut Fields<'_>) {
        let challenges = fields.take("challenges").and_then(|node| self.reader.texts(node));
        let challenges = challenges.unwrap_or_default().into_iter().map(|challenge| challenge.value);
        self.meta.challenges = challenges.filter(|challenge| !challenge.is_empty()).collect();
    }

    fn section(&mut self, fields: &mut Fields<'_>) {
        let sort =
            fields.take("sort_by").and_then(|node| self.reader.choice(node, &["date", "title", "weight"]));
        self.meta.sort_by = match sort {
            Some(1) => SortBy::Title,
            Some(2) => SortBy::Weight,
            _ => SortBy::Date,
        };
        // Other sections have a list, in which what is lightest comes first.
        if self.place.key.is_empty() {
            let featured = fields.take("featured").and_then(|node| self.reader.texts(node));
            self.meta.featured = featured.unwrap_or_default();
        }
        let by = fields.take("paginate_by").and_then(|node| self.reader.number(node, 0..=1000));
        self.meta.paginate_by = by.and_then(|by| usize::try_from(by).ok());
        self.meta.podcast = fields.take("podcast").and_then(|node| self.podcast(node));
    }
}

/// An alias is an absolute path of this site.
fn check_alias(alias: &Spanned<String>, reader: &mut Reader<'_>) -> bool {
    let path = alias.value.as_str();
    let is_path = path.starts_with('/') && !path.starts_with("//") && path.len() > 1;
    let is_clean = !path.contains(['?', '#', '\\', '*', ' '])
        && !path.split('/').any(|part| part == ".." || part == ".");
    if is_path && is_clean {
        return true;
    }
    let mut problem = Diagnostic::new(Code::BadAlias, format!("`{path}` can't be an alias"))
        .at(reader.file, alias.span)
        .help("write an old path on this site, from its root, such as `/blog/old-name/`");
    // Only the slash in front is missing. A dot before the first slash would be a domain.
    let domain = path.split('/').next().is_some_and(|first| first.contains([':', '.']));
    if !path.is_empty() && !path.starts_with('/') && is_clean && !domain {
        problem = problem.fix(alias.span, path, format!("/{path}"));
    }
    reader.diagnostics.push(problem);
    false
}
