//! Text that readers see, in one language or in several.

use serde::{Deserialize, Serialize};

use super::{LangId, Language, Parser};
use crate::diag::{Code, Diagnostic};
use crate::yaml::{self, Node, Reader, Spanned, Value};

/// Text that readers see: the same in all languages, or one for each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized {
    all: Option<String>,
    by_language: Vec<(LangId, String)>,
}

impl Localized {
    /// A text that is the same in every language.
    #[must_use]
    pub fn in_all_languages(text: impl Into<String>) -> Self {
        Self { all: Some(text.into()), by_language: Vec::new() }
    }

    /// The text in `lang`; where it is missing, that of the default language (0 is looked up last, then any).
    #[must_use]
    pub fn get(&self, lang: LangId, default: LangId) -> &str {
        let find =
            |wanted| self.by_language.iter().find(|(id, _)| *id == wanted).map(|(_, text)| text.as_str());
        find(lang)
            .or(self.all.as_deref())
            .or_else(|| find(default))
            .or_else(|| self.by_language.first().map(|(_, text)| text.as_str()))
            .unwrap_or_default()
    }

    /// Which of the texts [`Self::get`] gives: that of a language, or the one for all.
    #[must_use]
    pub fn version(&self, lang: LangId, default: LangId) -> Option<LangId> {
        let has = |wanted: &LangId| self.by_language.iter().any(|(id, _)| id == wanted);
        let first = || self.by_language.first().map(|(id, _)| *id);
        let other = || Some(default).filter(has).or_else(first).filter(|_| self.all.is_none());
        Some(lang).filter(has).or_else(other)
    }

    /// The same texts after `change`, which is told whose each is: a language's, or that of all.
    #[must_use]
    pub fn changed(self, mut change: impl FnMut(Option<LangId>, String) -> String) -> Self {
        Self {
            all: self.all.map(|text| change(None, text)),
            by_language: self
                .by_language
                .into_iter()
                .map(|(lang, text)| (lang, change(Some(lang), text)))
                .collect(),
        }
    }

    /// The same texts with `value` in the place of `mark`: that of their language, or of `default` in one for all.
    #[must_use]
    pub fn replace_mark(self, mark: &str, value: &dyn Fn(LangId) -> String, default: LangId) -> Self {
        self.changed(|lang, text| match text.contains(mark) {
            true => text.replace(mark, &value(lang.unwrap_or(default))),
            false => text,
        })
    }

    /// Is there a text for readers of `lang`: its own, or one for all?
    #[must_use]
    pub fn has(&self, lang: LangId) -> bool {
        self.all.is_some() || self.by_language.iter().any(|(id, _)| *id == lang)
    }

    /// Is there nothing in any language?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_none() && self.by_language.is_empty()
    }
}

impl Parser<'_> {
    /// Reports a code that is none of the site's languages.
    pub(super) fn unknown_language(&mut self, code: &Spanned<String>) {
        unknown_language(&self.languages, code, &mut self.reader);
    }

    /// Reads a text that is one for all languages, or a map with one for each.
    pub(super) fn localized(&mut self, node: &Node) -> Option<Localized> {
        localized(&self.languages, node, &mut self.reader)
    }
}

/// Reads text for all languages, or a map from language to text.
pub fn localized(languages: &[Language], node: &Node, reader: &mut Reader<'_>) -> Option<Localized> {
    #[cfg(test)]
    yaml::seen::value(reader.file, node, &yaml::seen::Kind::Localized);
    let Value::Map(entries) = &node.value else {
        return reader.text(node).map(|text| Localized::in_all_languages(text.value));
    };
    let mut by_language = Vec::new();
    for (code, value) in entries {
        match languages.iter().position(|language| language.code == code.value).map(LangId::new) {
            Some(id) => by_language.extend(reader.text(value).map(|text| (id, text.value))),
            None => unknown_language(languages, code, reader),
        }
    }
    Some(Localized { all: None, by_language })
}

/// Reports a code that is none of these languages, with the nearest one.
pub(super) fn unknown_language(languages: &[Language], code: &Spanned<String>, reader: &mut Reader<'_>) {
    let known: Vec<&str> = languages.iter().map(|language| language.code.as_str()).collect();
    reader.diagnostics.push(
        Diagnostic::new(Code::UnknownLanguage, format!("the site has no language `{}`", code.value))
            .at(reader.file, code.span)
            .suggest(&code.value, known.iter().copied())
            .help(format!("its languages are {}", yaml::listed(&known))),
    );
}
