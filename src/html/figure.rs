//! Images with a caption and a credit below them.

use super::{ImageTarget, Kind, NodeId, Widths, Writer, escape_attribute, escape_text, escape_url};
use crate::content::credit::Credit;

impl Writer<'_> {
    /// Writes a paragraph that is nothing but an image with a title (maybe with a link around it) as a figure.
    pub(super) fn figure(&mut self, id: NodeId) -> bool {
        let Some((node, image)) = self.body.figure(id) else { return false };
        self.out.push_str("<figure>");
        self.plain_image(id + 1, (node, image));
        caption(&self.body.links[image as usize].title, self.out);
        true
    }

    /// Writes an image without its title, which a caption says, with the link around it, if `outer` is one.
    pub(super) fn plain_image(&mut self, outer: NodeId, (node, image): (NodeId, u32)) {
        let link = match self.body.nodes()[outer].kind {
            Kind::Link(link) => Some(link),
            _ => None,
        };
        let close = link.map(|link| self.link(outer, link));
        let end = self.image_element(node, image);
        self.out.push_str(end);
        if let Some(close) = close {
            self.close(close);
        }
    }
}

/// Begins an element for browsers to choose from the widths of an image, if there are some. What ends the image's own tag,
/// and the element, is returned.
pub(super) fn sources(target: &ImageTarget<'_>, sizes: &str, out: &mut String) -> &'static str {
    let Widths { avif, webp } = &target.widths;
    if webp.is_empty() {
        return ">";
    }
    out.push_str("<picture>");
    // A browser takes the first that it can show.
    for (media_type, srcset) in [("image/avif", avif), ("image/webp", webp)] {
        if !srcset.is_empty() {
            out.push_str(&format!("<source type=\"{media_type}\" srcset=\""));
            escape_attribute(srcset, out);
            out.push_str("\" sizes=\"");
            escape_attribute(sizes, out);
            out.push_str("\">");
        }
    }
    "></picture>"
}

/// Appends the caption and the credit that an image's title is, and the end of its figure.
pub(super) fn caption(title: &str, out: &mut String) {
    let (caption, credit) = caption_and_credit(title);
    end(caption, credit.as_deref(), out);
}

/// The caption and the whole line of the credit that an image's title is.
pub(super) fn caption_and_credit(title: &str) -> (&str, Option<String>) {
    let (caption, credit) = Credit::divide(title);
    let label = credit.and_then(|credit| credit.label).unwrap_or_default();
    (caption, credit.map(|credit| format!("{label} {}", credit.name)))
}

/// Appends an image that isn't part of a text as a figure. Below it are its caption and the credit, of which there may be
/// one: the whole line that readers see.
pub fn push_figure(
    image: &ImageTarget<'_>,
    alt: &str,
    (caption, credit): (&str, Option<&str>),
    out: &mut String,
) {
    out.push_str("<figure><img src=\"");
    escape_url(&image.src, out);
    out.push_str("\" alt=\"");
    escape_attribute(alt, out);
    out.push('"');
    size(image, out);
    out.push('>');
    end(caption, credit, out);
}

/// Appends the attributes that say how large an image is, where that is known.
pub(super) fn size(image: &ImageTarget<'_>, out: &mut String) {
    for (name, pixels) in [("width", image.width), ("height", image.height)] {
        if let Some(pixels) = pixels {
            out.push_str(&format!(" {name}=\"{pixels}\""));
        }
    }
}

fn end(caption: &str, credit: Option<&str>, out: &mut String) {
    out.push_str("<figcaption>");
    escape_text(caption, out);
    if let Some(credit) = credit {
        out.push_str(if caption.is_empty() { "" } else { " " });
        out.push_str("<span class=\"credit\">");
        escape_text(credit, out);
        out.push_str("</span>");
    }
    out.push_str("</figcaption></figure>\n");
}
