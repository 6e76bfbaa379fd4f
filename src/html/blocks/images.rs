//! Galleries and rows of logos: paragraphs of nothing but images.

use super::super::{Writer, figure};
use crate::content::blocks::Role;
use crate::content::body::{Kind, NodeId};

/// How a list of images begins.
const START: &str = "<ul class=\"images\">\n";

/// The end tag of a list of images.
const END: &str = "</ul>\n";

impl Writer<'_> {
    /// Writes a paragraph as a list of its images if it is nothing else and its section is for images.
    pub(in crate::html) fn images(&mut self, paragraph: NodeId) -> bool {
        let Some(Role::Gallery | Role::Logos) = self.role() else { return false };
        let body = self.body;
        let is_between = |id: NodeId| match body.nodes()[id].kind {
            Kind::SoftBreak | Kind::HardBreak | Kind::Comment(_) => true,
            Kind::Text(text) => body.text(text).trim().is_empty(),
            _ => false,
        };
        let inside: Vec<NodeId> = body.children(Some(paragraph)).filter(|id| !is_between(*id)).collect();
        let images: Option<Vec<_>> = inside.iter().map(|id| body.first_image(id.checked_sub(1)?)).collect();
        let Some(images) = images.filter(|images| !images.is_empty()) else { return false };
        // Images with blank lines between them are of one list.
        let is_begun = self.out.ends_with(END)
            && self.out.rfind("<ul").is_some_and(|start| self.out[start..].starts_with(START));
        if is_begun {
            self.out.truncate(self.out.len() - END.len());
        } else {
            self.out.push_str(START);
        }
        for (id, image) in inside.into_iter().zip(images) {
            let title = &body.links[image.1 as usize].title;
            self.out.push_str(if title.is_empty() { "<li>" } else { "<li><figure>" });
            self.plain_image(id, image);
            if !title.is_empty() {
                figure::caption(title, self.out);
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str(END);
        true
    }
}
