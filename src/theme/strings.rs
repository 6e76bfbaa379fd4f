//! The words of a theme in one language: `i18n/<language>.yaml`, over English and over the general form of the language.

use std::collections::BTreeMap;

use serde::Serialize;

use super::values::Shared;
use super::{BUILT_IN, Layers, NAME};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::languages::formats::LocaleFormats;
use crate::project::CONFIG_FILE;
use crate::yaml::{self, Node};

/// The words of a theme in one language.
#[derive(Debug)]
pub struct Strings {
    words: BTreeMap<String, Word>,
    shared: Shared<BTreeMap<String, Word>>,
}

/// A word of the theme.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Word {
    /// The same for every number.
    Text(String),
    /// By plural category, as Unicode's CLDR names them: `one`, `other`.
    Forms(BTreeMap<String, String>),
}

impl Strings {
    /// Reads the words of the language `code`. A language without words of its own is reported, and gets English ones.
    pub(super) fn read(layers: &Layers, code: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut words = BTreeMap::new();
        let own = format!("i18n/{code}.yaml");
        let general = code.split('-').next().unwrap_or(code);
        let general = format!("i18n/{general}.yaml");
        let is_known = layers.0.contains_key(&own) || layers.0.contains_key(&general);
        if !is_known {
            diagnostics.push(
                Diagnostic::new(
                    Code::ThemeNotTranslated,
                    format!("the theme has no strings for the language `{code}`"),
                )
                .in_file(CONFIG_FILE)
                .help(format!("English is used for now; add `themes/{NAME}/{own}` with your translations")),
            );
        }
        // A site's file need not repeat the built-in strings, so both are read, one over the other.
        let mut add =
            |source: &str, text: &str, diagnostics: &mut Diagnostics| match yaml::parse(text, 0, source) {
                Ok(node) => merge(&node, source, &mut words, diagnostics),
                Err(problem) => diagnostics.push(*problem),
            };
        for path in ["i18n/en.yaml", &general, &own] {
            if let Some(text) = BUILT_IN.get_file(path).and_then(include_dir::File::contents_utf8) {
                add(&format!("themes/{NAME}/{path}"), text, diagnostics);
            }
            if let Some((source, text)) = layers.text(path, diagnostics) {
                add(source, text, diagnostics);
            }
        }
        let shared = Shared::new(&words);
        Self { words, shared }
    }

    /// The word under a key; `None` where there is none, and for one that depends on a number.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        match self.words.get(key)? {
            Word::Text(text) => Some(text),
            Word::Forms(_) => None,
        }
    }

    /// The word under a key for this number, which takes the place of `{n}`, as the filter `count` gives it.
    #[must_use]
    pub fn count(&self, key: &str, number: i64, tools: &LocaleFormats) -> Option<String> {
        let text = match self.words.get(key)? {
            Word::Text(text) => text,
            Word::Forms(forms) => forms.get(tools.plural(number)).or_else(|| forms.get("other"))?,
        };
        Some(text.replace("{n}", &tools.number(number)))
    }

    /// `t` of templates.
    #[must_use]
    pub fn shared(&self) -> Shared<BTreeMap<String, Word>> {
        self.shared.clone()
    }
}

fn merge(node: &Node, source: &str, into: &mut BTreeMap<String, Word>, diagnostics: &mut Diagnostics) {
    let mut reader = yaml::Reader { file: source, diagnostics };
    for (name, value) in reader.entries(node).unwrap_or_default() {
        let word = match &value.value {
            yaml::Value::Map(_) => {
                let forms = reader.entries(value).unwrap_or_default();
                let forms = forms
                    .iter()
                    .filter_map(|(form, text)| Some((form.value.clone(), reader.text(text)?.value)));
                Word::Forms(forms.collect())
            }
            _ => match reader.text(value) {
                Some(text) => Word::Text(text.value),
                None => continue,
            },
        };
        into.insert(name.value.clone(), word);
    }
}
