//! The demo opens as it should, and the tools of these tests do what they say.

use std::time::{Duration, Instant};
use std::{fs, thread};

use serde_json::json;
use tempfile::TempDir;

use super::driver::failed_path;
use super::{Browser, Network, Options, Screen, Scripts, Serve, Server, demo};
use crate::support::Site;

/// A site of one page and a script, to test the tools on.
const PAGE: &str = "<!doctype html><html lang=en><title>Tools</title><h1 id=top>Tools</h1>\
    <label>Name <input id=name value=first></label> <button id=go disabled>Go on</button> \
    <p id=out></p><p id=gone hidden>Gone</p><a id=more href=second.html target=_blank>More</a>\
    <script src=main.js></script>";

const SCRIPT: &str = "document.documentElement.className = 'scripted';
    addEventListener('keydown', (event) => {
      const held = (event.ctrlKey ? 'Control+' : '') + (event.shiftKey ? 'Shift+' : '');
      document.querySelector('#out').textContent += held + event.key + ' ';
      if (event.ctrlKey) event.preventDefault();
    });";

/// The same policy as ringback's, and a second rule.
const HEADERS: &str = "/*\n  Content-Security-Policy: default-src 'self'\n  X-Tools: yes\n";

fn tools() -> Site {
    Site::empty()
        .with("public/index.html", PAGE)
        .with("public/second.html", "<title>Second</title><p>Second</p>")
        .with("public/main.js", SCRIPT)
        // Browsers ask for it unless a page names another.
        .with("public/favicon.ico", "")
        .with("public/404.html", "<title>Nothing here</title>")
        .with("public/sv/404.html", "<title>Inget här</title>")
        .with("public/å/index.html", "<title>Å</title>")
        .with("public/long.txt", "long ".repeat(1000))
        .with("public/long.bin", "long ".repeat(1000))
        .with("public/_headers", HEADERS)
}

fn serve(site: &Site) -> Server {
    Server::of(&site.path("public"), Serve::default())
}

#[test]
fn the_demo_opens_under_its_policy_and_fits_a_phone() {
    let site = demo();
    let server = serve(site);
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    page.goto(&server.url("/"));
    page.shot("home-phone");
    assert_eq!(page.js("return innerWidth", &[]), 390);
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(page.js(overflow, &[]), 0);

    // The menu, by keyboard alone.
    let button = page.find("header .menu-button");
    assert_eq!((button.role().as_str(), button.name().as_str()), ("button", "Menu"));
    button.focus();
    page.press("Enter");
    page.wait("document.querySelector('#menu').matches(':popover-open')");
    assert_eq!(page.find("#menu").role(), "navigation");
    page.shot("home-phone-menu");
    page.press("Escape");
    page.wait("!document.querySelector('#menu').matches(':popover-open')");
    assert_eq!(page.focused().name(), "Menu");

    page.screen(Screen::Desktop);
    page.reload();
    assert_eq!(page.js("return [innerWidth, innerHeight]", &[]), json!([1280, 900]));
    assert!(!page.find("header .menu-button").is_visible(), "the menu lies open on a wide screen");
    page.shot("home-desktop");
    page.media("prefers-color-scheme", "dark");
    page.wait("matchMedia('(prefers-color-scheme: dark)').matches");
    page.shot("home-desktop-dark");
    page.assert_no_errors();

    let requests = server.requests();
    let home = requests.iter().find(|request| request.path == "/").expect("the home page");
    assert_eq!(home.status, 200);
    let whole = site.read("public/index.html").len();
    assert!(home.bytes > 0 && home.bytes < whole / 2, "{} of {whole} bytes", home.bytes);
}

#[test]
fn the_demo_can_be_read_without_scripts() {
    let site = demo();
    let server = serve(site);
    let Some(page) = Browser::open(Options { scripts: Scripts::Off, ..Options::default() }) else { return };
    page.goto(&server.url("/insights/"));
    assert!(!page.find("h1").text().is_empty());
    assert_eq!(page.js("return document.readyState", &[]), "complete");
    page.assert_no_errors();

    let tools = tools();
    let server = serve(&tools);
    page.goto(&server.url("/"));
    assert_eq!(page.js("return document.documentElement.className", &[]), "");
    page.scripts(Scripts::On);
    page.reload();
    assert_eq!(page.js("return document.documentElement.className", &[]), "scripted");
}

#[test]
fn elements_keys_and_scripts() {
    let site = tools();
    let server = serve(&site);
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/"));
    assert_eq!(page.find("h1").text(), "Tools");
    assert_eq!(page.find("html").attribute("lang").as_deref(), Some("en"));
    assert_eq!(page.find("html").attribute("dir"), None);
    assert_eq!(page.find("#go").property("disabled"), true);
    assert!(!page.find("#gone").is_visible());
    assert_eq!(page.find_all("p").len(), 2);
    assert_eq!(page.find_all("video").len(), 0);
    let name = page.find("#name");
    assert_eq!((name.role().as_str(), name.name().as_str()), ("textbox", "Name"));

    assert_eq!(page.focused().handle(), page.find("body").handle());
    for keys in ["/", "Control+k", "ArrowDown", "Tab", "Shift+Tab", "Escape", "ö", "+"] {
        page.press(keys);
    }
    let pressed = "/ Control+Control Control+k ArrowDown Tab Shift+Shift Shift+Tab Escape ö Shift++";
    assert_eq!(page.find("#out").text(), pressed);
    name.click();
    assert_eq!(page.focused().name(), "Name");
    page.press("End");
    page.type_text(" Åsa");
    assert_eq!(name.property("value"), "first Åsa");

    assert_eq!(page.js("return arguments[0] + arguments[1].two", &[json!(1), json!({"two": 2})]), 3);
    let awaited = "const answer = await fetch(arguments[0]); return answer.headers.get('x-tools')";
    assert_eq!(page.js_async(awaited, &[json!("/long.txt")]), "yes");
    assert_eq!(page.wait("[1, 2]"), json!([1, 2]));
    assert_eq!(page.cdp("Browser.getVersion", json!({}))["protocolVersion"], "1.3");
    page.assert_no_errors();
}

#[test]
fn waiting_in_vain_says_for_what_and_a_failure_leaves_a_picture() {
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto("about:blank");
    let wait = || page.wait_for("document.querySelectorAll('p').length", Duration::from_millis(100));
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(wait)).expect_err("it gives up");
    let said = panic.downcast_ref::<String>().expect("a message");
    assert!(
        said.starts_with("after 100ms, `document.querySelectorAll('p').length` is still 0\non about:blank"),
        "{said}"
    );

    let path = failed_path(thread::current().name().expect("the name of this test"));
    let _ = fs::remove_file(&path);
    let fail = move || {
        let _page = page;
        panic!("on purpose");
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(fail)).expect_err("it fails");
    assert!(fs::read(&path).expect("a picture").starts_with(b"\x89PNG"));
    fs::remove_file(&path).expect("it was there");
}

#[test]
fn errors_of_a_page_are_seen() {
    let site = tools()
        .with("public/bad.js", "setTimeout(() => { throw new Error('thrown') }); console.error('said');");
    site.write(
        "public/bad.html",
        "<title>Bad</title><p style='color: red'>Bad</p><script src=bad.js></script><img src=none.png>",
    );
    let server = serve(&site);
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/bad.html"));
    let mut found = Vec::new();
    while found.len() < 4 {
        found.extend(page.errors());
    }
    let mut sources: Vec<&str> = found.iter().map(|message| message.source.as_str()).collect();
    sources.sort_unstable();
    assert_eq!(sources, ["console-api", "javascript", "network", "security"], "{found:#?}");
    let has = |part: &str| found.iter().any(|message| message.text.contains(part));
    assert!(has("thrown") && has("said") && has("Content Security Policy"), "{found:#?}");
    page.assert_no_errors();
}

#[test]
fn the_network_can_be_cut() {
    let site = tools();
    let server = serve(&site);
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/"));
    let fetches = "try { return (await fetch(arguments[0])).status } catch (error) { return error.name }";
    page.network(Network::Offline);
    assert_eq!(page.js("return navigator.onLine", &[]), false);
    assert_eq!(page.js_async(fetches, &[json!("/long.txt")]), "TypeError");
    let failure = page.try_goto(&server.url("/second.html")).expect_err("no network");
    assert!(failure.contains("ERR_INTERNET_DISCONNECTED"), "{failure}");
    page.network(Network::Online);
    page.goto(&server.url("/second.html"));
    assert_eq!(page.js_async(fetches, &[json!("/long.txt")]), 200);
    assert!(!page.errors().is_empty());
}

#[test]
fn a_server_breaks_and_fixes() {
    let site = tools();
    let server = serve(&site);
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/second.html"));
    let fetches =
        "try { return (await fetch(arguments[0], arguments[1])).status } catch (error) { return error.name }";
    let status = |path: &str| page.js_async(fetches, &[json!(path), json!({})]);
    server.break_paths(|path| path.ends_with(".txt"));
    server.drop_paths(|path| path.ends_with(".bin"));
    server.delay(|path| path == "/main.js", Duration::from_millis(300));
    server.answer(|path| path == "/form", 202, r#"{"ok": true}"#);
    server.forget();
    assert_eq!(status("/long.txt?a=b"), 500);
    assert_eq!(status("/long.bin"), "TypeError");
    let start = Instant::now();
    assert_eq!(status("/main.js"), 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert_eq!(page.js_async(fetches, &[json!("/form"), json!({"method": "POST", "body": "a=1"})]), 202);
    server.fix();
    assert_eq!(status("/long.txt"), 200);
    assert_eq!(status("/long.bin"), 200);

    let requests = server.requests();
    // The icon may be asked for at any time.
    let broken = requests.iter().find(|request| request.path == "/long.txt").expect("the text");
    assert_eq!((broken.query.as_str(), broken.status), ("a=b", 500));
    let dropped = requests.iter().filter(|request| request.status == 0);
    assert!(dropped.clone().count() > 0 && dropped.into_iter().all(|request| request.path == "/long.bin"));
    let form = requests.iter().find(|request| request.path == "/form").expect("the form");
    assert_eq!((form.method.as_str(), form.sent.as_str()), ("POST", "a=1"));
    let size =
        |path: &str| requests.iter().rfind(|request| request.path == path).map(|request| request.bytes);
    assert!(size("/long.txt") < Some(100), "text is compressed: {requests:#?}");
    assert_eq!(size("/long.bin"), Some(5000), "other files are not");
}

#[test]
fn a_server_finds_pages_as_hosts_do() {
    let site = tools();
    let server = Server::of(&site.path("public"), Serve { base: "/blog/" });
    let Some(page) = Browser::open(Options::default()) else { return };
    let title = |path: &str| {
        page.goto(&server.url(path));
        page.js("return document.title", &[])
    };
    assert_eq!(title("/"), "Tools");
    assert_eq!(title("/second.html"), "Second");
    page.back();
    assert!(page.url().ends_with("/blog/"), "{}", page.url());
    assert_eq!(title("/%C3%A5"), "Å");
    assert!(page.url().ends_with("/blog/%C3%A5/"), "{}", page.url());
    assert_eq!(title("/none/"), "Nothing here");
    assert_eq!(title("/sv/none/"), "Inget här");
    assert_eq!(title("/_headers"), "Nothing here");
    page.goto(&server.url("/").replace("/blog/", "/"));
    assert_eq!(page.find("body").text(), "the site lies below /blog/");
    let statuses: Vec<u16> = server.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 301).count(), 1, "{:#?}", server.requests());
    assert!(page.errors().iter().all(|message| message.text.contains("404")));
}

#[test]
fn tabs_open_switch_and_close() {
    let site = tools();
    let server = serve(&site);
    let Some(page) = Browser::open(Options { screen: Screen::Size(700, 500), ..Options::default() }) else {
        return;
    };
    page.goto(&server.url("/"));
    let first = page.tab();
    let second = page.open_tab();
    assert_eq!(page.js("return innerWidth", &[]), 700);
    page.close_tab(&first);
    assert_eq!(page.find("h1").text(), "Tools");
    page.find("#more").click();
    let opened = page.tabs().into_iter().find(|tab| *tab != first).expect("a tab for the link");
    assert_ne!(opened, second);
    page.switch(&opened);
    page.wait("document.title === 'Second'");
    page.assert_no_errors();
}

#[test]
fn a_profile_outlives_its_browser() {
    let site = tools();
    let server = serve(&site);
    let folder = TempDir::new().expect("a temporary folder");
    let options = || Options { profile: Some(folder.path()), ..Options::default() };
    let Some(page) = Browser::open(options()) else { return };
    page.goto(&server.url("/"));
    page.js("localStorage.setItem('kept', 'yes')", &[]);
    let open = "const open = indexedDB.open('kept', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('things');
        const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no; });
        const things = (await done(open)).transaction('things', 'readwrite').objectStore('things');";
    page.js_async(&format!("{open} await done(things.put('a thing', 1));"), &[]);
    page.assert_no_errors();
    drop(page);

    let Some(page) = Browser::open(options()) else { return };
    page.goto(&server.url("/"));
    assert_eq!(page.js("return localStorage.getItem('kept')", &[]), "yes");
    assert_eq!(page.js_async(&format!("{open} return await done(things.get(1));"), &[]), "a thing");
    page.assert_no_errors();
}
