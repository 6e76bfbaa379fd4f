//! Fields from the schema of what authors write: how Sveltia shows each, and how the page finds it in a file.
//!
//! Every key has one, so that none is lost; what has no form of its own is shown as it is written, as YAML.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::words::Words;
use crate::config::{Audience, Config, TaxonomyId};
use crate::content::PageKind;
use crate::editorial::labels::Labels;
use crate::editorial::schema::{self, Document, KeyWords, resolved};
use crate::site::Site;

/// How the value of a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) enum FieldKind {
    /// One text, in quotation marks where YAML needs them.
    Text,
    /// `true` or `false`.
    Truth,
    /// A number without a fraction.
    Number,
    /// A text alone, or a list of texts.
    Texts,
    /// A map whose keys are fields of their own.
    Object,
    /// A list whose items are fields of their own.
    List,
    /// Anything, as it is written.
    Yaml,
}

/// A field, for the script that reads and writes files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct AdminField {
    name: String,
    kind: FieldKind,
    /// The key that is meant where a text is written instead of keys; may be empty.
    short: String,
    fields: Vec<AdminField>,
}

/// How files are read and written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Format {
    pub(super) name: String,
    /// `md`, or `yaml` for files that are nothing but keys.
    pub(super) ending: &'static str,
    pub(super) fields: Vec<AdminField>,
    /// Fields that a new translation doesn't take from its original.
    pub(super) own: &'static [&'static str],
}

/// A field, as the script and as Sveltia know it.
pub(super) type Field = (AdminField, Json);

/// What the fields of the page `/admin/` are made from.
pub(super) struct Maker<'a> {
    pub(super) site: &'a Site,
    pub(super) labels: &'static Labels,
    pub(super) words: &'static Words,
    /// What keys are called by those who write, in the page's language.
    pub(super) keys: KeyWords,
    /// Does the page show people, and forms? Then they are chosen by name.
    pub(super) shown: Vec<&'static str>,
}

/// A schema with its definitions, and where in it a field is.
struct Schema<'a> {
    definitions: &'a Map<String, Json>,
    path: String,
    /// The map that the field is in.
    map: &'a str,
}

impl Schema<'_> {
    /// Where a key in it is.
    fn to(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_string() } else { format!("{}.{name}", self.path) }
    }
}

/// How a value is written, the key that a text stands for, how Sveltia shows it, and the fields in it.
type Widget = (FieldKind, String, Json, Vec<AdminField>);

/// A value without fields of its own.
fn plain(kind: FieldKind, widget: Json) -> Widget {
    (kind, String::new(), widget, Vec::new())
}

impl Maker<'_> {
    /// The fields of pages of a kind.
    pub(super) fn of_kind(&self, kind: PageKind) -> Vec<Field> {
        let schema = schema::schema(Document::FrontMatter(Some(kind)), None);
        let mut keys = keys(&schema["definitions"][kind.name()]);
        if kind != PageKind::Term {
            keys.retain(|(name, _)| name != "category" && name != "tags");
            keys.extend(self.taxonomies());
        }
        self.all(&schema, PAGES, keys)
    }

    /// The fields of a file that is nothing but YAML.
    pub(super) fn of_file(&self, document: Document) -> Vec<Field> {
        let schema = schema::schema(document, None);
        self.all(&schema, document.name(), keys(&schema["definitions"][document.name()]))
    }

    fn all(&self, schema: &Json, map: &str, mut keys: Vec<(String, Json)>) -> Vec<Field> {
        let empty = Map::new();
        let definitions = schema["definitions"].as_object().unwrap_or(&empty);
        keys.sort_by_key(|(name, _)| (self.rank(map, name), name.clone()));
        let at = Schema { definitions, path: String::new(), map };
        keys.iter().map(|(name, key)| self.field(name, key, &at)).collect()
    }

    /// Taxonomies come where their words are: after the authors.
    fn rank(&self, map: &str, name: &str) -> usize {
        let is_own =
            map == PAGES && self.site.config().taxonomies.iter().any(|taxonomy| taxonomy.name == name);
        self.keys.rank(map, if is_own { "terms" } else { name })
    }

    /// The taxonomies that this edition shows, as keys.
    fn taxonomies(&self) -> Vec<(String, Json)> {
        let config = self.site.config();
        let is_shown = |index: TaxonomyId| {
            self.site.view.edition.sees(Audience::Team)
                || config.languages.ids().any(|lang| !self.site.terms(lang, index).is_empty())
        };
        let shown = config.taxonomies.each().filter(|(index, _)| is_shown(*index));
        let key = json!({"description": "Terms by which readers find it.", "allOf": [{"$ref": "#/definitions/texts"}]});
        shown.map(|(_, taxonomy)| (taxonomy.name.clone(), key.clone())).collect()
    }

    fn field(&self, name: &str, key: &Json, at: &Schema<'_>) -> Field {
        let path = at.to(name);
        let (kind, short, mut widget, fields) = self.widget(key, at, &path);
        let label = self.label(name, at);
        let hint = self.keys.help(key["description"].as_str().unwrap_or_default()).to_string();
        widget["name"] = json!(name);
        widget["label"] = json!(label);
        widget["i18n"] = json!(true);
        if path == "title" && kind == FieldKind::Text {
            widget["required"] = json!(true);
        } else {
            widget["required"] = json!(false);
        }
        let hint = match kind {
            FieldKind::Yaml => format!("{hint} {}", self.words.yaml_hint),
            FieldKind::Truth => self.keys.with_yes_and_no(&hint),
            _ => hint,
        };
        if !hint.is_empty() {
            widget["hint"] = json!(hint);
        }
        (AdminField { name: name.to_string(), kind, short, fields }, widget)
    }

    /// What a key is called by those who write; its own name where nothing better is known.
    fn label(&self, name: &str, at: &Schema<'_>) -> String {
        let config = self.site.config();
        let taxonomy = config.taxonomies.iter().find(|taxonomy| at.path.is_empty() && taxonomy.name == name);
        let own = taxonomy.map_or("", |taxonomy| config.text(&taxonomy.label, config.default_language));
        if own.is_empty() { self.keys.label(at.map, name) } else { own.to_string() }
    }

    /// How a value is written, the key that a text stands for, how Sveltia shows it, and the fields in it.
    fn widget(&self, key: &Json, at: &Schema<'_>, path: &str) -> Widget {
        let (name, shape) = resolved(key, at.definitions);
        if path.ends_with("image.src") || path.ends_with("photo.src") {
            return plain(FieldKind::Text, json!({"widget": "image"}));
        }
        if let Some(shown) = self.widget_by_name(name, at, path) {
            return shown;
        }
        if let Some(values) = choices(shape, at.definitions) {
            let key = path.rsplit('.').next().unwrap_or(path);
            let options = values.into_iter().map(|value| self.option((at.map, key), value));
            return plain(
                FieldKind::Text,
                json!({"widget": "select", "options": options.collect::<Vec<_>>()}),
            );
        }
        if let Some(items) = shape["anyOf"].as_array() {
            return self.any_of(items, at, path);
        }
        self.typed((name, shape), at, path)
    }

    /// A value whose name alone says how it is shown.
    fn widget_by_name(&self, name: Option<&str>, at: &Schema<'_>, path: &str) -> Option<Widget> {
        let has = |wanted: &str| self.shown.contains(&wanted);
        Some(match name {
            Some("person-id") if has("people") => {
                plain(FieldKind::Text, relation("people", "title", Several::No))
            }
            Some("form-id") if has("forms") => {
                plain(FieldKind::Text, relation("forms", "{{slug}}", Several::No))
            }
            Some("stage-id") => {
                let stages = self.site.config().journey.stages.iter().map(|stage| json!(stage.id));
                plain(FieldKind::Text, json!({"widget": "select", "options": stages.collect::<Vec<_>>()}))
            }
            Some("date") => {
                let date = json!({"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"});
                plain(FieldKind::Text, date)
            }
            Some("localized") => self.localized(at),
            Some("text") if path == "description" => plain(FieldKind::Text, json!({"widget": "text"})),
            _ => return None,
        })
    }

    /// A value of a type that JSON has; what has no widget of its own is written as YAML.
    fn typed(&self, (name, shape): (Option<&str>, &Json), at: &Schema<'_>, path: &str) -> Widget {
        match shape["type"].as_str() {
            Some("boolean") => {
                let options = json!([{"label": self.words.yes, "value": "true"}, {"label": self.words.no, "value": "false"}]);
                plain(FieldKind::Truth, json!({"widget": "select", "options": options}))
            }
            Some("integer") => {
                let (least, most) = (&shape["minimum"], &shape["maximum"]);
                plain(
                    FieldKind::Number,
                    json!({"widget": "number", "value_type": "int", "min": least, "max": most}),
                )
            }
            Some("number") => {
                plain(FieldKind::Number, json!({"widget": "number", "value_type": "float", "step": 0.001}))
            }
            Some("array") if texts(&shape["items"], at.definitions) => {
                plain(FieldKind::Texts, json!({"widget": "list"}))
            }
            Some("array") => match resolved(&shape["items"], at.definitions) {
                (map, item) if item["properties"].is_object() && at.path.is_empty() => {
                    let (_, short, mut widget, fields) =
                        self.object((map.unwrap_or(path), item), at, path, "");
                    widget["widget"] = json!("list");
                    (FieldKind::List, short, widget, fields)
                }
                _ => plain(FieldKind::Yaml, json!({"widget": "text"})),
            },
            Some("object") if shape["properties"].is_object() && at.path.is_empty() => {
                self.object((name.unwrap_or(path), shape), at, path, "")
            }
            Some("object") => plain(FieldKind::Yaml, json!({"widget": "text"})),
            None if shape["type"].is_null() => plain(FieldKind::Yaml, json!({"widget": "text"})),
            _ => plain(FieldKind::Text, json!({"widget": "string"})),
        }
    }

    /// One or the other: a text or several, a text or keys.
    fn any_of(&self, items: &[Json], at: &Schema<'_>, path: &str) -> Widget {
        let plain = |kind, widget| (kind, String::new(), widget, Vec::new());
        let all: Vec<_> = items.iter().map(|item| resolved(item, at.definitions)).collect();
        let is = |wanted: &str| all.iter().position(|(_, shape)| shape["type"] == wanted);
        if is("array").is_some_and(|index| texts(&all[index].1["items"], at.definitions)) {
            let is_person = all.iter().any(|(name, _)| *name == Some("person-id"));
            return match is_person && self.shown.contains(&"people") {
                true => plain(FieldKind::Texts, relation("people", "title", Several::Yes)),
                false => plain(FieldKind::Texts, json!({"widget": "list"})),
            };
        }
        if let Some(index) =
            is("object").filter(|index| at.path.is_empty() && all[*index].1["properties"].is_object())
        {
            let short = if all[index].1["properties"]["src"].is_object() { "src" } else { "" };
            return self.object((all[index].0.unwrap_or(path), all[index].1), at, path, short);
        }
        match all.iter().all(|(_, shape)| is_text(shape)) {
            true => plain(FieldKind::Text, json!({"widget": "string"})),
            false => plain(FieldKind::Yaml, json!({"widget": "text"})),
        }
    }

    fn object(&self, (map, shape): (&str, &Json), at: &Schema<'_>, path: &str, short: &str) -> Widget {
        let inner = Schema { definitions: at.definitions, path: path.to_string(), map };
        let mut keys = keys(shape);
        keys.sort_by_key(|(name, _)| (self.keys.rank(map, name), name.clone()));
        let (fields, widgets): (Vec<_>, Vec<_>) =
            keys.iter().map(|(name, key)| self.field(name, key, &inner)).unzip();
        let widget = json!({"widget": "object", "collapsed": true, "fields": widgets});
        (FieldKind::Object, short.to_string(), widget, fields)
    }

    /// A text that can differ by language, in a file that is for all of them.
    fn localized(&self, at: &Schema<'_>) -> Widget {
        let config: &Config = self.site.config();
        let first = &config.languages[config.default_language].code;
        let field = |code: &String| AdminField {
            name: code.clone(),
            kind: FieldKind::Text,
            short: String::new(),
            fields: Vec::new(),
        };
        let widgets = config.languages.iter().map(|language| {
            json!({"name": language.code, "label": language.label, "widget": "string", "required": false})
        });
        // The heading of a form is seen at once, the words of each of its fields when that is opened.
        let is_inner = !at.path.is_empty();
        let widget =
            json!({"widget": "object", "collapsed": is_inner, "fields": widgets.collect::<Vec<_>>()});
        let fields = config.languages.iter().map(|language| field(&language.code)).collect();
        (FieldKind::Object, first.clone(), widget, fields)
    }

    fn option(&self, (map, key): (&str, &str), value: &Json) -> Json {
        let label = self.keys.value(map, key, value.as_str().unwrap_or_default());
        if label.is_empty() { value.clone() } else { json!({"label": label, "value": value}) }
    }
}

/// What the words of keys of pages are kept by.
const PAGES: &str = "front-matter";

/// Whether one of the files can be chosen, or several.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Several {
    No,
    Yes,
}

/// A choice among the files of a collection, by their names.
fn relation(collection: &str, shown: &str, several: Several) -> Json {
    json!({
        "widget": "relation", "collection": collection, "value_field": "{{slug}}", "display_fields": [shown],
        "search_fields": ["title"], "multiple": several == Several::Yes,
    })
}

/// The keys of a map, and what each is.
fn keys(shape: &Json) -> Vec<(String, Json)> {
    let keys = shape["properties"].as_object().into_iter().flatten();
    keys.map(|(name, key)| (name.clone(), key.clone())).collect()
}

/// What can be chosen where nothing else can be written: as texts, each once.
fn choices<'a>(shape: &'a Json, definitions: &'a Map<String, Json>) -> Option<Vec<&'a Json>> {
    if let Some(values) = shape["enum"].as_array() {
        return Some(values.iter().filter(|value| value.is_string()).collect());
    }
    let any = shape["anyOf"].as_array()?;
    let all: Option<Vec<_>> =
        any.iter().map(|one| choices(resolved(one, definitions).1, definitions)).collect();
    let mut found: Vec<&Json> = Vec::new();
    for value in all?.into_iter().flatten() {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    Some(found)
}

fn is_text(shape: &Json) -> bool {
    match &shape["type"] {
        Json::Array(types) => types.iter().any(|one| one == "string"),
        one => one == "string",
    }
}

fn texts(items: &Json, definitions: &Map<String, Json>) -> bool {
    is_text(resolved(items, definitions).1)
}
