//! The inverted index of one language: for each term, the documents that have it, and for each word its term.
//!
//! Pages are read in parallel, a stretch of them by each [`Analyzer`]; [`Index::new`] then joins the stretches in the
//! order of the pages, so that the result doesn't depend on who was faster. What they have found stays as small as it was
//! kept, and [`Index::postings`] puts together what there is of one term.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::analysis::{Analyzer, fold};
use super::bits::Bits;
use super::documents::{Document, Shelf, Texts};
use super::hits::{Hit, Hits};
use super::pieces::TermId;
use crate::ids::number;

/// Stretches that the pages are read in for each core: enough to keep all of them busy, few enough that words repeat.
const STRETCHES: usize = 2;

/// Everything about one language but the texts that results show.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// How many documents each page has.
    pub(super) documents: Vec<u32>,
    /// The number of words of each document's text.
    pub(super) lengths: Vec<u32>,
    /// All words, in the order of the dictionary, each with its folded form and term.
    pub(super) words: Vec<Word>,
    /// The words that the analysis leaves out.
    pub(super) stop_words: BTreeSet<String>,
    /// What was found, in the order of the pages.
    stretches: Vec<Placed>,
    /// The number that each term has among those of the stretches.
    terms: Vec<usize>,
}

/// A word of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As people write it, in lower case.
    pub(super) text: String,
    /// The same without accents, by which it is sorted and found.
    pub(super) folded: String,
    /// Its term, of which [`Index::postings`] has the documents.
    pub(super) term: usize,
}

/// The documents that have a term, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Postings {
    pub(super) text: List,
    pub(super) title: List,
    /// The number of words of each of these titles.
    pub(super) title_lengths: Vec<u32>,
}

/// Documents in rising order, and how often each has the term where that is more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) documents: Vec<u32>,
    /// Indexes into `documents`.
    pub(super) repeated: Vec<u32>,
    /// How often each of `repeated` has it.
    pub(super) frequencies: Vec<u32>,
}

impl List {
    fn push(&mut self, document: u32, frequency: u32) {
        if frequency > 1 {
            self.repeated.push(number(self.documents.len()));
            self.frequencies.push(frequency);
        }
        self.documents.push(document);
    }

    /// The documents of several lists, with how often all of their terms are there.
    fn union<'a>(lists: impl Iterator<Item = &'a Self>) -> Self {
        let mut times: BTreeMap<u32, u32> = BTreeMap::new();
        for list in lists {
            list.documents.iter().for_each(|document| *times.entry(*document).or_default() += 1);
            for (at, frequency) in list.repeated.iter().zip(&list.frequencies) {
                *times.entry(list.documents[*at as usize]).or_default() += frequency - 1;
            }
        }
        let mut joined = Self::default();
        times.into_iter().for_each(|(document, frequency)| joined.push(document, frequency));
        joined
    }

    fn write(&self, all: u32, out: &mut Bits) {
        let count = number(self.documents.len());
        out.gamma(count + 1);
        out.rising(&self.documents, 0, all);
        out.below(number(self.repeated.len()), count + 1);
        out.rising(&self.repeated, 0, count);
        self.frequencies.iter().for_each(|frequency| out.gamma(frequency - 1));
    }
}

impl Postings {
    /// The documents that have any of several terms. A title's length is the same in each.
    pub(super) fn union(all: &[Self]) -> Self {
        let mut lengths: BTreeMap<u32, u32> = BTreeMap::new();
        for own in all {
            lengths.extend(own.title.documents.iter().copied().zip(own.title_lengths.iter().copied()));
        }
        Self {
            text: List::union(all.iter().map(|own| &own.text)),
            title: List::union(all.iter().map(|own| &own.title)),
            title_lengths: lengths.into_values().collect(),
        }
    }

    /// The postings as `docs/content/search-index.md` specifies them, for an index of so many documents.
    pub(super) fn bytes(&self, all: u32) -> Vec<u8> {
        let mut out = Bits::default();
        self.text.write(all, &mut out);
        self.title.write(all, &mut out);
        self.title_lengths.iter().for_each(|length| out.gamma(*length));
        out.finish()
    }
}

/// What one stretch of pages comes to; documents are numbered from its beginning.
#[derive(Debug, Default)]
struct Stretch {
    documents: Vec<u32>,
    lengths: Vec<u32>,
    text: Hits,
    titles: Hits,
    /// The number of words of each document's title.
    title_lengths: Vec<u32>,
    words: Vec<(String, TermId)>,
    terms: Vec<String>,
    stop_words: BTreeSet<String>,
}

/// A stretch among the others.
#[derive(Debug)]
struct Placed {
    stretch: Stretch,
    /// The number of its first document.
    first: u32,
    /// By term of all stretches, its own number for it; those after the last that it has are left out.
    own: Vec<Option<TermId>>,
}

impl Placed {
    fn term(&self, term: usize) -> Option<TermId> {
        self.own.get(term).copied().flatten()
    }
}

impl Index {
    /// How many documents the index has.
    pub(super) fn count(&self) -> u32 {
        number(self.lengths.len())
    }

    /// The index of a shelf, on which all is in the language with this code.
    #[must_use]
    pub(super) fn new(shelf: &dyn Shelf, code: &str) -> Self {
        let all: Vec<usize> = (0..shelf.count()).collect();
        let size = all.len().div_ceil(STRETCHES * rayon::current_num_threads()).max(64);
        let stretches: Vec<Stretch> =
            all.par_chunks(size).map(|some| Stretch::read(shelf, some, code)).collect();
        Self::join(stretches)
    }

    fn join(stretches: Vec<Stretch>) -> Self {
        let mut index = Self::default();
        let mut words: FxHashMap<String, usize> = FxHashMap::default();
        let mut terms: FxHashMap<String, usize> = FxHashMap::default();
        let mut placed = Vec::with_capacity(stretches.len());
        for mut stretch in stretches {
            let known: Vec<usize> = std::mem::take(&mut stretch.terms)
                .into_iter()
                .map(|term| {
                    let next = terms.len();
                    *terms.entry(term).or_insert(next)
                })
                .collect();
            let mut own = vec![None; terms.len()];
            for (local, term) in (0..).zip(&known) {
                own[*term] = Some(local);
            }
            for (text, term) in std::mem::take(&mut stretch.words) {
                words.entry(text).or_insert(known[term as usize]);
            }
            let first = number(index.lengths.len());
            index.lengths.append(&mut stretch.lengths);
            index.documents.append(&mut stretch.documents);
            index.stop_words.append(&mut stretch.stop_words);
            placed.push(Placed { stretch, first, own });
        }
        index.words = in_order(words);
        index.stretches = placed;
        index.number_terms(terms.len());
        index
    }

    /// Numbers the terms, of which there are so many, in the order in which the dictionary first names them.
    fn number_terms(&mut self, count: usize) {
        let mut numbers = vec![None; count];
        for word in &mut self.words {
            let old = word.term;
            word.term = *numbers[old].get_or_insert_with(|| {
                self.terms.push(old);
                self.terms.len() - 1
            });
        }
    }

    /// The number of terms.
    pub(super) fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// What all stretches have found of one term.
    pub(super) fn postings(&self, term: usize) -> Postings {
        let term = self.terms[term];
        let own = || self.stretches.iter().filter_map(|placed| Some((placed, placed.term(term)?)));
        let mut joined = Postings::default();
        joined.text.documents.reserve_exact(own().map(|(placed, own)| placed.stretch.text.count(own)).sum());
        for (Placed { stretch, first, .. }, own) in own() {
            for hit in stretch.text.of_term(own) {
                joined.text.push(first + hit.document, hit.times);
            }
            for hit in stretch.titles.of_term(own) {
                joined.title.push(first + hit.document, hit.times);
                joined.title_lengths.push(stretch.title_lengths[hit.document as usize]);
            }
        }
        joined
    }
}

/// Words sorted as the dictionary is: by folded form, then by themselves, both by UTF-16 code units.
#[allow(clippy::iter_over_hash_type, reason = "what is collected is sorted, and no two words are equal")]
fn in_order(words: FxHashMap<String, usize>) -> Vec<Word> {
    let mut sorted: Vec<Word> = Vec::with_capacity(words.len());
    for (text, term) in words {
        let folded = fold(&text);
        sorted.push(Word { text, folded, term });
    }
    // Where one of two is ASCII, bytes and UTF-16 give the same order, and bytes are quick to compare.
    let order = |a: &str, b: &str| match a.is_ascii() || b.is_ascii() {
        true => a.cmp(b),
        false => a.encode_utf16().cmp(b.encode_utf16()),
    };
    sorted.par_sort_unstable_by(|a, b| order(&a.folded, &b.folded).then_with(|| order(&a.text, &b.text)));
    sorted
}

impl Stretch {
    fn read(shelf: &dyn Shelf, some: &[usize], code: &str) -> Self {
        let mut stretch = Self::default();
        let mut analyzer = Analyzer::new(code);
        let mut counts = Counts::default();
        for at in some {
            let documents = shelf.documents(*at, Texts::All);
            stretch.documents.push(number(documents.sections.len() + 1));
            for document in documents.into_all() {
                stretch.add(&document, &mut analyzer, &mut counts);
            }
        }
        Self { words: analyzer.words, terms: analyzer.terms, stop_words: analyzer.stop_words, ..stretch }
    }

    fn add(&mut self, document: &Document, analyzer: &mut Analyzer, counts: &mut Counts) {
        let mut length = 0;
        analyzer.terms_of(&document.text, |term| {
            counts.add(term, Field::Text);
            length += 1;
        });
        let mut title_length = 0;
        analyzer.terms_of(&document.title, |term| {
            counts.add(term, Field::Title);
            title_length += 1;
        });
        // As if each were the heading: how many there are doesn't make any of them count for less. A heading may be all
        // stop words.
        analyzer.terms_of(&document.said, |term| {
            counts.add(term, Field::Title);
            title_length = title_length.max(1);
        });
        let document = number(self.lengths.len());
        self.lengths.push(length);
        self.title_lengths.push(title_length);
        for (term, [text, title]) in counts.take() {
            if text > 0 {
                self.text.push(term, Hit { document, times: text });
            }
            if title > 0 {
                self.titles.push(term, Hit { document, times: title });
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Field {
    Text = 0,
    Title = 1,
}

/// How often each term stands in one document, by field; kept between documents, so that nothing is allocated.
#[derive(Default)]
struct Counts {
    of: Vec<[u32; 2]>,
    met: Vec<TermId>,
}

impl Counts {
    fn add(&mut self, term: TermId, field: Field) {
        let index = term as usize;
        if index >= self.of.len() {
            self.of.resize(index + 1, [0; 2]);
        }
        if self.of[index] == [0; 2] {
            self.met.push(term);
        }
        self.of[index][field as usize] += 1;
    }

    /// All terms that were added, with their counts; then there are none.
    fn take(&mut self) -> impl Iterator<Item = (TermId, [u32; 2])> + '_ {
        let of = &mut self.of;
        self.met.drain(..).map(move |term| (term, std::mem::take(&mut of[term as usize])))
    }
}
