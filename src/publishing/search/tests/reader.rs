//! A reader of the index that shares no code with the writer: what `docs/content/search-index.md` says, and nothing else.

use std::collections::BTreeMap;
use std::io::Read as _;

use serde_json::{Value, json};

use super::kept_length;
use crate::publishing::search::analysis::fold;
use crate::publishing::search::postings::{List, Postings, Word};
use crate::publishing::search::*;

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
pub(super) struct BitReader<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
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

    pub(super) fn postings(&mut self, all: u32) -> Postings {
        let (text, title) = (self.list(all), self.list(all));
        let title_lengths = title.documents.iter().map(|_| self.gamma()).collect();
        Postings { text, title, title_lengths }
    }
}

/// A shard, read: each word with its term's number, and the postings by number.
pub(super) struct ReadShard {
    pub(super) words: Vec<Word>,
    pub(super) postings: BTreeMap<usize, Postings>,
    /// The same of the words' tails.
    pub(super) tails: Vec<Word>,
    pub(super) tail_postings: BTreeMap<usize, Postings>,
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
pub(super) struct ReadIndex {
    pub(super) header: Value,
    /// The page of each document.
    pub(super) page_of: Vec<usize>,
    pub(super) lengths: Vec<f64>,
    pub(super) from: Vec<String>,
    pub(super) shards: Vec<ReadShard>,
    pub(super) store: Vec<Value>,
    pub(super) facets: Option<Value>,
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
    pub(super) fn new(search: &Search, lang: &str) -> Self {
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
    pub(super) fn loaded(&self, word: &str) -> std::ops::Range<usize> {
        let folded = fold(word);
        let at = self.from.partition_point(|from| *from <= folded) - 1;
        let is_there = self.shards[at].words.iter().any(|found| found.folded == folded);
        let goes_on = self.from.get(at + 1).is_some_and(|from| from.starts_with(&folded));
        at..at + 1 + usize::from(goes_on && !is_there)
    }

    /// The folded forms that these shards have room for: of very many words that begin alike, a query takes notice
    /// only of the nearest.
    pub(super) fn covers(&self, loaded: &std::ops::Range<usize>, folded: &str) -> bool {
        let end = self.from.get(loaded.end);
        *self.from[loaded.start] <= *folded && end.is_none_or(|end| folded < end.as_str())
    }
}
