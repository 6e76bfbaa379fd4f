//! The card: there for reps, and for nobody else.

use super::super::{Browser, Options};
use super::{ARTICLE, GUIDE, serve};

const CARD: &str = "document.querySelector('.rep-card')";

#[test]
fn a_link_shows_whose_it_is_and_the_card_can_be_closed() {
    let (_site, server) = serve("public");
    let Some(page) = Browser::open(Options::default()) else { return };
    // What fades in has no words for the driver.
    page.media("prefers-reduced-motion", "reduce");
    // Nothing is loaded for a link that is nobody's.
    page.goto(&server.url(ARTICLE));
    page.wait("document.readyState === 'complete'");
    let loaded = || server.requests().iter().any(|request| request.path.contains("/rep"));
    assert!(!loaded());
    page.goto(&server.url(&format!("{ARTICLE}?via=ola-dahl")));
    let card = page.find(".rep-card");
    assert_eq!((card.role().as_str(), card.name().as_str()), ("complementary", "Your contact"));
    assert!(loaded() && card.text().contains("Ola Dahl") && card.text().contains("Sales coach"));
    let links = page.js(
        "return [...document.querySelectorAll('.rep-card a')].map((link) => link.getAttribute('href'))",
        &[],
    );
    let expected = [
        "/people/ola-dahl/",
        "tel:+46846500412",
        "mailto:ola@svarton.example",
        "https://booking.svarton.example/ola-dahl",
    ];
    assert_eq!(links, serde_json::json!(expected));
    // It moves nothing, and whatever gets the focus is seen.
    let shift = "return performance.getEntriesByType('layout-shift').reduce((sum, { value }) => sum + value, 0) < 0.02";
    assert_eq!(page.js(shift, &[]), true);
    let canonical = page.find("link[rel=canonical]").attribute("href").expect("an address");
    assert!(!canonical.contains("via"), "{canonical}");

    // In the reader's language.
    page.goto(&server.url("/sv/?via=anna-berg"));
    assert_eq!(page.find(".rep-card").name(), "Din kontakt");
    assert!(page.find(".rep-card").text().contains("Grundare"));

    let close = page.find(".rep-close");
    assert_eq!(close.name(), "Stäng");
    close.click();
    page.wait(&format!("!{CARD}"));
    page.reload();
    page.wait("document.readyState === 'complete' && performance.getEntriesByType('resource').some(({ name }) => name.includes('/rep.'))");
    assert_eq!(page.js(&format!("return {CARD}"), &[]), serde_json::Value::Null);
    // Somebody else's link is another matter.
    page.goto(&server.url("/sv/?via=ola-dahl"));
    page.find(".rep-card");
    page.cdp("Emulation.setEmulatedMedia", serde_json::json!({"media": "print"}));
    assert!(!page.find(".rep-card").is_visible());
    page.assert_no_errors();
}

#[test]
fn a_link_past_the_form_opens_the_gate_and_says_whose_it_is() {
    let (site, server) = serve("public");
    let Some(page) = Browser::open(Options::default()) else { return };
    let run = site.run(&["share", GUIDE, "--rep", "ola-dahl", "--json"]);
    let shared: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let link = shared["unlock"]
        .as_str()
        .and_then(|link| link.strip_prefix("https://svarton.example"))
        .expect("a link");
    page.goto(&server.url(link));
    page.find("[data-gate][data-open]");
    assert!(page.find(".rep-card").is_visible());
    // The key is out of the address, so that it isn't passed on by accident; the name stays.
    assert_eq!(page.url(), server.url(&format!("{GUIDE}?via=ola-dahl")));
    page.assert_no_errors();
}

#[test]
fn names_that_are_nobodys_are_ignored_quietly() {
    let (_site, server) = serve("public");
    let Some(page) = Browser::open(Options::default()) else { return };
    let long = "x".repeat(10_000);
    let names = [
        "",
        "nobody",
        "ingrid-solheim",
        "Ola%20Dahl",
        "__proto__",
        "constructor",
        "toString",
        "%00",
        "%E0%A4%A",
    ]
    .into_iter()
    .chain(["%3Cimg%20src=x%20onerror=alert(1)%3E", "..%2F..%2Fola-dahl", "ola-dahl%22%3E", &long]);
    for name in names {
        server.forget();
        page.goto(&server.url(&format!("{ARTICLE}?via={name}")));
        page.wait("performance.getEntriesByType('resource').some(({ name, responseEnd }) => /reps\\..*json/.test(name) && responseEnd) || location.search === '?via='");
        page.js_async("await new Promise((done) => setTimeout(done, 30))", &[]);
        assert_eq!(page.js(&format!("return {CARD}"), &[]), serde_json::Value::Null, "{name}");
        // It goes no further, and what else the address says stays.
        if !name.is_empty() {
            page.goto(&server.url(&format!("{ARTICLE}?utm_source=x&via={name}#top")));
            page.wait("location.search === '?utm_source=x' && location.hash === '#top'");
        }
    }
    page.assert_no_errors();
}

#[test]
fn without_the_list_there_is_no_card() {
    let (_site, server) = serve("public");
    let Some(page) = Browser::open(Options::default()) else { return };
    server.break_paths(|path| path.contains("/reps."));
    page.goto(&server.url(&format!("{ARTICLE}?via=ola-dahl")));
    page.wait("performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('/reps.') && responseEnd)");
    assert_eq!(page.js(&format!("return {CARD}"), &[]), serde_json::Value::Null);
    let thrown: Vec<_> =
        page.messages().into_iter().filter(|message| message.source == "javascript").collect();
    assert!(thrown.is_empty(), "{thrown:?}");
}
