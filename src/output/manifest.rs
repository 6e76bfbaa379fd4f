//! The list of what ringback wrote into a folder, which stays in that folder: each line a hash and a path.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Hash, OutputError, failed};
use crate::encode::bytes::{hex, of_hex};

/// The list of what ringback wrote, in the output folder: a line with hash and path for each file.
pub const MANIFEST: &str = ".ringback-manifest";

/// Writes the manifest of an output: a hash and a path on each line.
pub(super) fn write_manifest(dir: &Path, files: &BTreeMap<&str, &Hash>) -> Result<(), OutputError> {
    let mut text = String::from("# What ringback wrote here. It removes nothing else.\n");
    for (name, hash) in files {
        text.push_str(&hex(*hash));
        text.push(' ');
        text.push_str(name);
        text.push('\n');
    }
    let (new, place) = (dir.join(format!("{MANIFEST}.new")), dir.join(MANIFEST));
    fs::write(&new, text).map_err(failed("writing", &new))?;
    fs::rename(&new, &place).map_err(failed("writing", &place))
}

/// Lines that can't be read are left out: then their files are nobody's, and are never removed.
pub(super) fn read_manifest(text: &str) -> BTreeMap<String, Hash> {
    let line = |line: &str| {
        let (hash, name) = line.split_once(' ')?;
        let is_inside =
            !name.is_empty() && !name.starts_with('/') && !name.split('/').any(|part| part == "..");
        Some((name.to_string(), of_hex(hash).filter(|_| is_inside)?))
    };
    text.lines().filter_map(line).collect()
}
