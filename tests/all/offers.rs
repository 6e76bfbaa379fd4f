//! What a site and its authors offer, in texts and below them.

use crate::support::Site;

fn site() -> Site {
    let article = |title: &str, more: &str, text: &str| {
        format!("---\ntitle: {title}\ndate: 2026-01-05\n{more}---\n{text}\n")
    };
    Site::empty()
        .with(
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\nchecks: off\n\
             languages: {en: {label: English}, sv: {label: Svenska}}\n\
             feeds: {content: full}\n\
             offers:\n\
             \x20 guide: {page: insights/guide, label: {en: Read it, sv: Läs den}, below: true}\n\
             \x20 course: {url: \"https://courses.example/?a=1&b=2\", title: The <course>, text: Two days.}\n",
        )
        .with("content/insights/guide.md", article("The guide", "description: What it says.\n", "Text."))
        .with("content/insights/guide.sv.md", article("Guiden", "", "Text."))
        .with("content/insights/a.md", article("A", "authors: [kim-berg]\n", "> [!offer] course\n"))
        .with("content/insights/a.sv.md", article("A", "", "Ord."))
        .with("content/insights/b.md", article("B", "", "> [!offer] guide\n"))
        .with("content/pages/c.md", "---\ntitle: C\n---\nText.\n")
        .with(
            "content/people/kim-berg.md",
            "---\ntitle: Kim Berg\noffers:\n  book: {url: \"https://books.example/\", title: Her book, below: true}\n\
             \x20 course: {url: \"https://books.example/course\", title: Her course}\n---\nText.\n",
        )
}

/// The offers of a page: titles and addresses.
fn offers(site: &Site, page: &str) -> Vec<(String, String)> {
    let html = site.read(&format!("public/{page}index.html"));
    let parts = html.split("<aside class=\"offer\">").skip(1);
    let between = |part: &str, start: &str, end: &str| {
        let rest = part.split_once(start).expect("it begins").1;
        rest.split_once(end).expect("it ends").0.to_string()
    };
    parts.map(|part| (between(part, "offer-title\">", "<"), between(part, "href=\"", "\""))).collect()
}

#[test]
fn offers_are_shown_where_a_text_names_them_and_below_articles() {
    let site = site();
    site.build();
    let guide = || ("The guide".to_string(), "/insights/guide/".to_string());
    let own = [
        ("Her course".to_string(), "https://books.example/course".to_string()),
        ("Her book".to_string(), "https://books.example/".to_string()),
        guide(),
    ];
    assert_eq!(offers(&site, "insights/a/"), own, "the author's before the site's, and each once");
    assert_eq!(offers(&site, "insights/b/"), [guide()], "not again below");
    assert_eq!(offers(&site, "sv/insights/a/"), [("Guiden".to_string(), "/sv/insights/guide/".to_string())]);
    assert_eq!(offers(&site, "insights/guide/"), [], "not on the page that it leads to");
    assert_eq!(offers(&site, "c/"), [], "only below articles");
    let page = |name: &str| site.read(&format!("public/{name}index.html"));
    assert!(page("sv/insights/a/").contains("Läs den<") && page("insights/a/").contains("data-cta=\"book\""));
    assert!(page("insights/a/").contains("css/blocks.") && !page("c/").contains("css/blocks."));
    let feed = site.read("public/feed.xml");
    assert!(
        feed.contains("https://books.example/course") && feed.contains("https://example.org/insights/guide/")
    );
}

#[test]
fn what_is_wrong_with_an_offer_is_told() {
    let config = "title: Test\nbase_url: https://example.org/\nchecks: off\noffers:\n";
    for (offer, expected) in [
        ("a: {title: A}", "error[missing-key]: an offer needs `page`"),
        (
            "a: {url: \"https://a.example/\"}",
            "error[missing-key]: an offer that leads to another site needs a `title`",
        ),
        (
            "a: {page: pages/c, url: \"https://a.example/\", title: A}",
            "error[invalid-value]: an offer leads to one place",
        ),
        ("a: {page: pages/no}", "error[unknown-page]"),
        ("a: {page: insights/secret}", "error[link-to-team]"),
        ("a: {url: \"javascript:alert(1)\", title: A}", "error[bad-url]"),
        ("\"a b\": {page: pages/c}", "error[invalid-value]: `a b` can't be the id"),
        ("a: {page: pages/c, price: 5}", "error[unknown-key]: an offer has no key `price`"),
    ] {
        let site = Site::empty()
            .with("ringback.yaml", format!("{config}  {offer}\n"))
            .with("content/insights/secret.md", "---\ntitle: Secret\naudience: team\n---\nText.\n")
            .with("content/pages/c.md", "---\ntitle: C\n---\nText.\n");
        let told = site.run(&["check"]).stderr;
        assert!(told.contains(expected), "{offer}: {told}");
    }
}
