//! What `ringback init` and `ringback new` write: a small site that builds ([`site`]), its CI ([`ci`]), the beginning of
//! a page ([`draft`]) and of a translation ([`translation`]). Pure: they give texts by path, and
//! [`seed`](fn@crate::output::seed) puts them on disk.
//!
//! The texts themselves are files beside this one, in each [`StarterLanguage`], with a few `%marks%` that are filled in.

pub mod ci;
pub mod colour;
pub mod draft;
pub mod questions;
mod several;
pub mod site;
pub mod translation;

use std::collections::BTreeMap;

/// Texts by their paths from the site's root.
pub type Files = BTreeMap<String, String>;

/// A language that the starter's texts are in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StarterLanguage {
    /// English, the language of names where none is chosen.
    #[default]
    English,
    /// Swedish (`sv`).
    Swedish,
    /// Norwegian Bokmål (`nb`).
    Norwegian,
}

impl StarterLanguage {
    /// All, in the order in which they are named.
    pub const ALL: [Self; 3] = [Self::English, Self::Swedish, Self::Norwegian];

    /// The code, as in file names.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Swedish => "sv",
            Self::Norwegian => "nb",
        }
    }

    /// The one with this code, in any case.
    #[must_use]
    pub fn exactly(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// For pages in a language of a site: its own, else its relative's, else English.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code.split('-').next().unwrap_or(code) {
            "sv" => Self::Swedish,
            "nb" | "no" | "nn" => Self::Norwegian,
            _ => Self::English,
        }
    }
}

/// A text as YAML that means exactly it, whatever it holds.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            _ if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{85}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A title as it stands in YAML: as it is where that is safe, which looks best, else in quotes.
#[must_use]
pub fn scalar(text: &str) -> String {
    let begins_plainly = text.starts_with(char::is_alphabetic);
    let is_plain = |c: char| c.is_alphanumeric() || " ,.!?()'’–-åäö/".contains(c);
    // Words that YAML or its readers take for something else than text.
    let means_more = ["true", "false", "null", "yes", "no", "on", "off"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    let is_safe = begins_plainly && !text.ends_with(' ') && text.chars().all(is_plain) && !means_more;
    if is_safe { text.to_string() } else { quoted(text) }
}

/// A text without the lines between `%only …%` and `%all%` that don't name `kind`.
fn only(text: &str, kind: &str) -> String {
    let mut is_ours = true;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if line == "%all%" {
            is_ours = true;
        } else if let Some(names) = line.strip_prefix("%only ").and_then(|rest| rest.strip_suffix('%')) {
            is_ours = names.split(' ').any(|name| name == kind);
        } else if is_ours {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Fills in `%marks%`. A line that has nothing but a mark whose text is empty goes.
fn fill(text: &str, marks: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 200);
    for line in text.lines() {
        let is_gone = marks.iter().any(|(mark, value)| value.is_empty() && line.trim() == *mark);
        if is_gone {
            continue;
        }
        // In one pass: what is filled in may look like a mark.
        let mut rest = line;
        while let Some((at, mark, value)) =
            marks.iter().filter_map(|(mark, value)| Some((rest.find(mark)?, mark, value))).min()
        {
            out.push_str(&rest[..at]);
            out.push_str(value);
            rest = &rest[at + mark.len()..];
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{self, Value};

    #[test]
    fn every_title_survives_yaml() {
        for title in [
            "Plain",
            "Why: because",
            "true",
            "No",
            "- a list",
            "# a comment",
            "\"quoted\" and 'so'",
            "back\\slash",
            "tab\tand\nline",
            "{curly}",
            "Åäö & co",
            "100 %",
            "%title%",
            " spaces ",
            "ends with colon:",
            "a #b",
            "…",
            "'",
            "\u{feff}x",
        ] {
            for text in [scalar(title), quoted(title)] {
                let node = yaml::parse(&format!("title: {text}\n"), 0, "x").unwrap();
                let Value::Map(entries) = node.value else { panic!("{text}") };
                let Value::Scalar { text: found, .. } = &entries[0].1.value else { panic!("{text}") };
                assert_eq!(found, title, "{text}");
            }
        }
        assert_eq!(scalar("Eight reasons, and one more"), "Eight reasons, and one more");
    }

    #[test]
    fn marks_are_filled_in_once() {
        let marks = [("%a%", "%b%"), ("%b%", "x"), ("%c%", "")];
        assert_eq!(fill("%a% and %b%\n%c%\nend %c%.\n", &marks), "%b% and x\nend .\n");
    }
}
