//! Which pages let a file of the site out.

use std::collections::BTreeMap;

use crate::plan::Warrant;
use crate::site::{PageId, Site};

/// The page whose folder or open text lets each file out.
pub(super) struct Grounds<'a> {
    site: &'a Site,
    /// Own folders of pages in any state: the first page, or `None` where one of them keeps its files.
    folders: BTreeMap<&'a str, Option<PageId>>,
    /// Files that an open text names, with the first page that does.
    named: &'a BTreeMap<String, PageId>,
}

impl<'a> Grounds<'a> {
    /// Of an edition, in which open texts name these files.
    pub(super) fn new(site: &'a Site, named: &'a BTreeMap<String, PageId>) -> Self {
        let mut folders: BTreeMap<&str, Option<PageId>> = BTreeMap::new();
        for page in site.pages() {
            if let Some(folder) = page.document.place.own_folder.as_deref() {
                folders.entry(folder).or_insert(Some(page.id));
            }
        }
        for document in &site.content.documents {
            let Some(folder) = document.place.own_folder.as_deref() else { continue };
            let asks = document.meta.gate().is_some() && !site.view.edition.opens_gates();
            if asks || site.hidden(&document.place.path).is_some() {
                folders.insert(folder, None);
            }
        }
        Self { site, folders, named }
    }

    /// Why the file at `path` may go out: nothing else lets it. The nearest page above it decides, whatever its state; a
    /// text that names it is stronger.
    pub(super) fn warrant(&self, path: &str) -> Option<Warrant> {
        let above = path.rmatch_indices('/').find_map(|(at, _)| self.folders.get(&path[..at]));
        let page = self.named.get(path).copied().or_else(|| above.copied().flatten())?;
        Warrant::file(self.site, page)
    }
}
