//! Values as YAML.

use serde_json::Value as Json;

use super::super::{Value, parse};

/// Whether brackets are around it, in which commas divide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Block,
    Flow,
}

/// Where a value is written.
pub(super) struct ValueLayout {
    pub(super) style: Style,
    /// The column of its key, in characters.
    pub(super) indent: usize,
    pub(super) newline: &'static str,
}

/// Up to this many characters, a list of texts is written on its key's line.
const LINE: usize = 100;

/// A value behind the colon of its key, with the space or line end before it.
pub(super) fn after_colon(value: &Json, place: &ValueLayout) -> String {
    match value {
        Json::Object(map) if place.style == Style::Block && !map.is_empty() => {
            let indent = place.indent + 2;
            let inner = ValueLayout { style: Style::Block, indent, newline: place.newline };
            let line = |(key, value): (&String, &Json)| {
                format!(
                    "{}{}{}:{}",
                    place.newline,
                    " ".repeat(indent),
                    scalar(key, Style::Block),
                    after_colon(value, &inner)
                )
            };
            map.iter().map(line).collect()
        }
        Json::Array(items) if place.style == Style::Block && !items.is_empty() => {
            let flow = in_brackets(value);
            if items.iter().all(|item| !item.is_object() && !item.is_array()) && flow.chars().count() <= LINE
            {
                return format!(" {flow}");
            }
            let line = |item: &Json| {
                format!("{}{}- {}", place.newline, " ".repeat(place.indent + 2), in_brackets(item))
            };
            items.iter().map(line).collect()
        }
        Json::String(text) if place.style == Style::Block && text.contains('\n') => {
            let block = literal(text, "|", place).unwrap_or_else(|| quoted(text));
            format!(" {block}")
        }
        _ => format!(" {}", in_brackets(value)),
    }
}

/// A value on one line, whatever it has in it.
fn in_brackets(value: &Json) -> String {
    match value {
        Json::Array(items) => {
            format!("[{}]", items.iter().map(in_brackets).collect::<Vec<_>>().join(", "))
        }
        Json::Object(map) => {
            let entry = |(key, value): (&String, &Json)| {
                format!("{}: {}", scalar(key, Style::Flow), in_brackets(value))
            };
            format!("{{{}}}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => scalar_of(other, Style::Flow),
    }
}

/// What is no list and no map.
pub(super) fn scalar_of(value: &Json, style: Style) -> String {
    match value {
        Json::String(text) => scalar(text, style),
        other => other.to_string(),
    }
}

/// A text without quotes where it means itself so, and otherwise in quotes.
pub(super) fn scalar(text: &str, style: Style) -> String {
    if is_plain(text, style) { text.to_string() } else { quoted(text) }
}

/// A new value in the manner of the old one.
pub(super) fn like(old: &str, new: &Json, place: &ValueLayout) -> String {
    let Json::String(text) = new else { return scalar_of(new, place.style) };
    match old.chars().next() {
        Some('"') => quoted(text),
        Some('\'') if !text.chars().any(must_be_escaped) => format!("'{}'", text.replace('\'', "''")),
        Some(sign @ ('|' | '>')) if place.style == Style::Block => {
            let header = old.lines().next().unwrap_or_default().trim_end();
            // What is folded would have to be wrapped again.
            let header = if sign == '>' && text.contains('\n') { "|" } else { &header[..1] };
            literal(text, header, place).unwrap_or_else(|| quoted(text))
        }
        _ if place.style == Style::Block && text.contains('\n') => {
            literal(text, "|", place).unwrap_or_else(|| quoted(text))
        }
        _ => scalar(text, place.style),
    }
}

/// A text of several lines below its key; `None` for one that can't be told there from what is around it.
fn literal(text: &str, sign: &str, place: &ValueLayout) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let chomp = match text.len() - body.len() {
        0 => "-",
        1 => "",
        _ => return None,
    };
    let starts_with_space = body.starts_with([' ', '\n']) || body.is_empty();
    if starts_with_space || body.chars().any(|c| c != '\n' && must_be_escaped(c)) {
        return None;
    }
    let indent = " ".repeat(place.indent + 2);
    let lines = body.split('\n').map(|line| {
        let line = if line.is_empty() { String::new() } else { format!("{indent}{line}") };
        format!("{}{line}", place.newline)
    });
    Some(format!("{sign}{chomp}{}", lines.collect::<String>()))
}

fn is_plain(text: &str, style: Style) -> bool {
    if text.is_empty() || text.chars().any(must_be_escaped) {
        return false;
    }
    let entry = |probe: String| match parse(&probe, 0, "").ok()?.value {
        Value::Map(mut entries) if entries.len() == 1 => entries.pop(),
        _ => None,
    };
    let is_itself =
        |value: &Value| matches!(value, Value::Scalar { text: read, is_text: true } if read == text);
    let reads_back = |as_value: String, as_key: String| {
        entry(as_value).is_some_and(|(_, value)| is_itself(&value.value))
            && entry(as_key).is_some_and(|(key, _)| key.value == text)
    };
    // What is between brackets may also be written where none are.
    reads_back(format!("k: {text}\n"), format!("{text}: v\n"))
        && (style == Style::Block || reads_back(format!("{{k: {text}}}\n"), format!("{{{text}: v}}\n")))
}

/// A text as a scalar in double quotes, with what YAML escapes there.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if must_be_escaped(c) => {
                let code = u32::from(c);
                out.push_str(&if code > 0xffff {
                    format!("\\U{code:08x}")
                } else {
                    format!("\\u{code:04x}")
                });
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Is it no printable character to YAML, or one that ends a line? (YAML 1.2.2, 5.1 and 5.4, and the line ends of YAML 1.1.)
fn must_be_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
