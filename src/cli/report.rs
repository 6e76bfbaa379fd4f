//! `ringback report`: for whom there is content, and what is missing, lonely or old, in the width of a terminal.

use std::fmt::Write as _;
use std::io::IsTerminal as _;

use super::flags::ReportFlags;
use super::{Settings, Status, grouped, print_json, print_made};
use crate::diag::Diagnostics;
use crate::editorial::report::{Coverage, Report};
use crate::encode::terminal;

/// Lines of a terminal that nobody has made wider.
const WIDTH: usize = 80;

/// A label in front of a line is cut there.
const LABEL: usize = 26;

/// So many entries of a list are shown.
const SHOWN: usize = 10;

/// Are empty cells marked by colour, too?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paint {
    Plain,
    Red,
}

impl Settings {
    /// Makes the content report, and prints it as flags say.
    pub(super) fn content(&self, flags: &ReportFlags) -> Status {
        let mut diagnostics = Diagnostics::new();
        let report = crate::commands::report::report(&self.project, &self.options, &mut diagnostics);
        // With pages missing that can't be read, the report would send somebody to write them again.
        let (Some(report), false) = (report, diagnostics.has_errors()) else {
            return self.report(&diagnostics.sorted(), ": no report was made");
        };
        if flags.json {
            print_json(&report);
        } else {
            let is_colored = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            print_made(&format_report(&report, if is_colored { Paint::Red } else { Paint::Plain }));
        }
        Status::Fine
    }
}

fn format_report(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    for coverage in &report.coverage {
        table(coverage, paint, &mut text);
    }
    let overdue = report
        .overdue
        .iter()
        .map(|stale| format!("{}  {}{}", stale.since, stale.page.path, by(&stale.owners)));
    list("Overdue reviews", overdue, &mut text);
    let old = report
        .outdated
        .iter()
        .map(|stale| format!("{}  {}{}", stale.since, stale.page.path, by(&stale.owners)));
    list("Not changed for a year, and nobody has promised a review", old, &mut text);
    list(
        "Orphan pages, which only lists link to",
        report.orphans.iter().map(|page| page.path.clone()),
        &mut text,
    );
    let untranslated = report
        .untranslated
        .iter()
        .map(|page| format!("{}  not in {}", page.page.path, page.missing.join(", ")));
    list("Not in every language", untranslated, &mut text);
    list("Not used in any call script", report.never_sent.iter().map(|page| page.path.clone()), &mut text);
    let asking = report.with_forms.iter().map(|page| {
        let gate = page.gate.iter().map(|form| format!("gate: {form} ({})", page.key.unwrap_or("page")));
        let forms = page.forms.iter().map(|form| format!("form: {form}"));
        format!("{}  {}", page.page.path, gate.chain(forms).collect::<Vec<_>>().join(", "))
    });
    list("Gates and forms", asking, &mut text);
    list("Forms that nothing links to", report.unused_forms.iter().cloned(), &mut text);
    text
}

fn by(owners: &[String]) -> String {
    if owners.is_empty() { String::new() } else { format!("  {}", owners.join(", ")) }
}

/// A heading with how many there are, and the first of them; nothing where there are none.
fn list(title: &str, lines: impl ExactSizeIterator<Item = String>, text: &mut String) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    let _ = writeln!(text, "{title}: {}", grouped(count));
    for line in lines.take(SHOWN) {
        let _ = writeln!(text, "  {}", terminal::line(&line));
    }
    if count > SHOWN {
        let _ = writeln!(text, "  and {} more, which `--json` has", grouped(count - SHOWN));
    }
    text.push('\n');
}

/// Stage × persona, in as many tables as the width takes.
fn table(coverage: &Coverage, paint: Paint, text: &mut String) {
    let Coverage { label, total, gaps, cells, .. } = coverage;
    let what = if *total == 1 { "text" } else { "texts" };
    let label = terminal::line(label);
    let _ = writeln!(text, "{label}: {} {what}, {gaps} of {cells} cells empty", grouped(*total));
    let labels: Vec<String> = coverage
        .rows
        .iter()
        .map(|row| {
            row.stage.as_ref().map_or_else(|| "(no stage)".into(), |stage| cut(&terminal::line(stage), LABEL))
        })
        .collect();
    let first = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let heads: Vec<(String, String)> = coverage
        .columns
        .iter()
        .map(|column| match (&column.persona, coverage.columns.len()) {
            (Some(_), _) => cut(&terminal::line(&column.label), LABEL),
            (None, 1) => "texts".into(),
            (None, _) => "(anybody)".into(),
        })
        .map(|label| in_two(&label))
        .collect();
    let wide = |(above, below): &(String, String)| 2 + width(above).max(width(below));
    let mut from = 0;
    while from < heads.len() {
        let (mut to, mut so_far) = (from, 2 + first);
        while to < heads.len() && (to == from || so_far + wide(&heads[to]) <= WIDTH) {
            so_far += wide(&heads[to]);
            to += 1;
        }
        let shown = &heads[from..to];
        text.push('\n');
        if shown.iter().any(|(above, _)| !above.is_empty()) {
            head_line(first, shown.iter().map(|head| (wide(head), head.0.as_str())), text);
        }
        head_line(first, shown.iter().map(|head| (wide(head), head.1.as_str())), text);
        for (row, label) in coverage.rows.iter().zip(&labels) {
            let _ = write!(text, "  {label}{:pad$}", "", pad = first - width(label));
            for (cell, head) in row.cells[from..to].iter().zip(shown) {
                let count = if cell.count == 0 && !cell.gap { "-".into() } else { grouped(cell.count) };
                let pad = wide(head).saturating_sub(width(&count));
                let is_red = paint == Paint::Red && cell.gap;
                let (on, off) = if is_red { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
                let _ = write!(text, "{:pad$}{on}{count}{off}", "");
            }
            text.push('\n');
        }
        from = to;
    }
    text.push('\n');
}

/// One line of the heads of columns, each at the right of its width.
fn head_line<'h>(first: usize, heads: impl Iterator<Item = (usize, &'h str)>, text: &mut String) {
    let mut line = " ".repeat(2 + first);
    for (wide, head) in heads {
        let _ = write!(line, "{:pad$}{head}", "", pad = wide - width(head));
    }
    let _ = writeln!(text, "{}", line.trim_end());
}

/// A label of several words in two lines, the lower one full: it takes less width.
fn in_two(label: &str) -> (String, String) {
    let cuts = label.match_indices(' ').map(|(at, _)| (label[..at].to_string(), label[at + 1..].to_string()));
    let whole = (String::new(), label.to_string());
    cuts.chain([whole]).min_by_key(|(above, below)| width(above).max(width(below))).unwrap_or_default()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_string();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
