//! A call, an email and the page of today on the smallest phones, in all languages of the demo: nothing is cut.

use serde_json::json;

use super::super::{Browser, Options, Screen, Serve, Server, demo};

/// What is wider than the screen, or than the button that it is in.
const CUT: &str = "return [...document.querySelectorAll('.dock button, .mail-form *, .days *, .touches *, [data-mail-now] *')]
    .filter((each) => each.checkVisibility() && !each.closest('.unseen'))
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 || (each.matches('button, summary, label') && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline'))
    .map((each) => each.outerHTML.slice(0, 120)).concat(document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the screen'] : [])";

#[test]
fn nothing_is_cut_on_a_small_phone() {
    let site = demo();
    let server = Server::of(&site.path("team"), Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    page.media("prefers-reduced-motion", "reduce");
    for (prefix, script) in
        [("", "price"), ("/sv", "nar-priset-kommer-pa-tal"), ("/nb", "nar-prisen-kommer-pa-bordet")]
    {
        for width in [320, 390] {
            page.screen(Screen::Size(width, 700));
            let name = |what: &str| format!("small-{what}-{}-{width}", prefix.trim_start_matches('/'));
            let is_fine = |what: &str| {
                page.shot(&name(what));
                assert_eq!(page.js(CUT, &[]), json!([]), "{}", name(what));
            };
            page.goto("about:blank");
            page.goto(&server.url(&format!("{prefix}/mails/what-we-agreed/#first_name=Kim")));
            page.wait("document.querySelector('.mail-form')");
            is_fine("mail");
            page.goto(&server.url(&format!("{prefix}/cadences/new-lead/")));
            page.wait("document.querySelector('.touches')");
            is_fine("plan");
            page.js("localStorage.clear()", &[]);
            page.goto(&server.url(&format!("{prefix}/today/#begin=cadences/new-lead&first_name=Maximiliane-Antoinette&company=Sveriges%20Lantbruksmaskinkonsortium&phone=%2B4684650041")));
            page.wait("document.querySelector('[data-today][data-ready]')");
            is_fine("begin");
            page.js("document.querySelector('#today-start').value = '2026-01-05'; document.querySelector('[data-today-begin] form button').click(); document.querySelector('.further').open = true", &[]);
            is_fine("today");
            page.goto(&server.url(&format!("{prefix}/scripts/{script}/")));
            page.wait("document.querySelector('[data-script][data-ready]')");
            page.js("document.querySelector('[data-script-start]').click()", &[]);
            page.wait("document.querySelector('.dock').checkVisibility()");
            is_fine("dock");
            // Words are in one piece: nothing is broken within a word.
            let broken = "return [...document.querySelectorAll('.dock button')].filter((one) => one.checkVisibility()).filter((one) => { one.style.overflowWrap = 'normal'; const is = one.scrollWidth > one.clientWidth + 1; one.style.overflowWrap = ''; return is; }).map((one) => one.textContent)";
            assert_eq!(page.js(broken, &[]), json!([]), "{}", name("dock"));
            page.js("document.querySelector('[data-script-mail]').click()", &[]);
            page.wait("document.querySelectorAll('[data-mail-names] button').length > 2");
            is_fine("mails");
            page.js("document.querySelector('[data-mail-names] button').click()", &[]);
            is_fine("fill");
        }
    }
}
