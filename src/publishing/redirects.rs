//! Aliases: the old addresses of pages, each with a stub that leads to the new one.
//!
//! [`Aliases::collect`] reads them from the front matter of all pages. The plan refuses a stub where another file is, and
//! [`Aliases::check`] an alias that has none.
//! Hosts that read `_redirects` get them there, too.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::encode::{percent, url};
use crate::plan::{Artifact, ClientFile, Origin, OutPath, Plan, Planned, Warrant, client_files};
use crate::site::{PageId, Site};

/// The browser code: leads from an old URL to the new one.
pub const CLIENT: &[ClientFile] = client_files!("src/publishing/client": Entry "redirect");

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
            let origin = origin(site, alias);
            let path = OutPath::of_url(&alias.from);
            let warrant = Warrant::page(site, alias.to)?;
            Some(Planned { path, artifact: Artifact::Redirect { alias: index }, origin, warrant })
        };
        shown.filter_map(plan).collect()
    }

    /// Reports the aliases that only hosts know, and that something else has the URL of: a feed, a file, another alias.
    pub fn check(&self, site: &Site, plan: &Plan, diagnostics: &mut Diagnostics) {
        let mut seen: BTreeMap<&str, PageId> = BTreeMap::new();
        for (index, alias) in self.all.iter().enumerate().filter(|(_, alias)| !is_html(&alias.from)) {
            plan.check_alias(&alias.from, (index, &origin(site, alias)), diagnostics);
            let first = *seen.entry(&alias.from).or_insert(alias.to);
            if first != alias.to {
                let other = site.page(first);
                let message = format!(
                    "the alias `{}` would hide an alias of the page \"{}\"",
                    alias.from,
                    other.title()
                );
                let problem = Diagnostic::new(Code::AliasHidesPage, message).at(&alias.file, alias.span);
                diagnostics.push(
                    problem
                        .related(other.path(), None, "the other one")
                        .help("remove the alias, or rename the page or file that has its URL"),
                );
            }
        }
    }

    /// Each old path with the page that is meant, as [`super::hosting`] takes them.
    pub fn moves(&self) -> impl Iterator<Item = (&str, PageId)> {
        self.all.iter().map(|alias| (alias.from.as_str(), alias.to))
    }
}

fn origin(site: &Site, alias: &Alias) -> Origin {
    Origin::File {
        what: format!("an alias of the page \"{}\"", site.page(alias.to).title()),
        file: alias.file.clone(),
        span: Some(alias.span),
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
    use crate::testing;

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
    fn a_stub_hands_on_what_the_link_carries() {
        let project = testing::project(|config| config.replace("example.org/\n", "example.org/blog/\n"))
            .with("content/insights/a.md", "---\ntitle: A\naliases: [/old/]\n---\nText.\n");
        let linked = testing::linked(&project, "public");
        let stub = testing::file(&linked, "old/index.html").unwrap();
        assert!(stub.contains("data-to=\"/blog/insights/a/\""), "{stub}");
        let (_, src) = stub.split_once("src=\"/blog/").unwrap();
        let script = testing::file(&linked, src.split('"').next().unwrap()).unwrap();
        assert!(script.contains("location.search") && script.contains("location.hash"), "{script}");
        let plain = "<noscript><meta http-equiv=\"refresh\" content=\"0; url=/blog/insights/a/\"></noscript>";
        assert!(stub.contains(plain), "{stub}");
    }

    #[test]
    fn only_pages_get_a_stub() {
        assert!(is_html("/old/") && is_html("/old.html") && is_html("/old.htm"));
        assert!(!is_html("/old.php") && !is_html("/old.aspx"));
    }
}
