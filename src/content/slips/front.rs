//! Titles and descriptions, which are words alone: what was meant as Markdown, HTML or a template is shown as it is.

use super::words::{self, Brackets};
use super::{emoji, maths};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// The keys whose texts readers see on every list.
const SHOWN: &[&str] = &["title:", "description:"];

/// Tells the signs in the title and description of the front matter that begins at `start`.
pub(in crate::content) fn check_front_matter(
    path: &str,
    (front, start): (&str, usize),
    out: &mut Diagnostics,
) {
    let mut at = start;
    let mut is_shown = false;
    for line in front.split_inclusive('\n') {
        let key = SHOWN.iter().find(|key| line.starts_with(**key));
        // A text over several lines is indented.
        is_shown = key.is_some() || is_shown && line.starts_with([' ', '\t']);
        if is_shown {
            let skip = key.map_or(0, |key| key.len());
            check(path, (line[skip..].trim_end(), at + skip), out);
        }
        at += line.len();
    }
}

fn check(path: &str, (text, start): (&str, usize), out: &mut Diagnostics) {
    let mut from = 0;
    let mut say = |code, (at, length), message: String, help: &str| {
        let span = Span::new(start + at, start + at + length);
        out.push(Diagnostic::new(code, message).at(path, span).help(help));
    };
    while let Some(at) = text[from..].find(['{', '[', ']', '*', '<', '&']).map(|at| from + at) {
        let rest = &text[at..];
        let (found, length) = sign(rest);
        from = at + length;
        match found {
            Some(Sign::Template) => say(
                Code::LeftOver,
                (at, length),
                "this is a value or command of another program, and is shown as text".into(),
                "write what readers should see",
            ),
            Some(Sign::Markup) => say(
                Code::AlmostMarkdown,
                (at, length),
                "this is shown as it is: titles and descriptions are words alone".into(),
                "write the words without markup",
            ),
            Some(Sign::Reference) => say(
                Code::AlmostMarkdown,
                (at, length),
                format!("`{}` is shown as it is: titles and descriptions are words alone", &rest[..length]),
                "write the character itself",
            ),
            Some(Sign::Field) => say(
                Code::Placeholder,
                (at, length),
                format!("the placeholder `{}` was left in the text", &rest[..length]),
                "write what belongs there, or remove it",
            ),
            None => {}
        }
    }
    for ((at, length), emoji) in emoji::all(text) {
        let message = format!(
            "`{}` is shown as it is: titles and descriptions are words alone",
            &text[at..at + length]
        );
        let help = emoji.map_or_else(
            || "write the emoji itself, or remove it".into(),
            |emoji| format!("write `{emoji}`"),
        );
        say(Code::AlmostMarkdown, (at, length), message, &help);
    }
    for (at, _) in text.match_indices('$') {
        let formula = maths::inline(&text[at..], text[..at].chars().next_back());
        let message = "this is a formula of LaTeX, which isn't typeset: readers see the signs";
        formula.into_iter().for_each(|length| {
            say(Code::LeftOver, (at, length), message.into(), "write it in plain characters")
        });
    }
    for (at, word) in words::unfinished(text) {
        let message = format!("`{word}` was left in the text");
        say(Code::Placeholder, (at, word.len()), message, "write what belongs there, or remove it");
    }
}

/// Elements that are written in titles.
const TAGS: &[&str] = &["a", "b", "br", "em", "i", "p", "small", "span", "strong", "sub", "sup", "u"];

enum Sign {
    Template,
    Markup,
    Reference,
    Field,
}

/// What a text begins with, and its bytes.
fn sign(text: &str) -> (Option<Sign>, usize) {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    if text.starts_with("{{") {
        return (Some(Sign::Template), until("}}"));
    }
    if text.starts_with("{%") {
        return (Some(Sign::Template), until("%}"));
    }
    if text.starts_with("[[") {
        return (Some(Sign::Markup), until("]]"));
    }
    if text.starts_with("](") {
        return (Some(Sign::Markup), until(")"));
    }
    if text.starts_with("**") {
        return (Some(Sign::Markup), 2);
    }
    let inner = |end: char| text[1..].split_once(end).map(|(inner, _)| inner);
    match text.as_bytes()[0] {
        b'[' => {
            let field = inner(']').filter(|inner| words::is_field(inner, Brackets::Other));
            (field.map(|_| Sign::Field), field.map_or(1, |inner| inner.len() + 2))
        }
        b'<' => {
            let is_tag = |inner: &&str| {
                let name = inner.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                let name = name.to_ascii_lowercase();
                // A title may be about `<b>`; markup has an end.
                let is_pair = inner.starts_with('/') || name == "br" || text.contains(&format!("</{name}>"));
                is_pair && TAGS.contains(&name.as_str())
            };
            let tag = inner('>').filter(is_tag);
            (tag.map(|_| Sign::Markup), tag.map_or(1, |inner| inner.len() + 2))
        }
        b'&' => {
            let is_reference = |inner: &&str| {
                let name = inner.strip_prefix('#').unwrap_or(inner);
                (2..=8).contains(&inner.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
            };
            let reference = inner(';').filter(is_reference);
            (reference.map(|_| Sign::Reference), reference.map_or(1, |inner| inner.len() + 2))
        }
        _ => (None, 1),
    }
}
