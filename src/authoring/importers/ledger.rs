//! Which files an import has written, by the hash of their bytes: so a second one changes what changed at the source, and
//! never a file that somebody has edited since.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::encode::bytes::hex;

/// The file that keeps the hashes, in the site's root.
pub const FILE: &str = "import-hashes.json";

/// The folder of new versions of files that somebody has edited.
pub const CONFLICTS: &str = "import-conflicts";

/// The files that an import has written, each with the hash of what was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    hashes: BTreeMap<String, String>,
}

/// What an import does with one of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It wasn't there before, and is written.
    New,
    /// It is there, as it should be.
    Same,
    /// The source has changed, and nobody has edited it: it is written.
    Changed,
    /// Somebody has edited or removed it, and the source is as it was: it stays so.
    Edited,
    /// Somebody has edited it, or it was there before, and the source says something else: the new one is written beside.
    Conflict,
}

/// The hash of a file's bytes.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

impl Ledger {
    /// Reads what [`Ledger::print`] has written. What can't be read counts as nothing: every file that is there is then somebody's.
    #[must_use]
    pub fn read(text: &[u8]) -> Self {
        Self { hashes: serde_json::from_slice(text).unwrap_or_default() }
    }

    /// As JSON, a file a line.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.hashes).expect("texts are JSON");
        text.push('\n');
        text
    }

    /// What becomes of the file at `path`, whose bytes have the hash `now` on disk, if it is there, and should have `new`.
    #[must_use]
    pub fn verdict(&self, path: &str, now: Option<&str>, new: &str) -> Verdict {
        match (self.hashes.get(path).map(String::as_str), now) {
            (_, Some(now)) if now == new => Verdict::Same,
            (None, None) => Verdict::New,
            (Some(written), Some(now)) if written == now => Verdict::Changed,
            (Some(written), _) if written == new => Verdict::Edited,
            (_, None) => Verdict::Edited,
            _ => Verdict::Conflict,
        }
    }

    /// Notes what the source says of a file, whether or not it was written.
    pub fn note(&mut self, path: &str, hash: String) {
        self.hashes.insert(path.to_string(), hash);
    }

    /// The paths of files that this import has not made, and an earlier one has.
    #[must_use]
    pub fn removed_since(&self, earlier: &Self) -> Vec<String> {
        earlier.hashes.keys().filter(|path| !self.hashes.contains_key(*path)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_loses_what_they_wrote() {
        let mut ledger = Ledger::default();
        ledger.note("a", "1".into());
        let ledger = Ledger::read(ledger.print().as_bytes());
        let cases = [
            ("b", None, "1", Verdict::New),
            ("b", Some("0"), "1", Verdict::Conflict),
            ("b", Some("1"), "1", Verdict::Same),
            ("a", Some("1"), "1", Verdict::Same),
            ("a", Some("1"), "2", Verdict::Changed),
            ("a", Some("9"), "1", Verdict::Edited),
            ("a", Some("9"), "2", Verdict::Conflict),
            ("a", None, "1", Verdict::Edited),
            ("a", None, "2", Verdict::Edited),
        ];
        for (path, now, new, expected) in cases {
            assert_eq!(ledger.verdict(path, now, new), expected, "{path} {now:?} {new}");
        }
        assert_eq!(Ledger::default().removed_since(&ledger), ["a"]);
        assert_eq!(Ledger::read(b"no"), Ledger::default());
    }
}
