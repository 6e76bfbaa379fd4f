//! The reading half: what the project's files say, each file on its own and in parallel.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::guard::catch_panic_in_file;
use super::read_cache::{FileListing, ReadCache};
use crate::config::{self, BlockFiles, Config, EditionConfig, LangId, PublishedAddresses};
use crate::content::Document;
use crate::content::assessment;
use crate::content::blocks::captions;
use crate::content::blocks::media::{self, Companion};
use crate::content::calculator;
use crate::content::form::{self, Form, FormId};
use crate::content::survey;
use crate::content::{self, pdf};
use crate::diag::{Code, Diagnostic, Diagnostics, credentials};
use crate::edition::inputs::Options;
use crate::encode::bytes;
use crate::findings;
use crate::ids::IdVec;
use crate::languages::formats::LocaleFormats;
use crate::leads::gates::key::{Secret, VARIABLE};
use crate::leads::gates::lock::{self, Passphrase};
use crate::project::{ADDRESSES_FILE, CONFIG_FILE, PathKind, Project, REDIRECTS_FILE, names};
use crate::site::{Asked, MediaFiles, PrintDocument, Recording};
use crate::theme::{self, Sources, Theme};

/// `ringback.yaml`, with the redirects of the table beside it.
pub(crate) fn configuration(
    project: &dyn Project,
    files: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    if !files.iter().any(|file| file == CONFIG_FILE) {
        // What is there and no file has been reported.
        if project.path_kind(CONFIG_FILE) == PathKind::Other {
            return None;
        }
        diagnostics.push(
            Diagnostic::new(Code::NoContent, format!("there is no site here: `{}` is missing", CONFIG_FILE))
                .help("go to the folder of your site, or name it with `--root`")
                .help(format!(
                    "a site begins with a file `{}`: `title: …` and `base_url: https://…/`",
                    CONFIG_FILE
                )),
        );
        return None;
    }
    let bytes = project.read(CONFIG_FILE).map_err(|problem| diagnostics.push(*problem)).ok()?;
    let text = content::text(CONFIG_FILE, &bytes, diagnostics)?;
    let mut config = config::read(text, &|name| project.variable(name), diagnostics)?;
    if files.iter().any(|file| file == REDIRECTS_FILE) {
        match project.read(REDIRECTS_FILE) {
            Ok(bytes) => {
                let text = content::text(REDIRECTS_FILE, &bytes, diagnostics).unwrap_or_default();
                config.redirects.extend(config::csv(text, diagnostics));
            }
            Err(problem) => diagnostics.push(*problem),
        }
    }
    if files.iter().any(|file| file == ADDRESSES_FILE) {
        match project.read(ADDRESSES_FILE) {
            Ok(bytes) => {
                let text = content::text(ADDRESSES_FILE, &bytes, diagnostics);
                config.published = text.map(|text| PublishedAddresses::read(text, diagnostics));
            }
            Err(problem) => diagnostics.push(*problem),
        }
    }
    let files = BlockFiles::find(files, &theme::folders(&config));
    let read = |file: &str, diagnostics: &mut Diagnostics| {
        let bytes = project.read(file).map_err(|problem| diagnostics.push(*problem)).ok()?;
        content::text(file, &bytes, diagnostics).map(str::to_string)
    };
    let blocks = files.blocks(read, diagnostics);
    config.blocks = blocks;
    Some(config)
}

/// The configuration, from `cache` where that has it; what is wrong with it is reported each time.
pub(super) fn known_configuration(
    project: &dyn Project,
    cache: &mut ReadCache,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Config>> {
    let files = cache.files(project, &mut Diagnostics::new());
    cache.config(|diagnostics| configuration(project, &files, diagnostics), diagnostics)
}

/// Dates, numbers and alphabets of each language.
pub(super) fn language_tools(config: &Config, cache: &mut ReadCache) -> Arc<IdVec<LangId, LocaleFormats>> {
    let make =
        || Arc::new(config.languages.iter().map(|language| LocaleFormats::new(&language.locale)).collect());
    Arc::clone(cache.tools.get_or_insert_with(make))
}

/// The theme, from `cache` where that has it; what is wrong with it is reported each time.
pub(super) fn theme(
    project: &dyn Project,
    config: &Config,
    files: &[String],
    cache: &mut ReadCache,
    diagnostics: &mut Diagnostics,
) -> Arc<Theme> {
    let tools = language_tools(config, cache);
    let (theme, problems) = cache.theme.get_or_insert_with(|| {
        let mut problems = Diagnostics::new();
        let sources = Sources { project, files, client: findings::CLIENT };
        let theme = Theme::load(&sources, config, &tools, &mut problems);
        for file in files.iter().filter(|file| file.starts_with("themes/")) {
            let found = project.read(file).map(|bytes| credentials::find(&bytes)).unwrap_or_default();
            problems.extend(found.iter().map(|found| credentials::problem(found, file, None)));
        }
        (Arc::new(theme), problems.into_iter().collect())
    });
    diagnostics.extend(problems.iter().cloned());
    Arc::clone(theme)
}

/// All pages' files, in the order of their paths, and the paths of all other files. One that can't be read keeps its place. What
/// is kept is not read again.
pub(super) fn documents(
    project: &dyn Project,
    config: &Config,
    files: &Arc<[String]>,
    cache: &mut ReadCache,
    diagnostics: &mut Diagnostics,
) -> (Vec<Arc<Document>>, Arc<[String]>) {
    let is_page = |file: &&String| names::is_page(file);
    let forgotten = std::mem::take(&mut cache.unread);
    let unread: BTreeSet<String> = match &cache.listed {
        // What is a page no more has changed the list of files.
        Some(listed) if Arc::ptr_eq(&listed.files, files) => forgotten,
        _ => files
            .iter()
            .filter(is_page)
            .filter(|file| !cache.documents.contains_key(*file))
            .cloned()
            .collect(),
    };
    let read: Vec<_> = unread
        .par_iter()
        .map(|file| {
            let mut problems = Diagnostics::new();
            let document = catch_panic_in_file(file, &mut problems, |problems| {
                document(project, config, file, problems).map(Arc::new)
            });
            (file.clone(), (document.flatten(), problems.into_iter().collect()))
        })
        .collect();
    cache.documents.extend(read);
    let documents = match cache.relisted(files, &unread) {
        Some(documents) => documents.to_vec(),
        None => {
            let all = files.iter().filter(is_page).filter_map(|file| cache.documents.get(file));
            let documents: Vec<Arc<Document>> = all.filter_map(|(document, _)| document.clone()).collect();
            let (files, others) = (Arc::clone(files), cache.others(files));
            cache.listed = Some(FileListing { files, others, documents: documents.clone() });
            documents
        }
    };
    let problems: BTreeMap<&String, &Vec<Diagnostic>> = cache
        .documents
        .iter()
        .filter(|(_, (_, problems))| !problems.is_empty())
        .map(|(file, (_, problems))| (file, problems))
        .collect();
    diagnostics.extend(problems.into_values().flatten().cloned());
    if documents.is_empty() && !diagnostics.has_errors() {
        diagnostics.push(
            Diagnostic::new(Code::NoContent, "there is nothing to publish: `content/` has no Markdown files")
                .help("write a first article: `content/insights/hello.md` with `title: …` between two `---` lines"),
        );
    }
    (documents, cache.others(files))
}

fn document(
    project: &dyn Project,
    config: &Config,
    file: &str,
    problems: &mut Diagnostics,
) -> Option<Document> {
    let place = content::parse_path(file, config).map_err(|problem| problems.push(*problem)).ok()?;
    match project.read(file) {
        Ok(bytes) => Some(content::document(place, &bytes, config, problems)),
        Err(problem) => {
            problems.push(*problem);
            Some(Document::unread(place))
        }
    }
}

/// The forms of the site, each read with what it extends; what is wrong is reported.
pub(crate) fn forms(
    project: &dyn Project,
    config: &Config,
    files: &[String],
    diagnostics: &mut Diagnostics,
) -> IdVec<FormId, Form> {
    form::read(&files_named(project, files, names::is_form, diagnostics), config, diagnostics).into()
}

/// All that visitors are asked: forms, which know what the others add to their leads, assessments, calculators and surveys.
pub(super) fn visitor_inputs(
    project: &dyn Project,
    config: &Config,
    files: &[String],
    diagnostics: &mut Diagnostics,
) -> (IdVec<FormId, Form>, Asked) {
    let mut forms = forms(project, config, files, diagnostics);
    let sources = files_named(project, files, names::is_assessment, diagnostics);
    let assessments = assessment::read(&sources, config, diagnostics);
    assessment::add_to_forms(&assessments, &mut forms);
    let sources = files_named(project, files, names::is_calculator, diagnostics);
    let calculators = calculator::read(&sources, config, diagnostics);
    calculator::add_to_forms(&calculators, &mut forms);
    let sources = files_named(project, files, names::is_survey, diagnostics);
    let surveys = survey::read(&sources, config, diagnostics);
    survey::add_to_forms(&surveys, &mut forms);
    let asked =
        Asked { assessments: assessments.into(), calculators: calculators.into(), surveys: surveys.into() };
    (forms, asked)
}

/// The files whose names are such, with their bytes.
fn files_named(
    project: &dyn Project,
    files: &[String],
    is_meant: fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Vec<form::Source> {
    let mut sources = Vec::new();
    for file in files.iter().filter(|file| is_meant(file)) {
        match project.read(file) {
            Ok(bytes) => sources.push((file.clone(), bytes)),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    sources
}

/// What the keys of gates are made from, where the environment has it.
pub(super) fn secret(project: &dyn Project) -> Option<Secret> {
    Secret::new(&project.variable(VARIABLE)?)
}

/// What editions are sealed with, where the environment has it.
pub(super) fn passphrase(project: &dyn Project) -> Option<Passphrase> {
    Passphrase::new(&project.variable(lock::VARIABLE)?)
}

/// What is known of the files that texts play or give away.
pub(super) fn media(
    project: &dyn Project,
    documents: &[Arc<Document>],
    files: &[String],
    cache: &mut ReadCache,
    diagnostics: &mut Diagnostics,
) -> MediaFiles {
    MediaFiles {
        recordings: recordings(project, files, diagnostics),
        documents: print_documents(project, documents, files, cache),
    }
}

/// A recording of so many bytes is refused: no host of static sites takes it, and no reader waits for it.
const LARGEST: u64 = 1_000_000_000;

/// The films and the sound beside pages and in `static/`, with what is said in them.
fn recordings(
    project: &dyn Project,
    files: &[String],
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Recording> {
    let is_published = |file: &&String| file.starts_with("content/") || file.starts_with("static/");
    let mut found = BTreeMap::new();
    for file in files.iter().filter(|file| media::media(file).is_some()).filter(is_published) {
        let bytes = project.size(file).unwrap_or_default();
        if bytes >= LARGEST {
            let message = format!("this recording has {} MB: hosts refuse such files", bytes / 1_000_000);
            let help =
                "make it smaller, or put it on a video service and write its address alone in a paragraph";
            diagnostics.push(Diagnostic::new(Code::OversizedMedia, message).in_file(file).help(help));
        }
        let mut recording = Recording { bytes, transcripts: Vec::new() };
        for (captions, companion) in media::companions(file, files) {
            let Companion::Captions(language) = companion else { continue };
            let read = project.read(captions).map_err(|problem| diagnostics.push(*problem)).ok();
            let read = read.as_deref().and_then(|bytes| content::text(captions, bytes, diagnostics));
            match read.map(captions::read) {
                Some(Ok(cues)) => {
                    recording.transcripts.push((language.map(str::to_string), captions::transcript(&cues)));
                }
                Some(Err(wrong)) => diagnostics.push(
                    Diagnostic::new(Code::InvalidCaptions, wrong.message)
                        .at(captions, wrong.span)
                        .help(wrong.help),
                ),
                None => {}
            }
        }
        found.insert(file.clone(), recording);
    }
    found
}

/// The documents for print that texts show as such. Which file a link leads to is known later: all are read that are called
/// like one that is shown.
fn print_documents(
    project: &dyn Project,
    documents: &[Arc<Document>],
    files: &[String],
    cache: &mut ReadCache,
) -> BTreeMap<String, PrintDocument> {
    let names: BTreeSet<&str> =
        documents.iter().flat_map(|document| &document.uses.documents).map(String::as_str).collect();
    if names.is_empty() {
        return BTreeMap::new();
    }
    let named =
        files.iter().filter(|file| media::is_document(file) && names.contains(media::file_name(file)));
    let found = named.filter_map(|file| {
        let read = || {
            let bytes = project.read(file).ok()?;
            Some(PrintDocument { bytes: bytes.len() as u64, pages: pdf::pages(&bytes) })
        };
        let document = cache.print_documents.entry(file.clone()).or_insert_with(read);
        document.map(|document| (file.clone(), document))
    });
    found.collect()
}

/// The editions that the site's configuration names; none where it can't be read.
#[must_use]
pub fn editions_of(project: &dyn Project, diagnostics: &mut Diagnostics) -> Vec<EditionConfig> {
    let files = project.files(diagnostics);
    configuration(project, &files, diagnostics).map(|config| config.editions).unwrap_or_default()
}

/// The editions to build: all, or the one that is asked for.
pub(crate) fn editions(
    config: &Config,
    only: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Vec<EditionConfig> {
    let Some(name) = only else { return config.editions.clone() };
    let found: Vec<EditionConfig> =
        config.editions.iter().filter(|edition| edition.name == name).cloned().collect();
    if found.is_empty() {
        let known: Vec<&str> = config.editions.iter().map(|edition| edition.name.as_str()).collect();
        diagnostics.push(
            Diagnostic::new(Code::UnknownEdition, format!("the site has no edition `{name}`"))
                .suggest(name, known.iter().copied())
                .help(format!("its editions are {}", crate::yaml::listed(&known))),
        );
    }
    found
}

/// Tells whether anything that a build reads has changed: files, settings, the day, the program. Empty where the project
/// can't tell.
pub(super) fn fingerprint(project: &dyn Project, cache: &mut ReadCache, options: &Options) -> String {
    let mut ignored = Diagnostics::new();
    let files = cache.files(project, &mut ignored);
    let Some(config) = known_configuration(project, cache, &mut ignored) else { return String::new() };
    let Some(mut print) = project.fingerprint(&files).filter(|_| !ignored.has_errors()) else {
        return String::new();
    };
    let secret = secret(project).map(|secret| secret.fingerprint());
    let _ = write!(print, "{} {config:?} {options:?} {secret:?}", project.today(&config.time_zone));
    if config.editions.iter().any(|edition| edition.is_sealed) {
        let _ = write!(print, " {:?}", passphrase(project).map(|passphrase| passphrase.fingerprint()));
    }
    // It has addresses and other values of the environment in it, and lies in a file.
    bytes::hex(&Sha256::digest(print.as_bytes()))
}
