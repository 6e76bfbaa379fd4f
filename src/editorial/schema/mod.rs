//! What authors write, as JSON Schema (draft 7, which editors of YAML read): keys, what each takes, and what it is in plain words.
//!
//! The files beside this one are made by a test from what the readers read and from `descriptions.yaml`, so they say what a
//! build takes. [`schema`] adds the names that a site has: its people, terms, stages, forms.

mod outline;
mod words;

use std::sync::LazyLock;

use serde_json::{Map, Value as Json, json};

pub(in crate::editorial) use self::outline::resolved;
pub use self::outline::{Key, Named, Outline, Shape, outline};
pub use self::words::KeyWords;
use crate::config::{LangId, Localized};
use crate::content::PageKind;
use crate::project::names;
use crate::site::Content;

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The configuration, `ringback.yaml`.
    Config,
    /// A form, a file of `content/forms/`.
    Form,
    /// Questions about somebody's own work.
    Assessment,
    /// Somebody's own numbers, and what they come to.
    Calculator,
    /// A survey, a file of `content/surveys/`.
    Survey,
    /// The front matter of a page: of one kind, or of any.
    FrontMatter(Option<PageKind>),
}

impl Document {
    /// Files that are nothing but YAML.
    pub const FILES: [Self; 5] = [Self::Config, Self::Form, Self::Assessment, Self::Calculator, Self::Survey];

    /// What a file of the site holds, if that is nothing but YAML; by its path.
    #[must_use]
    pub fn of_file(path: &str) -> Option<Self> {
        let is_in = [
            (names::in_forms(path), Self::Form),
            (names::in_assessments(path), Self::Assessment),
            (names::in_calculators(path), Self::Calculator),
            (names::in_surveys(path), Self::Survey),
        ];
        let found = is_in.into_iter().find_map(|(name, document)| Some((name?, document)));
        found.filter(|(name, _)| name.ends_with(".yaml")).map(|(_, document)| document)
    }

    /// All names of documents: those of kinds of pages are among them.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let own = Self::FILES.map(Self::name).into_iter().chain(["front-matter"]);
        own.chain(PageKind::ALL.map(PageKind::name)).collect()
    }

    /// The document of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "front-matter" => Self::FrontMatter(None),
            name => {
                let file = Self::FILES.into_iter().find(|file| file.name() == name);
                let kind = PageKind::ALL.into_iter().find(|kind| kind.name() == name);
                file.or_else(|| kind.map(|kind| Self::FrontMatter(Some(kind))))?
            }
        })
    }

    /// Its name, which its outermost definition has, too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Form => "form",
            Self::Assessment => "assessment",
            Self::Calculator => "calculator",
            Self::Survey => "survey",
            Self::FrontMatter(None) => "front-matter",
            Self::FrontMatter(Some(kind)) => kind.name(),
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Config => include_str!("config.json"),
            Self::Form => include_str!("form.json"),
            Self::Assessment => include_str!("assessment.json"),
            Self::Calculator => include_str!("calculator.json"),
            Self::Survey => include_str!("survey.json"),
            Self::FrontMatter(_) => include_str!("front-matter.json"),
        }
    }
}

/// The schema of a document, without the names of a site.
fn parsed(document: Document) -> &'static Json {
    static ALL: LazyLock<Vec<(&str, Json)>> = LazyLock::new(|| {
        let all = Document::FILES.into_iter().chain([Document::FrontMatter(None)]);
        all.map(|file| (file.name(), serde_json::from_str(file.text()).unwrap_or_default())).collect()
    });
    let name = match document {
        Document::FrontMatter(_) => "front-matter",
        file => file.name(),
    };
    ALL.iter().find(|(known, _)| *known == name).map_or(&Json::Null, |(_, schema)| schema)
}

/// Definitions of names that a site has.
pub(crate) const NAMES: &[&str] =
    &["person-id", "stage-id", "series-id", "form-id", "webhook-id", "language-code"];

/// The schema of a document, with the names of a site where there is one.
#[must_use]
pub fn schema(document: Document, content: Option<&Content>) -> Json {
    let mut schema = parsed(document).clone();
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
    let first = content.config.default_language;
    for name in NAMES {
        let names = names(name, (content, first)).unwrap_or_default();
        if let Some(definition) = definitions.get_mut(*name) {
            *definition = one_of_names(names);
        }
    }
}

/// The names that a site has for a definition, each with what it is called in a language (may be empty); `None` for a
/// definition of anything else.
fn names(definition: &str, (content, lang): (&Content, LangId)) -> Option<Vec<(String, String)>> {
    let config = &content.config;
    let text = |text: &Localized| text.get(lang, config.default_language).to_string();
    Some(match definition {
        "person-id" => people(content, lang),
        "stage-id" => {
            config.journey.stages.iter().map(|stage| (stage.id.clone(), text(&stage.label))).collect()
        }
        "series-id" => config.series.iter().map(|one| (one.id.clone(), text(&one.title))).collect(),
        "form-id" => content.forms.iter().map(|form| (form.id.clone(), text(&form.title))).collect(),
        "webhook-id" => config.webhooks.keys().map(|id| (id.clone(), String::new())).collect(),
        "language-code" => {
            let languages = config.languages.iter();
            languages.map(|language| (language.code.clone(), language.label.clone())).collect()
        }
        _ => return None,
    })
}

/// The people of a site, each once, by the name that they have in a language.
fn people(content: &Content, lang: LangId) -> Vec<(String, String)> {
    let people = content.documents.iter().filter(|entry| entry.place.kind == PageKind::Person);
    let mut found: Vec<(String, String)> = Vec::new();
    for person in people {
        let Some(id) = person.place.key.strip_prefix("people/") else { continue };
        let label = person.meta.title.value.clone();
        match found.iter_mut().find(|(known, _)| known == id) {
            Some((_, known)) if person.place.lang == lang => *known = label,
            Some(_) => {}
            None => found.push((id.to_string(), label)),
        }
    }
    found
}

/// One of some names, each with what it means.
fn one_of_names(mut names: Vec<(String, String)>) -> Json {
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
            let terms = one_of_names(
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
