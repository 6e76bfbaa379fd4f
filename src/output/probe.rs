//! What a folder does with a file: written, looked at and removed again, for `doctor --here`.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is a part of the only one that writes to the disk"
)]

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// The file that is written: its name has letters in both cases, and an å in one character.
const NAME: &str = ".Ringback-\u{e5}-probe";

/// What a file that was written for a trial has shown of its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    /// Is it found under its name in other case?
    pub ignores_case: bool,
    /// Does the folder list it by the name that it was given?
    pub keeps_names: bool,
    /// How many seconds its time is ahead of the computer's.
    pub ahead: i64,
}

/// Writes a file into a folder, looks at it, and removes it.
///
/// # Errors
///
/// It can't be written; the text is the system's.
pub fn probe(folder: &Path) -> Result<Probe, String> {
    let place = folder.join(NAME);
    fs::write(&place, "ringback doctor").map_err(|error| error.to_string())?;
    let ignores_case = folder.join(NAME.to_uppercase()).exists();
    let names = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let keeps_names = names.map(|entry| entry.file_name()).any(|name| name == NAME);
    let time = fs::metadata(&place).and_then(|data| data.modified()).map_err(|error| error.to_string());
    let _ = fs::remove_file(&place);
    let seconds = |duration: std::time::Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    let ahead = match time?.duration_since(SystemTime::now()) {
        Ok(ahead) => seconds(ahead),
        Err(behind) => -seconds(behind.duration()),
    };
    Ok(Probe { ignores_case, keeps_names, ahead })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let probe = probe(folder.path()).unwrap();
        assert!(probe.ahead.abs() < 60, "{probe:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(super::probe(&folder.path().join("none")).is_err());
    }
}
