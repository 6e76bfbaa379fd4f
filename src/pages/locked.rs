//! The form at every URL of an edition behind a passphrase. It shows nothing else of the site: anyone can read it.

use serde::Serialize;

use super::linked::Edition;
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::leads::gates::lock::ROUNDS;

/// What `locked.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct LockedPage<'a> {
    /// What `lock.js` has to know.
    lock: Option<LockView<'a>>,
}

/// What `lock.js` has to know: it finds these as `data-…` on `<form data-lock>`.
#[derive(Debug, Serialize)]
struct LockView<'a> {
    /// URL of the service worker.
    worker: String,
    /// The path below which it opens pages.
    scope: String,
    /// The salt of the key.
    salt: String,
    /// How many rounds make the key from the passphrase.
    rounds: u32,
    /// What tells this edition from others on the same host.
    edition: &'a str,
}

/// The form in a language.
pub(super) fn page(linked: &Edition, lang: LangId) -> (Subject, LockedPage<'_>) {
    let site = &linked.site;
    let lock = (*linked.features.lock).as_ref().map(|lock| LockView {
        worker: site.href(lock.worker()),
        scope: site.href("/"),
        salt: lock.salt(),
        rounds: ROUNDS,
        edition: lock.edition(),
    });
    let title = word(linked, lang, "locked", "Locked");
    (generated_page(linked, lang, title, "locked.html", &|_| None), LockedPage { lock })
}
