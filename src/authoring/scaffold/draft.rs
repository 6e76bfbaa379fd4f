//! The beginning of a page, person or form of a site that is there already: [`draft`] gives its path and text.

use include_dir::{Dir, include_dir};

use super::{StarterLanguage, fill, scalar};
use crate::config::LangId;
use crate::content::Document;
use crate::content::PageKind;
use crate::diag::nearest;
use crate::encode::slug::slug;
use crate::site::Content;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/authoring/scaffold/pages");

/// Sentences that new pages begin with, in every language: nobody means to publish them.
#[must_use]
pub(in crate::authoring) fn sentences() -> Vec<&'static str> {
    const SHORTEST: usize = 30;
    let files =
        PAGES.dirs().flat_map(Dir::files).filter(|file| file.path().extension().is_some_and(|it| it == "md"));
    let texts = files.filter_map(include_dir::File::contents_utf8);
    let texts = texts.filter_map(|text| text.splitn(3, "---\n").nth(2));
    let lines = texts.flat_map(str::lines).filter(|line| !line.starts_with(['#', '<', '`', '|', '>']));
    let sentences = lines.map(|line| line.trim_start_matches(['-', '>', ' ', '[', ']', '*']));
    // What typography or a link changes is written otherwise in the text.
    let is_plain = |line: &&str| {
        line.len() >= SHORTEST && !line.contains(['%', '*', '_', '[', '{', '"', '\'', '`', '<', '→'])
    };
    let mut all: Vec<&str> = sentences.filter(is_plain).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// File names are made of so many characters of a title at most: longer addresses are cut by whoever quotes them.
const LONGEST: usize = 70;

/// So many terms of a taxonomy are offered.
const OFFERED: usize = 8;

/// What `ringback new` can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page of this kind.
    Page(PageKind),
    /// A form, as a file of `content/forms/`.
    Form,
    /// Questions about somebody's own work, and what the answers come to.
    Assessment,
    /// Somebody's own numbers, and what they come to.
    Calculator,
    /// A survey: questions about somebody else, or about the company.
    Survey,
}

/// The names of kinds, and where their files go.
const KINDS: &[(&str, Kind, &str)] = &[
    ("insight", Kind::Page(PageKind::Insight), "insights"),
    ("playbook", Kind::Page(PageKind::Playbook), "playbooks"),
    ("script", Kind::Page(PageKind::Script), "scripts"),
    ("mail", Kind::Page(PageKind::Mail), "mails"),
    ("cadence", Kind::Page(PageKind::Cadence), "cadences"),
    ("person", Kind::Page(PageKind::Person), "people"),
    ("page", Kind::Page(PageKind::Page), "pages"),
    ("section", Kind::Page(PageKind::Section), ""),
    ("form", Kind::Form, "forms"),
    ("assessment", Kind::Assessment, "assessments"),
    ("calculator", Kind::Calculator, "calculators"),
    ("survey", Kind::Survey, "surveys"),
];

/// Words that people use for kinds, each with the kind's name.
const SYNONYMS: &[(&str, &str)] = &[
    ("article", "insight"),
    ("post", "insight"),
    ("author", "person"),
    ("rep", "person"),
    ("email", "mail"),
    ("plan", "cadence"),
    ("folder", "section"),
    ("quiz", "assessment"),
    ("questionnaire", "survey"),
    ("360", "survey"),
];

impl Kind {
    /// Every kind, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(_, kind, _)| *kind)
    }

    /// The kind of this name, or of a word that people use for it.
    ///
    /// # Errors
    ///
    /// There is none: the nearest name, and all there are.
    pub fn from_word(word: &str) -> Result<Self, DraftError> {
        let word = word.trim().to_lowercase();
        let name = SYNONYMS.iter().find(|(said, _)| *said == word).map_or(word.as_str(), |(_, name)| name);
        // The folder's name is understood, too.
        let found =
            KINDS.iter().find(|(known, _, folder)| [*known, *folder].contains(&name) && !name.is_empty());
        found.map(|(_, kind, _)| *kind).ok_or_else(|| {
            let known: Vec<&str> = KINDS.iter().map(|(name, ..)| *name).collect();
            DraftError::new(format!("there is no kind `{word}`"))
                .suggesting(&word, &known)
                .help(format!("kinds are {}", crate::yaml::listed(&known)))
        })
    }

    /// The name by which it is asked for: `insight`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    fn row(self) -> (&'static str, &'static str) {
        KINDS
            .iter()
            .find(|(_, kind, _)| *kind == self)
            .map_or(("page", "pages"), |(name, _, folder)| (name, folder))
    }
}

/// What a new file is to be.
#[derive(Debug, Clone, Copy)]
pub struct DraftRequest<'a> {
    /// The kind of file.
    pub kind: Kind,
    /// The title of the page, as it was typed.
    pub title: &'a str,
    /// The code of its language, where one is named.
    pub lang: Option<&'a str>,
}

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its path from the site's root.
    pub path: String,
    /// The whole text of the file.
    pub text: String,
    /// What is worth knowing about it: a sentence each.
    pub notes: Vec<String>,
}

/// Why a file can't be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftError {
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it, a sentence each; may be empty.
    pub help: Vec<String>,
}

impl DraftError {
    /// An error that says this, without help.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new() }
    }

    /// The same with a further sentence of help.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Names what was probably meant.
    pub(super) fn suggesting(self, written: &str, known: &[&str]) -> Self {
        match nearest(written, known.iter().copied()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

/// The beginning of a new page, person or form: in the right place, with the right front matter, and kept back as a draft
/// where its kind can be.
///
/// # Errors
///
/// The title gives no file name, the language is none of the site's, there is such a page already, or a form has nobody
/// who would get its leads.
pub fn draft(content: &Content, wanted: &DraftRequest<'_>) -> Result<Draft, DraftError> {
    let title = wanted.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = file_name(&title)?;
    let lang = language(content, wanted.lang)?;
    let (name, folder) = wanted.kind.row();
    let key = match wanted.kind {
        Kind::Page(PageKind::Section) => id.clone(),
        _ => format!("{folder}/{id}"),
    };
    let mut notes = Vec::new();
    let path = match wanted.kind {
        Kind::Form | Kind::Assessment | Kind::Calculator | Kind::Survey => format!("content/{key}.yaml"),
        Kind::Page(kind) => {
            let same: Vec<&Document> = content
                .documents
                .iter()
                .map(|document| &**document)
                .filter(|document| document.place.key == key)
                .collect();
            if let Some(other) = same.iter().find(|document| document.place.lang == lang) {
                return Err(already_exists(&other.place.path));
            }
            if let Some(other) = same.first() {
                notes.push(format!(
                    "It has the same name as `{}`, so it is its translation.",
                    other.place.path
                ));
            }
            let file = if kind == PageKind::Section { format!("{key}/_index") } else { key.clone() };
            format!("content/{file}{}.md", suffix(content, lang))
        }
    };
    if content.files.contains(&path) {
        return Err(already_exists(&path));
    }
    let webhook = match wanted.kind {
        Kind::Form => receiver(content, &mut notes)?,
        _ => "",
    };
    let code = &content.config.languages[lang].code;
    let tongue = StarterLanguage::from_code(code);
    let ending = if matches!(wanted.kind, Kind::Page(_)) { "md" } else { "yaml" };
    let template = PAGES.get_file(format!("{}/{name}.{ending}", tongue.code()));
    let template = template.and_then(include_dir::File::contents_utf8).unwrap_or_default();
    let marks = [
        ("%title%", scalar(&title)),
        ("%id%", id.clone()),
        ("%date%", content.today.to_string()),
        ("%authors%", authors(content)),
        ("%choices%", choices(content)),
        ("%webhook%", webhook.to_string()),
    ];
    let marks: Vec<(&str, &str)> = marks.iter().map(|(mark, value)| (*mark, value.as_str())).collect();
    notes.extend(hints(wanted.kind, &id, template));
    Ok(Draft { path, text: fill(template, &marks), notes })
}

/// What to do with a new file: it is a draft, or shown by its name.
fn hints(kind: Kind, id: &str, template: &str) -> Vec<String> {
    let mut notes = Vec::new();
    if template.contains("draft: true") {
        let when = match kind {
            Kind::Page(kind) if kind.is_internal() => "give it to the team",
            _ => "publish it",
        };
        notes.push(format!("It is a draft: delete the line `draft: true` to {when}."));
    }
    match kind {
        Kind::Form => notes.push(format!(
            "Show it in a text with `[form:{id}]`, or in front of a guide with `gate: {{form: {id}}}`."
        )),
        Kind::Assessment | Kind::Calculator | Kind::Survey => {
            notes
                .push(format!("It is shown where a text has `[{}:{id}]` on a line of its own.", kind.name()));
        }
        Kind::Page(_) => {}
    }
    notes
}

/// What a title is called as a file.
pub(super) fn file_name(title: &str) -> Result<String, DraftError> {
    let mut name = slug(title);
    if name.chars().count() > LONGEST {
        let cut: String = name.chars().take(LONGEST).collect();
        name = cut.rsplit_once('-').map_or(cut.as_str(), |(words, _)| words).to_string();
    }
    match name.as_str() {
        "" => Err(DraftError::new("the title has no letters or digits for a file name")
            .help("write it in quotation marks, such as `ringback new insight \"Why nobody answers\"`")),
        "index" | "_index" => {
            Err(DraftError::new(format!("a file called `{name}` would be the page of its folder"))
                .help("choose another title"))
        }
        _ => Ok(name),
    }
}

/// The language of this code, or the default one.
pub(super) fn language(content: &Content, code: Option<&str>) -> Result<LangId, DraftError> {
    let Some(code) = code else { return Ok(content.config.default_language) };
    content.config.language(code).ok_or_else(|| {
        let known: Vec<&str> =
            content.config.languages.iter().map(|language| language.code.as_str()).collect();
        DraftError::new(format!("the site has no language `{code}`")).suggesting(code, &known).help(format!(
            "its languages are {}; add one under `languages:` in `ringback.yaml`",
            crate::yaml::listed(&known)
        ))
    })
}

/// What stands before the ending of a file in a language.
pub(super) fn suffix(content: &Content, lang: LangId) -> String {
    if lang == content.config.default_language {
        String::new()
    } else {
        format!(".{}", content.config.languages[lang].code)
    }
}

/// The error for a file that is there already.
pub(super) fn already_exists(path: &str) -> DraftError {
    DraftError::new(format!("the file `{path}` already exists"))
        .help("nothing was changed; choose another title, or continue with that file")
}

/// The author, where there is no doubt; else who there is, to choose from.
fn authors(content: &Content) -> String {
    let people = content.documents.iter().filter(|document| document.place.kind == PageKind::Person);
    let mut people: Vec<&str> =
        people.filter_map(|person| person.place.key.strip_prefix("people/")).collect();
    people.sort_unstable();
    people.dedup();
    match people.as_slice() {
        [] => String::new(),
        [one] => format!("authors: [{one}]"),
        many => format!("# authors: [{}]", list_some(many)),
    }
}

/// The stages, and the terms of each taxonomy.
fn choices(content: &Content) -> String {
    let config = &content.config;
    let stages: Vec<&str> = config.journey.stages.iter().map(|stage| stage.id.as_str()).collect();
    let mut lines = vec![format!("# stage: {}", list_some(&stages))];
    for taxonomy in &config.taxonomies {
        let terms: Vec<&str> = taxonomy.terms.iter().map(|term| term.name.as_str()).collect();
        lines.push(format!("# {}: [{}]", taxonomy.name, list_some(&terms)));
    }
    lines.join("\n")
}

fn list_some(names: &[&str]) -> String {
    let mut text = names.iter().take(OFFERED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > OFFERED {
        text.push_str(", …");
    }
    text
}

/// Who gets the leads of a new form.
fn receiver<'c>(content: &'c Content, notes: &mut Vec<String>) -> Result<&'c str, DraftError> {
    let mut all = content.config.webhooks.keys();
    let Some(first) = all.next() else {
        return Err(DraftError::new("its leads would go nowhere: the site has no webhook")
            .help("declare one in `ringback.yaml`: `webhooks: {crm: {url: \"https://…\"}}`"));
    };
    if all.next().is_some() {
        notes.push(format!(
            "Its leads go to `{first}`; other webhooks are under `webhooks:` in `ringback.yaml`."
        ));
    }
    Ok(first)
}
