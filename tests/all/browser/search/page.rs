//! The search page, its address, and the small screen.

use super::super::{Browser, Options, Screen, Scripts, Serve, Server, demo};
use super::{Box, TITLES, texts};

/// The kinds of the results: what stands first in the line below each title.
const KINDS: &str =
    "[...document.querySelectorAll('[role=group] .fine')].map((fine) => fine.textContent.split(' · ')[0])";

#[test]
fn the_address_keeps_the_query_and_its_filters() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/"));
    Box::open(&page, "/").ask("customers call");
    page.find(".rest").click();
    page.wait("location.pathname === '/search/'");
    assert!(page.url().ends_with("/search/?q=customers+call"), "{}", page.url());
    page.wait(&format!("{TITLES}.length"));
    assert_eq!(page.find("[role=combobox]").property("value"), "customers call");

    // The number beside a term is what is left when it is chosen.
    page.find(".filter summary").click();
    let count = "document.querySelector('[name=kind] [value=playbook]')?.parentElement.querySelector('.count').textContent";
    let promised = page.wait(count);
    page.find("[name=kind] [value=playbook]").click();
    page.wait(&format!("{KINDS}.length && {KINDS}.every((kind) => kind === 'Playbook')"));
    // Pages with only some of the words are not counted.
    assert_eq!(page.find(".notes").text(), format!("{} pages", promised.as_str().expect("a number")));
    assert!(page.url().ends_with("/search/?q=customers+call&kind=playbook"), "{}", page.url());
    let found = texts(&page.js(&format!("return {TITLES}"), &[]));

    let is_same =
        format!("JSON.stringify({TITLES}) === {}", serde_json::json!(serde_json::json!(found).to_string()));
    page.reload();
    page.wait(&is_same);
    // It can be seen why only these are shown.
    page.wait("document.querySelector('.filter[open] [value=playbook]')?.checked");
    page.find("[role=option]").click();
    page.wait("location.pathname !== '/search/'");
    page.back();
    page.wait(&is_same);
    assert_eq!(page.find("[role=combobox]").property("value"), "customers call");
    assert!(page.url().ends_with("/search/?q=customers+call&kind=playbook"), "{}", page.url());
    page.assert_no_errors();
}

#[test]
fn other_languages_come_behind_the_pages_own() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/sv/search/?q=ringback"));
    let languages = "[...document.querySelectorAll('[role=group]')].map((group) => group.lang)";
    page.wait(&format!("{languages}.join() === 'sv'"));
    page.find(".all input").click();
    page.wait(&format!("{languages}[0] === 'sv' && {languages}.slice(1).sort().join() === 'en,nb'"));
    let fine = texts(&page.js(
        "return [...document.querySelectorAll('[role=group] .fine')].map((fine) => fine.textContent)",
        &[],
    ));
    assert!(
        fine[0].starts_with("Sida")
            && !fine[0].contains("Svenska")
            && fine.iter().any(|line| line.ends_with(" · English"))
            && fine.iter().any(|line| line.ends_with(" · Norsk bokmål")),
        "{fine:?}"
    );
    page.reload();
    page.wait(&format!("{languages}.length === 3"));
    page.assert_no_errors();
}

#[test]
fn more_pages_follow_when_asked_for() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/?q=call"));
    page.wait(&format!("{TITLES}.length === 8"));
    page.find(".ways button").focus();
    page.press("Enter");
    page.wait(&format!("{TITLES}.length === 16"));
    // The focus is on the first new one.
    page.wait("document.activeElement === document.querySelectorAll('[role=group]')[8].querySelector('a')");
    page.assert_no_errors();
}

#[test]
fn without_scripts_every_page_is_two_links_away() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options { scripts: Scripts::Off, ..Options::default() }) else { return };
    page.goto(&server.url("/sv/insights/tyst-i-luren/"));
    page.find("a.find").click();
    page.wait("location.pathname === '/sv/search/'");
    page.shot("search-page-without-scripts");
    assert!(!page.find("[data-search-page] form").is_visible(), "a box that does nothing is not shown");
    assert_eq!(page.find(".by-letter h2").text().to_lowercase(), "alla sidor från a till ö");
    page.find(".by-letter li:nth-last-child(2) a").click();
    page.wait("location.pathname === '/sv/a-z/'");
    assert!(page.find("main a[href='/sv/insights/tyst-i-luren/']").is_visible());
    page.assert_no_errors();
}

#[test]
fn the_box_fits_a_phone() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    let overflow = "return Math.max(...[document.documentElement, ...document.querySelectorAll('dialog.search, dialog.search .results')].map((one) => one.scrollWidth - one.clientWidth))";
    page.goto(&server.url("/insights/let-them-call-you/"));
    page.find("a.find").click();
    let search = Box::open(&page, "Control+k");
    page.wait("document.querySelector('dialog.search').getAnimations().length === 0");
    page.shot("search-phone-empty");
    for (query, name) in [
        ("customers call", "search-phone"),
        ("prospetc", "search-phone-typo"),
        ("qqqqqq", "search-phone-nothing"),
        ("xylophonexylophonexylophonexylophonexylophonexylophone", "search-phone-long"),
        ("a", "search-phone-letter"),
    ] {
        search.ask(query);
        assert_eq!(page.js(overflow, &[]), 0, "{query}");
        page.shot(name);
    }
    search.ask("customers call");
    page.find(".filter summary").click();
    page.wait("document.querySelector('.filter fieldset')");
    assert_eq!(page.js(overflow, &[]), 0);
    page.shot("search-phone-filter");
    let place = "const { left, right, top, bottom } = document.querySelector('dialog.search').getBoundingClientRect();
        return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight";
    assert_eq!(page.js(place, &[]), true);
    // A finger needs some 44 pixels.
    let small = "return [...document.querySelectorAll('dialog.search :is(button, summary, label, a)')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 40).map((one) => one.outerHTML)";
    assert_eq!(texts(&page.js(small, &[])), Vec::<String>::new());

    page.media("prefers-color-scheme", "dark");
    page.wait("matchMedia('(prefers-color-scheme: dark)').matches");
    page.shot("search-phone-dark");
    let colors = "const { color, backgroundColor } = getComputedStyle(document.querySelector('dialog.search')); return [color, backgroundColor]";
    assert_eq!(texts(&page.js(colors, &[])), ["rgb(233, 230, 220)", "rgb(17, 23, 20)"]);
    page.press("Escape");
    page.press("Escape");
    page.wait("!document.querySelector('dialog[open]')");
    page.goto(&server.url("/search/?q=customers+call"));
    page.wait(&format!("{TITLES}.length"));
    assert_eq!(page.js(overflow, &[]), 0);
    page.shot("search-page-phone-dark");

    page.screen(Screen::Desktop);
    page.media("prefers-color-scheme", "light");
    page.reload();
    page.wait(&format!("{TITLES}.length"));
    page.shot("search-page");
    page.goto(&server.url("/insights/let-them-call-you/"));
    Box::open(&page, "/").ask("customers call");
    page.press("ArrowDown");
    page.wait("document.querySelector('dialog.search').getAnimations().length === 0");
    page.shot("search-dialog");
    page.assert_no_errors();
}
