//! What links are resolved against: pages by their paths and URLs, files, and the anchors of each page.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{MANY, anchors, gated_headings, has_embed, is_top};
use crate::config::{BaseUrl, LangId};
use crate::content::body::Body;
use crate::links::lost::Lost;
use crate::links::wiki::Called;
use crate::site::{Page, PageId, Site};

/// What is found out once for all pages.
pub(in crate::links) struct LinkInputs<'a> {
    site: &'a Site,
    /// The pages of the edition by their files.
    pub(super) by_path: FxHashMap<&'a str, PageId>,
    /// The same by their URLs, from the first link by path on.
    by_url: OnceLock<FxHashMap<&'a str, PageId>>,
    /// The files of pages that come or go by themselves and aren't there today, by their URLs, from the first such link on.
    away: OnceLock<FxHashMap<String, &'a str>>,
    /// The addresses of all editions, this one's first, as they begin a link: host and path.
    bases: Vec<String>,
    pub(super) lost: Lost<'a>,
    /// The ids of headings of each page that has many, from the first link to one of them on.
    headings: Vec<OnceLock<FxHashSet<&'a str>>>,
    /// The ids in the raw HTML of each page's open text and of its gated part, from the first link to one of them on.
    anchors: Vec<[OnceLock<FxHashSet<String>>; 2]>,
    pub(super) called: Called,
}

impl<'a> LinkInputs<'a> {
    /// Looks up once what the links of all pages need.
    pub(in crate::links) fn new(site: &'a Site) -> Self {
        let by_path = site.pages().map(|page| (page.path(), page.id)).collect();
        let headings = site.pages().map(|_| OnceLock::new()).collect();
        let anchors = site.pages().map(|_| Default::default()).collect();
        let config = site.config();
        let own = site.view.edition.base_url.as_ref().unwrap_or(&config.base_url);
        let others = config.editions.iter().filter_map(|edition| edition.base_url.as_ref());
        let bases = [own].into_iter().chain(others).chain([&config.base_url]).map(start).collect();
        let (by_url, away) = (OnceLock::new(), OnceLock::new());
        Self {
            by_path,
            by_url,
            away,
            bases,
            lost: Lost::new(site),
            headings,
            anchors,
            called: Called::default(),
            site,
        }
    }

    /// The page at a path of the site, also without its last slash, or with the name of its file.
    pub(super) fn at(&self, path: &str) -> Option<PageId> {
        let all = || self.site.pages().map(|page| (page.url.as_str(), page.id)).collect();
        let by_url = self.by_url.get_or_init(all);
        let path = path.strip_suffix("index.html").filter(|path| path.ends_with('/')).unwrap_or(path);
        by_url.get(path).or_else(|| by_url.get(format!("{path}/").as_str())).copied()
    }

    /// The file of the page at a path of the site that comes or goes by itself, and isn't there today.
    pub(super) fn away(&self, path: &str) -> Option<&'a str> {
        let all = || {
            let passing = self.site.passing();
            passing.map(|entry| (self.site.address(entry), entry.place.path.as_str())).collect()
        };
        let away = self.away.get_or_init(all);
        away.get(path).or_else(|| away.get(&format!("{path}/"))).copied()
    }

    /// The same by its content path.
    pub(super) fn away_in(&self, key: &str, lang: LangId) -> Option<&'a str> {
        let mut named = self.site.passing().filter(|entry| entry.place.key == key);
        let first = named.next()?;
        let own = [first].into_iter().chain(named).find(|entry| entry.place.lang == lang);
        Some(&own.unwrap_or(first).place.path)
    }

    /// What follows this edition's address in a whole URL: `/x/` of `https://site.example/x/`. `None` for another site,
    /// and for another edition whose address begins as this one's does.
    pub(super) fn inside<'r>(&self, url: &'r str) -> Option<Cow<'r, str>> {
        let (scheme, rest) = url.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let path_of = |base: &String| {
            let begin = rest.get(..base.len())?;
            let host = base.find('/').unwrap_or(base.len());
            let is_same = begin[..host].eq_ignore_ascii_case(&base[..host]) && begin[host..] == base[host..];
            let path = &rest[base.len()..];
            (is_same && (path.is_empty() || path.starts_with(['/', '?', '#']))).then_some(path)
        };
        let own = path_of(self.bases.first()?)?;
        let is_other = self.bases[1..].iter().filter_map(path_of).any(|path| path.len() < own.len());
        let path = match own.starts_with('/') {
            true => Cow::Borrowed(own),
            false => Cow::Owned(format!("/{own}")),
        };
        (!is_other).then_some(path)
    }

    /// Does the page's open text have this id?
    pub(super) fn has_fragment(&self, page: &Page, id: &str) -> bool {
        let body = self.site.page(page.id).body();
        let is_heading = if body.headings.len() < MANY {
            body.headings.iter().any(|heading| heading.id == id)
        } else {
            let all = || body.headings.iter().map(|heading| heading.id.as_str()).collect();
            self.headings[page.id.index()].get_or_init(all).contains(id)
        };
        is_heading || has_embed(body, id) || is_top(id) || self.is_anchor(page, body, (Side::Open, id))
    }

    /// Does the part of the page behind its gate have this id?
    pub(super) fn has_gated(&self, page: &Page, id: &str) -> bool {
        let gated = page.gated().map(|gated| gated.secret());
        let is_anchor = |body| self.is_anchor(page, body, (Side::Gated, id));
        gated_headings(page).any(|heading| heading == id) || gated.is_some_and(is_anchor)
    }

    fn is_anchor(&self, page: &Page, body: &Body, (side, id): (Side, &str)) -> bool {
        let all = || anchors(self.site, body).collect();
        self.anchors[page.id.index()][side as usize].get_or_init(all).contains(id)
    }
}

/// How links to a site begin, without the scheme: `www.example.org/blog`.
fn start(base: &BaseUrl) -> String {
    let host = base.origin.split_once("://").map_or(base.origin.as_str(), |(_, host)| host);
    format!("{host}{}", base.path.trim_end_matches('/'))
}

/// A side of a page's gate.
#[derive(Debug, Clone, Copy)]
enum Side {
    Open,
    Gated,
}

/// A link's path, its query with the question mark, and its fragment.
pub(super) fn parts(raw: &str) -> (&str, String, Option<&str>) {
    let (path, fragment) = raw.split_once('#').map_or((raw, None), |(path, fragment)| (path, Some(fragment)));
    let (path, query) = path.split_once('?').map_or((path, ""), |(path, query)| (path, query));
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    (path, query, fragment)
}
