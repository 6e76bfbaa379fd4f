//! Settings: what the flags of a command mean for the site that it works on.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use super::flags::SiteFlags;
use super::meter::ProgressLine;
use super::{NOT_WRITTEN, SiteSources, Status, complain, counted, grouped, print, print_made, seconds};
use crate::build::{self, Advice, Built};
use crate::config::{self, BaseUrl, EditionConfig};
use crate::diag::emit::{Color, EmitStyle, Format, emit};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::edition::inputs::Options;
use crate::encode::slug::slug;
use crate::encode::terminal;
use crate::output::{OutputError, replace};
use crate::project::{ADDRESSES_FILE, CACHE_FOLDER as CACHE, DiskProject, Project};
use crate::site::Unpublished;

/// Are warnings as bad as errors?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Warnings {
    Allow,
    Deny,
}

/// Whether more than problems is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verbosity {
    Normal,
    Quiet,
}

/// What the flags of a command come to, with all defaults filled in.
pub(super) struct Settings {
    pub(super) root: PathBuf,
    out: Option<PathBuf>,
    pub(super) project: DiskProject,
    pub(super) options: Options,
    pub(super) style: EmitStyle,
    warnings: Warnings,
    pub(super) chatter: Verbosity,
}

impl Settings {
    /// What these flags mean; `out` is the folder that `--out` names. An error is a sentence for people.
    pub(super) fn resolve(flags: SiteFlags, out: Option<PathBuf>) -> Result<Self, String> {
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

    /// Builds the editions that are asked for, prints what came of it, and says how it ended.
    pub(super) fn build(&self) -> Status {
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
                    if let Err(failure) =
                        replace::write(&self.project.disk_path(ADDRESSES_FILE), text.as_bytes())
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

    /// Checks the site, prints what is wrong, and says how it ended.
    pub(super) fn check(&self, project: &dyn Project) -> Status {
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

    /// Prints the documents that the search of each edition finds, a line of JSON for each edition.
    pub(super) fn index(&self) -> Status {
        let mut diagnostics = Diagnostics::new();
        let documents =
            crate::commands::index::search_documents(&self.project, &self.options, &mut diagnostics);
        let status = self.report(&diagnostics.sorted(), ": nothing was printed");
        documents.iter().for_each(|documents| print_made(&terminal::json(documents)));
        status
    }

    /// Where an edition goes: its own folder in the site, or with `--out` that folder, and one below it for each of
    /// several editions.
    pub(super) fn folder(&self, edition: &EditionConfig) -> PathBuf {
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
    pub(super) fn talks(&self) -> bool {
        self.chatter == Verbosity::Normal && matches!(self.style.format, Format::Human | Format::Short)
    }

    /// A sign of life, where somebody looks and has not asked for quiet.
    fn meter(&self, what: &'static str) -> ProgressLine {
        if self.talks() { ProgressLine::on_terminal(what) } else { ProgressLine::none() }
    }

    /// The texts of a site, for [`emit`].
    pub(super) fn sources<'a>(&'a self, site: &'a dyn Project) -> SiteSources<'a> {
        SiteSources { site, folder: &self.project }
    }

    /// Prints problems and says what they mean for the run; `verdict` is added where they end it.
    pub(super) fn report(&self, found: &[Diagnostic], verdict: &str) -> Status {
        self.report_on(&self.project, found, verdict)
    }

    /// The same about a site that isn't quite the one on disk.
    pub(super) fn report_on(&self, site: &dyn Project, found: &[Diagnostic], verdict: &str) -> Status {
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
        // Editions share their images.
        let waiting = built.iter().map(|one| one.avif_waiting).max().unwrap_or_default();
        if waiting > 0 {
            let images = counted(waiting, "image").concat();
            let are = if waiting == 1 { "is" } else { "are" };
            print(&format!("{images} {are} still to come as AVIF: the budget is used up, so build again.\n"));
        }
        print(&format!("Built in {}.\n", seconds(start)));
    }
}
