//! What `serve` keeps from one reading to the next, and a build from its fingerprint to its reading: what depends on one
//! file alone, and on the configuration.
//!
//! Nothing in here is ever updated. A file that has changed is forgotten ([`ReadCache::forget`]) and read again; when the
//! configuration has changed, everything is. What depends on several files is always made anew, with one exception that
//! is forgotten as a whole: the theme, which depends on the files in `themes/` and the configuration.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::images::ImageFacts;
use crate::config::{Config, LangId};
use crate::content::Document;
use crate::diag::{Diagnostic, Diagnostics};
use crate::ids::IdVec;
use crate::languages::formats::LocaleFormats;
use crate::project::{Changes, FILES, PathKind, Project, names};
use crate::site::PrintDocument;
use crate::theme::Theme;

/// A value with what was reported when it was made.
type Found<T> = (T, Vec<Diagnostic>);

/// What was read of a site's files, as long as nothing that it depends on has changed.
#[derive(Debug, Default)]
pub struct ReadCache {
    /// The paths of all files.
    pub(super) files: Option<Found<Arc<[String]>>>,
    /// What was forgotten since they were listed.
    pub(super) touched: BTreeSet<String>,
    /// The configuration, once it could be read.
    pub(super) config: Option<Found<Arc<Config>>>,
    /// Dates, numbers and alphabets of its languages.
    pub(super) tools: Option<Arc<IdVec<LangId, LocaleFormats>>>,
    /// The theme with all its layers, once it could be read.
    pub(super) theme: Option<Found<Arc<Theme>>>,
    /// Pages by path; nothing for a file whose place is refused.
    pub(super) documents: FxHashMap<String, Found<Option<Arc<Document>>>>,
    /// Which of them were forgotten since they were listed.
    pub(super) unread: BTreeSet<String>,
    /// All of them in their order.
    pub(super) listed: Option<FileListing>,
    /// What the files of images say, by path.
    pub(super) images: FxHashMap<String, ImageFacts>,
    /// Documents for print by path; nothing for a file that can't be read.
    pub(super) print_documents: FxHashMap<String, Option<PrintDocument>>,
}

/// What the list of all files comes to, as long as it is the same list.
#[derive(Debug)]
pub(super) struct FileListing {
    pub(super) files: Arc<[String]>,
    /// The files that are no pages: few, where there are thousands of pages.
    pub(super) others: Arc<[String]>,
    /// The pages, by their paths.
    pub(super) documents: Vec<Arc<Document>>,
}

impl ReadCache {
    /// Forgets what was read of files that have changed; everything, where nobody knows which.
    pub fn forget(&mut self, changes: &Changes) {
        let Changes::Paths(paths) = changes else {
            *self = Self::default();
            return;
        };
        // Which blocks there are decides what every text says.
        let is_block = |path: &String| path.starts_with("themes/") && path.contains("/blocks/");
        if FILES.iter().any(|file| paths.contains(*file)) || paths.iter().any(is_block) {
            *self = Self::default();
            return;
        }
        let mut may_be_folder = false;
        for path in paths {
            if self.documents.remove(path).is_some() {
                self.unread.insert(path.clone());
            } else {
                may_be_folder |=
                    self.images.remove(path).is_none() && self.print_documents.remove(path).is_none();
            }
            if path.split('/').next() == Some("themes") {
                self.theme = None;
            }
        }
        if may_be_folder {
            self.listed = None;
            self.documents.retain(|path, _| !changes.contains(path));
            self.images.retain(|path, _| !changes.contains(path));
            self.print_documents.retain(|path, _| !changes.contains(path));
        }
        self.touched.extend(paths.iter().cloned());
    }

    /// The configuration, read if it is not there yet.
    pub(super) fn config(
        &mut self,
        read: impl FnOnce(&mut Diagnostics) -> Option<Config>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Config>> {
        if self.config.is_none() {
            let mut problems = Diagnostics::new();
            let config = read(&mut problems);
            let problems: Vec<Diagnostic> = problems.into_iter().collect();
            let Some(config) = config else {
                diagnostics.extend(problems);
                return None;
            };
            self.config = Some((Arc::new(config), problems));
        }
        let (config, problems) = self.config.as_ref()?;
        diagnostics.extend(problems.iter().cloned());
        Some(Arc::clone(config))
    }

    /// The files that are no pages.
    pub(super) fn others(&self, files: &Arc<[String]>) -> Arc<[String]> {
        match &self.listed {
            Some(listed) if Arc::ptr_eq(&listed.files, files) => Arc::clone(&listed.others),
            _ => files.iter().filter(|file| !names::is_page(file)).cloned().collect(),
        }
    }

    /// The pages in the order of their paths, after those that were forgotten have been read again: `None` where they have to
    /// be listed anew.
    pub(super) fn relisted(
        &mut self,
        files: &Arc<[String]>,
        read: &BTreeSet<String>,
    ) -> Option<&[Arc<Document>]> {
        let listed = self.listed.as_mut().filter(|listed| Arc::ptr_eq(&listed.files, files))?;
        for file in read {
            let new = self.documents.get(file)?.0.as_ref()?;
            let at =
                listed.documents.binary_search_by(|document| document.place.path.as_str().cmp(file)).ok()?;
            listed.documents[at] = Arc::clone(new);
        }
        Some(&listed.documents)
    }

    /// The paths of all files, listed anew unless those that have changed are certain to be there as before.
    pub(super) fn files(&mut self, project: &dyn Project, diagnostics: &mut Diagnostics) -> Arc<[String]> {
        let touched = std::mem::take(&mut self.touched);
        let is_as_before = |files: &[String], path: &String| match project.path_kind(path) {
            PathKind::File => files.binary_search(path).is_ok(),
            PathKind::Nothing => {
                // No file at the path, and none below it.
                let at = files.partition_point(|file| file < path);
                let below = format!("{path}/");
                let next = files.partition_point(|file| *file < below);
                files.get(at) != Some(path) && !files.get(next).is_some_and(|file| file.starts_with(&below))
            }
            PathKind::Other => false,
        };
        let kept =
            self.files.take().filter(|(files, _)| touched.iter().all(|path| is_as_before(files, path)));
        let (files, problems) = self.files.insert(kept.unwrap_or_else(|| {
            let mut problems = Diagnostics::new();
            let mut files = project.files(&mut problems);
            files.sort_unstable();
            (files.into(), problems.into_iter().collect())
        }));
        diagnostics.extend(problems.iter().cloned());
        Arc::clone(files)
    }
}
