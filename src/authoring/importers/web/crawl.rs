//! Fetches the pages of a site, politely: what `robots.txt` forbids is left alone, one request at a time with a pause between two, by
//! the site's own list of addresses where it has one, else from link to link. What has come is kept, so that a crawl that broke off goes
//! on; a later one asks only for what has changed.
//!
//! Nothing here has a socket or a disk: [`Web`] and [`Store`] are given.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use url::Url;

use super::robots::Robots;
use super::sitemap;
use super::state::{CrawlState, KnownAddress};
use crate::authoring::importers::online::{Answer, FetchRequest, Store, Web};
use crate::authoring::importers::{ImportError, Report, assets, ledger};
use crate::authoring::markup::Weight;

/// What a crawl remembers, in its folder.
pub const STATE: &str = "crawl.json";

/// So many pages of one site, at most.
const MOST: usize = 50_000;

/// So many bytes of one page or file, at most.
const LARGEST: u64 = 64 << 20;

/// So many failures in a row mean that the site can't be reached.
const PATIENCE: usize = 5;

/// After so many requests, what has come is noted.
const NOTED: usize = 25;

/// How a site is treated.
#[derive(Debug, Clone, Copy)]
pub struct CrawlPolicy {
    /// Between two requests; a site may ask for more.
    pub pause: Duration,
}

/// Fetches the site at an address into the store.
///
/// # Errors
///
/// It can't be reached, forbids it, asks to come later, or the store can't write. What has come by then is kept, and the next crawl
/// goes on from there.
pub fn crawl(
    start: &str,
    (web, policy): (&dyn Web, CrawlPolicy),
    store: &mut dyn Store,
    report: &mut Report,
) -> Result<(), ImportError> {
    let no_address = || {
        ImportError::new(
            format!("`{start}` isn't the address of a site"),
            "write it whole, such as https://old.example/",
        )
    };
    let start =
        Url::parse(start).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let start = start.ok_or_else(no_address)?;
    let address =
        start.as_str().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_string();
    let state =
        store.read(STATE).and_then(|bytes| CrawlState::read(&bytes)).filter(|state| state.address == address);
    let mut state = state.unwrap_or_default();
    if state.is_done {
        // All over again, but for what hasn't changed.
        state.known.values_mut().for_each(|known| known.is_new = false);
    }
    state.is_done = false;
    state.address = address;
    let mut crawl = Crawl {
        web,
        pause: policy.pause,
        robots: Robots::default(),
        state,
        start,
        store,
        queue: VecDeque::new(),
        seen: BTreeSet::new(),
        failures: 0,
        since: 0,
        pages: 0,
        follows: Discovery::Links,
    };
    crawl.run(report)
}

/// How a crawl comes to know of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Discovery {
    /// The site names them in its sitemaps.
    Map,
    /// By the links of pages that were fetched.
    Links,
}

/// What is fetched, and so what becomes of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FetchKind {
    Page,
    File,
}

struct Crawl<'a> {
    web: &'a dyn Web,
    pause: Duration,
    robots: Robots,
    state: CrawlState,
    start: Url,
    store: &'a mut dyn Store,
    queue: VecDeque<(Url, FetchKind)>,
    seen: BTreeSet<String>,
    failures: usize,
    since: usize,
    pages: usize,
    follows: Discovery,
}

impl Crawl<'_> {
    fn run(&mut self, report: &mut Report) -> Result<(), ImportError> {
        self.rules()?;
        self.maps(report)?;
        let start = self.start.clone();
        self.add(start, FetchKind::Page);
        while let Some((url, what)) = self.queue.pop_front() {
            let done = self.fetch_one(&url, what, report);
            if done.is_err() {
                self.note()?;
            }
            done?;
        }
        self.state.is_done = true;
        // What the site doesn't name any more is no page of it.
        self.state.known.retain(|_, known| known.is_new);
        self.note()
    }

    /// Reads what `robots.txt` allows; a site without one allows everything.
    fn rules(&mut self) -> Result<(), ImportError> {
        let Ok(url) = self.start.join("/robots.txt") else { return Ok(()) };
        let answer = self.ask(&FetchRequest { url: url.to_string(), ..FetchRequest::default() }, 512_000);
        let answer = answer.map_err(|why| {
            ImportError::new(
                format!("`{url}` can't be reached: {why}"),
                "check the address and your connection",
            )
        })?;
        if answer.status >= 500 || answer.status == 429 {
            // A site that can't say what it allows allows nothing (RFC 9309, section 2.3.1.4).
            return Err(ImportError::new(
                format!("`{url}` answers with {}, so nobody knows what the site allows", answer.status),
                "try again later",
            ));
        }
        if answer.status == 200 {
            self.robots = Robots::read(&String::from_utf8_lossy(&answer.bytes));
        }
        if let Some(delay) = self.robots.delay {
            self.pause = self.pause.max(Duration::from_secs_f64(delay.min(30.0)));
        }
        Ok(())
    }

    /// The addresses that the site names.
    fn maps(&mut self, report: &mut Report) -> Result<(), ImportError> {
        let named = std::mem::take(&mut self.robots.sitemaps);
        let mut waiting: VecDeque<String> = named.into();
        if waiting.is_empty() {
            waiting.extend(self.start.join("/sitemap.xml").map(String::from));
        }
        let mut seen = BTreeSet::new();
        while let Some(map) = waiting.pop_front() {
            // A map on another host may be the same site's, under its real name.
            let Some(url) = Url::parse(&map).ok().and_then(|url| self.same_site_url(&url)) else { continue };
            if seen.len() > 1_000 || !seen.insert(url.to_string()) {
                continue;
            }
            self.web.wait(self.pause);
            let Ok(answer) =
                self.ask(&FetchRequest { url: url.to_string(), ..FetchRequest::default() }, LARGEST)
            else {
                continue;
            };
            if answer.status != 200 {
                continue;
            }
            let found = sitemap::read(&answer.bytes);
            waiting.extend(found.sitemaps);
            for page in found.pages {
                let Some(url) = Url::parse(&page).ok().and_then(|url| self.same_site_url(&url)) else {
                    report.note(
                        Weight::Changed,
                        &page,
                        "the sitemap names a page of another site, which is left alone",
                    );
                    continue;
                };
                self.follows = Discovery::Map;
                self.add(url, FetchKind::Page);
            }
        }
        Ok(())
    }

    /// An address as one of the site that is fetched: under `www.` or without, by http or https. A site that was moved, or that is
    /// fetched from a copy, names itself as it is called elsewhere: the first sitemap says how.
    fn same_site_url(&self, url: &Url) -> Option<Url> {
        let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_string();
        let is_local = matches!(self.start.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if host(url) != host(&self.start) && !is_local {
            return None;
        }
        let mut own = self.start.clone();
        own.set_path(url.path());
        own.set_query(url.query());
        own.set_fragment(None);
        Some(own)
    }

    fn add(&mut self, mut url: Url, what: FetchKind) {
        url.set_fragment(None);
        let is_below = url.as_str().starts_with(&self.state.address) || what == FetchKind::File;
        if is_below && self.pages < MOST && self.seen.insert(url.to_string()) {
            self.pages += 1;
            self.queue.push_back((url, what));
        }
    }

    fn fetch_one(&mut self, url: &Url, what: FetchKind, report: &mut Report) -> Result<(), ImportError> {
        let key = url.to_string();
        if self.state.known.get(&key).is_some_and(|known| known.is_new) {
            return self.again(url, what);
        }
        let path = &url[url::Position::BeforePath..];
        let is_own = url.host_str() == self.start.host_str();
        if is_own && !self.robots.allows(path) {
            report.note(
                Weight::Hand,
                path,
                "`robots.txt` of the old site forbids to fetch it: take its text over yourself",
            );
            return Ok(());
        }
        let before = self.state.known.get(&key).cloned().unwrap_or_default();
        self.web.wait(self.pause);
        let ask =
            FetchRequest { url: key.clone(), etag: before.etag.clone(), modified: before.modified.clone() };
        match self.patiently(&ask)? {
            Ok(answer) if answer.status == 304 => {
                self.state.known.insert(key, KnownAddress { is_new: true, ..before });
                self.again(url, what)
            }
            Ok(answer) => self.take(url, what, answer, report),
            Err(why) => {
                self.failures += 1;
                if self.failures >= PATIENCE {
                    return Err(ImportError::new(
                        format!("`{url}` can't be reached: {why}"),
                        "run the import again: it goes on where it broke off",
                    ));
                }
                report.note(Weight::Lost, path, format!("it can't be fetched: {why}"));
                Ok(())
            }
        }
    }

    /// Asks, and asks again when the site wants that.
    fn patiently(&mut self, ask: &FetchRequest) -> Result<Result<Answer, String>, ImportError> {
        for turn in 0..4_u64 {
            let answer = self.ask(ask, LARGEST);
            match &answer {
                Ok(one) if matches!(one.status, 429 | 503) => {
                    self.web.wait(Duration::from_secs(one.again.unwrap_or(5 << turn).min(60)));
                }
                _ => return Ok(answer),
            }
        }
        Err(ImportError::new(
            format!("`{}` is asked too often, says the site", ask.url),
            "run the import again later: it goes on where it broke off; `--pause` makes it slower",
        ))
    }

    fn ask(&self, ask: &FetchRequest, largest: u64) -> Result<Answer, String> {
        self.web.ask(ask, largest)
    }

    /// Keeps what came, and finds what it names.
    fn take(
        &mut self,
        url: &Url,
        what: FetchKind,
        answer: Answer,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        self.failures = 0;
        let key = url.to_string();
        let kind = answer.kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let mut known = KnownAddress {
            status: answer.status,
            kind: kind.clone(),
            etag: answer.etag,
            modified: answer.modified,
            is_new: true,
            ..KnownAddress::default()
        };
        match answer.status {
            200 => {
                // Others' hosts are asked for images alone.
                let is_own = url.host_str() == self.start.host_str();
                if !is_own && !kind.starts_with("image/") {
                    report.note(
                        Weight::Hand,
                        &key,
                        "a file on another host that isn't an image is left there",
                    );
                    return Ok(());
                }
                let ending = if kind == "text/html" { "html".to_string() } else { ending(url) };
                known.file = format!("{}.{ending}", &ledger::hash(key.as_bytes())[..16]);
                self.store.write(&known.file, &answer.bytes)?;
                if kind == "text/html" {
                    self.find(url, &String::from_utf8_lossy(&answer.bytes));
                }
            }
            301 | 302 | 303 | 307 | 308 => {
                if let Some(to) = answer.location.and_then(|to| url.join(&to).ok()) {
                    known.to = to.to_string();
                    if let Some(own) = self.same_site_url(&to).filter(|_| what == FetchKind::Page) {
                        self.add(own, FetchKind::Page);
                    }
                }
            }
            status => {
                let path = &url[url::Position::BeforePath..];
                let what = match what {
                    FetchKind::Page => {
                        format!("the old site answers with {status}, though it names this page")
                    }
                    FetchKind::File => {
                        format!("the old site answers with {status} for a file that a page shows")
                    }
                };
                report.note(Weight::Hand, path, what);
            }
        }
        self.state.known.insert(key, known);
        self.since += 1;
        if self.since.is_multiple_of(NOTED) { self.note() } else { Ok(()) }
    }

    /// Finds what a page names that was fetched before.
    fn again(&mut self, url: &Url, what: FetchKind) -> Result<(), ImportError> {
        let Some(known) = self.state.known.get(url.as_str()).cloned() else { return Ok(()) };
        if !known.to.is_empty()
            && what == FetchKind::Page
            && let Some(own) = Url::parse(&known.to).ok().and_then(|to| self.same_site_url(&to))
        {
            self.add(own, FetchKind::Page);
        }
        if known.kind == "text/html"
            && let Some(bytes) = self.store.read(&known.file)
        {
            self.find(url, &String::from_utf8_lossy(&bytes));
        }
        Ok(())
    }

    /// Finds the files of a page, and other pages where the site doesn't name them.
    fn find(&mut self, page: &Url, html: &str) {
        let found = assets::find(html);
        for file in found.files {
            let Ok(url) = page.join(&file) else { continue };
            match self.same_site_url(&url) {
                Some(own) => self.add(own, FetchKind::File),
                None if url.scheme() == "https" && assets::is_image(url.path()) => {
                    self.add(url, FetchKind::File)
                }
                None => {}
            }
        }
        if self.follows == Discovery::Links {
            for link in found.links {
                if let Some(own) = page.join(&link).ok().and_then(|url| self.same_site_url(&url)) {
                    self.add(own, FetchKind::Page);
                }
            }
        }
    }

    fn note(&mut self) -> Result<(), ImportError> {
        let bytes = serde_json::to_vec_pretty(&self.state).expect("texts are JSON");
        self.store.write(STATE, &bytes)
    }
}

/// The ending of a file's name, where it is one.
fn ending(url: &Url) -> String {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_plain =
        !ending.is_empty() && ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_plain { ending } else { "bin".into() }
}
