//! A site's folder on disk, as its owner edits it.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::{FOLDERS, Mark, PathKind, Project, names, store, walk};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::bytes;

/// A file larger than this is refused: spans and offsets are 32 bits wide.
const MAX_SIZE: u64 = 1 << 31;

/// Clocks of file systems are precise to a few milliseconds, some to two seconds.
const JUST_NOW: std::time::Duration = std::time::Duration::from_secs(2);

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
            let mark = self.disk_path(&file).metadata().map(|data| Mark {
                len: data.len(),
                modified: data.modified().ok(),
                touched: change_stamp(&data).to_vec(),
            });
            Some((file, mark.ok()?))
        };
        files.filter_map(mark).collect()
    }

    /// Where a file of the site is on disk, whose name may have its accents as characters of their own.
    #[must_use]
    pub fn disk_path(&self, path: &str) -> PathBuf {
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
    pub(super) fn open(&self, path: &str) -> std::io::Result<std::fs::File> {
        let full = self.disk_path(path);
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
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it doesn't exist".into(),
        std::io::ErrorKind::PermissionDenied => "you don't have permission".into(),
        _ => error.to_string(),
    }
}

/// What no program can set: when the file was last changed or moved, to whatever time it claims. All files of an
/// archive may have one time, and be replaced by others of their length.
#[cfg(unix)]
pub(super) fn change_stamp(data: &std::fs::Metadata) -> [u8; 16] {
    use std::os::unix::fs::MetadataExt as _;
    let parts = [data.ctime().to_le_bytes(), data.ctime_nsec().to_le_bytes()];
    std::array::from_fn(|index| parts[index / 8][index % 8])
}

/// Nothing, where the system has no such stamp.
#[cfg(not(unix))]
pub(super) fn change_stamp(_: &std::fs::Metadata) -> [u8; 0] {
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

    fn path_kind(&self, path: &str) -> PathKind {
        match self.disk_path(path).symlink_metadata() {
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

    fn read_kept(&self, name: &str) -> Option<Vec<u8>> {
        store::read(&self.root, name)
    }

    fn is_kept(&self, name: &str) -> bool {
        store::is_there(&self.root, name)
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
        let full = files.iter().map(|file| self.disk_path(file)).chain([program]);
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
            hash.update(change_stamp(&data));
        }
        Some(bytes::hex(&hash.finalize()))
    }
}
