//! Terms: which pages each has, by language.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{PageId, Site, Terms, term_pages};
use crate::config::{LangId, Localized, TaxonomyId};
use crate::encode::slug;
use crate::ids::{IdVec, id};

id!(
    /// A term: its place among those of its taxonomy in one language.
    pub struct TermId
);

/// A term of a taxonomy in one language.
#[derive(Debug, Clone)]
pub struct Term {
    /// The last part of its URL, the same in all languages that write it alike.
    pub slug: String,
    /// The label that readers see, as plain text.
    pub label: String,
    /// A sentence about it, if its own page or the configuration has one.
    pub description: Option<String>,
    /// Its pages, the newest first.
    pub pages: Vec<PageId>,
    /// Its own page, if it has one.
    pub page: Option<PageId>,
}

/// Terms by slug: how they are written, and their pages, the newest first.
type Found = BTreeMap<String, (String, Vec<PageId>)>;

/// The terms that pages have, by language and taxonomy: declared ones in the order of the configuration, then the
/// others by label.
pub(super) fn collect(site: &Site) -> Terms {
    let config = site.config();
    // A term is on many pages, so that its slug is made once for each spelling.
    let mut spellings: FxHashMap<(LangId, TaxonomyId, &str), usize> = FxHashMap::default();
    let mut slugs: FxHashMap<(LangId, TaxonomyId, String), usize> = FxHashMap::default();
    let mut terms: Vec<(LangId, TaxonomyId, String, &str, Vec<PageId>)> = Vec::new();
    let mut newest: Vec<PageId> = site.pages().map(|page| page.id).collect();
    site.newest_first(&mut newest);
    for page in newest.into_iter().map(|id| site.page(id)) {
        let lang = page.lang();
        for (taxonomy, own) in &page.meta().terms {
            for term in own {
                let term = term.value.as_str();
                let index = *spellings.entry((lang, *taxonomy, term)).or_insert_with(|| {
                    let slug = slug::term(term);
                    *slugs.entry((lang, *taxonomy, slug.clone())).or_insert_with(|| {
                        terms.push((lang, *taxonomy, slug, term, Vec::new()));
                        terms.len() - 1
                    })
                });
                let (.., label, pages) = &mut terms[index];
                // Of several spellings, the same one wins whatever the order of the files.
                *label = (*label).min(term);
                if pages.last() != Some(&page.id) {
                    pages.push(page.id);
                }
            }
        }
    }
    let mut found: IdVec<LangId, IdVec<TaxonomyId, Found>> =
        config.languages.map(|_| config.taxonomies.map(|_| Found::new()));
    for (lang, taxonomy, slug, label, pages) in terms {
        found[lang][taxonomy].insert(slug, (label.to_string(), pages));
    }
    let own = term_pages::by_term(site);
    found.map(|(lang, taxonomies)| {
        taxonomies.map(|(taxonomy, terms)| in_order(site, (lang, taxonomy), &own, terms.clone()))
    })
}

/// The terms of a taxonomy in a language in their order. What a term's own page says of it comes before what the
/// configuration says.
fn in_order(
    site: &Site,
    (lang, taxonomy): (LangId, TaxonomyId),
    own: &BTreeMap<(LangId, TaxonomyId, String), PageId>,
    mut terms: Found,
) -> IdVec<TermId, Term> {
    let config = site.config();
    let mut ordered = IdVec::new();
    let make = |slug: String, label: String, description: &Localized, pages: Vec<PageId>| {
        let description = Some(config.text(description, lang).to_string()).filter(|text| !text.is_empty());
        let Some(&page) = own.get(&(lang, taxonomy, slug.clone())) else {
            return Term { slug, label, description, pages, page: None };
        };
        let (title, about) = (site.page(page).title(), site.page(page).meta().description.clone());
        let label = if title.is_empty() { label } else { title.to_string() };
        Term { slug, label, description: about.or(description), pages, page: Some(page) }
    };
    for declared in &config.taxonomies[taxonomy].terms {
        let slug = slug::term(&declared.name);
        let Some((_, pages)) = terms.remove(&slug) else { continue };
        let label = config.text(&declared.label, lang);
        let label = if label.is_empty() { &declared.name } else { label };
        ordered.push(make(slug, label.to_string(), &declared.description, pages));
    }
    let none = Localized::default();
    let mut rest: Vec<Term> =
        terms.into_iter().map(|(slug, (label, pages))| make(slug, label, &none, pages)).collect();
    rest.sort_by(|a, b| site.content.tools[lang].compare(&a.label, &b.label));
    ordered.extend(rest);
    ordered
}
