//! The only door to disk, environment and clock: what the site's files are, and what day it is.
//!
//! Everything later works on what [`Project`] gives, so tests can run whole sites from memory ([`MemoryProject`]) and
//! the same input gives the same bytes on every machine and day.

#![expect(clippy::disallowed_methods, reason = "this module is the door to disk, environment and clock")]

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::bytes;

mod changes;
pub mod edited;
pub mod folder;
mod git;
pub mod history;
pub mod machine;
pub mod names;
mod overlay;
pub mod recording;
mod store;
mod walk;

pub use changes::Changes;
pub use overlay::Overlay;
pub use store::FOLDER as CACHE_FOLDER;

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

/// A file larger than this is refused: spans and offsets are 32 bits wide.
const MAX_SIZE: u64 = 1 << 31;

/// Clocks of file systems are precise to a few milliseconds, some to two seconds.
const JUST_NOW: std::time::Duration = std::time::Duration::from_secs(2);

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// A file, and no link to one.
    File,
    /// Nothing.
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
    fn look(&self, path: &str) -> PathKind {
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

    /// An environment variable.
    fn variable(&self, name: &str) -> Option<String>;

    /// What an earlier build kept under a name, whole and as it was kept; `None` where there is nothing.
    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        let _ = name;
        None
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

/// A site in a folder on disk.
#[derive(Debug, Clone)]
pub struct DiskProject {
    root: PathBuf,
    today: Option<Date>,
}

impl DiskProject {
    /// The site in `root`; `today` stands in for the clock where it is given.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, today: Option<Date>) -> Self {
        Self { root: root.into(), today }
    }

    /// The site's folder as it was given, with a slash at the end; empty for the working directory.
    #[must_use]
    pub fn named_from_here(&self) -> String {
        use std::path::Component::CurDir;
        let parts = self.root.components().filter(|part| *part != CurDir);
        with_slash(&parts.collect::<PathBuf>())
    }

    /// The site's folder as seen from `top`, with a slash at the end; `None` where it isn't below it.
    #[must_use]
    pub fn named_from(&self, top: &Path) -> Option<String> {
        let (root, top) = (self.root.canonicalize().ok()?, top.canonicalize().ok()?);
        root.strip_prefix(top).ok().map(with_slash)
    }

    /// What can be told of each file of the site without reading it.
    #[must_use]
    pub fn marks(&self) -> BTreeMap<String, Mark> {
        let files = self.files(&mut Diagnostics::new()).into_iter();
        let mark = |file: String| {
            let mark = self.place(&file).metadata().map(|data| Mark {
                len: data.len(),
                modified: data.modified().ok(),
                touched: touched(&data).to_vec(),
            });
            Some((file, mark.ok()?))
        };
        files.filter_map(mark).collect()
    }

    /// Where a file of the site is on disk, whose name may have its accents as characters of their own.
    #[must_use]
    pub fn place(&self, path: &str) -> PathBuf {
        let full = self.root.join(path);
        if path.is_ascii() || full.symlink_metadata().is_ok() {
            return full;
        }
        let mut found = self.root.clone();
        for part in path.split('/') {
            let plain = found.join(part);
            let is_there = part.is_ascii() || plain.symlink_metadata().is_ok();
            let same = |entry: &std::fs::DirEntry| {
                entry.file_name().to_str().is_some_and(|name| names::composed(name) == part)
            };
            let other = || found.read_dir().ok()?.filter_map(Result::ok).find(same).map(|entry| entry.path());
            found = if is_there { plain } else { other().unwrap_or(plain) };
        }
        found
    }

    /// Opens a file for reading. A symbolic link is followed where [`walk`] would follow it, and one that was put in
    /// the file's place since then is not: the system opens no link (`O_NOFOLLOW`).
    fn open(&self, path: &str) -> std::io::Result<std::fs::File> {
        let full = self.place(path);
        match open_plain(&full) {
            Err(_) if full.is_symlink() => {
                let (top, _) = path.split_once('/').ok_or(std::io::ErrorKind::PermissionDenied)?;
                let target = full.canonicalize()?;
                if !target.starts_with(self.root.join(top).canonicalize()?) {
                    return Err(std::io::ErrorKind::PermissionDenied.into());
                }
                open_plain(&target)
            }
            other => other,
        }
    }
}

/// A folder before the path of a file in it, with `/` between folders.
fn with_slash(folder: &Path) -> String {
    let shown = folder.to_string_lossy();
    let shown = if std::path::MAIN_SEPARATOR == '/' { shown.into_owned() } else { shown.replace('\\', "/") };
    if shown.is_empty() || shown.ends_with('/') { shown } else { shown + "/" }
}

/// Opens what is no symbolic link.
#[cfg(unix)]
fn open_plain(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW).open(path)
}

#[cfg(not(unix))]
fn open_plain(path: &Path) -> std::io::Result<std::fs::File> {
    if path.is_symlink() {
        return Err(std::io::ErrorKind::PermissionDenied.into());
    }
    std::fs::File::open(path)
}

fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("this file can't be read: {}", reason(error)))
        .in_file(path)
        .help("check that it exists and that you may read it")
}

/// An I/O error in words that don't need a programmer.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it doesn't exist".into(),
        std::io::ErrorKind::PermissionDenied => "you don't have permission".into(),
        _ => error.to_string(),
    }
}

/// What no program can set: when the file was last changed or moved, to whatever time it claims. All files of an
/// archive may have one time, and be replaced by others of their length.
#[cfg(unix)]
fn touched(data: &std::fs::Metadata) -> [u8; 16] {
    use std::os::unix::fs::MetadataExt as _;
    let parts = [data.ctime().to_le_bytes(), data.ctime_nsec().to_le_bytes()];
    std::array::from_fn(|index| parts[index / 8][index % 8])
}

#[cfg(not(unix))]
fn touched(_: &std::fs::Metadata) -> [u8; 0] {
    []
}

impl Project for DiskProject {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut files = Vec::new();
        walk::at_root(&self.root, &mut files, diagnostics);
        for folder in FOLDERS {
            walk::folder(&self.root, folder, &mut files, diagnostics);
        }
        walk::misspelt(&self.root, diagnostics);
        for file in &mut files {
            if let std::borrow::Cow::Owned(composed) = names::composed(file) {
                *file = composed;
            }
        }
        files.sort();
        files.dedup_by(|next, file| {
            let is_same = next == file;
            if is_same {
                let message = "two files have this name; only the encoding of their accented letters differs";
                let problem = Diagnostic::new(Code::NameCase, message).in_file(file.as_str());
                diagnostics.push(problem.help("remove one of them, or rename it"));
            }
            is_same
        });
        for file in &files {
            let Some(name) = names::refused_by_windows(file) else { continue };
            let message = format!("Windows has no files or folders called `{name}`");
            let problem = Diagnostic::new(Code::WindowsName, message).in_file(file.as_str());
            diagnostics.push(problem.help("rename it, so that a colleague with Windows gets the site, too"));
        }
        files
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut bytes = Vec::new();
        let result = self.open(path).and_then(|mut file| {
            let size = file.metadata()?.len();
            if size < MAX_SIZE {
                bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
                file.read_to_end(&mut bytes)?;
            }
            Ok(size)
        });
        match result {
            Ok(size) if size >= MAX_SIZE => Err(Box::new(
                Diagnostic::new(Code::FileTooLarge, "this file is larger than 2 GB")
                    .in_file(path)
                    .help("put videos and the like on a host for them, and link there"),
            )),
            Ok(_) => Ok(bytes),
            Err(error) => Err(Box::new(unreadable(path, &error))),
        }
    }

    fn read_start(&self, path: &str, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut bytes = Vec::new();
        match self.open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Box::new(unreadable(path, &error))),
        }
    }

    fn size(&self, path: &str) -> Option<u64> {
        self.open(path).and_then(|file| file.metadata()).ok().map(|data| data.len())
    }

    fn look(&self, path: &str) -> PathKind {
        match self.place(path).symlink_metadata() {
            Ok(data) if data.is_file() => PathKind::File,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => PathKind::Nothing,
            _ => PathKind::Other,
        }
    }

    fn today(&self, zone: &TimeZone) -> Date {
        self.today.unwrap_or_else(|| Timestamp::now().to_zoned(zone.clone()).date())
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        store::read(&self.root, name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        store::write(&self.root, name, bytes);
    }

    fn prune(&self) {
        store::prune(&self.root);
    }

    /// From sizes and times of change. A file that has just been changed could be changed again within the clock's
    /// precision, so a site with one can't be told yet.
    fn fingerprint(&self, files: &[String]) -> Option<String> {
        let program = std::env::current_exe().ok()?;
        let now = std::time::SystemTime::now();
        let mut hash = Sha256::new();
        let full = files.iter().map(|file| self.place(file)).chain([program]);
        for path in full {
            let data = path.metadata().ok()?;
            let changed = data.modified().ok()?;
            if now.duration_since(changed).is_ok_and(|age| age < JUST_NOW) {
                return None;
            }
            hash.update(path.as_os_str().as_encoded_bytes());
            hash.update([0]);
            hash.update(data.len().to_le_bytes());
            hash.update(changed.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos().to_le_bytes());
            hash.update(touched(&data));
        }
        Some(bytes::hex(&hash.finalize()))
    }
}

/// A site in memory, for tests.
#[derive(Debug, Clone)]
pub struct MemoryProject {
    /// Its files by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Its environment.
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

    fn look(&self, path: &str) -> PathKind {
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
