//! The flags of `ringback surveys`.

use std::path::PathBuf;

use clap::Args;

use super::SiteFlags;

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 when all codes could be read, 1 when some could not or the content has errors, 2 when ringback could not do its work."
)]
pub(in crate::cli) struct SurveysFlags {
    /// Files with result codes (emails, tables, anything) or with leads, as JSON or CSV
    #[arg(required = true, value_name = "FILES")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The folder of the site, which has the questions
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) root: PathBuf,
    /// This survey alone
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) survey: Option<String>,
    /// Print it as JSON, for programs
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

impl SurveysFlags {
    /// The site.
    pub(in crate::cli) fn site(&self) -> SiteFlags {
        SiteFlags::new(self.root.clone())
    }
}
