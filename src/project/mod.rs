//! The only door to disk, environment and clock: what the site's files are, and what day it is.
//!
//! Everything later works on what [`Project`] gives, so tests can run whole sites from memory ([`MemoryProject`]) and
//! the same input gives the same bytes on every machine and day.

#![expect(clippy::disallowed_methods, reason = "this module is the door to disk, environment and clock")]

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use changes::Changes;
pub use disk::DiskProject;
pub use memory::MemoryProject;
pub use overlay::Overlay;
pub use store::FOLDER as CACHE_FOLDER;

use self::disk::reason;
use crate::diag::{Diagnostic, Diagnostics};

mod changes;
mod disk;
pub mod edited;
pub mod folder;
mod git;
pub mod history;
pub mod machine;
mod memory;
pub mod names;
mod overlay;
pub mod recording;
mod store;
mod walk;

/// The configuration file's name, at the root of a site.
pub const CONFIG_FILE: &str = "ringback.yaml";

/// A table of redirects beside it, where the site has one.
pub const REDIRECTS_FILE: &str = "redirects.csv";

/// The URLs that were published, where the site remembers them.
pub const ADDRESSES_FILE: &str = "addresses.txt";

/// The files at the root of a site that are read.
pub const FILES: &[&str] = &[CONFIG_FILE, REDIRECTS_FILE, ADDRESSES_FILE];

/// Folders of a site that are read, besides these.
pub const FOLDERS: &[&str] = &["content", "themes", "static"];

/// What kind of thing is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// A file, and no link to one.
    File,
    /// Nothing is there.
    Nothing,
    /// A folder, a link, or who knows.
    Other,
}

/// A site's files, its environment and today's date.
pub trait Project: Sync {
    /// The paths of all files of the site, sorted, relative to its root with `/` between folders.
    /// What can't be walked is reported.
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String>;

    /// The bytes of one file.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the file and the reason.
    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>>;

    /// The first bytes of one file, at most `limit`: enough to tell an image's size.
    ///
    /// # Errors
    ///
    /// As for [`Project::read`].
    fn read_start(&self, path: &str, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
        let _ = limit;
        self.read(path)
    }

    /// How many bytes a file has; `None` where that can't be told.
    fn size(&self, path: &str) -> Option<u64> {
        self.read(path).ok().map(|bytes| bytes.len() as u64)
    }

    /// What is at a path, as far as that is known without reading it.
    fn path_kind(&self, path: &str) -> PathKind {
        let _ = path;
        PathKind::Other
    }

    /// Today in a time zone.
    fn today(&self, zone: &TimeZone) -> Date;

    /// This moment; noon where only the day is known.
    fn now(&self) -> Timestamp {
        let noon = self.today(&TimeZone::UTC).at(12, 0, 0, 0);
        noon.to_zoned(TimeZone::UTC).map(|noon| noon.timestamp()).unwrap_or_default()
    }

    /// The value of an environment variable; `None` where it isn't set or isn't Unicode.
    fn variable(&self, name: &str) -> Option<String>;

    /// What an earlier build kept under a name, whole and as it was kept; `None` where there is nothing.
    fn read_kept(&self, name: &str) -> Option<Vec<u8>> {
        let _ = name;
        None
    }

    /// Is something kept under a name? It is only looked for, not at: it may be spoilt. As what is read, it counts as in use.
    fn is_kept(&self, name: &str) -> bool {
        self.read_kept(name).is_some()
    }

    /// Keeps something that takes long to make for the next build, under a name that differs whenever what it is made
    /// from does.
    fn keep(&self, name: &str, bytes: &[u8]) {
        let _ = (name, bytes);
    }

    /// Removes what was kept and has not been asked for in a long time.
    fn prune(&self) {}

    /// A text that differs whenever one of the files has changed, or the program; `None` where that can't be told
    /// without reading them all.
    fn fingerprint(&self, files: &[String]) -> Option<String> {
        let _ = files;
        None
    }
}

/// A file's size and times: another one when it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    len: u64,
    modified: Option<std::time::SystemTime>,
    touched: Vec<u8>,
}
