//! The flags of the commands at both ends of a site's way: `init` and `new`, which start it, and `publish`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::SiteFlags;
use crate::authoring::scaffold::colour::Colour;

#[derive(Debug, Args)]
pub(in crate::cli) struct InitFlags {
    /// The folder of the new site: a new or an empty one; with `--ci`, also that of a site
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
    /// The site's name; without it, the folder's
    #[arg(long, visible_alias = "name", value_name = "TEXT")]
    pub(in crate::cli) title: Option<String>,
    /// The languages of its texts, the first one for names and addresses: `sv`, or `sv,en` [default: en]
    #[arg(long, visible_aliases = ["language", "languages"], value_enum, value_name = "LANGUAGE", value_delimiter = ',')]
    pub(in crate::cli) lang: Vec<LanguageFlag>,
    /// What the site is for [default: guide]
    #[arg(long, value_enum, value_name = "STARTER")]
    pub(in crate::cli) starter: Option<StarterFlag>,
    /// The colour of links and buttons, such as `0b5d4e`; it is made lighter or darker where it couldn't be read
    #[arg(long, visible_alias = "colour", value_name = "COLOUR")]
    pub(in crate::cli) color: Option<Colour>,
    /// Ask nothing
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
    /// Start the site in a folder that has other files; those that are there stay as they are
    #[arg(long)]
    pub(in crate::cli) merge: bool,
    /// Add the files that publish it on this host, also to a site that is there
    #[arg(long, value_enum, value_name = "HOST")]
    pub(in crate::cli) ci: Option<CiHost>,
    /// With `--ci`: let the host compile ringback from source in a repository of yours, instead of getting it from npm
    #[arg(long, requires = "ci")]
    pub(in crate::cli) compile: bool,
    /// Date its pages with this day
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<Date>,
}

/// What a new site is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StarterFlag {
    /// Articles for people who buy, and a form to be called back
    CompanyBlog,
    /// A guide behind a form, and what follows: a playbook and a call script
    Guide,
    /// The same, with more scripts and playbooks
    SalesTeam,
}

/// The languages of the program's own texts for readers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LanguageFlag {
    /// English
    #[default]
    En,
    /// Swedish
    Sv,
    /// Norwegian Bokmål
    Nb,
}

impl LanguageFlag {
    /// The language's code.
    pub(in crate::cli) fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sv => "sv",
            Self::Nb => "nb",
        }
    }
}

/// Where a site can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CiHost {
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
pub(in crate::cli) struct NewFlags {
    /// The kind of page: insight, playbook, script, person, page, section, form, assessment, calculator or survey
    #[arg(value_name = "KIND", required_unless_present = "translate")]
    pub(in crate::cli) kind: Option<String>,
    /// Its title, in quotation marks
    #[arg(value_name = "TITLE", required_unless_present = "translate")]
    pub(in crate::cli) title: Option<String>,
    /// The language, instead of the site's default
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) lang: Option<String>,
    /// Start a translation of this page
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) translate: Option<String>,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) root: PathBuf,
    /// Date it with this day
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<Date>,
}

impl NewFlags {
    /// The site.
    pub(in crate::cli) fn site(&self) -> SiteFlags {
        SiteFlags { today: self.today, ..SiteFlags::new(self.root.clone()) }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PublishFlags {
    #[command(flatten)]
    pub(in crate::cli) site: SiteFlags,
    /// The host; without it, you are told what is missing
    #[arg(long, value_enum, value_name = "HOST")]
    pub(in crate::cli) to: Option<PublishHost>,
    /// The project, bucket or folder on the host: `fjord`, `s3://www.fjord.example`, `kim@fjord.example:/var/www/fjord/`
    #[arg(long, value_name = "NAME", requires = "to")]
    pub(in crate::cli) target: Option<String>,
    /// With S3 and rsync: also delete files there that the site no longer has
    #[arg(long, requires = "to")]
    pub(in crate::cli) delete: bool,
    /// Say what would be done, and do nothing
    #[arg(long, requires = "to")]
    pub(in crate::cli) dry_run: bool,
}

/// Where a site can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PublishHost {
    /// GitHub Pages: `gh`
    Github,
    /// GitLab Pages: `glab`
    Gitlab,
    /// Netlify: `netlify`
    Netlify,
    /// Cloudflare Pages: `wrangler`
    Cloudflare,
    /// A bucket of S3: `aws`
    S3,
    /// A folder on a server: `rsync`
    Rsync,
}
