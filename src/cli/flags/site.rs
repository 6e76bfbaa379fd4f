//! Which site a command works on, and how much it says: flags that most commands have.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use crate::diag::emit::Format;

/// What every command on a site knows.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct SiteFlags {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) root: PathBuf,
    /// Only this edition
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) edition: Option<String>,
    /// The URL that the site will have, instead of the configured one
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
    /// Include drafts, pages with a future date, and expired ones
    #[arg(long)]
    pub(in crate::cli) drafts: bool,
    /// Build as if it were this day
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<Date>,
    /// How problems are shown
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(in crate::cli) format: Format,
    /// Treat warnings as errors; levels set by `checks:` stay as they are
    #[arg(long)]
    pub(in crate::cli) deny_warnings: bool,
    /// Print only problems
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

impl SiteFlags {
    /// The site in `root`, with nothing else asked for.
    pub(in crate::cli) fn new(root: PathBuf) -> Self {
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
