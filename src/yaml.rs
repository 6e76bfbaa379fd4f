//! YAML as a tree in which every key and value knows its place, and typed readers that report all mistakes at once.
//!
//! The configuration, front matter, forms and themes are all read through this: [`parse`] makes the tree (or the one
//! diagnostic that says why not), then a [`Fields`] takes known keys out of a map, and what is left is an unknown key.
//! Scalars stay text until a reader asks for a type, so `1.10` can be a title and `no` a language.

pub mod dates;
mod faults;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::encode::address::{self, Web};
use crate::encode::phone;

/// So many keys can be listed in a message and still be read.
const FEW: usize = 16;

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where, in bytes of the whole file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its place: of a list or map, the first character only.
    pub span: Span,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar as text; `quoted` says that it can only be text.
    Scalar {
        /// Unescaped.
        text: String,
        /// Was it text to YAML's own rules (not a number or truth value)?
        is_text: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the file; keys are unique.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// An empty map at the start of a file, for a file without front matter.
    #[must_use]
    pub fn empty() -> Self {
        Self { value: Value::Map(Vec::new()), span: Span::default() }
    }

    fn what(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// Reads `text`, which begins at byte `offset` of `file`, as one YAML document.
///
/// # Errors
///
/// One diagnostic: the syntax error, the duplicate key, or the limit that was passed. Anchors and nesting are limited
/// (5,000 nodes, 64 aliases, 32 levels), so that a few lines can't take all memory.
pub fn parse(text: &str, offset: usize, file: &str) -> Result<Node, Box<Diagnostic>> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_nodes: 5000, max_aliases: 64, max_depth: 32 },
        duplicate_keys: DuplicateKeyPolicy::Error,
        strict_booleans: true,
        with_snippet: false,
    };
    if let Some(problem) = faults::hidden_in_key(text, offset, file) {
        return Err(Box::new(problem));
    }
    match serde_yaml::from_str_with_options::<RawNode>(text, options) {
        Ok(raw) => Ok(raw.place(text, offset)),
        Err(error) => Err(Box::new(explain(&error, text, offset, file))),
    }
}

/// What serde gives: places relative to `text`, plain scalars not yet looked up in it.
struct RawNode {
    value: RawValue,
    used: Location,
    defined: Location,
}

enum RawValue {
    Null,
    Text(String),
    Plain,
    List(Vec<RawNode>),
    Map(Vec<(RawNode, RawNode)>),
}

impl RawNode {
    fn place(self, text: &str, offset: usize) -> Node {
        let used = bytes_of(self.used, text);
        let value = match self.value {
            RawValue::Null => Value::Null,
            RawValue::Text(text) => Value::Scalar { text, is_text: true },
            RawValue::Plain => {
                let raw = text[bytes_of(self.defined, text).range()].to_string();
                Value::Scalar { text: raw, is_text: false }
            }
            RawValue::List(items) => {
                Value::List(items.into_iter().map(|item| item.place(text, offset)).collect())
            }
            RawValue::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let key = key.place(text, offset);
                        let name = match key.value {
                            Value::Scalar { text, .. } => text,
                            _ => String::new(),
                        };
                        (Spanned { value: name, span: key.span }, value.place(text, offset))
                    })
                    .collect(),
            ),
        };
        Node { value, span: used.shifted(offset) }
    }
}

impl<'de> Deserialize<'de> for RawNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = serde_yaml::Spanned::<RawValue>::deserialize(deserializer)?;
        Ok(Self { value: found.value, used: found.referenced, defined: found.defined })
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_string()))
    }

    fn visit_string<E>(self, text: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(text))
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}

/// The bytes of `text` that a location means, on character boundaries.
fn bytes_of(location: Location, text: &str) -> Span {
    let span = location.span();
    let (start, len) = match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(len)) => (usize::try_from(start).ok(), usize::try_from(len).unwrap_or(0)),
        _ => (None, 1),
    };
    let start = start.unwrap_or_else(|| offset_of(text, location.line(), location.column())).min(text.len());
    let start = (0..=start).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let end = (start + len).min(text.len());
    let end = (end..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    // The parser counts trailing blanks and line ends as part of a plain or block scalar.
    let trimmed = text[start..end].trim_end();
    Span::new(start, start + trimmed.len().max(usize::from(end > start)))
}

/// The byte offset of a line and column, both counted from 1, the column in characters.
fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let line_index = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let column_index = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut start = 0;
    for (number, part) in text.split_inclusive('\n').enumerate() {
        if number == line_index {
            return start + part.char_indices().nth(column_index).map_or(part.trim_end().len(), |(i, _)| i);
        }
        start += part.len();
    }
    text.trim_end().len()
}

fn explain(error: &serde_yaml::Error, text: &str, offset: usize, file: &str) -> Diagnostic {
    let error = error.without_snippet();
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole).trim().to_string();
    let span = error.location().map_or(Span::default(), |at| bytes_of(at, text));
    let at = if span.start == span.end {
        Span::new(span.range().start, next_char(text, span.range().start))
    } else {
        span
    };
    let at = at.shifted(offset);
    if let Some(name) = message.strip_prefix("duplicate mapping key: ") {
        let name = name.split(", set DuplicateKeyPolicy").next().unwrap_or(name);
        let problem = Diagnostic::new(Code::DuplicateKey, format!("the key `{name}` is given twice"))
            .at(file, at)
            .label("the second one")
            .help("keep one of them");
        return match same_key_above(text, span.range().start, name) {
            Some(first) => problem.related(file, Some(first.shifted(offset)), "the first one"),
            None => problem,
        };
    }
    if message.starts_with("budget breached")
        || message.contains("recursion limit")
        || message.contains("depth")
    {
        return Diagnostic::new(Code::YamlLimit, "this YAML is nested or repeated beyond the limit")
            .at(file, at)
            .help("at most 5,000 values, 64 uses of anchors (`*name`) and 32 levels are read");
    }
    let start = span.range().start;
    if let Some(problem) = faults::behind(&message, (text, start), offset, file) {
        return problem;
    }
    let behind_tab = text[..start].ends_with('\t');
    if (message.contains("tab") && behind_tab) || text[start..].starts_with('\t') {
        let tab = start - usize::from(behind_tab);
        return Diagnostic::new(
            Code::YamlSyntax,
            "this is not valid YAML: there is a tab where only spaces are allowed",
        )
        .at(file, Span::new(tab, tab + 1).shifted(offset))
        .help("YAML indents with spaces; replace the tab");
    }
    let (what, help) = in_plain_words(&message, text, start);
    let problem = Diagnostic::new(Code::YamlSyntax, format!("this is not valid YAML: {what}")).at(file, at);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// What the parser's `message` about the byte at `start` means to somebody who doesn't know YAML's grammar, and what
/// to do about it.
fn in_plain_words(message: &str, text: &str, start: usize) -> (String, Option<String>) {
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let before = &text[line_start..start];
    let sign = text[start..].chars().next().unwrap_or_default();
    let quoted = |key: &str, value: &str| {
        let value = value.trim().replace('\\', "\\\\").replace('"', "\\\"");
        format!("put the text in quotes: `{}: \"{value}\"`", key.trim())
    };
    if message.contains("mapping values are not allowed") {
        return match (before.split_once(": "), line.split_once(": ")) {
            (Some(_), Some((key, value))) => {
                ("a colon followed by a space begins a new key".into(), Some(quoted(key, value)))
            }
            _ => (
                "a key isn't allowed here".into(),
                Some("keys that belong together begin in the same column: remove or add spaces before this one".into()),
            ),
        };
    }
    if message.contains("unexpected character") || message.contains("unknown anchor") {
        let help = line.split_once(": ").map(|(key, value)| quoted(key, value));
        return (format!("a text can't begin with `{sign}`"), help);
    }
    if message.contains("unclosed bracket") {
        let close = if sign == '[' { ']' } else { '}' };
        return (
            format!("the `{sign}` that begins here is not closed"),
            Some(format!("write the missing `{close}`")),
        );
    }
    if message.contains("illegal placement of ':'") {
        let what = "a list or map that begins above is still open here".into();
        return (what, Some("look for a missing `]` or `}` above".into()));
    }
    if message.contains("quoted scalar") {
        let what = "a quoted text that begins above is still open here".into();
        return (what, Some("write the missing quotation mark at its end".into()));
    }
    (message.to_string(), None)
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

/// Collects what is wrong while one file's YAML is read.
pub struct Reader<'a> {
    /// The file's path from the site's root.
    pub file: &'a str,
    /// Where problems go.
    pub diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Reports `message` at `span`.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(self.file, span));
    }

    fn expected(&mut self, node: &Node, wanted: &str) {
        let message = format!("expected {wanted}, found {}", node.what());
        self.report(Code::WrongType, node.span, message);
    }

    /// The keys of a map, ready to be taken; `None` (and a report) for anything else. Nothing counts as an empty map.
    pub fn fields<'n>(&mut self, node: &'n Node) -> Option<Fields<'n>> {
        match &node.value {
            Value::Map(entries) => Some(Fields::new(entries, node.span)),
            Value::Null => Some(Fields::new(&[], node.span)),
            Value::Scalar { text, .. } if is_key_without_space(text) => {
                let (key, value) = text.split_once(':').unwrap_or((text, ""));
                let message = "expected a map (`key: value` lines), found text";
                self.diagnostics.push(
                    Diagnostic::new(Code::WrongType, message).at(self.file, node.span).help(format!(
                        "put a space after the colon: `{key}: {}`",
                        value.lines().next().unwrap_or_default()
                    )),
                );
                None
            }
            _ => {
                self.expected(node, "a map (`key: value` lines)");
                None
            }
        }
    }

    /// Text; numbers and truth values count as the text they were written as. What looks like HTML's comment is none here,
    /// and is reported: readers would see it.
    pub fn text(&mut self, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar { text, .. } if text.contains("<!--") => {
                let message = "a value can't contain a comment: readers would see it";
                let problem = Diagnostic::new(Code::BrokenComment, message).at(self.file, node.span);
                self.diagnostics.push(problem.help("remove it; YAML's own comments begin with `#`"));
                None
            }
            Value::Scalar { text, .. } => {
                // Names of files, pages and people are compared in one form of their accents.
                let value = text.trim();
                let value = if is_nfc(value) { value.to_string() } else { value.nfc().collect() };
                Some(Spanned { value, span: node.span })
            }
            _ => {
                self.expected(node, "text");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn truth(&mut self, node: &Node) -> Option<bool> {
        match &node.value {
            Value::Scalar { text, .. } if text == "true" => Some(true),
            Value::Scalar { text, .. } if text == "false" => Some(false),
            Value::Scalar { text, .. } => {
                let meant = match text.to_lowercase().as_str() {
                    "true" | "yes" | "on" | "y" | "ja" => Some("`true`"),
                    "false" | "no" | "off" | "n" | "nej" | "nei" => Some("`false`"),
                    _ => None,
                };
                let message = format!("expected `true` or `false`, found `{text}`");
                let problem = Diagnostic::new(Code::WrongType, message).at(self.file, node.span);
                self.diagnostics.push(match meant {
                    Some(meant) => problem.help(format!("did you mean {meant}?")),
                    None => problem,
                });
                None
            }
            _ => {
                self.expected(node, "`true` or `false`");
                None
            }
        }
    }

    /// A whole number in `range`.
    pub fn number(&mut self, node: &Node, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let found = match &node.value {
            Value::Scalar { text, .. } => text.parse().ok(),
            _ => None,
        };
        match found {
            Some(number) if range.contains(&number) => Some(number),
            Some(number) => {
                let message =
                    format!("expected a number from {} to {}, found {number}", range.start(), range.end());
                self.report(Code::InvalidValue, node.span, message);
                None
            }
            None => {
                self.expected(node, "a whole number");
                None
            }
        }
    }

    /// A list of texts; one text alone is a list of one.
    pub fn texts(&mut self, node: &Node) -> Option<Vec<Spanned<String>>> {
        match &node.value {
            Value::List(items) => Some(items.iter().filter_map(|item| self.text(item)).collect()),
            Value::Scalar { .. } => self.text(node).map(|one| vec![one]),
            Value::Null => Some(Vec::new()),
            Value::Map(_) => {
                self.expected(node, "a list of texts");
                None
            }
        }
    }

    /// A list of names: like [`Reader::texts`], but commas in one text divide it (`a, b`), as other systems write lists.
    /// `whole` says of which texts a comma is a part; any name can have one in a real list.
    pub fn names(&mut self, node: &Node, whole: impl Fn(&str) -> bool) -> Option<Vec<Spanned<String>>> {
        let one = match &node.value {
            Value::Scalar { .. } => self.text(node)?,
            _ => return self.texts(node),
        };
        if whole(&one.value) || !one.value.contains(',') {
            return Some(vec![one]);
        }
        // Where the text is in quotes, or has escapes, its parts can't be told from its place.
        let is_plain = one.span.range().len() == one.value.len();
        let mut at = one.span.range().start;
        let parts = one.value.split(',').map(|part| {
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            let name = part.trim();
            let span = if is_plain { Span::new(start, start + name.len()) } else { one.span };
            Spanned { value: name.to_string(), span }
        });
        Some(parts.filter(|part| !part.value.is_empty()).collect())
    }

    /// The items of a list.
    pub fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(items) => Some(items),
            Value::Null => Some(&[]),
            _ => {
                self.expected(node, "a list (`- …` lines)");
                None
            }
        }
    }

    /// The entries of a map whose keys are the author's own names.
    pub fn entries<'n>(&mut self, node: &'n Node) -> Option<&'n [(Spanned<String>, Node)]> {
        match &node.value {
            Value::Map(entries) => Some(entries),
            Value::Null => Some(&[]),
            _ => {
                self.expected(node, "a map (`name: …` lines)");
                None
            }
        }
    }

    /// One of `names`, as its index.
    pub fn choice(&mut self, node: &Node, names: &[&str]) -> Option<usize> {
        let text = self.text(node)?;
        let found = names.iter().position(|name| *name == text.value);
        if found.is_none() {
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, format!("`{}` is not a value of this key", text.value))
                    .at(self.file, text.span)
                    .suggest(&text.value, names.iter().copied())
                    .help(format!("it can be {}", listed(names))),
            );
        }
        found
    }

    /// A phone number as it is shown, of which a link can be made.
    pub fn phone(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node).filter(|text| !text.value.is_empty())?;
        if let Err(why) = phone::tel(&text.value) {
            let message = format!("`{}` can't be called: {}", text.value, why.reason());
            self.diagnostics.push(Diagnostic::new(Code::BadPhone, message).at(self.file, text.span).help(
                "write one number, such as `+46 8 465 004 10` or `+46 8 465 004 10 ext. 12`; hours go in brackets after it",
            ));
            return None;
        }
        Some(text.value)
    }

    /// An absolute address on the web.
    pub fn web(&mut self, node: &Node) -> Option<Spanned<Web>> {
        let text = self.text(node)?;
        let Some(web) = Web::new(text.value.as_str()) else {
            let help = match address::danger(&text.value) {
                Some(danger) => danger.help().into(),
                None if text.value.starts_with("www.") => format!("write `https://{}`", text.value),
                None => "it begins with `https://` and has no spaces".into(),
            };
            self.diagnostics.push(
                Diagnostic::new(Code::BadUrl, format!("`{}` is not a web address", text.value))
                    .at(self.file, text.span)
                    .help(help),
            );
            return None;
        };
        Some(Spanned { value: web, span: text.span })
    }
}

/// `title:The empty CRM`: meant as a key with its value.
fn is_key_without_space(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
}

/// `a`, `b` or `c`, each in backticks.
#[must_use]
pub fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The keys of one map, taken out one by one.
pub struct Fields<'n> {
    entries: &'n [(Spanned<String>, Node)],
    taken: Vec<&'n str>,
    known: Vec<&'static str>,
    /// Where the map begins.
    pub span: Span,
}

impl<'n> Fields<'n> {
    fn new(entries: &'n [(Spanned<String>, Node)], span: Span) -> Self {
        Self { entries, taken: Vec::new(), known: Vec::new(), span }
    }

    /// The value of a known key; `None` where it is missing or empty.
    pub fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        self.known.push(name);
        self.take_named(name).map(|(_, node)| node).filter(|node| node.value != Value::Null)
    }

    /// The key and value with a name that is not known to the program, such as a taxonomy's.
    pub fn take_named(&mut self, name: &str) -> Option<(&'n Spanned<String>, &'n Node)> {
        let (key, node) = self.entries.iter().find(|(key, _)| key.value == name)?;
        self.taken.push(&key.value);
        Some((key, node))
    }

    /// The value of a key that must be there; reported against `what` (such as "a form") where it is not.
    pub fn require(&mut self, name: &'static str, what: &str, reader: &mut Reader<'_>) -> Option<&'n Node> {
        let found = self.take(name);
        // A misspelt key is reported as one that is unknown, with this one as its nearest match.
        let is_misspelt =
            || self.entries.iter().any(|(key, _)| key.value != name && nearest(&key.value, [name]).is_some());
        if found.is_none() && !is_misspelt() {
            let span = self.key(name).unwrap_or(self.span);
            reader.diagnostics.push(
                Diagnostic::new(Code::MissingKey, format!("{what} needs `{name}`"))
                    .at(reader.file, span)
                    .help(format!("add `{name}: …`")),
            );
        }
        found
    }

    /// Where a key stands.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|(key, _)| key.value == name).map(|(key, _)| key.span)
    }

    /// Reports every key that nobody took. `extra` are names that are known besides, for the suggestions.
    pub fn finish<'k>(self, what: &str, extra: impl IntoIterator<Item = &'k str>, reader: &mut Reader<'_>) {
        #[cfg(test)]
        seen::note(what, &self.known, &self.taken);
        let mut known: Vec<&str> = self.known.clone();
        known.extend(extra);
        for (key, _) in self.entries {
            if !self.taken.contains(&key.value.as_str()) {
                let mut problem =
                    Diagnostic::new(Code::UnknownKey, format!("{what} has no key `{}`", key.value))
                        .at(reader.file, key.span)
                        .suggest(&key.value, known.iter().copied());
                if problem.help.is_empty() && known.len() <= FEW {
                    problem = problem.help(format!("it can have {}", listed(&known)));
                }
                reader.diagnostics.push(problem);
            }
        }
    }
}

/// Which keys the readers ask for on this thread, and which of them were there: a test makes a site with all of them.
#[cfg(test)]
pub(crate) mod seen {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    type Keys = BTreeMap<(String, String), bool>;

    thread_local!(static KEYS: RefCell<Keys> = const { RefCell::new(Keys::new()) });

    pub(crate) fn start() {
        KEYS.take();
    }

    /// What is read, and the key: was it ever set?
    pub(crate) fn keys() -> Keys {
        KEYS.take()
    }

    pub(super) fn note(what: &str, known: &[&'static str], taken: &[&str]) {
        KEYS.with_borrow_mut(|keys| {
            for key in known {
                *keys.entry((what.to_string(), (*key).to_string())).or_default() |= taken.contains(key);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar<'n>(node: &'n Node, key: &str) -> (&'n str, Span) {
        let Value::Map(entries) = &node.value else { panic!("a map") };
        let (_, found) = entries.iter().find(|(name, _)| name.value == key).expect("the key is there");
        let Value::Scalar { text, .. } = &found.value else { panic!("a scalar") };
        (text, found.span)
    }

    #[test]
    fn scalars_keep_what_was_written() {
        let text = "a: 1.10\nno: yes\nö: \"Ä: b\" \nd: 2026-09-08\n";
        let node = parse(text, 0, "x").expect("valid");
        assert_eq!(scalar(&node, "a").0, "1.10");
        assert_eq!(scalar(&node, "no").0, "yes");
        let (value, span) = scalar(&node, "ö");
        assert_eq!((value, &text[span.range()]), ("Ä: b", "\"Ä: b\""));
        assert_eq!(scalar(&node, "d").0, "2026-09-08");
    }

    #[test]
    fn an_alias_has_the_value_of_its_anchor() {
        let node = parse("a: &x 5\nb: *x\n", 0, "x").expect("valid");
        assert_eq!(scalar(&node, "b").0, "5");
    }

    #[test]
    fn places_are_absolute() {
        let error = parse("a: 1\na: 2\n", 100, "x").expect_err("twice");
        assert_eq!(error.code, Code::DuplicateKey);
        assert_eq!(error.place.and_then(|p| p.span), Some(Span::new(105, 106)));
    }

    #[test]
    fn a_bomb_and_deep_nesting_are_refused_early() {
        let mut bomb = String::from("a0: &a0 [x]\n");
        for i in 1..40 {
            let uses = vec![format!("*a{}", i - 1); 10].join(",");
            bomb.push_str(&format!("a{i}: &a{i} [{uses}]\n"));
        }
        for text in [bomb, format!("a: {}", "[".repeat(20_000))] {
            assert_eq!(parse(&text, 0, "x").expect_err("too much").code, Code::YamlLimit);
        }
    }

    #[test]
    fn a_tab_is_named() {
        let error = parse("a:\n\tb: 1\n", 0, "x").expect_err("tab");
        assert_eq!((error.code, error.help.len()), (Code::YamlSyntax, 1));
    }
}
