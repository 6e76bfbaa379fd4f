//! Ranking over the shards that a query loads, and over the whole index.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::reader::ReadIndex;
use crate::project::MemoryProject;
use crate::publishing::search::analysis::fold;
use crate::publishing::search::postings::{Postings, Word};
use crate::publishing::search::*;
use crate::testing;

/// Words that begin like the query's count too, or only the word itself.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Expand {
    No,
    Yes,
}

/// Pages that have all the words, or any.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Mode {
    And,
    Or,
}

/// The terms that a word of the query stands for, each with the factor of its nearest word.
fn factors<'a>(words: impl Iterator<Item = &'a Word>, word: &str, expand: Expand) -> BTreeMap<usize, f64> {
    let folded = fold(word);
    let length = folded.encode_utf16().count() as f64;
    let mut found: BTreeMap<usize, f64> = BTreeMap::new();
    for Word { text, folded: of_text, term } in words {
        let factor = if text == word {
            1.0
        } else if expand == Expand::No {
            continue;
        } else if *of_text == folded {
            0.9
        } else if of_text.starts_with(&folded) {
            0.15 * length / of_text.encode_utf16().count() as f64
        } else {
            continue;
        };
        let best = found.entry(*term).or_insert(factor);
        *best = best.max(factor);
    }
    found
}

/// A word of a query: the terms it stands for with their factors, and their postings.
type Asked<'a> = (BTreeMap<usize, f64>, BTreeMap<usize, &'a Postings>);

/// Pages with their scores, the best first: elasticlunr's formula, summed as `docs/content/search-index.md` says.
fn rank(index: &ReadIndex, words: &[Asked<'_>], mode: Mode) -> Vec<(usize, f64)> {
    let all = index.page_of.len() as f64;
    let boost = |document: usize| {
        let is_page = document == 0 || index.page_of[document - 1] != index.page_of[document];
        index.header["boosts"][if is_page { "title" } else { "heading" }].as_f64().unwrap()
    };
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    let mut matched: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (number, (terms, postings)) in words.iter().enumerate() {
        for (term, factor) in terms {
            let postings = postings[term];
            for (list, is_title) in [(&postings.text, false), (&postings.title, true)] {
                let idf = 1.0 + (all / (list.documents.len() as f64 + 1.0)).ln();
                let mut repeated = list.repeated.iter().zip(&list.frequencies).peekable();
                for (at, document) in list.documents.iter().enumerate() {
                    let document = *document as usize;
                    let own = repeated.next_if(|(repeated, _)| **repeated as usize == at);
                    let count = own.map_or(1.0, |(_, frequency)| f64::from(*frequency));
                    let (length, boost) = if is_title {
                        (f64::from(postings.title_lengths[at]), boost(document))
                    } else {
                        (index.lengths[document], 1.0)
                    };
                    *scores.entry(document).or_default() +=
                        count.sqrt() * idf / length.sqrt() * boost * factor;
                    matched.entry(index.page_of[document]).or_default().insert(number);
                }
            }
        }
    }
    let mut best: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (document, score) in scores {
        let is_page = document == 0 || index.page_of[document - 1] != index.page_of[document];
        let (own, section) = best.entry(index.page_of[document]).or_default();
        if is_page {
            *own = score;
        } else {
            *section = section.max(score);
        }
    }
    let asked = words.len() as f64;
    let mut pages: Vec<(usize, f64)> = best
        .into_iter()
        .filter(|(page, _)| mode == Mode::Or || matched[page].len() == words.len())
        .map(|(page, (own, section))| (page, (own + section) * matched[&page].len() as f64 / asked))
        .collect();
    pages.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    pages
}

/// The ranking over the shards that the query loads, and over everything that was indexed.
fn both(
    index: &ReadIndex,
    whole: &Whole,
    query: &[&str],
    expand: Expand,
    mode: Mode,
) -> [Vec<(usize, f64)>; 2] {
    let over_shards: Vec<_> = query
        .iter()
        .map(|word| {
            let loaded = &index.shards[index.loaded(word)];
            let words = loaded.iter().flat_map(|shard| &shard.words);
            let postings =
                loaded.iter().flat_map(|shard| &shard.postings).map(|(term, postings)| (*term, postings));
            (factors(words, word, expand), postings.collect())
        })
        .collect();
    let over_all: Vec<_> = query
        .iter()
        .map(|word| {
            let loaded = index.loaded(word);
            let words = whole.words.iter().filter(|found| index.covers(&loaded, &found.folded));
            (factors(words, word, expand), whole.postings.iter().enumerate().collect())
        })
        .collect();
    [rank(index, &over_shards, mode), rank(index, &over_all, mode)]
}

/// Articles of made-up Swedish words, some common and many rare: enough for several shards.
fn large() -> MemoryProject {
    let syllables = [
        "sam", "tal", "kund", "för", "sälj", "möt", "pris", "val", "ring", "svar", "åter", "läs", "mål",
        "öpp",
    ];
    let mut seed = 7_u32;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    let mut project = testing::project(str::to_string);
    for article in 0..300 {
        let mut text = format!("---\ntitle: Kundsamtal {article}\ndate: 20{:02}-01-01\n---\n", article % 26);
        for section in 0..3 {
            text.push_str(&format!("\n## Återkoppling {section}\n\n"));
            for _ in 0..40 {
                let rare = random(4);
                for _ in 0..=rare * 2 {
                    let below = random(syllables.len()) + 1;
                    text.push_str(syllables[random(below)]);
                }
                text.push_str(["ar ", "arna ", " ", "et "][random(4)]);
            }
        }
        project = project.with(&format!("content/insights/a{article}.sv.md"), &text);
    }
    project
}

/// All that was indexed.
pub(super) struct Whole {
    pub(super) words: Vec<Word>,
    /// By term.
    pub(super) postings: Vec<Postings>,
}

/// [`large`], as a browser reads it and as it was indexed.
pub(super) static LARGE: LazyLock<(ReadIndex, Whole)> = LazyLock::new(|| {
    let linked = testing::linked(&large(), "public");
    let index = Index::new(
        &Pages {
            site: &linked.site,
            pages: &documents::pages(&linked.site, crate::config::LangId::new(1)),
            cuts: &Cuts::default(),
        },
        "sv",
    );
    let postings = (0..index.term_count()).map(|term| index.postings(term)).collect();
    (ReadIndex::new(&linked.features.search, "sv"), Whole { words: index.words, postings })
});

#[test]
fn ranking_over_shards_is_ranking_over_the_whole_index() {
    let (index, whole) = &*LARGE;
    assert!(index.shards.len() > 5, "{} shards", index.shards.len());
    // Words and beginnings of words from all over the dictionary, alone and together.
    let words: Vec<&str> =
        whole.words.iter().step_by(whole.words.len() / 30).map(|word| word.text.as_str()).collect();
    let mut queries: Vec<Vec<&str>> = words.iter().map(|word| vec![*word]).collect();
    queries.extend(words.windows(3).map(|three| three.to_vec()));
    queries.extend(
        words
            .iter()
            .filter(|word| word.chars().count() > 5)
            .map(|word| vec![&word[..word.char_indices().nth(5).unwrap().0], "återkoppling"]),
    );
    let mut compared = 0;
    for query in &queries {
        for expand in [Expand::No, Expand::Yes] {
            for mode in [Mode::And, Mode::Or] {
                let [shards, all] = both(index, whole, query, expand, mode);
                let bits = |pages: &[(usize, f64)]| -> Vec<(usize, u64)> {
                    pages.iter().map(|(page, score)| (*page, score.to_bits())).collect()
                };
                assert!(bits(&shards) == bits(&all), "{query:?} {expand:?} {mode:?} differ");
                compared += usize::from(!all.is_empty());
            }
        }
    }
    assert!(compared > 150, "{compared} of {} found something", queries.len() * 4);
}
