//! What is loaded, and when.

use serde_json::json;

use super::{BAR, Browser, GPC, Options, PAGES, Serve, Server, Stage, TWO, hosts, open, settings};
use crate::support::Site;

#[test]
fn nothing_is_asked_of_others_before_a_yes_nor_after_a_no() {
    let stage = Stage::new(TWO);
    let Some(page) = Browser::open(Options::default()) else { return };
    for path in PAGES {
        open(&page, &stage.server.url(path));
        page.wait(BAR);
        assert_eq!(hosts(&page), Vec::<String>::new(), "{path}");
    }
    page.find("[data-consent-no]").click();
    page.wait(&format!("!{BAR}"));
    for path in PAGES {
        open(&page, &stage.server.url(path));
        page.wait("document.querySelector('[data-consent-open]')");
        assert_eq!(page.find_all(".consent").len(), 0, "{path}: it was answered");
        assert_eq!(hosts(&page), Vec::<String>::new(), "{path}");
    }
    assert_eq!(stage.paths_asked(), Vec::<String>::new());
    assert_eq!(page.js("return document.cookie", &[]), "");
    let errors = page.errors();
    assert!(errors.iter().all(|found| found.text.contains("no-such-page")), "{errors:?}");
}

#[test]
fn a_yes_loads_what_was_declared_and_its_end_leaves_nothing() {
    let stage = Stage::new(TWO);
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &stage.server.url("/insights/one/"));
    page.wait(BAR);
    page.find("[data-consent-yes]").click();
    page.wait("window.ran?.length === 2");
    assert_eq!(page.js("return window.ran.sort()", &[]), json!(["matomo.js", "mouse.js"]));
    assert_eq!(
        page.js("return window._paq.map(([name]) => name).includes('disableCookies')", &[]),
        json!(false)
    );
    page.wait("document.cookie.includes('_pk_id') && document.cookie.includes('_mouse_a')");
    let receipt = page.js("return JSON.parse(localStorage['ringback.consent'])", &[]);
    assert_eq!(receipt["given"], json!({"marketing": true, "statistics": true}));
    assert_eq!(receipt["text_sha256"].as_str().map(str::len), Some(64));
    // The next page loads them at once, and asks nothing.
    open(&page, &stage.server.url("/contact/"));
    page.wait("window.ran?.length === 2");
    assert_eq!(page.find_all(".consent").len(), 0);
    let origin = stage.others.url("/");
    assert!(hosts(&page).iter().all(|host| origin.contains(host.as_str())), "{:?}", hosts(&page));

    // One of the two is over: what runs is gone, and what it has left.
    settings(&page);
    assert_eq!(page.find("[name=marketing]").property("checked"), true);
    page.find("[name=marketing]").click();
    page.js("window.before = true", &[]);
    page.find("[data-consent-save]").click();
    page.wait("!window.before && window.ran?.length === 1");
    assert_eq!(page.js("return window.ran", &[]), json!(["matomo.js"]));
    // The fake script of the other service writes them all; only what may stay does, on the next page.
    stage.others.answer(|path| path == "/matomo.js", 200, "window.ran = ['quiet']");
    open(&page, &stage.server.url("/"));
    page.wait("window.ran");
    assert_eq!(page.js("return document.cookie", &[]), "_pk_id=1");
    assert_eq!(page.js("return Object.keys(localStorage)", &[]), json!(["ringback.consent"]));

    // All is over.
    settings(&page);
    page.js("window.before = true", &[]);
    page.find("[data-consent-no]").click();
    page.wait("!window.before && document.readyState === 'complete'");
    stage.others.forget();
    open(&page, &stage.server.url("/contact/"));
    assert_eq!(page.js("return [document.cookie, window.ran ?? 0]", &[]), json!(["", 0]));
    assert_eq!(stage.paths_asked(), Vec::<String>::new());
    page.assert_no_errors();
}

#[test]
fn a_browser_that_says_no_to_all_sites_is_not_asked() {
    let stage = Stage::new(TWO);
    let Some(page) = Browser::open(Options::default()) else { return };
    // A yes from before counts no more.
    open(&page, &stage.server.url("/"));
    page.wait(BAR);
    page.find("[data-consent-yes]").click();
    page.wait("window.ran?.length === 2");
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": GPC}));
    stage.others.forget();
    for path in PAGES.iter().filter(|path| !path.contains("no-such")) {
        open(&page, &stage.server.url(path));
        page.wait("document.querySelector('[data-consent-open]')");
        assert_eq!((page.find_all(".consent").len(), hosts(&page)), (0, Vec::new()), "{path}");
    }
    assert_eq!(page.js("return document.cookie", &[]), "");
    settings(&page);
    page.wait("document.querySelector('[data-consent-gpc]').innerText.includes('Global Privacy Control')");
    assert_eq!(page.find("[name=statistics]").property("disabled"), true);
    assert!(!page.find("[data-consent-yes]").is_visible());
    page.find("[data-consent-no]").click();
    page.wait(&format!("!{BAR}"));
    assert_eq!(stage.paths_asked(), Vec::<String>::new());
    page.assert_no_errors();
}

#[test]
fn statistics_without_cookies_load_without_a_question() {
    let stage = Stage::new("integrations: {matomo: {host: 'ORIGIN', id: 1, consent: false}}\n");
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &stage.server.url("/"));
    page.wait("window.ran?.length === 1");
    assert_eq!(page.js("return window._paq[0]", &[]), json!(["disableCookies"]));
    assert_eq!(page.find_all(".consent, [data-consent-open], template[data-consent]").len(), 0);
    page.assert_no_errors();
}

#[test]
fn google_is_told_no_first_and_then_what_was_chosen() {
    let stage =
        Stage::new("integrations: {google_analytics: {id: G-ABC1234567}, meta_pixel: {id: 123456}}\n");
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &stage.server.url("/"));
    page.wait(BAR);
    page.find(".consent summary").click();
    page.find("[name=statistics]").click();
    page.find("[data-consent-save]").click();
    let calls = page.wait("window.dataLayer?.length > 3 && window.dataLayer.map((call) => [...call])");
    let modes = |statistics: &str, marketing: &str| json!({"analytics_storage": statistics, "ad_storage": marketing, "ad_user_data": marketing, "ad_personalization": marketing});
    assert_eq!(calls[0], json!(["consent", "default", modes("denied", "denied")]));
    assert_eq!(calls[1], json!(["consent", "update", modes("granted", "denied")]));
    let scripts = "return [...document.scripts].map(({ src }) => src).filter((src) => !src.startsWith(location.origin))";
    assert_eq!(
        page.js(&format!("{scripts}.filter(Boolean)"), &[]),
        json!(["https://www.googletagmanager.com/gtag/js?id=G-ABC1234567"])
    );
    // A change is told at once.
    settings(&page);
    page.find("[name=marketing]").click();
    page.find("[data-consent-save]").click();
    page.wait("window.dataLayer.some((call) => call[1] === 'update' && call[2].ad_storage === 'granted')");
    let blocked = page.errors().into_iter().filter(|found| format!("{found:?}").contains("Content Security"));
    assert_eq!(blocked.count(), 0);
}

#[test]
fn a_site_without_integrations_has_no_trace_of_them() {
    let site = Site::new().with("content/insights/one.md", "---\ntitle: One\n---\nText.\n");
    site.build();
    for (path, bytes) in site.tree("public") {
        assert!(!path.contains("consent") && !path.contains("services"), "{path}");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if path.ends_with(".html") {
            for trace in ["data-consent", "data-integrations", "/consent.", "services"] {
                assert!(!text.contains(trace), "{path}: {trace}");
            }
        }
    }
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &server.url("/insights/one/"));
    assert_eq!((hosts(&page), page.find_all("[data-consent-open]").len()), (Vec::new(), 0));
    page.assert_no_errors();
}

#[test]
fn a_yes_is_told_the_sites_own_webhook_and_a_no_is_told_nobody() {
    let stage = Stage::new(&TWO.replace("integrations:\n", "integrations:\n  receipts: crm\n"));
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &stage.server.url("/contact/"));
    page.wait(BAR);
    page.find("[data-consent-no]").click();
    page.wait(&format!("!{BAR}"));
    settings(&page);
    page.find("[data-consent-yes]").click();
    stage.others.wait_for("/crm");
    let told: Vec<_> = stage.others.requests().into_iter().filter(|request| request.path == "/crm").collect();
    let receipt: serde_json::Value = serde_json::from_str(&told[0].sent).expect("JSON");
    assert_eq!((told.len(), receipt["type"].as_str()), (1, Some("consent.changed")));
    assert_eq!(receipt["data"]["given"], json!({"statistics": true, "marketing": true}));
    assert_eq!(receipt["data"]["page"], json!(stage.server.url("/contact/")));
    let hash = receipt["data"]["text_sha256"].as_str().expect("a hash");
    assert!(stage.site.read("public/contact/index.html").contains(hash));
}
