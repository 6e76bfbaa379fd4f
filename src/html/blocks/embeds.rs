//! What services show: nothing of it is loaded before a reader asks for it.

use super::super::{EmbedWords, Medium, Writer, escape_text, escape_url};
use crate::content::blocks::embeds::{self, AddressMatch, EmbedShape, ForeignEmbed, Service};
use crate::content::body::NodeId;

impl Writer<'_> {
    /// Writes a paragraph that is nothing but the address of something that a service shows: what it is, what is sent to
    /// whom, and a button. Elsewhere than on the page, and without scripts, it is a link.
    pub(in crate::html) fn foreign_embed(&mut self, paragraph: NodeId) -> bool {
        if self.style.medium == Medium::Feed {
            return false;
        }
        let Some((link, poster)) = self.body.lone_address(paragraph) else { return false };
        let address = &self.body.links[link as usize].target;
        let Some(AddressMatch::Embed(ForeignEmbed { service, frame })) = embeds::find(address) else {
            return false;
        };
        let words = self.style.embeds;
        let title = match poster {
            Some(_) => self.body.plain_text_of(self.body.descendants(paragraph + 2)),
            None => String::new(),
        };
        let what = fill_names(words.for_shape(service.shape), service);
        self.push_fmt(format_args!(
            "<figure class=\"embed embed-{}\" data-embed=\"{}\"",
            service.shape.name(),
            service.id
        ));
        self.attribute("data-frame", &frame);
        self.attribute("data-title", if title.is_empty() { &what } else { &title });
        self.out.push_str(">\n<div class=\"embed-ask\">");
        if let Some(image) = poster {
            let end = self.image_element(paragraph + 2, image);
            self.out.push_str(end);
        }
        self.out.push_str("<div><p class=\"name\">");
        escape_text(if title.is_empty() { &what } else { &title }, self.out);
        self.out.push_str("</p>\n<p class=\"fine\">");
        if !title.is_empty() {
            escape_text(&what, self.out);
            self.out.push_str(". ");
        }
        escape_text(&fill_names(words.sent, service), self.out);
        self.out.push_str(
            "</p>\n<p class=\"ways\"><button class=\"button needs-script\" type=\"button\" data-embed-show>",
        );
        escape_text(words.show, self.out);
        self.out.push_str("</button></p></div></div>\n<figcaption><a href=\"");
        escape_url(address, self.out);
        self.out.push_str("\" rel=\"noopener\">");
        escape_text(&fill_names(words.open, service), self.out);
        self.out.push_str("</a> <label class=\"needs-script\"><input type=\"checkbox\" data-embed-always> ");
        escape_text(&fill_names(words.always, service), self.out);
        self.out.push_str("</label></figcaption></figure>\n");
        true
    }
}

impl<'a> EmbedWords<'a> {
    fn for_shape(&self, shape: EmbedShape) -> &'a str {
        self.what[match shape {
            EmbedShape::Video => 0,
            EmbedShape::Sound => 1,
            EmbedShape::Map => 2,
            EmbedShape::Booking => 3,
            EmbedShape::Slides => 4,
        }]
    }
}

/// Words with the names of a service in them.
fn fill_names(words: &str, service: &Service) -> String {
    words.replace("{name}", service.name).replace("{company}", service.company)
}
