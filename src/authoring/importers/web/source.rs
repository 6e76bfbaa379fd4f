//! The pages and files of a site, in a folder: saved by a crawl of ours, by a browser, or by another program.

use std::path::{Path, PathBuf};

use super::crawl::STATE;
use super::state::CrawlState;
use crate::authoring::importers::{ImportError, assets, own_path};
use crate::project::folder::Folder;

/// A site whose pages are saved in a folder.
pub(super) struct Saved {
    folder: Folder,
    /// Its address, where the crawl knows it.
    pub(super) address: String,
    /// Paths of pages, perhaps with a query, and their files.
    pub(super) pages: Vec<(String, String)>,
    /// Paths that lead elsewhere, and where.
    pub(super) moved: Vec<(String, String)>,
    /// Addresses of other files, and their files.
    others: Vec<(String, String)>,
}

impl Saved {
    /// Opens the folder of a saved site, and finds out which file is which address.
    pub(super) fn open(place: &Path) -> Result<Self, ImportError> {
        let folder = Folder::open(place).map_err(|error| ImportError::unreadable(place, &error))?;
        let state = folder.read(STATE).ok().and_then(|bytes| CrawlState::read(&bytes));
        let (pages, moved, others) = Default::default();
        let mut saved = Self { folder, address: String::new(), pages, moved, others };
        match state {
            Some(state) => saved.crawled(&state),
            None => saved.collect_saved(),
        }
        saved.pages.sort();
        Ok(saved)
    }

    fn crawled(&mut self, state: &CrawlState) {
        self.address.clone_from(&state.address);
        for (url, known) in &state.known {
            let Some(path) = path_of(url, &state.address) else {
                self.others.push((url.clone(), known.file.clone()));
                continue;
            };
            match known.status {
                200 if known.kind == "text/html" => self.pages.push((path, known.file.clone())),
                200 => self.others.push((path, known.file.clone())),
                _ if !known.to.is_empty() => self.moved.push((path, known.to.clone())),
                _ => {}
            }
        }
    }

    /// By the names of files, as `wget` and others give them.
    fn collect_saved(&mut self) {
        for file in self.folder.files() {
            let is_page =
                [".html", ".htm", ".xhtml"].iter().any(|end| file.to_ascii_lowercase().ends_with(end))
                    || file.contains(".html?");
            let path = format!("/{file}");
            if is_page {
                let (path, query) = path
                    .split_once(['?', '@'])
                    .map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
                let path = path.strip_suffix("index.html").or(path.strip_suffix("index.htm")).unwrap_or(path);
                let query =
                    query.map(|query| format!("?{}", query.trim_end_matches(".html"))).unwrap_or_default();
                self.pages.push((format!("{path}{query}"), file));
            } else {
                self.others.push((path, file));
            }
        }
    }

    /// The text of a page.
    pub(super) fn text(&self, file: &str) -> Result<String, ImportError> {
        let bytes =
            self.folder.read(file).map_err(|error| ImportError::unreadable(Path::new(file), &error))?;
        Ok(decoded(&bytes))
    }

    /// Files by their addresses, with their places on disk. Addresses have no folder that is the site's own.
    pub(super) fn files(&self, address: &str) -> Vec<(String, PathBuf)> {
        let place = |(url, file): &(String, String)| {
            let path = url.split('?').next().unwrap_or_default();
            let is_ours = !assets::is_file(path) && !url.contains("://") || file.is_empty();
            let own = own_path(url, address).map_or_else(|| url.clone(), str::to_string);
            (!is_ours).then(|| Some((own, self.folder.disk_path(file).ok()?))).flatten()
        };
        self.others.iter().filter_map(place).collect()
    }

    /// The bytes of files that may be feeds.
    pub(super) fn feeds(&self) -> Vec<Vec<u8>> {
        let is_feed = |path: &str| {
            let path = path.trim_end_matches('/').to_ascii_lowercase();
            path.ends_with(".xml") && !path.contains("sitemap")
                || path.ends_with("rss")
                || path.ends_with("feed")
                || path.ends_with("atom")
        };
        let files = self.others.iter().filter(|(path, _)| is_feed(path));
        files.filter_map(|(_, file)| self.folder.read(file).ok()).collect()
    }
}

/// The path of an address on the site, with its query.
fn path_of(url: &str, address: &str) -> Option<String> {
    let path = own_path(url, address)?;
    let query =
        url.split_once('?').map(|(_, query)| format!("?{}", query.split('#').next().unwrap_or_default()));
    Some(format!("{path}{}", query.unwrap_or_default()))
}

/// A page's text: in UTF-8, or in the Latin letters of older pages.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => {
            let mut text = String::with_capacity(bytes.len() + 16);
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
            }
            text
        }
    }
}
