//! What only the front matter of a section has: the order of its list, and what makes it a podcast.

use super::Front;
use super::podcast::PodcastMeta;
use crate::yaml::{Fields, Spanned};

/// How a section's pages are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// By date, the newest first.
    #[default]
    Date,
    /// By title, in the order of the alphabet.
    Title,
    /// By `weight:`, the lightest first.
    Weight,
}

/// What only the front matter of sections has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionMeta {
    /// How its pages are sorted.
    pub sort_by: SortBy,
    /// Pages in one part of its list; 0 for all in one.
    pub paginate_by: Option<usize>,
    /// What the home page puts first, by content path.
    pub featured: Vec<Spanned<String>>,
    /// What directories of podcasts ask for; `None` where the section is no podcast.
    pub podcast: Option<PodcastMeta>,
}

impl Front<'_> {
    /// Reads the keys that only sections have.
    pub(super) fn section(&mut self, fields: &mut Fields<'_>) -> SectionMeta {
        let sort =
            fields.take("sort_by").and_then(|node| self.reader.choice(node, &["date", "title", "weight"]));
        let sort_by = match sort {
            Some(1) => SortBy::Title,
            Some(2) => SortBy::Weight,
            _ => SortBy::Date,
        };
        // Other sections have a list, in which what is lightest comes first.
        let is_home = self.place.key.is_empty();
        let featured = if is_home { fields.take("featured") } else { None };
        let featured = featured.and_then(|node| self.reader.texts(node)).unwrap_or_default();
        let by = fields.take("paginate_by").and_then(|node| self.reader.number(node, 0..=1000));
        let paginate_by = by.and_then(|by| usize::try_from(by).ok());
        let podcast = fields.take("podcast").and_then(|node| self.podcast(node));
        SectionMeta { sort_by, paginate_by, featured, podcast }
    }
}
