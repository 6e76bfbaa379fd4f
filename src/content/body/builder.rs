//! Builds a [`Body`] from front to back. Start with [`Builder::open`] and [`Builder::text`].

use super::super::blocks::Callout;
use super::{Body, FootnoteInfo, Heading, Kind, Node, NodeId, RawLink, TextRef};
use crate::diag::Span;

/// A link that somebody meant, by its bytes in a text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::content) struct Meant {
    /// The bytes of all that is meant as the link.
    pub(in crate::content) place: std::ops::Range<usize>,
    /// What readers see of it.
    pub(in crate::content) shown: std::ops::Range<usize>,
    /// Its address as it is written.
    pub(in crate::content) written: std::ops::Range<usize>,
    /// Where it leads; `[[name]]` for a wiki link.
    pub(in crate::content) target: String,
    /// Is it written as an image, with `!` before it?
    pub(in crate::content) is_image: bool,
}

/// A [`Body`] that is being written, node by node, in document order.
#[derive(Debug, Default)]
pub struct Builder {
    pub(super) body: Body,
    open: Vec<u32>,
    /// Is the last node a text that a directly following text may be joined to?
    joinable: bool,
}

impl Builder {
    /// An empty body with room for a Markdown text of `bytes` bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        let mut builder = Self::default();
        builder.body.text.reserve(bytes);
        builder.body.nodes.reserve(bytes / 24);
        builder
    }

    /// What there is so far. Nodes still open have no valid end.
    #[must_use]
    pub fn so_far(&self) -> &Body {
        &self.body
    }

    /// How many nodes are open: 0 at the top level.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The node that was opened last and isn't closed; `None` at the top level.
    #[must_use]
    pub fn innermost(&self) -> Option<NodeId> {
        self.open.last().map(|&id| id as usize)
    }

    /// Adds a node whose children follow, up to [`Builder::close`].
    pub fn open(&mut self, kind: Kind, span: Span) -> NodeId {
        let id = self.leaf(kind, span);
        self.open.push(index(id));
        id
    }

    /// Ends the innermost open node and gives it back; `None` when none is open.
    pub fn close(&mut self) -> Option<NodeId> {
        let id = self.open.pop()? as usize;
        self.body.nodes[id].end = index(self.body.nodes.len());
        self.joinable = false;
        Some(id)
    }

    /// Adds a node without children.
    pub fn leaf(&mut self, kind: Kind, span: Span) -> NodeId {
        let id = self.body.nodes.len();
        self.body.nodes.push(Node { kind, span, end: index(id + 1) });
        self.joinable = false;
        id
    }

    /// Adds text that stands so in the file, joined to such text before it where the two touch there.
    pub fn text(&mut self, text: &str, span: Span) {
        if self.joinable
            && let Some(Node { kind: Kind::Text(before), span: before_span, .. }) = self.body.nodes.last_mut()
            && before_span.end == span.start
        {
            self.body.text.push_str(text);
            before.end = index(self.body.text.len());
            before_span.end = span.end;
            return;
        }
        self.other_text(text, span);
        self.joinable = true;
    }

    /// The last node, if it is a text that stands so in the file and may go on.
    #[must_use]
    pub fn written(&self) -> Option<(&str, Span)> {
        match self.body.nodes.last() {
            Some(Node { kind: Kind::Text(text), span, .. }) if self.joinable => {
                Some((self.body.text(*text), *span))
            }
            _ => None,
        }
    }

    /// Makes places of the last node, a text that stands so in the file, links, in order.
    pub(in crate::content) fn link_within(&mut self, links: Vec<Meant>) {
        let Some(Node { kind: Kind::Text(all), span, .. }) = self.body.nodes.pop() else { return };
        let start = span.range().start;
        let part = |from: usize, to: usize| {
            let at = TextRef { start: all.start + index(from), end: all.start + index(to) };
            (Kind::Text(at), Span::new(start + from, start + to))
        };
        let mut from = 0;
        for Meant { place, shown, written, target, is_image } in links {
            if from < place.start {
                let (kind, span) = part(from, place.start);
                self.leaf(kind, span);
            }
            let span = Span::new(start + place.start, start + place.end);
            let target_span = Span::new(start + written.start, start + written.end);
            let title = String::new();
            let link = self.link(RawLink {
                target,
                title,
                span,
                target_span,
                is_button: false,
                is_alone: false,
                definition: None,
            });
            self.open(if is_image { Kind::Image(link) } else { Kind::Link(link) }, span);
            let (kind, shown) = part(shown.start, shown.end);
            self.leaf(kind, shown);
            self.close();
            from = place.end;
        }
        let length = (all.end - all.start) as usize;
        if from < length {
            let (kind, span) = part(from, length);
            self.leaf(kind, span);
        }
    }

    /// Makes the quotation at `node`, the last one with children, a callout without a title.
    pub(in crate::content) fn callout(&mut self, node: NodeId, callout: Callout) {
        self.body.callouts.push(callout);
        self.body.nodes[node].kind = Kind::Callout(index(self.body.callouts.len() - 1));
    }

    /// The same with a title: the first `mark` bytes of its first text are its type, and the rest of that line, up to the
    /// line end at `line_end`, is the title. Without a line end, all of that paragraph is what the callout says.
    pub(in crate::content) fn titled_callout(
        &mut self,
        node: NodeId,
        callout: Callout,
        mark: usize,
        line_end: Option<NodeId>,
    ) {
        self.callout(node, callout);
        let nodes = &mut self.body.nodes;
        if let Kind::Text(text) = &mut nodes[node + 2].kind {
            text.start += index(mark);
            nodes[node + 2].span.start += index(mark);
        }
        let paragraph = nodes[node + 1];
        let Some(line_end) = line_end else { return };
        // The line end becomes the paragraph of the words behind it, so that no node moves.
        let rest = nodes[line_end].span.end..paragraph.span.end;
        nodes[line_end] = Node {
            kind: Kind::Paragraph,
            span: Span::new(rest.start as usize, rest.end as usize),
            end: paragraph.end,
        };
        nodes[node + 1].kind = Kind::CalloutTitle;
        nodes[node + 1].end = index(line_end);
        nodes[node + 1].span.end = nodes[line_end].span.start;
    }

    /// Makes the first paragraph of the callout at `node` its title.
    pub(in crate::content) fn title_alone(&mut self, node: NodeId) {
        self.body.nodes[node + 1].kind = Kind::CalloutTitle;
    }

    /// Adds text that stands otherwise in the file (an entity, a quotation mark). It stays alone, so that a place in
    /// any other text is a place in the file.
    pub fn other_text(&mut self, text: &str, span: Span) {
        let at = self.buffer(text);
        self.leaf(Kind::Text(at), span);
    }

    /// Adds a line of a code block or of a block of raw HTML: each block has one node with all its lines, `kind` says
    /// of which kind.
    pub fn line(&mut self, kind: fn(TextRef) -> Kind, line: &str, span: Span) {
        let at = self.buffer(line);
        if self.joinable
            && let Some(Node { kind: Kind::Text(all) | Kind::Html(all), span: all_span, .. }) =
                self.body.nodes.last_mut()
        {
            all.end = at.end;
            all_span.end = span.end.max(all_span.end);
            return;
        }
        self.leaf(kind(at), span);
        self.joinable = true;
    }

    /// Puts `text` into the body's buffer for a node to refer to.
    pub fn buffer(&mut self, text: &str) -> TextRef {
        let start = index(self.body.text.len());
        self.body.text.push_str(text);
        TextRef { start, end: index(self.body.text.len()) }
    }

    /// Ends the text of the node at `parent`, the last one with children, at the byte `end` of the file.
    pub(in crate::content) fn cut_text(&mut self, parent: NodeId, end: usize) {
        let nodes = &mut self.body.nodes;
        while nodes.len() > parent + 1 && nodes.last().is_some_and(|last| last.span.range().start >= end) {
            nodes.pop();
        }
        if let Some(Node { kind: Kind::Text(text), span, .. }) = nodes[parent + 1..].last_mut() {
            let cut = span.end.saturating_sub(index(end));
            text.end = text.end.saturating_sub(cut).max(text.start);
            span.end -= cut;
        }
        nodes[parent].end = index(nodes.len());
    }

    /// Adds a heading's entry and gives its index for [`Kind::Heading`].
    pub fn heading(&mut self, heading: Heading) -> u32 {
        self.body.headings.push(heading);
        index(self.body.headings.len() - 1)
    }

    /// All headings so far, to be completed.
    pub fn headings_mut(&mut self) -> &mut [Heading] {
        &mut self.body.headings
    }

    /// Adds a link's entry and gives its index for [`Kind::Link`] or [`Kind::Image`].
    pub fn link(&mut self, link: RawLink) -> u32 {
        self.body.links.push(link);
        index(self.body.links.len() - 1)
    }

    /// The link at `node`, to be completed.
    pub fn link_mut(&mut self, node: NodeId) -> Option<&mut RawLink> {
        match self.body.nodes[node].kind {
            Kind::Link(link) | Kind::Image(link) => self.body.links.get_mut(link as usize),
            _ => None,
        }
    }

    /// Makes `node`, the last one with children, an embed: the text in it goes.
    pub fn embed(&mut self, node: NodeId, embed: super::Embed) {
        self.body.embeds.push(embed);
        self.body.nodes.truncate(node + 1);
        self.body.nodes[node].kind = Kind::Embed(index(self.body.embeds.len() - 1));
        self.body.nodes[node].end = index(node + 1);
    }

    /// Adds a table's columns and gives its index for [`Kind::Table`].
    pub fn table(&mut self, columns: Vec<super::Align>) -> u32 {
        self.body.tables.push(columns);
        index(self.body.tables.len() - 1)
    }

    /// Adds a footnote's entry and gives its index for [`Kind::Footnote`] and [`Kind::FootnoteRef`].
    pub fn footnote(&mut self, label: String) -> u32 {
        self.body.footnotes.push(FootnoteInfo { label, node: None, references: 0 });
        index(self.body.footnotes.len() - 1)
    }

    /// Says that `node` holds the text of a footnote; the first one counts.
    pub fn define_footnote(&mut self, footnote: u32, node: NodeId) {
        self.body.footnotes[footnote as usize].node.get_or_insert(node);
    }

    /// The finished body: open nodes are closed, footnotes numbered, unused memory given back.
    #[must_use]
    pub fn finish(mut self) -> Body {
        while self.close().is_some() {}
        super::footnotes::number(&mut self.body);
        self.body.shrink();
        self.body
    }
}

/// Positions in a body fit `u32`, as those in a file do: a body has fewer nodes than its file has bytes, and about as
/// much text.
fn index(at: usize) -> u32 {
    u32::try_from(at).expect("files over 4 GB are refused before they are parsed")
}
