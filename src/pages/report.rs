//! The content report as templates get it.

use tera::{Context, Value};

use super::cards::date;
use super::linked::Linked;
use super::subject::{Subject, made, string};
use crate::config::LangId;
use crate::editorial::report::{Asking, Cell, Coverage, PageRef, Report, Stale, Untranslated};
use crate::languages::formats::Tools;
use crate::theme::engine::{list, number, object, text};

/// So many entries of a list are shown: `ringback report --json` has them all.
const SHOWN: usize = 100;

/// From so many texts on, a place is as full as it is shown to be.
const FULL: usize = 4;

pub(super) fn report(linked: &Linked, lang: LangId, context: &mut Context) -> Subject {
    let report = super::report_numbers::report(linked, Some(lang));
    let site = &linked.site;
    context.insert_value("report", value(linked, lang, &report));
    made(linked, lang, string(linked, lang, "report", "Content report"), "report.html", &|lang| {
        Some(site.report_url(lang))
    })
}

fn value(linked: &Linked, lang: LangId, report: &Report) -> Value {
    let tools = &linked.site.content.tools[lang];
    let page = |page: &PageRef| page_value(linked, page);
    let stale = |stale: &Stale| stale_value(linked, tools, stale);
    let forms = report.unused_forms.iter().map(|form| Value::from(form.as_str()));
    object([
        ("today", date(tools, Some(report.today))),
        ("sums", sums(linked, lang, report)),
        ("coverage", list(report.coverage.iter().map(|coverage| coverage_value(linked, coverage)))),
        ("overdue", shortened(&report.overdue, &stale)),
        ("old", shortened(&report.old, &stale)),
        ("orphans", shortened(&report.orphans, &page)),
        ("untranslated", shortened(&report.untranslated, &|page| untranslated_value(linked, page))),
        ("unsent", shortened(&report.unsent, &page)),
        ("asking", shortened(&report.asking, &|page| asking_value(linked, page))),
        ("unused_forms", list(forms)),
    ])
}

/// What was found, as numbers that lead to it: `{id, count, label}`.
fn sums(linked: &Linked, lang: LangId, report: &Report) -> Value {
    let gaps = report.coverage.iter().map(|coverage| coverage.gaps).sum();
    let all = [
        ("places", gaps),
        ("overdue", report.overdue.len()),
        ("old", report.old.len()),
        ("orphans", report.orphans.len()),
        ("untranslated", report.untranslated.len()),
        ("unsent", report.unsent.len()),
    ];
    // Where there is one language, or no script, nothing can be missing in them.
    let is_asked = |id: &str| match id {
        "untranslated" => linked.site.config().languages.len() > 1,
        "unsent" => linked.features.scripts.all().next().is_some(),
        _ => true,
    };
    list(all.into_iter().filter(|(id, _)| is_asked(id)).map(|(id, count)| {
        object([
            ("id", Value::from(id)),
            ("count", number(count)),
            ("label", Value::from(string(linked, lang, &format!("report_{id}"), id))),
        ])
    }))
}

/// `{total, more, entries}`: the first of a list, and how many follow.
fn shortened<T>(all: &[T], value: &dyn Fn(&T) -> Value) -> Value {
    object([
        ("total", number(all.len())),
        ("more", number(all.len().saturating_sub(SHOWN))),
        ("entries", list(all.iter().take(SHOWN).map(value))),
    ])
}

fn coverage_value(linked: &Linked, coverage: &Coverage) -> Value {
    let columns = coverage.columns.iter().map(|column| {
        object([("persona", text(column.persona.as_deref())), ("label", Value::from(column.label.as_str()))])
    });
    let rows = coverage.rows.iter().map(|row| {
        object([
            ("stage", text(row.stage.as_deref())),
            ("label", Value::from(row.label.as_str())),
            ("cells", list(row.cells.iter().map(|cell| cell_value(linked, cell)))),
        ])
    });
    object([
        ("code", Value::from(coverage.lang.as_str())),
        ("label", Value::from(coverage.label.as_str())),
        ("total", number(coverage.total)),
        ("gaps", number(coverage.gaps)),
        ("cells", number(coverage.cells)),
        ("columns", list(columns)),
        ("rows", list(rows)),
    ])
}

fn cell_value(linked: &Linked, cell: &Cell) -> Value {
    object([
        ("count", number(cell.count)),
        ("gap", Value::from(cell.gap)),
        ("level", number(cell.count.min(FULL))),
        ("pages", list(cell.pages.iter().take(SHOWN).map(|page| page_value(linked, page)))),
    ])
}

fn page_value(linked: &Linked, page: &PageRef) -> Value {
    let config = linked.site.config();
    let language = config.language(&page.lang).filter(|_| config.languages.len() > 1);
    let language = language.map(|lang| config.languages[lang].label.as_str());
    object([
        ("title", Value::from(page.title.as_str())),
        ("url", Value::from(linked.site.href(&page.url))),
        ("path", Value::from(page.path.as_str())),
        ("lang", Value::from(page.lang.as_str())),
        ("language", text(language)),
    ])
}

fn stale_value(linked: &Linked, tools: &Tools, stale: &Stale) -> Value {
    object([
        ("page", page_value(linked, &stale.page)),
        ("since", date(tools, Some(stale.since))),
        ("owners", list(stale.owners.iter().map(|owner| Value::from(owner.as_str())))),
    ])
}

fn untranslated_value(linked: &Linked, page: &Untranslated) -> Value {
    let config = linked.site.config();
    let label = |code: &String| {
        let language = config.language(code).map(|lang| config.languages[lang].label.as_str());
        Value::from(language.unwrap_or(code))
    };
    object([("page", page_value(linked, &page.page)), ("missing", list(page.missing.iter().map(label)))])
}

fn asking_value(linked: &Linked, asking: &Asking) -> Value {
    object([
        ("page", page_value(linked, &asking.page)),
        ("gate", text(asking.gate.as_deref())),
        ("key", text(asking.key)),
        ("forms", list(asking.forms.iter().map(|form| Value::from(form.as_str())))),
    ])
}
