//! The files of an export: one file, a folder, or an archive.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::{ImportError, archive};
use crate::project::folder::{self, Folder};

/// The texts of an export, by their paths in it.
pub(super) type Bundle = BTreeMap<String, String>;

/// Reads those files that `is_wanted` says yes to.
///
/// # Errors
///
/// It isn't there, or can't be read.
pub(super) fn open(place: &Path, is_wanted: &dyn Fn(&str) -> bool) -> Result<Bundle, ImportError> {
    let text = |bytes: Vec<u8>| {
        String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned()
    };
    if let Ok(folder) = Folder::open(place) {
        let mut found = Bundle::new();
        for path in folder.files().into_iter().filter(|path| is_wanted(path)) {
            let bytes =
                folder.read(&path).map_err(|error| ImportError::unreadable(Path::new(&path), &error))?;
            found.insert(path, text(bytes));
        }
        return Ok(found);
    }
    let bytes = folder::read_if_there(place).map_err(|error| ImportError::unreadable(place, &error))?;
    let bytes = bytes.ok_or_else(|| ImportError::unreadable(place, &std::io::ErrorKind::NotFound.into()))?;
    if archive::is_zip(&bytes) {
        return Ok(archive::read(&bytes, is_wanted)?
            .into_iter()
            .map(|(name, bytes)| (name, text(bytes)))
            .collect());
    }
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Bundle::from([(name, text(bytes))]))
}
