//! What a stretch of pages has found, by term: so each term's postings can be joined without looking at the others'.

use super::pieces::TermId;

/// A term in one document.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hit {
    /// The document, numbered from the beginning of its stretch.
    pub(super) document: u32,
    /// How often it has the term.
    pub(super) times: u32,
}

/// A term in the title of one document.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TitleHit {
    pub(super) hit: Hit,
    /// The number of words of the title.
    pub(super) length: u32,
}

/// Hits in the order of their terms, and of one term in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct ByTerm<T> {
    hits: Vec<T>,
    /// Where each term's hits end.
    ends: Vec<u32>,
}

impl<T: Copy + Default> ByTerm<T> {
    /// Sorts what was found, of a vocabulary of so many terms, by counting.
    pub(super) fn new(found: Vec<(TermId, T)>, terms: usize) -> Self {
        // First where each term begins; as its hits are put in place, that moves on to where it ends.
        let mut ends = vec![0_u32; terms + 1];
        for (term, _) in &found {
            ends[*term as usize + 1] += 1;
        }
        for term in 0..terms {
            ends[term + 1] += ends[term];
        }
        let mut hits = vec![T::default(); found.len()];
        for (term, hit) in found {
            let next = &mut ends[term as usize];
            hits[*next as usize] = hit;
            *next += 1;
        }
        ends.truncate(terms);
        Self { hits, ends }
    }

    /// The hits of a term.
    pub(super) fn of_term(&self, term: TermId) -> &[T] {
        let term = term as usize;
        let start = term.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.hits[start as usize..self.ends[term] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_of_a_term_keep_their_order() {
        let by_term = ByTerm::new(vec![(2, 'a'), (0, 'b'), (2, 'c'), (3, 'd'), (0, 'e')], 5);
        let all: Vec<String> = (0..5).map(|term| by_term.of_term(term).iter().collect()).collect();
        assert_eq!(all, ["be", "", "ac", "d", ""]);
        assert!(ByTerm::<char>::new(Vec::new(), 1).of_term(0).is_empty());
    }
}
