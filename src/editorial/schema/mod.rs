//! What authors write, as JSON Schema (draft 7, which editors of YAML read): keys, what each takes, and what it is in plain words.
//!
//! The files beside this one are made by a test from what the readers read and from `descriptions.yaml`, so they say what a
//! build takes. [`schema`] adds the names that a site has: its people, terms, stages, forms.

use serde_json::{Map, Value as Json, json};

use crate::content::PageKind;
use crate::site::Content;

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// `ringback.yaml`.
    Config,
    /// A form.
    Form,
    /// The front matter of a page: of one kind, or of any.
    FrontMatter(Option<PageKind>),
}

impl Document {
    /// All names of documents: those of kinds of pages are among them.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        ["config", "form", "front-matter"].into_iter().chain(PageKind::ALL.map(PageKind::name)).collect()
    }

    /// The document of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "config" => Self::Config,
            "form" => Self::Form,
            "front-matter" => Self::FrontMatter(None),
            kind => Self::FrontMatter(Some(PageKind::ALL.into_iter().find(|known| known.name() == kind)?)),
        })
    }

    fn text(self) -> &'static str {
        match self {
            Self::Config => include_str!("config.json"),
            Self::Form => include_str!("form.json"),
            Self::FrontMatter(_) => include_str!("front-matter.json"),
        }
    }
}

/// Definitions of names that a site has.
pub(crate) const NAMES: &[&str] =
    &["person-id", "stage-id", "series-id", "form-id", "webhook-id", "language-code"];

/// The schema of a document, with the names of a site where there is one.
#[must_use]
pub fn schema(document: Document, content: Option<&Content>) -> Json {
    let mut schema: Json = serde_json::from_str(document.text()).unwrap_or_default();
    if let Document::FrontMatter(Some(kind)) = document {
        schema["allOf"] = json!([{"$ref": format!("#/definitions/{}", kind.name())}]);
        schema.as_object_mut().map(|schema| schema.remove("anyOf"));
    }
    if let (Some(content), Some(definitions)) = (content, schema["definitions"].as_object_mut()) {
        add_names(content, definitions);
        if let Document::FrontMatter(_) = document {
            add_taxonomies(content, definitions);
        }
    }
    schema
}

fn add_names(content: &Content, definitions: &mut Map<String, Json>) {
    let config = &content.config;
    let first = config.default_language;
    for name in NAMES {
        let names: Vec<(String, String)> = match *name {
            "person-id" => {
                let people = content.entries.iter().filter(|entry| entry.place.kind == PageKind::Person);
                let named = people.filter_map(|person| {
                    let id = person.place.key.strip_prefix("people/")?;
                    Some((id.to_string(), person.meta.title.value.clone()))
                });
                named.collect()
            }
            "stage-id" => {
                let stages = config.journey.stages.iter();
                stages.map(|stage| (stage.id.clone(), stage.label.get(first, first).to_string())).collect()
            }
            "series-id" => config
                .series
                .iter()
                .map(|one| (one.id.clone(), one.title.get(first, first).to_string()))
                .collect(),
            "form-id" => {
                let forms = content.forms.iter();
                forms.map(|form| (form.id.clone(), form.title.get(first, first).to_string())).collect()
            }
            "webhook-id" => config.webhooks.keys().map(|id| (id.clone(), String::new())).collect(),
            _ => {
                let languages = config.languages.iter();
                languages.map(|language| (language.code.clone(), language.label.clone())).collect()
            }
        };
        if let Some(definition) = definitions.get_mut(*name) {
            *definition = one_of(names);
        }
    }
}

/// One of some names, each with what it means.
fn one_of(mut names: Vec<(String, String)>) -> Json {
    if names.is_empty() {
        return json!({"$ref": "#/definitions/text"});
    }
    names.sort();
    names.dedup_by(|next, kept| next.0 == kept.0);
    let values = names.iter().map(|(name, label)| match label.as_str() {
        "" => json!({"const": name}),
        label => json!({"const": name, "description": label}),
    });
    json!({"anyOf": values.collect::<Vec<_>>()})
}

/// The site's taxonomies as keys; of those that aren't strict, the terms are only offered.
fn add_taxonomies(content: &Content, definitions: &mut Map<String, Json>) {
    let config = &content.config;
    let first = config.default_language;
    let kinds = PageKind::ALL.iter().filter(|kind| **kind != PageKind::Term).map(|kind| kind.name());
    for kind in kinds {
        let Some(keys) =
            definitions.get_mut(kind).and_then(|kind| kind.get_mut("properties")?.as_object_mut())
        else {
            continue;
        };
        for name in ["category", "tags"] {
            keys.remove(name);
        }
        for taxonomy in &config.taxonomies {
            let terms = taxonomy.terms.iter();
            let terms = one_of(
                terms.map(|term| (term.name.clone(), term.label.get(first, first).to_string())).collect(),
            );
            let term = match taxonomy.strict {
                true => terms,
                false => json!({"anyOf": [terms, {"$ref": "#/definitions/text"}]}),
            };
            let label = taxonomy.label.get(first, first);
            keys.insert(
                taxonomy.name.clone(),
                json!({"description": label, "anyOf": [term.clone(), {"type": "array", "items": term}]}),
            );
        }
    }
}
