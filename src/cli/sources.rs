//! The texts to which problems point, read again from the site's folder when they are printed.

use std::path::Path;

use crate::diag::Veil;
use crate::diag::emit::{Format, Sources};
use crate::project::{DiskProject, Project};
use crate::{config, theme};

/// The texts that snippets are cut out of: the site's files, and the built-in theme's.
pub(super) struct SiteSources<'a> {
    pub(super) site: &'a dyn Project,
    pub(super) folder: &'a DiskProject,
}

impl Sources for SiteSources<'_> {
    fn text(&self, file: &str) -> Option<String> {
        let own = self.site.read(file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        own.or_else(|| theme::built_in_text(file))
    }

    /// Editors and `grep` start from the working directory, GitHub from the top of the repository. Other formats name
    /// files from the site's root, as messages do.
    fn folder(&self, format: Format) -> String {
        match format {
            Format::Human | Format::Json => String::new(),
            Format::Short => self.folder.named_from_here(),
            Format::Github => {
                let top = self.folder.variable("GITHUB_WORKSPACE").filter(|top| !top.is_empty());
                let named = top.and_then(|top| self.folder.named_from(Path::new(&top)));
                named.unwrap_or_else(|| self.folder.named_from_here())
            }
        }
    }

    fn veil(&self) -> Veil {
        config::veil(self.site)
    }
}
