//! A text's HTML in pieces, for views that put its parts in places of their own.

use std::ops::Range;

use super::{HtmlStyle, Targets, Writer};
use crate::content::body::{Body, NodeId};
use crate::encode::html::{escape_attribute, escape_text};
use crate::sales::calls::{TextPiece, pieces as placeholder_pieces};

/// A body's HTML piece by piece, for views that put its parts in places of their own. Tables and footnotes are counted over
/// all of them.
pub struct Pieces<'a>(Writer<'a>);

impl<'a> Pieces<'a> {
    /// `buffer` is an empty string to work in.
    #[must_use]
    pub fn new(
        body: &'a Body,
        targets: &'a dyn Targets,
        style: &'a HtmlStyle<'a>,
        buffer: &'a mut String,
    ) -> Self {
        Self(Writer::new(body, targets, style, buffer))
    }

    /// Siblings with all that is below them.
    pub fn nodes(&mut self, range: Range<NodeId>) -> String {
        self.0.run(range);
        self.0.out.split_off(0)
    }

    /// The same for what stands within a link. A text that is `until` counts only up to that byte of it.
    pub fn label(&mut self, range: Range<NodeId>, until: Option<(NodeId, usize)>) -> String {
        (self.0.in_link, self.0.until) = (true, until);
        self.0.run(range);
        (self.0.in_link, self.0.until) = (false, None);
        self.0.out.split_off(0).trim().to_string()
    }

    /// A text that stands in no node, such as a heading without what follows its name.
    pub fn text(&mut self, text: &str) -> String {
        escape_with_placeholders(text, self.0.targets, self.0.out);
        self.0.out.split_off(0)
    }

    /// The footnotes that the written pieces have mentioned, as HTML.
    #[must_use]
    pub fn footnotes(mut self) -> String {
        self.0.footnotes();
        self.0.out.split_off(0)
    }
}

/// Appends a text whose placeholders, `{{name}}`, are prompts.
pub(super) fn escape_with_placeholders(text: &str, targets: &dyn Targets, out: &mut String) {
    if !text.contains("{{") {
        return escape_text(text, out);
    }
    for piece in placeholder_pieces(text) {
        match piece {
            TextPiece::Text(words) => escape_text(words, out),
            TextPiece::Placeholder(name) => match targets.placeholder(name) {
                Some(label) => {
                    out.push_str("<span class=\"placeholder\" data-placeholder=\"");
                    escape_attribute(name, out);
                    out.push_str("\">");
                    escape_text(label, out);
                    out.push_str("</span>");
                }
                None => {
                    out.push_str("{{");
                    escape_text(name, out);
                    out.push_str("}}");
                }
            },
        }
    }
}
