//! `ringback calls FILES…`: what calls came to, from the events that a webhook has kept.

use std::fmt::Write as _;
use std::path::Path;

use super::flags::CallsFlags;
use super::{Status, complain, grouped, print, print_json};
use crate::commands::calls::{CallTally, tally};
use crate::commands::calls_page::{ends, led_on, page};
use crate::encode::terminal;
use crate::output::replace;
use crate::project::{DiskProject, Project as _};

/// Reads the files and prints what is in them. Lines that can't be read are told, and make the status that of a mistake.
///
/// # Errors
///
/// A file can't be read, or the page can't be written.
pub(super) fn calls(flags: &CallsFlags) -> Result<Status, String> {
    let here = DiskProject::new(".", None);
    let mut files = Vec::new();
    for file in &flags.files {
        let name = file.to_string_lossy().into_owned();
        let bytes = here.read(&name).map_err(|problem| format!("{name}: {}", problem.message))?;
        files.push((name, bytes));
    }
    let (tally, bad) = tally(&files);
    for line in &bad {
        complain!("error: {}:{}: {}", line.file, line.line, line.reason);
    }
    if let Some(file) = &flags.page {
        replace::write(Path::new(file), page(&tally, flags.lang.code()).as_bytes())
            .map_err(|error| error.to_string())?;
    }
    if flags.json {
        print_json(&tally);
    } else {
        print(&format_tally(&tally));
    }
    Ok(if bad.is_empty() { Status::Fine } else { Status::Content })
}

/// The tally for a terminal.
fn format_tally(tally: &CallTally) -> String {
    let mut text = format!("{} {}", grouped(tally.calls), if tally.calls == 1 { "call" } else { "calls" });
    let _ = match tally.others {
        0 => writeln!(text),
        1 => writeln!(text, " (and 1 other event)"),
        others => writeln!(text, " (and {} other events)", grouped(others)),
    };
    if tally.calls == 0 {
        return text;
    }
    let _ = writeln!(text, "  {}\n\nBy script, salesperson and week", terminal::line(&ends(&tally.outcomes)));
    let rows: Vec<[String; 3]> = tally
        .rows
        .iter()
        .map(|row| {
            [row.script.as_str(), row.rep.as_deref().unwrap_or("-"), &row.week]
                .map(|part| terminal::line(part).to_string())
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (scripts, reps) = (width(0), width(1));
    for (row, [script, rep, week]) in tally.rows.iter().zip(&rows) {
        let ends = terminal::line(&ends(&row.outcomes)).to_string();
        let _ = writeln!(text, "  {script:scripts$}  {rep:reps$}  {week}  {:>5}  {ends}", grouped(row.calls));
    }
    if !tally.objections.is_empty() {
        text.push_str("\nObjections, and how often the call went on after a reply\n");
    }
    for objection in &tally.objections {
        let name = format!("{} ({})", objection.title, objection.script);
        let _ = writeln!(text, "  {}: {}", terminal::line(&name), grouped(objection.met));
        for reply in &objection.replies {
            let _ = writeln!(text, "    {}: {}", terminal::line(&reply.title), led_on(reply, "of"));
        }
    }
    text
}
