//! The page on which colleagues write, with Sveltia CMS itself and a stand-in of its code host: what is lost when a token has expired, or
//! somebody else has written meanwhile.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::json;

use super::admin::{built, texts};
use super::driver::{PATIENCE, PAUSE};
use super::{Browser, Options, Serve, Server};
use crate::support::fixture;

const HOST: &str = include_str!("admin-host.js");
const FILE: &str = "content/insights/write-what-they-ask.md";
const TITLE: &str = "[data-key-path=\"title\"] :is(input, textarea)";

/// How many drafts Sveltia keeps in this browser.
const KEPT: &str = "const opened = (asked) => new Promise((done, fail) => { asked.onsuccess = () => done(asked.result); asked.onerror = () => fail(asked.error); });
    let all = 0;
    for (const { name } of await indexedDB.databases()) {
      const base = await opened(indexedDB.open(name));
      if (base.objectStoreNames.contains('draft-backups')) all += (await opened(base.transaction('draft-backups').objectStore('draft-backups').getAll())).length;
      base.close();
    }
    return all;";

/// Waits until what was typed is kept.
#[track_caller]
fn wait_for_draft(page: &Browser) {
    let end = Instant::now() + PATIENCE;
    while page.js_async(KEPT, &[]) == json!(0) {
        assert!(Instant::now() < end, "no draft is kept");
        std::thread::sleep(PAUSE);
    }
}

/// A button, by its words.
fn button(words: &str) -> String {
    format!(
        "[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === '{words}' && !one.disabled)"
    )
}

/// Opens the page of the article, with a host, and signs in with a token.
fn signed_in(page: &Browser, server: &Server, files: &BTreeMap<String, String>) {
    page.goto("about:blank");
    page.goto(&server.url("/admin/#/collections/insights/entries/write-what-they-ask"));
    // Whoever was here before is known, with a token that is worth nothing any more.
    page.js(&format!("{HOST}\ngh.isValid = false;"), &[json!(files)]);
    page.wait(&button("Sign In Using Access Token"));
    page.js(&format!("{}.click()", button("Sign In Using Access Token")), &[]);
    page.js("gh.isValid = true", &[]);
    page.wait("document.querySelector('dialog input, [role=dialog] input')");
    page.find("dialog input, [role=dialog] input").focus();
    page.insert("a token");
    page.wait(&button("Sign In"));
    page.js(&format!("{}.click()", button("Sign In")), &[]);
    page.wait(&format!("document.querySelector('{TITLE}')"));
}

#[test]
fn an_expired_token_and_a_branch_that_moved_lose_nothing() {
    let Some(site) = built(fixture::warm_demo(), "team") else { return };
    let files = texts(&site);
    let server = Server::of(&site.path("team"), Serve { base: "/" });
    let Some(page) = Browser::open(Options::default()) else { return };
    signed_in(&page, &server, &files);
    let save = format!("{}.click()", button("Save"));
    let write = |words: &str| {
        page.find(TITLE).click();
        page.press("End");
        page.type_text(words);
        page.wait(&button("Save"));
    };
    // The token expires: it is said, and what was written stays in the form.
    write(" kept");
    page.js("gh.isValid = false", &[]);
    page.js(&save, &[]);
    page.wait("document.body.innerText.includes('Bad credentials')");
    page.shot("admin-expired");
    page.js(&format!("{}.click()", button("OK")), &[]);
    assert_eq!(page.find(TITLE).property("value"), json!("Write what they ask kept"));
    // It is there with another token, too, also when the tab was closed in between: the page offers it.
    wait_for_draft(&page);
    // The tab is closed without a question.
    page.js("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)", &[]);
    signed_in(&page, &server, &files);
    page.wait(&button("Restore"));
    page.js(&format!("{}.click()", button("Restore")), &[]);
    page.wait(&format!("document.querySelector('{TITLE}').value === 'Write what they ask kept'"));
    // Somebody else has written another page meanwhile: this one is put on top of that.
    page.js("gh.files['content/insights/barnum.md'] += '\\nTheirs.\\n'; gh.head = 'd'.repeat(40)", &[]);
    page.js(&save, &[]);
    page.wait("gh.head === 'c'.repeat(40)");
    let after =
        page.js("return [gh.files[arguments[0]], gh.files['content/insights/barnum.md']]", &[json!(FILE)]);
    let own = after[0].as_str().unwrap_or_default();
    assert_eq!(own, files[FILE].replacen("Write what they ask", "Write what they ask kept", 1));
    assert!(after[1].as_str().is_some_and(|text| text.ends_with("Theirs.\n")));
    // The same page: it is asked first.
    page.js("location.hash = '#/collections/insights/entries/write-what-they-ask'", &[]);
    page.wait(&format!("document.querySelector('{TITLE}')"));
    write(" mine");
    page.js("gh.files[arguments[0]] = gh.files[arguments[0]].replace('title: Write', 'title: They write'); gh.head = 'e'.repeat(40)", &[json!(FILE)]);
    page.js(&save, &[]);
    page.wait(&button("Save Anyway"));
    page.shot("admin-changed");
    page.js(&format!("{}.click()", button("Cancel")), &[]);
    let after = page.js("return gh.files[arguments[0]]", &[json!(FILE)]);
    assert!(after.as_str().is_some_and(|text| text.contains("title: They write what they ask kept\n")));
    assert_eq!(page.find(TITLE).property("value"), json!("Write what they ask kept mine"));
}
