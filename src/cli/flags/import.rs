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
        /// Fetch images and files from the old site instead, into `import-media/`
        #[arg(long, conflicts_with = "media")]
        fetch: bool,
        #[command(flatten)]
        into: IntoFlags,
    },
    /// The folder of a site of Hugo
    Hugo(FolderFlags),
    /// The folder of a site of Jekyll
    Jekyll(FolderFlags),
    /// The folder of a site of Zola
    Zola(FolderFlags),
    /// An export of Ghost (Settings, Import/Export, Export content)
    Ghost(ExportFlags),
    /// The folder of a site of Eleventy
    Eleventy(FolderFlags),
    /// The folder of a site of Astro
    Astro(FolderFlags),
    /// The folder of a site of Docusaurus
    Docusaurus(FolderFlags),
    /// The folder of a site of MkDocs
    Mkdocs(FolderFlags),
    /// An export of Medium: the archive, or its folder
    Medium(ExportFlags),
    /// An export of Substack: the archive, or its folder
    Substack(ExportFlags),
    /// Posts of HubSpot's blog: the export as CSV, or JSON of its API, or a folder of these
    Hubspot(ExportFlags),
    /// A call script from a document of Word, a text or a nested list
    Script {
        /// The file: `.docx`, `.md` or `.txt`
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The language of the script, when it can't be told by its words
        #[arg(long, value_name = "CODE")]
        language: Option<String>,
        #[command(flatten)]
        into: IntoFlags,
    },
    /// Any site by its pages: saved in a folder, or fetched from an address
    Site {
        /// The folder, or the address, such as `https://old.example/`
        #[arg(value_name = "FOLDER|URL")]
        source: String,
        /// Milliseconds between two requests; `robots.txt` may ask for more
        #[arg(long, value_name = "MS", default_value_t = 500)]
        pause: u64,
        #[command(flatten)]
        into: IntoFlags,
    },
}

/// A file of an export, with the files that belong to it.
#[derive(Debug, Args)]
pub(crate) struct ExportFlags {
    /// The export
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// A folder with images and files
    #[arg(long, value_name = "DIR")]
    pub(crate) media: Option<PathBuf>,
    /// Fetch images and files that aren't there from the old site, into `import-media/`
    #[arg(long)]
    pub(crate) fetch: bool,
    /// The address of the old site, which the export doesn't say
    #[arg(long, value_name = "URL", default_value = "")]
    pub(crate) address: String,
    #[command(flatten)]
    pub(crate) into: IntoFlags,
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
