//! `markdown:`: what of its dialect a site may choose.

use super::Parser;
use crate::yaml::Node;

/// Settings of the Markdown dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownConfig {
    /// Typographic quotes and dashes by language.
    pub smart_punctuation: bool,
    /// Raw HTML in content is kept; otherwise it is an error.
    pub raw_html: bool,
}

impl MarkdownConfig {
    /// What a site has that says nothing.
    pub(super) const DEFAULT: Self = Self { smart_punctuation: true, raw_html: true };
}

impl Parser<'_> {
    /// Reads `markdown:`.
    pub(super) fn markdown(&mut self, node: &Node) -> MarkdownConfig {
        let mut markdown = MarkdownConfig::DEFAULT;
        let Some(mut fields) = self.reader.fields(node) else { return markdown };
        if let Some(smart) = fields.take("smart_punctuation").and_then(|node| self.reader.truth(node)) {
            markdown.smart_punctuation = smart;
        }
        if let Some(raw) = fields.take("raw_html") {
            markdown.raw_html = self.reader.choice(raw, &["keep", "refuse"]) != Some(1);
        }
        fields.finish("`markdown`", [], &mut self.reader);
        markdown
    }
}
