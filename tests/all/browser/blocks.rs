//! Blocks as readers use them: tabs by keyboard and by address, questions that an address opens, without scripts, on paper.

use serde_json::{Value, json};

use super::{Browser, Options, Screen, Scripts, Serve, Server};
use crate::support::{CONFIG, NO_ADVICE, Site, WEBHOOK};

const PAGE: &str = "/insights/blocks/";

const TEXT: &str = "---\ntitle: Blocks\ndate: 2026-01-05\n---\n\nText. [Norway](#norway) [How long](#how-long)\n\n\
> [!question]- Why?\n> Because.\n\n> [!stat] 1,000,000,000,000 %\n> of it.\n>\n> — [Who](../_index.md)\n\n\
## By country {role=tabs}\n\n### Sweden\n\nKrona.\n\n### Norway\n\nKrone.\n\n### Denmark\n\nKroner.\n\n\
## Questions {role=faq}\n\n### What does it cost?\n\nNothing.\n\n### How long does it take? {#how-long}\n\nAn hour.\n\n\
## Before and after {role=compare}\n\n### Before\n\n- Donaudampfschifffahrtsgesellschaft\n\n### After\n\n- Four\n\n\
## Beside each other {role=columns}\n\n### One\n\nWords.\n\n### Two\n\nWords.\n";

fn site() -> Site {
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{WEBHOOK}{NO_ADVICE}"))
        .with("content/_index.md", "---\ntitle: Home\n---\n")
        .with("content/insights/blocks.md", TEXT)
        .with(
            "content/insights/plain.md",
            "---\ntitle: Plain\ndate: 2026-01-05\n---\n\nText.\n\n> [!NOTE]\n> Ask.\n",
        );
    site.build();
    site
}

/// The words that can be seen of what may be hidden.
#[track_caller]
fn visible_words(page: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.text .block p, .alert p:not(.alert-title)')]\
        .filter((one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).map((one) => one.textContent)";
    let found = page.js(script, &[]);
    let text = |value: &Value| value.as_str().expect("a text").to_string();
    found.as_array().expect("a list").iter().map(text).collect()
}

#[test]
fn parts_of_a_section_are_tabs() {
    let site = site();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url(PAGE));
    page.wait("document.querySelector('[role=tablist]')");
    assert_eq!(page.find("[role=tablist]").name(), "By country");
    assert_eq!(visible_words(&page), ["Krona.", "Words.", "Words."]);
    page.find("[role=tab]").focus();
    page.press("ArrowLeft");
    assert_eq!(page.focused().text(), "Denmark");
    assert_eq!(visible_words(&page)[0], "Kroner.");
    assert_eq!(page.find("[role=tabpanel]:not([hidden])").name(), "Denmark");
    page.press("Home");
    page.press("ArrowRight");
    assert_eq!((page.focused().text().as_str(), visible_words(&page)[0].as_str()), ("Norway", "Krone."));
    page.find("[role=tab]").click();
    assert_eq!(visible_words(&page)[0], "Krona.");
    // A link leads into a part that isn't shown, and into an answer that is closed.
    page.find(".text a[href='#norway']").focus();
    page.press("Enter");
    page.wait("document.querySelector('[role=tab][aria-selected=true]').textContent === 'Norway'");
    page.find(".text a[href='#how-long']").focus();
    page.press("Enter");
    page.wait("document.querySelector('#how-long').closest('details').open");
    assert_eq!(visible_words(&page)[..2], ["Krone.", "An hour."]);
    page.goto("about:blank");
    page.goto(&server.url(&format!("{PAGE}#denmark")));
    page.wait("document.querySelector('[role=tab][aria-selected=true]')?.textContent === 'Denmark'");
    page.assert_no_errors();
}

#[test]
fn without_scripts_and_on_paper_all_is_there() {
    let site = site();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url(PAGE));
    page.wait("document.querySelector('[role=tablist]')");
    page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"}));
    page.wait("document.querySelector('.alert p:not(.alert-title)').checkVisibility()");
    assert_eq!(
        visible_words(&page),
        ["Because.", "Krona.", "Krone.", "Kroner.", "Nothing.", "An hour.", "Words.", "Words."]
    );
    let names = "[...document.querySelectorAll('.block-tabs h3')].every((one) => one.offsetHeight > 10)";
    assert_eq!(page.wait(names), json!(true));
    page.cdp("Emulation.setEmulatedMedia", json!({"media": ""}));
    page.scripts(Scripts::Off);
    page.goto(&server.url(PAGE));
    page.find(".block-tabs h3");
    page.find(".block-faq summary").focus();
    page.press("Enter");
    page.wait("document.querySelector('.block-faq details').open");
    page.scripts(Scripts::On);
    page.assert_no_errors();
}

#[test]
fn blocks_fit_a_narrow_phone_and_cost_other_pages_nothing() {
    let site = site();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.screen(Screen::Size(320, 640));
    page.goto(&server.url(PAGE));
    page.wait("document.querySelector('[role=tablist]')");
    assert_eq!(page.js("return document.documentElement.scrollWidth > innerWidth", &[]), json!(false));
    page.goto(&server.url("/insights/plain/"));
    let loaded = "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => /blocks|tabs/.test(name))";
    assert_eq!(page.js(loaded, &[]), json!([]));
    page.assert_no_errors();
}

/// What the page has asked others for, and its frames.
#[track_caller]
fn foreign(page: &Browser) -> (Value, Value) {
    let asked = "return performance.getEntriesByType('resource').map((one) => new URL(one.name)).filter((one) => one.host !== location.host).length";
    let frames = "return [...document.querySelectorAll('iframe')].map((one) => one.title + ' ' + one.src)";
    (page.js(asked, &[]), page.js(frames, &[]))
}

#[test]
fn what_a_service_shows_is_asked_for_first() {
    let site = Site::empty().with("ringback.yaml", format!("{CONFIG}{WEBHOOK}{NO_ADVICE}")).with(
        "content/insights/film.md",
        "---\ntitle: Film\ndate: 2026-01-05\n---\n\nText.\n\nhttps://vimeo.com/76979871\n\nMore text.\n",
    );
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    let url = server.url("/insights/film/");
    page.goto(&url);
    page.wait("document.querySelector('[data-embed][data-ready]')");
    assert_eq!(foreign(&page), (json!(0), json!([])));
    assert_eq!(page.find("[data-embed] .name").text(), "Video on Vimeo");
    assert_eq!(
        page.find("[data-embed] figcaption a").attribute("href").as_deref(),
        Some("https://vimeo.com/76979871")
    );
    let frame = json!(["Video on Vimeo https://player.vimeo.com/video/76979871?dnt=1"]);
    page.find("[data-embed-show]").focus();
    page.press("Enter");
    page.wait("document.querySelector('iframe') === document.activeElement");
    assert_eq!(foreign(&page).1, frame);
    // It isn't remembered unless the reader says so.
    page.reload();
    page.wait("document.querySelector('[data-embed][data-ready]')");
    assert_eq!(foreign(&page), (json!(0), json!([])));
    page.find("[data-embed-always]").focus();
    page.press(" ");
    page.reload();
    page.wait("document.querySelector('iframe')");
    assert_eq!(foreign(&page).1, frame);
    page.find("[data-embed-always]").focus();
    page.press(" ");
    assert_eq!(page.js("return localStorage.length", &[]), json!(0));
    page.reload();
    page.wait("document.querySelector('[data-embed][data-ready]')");
    assert_eq!(foreign(&page), (json!(0), json!([])));
    // Without scripts, there is a link, and no button that does nothing.
    page.scripts(Scripts::Off);
    page.goto(&url);
    assert!(!page.find("[data-embed-show]").is_visible());
    page.scripts(Scripts::On);
    // The policy lets in the service, and nobody else.
    let policy = "return document.querySelector('meta[http-equiv]').content.match(/frame-src[^;]*/)[0]";
    assert_eq!(page.js(policy, &[]), json!("frame-src 'self' https://player.vimeo.com"));
}

#[test]
fn a_chapter_starts_its_player_there_and_a_transcript_opens() {
    let text = "---\ntitle: Talk\ndate: 2026-01-05\nepisode: {chapters: {\"0:00\": Why, \"1:10\": After}}\n---\n\n![Talk](talk.mp3)\n";
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{WEBHOOK}{NO_ADVICE}"))
        .with("content/insights/talk.mp3", "sound")
        .with("content/insights/talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n")
        .with("content/insights/talk.md", text);
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    let url = server.url("/insights/talk/");
    page.goto(&url);
    page.wait("performance.getEntriesByType('resource').some(({ name }) => name.includes('/js/chapters.'))");
    page.js_async("await import(performance.getEntriesByType('resource').find(({ name }) => name.includes('/js/chapters.')).name)", &[]);
    page.js("const { prototype } = HTMLMediaElement; prototype.play = function () { this.dataset.plays = ''; return Promise.resolve(); }", &[]);
    page.find(".chapters li:last-child a").focus();
    page.press("Enter");
    page.wait("document.querySelector('audio').dataset.plays === ''");
    assert_eq!(page.js("return document.querySelector('audio').currentTime", &[]), json!(70));
    assert_eq!((page.url(), page.find(".chapters").name()), (url, "Chapters".to_string()));
    assert!(!page.find(".said p").is_visible());
    page.find(".said summary").focus();
    page.press("Enter");
    page.wait("document.querySelector('.said').open");
    assert_eq!(page.find(".said p").text(), "Hello.");
}

const WORKSHEET: &str = "---\ntitle: Sheet\ndate: 2026-01-05\n---\n\n## Before you call {role=questions}\n\n1. Who asks?\n2. What do they ask?\n\n[form:talk]\n";

const TALK: &str = "title: Talk to us\nsubmit: Send\nwebhook: crm\nfields:\n\
\x20 - {id: email, type: email, required: true}\n  - {id: answers, type: textarea, worksheet: true}\n";

#[test]
fn answers_stay_in_the_browser_and_go_along_with_a_form() {
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{WEBHOOK}{NO_ADVICE}"))
        .with("content/forms/talk.yaml", TALK)
        .with("content/pages/contact.md", "---\ntitle: Contact\n---\n\n[form:talk]\n")
        .with("content/insights/sheet.md", WORKSHEET);
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    let url = server.url("/insights/sheet/");
    let ready = "document.querySelector('.worksheet-tools:not([hidden])') && document.querySelector('[data-lead][data-ready]')";
    let value =
        |selector: &str| page.js("return document.querySelector(arguments[0]).value", &[json!(selector)]);
    let (second, taken) = ("li:nth-child(2) textarea", "[data-lead-worksheet] textarea");
    let write = |selector: &str, text: &str| {
        page.find(selector).focus();
        page.press("Control+a");
        page.type_text(text);
    };
    page.goto(&url);
    page.wait(ready);
    assert!(!page.find("[data-lead-worksheet]").is_visible());
    assert_eq!(page.find(second).name(), "What do they ask?");
    write(second, "Prices, always.");
    assert!(page.find("[data-lead-worksheet]").is_visible());
    assert_eq!(value(taken), json!("Before you call\n\nWhat do they ask?\nPrices, always."));
    // It is there again, and on another page of the site.
    page.reload();
    page.wait(ready);
    assert_eq!(value(second), json!("Prices, always."));
    page.goto(&server.url("/contact/"));
    page.wait("document.querySelector('[data-lead-worksheet] textarea').value");
    assert_eq!(value(taken), json!("Before you call\n\nWhat do they ask?\nPrices, always."));
    // A question that is asked in other words keeps its answer.
    site.write("content/insights/sheet.md", WORKSHEET.replace("What do they ask?", "What do they want?"));
    site.build();
    page.goto(&url);
    page.wait(ready);
    assert_eq!(value(second), json!(""));
    assert_eq!(page.find("[data-worksheet] .block-part").text(), "What do they ask?");
    assert_eq!(value("[data-worksheet] .block-part textarea"), json!("Prices, always."));
    // What somebody has changed in the form stays theirs.
    write(taken, "My own words");
    write("li textarea", "Kim");
    assert_eq!(value(taken), json!("My own words"));
    page.find("[data-worksheet-clear]").focus();
    page.press("Enter");
    assert_eq!(
        page.js(
            "return Object.keys(localStorage).filter((key) => key.startsWith('ringback.worksheet'))",
            &[]
        ),
        json!([])
    );
    assert_eq!(value("li textarea"), json!(""));
    // Without scripts, it can be filled in, and nothing is offered that doesn't work.
    page.scripts(Scripts::Off);
    page.goto(&url);
    assert!(page.find(second).is_visible() && !page.find("[data-worksheet-mail]").is_visible());
    page.scripts(Scripts::On);
}
