//! Documents for print: a paragraph that is nothing but a link to one is a card that says how much there is to read.

use super::super::{Medium, Writer, escape_text, escape_url, figure};
use crate::content::body::NodeId;

/// How wide the picture of a first page is.
const COVER: &str = "6rem";

impl Writer<'_> {
    /// Writes a paragraph that is nothing but a link to a document of the site as a card. Elsewhere than on the page it is a
    /// link like any other.
    pub(in crate::html) fn document(&mut self, paragraph: NodeId) -> bool {
        if self.style.medium != Medium::Page {
            return false;
        }
        let Some(link) = self.body.lone_document(paragraph) else { return false };
        let Some(found) = self.targets.document(link) else { return false };
        let target = self.targets.link(link);
        self.out.push_str("<p class=\"document\"><a href=\"");
        escape_url(&target.href, self.out);
        self.out.push_str("\">");
        if let Some(cover) = &found.cover {
            let end = figure::sources(cover, COVER, self.out);
            self.out.push_str("<img src=\"");
            escape_url(&cover.src, self.out);
            self.out.push_str("\" alt=\"\" loading=\"lazy\"");
            figure::size(cover, self.out);
            self.out.push_str(end);
        }
        self.out.push_str("<span><strong>");
        self.in_link = true;
        self.aside(self.body.descendants(paragraph + 1));
        self.in_link = false;
        self.out.push_str("</strong>");
        let title = &self.body.links[link as usize].title;
        if !title.is_empty() {
            self.out.push_str(" <span>");
            escape_text(title, self.out);
            self.out.push_str("</span>");
        }
        self.out.push_str(" <span class=\"fine\">");
        escape_text(&found.about.join(" · "), self.out);
        self.out.push_str("</span></span></a></p>\n");
        true
    }
}
