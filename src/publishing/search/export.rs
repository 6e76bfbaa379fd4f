//! The documents as lines of JSON, for a search engine with a server of its own.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::documents::Texts;
use super::{Search, documents};
use crate::encode::bytes;
use crate::site::{Page, Site};

/// Every document of an edition, one a line: `docs/content/search.md` describes the fields.
#[must_use]
pub fn json_lines(site: &Site, search: &Search) -> String {
    let mut out = String::new();
    for lang in site.languages() {
        for id in documents::pages(site, lang) {
            let page = site.page(id);
            let facets = facets(site, page);
            for document in documents::documents(site, page, &search.cuts, Texts::All).into_all() {
                let is_page = document.id.is_empty();
                let fragment = if is_page { String::new() } else { format!("#{}", document.id) };
                let url = format!("{}{fragment}", site.href(&page.url));
                let text = [document.said, document.text].join("\n");
                let text = text.trim();
                let mut line = json!({
                    "id": id_of(&url),
                    "url": url,
                    "title": page.title(),
                    "heading": if is_page { "" } else { &document.title },
                    "text": text,
                    "lang": site.config().languages[lang].code,
                    "kind": page.kind().name(),
                    "date": page.meta().date.map(|date| date.to_string()),
                });
                line.as_object_mut().into_iter().for_each(|line| line.extend(facets.clone()));
                out.push_str(&line.to_string());
                out.push('\n');
            }
        }
    }
    out
}

/// The same for the same address, in every build: what a search engine keeps a document under.
fn id_of(url: &str) -> String {
    bytes::hex(&Sha256::digest(url)[..10])
}

/// The stage, and the labels of each taxonomy.
fn facets(site: &Site, page: &Page) -> Map<String, Value> {
    let mut facets = Map::new();
    let config = site.config();
    let stage = page.meta().stage.map(|stage| config.journey.stages[stage].id.as_str());
    facets.insert("stage".into(), stage.into());
    for (taxonomy, declared) in config.taxonomies.each() {
        let terms = page.terms.iter().filter(|(of, _)| *of == taxonomy);
        let labels = terms.map(|(_, term)| site.terms(page.lang(), taxonomy)[*term].label.as_str());
        facets.insert(declared.name.clone(), labels.collect::<Vec<_>>().into());
    }
    facets
}
