//! All terms of a taxonomy, and the pages of one term.

use serde::Serialize;

use super::card::{PageView, description, image};
use super::linked::Edition;
use super::list::{List, ListPage, More};
use super::parts::Image;
use super::subject::{Subject, generated_page};
use super::targets::Addresses;
use super::text;
use crate::config::{LangId, TaxonomyId};
use crate::diag::Diagnostic;
use crate::site::{Page, TermId};
use crate::theme::values::{Html, Shared};

/// What `taxonomy.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct TaxonomyPage<'a> {
    /// The taxonomy with its terms.
    taxonomy: Taxonomy<'a>,
}

/// A taxonomy with its terms.
#[derive(Debug, Serialize)]
struct Taxonomy<'a> {
    /// Its name in `ringback.yaml`.
    name: &'a str,
    /// The taxonomy's label in this language, otherwise its name.
    label: &'a str,
    /// URL of the list of its terms.
    url: String,
    /// The terms in this language, as their lists have them.
    terms: Vec<TermEntry<'a>>,
}

/// A term in the list of a taxonomy's terms.
#[derive(Debug, Serialize)]
struct TermEntry<'a> {
    /// The term's folder in URLs, in lower case and without accents.
    slug: &'a str,
    /// The term's label in this language.
    label: &'a str,
    /// A sentence about the term; `null` if there is none.
    description: Option<&'a str>,
    /// URL of the list of its pages.
    url: String,
    /// How many pages it has.
    count: usize,
    /// At most three of its pages, the newest.
    pages: Vec<Shared<PageView<'static>>>,
}

/// What `term.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct TermPage<'a> {
    /// The term whose pages are listed.
    term: TermView<'a>,
    /// The term's own page, if it has one.
    page: Option<Shared<PageView<'static>>>,
    /// The image of its own page, on the first part.
    image: Option<Image<'a>>,
    /// The text of its own page, on the first part.
    content: Option<Html>,
    /// What the people that the term is about struggle with, on the first part.
    challenges: Vec<&'a str>,
    /// The pages that have the term, in parts.
    list: List<'a>,
}

/// A term, above the list of its pages.
#[derive(Debug, Serialize)]
struct TermView<'a> {
    /// The term's folder in URLs, in lower case and without accents.
    slug: &'a str,
    /// The term's label in this language.
    label: &'a str,
    /// A sentence about the term; `null` if there is none.
    description: Option<&'a str>,
    /// How many pages it has.
    count: usize,
    /// The taxonomy that the term belongs to.
    taxonomy: TaxonomyLink<'a>,
}

/// A link to the list of a taxonomy's terms.
#[derive(Debug, Serialize)]
struct TaxonomyLink<'a> {
    /// Its name in `ringback.yaml`.
    name: &'a str,
    /// The taxonomy's label in this language, otherwise its name.
    label: &'a str,
    /// URL of the list of its terms.
    url: String,
}

impl<'a> TaxonomyLink<'a> {
    fn new(linked: &'a Edition, lang: LangId, taxonomy: TaxonomyId) -> Self {
        let site = &linked.site;
        let config = &site.config().taxonomies[taxonomy];
        let label = site.config().text(&config.label, lang);
        Self {
            name: &config.name,
            label: if label.is_empty() { &config.name } else { label },
            url: site.href(&site.taxonomy_url(lang, taxonomy)),
        }
    }
}

/// The page of a taxonomy.
pub(super) fn taxonomy(linked: &Edition, lang: LangId, taxonomy: TaxonomyId) -> (Subject, TaxonomyPage<'_>) {
    let site = &linked.site;
    let TaxonomyLink { name, label, url } = TaxonomyLink::new(linked, lang, taxonomy);
    let terms = site.terms(lang, taxonomy).each().map(|(index, term)| TermEntry {
        slug: &term.slug,
        label: &term.label,
        description: term.description.as_deref(),
        url: site.href(&site.term_url(lang, taxonomy, index)),
        count: term.pages.len(),
        pages: linked.cards(&term.pages[..term.pages.len().min(3)]),
    });
    let view = TaxonomyPage { taxonomy: Taxonomy { name, label, url, terms: terms.collect() } };
    let url = |lang| (!site.terms(lang, taxonomy).is_empty()).then(|| site.taxonomy_url(lang, taxonomy));
    (generated_page(linked, lang, label.to_string(), "taxonomy.html", &url), view)
}

/// One part of a term's page, given by language, taxonomy and index.
pub(super) fn term(
    linked: &Edition,
    (lang, taxonomy, index): (LangId, TaxonomyId, TermId),
    part: usize,
) -> Result<(Subject, TermPage<'_>), Box<Diagnostic>> {
    let site = &linked.site;
    let term = &site.terms(lang, taxonomy)[index];
    let url = |lang| {
        let found = site.terms(lang, taxonomy).find(|other| other.slug == term.slug)?;
        Some(site.term_url(lang, taxonomy, found))
    };
    let mut about = generated_page(linked, lang, term.label.clone(), "term.html", &url);
    let page = term.page.map(|page| site.page(page));
    about.page = term.page;
    about.description = page.map_or_else(|| term.description.clone(), |page| description(site, page));
    let above = TaxonomyLink::new(linked, lang, taxonomy);
    let at = about.breadcrumbs.len() - 1;
    about.breadcrumbs.insert(at, (above.label.to_string(), Some(site.taxonomy_url(lang, taxonomy))));
    let own = site.term_url(lang, taxonomy, index);
    let part = ListPage { url: &own, part, per_part: site.config().pagination };
    let more = More::described(term.description.as_deref());
    let first = page.filter(|_| part.part == 1);
    let content = first.map(|page| text::content(linked, page, Addresses::Paths)).transpose()?;
    let view = TermPage {
        page: term.page.map(|page| linked.card(page)),
        image: first.and_then(|page| image(site, &linked.features.links, page)),
        content: content.and_then(|content| Html::or_none(&content)),
        challenges: first.map(challenges).unwrap_or_default(),
        term: TermView {
            slug: &term.slug,
            label: &term.label,
            description: term.description.as_deref(),
            count: term.pages.len(),
            taxonomy: above,
        },
        list: List::new(linked, &about.title, (&part, &term.pages), more),
    };
    Ok((part.subject(linked, about, &term.pages), view))
}

fn challenges(page: &Page) -> Vec<&str> {
    page.meta().challenges().iter().map(String::as_str).collect()
}
