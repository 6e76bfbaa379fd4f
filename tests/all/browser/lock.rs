//! An edition behind a passphrase, in the browser of a colleague.

use super::{Browser, Options, Screen, Serve, Server};
use crate::lock::PASSPHRASE;
use crate::support::{Site, fixture};
use ringback::leads::gates::lock;

/// The demo's edition for the team, sealed, below a path.
fn sealed() -> Site {
    let site = fixture::warm_demo();
    let config = site.read("ringback.yaml").replace(
        "audiences: [public, team], base_url: https://team.svarton.example/",
        "audiences: [public, team], seal: passphrase, base_url: https://team.svarton.example/inside/",
    );
    assert!(config.contains("seal:"));
    site.write("ringback.yaml", config);
    let run = site.run_with(&["build", "--edition", "team"], &[(lock::VARIABLE, PASSPHRASE)]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    site
}

fn open(page: &Browser, passphrase: &str) {
    page.wait("document.querySelector('form[data-lock]')");
    page.js("document.querySelector('#passphrase').value = ''", &[]);
    page.find("#passphrase").click();
    page.type_text(passphrase);
    page.press("Enter");
}

#[test]
fn the_passphrase_opens_the_whole_edition_once_a_visit() {
    let site = sealed();
    let server = Server::of(&site.path("team"), Serve { base: "/inside/" });
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/scripts/too-busy/"));
    page.shot("lock");
    open(&page, "not this one, surely");
    page.wait("document.querySelector('[role=status]').textContent.startsWith('That is not the passphrase')");
    page.shot("lock-wrong");
    open(&page, PASSPHRASE);
    page.wait("document.querySelector('h1')?.textContent === 'When they are too busy'");
    page.assert_no_errors();

    // Every other page, its pictures and the search, without being asked again.
    page.goto(&server.url("/sv/insights/"));
    page.wait("document.querySelector('h1').textContent !== 'Låst'");
    page.goto(&server.url("/insights/let-them-call-you/"));
    page.wait("[...document.images].some((image) => image.naturalWidth)");
    let fetched = page.js_async(
        "const all = [...document.images].map((image) => fetch(image.src));
         return (await Promise.all(all)).map(({ ok, headers }) => ok && headers.get('content-type').split('/')[0])",
        &[],
    );
    let fetched = fetched.as_array().expect("a list");
    assert!(fetched.len() > 1 && fetched.iter().all(|kind| kind == "image"), "{fetched:?}");
    page.press("/");
    page.wait("document.querySelector('dialog.search[open]')");
    page.type_text("too busy");
    page.wait("document.querySelector('[role=group] .title')");
    page.assert_no_errors();
    page.goto(&server.url("/no/such/page/"));
    page.wait("document.body.className === 'lost'");
    page.goto(&server.url("/insights"));
    page.wait("location.pathname === '/inside/insights/'");
    // Headers of the host hold for what the worker answers, too.
    let blocked = "const script = document.createElement('script'); script.textContent = 'window.ran = 1'; \
                   document.body.append(script); return window.ran ?? 0";
    assert_eq!(page.js(blocked, &[]), 0);
}

#[test]
fn another_browser_is_asked_again_and_so_is_everybody_after_a_change() {
    let site = sealed();
    let server = Server::of(&site.path("team"), Serve { base: "/inside/" });
    let Some(page) = Browser::open(Options::default()) else { return };
    page.screen(Screen::Phone);
    page.goto(&server.url("/nb/"));
    page.wait("document.querySelector('h1').textContent === 'Låst'");
    page.shot("lock-phone");
    open(&page, PASSPHRASE);
    page.wait("!document.querySelector('form[data-lock]') && document.body.classList.length");
    let run =
        site.run_with(&["build", "--edition", "team"], &[(lock::VARIABLE, "another one of four words")]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    // The host alone can't make the worker forget the key; the reader does.
    page.goto(&server.url("/people/"));
    page.wait("document.querySelector('p').textContent.includes('has probably been changed')");
    page.shot("lock-changed");
    page.find("button").click();
    open(&page, PASSPHRASE);
    page.wait("document.querySelector('[role=status]').textContent.startsWith('That is not the passphrase')");
    open(&page, "  another one of four words ");
    page.wait("document.querySelector('h1').textContent !== 'Locked'");
}

/// A page that says so if it runs, and reads what it can.
const EVIL: &str = "<!doctype html><title>Evil</title><h1>Evil</h1><script>window.ran = 1</script>";

/// A server of somebody else, whose answers every site may read.
fn stranger(folder: &Site) -> Server {
    folder.write("_headers", "/*\n  Access-Control-Allow-Origin: *\n");
    let server = Server::of(&folder.path(""), Serve::default());
    server.answer(|_| true, 418, EVIL);
    server
}

/// The worker's own page is shown, and nothing of anybody else ran.
#[track_caller]
fn assert_own_page(page: &Browser, server: &Server) {
    page.wait("document.readyState === 'complete' && document.querySelector('h1')");
    let address = page.url();
    assert!(address.starts_with(&server.url("/")), "{address}");
    let seen = page.js(
        "return [document.querySelector('h1').textContent, window.ran ?? 0, document.scripts.length]",
        &[],
    );
    assert_eq!(seen, serde_json::json!(["This page can’t be shown", 0, 1]), "{address}");
}

#[test]
fn no_answer_of_a_stranger_is_handed_on() {
    let site = sealed();
    // The policy of the worker would stop some of it, and not all hosts send one.
    std::fs::remove_file(site.path("team/_headers")).expect("it was there");
    let server = Server::of(&site.path("team"), Serve { base: "/inside/" });
    let elsewhere = Site::empty();
    let evil = stranger(&elsewhere);
    let Some(page) = Browser::open(Options { stranger: Some(evil.port()), ..Options::default() }) else {
        return;
    };
    // There is such a server, and it can be read.
    page.goto(&server.url("/scripts/too-busy/"));
    page.wait("document.querySelector('form[data-lock]')");
    page.goto("http://evil.example/");
    assert_eq!(page.js("return window.ran", &[]), 1);
    page.goto(&server.url("/scripts/too-busy/"));
    open(&page, PASSPHRASE);
    page.wait("document.querySelector('h1')?.textContent === 'When they are too busy'");
    evil.forget();

    // What addresses can be read as, by one who reads them a second time.
    let root = server.url("/");
    for path in [
        "//evil.example/x",
        "//evil.example/r/",
        "///evil.example/x",
        "/evil.example",
        "%2f%2fevil.example/x",
        "%2F/evil.example/x",
        "%5c%5cevil.example/x",
        "%5C/evil.example/x",
        "%252f%252fevil.example/x",
        "x/%252e%252e/%252e%252e/y",
        "..%2f..%2fx",
        "%2e%2e%2f%2e%2e%2fx",
        "..%5c..%5cx",
        "insights//let-them-call-you/",
        "insights/let-them-call-you//",
        "x%00y/",
        "x%0d%0ay",
        "x%ff",
        "http:%2f%2fevil.example/x",
    ] {
        page.goto(&format!("{root}{path}"));
        assert_own_page(&page, &server);
    }
    // The same without a page, as a script or a picture asks.
    page.goto(&server.url("/people/"));
    let got = page.js_async(
        "const answer = await fetch(arguments[0]); return [answer.status, await answer.text()]",
        &[format!("{root}//evil.example/x").into()],
    );
    assert_eq!(got, serde_json::json!([404, ""]));
    // With a scheme, it is a name like any other: there is no such page.
    page.goto(&format!("{root}http:evil.example/x"));
    page.wait("document.body.className === 'lost'");

    // Redirects of the host lead nowhere.
    let is_people = |path: &str| path == "/inside/people/index.html.sealed";
    for place in ["http://evil.example/x", "//evil.example/x", "/inside/index.html.sealed", "/outside"] {
        server.lead_on(is_people, place);
        page.goto(&server.url("/people/"));
        assert_own_page(&page, &server);
        server.fix();
    }
    // Nor is anything guessed from a file that can't be opened.
    server.answer(|path| path == "/inside/r/index.html.sealed", 200, EVIL);
    page.goto(&server.url("/r"));
    page.wait("document.body.className === 'lost'");
    assert_eq!(page.url(), server.url("/r"));
    assert_eq!(evil.requests(), []);
}

#[test]
fn a_garbled_answer_is_an_error_of_that_file_and_the_key_stays() {
    let site = sealed();
    let server = Server::of(&site.path("team"), Serve { base: "/inside/" });
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/people/"));
    open(&page, PASSPHRASE);
    page.wait("!document.querySelector('form[data-lock]') && document.body.classList.length");
    let is_people = |path: &str| path == "/inside/people/index.html.sealed";
    for (status, body) in [(200, EVIL), (200, ""), (418, EVIL), (500, EVIL), (403, EVIL), (203, EVIL)] {
        server.answer(is_people, status, body);
        page.goto(&server.url("/people/"));
        assert_own_page(&page, &server);
        // Not even where it looks like the answer to what isn't there: other files open as before.
        page.goto(&server.url("/insights/let-them-call-you/"));
        page.wait("document.querySelector('article')");
        server.fix();
    }
    // Everything garbled, in the right shape: nobody is locked out, and as soon as it is over, it is over.
    let shaped = format!("\u{1}{}", "x".repeat(1052));
    server.answer(|path| path.starts_with("/inside/"), 200, &shaped);
    page.goto(&server.url("/people/"));
    assert_own_page(&page, &server);
    server.fix();
    page.goto(&server.url("/people/"));
    page.wait("document.querySelector('h1').textContent !== 'Locked' && document.querySelector('article, .people, ul')");
    // Scripts that aren't ours don't run, wherever the host puts them.
    server.answer(|path| path.contains("/assets/js/"), 200, "window.ran = 1; localStorage.ran = 1");
    page.goto(&server.url("/insights/let-them-call-you/"));
    page.wait("document.readyState === 'complete'");
    assert_eq!(page.js("return [window.ran ?? 0, localStorage.ran ?? 0]", &[]), serde_json::json!([0, 0]));
    server.fix();
    // Out of reach.
    server.drop_paths(|path| path.ends_with(".sealed"));
    page.goto(&server.url("/sv/people/"));
    page.wait("document.querySelector('h1')?.textContent === 'Sidan kan inte visas'");
    assert_eq!(page.js("return document.documentElement.lang", &[]), "sv");
    page.shot("lock-unreachable");
}

#[test]
fn one_button_locks_every_tab() {
    let site = sealed();
    let server = Server::of(&site.path("team"), Serve { base: "/inside/" });
    let Some(page) = Browser::open(Options::default()) else { return };
    page.screen(Screen::Phone);
    page.goto(&server.url("/people/"));
    open(&page, PASSPHRASE);
    let is_open = "!document.querySelector('form[data-lock]') && document.querySelector('[data-lock-now]:not([hidden])')";
    page.wait(is_open);
    page.shot("lock-now-phone");
    let first = page.tab();
    let second = page.open_tab();
    page.switch(&second);
    page.goto(&format!("{}#main", server.url("/insights/let-them-call-you/")));
    page.wait(is_open);
    page.find("[data-lock-now]").focus();
    page.press("Enter");
    page.wait("document.querySelector('form[data-lock]')");
    page.switch(&first);
    page.wait("document.querySelector('form[data-lock]')");
    page.goto(&server.url("/scripts/too-busy/"));
    page.wait("document.querySelector('form[data-lock]')");
    page.back();
    page.wait("document.querySelector('form[data-lock]')");
    // It is no more than the key that is forgotten.
    open(&page, PASSPHRASE);
    page.wait(is_open);
}
