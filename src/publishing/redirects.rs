//! Aliases: the old addresses of pages, each with a stub that leads to the new one.
//!
//! [`Aliases::collect`] reads them from the front matter of all pages; the plan refuses one that would hide a page.
//! Hosts that read `_redirects` get them there, too.

use crate::diag::{Diagnostics, Span};
use crate::encode::{percent, url};
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::site::{PageId, Site};

/// An old address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The old path, not percent-encoded: `/x/` is a folder, `/x.html` a file.
    pub from: String,
    /// The page that is meant.
    pub to: PageId,
    /// The file that says so.
    pub file: String,
    /// And where.
    pub span: Span,
}

/// All aliases of an edition.
#[derive(Debug, Default)]
pub struct Aliases {
    /// In the order of the pages and of [`Artifact::Redirect`]'s index.
    pub all: Vec<Alias>,
}

impl Aliases {
    /// Collects the aliases of all pages.
    #[must_use]
    pub fn collect(site: &Site, _: &mut Diagnostics) -> Self {
        let mut all = Vec::new();
        for page in &site.pages {
            all.extend(page.meta().aliases.iter().map(|alias| Alias {
                from: normal(&alias.value),
                to: page.id,
                file: page.path().to_string(),
                span: alias.span,
            }));
        }
        Self { all }
    }

    /// The stub at each old address that a host would show as a page.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let shown = self.all.iter().enumerate().filter(|(_, alias)| is_html(&alias.from));
        let plan = |(index, alias): (usize, &Alias)| {
            let origin = Origin::File {
                what: format!("an alias of the page \"{}\"", site.page(alias.to).title()),
                file: alias.file.clone(),
                span: Some(alias.span),
            };
            let path = OutPath::of_url(&alias.from);
            let warrant = Warrant::page(site, alias.to)?;
            Some(Planned { path, artifact: Artifact::Redirect { alias: index }, origin, warrant })
        };
        shown.filter_map(plan).collect()
    }

    /// Each old path with the page that is meant, as [`super::hosting`] takes them.
    pub fn moves(&self) -> impl Iterator<Item = (&str, PageId)> {
        self.all.iter().map(|alias| (alias.from.as_str(), alias.to))
    }
}

/// A stub is HTML. At any other file (`/x.php`) hosts would offer it as a download.
fn is_html(path: &str) -> bool {
    path.ends_with('/') || extension(path).is_some_and(|extension| extension.starts_with("htm"))
}

/// The path of an alias as the plan knows it: decoded, with single slashes, and with one at the end unless it names
/// a file.
fn normal(alias: &str) -> String {
    let decoded = percent::decode(alias);
    // What decoding would turn into something else than a name stays encoded.
    let is_clean = !decoded.contains(|c: char| c.is_control() || c == '\\')
        && !decoded.split('/').any(|part| part == ".." || part == ".");
    let path = if is_clean { &decoded } else { alias };
    let mut normal = String::from("/");
    normal.push_str(&url::follow("", path).unwrap_or_default());
    if normal.len() > 1 && (alias.ends_with('/') || extension(&normal).is_none()) {
        normal.push('/');
    }
    normal
}

/// The ending of a file's name, such as `html` or `mp3`; not that of `/v1.2`.
fn extension(path: &str) -> Option<&str> {
    let (_, name) = path.rsplit_once('/')?;
    let (_, ending) = name.rsplit_once('.')?;
    let is_ending = (1..=5).contains(&ending.len())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    is_ending.then_some(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_a_folder_or_a_file() {
        for (alias, expected) in [
            ("/blog/old", "/blog/old/"),
            ("/blog//old/", "/blog/old/"),
            ("/blog/old.html", "/blog/old.html"),
            ("/blog/old.html/", "/blog/old.html/"),
            ("/v1.2", "/v1.2/"),
            ("/index.php", "/index.php"),
            ("/g%C3%A5/%20x", "/gå/ x/"),
            ("/a%2e%2e/%2e%2e/b", "/a%2e%2e/%2e%2e/b/"),
            ("/a%00b", "/a%00b/"),
            ("/", "/"),
        ] {
            assert_eq!(normal(alias), expected, "{alias}");
        }
    }

    #[test]
    fn only_pages_get_a_stub() {
        assert!(is_html("/old/") && is_html("/old.html") && is_html("/old.htm"));
        assert!(!is_html("/old.php") && !is_html("/old.aspx"));
    }
}
