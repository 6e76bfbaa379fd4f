//! HTML of a [`Body`]: one walk over the tree, without recursion, into one string.
//!
//! What the HTML looks like is documented for authors of themes in `docs/content/templates.md` (`content`); it is valid by the
//! Nu HTML Checker and works under a strict Content-Security-Policy, so there is no `style` attribute. Where links
//! lead is for the caller to say, through [`Targets`]. Start with [`body`], then `Writer::open`.

mod blocks;
mod code;
mod figure;
mod footnotes;
mod parts;
mod table;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

pub use figure::lead;

use crate::encode::html::{escape_attribute, escape_text, escape_url};
use crate::encode::slug::slug;

use self::blocks::{OpenSection, PartHeading};
pub use self::blocks::{OwnBlock, OwnParameter, WorksheetWords};
use crate::content::blocks::captions::Passage;
use crate::content::blocks::{Callout, CalloutKind};
use crate::content::body::{Body, Heading, HtmlLink, Kind, NodeId, TextRef};
use crate::content::front_matter::podcast::Chapter;
use crate::sales::calls::{TextPiece, pieces as placeholder_pieces};

/// How wide an image in a text is where the theme doesn't say.
pub const IMAGE_SIZES: &str = "(min-width: 43rem) 40rem, 92vw";

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTarget<'a> {
    /// The value of `href`, not escaped.
    pub href: Cow<'a, str>,
    /// Does it lead to another site? Such links get `rel="noopener"`.
    pub external: bool,
    /// The language of the target, where it is another one than the page's.
    pub hreflang: Option<&'a str>,
    /// Is it there to be handed on? Title and public address, neither escaped.
    pub share: Option<(&'a str, String)>,
}

/// Where an image is, and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageTarget<'a> {
    /// The value of `src`, not escaped.
    pub src: Cow<'a, str>,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height in pixels, where it is known.
    pub height: Option<u32>,
    /// May the browser load it only when it comes into view?
    pub lazy: bool,
    /// The same in several widths as WebP (`srcset`), not escaped; empty where there is one file alone.
    pub webp: String,
}

impl<'a> ImageTarget<'a> {
    /// One file, whose size isn't known.
    #[must_use]
    pub fn plain(src: impl Into<Cow<'a, str>>) -> Self {
        Self { src: src.into(), width: None, height: None, lazy: false, webp: String::new() }
    }
}

/// What stands in the place of an embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmbedTarget<'a> {
    /// A block of HTML, finished.
    Html(Cow<'a, str>),
    /// A link to where it is shown: address and words, not escaped.
    Link(String, String),
    /// Nothing.
    Nothing,
}

/// A part of a page that has a meaning: it becomes a section of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartTarget<'a> {
    /// A step of a playbook.
    Step {
        /// Its number.
        number: u32,
        /// How its heading begins: `Step 1`.
        label: &'a str,
        /// What follows in the heading, without the brackets; may be empty.
        title: &'a str,
        /// How long it takes, as it was written.
        time: Option<&'a str>,
        /// By when it is to be done: as it was written, and for browsers.
        due: Option<(&'a str, String)>,
        /// Who does it.
        owner: Option<&'a str>,
    },
    /// What is only for readers of this segment.
    Segment(&'a str),
}

/// What the page that a body is on knows and the body doesn't.
pub trait Targets {
    /// Where the link at this index of [`Body::links`] leads.
    fn link(&self, link: u32) -> LinkTarget<'_>;

    /// Where the image at this index of [`Body::links`] is.
    fn image(&self, link: u32) -> ImageTarget<'_>;

    /// The film or the sound that the image at this index of [`Body::links`] is.
    fn media(&self, link: u32) -> MediaTarget<'_> {
        MediaTarget { src: self.image(link).src.into_owned(), ..MediaTarget::default() }
    }

    /// What is known of the document for print to which the link at this index of [`Body::links`] leads; `None` if it isn't
    /// a file of the site.
    fn document(&self, _: u32) -> Option<DocumentTarget> {
        None
    }

    /// What stands in the place of an address in raw HTML, not escaped; empty where it leads nowhere on this page, so that
    /// its attribute goes. `None`: as it is written.
    fn html(&self, _: &HtmlLink) -> Option<Cow<'_, str>> {
        None
    }

    /// What stands in the place of the embed at this index of [`Body::embeds`].
    fn embed(&self, embed: u32) -> EmbedTarget<'_>;

    /// The part of the page that begins at the heading at `node`, where the page gives it a meaning.
    fn part(&self, _: NodeId) -> Option<PartTarget<'_>> {
        None
    }

    /// The key of the box at `node`, where readers may tick it.
    fn task(&self, _: NodeId) -> Option<&str> {
        None
    }

    /// The person of this name, if the site has a page for them.
    fn person(&self, _: &str) -> Option<PersonTarget<'_>> {
        None
    }

    /// Does a template of the theme show callouts of this type?
    fn has_block(&self, _: &Callout) -> bool {
        false
    }

    /// A callout of such a type as HTML.
    fn block(&self, block: OwnBlock<'_>) -> String {
        block.text
    }

    /// What readers see instead of a placeholder of this name, `{{first_name}}`. Without an answer it is text like any other.
    fn placeholder(&self, _: &str) -> Option<&str> {
        None
    }
}

/// A film or a sound of the site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MediaTarget<'a> {
    /// Its address, not escaped.
    pub src: String,
    /// Its captions, those in the page's language first.
    pub captions: Vec<Track<'a>>,
    /// What is said in it.
    pub transcript: &'a [Passage],
    /// Its chapters.
    pub chapters: &'a [Chapter],
    /// The address of the image that is shown before it begins, not escaped.
    pub poster: Option<String>,
}

/// A document for print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentTarget {
    /// What it is, in the page's language: `PDF`, its pages, its size.
    pub about: Vec<String>,
    /// What shows its first page.
    pub cover: Option<ImageTarget<'static>>,
}

/// Captions in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track<'a> {
    /// Their address, not escaped.
    pub src: String,
    /// The language's code.
    pub lang: &'a str,
    /// What the language is called.
    pub label: &'a str,
}

/// A person whom a text names and the site knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTarget<'a> {
    /// Their page, not escaped.
    pub href: String,
    /// Their photo.
    pub portrait: Option<ImageTarget<'a>>,
}

/// Targets as the author wrote them.
#[derive(Debug, Clone, Copy)]
pub struct AsWritten<'a>(
    /// The body whose links are meant.
    pub &'a Body,
);

impl Targets for AsWritten<'_> {
    fn link(&self, link: u32) -> LinkTarget<'_> {
        let href = Cow::Borrowed(self.0.links[link as usize].target.as_str());
        LinkTarget { href, external: false, hreflang: None, share: None }
    }

    fn image(&self, link: u32) -> ImageTarget<'_> {
        let src = Cow::Borrowed(self.0.links[link as usize].target.as_str());
        ImageTarget::plain(src)
    }

    fn embed(&self, _: u32) -> EmbedTarget<'_> {
        EmbedTarget::Nothing
    }
}

/// Where HTML is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// On the page itself, with its style sheets and scripts.
    Page,
    /// Elsewhere, such as in a feed: nobody knows how it looks.
    Feed,
}

/// The titles of callouts that have none of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalloutTitles<'a>(
    /// Of a note, a tip, what is important, a warning, a caution, an example, a definition, and a question.
    pub [&'a str; 8],
);

/// What readers are told before something of a service is shown. `{name}` is the service, `{company}` who runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbedWords<'a> {
    /// What it is: of a video, of something to listen to, of a map, of a calendar, and of slides.
    pub what: [&'a str; 5],
    /// What is sent to whom.
    pub sent: &'a str,
    /// The button that shows it.
    pub show: &'a str,
    /// The box that says that the service may always be shown.
    pub always: &'a str,
    /// The link to the service.
    pub open: &'a str,
}

impl EmbedWords<'static> {
    /// In English.
    pub const ENGLISH: Self = Self {
        what: [
            "Video on {name}",
            "Audio on {name}",
            "Map by {name}",
            "Calendar by {name}",
            "Slides on {name}",
        ],
        sent: "When you show it, {company} learns your IP address and which page you are on, and may set cookies.",
        show: "Show it here",
        always: "Always show {name} on this site",
        open: "Open on {name}",
    };
}

impl<'a> CalloutTitles<'a> {
    fn of(&self, kind: CalloutKind) -> Option<&'a str> {
        Some(
            self.0[match kind {
                CalloutKind::Note => 0,
                CalloutKind::Tip => 1,
                CalloutKind::Important => 2,
                CalloutKind::Warning => 3,
                CalloutKind::Caution => 4,
                CalloutKind::Example => 5,
                CalloutKind::Definition => 6,
                CalloutKind::Question => 7,
                CalloutKind::Stat
                | CalloutKind::Quote
                | CalloutKind::CallToAction
                | CalloutKind::Offer
                | CalloutKind::Other => {
                    return None;
                }
            }],
        )
    }
}

/// The words that the HTML needs in the page's language, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HtmlStyle<'a> {
    /// The page's language: how its section of key takeaways is called.
    pub language: &'a str,
    /// Titles of callouts.
    pub callouts: CalloutTitles<'a>,
    /// What is said of something that a service shows.
    pub embeds: EmbedWords<'a>,
    /// The link that saves a film or a sound.
    pub download: &'a str,
    /// What stands below questions that readers answer for themselves.
    pub worksheet: WorksheetWords<'a>,
    /// What stands over what is said in a film or a sound.
    pub transcript: &'a str,
    /// The name of the list of its chapters.
    pub chapters: &'a str,
    /// Where it is read.
    pub medium: Medium,
    /// What the footnotes at the end are, for screen readers: "Footnotes".
    pub footnotes: &'a str,
    /// What the arrow behind a footnote does: "Back to reference"; the number follows.
    pub footnote_back: &'a str,
    /// Goes before the ids of footnotes, for a page with several bodies; empty otherwise.
    pub footnote_prefix: &'a str,
    /// The address of the page, before the `#` of links from a footnote to its text and back, for readers elsewhere;
    /// empty on the page itself.
    pub page_address: &'a str,
    /// How wide images are on the page (`sizes`).
    pub image_sizes: &'a str,
    /// What a table is, for screen readers: "Table"; its number and columns follow.
    pub table: &'a str,
    /// How many tables the page has before this body.
    pub tables_before: u32,
    /// What a box of a task list without text is, for screen readers: "Task".
    pub task: &'a str,
    /// Is raw HTML written? Else it is left out.
    pub raw_html: bool,
    /// Exactly the output of the CommonMark specification, nothing added, left out or moved?
    pub commonmark: bool,
}

impl HtmlStyle<'static> {
    /// The normal style, in English.
    #[must_use]
    pub fn english() -> Self {
        Self {
            language: "en",
            callouts: CalloutTitles([
                "Note",
                "Tip",
                "Important",
                "Warning",
                "Caution",
                "Example",
                "Definition",
                "Question",
            ]),
            embeds: EmbedWords::ENGLISH,
            download: "Download",
            worksheet: WorksheetWords::ENGLISH,
            transcript: "Transcript",
            chapters: "Chapters",
            medium: Medium::Page,
            footnotes: "Footnotes",
            footnote_back: "Back to reference",
            footnote_prefix: "",
            page_address: "",
            image_sizes: IMAGE_SIZES,
            table: "Table",
            tables_before: 0,
            task: "Task",
            raw_html: true,
            commonmark: false,
        }
    }

    /// Exactly what the CommonMark specification shows.
    #[must_use]
    pub fn commonmark() -> Self {
        Self { commonmark: true, ..Self::english() }
    }
}

/// Appends the whole of `body` to `out` as HTML, footnotes last.
pub fn body(body: &Body, targets: &dyn Targets, style: &HtmlStyle<'_>, out: &mut String) {
    // Tags and escapes take about a fifth.
    out.reserve(body.memory() / 2);
    let mut writer = Writer::new(body, targets, style, out);
    if !style.commonmark {
        writer.takeaways = body.takeaways(style.language).map(|heading| heading.node);
    }
    writer.run(0..body.nodes().len());
    writer.footnotes();
}

/// The whole of `body` as HTML in two parts: what stands before the top-level block `at`, and what begins there.
#[must_use]
pub fn divided(body: &Body, at: NodeId, targets: &dyn Targets, style: &HtmlStyle<'_>) -> (String, String) {
    let mut first = String::with_capacity(body.memory() / 2);
    let mut writer = Writer::new(body, targets, style, &mut first);
    writer.takeaways = body.takeaways(style.language).map(|heading| heading.node);
    writer.limit = at;
    writer.run(0..at);
    writer.limit = body.nodes().len();
    let length = writer.out.len();
    writer.run(at..body.nodes().len());
    writer.footnotes();
    let second = first.split_off(length);
    (first, second)
}

/// Appends some nodes of `body` to `out`: siblings with all that is below them, such as the
/// [descendants](Body::descendants) of a block or a [section](Body::section). Footnotes aren't written.
pub fn nodes(
    body: &Body,
    range: Range<NodeId>,
    targets: &dyn Targets,
    style: &HtmlStyle<'_>,
    out: &mut String,
) {
    Writer::new(body, targets, style, out).run(range);
}

/// A body's HTML piece by piece, for views that put its parts in places of their own. Tables and footnotes are counted over
/// all of them.
pub struct Pieces<'a>(Writer<'a>);

impl<'a> Pieces<'a> {
    /// `buffer` is an empty string to work in.
    #[must_use]
    pub fn new(
        body: &'a Body,
        targets: &'a dyn Targets,
        style: &'a HtmlStyle<'a>,
        buffer: &'a mut String,
    ) -> Self {
        Self(Writer::new(body, targets, style, buffer))
    }

    /// Siblings with all that is below them.
    pub fn nodes(&mut self, range: Range<NodeId>) -> String {
        self.0.run(range);
        self.0.out.split_off(0)
    }

    /// The same for what stands within a link. A text that is `until` counts only up to that byte of it.
    pub fn label(&mut self, range: Range<NodeId>, until: Option<(NodeId, usize)>) -> String {
        (self.0.in_link, self.0.until) = (true, until);
        self.0.run(range);
        (self.0.in_link, self.0.until) = (false, None);
        self.0.out.split_off(0).trim().to_string()
    }

    /// A text that stands in no node, such as a heading without what follows its name.
    pub fn text(&mut self, text: &str) -> String {
        escape_with_placeholders(text, self.0.targets, self.0.out);
        self.0.out.split_off(0)
    }

    /// All notes that were mentioned.
    #[must_use]
    pub fn footnotes(mut self) -> String {
        self.0.footnotes();
        self.0.out.split_off(0)
    }
}

/// Appends a text whose placeholders, `{{name}}`, are prompts.
fn escape_with_placeholders(text: &str, targets: &dyn Targets, out: &mut String) {
    if !text.contains("{{") {
        return escape_text(text, out);
    }
    for piece in placeholder_pieces(text) {
        match piece {
            TextPiece::Text(words) => escape_text(words, out),
            TextPiece::Placeholder(name) => match targets.placeholder(name) {
                Some(label) => {
                    out.push_str("<span class=\"placeholder\" data-placeholder=\"");
                    escape_attribute(name, out);
                    out.push_str("\">");
                    escape_text(label, out);
                    out.push_str("</span>");
                }
                None => {
                    out.push_str("{{");
                    escape_text(name, out);
                    out.push_str("}}");
                }
            },
        }
    }
}

/// What to write at the end of an open node.
#[derive(Clone, Copy)]
enum Close {
    /// An end tag, with its line end where it has one.
    Tag(&'static str),
    /// The end tag of a link, in which no other link can be.
    Link,
    /// The end of the row of column names.
    TableHead,
    /// The end of a table.
    Table,
    /// The end of a heading that opens what is below it: its index and level.
    Summary(usize, u8),
    /// The end of a figure, with the paragraph that says where it comes from.
    Figure(Option<NodeId>),
    /// The end of the testimonial at this node.
    Testimonial(NodeId),
    /// The end of a call to action.
    CallToAction,
    /// The end of the question at this node, behind which readers write, with its end tag.
    Question(NodeId, &'static str),
    /// The end of a section of questions, with what readers can do with their answers.
    Worksheet,
    /// The end of the site's own block at this node, whose text begins at this byte of what is written.
    OwnBlock(NodeId, usize),
    /// The end of the last paragraph of the footnote at this index, with the ways back.
    LastParagraph(usize),
}

/// What the start of a node has come to.
enum Opened {
    /// Its children follow, and then its end.
    Open(Close),
    /// All is written up to this node.
    Written(NodeId),
}

struct Writer<'a> {
    body: &'a Body,
    targets: &'a dyn Targets,
    style: &'a HtmlStyle<'a>,
    out: &'a mut String,
    /// What was in `out` before is not ours to look at.
    base: usize,
    /// Where the part ends that is being written: no section reaches behind it.
    limit: NodeId,
    /// Open nodes: where they end, and how.
    open: Vec<(usize, Close)>,
    takeaways: Option<NodeId>,
    /// Sections with a role that are open.
    sections: Vec<OpenSection>,
    /// Nodes that are written elsewhere than in their place.
    apart: Vec<NodeId>,
    /// Who has spoken in interviews.
    speakers: Vec<String>,
    in_call_to_action: bool,
    /// The names of the buttons so far.
    buttons: Vec<String>,
    in_link: bool,
    /// A text that counts only in part.
    until: Option<(NodeId, usize)>,
    table: table::State,
    footnotes: footnotes::State,
}

impl<'a> Writer<'a> {
    fn new(body: &'a Body, targets: &'a dyn Targets, style: &'a HtmlStyle<'a>, out: &'a mut String) -> Self {
        Self {
            base: out.len(),
            limit: body.nodes().len(),
            body,
            targets,
            style,
            out,
            open: Vec::with_capacity(16),
            takeaways: None,
            sections: Vec::new(),
            apart: Vec::new(),
            speakers: Vec::new(),
            in_call_to_action: false,
            buttons: Vec::new(),
            in_link: false,
            until: None,
            table: table::State::after(style.tables_before),
            footnotes: footnotes::State::new(body),
        }
    }

    /// Writes a range of whole subtrees.
    fn run(&mut self, range: Range<NodeId>) {
        let mut id = range.start;
        while id < range.end {
            self.close_until(id);
            id = self.open(id);
        }
        self.close_until(range.end);
    }

    /// Writes a range of whole subtrees in the middle of others, which stay open.
    fn aside(&mut self, range: Range<NodeId>) {
        let open = std::mem::take(&mut self.open);
        self.run(range);
        self.open = open;
    }

    /// Closes what ends at `id` or before.
    fn close_until(&mut self, id: NodeId) {
        while let Some((_, close)) = self.open.pop_if(|(end, _)| *end <= id) {
            self.close(close);
        }
    }

    /// Writes the start of a node and gives the next one to write: its first child, or the one behind all of it.
    fn open(&mut self, id: NodeId) -> NodeId {
        let node = &self.body.nodes()[id];
        let end = node.end as usize;
        if !self.apart.is_empty() && self.apart.contains(&id) {
            return end;
        }
        let close = match node.kind {
            Kind::Text(text) => {
                let text = self.body.text(text);
                let shown =
                    self.until.filter(|(node, _)| *node == id).map_or(text, |(_, byte)| &text[..byte]);
                escape_with_placeholders(shown, self.targets, self.out);
                return end;
            }
            Kind::SoftBreak => {
                self.out.push('\n');
                return end;
            }
            Kind::Paragraph => match self.paragraph(id) {
                Some(close) => close,
                None => return end,
            },
            Kind::Heading(heading) => match self.heading(id, heading as usize) {
                Opened::Open(close) => close,
                Opened::Written(next) => return next,
            },
            Kind::Quote => self.block("<blockquote>\n", "</blockquote>\n"),
            Kind::Callout(callout) => self.callout(id, callout),
            Kind::CalloutTitle => match self.callout_title(id) {
                Some(close) => close,
                None => return end,
            },
            Kind::CodeBlock(info) => match self.code_block(id, info) {
                Some(close) => close,
                None => return end,
            },
            Kind::List(first) => self.list(id, first),
            Kind::Item => self.item(id),
            Kind::TaskMarker(_) => {
                self.task(id);
                return end;
            }
            Kind::Table(_) => self.table(id),
            Kind::TableHead => self.table_head(),
            Kind::TableRow => self.table_row(),
            Kind::TableCell => self.table_cell(id, end),
            // Written at the end, in the order of their marks.
            Kind::Footnote(_) => return end,
            Kind::FootnoteRef(footnote) => {
                self.footnote_ref(footnote);
                return end;
            }
            Kind::HtmlBlock => {
                self.html_block(id, end);
                return end;
            }
            Kind::Html(html) => {
                self.raw(id, html);
                return end;
            }
            Kind::Comment(_) | Kind::Instruction => return end,
            Kind::Code(text) => {
                self.out.push_str("<code>");
                escape_text(self.body.text(text), self.out);
                self.out.push_str("</code>");
                return end;
            }
            Kind::HardBreak => {
                self.out.push_str(if self.style.commonmark { "<br />\n" } else { "<br>\n" });
                return end;
            }
            Kind::Emphasis => self.inline("<em>", "</em>"),
            Kind::Strong => self.inline("<strong>", "</strong>"),
            Kind::Strikethrough => self.inline("<del>", "</del>"),
            Kind::Link(link) => self.link(id, link),
            Kind::Image(link) => {
                self.image(id, link);
                return end;
            }
            Kind::Embed(embed) => {
                self.embed(embed);
                return end;
            }
            Kind::Rule => {
                self.new_line();
                self.out.push_str(if self.style.commonmark { "<hr />\n" } else { "<hr>\n" });
                return end;
            }
        };
        self.open.push((end, close));
        id + 1
    }

    fn embed(&mut self, embed: u32) {
        self.new_line();
        match self.targets.embed(embed) {
            EmbedTarget::Html(html) => {
                self.out.push_str(html.trim());
                self.out.push('\n');
            }
            EmbedTarget::Link(href, words) => {
                self.out.push_str("<p><a href=\"");
                escape_url(&href, self.out);
                self.out.push_str("\">");
                escape_text(&words, self.out);
                self.out.push_str("</a></p>\n");
            }
            EmbedTarget::Nothing => {}
        }
    }

    fn close(&mut self, close: Close) {
        match close {
            Close::Tag(tag) => self.out.push_str(tag),
            Close::Link => {
                self.in_link = false;
                self.out.push_str("</a>");
            }
            Close::Summary(heading, level) => self.close_summary(heading, level),
            Close::Figure(source) => self.close_figure(source),
            Close::Testimonial(id) => self.close_testimonial(id),
            Close::CallToAction => {
                self.in_call_to_action = false;
                self.out.push_str("</div>\n");
            }
            Close::Question(id, end) => self.close_question(id, end),
            Close::Worksheet => self.close_worksheet(),
            Close::OwnBlock(id, start) => self.close_own_block(id, start),
            Close::TableHead => self.close_table_head(),
            Close::Table => self.close_table(),
            Close::LastParagraph(footnote) => {
                self.ways_back(footnote);
                self.out.push_str("</p>\n");
            }
        }
    }

    /// Starts a new line unless one has just started.
    fn new_line(&mut self) {
        if self.out.len() > self.base && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn block(&mut self, start: &str, end: &'static str) -> Close {
        self.new_line();
        self.out.push_str(start);
        Close::Tag(end)
    }

    fn inline(&mut self, start: &str, end: &'static str) -> Close {
        self.out.push_str(start);
        Close::Tag(end)
    }

    fn paragraph(&mut self, id: NodeId) -> Option<Close> {
        self.new_line();
        if !self.style.commonmark
            && (self.images(id)
                || self.player(id)
                || self.foreign_embed(id)
                || self.document(id)
                || self.figure(id))
        {
            return None;
        }
        self.speech(id);
        self.out.push_str("<p>");
        Some(self.paragraph_end(id))
    }

    fn heading(&mut self, id: NodeId, index: usize) -> Opened {
        let heading = &self.body.headings[index];
        const ENDS: [&str; 6] = ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];
        let level = heading.level.clamp(1, 6);
        let end = Close::Tag(ENDS[usize::from(level) - 1]);
        self.new_line();
        if self.style.commonmark {
            self.push_fmt(format_args!("<h{level}>"));
            return Opened::Open(end);
        }
        if self.body.descendants(id).is_empty() {
            // A heading without content is a mistake to a screen reader; an id that was asked for can still be linked.
            if heading.explicit_id {
                self.out.push_str("<div");
                self.attribute("id", &heading.id);
                self.out.push_str("></div>\n");
            }
            return Opened::Written(self.body.descendants(id).end);
        }
        let part = self.targets.part(id);
        if self.takeaways == Some(id) || part.is_some() {
            self.section(heading, part.as_ref());
        }
        let begun = if heading.top_level { self.begin(id, heading) } else { PartHeading::Usual };
        match begun {
            PartHeading::Usual => {
                self.push_fmt(format_args!("<h{level} id=\""));
                escape_attribute(&heading.id, self.out);
                self.out.push('"');
            }
            PartHeading::Summary => self.push_fmt(format_args!("<h{level}")),
            PartHeading::Written(next) => return Opened::Written(next),
        }
        for (number, class) in heading.classes.iter().enumerate() {
            self.out.push_str(if number == 0 { " class=\"" } else { " " });
            escape_attribute(class, self.out);
        }
        if !heading.classes.is_empty() {
            self.out.push('"');
        }
        for (key, value) in heading.attributes.iter().filter(|(key, _)| is_global_attribute(key)) {
            self.attribute(key, value.as_deref().unwrap_or_default());
        }
        self.out.push('>');
        let has_note = |id: NodeId| matches!(self.body.nodes()[id].kind, Kind::FootnoteRef(_));
        if let Some(PartTarget::Step { label, title, time, due, owner, .. }) = part
            && !self.body.descendants(id).any(has_note)
        {
            self.step_heading((id, level), (label, title));
            self.step_facts([("time", time), ("due", due.as_ref().map(|(text, _)| *text)), ("owner", owner)]);
            return Opened::Written(self.body.descendants(id).end);
        }
        Opened::Open(if begun == PartHeading::Summary { Close::Summary(index, level) } else { end })
    }

    fn list(&mut self, id: NodeId, first: Option<u32>) -> Close {
        self.new_line();
        let tasks = !self.style.commonmark && self.body.children(Some(id)).any(|item| self.is_task(item));
        let class = if tasks { " class=\"task-list\"" } else { "" };
        let Some(first) = first else {
            self.push_fmt(format_args!("<ul{class}>\n"));
            return Close::Tag("</ul>\n");
        };
        match first {
            1 => self.push_fmt(format_args!("<ol{class}>\n")),
            first => self.push_fmt(format_args!("<ol start=\"{first}\"{class}>\n")),
        }
        Close::Tag("</ol>\n")
    }

    /// Does the item start with a box, be it in a paragraph?
    fn is_task(&self, item: NodeId) -> bool {
        let below = self.body.descendants(item);
        let first = below.clone().take(2).map(|id| self.body.nodes()[id].kind);
        let mut first = first.skip_while(|kind| *kind == Kind::Paragraph);
        matches!(first.next(), Some(Kind::TaskMarker(_)))
    }

    /// A box; what stands behind it, up to the next block, is its name.
    fn task(&mut self, id: NodeId) {
        let line_end = self.body.line_end(id);
        let label = self.body.plain_text_of(id + 1..line_end);
        let key = self.targets.task(id);
        if key.is_some() {
            self.out.push_str("<label>");
            self.open.push((line_end, Close::Tag("</label>")));
        }
        self.out.push_str("<input type=\"checkbox\"");
        match key {
            Some(key) => self.attribute("data-task", key),
            None => self.out.push_str(" disabled"),
        }
        if matches!(self.body.nodes()[id].kind, Kind::TaskMarker(true)) {
            self.out.push_str(" checked");
        }
        if label.is_empty() {
            self.attribute("aria-label", self.style.task);
        } else if key.is_none() {
            self.attribute("aria-label", &label);
        }
        self.out.push_str("> ");
    }

    /// The name of the button at `id` for what counts and reports its use: its words as a slug, a second one of the same
    /// words with `-2`.
    fn button_name(&mut self, id: NodeId) -> String {
        let mut name = slug(&self.body.plain_text_of(self.body.descendants(id)));
        if name.is_empty() {
            name.push_str("button");
        }
        self.buttons.push(name.clone());
        match self.buttons.iter().filter(|one| **one == name).count() {
            1 => name,
            count => format!("{name}-{count}"),
        }
    }

    fn link(&mut self, id: NodeId, link: u32) -> Close {
        if self.in_link && !self.style.commonmark {
            // Markdown lets an autolink stand in a link's text, HTML doesn't: the outer link counts.
            return Close::Tag("");
        }
        let target = self.targets.link(link);
        if target.href.is_empty() && !self.style.commonmark {
            // It leads nowhere on this page: an empty address would lead to the page itself.
            return Close::Tag("");
        }
        self.out.push_str("<a href=\"");
        escape_url(&target.href, self.out);
        self.out.push('"');
        if target.external {
            self.out.push_str(" rel=\"noopener\"");
        }
        if let Some(language) = target.hreflang {
            self.attribute("hreflang", language);
        }
        if !self.style.commonmark && (self.body.links[link as usize].is_button || self.in_call_to_action) {
            if self.style.medium == Medium::Page {
                self.out.push_str(" class=\"button\"");
                let name = self.button_name(id);
                self.attribute("data-cta", &name);
            }
        } else if target.share.is_some() {
            self.out.push_str(" class=\"send\"");
        }
        if let Some((title, url)) = &target.share {
            self.attribute("data-share", url);
            self.attribute("data-title", title);
        }
        self.title(link);
        self.out.push('>');
        self.in_link = true;
        Close::Link
    }

    fn image(&mut self, id: NodeId, link: u32) {
        let end = self.image_element(id, link);
        self.title(link);
        self.out.push_str(if self.style.commonmark { " />" } else { end });
    }

    /// An image, but for what ends its tag, which is returned.
    fn image_element(&mut self, id: NodeId, link: u32) -> &'static str {
        let target = self.targets.image(link);
        let end = figure::sources(&target, self.style.image_sizes, self.out);
        self.out.push_str("<img src=\"");
        escape_url(&target.src, self.out);
        self.out.push('"');
        self.attribute("alt", &self.body.plain_text_of(self.body.descendants(id)));
        figure::size(&target, self.out);
        if target.lazy {
            self.out.push_str(" loading=\"lazy\"");
        } else if !target.webp.is_empty() {
            // The largest thing that readers see first: it is asked for before scripts are.
            self.out.push_str(" fetchpriority=\"high\"");
        }
        end
    }

    fn title(&mut self, link: u32) {
        let title = &self.body.links[link as usize].title;
        if !title.is_empty() {
            if self.style.commonmark {
                self.out.push_str(" title=\"");
                escape_text(title, self.out);
                self.out.push('"');
            } else {
                self.attribute("title", title);
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_attribute(value, self.out);
        self.out.push('"');
    }

    fn html_block(&mut self, id: NodeId, end: NodeId) {
        if self.style.commonmark {
            self.new_line();
        }
        let start = self.out.len();
        for child in id + 1..end {
            if let Kind::Html(html) = self.body.nodes()[child].kind {
                self.raw(child, html);
            }
        }
        if self.style.commonmark {
            return;
        }
        if self.out[start..].trim().is_empty() {
            // Only a comment was there.
            self.out.truncate(start);
        } else if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// The author's own bytes, with the addresses that pages and files have here.
    fn raw(&mut self, id: NodeId, html: TextRef) {
        if !self.style.commonmark && !self.style.raw_html {
            return;
        }
        let html = self.body.text(html);
        let mut copied = 0;
        for links in self.body.html_links_at(id).chunk_by(|a, b| a.attribute() == b.attribute()) {
            let attribute = links[0].attribute();
            let found: Vec<_> = links.iter().map(|link| (link.place(), self.targets.html(link))).collect();
            if found.iter().any(|(_, address)| address.as_deref() == Some("")) {
                self.out.push_str(&html[copied..attribute.start]);
                copied = attribute.end;
                continue;
            }
            for (place, address) in found {
                let Some(address) = address else { continue };
                // Without quotation marks, a value ends at the first character that they would be needed for.
                let quote = if place.end == attribute.end { "\"" } else { "" };
                self.out.push_str(&html[copied..place.start]);
                self.out.push_str(quote);
                escape_url(&address, self.out);
                self.out.push_str(quote);
                copied = place.end;
            }
        }
        self.out.push_str(&html[copied..]);
    }

    fn push_fmt(&mut self, text: std::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = self.out.write_fmt(text);
    }
}

/// May the attribute stand on any element, whatever its value? Others that an author gives are for ringback to read
/// (`role=takeaways`) or would make the page invalid.
fn is_global_attribute(key: &str) -> bool {
    let data = key.strip_prefix("data-").is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    });
    data || matches!(key, "lang" | "dir" | "title")
}

#[cfg(test)]
mod tests;
