//! The beginning of a site or page: new files only. What is there already is never touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{OutputError, failed};
use crate::project::CONFIG_FILE;

/// What may be in a folder in which a site is begun, or built for the first time: it is nobody's content.
const NO_CONTENT: &[&str] = &[".git", ".hg", ".jj", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// How the name of what isn't complete yet ends.
const WAITING: &str = ".ringback-new";

/// Is it what version control or the system leaves in a folder, or what was being written when somebody was interrupted?
pub(super) fn is_no_content(name: &std::ffi::OsStr) -> bool {
    NO_CONTENT.iter().any(|known| name == *known) || is_waiting(&name.to_string_lossy())
}

/// Is this the name of a file of ours that takes another one's place when it is complete?
#[must_use]
pub fn is_waiting(name: &str) -> bool {
    name.ends_with(WAITING)
}

/// The names of what is in a folder, sorted, without what version control and systems leave there. A folder that doesn't
/// exist is empty.
///
/// # Errors
///
/// It is no folder, or can't be read.
pub fn occupants(folder: &Path) -> Result<Vec<String>, OutputError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("reading the folder", folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed("reading the folder", folder))?;
        if !is_no_content(&entry.file_name()) {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Those of some files, by their paths below `root`, that exist already.
#[must_use]
pub fn already_there(root: &Path, files: &BTreeMap<String, String>) -> Vec<String> {
    files.keys().filter(|path| root.join(path).exists()).cloned().collect()
}

/// Writes files, by their paths below `root`. All of them or none: if one can't be written, or is there already, those
/// written before it are removed again. A folder that doesn't exist is made beside its place and moved there when it is
/// complete; in one that does, each file appears whole, and the configuration last, without which the rest is no site. So
/// nobody who interrupts this is left with half a site.
///
/// # Errors
///
/// A file of that name exists, or the system says no.
pub fn seed<T: AsRef<[u8]>>(root: &Path, files: &BTreeMap<String, T>) -> Result<(), OutputError> {
    let mut made = Made::default();
    let done = match root.file_name() {
        Some(name) if root.symlink_metadata().is_err() => {
            let waiting = root.with_file_name(waiting_name(name));
            // What somebody who was interrupted left behind.
            let _ = fs::remove_dir_all(&waiting);
            made.folders_to(&waiting)
                .and_then(|()| made.all(&waiting, files))
                .and_then(|()| fs::rename(&waiting, root).map_err(failed("making the folder", root)))
        }
        _ => made.folders_to(root).and_then(|()| made.all(root, files)),
    };
    done.inspect_err(|_| made.undo())
}

/// What a file or folder is called until it is complete.
fn waiting_name(name: &std::ffi::OsStr) -> String {
    format!(".{}{WAITING}", name.to_string_lossy())
}

/// What was made so far, in this order.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn all<T: AsRef<[u8]>>(&mut self, root: &Path, files: &BTreeMap<String, T>) -> Result<(), OutputError> {
        let is_last = |path: &&String| *path == CONFIG_FILE;
        let paths = files.keys().filter(|path| !is_last(path)).chain(files.keys().filter(is_last));
        for path in paths {
            self.file(&root.join(path), files[path].as_ref())?;
        }
        Ok(())
    }

    fn folders_to(&mut self, folder: &Path) -> Result<(), OutputError> {
        let missing = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        fs::create_dir_all(folder).map_err(failed("making the folder", folder))?;
        self.folders.extend(missing.into_iter().rev());
        Ok(())
    }

    fn file(&mut self, place: &Path, bytes: &[u8]) -> Result<(), OutputError> {
        let (folder, name) = (place.parent().unwrap_or(place), place.file_name().unwrap_or_default());
        self.folders_to(folder)?;
        let waiting = folder.join(waiting_name(name));
        let done = fs::write(&waiting, bytes).and_then(|()| appear(&waiting, place, bytes));
        let _ = fs::remove_file(&waiting);
        done.map_err(failed("writing", place))?;
        self.files.push(place.to_path_buf());
        Ok(())
    }

    fn undo(&self) {
        for place in self.files.iter().rev() {
            let _ = fs::remove_file(place);
        }
        // The deepest first; one that somebody else has put a file into stays, because it can't be removed.
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Gives a finished file its name. Renaming would replace one that somebody else put there since we looked; a second name
/// doesn't. Where the disk has no second names, the file is written once more.
fn appear(waiting: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::hard_link(waiting, place) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            fs::File::create_new(place)?.write_all(bytes)
        }
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> BTreeMap<String, String> {
        paths.iter().map(|path| ((*path).to_string(), "new".to_string())).collect()
    }

    #[test]
    fn all_or_nothing_and_never_over_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("a/b");
        seed(&root, &files(&["x.md", "deep/y.md"])).unwrap();
        assert_eq!(fs::read_to_string(root.join("deep/y.md")).unwrap(), "new");
        fs::write(root.join("z.md"), "mine").unwrap();
        let failure = seed(&root, &files(&["other/w.md", "z.md"])).unwrap_err();
        assert!(failure.to_string().contains("z.md"), "{failure}");
        assert_eq!(fs::read_to_string(root.join("z.md")).unwrap(), "mine");
        assert!(!root.join("other").exists(), "a folder was left behind");
        assert_eq!(occupants(&root).unwrap(), ["deep", "x.md", "z.md"]);
    }

    #[test]
    fn a_new_folder_is_there_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("å site");
        // Left by somebody who was interrupted.
        fs::create_dir(folder.path().join(".å site.ringback-new")).unwrap();
        fs::write(folder.path().join(".å site.ringback-new/x.md"), "half").unwrap();
        assert!(occupants(folder.path()).unwrap().is_empty());
        seed(&root, &files(&["x.md", "ringback.yaml"])).unwrap();
        assert_eq!(fs::read_to_string(root.join("x.md")).unwrap(), "new");
        let there: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
        assert_eq!(there, ["å site"]);
        // What can't be written leaves nothing: a name is a folder's here and a file's there.
        let other = folder.path().join("other");
        assert!(seed(&other, &files(&["a", "a/b"])).is_err());
        assert!(!other.exists() && !folder.path().join(".other.ringback-new").exists());
    }

    #[test]
    fn the_configuration_comes_last() {
        let mut made = Made::default();
        let folder = tempfile::tempdir().unwrap();
        made.all(folder.path(), &files(&["a.md", "ringback.yaml", "z/z.md"])).unwrap();
        let names = made.files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned());
        assert_eq!(names.collect::<Vec<_>>(), ["a.md", "z.md", "ringback.yaml"]);
    }

    #[test]
    fn version_control_is_no_content() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        assert!(occupants(folder.path()).unwrap().is_empty());
        assert!(occupants(&folder.path().join("none")).unwrap().is_empty());
        fs::write(folder.path().join("f"), "").unwrap();
        assert_eq!(occupants(folder.path()).unwrap(), ["f"]);
        assert!(occupants(&folder.path().join("f")).is_err());
    }
}
