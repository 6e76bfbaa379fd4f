//! `languages:` and `default_language:`: which languages the site has, and what their speakers call them.

use super::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::Fields;

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// The code as in file names and URLs: `sv`.
    pub code: String,
    /// The language's name in itself: `Svenska`.
    pub label: String,
    /// The locale for dates and numbers, a BCP 47 tag: `sv`, or `en-GB` where `locale:` says so.
    pub locale: String,
}

impl Parser<'_> {
    /// Reads `languages:` and `default_language:`.
    pub(super) fn languages(&mut self, fields: &mut Fields<'_>) {
        let default = fields.take("default_language").and_then(|node| self.reader.text(node));
        if let Some(node) = fields.take("languages") {
            for (code, node) in self.reader.entries(node).unwrap_or_default() {
                if !is_language_code(&code.value) {
                    let message = format!("`{}` is not a language code", code.value);
                    self.reader.diagnostics.push(
                        Diagnostic::new(Code::InvalidValue, message).at(FILE, code.span).help(
                            "use the code from BCP 47 in lower case, such as `en`, `sv`, `nb` or `pt-br`",
                        ),
                    );
                    continue;
                }
                let Some(mut own) = self.reader.fields(node) else { continue };
                let label =
                    own.take("label").and_then(|node| self.reader.text(node)).map(|label| label.value);
                let locale =
                    own.take("locale").and_then(|node| self.reader.text(node)).map(|locale| locale.value);
                own.finish("a language", [], &mut self.reader);
                self.languages.push(Language {
                    label: label.unwrap_or_else(|| own_name(&code.value).unwrap_or(&code.value).to_string()),
                    locale: locale.unwrap_or_else(|| code.value.clone()),
                    code: code.value.clone(),
                });
            }
        }
        match default {
            None if self.languages.is_empty() => {
                self.languages.push(language("en"));
            }
            None => {}
            Some(code) if self.languages.is_empty() => {
                self.languages.push(language(&code.value));
            }
            Some(code) => match self.languages.find(|language| language.code == code.value) {
                Some(found) => self.default_language = found,
                None => self.unknown_language(&code),
            },
        }
    }
}

/// Two or three letters, with subtags behind hyphens (BCP 47), all lower case because it stands in URLs.
fn is_language_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|p| {
            (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// A language that is known by nothing but its code.
pub(super) fn language(code: &str) -> Language {
    Language { code: code.into(), label: own_name(code).unwrap_or(code).into(), locale: code.into() }
}

/// What the speakers of a language call it; `None` for a code that isn't known.
#[must_use]
pub fn own_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "da" => "Dansk",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fi" => "Suomi",
        "fr" => "Français",
        "is" => "Íslenska",
        "it" => "Italiano",
        "nb" | "no" => "Norsk bokmål",
        "nl" => "Nederlands",
        "nn" => "Norsk nynorsk",
        "pl" => "Polski",
        "pt" => "Português",
        "sv" => "Svenska",
        _ => return None,
    })
}
