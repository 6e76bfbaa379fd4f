//! What placeholders are called: those of a file itself, those that any script or email of the team declares, and a few that
//! everybody knows. So a name that one script declares needs no second declaration in an email or a plan of follow-ups.

use std::collections::BTreeSet;

use crate::config::LangId;
use crate::sales::calls::{Placeholder, TextPiece, declared_placeholders, pieces};
use crate::site::{Page, Site};

/// The theme's words for the names that need no declaration, each of which is what follows [`BEGIN`]. `link` and `title` are of the
/// page that a share kit is about; those that begin with `rep` are of the one who writes.
const WORDS: &[&str] = &[
    "placeholder_first_name",
    "placeholder_last_name",
    "placeholder_company",
    "placeholder_role",
    "placeholder_phone",
    "placeholder_email",
    "placeholder_rep",
    "placeholder_rep_phone",
    "placeholder_rep_email",
    "placeholder_link",
    "placeholder_title",
];

const BEGIN: &str = "placeholder_";

/// The names that need no declaration, with the theme's key for each.
fn built_in_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().filter_map(|key| Some((key.strip_prefix(BEGIN)?, *key)))
}

/// The placeholders of an edition, by who declares them.
pub struct PlaceholderNames<'a> {
    site: &'a Site,
    word: &'a dyn Fn(LangId, &str) -> String,
    /// Those of all pages, with their languages, in the order of the pages.
    shared: Vec<(LangId, Placeholder)>,
}

impl<'a> PlaceholderNames<'a> {
    /// Collects them; `word` is the theme's word in a language.
    #[must_use]
    pub fn new(site: &'a Site, word: &'a dyn Fn(LangId, &str) -> String) -> Self {
        let pages = site.pages().filter(|page| page.kind().has_placeholders());
        let shared = pages
            .flat_map(|page| declared_placeholders(site, page).into_iter().map(|each| (page.lang(), each)));
        Self { site, word, shared: shared.collect() }
    }

    /// What a page means by a name: its own placeholder, else one in its language, else what everybody knows, else one in another
    /// language; `None` for a name that nobody declares.
    #[must_use]
    pub fn find(&self, page: &Page, name: &str) -> Option<Placeholder> {
        let own = declared_placeholders(self.site, page).into_iter().find(|each| each.name == name);
        let shared = |is_own: bool| {
            let named = self.shared.iter().filter(|(_, each)| each.name == name);
            named.clone().find(|(lang, _)| (*lang == page.lang()) == is_own).map(|(_, each)| each.clone())
        };
        let known_to_all = || {
            built_in_names().find(|(known, _)| *known == name).map(|(_, key)| Placeholder {
                name: name.to_string(),
                label: (self.word)(page.lang(), key),
                options: Vec::new(),
                example: None,
                default: None,
            })
        };
        own.or_else(|| shared(true)).or_else(known_to_all).or_else(|| shared(false))
    }

    /// All names that a page may use, for messages.
    #[must_use]
    pub fn all(&self) -> BTreeSet<&str> {
        self.shared
            .iter()
            .map(|(_, each)| each.name.as_str())
            .chain(built_in_names().map(|(name, _)| name))
            .collect()
    }

    /// The placeholders in texts of a page, each once, in the order in which they come. Unknown ones are left out.
    #[must_use]
    pub fn used_in(&self, page: &Page, texts: &[&str]) -> Vec<Placeholder> {
        let mut seen = BTreeSet::new();
        let names = texts.iter().flat_map(|text| pieces(text)).filter_map(|piece| match piece {
            TextPiece::Placeholder(name) => Some(name),
            TextPiece::Text(_) => None,
        });
        names.filter(|name| seen.insert(*name)).filter_map(|name| self.find(page, name)).collect()
    }
}
