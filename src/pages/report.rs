//! The content report as templates get it.

use serde::Serialize;

use super::linked::Edition;
use super::parts::DateView;
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::editorial::report::{Asking, Cell, Column, Coverage, PageRef, Report, Row, Stale, Untranslated};
use crate::languages::formats::LocaleFormats;

/// So many entries of a list are shown: `ringback report --json` has them all.
const SHOWN: usize = 100;

/// From so many texts on, a place is as full as it is shown to be.
const FULL: usize = 4;

/// What `report.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct ReportPage<'a> {
    /// What [`ringback report`](report.md) prints, with labels in the language of the page.
    report: ReportView<'a>,
}

/// The content report in one language.
#[derive(Debug, Serialize)]
struct ReportView<'a> {
    /// The day for which the report is made.
    today: DateView,
    /// How many were found of each kind, for an overview with links.
    totals: Vec<Sum>,
    /// What there is to read, by language.
    coverage: Vec<CoverageView<'a>>,
    /// Pages whose review is due.
    overdue: Shortened<StaleEntry<'a>>,
    /// Pages that nobody has changed for a long time.
    outdated: Shortened<StaleEntry<'a>>,
    /// Public pages that no text leads to.
    orphans: Shortened<ReportedPage<'a>>,
    /// Pages that are missing in a language.
    untranslated: Shortened<UntranslatedEntry<'a>>,
    /// Pages that no call script sends.
    never_sent: Shortened<ReportedPage<'a>>,
    /// Pages that ask for details.
    with_forms: Shortened<AskingEntry<'a>>,
    /// Ids of forms that no page shows.
    unused_forms: Vec<String>,
}

/// How many were found, with a link to them.
#[derive(Debug, Serialize)]
struct Sum {
    /// That of the part below, or `places` for content gaps.
    id: &'static str,
    /// How many of them were found.
    count: usize,
    /// What is counted, in the language of the report.
    label: String,
}

/// The first hundred entries of a list.
#[derive(Debug, Serialize)]
struct Shortened<T> {
    /// How many entries the whole list has.
    total: usize,
    /// How many follow after the first hundred.
    more: usize,
    /// At most the first hundred entries.
    entries: Vec<T>,
}

/// What there is to read in a language, by persona and stage.
#[derive(Debug, Serialize)]
struct CoverageView<'a> {
    /// The code of the language.
    code: String,
    /// The language's name in itself.
    label: String,
    /// How many texts there are.
    total: usize,
    /// How many cells are empty.
    gaps: usize,
    /// How many cells there are.
    cells: usize,
    /// The columns of the table: personas, and last those texts that name none, if there are any.
    columns: Vec<CoverageColumn>,
    /// The rows of the table: stages, and last those texts that name none, if there are any.
    rows: Vec<CoverageRow<'a>>,
}

/// A persona in the table.
#[derive(Debug, Serialize)]
struct CoverageColumn {
    /// Its id; `null` for texts without one.
    persona: Option<String>,
    /// What readers see; empty for texts without one.
    label: String,
}

/// A stage in the table.
#[derive(Debug, Serialize)]
struct CoverageRow<'a> {
    /// Its id; `null` for texts without one.
    stage: Option<String>,
    /// What readers see; empty for texts without one.
    label: String,
    /// A cell for each persona.
    cells: Vec<CoverageCell<'a>>,
}

/// What there is for a persona at a stage.
#[derive(Debug, Serialize)]
struct CoverageCell<'a> {
    /// How many texts there are.
    count: usize,
    /// Whether a text is missing.
    gap: bool,
    /// `count`, at most 4.
    level: usize,
    /// The texts as links, the newest first.
    pages: Vec<ReportedPage<'a>>,
}

/// A page in the report.
#[derive(Debug, Serialize)]
struct ReportedPage<'a> {
    /// The page's title, as plain text.
    title: String,
    /// URL of the page.
    url: String,
    /// The page's file, from the root of the site.
    path: String,
    /// The code of its language.
    lang: String,
    /// Its language; `null` on a site with one language.
    language: Option<&'a str>,
}

/// A page that should be looked at.
#[derive(Debug, Serialize)]
struct StaleEntry<'a> {
    /// The page to look at.
    page: ReportedPage<'a>,
    /// When its review was due, or when it was last changed.
    since: DateView,
    /// Who looks after it: its owner, otherwise its authors.
    owners: Vec<String>,
}

/// A page that is missing in a language.
#[derive(Debug, Serialize)]
struct UntranslatedEntry<'a> {
    /// The page that has no translation.
    page: ReportedPage<'a>,
    /// The names of the languages in which it is missing.
    missing: Vec<String>,
}

/// A page that asks for details.
#[derive(Debug, Serialize)]
struct AskingEntry<'a> {
    /// The page that has the forms.
    page: ReportedPage<'a>,
    /// The id of its gate.
    gate: Option<String>,
    /// How the gate's key is kept.
    key: Option<&'static str>,
    /// The ids of its forms.
    forms: Vec<String>,
}

/// The page of the report in a language.
pub(super) fn page(linked: &Edition, lang: LangId) -> (Subject, ReportPage<'_>) {
    let view = ReportPage { report: view(linked, lang, super::report_numbers::report(linked, Some(lang))) };
    let title = word(linked, lang, "report", "Content report");
    (generated_page(linked, lang, title, "report.html", &|lang| Some(linked.site.report_url(lang))), view)
}

fn view(linked: &Edition, lang: LangId, report: Report) -> ReportView<'_> {
    let tools = &linked.site.content.tools[lang];
    let page = |page| reported(linked, page);
    let stale = |one| self::stale(linked, tools, one);
    ReportView {
        today: DateView::new(tools, report.today),
        totals: totals(linked, lang, &report),
        coverage: report.coverage.into_iter().map(|one| coverage(linked, one)).collect(),
        overdue: shortened(report.overdue, stale),
        outdated: shortened(report.outdated, stale),
        orphans: shortened(report.orphans, page),
        untranslated: shortened(report.untranslated, |one| untranslated(linked, one)),
        never_sent: shortened(report.never_sent, page),
        with_forms: shortened(report.with_forms, |one| asking(linked, one)),
        unused_forms: report.unused_forms,
    }
}

fn totals(linked: &Edition, lang: LangId, report: &Report) -> Vec<Sum> {
    let gaps = report.coverage.iter().map(|coverage| coverage.gaps).sum();
    let all = [
        ("places", gaps),
        ("overdue", report.overdue.len()),
        ("outdated", report.outdated.len()),
        ("orphans", report.orphans.len()),
        ("untranslated", report.untranslated.len()),
        ("never_sent", report.never_sent.len()),
    ];
    // Where there is one language, or no script, nothing can be missing in them.
    let is_asked = |id: &str| match id {
        "untranslated" => linked.site.config().languages.len() > 1,
        "never_sent" => linked.features.scripts.all().next().is_some(),
        _ => true,
    };
    let sum = |(id, count)| Sum { id, count, label: word(linked, lang, &format!("report_{id}"), id) };
    all.into_iter().filter(|(id, _)| is_asked(id)).map(sum).collect()
}

fn shortened<T, V>(all: Vec<T>, view: impl Fn(T) -> V) -> Shortened<V> {
    let total = all.len();
    let entries = all.into_iter().take(SHOWN).map(view).collect();
    Shortened { total, more: total.saturating_sub(SHOWN), entries }
}

fn coverage(linked: &Edition, coverage: Coverage) -> CoverageView<'_> {
    let Coverage { lang, label, total, gaps, cells, columns, rows } = coverage;
    let column = |Column { persona, label }| CoverageColumn { persona, label };
    let row = |Row { stage, label, cells }| CoverageRow {
        stage,
        label,
        cells: cells.into_iter().map(|one| cell(linked, one)).collect(),
    };
    CoverageView {
        code: lang,
        label,
        total,
        gaps,
        cells,
        columns: columns.into_iter().map(column).collect(),
        rows: rows.into_iter().map(row).collect(),
    }
}

fn cell(linked: &Edition, cell: Cell) -> CoverageCell<'_> {
    let Cell { count, gap, pages } = cell;
    let pages = pages.into_iter().take(SHOWN).map(|page| reported(linked, page));
    CoverageCell { count, gap, level: count.min(FULL), pages: pages.collect() }
}

fn reported(linked: &Edition, page: PageRef) -> ReportedPage<'_> {
    let config = linked.site.config();
    let language = config.language(&page.lang).filter(|_| config.languages.len() > 1);
    let PageRef { title, path, lang, url } = page;
    ReportedPage {
        title,
        url: linked.site.href(&url),
        path,
        lang,
        language: language.map(|lang| config.languages[lang].label.as_str()),
    }
}

fn stale<'a>(linked: &'a Edition, tools: &LocaleFormats, stale: Stale) -> StaleEntry<'a> {
    let Stale { page, since, owners } = stale;
    StaleEntry { page: reported(linked, page), since: DateView::new(tools, since), owners }
}

fn untranslated(linked: &Edition, page: Untranslated) -> UntranslatedEntry<'_> {
    let config = linked.site.config();
    let label = |code: String| {
        let language = config.language(&code).map(|lang| config.languages[lang].label.clone());
        language.unwrap_or(code)
    };
    let missing = page.missing.into_iter().map(label).collect();
    UntranslatedEntry { page: reported(linked, page.page), missing }
}

fn asking(linked: &Edition, asking: Asking) -> AskingEntry<'_> {
    let Asking { page, gate, key, forms } = asking;
    AskingEntry { page: reported(linked, page), gate, key, forms }
}
