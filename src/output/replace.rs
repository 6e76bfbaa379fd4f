//! Changes of the site's own files, for commands that are asked to: whole files, each at once or not at all.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is a part of the only one that writes to the disk"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{OutputError, failed};

/// Gives a file other bytes. They are written beside it first and then take its place, so that nobody ever meets half of
/// a file; its permissions stay. A link is followed, and not replaced by a file.
///
/// # Errors
///
/// The disk is full, or the file or its folder may not be changed. The file is then as it was.
pub fn replace(file: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let place = fs::canonicalize(file).map_err(failed("finding", file))?;
    let permissions = fs::metadata(&place).map_err(failed("reading", file))?.permissions();
    if permissions.readonly() {
        let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        return Err(failed("writing", file)(error));
    }
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let waiting = place.with_file_name(format!(".{name}.ringback-new"));
    let done = fs::write(&waiting, bytes)
        .and_then(|()| fs::set_permissions(&waiting, permissions))
        .and_then(|()| fs::rename(&waiting, &place));
    done.map_err(|error| {
        let _ = fs::remove_file(&waiting);
        failed("writing", file)(error)
    })
}

/// Writes a file of the site that changes, as [`replace`] does, or is new.
///
/// # Errors
///
/// The disk is full, or the file or its folder may not be changed.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if file.symlink_metadata().is_ok() {
        return replace(file, bytes);
    }
    let (folder, name) = (file.parent().unwrap_or(file), file.file_name().unwrap_or_default());
    let new = (name.to_string_lossy().into_owned(), bytes);
    super::seed::seed(folder, &BTreeMap::from([new]))
}

/// What was kept under a name in the folder of what can be made again; `None` where nothing was, or it can't be read.
#[must_use]
pub fn read_kept(cache: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(cache.join(name)).ok()
}

/// Keeps something under a name, for nobody but its owner: it may say what only the team sees. Losing it costs time and
/// nothing else, so a failure is no error.
pub fn keep(cache: &Path, name: &str, bytes: &[u8]) {
    let waiting = cache.join(format!("{name}.new"));
    let _ = own_folder(cache)
        .and_then(|()| own_file(&waiting, bytes))
        .and_then(|()| fs::rename(&waiting, cache.join(name)));
}

/// Makes the folder, and takes from others what they may do in one that is there.
#[cfg(unix)]
pub(super) fn own_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir_all(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Elsewhere, who may open a folder is handed down from the one above.
#[cfg(not(unix))]
pub(super) fn own_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Writes a new file that only its owner may read, from its first byte on.
fn own_file(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(bytes)
}
