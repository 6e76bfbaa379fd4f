//! The flags as they are typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::diag::emit::Format;
use crate::serve::seen::Role;

/// Content that gets the phone ringing: builds a website from articles, playbooks and call scripts.
#[derive(Debug, Parser)]
#[command(name = "ringback", version, disable_help_subcommand = true, max_term_width = 100)]
pub(super) struct Flags {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start a site: a small one that builds, with comments that teach
    Init(InitFlags),
    /// Begin an article, playbook, script, person, page, section or form
    New(NewFlags),
    /// Build the site
    Build(BuildFlags),
    /// Show the site on this computer while you write it
    Serve(ServeFlags),
    /// Say what is wrong with the content, without writing anything
    Check(CheckFlags),
    /// Print the documents that search finds, for a search engine of your own
    Index(IndexFlags),
    /// Print what opens the gates: tokens for webhooks, links for mails
    Keys(KeysFlags),
    /// Print what a salesperson hands on with a page: tracked link, mail, post, text message, QR code
    Share(ShareFlags),
    /// Show a call script in another form
    Script {
        #[command(subcommand)]
        action: ScriptCommand,
    },
    /// Try the webhooks as a visitor's browser would, and say what to mend
    Doctor(DoctorFlags),
    /// Find the words that somebody agreed to, by the hash in their lead
    Consent(ConsentFlags),
    /// Show for whom there is content, and what is missing, lonely or old
    Report(ReportFlags),
    /// List the days on which pages come, go or want to be reviewed
    Due(DueFlags),
    /// Explain a problem by its name, or list them all
    Explain {
        /// The name, such as `unknown-form`
        code: Option<String>,
    },
    /// Print what lets your shell complete ringback's commands
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// What can be done with a call script.
#[derive(Debug, Subcommand)]
pub(super) enum ScriptCommand {
    /// Print it as a flowchart in the language of Mermaid
    Graph(GraphFlags),
}

#[derive(Debug, Args)]
pub(super) struct InitFlags {
    /// The folder of the new site: a new or an empty one
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// The site's name; without it, the folder's
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// The language of its texts
    #[arg(long, value_enum, default_value_t, value_name = "LANGUAGE")]
    pub(super) lang: StarterLanguage,
    /// Add what publishes it there
    #[arg(long, value_enum, value_name = "HOST")]
    pub(super) ci: Option<CiHost>,
    /// Date its pages on this day
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
}

/// The languages of the starter's texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum StarterLanguage {
    /// English
    #[default]
    En,
    /// Swedish
    Sv,
    /// Norwegian Bokmål
    Nb,
}

/// Where a site can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CiHost {
    /// GitHub Pages
    Github,
    /// GitLab Pages
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
}

#[derive(Debug, Args)]
pub(super) struct NewFlags {
    /// What it is: insight, playbook, script, person, page, section or form
    #[arg(value_name = "KIND", required_unless_present = "translate")]
    pub(super) kind: Option<String>,
    /// Its title, in quotation marks
    #[arg(value_name = "TITLE", required_unless_present = "translate")]
    pub(super) title: Option<String>,
    /// In this language of the site, instead of the default one
    #[arg(long, value_name = "CODE")]
    pub(super) lang: Option<String>,
    /// Begin a translation of this page
    #[arg(long, value_name = "PATH")]
    pub(super) translate: Option<String>,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// Date it on this day
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
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
    /// Only so many days ahead: 0 is today alone
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
    /// Write here; several editions go to a folder each below it
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ServeFlags {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The port; the next free one where it is taken
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    pub(super) port: u16,
    /// Which interface of this computer to listen at; `0.0.0.0` shows the site to your whole network
    #[arg(long, value_name = "NAME", default_value = "127.0.0.1")]
    pub(super) host: String,
    /// See the site with these eyes first; the others are one click away
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
    /// Print problems only
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
    /// Mend what can be mended without asking you, and say what was changed
    #[arg(long)]
    pub(super) fix: bool,
    /// With `--fix`: show the changes, and write nothing
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
    /// Check where secrets aren't to be had, such as in the pull request of a stranger: what `webhooks:` read from
    /// variables, `RINGBACK_SECRET` and `RINGBACK_PASSPHRASE` have stand-ins where they are not set
    #[arg(long, conflicts_with_all = ["fix", "external"])]
    pub(super) without_secrets: bool,
    /// Also try the links that lead out of the site
    #[arg(long, conflicts_with = "fix")]
    pub(super) external: bool,
    /// With `--external`: don't ask again for so many days what was fine; 0 asks all
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    pub(super) max_age: u16,
    /// With `--external`: wait so long for each answer
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
    /// Make a new secret instead, for `RINGBACK_SECRET`
    #[arg(long, conflicts_with = "gate")]
    pub(super) new: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShareFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// The page: `insights/slug`, its file, or its address
    #[arg(value_name = "PATH")]
    pub(super) page: String,
    /// Whose link it is: the name of their file in `content/people/`
    #[arg(long, value_name = "ID")]
    pub(super) rep: String,
    /// Who is greeted
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
    /// The script: its file, its name, or its address
    #[arg(value_name = "PATH")]
    pub(super) script: String,
    /// In this language
    #[arg(long, value_name = "CODE")]
    pub(super) lang: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct DoctorFlags {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// Only this webhook
    #[arg(long, value_name = "ID")]
    pub(super) webhook: Option<String>,
    /// Also send a lead to each, marked as a test
    #[arg(long)]
    pub(super) send: bool,
    /// Wait so long for each answer
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
    /// The address that the site will have, instead of the configured one
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
        SiteFlags { edition, base_url, today, ..SiteFlags::of(root) }
    }
}

impl SiteFlags {
    /// The site in `root`, with nothing else asked for.
    fn of(root: PathBuf) -> Self {
        Self {
            root,
            edition: None,
            base_url: None,
            drafts: false,
            today: None,
            format: Format::Human,
            deny_warnings: false,
            quiet: false,
        }
    }
}

impl NewFlags {
    /// The site.
    pub(super) fn site(&self) -> SiteFlags {
        SiteFlags { today: self.today, ..SiteFlags::of(self.root.clone()) }
    }
}

impl ReportFlags {
    /// The site.
    pub(super) fn site(&self) -> SiteFlags {
        let edition = self.edition.clone();
        SiteFlags { edition, today: self.today, ..SiteFlags::of(self.root.clone()) }
    }
}

impl DueFlags {
    /// The site.
    pub(super) fn site(&self) -> SiteFlags {
        let edition = self.edition.clone();
        SiteFlags { edition, today: self.today, ..SiteFlags::of(self.root.clone()) }
    }
}

/// How documents are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentFormat {
    /// One JSON object a line
    #[default]
    Jsonl,
}

/// What every command on a site knows.
#[derive(Debug, Args)]
pub(super) struct SiteFlags {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// Only this edition
    #[arg(long, value_name = "NAME")]
    pub(super) edition: Option<String>,
    /// The address that the site will have, instead of the configured one
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Also drafts, pages with a future date, and expired ones
    #[arg(long)]
    pub(super) drafts: bool,
    /// Build as if it were this day
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    /// How problems are shown
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Treat warnings as errors; what `checks:` sets stays as it is
    #[arg(long)]
    pub(super) deny_warnings: bool,
    /// Print problems only
    #[arg(long, short)]
    pub(super) quiet: bool,
}
