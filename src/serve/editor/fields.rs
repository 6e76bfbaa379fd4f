//! Which keys of the front matter are fields of a form, what is typed into each, and what there is to choose.
//!
//! A key that isn't here is written in the front matter itself, which the editor shows as well.

use serde::Serialize;

use super::words::Words;
use crate::config::LangId;
use crate::content::PageKind;
use crate::content::entry::Entry;
use crate::content::image;
use crate::site::Content;

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct Field {
    /// The keys that lead to its value.
    path: Vec<String>,
    label: String,
    /// A sentence below it; may be empty.
    hint: String,
    /// The group that it is in, by its id.
    group: &'static str,
    input: Input,
    /// What can be chosen; in [`Input::Texts`], what is offered.
    choices: Vec<Choice>,
}

/// What is typed or chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) enum Input {
    /// A line.
    Text,
    /// Some lines.
    Lines,
    /// A day.
    Date,
    /// A day and a time.
    Time,
    /// A whole number.
    Number,
    /// Yes or no.
    Truth,
    /// One of the choices.
    Choice,
    /// Several, of those that are offered or others.
    Texts,
    /// A picture beside the page.
    Picture,
    /// What must not be lost of the picture.
    Focus,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct Choice {
    value: String,
    label: String,
}

/// What the choices come from.
pub(super) struct Known<'a> {
    pub(super) content: &'a Content,
    pub(super) entry: Option<&'a Entry>,
    pub(super) words: &'static Words,
}

/// A row of the tables: the keys with dots between them, the group, and the input.
type Row = (&'static str, &'static str, Input);

/// What every page has, but for those that a table says otherwise of.
const HEAD: &[Row] = &[("title", "head", Input::Lines), ("description", "head", Input::Lines)];

const OF_TEXTS: &[Row] = &[
    ("authors", "about", Input::Texts),
    ("stage", "about", Input::Choice),
    ("series.id", "about", Input::Choice),
    ("series.part", "about", Input::Number),
];

const PICTURE: &[Row] = &[
    ("image.src", "picture", Input::Picture),
    ("image.alt", "picture", Input::Text),
    ("image.caption", "picture", Input::Text),
    ("image.credit", "picture", Input::Text),
    ("image.focus", "picture", Input::Focus),
];

const GATE: &[Row] = &[("gate.form", "gate", Input::Choice), ("gate.key", "gate", Input::Choice)];

const EVENT: &[Row] = &[
    ("event.start", "event", Input::Time),
    ("event.minutes", "event", Input::Number),
    ("event.place", "event", Input::Text),
];

const PERSON: &[Row] = &[
    ("role", "person", Input::Text),
    ("organization", "person", Input::Text),
    ("photo.src", "person", Input::Picture),
    ("photo.focus", "person", Input::Focus),
    ("email", "person", Input::Text),
    ("phone", "person", Input::Text),
    ("booking", "person", Input::Text),
    ("rep", "person", Input::Truth),
];

const PUBLISHING: &[Row] = &[
    ("draft", "publishing", Input::Truth),
    ("date", "publishing", Input::Date),
    ("updated", "publishing", Input::Date),
    ("expires", "publishing", Input::Date),
    ("audience", "publishing", Input::Choice),
    ("slug", "publishing", Input::Text),
    ("noindex", "publishing", Input::Truth),
    ("owner", "upkeep", Input::Choice),
    ("review_by", "upkeep", Input::Date),
];

/// The fields of a page of this kind.
pub(super) fn of(kind: PageKind, known: &Known<'_>) -> Vec<Field> {
    let tables: &[&[Row]] = match kind {
        PageKind::Insight | PageKind::Page => &[HEAD, OF_TEXTS, PICTURE, GATE, EVENT, PUBLISHING],
        PageKind::Playbook => &[HEAD, OF_TEXTS, PICTURE, GATE, PUBLISHING],
        PageKind::Script | PageKind::Cadence => &[HEAD, OF_TEXTS, PUBLISHING],
        PageKind::Mail => &[HEAD, &[("subject", "head", Input::Text)], OF_TEXTS, PUBLISHING],
        PageKind::Person => &[HEAD, PERSON, PUBLISHING],
        PageKind::Section | PageKind::Term => &[HEAD, PICTURE, PUBLISHING],
    };
    let mut fields: Vec<Field> = Vec::new();
    for row in tables.iter().flat_map(|table| *table) {
        let has_series = !known.content.config.series.is_empty();
        if kind == PageKind::Term && row.0 == "slug" || row.0 == "series.part" && !has_series {
            continue;
        }
        fields.extend(field(row, known));
        // Taxonomies come after the authors.
        if row.0 == "authors" {
            fields.extend(taxonomies(known));
        }
    }
    fields
}

fn field((path, group, input): &Row, known: &Known<'_>) -> Option<Field> {
    let choices = choices(path, known);
    // Nothing to choose from is no field.
    if choices.is_empty() && *input == Input::Choice {
        return None;
    }
    let (label, hint) = known.words.labels.field(path);
    Some(Field {
        path: path.split('.').map(str::to_string).collect(),
        label: label.to_string(),
        hint: hint.to_string(),
        group,
        input: *input,
        choices,
    })
}

fn taxonomies(known: &Known<'_>) -> Vec<Field> {
    let config = &known.content.config;
    let lang = known.entry.map_or(config.default_language, |entry| entry.place.lang);
    let index = config.taxonomies.each();
    index
        .map(|(index, taxonomy)| {
            let declared = taxonomy.terms.iter().map(|term| {
                let label = term.label.get(lang, config.default_language);
                (term.name.clone(), if label.is_empty() { term.name.clone() } else { label.to_string() })
            });
            let mut terms: Vec<(String, String)> = declared.collect();
            let used = known.content.entries.iter().filter(|entry| entry.place.lang == lang);
            let used = used.flat_map(|entry| entry.meta.terms.iter().filter(|(of, _)| *of == index));
            for term in used.flat_map(|(_, terms)| terms) {
                if !terms.iter().any(|(name, _)| *name == term.value) {
                    terms.push((term.value.clone(), term.value.clone()));
                }
            }
            let label = taxonomy.label.get(lang, config.default_language);
            let (own, hint) = known.words.labels.field("terms");
            let label = if label.is_empty() { capitalized(&taxonomy.name) } else { label.to_string() };
            Field {
                path: vec![taxonomy.name.clone()],
                label: if label.is_empty() { own.to_string() } else { label },
                hint: hint.to_string(),
                group: "about",
                input: Input::Texts,
                choices: terms.into_iter().map(|(value, label)| Choice { value, label }).collect(),
            }
        })
        .collect()
}

fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn choices(path: &str, known: &Known<'_>) -> Vec<Choice> {
    let content = known.content;
    let config = &content.config;
    let lang = known.entry.map_or(config.default_language, |entry| entry.place.lang);
    let first = config.default_language;
    let choice = |value: &str, label: &str| Choice {
        value: value.to_string(),
        label: if label.is_empty() { value.to_string() } else { label.to_string() },
    };
    match path {
        "authors" | "owner" => people(content, lang),
        "stage" => {
            let stages = config.journey.stages.iter();
            stages.map(|stage| choice(&stage.id, stage.label.get(lang, first))).collect()
        }
        "series.id" => config.series.iter().map(|one| choice(&one.id, one.title.get(lang, first))).collect(),
        "gate.form" => {
            content.forms.iter().map(|form| choice(&form.id, form.title.get(lang, first))).collect()
        }
        "gate.key" => {
            known.words.labels.gate_keys.iter().map(|(value, label)| choice(value, label)).collect()
        }
        "audience" => {
            known.words.labels.audiences.iter().map(|(value, label)| choice(value, label)).collect()
        }
        "image.src" | "photo.src" => {
            let folder = known.entry.and_then(|entry| entry.place.path.rsplit_once('/'));
            let Some((folder, _)) = folder else { return Vec::new() };
            let beside = content.files.iter().filter_map(|file| file.strip_prefix(folder)?.strip_prefix('/'));
            let pictures = beside.filter(|name| !name.contains('/') && image::is_image(name));
            pictures.map(|name| choice(name, name)).collect()
        }
        _ => Vec::new(),
    }
}

fn people(content: &Content, lang: LangId) -> Vec<Choice> {
    let people = content.entries.iter().filter(|entry| entry.place.kind == PageKind::Person);
    let mut found: Vec<Choice> = Vec::new();
    for person in people {
        let Some(id) = person.place.key.strip_prefix("people/") else { continue };
        let label = person.meta.title.value.clone();
        match found.iter_mut().find(|choice| choice.value == id) {
            Some(known) if person.place.lang == lang => known.label = label,
            Some(_) => {}
            None => found.push(Choice { value: id.to_string(), label }),
        }
    }
    found
}
