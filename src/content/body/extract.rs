//! Cutting a part out of a body for good: what keeps gated text out of public output.

use std::ops::Range;

use super::footnotes::reached;
use super::{Body, FootnoteInfo, Heading, Kind, Node, NodeId, TextRef};

impl Body {
    /// A new body of the given top-level blocks, in the order given, with the footnotes that they mention (and those
    /// that these mention) at its end, as top-level nodes.
    ///
    /// It is a copy, not a view: no text, target, title, id or label of any other block is in it, not even unused.
    /// Ids of headings and spans stay as they are, so that links and diagnostics stay right. Definitions of footnotes
    /// are left out of the given blocks where the blocks don't mention them.
    #[must_use]
    pub fn extract(&self, top_level: &[NodeId]) -> Body {
        let subtree = |id: NodeId| id..self.nodes[id].end as usize;
        // A definition at the top level isn't itself shown; only a mark elsewhere brings it in.
        let blocks = || top_level.iter().copied().map(subtree);
        let reached = reached(self, blocks());
        let mut copy =
            Copy { from: self, to: Body::default(), footnotes: vec![u32::MAX; self.footnotes.len()] };
        for (new, &old) in (0_u32..).zip(&reached.order) {
            copy.footnotes[old] = new;
            let label = self.footnotes[old].label.clone();
            copy.to.footnotes.push(FootnoteInfo { label, node: None, references: reached.count[old] });
        }
        for block in blocks() {
            copy.subtrees(block);
        }
        for &footnote in &reached.order {
            if let Some(node) = self.footnotes[footnote].node {
                copy.footnote(node, footnote);
            }
        }
        copy.to.shrink();
        copy.to
    }
}

struct Copy<'a> {
    from: &'a Body,
    to: Body,
    /// The new index of each footnote; `u32::MAX` for those left out.
    footnotes: Vec<u32>,
}

impl Copy<'_> {
    /// Copies the definition of `footnote` at `node`.
    fn footnote(&mut self, node: NodeId, footnote: usize) {
        let new = self.footnotes[footnote];
        let at = self.to.nodes.len();
        self.to.footnotes[new as usize].node = Some(at);
        self.to.nodes.push(Node { kind: Kind::Footnote(new), ..self.from.nodes[node] });
        self.subtrees(self.from.descendants(node));
        self.to.nodes[at].end = small(self.to.nodes.len());
    }

    /// Copies a range of whole subtrees, but for the definitions of footnotes in it.
    fn subtrees(&mut self, range: Range<NodeId>) {
        // Copied nodes whose end isn't known yet, with their end in the old tree.
        let mut open: Vec<(NodeId, u32)> = Vec::new();
        let mut id = range.start;
        while id < range.end {
            let end = small(self.to.nodes.len());
            while let Some((copied, _)) = open.pop_if(|(_, old_end)| *old_end as usize <= id) {
                self.to.nodes[copied].end = end;
            }
            let node = self.from.nodes[id];
            if let Kind::Footnote(_) = node.kind {
                id = node.end as usize;
                continue;
            }
            let at = self.to.nodes.len();
            let Some(kind) = self.kind(node.kind, at) else {
                id += 1;
                continue;
            };
            if let Kind::Heading(heading) = kind {
                self.to.headings[heading as usize].top_level &= open.is_empty();
            }
            self.to.nodes.push(Node { kind, span: node.span, end: small(at + 1) });
            if let Kind::Html(_) = kind {
                self.to.copy_html_links(self.from, id, at);
            }
            if node.end as usize > id + 1 {
                open.push((at, node.end));
            }
            id += 1;
        }
        let end = small(self.to.nodes.len());
        for (copied, _) in open {
            self.to.nodes[copied].end = end;
        }
    }

    /// The same kind with its text and table entries copied; `None` for the mark of a footnote that isn't.
    fn kind(&mut self, kind: Kind, at: NodeId) -> Option<Kind> {
        Some(match kind {
            Kind::Text(text) => Kind::Text(self.text(text)),
            Kind::Code(text) => Kind::Code(self.text(text)),
            Kind::Html(text) => Kind::Html(self.text(text)),
            Kind::Comment(text) => Kind::Comment(self.text(text)),
            Kind::CodeBlock(text) => Kind::CodeBlock(self.text(text)),
            Kind::Heading(index) => {
                let heading = self.from.headings[index as usize].clone();
                self.to.headings.push(Heading { node: at, ..heading });
                Kind::Heading(small(self.to.headings.len() - 1))
            }
            Kind::Table(index) => {
                self.to.tables.push(self.from.tables[index as usize].clone());
                Kind::Table(small(self.to.tables.len() - 1))
            }
            Kind::Link(index) => Kind::Link(self.link(index)),
            Kind::Image(index) => Kind::Image(self.link(index)),
            Kind::FootnoteRef(index) => match self.footnotes[index as usize] {
                u32::MAX => return None,
                new => Kind::FootnoteRef(new),
            },
            Kind::Callout(index) => {
                self.to.callouts.push(self.from.callouts[index as usize].clone());
                Kind::Callout(small(self.to.callouts.len() - 1))
            }
            Kind::Embed(index) => {
                self.to.embeds.push(self.from.embeds[index as usize].clone());
                Kind::Embed(small(self.to.embeds.len() - 1))
            }
            other => other,
        })
    }

    fn link(&mut self, index: u32) -> u32 {
        self.to.links.push(self.from.links[index as usize].clone());
        small(self.to.links.len() - 1)
    }

    fn text(&mut self, text: TextRef) -> TextRef {
        let start = small(self.to.text.len());
        self.to.text.push_str(self.from.text(text));
        TextRef { start, end: small(self.to.text.len()) }
    }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("a part has no more nodes than the whole, whose indexes fit")
}
