//! What the browser gets: a page's fields and text, the list of all pages, and the page that the editor is.

use serde::Serialize;
use serde_json::Value as Json;

use super::fields::{self, Field, FieldContext};
use super::words::Words;
use super::{FileState, recording};
use crate::authoring::editing::without_gap;
use crate::authoring::scaffold::StarterLanguage;
use crate::config::{CtaTarget, LangId, Localized};
use crate::content;
use crate::content::PageKind;
use crate::content::form::FormId;
use crate::edition::inputs::Inputs;
use crate::editorial::schema::{Document, Outline};
use crate::encode::script;
use crate::serve::page::escaped;
use crate::serve::preview::Preview;
use crate::serve::server::Server;
use crate::site::{Content, Page, Site};
use crate::yaml;

/// One file as the editor shows it: its fields, and its text.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(in crate::serve) struct Opened {
    file: String,
    version: String,
    /// Its kind, such as `insight` or `form`; empty where it is none that is known.
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
    /// What is below it; of a file that is nothing but YAML, all of it.
    text: String,
    /// The lines of the file at which the front matter and the text begin, counted from 1.
    front_line: usize,
    text_line: usize,
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
pub(super) fn document(preview: &Preview, state: FileState, joined: super::Saved) -> Opened {
    let inputs = preview.newest();
    let content = inputs.as_ref().map(|inputs| &*inputs.content);
    let FileState { file, version, text } = state;
    let is_page = file.ends_with(".md");
    let front = content::front_matter_of(&text).filter(|_| is_page);
    let (front, body) = match &front {
        Some((front, body)) => (front.clone(), text.len() - without_gap(&text[*body..]).len()),
        None => (0..0, 0),
    };
    let line_at = |at: usize| text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let (front_line, text_line) = (line_at(front.start), line_at(body));
    let (front, body) = (&text[front], &text[body..]);
    let values = yaml::parse(front, 0, &file).ok().map(|node| match node.to_json() {
        Json::Null => Json::Object(serde_json::Map::new()),
        other => other,
    });
    let page = content.and_then(|content| page_of(content, &file));
    let kind = page.map(|page| page.place.kind).filter(|_| is_page);
    let of_yaml = Document::of_file(&file);
    let words = words_of(inputs.as_ref());
    let fields = match (content, kind) {
        (Some(content), Some(kind)) => {
            fields::for_kind(kind, &FieldContext { content, page, language: words.language })
        }
        _ => Vec::new(),
    };
    Opened {
        version,
        kind: kind.map(PageKind::name).or(of_yaml.map(Document::name)).unwrap_or_default().to_string(),
        language: content
            .zip(page)
            .map(|(content, page)| content.config.languages[page.place.lang].code.clone())
            .unwrap_or_default(),
        url: match (page, of_yaml) {
            (Some(page), _) => url(preview, page),
            (None, Some(document)) => shown_by(preview, document, &file),
            (None, None) => None,
        },
        values: values.filter(|values| values.is_object()),
        front: front.replace("\r\n", "\n"),
        text: body.replace("\r\n", "\n"),
        front_line,
        text_line,
        fields,
        translations: content
            .zip(page)
            .map(|(content, page)| translations(content, page))
            .unwrap_or_default(),
        joined: joined == super::Saved::Joined,
        file,
    }
}

fn page_of<'c>(content: &'c Content, file: &str) -> Option<&'c content::Document> {
    content.documents.iter().map(|page| &**page).find(|page| page.place.path == file)
}

/// The first address, of all who see something of the site, at which a page is.
fn url(preview: &Preview, page: &content::Document) -> Option<String> {
    let shown = |site: &Site| {
        let page = site.find(&page.place.key, page.place.lang)?;
        Some(site.href(&site.page(page).url))
    };
    preview.find(|linked| shown(&linked.site))
}

/// The first address at which a page shows a form, an assessment, a calculator or a survey.
fn shown_by(preview: &Preview, document: Document, file: &str) -> Option<String> {
    let id = file.rsplit('/').next()?.strip_suffix(".yaml")?;
    preview.find(|linked| {
        let site = &linked.site;
        let page = site.pages().find(|page| shows(site, page, (document, id)))?;
        Some(site.href(&page.url))
    })
}

/// Does a page show it: in its text, in front of the rest of it, or as its next step?
fn shows(site: &Site, page: &Page, (document, id): (Document, &str)) -> bool {
    let is_it = |index: FormId| site.content.forms.get(index).is_some_and(|form| form.id == id);
    let in_text = Site::embeds(page).any(|embed| match document {
        Document::Form => site.form_in(embed).is_some_and(is_it),
        _ => embed.kind.name() == document.name() && embed.name == id,
    });
    let is_gate = || site.gate(page).is_some_and(|gate| gate.form.value == id);
    let next = page.meta().call_to_action.as_ref().map(|next| &next.target);
    let is_next = || matches!(next, Some(CtaTarget::Form(form)) if form.value == id);
    in_text || document == Document::Form && (is_gate() || is_next())
}

/// What can be written in a file: in its front matter, or in all of it where it is nothing but YAML.
pub(super) fn outline(preview: &Preview, file: &str) -> Option<Outline> {
    let inputs = preview.newest()?;
    let content = &*inputs.content;
    let page = page_of(content, file);
    let kind = page.map(|page| Document::FrontMatter(Some(page.place.kind)));
    let document = kind.or_else(|| Document::of_file(file))?;
    let language = words_of(Some(&inputs)).language;
    Some(fields::outline(document, &FieldContext { content, page, language }))
}

fn translations(content: &Content, page: &content::Document) -> Vec<Translation> {
    let same: Vec<&content::Document> = content
        .documents
        .iter()
        .map(|other| &**other)
        .filter(|other| other.place.key == page.place.key && !other.is_generated)
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

/// All files that are written here, by path.
pub(super) fn rows(preview: &Preview) -> Vec<FileRow> {
    let Some(inputs) = preview.newest() else { return Vec::new() };
    let content = &inputs.content;
    let language = |lang: LangId| content.config.languages[lang].code.clone();
    let pages = content.documents.iter().filter(|page| !page.is_generated).map(|page| FileRow {
        file: page.place.path.clone(),
        title: page.meta.title.value.clone(),
        kind: page.place.kind.name().to_string(),
        language: language(page.place.lang),
        draft: page.meta.draft,
    });
    let first = content.config.default_language;
    let yaml = |path: &str, title: &Localized| FileRow {
        file: path.to_string(),
        title: title.get(first, first).to_string(),
        kind: Document::of_file(path).map(Document::name).unwrap_or_default().to_string(),
        language: String::new(),
        draft: false,
    };
    let asked = &content.asked;
    let forms = content.forms.iter().map(|form| yaml(&form.path, &form.title));
    let assessments = asked.assessments.iter().map(|one| yaml(&one.path, &one.title));
    let calculators = asked.calculators.iter().map(|one| yaml(&one.path, &one.title));
    let surveys = asked.surveys.iter().map(|one| yaml(&one.path, &one.title));
    let mut rows: Vec<FileRow> =
        pages.chain(forms).chain(assessments).chain(calculators).chain(surveys).collect();
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
    let about = script::json(&about);
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, interactive-widget=resizes-content\">\n<title>{heading} – {title}</title>\n\
         <link rel=\"icon\" href=\"/.ringback/icon.svg\">\n<link rel=\"stylesheet\" href=\"/.ringback/edit.css\">\n\
         <script type=\"application/json\" id=\"ringback:editor\">{about}</script>\n\
         <script type=\"module\" src=\"/.ringback/edit.js\"></script>\n</head>\n<body>\n<main></main>\n</body>\n</html>\n",
        lang = words.language,
        heading = escaped(words.heading),
        title = escaped(title),
    )
}
