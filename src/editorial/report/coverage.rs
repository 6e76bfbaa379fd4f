//! Stage × persona: how much there is to read for each, in one language.

use serde::Serialize;

use super::{PageRef, ReportInputs, is_content};
use crate::config::{LangId, StageId};
use crate::encode::slug;
use crate::site::{Page, PageId, Site};

/// The taxonomy that says whom a page is for.
const PERSONA: &str = "persona";

/// What there is in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The code of the language.
    pub lang: String,
    /// The language's name in itself.
    pub label: String,
    /// How many texts there are in it.
    pub total: usize,
    /// For whom: the personas, then a last one without a name for pages that name none.
    pub columns: Vec<Column>,
    /// For when: the stages, then a last one without a name, where there are pages that name none.
    pub rows: Vec<Row>,
    /// How many of the personas' cells at a stage are empty.
    pub gaps: usize,
    /// How many there are of them.
    pub cells: usize,
}

/// A persona, as a column of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The term; `None` for pages that name no persona.
    pub persona: Option<String>,
    /// What readers see; empty for those.
    pub label: String,
}

/// A stage of the journey, as a row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The stage; `None` for pages that name none.
    pub stage: Option<String>,
    /// What readers see; empty for those.
    pub label: String,
    /// A cell for each column, in the same order.
    pub cells: Vec<Cell>,
}

/// What there is for a persona at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// How many texts there are.
    pub count: usize,
    /// Something should be here, and isn't.
    pub gap: bool,
    /// The pages, the newest first.
    pub pages: Vec<PageRef>,
}

/// One for each language of the site, in its order.
pub(super) fn coverage_by_language(site: &Site, inputs: &ReportInputs<'_>) -> Vec<Coverage> {
    site.config().languages.ids().map(|lang| coverage(site, inputs, lang)).collect()
}

fn coverage(site: &Site, inputs: &ReportInputs<'_>, lang: LangId) -> Coverage {
    let config = site.config();
    let labels = inputs.labels.unwrap_or(lang);
    let mut pages: Vec<PageId> =
        site.pages().filter(|page| page.lang() == lang && is_content(page)).map(|page| page.id).collect();
    site.newest_first(&mut pages);
    let pages: Vec<&Page> = pages.into_iter().map(|id| site.page(id)).collect();
    let columns = columns(site, labels, &pages);
    let of_column = |page: &Page, column: &Column| match &column.persona {
        Some(persona) => personas(site, page).any(|own| slug::term(own) == slug::term(persona)),
        None => personas(site, page).next().is_none(),
    };
    let row = |stage: Option<StageId>| {
        let cell = |column: &Column| {
            let found = pages.iter().filter(|page| page.meta().stage == stage && of_column(page, column));
            let pages: Vec<PageRef> = found.map(|page| PageRef::new(site, page)).collect();
            let is_asked_for = stage.is_some() && (column.persona.is_some() || columns.len() == 1);
            Cell { count: pages.len(), gap: is_asked_for && pages.is_empty(), pages }
        };
        Row {
            stage: stage.map(|stage| config.journey.stages[stage].id.clone()),
            label: stage.map(|stage| (inputs.stage)(stage, labels)).unwrap_or_default(),
            cells: columns.iter().map(cell).collect(),
        }
    };
    let has_no_stage = pages.iter().any(|page| page.meta().stage.is_none());
    let stages = config.journey.stages.ids().map(Some).chain(has_no_stage.then_some(None));
    let rows: Vec<Row> = stages.map(row).collect();
    let gaps = rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.gap).count();
    let named = columns.iter().filter(|column| column.persona.is_some()).count().max(1);
    Coverage {
        lang: config.languages[lang].code.clone(),
        label: config.languages[lang].label.clone(),
        total: pages.len(),
        cells: named * config.journey.stages.len(),
        gaps,
        columns,
        rows,
    }
}

/// The personas that are declared, those that only pages name, and the rest where there is one.
fn columns(site: &Site, labels: LangId, pages: &[&Page]) -> Vec<Column> {
    let config = site.config();
    let mut columns: Vec<Column> = Vec::new();
    if let Some(taxonomy) = config.taxonomies.iter().find(|taxonomy| taxonomy.name == PERSONA) {
        let declared = taxonomy.terms.iter().map(|term| {
            let label = config.text(&term.label, labels);
            let label = if label.is_empty() { term.name.as_str() } else { label };
            Column { persona: Some(term.name.clone()), label: label.to_string() }
        });
        columns.extend(declared);
        let mut others: Vec<&str> = pages.iter().flat_map(|page| personas(site, page)).collect();
        others.sort_unstable();
        for other in others {
            let is_there = |column: &Column| {
                column.persona.as_deref().is_some_and(|it| slug::term(it) == slug::term(other))
            };
            if !columns.iter().any(is_there) {
                columns.push(Column { persona: Some(other.to_string()), label: other.to_string() });
            }
        }
    }
    if columns.is_empty() || pages.iter().any(|page| personas(site, page).next().is_none()) {
        columns.push(Column { persona: None, label: String::new() });
    }
    columns
}

/// The personas that a page names.
fn personas<'a>(site: &'a Site, page: &'a Page) -> impl Iterator<Item = &'a str> {
    let taxonomy = site.config().taxonomies.find(|taxonomy| taxonomy.name == PERSONA);
    let terms = page.meta().terms.iter().filter(move |(own, _)| Some(*own) == taxonomy);
    terms.flat_map(|(_, terms)| terms.iter().map(|term| term.value.as_str()))
}
