//! `ringback editor`: fetches Sveltia CMS for the page `/admin/`.

use std::fmt::Write as _;

use super::flags::EditorFlags;
use super::{Settings, Status, complain, print};
use crate::commands::editor;
use crate::editorial::admin;
use crate::network::Internet;
use crate::output;
use crate::project::{Project as _, folder};

/// The variable in which npm has its registry.
const REGISTRY: &str = "npm_config_registry";

/// How long the package may take, in seconds.
const PATIENCE: u64 = 300;

impl Settings {
    /// Writes Sveltia's files into the site, from npm's registry or from a package that is there already.
    pub(super) fn editor(&self, flags: &EditorFlags) -> Status {
        let package = match &flags.package {
            Some(file) => match folder::read_if_there(file) {
                Ok(Some(bytes)) => Ok(bytes),
                Ok(None) => Err(format!("there is no file `{}`", file.display())),
                Err(error) => Err(format!("{}: {error}", file.display())),
            },
            None => self.fetched(flags),
        };
        let files = package.and_then(|package| editor::files(&package).map_err(|error| error.to_string()));
        let files = match files {
            Ok(files) => files,
            Err(message) => {
                complain!("error: {message}");
                return Status::Tool;
            }
        };
        for (path, bytes) in &files {
            let file = self.root.join(path);
            let written = output::replace::write(&file, bytes);
            if let Err(error) = written {
                complain!("error: {error}");
                return Status::Tool;
            }
        }
        let mut text = format!(
            "Sveltia CMS {} is in `{}`. Commit these files with the site:\n",
            admin::SVELTIA,
            admin::FOLDER
        );
        for (path, bytes) in &files {
            let _ = writeln!(text, "  {path} ({} kB)", bytes.len().div_ceil(1000));
        }
        print(&text);
        print(NEXT);
        Status::Fine
    }

    /// The package, from the registry.
    fn fetched(&self, flags: &EditorFlags) -> Result<Vec<u8>, String> {
        let own = self.project.variable(REGISTRY);
        let registry = flags.registry.clone().or(own).unwrap_or_else(|| editor::REGISTRY.to_string());
        let address = editor::address(&registry);
        let answer = Internet::new("ringback-editor", PATIENCE).download(&address, editor::most());
        answer.map_err(|why| {
            format!(
                "`{address}` can't be fetched: {why}; or fetch it yourself and name it with `--package FILE`"
            )
        })
    }
}

/// What is left to do once Sveltia is there.
const NEXT: &str = "\nIn `ringback.yaml`, say where the site's files are kept, and build:\n\n  \
    editor: {edition: public, host: github, repository: owner/name}\n";
