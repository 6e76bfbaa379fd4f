//! The table of contents.

use super::Body;

/// An entry of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry {
    /// The heading's id, for a link to it.
    pub id: String,
    /// The heading's words, without markup.
    pub text: String,
    /// The headings of deeper levels up to the next one of this level.
    pub children: Vec<TocEntry>,
}

impl Body {
    /// The top-level headings of level 2, each with those of level 3 under it. A heading of level 3 that has none of
    /// level 2 above it stands alone; headings without text are left out.
    #[must_use]
    pub fn toc(&self) -> Vec<TocEntry> {
        let mut entries: Vec<TocEntry> = Vec::new();
        let mut under_h2 = false;
        for heading in self.headings.iter().filter(|h| h.top_level && !h.text.is_empty()) {
            let entry =
                || TocEntry { id: heading.id.clone(), text: heading.text.clone(), children: Vec::new() };
            match (heading.level, entries.last_mut()) {
                (2, _) => {
                    entries.push(entry());
                    under_h2 = true;
                }
                (3, Some(parent)) if under_h2 => parent.children.push(entry()),
                (3, _) => entries.push(entry()),
                _ => {}
            }
        }
        entries
    }
}
