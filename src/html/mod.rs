//! HTML of a [`Body`]: one walk over the tree, without recursion, into one string.
//!
//! What the HTML looks like is documented for authors of themes in `docs/content/templates.md` (`content`); it is valid by the
//! Nu HTML Checker and works under a strict Content-Security-Policy, so there is no `style` attribute. Where links
//! lead is for the caller to say, through [`Targets`]. Start with [`body`], then `Writer::open`.

mod blocks;
mod code;
mod figure;
mod footnotes;
mod headings;
mod links;
mod lists;
mod parts;
mod pieces;
mod raw;
mod style;
mod table;
mod targets;

use std::fmt::Write as _;
use std::ops::Range;

pub use blocks::{OwnBlock, OwnParameter, WorksheetWords};
pub use figure::push_figure;
pub use pieces::Pieces;
pub use style::{CalloutTitles, EmbedWords, HtmlStyle, IMAGE_SIZES, Medium};
pub use targets::{
    AsWritten, DocumentTarget, EmbedTarget, ImageTarget, LinkTarget, MediaTarget, PartTarget, PersonTarget,
    Targets, Track, Widths,
};

use self::blocks::OpenSection;
use self::pieces::escape_with_placeholders;
use crate::content::body::{Body, Heading, Kind, NodeId, TextRef};
use crate::encode::html::{escape_attribute, escape_text, escape_url};
use crate::sales::calls::{TextPiece, pieces as placeholder_pieces};

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
pub fn render_split(
    body: &Body,
    at: NodeId,
    targets: &dyn Targets,
    style: &HtmlStyle<'_>,
) -> (String, String) {
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
    /// The names of those who have spoken in interviews so far, in their order.
    speakers: Vec<String>,
    in_call_to_action: bool,
    /// The names of the buttons so far.
    buttons: Vec<String>,
    in_link: bool,
    /// A text that counts only in part.
    until: Option<(NodeId, usize)>,
    table: table::TableState,
    footnotes: footnotes::FootnoteMarks,
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
            table: table::TableState::after(style.tables_before),
            footnotes: footnotes::FootnoteMarks::new(body),
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
    #[expect(clippy::too_many_lines, reason = "one match over all kinds of nodes")]
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

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_attribute(value, self.out);
        self.out.push('"');
    }

    fn push_fmt(&mut self, text: std::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = self.out.write_fmt(text);
    }
}

#[cfg(test)]
mod tests;
