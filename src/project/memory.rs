//! A site in memory, for tests and for sites that are only made to be looked at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{PathKind, Project, names, walk};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// A site in memory, for tests.
#[derive(Debug, Clone)]
pub struct MemoryProject {
    /// The bytes of its files, by their paths from the root.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The environment variables that `${NAME}` finds, by name.
    pub variables: BTreeMap<String, String>,
    /// The day it is there.
    pub today: Date,
}

impl MemoryProject {
    /// An empty site on 22 November 2026.
    #[must_use]
    pub fn new() -> Self {
        Self { files: BTreeMap::new(), variables: BTreeMap::new(), today: jiff::civil::date(2026, 11, 22) }
    }

    /// The same with one more file.
    #[must_use]
    pub fn with(mut self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.into(), text.as_ref().to_vec());
        self
    }
}

impl Default for MemoryProject {
    fn default() -> Self {
        Self::new()
    }
}

impl Project for MemoryProject {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        let is_content = |path: &&String| match names::left_out(path) {
            Some((path, why)) => {
                diagnostics.extend(walk::left_out(path, why));
                false
            }
            None => true,
        };
        self.files.keys().filter(is_content).cloned().collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.files.get(path).cloned().ok_or_else(|| {
            Box::new(
                Diagnostic::new(Code::UnreadableFile, "this file can't be read: it doesn't exist")
                    .in_file(path),
            )
        })
    }

    fn path_kind(&self, path: &str) -> PathKind {
        let below = format!("{path}/");
        match self
            .files
            .range(path.to_string()..)
            .find(|(found, _)| *found == path || found.starts_with(&below))
        {
            Some((found, _)) if found == path => PathKind::File,
            Some(_) => PathKind::Other,
            None => PathKind::Nothing,
        }
    }

    fn today(&self, _: &TimeZone) -> Date {
        self.today
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }
}
