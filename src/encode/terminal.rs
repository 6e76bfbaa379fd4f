//! Text in a terminal, and in the log of a CI that reads commands out of it.
//!
//! Control characters move the cursor, set the title of the window or end a line (ECMA-48); U+202A to U+202E and
//! U+2066 to U+2069 change the order in which everything is read (Unicode, UAX #9; CVE-2021-42574). They become signs
//! that show that something is there. GitHub takes a line that begins with `::`, and everything from `##[`, for a
//! command (actions/runner, `ActionCommand`); both get a sign that only looks alike.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What stands in a control character's place; `None` for a character that stays.
fn stand_in(c: char) -> Option<char> {
    match c {
        // U+2400 to U+241F are pictures of them.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)),
        '\x7f' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {
            Some('\u{fffd}')
        }
        _ => None,
    }
}

fn is_plain(text: &str) -> bool {
    // All that is replaced begins with one of these bytes.
    let is_suspect = |byte: u8| matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xe2 | b'#' | b':');
    !text.bytes().any(is_suspect)
}

/// One line: ends of lines and tabs become spaces.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\t' => out.push(' '),
            c => out.push(stand_in(c).unwrap_or(c)),
        }
    }
    Cow::Owned(no_command(&out))
}

/// Several lines: their ends and tabs stay.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for whole in text.split_inclusive('\n') {
        let (words, end) = match whole.strip_suffix('\n') {
            Some(words) => (words.strip_suffix('\r').unwrap_or(words), "\n"),
            None => (whole, ""),
        };
        let shown: String =
            words.chars().map(|c| if c == '\t' { c } else { stand_in(c).unwrap_or(c) }).collect();
        out.push_str(&no_command(&shown));
        out.push_str(end);
    }
    Cow::Owned(out)
}

/// A piece of a file that is to be marked: in it, each sign has as many bytes as it had, so that the marks stay right.
/// What the drawing replaces itself stays.
#[must_use]
pub fn excerpt(line: &str) -> Cow<'_, str> {
    let stand_in = |c: char| match c {
        '\u{80}'..='\u{9f}' => '\u{a4}',
        '\u{2028}' | '\u{2029}' => '\u{fffd}',
        c => c,
    };
    match line.chars().any(|c| stand_in(c) != c) {
        true => Cow::Owned(line.chars().map(stand_in).collect()),
        false => Cow::Borrowed(line),
    }
}

/// What is drawn already, with colours of our own in it: only commands of a CI are taken out of it.
#[must_use]
pub fn keep_colors(line: &str) -> String {
    line.replace("##[", "##\u{2045}")
}

fn no_command(line: &str) -> String {
    let shown = keep_colors(line);
    let start = shown.len() - shown.trim_start().len();
    match shown[start..].strip_prefix("::") {
        // A sign that looks like two colons.
        Some(rest) => format!("{}\u{2237}{rest}", &shown[..start]),
        None => shown,
    }
}

/// JSON, in which these characters can be in texts only, and be written as their numbers (RFC 8259, section 7). It
/// means the same.
#[must_use]
pub fn json(document: &str) -> Cow<'_, str> {
    let is_escaped = |c: char| !matches!(c, '\n' | '\r' | '\t') && stand_in(c).is_some();
    if !document.contains(is_escaped) && !document.contains("##[") {
        return Cow::Borrowed(document);
    }
    let mut out = String::with_capacity(document.len() + 16);
    for c in document.chars() {
        if is_escaped(c) || c == '[' && out.ends_with("##") {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(
            line("a\u{1b}[31mb\r\nc\td\u{7}\u{9b}2J\u{202e}e\u{2028}"),
            "a␛[31mb c d␇\u{fffd}2J\u{fffd}e\u{fffd}"
        );
        assert_eq!(lines("a\r\n\tb\rc\u{7f}\n"), "a\n\tb␍c␡\n");
        assert_eq!(line("Åsa’s “text” – 🙂 #1: yes"), "Åsa’s “text” – 🙂 #1: yes");
    }

    #[test]
    fn nothing_is_a_command() {
        assert_eq!(line(" ::error::x"), " ∷error::x");
        assert_eq!(lines("a\n  ::stop-commands::x\n##[add-mask]y"), "a\n  ∷stop-commands::x\n##⁅add-mask]y");
        assert_eq!(line("a::b"), "a::b");
    }

    #[test]
    fn json_means_the_same() {
        let text = "\u{1b}\u{9b}\u{7f}\u{202e}\u{2028}##[error]å";
        let document = serde_json::to_string_pretty(&[text]).expect("JSON");
        let shown = json(&document);
        assert!(
            !shown.contains(['\u{9b}', '\u{7f}', '\u{202e}', '\u{2028}']) && !shown.contains("##["),
            "{shown}"
        );
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).expect("still JSON"), [text]);
    }
}
