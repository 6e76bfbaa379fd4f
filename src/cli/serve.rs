//! `ringback serve`: says where the site is, what is wrong with it, and what has come in.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::flags::ServeFlags;
use super::{CACHE, Settings, Status, Verbosity, counted, print};
use crate::build;
use crate::diag::{Diagnostic, Severity};
use crate::serve::{self, FirstSteps, ListenAddress, Notice, Watching};
use crate::site::Unpublished;

/// Serves until somebody presses Ctrl+C.
pub(super) fn run(flags: ServeFlags) -> Result<Status, String> {
    let place = ListenAddress {
        host: flags.host.clone(),
        port: flags.port,
        role: flags.role,
        watching: if flags.poll { Watching::Polling } else { Watching::Events },
        unpublished: if flags.published { Unpublished::Hide } else { Unpublished::Show },
    };
    let opens = flags.open;
    let settings = Settings::resolve(flags.site(), None)?;
    let (root, project): (PathBuf, _) = (settings.root.clone(), settings.project.clone());
    build::restore_code(&root.join(CACHE));
    let told = Mutex::new(Printer { settings, last: None, opens });
    let tell = move |notice: Notice| told.lock().unwrap_or_else(PoisonError::into_inner).hear(notice);
    serve::run(&root, project, &place, Box::new(tell)).map_err(|refused| refused.to_string())?;
    print("Stopped.\n");
    Ok(Status::Fine)
}

/// Prints what happens, each thing once.
struct Printer {
    settings: Settings,
    /// The problems that were printed last: the same ones are not told twice.
    last: Option<Arc<Vec<Diagnostic>>>,
    opens: bool,
}

impl Printer {
    fn hear(&mut self, notice: Notice) {
        match notice {
            Notice::Listening { url, taken, steps } => self.listening(&url, taken, steps.as_ref()),
            Notice::Missing(names) => {
                let (names, are) = (names.join("`, `"), if names.len() == 1 { "is" } else { "are" });
                self.print(&format!(
                    "`{names}` {are} not set. No lead leaves this computer, so that is fine here.\n"
                ));
            }
            Notice::Read(took, found) => self.read(took, found),
            Notice::Checked(found) | Notice::Failed(found) => self.problems(found),
            Notice::Lead(form) => self.print(&format!("A lead from the form `{form}` is in the inbox.\n")),
        }
    }

    /// Prints unless nobody wants it; a terminal that has gone away is no error.
    fn print(&self, text: &str) {
        if self.settings.chatter == Verbosity::Normal {
            print(text);
            let _ = std::io::stdout().flush();
        }
    }

    fn listening(&self, url: &str, taken: Option<u16>, steps: Option<&FirstSteps>) {
        if let Some(port) = taken {
            self.print(&format!("Another program is using port {port}.\n"));
        }
        let line = steps.map_or_else(String::new, |first| {
            format!("Your steps: {} ({} of {} done)\n", first.url, first.done, first.all)
        });
        let inbox = url.split('/').take(3).collect::<Vec<_>>().join("/");
        self.print(&format!(
            "Your site:  {url}\nThe inbox:  {inbox}/.ringback/inbox\n{line}Pages update when you save. Press Ctrl+C to stop.\n"
        ));
        // A site that was just begun is first seen through what to do with it.
        let first = steps.map_or(url, |first| first.url.as_str());
        if self.opens
            && let Err(why) = open(first)
        {
            self.print(&format!("No browser could be opened ({why}).\n"));
        }
    }

    fn read(&mut self, took: Duration, found: Vec<Diagnostic>) {
        let errors = found.iter().filter(|problem| problem.severity == Severity::Error).count();
        let took = format!("{:.0} ms", took.as_secs_f64() * 1000.0);
        let text = match (errors, self.last.is_some()) {
            (0, false) => format!("Read in {took}.\n"),
            (0, true) => format!("Read again in {took}.\n"),
            (_, false) => {
                format!("{} to fix before there is something to see.\n", counted(errors, "mistake").concat())
            }
            (_, true) => format!("{}: showing the last good pages.\n", counted(errors, "mistake").concat()),
        };
        self.problems(found);
        self.print(&text);
    }

    fn problems(&mut self, found: Vec<Diagnostic>) {
        let is_known = self.last.as_ref().is_some_and(|last| **last == found);
        if !is_known && !found.is_empty() {
            self.settings.report(&found, "");
        }
        self.last = Some(Arc::new(found));
    }
}

/// Opens an address in the browser that the system has for it.
fn open(url: &str) -> Result<(), String> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = std::process::Command::new(program);
    let started = command
        .args(arguments)
        .arg(url)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    started.map(drop).map_err(|error| error.to_string())
}
