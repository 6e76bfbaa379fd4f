//! Old addresses: the aliases of pages, and `redirects:` of the site, each with a stub that leads to the new one.
//!
//! [`Aliases::collect`] reads them from the front matter of all pages and from the configuration. A redirect that stands
//! for many addresses (`/blog/*`) becomes a stub for each page that it leads to, once all are planned
//! ([`Aliases::expand`]); where no page tells what the old addresses were, only hosts that read `_redirects` can lead
//! on. The plan refuses a stub where another file is, and [`Aliases::check`] looks at the rest: loops, chains, targets
//! that aren't there.

pub mod addresses;
mod check;
mod paths;

use std::collections::{BTreeMap, BTreeSet};

use self::paths::{is_html, normal, origin, pages, target_page, unpublished};
use crate::config::{Pattern, Redirect, RedirectTarget, Segment};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::encode::{header, percent};
use crate::ids::IdVec;
use crate::plan::{Artifact, ClientFile, OutPath, Plan, Planned, RedirectId, Warrant, client_files};
use crate::site::{PageId, Site};

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A page of the edition.
    Page(PageId),
    /// To a path of this site, percent-encoded, with what may follow it.
    Path(String),
    /// An absolute URL of another site.
    Web(String),
}

impl Destination {
    /// As a link of this site has it.
    #[must_use]
    pub fn href(&self, site: &Site) -> String {
        match self {
            Self::Page(page) => site.href(&site.page(*page).url),
            Self::Path(path) => format!("{}{path}", site.view.base_url.path.trim_end_matches('/')),
            Self::Web(address) => address.clone(),
        }
    }

    /// The absolute URL of where it leads.
    #[must_use]
    pub fn permalink(&self, site: &Site) -> String {
        match self {
            Self::Web(address) => address.clone(),
            _ => format!("{}{}", site.view.base_url.origin, self.href(site)),
        }
    }
}

/// The browser code: leads from an old URL to the new one.
pub const CLIENT: &[ClientFile] = client_files!("src/publishing/client": Entry "redirect");

/// An old address that is redirected to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The old path, not percent-encoded: `/x/` is a folder, `/x.html` a file.
    pub from: String,
    /// Where it leads now.
    pub to: Destination,
    /// Is it to be forgotten again: a 302 instead of a 301?
    pub is_temporary: bool,
    /// The file that says so.
    pub file: String,
    /// Where in that file.
    pub span: Span,
}

/// A redirect that only hosts can follow as it is: its old address has open parts, or a query.
#[derive(Debug, Clone)]
struct Rule {
    redirect: Redirect,
    /// The page that it leads to, where it names one.
    page: Option<PageId>,
}

/// All old addresses of an edition.
#[derive(Debug, Default)]
pub struct Aliases {
    /// Those of pages, those of the site, those that patterns stand for.
    pub all: IdVec<RedirectId, Alias>,
    rules: Vec<Rule>,
    /// How many of them are written to `_redirects` each: all but those that patterns stand for.
    written: usize,
}

impl Aliases {
    /// Collects the aliases of all pages, and the redirects of the site that lead to what this edition has. One to a page
    /// that isn't published is told and left out.
    #[must_use]
    pub fn collect(site: &Site, diagnostics: &mut Diagnostics) -> Self {
        let mut found = Self::default();
        for page in site.pages() {
            found.all.extend(page.meta().aliases.iter().map(|alias| Alias {
                from: normal(&alias.value),
                to: Destination::Page(page.id),
                is_temporary: false,
                file: page.path().to_string(),
                span: alias.span,
            }));
        }
        found.successors(site);
        for redirect in &site.config().redirects {
            found.redirect(site, redirect, diagnostics);
        }
        found.written = found.all.len();
        found
    }

    /// The addresses of expired pages lead to the pages in their place.
    fn successors(&mut self, site: &Site) {
        for entry in site.passing() {
            let (Some(to), Some(page)) = (&entry.meta.expires_to, site.successor(&entry.place.path)) else {
                continue;
            };
            let old = entry.meta.aliases.iter().map(|alias| (normal(&alias.value), alias.span));
            self.all.extend(old.chain([(site.address(entry), to.span)]).map(|(from, span)| Alias {
                from,
                to: Destination::Page(page),
                is_temporary: false,
                file: entry.place.path.clone(),
                span,
            }));
        }
    }

    fn redirect(&mut self, site: &Site, redirect: &Redirect, diagnostics: &mut Diagnostics) {
        let mut page = None;
        let to = match &redirect.to {
            RedirectTarget::Page(key) => {
                let Some(found) = target_page(site, (redirect, key), diagnostics) else { return };
                page = Some(found);
                Some(Destination::Page(found))
            }
            RedirectTarget::Web(address) => Some(Destination::Web(address.clone())),
            RedirectTarget::Path(path, rest) if path.is_exact() => {
                let path = path.fill(&[]).unwrap_or_default();
                match site.hidden_at(&path) {
                    Some((entry, why)) => match site.successor(&entry.place.path) {
                        Some(page) => Some(Destination::Page(page)),
                        None => return unpublished(redirect, &entry.place.path, why, diagnostics),
                    },
                    None => Some(Destination::Path(format!("{}{rest}", percent::path(&path)))),
                }
            }
            RedirectTarget::Path(..) => None,
        };
        let from = &redirect.from;
        match to {
            Some(to) if from.is_exact() && from.query.is_empty() => self.all.extend([Alias {
                from: normal(&percent::path(&from.fill(&[]).unwrap_or_default())),
                to,
                is_temporary: redirect.is_temporary,
                file: redirect.file.to_string(),
                span: redirect.from_span,
            }]),
            _ => self.rules.push(Rule { redirect: redirect.clone(), page }),
        }
    }

    /// Adds an old address for each page of the plan that a pattern leads to, so that there is a stub at it.
    pub fn expand(&mut self, plan: &Plan) {
        if self.rules.is_empty() {
            return;
        }
        let mut taken: BTreeSet<String> = self.all.iter().map(|alias| alias.from.clone()).collect();
        let pages: Vec<String> = pages(plan).collect();
        for rule in &self.rules {
            let Redirect { from, to: RedirectTarget::Path(to, rest), .. } = &rule.redirect else { continue };
            if !rule.redirect.can_have_stubs() {
                continue;
            }
            for url in &pages {
                let parts = to.parts(url);
                let Some(old) = parts.and_then(|parts| from.fill(&parts)) else { continue };
                let old = normal(&percent::path(&old));
                if plan.serves(&old) || !is_html(&old) || !taken.insert(old.clone()) {
                    continue;
                }
                self.all.push(Alias {
                    from: old,
                    to: Destination::Path(format!("{}{rest}", percent::path(url))),
                    is_temporary: rule.redirect.is_temporary,
                    file: rule.redirect.file.to_string(),
                    span: rule.redirect.from_span,
                });
            }
        }
    }

    /// The stub at each old address that a host would show as a page.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let shown = self.all.each().filter(|(_, alias)| is_html(&alias.from));
        let plan = |(index, alias): (RedirectId, &Alias)| {
            let origin = origin(site, alias);
            let path = OutPath::of_url(&alias.from);
            let warrant = match alias.to {
                Destination::Page(page) => Warrant::page(site, page)?,
                _ => Warrant::edition(site),
            };
            Some(Planned { path, artifact: Artifact::Redirect { alias: index }, origin, warrant })
        };
        shown.filter_map(plan).collect()
    }

    /// The lines of `_redirects`, as [`super::hosting`] takes them: an old address each, with where it leads.
    #[must_use]
    pub fn lines(&self, site: &Site) -> Vec<String> {
        let mut lines = Vec::new();
        for alias in self.all.iter().take(self.written) {
            let (to, from) = (alias.to.href(site), site.href(&alias.from));
            let to = if matches!(alias.to, Destination::Page(_)) { header::path(&to) } else { to.into() };
            let from = header::path(&from);
            let status = STATUS[usize::from(alias.is_temporary)];
            // Cloudflare knows a folder only by the one of its two spellings that a rule has.
            let bare = from.strip_suffix('/').filter(|bare| !bare.is_empty());
            lines.extend(bare.map(|bare| format!("{bare} {to} {status}")));
            lines.push(format!("{from} {to} {status}"));
        }
        lines.extend(self.rules.iter().flat_map(|rule| rule.lines(site)));
        lines
    }

    /// Where a path (not percent-encoded) leads that fits a pattern, as a link of this site has it.
    #[must_use]
    pub fn leads(&self, site: &Site, path: &str) -> Option<String> {
        self.rules.iter().filter(|rule| rule.redirect.from.query.is_empty()).find_map(|rule| {
            let parts = rule.redirect.from.parts(path)?;
            let to = match (&rule.redirect.to, rule.page) {
                (_, Some(page)) => Destination::Page(page),
                (RedirectTarget::Path(to, rest), _) => {
                    Destination::Path(format!("{}{rest}", percent::path(&to.fill(&parts)?)))
                }
                (RedirectTarget::Web(address), _) => {
                    let mut address = address.clone();
                    for (name, part) in &parts {
                        address = address.replace(&format!(":{name}"), &percent::path(part));
                    }
                    Destination::Web(address)
                }
                (RedirectTarget::Page(_), None) => return None,
            };
            Some(to.href(site))
        })
    }
}

impl Rule {
    /// `/blog/* /insights/:splat 301` (Netlify and Cloudflare Pages, "Redirects"); a query stands behind the path, which
    /// only Netlify reads.
    fn lines(&self, site: &Site) -> Vec<String> {
        let base = site.view.base_url.path.trim_end_matches('/');
        let literal = |text: &str| header::path(&percent::path(text)).into_owned();
        let Redirect { from, to, is_temporary, .. } = &self.redirect;
        let to = match (to, self.page) {
            (_, Some(page)) => header::path(&site.href(&site.page(page).url)).into_owned(),
            (RedirectTarget::Path(path, rest), _) => format!("{base}{}{rest}", path.rule(&literal, ":splat")),
            (RedirectTarget::Web(address), _) => address.clone(),
            (RedirectTarget::Page(_), None) => return Vec::new(),
        };
        let query: String = from
            .query
            .iter()
            .map(|(name, value)| match value {
                Segment::Text(text) => format!(" {}={}", literal(name), literal(text)),
                Segment::Name(part) => format!(" {}=:{part}", literal(name)),
                Segment::Rest => String::new(),
            })
            .collect();
        let (path, status) =
            (format!("{base}{}", from.rule(&literal, "*")), STATUS[usize::from(*is_temporary)]);
        // Cloudflare knows a folder only by the one of its two spellings that a rule has.
        let bare = path.strip_suffix('/').filter(|bare| !bare.is_empty());
        let bare = bare.map(|bare| format!("{bare}{query} {to} {status}"));
        bare.into_iter().chain([format!("{path}{query} {to} {status}")]).collect()
    }
}

/// Of a redirect for good, and of one for a while.
const STATUS: [u16; 2] = [301, 302];

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
    fn redirects_of_the_site_have_stubs_and_lines() {
        let config = |config: &str| {
            let config = config.replace("example.org/\n", "example.org/x/\n");
            format!(
                "{config}redirects:\n  /blog/*: /insights/*\n  /t/:tag: {{to: '/tags/:tag/?from=old', temporary: true}}\n  \
                 '/?p=12': insights/a.md\n  '/shop/*': 'https://shop.example/:splat'\n  /gå: insights/b\n"
            )
        };
        let project = testing::project(config)
            .with("redirects.csv", "old,new\n/a.html,/insights/a/\n")
            .with("content/insights/a.md", "---\ntitle: A\ntags: [crm]\n---\nText.\n")
            .with("content/insights/b.md", "---\ntitle: B\n---\nText.\n")
            .with("content/scripts/c.md", "---\ntitle: C\n---\nText.\n");
        let linked = testing::linked(&project, "public");
        let stub = |path: &str| {
            let stub = testing::file(&linked, path).unwrap_or_else(|| panic!("{path}"));
            stub.split_once("data-to=\"").unwrap().1.split('"').next().unwrap().to_string()
        };
        assert_eq!(stub("blog/a/index.html"), "/x/insights/a/");
        assert_eq!(stub("blog/index.html"), "/x/insights/");
        assert_eq!(stub("t/crm/index.html"), "/x/tags/crm/?from=old");
        assert_eq!(stub("gå/index.html"), "/x/insights/b/");
        assert_eq!(stub("a.html"), "/x/insights/a/");
        let lines = testing::file(&linked, "_redirects").unwrap();
        for line in [
            "/x/g%C3%A5/ /x/insights/b/ 301",
            "/x/a.html /x/insights/a/ 301",
            "/x/blog/* /x/insights/:splat 301",
            "/x/t/:tag /x/tags/:tag/?from=old 302",
            "/x/ p=12 /x/insights/a/ 301",
            "/x/shop/* https://shop.example/:splat 301",
        ] {
            assert!(lines.lines().any(|found| found == line), "{line}: {lines}");
        }
        assert!(!lines.contains("/x/blog/a"), "{lines}");
        let leads = |path| linked.features.aliases.leads(&linked.site, path);
        assert_eq!(leads("/blog/2024/a/").as_deref(), Some("/x/insights/2024/a/"));
        assert_eq!(leads("/shop/a b").as_deref(), Some("https://shop.example/a%20b"));
        assert_eq!(leads("/nowhere/"), None);
    }

    #[test]
    fn a_redirect_to_what_an_edition_does_not_have_is_not_in_it() {
        let config =
            |config: &str| format!("{config}redirects: {{/one: /scripts/call/, /two: scripts/call}}\n");
        let project = testing::project(config)
            .with("content/insights/a.md", "---\ntitle: A\n---\nText.\n")
            .with("content/scripts/call.md", "---\ntitle: Call\n---\nText.\n");
        let public = testing::linked(&project, "public");
        assert!(public.features.aliases.all.is_empty());
        assert!(!testing::file(&public, "_redirects").unwrap_or_default().contains("call"));
        assert_eq!(testing::linked(&project, "team").features.aliases.all.len(), 2);
    }

    #[test]
    fn only_pages_get_a_stub() {
        assert!(is_html("/old/") && is_html("/old.html") && is_html("/old.htm"));
        assert!(!is_html("/old.php") && !is_html("/old.aspx"));
    }
}
