//! The button for a chat: loaded after a click that says what is sent to whom, and an offer to call back when nobody answers.

use serde_json::json;

use super::super::Screen;
use super::{Browser, GPC, Options, Stage, hosts, open, settings};

const CHAT: &str = "time_zone: Europe/Stockholm\nintegrations:\n  \
    script: {name: Parley, src: 'ORIGIN/mouse.js', purpose: chat, hosts: 'ORIGIN', cookies: ['_mouse*', '_pk_id']}\n  \
    chat: {hours: {mon-fri: '9:00-16:30'}, holidays: [12-24], promise: {en: Within one working hour.}}\n";

/// What time it is for the page.
fn at(page: &Browser, time: &str) {
    let source =
        format!("Date.now = () => {};", time.parse::<jiff::Timestamp>().expect("a time").as_millisecond());
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source}));
}

/// The button and its panel, opened.
fn opened(page: &Browser, url: &str) -> String {
    open(page, url);
    page.find("[data-chat-open]").click();
    page.wait("document.querySelector('.chat-panel:not([hidden])')");
    page.js("return document.querySelector('.chat').innerText.replace(/\\s+/g, ' ')", &[])
        .as_str()
        .expect("text")
        .to_string()
}

#[test]
fn a_click_is_the_yes_and_loads_the_chat_while_somebody_answers() {
    let stage = Stage::new(CHAT);
    let Some(page) = Browser::open(Options::default()) else { return };
    // No bar asks for what somebody has to press a button for; and who isn't to be tracked may talk.
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": GPC}));
    at(&page, "2026-11-30T08:30:00Z");
    let said = opened(&page, &stage.server.url("/insights/one/"));
    assert!(said.contains("runs on Parley") && said.ends_with("Chat with us"), "{said}");
    assert!(!said.contains("closed") && page.find_all(".consent").is_empty(), "{said}");
    page.media("prefers-reduced-motion", "reduce");
    page.shot("chat-desktop-open");
    assert_eq!((hosts(&page), stage.paths_asked()), (Vec::new(), Vec::new()));
    // By keyboard, and away again.
    page.press("Escape");
    page.wait(
        "document.querySelector('.chat-panel[hidden]') && document.activeElement.matches('[data-chat-open]')",
    );
    page.press("Enter");
    page.find("[data-chat-start]").focus();
    page.press("Enter");
    page.wait("window.ran?.length === 1 && !document.querySelector('.chat')");
    assert_eq!(
        page.js("return JSON.parse(localStorage['ringback.consent']).given", &[]),
        json!({"chat": true})
    );
    // It is there on the next page.
    open(&page, &stage.server.url("/contact/"));
    page.wait("window.ran?.length === 1");
    // Until the yes is over; then the button offers a call.
    settings(&page);
    page.js("window.before = true", &[]);
    page.find("[data-consent-no]").click();
    page.wait("!window.before && document.readyState === 'complete' && document.querySelector('.chat')");
    assert_eq!(page.js("return [window.ran ?? 0, document.cookie]", &[]), json!([0, ""]));
    let said = opened(&page, &stage.server.url("/"));
    assert!(said.contains("You have said no") && said.ends_with("Let us call you"), "{said}");
    page.assert_no_errors();
}

#[test]
fn the_same_button_offers_to_call_back_when_nobody_answers() {
    let stage = Stage::new(CHAT);
    for (time, next) in [
        ("2026-11-29T12:00:00Z", "It opens tomorrow at 9:00."),
        ("2026-11-30T07:59:00Z", "It opens today at 9:00."),
        ("2026-11-30T15:30:00Z", "It opens tomorrow at 9:00."),
        ("2026-11-27T16:00:00Z", "It opens Monday at 9:00."),
        // A holiday, and the hours of summer.
        ("2026-12-24T10:00:00Z", "It opens tomorrow at 9:00."),
        ("2026-07-01T14:31:00Z", "It opens tomorrow at 9:00."),
    ] {
        let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else {
            return;
        };
        at(&page, time);
        let said = opened(&page, &stage.server.url("/insights/one/"));
        assert!(
            said.contains("closed right now") && said.contains("Within one working hour."),
            "{time}: {said}"
        );
        assert!(said.contains(next) && said.ends_with("Let us call you"), "{time}: {said}");
        if next.contains("Monday") {
            page.media("prefers-reduced-motion", "reduce");
            page.shot("chat-phone-closed");
            assert_eq!(page.js("return innerWidth >= document.documentElement.scrollWidth", &[]), true);
            page.find(".chat-panel a.button").click();
            page.wait(
                "location.pathname === '/contact/' && document.querySelector(location.hash)?.matches('form')",
            );
        }
        assert_eq!((hosts(&page), stage.paths_asked()), (Vec::new(), Vec::new()));
        page.assert_no_errors();
    }
}
