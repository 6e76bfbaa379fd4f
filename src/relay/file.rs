//! Files that only their owner reads.

use std::io::Write as _;
use std::path::Path;

use crate::network::{Answer, Unreachable};

/// Writes a line to a file, and waits until the disk has it.
pub(super) fn append(file: &Path, line: &str) -> Result<Answer, Unreachable> {
    let write = || {
        let mut file = shared_file(file)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        file.sync_data()
    };
    let done: std::io::Result<()> = write();
    done.map(|()| Answer { status: 200, ..Answer::default() })
        .map_err(|error| Unreachable::Other(error.to_string()))
}

/// Opens a file that only its owner reads, to write at its end.
#[expect(clippy::disallowed_methods, reason = "the relay keeps leads on disk")]
pub(super) fn shared_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
