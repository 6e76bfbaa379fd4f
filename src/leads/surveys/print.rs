//! What names a question in codes: a print of all that decides what an answer means, so that an answer to a question that has
//! changed since is never read as one to the new question.

use std::fmt::Write as _;

use crate::content::survey::SurveyQuestion;
use crate::encode::print;

/// The print of a question: its id and its answers' points, but not its words.
#[must_use]
pub(super) fn print(question: &SurveyQuestion) -> String {
    let mut text = format!("{}|{}", question.id.value, if question.is_text() { "text" } else { "rated" });
    for answer in &question.answers {
        let _ = write!(text, "|{}", answer.points);
    }
    print::short(&text)
}
