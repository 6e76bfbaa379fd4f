//! What the report finds, on small sites.

use super::Report;
use crate::pages::report_numbers;
use crate::project::MemoryProject;
use crate::testing::{FORM, file, linked, project};

fn site() -> MemoryProject {
    let personas = "taxonomies: {persona: {terms: {buyer: {label: {en: Buyers, sv: Köpare}}, seller: {}}}}\n";
    let page = |title: &str, front: &str, text: &str| format!("---\ntitle: {title}\n{front}---\n{text}\n");
    project(|config| {
        let (before, after) = config.split_once("taxonomies:").unwrap();
        let series = &after[after.find("series:").unwrap()..];
        format!("{before}{personas}{series}journey: {{calls_to_action: {{close: {{form: guide}}}}}}\n")
    })
    .with("content/forms/guide.yaml", FORM)
    .with("content/forms/lost.yaml", FORM)
    .with("content/_index.md", page("Home", "", "[One](insights/one.md)"))
    .with("content/insights/one.md", page("One", "date: 2026-11-01\nstage: attract\npersona: [buyer]\n", "Text."))
    .with("content/insights/one.sv.md", page("Ett", "date: 2026-11-01\nstage: attract\npersona: [Buyer, other]\n", "Text."))
    .with("content/insights/two.md", page("Two", "date: 2025-11-01\nstage: close\n", "[form:guide]"))
    .with("content/insights/three.md", page("Three", "date: 2025-11-01\nupdated: 2026-01-01\nowner: anna\nreview_by: 2026-11-21\n", "Text."))
    .with("content/insights/four.md", page("Four", "date: 2025-11-01\nreview_by: 2026-11-22\ngate: {form: guide}\n", "Open.\n\n<!-- gate -->\n\nShut."))
    .with("content/insights/draft.md", page("Draft", "draft: true\nstage: delight\npersona: [buyer]\n", "Text."))
    .with("content/people/anna.md", page("Anna", "", ""))
    .with("content/scripts/call.md", page("Call", "outcomes: {end: {label: End}}\n", "## Hello (10s)\n\n> Hello. Shall I send it?\n\n- \"Yes\" → [Send](outcome:end)\n- \"No\" → [End](outcome:end)\n\n> [!NOTE]\n> [Two](send:two) and [four](../insights/four.md)\n"))
}

fn report(edition: &str) -> Report {
    report_numbers::report(&linked(&site(), edition), None)
}

#[test]
fn coverage_counts_what_is_published_by_stage_and_persona() {
    let report = report("team");
    let english = &report.coverage[0];
    let columns: Vec<&str> = english.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(columns, ["Buyers", "seller", ""]);
    let rows: Vec<(Option<&str>, Vec<usize>)> = english
        .rows
        .iter()
        .map(|row| (row.stage.as_deref(), row.cells.iter().map(|cell| cell.count).collect()))
        .collect();
    assert_eq!(
        rows,
        [
            (Some("attract"), vec![1, 0, 0]),
            (Some("convert"), vec![0, 0, 0]),
            (Some("close"), vec![0, 0, 1]),
            (Some("delight"), vec![0, 0, 0]),
            (None, vec![0, 0, 2]),
        ]
    );
    // Only a persona at a stage can be missing.
    assert_eq!((english.total, english.gaps, english.cells), (4, 7, 8));
    let swedish = &report.coverage[1];
    let columns: Vec<&str> = swedish.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(
        columns,
        ["Köpare", "seller", "other"],
        "one spelling of a term, and a term that nobody declared"
    );
    assert_eq!((swedish.total, swedish.gaps, swedish.cells), (1, 10, 12));
}

#[test]
fn what_is_old_lonely_or_unused_is_found() {
    let report = report("team");
    let paths = |pages: &[super::PageRef]| pages.iter().map(|page| page.path.clone()).collect::<Vec<_>>();
    let stale = |all: &[super::Stale]| {
        all.iter().map(|stale| (stale.page.title.clone(), stale.since.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(stale(&report.overdue), [("Three".to_string(), "2026-11-21".to_string())]);
    assert_eq!(report.overdue[0].owners, ["anna"]);
    assert_eq!(stale(&report.outdated), [("Two".to_string(), "2025-11-01".to_string())]);
    // A script that links to a page doesn't make it known to strangers.
    assert_eq!(
        paths(&report.orphans),
        [
            "content/insights/four.md",
            "content/insights/one.sv.md",
            "content/insights/three.md",
            "content/insights/two.md"
        ]
    );
    // Swedish has no scripts, so nothing Swedish is missing in them.
    assert_eq!(paths(&report.never_sent), ["content/insights/one.md", "content/insights/three.md"]);
    let missing: Vec<(String, Vec<String>)> =
        report.untranslated.iter().map(|page| (page.page.title.clone(), page.missing.clone())).collect();
    assert_eq!(missing, ["Four", "Three", "Two"].map(|title| (title.to_string(), vec!["sv".to_string()])));
    let asking: Vec<(&str, Option<&str>, &[String])> = report
        .with_forms
        .iter()
        .map(|page| (page.page.title.as_str(), page.gate.as_deref(), page.forms.as_slice()))
        .collect();
    assert_eq!(asking, [("Four", Some("guide"), &[][..]), ("Two", None, &["guide".to_string()][..])]);
    assert_eq!(report.unused_forms, ["lost"]);
}

#[test]
fn a_site_without_personas_has_one_column() {
    let project = project(str::to_string)
        .with("content/insights/one.md", "---\ntitle: One\nstage: attract\n---\n")
        .with("content/insights/two.md", "---\ntitle: Two\n---\n");
    let report = report_numbers::report(&linked(&project, "public"), None);
    let english = &report.coverage[0];
    assert_eq!(english.columns.len(), 1);
    let counts: Vec<usize> = english.rows.iter().map(|row| row.cells[0].count).collect();
    assert_eq!(counts, [1, 0, 0, 0, 1]);
    assert_eq!((english.gaps, english.cells), (3, 4));
}

#[test]
fn its_page_is_for_the_team_alone() {
    let team = linked(&site(), "team");
    let page = file(&team, "report/index.html").expect("a report");
    assert!(
        page.contains("Buyers")
            && page.contains("class=\"gap\"")
            && page.contains("href=\"#orphans\"")
            && page.contains("noindex"),
        "{page}"
    );
    let swedish = file(&team, "sv/report/index.html").expect("a Swedish report");
    // Its words are Swedish, also in the table about English.
    assert!(
        swedish.contains("Köpare") && !swedish.contains("Buyers") && swedish.contains("Innehållsrapport")
    );
    assert!(page.contains("href=\"/report/\" aria-current=\"page\""), "{page}");
    let public = linked(&site(), "public");
    let with_report = public.plan.iter().find(|(path, _)| path.as_str().contains("report/"));
    assert!(with_report.is_none(), "{with_report:?}");
    assert!(!file(&public, "index.html").unwrap().contains("/report/"));
}
