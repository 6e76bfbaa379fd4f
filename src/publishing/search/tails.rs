//! Words inside words: what the dictionary's words end with, so that `samtal` finds `försäljningssamtal`.
//!
//! A tail is looked up only where nothing begins with the word of a query, and begins with it itself. So whatever the
//! dictionary has a beginning for is none, and a compound of which the dictionary has both parts needs none. Of the others,
//! only the ends count that look most like words, by how other words begin and end. A tail brings its own postings, those of
//! all words that end with it: the words are all over the dictionary, and a query would have to load most of it.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::postings::{Index, Postings};

/// What has to be before a tail, and the shortest tail, in letters.
const HEAD: usize = 2;
const SHORTEST: usize = 3;

/// How many tails a word has at most, by the bytes of its postings: all ends of all words would be more than all words. Of a
/// common word with fewer letters than these, which is hardly a compound, none is kept.
const MOST: [(usize, usize); 2] = [(8, 6), (24, 3)];
const COMMON_LETTERS: usize = 8;

/// The shortest parts of a compound that is known to be one, and the most letters that link them, as the `s` of `samtalsguide`.
const PART: (usize, usize) = (3, 4);
const LINK: usize = 2;

/// The end of one word or several, folded.
#[derive(Debug)]
pub(super) struct Tail<'a> {
    pub(super) text: &'a str,
    /// The postings of all words that end with it, as bytes.
    pub(super) postings: Vec<u8>,
}

/// The tails of an index, in order; `postings` are its terms', as bytes.
#[must_use]
pub(super) fn tails<'a>(index: &'a Index, postings: &[Vec<u8>]) -> Vec<Tail<'a>> {
    let edges = Edges::from_words(index.words.iter().map(|word| word.folded.as_str()));
    let folded: FxHashSet<&str> = index.words.iter().map(|word| word.folded.as_str()).collect();
    let mut found: Vec<(&str, usize)> = index
        .words
        .par_iter()
        .filter(|word| !is_known_compound(index, &folded, &word.folded))
        .flat_map_iter(|word| {
            let size = postings[word.term].len();
            let most = MOST
                .iter()
                .find(|(most, _)| size <= *most)
                .map_or_else(|| usize::from(word.folded.len() >= COMMON_LETTERS), |(_, tails)| *tails);
            edges.ends(&word.folded).take(most).map(|end| (end, word.term))
        })
        .collect();
    found.par_sort_unstable();
    found.dedup();
    let mut next = 0;
    let of_one: Vec<&[(&str, usize)]> = found
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|of_one| {
            let text = of_one[0].0;
            next += index.words[next..].iter().take_while(|word| word.folded.as_str() < text).count();
            !index.words.get(next).is_some_and(|word| word.folded.starts_with(text))
        })
        .collect();
    let documents = index.count();
    let tail = |of_one: &[(&'a str, usize)]| Tail {
        text: of_one[0].0,
        postings: match of_one {
            [(_, term)] => postings[*term].clone(),
            several => {
                let all: Vec<Postings> = several.iter().map(|(_, term)| index.postings(*term)).collect();
                Postings::union(&all).bytes(documents)
            }
        },
    };
    of_one.into_par_iter().map(tail).collect()
}

/// Whether a word is another one, perhaps with a link, and the beginning of a third.
fn is_known_compound(index: &Index, folded: &FxHashSet<&str>, word: &str) -> bool {
    if !is_word(word.as_bytes()) || word.len() < PART.0 + PART.1 {
        return false;
    }
    (PART.0..=word.len() - PART.1).any(|at| {
        let is_head = (0..=LINK.min(at - PART.0)).any(|link| folded.contains(&word[..at - link]));
        let tail = &word[at..];
        let begins = || {
            let next = index.words.partition_point(|word| word.folded.as_str() < tail);
            index.words.get(next).is_some_and(|word| word.folded.starts_with(tail))
        };
        is_head && begins()
    })
}

/// How many words begin with each three letters, and end with each two: what is known of where one word may follow another.
struct Edges {
    first: Vec<u32>,
    first_two: Vec<u32>,
    last: Vec<u32>,
}

impl Edges {
    fn from_words<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut edges = Self { first: vec![0; 26 * 676], first_two: vec![0; 676], last: vec![0; 676] };
        for word in words.map(str::as_bytes).filter(|word| word.len() >= SHORTEST && is_word(word)) {
            edges.first[number(&word[..3])] += 1;
            edges.first_two[number(&word[..2])] += 1;
            edges.last[number(&word[word.len() - 2..])] += 1;
        }
        edges
    }

    /// What may be a word at the end of a folded one, the likeliest first. What has other letters than these or signs has none.
    fn ends<'a>(&self, folded: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        let bytes = folded.as_bytes();
        let is_vowel = |byte: &u8| b"aeiouy".contains(byte);
        let vowel = bytes.iter().position(is_vowel).filter(|_| is_word(bytes));
        let last = bytes.iter().rposition(is_vowel).unwrap_or_default();
        let from = vowel.map_or(bytes.len(), |vowel| HEAD.max(vowel + 1));
        let to = (last + 1).min((bytes.len() + 1).saturating_sub(SHORTEST));
        let mut ends: SmallVec<[(u64, usize); 16]> = (from..to)
            .filter(|at| self.first_two[number(&bytes[*at..at + 2])] > 0)
            .map(|at| {
                let before = u64::from(self.last[number(&bytes[at - 2..at])]) + 1;
                let after = u64::from(self.first[number(&bytes[at..at + 3])]) + 1;
                (before * after, at)
            })
            .collect();
        ends.sort_unstable_by(|a, b| b.cmp(a));
        ends.into_iter().map(|(_, at)| &folded[at..])
    }
}

fn is_word(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_lowercase)
}

/// Letters from a to z as one number, for a table.
fn number(letters: &[u8]) -> usize {
    letters.iter().fold(0, |number, letter| number * 26 + usize::from(letter - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_may_begin_a_word_and_has_a_vowel_before_it_and_in_it() {
        let edges =
            Edges::from_words(["samla", "samma", "tal", "alla", "gsa", "bok", "hand", "kund"].into_iter());
        let ends = |word| edges.ends(word).collect::<Vec<_>>();
        assert_eq!(ends("kundsamtal"), ["samtal", "tal"]);
        assert_eq!(ends("handbok"), ["bok"]);
        assert_eq!(ends("skrsamtal"), ["tal"]);
        for none in ["crm-samtal", "bok", "a", "", "samtal2", "продажи"] {
            assert!(ends(none).is_empty(), "{none}");
        }
    }
}
