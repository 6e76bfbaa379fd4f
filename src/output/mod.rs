//! The output on disk: writes only what changed, removes only what it wrote, and all of it or nothing.
//!
//! [`Output::open`] refuses a folder with somebody else's files. [`Output::stage`] keeps new bytes aside;
//! [`Output::commit`] moves them into place by renaming and prunes what is no longer planned. An output that is dropped
//! before that leaves the folder as it was. What was written is listed in the folder's [`MANIFEST`].

#![expect(clippy::disallowed_methods, reason = "this module is the only one that writes to the disk")]

pub mod bring;
mod last_build;
mod made;
mod manifest;
mod place;
mod probe;
pub mod replace;
pub mod seed;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use sha2::{Digest, Sha256};

pub use last_build::{BuildNotes, LastBuild, unchanged};
pub use made::MadeFiles;
pub use manifest::MANIFEST;
pub use place::check_places;
pub use probe::{Probe, probe};
pub use seed::{already_there, occupants, seed};

use self::last_build::{BuildRecord, Stamp};
use self::manifest::{read_manifest, write_manifest};
use crate::diag::{Code, Diagnostic};
use crate::plan::OutPath;

/// Where new bytes wait, inside a folder that has files already.
const STAGING: &str = ".ringback-staging";

/// Why the output can't be written.
#[derive(Debug)]
pub enum OutputError {
    /// The folder isn't ours, or a file in it isn't.
    Refused(Box<Diagnostic>),
    /// The system could not read or write.
    Io {
        /// What was tried, for a message.
        what: String,
        /// The system's error.
        error: io::Error,
    },
}

impl std::fmt::Display for OutputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(problem) => f.write_str(&problem.message),
            Self::Io { what, error } => write!(f, "{what}: {error}"),
        }
    }
}

fn failed(what: &str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let what = format!("{what} `{}`", path.display());
    move |error| OutputError::Io { what, error }
}

/// What a build did to the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many files the output has.
    pub files: usize,
    /// Files that are new or differ.
    pub written: usize,
    /// How many files of earlier builds were removed.
    pub removed: usize,
}

/// The hash of a file's content.
type Hash = [u8; 32];

/// An output folder, opened for one build.
#[derive(Debug)]
pub struct Output<'m> {
    dir: PathBuf,
    /// What is kept for all outputs.
    made: &'m MadeFiles,
    /// The file that keeps the [`BuildRecord`] of the last build.
    memory_file: PathBuf,
    /// Files of the last build, with their hashes.
    before: BTreeMap<String, Hash>,
    /// Of each file of the last build.
    stamps: BTreeMap<String, Stamp>,
    /// What files of the last build were made from.
    keys: BTreeMap<String, String>,
    staging: PathBuf,
    /// A folder that doesn't exist yet is made whole beside its place and moved there at once.
    is_fresh: bool,
    counter: AtomicUsize,
    staged: Mutex<BTreeMap<String, Staged>>,
}

#[derive(Debug)]
struct Staged {
    hash: Hash,
    /// What it was made from, where that says all.
    key: Option<String>,
    /// Where the new bytes wait; `None` where the file is already right.
    waiting: Option<PathBuf>,
}

impl<'m> Output<'m> {
    /// Opens the folder `dir` (made on commit where it doesn't exist); `cache` is where the site keeps what can be
    /// made again, and `made` what is kept there for all outputs. A folder with nothing but a repository's `.git`, or what a system leaves in folders, is an empty one.
    ///
    /// # Errors
    ///
    /// The folder holds files and no manifest of ours, or can't be read.
    pub fn open(dir: &Path, cache: &Path, made: &'m MadeFiles) -> Result<Self, OutputError> {
        let mut before = BTreeMap::new();
        let found = match fs::read_dir(dir) {
            Ok(entries) => {
                let is_somebodys = |name: &OsStr| !is_left_over(name) && !seed::is_no_content(name);
                Some(entries.filter_map(Result::ok).any(|entry| is_somebodys(&entry.file_name())))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed("reading the output folder", dir)(error)),
        };
        if found == Some(true) {
            match fs::read_to_string(dir.join(MANIFEST)) {
                Ok(text) => before = read_manifest(&text),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Err(OutputError::Refused(foreign(dir)));
                }
                Err(error) => return Err(failed("reading the manifest in", dir)(error)),
            }
        }
        let memory_file = BuildRecord::file(dir, cache);
        let BuildRecord { stamps, keys, .. } = BuildRecord::read(dir, cache);
        // An empty folder may be a link or another disk: it is filled, not replaced.
        let is_fresh = found.is_none();
        let staging = if is_fresh {
            let name =
                dir.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy().into_owned());
            dir.with_file_name(format!("{name}{STAGING}"))
        } else {
            dir.join(STAGING)
        };
        // What an interrupted build has left.
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(failed("removing", &staging))?;
        }
        fs::create_dir_all(&staging).map_err(failed("making the folder", &staging))?;
        let (counter, staged) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
        let dir = dir.to_path_buf();
        Ok(Self { dir, made, memory_file, before, stamps, keys, staging, is_fresh, counter, staged })
    }

    /// Keeps the bytes of a file for [`Output::commit`], unless the file has them already. May be called from several
    /// threads.
    ///
    /// # Errors
    ///
    /// The disk is full or unwritable, or somebody else's file stands in the way.
    pub fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError> {
        let hash: Hash = Sha256::digest(bytes).into();
        let waiting = self.stage_by(path, &hash, |place| write_new(place, bytes))?;
        self.put(path.as_str(), Staged { hash, key: None, waiting });
        Ok(())
    }

    /// Has a file with this hash written, and says where it waits; `None` where the output has it already.
    fn stage_by(
        &self,
        path: &OutPath,
        hash: &Hash,
        write: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<Option<PathBuf>, OutputError> {
        let name = path.as_str();
        if self.is_current(name, hash)? {
            return Ok(None);
        }
        let place = if self.is_fresh {
            self.staging.join(name)
        } else {
            self.check_way(name)?;
            self.staging.join(self.counter.fetch_add(1, Ordering::Relaxed).to_string())
        };
        write(&place).map_err(failed("writing", &place))?;
        Ok(Some(place))
    }

    fn put(&self, name: &str, staged: Staged) {
        let mut all = self.staged.lock().expect("no thread panics while it holds the list");
        all.insert(name.to_string(), staged);
    }

    fn is_current(&self, name: &str, hash: &Hash) -> Result<bool, OutputError> {
        if self.is_fresh {
            return Ok(false);
        }
        let place = self.dir.join(name);
        let Some(known) = self.before.get(name) else {
            // A link counts too: writing through it would reach a file that isn't ours.
            if fs::symlink_metadata(&place).is_ok_and(|data| !data.is_dir()) {
                return Err(OutputError::Refused(in_the_way(&place)));
            }
            return Ok(false);
        };
        let stamp = Stamp::read(&place);
        if stamp.is_some() && self.stamps.get(name).copied() == stamp {
            return Ok(known == hash);
        }
        Ok(fs::read(&place).is_ok_and(|found| Hash::from(Sha256::digest(found)) == *hash))
    }

    /// Refuses a file that can't be moved into place, or only by writing where somebody else's files are.
    fn check_way(&self, name: &str) -> Result<(), OutputError> {
        for (at, _) in name.match_indices('/') {
            let above = self.dir.join(&name[..at]);
            let Ok(data) = fs::symlink_metadata(&above) else { break };
            if !data.is_dir() {
                // A file of the last build makes room.
                let is_ours = data.is_file() && self.before.contains_key(&name[..at]);
                return if is_ours { Ok(()) } else { Err(OutputError::Refused(in_the_way(&above))) };
            }
        }
        let place = self.dir.join(name);
        let is_folder = fs::symlink_metadata(&place).is_ok_and(|data| data.is_dir());
        if is_folder && !self.will_be_removed(name) {
            Err(OutputError::Refused(in_the_way(&place)))
        } else {
            Ok(())
        }
    }

    /// Will nothing be left of this folder when the files of the last build are removed?
    fn will_be_removed(&self, folder: &str) -> bool {
        let Ok(entries) = fs::read_dir(self.dir.join(folder)) else { return false };
        let mut entries = entries.peekable();
        entries.peek().is_some()
            && entries.all(|entry| {
                let Ok(entry) = entry else { return false };
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_folder { self.will_be_removed(&name) } else { self.before.contains_key(&name) }
            })
    }

    /// Moves what was staged into place and removes what the last build wrote and this one doesn't have.
    ///
    /// # Errors
    ///
    /// The system refuses a step. The manifest then lists both the old and the new files, so that the next build can
    /// finish the work.
    pub fn commit(self, fingerprint: &str, notes: BuildNotes) -> Result<Summary, OutputError> {
        let staged = std::mem::take(&mut *self.staged.lock().expect("all threads are done"));
        let after: BTreeMap<&str, &Hash> =
            staged.iter().map(|(name, one)| (name.as_str(), &one.hash)).collect();
        let written = staged.values().filter(|one| one.waiting.is_some()).count();
        let gone: Vec<&str> =
            self.before.keys().map(String::as_str).filter(|name| !after.contains_key(name)).collect();
        if self.is_fresh {
            write_manifest(&self.staging, &after)?;
            if let Some(parent) = self.dir.parent() {
                fs::create_dir_all(parent).map_err(failed("making the folder", parent))?;
            }
            fs::rename(&self.staging, &self.dir).map_err(failed("moving the new output to", &self.dir))?;
        } else if written > 0 || !gone.is_empty() {
            let both =
                self.before.iter().map(|(name, hash)| (name.as_str(), hash)).chain(after.clone()).collect();
            write_manifest(&self.dir, &both)?;
            for name in &gone {
                self.remove(name)?;
            }
            for (name, one) in &staged {
                let Some(waiting) = &one.waiting else { continue };
                let place = self.dir.join(name);
                move_into(waiting, &place)?;
            }
            write_manifest(&self.dir, &after)?;
        }
        self.remember(fingerprint, &staged, notes);
        Ok(Summary { files: after.len(), written, removed: gone.len() })
    }

    fn remove(&self, name: &str) -> Result<(), OutputError> {
        let place = self.dir.join(name);
        // What lies behind a link that somebody has put there is not ours any more.
        let is_link = |above: &Path| fs::symlink_metadata(above).is_ok_and(|data| data.is_symlink());
        if place.ancestors().skip(1).take_while(|above| *above != self.dir).any(is_link) {
            return Ok(());
        }
        match fs::remove_file(&place) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed("removing", &place)(error)),
        }
        // Folders that are empty now go too; one with somebody's file in it stays, because it can't be removed.
        let mut folder = place.parent();
        while let Some(empty) = folder.filter(|folder| *folder != self.dir) {
            if fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
        Ok(())
    }

    /// Without this the next build only takes longer, so a failure is no error.
    fn remember(&self, fingerprint: &str, staged: &BTreeMap<String, Staged>, notes: BuildNotes) {
        let stamp = |name: &String| Some((name.clone(), Stamp::read(&self.dir.join(name))?));
        let stamps = staged.keys().filter_map(stamp).collect();
        let key = |(name, one): (&String, &Staged)| Some((name.clone(), one.key.clone()?));
        let keys = staged.iter().filter_map(key).collect();
        let memory = BuildRecord { fingerprint: fingerprint.to_string(), stamps, keys, notes };
        let Ok(bytes) = serde_json::to_vec(&memory) else { return };
        if let (Some(folder), Some(name)) = (self.memory_file.parent(), self.memory_file.file_name()) {
            replace::keep(folder, &name.to_string_lossy(), &bytes);
        }
    }
}

impl Drop for Output<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// Is it what an interrupted first build leaves in a folder that was empty?
fn is_left_over(name: &OsStr) -> bool {
    name == STAGING || name.to_string_lossy() == format!("{MANIFEST}.new")
}

/// Writes a file whose folder may not be there yet.
fn write_new(place: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::write(place, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(place, bytes)
        }
        other => other,
    }
}

fn move_into(waiting: &Path, place: &Path) -> Result<(), OutputError> {
    match fs::rename(waiting, place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).map_err(failed("making the folder", folder))?;
            }
            fs::rename(waiting, place).map_err(failed("writing", place))
        }
        other => other.map_err(failed("writing", place)),
    }
}

fn foreign(dir: &Path) -> Box<Diagnostic> {
    let message = format!("the output folder `{}` holds files that ringback did not write", dir.display());
    Box::new(
        Diagnostic::new(Code::OutputNotOurs, message)
            .help("nothing was changed; empty the folder, or choose another one with `--out`"),
    )
}

fn in_the_way(place: &Path) -> Box<Diagnostic> {
    let message = format!("`{}` is in the way, but ringback did not write it", place.display());
    Box::new(Diagnostic::new(Code::OutputNotOurs, message).help(
        "nothing was changed; move the file away, or keep it in `static/`, which is copied into the output",
    ))
}
