//! Texts that people type, as `client/clean.js` has them: in one form, without what can't be seen.

use unicode_normalization::UnicodeNormalization as _;

/// Space as JavaScript has it (ECMA-262, "White Space" and "Line Terminators").
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{85}' || c == '\u{feff}'
}

/// How many lines a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Several,
}

/// The same text in one form.
pub(super) fn clean(text: &str, lines: Lines) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let shown: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).nfc().collect();
    if lines == Lines::Several {
        return shown.trim_matches(is_space).to_string();
    }
    shown.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
