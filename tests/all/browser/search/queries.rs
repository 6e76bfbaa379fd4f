//! What people put into a box that is no word, and signs that mean something to browsers.

use serde_json::json;

use super::super::{Browser, Options, Serve, Server, demo};
use super::{Box, TITLES, texts};
use crate::support::Site;

/// Nothing that was asked for, or found, became an element.
#[track_caller]
fn assert_nothing_injected(page: &Browser) {
    let injected = page.js(
        "return document.querySelectorAll('[data-search-page] :is(script, img, b, iframe), dialog.search :is(script, img, b, iframe)').length",
        &[],
    );
    assert_eq!(injected, 0);
}

#[test]
fn every_query_gets_a_helpful_answer() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    let long = "a page about calls and meetings ".repeat(320);
    let one_word = "x".repeat(10_000);
    let common = "These words are on every page. Add one that isn’t.";
    for (query, said) in [
        (long.as_str(), "Only the first 8 words count."),
        (one_word.as_str(), "No results for"),
        ("the and of", common),
        (".*[a-z]+(", "No results for “.*[a-z]+(”. Every page from A to Z"),
        ("\\", "No results for “\\”. Every page from A to Z"),
        ("{q}qqq $&", "No results for “{q}qqq $&”. Every page from A to Z"),
        ("a", "Words that begin like this"),
        ("📞🙂", "No results for “📞🙂”. Every page from A to Z"),
        ("__proto__ constructor", "No results for “__proto__ constructor”. Every page from A to Z"),
        ("\u{202e}\u{200f}\u{200b}", "Every page from A to Z"),
        ("\"cold call\"", "5 pages"),
        ("‘cold’ “call”", "5 pages"),
        ("\u{200f}objections\u{202e}", "6 pages"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<script>alert(1)</script>", ""),
    ] {
        search.ask(query);
        let notes = search.notes();
        let short: String = query.chars().take(40).collect();
        assert!(!notes.is_empty() && notes.contains(said), "{short}: {notes}");
        assert_nothing_injected(&page);
    }
    search.ask("qqqqqq");
    assert_eq!(page.find(".notes a").attribute("href").as_deref(), Some("/a-z/"));
    page.assert_no_errors();

    // A word of those that begin so.
    search.ask("a");
    let first = page.find(".word").text();
    page.find(".word").click();
    page.wait(&format!("document.querySelector('[role=combobox]').value === {}", json!(first)));
    page.wait(&format!("{TITLES}.length"));

    page.goto(&server.url("/sv/search/"));
    let search = Box::on_page(&page);
    let composed = search.ask("invändningar").titles();
    assert_eq!(search.ask("inva\u{308}ndningar").titles(), composed);
    assert_eq!(composed[0], "Invändningar är frågor med rocken på");
    page.assert_no_errors();
}

#[test]
fn signs_in_titles_and_texts_are_shown_as_they_are() {
    let title = "<script>alert(1)</script> & \"quotes\" \u{202e}olleh\u{202c} 🙂";
    let heading = "<b>Bold</b> &amp; zebra";
    let config = "title: Test\nbase_url: https://example.org/\ndefault_language: en\nlanguages:\n  en: {label: \"<i>English</i>\"}\n\
        taxonomies:\n  category:\n    label: \"<u>Category</u>\"\n    terms:\n      odd: {label: \"<img src=x onerror=alert(1)>\"}\n      plain: {label: Plain}\n";
    let site = Site::new()
        .with("ringback.yaml", config)
        .with(
            "content/insights/odd.md",
            format!(
                "---\ntitle: {}\ndate: 2026-01-01\ncategory: odd\ndescription: {}\n---\n\
                 ## `<b>Bold</b>` \\&amp; zebra\n\nA zebra writes `<img src=x onerror=alert(2)>` \\& \\\"hello\\\" 🦓.\n",
                json!(title),
                json!("Sealed </p><script>alert(3)</script> & 'zebra'")
            ),
        )
        .with(
            "content/insights/other.md",
            "---\ntitle: Other\ndate: 2026-01-02\ncategory: plain\ndescription: Nothing of that.\n---\nOther words.\n",
        );
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    assert_eq!(search.ask("zebra").titles(), [title]);
    let sections = "return [...document.querySelectorAll('[role=group] > :not(:first-child)')].map((a) => a.textContent)";
    assert_eq!(texts(&page.js(sections, &[])), [heading]);
    let excerpt = page.js("return document.querySelector('.excerpt').textContent", &[]);
    assert!(
        excerpt.as_str().is_some_and(|text| text.contains("<img src=x onerror=alert(2)> & \"hello\" 🦓")),
        "{excerpt}"
    );
    assert_nothing_injected(&page);
    search.ask("sealed");
    let excerpt = page.js("return document.querySelector('.excerpt').textContent", &[]);
    assert_eq!(excerpt, "Sealed </p><script>alert(3)</script> & 'zebra'");
    assert_nothing_injected(&page);
    page.find(".filter summary").click();
    page.wait("document.querySelector('.filter fieldset label')");
    let facets = page.find(".filter").text();
    assert!(
        facets.contains("<u>Category</u>") && facets.contains("<img src=x onerror=alert(1)>"),
        "{facets}"
    );
    assert_nothing_injected(&page);
    page.assert_no_errors();
}
