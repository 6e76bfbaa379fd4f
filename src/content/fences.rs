//! Front matter that isn't between two lines of three hyphens: what was written instead.

use std::ops::Range;

/// What stands in the place of a fence, and what to do.
pub(super) struct Almost {
    /// Its bytes in the text.
    pub(super) place: Range<usize>,
    /// What is wrong, as a message.
    pub(super) message: String,
    /// What to do, as a message.
    pub(super) help: &'static str,
}

const WRITE: &str = "begin the file with a line `---`, then `title: …`, and a line `---` before the text";

/// What was meant as front matter in a text that has none.
pub(super) fn instead(text: &str) -> Option<Almost> {
    let almost =
        |place: Range<usize>, message: &str, help| Some(Almost { place, message: message.to_string(), help });
    let first = text.lines().next().unwrap_or_default().trim_end();
    if text.contains('\r') && !text.contains('\n') {
        let end = text.find('\r').unwrap_or_default();
        let help = "save it with the line ends of today (LF, or CRLF)";
        return almost(0..end, "the lines of this file end as on an old Mac (CR), so it is one line", help);
    }
    let indented = text.len() - text.trim_start().len();
    if indented > 0 && text[indented..].starts_with("---") {
        return match text[..indented].contains('\n') {
            true => almost(
                0..first.len(),
                "the front matter has to begin on the first line, and this one is empty",
                "remove the empty lines above `---`",
            ),
            false => almost(
                0..indented,
                "there is a space before the line `---`",
                "remove it: `---` has to begin the line",
            ),
        };
    }
    let rest = text.get(first.len()..).unwrap_or_default().trim_start_matches(['\r', '\n']);
    let next = rest.lines().next().unwrap_or_default();
    if first == "+++" || first == "---toml" {
        return almost(
            0..first.len(),
            "this front matter is TOML, and ringback reads YAML",
            "write `---` for `+++`, and `key: value` for `key = value`",
        );
    }
    if first == "---json" || first == ";;;" || first.starts_with('{') && text.contains("\"title\"") {
        return almost(0..first.len(), "this front matter is JSON, and ringback reads YAML", WRITE);
    }
    if is_like_fence(first)
        && (is_key(next) || next.is_empty())
        && !first.is_empty()
        && rest.lines().any(is_key)
    {
        let message = format!("front matter begins with a line of three hyphens, and not with `{first}`");
        return Some(Almost { place: 0..first.len(), message, help: "write `---` instead" });
    }
    if is_key(first) && text.lines().take(40).any(|line| is_like_fence(line.trim_end())) {
        return almost(
            0..first.len(),
            "the line `---` above the front matter is missing",
            "write `---` above this line",
        );
    }
    None
}

/// What was meant to end front matter that doesn't.
pub(super) fn end(text: &str) -> Option<Almost> {
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate().take(200) {
        let shown = line.trim_end();
        let is_end = shown == "..." || shown.trim_start() == "---" || is_like_fence(shown) && shown != "---";
        if index > 0 && is_end && !shown.is_empty() {
            let message = format!("front matter ends with a line of three hyphens, and not with `{shown}`");
            let help = "write `---` at the beginning of this line, and nothing else";
            return Some(Almost { place: at..at + shown.len(), message, help });
        }
        at += line.len();
    }
    None
}

/// Hyphens in another number, or dashes that a program has made of them.
fn is_like_fence(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '+' | '='))
}

/// Does a line begin with a key, as in `title: …`?
fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| {
        (2..=30).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_place_of_a_fence() {
        for (text, place) in [
            ("+++\ntitle = \"a\"\n+++\n", 0..3),
            ("\n---\ntitle: a\n---\n", 0..0),
            (" ---\ntitle: a\n---\n", 0..1),
            ("{\n\"title\": \"a\"\n}\n", 0..1),
            ("—\ntitle: a\n—\n", 0..3),
            ("----\ntitle: a\n----\n", 0..4),
            ("title: a\ndate: 2026-01-01\n---\n", 0..8),
            ("---\rtitle: a\r---\r", 0..3),
        ] {
            assert_eq!(instead(text).map(|found| found.place), Some(place), "{text}");
        }
        for text in ["", "Text.\n", "# Title\n\ntext: more\n", "note: this is text\n\nMore.\n"] {
            assert!(instead(text).is_none(), "{text}");
        }
        assert_eq!(end("---\ntitle: a\n...\ntext\n").map(|found| found.place), Some(13..16));
        assert_eq!(end("---\ntitle: a\n ---\n").map(|found| found.place), Some(13..17));
        assert!(end("---\ntitle: a\n").is_none());
    }
}
