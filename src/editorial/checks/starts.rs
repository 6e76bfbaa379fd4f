//! How titles begin, and which of these beginnings a text may hold.

use crate::config::LangId;

/// How a title begins: its language, and a hash of its first words.
pub(super) type Start = (LangId, u64);

/// The beginnings of titles that a text may hold: one that isn't there is now and then taken for one that is (a filter
/// by Bloom, 1970), so a page is read again more often than needed, and never too seldom.
#[derive(Debug, Clone)]
pub(super) struct Starts(Box<[u64; Self::WORDS]>);

impl Starts {
    /// A kilobyte: of a text of 800 words, three of a hundred questions are answered wrongly.
    const WORDS: usize = 128;

    /// A set without any beginning.
    pub(super) fn new() -> Self {
        Self(Box::new([0; Self::WORDS]))
    }

    /// Adds the hash of a beginning.
    pub(super) fn add(&mut self, start: u64) {
        for (word, bit) in Self::places(start) {
            self.0[word] |= bit;
        }
    }

    /// May a beginning with this hash be in the set? `false` is certain.
    pub(super) fn may_have(&self, start: u64) -> bool {
        Self::places(start).iter().all(|(word, bit)| self.0[*word] & bit != 0)
    }

    fn places(start: u64) -> [(usize, u64); 2] {
        [start, start >> 32].map(|hash| ((hash >> 6) as usize % Self::WORDS, 1 << (hash % 64)))
    }
}
