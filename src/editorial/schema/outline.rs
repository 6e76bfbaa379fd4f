//! What can be written in a file, for those who show forms and complete keys: the schema with a type for each value, the site's
//! own names, and words in one language.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::words::KeyWords;
use super::{Document, parsed};
use crate::config::{LangId, Localized};
use crate::content::PageKind;
use crate::site::Content;

/// All that can be written in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Outline {
    /// The map that the file is, among `maps`.
    pub root: String,
    /// The keys of each map that the root leads to, by its name.
    pub maps: BTreeMap<String, Vec<Key>>,
}

/// A key that a file can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Key {
    /// The key as it is written.
    pub name: String,
    /// What those who write call it, in their language.
    pub label: String,
    /// What it is, in a sentence; what is in backticks is written like that.
    pub help: String,
    /// What its value can be.
    pub shape: Shape,
    /// Is the file wrong without it?
    pub is_required: bool,
}

/// The shape of a value, which decides how it is typed or chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Shape {
    /// Any value, as it is written.
    Any,
    /// One text, the same in all languages.
    Text,
    /// One text, or one for each language.
    Localized {
        /// The codes of the site's languages.
        languages: Vec<String>,
    },
    /// `true` or `false`.
    Truth {
        /// The value that is meant where the key isn't there.
        usual: bool,
    },
    /// A number, whole or not.
    Number,
    /// A day, as `2026-11-30`.
    Date,
    /// A day and a time.
    Time,
    /// One of a list of values.
    Choice {
        /// The values, with what each is called.
        values: Vec<Named>,
    },
    /// A text alone, or a list of texts.
    Texts {
        /// What there is; may be empty.
        values: Vec<Named>,
    },
    /// A map with these keys.
    Map {
        /// The name of the map, under which its keys are listed.
        map: String,
    },
    /// A list of values of one shape.
    List {
        /// What each of its items can be.
        items: Box<Shape>,
    },
    /// A map whose keys are the author's own names.
    Entries {
        /// What each of its values can be.
        values: Box<Shape>,
    },
}

/// A value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Named {
    /// The value as it is written in the file.
    pub value: String,
    /// What it is called; the same where it has no other name.
    pub label: String,
}

/// What can be written in a document of a site, in the words of `language` and with names as they are in `lang`.
#[must_use]
pub fn outline(document: Document, (content, lang): (&Content, LangId), language: &str) -> Outline {
    let definitions = parsed(document)["definitions"].as_object();
    let empty = Map::new();
    let reading =
        Reading { definitions: definitions.unwrap_or(&empty), content, lang, words: KeyWords::new(language) };
    let root = document.name().to_string();
    let (mut maps, mut wanted) = (BTreeMap::new(), vec![root.clone()]);
    while let Some(map) = wanted.pop() {
        if maps.contains_key(&map) {
            continue;
        }
        let keys = reading.keys(&map);
        keys.iter().for_each(|key| key.shape.maps(&mut wanted));
        maps.insert(map, keys);
    }
    Outline { root, maps }
}

impl Outline {
    /// The keys of the map that the file is.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        self.maps.get(&self.root).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Shape {
    /// The maps that a value leads to.
    fn maps(&self, found: &mut Vec<String>) {
        match self {
            Self::Map { map } => found.push(map.clone()),
            Self::List { items } => items.maps(found),
            Self::Entries { values } => values.maps(found),
            _ => {}
        }
    }
}

/// What the shapes of keys are read from: the schema, and the site's own names.
struct Reading<'a> {
    definitions: &'a Map<String, Json>,
    content: &'a Content,
    lang: LangId,
    words: KeyWords,
}

impl Reading<'_> {
    fn keys(&self, map: &str) -> Vec<Key> {
        let shape = &self.definitions.get(map).unwrap_or(&Json::Null);
        let is_page = PageKind::ALL.iter().any(|kind| kind.name() == map);
        let called = if is_page { "front-matter" } else { map };
        let required = shape["required"].as_array().into_iter().flatten().collect::<Vec<_>>();
        // The site's own taxonomies take the place of those that a site has at first.
        let is_own =
            |name: &str| is_page && map != PageKind::Term.name() && matches!(name, "category" | "tags");
        let keys = shape["properties"].as_object().into_iter().flatten().filter(|(name, _)| !is_own(name));
        let key = |(name, key): (&String, &Json)| {
            let help = key["description"].as_str().unwrap_or_default();
            Key {
                name: name.clone(),
                label: self.words.label(called, name),
                help: self.words.help(help).to_string(),
                shape: self.shape(key, (called, name), help),
                is_required: required.iter().any(|one| *one == name),
            }
        };
        let mut keys: Vec<Key> = keys.map(key).collect();
        if is_page && map != PageKind::Term.name() {
            keys.extend(self.taxonomies());
        }
        keys.sort_by_key(|key| self.words.rank(called, &key.name));
        // Taxonomies come after the authors.
        let at = keys.iter().position(|key| key.name == "authors").map_or(0, |at| at + 1);
        let (own, mut keys): (Vec<Key>, Vec<Key>) =
            keys.into_iter().partition(|key| is_page && self.is_taxonomy(&key.name));
        keys.splice(at.min(keys.len())..at.min(keys.len()), own);
        keys
    }

    fn is_taxonomy(&self, name: &str) -> bool {
        self.content.config.taxonomies.iter().any(|taxonomy| taxonomy.name == name)
    }

    fn shape(&self, key: &Json, (map, name): (&str, &str), help: &str) -> Shape {
        let (definition, shape) = resolved(key, self.definitions);
        if let Some(values) = definition.and_then(|definition| self.names(definition)) {
            return Shape::Choice { values };
        }
        match definition {
            Some("date") => return Shape::Date,
            Some("time") => return Shape::Time,
            Some("localized") => return self.localized(),
            Some(definition) if shape["properties"].is_object() => {
                return Shape::Map { map: definition.to_string() };
            }
            _ => {}
        }
        if let Some(values) = shape["enum"].as_array() {
            return Shape::Choice { values: self.chosen(values, (map, name)) };
        }
        if let Some(any) = shape["anyOf"].as_array() {
            return self.any_of(any, (map, name), help);
        }
        match shape["type"].as_str() {
            // The sentence says what the value is that isn't meant by itself.
            Some("boolean") => Shape::Truth { usual: help.starts_with("`false`") },
            Some("integer" | "number") => Shape::Number,
            Some("array") => Shape::List { items: Box::new(self.shape(&shape["items"], (map, name), "")) },
            Some("object") => {
                let values = self.shape(&shape["additionalProperties"], (map, name), "");
                Shape::Entries { values: Box::new(values) }
            }
            Some(_) => Shape::Text,
            None if shape["type"].is_array() => Shape::Text,
            None => Shape::Any,
        }
    }

    /// One or the other: the one that says more.
    fn any_of(&self, any: &[Json], at: (&str, &str), help: &str) -> Shape {
        let all: Vec<Shape> = any.iter().map(|one| self.shape(one, at, help)).collect();
        let choices = all.iter().filter_map(|one| match one {
            Shape::Choice { values } => Some(values.clone()),
            _ => None,
        });
        let mut choices: Vec<Named> = choices.flatten().collect();
        choices.sort_by(|a, b| a.value.cmp(&b.value));
        choices.dedup();
        let is_text = |shape: &Shape| matches!(shape, Shape::Text | Shape::Choice { .. });
        let list = all.iter().find_map(|one| match one {
            Shape::List { items } => Some(&**items),
            _ => None,
        });
        match list {
            Some(items) if is_text(items) => return Shape::Texts { values: choices },
            Some(items) => return Shape::List { items: Box::new(items.clone()) },
            None => {}
        }
        if !choices.is_empty() && all.iter().all(|one| matches!(one, Shape::Choice { .. })) {
            return Shape::Choice { values: choices };
        }
        let richest = all.iter().find(|one| !is_text(one)).or(all.first());
        richest.cloned().unwrap_or(Shape::Any)
    }

    fn localized(&self) -> Shape {
        let languages = self.content.config.languages.iter();
        Shape::Localized { languages: languages.map(|language| language.code.clone()).collect() }
    }

    fn chosen(&self, values: &[Json], (map, name): (&str, &str)) -> Vec<Named> {
        let texts = values.iter().filter_map(Json::as_str);
        let named = |value: &str| {
            let label = self.words.value(map, name, value);
            let label = if label.is_empty() { value } else { label };
            Named { value: value.to_string(), label: label.to_string() }
        };
        texts.map(named).collect()
    }

    fn names(&self, definition: &str) -> Option<Vec<Named>> {
        let names = super::names(definition, (self.content, self.lang))?;
        let named = |(value, label): (String, String)| {
            let label = if label.is_empty() { value.clone() } else { label };
            Named { value, label }
        };
        Some(names.into_iter().map(named).collect())
    }

    /// The site's taxonomies as keys, with the terms that are declared or used in this language.
    fn taxonomies(&self) -> Vec<Key> {
        let config = &self.content.config;
        let all = config.taxonomies.each().map(|(index, taxonomy)| {
            let label = |text: &Localized| text.get(self.lang, config.default_language).to_string();
            let or = |text: String, other: &str| if text.is_empty() { other.to_string() } else { text };
            let declared = taxonomy.terms.iter();
            let mut terms: Vec<Named> = declared
                .map(|term| Named { value: term.name.clone(), label: or(label(&term.label), &term.name) })
                .collect();
            let used = self.content.documents.iter().filter(|entry| entry.place.lang == self.lang);
            let used = used.flat_map(|entry| entry.meta.terms.iter().filter(|(of, _)| *of == index));
            for term in used.flat_map(|(_, terms)| terms) {
                if !terms.iter().any(|known| known.value == term.value) {
                    terms.push(Named { value: term.value.clone(), label: term.value.clone() });
                }
            }
            Key {
                name: taxonomy.name.clone(),
                label: or(label(&taxonomy.label), &super::words::capitalized(&taxonomy.name)),
                help: self.words.help("Terms by which readers find it.").to_string(),
                shape: Shape::Texts { values: terms },
                is_required: false,
            }
        });
        all.collect()
    }
}

/// The name of what a schema refers to, if it does, and what that is.
pub(in crate::editorial) fn resolved<'a>(
    mut schema: &'a Json,
    definitions: &'a Map<String, Json>,
) -> (Option<&'a str>, &'a Json) {
    let mut found = None;
    loop {
        if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
            schema = only;
        }
        let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) else {
            return (found, schema);
        };
        found = found.or(Some(name));
        let Some(next) = definitions.get(name) else { return (found, schema) };
        schema = next;
    }
}
