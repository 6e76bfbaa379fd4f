//! Changes of YAML that touch only what is meant: comments, order, quotes and line ends of all the rest stay.
//!
//! A change is one [`Splice`]. Before it is given, the text is read again with it: it must say what was meant there, and the
//! same as before everywhere else. Where that can't be had, the change is refused, and somebody has to edit the text.

mod list;
#[cfg(test)]
mod tests;
mod write;

use std::ops::Range;

use serde_json::Value as Json;

use self::write::{Style, ValueLayout};
use super::{Node, Spanned, Value, parse};

/// One step from a map or a list to what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item, counted from 0.
    Item(usize),
}

/// Bytes of a text, and what takes their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes that are replaced; empty to insert something.
    pub range: Range<usize>,
    /// The text that takes their place.
    pub new: String,
}

impl Splice {
    /// The text with this change.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        [&text[..self.range.start], &self.new, &text[self.range.end..]].concat()
    }
}

/// Why a change isn't made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditError {
    /// The text isn't YAML as it is.
    NotYaml,
    /// Nothing leads there: a step into text, or past the end of a list.
    NoSuchPlace,
    /// The place is written in a way in which this can't be changed without changing something else.
    CantBeChanged,
}

/// Sets a value; a key that isn't there is added at the end of its map, and so are the maps that lead to it.
///
/// # Errors
///
/// A [`EditError`].
pub fn set(text: &str, path: &[Step], value: &Json) -> Result<Splice, EditError> {
    let root = parse(text, 0, "").map_err(|_| EditError::NotYaml)?;
    let old = root.to_json();
    let expected = with(&old, path, value).ok_or(EditError::NoSuchPlace)?;
    if expected == old {
        return Ok(Splice { range: text.len()..text.len(), new: String::new() });
    }
    // What is on several lines can't have a comment behind it: then all of it is on one.
    let write = |style| {
        checked(text, Editor { text, newline: newline_of(text), style }.set(&root, path, value)?, &expected)
    };
    write(Style::Block).or_else(|_| write(Style::Flow))
}

/// Takes a key out of its map, with its value and the comment behind it; a map that would be empty goes as well.
///
/// # Errors
///
/// A [`EditError`]; also if the key isn't there.
pub fn remove(text: &str, path: &[Step]) -> Result<Splice, EditError> {
    let root = parse(text, 0, "").map_err(|_| EditError::NotYaml)?;
    let (Step::Key(key), parents) = path.split_last().ok_or(EditError::NoSuchPlace)? else {
        return Err(EditError::CantBeChanged);
    };
    let map = descend(&root, parents).ok_or(EditError::NoSuchPlace)?;
    let Value::Map(entries) = &map.value else { return Err(EditError::NoSuchPlace) };
    let index = entries.iter().position(|(name, _)| name.value == *key).ok_or(EditError::NoSuchPlace)?;
    if entries.len() == 1 && matches!(parents.last(), Some(Step::Key(_))) {
        return remove(text, parents);
    }
    let mut expected = root.to_json();
    without(&mut expected, path).ok_or(EditError::NoSuchPlace)?;
    let splice =
        Editor { text, newline: newline_of(text), style: Style::Block }.remove(map, entries, index)?;
    checked(text, splice, &expected)
}

/// As the text itself ends its lines; the first line counts.
#[must_use]
pub fn newline_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The splice, if the text says with it what was expected.
fn checked(text: &str, splice: Splice, expected: &Json) -> Result<Splice, EditError> {
    let found = parse(&splice.apply(text), 0, "").map(|node| node.to_json());
    let is_empty = |json: &Json| json.is_null() || json.as_object().is_some_and(serde_json::Map::is_empty);
    match found {
        Ok(found) if found == *expected || is_empty(&found) && is_empty(expected) => Ok(splice),
        _ => Err(EditError::CantBeChanged),
    }
}

/// What the whole would be with this value at that place.
fn with(old: &Json, path: &[Step], value: &Json) -> Option<Json> {
    let Some((first, rest)) = path.split_first() else { return Some(value.clone()) };
    match (first, old) {
        (Step::Key(key), Json::Object(map)) => {
            let mut map = map.clone();
            let inner = with(map.get(key).unwrap_or(&Json::Null), rest, value)?;
            map.insert(key.clone(), inner);
            Some(Json::Object(map))
        }
        (Step::Key(key), Json::Null) => {
            let inner = with(&Json::Null, rest, value)?;
            Some(Json::Object([(key.clone(), inner)].into_iter().collect()))
        }
        (Step::Item(index), Json::Array(items)) => {
            let mut items = items.clone();
            let item = items.get_mut(*index)?;
            *item = with(item, rest, value)?;
            Some(Json::Array(items))
        }
        _ => None,
    }
}

fn without(json: &mut Json, path: &[Step]) -> Option<()> {
    let (last, parents) = path.split_last()?;
    let mut at = json;
    for step in parents {
        at = match step {
            Step::Key(key) => at.get_mut(key)?,
            Step::Item(index) => at.get_mut(*index)?,
        };
    }
    let Step::Key(key) = last else { return None };
    at.as_object_mut()?.remove(key).map(|_| ())
}

fn descend<'n>(root: &'n Node, path: &[Step]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, step| match (&node.value, step) {
        (Value::Map(entries), Step::Key(key)) => {
            entries.iter().find(|(name, _)| name.value == *key).map(|(_, value)| value)
        }
        (Value::List(items), Step::Item(index)) => items.get(*index),
        _ => None,
    })
}

struct Editor<'t> {
    text: &'t str,
    newline: &'static str,
    /// How new values are written where both are possible.
    style: Style,
}

impl Editor<'_> {
    fn set(&self, node: &Node, path: &[Step], value: &Json) -> Result<Splice, EditError> {
        let Some((first, rest)) = path.split_first() else {
            return self.replace_item(node, value);
        };
        match (&node.value, first) {
            (Value::Map(entries), Step::Key(key)) => {
                match entries.iter().find(|(name, _)| name.value == *key) {
                    Some((name, inner)) if rest.is_empty() || inner.value == Value::Null => {
                        self.replace(name, inner, &wrapped(rest, value)?)
                    }
                    Some((_, inner)) => self.set(inner, rest, value),
                    None => self.insert(node, entries, key, &wrapped(rest, value)?),
                }
            }
            (Value::List(items), Step::Item(index)) => {
                self.set(items.get(*index).ok_or(EditError::NoSuchPlace)?, rest, value)
            }
            (Value::Null, Step::Key(key)) => Ok(self.begin(key, &wrapped(rest, value)?)),
            _ => Err(EditError::NoSuchPlace),
        }
    }

    /// The first key of a text that has none.
    fn begin(&self, key: &str, value: &Json) -> Splice {
        let end = self.text.len();
        let gap = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { self.newline };
        let entry = self.entry(key, value, 0);
        Splice { range: end..end, new: format!("{gap}{entry}{}", self.newline) }
    }

    fn entry(&self, key: &str, value: &Json, indent: usize) -> String {
        let place = ValueLayout { style: self.style, indent, newline: self.newline };
        format!("{}:{}", write::scalar(key, Style::Block), write::after_colon(value, &place))
    }

    /// Puts a value in the place of that of a key.
    fn replace(&self, name: &Spanned<String>, old: &Node, new: &Json) -> Result<Splice, EditError> {
        let colon = self.colon(name)?;
        let indent = self.column(name.span.range().start);
        let place = ValueLayout { style: self.style_around(name), indent, newline: self.newline };
        if let (Value::List(items), Json::Array(wanted)) = (&old.value, new)
            && !self.is_alias(old)
            && let Some(splice) = self.change_list(old, items, wanted)
        {
            return Ok(splice);
        }
        let end = self.end(old).max(colon);
        let start = self.text[colon..end].find(|c: char| !c.is_whitespace()).map_or(colon, |gap| colon + gap);
        let is_scalar = matches!(old.value, Value::Scalar { .. }) && !new.is_array() && !new.is_object();
        if !is_scalar {
            return Ok(Splice { range: colon..end, new: write::after_colon(new, &place) });
        }
        let written = &self.text[start..end];
        Ok(Splice { range: start..end, new: write::like(written, new, &place) })
    }

    /// Puts a value in the place of an item, or of all there is.
    fn replace_item(&self, old: &Node, new: &Json) -> Result<Splice, EditError> {
        if new.is_array() || new.is_object() || !matches!(old.value, Value::Scalar { .. }) {
            return Err(EditError::CantBeChanged);
        }
        let range = old.span.range();
        let place = ValueLayout { style: Style::Flow, indent: 0, newline: self.newline };
        Ok(Splice { new: write::like(&self.text[range.clone()], new, &place), range })
    }

    /// Adds a key to a map that has others.
    fn insert(
        &self,
        map: &Node,
        entries: &[(Spanned<String>, Node)],
        key: &str,
        value: &Json,
    ) -> Result<Splice, EditError> {
        if self.is_alias(map) {
            return Err(EditError::CantBeChanged);
        }
        let last = entries.last();
        if self.is_flow(map) {
            let place = ValueLayout { style: Style::Flow, indent: 0, newline: self.newline };
            let entry = format!("{}:{}", write::scalar(key, Style::Flow), write::after_colon(value, &place));
            let (at, new) = match last {
                Some((name, node)) => (self.end_of_entry(name, node)?, format!(", {entry}")),
                None => (map.span.range().start + 1, entry),
            };
            return Ok(Splice { range: at..at, new });
        }
        let (name, node) = last.ok_or(EditError::CantBeChanged)?;
        let indent = self.column(entries[0].0.span.range().start);
        let at = self.end_of_line(self.end_of_entry(name, node)?);
        let new = format!("{}{}{}", self.newline, " ".repeat(indent), self.entry(key, value, indent));
        Ok(Splice { range: at..at, new })
    }

    fn remove(
        &self,
        map: &Node,
        entries: &[(Spanned<String>, Node)],
        index: usize,
    ) -> Result<Splice, EditError> {
        let (name, node) = &entries[index];
        let start = name.span.range().start;
        let end = self.end_of_entry(name, node)?;
        let next = entries.get(index + 1).map(|(name, _)| name.span.range().start);
        let cut = |range: Range<usize>| Ok(Splice { range, new: String::new() });
        if self.is_flow(map) {
            return match (next, index.checked_sub(1).map(|before| &entries[before])) {
                (Some(next), _) => cut(start..next),
                (None, Some((name, node))) => cut(self.end_of_entry(name, node)?..end),
                (None, None) => cut(start..end),
            };
        }
        let line = self.start_of_line(start);
        if self.text[line..start].chars().all(|c| c == ' ') {
            let end = self.end_of_line(end);
            return cut(line..(end + self.newline_at(end)));
        }
        // The first key of an item stands behind its hyphen: the next takes its place.
        next.map_or(Err(EditError::CantBeChanged), |next| cut(start..next))
    }

    /// Where the value of an entry ends: where nothing is written, behind the colon.
    fn end_of_entry(&self, name: &Spanned<String>, node: &Node) -> Result<usize, EditError> {
        Ok(if node.value == Value::Null && node.span.range().is_empty() {
            self.colon(name)?
        } else {
            self.end(node)
        })
    }

    /// The byte after the last one of a value.
    fn end(&self, node: &Node) -> usize {
        let span = node.span.range();
        match &node.value {
            Value::Null | Value::Scalar { .. } => span.end,
            _ if self.is_alias(node) => span.end,
            _ if self.is_flow(node) => self.end_of_flow(span.start),
            Value::List(items) => items.last().map_or(span.end, |item| self.end(item)),
            Value::Map(entries) => entries
                .last()
                .map_or(span.end, |(name, value)| self.end_of_entry(name, value).unwrap_or(span.end)),
        }
    }

    /// Behind the bracket that closes the one at `start`.
    fn end_of_flow(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut depth, mut at) = (0_usize, start);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at + 1;
                    }
                }
                b'#' if at > 0 && bytes[at - 1].is_ascii_whitespace() => at = self.end_of_line(at),
                b'"' | b'\'' if !bytes[at - 1].is_ascii_alphanumeric() => at = end_of_quotes(bytes, at),
                _ => {}
            }
            at += 1;
        }
        at.min(bytes.len())
    }

    /// Behind the colon of a key.
    fn colon(&self, name: &Spanned<String>) -> Result<usize, EditError> {
        let end = name.span.range().end;
        let gap = self.text[end..].find(|c: char| !c.is_whitespace()).ok_or(EditError::CantBeChanged)?;
        // Elsewhere, the key is written behind a question mark.
        if self.text[end + gap..].starts_with(':') {
            Ok(end + gap + 1)
        } else {
            Err(EditError::CantBeChanged)
        }
    }

    fn is_flow(&self, node: &Node) -> bool {
        self.text[node.span.range().start..].starts_with(['[', '{'])
    }

    fn is_alias(&self, node: &Node) -> bool {
        self.text[node.span.range().start..].starts_with('*')
    }

    /// How the value of a key has to be written: a key that doesn't begin its line, but for hyphens, is in brackets.
    fn style_around(&self, name: &Spanned<String>) -> Style {
        let start = name.span.range().start;
        let before = &self.text[self.start_of_line(start)..start];
        if before.contains(['{', '[', ',']) { Style::Flow } else { self.style }
    }

    fn column(&self, at: usize) -> usize {
        at - self.start_of_line(at)
    }

    fn start_of_line(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The byte at which the line of `at` ends, before its line end.
    fn end_of_line(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline);
        if end > at && self.text[..end].ends_with('\r') { end - 1 } else { end }
    }

    /// How many bytes the line end at `at` has.
    fn newline_at(&self, at: usize) -> usize {
        match self.text.as_bytes()[at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        }
    }
}

/// The last byte of a quoted text that begins at `start`.
fn end_of_quotes(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            _ if byte == quote => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The value in maps of one key each, the outermost first.
fn wrapped(path: &[Step], value: &Json) -> Result<Json, EditError> {
    path.iter().rev().try_fold(value.clone(), |inner, step| match step {
        Step::Key(key) => Ok(Json::Object([(key.clone(), inner)].into_iter().collect())),
        Step::Item(_) => Err(EditError::NoSuchPlace),
    })
}
