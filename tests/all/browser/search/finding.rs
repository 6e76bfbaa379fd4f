//! What readers of the demo look for, with the keyboard alone.

use serde_json::json;

use super::super::{Browser, Options, Serve, Server, demo};
use super::Box;

#[test]
fn a_reader_finds_a_page_and_goes_there_without_a_mouse() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/prepare-ten-calls/"));
    page.find("main a[href]").focus();
    let link = page.focused().text();

    let search = Box::open(&page, "/");
    search.type_until_first("prospect", "Why prospects should call you");
    assert_eq!(page.find("[role=group] mark").text(), "prospects");
    // Once to empty the box, once to close it.
    page.press("Escape");
    page.wait("!document.querySelector('[role=combobox]').value && !document.querySelector('[role=group]')");
    assert_eq!(search.notes(), "");
    page.press("Escape");
    page.wait("!document.querySelector('dialog[open]')");
    assert_eq!(page.focused().text(), link);

    let search = Box::open(&page, "Control+k");
    search.type_until_first("prospect", "Why prospects should call you");
    page.press("ArrowDown");
    page.press("Enter");
    page.wait("location.pathname === '/insights/let-them-call-you/'");

    // In a text field, a slash is a slash.
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    page.type_text("and/or");
    assert_eq!(page.focused().property("value"), "and/or");
    search.answer();
    page.assert_no_errors();
}

/// Some browsers empty the field first, and close the dialog when the key comes again.
#[test]
fn escape_ends_a_search_in_every_browser() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/"));
    Box::open(&page, "/");
    page.type_text("prospect");
    page.wait("document.querySelector('[role=group]')");
    page.press("Escape");
    page.wait("!document.querySelector('dialog[open] [role=combobox]')?.value");
    if page.js("return !!document.querySelector('dialog[open]')", &[]) == true {
        page.press("Escape");
    }
    page.wait("!document.querySelector('dialog[open]')");
    page.assert_no_errors();
}

/// In WebKit, a search field takes Escape for itself, and all that a page sees is the event.
#[test]
fn escape_closes_the_dialog_even_if_the_browser_does_nothing() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/"));
    let search = Box::open(&page, "/");
    search.ask("prospect");
    let escape = "document.querySelector('dialog.search input').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, isComposing: arguments[0] }))";
    page.js(escape, &[json!(true)]);
    assert_eq!(page.focused().property("value"), "prospect", "the key ends what is composed");
    page.js(escape, &[json!(false)]);
    page.wait("!document.querySelector('[role=combobox]').value && document.querySelector('dialog[open]')");
    page.js(escape, &[json!(false)]);
    // The focus leaves what is hidden with the next frame; until then `/` would be typed.
    page.wait("!document.querySelector('dialog[open]') && !document.activeElement.matches('input')");
    Box::open(&page, "/");
    page.assert_no_errors();
}

#[test]
fn words_are_found_as_people_write_them() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/about/"));
    let search = Box::open(&page, "/");
    let objections = "Objections are questions with their coat on";
    for half in ["objecti", "objections", "OBJECTIONS", "obj"] {
        assert_eq!(search.ask(half).titles().first().map(String::as_str), Some(objections), "{half}");
        assert!(!search.notes().contains("Showing"), "{half}: {}", search.notes());
    }
    assert_eq!(search.ask("prospetc").titles(), ["Why prospects should call you"]);
    let notes = search.notes();
    assert!(
        notes.starts_with("Showing results for “prospects”. No results for “prospetc”.\n1 page"),
        "{notes}"
    );
    // Pages with only some of the words follow, and it is said where they begin.
    search.ask("cold calling");
    assert_eq!(page.find(".some").text(), "With only some of the words");
    let whole = "return [...document.querySelector('[role=listbox]').children].findIndex((child) => child.matches('.some'))";
    assert_eq!(search.notes(), format!("{} pages", page.js(whole, &[])));
    assert_eq!(search.titles().len(), 8);
    page.assert_no_errors();

    page.goto(&server.url("/sv/om-svarton/"));
    let search = Box::open(&page, "/");
    assert_eq!(search.ask("invandningar").titles()[0], "Invändningar är frågor med rocken på");
    // Four pages are about cold calls, each in its way.
    let cold = search.ask("kalla samtal").titles();
    let about = [
        "Förbered tio samtal i stället för att ringa hundra",
        "Om Svarton",
        "Därför ska kunderna ringa dig",
        "Vad kostar ett kallt samtal?",
    ];
    assert!(cold.len() >= 4 && cold[..4].iter().all(|title| about.contains(&title.as_str())), "{cold:?}");
    page.press("ArrowDown");
    page.press("Enter");
    page.wait("location.pathname === '/sv/insights/forbered-tio-samtal/'");

    page.goto(&server.url("/nb/om-oss/"));
    let search = Box::open(&page, "/");
    // The pages with the topic “Kundereisen”.
    let mut journey = search.ask("kundereise").titles();
    journey.sort();
    let tagged = [
        "Derfor bør kundene ringe deg",
        "Publiser det første møtet deres, minutt for minutt",
        "Én artikkel i måneden, på seks timer",
    ];
    assert_eq!(journey, tagged);
    assert_eq!(search.notes(), "3 sider");
    search.ask("kunderiese");
    assert!(search.notes().contains("ingen side inneholder «kunderiese»"), "{}", search.notes());
    // What was meant is two letters away, and offered where something nearer was found.
    let offered =
        page.js("return [...document.querySelectorAll('.word')].map((word) => word.textContent)", &[]);
    assert!(offered.to_string().contains("kundereise"), "{offered}");
    page.assert_no_errors();
}

#[test]
fn a_result_leads_to_the_heading_under_which_the_words_stand() {
    let site = demo();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/"));
    let search = Box::open(&page, "/");
    search.ask("cold calls");
    // A page is there once, with its headings below it.
    let pages = search.titles();
    let mut once = pages.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), pages.len(), "{pages:?}");
    assert!(pages.contains(&"About Svarton".to_string()), "{pages:?}");
    let marked =
        "[...document.querySelectorAll('.excerpt mark')].map((mark) => mark.textContent.toLowerCase())";
    let marked = super::texts(&page.js(&format!("return {marked}"), &[]));
    assert!(
        marked.iter().any(|word| word == "cold") && marked.iter().any(|word| word == "call"),
        "{marked:?}"
    );

    page.find("[role=group] a[href='/about/#what-we-think-about-cold-calls']").click();
    page.wait("location.hash === '#what-we-think-about-cold-calls' && document.querySelector(':target')");
    assert_eq!(page.find(":target").text(), "What we think about cold calls");
    page.wait("Math.abs(document.querySelector(':target').getBoundingClientRect().top) < innerHeight / 2");
    page.assert_no_errors();
}

#[test]
fn the_team_finds_what_to_say_to_somebody_who_is_too_busy() {
    let site = demo();
    let team = Server::of(&site.path("team"), Serve::default());
    let public = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&team.url("/about/"));
    let search = Box::open(&page, "/");
    search.type_until_first("too busy", "When they are too busy");
    page.press("Enter");
    page.wait("location.pathname === '/scripts/too-busy/'");
    page.goto(&public.url("/about/"));
    let titles = Box::open(&page, "/").ask("too busy").titles();
    assert!(!titles.iter().any(|title| title == "When they are too busy"), "{titles:?}");
    page.assert_no_errors();
}
