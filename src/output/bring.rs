//! Files that are brought from elsewhere, whatever is in them: each appears whole or not at all.

use std::fs;
use std::path::Path;

use super::{OutputError, failed};

/// Puts bytes at a place, in the place of what is there. Its folders are made.
///
/// # Errors
///
/// The disk is full, or the file or its folder may not be changed. What was there is then as it was.
pub fn replace(place: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    appear(place, |waiting| fs::write(waiting, bytes))
}

/// Puts a copy of a file at a place, in the place of what is there.
///
/// # Errors
///
/// As for [`replace`], or the file can't be read.
pub fn copy(from: &Path, place: &Path) -> Result<(), OutputError> {
    appear(place, |waiting| fs::copy(from, waiting).map(drop))
}

fn appear(place: &Path, write: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), OutputError> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder).map_err(failed("making the folder", folder))?;
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let waiting = folder.join(format!(".{name}.ringback-new"));
    let done = write(&waiting).and_then(|()| fs::rename(&waiting, place));
    done.map_err(|error| {
        let _ = fs::remove_file(&waiting);
        failed("writing", place)(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_copies_appear_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a/b.bin");
        replace(&place, &[0xff, 0]).unwrap();
        replace(&place, &[0xfe]).unwrap();
        copy(&place, &folder.path().join("c/d.bin")).unwrap();
        assert_eq!(fs::read(folder.path().join("c/d.bin")).unwrap(), [0xfe]);
        assert!(replace(&place.join("under a file"), b"x").is_err());
        assert!(copy(&folder.path().join("none"), &folder.path().join("e")).is_err());
        assert!(!folder.path().join("e").exists());
    }
}
