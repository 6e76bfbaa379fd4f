//! The kit and the card on a phone and a desk, by day and by night. The pictures are for people; that nothing is wider
//! than the screen is for the test.

use super::super::{Browser, Options, Screen};
use super::{ARTICLE, GUIDE, serve};

#[test]
fn the_kit_and_the_card_fit_every_screen() {
    let (site, team) = serve("team");
    let public = super::Server::of(&site.path("public"), super::Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    page.media("prefers-reduced-motion", "reduce");
    for (screen, size) in [(Screen::Phone, "phone"), (Screen::Desktop, "desktop")] {
        page.screen(screen);
        for scheme in ["light", "dark"] {
            page.media("prefers-color-scheme", scheme);
            let shot = |name: &str| {
                page.shot(&format!("share-{name}-{size}-{scheme}"));
                let wider =
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                assert_eq!(page.js(wider, &[]), 0, "{name} on a {size}");
            };
            for (path, name) in [(ARTICLE, "kit"), (GUIDE, "kit-gate")] {
                page.goto(&team.url(path));
                page.js("localStorage['ringback.rep'] = 'ola-dahl'", &[]);
                shot(&format!("{name}-shut"));
                page.find("[data-share] > summary").click();
                page.wait("document.querySelector('[data-share-rep]').value === 'ola-dahl'");
                page.find("[data-share-to]").focus();
                page.type_text("Kim");
                page.js("document.activeElement.blur()", &[]);
                page.js("document.querySelector('[data-share]').scrollIntoView()", &[]);
                shot(name);
                page.js("document.querySelector('.kit-sms').scrollIntoView()", &[]);
                shot(&format!("{name}-end"));
                page.wait("document.querySelector('.kit-image canvas')");
                page.js("document.querySelector('.kit-image').scrollIntoView()", &[]);
                shot(&format!("{name}-image"));
            }
            page.goto(&public.url(&format!("{ARTICLE}?via=ola-dahl")));
            page.find(".rep-card");
            shot("card");
            page.js("document.querySelector('.foot').scrollIntoView(false)", &[]);
            page.js("scrollTo(0, document.body.scrollHeight)", &[]);
            shot("card-end");
        }
    }
    page.assert_no_errors();
}
