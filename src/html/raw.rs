//! HTML that the author has written into a text, with the addresses that pages and files have here.

use super::Writer;
use crate::content::body::{Kind, NodeId, TextRef};
use crate::encode::html::escape_url;

impl<'a> Writer<'a> {
    /// Writes a block of raw HTML, as far as readers may get it.
    pub(super) fn html_block(&mut self, id: NodeId, end: NodeId) {
        if self.style.commonmark {
            self.new_line();
        }
        let start = self.out.len();
        for child in id + 1..end {
            if let Kind::Html(html) = self.body.nodes()[child].kind {
                self.raw(child, html);
            }
        }
        if self.style.commonmark {
            return;
        }
        if self.out[start..].trim().is_empty() {
            // Only a comment was there.
            self.out.truncate(start);
        } else if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// The author's own bytes, with the addresses that pages and files have here.
    pub(super) fn raw(&mut self, id: NodeId, html: TextRef) {
        if !self.style.commonmark && !self.style.raw_html {
            return;
        }
        let html = self.body.text(html);
        let mut copied = 0;
        for links in self.body.html_links_at(id).chunk_by(|a, b| a.attribute() == b.attribute()) {
            let attribute = links[0].attribute();
            let found: Vec<_> = links.iter().map(|link| (link.place(), self.targets.html(link))).collect();
            if found.iter().any(|(_, address)| address.as_deref() == Some("")) {
                self.out.push_str(&html[copied..attribute.start]);
                copied = attribute.end;
                continue;
            }
            for (place, address) in found {
                let Some(address) = address else { continue };
                // Without quotation marks, a value ends at the first character that they would be needed for.
                let quote = if place.end == attribute.end { "\"" } else { "" };
                self.out.push_str(&html[copied..place.start]);
                self.out.push_str(quote);
                escape_url(&address, self.out);
                self.out.push_str(quote);
                copied = place.end;
            }
        }
        self.out.push_str(&html[copied..]);
    }
}
