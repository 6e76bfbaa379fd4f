//! The index as files: shards of the dictionary and the entry, as `docs/content/search-index.md` specifies them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use flate2::{Compress, Compression, FlushCompress, Status};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::postings::Index;
use super::scripts::is_spaceless;
use super::tails::Tail;
use super::varint;
use crate::encode::bytes::hex;
use crate::encode::json;
use crate::ids::number;

/// What a page's title counts, as often as its text.
pub(super) const TITLE_BOOST: u32 = 8;

/// How many times the text a heading counts.
pub(super) const HEADING_BOOST: u32 = 3;

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// A shard is cut when it would be larger than this, in bytes before compression.
pub(super) const SHARD: usize = 10_000;

/// Shards, or blocks of the store, that are named after all of them together: a hash for each would be a third of a large
/// site's entry. One that changes renames the others.
pub(super) const TOGETHER: usize = 8;

/// A compressed file, whose name changes with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// The first 10 hexadecimal digits of its SHA-256; for one of several, of that of all, then `-` and its number.
    pub(super) name: String,
    /// Its bytes, compressed.
    pub(super) bytes: Vec<u8>,
}

impl File {
    /// Compresses `content`: raw DEFLATE (RFC 1951).
    #[must_use]
    pub(super) fn compressed(content: &[u8]) -> Self {
        let bytes = DEFLATE.with_borrow_mut(|state| deflate(content, state));
        let name = hex(&Sha256::digest(&bytes)[..5]);
        Self { name, bytes }
    }

    /// Compresses the parts of an index, each [`TOGETHER`] under one hash. These come first.
    #[must_use]
    pub(super) fn compress_together(parts: &[&[u8]]) -> (Vec<String>, Vec<Self>) {
        let mut files: Vec<Self> = parts.par_iter().map(|part| Self::compressed(part)).collect();
        let hashes = files.chunks_mut(TOGETHER).map(|files| {
            let names: String = files.iter().map(|file| file.name.as_str()).collect();
            let hash = hex(&Sha256::digest(names.as_bytes())[..5]);
            for (number, file) in files.iter_mut().enumerate() {
                file.name = format!("{hash}-{number}");
            }
            hash
        });
        (hashes.collect(), files)
    }
}

thread_local! {
    /// Its tables are larger than what is compressed, so clearing them costs less than making them for each file.
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(6), false));
}

fn deflate(content: &[u8], state: &mut Compress) -> Vec<u8> {
    state.reset();
    let mut out = Vec::with_capacity(content.len() / 2 + 64);
    loop {
        let read = usize::try_from(state.total_in()).unwrap_or(usize::MAX);
        match state.compress_vec(content.get(read..).unwrap_or_default(), &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => return out,
            // The room was used up.
            Ok(Status::Ok | Status::BufError) => out.reserve(out.capacity()),
            // Compressing takes any bytes, so this is for a state that is none.
            Err(_) => return stored(content),
        }
    }
}

/// The same bytes as a stream of DEFLATE that doesn't make them fewer (RFC 1951, section 3.2.4).
fn stored(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 8);
    let (blocks, last) = content.split_at(content.len() - content.len() % usize::from(u16::MAX));
    let blocks = blocks.chunks(usize::from(u16::MAX)).map(|block| (0, block)).chain([(1, last)]);
    for (is_last, block) in blocks {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(is_last);
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out
}

/// A stretch of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shard {
    /// The folded beginning that it starts at.
    pub(super) from: String,
    /// What it holds, before compression.
    pub(super) content: Vec<u8>,
}

/// The postings of each term, as bytes.
#[must_use]
pub(super) fn postings(index: &Index) -> Vec<Vec<u8>> {
    let documents = index.count();
    (0..index.term_count()).into_par_iter().map(|term| index.postings(term).bytes(documents)).collect()
}

/// Cuts the dictionary, and the tails of its words with it, into shards of at most so many bytes, where its words allow
/// that. Words that differ in nothing but accents stay together.
#[must_use]
pub(super) fn shards(index: &Index, postings: &[Vec<u8>], tails: &[Tail<'_>], limit: usize) -> Vec<Shard> {
    let mut next = 0;
    let with_first = |cut: Cut| {
        let first = next;
        next = index.words[cut.words.clone()].iter().map(|word| word.term + 1).fold(next, usize::max);
        (cut, first)
    };
    let cuts: Vec<(Cut, usize)> = cuts(index, postings, tails, limit).into_iter().map(with_first).collect();
    let shard = |(Cut { from, words, tails: own }, first): (Cut, usize)| {
        let words = index.words[words].iter().map(|word| (word.text.as_str(), word.term));
        let mut content = stretch(words, first, |term| &postings[term]);
        if !own.is_empty() {
            let numbered = tails[own.clone()].iter().map(|tail| tail.text).zip(own.clone());
            content.extend(stretch(numbered, own.start, |tail| &tails[tail].postings));
        }
        Shard { from, content }
    };
    cuts.into_par_iter().map(shard).collect()
}

/// What a shard has, and the folded beginning that it starts at.
struct Cut {
    from: String,
    words: Range<usize>,
    tails: Range<usize>,
}

/// The words and tails of each shard. One begins at a new first letter, so that it has the words to offer for that letter,
/// unless it would leave a small one behind. Scripts without spaces have thousands of first letters, and none is cut at.
fn cuts(index: &Index, postings: &[Vec<u8>], tails: &[Tail<'_>], limit: usize) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let (mut start, mut size, mut from) = ((0, 0), 0, String::new());
    let mut last_seen = vec![None; postings.len()];
    let mut before: Option<&str> = None;
    let (mut word, mut tail) = (0, 0);
    while word < index.words.len() || tail < tails.len() {
        let next = index.words.get(word);
        // Tails are ASCII, so that bytes give the order of both.
        let next = next.filter(|word| tails.get(tail).is_none_or(|tail| word.folded.as_str() <= tail.text));
        let (folded, own) = match next {
            Some(next) => {
                let is_new = last_seen[next.term].is_none_or(|seen| seen < start.0);
                let own = next.text.len() / 2 + 4 + if is_new { postings[next.term].len() } else { 0 };
                last_seen[next.term] = Some(word);
                (next.folded.as_str(), own)
            }
            None => (tails[tail].text, tails[tail].text.len() / 2 + 4 + tails[tail].postings.len()),
        };
        let is_new_letter = before.is_some_and(|before| is_new_letter(before, folded));
        if size > 0
            && before.is_some_and(|before| before != folded)
            && (size + own > limit || is_new_letter && size > limit / 4)
        {
            cuts.push(Cut { from, words: start.0..word, tails: start.1..tail });
            from = shortest_between(before.unwrap_or_default(), folded);
            (start, size) = ((word, tail), 0);
        }
        size += own;
        before = Some(folded);
        match next {
            Some(_) => word += 1,
            None => tail += 1,
        }
    }
    if size > 0 {
        cuts.push(Cut { from, words: start.0..word, tails: start.1..tail });
    }
    cuts
}

fn is_new_letter(before: &str, after: &str) -> bool {
    let after = after.chars().next();
    before.chars().next() != after && !after.is_some_and(is_spaceless)
}

/// Words with their terms and the terms' postings, as a shard has them; `first` is the number of the first term that no
/// earlier shard has.
fn stretch<'a>(
    words: impl ExactSizeIterator<Item = (&'a str, usize)>,
    first: usize,
    postings: impl Fn(usize) -> &'a [u8],
) -> Vec<u8> {
    let mut local: BTreeMap<usize, usize> = BTreeMap::new();
    let mut terms = Vec::new();
    let count = words.len();
    let mut list = Vec::new();
    let mut before = "";
    for (text, term) in words {
        let own = *local.entry(term).or_insert_with(|| {
            terms.push(term);
            terms.len() - 1
        });
        let shared = before.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        let rest = &text.as_bytes()[shared..];
        varint::push_length(shared, &mut list);
        varint::push_length(rest.len(), &mut list);
        list.extend(rest);
        varint::push_length(own, &mut list);
        before = text;
    }
    let mut out = Vec::new();
    varint::push_length(count, &mut out);
    varint::push_length(terms.len(), &mut out);
    out.append(&mut list);
    write_numbers(&terms, first, &mut out);
    terms.iter().for_each(|term| varint::push_length(postings(*term).len(), &mut out));
    terms.iter().for_each(|term| out.extend(postings(*term)));
    out
}

/// The numbers of a shard's terms, of which `next` is the first that no earlier shard has.
fn write_numbers(terms: &[usize], mut next: usize, out: &mut Vec<u8>) {
    varint::push_length(next, out);
    for term in terms {
        varint::push_length(next - term, out);
        next = next.max(term + 1);
    }
}

/// The shortest beginning of `after` that comes behind `before`, which it doesn't equal.
fn shortest_between(before: &str, after: &str) -> String {
    let mut before = before.chars();
    let mut out = String::new();
    for c in after.chars() {
        out.push(c);
        if before.next() != Some(c) {
            break;
        }
    }
    out
}

/// A length with three significant bits, in a byte.
#[must_use]
pub(super) fn length_byte(length: u32) -> u8 {
    if length < 8 {
        return length as u8;
    }
    let shift = length.ilog2() - 2;
    (shift * 4 + (length >> shift)) as u8
}

/// What the entry says before its numbers.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Header<'a> {
    /// The version of the format: [`VERSION`].
    pub(super) version: u32,
    /// The code of the language.
    pub(super) lang: &'a str,
    /// The number of pages, or of objections in an index of these.
    pub(super) pages: usize,
    /// The number of documents that pages are cut into.
    pub(super) documents: usize,
    /// How much titles and headings count.
    pub(super) boosts: Boosts,
    /// The names of kinds, which facets have as indexes of this list.
    pub(super) kinds: &'a [String],
    /// The words that the analysis leaves out.
    pub(super) stop: Vec<&'a str>,
    /// Whether words are looked for inside others.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub(super) inside: Option<bool>,
    /// The names of the shards of the dictionary.
    pub(super) shards: ShardNames<'a>,
    /// The names of the blocks of the store.
    pub(super) store: StoreNames,
    /// The hash of the file of facets; `None` where there are none, or they are in the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub(super) facets: Option<String>,
    /// The sizes of what follows, on a small site.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub(super) inline: Option<Inline>,
}

/// How many times the text titles and headings count.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Boosts {
    /// How many times the text a page's title counts.
    pub(super) title: u32,
    /// How many times the text a heading counts.
    pub(super) heading: u32,
}

/// Where each shard begins, and its file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ShardNames<'a> {
    /// The folded beginning of each shard, in order.
    pub(super) from: Vec<&'a str>,
    /// The hashes, each of [`TOGETHER`] shards.
    pub(super) files: Vec<String>,
}

/// The blocks of the store.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct StoreNames {
    /// How many pages a block has.
    pub(super) pages: usize,
    /// The hashes, each of [`TOGETHER`] blocks.
    pub(super) files: Vec<String>,
}

/// Sizes in bytes of the parts that stand in the entry.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Inline {
    /// The size of each shard.
    pub(super) shards: Vec<usize>,
    /// Of each block of the store.
    pub(super) store: Vec<usize>,
    /// Of the facets; 0 where there are none.
    pub(super) facets: usize,
}

/// The entry: the header, then the numbers of documents and their lengths.
#[must_use]
pub(super) fn entry(index: &Index, header: &Header<'_>) -> Vec<u8> {
    let header = json::text(header);
    let mut out = Vec::with_capacity(header.len() + index.documents.len() + index.lengths.len() + 4);
    out.extend(number(header.len()).to_le_bytes());
    out.extend(header.bytes());
    for count in &index.documents {
        varint::push(*count, &mut out);
    }
    out.extend(index.lengths.iter().map(|length| length_byte(*length)));
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::DeflateDecoder;

    use super::*;

    #[test]
    fn what_is_stored_is_read_as_it_was() {
        for length in [0, 1, 65_534, 65_535, 65_536, 200_000] {
            let content: Vec<u8> = (0..length).map(|at: u32| (at % 251) as u8).collect();
            let mut found = Vec::new();
            DeflateDecoder::new(stored(&content).as_slice()).read_to_end(&mut found).unwrap();
            assert!(found == content, "{length}");
        }
    }

    /// The length that a byte stands for, as the format specifies it.
    fn length(byte: u8) -> u64 {
        let byte = u64::from(byte);
        if byte < 8 { byte } else { (4 + byte % 4) << (byte / 4 - 1) }
    }

    #[test]
    fn lengths_keep_three_significant_bits() {
        assert_eq!((0..8).map(length_byte).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
        assert_eq!(length(length_byte(173)), 160);
        let mut last = 0;
        for exact in (0..100_000).chain([1_000_000, u32::MAX]) {
            let byte = length_byte(exact);
            let kept = length(byte);
            assert!(
                byte >= last && kept <= u64::from(exact) && kept * 5 >= u64::from(exact) * 4,
                "{exact}: {kept}"
            );
            last = byte;
        }
    }

    #[test]
    fn a_shard_begins_at_the_shortest_difference() {
        assert_eq!(shortest_between("accent", "account"), "acco");
        assert_eq!(shortest_between("a", "ab"), "ab");
    }
}
