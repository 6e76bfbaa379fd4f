//! What is loaded when, on a site whose index is many files, and what a reader is told when some of it doesn't come.

use std::io::Read;
use std::sync::OnceLock;
use std::time::Duration;

use flate2::read::DeflateDecoder;
use serde_json::{Value, json};

use super::super::{Browser, Options, Serve, Server, demo};
use super::{Box, TITLES, files};
use crate::support::Site;
use crate::support::shared::built;

/// What the reader is told.
const FAILED: &str = "Part of the search did not load. Check your connection and try again.";

/// Pages of the large site, and words that each has for itself.
const PAGES: usize = 120;
const WORDS: usize = 200;

/// A word of three syllables, another for each number; none begins like another.
fn word(number: usize) -> String {
    let (consonants, vowels) = (b"bdfgklmnprtvz", b"aeou");
    let syllables = consonants.len() * vowels.len();
    // Neighbours stand far apart in the dictionary.
    let mut rest = number * 7919 % syllables.pow(3);
    let mut word = String::new();
    for _ in 0..3 {
        word.push(char::from(consonants[rest % consonants.len()]));
        rest /= consonants.len();
        word.push(char::from(vowels[rest % vowels.len()]));
        rest /= vowels.len();
    }
    word + "x"
}

/// A site with an index of many files, for all tests.
fn large() -> &'static Site {
    static BUILT: OnceLock<Site> = OnceLock::new();
    BUILT.get_or_init(|| {
        let site = Site::new();
        for page in 0..PAGES {
            let words: Vec<String> = (page * WORDS..(page + 1) * WORDS).map(word).collect();
            let kind = ["insights", "playbooks"][page % 2];
            let text = format!(
                "---\ntitle: Page {page}\ndate: 2026-01-01\n---\nA telephone on page number{page}: {}.\n",
                words.join(" ")
            );
            site.write(&format!("content/{kind}/page-{page}.md"), text);
        }
        built(site)
    })
}

/// The files of an index, as URLs.
struct Index {
    entry: String,
    /// With the beginnings at which they start.
    shards: Vec<(String, String)>,
    store: Vec<String>,
}

impl Index {
    fn of(site: &Site) -> Self {
        let manifest: Value = serde_json::from_str(&site.read("public/search/index.json")).expect("JSON");
        let entry = manifest["indexes"][0]["entry"].as_str().expect("a path").to_string();
        let packed = std::fs::read(site.path(&format!("public{entry}"))).expect("the entry");
        let mut bytes = Vec::new();
        DeflateDecoder::new(packed.as_slice()).read_to_end(&mut bytes).expect("deflated");
        let (length, rest) = bytes.split_at(4);
        let length = u32::from_le_bytes(length.try_into().expect("four bytes"));
        let header: Value = serde_json::from_slice(&rest[..length as usize]).expect("JSON");
        let list = |value: &Value| super::texts(value);
        let url = |hash: String| format!("/assets/search/{hash}.bin");
        let parts = |hash: String| (0..8).map(move |part| url(format!("{hash}-{part}")));
        let shards: Vec<String> = list(&header["shards"]["files"]).into_iter().flat_map(parts).collect();
        assert!(shards.len() > 5, "a site for many shards has {}", shards.len());
        Self {
            entry,
            shards: list(&header["shards"]["from"]).into_iter().zip(shards).collect(),
            store: list(&header["store"]["files"]).into_iter().flat_map(parts).collect(),
        }
    }

    /// The shard in which a word stands.
    fn shard_of(&self, word: &str) -> String {
        self.shards
            .iter()
            .rfind(|(from, _)| from.as_str() <= word)
            .expect("the first begins with nothing")
            .1
            .clone()
    }

    fn is_shard(&self, path: &str) -> bool {
        self.shards.iter().any(|(_, shard)| shard == path)
    }
}

/// A word of the page with this number, and one of another page in another shard.
fn two_words(index: &Index) -> (String, String) {
    let (first, second) = (word(5 * WORDS), word(9 * WORDS));
    assert_ne!(index.shard_of(&first), index.shard_of(&second));
    (first, second)
}

#[test]
fn only_what_a_query_needs_is_loaded() {
    let site = large();
    let index = Index::of(site);
    let (first, second) = two_words(&index);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    page.goto(&server.url("/insights/page-4/"));
    let engine =
        |server: &Server| server.requests().iter().filter(|request| request.path.contains("engine")).count();
    assert_eq!((files(&server), engine(&server)), (vec![], 0), "nothing before the box is opened");

    let search = Box::open(&page, "/");
    page.wait("document.querySelector('.filter:not([hidden])')");
    assert_eq!(
        (files(&server), engine(&server)),
        (vec!["/search/index.json".into(), index.entry.clone()], 1)
    );
    server.forget();
    // A single letter is one shard, and no page.
    search.ask("k");
    assert_eq!(search.notes(), "Words that begin like this");
    assert_eq!(files(&server).len(), 1, "{:?}", files(&server));
    server.forget();
    assert_eq!(search.ask(&first).titles(), ["Page 5"]);
    let asked = files(&server);
    let shards = asked.iter().filter(|path| index.is_shard(path)).count();
    assert!(shards <= 2 && asked.contains(&index.shard_of(&first)), "{asked:?}");
    assert_eq!(asked.len() - shards, 1, "a block of the store: {asked:?}");
    for query in [second.as_str(), "telephone", "tele", "telehpone"] {
        server.forget();
        search.ask(query);
        assert!(!search.titles().is_empty());
        let asked = files(&server);
        assert!(asked.iter().filter(|path| index.is_shard(path)).count() <= 2, "{query}: {asked:?}");
        assert!(asked.len() <= 2 + 8, "{query}: {asked:?}");
    }
    assert_eq!(search.ask(&format!("{first} {second}")).titles(), ["Page 9", "Page 5"]);

    // What was asked before asks for nothing, not even without a network.
    server.forget();
    search.ask(&second);
    server.drop_paths(|_| true);
    assert_eq!(search.ask(&first).titles(), ["Page 5"]);
    assert_eq!(search.notes(), "1 page");
    assert_eq!(files(&server), Vec::<String>::new());
    page.assert_no_errors();

    // Another word is not there yet; what was found stays.
    let third = (0..WORDS).map(word).find(|word| {
        ![&first, &second, "k", "t"].iter().any(|known| index.shard_of(word) == index.shard_of(known))
    });
    let third = third.expect("a word in a shard that is not loaded");
    search.ask(&third);
    assert_eq!(
        (search.notes().as_str(), search.titles().as_slice()),
        (FAILED, ["Page 5".to_string()].as_slice())
    );
    // Nor does it keep the others from being found.
    search.ask(&format!("{second} {third}"));
    assert_eq!(search.titles(), ["Page 9"]);
    assert!(search.notes().starts_with(FAILED), "{}", search.notes());
    server.fix();
    assert_eq!(search.ask(&third).titles(), ["Page 0"]);
    assert_eq!(search.notes(), "1 page");
    assert!(page.errors().iter().all(|error| error.source == "network"));
}

#[test]
fn missing_files_are_told_and_asked_for_again() {
    let site = large();
    let index = Index::of(site);
    let (first, second) = two_words(&index);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let shard = index.shard_of(&second);
    server.drop_paths(move |path| path == shard);
    let search = Box::on_page(&page);
    assert_eq!(search.ask(&first).titles(), ["Page 5"]);
    search.ask(&second);
    assert_eq!(
        (search.notes().as_str(), search.titles().as_slice()),
        (FAILED, ["Page 5".to_string()].as_slice())
    );
    page.shot("search-failed");
    server.fix();
    assert_eq!(search.ask(&second).titles(), ["Page 9"]);
    assert_eq!(search.notes(), "1 page");

    // The page is found, and can't be shown.
    let third = word(20 * WORDS);
    let store = index.store.clone();
    server.answer(move |path| store.iter().any(|block| block == path), 404, "");
    search.ask(&third);
    assert!(search.notes().starts_with(FAILED), "{}", search.notes());
    server.fix();
    assert_eq!(search.ask(&third).titles(), ["Page 20"]);
    assert_eq!(search.notes(), "1 page");

    // An answer that is no part of an index at all: a host's own page, say.
    let fourth = word(40 * WORDS);
    let shard = index.shard_of(&fourth);
    server.answer(move |path| path == shard, 200, "<!doctype html><title>Sign in</title>");
    search.ask(&fourth);
    assert!(search.notes().starts_with(FAILED), "{}", search.notes());
    server.fix();
    assert!(page.errors().iter().all(|error| error.source == "network"));
}

#[test]
fn a_search_that_does_not_load_says_so_in_the_readers_language() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/sv/om-svarton/"));
    let is_manifest = |path: &str| path == "/search/index.json";
    let is_part = |path: &str| path.starts_with("/assets/search/");
    let is_engine = |path: &str| path.contains("engine-static");
    let failed = "En del av sökningen kunde inte laddas. Kontrollera uppkopplingen och försök igen.";
    server.break_paths(is_engine);
    let search = Box::open(&page, "/");
    page.wait(&format!("document.querySelector('.notes').textContent === {}", json!(failed)));
    server.fix();
    server.answer(is_manifest, 404, "");
    assert_eq!(search.ask("invändningar").notes(), failed);
    server.fix();
    server.break_paths(is_manifest);
    assert_eq!(search.ask("invändningar").notes(), failed);
    server.fix();
    server.answer(is_part, 404, "");
    assert_eq!(search.ask("invändningar").notes(), failed);
    server.fix();
    server.drop_paths(is_part);
    assert_eq!(search.ask("invändningar").notes(), failed);
    server.fix();
    search.ask("invändningar");
    assert_eq!(search.notes(), "6 sidor");
    assert_eq!(search.titles()[0], "Invändningar är frågor med rocken på");
    page.wait("document.querySelector('.filter:not([hidden])')");
    assert!(page.errors().iter().all(|error| error.source == "network"));
}

#[test]
fn a_late_answer_does_not_replace_a_newer_one() {
    let site = large();
    let index = Index::of(site);
    let (slow, quick) = two_words(&index);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    search.ask("telephone");
    let shard = index.shard_of(&slow);
    let late = shard.clone();
    server.delay(move |path| path == late, Duration::from_millis(1500));
    search.put(&slow);
    page.wait("document.querySelector('[role=listbox]').ariaBusy === 'true'");
    search.put(&quick);
    page.wait(&format!("{TITLES}.join() === 'Page 9'"));
    assert!(!files(&server).contains(&shard), "it is late");
    page.js("window.drawn = []; new MutationObserver(() => drawn.push(document.querySelector('.title')?.textContent)).observe(document.querySelector('[role=listbox]'), { childList: true })", &[]);
    server.wait_for(&shard);
    page.js_async("const idle = () => new Promise((done) => requestIdleCallback(done)); for (let i = 0; i < 5; i++) await idle();", &[]);
    assert_eq!(page.js("return drawn", &[]), json!([]));
    assert_eq!(search.titles(), ["Page 9"]);
    assert!(page.url().ends_with(&format!("?q={quick}")), "{}", page.url());
    page.assert_no_errors();
}
