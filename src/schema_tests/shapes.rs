//! What the readers were seen to read, as a schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::{BY_HAND, NAMED, SITES, definition, descriptions, merged, project, trees};
use crate::build;
use crate::diag::Diagnostics;
use crate::yaml::seen::{self, Kind, Seen};
use crate::yaml::{Node, Value};

/// What a value can be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) kinds: BTreeSet<Kind>,
    pub(super) items: Option<Box<Shape>>,
    pub(super) values: Option<Box<Shape>>,
}

impl Shape {
    fn add(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
        for (own, other) in [(&mut self.items, other.items), (&mut self.values, other.values)] {
            if let Some(other) = other {
                own.get_or_insert_default().add(*other);
            }
        }
    }

    /// As JSON Schema; `name` is the definition of texts in it.
    pub(super) fn schema(&self, name: &str, maps: &mut BTreeSet<String>) -> Json {
        let mut all: Vec<Json> = Vec::new();
        let mut items = self.items.as_ref();
        for kind in &self.kinds {
            all.push(match kind {
                Kind::Text => named(name),
                Kind::Truth => json!({"type": "boolean"}),
                Kind::Number((least, most)) => json!({"type": "integer", "minimum": least, "maximum": most}),
                Kind::Decimal => json!({"type": "number"}),
                Kind::Texts => {
                    items = None;
                    json!({"anyOf": [named(name), {"type": "array", "items": named(name)}]})
                }
                Kind::List => {
                    let items = items.take().map_or(json!({}), |items| items.schema(name, maps));
                    json!({"type": "array", "items": items})
                }
                Kind::Entries => {
                    let values = self.values.as_ref().map_or(json!({}), |values| values.schema("text", maps));
                    json!({"type": "object", "additionalProperties": values})
                }
                Kind::Map(what) => {
                    let what = merged(what);
                    maps.insert(what.to_string());
                    named(&definition(what))
                }
                Kind::Choice(names) => {
                    // YAML takes digits for a number.
                    let numbers = names.iter().filter_map(|name| name.parse::<i64>().ok()).map(Json::from);
                    let names = names.iter().map(|name| json!(name));
                    json!({"enum": names.chain(numbers).collect::<Vec<_>>()})
                }
                Kind::Phone | Kind::TimeZone => named("text"),
                Kind::Web => json!({"type": "string", "format": "uri"}),
                Kind::Date => named("date"),
                Kind::Time => named("time"),
                Kind::RoughDate => named("rough-date"),
                Kind::Localized => named("localized"),
            });
        }
        if let Some(items) = items {
            all.push(json!({"type": "array", "items": items.schema(name, maps)}));
        }
        all.dedup();
        match all.len() {
            0 => json!({}),
            1 => all.remove(0),
            _ => json!({"anyOf": all}),
        }
    }
}

pub(super) fn named(definition: &str) -> Json {
    json!({"$ref": format!("#/definitions/{definition}")})
}

/// What the readers know: the keys of each map, and what each value was read as.
#[derive(Default)]
pub(super) struct KnownShapes {
    pub(super) maps: BTreeMap<String, seen::Keys>,
    pub(super) values: BTreeMap<(String, String), Shape>,
}

pub(super) fn known() -> KnownShapes {
    let mut known = KnownShapes::default();
    for site in SITES {
        let project = project(site);
        let mut seen = Seen::default();
        rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread").install(|| {
            seen::start();
            let _ = build::load(&project, &mut Diagnostics::new());
            seen = seen::end();
        });
        for (path, node) in trees(&project) {
            visit(&node, path, &seen, &mut known);
        }
        for (what, keys) in seen.maps {
            let all = known.maps.entry(what).or_default();
            all.known.extend(keys.known);
            all.required = match (all.required.take(), keys.required) {
                (Some(before), Some(now)) => Some(before.intersection(&now).cloned().collect()),
                (before, now) => before.or(now),
            };
        }
    }
    known
}

fn visit(node: &Node, file: &str, seen: &Seen, known: &mut KnownShapes) -> Shape {
    let at = (file.to_string(), node.span.range().start);
    let mut kinds = seen.values.get(&at).cloned().unwrap_or_default();
    // A list begins where its first item does.
    kinds.retain(|kind| match node.value {
        Value::Map(_) => matches!(kind, Kind::Map(_) | Kind::Entries | Kind::Localized),
        Value::List(_) => matches!(kind, Kind::List | Kind::Texts),
        Value::Scalar { .. } | Value::Null => !matches!(kind, Kind::Map(_) | Kind::List | Kind::Entries),
    });
    // What is more than a text was read as one first.
    if kinds.len() > 1 {
        kinds.remove(&Kind::Text);
    }
    let mut shape = Shape { kinds, ..Shape::default() };
    match &node.value {
        Value::List(items) => {
            for item in items {
                let item = visit(item, file, seen, known);
                shape.items.get_or_insert_default().add(item);
            }
        }
        Value::Map(entries) => {
            let whats = shape.kinds.iter().filter_map(|kind| match kind {
                Kind::Map(what) => Some(merged(what).to_string()),
                _ => None,
            });
            let whats: Vec<String> = whats.collect();
            for (key, value) in entries {
                let value = visit(value, file, seen, known);
                if shape.kinds.contains(&Kind::Entries) {
                    shape.values.get_or_insert_default().add(value.clone());
                }
                for what in &whats {
                    known.values.entry((what.clone(), key.value.clone())).or_default().add(value.clone());
                }
            }
        }
        Value::Null | Value::Scalar { .. } => {}
    }
    shape
}

/// A map as a definition.
pub(super) fn of_map(what: &str, known: &KnownShapes, maps: &mut BTreeSet<String>) -> Json {
    let words = descriptions();
    let name = merged(what);
    let same =
        known.maps.iter().filter(|(other, _)| *other == what || name == "a webhook" && merged(other) == name);
    let mut properties = Map::new();
    let mut required: Option<BTreeSet<String>> = None;
    for keys in same.map(|(_, keys)| keys) {
        for key in keys.known.keys() {
            let by_hand = BY_HAND.iter().find(|(other, of, _)| *other == name && of == key);
            let text =
                NAMED.iter().find(|(other, of, _)| *other == name && of == key).map_or("text", |row| row.2);
            let shape = known.values.get(&(name.to_string(), key.clone()));
            let value: Json = match by_hand {
                Some((.., value)) => serde_json::from_str(value).expect("JSON"),
                None => shape.unwrap_or_else(|| panic!("no site sets `{key}` of {what}")).schema(text, maps),
            };
            let said = words.get(name).and_then(|keys| keys.get(key)).map_or("", String::as_str);
            properties.insert(key.clone(), json!({"description": said, "allOf": [value]}));
        }
        let own = keys.required.clone().unwrap_or_default();
        required = Some(match required {
            Some(before) => before.intersection(&own).cloned().collect(),
            None => own,
        });
    }
    let mut required = required.unwrap_or_default();
    if properties.contains_key("remove") {
        // What another form has is said there.
        required.retain(|key| key == "id");
    }
    if name == "front matter" {
        // The text may begin with it.
        required.remove("title");
        for taxonomy in ["category", "tags"].iter().filter(|_| what != "a term's page") {
            properties.insert(
                (*taxonomy).to_string(),
                json!({"description": "Terms by which readers find it.", "allOf": [named("texts")]}),
            );
        }
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}
