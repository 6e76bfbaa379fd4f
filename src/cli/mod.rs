//! The command line: raw flags become settings, the pipeline does the work, and what it found is printed here.

mod ask;
mod calls;
mod consent;
mod doctor;
mod due;
mod editor;
mod external;
mod fetch;
mod fix;
mod flags;
mod here;
mod import;
mod init;
mod keys;
mod meter;
mod new;
mod numbers;
mod publish;
#[cfg(feature = "relay")]
mod relay;
#[cfg(feature = "relay")]
mod relay_site;
mod report;
mod schema;
mod script;
mod serve;
mod settings;
mod share;
mod sources;
mod surveys;
#[cfg(feature = "relay")]
mod watch;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use serde::Serialize;

use self::numbers::{counted, grouped, seconds};
use self::settings::{Settings, Verbosity};
use self::sources::SiteSources;
use crate::commands::doctor::Sending;
use crate::commands::lookup::LookupError;
use crate::diag::{Code, explain};
use crate::encode::terminal;
use crate::highlight;
use crate::project::CACHE_FOLDER as CACHE;
use crate::serve::defaults::WithDefaults;
use fix::Fixing;
use flags::{CheckFlags, Command, DoctorFlags, Flags, ScriptCommand, SiteFlags};

/// Says on standard error what keeps a command from doing its work: as `eprintln!`, but for what would move the cursor.
macro_rules! complain {
    ($($words:tt)*) => {
        $crate::cli::to_stderr(&format!($($words)*))
    };
}
use complain;

/// What an error means for a build.
const NOT_WRITTEN: &str = ": nothing was written";

/// How a run ended: the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// All is well (0).
    Fine = 0,
    /// The content has errors (1).
    Content = 1,
    /// ringback could not do its work: usage, disk.
    Tool = 2,
    /// All is well, and nothing is due.
    Nothing = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    // A failure at one file becomes a problem that names it; nobody needs the trace besides.
    std::panic::set_hook(Box::new(|_| {}));
    catch_panic(answer)
}

/// Does all that was asked for; should ringback itself fail elsewhere than at a file, it says so.
fn catch_panic(work: fn() -> ExitCode) -> ExitCode {
    std::panic::catch_unwind(work).unwrap_or_else(|panic| {
        complain!("error: ringback has failed: {}", crate::build::panic_message(&*panic));
        complain!(
            "  = help: this is a bug in ringback, not in your site; please report it, with the command"
        );
        Status::Tool.into()
    })
}

fn answer() -> ExitCode {
    let flags = match Flags::try_parse() {
        Ok(flags) => flags,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Status::Tool } else { Status::Fine }.into();
        }
    };
    let status = run_command(flags.command);
    status
        .unwrap_or_else(|message| {
            complain!("error: {message}");
            Status::Tool
        })
        .into()
}

/// What a command comes to, or why it could do nothing.
fn run_command(command: Command) -> Result<Status, String> {
    match command {
        Command::Init(flags) => init::init(&flags),
        Command::New(flags) => Settings::resolve(flags.site(), None).map(|settings| settings.begin(&flags)),
        Command::Import(flags) => import::import(flags),
        Command::Build(build) => Settings::resolve(build.site, build.out).map(|settings| settings.build()),
        Command::Serve(flags) => serve::run(flags),
        Command::Check(flags) => check(flags),
        Command::ExportSearch(index) => {
            Settings::resolve(index.site(), None).map(|settings| settings.index())
        }
        Command::Keys(flags) if flags.new => keys::new_secret(),
        Command::Keys(flags) => {
            Settings::resolve(flags.site, None).map(|settings| settings.keys(flags.gate.as_deref()))
        }
        Command::Doctor(flags) => doctor(flags),
        #[cfg(feature = "relay")]
        Command::Relay(flags) => {
            Settings::resolve(flags.site.clone(), None).map(|settings| settings.relay(&flags))
        }
        Command::Publish(flags) => {
            let asked = publish::PublishRequest::from(&flags);
            Settings::resolve(flags.site, None).map(|settings| settings.publish(&asked))
        }
        Command::Consent(consent) => {
            Settings::resolve(consent.site, None).and_then(|settings| settings.consent(&consent.hash))
        }
        Command::Share(flags) => {
            let asked = share::ShareArguments::from(&flags);
            Settings::resolve(flags.site, None).map(|settings| settings.share(&asked))
        }
        Command::Report(flags) => {
            Settings::resolve(flags.site(), None).map(|settings| settings.content(&flags))
        }
        Command::Script { action: ScriptCommand::Graph(flags) } => Settings::of_graph(flags),
        Command::Due(flags) => Settings::resolve(flags.site(), None).map(|settings| settings.due(&flags)),
        Command::Calls(flags) => calls::calls(&flags),
        Command::Editor(flags) => Settings::resolve(SiteFlags::new(flags.root.clone()), None)
            .map(|settings| settings.editor(&flags)),
        Command::Surveys(flags) => {
            Settings::resolve(flags.site(), None).and_then(|settings| settings.surveys(&flags))
        }
        Command::Schema(flags) => {
            Settings::resolve(flags.site(), None).map(|settings| settings.schema(&flags))
        }
        Command::Explain { code } => Ok(explain_code(code.as_deref())),
        Command::Completions { shell } => Ok(completions(shell)),
    }
}

fn check(flags: CheckFlags) -> Result<Status, String> {
    let fixing = if flags.dry_run { Fixing::Show } else { Fixing::Write };
    let asked = external::ExternalRequest { days: flags.max_age, seconds: flags.timeout };
    Settings::resolve(flags.site, None).map(|settings| match (flags.fix, flags.external) {
        (true, _) => settings.fix(fixing),
        (false, true) => settings.external(&asked),
        (false, false) if flags.without_secrets => {
            settings.check(&WithDefaults::new(settings.project.clone()))
        }
        (false, false) => settings.check(&settings.project),
    })
}

fn doctor(flags: DoctorFlags) -> Result<Status, String> {
    if flags.here {
        return Ok(here::here(&flags.site.root, flags.site.format));
    }
    #[cfg(feature = "relay")]
    if let Some(page) = &flags.watch.watch {
        let settings = Settings::resolve(flags.site, None)?;
        return Ok(settings.watch(page, &flags.watch, flags.timeout));
    }
    let sending = if flags.send { Sending::Test } else { Sending::Nothing };
    let asked = doctor::DoctorRequest { webhook: flags.webhook, sending, seconds: flags.timeout };
    Settings::resolve(flags.site, None).map(|settings| settings.doctor(&asked))
}

fn explain_code(name: Option<&str>) -> Status {
    let Some(name) = name else {
        print(&explain::list());
        return Status::Fine;
    };
    let is_known = Code::from_name(
        name.trim_start_matches("error[").trim_start_matches("warning[").trim_end_matches(']'),
    );
    if is_known.is_some() {
        print(&explain::explain(name));
        return Status::Fine;
    }
    if matches!(name, "licences" | "licenses") {
        print(&highlight::licences());
        return Status::Fine;
    }
    complain!("{}", explain::explain(name).trim_end_matches('\n'));
    Status::Tool
}

fn completions(shell: clap_complete::Shell) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Flags::command(), "ringback", &mut script);
    print_made(&String::from_utf8_lossy(&script));
    Status::Fine
}

/// Says why something that was asked for can't be had.
fn refuse(refused: &LookupError) -> Status {
    complain!("error: {}", refused.message);
    for help in &refused.help {
        complain!("  = help: {help}");
    }
    Status::Tool
}

/// Prints lines to standard output, without what would move the cursor or command a CI: names, titles and answers are
/// others' words. A reader that has gone away is no error.
fn print(text: &str) {
    print_made(&terminal::lines(text));
}

/// Prints a document for programs, and a line end. It means the same, and does nothing in a terminal.
fn print_json(value: &impl Serialize) {
    let json = serde_json::to_string_pretty(value).expect("its keys are texts");
    print_made(&format!("{}\n", terminal::json(&json)));
}

/// Prints what is our own work to the last byte: whoever calls it has cleaned the words of others in it.
fn print_made(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// What [`complain!`] calls.
fn to_stderr(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", terminal::lines(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_program_is_said_and_told_apart_from_one_of_the_site() {
        let code = |work: fn() -> ExitCode| format!("{:?}", catch_panic(work));
        assert_eq!(code(|| panic!("no such thing")), format!("{:?}", ExitCode::from(2)));
        assert_eq!(code(|| Status::Content.into()), format!("{:?}", ExitCode::from(1)));
    }
}
