//! The bar that asks: what it looks like, and what people without a mouse can do with it.

use super::super::Screen;
use super::{BAR, Browser, Options, Serve, Server, Stage, TWO, open};

#[test]
fn the_bar_is_answered_by_keyboard() {
    let stage = Stage::new(TWO);
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &stage.server.url("/insights/one/"));
    page.wait(BAR);
    // It takes no focus, and is next after the link to the text.
    assert_eq!(page.js("return document.activeElement.localName", &[]), "body");
    let bar = page.find(".consent");
    assert_eq!((bar.role().as_str(), bar.name().as_str()), ("dialog", "Your choice about cookies"));
    page.press("Tab");
    let mut order = Vec::new();
    for _ in 0..4 {
        page.press("Tab");
        order.push(page.focused().text());
    }
    assert_eq!(order, ["Let me choose", "No, thanks", "Yes, that's fine", "Fjord"]);
    // Escape answers nothing.
    page.press("Shift+Tab");
    page.press("Escape");
    page.wait(&format!("!{BAR}"));
    assert_eq!(page.js("return localStorage['ringback.consent'] ?? null", &[]), serde_json::Value::Null);
    assert_eq!(stage.paths_asked(), Vec::<String>::new());
    open(&page, &stage.server.url("/contact/"));
    page.wait(BAR);
    page.find(".consent summary").focus();
    page.press("Enter");
    page.press("Tab");
    assert_eq!(page.focused().name(), "Statistics to see which pages are read Matomo");
    page.type_text(" ");
    for _ in 0..2 {
        page.press("Tab");
    }
    assert_eq!(page.focused().text(), "Save my choice");
    page.press("Enter");
    page.wait("window.ran?.length === 1");
    // From the foot of the page it is opened with the focus in it, which goes back there.
    page.find("[data-consent-open]").focus();
    page.press("Enter");
    page.wait("document.activeElement.matches('.consent')");
    assert_eq!(page.find("[name=statistics]").property("checked"), true);
    page.press("Escape");
    page.wait(&format!("!{BAR} && document.activeElement.matches('[data-consent-open]')"));
    page.assert_no_errors();
}

#[test]
fn no_is_as_easy_as_yes_on_every_screen() {
    let stage = Stage::new(TWO);
    let Some(page) = Browser::open(Options::default()) else { return };
    for (screen, name) in [
        (Screen::Phone, "phone"),
        (Screen::Desktop, "desktop"),
        (Screen::Size(320, 568), "small"),
        (Screen::Size(320, 256), "zoomed"),
    ] {
        page.screen(screen);
        for (scheme, path) in [("light", "/"), ("dark", "/insights/one/"), ("light", "/sv/")] {
            page.media("prefers-color-scheme", scheme);
            page.media("prefers-reduced-motion", "reduce");
            open(&page, &stage.server.url(path));
            page.wait(BAR);
            let looks = page.js(
                "const [no, yes] = ['no', 'yes'].map((name) => document.querySelector(`[data-consent-${name}]`));\n\
                 const look = (one) => { const style = getComputedStyle(one), place = one.getBoundingClientRect();\n\
                   return [Math.round(place.width), Math.round(place.height), style.color, style.backgroundColor, style.borderColor, style.fontSize, style.fontWeight].join() };\n\
                 return [look(no), look(yes), innerWidth >= document.documentElement.scrollWidth]",
                &[],
            );
            assert_eq!((&looks[0], &looks[2]), (&looks[1], &true.into()), "{name} {path}");
            page.shot(&format!("consent-{name}-{scheme}{}", path.replace('/', "-")));
            page.find(".consent summary").focus();
            page.press("Enter");
            page.shot(&format!("consent-{name}-{scheme}{}open", path.replace('/', "-")));
            let covers = "return document.querySelector('.consent').offsetHeight <= innerHeight * .71";
            assert_eq!(page.js(covers, &[]), true, "{name} {path}");
        }
    }
    page.assert_no_errors();
}

#[test]
fn the_bar_moves_nothing_and_hides_nothing_that_has_the_focus() {
    let stage = Stage::new(TWO);
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    open(&page, &stage.server.url("/contact/"));
    page.wait(BAR);
    let shifts = "const found = new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput).map(({ value }) => value))).observe({ type: 'layout-shift', buffered: true }));\n\
                  return await Promise.race([found, new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done([]))))])";
    let shifts = page.js_async(shifts, &[]);
    assert!(shifts.as_array().is_some_and(|all| all.iter().all(|one| one.as_f64() < Some(0.01))), "{shifts}");
    // Every control of the page, one after the other, is seen when it has the focus.
    page.find(".skip").focus();
    for _ in 0..40 {
        page.press("Tab");
        // Browsers scroll to it with the next frame.
        let hidden = page.js_async(
            "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));\n\
             const one = document.activeElement, bar = document.querySelector('.consent');\n\
             if (one === document.body || bar.contains(one)) return null;\n\
             const place = one.getBoundingClientRect();\n\
             return place.bottom > bar.getBoundingClientRect().top + 1 ? one.outerHTML.slice(0, 200) : null",
            &[],
        );
        assert!(hidden.is_null(), "behind the bar: {hidden}");
    }
    page.assert_no_errors();
}

#[test]
fn what_asks_is_small() {
    let stage = Stage::new(TWO);
    let server = Server::of(&stage.site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &server.url("/"));
    page.wait(BAR);
    let bytes = |part: &str| -> usize {
        let all = server.requests().into_iter().filter(|request| request.path.contains(part));
        all.map(|request| request.bytes).sum()
    };
    let (scripts, services) = (bytes("/js/consent"), bytes("/js/services"));
    println!("{scripts} bytes ask");
    assert!((1_000..=3_000).contains(&scripts), "{scripts} bytes of scripts ask");
    assert_eq!(services, 0, "what loads is loaded after a yes");
}
