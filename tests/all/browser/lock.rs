//! An edition behind a passphrase, in the browser of a colleague.

use super::{Browser, Options, Screen, Serve, Server};
use crate::lock::PASSPHRASE;
use crate::support::{Site, fixture};
use ringback::features::gates::lock;

/// The demo's edition for the team, sealed, below a path.
fn sealed() -> Site {
    let site = fixture::demo();
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
    page.goto(&server.url("/people/"));
    open(&page, PASSPHRASE);
    page.wait("document.querySelector('[role=status]').textContent.startsWith('That is not the passphrase')");
    open(&page, "  another one of four words ");
    page.wait("document.querySelector('h1').textContent !== 'Locked'");
}
