//! The lines of task lists.

use super::{Body, Kind, NodeId};

impl Body {
    /// Where the line ends that the box at `marker` begins: at the next block within its item, or at the item's end.
    #[must_use]
    pub fn line_end(&self, marker: NodeId) -> NodeId {
        // A box is the first child of its item, or of the paragraph with which its item begins.
        let end = self.nodes[marker.saturating_sub(1)].end as usize;
        let is_block = |id: &NodeId| {
            matches!(
                self.nodes[*id].kind,
                Kind::Paragraph
                    | Kind::Heading(_)
                    | Kind::Quote
                    | Kind::Callout(_)
                    | Kind::CalloutTitle
                    | Kind::CodeBlock(_)
                    | Kind::List(_)
                    | Kind::Table(_)
                    | Kind::HtmlBlock
                    | Kind::Rule
            )
        };
        (marker + 1..end).find(is_block).unwrap_or(end)
    }
}
