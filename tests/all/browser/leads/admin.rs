//! The relay's page for the site's own people, as one of them uses it: by keyboard, without scripts, on a phone, in the dark.

use serde_json::json;

use super::super::{Browser, Options, Screen, Scripts};
use crate::relay::{ADMIN, Kept, Stage, lead};
use crate::support::receiver::Reply;

/// A relay with leads in every state that doesn't need a mail server.
fn stage() -> Stage {
    let stage = Stage::start(Kept::File, |asked| match asked.path.as_str() {
        "/crm" => Reply::open(422, "{\"error\": \"full_name is not a property\"}"),
        "/channel" => Reply::open(503, "Service unavailable"),
        _ => Reply::open(200, "ok"),
    });
    for (number, name) in
        ["Kim Berg", "Åsa Bergström-Wetterstrand", "Łukasz Ó Briain", "Bot"].iter().enumerate()
    {
        let mut asks = lead(number);
        asks["data"]["fields"]["name"] = json!(name);
        if *name == "Bot" {
            asks["data"]["meta"]["elapsed_ms"] = json!(300);
            asks["data"]["fields"]["website"] =
                json!("https://a.example https://b.example https://c.example");
        }
        assert_eq!(stage.post(&asks).status, 200);
    }
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 3 dead"));
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("file: 3 delivered"));
    stage
}

#[test]
fn somebody_looks_after_leads_without_a_script_and_without_a_mouse() {
    let stage = stage();
    let options = Options { scripts: Scripts::Off, ..Options::default() };
    let Some(page) = Browser::open(options) else { return };
    page.media("prefers-reduced-motion", "reduce");
    let is_wide = |page: &Browser| page.js("return document.documentElement.scrollWidth > innerWidth", &[]);
    page.goto(&stage.relay().url("/admin?state=dead"));
    page.shot("admin-sign-in");
    page.find("[name=token]").focus();
    page.type_text(ADMIN);
    page.press("Enter");
    // It leads on to what was asked for.
    page.wait("document.querySelector('h1')?.textContent === 'Dead'");
    assert_eq!(page.find_all("article").len(), 3);
    page.shot("admin-dead");
    page.find(".actions summary").focus();
    page.press("Enter");
    page.wait("document.querySelector('.actions details').open");
    page.press("Tab");
    assert_eq!(page.focused().text(), "Send these again");
    page.press("Enter");
    page.wait("document.querySelector('#status')?.textContent === 'To be sent now: 3'");
    stage.wait_for("/crm", 6);
    page.goto(&stage.relay().url("/admin?state=held"));
    page.shot("admin-held");
    page.find("article .guarded summary").click();
    page.find("article .guarded button").click();
    page.wait("document.querySelector('#status')?.textContent === 'Deleted: 1'");
    page.goto(&stage.relay().url("/admin"));
    page.shot("admin");
    page.find("article h3 a").click();
    page.wait("document.querySelector('.webhooks')");
    page.shot("admin-lead");
    for (screen, name) in [(Screen::Phone, "phone"), (Screen::Size(320, 800), "narrow")] {
        page.screen(screen);
        assert_eq!(is_wide(&page), false, "{name}");
    }
    page.screen(Screen::Phone);
    page.media("prefers-color-scheme", "dark");
    page.shot("admin-lead-phone-dark");
    page.goto(&stage.relay().url("/admin"));
    page.shot("admin-phone-dark");
    assert_eq!(is_wide(&page), false);
    page.media("prefers-color-scheme", "light");
    page.screen(Screen::Desktop);
    page.find("[name=contact]").focus();
    page.type_text("kim0@fjord-works.example");
    page.press("Enter");
    page.wait("document.querySelectorAll('article').length === 1");
    page.shot("admin-person");
    let summaries = page.find_all(".actions > .guarded summary");
    summaries.last().expect("what deletes").click();
    let buttons = page.find_all(".actions > .guarded button");
    buttons.last().expect("a button").click();
    page.wait("document.querySelector('pre')?.textContent.includes('\"forgotten\"')");
    page.shot("admin-receipt");
    assert_eq!(stage.stored().len(), 2);
    page.assert_no_errors();
}
