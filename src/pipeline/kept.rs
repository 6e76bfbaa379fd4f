//! What `serve` keeps from one reading to the next: what depends on one file alone, and on the configuration.
//!
//! Nothing in here is ever updated. A file that has changed is forgotten ([`Kept::forget`]) and read again; when the
//! configuration has changed, everything is. What depends on several files is always made anew, with one exception that
//! is forgotten as a whole: the theme, which depends on the files in `themes/` and the configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config;
use crate::diag::Diagnostic;
use crate::model::Entry;
use crate::model::locale::Tools;
use crate::parse::image::ImageSize;
use crate::render::theme::Theme;

/// What has changed in a site's folder since it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These paths from the site's root, and whatever is below them.
    Paths(BTreeSet<String>),
    /// Nobody knows.
    All,
}

impl Changes {
    /// Nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::Paths(BTreeSet::new())
    }

    /// Is this path among them, or below one of them?
    #[must_use]
    pub fn touch(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Paths(paths) => {
                let above = path.match_indices('/').map(|(at, _)| &path[..at]);
                above.chain([path]).any(|path| paths.contains(path))
            }
        }
    }

    /// These and others.
    pub fn extend(&mut self, others: Self) {
        match (self, others) {
            (Self::Paths(own), Self::Paths(others)) => own.extend(others),
            (own, _) => *own = Self::All,
        }
    }
}

/// A value with what was reported when it was made.
type Found<T> = (T, Vec<Diagnostic>);

/// What was read.
#[derive(Debug, Default)]
pub struct Kept {
    /// Dates, numbers and alphabets of its languages.
    pub(super) tools: Option<Arc<Vec<Tools>>>,
    /// The theme.
    pub(super) theme: Option<Found<Arc<Theme>>>,
    /// Pages by path; nothing for a file whose place is refused.
    pub(super) entries: BTreeMap<String, Found<Option<Arc<Entry>>>>,
    /// Images by path; nothing where the size can't be told.
    pub(super) images: BTreeMap<String, Option<ImageSize>>,
}

impl Kept {
    /// Forgets what has changed.
    pub fn forget(&mut self, changes: &Changes) {
        if *changes == Changes::All || changes.touch(config::FILE) {
            *self = Self::default();
            return;
        }
        let Changes::Paths(paths) = changes else { return };
        for path in paths {
            remove(&mut self.entries, path);
            remove(&mut self.images, path);
            if path.split('/').next() == Some("themes") {
                self.theme = None;
            }
        }
    }
}

/// Removes a path and what is below it.
fn remove<T>(map: &mut BTreeMap<String, T>, path: &str) {
    map.remove(path);
    let below = format!("{path}/");
    let found: Vec<String> = map
        .range(below.clone()..)
        .map(|(path, _)| path)
        .take_while(|path| path.starts_with(&below))
        .cloned()
        .collect();
    for path in found {
        map.remove(&path);
    }
}
