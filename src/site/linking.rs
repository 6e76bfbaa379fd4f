//! Linking: from the documents that an edition may see to pages that know each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::page::Shown;
use super::visibility;
use super::visibility::{Visible, VisibleDocument};
use super::{Content, EditionScope, Graph, Page, PageId, SeriesParts, Site, Terms, taxonomy};
use crate::config::{LangId, SeriesId};
use crate::content::Document;
use crate::content::front_matter::SortBy;
use crate::content::{ContentPath, PageKind};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ids::IdVec;

impl Site {
    /// Links the documents that `view` may see. Names that don't exist are reported.
    #[must_use]
    pub fn link(content: Arc<Content>, view: EditionScope, diagnostics: &mut Diagnostics) -> Self {
        let Visible { documents, hidden } = visibility::visible(&content, &view, diagnostics);
        let (urls, by_key) =
            rayon::join(|| visibility::urls(&content.config, &documents, diagnostics), || by_key(&documents));
        let shown = if view.edition.opens_gates() { Shown::Whole } else { Shown::Open };
        let mut pages = pages(documents, urls, shown);
        mark_follow_ups(&content, &by_key, &mut pages);
        let graph = Graph { by_key, ranks: ranks(&pages), hidden, ..Graph::default() };
        let pages = pages.into_iter().map(Arc::new).collect();
        let mut site = Self { content, view, pages, graph: Arc::new(graph) };
        let mut found = Diagnostics::new();
        let ((children, authors), (terms, series)) = rayon::join(
            || {
                site.check_names(&mut found);
                (children(&site), authors(&site, &mut found))
            },
            || (taxonomy::collect(&site), series(&site, diagnostics)),
        );
        diagnostics.extend(found);
        site.join_sections(children);
        site.join_authors(authors);
        site.join_terms(terms);
        site.graph_mut().series = series;
        site.check_planned(diagnostics);
        site
    }

    /// Nobody else has the pages of a site that is being linked, so nothing is copied here.
    fn page_mut(&mut self, page: PageId) -> &mut Page {
        Arc::make_mut(&mut self.pages[page])
    }

    /// The same of what holds them together.
    fn graph_mut(&mut self) -> &mut Graph {
        Arc::make_mut(&mut self.graph)
    }

    fn join_sections(&mut self, children: BTreeMap<PageId, Vec<PageId>>) {
        for (section, pages) in &children {
            for page in pages {
                self.page_mut(*page).section = Some(*section);
            }
        }
        self.graph_mut().children = children;
    }

    fn join_authors(&mut self, authors: Vec<Vec<PageId>>) {
        let mut written: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
        for (page, authors) in self.pages.iter_mut().zip(authors) {
            for author in &authors {
                written.entry(*author).or_default().push(page.id);
            }
            Arc::make_mut(page).authors = authors;
        }
        for pages in written.values_mut() {
            self.newest_first(pages);
        }
        self.graph_mut().written = written;
    }

    fn join_terms(&mut self, terms: Terms) {
        for taxonomies in &terms {
            for (taxonomy, terms) in taxonomies.each() {
                for (id, term) in terms.each() {
                    for page in &term.pages {
                        self.page_mut(*page).terms.push((taxonomy, id));
                    }
                }
            }
        }
        self.graph_mut().terms = terms;
    }
}

/// Marks the pages that forms lead to. One that is in a menu has other readers, too, and so have lists and articles.
fn mark_follow_ups(content: &Content, by_key: &FxHashMap<String, Range<u32>>, pages: &mut [Page]) {
    let follow_ups: BTreeSet<&str> = content
        .forms
        .iter()
        .filter_map(|form| Some(form.thank_you.page.as_ref()?.value.trim_matches('/')))
        .collect();
    for key in follow_ups.into_iter().filter(|key| !content.config.is_in_menu(key)) {
        let Some(Range { start, end }) = by_key.get(key).cloned() else { continue };
        for page in &mut pages[start as usize..end as usize] {
            page.follows_form = page.kind() == PageKind::Page;
        }
    }
}

/// Where the pages of each content path are: they stand in the order of their content paths, and translations by
/// language.
fn by_key(documents: &[VisibleDocument]) -> FxHashMap<String, Range<u32>> {
    let mut by_key = FxHashMap::default();
    by_key.reserve(documents.len());
    let mut first = 0;
    for group in documents.chunk_by(|(a, ..), (b, ..)| a.place.key == b.place.key) {
        let next = first + crate::ids::number(group.len());
        by_key.insert(group[0].0.place.key.clone(), first..next);
        first = next;
    }
    by_key
}

/// Pages that know their translations and nothing else of each other.
fn pages(documents: Vec<VisibleDocument>, urls: Vec<String>, shown: Shown) -> Vec<Page> {
    let mut pages: Vec<Page> = documents
        .into_iter()
        .zip(urls)
        .zip(0..)
        .map(|(((document, state, audience), url), index)| Page {
            id: PageId::new(index),
            shown,
            nature: (document.place.kind, document.place.lang),
            document,
            url,
            state,
            audience,
            section: None,
            translations: Vec::new(),
            authors: Vec::new(),
            terms: Vec::new(),
            follows_form: false,
        })
        .collect();
    for group in pages.chunk_by_mut(|a, b| a.document.place.key == b.document.place.key) {
        let ids: Vec<PageId> = group.iter().map(|page| page.id).collect();
        group.iter_mut().for_each(|page| page.translations.clone_from(&ids));
    }
    pages
}

/// By page, its place in the order of [`Site::newest_first`].
fn ranks(pages: &[Page]) -> IdVec<PageId, u32> {
    // Pages are numbered in the order of their content paths and languages.
    let mut order: Vec<_> = pages.iter().map(|page| (Reverse(page.meta().date), page.id)).collect();
    order.sort_unstable();
    let mut ranks = IdVec::from(vec![0; pages.len()]);
    for ((_, id), rank) in order.into_iter().zip(0..) {
        ranks[id] = rank;
    }
    ranks
}

/// What is directly in each section, sorted as it says.
fn children(site: &Site) -> BTreeMap<PageId, Vec<PageId>> {
    let mut children: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    let mut before: Option<(&Document, Option<PageId>)> = None;
    for page in site.pages().filter(|page| !page.document.place.key.is_empty()) {
        let place = &page.document.place;
        let is_there = |other: &ContentPath| other.folder == place.folder && other.lang == place.lang;
        let section = match before {
            Some((other, section)) if is_there(&other.place) => section,
            _ => nearest_section(site, &place.folder, place.lang),
        };
        before = Some((&page.document, section));
        if let Some(section) = section.filter(|section| *section != page.id) {
            children.entry(section).or_default().push(page.id);
        }
    }
    for (section, pages) in &mut children {
        let section = site.page(*section);
        match section.meta().section().map(|own| own.sort_by).unwrap_or_default() {
            SortBy::Date => site.newest_first(pages),
            SortBy::Title => {
                let tools = &site.content.tools[section.lang()];
                pages.sort_by(|a, b| tools.compare(site.page(*a).title(), site.page(*b).title()));
            }
            SortBy::Weight => {
                pages.sort_by_cached_key(|id| (site.page(*id).meta().weight.unwrap_or(i64::MAX), *id));
            }
        }
    }
    children
}

/// The section that a folder's pages belong to: its own, or the nearest above. Pages in `pages/` belong to home.
fn nearest_section(site: &Site, folder: &str, lang: LangId) -> Option<PageId> {
    let mut folder = folder;
    loop {
        let found = site.find(folder, lang).filter(|id| site.page(*id).kind() == PageKind::Section);
        if found.is_some() || folder.is_empty() {
            return found;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

/// The people who wrote each page, in the order of the pages. A page's owner must be somebody, too.
fn authors(site: &Site, diagnostics: &mut Diagnostics) -> Vec<Vec<PageId>> {
    let people = site.content.documents.iter().filter(|document| document.place.kind == PageKind::Person);
    let people = people.filter_map(|document| document.place.key.strip_prefix("people/"));
    let people: BTreeSet<&str> = people.collect();
    // A few of them write all that there is.
    let mut known: FxHashMap<(&str, LangId), Option<PageId>> = FxHashMap::default();
    let mut all = Vec::with_capacity(site.pages.len());
    for page in site.pages() {
        let (meta, lang) = (page.meta(), page.lang());
        let mut authors = Vec::with_capacity(meta.authors.len());
        for name in &meta.authors {
            let find = || {
                let is_person = people.contains(name.value.as_str());
                site.find_any(&format!("people/{}", name.value), lang).filter(|_| is_person)
            };
            authors.extend(*known.entry((&name.value, lang)).or_insert_with(find));
        }
        // Most names have been found: then they are known.
        let event = meta.event();
        let speakers = event.iter().flat_map(|event| &event.speakers);
        if authors.len() < meta.authors.len() || meta.owner.is_some() || event.is_some() {
            let names = meta.authors.iter().chain(&meta.owner).chain(speakers);
            for name in names.filter(|name| !people.contains(name.value.as_str())) {
                diagnostics.push(
                    Diagnostic::new(Code::UnknownAuthor, format!("there is no person `{}`", name.value))
                        .at(page.path(), name.span)
                        .suggest(&name.value, people.iter().copied())
                        .help("each person is a file in `content/people/`, such as `anna-berg.md`"),
                );
            }
        }
        all.push(authors);
    }
    all
}

/// The parts of each series by language, in order.
fn series(site: &Site, diagnostics: &mut Diagnostics) -> SeriesParts {
    let config = site.config();
    let mut all: SeriesParts = config.languages.map(|_| config.series.map(|_| Vec::new()));
    let mut taken: FxHashMap<(LangId, SeriesId, i64), PageId> = FxHashMap::default();
    for page in site.pages() {
        let Some(place) = &page.meta().series else { continue };
        let parts: &mut Vec<(i64, PageId)> = &mut all[page.lang()][place.series];
        let first = *taken.entry((page.lang(), place.series, place.part.value)).or_insert(page.id);
        if first != page.id {
            let other = site.page(first);
            let name = &site.config().series[place.series].id;
            diagnostics.push(
                Diagnostic::new(
                    Code::SeriesPartTaken,
                    format!("part {} of the series `{name}` already exists", place.part.value),
                )
                .at(page.path(), place.part.span)
                .related(other.path(), other.meta().series.as_ref().map(|s| s.part.span), "the other one")
                .help("give one of them another number"),
            );
        }
        parts.push((place.part.value, page.id));
    }
    for parts in all.iter_mut().flat_map(|series| series.iter_mut()) {
        parts.sort_unstable();
    }
    all
}
