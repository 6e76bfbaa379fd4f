//! What has changed in a site's folder since it was read.

use std::collections::BTreeSet;

/// What has changed in a site's folder since it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These paths from the site's root, and whatever is below them.
    Paths(BTreeSet<String>),
    /// Anything may have changed: nobody knows what.
    All,
}

impl Changes {
    /// No change.
    #[must_use]
    pub fn none() -> Self {
        Self::Paths(BTreeSet::new())
    }

    /// Is this path among them, or below one of them?
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Paths(paths) => {
                let above = path.match_indices('/').map(|(at, _)| &path[..at]);
                above.chain([path]).any(|path| paths.contains(path))
            }
        }
    }

    /// Adds other changes; what nobody knows stays unknown.
    pub fn extend(&mut self, others: Self) {
        match (self, others) {
            (Self::Paths(own), Self::Paths(others)) => own.extend(others),
            (own, _) => *own = Self::All,
        }
    }
}
