//! What names a question in links that hold a result, and on the device of whoever answers: a print of all that decides what
//! an answer means. A question that has changed has another one, so that old answers to it are never read as new ones.

use std::fmt::Write as _;

use crate::content::assessment::{Assessment, Question};
use crate::encode::print;

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
    print::short(&text)
}
