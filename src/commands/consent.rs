//! The words behind the hash of a consent receipt, in the site as it is and as it was: another way out of the pipeline,
//! without rendering or writing anything.
//!
//! Each version of the site's forms is read by the same parser that builds read them with, in the languages that the
//! site had then. Built-in forms are those of this ringback.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::build::sources;
use crate::config::{self, Config};
use crate::content;
use crate::content::form::{self, Form, Source};
use crate::diag::Diagnostics;
use crate::leads::forms::lead::text_hash;
use crate::project::history::{Commit, History, Line, NoHistory};
use crate::project::{CONFIG_FILE, Project, names};

/// Where the words of consents can come from.
const PATHS: &[&str] = &["content/forms", "content/Forms", "content/FORMS", CONFIG_FILE];

/// The words of a consent, as readers of one language saw them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ConsentText {
    /// The form; of a built-in one, its name.
    pub form: String,
    /// The form's file; none for a built-in form that no form of the site extends.
    pub file: Option<String>,
    /// The consent's id in its form.
    pub consent: String,
    /// Which wording it says it is.
    pub version: Option<String>,
    /// Could the form not be sent without it?
    pub required: Option<bool>,
    /// The code of the language.
    pub lang: String,
    /// The words, without space around them.
    pub text: String,
    /// The SHA-256 of the words, in hexadecimal digits.
    pub text_sha256: String,
    /// Where the links in them led.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<ConsentLink>,
}

/// A link in the words of a consent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ConsentLink {
    /// The words that it is on.
    pub words: String,
    /// Where it led, as the form's file says.
    pub target: String,
}

/// A time during which words stood in the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The commit that brought them.
    pub since: Commit,
    /// The commit that took them away, if one has.
    pub until: Option<Commit>,
}

/// Words that have the hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The words, and where they are.
    #[serde(flatten)]
    pub words: ConsentText,
    /// Are they in the site's files as these are now?
    pub now: bool,
    /// When they stood there, on the branch that is checked out; on any other, where this one never had them.
    pub periods: Vec<Period>,
    /// Are the periods those of the branch that is checked out?
    pub on_branch: bool,
}

/// How far back was looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryDepth {
    /// As far as there is anything.
    Whole,
    /// A part of the history isn't here.
    Shallow,
    /// Nothing but the present files: why there is no history.
    None(NoHistory),
}

/// The words whose hash begins with `hash`, in small letters. `history` is that of the site. What is wrong with the
/// site's configuration is reported.
#[must_use]
pub fn consents(
    project: &dyn Project,
    history: Result<History, NoHistory>,
    hash: &str,
    diagnostics: &mut Diagnostics,
) -> (Vec<Receipt>, HistoryDepth) {
    let mut ignored = Diagnostics::new();
    let files = project.files(&mut ignored);
    let Some(config) = sources::configuration(project, &files, &mut ignored) else {
        diagnostics.extend(ignored);
        return (Vec::new(), HistoryDepth::None(NoHistory::NoRepository));
    };
    let forms = sources::forms(project, &config, &files, &mut ignored);
    let search = Search { hash, project, config: &config, now: words(&forms, &config, hash) };
    let past = history.and_then(|history| {
        let found = search.history(&history)?;
        Ok((found, if history.is_shallow() { HistoryDepth::Shallow } else { HistoryDepth::Whole }))
    });
    let (mut found, past) = match past {
        Ok(found) => found,
        Err(none) => (search.without_history(), HistoryDepth::None(none)),
    };
    if found.is_empty() {
        found = presets(hash, &config);
    }
    (found, past)
}

struct Search<'a> {
    hash: &'a str,
    project: &'a dyn Project,
    config: &'a Config,
    /// What the site's files have now.
    now: BTreeSet<ConsentText>,
}

impl Search<'_> {
    fn without_history(&self) -> Vec<Receipt> {
        let now = |words: &ConsentText| Receipt {
            words: words.clone(),
            now: true,
            periods: Vec::new(),
            on_branch: true,
        };
        self.now.iter().map(now).collect()
    }

    fn history(&self, history: &History) -> Result<Vec<Receipt>, NoHistory> {
        let mut periods = self.periods(history, Line::Branch)?;
        let on_branch = !periods.is_empty() || !self.now.is_empty();
        if !on_branch {
            periods = self.periods(history, Line::All)?;
        }
        for words in &self.now {
            periods.entry(words.clone()).or_default();
        }
        let receipt = |(words, periods): (ConsentText, Vec<Period>)| {
            let now = self.now.contains(&words);
            Receipt { words, now, periods, on_branch }
        };
        Ok(periods.into_iter().map(receipt).collect())
    }

    fn periods(
        &self,
        history: &History,
        line: Line,
    ) -> Result<BTreeMap<ConsentText, Vec<Period>>, NoHistory> {
        let mut blobs: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut known = (Vec::new(), BTreeSet::new());
        let mut found: BTreeMap<ConsentText, Vec<Period>> = BTreeMap::new();
        for commit in history.commits(PATHS, line)? {
            let files = history.files(&commit, PATHS)?;
            if known.0 != files {
                for (_, id) in &files {
                    if !blobs.contains_key(id) {
                        blobs.insert(id.clone(), history.read(id)?);
                    }
                }
                let sources = files.iter().map(|(path, id)| (path.clone(), blobs[id].clone())).collect();
                known = (files, self.then(sources));
            }
            for (words, periods) in &mut found {
                let open = periods.last_mut().filter(|period| period.until.is_none());
                // What one branch has and another hasn't is no change.
                if let Some(open) = open.filter(|_| line == Line::Branch && !known.1.contains(words)) {
                    open.until = Some(commit.clone());
                }
            }
            for words in &known.1 {
                let periods = found.entry(words.clone()).or_default();
                if periods.last().is_none_or(|period| period.until.is_some()) {
                    periods.push(Period { since: commit.clone(), until: None });
                }
            }
        }
        Ok(found)
    }

    /// The words that a version of the files has.
    fn then(&self, sources: Vec<Source>) -> BTreeSet<ConsentText> {
        let mut ignored = Diagnostics::new();
        let text = sources.iter().find(|(path, _)| path == CONFIG_FILE);
        let text = text.and_then(|(path, bytes)| content::text(path, bytes, &mut ignored));
        let config =
            text.and_then(|text| config::read(text, &|name| self.project.variable(name), &mut ignored));
        let forms: Vec<Source> = sources.iter().filter(|(path, _)| names::is_form(path)).cloned().collect();
        let config = config.as_ref().unwrap_or(self.config);
        words(&form::read(&forms, config, &mut ignored), config, self.hash)
    }
}

/// The words of forms, in every language, whose hash begins with `hash`.
fn words(forms: &[Form], config: &Config, hash: &str) -> BTreeSet<ConsentText> {
    let mut found = BTreeSet::new();
    for form in forms {
        for consent in &form.consent {
            for (lang, language) in config.languages.each() {
                let (words, links) = consent.text.linked(lang, config.default_language);
                let text = words.trim();
                let text_sha256 = text_hash(text);
                if !text_sha256.starts_with(hash) {
                    continue;
                }
                let links = links.map(|link| ConsentLink {
                    words: words[link.words.clone()].to_string(),
                    target: link.target.clone(),
                });
                found.insert(ConsentText {
                    form: form.id.clone(),
                    file: Some(form.path.clone()),
                    consent: consent.id.value.clone(),
                    version: consent.version.clone(),
                    required: Some(consent.required),
                    lang: language.code.clone(),
                    text: text.to_string(),
                    text_sha256,
                    links: links.collect(),
                });
            }
        }
    }
    found
}

/// The words of built-in forms, for a site that once extended one and has no history to show for it.
fn presets(hash: &str, config: &Config) -> Vec<Receipt> {
    let mut found = Vec::new();
    for consent in form::preset_consents() {
        let lang = config.language(&consent.lang).unwrap_or(config.default_language);
        let text = consent.text.replace(form::ORGANIZATION, config.publisher(lang)).trim().to_string();
        let text_sha256 = text_hash(&text);
        if !text_sha256.starts_with(hash) {
            continue;
        }
        let words = ConsentText {
            form: consent.form,
            file: None,
            consent: consent.id,
            version: consent.version,
            required: None,
            lang: consent.lang,
            text,
            text_sha256,
            links: Vec::new(),
        };
        found.push(Receipt { words, now: false, periods: Vec::new(), on_branch: false });
    }
    found
}
