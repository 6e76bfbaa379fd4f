//! `ringback import site`: the demo, as anybody could fetch it, gives back its articles.

use std::collections::BTreeMap;

use ringback::authoring::markup::facts::Facts;
use ringback::authoring::markup::tree::{self, Element, Node};

use crate::browser::{Serve, Server, demo};
use crate::support::{Site, tree as files};

/// What the text of a built page says, between all that is around it.
fn text(html: &str) -> Option<Facts> {
    let nodes = tree::parse_page(html);
    let page = nodes.iter().find_map(Node::element)?;
    let text = page.find(&|element: &Element| element.name == "div" && element.has_class("text"))?;
    Some(Facts::of_html(&text.children))
}

/// What isn't in the other list, as often as it is in the first.
fn missing(all: &[String], others: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    others.iter().for_each(|one| *counts.entry(one).or_default() += 1);
    let is_missing = |one: &&String| match counts.get_mut(*one) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    all.iter().filter(is_missing).cloned().collect()
}

#[test]
fn the_demo_fetched_gives_back_its_articles() {
    let demo = demo();
    let public = demo.path("public");
    let server = Server::of(&public, Serve::default());
    let site = Site::empty();
    let run = site.run(&["import", "site", &server.url("/"), "--pause", "0"]);
    assert!(run.status <= 1, "{}{}", run.stdout, run.stderr);
    let asked = server.requests();
    let twice = asked.iter().filter(|one| asked.iter().filter(|other| other.path == one.path).count() > 1);
    assert_eq!(twice.map(|one| one.path.clone()).collect::<Vec<_>>(), Vec::<String>::new());
    site.build();
    let new = files(&site.path("public"));
    let built = |path: &str| {
        new.get(&format!("{}index.html", path.trim_start_matches('/')))
            .map(|bytes| String::from_utf8_lossy(bytes))
    };
    // Where an old address leads by now.
    let follow = |address: &String| {
        let path = address.split('#').next().unwrap_or_default();
        let stub = built(path).and_then(|html| {
            html.split("http-equiv=\"refresh\" content=\"0; url=")
                .nth(1)?
                .split('"')
                .next()
                .map(str::to_string)
        });
        stub.unwrap_or_else(|| path.to_string())
    };
    let (mut articles, mut words, mut lost) = (0, 0, Vec::new());
    for (path, bytes) in files(&public) {
        let is_article =
            path.contains("insights/") && path.ends_with("/index.html") && !path.contains("/page/");
        let is_article = is_article && String::from_utf8_lossy(&bytes).contains("\"@type\":\"Article\"");
        let Some(old) = text(&String::from_utf8_lossy(&bytes)).filter(|_| is_article) else { continue };
        articles += 1;
        let address = format!("/{}", path.trim_end_matches("index.html"));
        let found = built(&follow(&address)).and_then(|html| text(&html));
        let found = found.unwrap_or_else(|| panic!("{address} is nowhere: {}", run.stdout));
        words += old.words.len();
        lost.extend(missing(&old.words, &found.words).into_iter().map(|word| format!("{path}: {word}")));
        let plain = |links: &[String]| {
            links.iter().filter(|link| !link.starts_with('#')).map(follow).collect::<Vec<_>>()
        };
        let links = missing(&plain(&old.links), &plain(&found.links));
        assert!(links.is_empty(), "{path} has lost {links:?}; it has {:?}", found.links);
        let shown = |facts: &Facts| facts.images.iter().map(|(_, alt)| alt.clone()).collect::<Vec<_>>();
        let images = missing(&shown(&old), &shown(&found));
        assert!(images.is_empty(), "{path} has lost {images:?}; it has {:?}", found.images);
        let headings = missing(&names(&old), &names(&found));
        assert!(headings.is_empty(), "{path} has lost {headings:?}");
    }
    assert!(articles > 25, "{articles}");
    assert!(lost.len() * 100 <= words, "{} of {words} words are lost: {lost:?}", lost.len());
    // Every old address has an answer.
    let run = site.run(&["import", "--verify", "import-addresses.txt"]);
    let bad: Vec<&str> = run.stderr.lines().filter(|line| !line.contains("/?")).collect();
    assert!(bad.is_empty(), "{bad:?}");
    // A second time changes nothing, and asks for no file again that hasn't changed.
    let before = site.tree("content");
    site.run(&["import", "site", &server.url("/"), "--pause", "0"]);
    assert!(site.tree("content") == before, "a second import");
}

fn names(facts: &Facts) -> Vec<String> {
    facts.headings.iter().map(|(_, words)| words.clone()).collect()
}
