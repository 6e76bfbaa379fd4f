//! The search box for those who hear it.

use super::super::{Browser, Options, Serve, Server, demo};
use super::Box;

#[test]
fn a_screen_reader_is_told_what_happens() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/"));
    let link = page.find("a.find");
    assert!(link.role() == "link" && link.name().starts_with("Search"), "{} {}", link.role(), link.name());
    let search = Box::open(&page, "/");
    let what = "What are you looking for?";
    let dialog = page.find("dialog.search");
    assert_eq!((dialog.role().as_str(), dialog.name().as_str()), ("dialog", what));
    let input = page.focused();
    assert_eq!((input.role().as_str(), input.name().as_str()), ("combobox", what));
    let is_expanded = || input.attribute("aria-expanded");
    let active = || input.attribute("aria-activedescendant");
    assert_eq!((is_expanded().as_deref(), active()), (Some("false"), None));

    search.ask("cold calls");
    assert_eq!((is_expanded().as_deref(), active()), (Some("true"), None));
    let list = page.find(&format!("#{}", input.attribute("aria-controls").expect("a list")));
    assert_eq!((list.role().as_str(), list.name().as_str()), ("listbox", what));
    let group = page.find("[role=listbox] > div");
    assert_eq!((group.role().as_str(), group.name()), ("group", search.titles()[0].clone()));
    let first = page.find("[role=listbox] > div > a");
    assert_eq!(first.role(), "option");
    assert!(first.name().starts_with(&search.titles()[0]), "{}", first.name());
    let notes = search.notes();
    page.wait("document.querySelector('[role=status]').textContent");
    let status = page.find("[role=status]");
    assert_eq!((status.role().as_str(), status.property("textContent")), ("status", notes.into()));
    assert_eq!(status.attribute("aria-live").as_deref().unwrap_or("polite"), "polite");

    // The focus stays in the box, and only the active option moves.
    let selected = "return [...document.querySelectorAll('[aria-selected=true]')].map((option) => option.getAttribute('href'))";
    let options = super::texts(&page.js(
        "return [...document.querySelectorAll('[role=option]')].map((option) => option.getAttribute('href'))",
        &[],
    ));
    for href in [&options[0], &options[1], &options[2]] {
        page.press("ArrowDown");
        let id = active().expect("an active option");
        assert_eq!(page.find(&format!("#{id}")).attribute("href").as_ref(), Some(href));
        assert_eq!(super::texts(&page.js(selected, &[])), std::slice::from_ref(href));
        assert_eq!(page.focused().role(), "combobox");
    }
    page.press("ArrowUp");
    assert_eq!(super::texts(&page.js(selected, &[])), [options[1].clone()]);
    // Before the first is the box itself, and before that the last.
    page.press("ArrowUp");
    page.press("ArrowUp");
    assert_eq!(active(), None);
    page.press("ArrowUp");
    assert_eq!(super::texts(&page.js(selected, &[])), [options[options.len() - 1].clone()]);

    // A new answer has no active option, and an empty list is not expanded.
    search.ask("qqqqqq");
    assert_eq!((is_expanded().as_deref(), active()), (Some("false"), None));
    page.wait("document.querySelector('[role=status]').textContent.includes('No results for')");
    page.assert_no_errors();
}
