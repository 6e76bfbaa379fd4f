//! A folder or a file of somebody else's, which `import` reads: never written to, and no part of a site.

#![expect(clippy::disallowed_methods, reason = "this module is a part of the door to the disk")]

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Folders that hold no content, and may hold a hundred thousand files.
const PASSED: &[&str] = &[".git", ".hg", ".svn", "node_modules", ".ringback", ".jekyll-cache", ".sass-cache"];

/// A folder, whose files are read by their paths below it.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at a place.
    ///
    /// # Errors
    ///
    /// There is none, or it can't be read.
    pub fn open(root: &Path) -> io::Result<Self> {
        fs::read_dir(root)?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// The paths of all files in it, with `/` between folders, sorted. Links are not followed: they may lead anywhere.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        let is_passed = |entry: &walkdir::DirEntry| {
            entry.depth() > 0 && PASSED.iter().any(|name| entry.file_name() == *name)
        };
        let all = walkdir::WalkDir::new(&self.root).into_iter().filter_entry(|entry| !is_passed(entry));
        let files = all.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let name = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(&self.root).ok()?.to_str()?.replace('\\', "/");
            Some(path)
        };
        let mut paths: Vec<String> = files.filter_map(name).collect();
        paths.sort_unstable();
        paths
    }

    /// The bytes of a file by its path.
    ///
    /// # Errors
    ///
    /// It isn't there, can't be read, or its path leads out of the folder.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.disk_path(path)?)
    }

    /// Where a file is on disk.
    ///
    /// # Errors
    ///
    /// Its path leads out of the folder.
    pub fn disk_path(&self, path: &str) -> io::Result<PathBuf> {
        let leads_out = path.starts_with('/') || path.split(['/', '\\']).any(|part| part == "..");
        match leads_out {
            true => Err(io::Error::from(io::ErrorKind::InvalidInput)),
            false => Ok(self.root.join(path)),
        }
    }
}

/// Opens a file to read it piece by piece.
///
/// # Errors
///
/// It isn't there, or can't be read.
pub fn open(file: &Path) -> io::Result<impl BufRead + use<>> {
    Ok(BufReader::with_capacity(1 << 16, fs::File::open(file)?))
}

/// The bytes of a file, if there is one.
///
/// # Errors
///
/// It is there, and can't be read.
pub fn read_if_there(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
