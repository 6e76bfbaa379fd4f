//! Result codes: what an answer looks like on its way from whoever gave it to whoever asked. `client/survey-code.js` writes them.
//!
//! `rbs1.DATA.SUM.`, where DATA is JSON, compressed (RFC 1951) and in letters (RFC 4648, section 5), and SUM is FNV-1a of these
//! letters in base 36. Mail programs break lines in them, and quote them; so all that can't be in a code is left out before one is
//! looked for.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::DeflateDecoder;
use serde::Deserialize;

use crate::encode::bytes;
use crate::encode::print::{base36, fnv};

/// What a code begins with; the digit is the version of the format.
const START: &str = "rbs1.";
/// Longer ones are no codes: 60 questions with comments have a quarter of it.
const LONGEST: usize = 7900;
/// No code holds more, unpacked.
const MOST: u64 = 65_536;
/// The digits of a checksum.
const SUM: usize = 7;

/// The answers of one person to one survey, as a code brings them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Record {
    /// The survey's id.
    #[serde(rename = "s")]
    pub survey: String,
    /// The version of the questions.
    #[serde(rename = "v")]
    pub version: String,
    /// The group of the rater, or the place of a visit.
    #[serde(rename = "g")]
    pub group: String,
    /// Who is rated; empty for a visit.
    #[serde(rename = "p", default)]
    pub person: String,
    /// Letters by chance for one rater and one person: the same answers sent again have the same.
    #[serde(rename = "r")]
    pub rater: String,
    /// How often they have been changed: the latest counts.
    #[serde(rename = "n", default)]
    pub revision: u32,
    /// The day of a visit.
    #[serde(rename = "d", default)]
    pub date: String,
    /// The answers: for each question its print, five signs, and one for the answer, `0` to `9` or `x`.
    #[serde(rename = "a", default)]
    given: String,
    /// Words, by the prints of their questions.
    #[serde(rename = "t", default)]
    pub texts: BTreeMap<String, String>,
}

impl Record {
    /// The index of the answer to a question; `None` where it doesn't apply or isn't answered.
    #[must_use]
    pub fn answer(&self, print: &str) -> Option<usize> {
        let given = self.given.as_bytes();
        let found = given.chunks_exact(print.len() + 1).find(|each| each.starts_with(print.as_bytes()))?;
        char::from(found[print.len()]).to_digit(10).and_then(|index| usize::try_from(index).ok())
    }

    /// The prints of all questions that it answers.
    pub fn prints(&self) -> impl Iterator<Item = &str> {
        let given =
            self.given.as_bytes().chunks_exact(6).filter_map(|each| std::str::from_utf8(&each[..5]).ok());
        given.chain(self.texts.keys().map(String::as_str))
    }
}

/// The codes of a survey that were found in texts, read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FoundCodes {
    /// Each answer once: the latest of each rater.
    pub records: Vec<Record>,
    /// Codes of which a part is missing or wrong.
    pub broken: usize,
}

/// Finds the codes of a survey in any text: mails, tables, leads as JSON. Codes of other surveys are left out.
#[must_use]
pub fn find(text: &str, survey: &str) -> FoundCodes {
    // What a mail program puts between the letters of a code: line breaks, `>` before quoted lines, `=` at their ends, marks
    // without a width.
    let is_between = |c: char| {
        c.is_whitespace()
            || matches!(c, '>' | '=' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    };
    let text: String = text.chars().filter(|c| !is_between(*c)).collect();
    let mut latest: BTreeMap<String, Record> = BTreeMap::new();
    let mut broken = 0;
    let mut rest = text.as_str();
    while let Some(at) = rest.find(START) {
        rest = &rest[at + START.len()..];
        let Some(data) = letters(rest) else {
            broken += 1;
            continue;
        };
        rest = &rest[data.len() + SUM + 2..];
        match read_record(data) {
            Some(record) if record.survey == survey => {
                let known = latest.get(&record.rater);
                if known.is_none_or(|known| known.revision < record.revision) {
                    latest.insert(record.rater.clone(), record);
                }
            }
            Some(_) => {}
            None => broken += 1,
        }
    }
    FoundCodes { records: latest.into_values().collect(), broken }
}

/// The letters of a code, from behind its beginning on, if their checksum fits.
fn letters(rest: &str) -> Option<&str> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let (data, rest) = rest.split_once('.')?;
    let (sum, _) = rest.split_once('.')?;
    let is_whole = !data.is_empty()
        && data.len() < LONGEST
        && data.chars().all(is_letter)
        && format!("{:0>SUM$}", base36(fnv(data))) == sum;
    is_whole.then_some(data)
}

/// The record in the letters of a code.
fn read_record(data: &str) -> Option<Record> {
    let packed = bytes::of_base64url(data)?;
    let mut json = Vec::new();
    DeflateDecoder::new(packed.as_slice()).take(MOST).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}
