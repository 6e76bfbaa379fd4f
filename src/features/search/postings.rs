//! The inverted index of one language: for each term, the documents that have it, and for each word its term.
//!
//! Pages are read in parallel, a stretch of them by each [`Analyzer`]; [`Index::of`] then joins the stretches in the
//! order of the pages, so that the result doesn't depend on who was faster.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::analysis::{Analyzer, TermId, fold};
use super::bits::Bits;
use super::documents::{self, Cuts, Document};
use crate::model::{PageId, Site};

/// Stretches that the pages are read in for each core: enough to keep all of them busy, few enough that words repeat.
const STRETCHES: usize = 2;

/// Everything about one language but the texts that results show.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// How many documents each page has.
    pub(super) documents: Vec<u32>,
    /// The number of words of each document's text.
    pub(super) lengths: Vec<u32>,
    /// All words, in the order of the dictionary, each with its folded form and term.
    pub(super) words: Vec<Word>,
    /// The postings of each term.
    pub(super) postings: Vec<Postings>,
    /// The words that the analysis leaves out.
    pub(super) stop_words: BTreeSet<String>,
}

/// A word of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As people write it, in lower case.
    pub(super) text: String,
    /// Without accents.
    pub(super) folded: String,
    /// Its term: index into [`Index::postings`].
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
    fn push(&mut self, document: u32, hit: &Hit) {
        if hit.text > 0 {
            self.text.push(document, hit.text);
        }
        if hit.title > 0 {
            self.title.push(document, hit.title);
            self.title_lengths.push(hit.title_length);
        }
    }

    /// The postings as `docs/search-index.md` specifies them, for an index of so many documents.
    pub(super) fn bytes(&self, all: u32) -> Vec<u8> {
        let mut out = Bits::default();
        self.text.write(all, &mut out);
        self.title.write(all, &mut out);
        self.title_lengths.iter().for_each(|length| out.gamma(*length));
        out.finish()
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("an index has fewer documents than four billion")
}

/// One term in one document.
struct Hit {
    term: TermId,
    text: u32,
    title: u32,
    title_length: u32,
}

/// What one stretch of pages comes to; documents are numbered from its beginning.
#[derive(Default)]
struct Stretch {
    documents: Vec<u32>,
    lengths: Vec<u32>,
    hits: Vec<Hit>,
    /// Where each document's hits end.
    ends: Vec<usize>,
    words: Vec<(String, TermId)>,
    terms: Vec<String>,
    stop_words: BTreeSet<String>,
}

impl Index {
    /// The index of `pages`, which are all in the language with this code.
    #[must_use]
    pub(super) fn of(site: &Site, pages: &[PageId], code: &str, cuts: &Cuts) -> Self {
        let size = pages.len().div_ceil(STRETCHES * rayon::current_num_threads()).max(64);
        let stretches: Vec<Stretch> =
            pages.par_chunks(size).map(|pages| Stretch::read(site, pages, code, cuts)).collect();
        Self::join(stretches)
    }

    fn join(stretches: Vec<Stretch>) -> Self {
        let mut index = Self::default();
        let mut words: FxHashMap<String, usize> = FxHashMap::default();
        let mut terms: FxHashMap<String, usize> = FxHashMap::default();
        for stretch in stretches {
            let known: Vec<usize> = stretch
                .terms
                .into_iter()
                .map(|term| {
                    let next = terms.len();
                    *terms.entry(term).or_insert(next)
                })
                .collect();
            index.postings.resize_with(terms.len(), Postings::default);
            for (text, term) in stretch.words {
                words.entry(text).or_insert(known[term as usize]);
            }
            let mut start = 0;
            for (end, length) in stretch.ends.into_iter().zip(stretch.lengths) {
                let document = number(index.lengths.len());
                for hit in &stretch.hits[start..end] {
                    index.postings[known[hit.term as usize]].push(document, hit);
                }
                start = end;
                index.lengths.push(length);
            }
            index.documents.extend(stretch.documents);
            index.stop_words.extend(stretch.stop_words);
        }
        index.words = in_order(words);
        index.number_terms();
        index
    }

    /// Numbers the terms in the order in which the dictionary first names them.
    fn number_terms(&mut self) {
        let mut postings = std::mem::take(&mut self.postings);
        let mut numbers = vec![None; postings.len()];
        for word in &mut self.words {
            let old = word.term;
            word.term = *numbers[old].get_or_insert_with(|| {
                self.postings.push(std::mem::take(&mut postings[old]));
                self.postings.len() - 1
            });
        }
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
    let order = |a: &str, b: &str| a.encode_utf16().cmp(b.encode_utf16());
    sorted.par_sort_unstable_by(|a, b| order(&a.folded, &b.folded).then_with(|| order(&a.text, &b.text)));
    sorted
}

impl Stretch {
    fn read(site: &Site, pages: &[PageId], code: &str, cuts: &Cuts) -> Self {
        let mut stretch = Self::default();
        let mut analyzer = Analyzer::new(code);
        let mut counts = Counts::default();
        for page in pages {
            let documents = documents::documents(site, site.page(*page), cuts);
            stretch.documents.push(number(documents.len()));
            for document in &documents {
                stretch.add(document, &mut analyzer, &mut counts);
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
        self.lengths.push(length);
        self.hits.extend(counts.take().map(|(term, [text, title])| Hit { term, text, title, title_length }));
        self.ends.push(self.hits.len());
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
