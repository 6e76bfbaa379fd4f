//! The site of a relay, read by a process of its own. Reading a site takes as much memory as building it, and a relay that
//! runs for months needs a few kilobytes of what comes out: the process that has all of it ends when it has told them.
//!
//! That process is this program again, started as this one was. Where none can be started, the site is read here.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use super::{Settings, Status, complain, print_made};
use crate::commands::relay;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::project::{DiskProject, Project};
use crate::relay::routes::Routes;

/// What problems mean for a relay.
const NOT_STARTED: &str = ": the relay was not started";

/// What the reading process says last, on a line of its own.
#[derive(Serialize, Deserialize)]
enum SiteRead {
    /// What a relay has to know.
    Routes(Box<Routes>),
    /// The site has so many problems.
    Problems(usize),
}

/// Are people told what is wrong with the site?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problems {
    Told,
    Counted,
}

impl Settings {
    /// Reads the site for a relay that starts, and says what is wrong with it.
    ///
    /// # Errors
    ///
    /// It can't be used; how the program ends then.
    pub(super) fn read_site(&self) -> Result<Routes, Status> {
        match read_apart(Problems::Told) {
            Some((SiteRead::Routes(routes), _)) => Ok(*routes),
            Some((SiteRead::Problems(_), status)) => Err(status),
            None => {
                let mut diagnostics = Diagnostics::new();
                let routes = relay::routes(&self.project, &self.options, &mut diagnostics);
                let status = self.report(&diagnostics.sorted(), NOT_STARTED);
                routes.ok_or_else(|| failed(status))
            }
        }
    }

    /// The other side of it: reads the site, and tells the process that has started this one.
    pub(super) fn hand_on_site(&self) -> Status {
        if std::io::stdout().is_terminal() {
            complain!(
                "error: what webhooks take from the environment is secret, so it isn't shown in a terminal"
            );
            return Status::Tool;
        }
        let mut diagnostics = Diagnostics::new();
        let routes = relay::routes(&self.project, &self.options, &mut diagnostics);
        let problems = diagnostics.sorted();
        let status = self.report(&problems, NOT_STARTED);
        let (read, status) = match routes {
            Some(routes) => (SiteRead::Routes(Box::new(routes)), Status::Fine),
            None => (SiteRead::Problems(problems.len()), failed(status)),
        };
        let Ok(line) = serde_json::to_string(&read) else { return Status::Tool };
        print_made(&format!("\n{line}\n"));
        status
    }
}

/// Reads the site again; the number of its problems where it can't be used.
pub(super) fn read_again(project: &DiskProject, options: &Options) -> Result<Routes, usize> {
    match read_apart(Problems::Counted) {
        Some((SiteRead::Routes(routes), _)) => Ok(*routes),
        Some((SiteRead::Problems(count), _)) => Err(count),
        None => {
            let mut found = Diagnostics::new();
            relay::routes(project as &dyn Project, options, &mut found).ok_or_else(|| found.sorted().len())
        }
    }
}

/// A site that can't be used is never fine.
fn failed(status: Status) -> Status {
    if status == Status::Fine { Status::Content } else { status }
}

/// Has another process read the site. `None` where that can't be started, or doesn't come to its end.
fn read_apart(problems: Problems) -> Option<(SiteRead, Status)> {
    let told = match problems {
        Problems::Told => Stdio::inherit(),
        Problems::Counted => Stdio::null(),
    };
    let mut command = Command::new(program()?);
    command.args(std::env::args_os().skip(1)).arg("--read-site");
    let output = command.stdin(Stdio::null()).stderr(told).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let (before, last) = said.trim_end_matches('\n').rsplit_once('\n')?;
    let read = serde_json::from_str(last).ok()?;
    if problems == Problems::Told {
        // Formats for programs have standard output, and a relay's own first line follows theirs.
        print_made(before);
    }
    let status = match output.status.code() {
        Some(0) => Status::Fine,
        Some(1) => Status::Content,
        _ => Status::Tool,
    };
    Some((read, status))
}

/// This program. On Linux it is the same one also when a newer one has taken its place on disk meanwhile, which would tell
/// in its own way what this one has to know.
fn program() -> Option<PathBuf> {
    let own = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") { Some(own) } else { std::env::current_exe().ok() }
}
