//! The published schemas of what authors write say exactly what the readers read, and all of it in plain words.

#![allow(clippy::disallowed_methods, reason = "the sites of the test are read from disk")]

mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use self::shapes::{KnownShapes, known, named, of_map};
use crate::build;
use crate::content::{self, PageKind};
use crate::diag::Diagnostics;
use crate::editorial::schema::{self, Document};
use crate::project::MemoryProject;
use crate::site::Content;
use crate::yaml::{self, Node};

/// Sites that between them set every key, in each of the ways in which it can be written.
const SITES: &[&str] = &[
    "",
    "docs",
    "tests/hostile",
    "tests/fixtures/companies/halyard",
    "tests/fixtures/companies/ovnen",
    "tests/fixtures/companies/tallbacken",
];

/// Keys whose values are names that a site has: what they are in, the key, and the definition of the name.
const NAMED: &[(&str, &str, &str)] = &[
    ("front matter", "authors", "person-id"),
    ("front matter", "owner", "person-id"),
    ("`event`", "speakers", "person-id"),
    ("front matter", "stage", "stage-id"),
    ("`series`", "id", "series-id"),
    ("a gate", "form", "form-id"),
    ("`call_to_action`", "form", "form-id"),
    ("a next step", "form", "form-id"),
    ("`ringback.yaml`", "newsletter", "form-id"),
    ("an assessment", "form", "form-id"),
    ("a calculator", "form", "form-id"),
    ("a survey", "form", "form-id"),
    ("a form", "webhook", "webhook-id"),
    ("`calls`", "webhook", "webhook-id"),
    ("`ringback.yaml`", "default_language", "language-code"),
];

/// Files that are nothing but YAML, by their folders.
const IN_FOLDERS: [(&str, Document); 4] = [
    ("content/forms/", Document::Form),
    ("content/assessments/", Document::Assessment),
    ("content/calculators/", Document::Calculator),
    ("content/surveys/", Document::Survey),
];

/// Values that a reader looks at by itself, so that nobody has seen as what.
const BY_HAND: &[(&str, &str, &str)] = &[
    ("front matter", "extra", r#"{}"#),
    ("a form", "extends", r##"{"$ref": "#/definitions/text"}"##),
    ("a field", "remove", r#"{"const": true}"#),
    ("a consent", "remove", r#"{"const": true}"#),
    (
        "`ringback.yaml`",
        "checks",
        r##"{"anyOf": [{"enum": ["off", "warn", "error"]}, {"type": "object", "additionalProperties": {"$ref": "#/definitions/any"}}]}"##,
    ),
];

/// Kinds of pages are read by the same code, and so are those of webhooks.
fn merged(what: &str) -> &str {
    if PageKind::ALL.iter().any(|kind| kind.with_article() == what) {
        return "front matter";
    }
    if what.starts_with("a webhook") { "a webhook" } else { what }
}

/// The name of a map as a definition.
fn definition(what: &str) -> String {
    let kind = PageKind::ALL.into_iter().find(|kind| kind.with_article() == what);
    if let Some(kind) = kind {
        return kind.name().to_string();
    }
    let bare = ["a ", "an ", "the "].iter().find_map(|article| what.strip_prefix(article)).unwrap_or(what);
    bare.replace(['`', '\''], "").replace([' ', '.'], "-")
}

fn root(site: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(site)
}

fn project(site: &str) -> MemoryProject {
    let root = root(site);
    let mut project = MemoryProject::new();
    for folder in ["ringback.yaml", "content", "themes", "static"] {
        for entry in walkdir::WalkDir::new(root.join(folder)).into_iter().flatten() {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&root).expect("below").to_string_lossy().into_owned();
                project.files.insert(path, std::fs::read(entry.path()).expect("readable"));
            }
        }
    }
    project
}

/// The YAML of a site's files: the path, and the tree.
fn trees(project: &MemoryProject) -> Vec<(&str, Node)> {
    let tree = |(path, bytes): (&'_ String, &'_ Vec<u8>)| {
        let text = std::str::from_utf8(bytes).ok()?;
        let range = match path.rsplit('.').next() {
            Some("yaml") => 0..text.len(),
            Some("md") => content::front_matter_of(text)?.0,
            _ => return None,
        };
        yaml::parse(&text[range.clone()], range.start, path).ok()
    };
    project.files.iter().filter_map(|file| Some((file.0.as_str(), tree(file)?))).collect()
}

/// The words of `descriptions.yaml`.
fn descriptions() -> BTreeMap<String, BTreeMap<String, String>> {
    let text = include_str!("../editorial/schema/descriptions.yaml");
    let node = yaml::parse(text, 0, "descriptions.yaml").expect("YAML");
    serde_json::from_value(node.to_json()).expect("texts by map and key")
}

/// A schema with all definitions that its root leads to.
fn complete(title: &str, roots: &[&str], known: &KnownShapes) -> Json {
    let mut definitions = Map::new();
    definitions.insert("any".into(), json!({}));
    definitions.insert("text".into(), json!({"type": ["string", "number", "boolean"]}));
    definitions
        .insert("texts".into(), json!({"anyOf": [named("text"), {"type": "array", "items": named("text")}]}));
    definitions.insert(
        "localized".into(),
        json!({"anyOf": [named("text"), {"type": "object", "additionalProperties": named("text")}]}),
    );
    definitions.insert("date".into(), json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"}));
    definitions
        .insert("time".into(), json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}"}));
    definitions.insert(
        "rough-date".into(),
        json!({"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2}.*)?)?$"}),
    );
    for name in schema::NAMES {
        definitions.insert((*name).to_string(), named("text"));
    }
    let mut wanted: BTreeSet<String> = roots.iter().map(|root| (*root).to_string()).collect();
    let mut done = BTreeSet::new();
    while let Some(what) = wanted.pop_first() {
        if done.insert(what.clone()) {
            let made = of_map(&what, known, &mut wanted);
            let before = definitions.insert(definition(&what), made);
            assert_eq!(before, None, "two definitions are called {}", definition(&what));
        }
    }
    let roots: Vec<Json> = roots.iter().map(|root| named(&definition(root))).collect();
    let root = if roots.len() == 1 { "allOf" } else { "anyOf" };
    json!({"$schema": "http://json-schema.org/draft-07/schema#", "title": title, root: roots, "definitions": definitions})
}

#[test]
fn the_schemas_say_what_the_readers_read() {
    let known = known();
    let kinds = PageKind::ALL.map(PageKind::with_article);
    let mut silent: BTreeSet<String> = BTreeSet::new();
    let all = [
        ("config.json", complete("ringback.yaml", &["`ringback.yaml`"], &known)),
        ("form.json", complete("A form of ringback", &["a form"], &known)),
        ("assessment.json", complete("An assessment of ringback", &["an assessment"], &known)),
        ("calculator.json", complete("A calculator of ringback", &["a calculator"], &known)),
        ("survey.json", complete("A survey of ringback", &["a survey"], &known)),
        ("front-matter.json", complete("Front matter of a page of ringback", &kinds, &known)),
    ];
    for (name, made) in all {
        let path = root("src/editorial/schema").join(name);
        for (what, map) in made["definitions"].as_object().expect("definitions") {
            let keys = map["properties"].as_object().into_iter().flatten();
            silent.extend(
                keys.filter(|(_, key)| key["description"] == "").map(|(key, _)| format!("{what}: {key}")),
            );
        }
        let text = format!("{}\n", serde_json::to_string_pretty(&made).expect("JSON"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &text).expect("the repository can be written");
        }
        let found = std::fs::read_to_string(&path).expect("it is there");
        assert!(found == text, "{name} isn't what the readers read: run this test with UPDATE_EXPECTED=1");
    }
    assert!(silent.is_empty(), "descriptions.yaml says nothing of these: {silent:#?}");
    // Nothing is described that isn't there any more.
    let read: BTreeSet<(String, String)> = known
        .maps
        .iter()
        .flat_map(|(what, keys)| keys.known.keys().map(|key| (merged(what).to_string(), key.clone())))
        .collect();
    let words = descriptions();
    let described = words.iter().flat_map(|(what, keys)| keys.keys().map(|key| (what.clone(), key.clone())));
    let gone: Vec<_> = described.filter(|place| !read.contains(place)).collect();
    assert!(gone.is_empty(), "nobody reads these any more: {gone:?}");
}

fn validator(schema: Json) -> impl Fn(&Json) -> Result<(), String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).expect("a schema");
    let index = compiler.compile("schema.json", &mut schemas).expect("it compiles");
    move |value| schemas.validate(value, index).map_err(|error| error.to_string())
}

fn loaded(project: &MemoryProject) -> std::sync::Arc<Content> {
    let loaded = build::load(project, &mut Diagnostics::new()).expect("a site");
    loaded.content
}

#[test]
fn every_file_of_every_site_fits_its_schema() {
    let mut checked = BTreeMap::<&str, usize>::new();
    for site in SITES {
        let project = project(site);
        let content = loaded(&project);
        let with = |document| validator(schema::schema(document, Some(&content)));
        let config = with(Document::Config);
        let in_folders = IN_FOLDERS.map(|(folder, document)| (folder, document.name(), with(document)));
        let pages: BTreeMap<&str, _> = PageKind::ALL
            .iter()
            .map(|kind| (kind.name(), with(Document::FrontMatter(Some(*kind)))))
            .collect();
        let any = with(Document::FrontMatter(None));
        for (path, node) in trees(&project) {
            let json = node.to_json();
            let json = if json.is_null() { json!({}) } else { json };
            let document = content.documents.iter().find(|document| document.place.path == path);
            let (kind, result) = match (path, document) {
                ("ringback.yaml", _) => ("config", config(&json)),
                (_, Some(document)) => {
                    let kind = document.place.kind.name();
                    (kind, pages[kind](&json).and_then(|()| any(&json)))
                }
                (path, _) => {
                    let Some((_, name, fits)) =
                        in_folders.iter().find(|(folder, ..)| path.starts_with(folder))
                    else {
                        continue;
                    };
                    (*name, fits(&json))
                }
            };
            *checked.entry(kind).or_default() += 1;
            assert_eq!(result, Ok(()), "{site}/{path}");
        }
    }
    assert!(checked.len() == 14, "only of these there are files: {checked:?}");
}

#[test]
fn mistakes_dont_fit() {
    let content = loaded(&project(""));
    let form = validator(schema::schema(Document::Form, Some(&content)));
    let insight = validator(schema::schema(Document::FrontMatter(Some(PageKind::Insight)), Some(&content)));
    for (fits, wrong) in [
        (json!({"title": "A", "draft": true}), json!({"title": "A", "draft": "yes"})),
        (json!({"title": "A", "date": "2026-11-02"}), json!({"title": "A", "date": "2 November"})),
        (json!({"title": "A", "authors": ["anna-berg"]}), json!({"title": "A", "authors": ["nobody"]})),
        (
            json!({"title": "A", "series": {"id": "empty-crm", "part": 1}}),
            json!({"title": "A", "series": {"id": "none", "part": 1}}),
        ),
        (json!({"title": 2026}), json!({"titel": "A"})),
    ] {
        assert_eq!(insight(&fits), Ok(()));
        assert!(insight(&wrong).is_err(), "{wrong}");
    }
    assert!(form(&json!({"title": "A", "webhook": "nobody"})).is_err());
}
