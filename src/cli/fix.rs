//! `check --fix`: what was changed, line by line, and what is left.

use std::time::Instant;

use serde_json::json;

use super::{Settings, Status, complain, counted, print, print_made, seconds};
use crate::commands::fix::ChangedLine;
use crate::diag::emit::Format;
use crate::encode::terminal;
use crate::output::replace;

/// What becomes of the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixing {
    /// They are written.
    Write,
    /// They are shown.
    Show,
}

impl Settings {
    /// Fixes what can be fixed, and reports the rest.
    pub(super) fn fix(&self, fixing: Fixing) -> Status {
        let start = Instant::now();
        let fixed = crate::commands::fix::fix(&self.project, &self.options);
        let changes = fixed.changes();
        if fixing == Fixing::Write {
            for (file, bytes) in &fixed.site.files {
                if let Err(failure) = replace::replace(&self.project.place(file), bytes) {
                    complain!("error: {failure}");
                    complain!(
                        "  = help: the files before it in the alphabet are fixed, this one and the others are unchanged"
                    );
                    return Status::Tool;
                }
            }
        }
        self.list(&changes);
        let left = fixed.left.sorted();
        let status = self.report_on(&fixed.site, &left, "");
        if self.talks() {
            let problems = counted(fixed.problems, "problem").concat();
            let files = counted(fixed.site.files.len(), "file").concat();
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
                for ChangedLine { file, line, old, new } in changes {
                    let change = json!({"fixed": {"file": file, "line": line, "old": old, "new": new}});
                    print_made(&format!("{}\n", terminal::json(&change.to_string())));
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
                    print(&format!("{:>5} - {}\n      + {}\n", change.line, change.old, change.new));
                }
                if !changes.is_empty() {
                    print("\n");
                }
            }
            Format::Human | Format::Short => {}
        }
    }
}
