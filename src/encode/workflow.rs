//! Commands of GitHub's workflows (`::error file=a.md::message`), as `@actions/core` escapes them (its `command.ts`).
//!
//! Control characters that have no escape there become visible, as in [`terminal`]: the log shows them.

use super::terminal;

/// What follows the second `::`. Ends of lines stay ends of lines, escaped.
#[must_use]
pub fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    terminal::line(&text).into_owned()
}

/// The value of a property, in which two more signs have a meaning.
#[must_use]
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(data("100 %: a, b\r\n::error::c\u{1b}"), "100 %25: a, b%0D%0A::error::c␛");
        assert_eq!(property("50%,\n:.md"), "50%25%2C%0A%3A.md");
    }
}
