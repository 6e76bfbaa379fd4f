//! A project with one more file, to see what it would come to before it is written.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{PathKind, Project};
use crate::diag::{Diagnostic, Diagnostics};

/// A project as it would be with a file more, or with another text in it.
pub struct Overlay<'a> {
    /// The project that all other files come from.
    pub below: &'a dyn Project,
    /// The path of the file.
    pub path: &'a str,
    /// What the file says instead of what is on disk.
    pub text: &'a str,
}

impl Project for Overlay<'_> {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut files = self.below.files(diagnostics);
        if let Err(at) = files.binary_search_by(|file| file.as_str().cmp(self.path)) {
            files.insert(at, self.path.to_string());
        }
        files
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        if path == self.path { Ok(self.text.as_bytes().to_vec()) } else { self.below.read(path) }
    }

    fn read_start(&self, path: &str, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
        if path == self.path { self.read(path) } else { self.below.read_start(path, limit) }
    }

    fn size(&self, path: &str) -> Option<u64> {
        if path == self.path { Some(self.text.len() as u64) } else { self.below.size(path) }
    }

    fn path_kind(&self, path: &str) -> PathKind {
        if path == self.path { PathKind::File } else { self.below.path_kind(path) }
    }

    fn today(&self, zone: &TimeZone) -> Date {
        self.below.today(zone)
    }

    fn now(&self) -> Timestamp {
        self.below.now()
    }

    fn read_kept(&self, name: &str) -> Option<Vec<u8>> {
        self.below.read_kept(name)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.below.variable(name)
    }
}
