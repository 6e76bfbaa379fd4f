//! Paragraphs that are an image with a caption.

use super::{Body, Kind, NodeId};

impl Body {
    /// The image of a paragraph that is nothing but an image with a title, maybe with a link around it: its node, and its
    /// index in [`Body::links`].
    #[must_use]
    pub fn figure(&self, paragraph: NodeId) -> Option<(NodeId, u32)> {
        let end = self.nodes().get(paragraph).filter(|node| node.kind == Kind::Paragraph)?.end;
        let kind = |id: NodeId| self.nodes().get(id).filter(|node| node.end == end).map(|node| node.kind);
        let (node, image) = match (kind(paragraph + 1)?, kind(paragraph + 2)) {
            (Kind::Image(image), _) => (paragraph + 1, image),
            (Kind::Link(_), Some(Kind::Image(image))) => (paragraph + 2, image),
            _ => return None,
        };
        (!self.links[image as usize].title.is_empty()).then_some((node, image))
    }
}
