//! What commands print of one page: `ringback share` and `ringback script graph`. Here is which page somebody means.

use crate::config::{EditionConfig, LangId};
use crate::diag::nearest;
use crate::encode::percent;
use crate::project::names;
use crate::site::{Page, Site};

/// Why something that was asked for can't be had, and what to do about it.
#[derive(Debug)]
pub struct LookupError {
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it, a sentence each; may be empty.
    pub help: Vec<String>,
}

impl LookupError {
    /// An error with one sentence of help.
    pub(crate) fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, help: vec![help.into()] }
    }

    /// The same, with the name of `known` that is nearest to `found` as the first help.
    pub(crate) fn with_nearest<'k>(mut self, found: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        let near = nearest(found, known).map(|near| format!("did you mean `{near}`?"));
        self.help.splice(0..0, near);
        self
    }
}

/// What was asked for, in the ways in which it can name a page.
#[derive(Debug)]
pub(crate) struct PageReference {
    /// As a file of the site.
    pub(super) file: String,
    /// As the path of an address, without slashes around it.
    pub(super) path: String,
    /// As a path in `content/`.
    pub(super) key: String,
}

impl PageReference {
    /// Reads a path in `content/`, a file or an address.
    pub(crate) fn read(site: &Site, asked: &str) -> Self {
        let asked = asked.trim().replace('\\', "/");
        let file = asked.rfind("content/").map_or(asked.as_str(), |at| &asked[at..]).to_string();
        let path = path_of(site, &asked);
        let key = names::without_ending(path.trim_start_matches("content/"), "md").to_string();
        Self { file, path, key }
    }

    /// The page: by its file, its address, or its path, then preferably in this language.
    pub(crate) fn find<'s>(&self, site: &'s Site, lang: LangId) -> Option<&'s Page> {
        let is_file = |page: &&Page| page.path() == self.file;
        let has_address = |page: &&Page| page.url.trim_matches('/') == self.path;
        let by_name = site.pages().find(is_file).or_else(|| site.pages().find(has_address));
        by_name.or_else(|| site.find_any(&self.key, lang).map(|page| site.page(page)))
    }
}

/// The path of an address, below whichever edition it belongs to, without slashes around it.
fn path_of(site: &Site, asked: &str) -> String {
    let address = asked.split(['?', '#']).next().unwrap_or_default();
    let Some((_, rest)) = address.split_once("://") else {
        return percent::decode(address).trim_matches('/').to_string();
    };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let config = site.config();
    let editions = config.editions.iter().filter_map(|EditionConfig { base_url, .. }| base_url.as_ref());
    let bases = editions.chain([&config.base_url, &site.view.base_url]);
    let path = format!("/{}", percent::decode(path));
    let below = bases.filter_map(|base| path.strip_prefix(&*base.decoded_path()).map(str::to_string));
    let shortest = below.min_by_key(String::len);
    shortest.as_deref().unwrap_or(&path).trim_matches('/').to_string()
}
