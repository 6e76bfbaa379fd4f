//! `feeds:`: how long they are, and how much of a text they carry.

use super::Parser;
use crate::yaml::Node;

/// How many entries feeds have, and whether they carry the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// How many entries a feed has at most, the newest pages.
    pub items: usize,
    /// The whole open text instead of the description alone.
    pub full: bool,
}

impl Feeds {
    /// What a site has that says nothing.
    pub(super) const DEFAULT: Self = Self { items: 20, full: false };
}

impl Parser<'_> {
    /// Reads `feeds:`.
    pub(super) fn feeds(&mut self, node: &Node) -> Feeds {
        let mut feeds = Feeds::DEFAULT;
        let Some(mut fields) = self.reader.fields(node) else { return feeds };
        if let Some(items) = fields.take("items").and_then(|node| self.reader.number(node, 1..=1000)) {
            feeds.items = usize::try_from(items).unwrap_or(20);
        }
        if let Some(content) = fields.take("content") {
            feeds.full = self.reader.choice(content, &["summary", "full"]) == Some(1);
        }
        fields.finish("`feeds`", [], &mut self.reader);
        feeds
    }
}
