//! A site of our own making, crawled and read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::crawl::{self, CrawlPolicy};
use super::*;
use crate::authoring::importers::online::{Answer, FetchRequest, Store, Web};

/// A site that answers from memory, and notes who asks.
#[derive(Default)]
struct Old {
    pages: BTreeMap<String, Answer>,
    asked: RefCell<Vec<String>>,
    waited: RefCell<Duration>,
    /// After so many requests, nothing answers.
    breaks: Option<usize>,
}

impl Old {
    fn with(mut self, path: &str, kind: &str, text: &str) -> Self {
        let answer = Answer {
            status: 200,
            kind: kind.into(),
            bytes: text.as_bytes().to_vec(),
            etag: Some(crate::authoring::importers::ledger::hash(text.as_bytes())),
            ..Answer::default()
        };
        self.pages.insert(format!("https://old.example{path}"), answer);
        self
    }
}

impl Web for Old {
    fn ask(&self, ask: &FetchRequest, _: u64) -> Result<Answer, String> {
        let mut asked = self.asked.borrow_mut();
        asked.push(ask.url.trim_start_matches("https://old.example").to_string());
        if self.breaks.is_some_and(|breaks| asked.len() > breaks) {
            return Err("the connection was closed".into());
        }
        let answer = self.pages.get(&ask.url).cloned();
        Ok(match answer {
            Some(answer) if ask.etag.is_some() && ask.etag == answer.etag => {
                Answer { status: 304, ..Answer::default() }
            }
            Some(answer) => answer,
            None => Answer { status: 404, ..Answer::default() },
        })
    }

    fn wait(&self, time: Duration) {
        *self.waited.borrow_mut() += time;
    }
}

/// A folder on disk.
struct Disk(PathBuf);

#[allow(clippy::disallowed_methods, reason = "tests make files")]
impl Store for Disk {
    fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.0.join(name)).ok()
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ImportError> {
        std::fs::write(self.0.join(name), bytes).unwrap();
        Ok(())
    }
}

#[derive(Default)]
struct Kept {
    texts: BTreeMap<String, String>,
    copies: BTreeMap<String, PathBuf>,
}

impl Sink for Kept {
    fn text(&mut self, path: &str, text: String) -> Result<(), ImportError> {
        assert!(self.texts.insert(path.to_string(), text).is_none(), "{path} twice");
        Ok(())
    }

    fn copy(&mut self, path: &str, from: PathBuf) -> Result<(), ImportError> {
        self.copies.insert(path.to_string(), from);
        Ok(())
    }
}

const WORDS: &str = "It is Friday, and the phone is silent, as it was all week. Nobody has asked for anything, and nobody will before Monday.";

fn page(path: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{path} – Fjord</title><meta property=\"og:site_name\" content=\"Fjord\">\
         <link rel=\"canonical\" href=\"https://old.example{path}\">{head}</head><body><nav><a href=\"/\">Home</a></nav>\
         <main>{body}</main><footer><p>{WORDS}</p></footer></body></html>"
    )
}

fn article(path: &str, title: &str, more: &str) -> String {
    let head = format!(
        "<script type=\"application/ld+json\">{{\"@type\":\"BlogPosting\",\"headline\":\"{title}\",\"datePublished\":\"2020-05-07\",\
         \"author\":{{\"name\":\"Kim Li\",\"url\":\"https://old.example/author/kim/\"}},\"keywords\":\"The price\"}}</script>\
         <link rel=alternate type=\"application/rss+xml\" href=\"/feed/\">"
    );
    page(
        path,
        &head,
        &format!(
            "<article><h1>{title}</h1><div class=post>{more}<p>{WORDS}</p><p>{WORDS}</p></div></article>"
        ),
    )
}

fn old() -> Old {
    let list =
        "<h2><a href=/2020/05/a/>A</a></h2><h2><a href=/2020/05/b/>B</a></h2><h2><a href=/x/>C</a></h2>";
    let feed = "<rss><channel><item><link>https://old.example/2020/05/a/</link><guid>https://old.example/?p=7</guid></item></channel></rss>";
    Old::default()
        .with("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private/\nCrawl-delay: 1\nSitemap: https://old.example/map.xml\n")
        .with(
            "/map.xml",
            "application/xml",
            "<urlset><url><loc>https://old.example/</loc></url><url><loc>http://www.old.example/2020/05/a/</loc></url>\
             <url><loc>https://old.example/2020/05/b/</loc></url><url><loc>https://old.example/about/</loc></url>\
             <url><loc>https://old.example/private/x/</loc></url><url><loc>https://old.example/tag/the-price/</loc></url>\
             <url><loc>https://old.example/author/kim/</loc></url><url><loc>https://old.example/old/</loc></url>\
             <url><loc>https://else.example/</loc></url><url><loc>https://old.example/gone/</loc></url></urlset>",
        )
        .with("/", "text/html", &page("/", "", list))
        .with(
            "/2020/05/a/",
            "text/html; charset=utf-8",
            &article("/2020/05/a/", "Silent phone", "<p>See <a href=\"/2020/05/b/#sum\">the price</a> and <a href=/tag/the-price/>more</a>.</p><img src=\"/img/desk.png\" alt=\"A desk\">"),
        )
        .with("/2020/05/b/", "text/html", &article("/2020/05/b/", "The price", "<h2 id=sum>The sum</h2>"))
        .with("/about/", "text/html", &page("/about/", "", "<div class=post><p>Four people.</p></div>"))
        .with("/tag/the-price/", "text/html", &page("/tag/the-price/", "", list))
        .with("/author/kim/", "text/html", &page("/author/kim/", "", list))
        .with("/feed/", "application/rss+xml", feed)
        .with("/img/desk.png", "image/png", "png")
}

fn fetch(old: &Old, store: &mut Disk, report: &mut Report) -> Result<(), ImportError> {
    crawl::crawl(
        "https://old.example/",
        (old, CrawlPolicy { pause: Duration::from_millis(100) }),
        store,
        report,
    )
}

#[test]
fn a_site_is_fetched_politely_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Disk(folder.path().to_path_buf());
    let mut old = old();
    let lead = Answer { status: 301, location: Some("/2020/05/a/".into()), ..Answer::default() };
    old.pages.insert("https://old.example/old/".into(), lead);
    let mut report = Report::default();
    fetch(&old, &mut store, &mut report).unwrap();
    let asked = old.asked.borrow().clone();
    assert!(
        !asked.contains(&"/private/x/".to_string()) && asked.contains(&"/img/desk.png".to_string()),
        "{asked:?}"
    );
    assert!(asked.iter().all(|path| asked.iter().filter(|other| *other == path).count() == 1), "{asked:?}");
    // The site wants a second between two.
    assert!(*old.waited.borrow() >= Duration::from_secs(asked.len() as u64 - 1), "{:?}", old.waited);
    let (mut kept, mut report) = (Kept::default(), report);
    import(folder.path(), &mut kept, &mut report).unwrap();
    let files: Vec<&str> = kept.texts.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        [
            "content/_index.md",
            "content/insights/a.md",
            "content/insights/b.md",
            "content/pages/about.md",
            "content/people/kim-li.md",
            "import-addresses.txt",
            "redirects.csv",
            "ringback.yaml"
        ],
        "{}",
        report.markdown("x")
    );
    let text = &kept.texts["content/insights/a.md"];
    for part in [
        "title: Silent phone\n",
        "date: 2020-05-07\n",
        "authors: [kim-li]\n",
        "tags: [the-price]\n",
        "guid: \"https://old.example/?p=7\"\n",
        "aliases: [\"/2020/05/a/\", \"/old/\"]",
        "See [the price](b.md#sum) and [more](/tags/the-price/).",
        "![A desk](/img/desk.png)",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(text.matches("It is Friday").count(), 2, "{text}");
    assert!(kept.texts["content/pages/about.md"].contains("Four people."));
    assert!(kept.copies.contains_key("static/img/desk.png"));
    let redirects = &kept.texts["redirects.csv"];
    for line in ["/author/kim/,/people/kim-li/\n", "/feed/,/rss.xml\n", "/tag/the-price/,/tags/the-price/\n"]
    {
        assert!(redirects.contains(line), "{line} in {redirects}");
    }
    let notes = report.markdown("x");
    for part in ["forbids", "answers with 404", "another site"] {
        assert!(notes.contains(part), "{part} in {notes}");
    }
}

#[test]
fn a_crawl_goes_on_where_it_broke_off_and_asks_for_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Disk(folder.path().to_path_buf());
    let mut report = Report::default();
    let broken = Old { breaks: Some(6), ..old() };
    let error = fetch(&broken, &mut store, &mut report).unwrap_err();
    assert!(error.message.contains("closed") && error.help.contains("goes on"), "{error:?}");
    let whole = old();
    fetch(&whole, &mut store, &mut report).unwrap();
    let again: Vec<String> = whole
        .asked
        .borrow()
        .iter()
        .filter(|path| broken.asked.borrow()[..6].contains(*path))
        .cloned()
        .collect();
    assert_eq!(again, ["/robots.txt", "/map.xml"]);
    // All over again: what hasn't changed isn't sent.
    let later =
        old().with("/about/", "text/html", &page("/about/", "", "<div class=post><p>Five people.</p></div>"));
    let about = |store: &Disk| {
        let mut kept = Kept::default();
        import(&store.0, &mut kept, &mut Report::default()).unwrap();
        kept.texts["content/pages/about.md"].clone()
    };
    assert!(about(&store).contains("Four people."));
    fetch(&later, &mut store, &mut report).unwrap();
    assert!(about(&store).contains("Five people."));
}

#[test]
fn a_site_that_cannot_be_fetched_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Disk(folder.path().to_path_buf());
    let mut notes = |old: &Old, start: &str| {
        let policy = CrawlPolicy { pause: Duration::ZERO };
        crawl::crawl(start, (old, policy), &mut store, &mut Report::default()).unwrap_err().message
    };
    assert!(notes(&Old::default(), "old.example").contains("isn't the address"));
    let down = Old { breaks: Some(0), ..Old::default() };
    assert!(notes(&down, "https://old.example/").contains("can't be reached"));
    let mut tired = Old::default();
    let answer = |status| Answer { status, ..Answer::default() };
    tired.pages.insert("https://old.example/robots.txt".into(), answer(503));
    assert!(notes(&tired, "https://old.example/").contains("nobody knows"));
    let mut tired = old();
    tired.pages.insert("https://old.example/about/".into(), answer(429));
    assert!(notes(&tired, "https://old.example/").contains("too often"));
}

#[test]
#[allow(clippy::disallowed_methods, reason = "tests make files")]
fn a_folder_of_saved_pages_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, bytes: &[u8]| {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, bytes).unwrap();
    };
    let html = article(
        "/blog/a",
        "Åtta skäl",
        "<p>See <a href=\"../blog/b.html\">b</a>. <img src=\"../i/x-300x200.png\" alt=x></p>",
    );
    // An older page, in Latin letters.
    let latin: Vec<u8> = html.chars().map(|c| if (c as u32) < 256 { c as u32 as u8 } else { b'-' }).collect();
    put("blog/a.html", &latin);
    put("blog/b.html", article("/blog/b", "B", "").as_bytes());
    put("i/x.png", b"png");
    put(
        "sv/blog/c/index.html",
        article("/sv/blog/c/", "C", "").replace("lang=\"en\"", "lang=\"sv\"").as_bytes(),
    );
    let mut kept = Kept::default();
    import(folder.path(), &mut kept, &mut Report::default()).unwrap();
    let text = &kept.texts["content/insights/a.md"];
    for part in
        ["title: Åtta skäl\n", "See [b](b.md).", "![x](/i/x.png)", "aliases: [\"/blog/a\", \"/blog/a.html\"]"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(kept.texts["ringback.yaml"].contains("base_url: \"https://old.example/\""));
    assert!(kept.texts.contains_key("content/insights/c.sv.md"), "{:?}", kept.texts.keys());
    let nothing = tempfile::tempdir().unwrap();
    assert!(import(nothing.path(), &mut Kept::default(), &mut Report::default()).is_err());
}
