//! The page of all objections, while somebody on the phone says one: found by a few letters, opened in its script.

use serde_json::json;

use super::super::{Browser, Options, Screen, Serve, Server, demo};

/// The names that are shown, in their order.
fn shown(page: &Browser) -> Vec<String> {
    let names = page.js(
        "return [...document.querySelectorAll('[data-objection]')]
            .filter((entry) => entry.checkVisibility()).map((entry) => entry.querySelector('h3').textContent.trim())",
        &[],
    );
    serde_json::from_value(names).expect("names")
}

#[test]
fn an_objection_is_found_while_it_is_said_and_opened_with_the_keyboard() {
    let site = demo();
    let server = Server::of(&site.path("team"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/objections/"));
    let all = shown(&page);
    assert!(all.len() > 40, "{all:?}");
    page.press("/");
    let status = || page.find("[data-found]").text();
    // By its name, then by how people say it, in any language, with accents or without.
    for (typed, wanted) in [
        ("no tim", "No time"),
        ("i am driving", "Bad moment"),
        ("HAR REDAN NÅGON", "Har redan någon"),
        ("redan nagon", "Har redan någon"),
        ("sitter møte", "Dårlig tidspunkt"),
    ] {
        page.press("Control+a");
        page.type_text(typed);
        let found = shown(&page);
        assert!(found.len() < 4 && found.iter().any(|name| name == wanted), "{typed}: {found:?}");
        assert_eq!(status(), found[0], "it is announced");
    }
    // Nothing fits: it is said, and Escape brings all back.
    page.press("Control+a");
    page.type_text("<img src=x onerror=alert(1)>");
    assert_eq!(shown(&page), Vec::<String>::new());
    assert_eq!(status(), page.find("[data-found]").attribute("data-none").expect("words"));
    page.press("Escape");
    assert_eq!(shown(&page), all);
    assert_eq!(status(), "");
    // The second of several.
    page.type_text("rabatt");
    let both = shown(&page);
    assert_eq!(both, ["Rabatt", "Rabatt"]);
    page.press("ArrowDown");
    page.shot("objections");
    page.press("Enter");
    page.wait("location.pathname.startsWith('/nb/scripts/') && location.hash === '#innvending-rabatt'");
    page.find("[id='innvending-rabatt']");
    page.assert_no_errors();
}

#[test]
fn it_can_be_used_with_a_thumb() {
    let site = demo();
    let server = Server::of(&site.path("team"), Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    page.goto(&server.url("/objections/"));
    page.find("[data-find]").click();
    page.type_text("price");
    assert!(!shown(&page).is_empty());
    let size = page.js("const { width, height } = document.querySelector('[data-find]').getBoundingClientRect(); return [width > 250, height >= 44]", &[]);
    assert_eq!(size, json!([true, true]));
    assert_eq!(page.js("return document.documentElement.scrollWidth <= innerWidth", &[]), true);
    page.shot("objections-phone");
    page.assert_no_errors();
}
