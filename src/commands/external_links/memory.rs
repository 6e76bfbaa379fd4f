//! What is known from earlier visits. Only what is good news is believed again: who has fixed a link wants to see it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Verdict;

/// The layout of the file; another one is read as nothing.
const VERSION: u32 = 1;

/// Verdicts by address, with the second in which they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictCache {
    known: BTreeMap<String, (i64, Verdict)>,
    now: i64,
    /// Seconds for which a verdict is believed.
    age: i64,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    links: BTreeMap<String, (i64, Verdict)>,
}

impl VerdictCache {
    /// Reads what was kept, if it can be read; verdicts older than `days` are not believed.
    #[must_use]
    pub fn read(bytes: Option<&[u8]>, now: Timestamp, days: u16) -> Self {
        let file = bytes.and_then(|bytes| serde_json::from_slice::<File>(bytes).ok());
        let known = file.filter(|file| file.version == VERSION).map(|file| file.links).unwrap_or_default();
        Self { known, now: now.as_second(), age: i64::from(days) * 86_400 }
    }

    /// What is remembered, as bytes to be kept until the next check.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&File { version: VERSION, links: self.known.clone() }).expect("its keys are texts")
    }

    /// A verdict that is young enough.
    pub(super) fn recall(&self, address: &str) -> Option<Verdict> {
        let (second, verdict) = self.known.get(address)?;
        // A clock that was ahead must not make a verdict hold for ever.
        let is_young = (0..self.age).contains(&(self.now - second));
        (is_young && matches!(verdict, Verdict::Fine | Verdict::Moved(_))).then(|| verdict.clone())
    }

    /// Remembers what was found out about an address, and that it was now.
    pub(super) fn keep(&mut self, address: &str, verdict: &Verdict) {
        self.known.insert(address.to_string(), (self.now, verdict.clone()));
    }

    /// Forgets links that the site doesn't have any more.
    pub(super) fn forget_all_but(&mut self, verdicts: &BTreeMap<String, Verdict>) {
        self.known.retain(|address, _| verdicts.contains_key(address));
    }
}
