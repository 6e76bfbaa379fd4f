//! Calls without a network: what the browsers of a team keep, what they never show when they are online, and what the public edition has of it.

use serde_json::json;

use super::super::{Serve, Server};
use super::{Caller, Options, Stage, pair};
use crate::support::Site;

/// The worker has all that it keeps, and answers for this page.
const KEPT: &str = "navigator.serviceWorker.controller?.state === 'activated'";

fn build(site: &Site) {
    let run =
        site.run_with(&["build", "--edition", "team"], &[("CRM_WEBHOOK_URL", "http://127.0.0.1:1/calls")]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_call_goes_on_in_another_script_when_the_server_has_stopped() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim");
    page.wait(KEPT);
    stage.server.drop_paths(|_| true);
    // Another script, which nobody has opened yet, and a reload there.
    caller.press(&["4"]);
    page.wait("location.pathname === '/scripts/there/' && document.querySelector('.on')");
    page.js("location.reload()", &[]);
    page.wait("document.querySelector('[data-script][data-ready]') && document.querySelector('.on')?.id === 'second'");
    assert!(caller.text(".on blockquote").contains("Two, Kim."), "the words, filled in");
    // Back, and the objections of all scripts.
    caller.press(&["2"]);
    page.wait("location.pathname === '/scripts/call/' && document.querySelector('.on')?.id === 'discover'");
    caller.press(&["/"]);
    page.type_text("hinner inte");
    page.wait("document.querySelector('[data-script-found] li')?.textContent.includes('No time')");
    caller.press(&["Enter"]);
    page.wait(
        "location.pathname === '/scripts/call/' && document.querySelector('.on')?.id === 'reply-1-ask'",
    );
    // The end, its note, and what waits for a network.
    caller.press(&["2"]);
    caller.at("outcome:closed");
    page.wait("document.querySelector('[data-script-letter]').value.includes('Closed')");
    // The page of all objections and that of today.
    for path in ["/objections/", "/today/"] {
        page.goto(&stage.server.url(path));
        page.wait("document.querySelector('h1')");
        assert!(
            page.js("return getComputedStyle(document.querySelector('h1')).fontFamily !== ''", &[])
                == json!(true)
        );
    }
    // It is back: what is shown is new again.
    stage.server.fix();
    page.goto(&stage.server.url("/scripts/call/"));
    page.wait("document.querySelector('[data-script][data-ready]')");
}

#[test]
fn whoever_is_online_gets_what_is_new_and_old_files_go() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.open("/scripts/call/");
    page.wait(KEPT);
    let before = page.js_async("return await caches.keys()", &[]);
    assert_eq!(before.as_array().map(Vec::len), Some(1), "{before}");
    for title in ["The second call", "The third call"] {
        let script = stage.site.read("content/scripts/call.md");
        let (_, rest) =
            script.split_once("title: ").and_then(|(_, rest)| rest.split_once('\n')).expect("a title");
        stage.site.write("content/scripts/call.md", format!("---\ntitle: {title}\n{rest}"));
        build(&stage.site);
        caller.open("/scripts/call/");
        assert_eq!(caller.text("h1"), title);
        page.wait(&format!(
            "window.seen === {0} || (caches.keys().then((all) => all.length).then((n) => {{ window.seen = n === 2 ? {0} : '' }}), false)",
            json!(title)
        ));
        // What the worker keeps is new, too.
        page.wait(&format!(
            "window.has || (caches.keys().then(async (all) => {{ const found = await (await caches.open(all.at(-1))).match('/scripts/call/'); window.has = (await found?.text())?.includes({}); }}), false)",
            json!(title)
        ));
    }
    page.wait(&format!(
        "window.gone || (caches.keys().then((all) => {{ window.gone = !all.includes({}) && all.length === 2; }}), false)",
        before[0]
    ));
    // Nobody wants it any more: it goes, with all that it has kept.
    let config = stage
        .site
        .read("ringback.yaml")
        .replace("calls: {webhook: crm}", "calls: {webhook: crm, offline: false}");
    stage.site.write("ringback.yaml", config);
    build(&stage.site);
    caller.open("/scripts/call/");
    page.js_async("await (await navigator.serviceWorker.getRegistration())?.update(); return 1", &[]);
    page.wait("window.none || (navigator.serviceWorker.getRegistration().then(async (one) => { window.none = !one && !(await caches.keys()).length }), false)");
    caller.open("/scripts/call/");
    assert_eq!(
        page.js_async("return Boolean(await navigator.serviceWorker.getRegistration())", &[]),
        json!(false)
    );
}

#[test]
fn the_public_edition_knows_nothing_of_it() {
    let site = pair();
    let run = site.run_with(&["build"], &[("CRM_WEBHOOK_URL", "http://127.0.0.1:1/calls")]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    assert!(site.path("team/offline-worker.js").is_file());
    assert!(!site.path("public/offline-worker.js").exists());
    let worker = site.read("team/offline-worker.js");
    assert!(worker.contains("\"/scripts/call/\"") && !worker.contains("\"/insights/guide/\""), "{worker}");
    // Below a path, all of it is there.
    let config = site
        .read("ringback.yaml")
        .replace("https://team.fjord.example/", "https://team.fjord.example/inside/");
    site.write("ringback.yaml", config);
    build(&site);
    let server = Server::of(&site.path("team"), Serve { base: "/inside/" });
    let Some(page) = super::super::Browser::open(Options::default()) else { return };
    page.goto(&server.url("/scripts/call/"));
    page.wait(KEPT);
    server.drop_paths(|_| true);
    page.goto(&server.url("/scripts/there/"));
    page.wait("document.querySelector('[data-script][data-ready]')");
}
