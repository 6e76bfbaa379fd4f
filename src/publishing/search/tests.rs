//! The index read back as `docs/content/search-index.md` specifies it, by a reader that shares no code with the writer; and the
//! ranking, over the shards that a query loads and over the whole index.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::analysis::fold;
use super::postings::{List, Postings, Word};
use super::*;
use crate::edition::{inputs, linking};
use crate::project::{CONFIG_FILE, MemoryProject};
use crate::testing;

/// Reads bytes from the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn varint(&mut self) -> usize {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let byte = self.take(1)[0];
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }
}

/// Reads bits, the highest of a byte first.
struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl BitReader<'_> {
    fn bits(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |value, _| {
            let bit = self.bytes[self.at / 8] >> (7 - self.at % 8) & 1;
            self.at += 1;
            value << 1 | u32::from(bit)
        })
    }

    fn gamma(&mut self) -> u32 {
        let mut behind = 0;
        while self.bits(1) == 0 {
            behind += 1;
        }
        1 << behind | self.bits(behind)
    }

    fn below(&mut self, of: u32) -> u32 {
        let length = of.ilog2();
        let short = (2 << length) - of;
        let value = self.bits(length);
        if value < short { value } else { (value << 1 | self.bits(1)) - short }
    }

    fn rising(&mut self, count: u32, low: u32, high: u32) -> Vec<u32> {
        if count == 0 {
            return Vec::new();
        }
        let before = count / 2;
        let middle = self.below(high - low - count + 1) + low + before;
        let mut numbers = self.rising(before, low, middle);
        numbers.push(middle);
        numbers.extend(self.rising(count - before - 1, middle + 1, high));
        numbers
    }

    fn list(&mut self, all: u32) -> List {
        let count = self.gamma() - 1;
        let documents = self.rising(count, 0, all);
        let repeats = self.below(count + 1);
        let repeated = self.rising(repeats, 0, count);
        let frequencies = repeated.iter().map(|_| self.gamma() + 1).collect();
        List { documents, repeated, frequencies }
    }

    fn postings(&mut self, all: u32) -> Postings {
        let (text, title) = (self.list(all), self.list(all));
        let title_lengths = title.documents.iter().map(|_| self.gamma()).collect();
        Postings { text, title, title_lengths }
    }
}

/// A shard, read: each word with its term's number, and the postings by number.
struct ReadShard {
    words: Vec<Word>,
    postings: BTreeMap<usize, Postings>,
    /// The same of the words' tails.
    tails: Vec<Word>,
    tail_postings: BTreeMap<usize, Postings>,
}

fn read_shard(content: &[u8], documents: u32) -> ReadShard {
    let mut reader = Reader(content);
    let (words, postings) = read_words(&mut reader, documents);
    let (tails, tail_postings) = match reader.0.is_empty() {
        true => Default::default(),
        false => read_words(&mut reader, documents),
    };
    assert!(reader.0.is_empty(), "nothing stands behind the postings of tails");
    ReadShard { words, postings, tails, tail_postings }
}

fn read_words(reader: &mut Reader<'_>, documents: u32) -> (Vec<Word>, BTreeMap<usize, Postings>) {
    let (words, terms) = (reader.varint(), reader.varint());
    let mut before: Vec<u8> = Vec::new();
    let words: Vec<(String, usize)> = (0..words)
        .map(|_| {
            let shared = reader.varint();
            let more = reader.varint();
            before.truncate(shared);
            before.extend(reader.take(more));
            (String::from_utf8(before.clone()).unwrap(), reader.varint())
        })
        .collect();
    let mut next = reader.varint();
    let numbers: Vec<usize> = (0..terms)
        .map(|_| {
            let less = reader.varint();
            let number = next - less;
            next += usize::from(less == 0);
            number
        })
        .collect();
    let sizes: Vec<usize> = (0..terms).map(|_| reader.varint()).collect();
    let postings = numbers.iter().zip(sizes).map(|(number, size)| {
        let mut bits = BitReader { bytes: reader.take(size), at: 0 };
        (*number, bits.postings(documents))
    });
    let postings = postings.collect();
    let words = words.into_iter().map(|(text, term)| Word { folded: fold(&text), text, term: numbers[term] });
    (words.collect(), postings)
}

/// An index, read from its files.
struct ReadIndex {
    header: Value,
    /// The page of each document.
    page_of: Vec<usize>,
    lengths: Vec<f64>,
    from: Vec<String>,
    shards: Vec<ReadShard>,
    store: Vec<Value>,
    facets: Option<Value>,
}

fn inflate(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    flate2::read::DeflateDecoder::new(bytes).read_to_end(&mut content).unwrap();
    content
}

/// The names of the files under some hashes, as specified.
fn names(header: &Value, kind: &str, count: usize) -> Vec<String> {
    let name = |number| {
        let hash = header[kind]["files"][number / 8].as_str().unwrap();
        format!("{hash}-{}", number % 8)
    };
    (0..count).map(name).collect()
}

impl ReadIndex {
    fn of(search: &Search, lang: &str) -> Self {
        let search = search.made.get().unwrap();
        let file = |hash: &str| {
            let found =
                search.files.iter().find(|file| file.name == hash).expect("a file that is named exists");
            inflate(&found.bytes)
        };
        let manifest: Value = serde_json::from_str(&search.manifest).unwrap();
        let index =
            manifest["indexes"].as_array().unwrap().iter().find(|index| index["lang"] == lang).unwrap();
        let entry = index["entry"].as_str().unwrap().rsplit_once('/').unwrap().1.trim_end_matches(".bin");
        let content = file(entry);
        let mut reader = Reader(&content);
        let length = u32::from_le_bytes(reader.take(4).try_into().unwrap());
        let header: Value = serde_json::from_slice(reader.take(length as usize)).unwrap();
        let mut page_of = Vec::new();
        for page in 0..header["pages"].as_u64().unwrap() as usize {
            let documents = reader.varint();
            page_of.extend(std::iter::repeat_n(page, documents));
        }
        assert_eq!(header["documents"], page_of.len());
        let lengths = page_of.iter().map(|_| reader.take(1)[0]).map(kept_length).collect();
        let texts = |list: &Value| -> Vec<String> { serde_json::from_value(list.clone()).unwrap() };
        let (shards, store, facets) = match header.get("inline") {
            Some(inline) => {
                let mut parts = |sizes: &Value| -> Vec<Vec<u8>> {
                    sizes
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|size| reader.take(size.as_u64().unwrap() as usize).to_vec())
                        .collect()
                };
                let (shards, store) = (parts(&inline["shards"]), parts(&inline["store"]));
                let facets = parts(&json!([inline["facets"]])).pop().filter(|facets| !facets.is_empty());
                (shards, store, facets)
            }
            None => {
                let number = |value: &Value| value.as_u64().unwrap() as usize;
                let files = |names: Vec<String>| names.iter().map(|name| file(name)).collect();
                let facets = header.get("facets").map(|hash| file(hash.as_str().unwrap()));
                let blocks = number(&header["pages"]).div_ceil(number(&header["store"]["pages"]));
                let shards = header["shards"]["from"].as_array().unwrap().len();
                (files(names(&header, "shards", shards)), files(names(&header, "store", blocks)), facets)
            }
        };
        assert!(reader.0.is_empty(), "nothing stands behind the entry");
        let documents = page_of.len() as u32;
        Self {
            from: texts(&header["shards"]["from"]),
            shards: shards.iter().map(|content| read_shard(content, documents)).collect(),
            store: store
                .iter()
                .flat_map(|block| serde_json::from_slice::<Vec<Value>>(block).unwrap())
                .collect(),
            facets: facets.map(|facets| serde_json::from_slice(&facets).unwrap()),
            header,
            page_of,
            lengths,
        }
    }

    /// The shards that a query loads for a word: that in which it would stand, and the next one where the word
    /// itself doesn't occur and words that begin like it go on there.
    fn loaded(&self, word: &str) -> std::ops::Range<usize> {
        let folded = fold(word);
        let at = self.from.partition_point(|from| *from <= folded) - 1;
        let is_there = self.shards[at].words.iter().any(|found| found.folded == folded);
        let goes_on = self.from.get(at + 1).is_some_and(|from| from.starts_with(&folded));
        at..at + 1 + usize::from(goes_on && !is_there)
    }

    /// The folded forms that these shards have room for: of very many words that begin alike, a query takes notice
    /// only of the nearest.
    fn covers(&self, loaded: &std::ops::Range<usize>, folded: &str) -> bool {
        let end = self.from.get(loaded.end);
        *self.from[loaded.start] <= *folded && end.is_none_or(|end| folded < end.as_str())
    }
}

/// As `docs/content/search-index.md` says.
fn kept_length(byte: u8) -> f64 {
    let byte = u64::from(byte);
    (if byte < 8 { byte } else { (4 + byte % 4) << (byte / 4 - 1) }) as f64
}

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
    whole: &Index,
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

/// [`large`], as a browser reads it and as it was indexed.
static LARGE: LazyLock<(ReadIndex, Index)> = LazyLock::new(|| {
    let linked = testing::linked(&large(), "public");
    let whole = Index::new(
        &Pages {
            site: &linked.site,
            pages: &documents::pages(&linked.site, crate::config::LangId::new(1)),
            cuts: &Cuts::default(),
        },
        "sv",
    );
    (ReadIndex::of(&linked.features.search, "sv"), whole)
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

#[test]
fn every_posting_is_read_back() {
    let (index, whole) = &*LARGE;
    let words: Vec<&Word> = index.shards.iter().flat_map(|shard| &shard.words).collect();
    assert_eq!(words, whole.words.iter().collect::<Vec<_>>());
    for (number, postings) in index.shards.iter().flat_map(|shard| &shard.postings) {
        assert_eq!(postings, &whole.postings[*number]);
    }
    // Each shard begins behind the one before it.
    for (from, shard) in index.from.iter().zip(&index.shards).skip(1) {
        let first = shard.words.iter().chain(&shard.tails).map(|word| &word.folded).min().unwrap();
        assert!(first.starts_with(from.as_str()), "{from}");
    }
}

/// What words end with that begins like the query, and the terms of these words, by looking at every word.
fn ends_with_query(whole: &Index, query: &str) -> BTreeMap<String, BTreeSet<usize>> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for word in &whole.words {
        for (at, _) in word.folded.match_indices(query).filter(|(at, _)| *at >= 2) {
            if word.folded[..at].contains(['a', 'e', 'i', 'o', 'u', 'y']) {
                found.entry(word.folded[at..].to_string()).or_default().insert(word.term);
            }
        }
    }
    found
}

#[test]
fn what_is_inside_words_is_found_where_nothing_begins_so() {
    let (index, whole) = &*LARGE;
    assert_eq!(index.header["inside"], true);
    let mut compared = 0;
    for word in whole.words.iter().step_by(7).filter(|word| word.folded.is_ascii()) {
        for (at, length) in [(3, 6), (4, 8), (5, 12)] {
            let Some(query) = word.folded.get(at..at + length) else { continue };
            let is_beginning = |part: &str| {
                let at = whole.words.partition_point(|word| word.folded.as_str() < part);
                whole.words.get(at).is_some_and(|word| word.folded.starts_with(part))
            };
            if is_beginning(query)
                || !is_beginning(&query[..2])
                || !query.contains(['a', 'e', 'i', 'o', 'u', 'y'])
            {
                continue;
            }
            let loaded = index.loaded(query);
            let mut found = BTreeMap::new();
            for shard in &index.shards[loaded.clone()] {
                for tail in shard.tails.iter().filter(|tail| tail.folded.starts_with(query)) {
                    found.insert(tail.text.clone(), &shard.tail_postings[&tail.term]);
                }
            }
            let expected = ends_with_query(whole, query);
            for (tail, postings) in found {
                let terms = expected.get(&tail).expect("some word ends with it");
                let in_text = terms.iter().flat_map(|term| &whole.postings[*term].text.documents);
                let in_text: BTreeSet<u32> = in_text.copied().collect();
                assert!(postings.text.documents.iter().all(|own| in_text.contains(own)), "{tail}");
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
    let numbers: Vec<usize> =
        index.shards.iter().flat_map(|shard| &shard.tails).map(|tail| tail.term).collect();
    assert!(numbers.windows(2).all(|two| two[0] < two[1]), "a tail has a number of its own");
}

#[test]
fn only_languages_with_compounds_have_tails() {
    let linked = testing::linked(&small(), "public");
    let inside = |lang: &str| ReadIndex::of(&linked.features.search, lang).header.get("inside").cloned();
    assert_eq!((inside("en"), inside("sv")), (None, Some(Value::Bool(true))));
}

proptest! {
    #[test]
    fn lists_are_read_back(documents in prop::collection::btree_map(0_u32..5_000, 1_u32..40, 0..300)) {
        let mut list = List::default();
        for (document, frequency) in &documents {
            if *frequency > 1 {
                list.repeated.push(list.documents.len() as u32);
                list.frequencies.push(*frequency);
            }
            list.documents.push(*document);
        }
        let title_lengths: Vec<u32> = list.documents.iter().map(|document| document % 9 + 1).collect();
        let postings = Postings { text: list.clone(), title: list, title_lengths };
        let bytes = postings.bytes(5_000);
        prop_assert_eq!(BitReader { bytes: &bytes, at: 0 }.postings(5_000), postings);
    }
}

/// A small site in two languages with everything that search has to know.
fn small() -> MemoryProject {
    testing::project(|config| format!("{config}journey: {{model: inbound}}\n"))
        .with(
            "content/insights/calls.md",
            "---\ntitle: \"<script>alert(1)</script> & \\\"calls\\\"\"\ndescription: How calls go.\ntags: [crm]\nstage: convert\n\
             authors: [anna]\n---\nBefore all headings.\n\n## First 😀 words\n\nSay hello.\n\n### Deeper\n\nSay more.\n\n## First words\n\nAgain.\n",
        )
        .with(
            "content/insights/gated.md",
            "---\ntitle: The guide\ndescription: A sealed guide.\ngate: {form: guide}\n---\nTeaser words.\n\n<!-- gate -->\n\n## Guarded heading\n\nGUARDED treasure.\n",
        )
        .with("content/insights/hidden.md", "---\ntitle: Unfindable\nlisted: false\n---\nNeedle.\n")
        .with("content/scripts/call.md", "---\ntitle: Internal script\noutcomes: {end: {label: End}}\n---\n## Opening\n> Secretword.\n\n- \"Yes\" → [End](outcome:end)\n- \"No\" → [End](outcome:end)\n")
        .with("content/people/anna.md", "---\ntitle: Anna Berg\nrole: Founder\n---\nShe sells.\n")
        .with("content/insights/samtal.sv.md", "---\ntitle: Samtal\n---\nKalla samtal.\n")
        .with("content/forms/guide.yaml", testing::FORM)
}

fn words_of(index: &ReadIndex) -> BTreeSet<&str> {
    index.shards.iter().flat_map(|shard| &shard.words).map(|word| word.text.as_str()).collect()
}

#[test]
fn a_page_is_cut_at_its_headings() {
    let linked = testing::linked(&small(), "public");
    let index = ReadIndex::of(&linked.features.search, "en");
    let calls = index.store.iter().find(|page| page[0] == "/insights/calls/").unwrap();
    assert_eq!(
        *calls,
        json!([
            "/insights/calls/",
            "<script>alert(1)</script> & \"calls\"",
            0,
            "",
            "How calls go.",
            ["First 😀 words", "Say hello."],
            ["Deeper", "Say more."],
            ["First words", "Again.", "first-words-2"],
        ])
    );
    assert_eq!(index.header["kinds"][0], "Insight");
    assert!(index.header.get("inline").is_some(), "a small site is one file");
}

#[test]
fn what_an_edition_may_not_see_is_in_no_index() {
    let linked = testing::linked(&small(), "public");
    for lang in ["en", "sv"] {
        let index = ReadIndex::of(&linked.features.search, lang);
        let words = words_of(&index);
        for secret in ["guarded", "treasure", "needle", "unfindable", "secretword", "internal"] {
            assert!(!words.contains(secret), "{secret}");
        }
        assert!(!index.store.iter().any(|page| page.to_string().contains("uarded")));
    }
    let index = ReadIndex::of(&linked.features.search, "en");
    let words = words_of(&index);
    assert!(
        ["teaser", "sealed", "guide", "anna", "founder"].iter().all(|word| words.contains(word)),
        "{words:?}"
    );
    let team = testing::linked(&small(), "team");
    assert!(words_of(&ReadIndex::of(&team.features.search, "en")).contains("secretword"));
}

#[test]
fn each_language_has_an_index_of_its_own() {
    let linked = testing::linked(&small(), "public");
    let index = ReadIndex::of(&linked.features.search, "sv");
    assert!(words_of(&index).contains("samtal") && !words_of(&index).contains("calls"));
    assert_eq!(index.header["kinds"][0], "Insikt");
}

#[test]
fn facets_are_what_there_is_a_choice_of() {
    let linked = testing::linked(&small(), "public");
    let facets = ReadIndex::of(&linked.features.search, "en").facets.unwrap();
    let kinds = &facets.as_array().unwrap()[0];
    assert_eq!(kinds["key"], "kind");
    assert_eq!(kinds["terms"], json!([["insight", "Insight"], ["person", "Person"]]));
    // There is only one stage among the pages, so nothing to choose.
    assert!(!facets.as_array().unwrap().iter().any(|facet| facet["key"] == "stage"), "{facets}");
}

#[test]
fn odd_pages_do_no_harm() {
    let project = testing::project(str::to_string)
        .with("content/insights/empty.md", "---\ntitle: Nothing here\n---\n")
        .with("content/insights/long.md", format!("---\ntitle: Long\n---\n{}\n", "x".repeat(100_000)))
        .with("content/insights/emoji.md", "---\ntitle: 🎉🎉\n---\n😀 👍🏽 🇸🇪\n\n## 🎈\n\n🎂\n")
        .with(
            "content/insights/mixed.md",
            "---\ntitle: Mixed\n---\nHallå världen, привет, שלום \u{200f}and 你好.\n",
        );
    let linked = testing::linked(&project, "public");
    let index = ReadIndex::of(&linked.features.search, "en");
    let words = words_of(&index);
    for word in ["nothing", "long", "mixed", "hallå", "världen", "привет", "שלום", "你好", "好"]
    {
        assert!(words.contains(word), "{word}");
    }
    assert!(words.iter().all(|word| word.chars().count() <= 64));
    assert_eq!(index.store.len(), 4);
}

#[test]
fn a_site_without_pages_has_an_index_of_nothing() {
    let linked = testing::linked(
        &testing::project(str::to_string)
            .with("content/insights/a.md", "---\ntitle: A\nlisted: false\n---\n"),
        "public",
    );
    let index = ReadIndex::of(&linked.features.search, "en");
    assert_eq!((index.store.len(), index.shards.len()), (0, 0));
}

#[test]
fn a_language_that_search_does_not_know_is_named() {
    let project = MemoryProject::new()
        .with(CONFIG_FILE, "title: T\nbase_url: https://example.org/\ndefault_language: pl\nlanguages: {pl: {label: Polski}}\n")
        .with("content/insights/a.md", "---\ntitle: Klienci\n---\nRozmowa z klientem.\n");
    let mut diagnostics = Diagnostics::new();
    let loaded = crate::build::load(&project, &mut diagnostics).unwrap();
    let options =
        inputs::Options { edition: None, base_url: None, unpublished: crate::site::Unpublished::Hide };
    let linked =
        linking::link(&project, &loaded, &loaded.content.config.editions[0], &options, &mut diagnostics);
    let found = diagnostics.sorted();
    let warning = found.iter().find(|problem| problem.code == Code::SearchLanguage).unwrap();
    assert!(warning.message.contains("`pl`"));
    assert!(words_of(&ReadIndex::of(&linked.features.search, "pl")).contains("rozmowa"));
}

#[test]
fn the_export_has_a_line_for_each_document() {
    let linked = testing::linked(&small(), "public");
    let lines = json_lines(&linked.site, &linked.features.search);
    let documents: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let deeper = documents.iter().find(|document| document["heading"] == "Deeper").unwrap();
    assert_eq!(deeper["url"], "/insights/calls/#deeper");
    assert_eq!(deeper["text"], "Say more.");
    assert_eq!(deeper["kind"], "insight");
    assert_eq!(deeper["stage"], "convert");
    assert_eq!(deeper["tags"], json!(["The CRM"]));
    let ids: BTreeSet<&str> = documents.iter().map(|document| document["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), documents.len());
    assert!(!lines.contains("GUARDED") && !lines.contains("Secretword"));
}

#[test]
fn engines_know_what_is_in_an_entry() {
    use super::encode::{Boosts, Header, Inline, ShardNames, StoreNames};
    use crate::testing::declaration;
    let types = [
        declaration::<Header<'_>>(),
        declaration::<Boosts>(),
        declaration::<ShardNames<'_>>(),
        declaration::<StoreNames>(),
        declaration::<Inline>(),
    ];
    crate::testing::assert_declared("publishing/search/client/header.d.ts", &types);
}
