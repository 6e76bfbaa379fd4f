//! The beginning of a site or page: new files only. What is there already is never touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{OutputError, failed};

/// What may be in a folder in which a site is begun, or built for the first time: it is nobody's content.
const NO_CONTENT: &[&str] = &[".git", ".hg", ".jj", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// Is it what version control or the system leaves in a folder?
pub(super) fn is_no_content(name: &std::ffi::OsStr) -> bool {
    NO_CONTENT.iter().any(|known| name == *known)
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

/// Writes files, by their paths below `root`, which is made where it doesn't exist. All of them or none: if one can't be
/// written, or is there already, those written before it are removed again.
///
/// # Errors
///
/// A file of that name exists, or the system says no.
pub fn seed(root: &Path, files: &BTreeMap<String, String>) -> Result<(), OutputError> {
    let mut written: Vec<PathBuf> = Vec::new();
    let mut made: Vec<PathBuf> = Vec::new();
    for (path, text) in files {
        let place = root.join(path);
        if let Err(failure) = write(&place, text, &mut made, &mut written) {
            for place in written.iter().rev() {
                let _ = fs::remove_file(place);
            }
            // The deepest first; one that somebody else has put a file into stays, because it can't be removed.
            for folder in made.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
            return Err(failure);
        }
    }
    Ok(())
}

fn write(
    place: &Path,
    text: &str,
    made: &mut Vec<PathBuf>,
    written: &mut Vec<PathBuf>,
) -> Result<(), OutputError> {
    if let Some(folder) = place.parent() {
        let missing = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        fs::create_dir_all(folder).map_err(failed("making the folder", folder))?;
        made.extend(missing.into_iter().rev());
    }
    // Between a look and the writing somebody else could put a file there.
    let mut file = fs::File::create_new(place).map_err(failed("writing", place))?;
    written.push(place.to_path_buf());
    file.write_all(text.as_bytes()).map_err(failed("writing", place))
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
