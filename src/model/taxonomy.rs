//! Terms: which pages each has, by language.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{PageId, Site};
use crate::config::{LangId, Localized};
use crate::parse::slug::slug;

/// A term of a taxonomy in one language.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its folder in URLs.
    pub slug: String,
    /// What readers see.
    pub label: String,
    /// A sentence about it, if the configuration has one.
    pub description: Option<String>,
    /// Its pages, the newest first.
    pub pages: Vec<PageId>,
}

/// Terms by slug: how they are written, and their pages.
type Found = BTreeMap<String, (String, Vec<PageId>)>;

/// The terms that pages have, by language and taxonomy: declared ones in the order of the configuration, then the
/// others by label.
pub(super) fn collect(site: &Site) -> Vec<Vec<Vec<Term>>> {
    let config = site.config();
    let mut found: Vec<Vec<Found>> =
        vec![vec![BTreeMap::new(); config.taxonomies.len()]; config.languages.len()];
    let mut slugs: FxHashMap<&str, String> = FxHashMap::default();
    for page in &site.pages {
        for (taxonomy, terms) in &page.meta().terms {
            for term in terms {
                let slug = slugs.entry(&term.value).or_insert_with(|| slug(&term.value));
                let all = &mut found[page.lang()][*taxonomy];
                if !all.contains_key(slug.as_str()) {
                    all.insert(slug.clone(), (term.value.clone(), Vec::new()));
                }
                let Some(slot) = all.get_mut(slug.as_str()) else { continue };
                // Of several spellings of one term, the same one wins whatever the order of the files.
                if term.value < slot.0 {
                    slot.0.clone_from(&term.value);
                }
                if slot.1.last() != Some(&page.id) {
                    slot.1.push(page.id);
                }
            }
        }
    }
    found
        .into_iter()
        .enumerate()
        .map(|(lang, taxonomies)| {
            let taxonomies = taxonomies.into_iter().enumerate();
            taxonomies.map(|(taxonomy, terms)| in_order(site, lang, taxonomy, terms)).collect()
        })
        .collect()
}

fn in_order(site: &Site, lang: LangId, taxonomy: usize, mut terms: Found) -> Vec<Term> {
    let config = site.config();
    let mut ordered = Vec::new();
    let make = |slug: String, label: String, description: &Localized, mut pages: Vec<PageId>| {
        site.newest_first(&mut pages);
        let description = Some(config.text(description, lang).to_string()).filter(|text| !text.is_empty());
        Term { slug, label, description, pages }
    };
    for declared in &config.taxonomies[taxonomy].terms {
        let slug = slug(&declared.name);
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
