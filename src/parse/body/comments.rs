//! Comments that authors write in the text, `<!-- gate -->`.

use super::{Body, Kind, NodeId};

impl Body {
    /// The inner text, trimmed, of raw HTML (a block, or a piece within a line) that is exactly one comment; `None` for
    /// any other node. Whether a block stands at the top level is the caller's to know: see [`Body::nested_comments`].
    #[must_use]
    pub fn comment(&self, node: NodeId) -> Option<&str> {
        match self.nodes.get(node)?.kind {
            Kind::Html(html) => only_comment(self.text(html)),
            Kind::HtmlBlock => match self.nodes[self.descendants(node)].first()?.kind {
                Kind::Html(html) => only_comment(self.text(html)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Is the node at `node` the content of a block of raw HTML, and not raw HTML within a line?
    #[must_use]
    pub fn within_html_block(&self, node: NodeId) -> bool {
        let before = node.checked_sub(1).and_then(|before| self.nodes.get(before));
        before.is_some_and(|before| before.kind == Kind::HtmlBlock && before.end as usize > node)
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
                if let Kind::Html(html) = self.nodes[id].kind {
                    let mut rest = self.text(html);
                    while let Some((inner, behind)) = next_comment(rest) {
                        found.push((id, inner));
                        rest = behind;
                    }
                }
            }
        }
        found
    }
}

fn only_comment(html: &str) -> Option<&str> {
    let html = html.trim();
    let (inner, behind) = next_comment(html).filter(|_| html.starts_with("<!--"))?;
    behind.is_empty().then_some(inner)
}

/// The inner text of the first complete comment in `html`, and what stands behind it.
fn next_comment(html: &str) -> Option<(&str, &str)> {
    let (_, inner) = html.split_once("<!--")?;
    let (inner, behind) = inner.split_once("-->")?;
    Some((inner.trim(), behind))
}
