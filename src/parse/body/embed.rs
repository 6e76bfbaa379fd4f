//! Things set into the text by a paragraph of their own: `[form:guide]`, `[script:too-busy]`.

use super::{Body, Kind, NodeId};
use crate::diag::Span;

/// What a paragraph like `[form:guide]` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embed<'a> {
    /// The word before the colon: `form`.
    pub kind: &'a str,
    /// What stands behind it: `guide`.
    pub name: &'a str,
    /// The name in the file.
    pub name_span: Span,
}

impl Body {
    /// The embed that the paragraph at `node` is, or `None` when it is an ordinary paragraph or no paragraph.
    #[must_use]
    pub fn embed(&self, node: NodeId) -> Option<Embed<'_>> {
        let paragraph = self.nodes.get(node)?;
        if paragraph.kind != Kind::Paragraph || paragraph.end as usize != node + 2 {
            return None;
        }
        let child = &self.nodes[node + 1];
        let Kind::Text(text) = child.kind else { return None };
        let text = self.text(text);
        let (kind, name) = text.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
        let word = |c: char| c.is_ascii_lowercase() || c == '-';
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#');
        let fits = !kind.is_empty() && kind.chars().all(word) && !name.is_empty() && name.chars().all(plain);
        let start = child.span.start as usize + kind.len() + 2;
        fits.then(|| Embed { kind, name, name_span: Span::new(start, start + name.len()) })
    }
}
