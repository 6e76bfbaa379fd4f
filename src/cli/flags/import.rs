//! The flags of `ringback import`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
    after_help = "Exit status: 0 when all came over, 1 when something was lost, an edited file has a newer source, or an old address has no answer; 2 when ringback could not do its work."
)]
pub(crate) struct ImportFlags {
    /// Say for each old address in this file whether the built site answers it, instead of importing
    #[arg(long, value_name = "FILE")]
    pub(crate) verify: Option<PathBuf>,
    /// With `--verify`: the folder of the site
    #[arg(long, value_name = "DIR", default_value = ".", requires = "verify")]
    pub(crate) root: PathBuf,
    /// With `--verify`: the folder of the built site, instead of that of its public edition
    #[arg(long, value_name = "DIR", requires = "verify")]
    pub(crate) out: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) source: Option<ImportCommand>,
}

/// Where a site comes from.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// An export of WordPress (Tools, Export, All content)
    Wordpress {
        /// The export, a file ending in `.xml`
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// A copy of `wp-content/uploads`, for images and files
        #[arg(long, value_name = "DIR")]
        media: Option<PathBuf>,
        #[command(flatten)]
        into: IntoFlags,
    },
    /// The folder of a site of Hugo
    Hugo(FolderFlags),
    /// The folder of a site of Jekyll
    Jekyll(FolderFlags),
    /// The folder of a site of Zola
    Zola(FolderFlags),
}

/// A site in a folder.
#[derive(Debug, Args)]
pub(crate) struct FolderFlags {
    /// The folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) into: IntoFlags,
}

/// What is done with what was read.
#[derive(Debug, Args)]
pub(crate) struct IntoFlags {
    /// The folder of the new site; it is made if it isn't there
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) into: PathBuf,
    /// Write nothing, and print the report
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print the report as JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
    /// Import as if it were this day
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}
