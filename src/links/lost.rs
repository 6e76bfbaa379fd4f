//! What a link that leads nowhere was most likely meant to be.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::config::LangId;
use crate::content::PageKind;
use crate::diag::Names;
use crate::project::names;
use crate::site::Site;

/// The names that a broken link can have meant, prepared when there is the first one.
pub(super) struct Lost<'a> {
    site: &'a Site,
    files: OnceLock<Files<'a>>,
    /// The content paths of all pages.
    keys: OnceLock<Names<'a>>,
}

/// The files in `content/`.
struct Files<'a> {
    paths: Vec<&'a str>,
    names: Names<'a>,
    by_name: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Lost<'a> {
    /// The names of a site, none of them prepared yet.
    pub(super) fn new(site: &'a Site) -> Self {
        Self { site, files: OnceLock::new(), keys: OnceLock::new() }
    }

    /// The file that was likely meant.
    pub(super) fn file(&self, path: &str) -> Option<&'a str> {
        self.nearest(path, |_| true)
    }

    /// The page's file that was likely meant.
    pub(super) fn page_file(&self, path: &str) -> Option<&'a str> {
        self.nearest(path, |file| names::ends_in(file, "md"))
    }

    /// One with this name in another folder, or with a name that is close, first in the same folder. Folders alone say
    /// too little: all articles are in the same one.
    fn nearest(&self, path: &str, is_meant: impl Fn(&str) -> bool) -> Option<&'a str> {
        let Files { paths, names, by_name } = self.files.get_or_init(|| files(self.site));
        let (folder, name) = (folder_of(path), name_of(path));
        let same = || by_name.get(name)?.iter().copied().find(|index| is_meant(paths[*index]));
        let beside =
            || names.nearest_of(name, |index| folder_of(paths[index]) == folder && is_meant(paths[index]));
        let anywhere = || names.nearest_of(name, |index| is_meant(paths[index]));
        same().or_else(beside).or_else(anywhere).map(|index| paths[index])
    }

    /// The file of the page, or the folder of the section, whose content path is nearest.
    pub(super) fn page(&self, key: &str, lang: LangId) -> Option<&'a str> {
        let key = self.keys.get_or_init(|| self.site.keys().collect()).nearest(key)?;
        let page = self.site.page(self.site.find_any(key, lang)?);
        match page.kind() {
            PageKind::Section if page.document.is_generated => Some(page.path()),
            PageKind::Section => Some(folder_above(page.path())),
            _ => Some(page.path()),
        }
    }
}

fn files(site: &Site) -> Files<'_> {
    let all = site.content.files.iter().map(String::as_str);
    let paths: Vec<&str> = all.filter(|file| file.starts_with("content/")).collect();
    let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, path) in paths.iter().enumerate() {
        by_name.entry(name_of(path)).or_default().push(index);
    }
    Files { names: paths.iter().map(|path| name_of(path)).collect(), by_name, paths }
}

/// The name by which a file is known: of a page that has a folder, that of the folder.
fn name_of(path: &str) -> &str {
    let page = path.strip_suffix("/index.md").or_else(|| path.strip_suffix("/_index.md")).unwrap_or(path);
    &path[page.rfind('/').map_or(0, |at| at + 1)..]
}

/// The folder in which a file lies.
fn folder_above(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(folder, _)| folder)
}

fn folder_of(path: &str) -> &str {
    path.strip_suffix(name_of(path)).unwrap_or_default()
}
