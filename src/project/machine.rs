//! What the system says of itself, for `doctor --here`.

#![expect(clippy::disallowed_methods, reason = "this module is a part of the door to the disk")]

use std::path::{Path, PathBuf};
use std::process::Command;

use super::FOLDERS;

/// Where Linux says how many folders it tells of.
const LIMIT: &str = "/proc/sys/fs/inotify/max_user_watches";

/// Files of CI that name a version of ringback.
const CI: &[&str] = &[".github/workflows/site.yaml", ".gitlab-ci.yml", "build.sh"];

/// How many folders the system tells of, and how many there are to tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchLimit {
    /// How many folders the system lets one user watch (`fs.inotify.max_user_watches`).
    pub limit: u64,
    /// The site's folders that `serve` watches, with those in them.
    pub folders: u64,
}

/// The limit on watched folders, on systems that have one.
#[must_use]
pub fn watches(root: &Path) -> Option<WatchLimit> {
    let limit = std::fs::read_to_string(LIMIT).ok()?.trim().parse().ok()?;
    let all = FOLDERS.iter().flat_map(|folder| walkdir::WalkDir::new(root.join(folder)));
    let folders = all.filter_map(Result::ok).filter(|entry| entry.file_type().is_dir()).count();
    Some(WatchLimit { limit, folders: u64::try_from(folders).unwrap_or(u64::MAX) })
}

/// Bytes of all files below a folder; none where it doesn't exist.
#[must_use]
pub fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.metadata().ok())
        .map(|data| data.len())
        .sum()
}

/// Bytes that are free for us on the disk of a folder, where the system says so.
#[cfg(unix)]
#[must_use]
pub fn free(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

/// Nobody has asked for it on other systems yet.
#[cfg(not(unix))]
#[must_use]
pub fn free(_: &Path) -> Option<u64> {
    None
}

/// What git says of its version; nothing where there is none that runs.
#[must_use]
pub fn git() -> Option<String> {
    let output =
        Command::new("git").arg("--version").output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// Where a program is, by the folders of `PATH`; on Windows, some are scripts.
#[must_use]
pub fn program(name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    let folders = std::env::var_os("PATH")?;
    let places = std::env::split_paths(&folders)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))));
    places.into_iter().find(|place| place.is_file())
}

/// The versions of ringback that a site's CI installs, each with the file that names it, once.
#[must_use]
pub fn ci_versions(root: &Path) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for file in CI {
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        for rest in text.split("ringback@").skip(1) {
            let version = rest.trim_start_matches('v');
            let end = version.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '+'));
            let version = version[..end.unwrap_or(version.len())].trim_end_matches('.');
            let is_new = !found.iter().any(|(other, of)| other == version && of == file);
            if version.starts_with(|c: char| c.is_ascii_digit()) && is_new {
                found.push((version.to_string(), (*file).to_string()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ci_names_versions() {
        let folder = tempfile::tempdir().unwrap();
        let script = "npm install ringback@0.1.0\nuses: us/ringback@v1.2.3-rc.1 # why\nringback@latest\nringback@0.1.0.";
        std::fs::write(folder.path().join("build.sh"), script).unwrap();
        let versions: Vec<String> =
            ci_versions(folder.path()).into_iter().map(|(version, _)| version).collect();
        assert_eq!(versions, ["0.1.0", "1.2.3-rc.1"]);
        assert!(ci_versions(&folder.path().join("none")).is_empty());
    }

    #[test]
    fn sizes_and_folders_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("content/a/b")).unwrap();
        std::fs::create_dir_all(folder.path().join("public/a/b")).unwrap();
        std::fs::write(folder.path().join("content/a/x"), "12345").unwrap();
        assert_eq!((size(folder.path()), size(&folder.path().join("none"))), (5, 0));
        if let Some(watches) = watches(folder.path()) {
            assert_eq!(watches.folders, 3, "content, and what is in it");
        }
        assert!(cfg!(not(unix)) || free(folder.path()).is_some_and(|free| free > 0));
    }
}
