//! The theme: templates, style sheets, scripts, fonts and strings, the site's own files laid over the built-in ones.
//!
//! [`Theme::load`] finds the winning file for each path, gives every asset a name with a hash of its content, points
//! `url(…)` in style sheets to those names, and compiles the templates once for each language.

pub mod engine;
mod settings;
mod strings;
pub mod values;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use self::engine::Engine;
use self::settings::Settings;
pub use self::strings::{Strings, Word};
use crate::config::{Config, LangId, Stage};
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::bytes::hex;
use crate::languages::formats::Tools;
use crate::leads::gates::{self, lock};
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::project::{CONFIG_FILE, Project};
use crate::publishing::search::Words;
use crate::sales::playbooks;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

/// The theme inside the program.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/ringback");

/// The name of the theme inside the program.
const NAME: &str = "ringback";

/// Scripts that read what the program writes. They are the program's in every theme: one of another version would lose
/// leads, leave gates shut or find nothing.
const CONTRACT: &[(&str, &str)] = &[
    ("js/engine-meilisearch.js", include_str!("../publishing/search/engine-meilisearch.js")),
    ("js/engine-static.js", include_str!("../publishing/search/engine-static.js")),
    ("js/gate.js", gates::SCRIPT),
    ("js/lock.js", lock::SCRIPT),
    ("js/lock-now.js", lock::NOW_SCRIPT),
    ("js/lead.js", include_str!("../leads/forms/lead.js")),
    ("js/playbook.js", playbooks::SCRIPT),
    ("js/redirect.js", include_str!("../publishing/redirect.js")),
    ("js/rep.js", include_str!("../sales/sharing/rep.js")),
    ("js/script.js", include_str!("../sales/calls/script.js")),
    ("js/search.js", include_str!("../publishing/search/search.js")),
    ("js/share.js", include_str!("../sales/sharing/share.js")),
];

/// A style sheet, script, font or picture of the theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Its path in the theme: `css/main.css`.
    pub path: String,
    /// Its content, final.
    pub bytes: Vec<u8>,
    /// Its URL, with a hash of the content: `/assets/css/main.0123abcd.css`.
    pub url: String,
    /// Where it comes from: a file of the site, or the program.
    pub source: String,
}

/// A loaded theme.
#[derive(Debug)]
pub struct Theme {
    /// Assets by path.
    pub files: Vec<ThemeFile>,
    /// The template engine of each language.
    pub engines: Vec<Engine>,
    /// The words of each language.
    pub strings: Vec<Strings>,
    /// What `theme.yaml` says.
    pub settings: Settings,
}

/// The theme's files by path in the theme: where each comes from, and its bytes.
struct Layers(BTreeMap<String, (String, Vec<u8>)>);

impl Layers {
    /// The built-in files, with those of the site's folders over them; the named theme is the last word.
    fn read(project: &dyn Project, config: &Config, files: &[String], diagnostics: &mut Diagnostics) -> Self {
        let mut layers = BTreeMap::new();
        add_built_in(&BUILT_IN, &mut layers);
        let mut folders = vec![NAME];
        if config.theme.value != NAME {
            folders.push(&config.theme.value);
            let prefix = format!("themes/{}/", config.theme.value);
            if !files.iter().any(|file| file.starts_with(&prefix)) {
                let themes = files.iter().filter_map(|file| file.strip_prefix("themes/")?.split('/').next());
                let known: Vec<&str> = themes.chain([NAME]).collect();
                diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownTheme,
                        format!("there is no theme `{}`", config.theme.value),
                    )
                    .at(CONFIG_FILE, config.theme.span)
                    .suggest(&config.theme.value, known)
                    .help("a theme is a folder in `themes/`; `ringback` is built in"),
                );
            }
        }
        for folder in folders {
            let prefix = format!("themes/{folder}/");
            for file in files {
                let Some(path) = file.strip_prefix(&prefix) else { continue };
                match project.read(file) {
                    Ok(bytes) => {
                        layers.insert(path.to_string(), (file.clone(), bytes));
                    }
                    Err(problem) => diagnostics.push(*problem),
                }
            }
        }
        for (path, text) in CONTRACT {
            let source = format!("themes/{NAME}/{path}");
            layers.insert((*path).to_string(), (source, without_comments(text).into_bytes()));
        }
        Self(layers)
    }

    fn text(&self, path: &str, diagnostics: &mut Diagnostics) -> Option<(&str, &str)> {
        let (source, bytes) = self.0.get(path)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Some((source, text)),
            Err(error) => {
                let at = error.valid_up_to();
                let message = format!("this file is not UTF-8 text: byte {at} is where it breaks");
                diagnostics.push(
                    Diagnostic::new(Code::NotUtf8, message).in_file(source).help("save it again as UTF-8"),
                );
                None
            }
        }
    }
}

/// A script of ours without lines that are comments, which are for us and a fifth of what browsers would load. In none of
/// [`CONTRACT`] does a line of a text begin like one.
fn without_comments(script: &str) -> String {
    let mut is_comment = false;
    let mut out = String::with_capacity(script.len());
    for line in script.lines() {
        let start = line.trim_start();
        is_comment |= start.starts_with("/**");
        if !is_comment && !start.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    out
}

fn add_built_in(dir: &Dir<'_>, layers: &mut BTreeMap<String, (String, Vec<u8>)>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        layers.insert(path.clone(), (format!("themes/{NAME}/{path}"), file.contents().to_vec()));
    }
    for sub in dir.dirs() {
        add_built_in(sub, layers);
    }
}

/// The text of a file of the built-in theme, for messages that show it; `file` is a path as in a site.
#[must_use]
pub fn built_in_text(file: &str) -> Option<String> {
    let inside = file.strip_prefix("themes/")?.strip_prefix(NAME)?.strip_prefix('/')?;
    BUILT_IN.get_file(inside)?.contents_utf8().map(str::to_string)
}

impl Theme {
    /// Loads the theme that `config` names. Mistakes in its files are reported.
    #[must_use]
    pub fn load(
        project: &dyn Project,
        config: &Config,
        files: &[String],
        tools: &Arc<Vec<Tools>>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let layers = Layers::read(project, config, files, diagnostics);
        let settings = match layers.text("theme.yaml", diagnostics) {
            Some((source, text)) => settings::read(source, text, diagnostics),
            None => Settings::default(),
        };
        let strings = config.languages.iter();
        let strings = strings.map(|language| Strings::read(&layers, &language.code, diagnostics)).collect();
        let mut templates = Vec::new();
        for path in layers.0.keys().filter(|path| path.starts_with("templates/")) {
            if let Some((source, text)) = layers.text(path, diagnostics) {
                let name = path.trim_start_matches("templates/").to_string();
                templates.push(engine::TemplateFile {
                    name,
                    source: source.to_string(),
                    text: text.to_string(),
                });
            }
        }
        let engines = (0..config.languages.len())
            .filter_map(|lang| Engine::compile(&templates, Arc::clone(tools), lang, diagnostics))
            .collect();
        let mut files = assets(&layers, &settings);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, engines, strings, settings }
    }

    /// The theme's files in the output.
    #[must_use]
    pub fn artifacts(&self) -> Vec<Planned> {
        let planned = self.files.iter().enumerate().map(|(index, file)| Planned {
            path: OutPath::file(file.url.clone()),
            artifact: Artifact::ThemeFile(index),
            origin: Origin::file(format!("the theme's `{}`", file.path), file.source.clone()),
            warrant: Warrant::theme(),
        });
        planned.collect()
    }

    /// The theme's word for something in a language, by its key in `i18n/`; `None` for words that depend on a number.
    #[must_use]
    pub fn word(&self, lang: LangId, key: &str) -> Option<&str> {
        self.strings[lang].get(key)
    }

    /// What readers see of a stage: the label from the configuration, else the theme's word, else the id.
    #[must_use]
    pub fn stage_label(&self, config: &Config, stage: &Stage, lang: LangId) -> String {
        let own = config.text(&stage.label, lang);
        if !own.is_empty() {
            return own.to_string();
        }
        let word = self.word(lang, &format!("stage_{}", stage.id.replace('-', "_")));
        word.unwrap_or(&stage.id).to_string()
    }

    /// The words that a search index carries.
    #[must_use]
    pub fn search_words(&self, config: &Config, lang: LangId) -> Words {
        let word = |key: &str, english: &str| self.word(lang, key).unwrap_or(english).to_string();
        let kinds = Words::KINDS.iter().map(|kind| match kind {
            PageKind::Section => String::new(),
            kind => word(&format!("kind_{}", kind.name()), kind.name()),
        });
        let stages = config.journey.stages.iter().map(|stage| self.stage_label(config, stage, lang));
        Words {
            kind: word("facet_kind", "Kind"),
            kinds: kinds.collect(),
            stage: word("facet_stage", "Stage"),
            stages: stages.collect(),
        }
    }

    /// The URL of an asset by its path in the theme.
    #[must_use]
    pub fn url(&self, path: &str) -> Option<&str> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.files[index].url)
    }
}

/// Names with hashes for all assets. Style sheets come last, because they hold the names of the others.
fn assets(layers: &Layers, settings: &Settings) -> Vec<ThemeFile> {
    let is_asset =
        |path: &str| path.contains('/') && !path.starts_with("templates/") && !path.starts_with("i18n/");
    let mut files = Vec::new();
    let mut urls = BTreeMap::new();
    let (sheets, others): (Vec<_>, Vec<_>) =
        layers.0.iter().filter(|(path, _)| is_asset(path)).partition(|(path, _)| path.ends_with(".css"));
    for (path, (source, bytes)) in others {
        let file = named(path, source, bytes.clone());
        urls.insert(path.clone(), file.url.clone());
        files.push(file);
    }
    for (path, (source, bytes)) in sheets {
        let text = String::from_utf8_lossy(bytes);
        files.push(named(path, source, with_hashed_urls(path, &text, &urls).into_bytes()));
    }
    files.push(named("css/theme.css", "theme.yaml", settings.css().into_bytes()));
    files
}

fn named(path: &str, source: &str, bytes: Vec<u8>) -> ThemeFile {
    let short = hex(&Sha256::digest(&bytes)[..5]);
    let url = match path.rsplit_once('.') {
        Some((stem, ending)) => format!("/assets/{stem}.{short}.{ending}"),
        None => format!("/assets/{path}.{short}"),
    };
    ThemeFile { path: path.to_string(), bytes, url, source: source.to_string() }
}

/// Replaces `url("../img/x.svg")` by the hashed name, still relative to the style sheet, so that the site may live
/// under any path.
fn with_hashed_urls(sheet: &str, text: &str, urls: &BTreeMap<String, String>) -> String {
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("url(") {
        out.push_str(before);
        out.push_str("url(");
        let Some((inside, behind)) = after.split_once(')') else {
            rest = after;
            break;
        };
        let target = inside.trim().trim_matches(['"', '\'']);
        let (path, fragment) =
            target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
        let found = crate::encode::url::follow(folder, path).and_then(|path| urls.get(&path));
        match found {
            Some(url) => {
                let up = "../".repeat(folder.split('/').filter(|part| !part.is_empty()).count());
                let _ = write!(out, "\"{up}{}", url.trim_start_matches("/assets/"));
                if let Some(fragment) = fragment {
                    let _ = write!(out, "#{fragment}");
                }
                out.push('"');
            }
            None => out.push_str(inside),
        }
        out.push(')');
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_their_comments_and_nothing_else() {
        let script =
            "// What it is.\n/**\n * @param x\n */\nf(x); // stays\n  /** One line. */\n  g(`a // b`);\n";
        assert_eq!(without_comments(script), "f(x); // stays\n  g(`a // b`);\n");
        for (path, script) in CONTRACT {
            let bare = without_comments(script);
            assert!(bare.len() * 10 > script.len() * 6 && !bare.contains("@param"), "{path}");
        }
    }

    #[test]
    fn urls_in_style_sheets_get_the_hashed_names() {
        let urls = BTreeMap::from([("img/a.svg".to_string(), "/assets/img/a.0011.svg".to_string())]);
        let css = "a{b:url( '../img/a.svg#x' )} c{d:url(https://e/f)} g{h:url(\"../img/none.svg\")}";
        assert_eq!(
            with_hashed_urls("css/main.css", css, &urls),
            "a{b:url(\"../img/a.0011.svg#x\")} c{d:url(https://e/f)} g{h:url(\"../img/none.svg\")}"
        );
    }
}
