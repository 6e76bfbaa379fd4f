//! The text of a document as a tree: what Markdown becomes, once, and what everything else reads.
//!
//! HTML, plain text, excerpts, feeds, search and scripts all walk this tree; nothing parses HTML again. The tree is one
//! vector in document order (a node is followed by its descendants), so that ten thousand documents stay small and a
//! walk is a loop. Start with [`Body`] and [`Body::children`]; `builder` is how the parser makes one, `text` gives the
//! words, `extract` cuts a part out for good, `comments` and `embeds` find what authors write for ringback.

mod balance;
mod blocks;
mod builder;
mod comments;
mod dividers;
mod embeds;
mod extract;
mod figure;
mod footnotes;
mod html_links;
mod notes;
mod parameters;
mod takeaways;
mod tasks;
mod text;
mod toc;

use std::ops::Range;

pub use balance::{FlawedTag, TagFlaw};
pub use blocks::Speaker;
pub use builder::Builder;
pub(super) use builder::Meant;
pub use dividers::{AlmostDivider, Likeness};
pub(super) use embeds::{embed, is_embed_name};
pub use html_links::HtmlLink;
pub(super) use html_links::Written;
pub use notes::{Flaw, Unsettled};
pub use parameters::WrittenParameter;
pub use text::cut;
pub use toc::TocEntry;

use super::blocks::{Callout, Role, media};
use super::code::CodeInfo;
use crate::diag::Span;

/// A piece of [`Body`]'s text buffer; [`Body::text`] reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextRef {
    start: u32,
    end: u32,
}

/// Index of a node in [`Body`].
pub type NodeId = usize;

/// How a column of a table is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the reader's program does.
    None,
    /// At the left edge.
    Left,
    /// In the middle of the column.
    Center,
    /// At the right edge.
    Right,
}

/// What a node is. Text lies in the body's buffer, larger things in its side tables, so that a node stays small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph, with words and links as children.
    Paragraph,
    /// Index into [`Body::headings`].
    Heading(u32),
    /// A block quote, with blocks as children.
    Quote,
    /// A callout; index into [`Body::callouts`].
    Callout(u32),
    /// The title of a callout, its first child: what follows the type on its line.
    CalloutTitle,
    /// A code block; what is behind its fence, which begins with the language and is empty where nothing is given. Its
    /// only child, if it is not empty, is a
    /// [`Kind::Text`] with all its lines.
    CodeBlock(TextRef),
    /// A list; the first number of an ordered one (CommonMark allows nine digits).
    List(Option<u32>),
    /// An item of a list.
    Item,
    /// The box at the start of an item: `true` when ticked.
    TaskMarker(bool),
    /// Index into [`Body::tables`].
    Table(u32),
    /// The first row of a table.
    TableHead,
    /// A row after the first.
    TableRow,
    /// A cell of a row, with words and links as children.
    TableCell,
    /// A footnote's text; index into [`Body::footnotes`].
    Footnote(u32),
    /// A reference to a footnote; index into [`Body::footnotes`].
    FootnoteRef(u32),
    /// A block of raw HTML; its children are [`Kind::Html`], [`Kind::Comment`] and [`Kind::Instruction`].
    HtmlBlock,
    /// Raw HTML within a line, or a block's; without comments, which are nodes of their own.
    Html(TextRef),
    /// What the author wrote for themselves, `<!-- … -->`: the text within, trimmed. For no reader.
    Comment(TextRef),
    /// What was written for another program, such as `<?php … ?>`. For no reader.
    Instruction,
    /// Words. Outside of code blocks they stand in the file exactly so, byte for byte; quotation marks, entities and
    /// whatever else is written otherwise there are nodes of their own.
    Text(TextRef),
    /// Code within a line, between backquotes.
    Code(TextRef),
    /// An end of line in the source that means a space.
    SoftBreak,
    /// An end of line that is kept.
    HardBreak,
    /// Emphasis, written with one `*` or `_`.
    Emphasis,
    /// Strong emphasis, written with two.
    Strong,
    /// Struck through, written with two `~`.
    Strikethrough,
    /// Index into [`Body::links`].
    Link(u32),
    /// Index into [`Body::links`]; the children are the alternative text.
    Image(u32),
    /// A thematic break, written `---`.
    Rule,
    /// Something that is no text, such as a form; index into [`Body::embeds`]. Only at the top level.
    Embed(u32),
}

impl Kind {
    /// Does it stand within a block, as a part of its text?
    #[must_use]
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Text(_)
                | Self::Code(_)
                | Self::Html(_)
                | Self::Comment(_)
                | Self::Instruction
                | Self::SoftBreak
                | Self::HardBreak
                | Self::Emphasis
                | Self::Strong
                | Self::Strikethrough
                | Self::Link(_)
                | Self::Image(_)
                | Self::FootnoteRef(_)
                | Self::TaskMarker(_)
        )
    }
}

/// One node: what it is, where it stands in the file, and where its descendants end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is, with the index of what it has in a side table.
    pub kind: Kind,
    /// Bytes in the file, absolute.
    pub span: Span,
    /// Index behind its last descendant: the next sibling, if there is one.
    pub end: u32,
}

/// A heading, with the id that links point to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// The level, from 1 to 6.
    pub level: u8,
    /// Unique in the page: given as `{#id}`, or made from the text.
    pub id: String,
    /// Was the id given by the author?
    pub explicit_id: bool,
    /// The text without markup, trimmed.
    pub text: String,
    /// Classes, written `{.class}`, without the dot.
    pub classes: Vec<String>,
    /// What its section is for, `{role=faq}`.
    pub role: Option<Role>,
    /// `{key=value}` attributes, such as `lang=sv`.
    pub attributes: Vec<(String, Option<String>)>,
    /// The node of the heading.
    pub node: NodeId,
    /// Does it stand at the top level, outside lists, quotes and footnotes? Only then it heads a section.
    pub top_level: bool,
}

/// The target of a link or an image, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLink {
    /// The destination, unescaped but not resolved; `mailto:` is added to mail autolinks.
    pub target: String,
    /// The title, empty where none is given.
    pub title: String,
    /// The whole link in the file.
    pub span: Span,
    /// The destination in the file, where it could be found; else the whole link.
    pub target_span: Span,
    /// Is it a button, `[text](target){.button}`?
    pub is_button: bool,
    /// Is it all that a paragraph at the top level consists of?
    pub is_alone: bool,
    /// The definition that a reference (`[text][label]`) takes its target and title from; `None` for other links.
    pub definition: Option<Span>,
}

impl RawLink {
    /// Does it lead to a document for print of the site's own, and is it all that its paragraph consists of?
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.is_alone && !self.is_button && media::is_document(&self.target) && !self.target.contains("://")
    }
}

/// What can stand in a text as a paragraph of its own, without being text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmbedKind {
    /// A form, `[form:guide]`.
    Form,
    /// A call script, `[script:too-busy]`.
    Script,
    /// An assessment, `[assessment:maturity]`.
    Assessment,
    /// A calculator, `[calculator:cold-call]`.
    Calculator,
    /// A survey, `[survey:sales-manager]`.
    Survey,
    /// Where the answers to a survey are put together, `[results:sales-manager]`.
    SurveyResults,
    /// Something that the site or its author offers, `> [!offer] guide`.
    Offer,
}

/// Something that stands in a text and is none: `[form:guide]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// What is embedded.
    pub kind: EmbedKind,
    /// Its name, behind the colon.
    pub name: String,
    /// The bytes of the name in the file.
    pub span: Span,
}

/// A footnote: its label as written, and its node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FootnoteInfo {
    /// As written between `[^` and `]`.
    pub label: String,
    /// The node of its text; `None` when it is never defined.
    pub node: Option<NodeId>,
    /// How often readers meet its mark: references in the text and in footnotes that are themselves shown, not in
    /// alternative texts. 0 when it is never shown or never defined.
    pub references: u32,
}

/// A document's text as a tree. Equal sources give equal trees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    nodes: Vec<Node>,
    text: String,
    /// All headings, in the order of the text.
    pub headings: Vec<Heading>,
    /// All links and images: those of Markdown in order, then those of raw HTML in order.
    pub links: Vec<RawLink>,
    /// Where raw HTML names a link or image, in order.
    html_links: Vec<HtmlLink>,
    /// The columns' alignments of each table.
    pub tables: Vec<Vec<Align>>,
    /// All footnotes: first those that are shown, in the order of their first mark (so the number that readers see is
    /// the index + 1), then the others.
    pub footnotes: Vec<FootnoteInfo>,
    /// All embeds, in the order of the text.
    pub embeds: Vec<Embed>,
    /// All callouts, in the order of the text.
    pub callouts: Vec<Callout>,
    /// Comments that aren't what their author meant.
    pub unsettled: Vec<Unsettled>,
}

impl Body {
    /// All nodes in document order.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Is there a block of code in it that has colours, a title or marked lines?
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.nodes.iter().any(|node| match node.kind {
            Kind::CodeBlock(info) => CodeInfo::read(self.text(info)).is_styled(),
            _ => false,
        })
    }

    /// All of the text, one piece after the other without a space between.
    #[must_use]
    pub fn all_text(&self) -> &str {
        &self.text
    }

    /// The text that a reference stands for.
    #[must_use]
    pub fn text(&self, at: TextRef) -> &str {
        &self.text[at.start as usize..at.end as usize]
    }

    /// The children of `parent`, or the top-level blocks for `None`.
    pub fn children(&self, parent: Option<NodeId>) -> impl Iterator<Item = NodeId> + '_ {
        self.siblings(match parent {
            Some(id) => id + 1..self.nodes[id].end as usize,
            None => 0..self.nodes.len(),
        })
    }

    /// The nodes of a range without their descendants. The range starts at a node and ends behind the last descendant
    /// of a sibling of it, such as one from [`Body::section`] or [`Body::descendants`].
    pub fn siblings(&self, range: Range<NodeId>) -> impl Iterator<Item = NodeId> + '_ {
        let Range { start: mut next, end } = range;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let id = next;
                next = self.nodes[id].end as usize;
                id
            })
        })
    }

    /// All nodes below `node`, at any depth.
    #[must_use]
    pub fn descendants(&self, node: NodeId) -> Range<NodeId> {
        node + 1..self.nodes[node].end as usize
    }

    /// What stands under a heading: the nodes up to the next top-level heading of the same or a higher level, or to
    /// the end. Empty for a heading that isn't at the top level. Read it with [`Body::siblings`].
    #[must_use]
    pub fn section(&self, heading: &Heading) -> Range<NodeId> {
        let start = self.nodes[heading.node].end as usize;
        if !heading.top_level {
            return start..start;
        }
        let behind = self.headings.partition_point(|h| h.node <= heading.node);
        let next = self.headings[behind..].iter().find(|h| h.top_level && h.level <= heading.level);
        start..next.map_or(self.nodes.len(), |h| h.node)
    }

    /// The raw HTML that readers get, piece by piece: not that in the alternative text of an image.
    pub fn raw_html(&self) -> impl Iterator<Item = &str> {
        let mut next = 0;
        std::iter::from_fn(move || {
            while let Some(node) = self.nodes.get(next) {
                next = if matches!(node.kind, Kind::Image(_)) { node.end as usize } else { next + 1 };
                if let Kind::Html(html) = node.kind {
                    return Some(self.text(html));
                }
            }
            None
        })
    }

    /// The heading at `node`, if there is one.
    #[must_use]
    pub fn heading(&self, node: NodeId) -> Option<&Heading> {
        match self.nodes.get(node)?.kind {
            Kind::Heading(index) => self.headings.get(index as usize),
            _ => None,
        }
    }

    /// The bytes of memory that the tree takes up, without unused capacity.
    #[must_use]
    pub fn memory(&self) -> usize {
        let headings = self.headings.iter().map(|h| size_of::<Heading>() + h.id.len() + h.text.len());
        let links = self.links.iter().map(|l| size_of::<RawLink>() + l.target.len() + l.title.len());
        let tables = self.tables.iter().map(|t| size_of::<Vec<Align>>() + t.len());
        let footnotes = self.footnotes.iter().map(|f| size_of::<FootnoteInfo>() + f.label.len());
        let embeds = self.embeds.iter().map(|e| size_of::<Embed>() + e.name.len());
        let callouts = self.callouts.iter().map(|c| size_of::<Callout>() + c.name.len());
        size_of::<Self>()
            + self.html_links.len() * size_of::<HtmlLink>()
            + self.nodes.len() * size_of::<Node>()
            + self.text.len()
            + headings
                .chain(links)
                .chain(tables)
                .chain(footnotes)
                .chain(embeds)
                .chain(callouts)
                .sum::<usize>()
    }

    /// Gives back what lists have reserved and don't need.
    fn shrink(&mut self) {
        fit(&mut self.nodes);
        fit(&mut self.headings);
        fit(&mut self.links);
        fit(&mut self.html_links);
        fit(&mut self.tables);
        fit(&mut self.footnotes);
        fit(&mut self.embeds);
        fit(&mut self.callouts);
        // Nearly all that is reserved for it is used.
        self.text.shrink_to_fit();
    }
}

/// Moves a list to a place of its own size. To shrink it isn't enough: an allocator may leave what is at least half full
/// where it is, with all that was reserved.
fn fit<T>(list: &mut Vec<T>) {
    if list.capacity() > list.len() {
        let mut exact = Vec::with_capacity(list.len());
        exact.append(list);
        *list = exact;
    }
}

/// Ten thousand documents of some hundred nodes each are in memory at once.
const _: () = assert!(size_of::<Node>() <= 24);

#[cfg(test)]
mod tests;
