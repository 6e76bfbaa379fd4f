//! What is remembered of the last build, so that one with nothing to do ends at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{MANIFEST, Summary};
use crate::diag::Diagnostic;
use crate::encode::bytes::hex;

/// Size and time of change: tells without reading that a file is as it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    pub(super) size: u64,
    pub(super) changed: u128,
}

impl Stamp {
    /// The stamp of a file on disk; `None` where there is none, or the system doesn't say.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let data = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let changed = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        Some(Self { size: data.len(), changed })
    }
}

/// What a build had to say, kept with its output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BuildNotes {
    /// How many pages the output has.
    pub pages: usize,
    /// The warnings of that build, to be told again.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where an output's last build is remembered, and what this one is made from.
#[derive(Debug, Clone, Copy)]
pub struct LastBuild<'a> {
    /// The folder of what can be made again.
    pub cache: &'a Path,
    /// The hash of everything that the output is made from.
    pub fingerprint: &'a str,
}

/// What is remembered between builds of one output. Losing it costs time, nothing else.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct BuildRecord {
    /// Of the inputs that the output was made from.
    pub(super) fingerprint: String,
    /// Of each file of the output.
    pub(super) stamps: BTreeMap<String, Stamp>,
    /// What files were made from that aren't made again when that is the same.
    #[serde(default)]
    pub(super) keys: BTreeMap<String, String>,
    pub(super) notes: BuildNotes,
}

impl BuildRecord {
    /// The file that remembers the last build of `dir`.
    pub(super) fn file(dir: &Path, cache: &Path) -> PathBuf {
        let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_path_buf());
        let hash = Sha256::digest(whole.to_string_lossy().as_bytes());
        cache.join(format!("output-{}.json", hex(&hash[..8])))
    }

    /// What is remembered of the last build of `dir`; empty where nothing can be read.
    pub(super) fn read(dir: &Path, cache: &Path) -> Self {
        let bytes = fs::read(Self::file(dir, cache)).ok();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }
}

/// What the last build of `dir` came to, if it was made from the same inputs and every file of the output is still as
/// it left it: then there is nothing to do.
#[must_use]
pub fn unchanged(dir: &Path, memory: &LastBuild<'_>) -> Option<(Summary, BuildNotes)> {
    let before = fs::read_to_string(dir.join(MANIFEST)).ok()?;
    let remembered = BuildRecord::read(dir, memory.cache);
    let files = before.lines().filter(|line| !line.starts_with('#')).count();
    let is_whole = files == remembered.stamps.len() && remembered.fingerprint == memory.fingerprint;
    let is_same = is_whole
        && remembered.stamps.iter().all(|(name, stamp)| Stamp::read(&dir.join(name)).as_ref() == Some(stamp));
    is_same.then(|| (Summary { files, ..Summary::default() }, remembered.notes))
}
