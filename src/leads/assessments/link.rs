//! What names a question in links that hold a result, and on the device of whoever answers: a print of all that decides what
//! an answer means. A question that has changed has another one, so that old answers to it are never read as new ones.

use std::fmt::Write as _;

use crate::content::assessment::{Assessment, Question};

/// Letters and digits of a print.
const LENGTH: usize = 5;

/// The print of a question: its dimension, its answers' points and its range, but not its words.
#[must_use]
pub(super) fn print(assessment: &Assessment, question: &Question) -> String {
    let dimension = question.dimension.map_or("", |index| &assessment.dimensions[index].id.value);
    let mut text = format!("{}|{}|{dimension}", question.id.value, question.kind.name());
    for answer in &question.answers {
        let _ = write!(text, "|{}", answer.points);
    }
    if let Some((none, all)) = question.range {
        let _ = write!(text, "|{none}|{all}");
    }
    let all = base36(u64::from(fnv(&text)));
    format!("{:0>LENGTH$}", &all[all.len().saturating_sub(LENGTH)..])
}

/// FNV-1a of the bytes, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A number in small letters and digits.
fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(std::char::from_digit(u32::try_from(number % 36).unwrap_or_default(), 36).unwrap_or('0'));
        number /= 36;
    }
    digits.into_iter().rev().collect()
}
