//! The first ten steps, while somebody looks at them.

use super::super::Screen;
use super::{Desk, Site};

#[test]
fn a_step_is_ticked_while_somebody_looks() {
    let site = Site::empty();
    assert_eq!(site.run(&["init", ".", "--lang", "sv", "--title", "Fjord & Fjäll"]).status, 0);
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    page.goto(&desk.served.url("/.ringback/steps"));
    page.wait("document.querySelector('li:first-child.next details').open");
    page.shot("serve-steps-begin");
    // Somebody opens the fifth, and is there with the keyboard.
    page.js("const fifth = document.querySelectorAll('summary')[4]; fifth.click(); fifth.focus()", &[]);
    desk.site.write(
        "content/insights/min.md",
        "---\ntitle: Min\ndate: 2026-11-01\nauthors: [kim-berg]\ncategory: samtal\npersona: [kopare]\nstage: attract\n---\nVår.\n",
    );
    page.wait("document.querySelectorAll('li')[1].className === 'done'");
    assert_eq!(page.js("return document.querySelector('.ring strong').textContent", &[]), "1");
    assert_eq!(page.js("return document.querySelectorAll('details')[4].open", &[]), true);
    assert_eq!(
        page.js("return document.activeElement === document.querySelectorAll('summary')[4]", &[]),
        true,
        "the keyboard stays where it is"
    );
    page.shot("serve-steps");
    page.media("prefers-color-scheme", "dark");
    page.screen(Screen::Phone);
    page.shot("serve-steps-phone-dark");
    assert_eq!(page.js("return document.documentElement.scrollWidth - innerWidth", &[]), 0);
    page.assert_no_errors();
}
