//! What a stretch of pages has found, by term: so each term's postings can be put together without looking at the others'.
//!
//! A large site has millions of hits, which wait until all of its pages are read. They are kept in a byte or two each, as
//! differences, in the order in which they are found.

use super::pieces::TermId;
use super::varint;

/// A term in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The document, numbered from the beginning of its stretch.
    pub(super) document: u32,
    /// How often it has the term.
    pub(super) times: u32,
}

/// The hits of each term, in the order of their documents.
#[derive(Debug, Default)]
pub(super) struct Hits(Vec<TermHits>);

/// The hits of one term: how far each document is from the one before it, doubled; one more, and the number of times behind
/// it, where that isn't 1.
#[derive(Debug, Default)]
struct TermHits {
    bytes: Vec<u8>,
    last: u32,
    count: u32,
}

impl Hits {
    /// Adds a hit, whose document is none before the last one of its term.
    pub(super) fn push(&mut self, term: TermId, hit: Hit) {
        let term = term as usize;
        if term >= self.0.len() {
            self.0.resize_with(term + 1, TermHits::default);
        }
        let own = &mut self.0[term];
        let distance = (hit.document - own.last) << 1;
        if hit.times == 1 {
            varint::push(distance, &mut own.bytes);
        } else {
            varint::push(distance | 1, &mut own.bytes);
            varint::push(hit.times, &mut own.bytes);
        }
        own.last = hit.document;
        own.count += 1;
    }

    /// The number of a term's hits.
    pub(super) fn count(&self, term: TermId) -> usize {
        self.0.get(term as usize).map_or(0, |own| own.count as usize)
    }

    /// The hits of a term.
    pub(super) fn of_term(&self, term: TermId) -> impl Iterator<Item = Hit> + '_ {
        let mut bytes = self.0.get(term as usize).map_or(&[][..], |own| own.bytes.as_slice()).iter();
        let mut document = 0;
        std::iter::from_fn(move || {
            let distance = varint::next(&mut bytes)?;
            document += distance >> 1;
            let times = if distance & 1 == 0 { 1 } else { varint::next(&mut bytes)? };
            Some(Hit { document, times })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_of_a_term_come_back_in_their_order() {
        let mut hits = Hits::default();
        let all = [(2, 0, 1), (0, 0, 3), (2, 63, 1), (2, 64, 200), (3, 70_000, 1), (0, 1_000_000, 1)];
        for (term, document, times) in all {
            hits.push(term, Hit { document, times });
        }
        for term in 0..6 {
            let own = all.iter().filter(|(of, ..)| *of == term);
            let expected: Vec<Hit> = own.map(|&(_, document, times)| Hit { document, times }).collect();
            assert_eq!(hits.of_term(term).collect::<Vec<_>>(), expected, "{term}");
            assert_eq!(hits.count(term), expected.len(), "{term}");
        }
    }
}
