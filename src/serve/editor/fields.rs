//! The front matter as a form: which key is in which group, what is typed into it, and what there is to choose.
//!
//! Keys, their words and their values are those of the schema ([`crate::editorial::schema`]), so a new one is here by itself: in
//! the last group, unless [`GROUPS`] says where it belongs. What can't be typed into one field is written in the front matter
//! itself, which the editor shows as well; its field leads there.

use serde::Serialize;

use crate::content;
use crate::content::PageKind;
use crate::content::image;
use crate::editorial::schema::{self, Document, Key, KeyWords, Named, Outline, Shape};
use crate::site::Content;

/// A field of the form that a file's front matter is shown as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct Field {
    /// The keys that lead to its value.
    path: Vec<String>,
    label: String,
    /// A sentence below it, with what is written as it is in backticks; may be empty.
    hint: String,
    /// The group that it is in, by its id.
    group: &'static str,
    /// What it is a part of, where that has other fields and no group of its own; may be empty.
    part: String,
    input: Input,
    /// What can be chosen; in [`Input::Texts`], what is offered.
    choices: Vec<Named>,
}

/// How a value is typed or chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) enum Input {
    /// Text on one line.
    Text,
    /// Text on several lines.
    Lines,
    /// A day, from a calendar.
    Date,
    /// A day and a time.
    Time,
    /// A number, whole or not.
    Number,
    /// Yes or no: no, if nothing is said.
    Truth,
    /// Yes or no: yes, if nothing is said.
    Unless,
    /// One of the values that are offered.
    Choice,
    /// Several, of those that are offered or others.
    Texts,
    /// A picture beside the page.
    Picture,
    /// What must not be lost of the picture.
    Focus,
    /// Several values, or several keys: written in the front matter.
    Written,
}

/// What the choices of fields are taken from: the site, and the words of its language.
pub(super) struct FieldContext<'a> {
    pub(super) content: &'a Content,
    pub(super) page: Option<&'a content::Document>,
    /// The code of the language in which the form is.
    pub(super) language: &'static str,
}

/// The groups that have keys of their own, in the order in which the keys come. All other keys are in the last one.
const GROUPS: &[(&str, &[&str])] = &[
    ("head", &["title", "description", "subject"]),
    (
        "person",
        &["role", "organization", "photo", "email", "phone", "booking", "rep", "languages", "links", "bios"],
    ),
    ("call", &["preparation", "placeholders", "objections", "outcomes", "budget", "fields", "score"]),
    ("about", &["authors", "stage", "series"]),
    ("picture", &["image"]),
    ("gate", &["gate"]),
    ("event", &["event"]),
    ("publishing", &["draft", "date", "updated", "expires", "audience", "slug", "listed", "noindex"]),
    ("upkeep", &["owner", "review_by"]),
];

/// The group of all other keys.
const OTHER: &str = "more";

/// Keys whose parts need no frame around them: their group is theirs alone, or their words say what they are.
const UNFRAMED: &[&str] = &["image", "gate", "event", "photo", "series"];

/// What can be written in a document, as words of the language in which the form is.
pub(super) fn outline(document: Document, context: &FieldContext<'_>) -> Outline {
    let lang = context.page.map_or(context.content.config.default_language, |page| page.place.lang);
    schema::outline(document, (context.content, lang), context.language)
}

/// The fields of a page of this kind.
pub(super) fn for_kind(kind: PageKind, context: &FieldContext<'_>) -> Vec<Field> {
    let outline = outline(Document::FrontMatter(Some(kind)), context);
    let mut fields: Vec<Field> =
        outline.keys().iter().flat_map(|key| of_key(key, &outline, context)).collect();
    fields.sort_by_key(|field| rank(field, &context.content.config));
    fields
}

/// The place of a field: that of its group and, in it, that of its key; what the group doesn't list comes as it is.
fn rank(field: &Field, config: &crate::config::Config) -> (usize, usize) {
    let key = field.path.first().map_or("", String::as_str);
    let Some(group) = GROUPS.iter().position(|(name, _)| *name == field.group) else {
        return (GROUPS.len(), 0);
    };
    // Taxonomies come after the authors.
    let key = if config.taxonomies.iter().any(|taxonomy| taxonomy.name == key) { "authors" } else { key };
    (group, GROUPS[group].1.iter().position(|context| *context == key).unwrap_or(usize::MAX))
}

fn group(key: &str, context: &FieldContext<'_>) -> &'static str {
    if context.content.config.taxonomies.iter().any(|taxonomy| taxonomy.name == key) {
        return "about";
    }
    GROUPS.iter().find(|(_, keys)| keys.contains(&key)).map_or(OTHER, |(name, _)| name)
}

fn of_key(key: &Key, outline: &Outline, context: &FieldContext<'_>) -> Vec<Field> {
    let group = group(&key.name, context);
    let Shape::Map { map } = &key.shape else {
        return field(key, (vec![key.name.clone()], group, String::new()), context).into_iter().collect();
    };
    let part = if UNFRAMED.contains(&key.name.as_str()) { String::new() } else { key.label.clone() };
    let keys = outline.maps.get(map).map(Vec::as_slice).unwrap_or_default();
    // A part of a series, where there is none.
    let is_empty =
        |key: &Key| matches!(&key.shape, Shape::Choice { values } if values.is_empty() && key.is_required);
    if keys.iter().any(is_empty) {
        return Vec::new();
    }
    let inner = |inner: &Key| {
        field(inner, (vec![key.name.clone(), inner.name.clone()], group, part.clone()), context)
    };
    keys.iter().filter_map(inner).collect()
}

fn field(
    key: &Key,
    (path, group, part): (Vec<String>, &'static str, String),
    context: &FieldContext<'_>,
) -> Option<Field> {
    let is_picture =
        |last: &str| path.ends_with(&[last.to_string()]) && ["image", "photo"].contains(&path[0].as_str());
    let (input, choices) = match &key.shape {
        Shape::Text if is_picture("src") => (Input::Picture, pictures(context)),
        Shape::Text if is_picture("focus") => (Input::Focus, Vec::new()),
        Shape::Text | Shape::Localized { .. } if group == "head" && key.name != "subject" => {
            (Input::Lines, Vec::new())
        }
        Shape::Text | Shape::Localized { .. } => (Input::Text, Vec::new()),
        Shape::Date => (Input::Date, Vec::new()),
        Shape::Time => (Input::Time, Vec::new()),
        Shape::Number => (Input::Number, Vec::new()),
        Shape::Truth { usual: false } => (Input::Truth, Vec::new()),
        Shape::Truth { usual: true } => (Input::Unless, Vec::new()),
        // Nothing to choose from is no field.
        Shape::Choice { values } if values.is_empty() => return None,
        Shape::Choice { values } => (Input::Choice, values.clone()),
        Shape::Texts { values } => (Input::Texts, values.clone()),
        Shape::Any | Shape::Map { .. } | Shape::List { .. } | Shape::Entries { .. } => {
            (Input::Written, Vec::new())
        }
    };
    let hint = match input {
        Input::Focus => String::new(),
        Input::Truth | Input::Unless => KeyWords::new(context.language).with_yes_and_no(&key.help),
        _ => key.help.clone(),
    };
    Some(Field { path, label: key.label.clone(), hint, group, part, input, choices })
}

/// The pictures beside the page.
fn pictures(context: &FieldContext<'_>) -> Vec<Named> {
    let folder = context.page.and_then(|page| page.place.path.rsplit_once('/'));
    let Some((folder, _)) = folder else { return Vec::new() };
    let files = context.content.files.iter();
    let beside = files.filter_map(|file| file.strip_prefix(folder)?.strip_prefix('/'));
    let pictures = beside.filter(|name| !name.contains('/') && image::is_image(name));
    pictures.map(|name| Named { value: name.to_string(), label: name.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;
    use crate::diag::Diagnostics;
    use crate::project::MemoryProject;

    fn fields(kind: PageKind, language: &'static str) -> Vec<Field> {
        let project = MemoryProject::new()
            .with(
                "ringback.yaml",
                "title: A\nbase_url: https://a.example/\ntaxonomies: {persona: {label: For whom}}\n",
            )
            .with("content/people/kim.md", "---\ntitle: Kim\n---\n")
            .with("content/forms/guide.yaml", "title: Guide\nextends: contact\n");
        let content = build::load(&project, &mut Diagnostics::new()).expect("a site").content;
        for_kind(kind, &FieldContext { content: &content, page: None, language })
    }

    #[test]
    fn every_key_of_the_schema_is_a_field_of_its_kind_of_pages() {
        for kind in PageKind::ALL {
            let fields = fields(kind, "sv");
            let schema = schema::schema(Document::FrontMatter(Some(kind)), None);
            let keys = schema["definitions"][kind.name()]["properties"].as_object().expect("keys");
            for key in keys.keys().filter(|key| !["category", "tags", "series"].contains(&key.as_str())) {
                let found: Vec<&Field> = fields.iter().filter(|field| field.path[0] == **key).collect();
                assert!(!found.is_empty(), "{key} of {}", kind.with_article());
                assert!(found.iter().all(|field| !field.label.is_empty()), "{found:?}");
            }
            assert_eq!(fields[0].path, ["title"]);
        }
    }

    #[test]
    fn the_form_asks_in_the_language_of_those_who_write_and_offers_what_the_site_has() {
        let fields = fields(PageKind::Insight, "sv");
        let field = |path: &str| {
            let found = fields.iter().find(|field| field.path.join(".") == path);
            found.unwrap_or_else(|| panic!("{path} isn't a field"))
        };
        assert_eq!(
            (field("gate.form").label.as_str(), field("gate.form").choices[0].value.as_str()),
            ("Formulär som öppnar resten", "guide")
        );
        assert_eq!(field("authors").choices, [Named { value: "kim".into(), label: "Kim".into() }]);
        assert_eq!((field("persona").label.as_str(), field("persona").group), ("For whom", "about"));
        assert_eq!((field("card").input, field("draft").input), (Input::Unless, Input::Truth));
        assert_eq!(
            (field("source.canonical").part.as_str(), field("image.src").part.as_str()),
            ("Källa", "")
        );
        assert_eq!(field("extra").input, Input::Written);
        assert_eq!(field("audience").choices[1].label, "Bara teamet");
        // Where there is no series, there is none to belong to.
        assert!(fields.iter().all(|field| field.path[0] != "series"));
    }
}
