//! The flags as they are typed.

mod ends;
mod import;
#[cfg(feature = "relay")]
mod relay;
mod site;
mod surveys;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(super) use ends::{CiHost, InitFlags, LanguageFlag, NewFlags, PublishFlags, PublishHost, StarterFlag};
pub(super) use import::{ExportFlags, FolderFlags, ImportCommand, ImportFlags, IntoFlags};
pub(super) use site::SiteFlags;
pub(super) use surveys::SurveysFlags;

use crate::diag::emit::Format;
use crate::editorial::schema::Document;
use crate::serve::viewers::Role;

#[cfg(feature = "relay")]
pub(super) use relay::{RelayAction, RelayFlags, WatchFlags, WhichLeads};

/// Content that gets the phone ringing: builds a website from articles, playbooks and call scripts.
#[derive(Debug, Parser)]
#[command(name = "ringback", version = env!("RINGBACK_VERSION"), disable_help_subcommand = true, max_term_width = 100)]
pub(super) struct Flags {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start a site: a small one that builds, with comments that explain it. On a terminal, it asks what flags don't say
    Init(InitFlags),
    /// Start an article, playbook, script, person, page, section or form
    New(NewFlags),
    /// Bring a site from another program, with proof that no word and no address is lost
    Import(ImportFlags),
    /// Build the site
    Build(BuildFlags),
    /// Show the site on this computer while you write it
    Serve(ServeFlags),
    /// Say what is wrong with the content, without writing anything
    Check(CheckFlags),
    /// Publish the site: say what is missing, prepare a host, and let its own tool upload it
    Publish(PublishFlags),
    /// Print the site's search documents, for your own search engine
    #[command(alias = "index")]
    ExportSearch(IndexFlags),
    /// Print the keys of the gates: tokens for webhooks, links for emails
    Keys(KeysFlags),
    /// Print what a salesperson needs to share a page: tracked link, email, post, text message, QR code
    Share(ShareFlags),
    /// Show a call script in another format
    Script {
        #[command(subcommand)]
        action: ScriptCommand,
    },
    /// Test the webhooks as a visitor's browser would, and say what to fix; with `--here`, look at this computer
    Doctor(DoctorFlags),
    /// Take leads in place of the webhooks, keep each on disk, and hand it on until it has arrived
    #[cfg(feature = "relay")]
    Relay(RelayFlags),
    /// Find the text that somebody agreed to, by the hash in their lead
    Consent(ConsentFlags),
    /// Show which readers have content, and what is missing, orphaned or out of date
    Report(ReportFlags),
    /// Count what calls came to, from the events that a webhook has kept: outcomes, objections, and the replies that led on
    Calls(CallsFlags),
    /// Put the answers to surveys together, from result codes and leads in any files: satisfaction, ratings of people, visits
    Surveys(SurveysFlags),
    /// List the dates on which pages are published, expire or are due for review
    Due(DueFlags),
    /// Print what can be written in `ringback.yaml`, forms and front matter, as JSON Schema for your editor
    Schema(SchemaFlags),
    /// Fetch Sveltia CMS for the page `/admin/`, on which colleagues write in a browser
    Editor(EditorFlags),
    /// Explain a problem by its name, or list them all
    Explain {
        /// The name, such as `unknown-form`; `licences` for what comes with the program
        code: Option<String>,
    },
    /// Print a shell completion script
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct EditorFlags {
    /// The package, if you have fetched it yourself: `npm pack @sveltia/cms@` and the release
    #[arg(long, value_name = "FILE", conflicts_with = "registry")]
    pub(super) package: Option<PathBuf>,
    /// The registry of npm packages; otherwise what `npm_config_registry` says, or npm's own
    #[arg(long, value_name = "URL")]
    pub(super) registry: Option<String>,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct SchemaFlags {
    /// `config`, `form`, `front-matter`, or a kind of pages such as `insight`
    pub(super) document: DocumentName,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
}

/// What there is a schema of, by its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct DocumentName(pub(super) Document);

impl std::str::FromStr for DocumentName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Document::from_name(name)
            .map(Self)
            .ok_or_else(|| format!("it can be {}", Document::names().join(", ")))
    }
}

/// What can be done with a call script.
#[derive(Debug, Subcommand)]
pub(super) enum ScriptCommand {
    /// Print it as a Mermaid flowchart
    Graph(GraphFlags),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 when all lines could be read, 1 when some could not, 2 when ringback could not do its work."
)]
pub(super) struct CallsFlags {
    /// Files with an event on each line, or with a list of events, as JSON
    #[arg(required = true, value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    /// Print it as JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
    /// Write it as a page, too
    #[arg(long, value_name = "FILE")]
    pub(super) page: Option<PathBuf>,
    /// The language of the page
    #[arg(long, value_enum, default_value_t)]
    pub(super) lang: LanguageFlag,
}

#[derive(Debug, Args)]
pub(super) struct ReportFlags {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// This edition instead of the team's
    #[arg(long, value_name = "NAME")]
    pub(super) edition: Option<String>,
    /// Print it as JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
    /// Report as if it were this day
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 when something is due, 3 when nothing is, 1 when the content has errors, 2 when ringback could not do its work."
)]
pub(super) struct DueFlags {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// Only pages of this edition
    #[arg(long, value_name = "NAME")]
    pub(super) edition: Option<String>,
    /// Only this many days ahead; 0 means today only
    #[arg(long, value_name = "DAYS")]
    pub(super) within: Option<u16>,
    /// Print it as JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
    /// Look ahead from this day
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
}

#[derive(Debug, Args)]
pub(super) struct BuildFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// Write to this folder; several editions get a folder each inside it
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ServeFlags {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The port; if it is in use, the next free one
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    pub(super) port: u16,
    /// The network interface to listen on; `0.0.0.0` shows the site to your whole network
    #[arg(long, value_name = "NAME", default_value = "127.0.0.1")]
    pub(super) host: String,
    /// Which reader to view the site as first; you can switch with one click
    #[arg(long = "as", value_enum, default_value_t, value_name = "READER")]
    pub(super) role: Role,
    /// Open the site in a browser
    #[arg(long)]
    pub(super) open: bool,
    /// Leave out drafts, future and expired pages, as a build does
    #[arg(long)]
    pub(super) published: bool,
    /// Show the site as if it were this day
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    /// Look for changes every second, where the system doesn't tell of them: network drives, WSL, Docker. Without it,
    /// ringback looks every two seconds as long as it has heard of no change
    #[arg(long)]
    pub(super) poll: bool,
    /// Print only problems
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl ServeFlags {
    /// The same as flags that every command on a site has.
    pub(super) fn site(self) -> SiteFlags {
        let Self { root, today, quiet, published, .. } = self;
        SiteFlags {
            root,
            edition: None,
            base_url: None,
            drafts: !published,
            today,
            format: Format::Human,
            deny_warnings: false,
            quiet,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// Fix what can be fixed without asking you, and say what was changed
    #[arg(long)]
    pub(super) fix: bool,
    /// With `--fix`: show the changes, and write nothing
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
    /// Check where secrets aren't available, such as in a stranger's pull request: variables in `webhooks:`,
    /// `RINGBACK_SECRET` and `RINGBACK_PASSPHRASE` get dummy values if they aren't set
    #[arg(long, conflicts_with_all = ["fix", "external"])]
    pub(super) without_secrets: bool,
    /// Also check external links
    #[arg(long, conflicts_with = "fix")]
    pub(super) external: bool,
    /// With `--external`: skip links that were fine within the last DAYS days; 0 rechecks all
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    pub(super) max_age: u16,
    /// With `--external`: the timeout for each request, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 15, requires = "external", value_parser = clap::value_parser!(u64).range(1..=300))]
    pub(super) timeout: u64,
}

#[derive(Debug, Args)]
pub(super) struct KeysFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// Only this gate
    #[arg(long, value_name = "ID")]
    pub(super) gate: Option<String>,
    /// Print a new secret instead, for `RINGBACK_SECRET`
    #[arg(long, conflicts_with = "gate")]
    pub(super) new: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShareFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// The page: `insights/slug`, its file, or its URL
    #[arg(value_name = "PATH")]
    pub(super) page: String,
    /// Whose link it is: the name of their file in `content/people/`
    #[arg(long, value_name = "ID")]
    pub(super) rep: String,
    /// The name for the greeting
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(super) to: String,
    /// Put the link that opens the gate into the texts
    #[arg(long)]
    pub(super) unlock: bool,
    /// Print JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
    /// Print only the QR code, as SVG
    #[arg(long, conflicts_with_all = ["json", "unlock"])]
    pub(super) qr: bool,
}

#[derive(Debug, Args)]
pub(super) struct GraphFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// The script: its file, its name, or its URL
    #[arg(value_name = "PATH")]
    pub(super) script: String,
    /// The language
    #[arg(long, value_name = "CODE")]
    pub(super) lang: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct DoctorFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// Say what is missing, old or in the way on this computer, instead of testing webhooks
    #[arg(long, conflicts_with_all = ["webhook", "send"])]
    pub(super) here: bool,
    /// Only this webhook
    #[arg(long, value_name = "ID")]
    pub(super) webhook: Option<String>,
    /// Also send a lead to each, marked as a test
    #[arg(long)]
    pub(super) send: bool,
    #[cfg(feature = "relay")]
    #[command(flatten)]
    pub(super) watch: WatchFlags,
    /// The timeout for each request, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=300))]
    pub(super) timeout: u64,
}

#[derive(Debug, Args)]
pub(super) struct ConsentFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// The `text_sha256` of a lead's consent, or its beginning
    #[arg(value_name = "HASH")]
    pub(super) hash: String,
}

#[derive(Debug, Args)]
pub(super) struct IndexFlags {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// This edition instead of the first
    #[arg(long, value_name = "NAME")]
    pub(super) edition: Option<String>,
    /// The URL that the site will have, instead of the configured one
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Build as if it were this day
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    /// How documents are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: DocumentFormat,
}

impl IndexFlags {
    /// The same as flags that every command on a site has; standard output is for documents alone.
    pub(super) fn site(self) -> SiteFlags {
        let Self { root, edition, base_url, today, format: DocumentFormat::Jsonl } = self;
        SiteFlags { edition, base_url, today, ..SiteFlags::new(root) }
    }
}

impl ReportFlags {
    /// The site.
    pub(super) fn site(&self) -> SiteFlags {
        let edition = self.edition.clone();
        SiteFlags { edition, today: self.today, ..SiteFlags::new(self.root.clone()) }
    }
}

impl SchemaFlags {
    /// The site.
    pub(super) fn site(&self) -> SiteFlags {
        SiteFlags::new(self.root.clone())
    }
}

impl DueFlags {
    /// The site.
    pub(super) fn site(&self) -> SiteFlags {
        let edition = self.edition.clone();
        SiteFlags { edition, today: self.today, ..SiteFlags::new(self.root.clone()) }
    }
}

/// How documents are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentFormat {
    /// One JSON object per line
    #[default]
    Jsonl,
}
