//! What the parser's errors mean to somebody who doesn't know YAML's grammar, and what to do about them.

use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::{Error, ExternalMessageSource};

use super::{bytes_of, faults};
use crate::diag::{Code, Diagnostic, Span};

/// The one problem of a text that is no YAML.
pub(super) fn explain(error: &serde_yaml::Error, text: &str, offset: usize, file: &str) -> Diagnostic {
    let error = error.without_snippet();
    let span = error.location().map_or(Span::default(), |at| bytes_of(at, text));
    let at = if span.start == span.end {
        Span::new(span.range().start, next_char(text, span.range().start))
    } else {
        span
    };
    let at = at.shifted(offset);
    let inner = match error {
        Error::AliasError { error, .. } => &**error,
        error => error,
    };
    let kind = match inner {
        Error::DuplicateMappingKey { key, .. } => {
            return duplicate(key.as_deref().unwrap_or_default(), (text, span, offset), file);
        }
        _ if is_limit(inner) => {
            return Diagnostic::new(Code::YamlLimit, "this YAML is nested or repeated beyond the limit")
                .at(file, at)
                .help("at most 5,000 values, 64 uses of anchors (`*name`) and 32 levels are read");
        }
        Error::ExternalMessage { source, .. } => match &**source {
            ExternalMessageSource::Parser(error) => Some(error.kind()),
            _ => None,
        },
        Error::UnknownAnchor { .. } => Some(&ErrorKind::UnknownAnchor),
        _ => None,
    };
    let start = span.range().start;
    if let Some(problem) = faults::find_fault(kind, (text, start), offset, file) {
        return problem;
    }
    let behind_tab = text[..start].ends_with('\t');
    if (kind.is_some_and(faults::is_tab) && behind_tab) || text[start..].starts_with('\t') {
        let tab = start - usize::from(behind_tab);
        return Diagnostic::new(
            Code::YamlSyntax,
            "this is not valid YAML: there is a tab where only spaces are allowed",
        )
        .at(file, Span::new(tab, tab + 1).shifted(offset))
        .help("YAML indents with spaces; replace the tab");
    }
    let (what, help) = match kind.and_then(|kind| in_plain_words(kind, text, start)) {
        Some(words) => words,
        // The parser's own words, for what hardly anybody types.
        None => (error.to_string().split(" at line ").next().unwrap_or_default().trim().to_string(), None),
    };
    let problem = Diagnostic::new(Code::YamlSyntax, format!("this is not valid YAML: {what}")).at(file, at);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Is it about the size of a text, and not about its grammar?
fn is_limit(error: &Error) -> bool {
    match error {
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => true,
        Error::ExternalMessage { source, .. } => {
            matches!(&**source, ExternalMessageSource::Parser(error) if *error.kind() == ErrorKind::RecursionLimitExceeded)
        }
        _ => false,
    }
}

/// The second key called `name`, at `span` of `text`.
fn duplicate(name: &str, (text, span, offset): (&str, Span, usize), file: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::DuplicateKey, format!("the key `{name}` is given twice"))
        .at(file, span.shifted(offset))
        .label("the second one")
        .help("keep one of them");
    match same_key_above(text, span.range().start, name) {
        Some(first) => problem.related(file, Some(first.shifted(offset)), "the first one"),
        None => problem,
    }
}

/// What a kind of error at the byte `start` means to somebody who doesn't know YAML's grammar, and what to do about it.
fn in_plain_words(kind: &ErrorKind, text: &str, start: usize) -> Option<(String, Option<String>)> {
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let before = &text[line_start..start];
    let quoted = |key: &str, value: &str| {
        let value = value.trim().replace('\\', "\\\\").replace('"', "\\\"");
        format!("put the text in quotes: `{}: \"{value}\"`", key.trim())
    };
    Some(match kind {
        ErrorKind::MappingValueNotAllowed => match (before.split_once(": "), line.split_once(": ")) {
            (Some(_), Some((key, value))) => {
                ("a colon followed by a space begins a new key".into(), Some(quoted(key, value)))
            }
            _ => (
                "a key isn't allowed here".into(),
                Some("keys that belong together begin in the same column: remove or add spaces before this one".into()),
            ),
        },
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::UnknownAnchor => {
            let sign = text[start..].chars().next().unwrap_or_default();
            let help = line.split_once(": ").map(|(key, value)| quoted(key, value));
            (format!("a text can't begin with `{sign}`"), help)
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            let close = if *open == '[' { ']' } else { '}' };
            (format!("the `{open}` that begins here is not closed"), Some(format!("write the missing `{close}`")))
        }
        ErrorKind::InvalidColonPlacement => (
            "a list or map that begins above is still open here".into(),
            Some("look for a missing `]` or `}` above".into()),
        ),
        ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => (
            "a quoted text that begins above is still open here".into(),
            Some("write the missing quotation mark at its end".into()),
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "there is text after the quotation mark that ends this value".into(),
            Some("put all of it in quotation marks, or none of it; inside `\"…\"` write `\\\"` for a quotation mark".into()),
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "a backslash in double quotation marks begins a special character".into(),
            Some("write `\\\\` for a backslash, or use single quotation marks: `'C:\\files'`".into()),
        ),
        _ => return None,
    })
}

/// The nearest earlier line with this key in the same column as the one at `start`.
fn same_key_above(text: &str, start: usize, name: &str) -> Option<Span> {
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line_start..start];
    let mut end = line_start;
    for line in text[..line_start].split_inclusive('\n').rev() {
        let at = end - line.len();
        end = at;
        let rest = line.strip_prefix(before).and_then(|line| line.strip_prefix(name));
        if rest.is_some_and(|rest| rest.trim_start().starts_with(':')) {
            return Some(Span::new(at + before.len(), at + before.len() + name.len()));
        }
    }
    None
}

fn next_char(text: &str, at: usize) -> usize {
    text[at.min(text.len())..].chars().next().map_or(at, |c| at + c.len_utf8())
}
