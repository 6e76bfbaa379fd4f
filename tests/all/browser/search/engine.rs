//! Another engine in place of the site's own index.

use serde_json::{Value, json};

use super::super::{Browser, Options, Serve, Server};
use super::{Box, files};
use crate::support::Site;

/// A hit of Meilisearch, with its marks around what was found.
fn hit(url: &str, title: &str, heading: &str) -> Value {
    json!({
        "url": url, "kind": "insight", "date": "2026-11-02", "lang": "en",
        "_formatted": {"title": title, "heading": heading, "text": "A \u{1}cold\u{2} <b>call</b> costs two people their morning."},
    })
}

#[test]
fn another_engine_answers_in_the_same_box() {
    let site = Site::new().with("content/insights/one.md", "---\ntitle: One\ndate: 2026-01-01\n---\nText.\n");
    site.build();
    // The server's port is known only now, and the page has to name it.
    let server = Server::of(&site.path("public"), Serve::default());
    let theme = format!(
        "search: {{kind: meilisearch, url: \"{}\", index: pages, key: may-only-search}}\n",
        server.url("/engine/")
    );
    site.write("themes/ringback/theme.yaml", theme);
    site.build();
    let is_engine = |path: &str| path == "/engine/indexes/pages/search";
    let hits = json!({
        "hits": [
            hit("/insights/calls/", "\u{1}Cold\u{2} <i>calls</i>", ""),
            hit("/insights/calls/#cost", "\u{1}Cold\u{2} <i>calls</i>", "What they \u{1}cost\u{2}"),
            hit("javascript:alert(1)", "No address", ""),
        ],
        "estimatedTotalHits": 3,
        "facetDistribution": {"kind": {"insight": 2, "playbook": 1}},
    });
    server.answer(is_engine, 200, &hits.to_string());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/one/"));
    let search = Box::open(&page, "/");
    assert_eq!(search.ask("cold").titles(), ["Cold <i>calls</i>", "No address"]);
    assert_eq!(search.notes(), "2 pages");
    let shown = page.js(
        "return [...document.querySelectorAll('[role=option]')].map((a) => [(a.getAttribute('href') ?? '').replace(location.origin, ''),
           [...a.querySelectorAll('mark')].map((mark) => mark.textContent).join(' ')])",
        &[],
    );
    let links = [["/insights/calls/", "Cold cold"], ["/insights/calls/#cost", "cost"]];
    assert_eq!(shown.as_array().map(|all| json!(all[..2])), Some(json!(links)), "{shown}");
    assert!(!shown.to_string().contains("javascript"), "{shown}");
    assert_eq!(page.js("return document.querySelectorAll('[role=listbox] :is(i, b)').length", &[]), 0);

    // A chosen facet is part of the next question.
    page.find(".filter summary").click();
    page.find(".filter [name=kind] input[value=insight]").click();
    search.answer();
    page.wait("document.querySelector('.rest').href.includes('kind=insight')");
    let asked = |server: &Server| -> Vec<Value> {
        let requests = server.requests().into_iter().filter(|request| is_engine(&request.path));
        requests.map(|request| serde_json::from_str(&request.sent).expect("JSON")).collect()
    };
    let first = &asked(&server)[0];
    assert_eq!((&first["q"], &first["filter"]), (&json!("cold"), &json!(["lang = \"en\""])));
    let narrowed = json!(["lang = \"en\"", ["kind = \"insight\""]]);
    page.wait("document.querySelector('[role=listbox]').ariaBusy !== 'true'");
    assert!(asked(&server).iter().any(|query| query["filter"] == narrowed), "{:#?}", asked(&server));
    assert_eq!(files(&server), Vec::<String>::new());
    page.assert_no_errors();

    server.fix();
    server.break_paths(is_engine);
    search.ask("warm");
    assert!(search.notes().starts_with("Part of the search did not load."), "{}", search.notes());
    assert_eq!(search.titles().len(), 2, "what was found stays");
    server.fix();
    server.answer(is_engine, 200, &json!({"hits": [], "estimatedTotalHits": 0}).to_string());
    search.ask("nothing");
    assert_eq!(search.notes(), "No results for “nothing”. Every page from A to Z");
    assert!(page.errors().iter().all(|error| error.source == "network"));
}
