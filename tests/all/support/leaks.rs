//! Finds words that must not be in an output, however they are written: in names, plainly, encoded, escaped or compressed.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use memchr::memmem;

/// Ways to write words, all of which are looked for at once: the files of a site are megabytes, and there are dozens of ways.
struct Needles {
    search: AhoCorasick,
    /// How each of them is written.
    how: Vec<String>,
}

impl Needles {
    fn new(needles: Vec<Needle>, ignores_case: bool) -> Self {
        let (how, bytes): (Vec<_>, Vec<_>) =
            needles.into_iter().map(|needle| (needle.how, needle.bytes)).unzip();
        let search = AhoCorasick::builder().ascii_case_insensitive(ignores_case).build(bytes);
        Self { search: search.expect("few and short"), how }
    }

    /// How each is written that is in these bytes, and where it ends.
    fn find<'all>(&'all self, bytes: &'all [u8]) -> impl Iterator<Item = (&'all str, usize)> {
        let matches = self.search.find_overlapping_iter(bytes);
        matches.map(|found| (self.how[found.pattern().as_usize()].as_str(), found.end()))
    }
}

/// How a word may stand in an output: in small letters with anything around it, or exactly as these bytes.
struct Needle {
    how: String,
    bytes: Vec<u8>,
    ignores_case: bool,
}

/// All ways to write a word that starts with one of `words`: plainly, backwards, as base64 at any offset and in both alphabets, as
/// hexadecimal, in UTF-16. The words are ASCII, which slugs, percent-encoding, HTML and JSON leave as they are; escapes
/// of every letter are undone before ([`readings`]).
fn needles(words: &[&str]) -> Vec<Needle> {
    let mut needles = Vec::new();
    for word in words {
        let mut add = |how: String, bytes: Vec<u8>, ignores_case: bool| {
            needles.push(Needle { how, bytes, ignores_case })
        };
        add("plainly".into(), word.as_bytes().to_vec(), true);
        add("backwards".into(), word.bytes().rev().collect(), true);
        let capitalized = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        for spelling in [word, capitalized.as_str(), &word.to_uppercase()] {
            for offset in 0..3 {
                let encoded = base64(&[&vec![0; offset], spelling.as_bytes()].concat());
                // The first group holds what comes before the word, the last one what follows it.
                let start = if offset == 0 { 0 } else { 4 };
                let end = (offset + spelling.len()) / 3 * 4;
                let encoded = &encoded[start..end];
                add(format!("as base64, offset {offset}"), encoded.as_bytes().to_vec(), false);
                let for_urls = encoded.replace('+', "-").replace('/', "_");
                add(format!("as base64url, offset {offset}"), for_urls.into_bytes(), false);
            }
            add(
                "as hexadecimal".into(),
                spelling.bytes().flat_map(|b| format!("{b:02x}").into_bytes()).collect(),
                true,
            );
            add("as UTF-16".into(), spelling.bytes().flat_map(|byte| [byte, 0]).collect(), false);
        }
    }
    needles
}

/// What the bytes of a file may be read as: themselves, without escapes, and what is compressed in them, also twice.
fn readings(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![("", bytes.to_vec())];
    for (how, inflated) in inflated(bytes) {
        all.extend(self::inflated(&inflated).into_iter().map(|(_, twice)| ("compressed twice", twice)));
        all.push((how, inflated));
    }
    let escaped: Vec<_> = all
        .iter()
        .flat_map(|(_, bytes)| {
            [
                ("percent-encoded", unescaped(bytes, b"%", 16, 2)),
                ("escaped as in JSON", unescaped(bytes, b"\\u00", 16, 2)),
                ("escaped as in JavaScript", unescaped(bytes, b"\\x", 16, 2)),
                ("escaped as in HTML", unescaped(bytes, b"&#x", 16, 6)),
                ("escaped as in HTML", unescaped(bytes, b"&#", 10, 6)),
            ]
        })
        .filter_map(|(how, bytes)| Some((how, bytes?)))
        .collect();
    all.extend(escaped);
    all
}

/// Everything in it that can be inflated: a stream without a header at its beginning, and those with one anywhere (as in
/// an archive or an image).
pub(crate) fn inflated(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    const LIMIT: u64 = 1 << 22;
    let read = |from: &mut dyn std::io::Read| {
        let mut out = Vec::new();
        // What comes before a mistake in the stream counts, too.
        let _ = from.take(LIMIT).read_to_end(&mut out);
        (out.len() >= 8).then_some(out)
    };
    let mut found = Vec::new();
    found.extend(read(&mut DeflateDecoder::new(bytes)).map(|out| ("compressed (deflate)", out)));
    for start in STREAMS.find_iter(bytes) {
        let rest = &bytes[start.start()..];
        match rest[0] {
            0x78 => found.extend(read(&mut ZlibDecoder::new(rest)).map(|out| ("compressed (zlib)", out))),
            0x1f => found.extend(read(&mut GzDecoder::new(rest)).map(|out| ("compressed (gzip)", out))),
            _ => {
                let data = archived(rest).unwrap_or_default();
                found.extend(read(&mut DeflateDecoder::new(data)).map(|out| ("in an archive", out)));
            }
        }
    }
    found
}

/// How what is compressed begins: as zlib, whose first two bytes are a multiple of 31 (RFC 1950, 2.2), as gzip, or as a file of an
/// archive. No beginning is inside another.
static STREAMS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let zlib = (0..=255_u8)
        .filter(|flags| (0x7800 + u32::from(*flags)).is_multiple_of(31))
        .map(|flags| vec![0x78, flags]);
    let others = [b"\x1f\x8b\x08".to_vec(), b"PK\x03\x04".to_vec()];
    AhoCorasick::new(zlib.chain(others)).expect("few and short")
});

/// What follows the local header of a file in an archive: the lengths of its name and extra field stand at byte 26.
fn archived(bytes: &[u8]) -> Option<&[u8]> {
    let length = |at: usize| Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    bytes.get(30 + length(26)? + length(28)?..)
}

/// The bytes with the numbers behind `mark` put in as letters; nothing where there are none.
pub(crate) fn unescaped(bytes: &[u8], mark: &[u8], radix: u32, digits: usize) -> Option<Vec<u8>> {
    let marks = memmem::Finder::new(mark);
    let mut out = Vec::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(found) = marks.find(&bytes[at..]) {
        let start = at + found;
        let rest = &bytes[start + mark.len()..];
        let length = rest.iter().take(digits).take_while(|byte| char::from(**byte).is_digit(radix)).count();
        let number =
            std::str::from_utf8(&rest[..length]).ok().and_then(|text| u32::from_str_radix(text, radix).ok());
        let Some(byte) = number.and_then(|number| u8::try_from(number).ok()) else {
            at = start + 1;
            continue;
        };
        out.extend_from_slice(&bytes[kept..start]);
        out.push(byte);
        let semicolon = usize::from(mark[0] == b'&' && rest.get(length) == Some(&b';'));
        at = start + mark.len() + length + semicolon;
        kept = at;
    }
    out.extend_from_slice(&bytes[kept..]);
    (kept > 0).then_some(out)
}

/// Places of an output where something that begins with one of `words` stands, however it is written, and in names.
pub(crate) fn leaks(files: &BTreeMap<String, Vec<u8>>, words: &[&str]) -> Vec<String> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (any_case, exact) = needles(&words).into_iter().partition(|needle| needle.ignores_case);
    let needles = [Needles::new(any_case, true), Needles::new(exact, false)];
    let mut found = Vec::new();
    for (path, bytes) in files {
        let name = path.to_lowercase();
        found
            .extend(words.iter().filter(|word| name.contains(*word)).map(|_| format!("{path}: in its name")));
        for (reading, bytes) in readings(bytes) {
            for (how, end) in needles.iter().flat_map(|needles| needles.find(&bytes)) {
                let around = &bytes[end.saturating_sub(90)..(end + 30).min(bytes.len())];
                let around = String::from_utf8_lossy(around).replace('\n', " ");
                found.push(format!("{path}: {how} {reading}: {around}"));
            }
        }
    }
    found
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let number = group.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte))
            << (8 * (3 - group.len()));
        for index in 0..=group.len() {
            out.push(char::from(LETTERS[number >> (18 - 6 * index) & 63]));
        }
    }
    out
}
