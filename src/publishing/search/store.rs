//! What results show: titles, addresses, headings and the beginnings of texts, in blocks; and the facets to filter by.

use rayon::prelude::*;
use serde::Serialize;

use super::analysis::fold;
use super::documents::{Documents, Head, Shelf, Texts};
use super::{KINDS, SearchLabels};
use crate::config::{LangId, StageId};
use crate::content::body::cut;
use crate::encode::json;
use crate::site::{Page, PageId, Site};

/// Characters that the excerpts of pages, and those of sections, have together: the store of a large site stays small.
const EXCERPTS: usize = 750_000;

/// The fewest characters that are worth an excerpt, and the most that are shown.
const EXCERPT: (usize, usize) = (60, 300);

/// A block is about as large, in bytes before compression.
const BLOCK: usize = 2_200;

/// The taxonomies that results can be filtered by, where the site has them.
const TAXONOMIES: &[&str] = &["category", "persona"];

/// The texts that results show, in blocks of pages.
#[derive(Debug)]
pub(super) struct Store {
    /// How many pages a block has.
    pub(super) pages: usize,
    /// The content of each block.
    pub(super) blocks: Vec<Vec<u8>>,
}

impl Store {
    /// The store of a shelf, which has so many documents together.
    #[must_use]
    pub(super) fn new(shelf: &dyn Shelf, documents: usize) -> Self {
        let count = shelf.count();
        let length = Excerpts {
            page: (EXCERPTS / count.max(1)).clamp(EXCERPT.0, EXCERPT.1),
            section: Some(EXCERPTS / documents.max(1))
                .filter(|length| *length >= EXCERPT.0)
                .map(|length| length.min(EXCERPT.1)),
        };
        let records: Vec<String> = (0..count).into_par_iter().map(|at| record(shelf, at, &length)).collect();
        let size = records.iter().map(String::len).sum::<usize>() / records.len().max(1);
        let pages = (BLOCK / size.max(1)).clamp(1, 64);
        let blocks = records.chunks(pages).map(|records| format!("[{}]", records.join(",\n")).into_bytes());
        Self { pages, blocks: blocks.collect() }
    }
}

/// How long excerpts are, in characters; on a large site, sections have none.
struct Excerpts {
    page: usize,
    section: Option<usize>,
}

/// A part of what the store has of a page.
#[derive(Serialize)]
#[serde(untagged)]
enum RecordPart {
    Text(String),
    Kind(Option<usize>),
    /// A heading, an excerpt, and an id.
    Section(Vec<String>),
}

/// `[url, title, kind, date, excerpt, [heading, excerpt, id], …]`; what is empty or follows from the heading is left out
/// at the end.
fn record(shelf: &dyn Shelf, at: usize, length: &Excerpts) -> String {
    let texts = if length.section.is_some() { Texts::All } else { Texts::Own };
    let Documents { own: first, sections } = shelf.documents(at, texts);
    let Head { url, title, kind, date } = shelf.head(at);
    let own = excerpt(first.summary.as_ref().unwrap_or(&first.text), length.page);
    let mut record = Vec::with_capacity(5 + sections.len());
    record.extend([RecordPart::Text(url), RecordPart::Text(title)]);
    record.extend([RecordPart::Kind(kind), RecordPart::Text(date), RecordPart::Text(own)]);
    record.extend(sections.into_iter().map(|document| {
        let id = if document.id == plain_id(&document.title) { String::new() } else { document.id };
        let mut section = vec![
            document.title,
            length.section.map(|length| excerpt(&document.text, length)).unwrap_or_default(),
            id,
        ];
        while section.pop_if(|last| last.is_empty()).is_some() {}
        RecordPart::Section(section)
    }));
    json::text(&record)
}

/// The beginning of a text, with a mark between lines that don't end a sentence, such as the items of a list.
fn excerpt(text: &str, length: usize) -> String {
    let mut joined = String::new();
    for line in text.lines() {
        if joined.ends_with(char::is_alphanumeric) {
            joined.push_str(" ·");
        }
        // What is longer than four bytes for each character has enough of them.
        if joined.len() > length * 4 {
            break;
        }
        joined.push(' ');
        joined.push_str(line);
    }
    cut(&joined, length)
}

/// The id that a heading has in most languages: folded, in lower case, with `-` for whatever is no letter or digit.
fn plain_id(heading: &str) -> String {
    let folded = fold(&heading.to_lowercase());
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The facets of a language as JSON; `None` where there is nothing to choose from.
#[must_use]
pub(super) fn facets(site: &Site, lang: LangId, pages: &[PageId], words: &SearchLabels) -> Option<Vec<u8>> {
    let config = site.config();
    let mut all = vec![kinds(site, pages, words)];
    for name in TAXONOMIES {
        let Some(taxonomy) = config.taxonomies.find(|taxonomy| taxonomy.name == *name) else {
            continue;
        };
        let label = config.text(&config.taxonomies[taxonomy].label, lang);
        let terms = site.terms(lang, taxonomy).iter().map(|term| (term.slug.clone(), term.label.clone()));
        let of = |page: &Page| {
            let own = page.terms.iter().filter(|(of, _)| *of == taxonomy);
            own.map(|(_, term)| term.index()).collect()
        };
        all.push(Facet::new(
            name,
            if label.is_empty() { name } else { label },
            terms.collect(),
            of,
            (site, pages),
        ));
    }
    let stages = config.journey.stages.iter().zip(&words.stages);
    let stages = stages.map(|(stage, label)| (stage.id.clone(), label.clone())).collect();
    let of = |page: &Page| page.meta().stage.map(StageId::index).into_iter().collect();
    all.push(Facet::new("stage", &words.stage, stages, of, (site, pages)));
    all.retain(|facet| facet.terms.len() > 1);
    (!all.is_empty()).then(|| json::text(&all).into_bytes())
}

fn kinds(site: &Site, pages: &[PageId], words: &SearchLabels) -> Facet {
    // The page of a folder is of no kind that a reader would look for, and has no name.
    let is_named = |kind: usize| !words.kinds[kind].is_empty();
    let terms = KINDS.iter().zip(&words.kinds).map(|(kind, label)| (kind.name().to_string(), label.clone()));
    let of = |page: &Page| {
        let kind = KINDS.iter().position(|kind| *kind == page.kind());
        kind.filter(|kind| is_named(*kind)).into_iter().collect()
    };
    Facet::new("kind", &words.kind, terms.collect(), of, (site, pages))
}

/// What results can be filtered by, where there is a choice.
#[derive(Serialize)]
struct Facet {
    key: String,
    label: String,
    /// The terms of each page.
    pages: Vec<Vec<usize>>,
    /// Their keys, and what they are called.
    terms: Vec<(String, String)>,
}

impl Facet {
    /// A facet with those of `terms` that a page has.
    fn new(
        key: &str,
        label: &str,
        terms: Vec<(String, String)>,
        of: impl Fn(&Page) -> Vec<usize>,
        (site, pages): (&Site, &[PageId]),
    ) -> Self {
        let mut pages: Vec<Vec<usize>> = pages.iter().map(|page| of(site.page(*page))).collect();
        let mut kept = Vec::new();
        let mut new_index = vec![None; terms.len()];
        for (index, term) in terms.into_iter().enumerate() {
            if pages.iter().any(|of| of.contains(&index)) {
                new_index[index] = Some(kept.len());
                kept.push(term);
            }
        }
        for of in &mut pages {
            *of = of.iter().filter_map(|index| new_index[*index]).collect();
        }
        Self { key: key.into(), label: label.into(), terms: kept, pages }
    }
}
