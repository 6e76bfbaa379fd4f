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
mod publish;
#[cfg(feature = "relay")]
mod relay;
#[cfg(feature = "relay")]
mod relay_site;
mod report;
mod schema;
mod script;
mod serve;
mod share;
mod surveys;
#[cfg(feature = "relay")]
mod watch;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{CommandFactory as _, Parser as _};
use serde::Serialize;

use crate::build::{self, Advice, Built};
use crate::commands::doctor::Sending;
use crate::commands::lookup::LookupError;
use crate::config::{self, BaseUrl, EditionConfig};
use crate::diag::emit::{Color, EmitStyle, Format, Sources, emit};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Veil, explain};
use crate::edition::inputs::Options;
use crate::encode::slug::slug;
use crate::encode::terminal;
use crate::highlight;
use crate::output::{OutputError, replace};
use crate::project::CACHE_FOLDER as CACHE;
use crate::project::{ADDRESSES_FILE, DiskProject, Project};
use crate::serve::defaults::WithDefaults;
use crate::site::Unpublished;
use crate::theme;
use fix::Fixing;
use flags::{CheckFlags, Command, DoctorFlags, Flags, ScriptCommand, SiteFlags};
use meter::ProgressLine;

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
    /// All is well.
    Fine = 0,
    /// The content has errors.
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
    guarded(answer)
}

/// Does all that was asked for; should ringback itself fail elsewhere than at a file, it says so.
fn guarded(work: fn() -> ExitCode) -> ExitCode {
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
    let status = match flags.command {
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
        Command::Editor(flags) => {
            Settings::resolve(SiteFlags::of(flags.root.clone()), None).map(|settings| settings.editor(&flags))
        }
        Command::Surveys(flags) => {
            Settings::resolve(flags.site(), None).and_then(|settings| settings.surveys(&flags))
        }
        Command::Schema(flags) => {
            Settings::resolve(flags.site(), None).map(|settings| settings.schema(&flags))
        }
        Command::Explain { code } => Ok(explain_code(code.as_deref())),
        Command::Completions { shell } => Ok(completions(shell)),
    };
    status
        .unwrap_or_else(|message| {
            complain!("error: {message}");
            Status::Tool
        })
        .into()
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

/// Are warnings as bad as errors?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Warnings {
    Allow,
    Deny,
}

/// Are summary lines printed?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verbosity {
    Normal,
    Quiet,
}

/// Flags, resolved.
struct Settings {
    root: PathBuf,
    out: Option<PathBuf>,
    project: DiskProject,
    options: Options,
    style: EmitStyle,
    warnings: Warnings,
    chatter: Verbosity,
}

impl Settings {
    fn resolve(flags: SiteFlags, out: Option<PathBuf>) -> Result<Self, String> {
        let base_url = flags
            .base_url
            .map(|url| BaseUrl::parse(&url).map_err(|why| format!("`--base-url {url}`: {why}")));
        let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(110);
        let wants_color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let color = if wants_color { Color::Always } else { Color::Never };
        Ok(Self {
            project: DiskProject::new(&flags.root, flags.today),
            root: flags.root,
            out,
            options: Options {
                edition: flags.edition,
                base_url: base_url.transpose()?,
                unpublished: if flags.drafts { Unpublished::Show } else { Unpublished::Hide },
            },
            style: EmitStyle { format: flags.format, color, limit: 50, width },
            warnings: if flags.deny_warnings { Warnings::Deny } else { Warnings::Allow },
            chatter: if flags.quiet { Verbosity::Quiet } else { Verbosity::Normal },
        })
    }

    fn build(&self) -> Status {
        let start = Instant::now();
        let mut diagnostics = Diagnostics::new();
        if self.warnings == Warnings::Deny {
            // A build that warnings forbid must not write either, so they have to be known before.
            build::restore_code(&self.root.join(CACHE));
            let found = build::check(&self.project, &self.options, Advice::ErrorsOnly).sorted();
            if !found.is_empty() {
                return self.report(&found, NOT_WRITTEN);
            }
        }
        let folder = |edition: &EditionConfig| self.folder(edition);
        let cache = self.root.join(CACHE);
        let meter = self.meter("Building");
        let built = build::build(&self.project, &self.options, &folder, &cache, &mut diagnostics);
        drop(meter);
        let status = self.report(&diagnostics.sorted(), NOT_WRITTEN);
        match built {
            Ok(built) if status == Status::Fine => {
                self.summarize(&built, start);
                for text in built.iter().filter_map(|one| one.addresses.as_ref()) {
                    if let Err(failure) = replace::write(&self.project.place(ADDRESSES_FILE), text.as_bytes())
                    {
                        complain!("error: {failure}");
                        return Status::Tool;
                    }
                }
                Status::Fine
            }
            Ok(_) => status,
            Err(OutputError::Refused(problem)) => {
                self.report(&[*problem], "");
                Status::Tool
            }
            Err(failure) => {
                complain!("error: {}", config::veil(&self.project).text(&failure.to_string()));
                complain!("  = help: nothing was published; the last build stays as it was");
                Status::Tool
            }
        }
    }

    fn check(&self, project: &dyn Project) -> Status {
        let start = Instant::now();
        let meter = self.meter("Checking");
        build::restore_code(&self.root.join(CACHE));
        let found = build::check(project, &self.options, Advice::All).sorted();
        drop(meter);
        let status = self.report(&found, "");
        let fixable = found.iter().filter(|problem| !problem.fix.is_empty()).count();
        if found.is_empty() && self.talks() {
            print(&format!("Nothing to fix. Checked in {}.\n", seconds(start)));
        } else if fixable > 0 && self.talks() {
            complain!(
                "`ringback check --fix` fixes {}.",
                if fixable == found.len() { "all of them".into() } else { grouped(fixable) + " of them" }
            );
        }
        status
    }

    fn index(&self) -> Status {
        let mut diagnostics = Diagnostics::new();
        let documents =
            crate::commands::index::search_documents(&self.project, &self.options, &mut diagnostics);
        let status = self.report(&diagnostics.sorted(), ": nothing was printed");
        documents.iter().for_each(|documents| print_made(&terminal::json(documents)));
        status
    }

    /// Where an edition goes: its own folder in the site, or with `--out` that folder, and one below it for each of
    /// several editions.
    fn folder(&self, edition: &EditionConfig) -> PathBuf {
        match &self.out {
            None => self.root.join(&edition.output),
            Some(out) if self.options.edition.is_some() || self.has_one_edition() => out.clone(),
            Some(out) => out.join(slug(&edition.name)),
        }
    }

    fn has_one_edition(&self) -> bool {
        let mut ignored = Diagnostics::new();
        build::editions_of(&self.project, &mut ignored).len() == 1
    }

    /// Are summary lines wanted? Formats for programs have standard output to themselves.
    fn talks(&self) -> bool {
        self.chatter == Verbosity::Normal && matches!(self.style.format, Format::Human | Format::Short)
    }

    /// A sign of life, where somebody looks and has not asked for quiet.
    fn meter(&self, what: &'static str) -> ProgressLine {
        if self.talks() { ProgressLine::on_terminal(what) } else { ProgressLine::none() }
    }

    /// The texts of a site, for [`emit`].
    fn sources<'a>(&'a self, site: &'a dyn Project) -> SiteSources<'a> {
        SiteSources { site, folder: &self.project }
    }

    /// Prints problems and says what they mean for the run; `verdict` is added where they end it.
    fn report(&self, found: &[Diagnostic], verdict: &str) -> Status {
        self.report_on(&self.project, found, verdict)
    }

    /// The same about a site that isn't quite the one on disk.
    fn report_on(&self, site: &dyn Project, found: &[Diagnostic], verdict: &str) -> Status {
        let mut out: Box<dyn std::io::Write> = match self.style.format {
            Format::Human | Format::Short => Box::new(std::io::stderr().lock()),
            Format::Json | Format::Github => Box::new(std::io::stdout().lock()),
        };
        // Nobody is left to tell when the reader has gone away.
        let _ = emit(found, &self.sources(site), &self.style, &mut *out);
        let errors = found.iter().filter(|problem| problem.severity == Severity::Error).count();
        let warnings = found.len() - errors;
        if found.is_empty() {
            return Status::Fine;
        }
        // Advice is refused where the site's settings say so, and then it is an error.
        let is_denied =
            |problem: &Diagnostic| self.warnings == Warnings::Deny && !problem.code.is_editorial();
        let failed = errors > 0 || found.iter().any(is_denied);
        if matches!(self.style.format, Format::Human | Format::Short) {
            let verdict = if failed { verdict } else { "" };
            let _ = writeln!(
                out,
                "{}{verdict}",
                [counted(errors, "error"), counted(warnings, "warning")].concat().join(", ")
            );
            let worst = found.iter().min_by_key(|problem| (problem.severity, problem.code.is_editorial()));
            if let Some(first) = worst.filter(|_| failed) {
                let _ = writeln!(out, "`ringback explain {}` says more.", first.code);
            }
        }
        if failed { Status::Content } else { Status::Fine }
    }

    fn summarize(&self, built: &[Built], start: Instant) {
        if !self.talks() {
            return;
        }
        let veil = config::veil(&self.project);
        for one in built {
            let (summary, folder) = (one.summary, one.output.display());
            let changes =
                format!("{} written, {} removed", grouped(summary.written), grouped(summary.removed));
            let pages = counted(one.pages, "page").concat();
            print(&veil.text(&format!("{}: {pages} in {folder} ({changes})\n", one.edition)));
        }
        print(&format!("Built in {}.\n", seconds(start)));
    }
}

/// `2 errors`, or nothing for none.
fn counted(count: usize, what: &str) -> Vec<String> {
    match count {
        0 => Vec::new(),
        1 => vec![format!("1 {what}")],
        _ => vec![format!("{} {what}s", grouped(count))],
    }
}

/// `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn seconds(start: Instant) -> String {
    format!("{:.2} s", start.elapsed().as_secs_f64())
}

/// The texts that snippets are cut out of: the site's files, and the built-in theme's.
struct SiteSources<'a> {
    site: &'a dyn Project,
    folder: &'a DiskProject,
}

impl Sources for SiteSources<'_> {
    fn text(&self, file: &str) -> Option<String> {
        let own = self.site.read(file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        own.or_else(|| theme::built_in_text(file))
    }

    /// Editors and `grep` start from the working directory, GitHub from the top of the repository. Other formats name
    /// files from the site's root, as messages do.
    fn folder(&self, format: Format) -> String {
        match format {
            Format::Human | Format::Json => String::new(),
            Format::Short => self.folder.named_from_here(),
            Format::Github => {
                let top = self.folder.variable("GITHUB_WORKSPACE").filter(|top| !top.is_empty());
                let named = top.and_then(|top| self.folder.named_from(Path::new(&top)));
                named.unwrap_or_else(|| self.folder.named_from_here())
            }
        }
    }

    fn veil(&self) -> Veil {
        config::veil(self.site)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_program_is_said_and_told_apart_from_one_of_the_site() {
        let code = |work: fn() -> ExitCode| format!("{:?}", guarded(work));
        assert_eq!(code(|| panic!("no such thing")), format!("{:?}", ExitCode::from(2)));
        assert_eq!(code(|| Status::Content.into()), format!("{:?}", ExitCode::from(1)));
    }
}
