//! Words that are found again wherever they end up: plainly, in names, encoded, escaped, compressed, or cut up in the
//! dictionary of the search.
//!
//! A word is [`PREFIX`] and four letters that are its number, so that one pass over the bytes finds all of them.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use crate::support::leaks;

/// How every word begins. Neither the theme nor chance writes that.
const PREFIX: &str = "zqword";

/// The digits of a word's number: no vowels, so that no word means something.
const DIGITS: &[u8; 16] = b"bcdfghjklmnprstv";

/// A word's number.
pub(crate) type Word = usize;

/// The word with this number.
pub(crate) fn spelt(word: Word) -> String {
    let digit = |shift: usize| char::from(DIGITS[word >> shift & 15]);
    [PREFIX.to_string(), [12, 8, 4, 0].map(digit).iter().collect()].concat()
}

/// The number that four letters stand for, in small or capital letters.
fn number(letters: impl Iterator<Item = u8>) -> Option<Word> {
    let mut letters = letters.map(|byte| byte.to_ascii_lowercase());
    let mut word = 0;
    for _ in 0..4 {
        let letter = letters.next()?;
        word = word << 4 | DIGITS.iter().position(|digit| *digit == letter)?;
    }
    Some(word)
}

/// How a beginning was written, which says how to read on.
#[derive(Debug, Clone, Copy)]
enum How {
    Plainly,
    Backwards,
    Utf16,
    Hexadecimal,
    /// With so many letters of the beginning before the first group of four.
    Base64(usize),
    /// One of its letters as a number, of which there may be more.
    Escaped,
}

struct Form {
    bytes: Vec<u8>,
    is_any_case: bool,
    how: How,
}

/// Finds words.
pub(crate) struct Scanner {
    forms: Vec<Form>,
    /// All of them at once, in any case.
    search: AhoCorasick,
}

impl Scanner {
    pub(crate) fn new() -> Self {
        let mut forms = Vec::new();
        let mut add = |bytes, how, is_any_case| forms.push(Form { bytes, is_any_case, how });
        let bytes = PREFIX.as_bytes();
        add(bytes.to_vec(), How::Plainly, true);
        add(bytes.iter().rev().copied().collect(), How::Backwards, true);
        let wide: Vec<u8> = bytes.iter().flat_map(|byte| [*byte, 0]).collect();
        add(wide[..wide.len() - 1].to_vec(), How::Utf16, true);
        let capitalized = format!("{}{}", PREFIX[..1].to_uppercase(), &PREFIX[1..]);
        for spelling in [PREFIX, &capitalized, &PREFIX.to_uppercase()] {
            let hexadecimal = spelling.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
            add(hexadecimal, How::Hexadecimal, true);
            for offset in 0..3 {
                let encoded = leaks::base64(&[&vec![0; offset], spelling.as_bytes()].concat());
                // The first group holds what comes before the word, the last one what follows it.
                let start = if offset == 0 { 0 } else { 4 };
                let end = (offset + spelling.len()) / 3 * 4;
                let before = (3 - offset) % 3;
                add(encoded.as_bytes()[start..end].to_vec(), How::Base64(before), false);
            }
        }
        for letter in PREFIX.bytes().chain(PREFIX.to_uppercase().bytes()) {
            for escaped in [
                format!("%{letter:02x}"),
                format!("\\u00{letter:02x}"),
                format!("\\x{letter:02x}"),
                format!("&#x{letter:x}"),
                format!("&#{letter};"),
            ] {
                add(escaped.into_bytes(), How::Escaped, true);
            }
        }
        let bytes = forms.iter().map(|form: &Form| &form.bytes);
        let search = AhoCorasick::builder().ascii_case_insensitive(true).build(bytes);
        Self { search: search.expect("few and short"), forms }
    }

    /// All words in it, each with how it was first found.
    pub(crate) fn words(&self, bytes: &[u8]) -> BTreeMap<Word, String> {
        let mut found = BTreeMap::new();
        self.read(bytes, "", &mut found);
        for (how, inside) in leaks::inflated(bytes) {
            self.read(&inside, how, &mut found);
            if let Some(dictionary) = dictionary(&inside) {
                self.read(&dictionary, "in the search's dictionary", &mut found);
            }
            for (_, twice) in leaks::inflated(&inside) {
                self.read(&twice, "compressed twice", &mut found);
            }
        }
        found
    }

    /// Those of one reading, and of the same without its escapes.
    fn read(&self, bytes: &[u8], reading: &str, found: &mut BTreeMap<Word, String>) {
        if self.pass(bytes, reading, found) {
            for (mark, radix, digits) in
                [("%", 16, 2), ("\\u00", 16, 2), ("\\x", 16, 2), ("&#x", 16, 6), ("&#", 10, 6)]
            {
                if let Some(bytes) = leaks::unescaped(bytes, mark.as_bytes(), radix, digits) {
                    self.pass(&bytes, &format!("{reading} escaped by {mark}"), found);
                }
            }
        }
    }

    /// Notes the words in it, and tells whether letters of some may be written as numbers.
    fn pass(&self, bytes: &[u8], reading: &str, found: &mut BTreeMap<Word, String>) -> bool {
        let mut is_escaped = false;
        for place in self.search.find_overlapping_iter(bytes) {
            let form = &self.forms[place.pattern().as_usize()];
            if !form.is_any_case && bytes[place.range()] != form.bytes {
                continue;
            }
            let word = match form.how {
                How::Escaped => {
                    is_escaped = true;
                    continue;
                }
                how => on(how, bytes, (place.start(), place.end())),
            };
            match word {
                Some(word) => {
                    found.entry(word).or_insert_with(|| format!("{:?} {reading}", form.how));
                }
                // The rest of the word may be what is escaped.
                None => is_escaped = true,
            }
        }
        is_escaped
    }
}

/// Reads on where a beginning stands.
fn on(how: How, bytes: &[u8], (start, end): (usize, usize)) -> Option<Word> {
    match how {
        How::Plainly | How::Escaped => number(bytes[end..].iter().copied()),
        How::Backwards => number(bytes[..start].iter().rev().copied()),
        How::Utf16 => number(bytes[end..].iter().skip(1).step_by(2).copied()),
        How::Hexadecimal => {
            let digit = |byte: &u8| char::from(*byte).to_digit(16);
            let pairs = bytes[end..].chunks_exact(2).take(4);
            let letters = pairs.map_while(|pair| u8::try_from(digit(&pair[0])? << 4 | digit(&pair[1])?).ok());
            number(letters)
        }
        How::Base64(before) => {
            let decoded = unbase64(&bytes[start..]);
            let rest = PREFIX.len() - before;
            let is_word = decoded.get(..rest)?.eq_ignore_ascii_case(&PREFIX.as_bytes()[before..]);
            is_word.then(|| number(decoded[rest..].iter().copied()))?
        }
    }
}

/// The first bytes of what is written in base64, in either alphabet: enough for a word.
fn unbase64(text: &[u8]) -> Vec<u8> {
    let value = |byte: &u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for sextet in text.iter().take(16).map_while(value) {
        bits = bits << 6 | u32::from(sextet);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 255) as u8);
        }
    }
    bytes
}

/// The words of a search index that is one file, which are written there without the beginning that each shares
/// with the one before.
fn dictionary(entry: &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(u32::from_le_bytes(entry.get(..4)?.try_into().ok()?)).ok()?;
    let header: serde_json::Value = serde_json::from_slice(entry.get(4..4 + length)?).ok()?;
    let parts = header["inline"].as_object().expect("the index of a small site is one file");
    let sizes = |name: &str| -> Vec<usize> {
        let numbers = parts[name].as_array().into_iter().flatten();
        numbers.map(|number| usize::try_from(number.as_u64().expect("a length")).expect("small")).collect()
    };
    let shards = sizes("shards");
    let after: usize = shards.iter().chain(&sizes("store")).sum();
    let after = after + parts.get("facets").and_then(serde_json::Value::as_u64).map_or(0, |n| n as usize);
    let mut at = entry.len() - after;
    let mut words = Vec::new();
    for size in shards {
        let mut shard = &entry[at..at + size];
        at += size;
        let count = varint(&mut shard);
        varint(&mut shard);
        let mut word: Vec<u8> = Vec::new();
        for _ in 0..count {
            word.truncate(varint(&mut shard));
            let more = varint(&mut shard);
            word.extend(&shard[..more]);
            shard = &shard[more..];
            varint(&mut shard);
            words.extend(&word);
            words.push(b'\n');
        }
    }
    Some(words)
}

fn varint(bytes: &mut &[u8]) -> usize {
    let (mut number, mut shift) = (0, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= usize::from(byte & 127) << shift;
        shift += 7;
        if byte & 128 == 0 {
            break;
        }
    }
    number
}

#[test]
fn a_word_is_found_however_it_is_written() {
    use std::io::Write as _;
    let scanner = Scanner::new();
    let word = spelt(0x1f3);
    let hexadecimal: String = word.bytes().map(|byte| format!("{byte:02X}")).collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let entity = |n: usize| format!("{}&#{};{}", &word[..n], word.as_bytes()[n], &word[n + 1..]);
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    deflated.write_all(format!("before {word} after").as_bytes()).expect("it is written");
    let deflated = deflated.finish().expect("it is written");
    let mut forms: Vec<Vec<u8>> = vec![
        format!("/{word}/").into_bytes(),
        word.to_uppercase().into_bytes(),
        word.chars().rev().collect::<String>().into_bytes(),
        hexadecimal.into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        word.replace('z', "%7A").into_bytes(),
        word.replace('d', "\\u0064").into_bytes(),
        word.replace('w', "\\x77").into_bytes(),
        entity(0).into_bytes(),
        entity(9).into_bytes(),
        [b"front".to_vec(), deflated, b"behind".to_vec()].concat(),
    ];
    forms
        .extend((0..3).map(|n| leaks::base64(format!("{}{word} etc.", &"abc"[..n]).as_bytes()).into_bytes()));
    for form in forms {
        let found: Vec<Word> = scanner.words(&form).into_keys().collect();
        assert_eq!(found, [0x1f3], "{}", String::from_utf8_lossy(&form));
    }
    assert!(scanner.words(b"zqwor zqwordxyzw &#122; ordinary text").is_empty());
}
