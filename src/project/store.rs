//! What a build has made and the next one may use again: files in `.ringback/`, which can be thrown away at any time.
//!
//! Nobody but their owner may read them: some say what only the team sees. Each begins with the hash of its name and
//! bytes, so that half of a file, and one that was put in another's place, counts as none.

#![expect(clippy::disallowed_methods, reason = "this module is a part of the door to the disk")]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

/// The folder in a site of what can be made again.
pub const FOLDER: &str = ".ringback";

/// The folders in it whose files come and go one by one.
const STORES: &[&str] = &["images"];

/// Bytes of the hash at the beginning of a file.
const HASH: usize = 32;

/// What nobody has asked for so long is removed.
const AGE: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// A file's time is renewed, and old ones are looked for, no more often than this.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The file whose time tells when old ones were last looked for.
const PRUNED: &str = "pruned";

fn hash(name: &str, bytes: &[u8]) -> [u8; HASH] {
    Sha256::new().chain_update(name).chain_update([0]).chain_update(bytes).finalize().into()
}

/// The bytes that were kept under a name (`images/0123`) below the site's folder `root`; `None` where there are none, or
/// other ones.
pub(super) fn read(root: &Path, name: &str) -> Option<Vec<u8>> {
    let place = root.join(FOLDER).join(name);
    let mut bytes = fs::read(&place).ok()?;
    let (found, rest) = bytes.split_at_checked(HASH)?;
    if found != hash(name, rest) {
        return None;
    }
    renew(&place);
    bytes.drain(..HASH);
    Some(bytes)
}

/// Is there a file under a name below the site's folder `root`? What is in it isn't looked at.
pub(super) fn is_there(root: &Path, name: &str) -> bool {
    let place = root.join(FOLDER).join(name);
    let is_there = place.symlink_metadata().is_ok_and(|data| data.is_file());
    if is_there {
        renew(&place);
    }
    is_there
}

/// Notes that a file is in use, once a day. Where that can't be noted, it is made again one day.
fn renew(place: &Path) {
    if age(place) > DAY
        && let Ok(file) = fs::File::options().append(true).open(place)
    {
        let _ = file.set_modified(SystemTime::now());
    }
}

/// How long ago a file was changed.
fn age(file: &Path) -> Duration {
    let changed = fs::metadata(file).and_then(|data| data.modified()).ok();
    changed.and_then(|at| SystemTime::now().duration_since(at).ok()).unwrap_or_default()
}

/// Keeps bytes under a name below the site's folder `root`. Losing them costs time and nothing else, so a failure is no error.
pub(super) fn write(root: &Path, name: &str, bytes: &[u8]) {
    static COUNTER: AtomicUsize = AtomicUsize::new(0);
    let folder = root.join(FOLDER);
    let place = folder.join(name);
    // Two threads, or two programs, may keep the same.
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let waiting = place.with_extension(format!("{}-{number}.new", std::process::id()));
    let whole = [&hash(name, bytes)[..], bytes].concat();
    let done = own_file(&waiting, &whole).or_else(|error| match (error.kind(), place.parent()) {
        (io::ErrorKind::NotFound, Some(above)) => {
            own_folder(&folder)?;
            own_folder(above)?;
            own_file(&waiting, &whole)
        }
        _ => Err(error),
    });
    if done.and_then(|()| fs::rename(&waiting, &place)).is_err() {
        let _ = fs::remove_file(&waiting);
    }
}

/// Removes what nobody has asked for in two months; looks for it once a day.
pub(super) fn prune(root: &Path) {
    for store in STORES.iter().map(|store| root.join(FOLDER).join(store)).filter(|store| store.is_dir()) {
        let mark = store.join(PRUNED);
        if mark.exists() && age(&mark) < DAY {
            continue;
        }
        let _ = fs::remove_file(&mark);
        let _ = own_file(&mark, b"");
        for entry in walkdir::WalkDir::new(store).into_iter().filter_map(Result::ok) {
            if entry.file_type().is_file() && age(entry.path()) > AGE {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(unix)]
fn own_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir_all(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn own_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn own_file(file: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        assert_eq!(read(root, "images/a"), None);
        write(root, "images/a", b"picture");
        write(root, "images/b", b"other");
        assert_eq!(read(root, "images/a").as_deref(), Some(&b"picture"[..]));
        assert_eq!(
            [is_there(root, "images/a"), is_there(root, "images"), is_there(root, "images/c")],
            [true, false, false]
        );
        // Half of it, another one in its place, and none of ours.
        let folder = root.join(FOLDER).join("images");
        let whole = fs::read(folder.join("a")).unwrap();
        let other = fs::read(folder.join("b")).unwrap();
        for forged in [&whole[..whole.len() - 1], &other, b"", b"picture"] {
            fs::write(folder.join("a"), forged).unwrap();
            assert_eq!(read(root, "images/a"), None);
        }
        write(root, "images/a", b"picture");
        assert_eq!(read(root, "images/a").as_deref(), Some(&b"picture"[..]));
        assert_eq!(fs::read_dir(folder).unwrap().count(), 2, "nothing half written is left");
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FOLDER), "a file").unwrap();
        write(dir.path(), "images/a", b"picture");
        assert_eq!(read(dir.path(), "images/a"), None);
        prune(dir.path());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "images/a", b"picture");
        let folder = dir.path().join(FOLDER);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("images")), 0o700);
        assert_eq!(mode(&folder.join("images/a")), 0o600);
    }

    #[test]
    fn only_what_nobody_asks_for_goes() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for name in ["images/used", "images/seen", "images/new", "images/old"] {
            write(root, name, b"picture");
        }
        let place = |name: &str| root.join(FOLDER).join(name);
        for name in ["images/used", "images/seen", "images/old"] {
            let file = fs::File::options().append(true).open(place(name)).unwrap();
            file.set_modified(SystemTime::now() - AGE - DAY).unwrap();
        }
        assert!(read(root, "images/used").is_some() && is_there(root, "images/seen"));
        prune(root);
        assert!(["images/used", "images/seen", "images/new"].iter().all(|name| place(name).exists()));
        assert!(!place("images/old").exists());
    }
}
