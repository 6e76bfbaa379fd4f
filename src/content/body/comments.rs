//! Comments that authors write in the text, `<!-- gate -->`.

use super::{Body, Kind, NodeId};

impl Body {
    /// The inner text, trimmed, of a comment, or of a block of raw HTML that is exactly one; `None` for any other node.
    /// Whether a block stands at the top level is the caller's to know: see [`Body::nested_comments`].
    #[must_use]
    pub fn comment(&self, node: NodeId) -> Option<&str> {
        let comment = |kind| match kind {
            Kind::Comment(comment) => Some(self.text(comment)),
            _ => None,
        };
        match self.nodes.get(node)?.kind {
            Kind::HtmlBlock => match self.nodes[self.descendants(node)] {
                [only] => comment(only.kind),
                _ => None,
            },
            kind => comment(kind),
        }
    }

    /// All comments that are not a top-level block of their own: in a list or quote, within a line, or among other
    /// raw HTML; each with the node that it is in and its inner text, trimmed.
    #[must_use]
    pub fn nested_comments(&self) -> Vec<(NodeId, &str)> {
        let mut found = Vec::new();
        for block in self.children(None) {
            if self.comment(block).is_some() {
                continue;
            }
            for id in block..self.nodes[block].end as usize {
                if let Kind::Comment(comment) = self.nodes[id].kind {
                    found.push((id, self.text(comment)));
                }
            }
        }
        found
    }
}
