//! Files that depend on nothing but a key, such as social cards: kept from one build to the next, and in the output without
//! being made, read or written again.
//!
//! A kept file and the one in the output are one file with two names (a hard link), or a copy where the disk has no such
//! names. [`INDEX`] says which bytes a key has, and how their file was left: one that is as it was left needn't be read.
//! One that somebody has changed under either name is noticed by its time or size, looked at, and made again unless its
//! bytes are the right ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};

use super::{Hash, Output, OutputError, Staged, Stamp, replace};
use crate::encode::bytes::{hex, of_hex};
use crate::plan::OutPath;

/// The folder, in that of what can be made again.
const FOLDER: &str = "cards";

/// What is kept: a line with key, hash, size, time of change and day of last use for each file.
const INDEX: &str = "index";

/// What nobody has asked for in so many days is removed.
const AGE: u64 = 60;

/// The day of last use is renewed after so many.
const WEEK: u64 = 7;

/// A file that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    hash: Hash,
    /// Size and times as the file was left: while they are the same, so is its content.
    stamp: Stamp,
    /// When it was last asked for, in days since 1970.
    day: u64,
}

/// The files that are kept, by their keys: for all outputs of a build.
#[derive(Debug)]
pub struct MadeFiles {
    cache: PathBuf,
    folder: PathBuf,
    today: u64,
    known: Mutex<BTreeMap<String, Made>>,
    is_changed: AtomicBool,
}

impl MadeFiles {
    /// What earlier builds have kept in the folder `cache` of what can be made again.
    #[must_use]
    pub fn open(cache: &Path) -> Self {
        let folder = cache.join(FOLDER);
        let index = fs::read_to_string(folder.join(INDEX)).unwrap_or_default();
        let known = Mutex::new(index.lines().filter_map(read_line).collect());
        let (cache, is_changed) = (cache.to_path_buf(), AtomicBool::new(false));
        Self { cache, folder, today: today(), known, is_changed }
    }

    fn lock_index(&self) -> MutexGuard<'_, BTreeMap<String, Made>> {
        // Whoever panicked has left whole entries.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, key: &str, made: Made) {
        self.is_changed.store(true, Ordering::Relaxed);
        self.lock_index().insert(key.to_string(), made);
    }

    /// What is kept under a key, with its file: certain to have the bytes that it had.
    fn find(&self, key: &str) -> Option<(PathBuf, Made)> {
        let made = self.lock_index().get(key).copied()?;
        let place = self.folder.join(key);
        let stamp = Stamp::read(&place)?;
        let is_as_left = stamp == made.stamp;
        if !is_as_left && Hash::from(Sha256::digest(fs::read(&place).ok()?)) != made.hash {
            return None;
        }
        if !is_as_left || made.day + WEEK < self.today {
            self.note(key, Made { stamp, day: self.today, ..made });
        }
        Some((place, made))
    }

    /// The bytes that were kept under a key; `None` where there are none, or other ones.
    #[must_use]
    pub fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        let (place, made) = self.find(key)?;
        fs::read(place).ok().filter(|bytes| Hash::from(Sha256::digest(bytes)) == made.hash)
    }

    /// Keeps bytes under a key. Losing them costs time and nothing else, so a failure is no error.
    pub fn keep(&self, key: &str, bytes: &[u8]) {
        self.put(key, Sha256::digest(bytes).into(), |place| fs::write(place, bytes));
    }

    /// Puts a file with this hash in the place of what is kept under a key.
    fn put(&self, key: &str, hash: Hash, write: impl FnOnce(&Path) -> io::Result<()>) {
        let place = self.folder.join(key);
        // Two files of an output may have the same key, and be made by two threads.
        let mut known = self.lock_index();
        let done = match fs::remove_file(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) => Ok(()),
            Err(_) => replace::own_folder(&self.cache).and_then(|()| replace::own_folder(&self.folder)),
        };
        if done.and_then(|()| write(&place)).is_ok()
            && let Some(stamp) = Stamp::read(&place)
        {
            self.is_changed.store(true, Ordering::Relaxed);
            known.insert(key.to_string(), Made { hash, stamp, day: self.today });
        }
    }
}

/// Writes down what is kept now, and removes what nobody has asked for in two months: also after a build that failed.
impl Drop for MadeFiles {
    fn drop(&mut self) {
        let known = self.known.get_mut().unwrap_or_else(PoisonError::into_inner);
        let is_old = |made: &Made| made.day + AGE < self.today;
        if !*self.is_changed.get_mut() && !known.values().any(is_old) {
            return;
        }
        known.retain(|_, made| !is_old(made));
        let mut index = String::new();
        for (key, Made { hash, stamp: Stamp { size, changed }, day }) in &*known {
            let _ = writeln!(index, "{key} {} {size} {changed} {day}", hex(hash));
        }
        replace::keep(&self.folder, INDEX, index.as_bytes());
        // Also what an interrupted build has left.
        for entry in fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok) {
            let name = entry.file_name();
            let is_kept = name.to_str().is_some_and(|name| name == INDEX || known.contains_key(name));
            if !is_kept {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The number of the day by UTC, counted from 1970.
fn today() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / (24 * 60 * 60)
}

/// A line of the index; `None` where it can't be one, for whoever knows what file that would name.
fn read_line(line: &str) -> Option<(String, Made)> {
    let mut parts = line.split(' ');
    let mut next = || parts.next();
    let key = next().filter(|key| of_hex::<16>(key).is_some())?;
    let hash = of_hex(next()?)?;
    let stamp = Stamp { size: next()?.parse().ok()?, changed: next()?.parse().ok()? };
    Some((key.to_string(), Made { hash, stamp, day: next()?.parse().ok()? }))
}

/// Gives a file a second name, or copies it where it can't have one. The folders of the new one are made.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    let linked = fs::hard_link(from, to).or_else(|error| match (error.kind(), to.parent()) {
        (io::ErrorKind::NotFound, Some(folder)) => {
            fs::create_dir_all(folder)?;
            fs::hard_link(from, to)
        }
        _ => Err(error),
    });
    linked.or_else(|error| match error.kind() {
        // It may be a name of the same file, which copying would empty.
        io::ErrorKind::AlreadyExists => Err(error),
        _ => fs::copy(from, to).map(drop),
    })
}

impl Output<'_> {
    /// The same as [`Output::stage`], of a file that depends on nothing but what has this key; it is kept for the next build.
    ///
    /// # Errors
    ///
    /// As those of [`Output::stage`].
    pub fn stage_made(&self, path: &OutPath, key: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.stage_keyed(path, key, bytes)?;
        let all = self.staged.lock().expect("no thread panics while it holds the list");
        if let Some(staged) = all.get(path.as_str()) {
            let place = staged.waiting.clone().unwrap_or_else(|| self.dir.join(path.as_str()));
            let hash = staged.hash;
            drop(all);
            self.made.put(key, hash, |kept| link(&place, kept));
        }
        Ok(())
    }

    /// The same as [`Output::stage`], of a file that depends on nothing but what has this key.
    ///
    /// # Errors
    ///
    /// As those of [`Output::stage`].
    pub fn stage_keyed(&self, path: &OutPath, key: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.stage(path, bytes)?;
        let mut all = self.staged.lock().expect("no thread panics while it holds the list");
        if let Some(staged) = all.get_mut(path.as_str()) {
            staged.key = Some(key.to_string());
        }
        Ok(())
    }

    /// Has the output such a file from the last build, or can it get it from what is kept? Then its bytes needn't be made.
    #[must_use]
    pub fn stage_again(&self, path: &OutPath, key: &str) -> bool {
        self.stage_present(path, key) || self.stage_kept(path, key)
    }

    /// Keeps the file that is there, if the last build made it from what has this key and nobody has touched it since. Then
    /// its bytes needn't be made.
    #[must_use]
    pub fn stage_present(&self, path: &OutPath, key: &str) -> bool {
        let name = path.as_str();
        if self.is_fresh || self.keys.get(name).is_none_or(|known| known != key) {
            return false;
        }
        let (Some(hash), Some(stamp)) = (self.before.get(name), self.stamps.get(name)) else { return false };
        if Stamp::read(&self.dir.join(name)).as_ref() != Some(stamp) {
            return false;
        }
        self.put(name, Staged { hash: *hash, key: Some(key.to_string()), waiting: None });
        true
    }

    /// Takes the file that is kept under a key.
    fn stage_kept(&self, path: &OutPath, key: &str) -> bool {
        let Some((kept, made)) = self.made.find(key) else { return false };
        let staged = self.stage_by(path, &made.hash, |place| link(&kept, place));
        let Ok(waiting) = staged else { return false };
        self.put(path.as_str(), Staged { hash: made.hash, key: Some(key.to_string()), waiting });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "00112233445566778899aabbccddeeff";
    const OTHER: &str = "ffeeddccbbaa99887766554433221100";

    fn cache() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let cache = dir.path().join(".ringback");
        (dir, cache)
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was_or_not_at_all() {
        let (_dir, cache) = cache();
        let made = MadeFiles::open(&cache);
        assert_eq!(made.bytes(KEY), None);
        made.keep(KEY, b"picture");
        made.keep(OTHER, b"another");
        assert_eq!(made.bytes(KEY).as_deref(), Some(&b"picture"[..]));
        drop(made);
        let place = cache.join(FOLDER).join(KEY);
        // Half of it, another one in its place, and nothing.
        for forged in [&b"pict"[..], b"another", b""] {
            fs::write(&place, forged).unwrap();
            assert_eq!(MadeFiles::open(&cache).bytes(KEY), None);
        }
        // A file that only has another time, as caches of CI give it.
        fs::write(&place, "picture").unwrap();
        let made = MadeFiles::open(&cache);
        assert_eq!(made.bytes(KEY).as_deref(), Some(&b"picture"[..]));
        drop(made);
        fs::write(cache.join(FOLDER).join(INDEX), format!("../x 00 1 1 1\n{KEY}\n\n")).unwrap();
        assert_eq!(MadeFiles::open(&cache).bytes(KEY), None);
    }

    #[test]
    fn what_nobody_asks_for_goes_and_so_does_what_nobody_knows() {
        let (_dir, cache) = cache();
        let mut made = MadeFiles::open(&cache);
        made.keep(KEY, b"picture");
        made.keep(OTHER, b"another");
        drop(made);
        fs::write(cache.join(FOLDER).join("left"), "by an interrupted build").unwrap();
        made = MadeFiles::open(&cache);
        made.today += AGE;
        assert!(made.bytes(KEY).is_some());
        drop(made);
        assert!(!cache.join(FOLDER).join("left").exists());
        made = MadeFiles::open(&cache);
        made.today += AGE + 1;
        drop(made);
        assert!(cache.join(FOLDER).join(KEY).exists() && !cache.join(FOLDER).join(OTHER).exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_into_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_dir, cache) = cache();
        let made = MadeFiles::open(&cache);
        made.keep(KEY, b"picture");
        drop(made);
        for folder in [&cache, &cache.join(FOLDER)] {
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }
}
