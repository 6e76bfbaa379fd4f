//! The front matter of a page that comes from elsewhere, as YAML that means exactly what it should.

use jiff::civil::Date;
use serde_json::Value as Json;

use crate::authoring::scaffold::{quoted, scalar};

/// Front matter, key by key.
#[derive(Debug, Default)]
pub struct Front {
    text: String,
}

impl Front {
    /// Front matter with a title.
    #[must_use]
    pub fn new(title: &str) -> Self {
        let mut front = Self::default();
        front.text("title", &one_line(title));
        front
    }

    /// A text, unless it is empty.
    pub fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{key}: {}", scalar(value)));
        }
    }

    /// Writes a day under a key; nothing where there is none.
    pub fn date(&mut self, key: &str, date: Option<Date>) {
        if let Some(date) = date {
            self.line(&format!("{key}: {date}"));
        }
    }

    /// A switch that is on.
    pub fn on(&mut self, key: &str) {
        self.line(&format!("{key}: true"));
    }

    /// A list, unless it is empty.
    pub fn list<T: AsRef<str>>(&mut self, key: &str, values: &[T]) {
        if !values.is_empty() {
            self.line(&format!(
                "{key}: [{}]",
                values.iter().map(|value| item(value.as_ref())).collect::<Vec<_>>().join(", ")
            ));
        }
    }

    /// Texts by their names, on one line, unless there is none; those that are empty are left out.
    pub fn map(&mut self, key: &str, values: &[(&str, &str)]) {
        let values = values.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = values.map(|(name, value)| format!("{name}: {}", quoted(value))).collect();
        if !pairs.is_empty() {
            self.line(&format!("{key}: {{{}}}", pairs.join(", ")));
        }
    }

    /// A value of any kind, as JSON, which YAML reads.
    pub fn value(&mut self, key: &str, value: &Json) {
        self.line(&format!("{}: {}", item(key), flow(value)));
    }

    /// Free values below `extra`, unless there is none.
    pub fn extra(&mut self, values: &[(String, Json)]) {
        if values.is_empty() {
            return;
        }
        self.line("extra:");
        for (name, value) in values {
            self.line(&format!("  {}: {}", item(name), flow(value)));
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The whole file: this, and a text.
    #[must_use]
    pub fn file(&self, text: &str) -> String {
        let between = if text.is_empty() { "" } else { "\n" };
        format!("---\n{}---\n{between}{text}", self.text)
    }

    /// The number of the text's first line in the file.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.text.matches('\n').count() + 4
    }
}

/// A value within a list, where a comma and a colon mean something.
fn item(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    // What YAML takes for something else has no sign in it.
    if is_plain && (text.contains(['-', '_']) || scalar(text) == text) {
        text.to_string()
    } else {
        quoted(text)
    }
}

/// JSON as YAML on one line. Its texts are ours to quote: JSON's escapes aren't all YAML's.
fn flow(value: &Json) -> String {
    match value {
        Json::String(text) => quoted(text),
        Json::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) => {
            let pairs = entries.iter().map(|(key, value)| format!("{}: {}", item(key), flow(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// A text on one line, without what no reader sees.
#[must_use]
pub fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{self, Value};

    #[test]
    fn every_value_means_itself() {
        let mut front = Front::new("Why: \"so\"\n# no");
        front.list("tags", &["a, b", "no", "x"]);
        front.map("image", &[("src", "/a: b.png"), ("alt", "")]);
        front.extra(&[("k y".into(), serde_json::json!({"a": ["\u{1}é", 1, null]}))]);
        let file = front.file("Text.\n");
        assert_eq!(file.lines().nth(front.lines() - 1), Some("Text."));
        let inner = file.trim_start_matches("---\n").split("---\n").next().unwrap();
        let Value::Map(entries) = yaml::parse(inner, 0, "x").unwrap().value else { panic!() };
        let Value::Scalar { text, .. } = &entries[0].1.value else { panic!() };
        assert_eq!((text.as_str(), entries.len()), ("Why: \"so\" # no", 4));
        let Value::List(tags) = &entries[1].1.value else { panic!() };
        assert!(
            tags.iter().all(|tag| matches!(&tag.value, Value::Scalar { is_text: true, .. }))
                && tags.len() == 3
        );
    }
}
