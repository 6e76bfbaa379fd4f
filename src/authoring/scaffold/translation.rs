//! The beginning of a translation: the original's file under the name of the other language, with what has to be the same
//! kept, and what has to be translated marked.

use super::draft::{Draft, DraftError, already_exists, language, suffix};
use super::{StarterLanguage, scalar};
use crate::config::LangId;
use crate::content::Document;
use crate::content::{self, PageKind};
use crate::encode::slug::slug;
use crate::project::names;
use crate::site::Content;
use crate::yaml::{self, Value};

/// Keys of front matter that hold words for readers.
const WORDS: &[&str] = &[
    "title",
    "description",
    "image",
    "call_to_action",
    "role",
    "preparation",
    "placeholders",
    "fields",
    "objections",
    "outcomes",
];

/// Whether the original is published: a translation begins as a draft.
const DRAFT: &str = "draft";

/// The page that a path means, as people write it: the file, with or without folder and ending, or its content path.
///
/// # Errors
///
/// There is no such page: the nearest. Or it is a form, which holds all its languages in one file.
pub fn original<'c>(content: &'c Content, path: &str) -> Result<&'c Document, DraftError> {
    let written = path.replace('\\', "/");
    let inside = written.rfind("content/").map_or(written.as_str(), |at| &written[at..]);
    let inside = inside.trim_start_matches("./");
    if names::is_among_forms(inside) || inside.ends_with(".yaml") {
        return Err(DraftError::new("a form has all its languages in one file")
            .help("give its texts by language there: `title: {en: Write to us, sv: Skriv till oss}`"));
    }
    let key = inside.trim_start_matches("content/");
    let key = names::without_ending(key, "md").trim_matches('/');
    let documents = || content.documents.iter().map(|document| &**document);
    let of_file = documents()
        .find(|document| document.place.path == inside || document.place.path == format!("content/{key}.md"));
    let default = content.config.default_language;
    let same = || documents().filter(|document| document.place.key == key);
    let found =
        of_file.or_else(|| same().find(|document| document.place.lang == default)).or_else(|| same().next());
    found.ok_or_else(|| {
        let known: Vec<&str> = documents().map(|document| document.place.path.as_str()).collect();
        let full = format!("content/{key}.md");
        DraftError::new(format!("there is no page `{path}`"))
            .suggesting(&full, &known)
            .help("name it by its file, such as `content/insights/name.md`")
    })
}

/// The beginning of the translation of `document`, whose file has `text`, into the language with the code `lang`, under
/// another title where one is given. Without a language it is the one that is missing, where there is no doubt.
///
/// # Errors
///
/// It is translated into that language already, or its front matter can't be read.
pub fn translation(
    content: &Content,
    document: &Document,
    text: &str,
    lang: Option<&str>,
    title: Option<&str>,
) -> Result<Draft, DraftError> {
    let place = &document.place;
    let lang = target(content, document, lang)?;
    let same =
        content.documents.iter().find(|other| other.place.key == place.key && other.place.lang == lang);
    if let Some(other) = same {
        return Err(already_exists(&other.place.path));
    }
    let path = path_in(content, document, lang);
    if content.files.contains(&path) {
        return Err(already_exists(&path));
    }
    let words = TranslationMarks::for_language(&content.config.languages[lang].code);
    let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let title = title.as_deref().filter(|title| !title.is_empty());
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    // A title that is a heading is in front matter in the translation, beside what only that has.
    let (front, mut body) = content::front_matter_of(&text).unwrap_or((0..0, 0));
    let mut blocks = blocks(&text[front], &place.path)?;
    let options = content::markdown_options(place, &content.config);
    let heading = content::heading_title::find(&text[body..], body, &options);
    if let Some(heading) = heading.filter(|_| blocks.iter().all(|(key, _)| key != "title")) {
        blocks.insert(0, ("title".into(), format!("title: {}\n", scalar(&heading.title.value))));
        body = heading.text_at;
    }
    let mut out = String::from("---\n");
    for (key, block) in blocks {
        if key == DRAFT || content::OWN_KEYS.contains(&key.as_str()) {
            continue;
        }
        match title.filter(|_| key == "title") {
            Some(title) => out.push_str(&format!("title: {}\n", scalar(title))),
            None => {
                if WORDS.contains(&key.as_str()) {
                    out.push_str(&format!("# {}\n", words.mark));
                }
                out.push_str(&block);
            }
        }
        if key == "title" {
            out.push_str("draft: true\n");
            // Its address is in its own language, too.
            let address = title.map(slug).filter(|slug| !slug.is_empty() && place.kind != PageKind::Section);
            out.extend(address.map(|slug| format!("slug: {slug}\n")));
        }
    }
    out.push_str(&format!("---\n\n<!-- {} -->\n", words.text));
    let body = text[body..].trim_start_matches('\n');
    if !body.is_empty() {
        out.push('\n');
        out.push_str(body);
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    let notes = vec![
        format!("Translate the values below `# {}`, and the text.", words.mark),
        "It is a draft: delete the line `draft: true` to publish it.".to_string(),
    ];
    Ok(Draft { path, text: out, notes })
}

/// Into which language: the one that is named, or the only one that is missing.
fn target(content: &Content, document: &Document, code: Option<&str>) -> Result<LangId, DraftError> {
    if code.is_some() {
        let lang = language(content, code)?;
        if lang == document.place.lang {
            let code = &content.config.languages[lang].code;
            return Err(DraftError::new(format!(
                "`{}` is in the language `{code}` itself",
                document.place.path
            ))
            .help("name the language to translate into with `--lang`"));
        }
        return Ok(lang);
    }
    let has = |lang: LangId| {
        content
            .documents
            .iter()
            .any(|other| other.place.key == document.place.key && other.place.lang == lang)
    };
    let missing: Vec<LangId> = content.config.languages.ids().filter(|lang| !has(*lang)).collect();
    let codes: Vec<&str> = missing.iter().map(|lang| content.config.languages[*lang].code.as_str()).collect();
    match missing.as_slice() {
        [one] => Ok(*one),
        [] => Err(DraftError::new(format!(
            "`{}` already exists in every language of the site",
            document.place.path
        ))
        .help("add a language under `languages:` in `ringback.yaml`")),
        _ => Err(DraftError::new("which language should it be translated into?")
            .help(format!("name it with `--lang`: {}", yaml::listed(&codes)))),
    }
}

/// `content/a.md` in Swedish is `content/a.sv.md`.
fn path_in(content: &Content, document: &Document, lang: LangId) -> String {
    let stem = names::without_ending(&document.place.path, "md");
    let own = &content.config.languages[document.place.lang].code;
    let stem = stem.strip_suffix(&format!(".{own}")).unwrap_or(stem);
    format!("{stem}{}.md", suffix(content, lang))
}

fn unreadable(path: &str) -> DraftError {
    DraftError::new(format!("the front matter of `{path}` can't be read"))
        .help("`ringback check` says what is wrong with it; fix that first")
}

/// The keys of front matter with the lines of each.
fn blocks(front: &str, path: &str) -> Result<Vec<(String, String)>, DraftError> {
    let node = yaml::parse(front, 0, path).map_err(|_| unreadable(path))?;
    let documents = match node.value {
        Value::Map(documents) => documents,
        Value::Null => return Ok(Vec::new()),
        _ => return Err(unreadable(path)),
    };
    let starts: Vec<usize> = documents.iter().map(|(key, _)| key.span.start as usize).collect();
    let is_line_start = |at: &usize| *at == 0 || front.as_bytes().get(at - 1) == Some(&b'\n');
    if !starts.iter().all(is_line_start) {
        return Err(DraftError::new(format!("`{path}` has several front matter keys on one line"))
            .help("write each on its own line, and try again"));
    }
    // Comments above the first key stay with it.
    let first = starts.first().map(|_| 0);
    let begins: Vec<usize> = first.into_iter().chain(starts.into_iter().skip(1)).collect();
    let ends = begins.iter().skip(1).copied().chain([front.len()]);
    let lines = begins.iter().zip(ends).map(|(begin, end)| front[*begin..end].to_string());
    Ok(documents.iter().map(|(key, _)| key.value.clone()).zip(lines).collect())
}

/// What marks stand in the file.
struct TranslationMarks {
    mark: &'static str,
    text: &'static str,
}

impl TranslationMarks {
    fn for_language(code: &str) -> Self {
        match StarterLanguage::from_code(code) {
            StarterLanguage::English => {
                Self { mark: "Translate:", text: "Translate the text below, and take this line away." }
            }
            StarterLanguage::Swedish => {
                Self { mark: "Översätt:", text: "Översätt texten nedan, och ta bort den här raden." }
            }
            StarterLanguage::Norwegian => {
                Self { mark: "Oversett:", text: "Oversett teksten nedenfor, og ta bort denne linjen." }
            }
        }
    }
}
