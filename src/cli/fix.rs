//! `check --fix`: what was changed, line by line, and what is left.

use std::time::Instant;

use serde::Serialize;

use super::{Settings, Status, complain, counted, grouped, print, print_made, seconds};
use crate::commands::fix::ChangedLine;
use crate::diag::emit::Format;
use crate::encode::{json, terminal};
use crate::output::replace;
use crate::project::ADDRESSES_FILE;

/// A line that was changed, for programs.
#[derive(Serialize)]
struct FixedLine<'a> {
    fixed: &'a ChangedLine,
}

/// What is done with the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixing {
    /// They are written into the files.
    Write,
    /// They are shown, and nothing is written.
    Show,
}

/// What becomes of the list of published URLs.
fn remembered(count: usize, fixing: Fixing) -> String {
    let urls = match count {
        0 => "titles or files".to_string(),
        1 => "1 new URL".to_string(),
        _ => format!("{} new URLs", grouped(count)),
    };
    match fixing {
        Fixing::Write => format!("Wrote `addresses.txt`: {urls}.\n"),
        Fixing::Show => format!("`check --fix` would write `addresses.txt`: {urls}.\n"),
    }
}

impl Settings {
    /// Fixes what can be fixed, and reports the rest.
    pub(super) fn fix(&self, fixing: Fixing) -> Status {
        let start = Instant::now();
        let fixed = crate::commands::fix::fix(&self.project, &self.options);
        let (changes, new) = (fixed.changes(), fixed.remembered());
        if fixing == Fixing::Write {
            for (file, bytes) in &fixed.site.files {
                if let Err(failure) = replace::write(&self.project.disk_path(file), bytes) {
                    complain!("error: {failure}");
                    complain!(
                        "  = help: the files before it in the alphabet are fixed, this one and the others are unchanged"
                    );
                    return Status::Tool;
                }
            }
        }
        self.list(&changes);
        let left = fixed.left.clone().sorted();
        let status = self.report_on(&fixed.site, &left, "");
        if self.talks() {
            if let Some(count) = new {
                print(&remembered(count, fixing));
            }
            let problems = counted(fixed.problems, "problem").concat();
            let others = fixed.site.files.keys().filter(|file| *file != ADDRESSES_FILE).count();
            let files = counted(others, "file").concat();
            print(&match (fixed.problems, fixing) {
                (0, _) => format!("Nothing to fix automatically. Checked in {}.\n", seconds(start)),
                (_, Fixing::Write) => format!("Fixed {problems} in {files}, in {}.\n", seconds(start)),
                (_, Fixing::Show) => {
                    format!("`check --fix` would fix {problems} in {files}. Nothing was written.\n")
                }
            });
        }
        status
    }

    /// Shows the lines that change.
    fn list(&self, changes: &[ChangedLine]) {
        match self.style.format {
            Format::Json => {
                for fixed in changes {
                    print_made(&format!("{}\n", terminal::json(&json::text(&FixedLine { fixed }))));
                }
            }
            Format::Github => {}
            Format::Human | Format::Short if self.talks() => {
                let mut file = "";
                for change in changes {
                    if file != change.file {
                        file = &change.file;
                        print(&format!("{file}\n"));
                    }
                    match &change.old {
                        Some(old) => print(&format!("{:>5} - {old}\n      + {}\n", change.line, change.new)),
                        None => print(&format!("{:>5} + {}\n", change.line, change.new)),
                    }
                }
                if !changes.is_empty() {
                    print("\n");
                }
            }
            Format::Human | Format::Short => {}
        }
    }
}
