//! What the files of assessments, calculators and surveys have in common: how they are opened, ids, versions, weights and texts.

use crate::config::{self, Language, Localized};
use crate::content;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::slug::slug;
use crate::yaml::{self, Fields, Node, Reader, Spanned};

/// The YAML of a file; `None` where there is none, which is reported. `what` is what the file holds, and how one should be named.
pub(super) fn file(
    (path, bytes): (&str, &[u8]),
    id: &str,
    (what, example): (&str, &str),
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    if slug(id) != *id || id.is_empty() {
        let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let message =
            format!("`{id}` can't be the name of {article} {what}, because texts name it and links have it");
        let help = format!("rename the file, in lower case with hyphens, such as {example}");
        diagnostics.push(Diagnostic::new(Code::InvalidValue, message).in_file(path).help(help));
        return None;
    }
    let text = content::text(path, bytes, diagnostics)?;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    yaml::parse(&text[start..], start, path).map_err(|error| diagnostics.push(*error)).ok()
}

/// An id: a part of names in leads. What can't be one is reported.
pub(super) fn id(fields: &mut Fields<'_>, what: &str, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    let id = fields.require("id", what, reader).and_then(|node| reader.text(node))?;
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_plain = id.value.starts_with(|c: char| c.is_ascii_lowercase())
        && id.value.len() <= 40
        && id.value.bytes().all(is_sign);
    if !is_plain {
        let help =
            "begin with a lower-case letter, and use up to 40 lower-case letters from a to z, digits and `_`";
        let message = format!("`{}` can't be an id", id.value);
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, id.span);
        reader.diagnostics.push(problem.help(help));
    }
    is_plain.then_some(id)
}

/// Keeps an id, unless another one has it: that is reported.
pub(super) fn is_new(
    id: &Spanned<String>,
    known: &mut Vec<Spanned<String>>,
    what: &str,
    reader: &mut Reader<'_>,
) -> bool {
    let other = known.iter().find(|other| other.value == id.value).map(|other| other.span);
    match other {
        Some(other) => reader.diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("{what} `{}` already exists", id.value))
                .at(reader.file, id.span)
                .related(reader.file, Some(other), "the other one"),
        ),
        None => known.push(id.clone()),
    }
    other.is_none()
}

/// A version is a part of links: letters, digits, hyphens and dots. What can't be one is reported.
pub(super) fn version(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text(node)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    if (1..=40).contains(&text.value.len()) && text.value.bytes().all(is_plain) {
        return Some(text.value);
    }
    reader.diagnostics.push(
        Diagnostic::new(Code::InvalidValue, format!("`{}` can't be a version", text.value))
            .at(reader.file, text.span)
            .help("use up to 40 letters, digits, hyphens and dots, such as `2026-11`"),
    );
    None
}

/// The key `weight`, from 1 to 10; 1 without it.
pub(super) fn weight(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> u32 {
    let weight = fields.take("weight").and_then(|node| reader.number(node, 1..=10));
    weight.and_then(|weight| u32::try_from(weight).ok()).unwrap_or(1)
}

/// A text that may be missing.
pub(super) fn optional(
    fields: &mut Fields<'_>,
    name: &'static str,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Localized {
    let node = fields.take(name);
    node.and_then(|node| config::localized(languages, node, reader)).unwrap_or_default()
}

/// A text that must be there; a missing one is reported, as that of `what`.
pub(super) fn required(
    fields: &mut Fields<'_>,
    (name, what): (&'static str, &str),
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Localized {
    let node = fields.require(name, what, reader);
    node.and_then(|node| config::localized(languages, node, reader)).unwrap_or_default()
}
