//! What the browser gets: a page's fields and text, the list of all pages, and the page that the editor is.

use serde::Serialize;
use serde_json::Value as Json;

use super::fields::{self, Field, Known};
use super::words::Words;
use super::{State, recording};
use crate::authoring::editing::without_gap;
use crate::authoring::scaffold::StarterLanguage;
use crate::config::LangId;
use crate::content;
use crate::content::entry::Entry;
use crate::edition::inputs::Inputs;
use crate::encode::script;
use crate::serve::page::escaped;
use crate::serve::preview::Preview;
use crate::serve::server::Server;
use crate::site::{Content, Site};
use crate::yaml;

/// One file, opened.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct Opened {
    file: String,
    version: String,
    /// Its kind, such as `insight`; empty for a form.
    kind: String,
    /// The code of its language.
    language: String,
    /// Where it is shown, on this server; `None` where it can't be seen.
    url: Option<String>,
    /// What the front matter says; `None` where it can't be read.
    #[cfg_attr(test, ts(type = "Record<string, unknown> | null"))]
    values: Option<Json>,
    /// The front matter as it is written.
    front: String,
    /// What is below it; of a form, all of it.
    text: String,
    fields: Vec<Field>,
    translations: Vec<Translation>,
    /// Were the changes joined with somebody else's?
    joined: bool,
}

/// The same page in a language of the site.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct Translation {
    code: String,
    label: String,
    /// `None` where there is none yet.
    file: Option<String>,
}

/// A line in the list of all pages.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct FileRow {
    file: String,
    title: String,
    kind: String,
    /// The code of its language.
    language: String,
    draft: bool,
}

/// What the page of the editor knows from the start.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct EditorPage {
    words: &'static Words,
    /// Codes of the site's languages, the first one first, with what their speakers call them.
    languages: Vec<(String, String)>,
    /// Is the site in a git repository, so that changes can be recorded?
    has_history: bool,
}

/// A state of a file as the browser gets it.
pub(super) fn document(preview: &Preview, state: State, joined: super::Saved) -> Opened {
    let inputs = preview.newest();
    let content = inputs.as_ref().map(|inputs| &*inputs.content);
    let State { file, version, text } = state;
    let is_page = file.ends_with(".md");
    let front = content::front_matter_of(&text).filter(|_| is_page);
    let (front, body) = match &front {
        Some((front, body)) => (&text[front.clone()], without_gap(&text[*body..])),
        None => ("", &text[..]),
    };
    let values = yaml::parse(front, 0, &file).ok().map(|node| match node.to_json() {
        Json::Null => Json::Object(serde_json::Map::new()),
        other => other,
    });
    let entry = content.and_then(|content| entry_of(content, &file));
    let kind = entry.map(|entry| entry.place.kind).filter(|_| is_page);
    let words = words_of(inputs.as_ref());
    let fields = match (content, kind) {
        (Some(content), Some(kind)) => fields::of(kind, &Known { content, entry, language: words.language }),
        _ => Vec::new(),
    };
    Opened {
        version,
        kind: kind.map(|kind| kind.name().to_string()).unwrap_or_default(),
        language: content
            .zip(entry)
            .map(|(content, entry)| content.config.languages[entry.place.lang].code.clone())
            .unwrap_or_default(),
        url: entry.and_then(|entry| url(preview, entry)),
        values: values.filter(|values| values.is_object()),
        front: front.replace("\r\n", "\n"),
        text: body.replace("\r\n", "\n"),
        fields,
        translations: content
            .zip(entry)
            .map(|(content, entry)| translations(content, entry))
            .unwrap_or_default(),
        joined: joined == super::Saved::Joined,
        file,
    }
}

fn entry_of<'c>(content: &'c Content, file: &str) -> Option<&'c Entry> {
    content.entries.iter().map(|entry| &**entry).find(|entry| entry.place.path == file)
}

/// The first address, of all who see something of the site, at which a page is.
fn url(preview: &Preview, entry: &Entry) -> Option<String> {
    let shown = |site: &Site| {
        let page = site.find(&entry.place.key, entry.place.lang)?;
        Some(site.href(&site.page(page).url))
    };
    preview.find(|linked| shown(&linked.site))
}

fn translations(content: &Content, entry: &Entry) -> Vec<Translation> {
    let same: Vec<&Entry> = content
        .entries
        .iter()
        .map(|other| &**other)
        .filter(|other| other.place.key == entry.place.key && !other.is_generated)
        .collect();
    let languages = content.config.languages.each();
    languages
        .map(|(lang, language)| Translation {
            code: language.code.clone(),
            label: language.label.clone(),
            file: same.iter().find(|other| other.place.lang == lang).map(|other| other.place.path.clone()),
        })
        .collect()
}

/// All pages and forms, by path.
pub(super) fn rows(preview: &Preview) -> Vec<FileRow> {
    let Some(inputs) = preview.newest() else { return Vec::new() };
    let content = &inputs.content;
    let language = |lang: LangId| content.config.languages[lang].code.clone();
    let pages = content.entries.iter().filter(|entry| !entry.is_generated).map(|entry| FileRow {
        file: entry.place.path.clone(),
        title: entry.meta.title.value.clone(),
        kind: entry.place.kind.name().to_string(),
        language: language(entry.place.lang),
        draft: entry.meta.draft,
    });
    let first = content.config.default_language;
    let forms = content.forms.iter().map(|form| FileRow {
        file: form.path.clone(),
        title: form.title.get(first, first).to_string(),
        kind: "form".to_string(),
        language: String::new(),
        draft: false,
    });
    let mut rows: Vec<FileRow> = pages.chain(forms).collect();
    rows.sort_by(|a, b| a.file.cmp(&b.file));
    rows
}

/// The language of people who write this site.
fn words_of(inputs: Option<&Inputs>) -> &'static Words {
    let code = inputs.map(|inputs| &inputs.content.config);
    let code = code.map_or("en", |config| config.languages[config.default_language].code.as_str());
    Words::new(StarterLanguage::from_code(code))
}

/// The page that the editor is.
pub(super) fn page(server: &Server) -> String {
    let inputs = server.state.newest();
    let words = words_of(inputs.as_ref());
    let config = inputs.as_ref().map(|inputs| &inputs.content.config);
    let title = config
        .map_or("ringback", |config| config.title.get(config.default_language, config.default_language));
    let mut languages: Vec<(String, String)> = config
        .map(|config| {
            config.languages.iter().map(|language| (language.code.clone(), language.label.clone())).collect()
        })
        .unwrap_or_default();
    if let Some(config) = config {
        languages[..=config.default_language.index()].rotate_right(1);
    }
    let has_history = recording::repository(&server.editor).is_some();
    let about = EditorPage { words, languages, has_history };
    let about = script::json(&serde_json::to_value(&about).unwrap_or_default());
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{heading} – {title}</title>\n\
         <link rel=\"icon\" href=\"/.ringback/icon.svg\">\n<link rel=\"stylesheet\" href=\"/.ringback/edit.css\">\n\
         <script type=\"application/json\" id=\"ringback:editor\">{about}</script>\n\
         <script type=\"module\" src=\"/.ringback/edit.js\"></script>\n</head>\n<body>\n<main></main>\n</body>\n</html>\n",
        lang = words.language,
        heading = escaped(words.heading),
        title = escaped(title),
    )
}
