//! YAML as a tree in which every key and value knows its place, and typed readers that report all mistakes at once.
//!
//! The configuration, front matter, forms and themes are all read through this: [`parse`] makes the tree (or the one
//! diagnostic that says why not), then a [`Fields`] takes known keys out of a map, and what is left is an unknown key.
//! Scalars stay text until a reader asks for a type, so `1.10` can be a title and `no` a language.

pub mod dates;
pub mod edit;
mod errors;
mod faults;
mod reader;
mod renamed;
#[cfg(test)]
pub(crate) mod seen;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use serde_yaml::{DuplicateKeyPolicy, Location};

use crate::diag::{Diagnostic, Span};

pub use reader::{Fields, Reader, listed};
pub use renamed::is_same_key;

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Spanned<T> {
    /// The value, as its type has it.
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
    /// What the node is, with what it holds.
    pub value: Value,
    /// Its place: of a list or map, the first character only.
    pub span: Span,
}

/// The kinds of nodes.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar as text; `quoted` says that it can only be text.
    Scalar {
        /// The text without quotes and with its escapes resolved.
        text: String,
        /// Was it text to YAML's own rules (not a number or truth value)?
        is_text: bool,
    },
    /// A list, in the order of the file.
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

    /// The same as JSON: truth values and numbers are what YAML's own rules make of them, all other scalars text.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::List(items) => Json::Array(items.iter().map(Self::to_json).collect()),
            Value::Map(entries) => Json::Object(
                entries.iter().map(|(key, value)| (key.value.clone(), value.to_json())).collect(),
            ),
            Value::Scalar { text, is_text: true } => Json::String(text.clone()),
            Value::Scalar { text, .. } => match text.as_str() {
                "true" => Json::Bool(true),
                "false" => Json::Bool(false),
                other => serde_json::from_str(other).unwrap_or_else(|_| Json::String(text.clone())),
            },
        }
    }

    fn kind_name(&self) -> &'static str {
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
        Ok(raw) => Ok(raw.into_node(text, offset)),
        Err(error) => Err(Box::new(errors::explain(&error, text, offset, file))),
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
    fn into_node(self, text: &str, offset: usize) -> Node {
        let used = bytes_of(self.used, text);
        let value = match self.value {
            RawValue::Null => Value::Null,
            RawValue::Text(text) => Value::Scalar { text, is_text: true },
            RawValue::Plain => {
                let raw = text[bytes_of(self.defined, text).range()].to_string();
                Value::Scalar { text: raw, is_text: false }
            }
            RawValue::List(items) => {
                Value::List(items.into_iter().map(|item| item.into_node(text, offset)).collect())
            }
            RawValue::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let key = key.into_node(text, offset);
                        let name = match key.value {
                            Value::Scalar { text, .. } => text,
                            _ => String::new(),
                        };
                        (Spanned { value: name, span: key.span }, value.into_node(text, offset))
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
    // The parser counts trailing placeholders and line ends as part of a plain or block scalar.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

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
