//! The theme: templates, style sheets, scripts, fonts and strings, the site's own files laid over the built-in ones.
//!
//! [`Theme::load`] finds the winning file for each path, gives every asset a name with a hash of its content (`assets`),
//! and compiles the templates once for each language.

mod assets;
mod cards;
pub mod engine;
pub mod scripts;
pub mod settings;
mod sheet;
mod strings;
pub mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use self::engine::Engine;
use self::settings::Settings;
pub use self::strings::{Strings, Word};
use crate::config::{Config, LangId, Stage};
use crate::content::{PageKind, loads};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::ids::IdVec;
use crate::languages::formats::LocaleFormats;
use crate::plan::{Artifact, AssetId, ClientFile, ClientRole, Origin, OutPath, Planned, Warrant};
use crate::project::{CONFIG_FILE, Project};
use crate::publishing::cards::design::Design;
use crate::publishing::search::SearchLabels;

/// The theme inside the program, over which all others are laid.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/ringback");

/// Other themes inside the program, by their names.
static OTHERS: [(&str, Dir<'_>); 1] = [("plain", include_dir!("$CARGO_MANIFEST_DIR/themes/plain"))];

/// The name of the theme inside the program.
const NAME: &str = "ringback";

/// Files that only sites have which load something from others.
const FOR_INTEGRATIONS: &[&str] = &[
    "css/consent.css",
    "js/chat.js",
    "js/consent.js",
    "js/consent-answer.js",
    "js/consent-bar.js",
    "js/events.js",
    "js/services.js",
];

/// What a theme is loaded from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The site, whose own files go before the built-in ones.
    pub project: &'a dyn Project,
    /// The paths of its files.
    pub files: &'a [String],
    /// The browser code of the features.
    pub client: &'a [&'static [ClientFile]],
}

/// A style sheet, script, font or picture of the theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Its path in the theme: `css/main.css`.
    pub path: String,
    /// The bytes as browsers get them: names in it are those with hashes.
    pub bytes: Vec<u8>,
    /// Its URL, with a hash of the content: `/assets/css/main.0123abcd.css`.
    pub url: String,
    /// Where it comes from: a file of the site, or the program.
    pub source: String,
}

/// A theme with all its layers, read and checked.
#[derive(Debug)]
pub struct Theme {
    /// Style sheets, scripts, fonts and images, in the order of their paths.
    pub files: IdVec<AssetId, ThemeFile>,
    /// The template engine of each language.
    pub engines: IdVec<LangId, Engine>,
    /// The words of each language.
    pub strings: IdVec<LangId, Strings>,
    /// What `theme.yaml` says.
    pub settings: Settings,
    /// How social cards look; nothing where the site has none.
    pub cards: Option<Arc<Design>>,
    /// Scripts of the program that are no files of a theme, by their names.
    apart: BTreeMap<&'static str, String>,
}

/// The theme's files by path in the theme: where each comes from, and its bytes.
struct Layers(BTreeMap<String, (String, Vec<u8>)>);

impl Layers {
    /// The built-in files, with those of the site's folders over them; the named theme is the last word.
    fn read(sources: &Sources<'_>, config: &Config, diagnostics: &mut Diagnostics) -> Self {
        let Sources { project, files, .. } = *sources;
        let mut layers = BTreeMap::new();
        add_built_in(NAME, &BUILT_IN, &mut layers);
        let other = OTHERS.iter().find(|(name, _)| *name == config.theme.value);
        if config.theme.value != NAME && other.is_none() {
            let prefix = format!("themes/{}/", config.theme.value);
            if !files.iter().any(|file| file.starts_with(&prefix)) {
                let themes = files.iter().filter_map(|file| file.strip_prefix("themes/")?.split('/').next());
                let known: Vec<&str> =
                    themes.chain([NAME]).chain(OTHERS.iter().map(|(name, _)| *name)).collect();
                diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownTheme,
                        format!("there is no theme `{}`", config.theme.value),
                    )
                    .at(CONFIG_FILE, config.theme.span)
                    .suggest(&config.theme.value, known)
                    .help("a theme is a folder in `themes/`; `ringback` and `plain` are built in"),
                );
            }
        }
        for folder in folders(config) {
            if let Some((name, dir)) = other.filter(|(name, _)| *name == folder) {
                add_built_in(name, dir, &mut layers);
            }
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
        Self(layers)
    }

    /// The program's scripts, over all of a site's. They read what the program writes, and are the program's in every
    /// theme: one of another version would lose leads, leave gates shut or find nothing. Gives those that are no files
    /// of a theme.
    fn add_client(&mut self, client: &[&'static [ClientFile]]) -> BTreeMap<&'static str, String> {
        let mut apart = BTreeMap::new();
        let all: Vec<_> = client.iter().copied().chain([scripts::HELPERS]).collect();
        // They fit together: a test of the scripts shows it.
        for joined in scripts::join(&all).unwrap_or_default() {
            let name = joined.file.name();
            if joined.file.role == ClientRole::Apart {
                apart.insert(name, joined.text);
            } else {
                self.0.insert(format!("js/{name}"), (joined.file.home.to_string(), joined.text.into_bytes()));
            }
        }
        apart
    }

    /// Reports what the site's own templates, style sheets and scripts load from hosts that it doesn't declare.
    fn check_loads(&self, files: &[String], config: &Config, diagnostics: &mut Diagnostics) {
        for file in files.iter().filter(|file| file.starts_with("themes/")) {
            let path = file.splitn(3, '/').nth(2).unwrap_or_default();
            let Some((_, bytes)) = self.0.get(path).filter(|(source, _)| source == file) else { continue };
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            let found = match path {
                path if is_template(path) => loads::in_html(text),
                path if path.ends_with(".css") => loads::in_style_sheet(text),
                path if scripts::is_script(path) => scripts::named(text)
                    .into_iter()
                    .filter_map(|found| loads::in_script(text, found.at))
                    .collect(),
                _ => Vec::new(),
            };
            for load in found {
                let span = Span::new(load.place.start, load.place.end);
                diagnostics.extend(loads::undeclared(&load, config, (file, span)));
            }
        }
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

fn add_built_in(name: &str, dir: &Dir<'_>, layers: &mut BTreeMap<String, (String, Vec<u8>)>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        layers.insert(path.clone(), (format!("themes/{name}/{path}"), file.contents().to_vec()));
    }
    for sub in dir.dirs() {
        add_built_in(name, sub, layers);
    }
}

/// Is it a template, by its path in the theme: of a page, of a part of one, or of a block?
fn is_template(path: &str) -> bool {
    path.starts_with("templates/") || path.starts_with("blocks/") && path.ends_with(".html")
}

/// The folders of the themes that a site's files can be in, in the order in which they count: the named one is the last
/// word.
#[must_use]
pub fn folders(config: &Config) -> Vec<&str> {
    if config.theme.value == NAME { vec![NAME] } else { vec![NAME, &config.theme.value] }
}

/// The text of a file of a built-in theme, for messages that show it; `file` is a path as in a site.
#[must_use]
pub fn built_in_text(file: &str) -> Option<String> {
    let (theme, inside) = file.strip_prefix("themes/")?.split_once('/')?;
    let other = || OTHERS.iter().find(|(name, _)| *name == theme).map(|(_, dir)| dir);
    let dir = if theme == NAME { Some(&BUILT_IN) } else { other() };
    dir?.get_file(inside)?.contents_utf8().map(str::to_string)
}

impl Theme {
    /// Loads the theme that `config` names. Mistakes in its files are reported.
    #[must_use]
    pub fn load(
        sources: &Sources<'_>,
        config: &Config,
        tools: &Arc<IdVec<LangId, LocaleFormats>>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut layers = Layers::read(sources, config, diagnostics);
        layers.check_loads(sources.files, config, diagnostics);
        let apart = layers.add_client(sources.client);
        if config.integrations.all.is_empty() {
            layers.0.retain(|path, _| !FOR_INTEGRATIONS.contains(&path.as_str()));
        }
        let settings = match layers.text("theme.yaml", diagnostics) {
            Some((source, text)) => {
                settings::read(source, text, &|path| layers.0.contains_key(path), diagnostics)
            }
            None => Settings::default(),
        };
        let strings = config.languages.iter();
        let strings = strings.map(|language| Strings::read(&layers, &language.code, diagnostics)).collect();
        let mut templates = Vec::new();
        for path in layers.0.keys().filter(|path| is_template(path)) {
            if let Some((source, text)) = layers.text(path, diagnostics) {
                let name = path.trim_start_matches("templates/").to_string();
                templates.push(engine::TemplateFile {
                    name,
                    source: source.to_string(),
                    text: text.to_string(),
                });
            }
        }
        let engines = config
            .languages
            .ids()
            .filter_map(|lang| Engine::compile(&templates, Arc::clone(tools), lang, diagnostics))
            .collect();
        let files = assets::name_assets(&layers, &settings, diagnostics).into();
        let cards =
            config.cards.then(|| cards::read(&layers, &settings, diagnostics)).flatten().map(Arc::new);
        Self { files, engines, strings, settings, cards, apart }
    }

    /// The theme's files in the output.
    #[must_use]
    pub fn artifacts(&self) -> Vec<Planned> {
        let planned = self.files.each().map(|(asset, file)| Planned {
            path: OutPath::file(file.url.clone()),
            artifact: Artifact::ThemeFile(asset),
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

    /// The theme's word for so many of something in a language, by its key in `i18n/`.
    #[must_use]
    pub fn count(&self, lang: LangId, key: &str, number: i64, tools: &LocaleFormats) -> Option<String> {
        self.strings[lang].count(key, number, tools)
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
    pub fn search_words(&self, config: &Config, lang: LangId) -> SearchLabels {
        let word = |key: &str, english: &str| self.word(lang, key).unwrap_or(english).to_string();
        let kinds = SearchLabels::KINDS.iter().map(|kind| match kind {
            PageKind::Section | PageKind::Term => String::new(),
            kind => word(&format!("kind_{}", kind.name()), kind.name()),
        });
        let stages = config.journey.stages.iter().map(|stage| self.stage_label(config, stage, lang));
        SearchLabels {
            kind: word("facet_kind", "Kind"),
            kinds: kinds.collect(),
            stage: word("facet_stage", "Stage"),
            stages: stages.collect(),
        }
    }

    /// A script of the program that is no file of the theme, by its name; nothing where there is none.
    #[must_use]
    pub fn script(&self, name: &str) -> &str {
        self.apart.get(name).map_or("", String::as_str)
    }

    /// The URL of an asset by its path in the theme.
    #[must_use]
    pub fn url(&self, path: &str) -> Option<&str> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.files[AssetId::new(index)].url)
    }
}
