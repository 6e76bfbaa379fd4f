//! Front matter and settings of other generators, in YAML, TOML or JSON, as one kind of value.

use serde_json::{Map, Value as Json};

use crate::authoring::importers::ImportError;
use crate::yaml::{self, Node, Value};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::authoring::importers) enum Notation {
    /// YAML, between lines of three hyphens.
    Yaml,
    /// TOML, between lines of three plus signs.
    Toml,
    /// JSON, in braces.
    Json,
}

impl Notation {
    /// By the ending of a file's name.
    pub(in crate::authoring::importers) fn of_file(path: &str) -> Option<Self> {
        Some(match path.rsplit('.').next()? {
            "yaml" | "yml" => Self::Yaml,
            "toml" => Self::Toml,
            "json" => Self::Json,
            _ => return None,
        })
    }
}

/// Reads a map.
///
/// # Errors
///
/// It isn't written as its notation has it, or is no map.
pub(in crate::authoring::importers) fn read(
    text: &str,
    notation: Notation,
) -> Result<Map<String, Json>, ImportError> {
    let bad = |why: String| {
        ImportError::new(format!("it can't be read: {why}"), "fix it in the old site, and import again")
    };
    let value = match notation {
        Notation::Yaml => {
            yaml::parse(text, 0, "").map(|node| free(&node)).map_err(|problem| bad(problem.message))?
        }
        Notation::Toml => {
            let table: toml::Table =
                text.parse().map_err(|error: toml::de::Error| bad(error.message().to_string()))?;
            of_toml(toml::Value::Table(table))
        }
        Notation::Json => serde_json::from_str(text).map_err(|error| bad(error.to_string()))?,
    };
    match value {
        Json::Object(map) => Ok(map),
        Json::Null => Ok(Map::new()),
        _ => Err(bad("it isn't a list of names and values".into())),
    }
}

/// A text's front matter, and the text behind it.
///
/// # Errors
///
/// As for [`read`].
pub(in crate::authoring::importers) fn split(text: &str) -> Result<(Map<String, Json>, &str), ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    for (fence, notation) in [("---", Notation::Yaml), ("+++", Notation::Toml)] {
        let Some(rest) = text
            .strip_prefix(fence)
            .filter(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
        else {
            continue;
        };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence && at > 0 {
                return Ok((read(&rest[..at], notation)?, &rest[at + line.len()..]));
            }
            at += line.len();
        }
        return Ok((Map::new(), text));
    }
    if text.starts_with("{\n") || text.starts_with("{\r\n") {
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Json>();
        if let Some(Ok(Json::Object(map))) = stream.next() {
            return Ok((map, &text[stream.byte_offset()..]));
        }
    }
    Ok((Map::new(), text))
}

/// YAML's values as JSON's: what is no text in YAML's own rules is a number, a truth or nothing.
fn free(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::List(items) => Json::Array(items.iter().map(free).collect()),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.value.clone(), free(value))).collect())
        }
        Value::Scalar { text, is_text: true } => Json::String(text.clone()),
        Value::Scalar { text, .. } => match text.as_str() {
            "true" | "True" | "yes" => Json::Bool(true),
            "false" | "False" | "no" => Json::Bool(false),
            other => serde_json::from_str(other)
                .ok()
                .filter(Json::is_number)
                .unwrap_or_else(|| Json::String(text.clone())),
        },
    }
}

/// TOML's values; a time is its text.
fn of_toml(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(time) => Json::String(time.to_string()),
        toml::Value::Array(items) => Json::Array(items.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => {
            Json::Object(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
        }
    }
}

/// A text, a number or a truth as a text; nothing for others.
pub(in crate::authoring::importers) fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.trim().to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

/// Texts: of a list, or of one with commas between them.
pub(in crate::authoring::importers) fn texts(value: &Json, divider: Option<char>) -> Vec<String> {
    match (value, divider) {
        (Json::Array(items), _) => items.iter().filter_map(text).collect(),
        (Json::String(all), Some(divider)) => {
            all.split(divider).map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect()
        }
        (other, _) => text(other).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_says_the_same() {
        let all = [
            "---\ntitle: A\ntags: [x, y]\ndate: 2020-01-02T08:00:00Z\nn: 3\n---\nText\n",
            "+++\ntitle = \"A\"\ntags = [\"x\", \"y\"]\ndate = 2020-01-02T08:00:00Z\nn = 3\n+++\nText\n",
            "{\n\"title\": \"A\", \"tags\": [\"x\", \"y\"], \"date\": \"2020-01-02T08:00:00Z\", \"n\": 3}\nText\n",
        ];
        for file in all {
            let (map, rest) = split(file).unwrap();
            assert_eq!(
                (text(&map["title"]).as_deref(), texts(&map["tags"], None).len()),
                (Some("A"), 2),
                "{file}"
            );
            assert_eq!(
                (text(&map["date"]).unwrap().as_str(), &map["n"]),
                ("2020-01-02T08:00:00Z", &3.into())
            );
            assert_eq!(rest.trim(), "Text");
        }
        assert!(split("+++\na = \n+++\n").unwrap_err().message.contains("can't be read"));
        let (map, rest) = split("No front matter\n").unwrap();
        assert!(map.is_empty() && rest == "No front matter\n");
        assert_eq!(split("---\nnever closed").unwrap().1, "---\nnever closed");
    }
}
