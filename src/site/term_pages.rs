//! Pages that terms have of their own: which of them an edition shows, and what is wrong with the others.
//!
//! A term exists where a page has it. So its own page is shown where the edition has such a page, in its language, and
//! nowhere else: without one there is no list that it could stand above.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Content, Exclusion, PageId, PublishStatus, Site};
use crate::config::{Audience, Config, LangId, TaxonomyId};
use crate::content::Document;
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::slug;
use crate::project::names::{fold, known_folder};

/// A term in a language: its taxonomy, and its folder in URLs.
type TermKey = (LangId, TaxonomyId, String);

/// Taxonomies that many sites have. A folder with such a name holds terms' pages, whatever this site calls them.
const USUAL: &[&str] = &["category", "tag", "persona"];

/// The term whose page a file is; `None` for other pages, and for a file that lies in a taxonomy's folder where no term's
/// page can be.
fn term_of(config: &Config, document: &Document) -> Option<TermKey> {
    let (taxonomy, _) = document.place.term()?;
    let taxonomy = config.taxonomies.find(|known| known.name == taxonomy)?;
    Some((document.place.lang, taxonomy, document.slug.clone()))
}

/// The terms that some pages have, each with its taxonomy and language.
fn used<'e>(documents: impl Iterator<Item = &'e Document>) -> FxHashSet<TermKey> {
    let mut spellings: FxHashSet<(LangId, TaxonomyId, &str)> = FxHashSet::default();
    let mut used = FxHashSet::default();
    for document in documents {
        for (taxonomy, terms) in &document.meta.terms {
            for term in terms {
                if spellings.insert((document.place.lang, *taxonomy, &term.value)) {
                    used.insert((document.place.lang, *taxonomy, slug::term(&term.value)));
                }
            }
        }
    }
    used
}

/// Takes the terms' pages out of `entries` that have no list to stand above.
pub(super) fn retain_used(
    config: &Config,
    documents: &mut Vec<(Arc<Document>, PublishStatus, Audience)>,
    hidden: &mut BTreeMap<String, Exclusion>,
) {
    let is_term = |document: &Document| document.place.kind == PageKind::Term;
    if !documents.iter().any(|(document, ..)| is_term(document)) {
        return;
    }
    let used = used(documents.iter().map(|(document, ..)| &**document));
    let mut taken = FxHashSet::default();
    documents.retain(|(document, ..)| {
        if !is_term(document) {
            return true;
        }
        let term = term_of(config, document).filter(|term| used.contains(term));
        let is_shown = term.is_some_and(|term| taken.insert(term));
        if !is_shown {
            hidden.insert(document.place.path.clone(), Exclusion::State(PublishStatus::Unused));
        }
        is_shown
    });
}

/// The terms' own pages, by language, taxonomy and term.
pub(super) fn by_term(site: &Site) -> BTreeMap<TermKey, PageId> {
    let pages = site.pages.iter().filter(|page| page.kind() == PageKind::Term);
    pages.filter_map(|page| Some((term_of(site.config(), &page.document)?, page.id))).collect()
}

/// Reports terms' pages that can never be shown, and folders that were meant to hold some. Whether a page is published
/// makes no difference: its term will be.
pub(super) fn check(content: &Content, diagnostics: &mut Diagnostics) {
    check_folders(content, diagnostics);
    let documents = || content.documents.iter().map(|document| &**document);
    if !documents().any(|document| document.place.kind == PageKind::Term) {
        return;
    }
    let used = used(documents());
    let mut taken: BTreeMap<TermKey, &Document> = BTreeMap::new();
    for document in documents().filter(|document| document.place.kind == PageKind::Term) {
        let Some(term) = term_of(&content.config, document) else {
            diagnostics.push(misplaced_term_page(document));
            continue;
        };
        if let Some(first) = taken.get(&term) {
            diagnostics.push(
                Diagnostic::new(Code::TermPageTaken, format!("the term `{}` already has a page", term.2))
                    .at(&document.place.path, document.meta.title.span)
                    .related(&first.place.path, Some(first.meta.title.span), "the other one")
                    .help("move what readers need into one of the two files, and delete the other"),
            );
            continue;
        }
        if !used.contains(&term) && !document.meta.draft {
            diagnostics.push(unused(content, document, (&term, &used)));
        }
        taken.insert(term, document);
    }
}

fn unused(
    content: &Content,
    document: &Document,
    (term, used): (&TermKey, &FxHashSet<TermKey>),
) -> Diagnostic {
    let config = &content.config;
    let (lang, taxonomy, slug) = term;
    let name = &config.taxonomies[*taxonomy].name;
    let language = match config.languages.len() {
        1 => String::new(),
        _ => format!(" in the language `{}`", config.languages[*lang].code),
    };
    let message = format!("no page{language} has the {name} `{slug}`, so nobody sees this text");
    let mut known: Vec<&str> = used
        .iter()
        .filter(|(of, within, _)| of == lang && within == taxonomy)
        .map(|(.., slug)| slug.as_str())
        .collect();
    known.sort_unstable();
    Diagnostic::new(Code::UnusedTermPage, message)
        .at(&document.place.path, document.meta.title.span)
        .suggest(slug, known)
        .help(format!("write `{name}: {slug}` into a page, or name this file after a term that pages have"))
}

fn misplaced_term_page(document: &Document) -> Diagnostic {
    let place = &document.place;
    let taxonomy = place.key.split('/').next().unwrap_or_default();
    let (message, help) = if place.key == taxonomy {
        (
            format!("the list of all `{taxonomy}` has no page of its own"),
            format!(
                "what readers see of it is its `label:` in `ringback.yaml`; a term's page is \
                 `content/{taxonomy}/TERM.md`"
            ),
        )
    } else {
        (
            format!("the page of a `{taxonomy}` can't be in a folder below `content/{taxonomy}`"),
            format!(
                "move it to `content/{taxonomy}/{}.md`, or out of the folder if it is another page",
                place.name
            ),
        )
    };
    Diagnostic::new(Code::MisplacedTermPage, message).in_file(&place.path).help(help)
}

/// Tells of folders without a page of their own whose name is almost a taxonomy's, or that of a usual one.
fn check_folders(content: &Content, diagnostics: &mut Diagnostics) {
    let top_of = |document: &Document| {
        let (top, _) = document.place.key.split_once('/')?;
        let is_plain = document.place.kind == PageKind::Page && known_folder(top).is_none();
        is_plain.then(|| top.to_string())
    };
    let mut folders: BTreeMap<String, &Document> = BTreeMap::new();
    for document in &content.documents {
        if let Some(top) = top_of(document) {
            folders.entry(top).or_insert(document);
        }
    }
    for document in content.documents.iter().filter(|document| document.place.kind == PageKind::Section) {
        folders.remove(&document.place.key);
    }
    let taxonomies = || content.config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
    for (folder, first) in folders {
        let near = taxonomies().find(|name| is_near(&folder, name));
        let is_usual = || USUAL.contains(&&*singular(&fold(&folder)));
        let (message, help) = match near {
            Some(name) => (
                format!(
                    "the folder `{folder}` isn't the taxonomy `{name}`, so its files aren't pages of terms"
                ),
                format!("rename the folder to `{name}`"),
            ),
            None if is_usual() => (
                format!(
                    "this site doesn't have a taxonomy `{folder}`, so the files in this folder aren't pages of terms"
                ),
                "declare it in `ringback.yaml`, under `taxonomies:`, or rename the folder".to_string(),
            ),
            None => continue,
        };
        diagnostics.push(
            Diagnostic::new(Code::TermFolder, message)
                .in_file(&first.place.path)
                .help(help)
                .help(format!("if it is a section, give it a title in `content/{folder}/_index.md`")),
        );
    }
}

/// Is one of two names the other one misspelt, or its plural? A longer word is another word.
fn is_near(folder: &str, name: &str) -> bool {
    let folder = fold(folder);
    if singular(&folder) == singular(name) {
        return true;
    }
    let is_longer = folder.starts_with(name) || name.starts_with(&*folder);
    name.len() > 3 && !is_longer && strsim::osa_distance(&folder, name) == 1
}

/// An English word without the ending of its plural.
fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_near_a_taxonomy_by_spelling() {
        for folder in ["categories", "catgory", "cateogry", "CATEGORIES"] {
            assert!(is_near(folder, "category"), "{folder}");
        }
        assert!(
            is_near("tag", "tags") && is_near("personas", "persona") && is_near("industries", "industry")
        );
        for (folder, name) in
            [("personal", "persona"), ("tips", "tags"), ("catalogue", "category"), ("top", "tag")]
        {
            assert!(!is_near(folder, name), "{folder}");
        }
    }
}
