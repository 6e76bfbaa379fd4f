//! What somebody typed that makes a text no YAML, or other YAML than it looks like: told in words about the typing.

use serde_yaml::granit_parser::ErrorKind;

use super::reader::is_key_without_space;
use crate::diag::{Code, Diagnostic, Span};

/// A key that begins with a sign that nobody sees: it would be another key.
pub(super) fn hidden_in_key(text: &str, offset: usize, file: &str) -> Option<Diagnostic> {
    if text.is_ascii() {
        return None;
    }
    let (at, sign) = lines(text).find_map(|(at, line)| {
        let sign = line.chars().next().filter(|c| is_unseen(*c))?;
        // An editor's byte order mark is no part of the text.
        let is_mark = at == 0 && sign == '\u{feff}';
        (line.contains(':') && !is_mark).then_some((at, sign))
    })?;
    Some(unseen(Span::new(at, at + sign.len_utf8()).shifted(offset), sign, file))
}

/// The fault behind an error of the parser, which it met at the byte `met`.
pub(super) fn find_fault(
    kind: Option<&ErrorKind>,
    (text, met): (&str, usize),
    offset: usize,
    file: &str,
) -> Option<Diagnostic> {
    let is_control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if let Some((at, sign)) = text.char_indices().find(|(_, c)| is_control(c)) {
        return Some(unseen(Span::new(at, at + sign.len_utf8()).shifted(offset), sign, file));
    }
    if kind.is_some_and(is_tab) {
        let leads = |line: &str| {
            let space = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            space.find('\t')
        };
        let (at, tab) = lines(text).find_map(|(at, line)| Some((at, leads(line)?)))?;
        let message = "this is not valid YAML: there is a tab where only spaces are allowed";
        let span = Span::new(at + tab, at + tab + 1).shifted(offset);
        let problem = Diagnostic::new(Code::YamlSyntax, message).at(file, span);
        return Some(problem.help("YAML indents with spaces; replace the tab, or remove it"));
    }
    let is_key =
        [ErrorKind::SimpleKeyExpected, ErrorKind::InvalidSimpleKey, ErrorKind::MappingValueNotAllowed];
    if !kind.is_some_and(|kind| is_key.contains(kind)) {
        return None;
    }
    let before: Vec<_> = lines(text).take_while(|(at, _)| *at <= met).collect();
    let (at, line) = before.into_iter().rev().take(3).find(|(_, line)| is_glued(line))?;
    let start = at + line.len() - line.trim_start().len();
    let line = line.trim();
    let (key, value) = line.split_once(':')?;
    let span = Span::new(start, start + line.len()).shifted(offset);
    let new = format!("{key}: {}", value.trim_start());
    let message = match value.starts_with(char::is_whitespace) {
        true => format!("a no-break space follows `{key}:`, where an ordinary one has to be"),
        false => format!("there is no space after `{key}:`"),
    };
    let problem = Diagnostic::new(Code::YamlSyntax, message).at(file, span).help(format!("write `{new}`"));
    Some(problem.fix(span, line, new))
}

/// Is it about a tab?
pub(super) fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
    )
}

/// `title:Lager`, or with a space that is none for YAML.
fn is_glued(line: &str) -> bool {
    let line = line.trim();
    let value = line.split_once(':').map_or("", |(_, value)| value);
    is_key_without_space(line) && !value.is_empty() && !value.starts_with([' ', '\t', '/'])
}

fn unseen(span: Span, sign: char, file: &str) -> Diagnostic {
    let message = format!("there is a character here that nobody sees (U+{:04X})", u32::from(sign));
    let problem = Diagnostic::new(Code::YamlSyntax, message).at(file, span);
    problem.help("delete it, or type the line again").fix(span, sign.to_string(), String::new())
}

/// Spaces that YAML takes for letters, and signs without a width.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{202a}'..='\u{202f}' | '\u{2060}'..='\u{206f}'
        | '\u{3000}' | '\u{feff}')
}

/// The lines of a text, without their ends, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostic;
    use crate::yaml::parse;

    fn fault_and_source(text: &str) -> (String, String) {
        let Diagnostic { message, place, .. } = *parse(text, 0, "a.md").expect_err("a fault");
        let span = place.and_then(|place| place.span).unwrap_or_default();
        (message, text[span.range()].to_string())
    }

    #[test]
    fn faults_are_told_as_they_were_typed() {
        let glued = "there is no space after `title:`";
        for (text, message, marked) in [
            ("title:Lager\ndate: 2026-01-01\n", glued, "title:Lager"),
            ("date: 2026-01-01\r\ntitle:Lager\r\n", glued, "title:Lager"),
            (
                "date: 2026-01-01\ntitle:\u{a0}L\n",
                "a no-break space follows `title:`, where an ordinary one has to be",
                "title:\u{a0}L",
            ),
            ("title: Con\u{1}trol\n", "there is a character here that nobody sees (U+0001)", "\u{1}"),
            ("\u{a0}title: a\n", "there is a character here that nobody sees (U+00A0)", "\u{a0}"),
            ("a: å\n\u{200b}date: 1\n", "there is a character here that nobody sees (U+200B)", "\u{200b}"),
            (
                "title: a\n\tdate: b\n",
                "this is not valid YAML: there is a tab where only spaces are allowed",
                "\t",
            ),
            ("a:\n\tb: c\n", "this is not valid YAML: there is a tab where only spaces are allowed", "\t"),
        ] {
            assert_eq!(fault_and_source(text), (message.to_string(), marked.to_string()), "{text}");
        }
    }

    #[test]
    fn what_looks_alike_is_read() {
        for text in [
            "title: a\u{a0}b\n",
            "title:\ta\n",
            "a: |\n  x:y\n  \u{a0}z: 1\n",
            "url:\n  https://a.example/\n",
        ] {
            assert!(parse(text, 0, "a.md").is_ok(), "{text}");
        }
    }
}
