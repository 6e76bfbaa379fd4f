//! `ringback publish`: checks and builds a site, prepares its host, and lets the host's own tool upload it.

use std::process::Command as Process;

use super::flags::{PublishFlags, PublishHost};
use super::{Settings, Status, complain, print};
use crate::authoring::scaffold::Files;
use crate::authoring::scaffold::ci::{self, Host, Program};
use crate::build::{self, Advice};
use crate::commands::publish::{self, Command, Destination, OldFiles, Upload};
use crate::config::{Audience, EditionConfig};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::encode::terminal::line as plain;
use crate::output;
use crate::project::machine;
use crate::site::Unpublished;

/// How messages about errors end: the site on the host is as it was.
const NOT_UPLOADED: &str = "nothing was uploaded";

/// What flags ask of `publish`.
pub(super) struct PublishRequest {
    to: Option<Destination>,
    target: Option<String>,
    old: OldFiles,
    running: Running,
}

/// Is something done, or only said?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Running {
    Done,
    Said,
}

impl From<&PublishFlags> for PublishRequest {
    fn from(flags: &PublishFlags) -> Self {
        let to = flags.to.map(|host| match host {
            PublishHost::Github => Destination::Github,
            PublishHost::Gitlab => Destination::Gitlab,
            PublishHost::Netlify => Destination::Netlify,
            PublishHost::Cloudflare => Destination::Cloudflare,
            PublishHost::S3 => Destination::S3,
            PublishHost::Rsync => Destination::Rsync,
        });
        Self {
            to,
            target: flags.target.clone(),
            old: if flags.delete { OldFiles::Delete } else { OldFiles::Keep },
            running: if flags.dry_run { Running::Said } else { Running::Done },
        }
    }
}

impl Settings {
    /// Publishes, or says what is missing for it.
    pub(super) fn publish(mut self, asked: &PublishRequest) -> Status {
        if self.options.unpublished == Unpublished::Show {
            complain!("error: `--drafts` is for looking at them: {NOT_UPLOADED}");
            return Status::Tool;
        }
        let Some(edition) = self.published() else { return Status::Tool };
        self.options.edition = Some(edition.name.clone());
        let folder = self.folder(&edition);
        let Some(to) = asked.to else { return self.overview() };
        let upload = Upload {
            to,
            // Tools are called in the site's folder.
            folder: folder.strip_prefix(&self.root).unwrap_or(&folder).display().to_string(),
            target: asked.target.clone(),
            old: asked.old,
        };
        let command = match publish::command(&upload) {
            Ok(command) => command,
            Err(why) => {
                complain!("error: {why}");
                return Status::Tool;
            }
        };
        if asked.running == Running::Said {
            return self.say_only(to, &command);
        }
        // Never a site with mistakes; for a host that builds itself, this build is the proof that it can.
        match self.build() {
            Status::Fine => {}
            failed => {
                complain!("So {NOT_UPLOADED}.");
                return failed;
            }
        }
        if to.builds() {
            match self.prepare(to) {
                Ok(Prepared::WasThere) => {}
                Ok(Prepared::New) => return Status::Fine,
                Err(failed) => return failed,
            }
        }
        self.run_tool(to, &command)
    }

    /// The edition that goes to everybody: the one that is asked for, or the first public one. What is for the team isn't
    /// put where all can read it.
    fn published(&self) -> Option<EditionConfig> {
        let mut diagnostics = Diagnostics::new();
        let editions = build::editions_of(&self.project, &mut diagnostics);
        if diagnostics.has_errors() {
            self.report(&diagnostics.sorted(), &format!(": {NOT_UPLOADED}"));
            return None;
        }
        let is_open = |edition: &&EditionConfig| !edition.sees(Audience::Team) || edition.is_sealed;
        let found = match &self.options.edition {
            Some(name) => editions.iter().find(|edition| edition.name == *name),
            None => editions.iter().find(|edition| edition.sees(Audience::Public) && is_open(edition)),
        };
        match found {
            Some(edition) if is_open(&edition) => Some(edition.clone()),
            Some(edition) => {
                complain!(
                    "error: the edition `{}` is for your team, and anyone could read it there",
                    plain(&edition.name)
                );
                complain!(
                    "  = help: seal it with `seal: passphrase`, or put it behind a login yourself; {NOT_UPLOADED}"
                );
                None
            }
            None => {
                complain!("error: there is no such edition for everybody in `ringback.yaml`");
                None
            }
        }
    }

    /// What keeps the site from being published: errors, and what every new site begins with.
    fn missing(&self) -> Vec<Diagnostic> {
        let is_missing =
            |problem: &Diagnostic| problem.severity == Severity::Error || problem.code == Code::StarterText;
        build::check(&self.project, &self.options, Advice::All)
            .sorted()
            .into_iter()
            .filter(is_missing)
            .collect()
    }

    /// What is missing, and the hosts that there are.
    fn overview(&self) -> Status {
        let missing = self.missing();
        let status = self.report(&missing, "");
        let mut text = match missing.len() {
            0 => "Nothing is missing: the site can be published.\n\n".to_string(),
            _ => "Fix these first: nothing is uploaded before.\n\n".to_string(),
        };
        for to in Destination::ALL {
            let tool = to.tool();
            let there = if machine::program(tool).is_some() { "is here" } else { "isn't here" };
            let files = match host(to) {
                Some(host) if to.builds() => match self.lacking(host).is_empty() {
                    true => ", and the site has its files",
                    false => ", and its files will be written",
                },
                _ => "",
            };
            text += &format!("  ringback publish --to {:<10}  {tool} {there}{files}\n", to.name());
        }
        text += "\nWith `--dry-run`, nothing is done, and you see the command.\n";
        print(&text);
        status
    }

    fn say_only(&self, to: Destination, command: &Command) -> Status {
        let missing = self.missing();
        let status = self.report(&missing, "");
        let mut text = String::new();
        if !missing.is_empty() {
            text += "With these, nothing would be uploaded.\n";
        }
        if let Some(host) = host(to).filter(|_| to.builds()) {
            for path in self.lacking(host).keys() {
                text += &format!("It would write `{path}`.\n");
            }
        }
        text += &format!("It would run, in the site's folder:\n  {}\n", command.command_line());
        if machine::program(command.program).is_none() {
            text += &format!("`{}` isn't on this computer: {}.\n", command.program, to.how_to_get_it());
        }
        to.by_hand().iter().for_each(|line| text += &format!("{line}\n"));
        text += "Nothing was built, written or uploaded.\n";
        print(&text);
        status
    }

    /// The files of a host that the site doesn't have.
    fn lacking(&self, host: Host) -> Files {
        let mut files = ci::files(host, Program::Ready);
        let there = output::already_there(&self.root, &files);
        files.retain(|path, _| !there.contains(path));
        files
    }

    /// Writes the files of a host that builds the site itself. They have to be pushed before its tool can be asked.
    fn prepare(&self, to: Destination) -> Result<Prepared, Status> {
        let Some(host) = host(to) else { return Ok(Prepared::WasThere) };
        let files = self.lacking(host);
        if files.is_empty() {
            return Ok(Prepared::WasThere);
        }
        output::seed(&self.root, &files).map_err(|failure| {
            complain!("error: {failure}");
            Status::Tool
        })?;
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let mut text = format!("Wrote {}. What is left is yours:\n", names.join(" and "));
        to.by_hand().iter().for_each(|line| text += &format!("{line}\n"));
        host.by_hand(Program::Ready).iter().for_each(|line| text += &format!("{line}\n"));
        text += &format!(
            "Every push publishes the site. To publish it again without one: `ringback publish --to {}`.\n",
            to.name()
        );
        print(&text);
        Ok(Prepared::New)
    }

    fn run_tool(&self, to: Destination, command: &Command) -> Status {
        if to.builds() {
            print("The host publishes what was pushed to it, not what is only on this computer.\n");
        }
        print(&format!("$ {}\n", command.command_line()));
        // What is printed first stands first.
        let _ = std::io::Write::flush(&mut std::io::stdout());
        let Some(program) = machine::program(command.program) else {
            complain!("error: `{}` isn't on this computer: {NOT_UPLOADED}", command.program);
            complain!("  = help: {}", to.how_to_get_it());
            to.by_hand().iter().for_each(|line| complain!("  = help: {line}"));
            return Status::Tool;
        };
        match Process::new(program).args(&command.arguments).current_dir(&self.root).status() {
            Ok(ended) if ended.success() => Status::Fine,
            Ok(ended) => {
                let code = ended.code().map_or_else(|| "a signal".to_string(), |code| code.to_string());
                complain!("error: `{}` has ended with {code}: see above what it says", command.program);
                Status::Tool
            }
            Err(error) => {
                complain!("error: `{}` can't be run: {error}", command.program);
                Status::Tool
            }
        }
    }
}

/// Were a host's files there already?
enum Prepared {
    WasThere,
    New,
}

/// The host whose files `init --ci` knows.
fn host(to: Destination) -> Option<Host> {
    match to {
        Destination::Github => Some(Host::Github),
        Destination::Gitlab => Some(Host::Gitlab),
        Destination::Netlify => Some(Host::Netlify),
        Destination::Cloudflare => Some(Host::Cloudflare),
        Destination::S3 | Destination::Rsync => None,
    }
}
