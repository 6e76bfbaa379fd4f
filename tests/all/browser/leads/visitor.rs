//! A visitor: fills in forms, sends them, and reads what is said.

use std::cell::Cell;
use std::path::Path;

use serde_json::{Value, json};

use super::super::driver::Tab;
use super::super::programs::Engine;
use super::super::{Browser, Options, Scripts};
use super::Stage;

/// When all visits begin, in milliseconds since 1970: 2026-11-22T09:30:00Z.
pub(super) const START: u64 = 1_795_339_800_000;

/// What a person answers who has everything right, by the field's id.
pub(super) const ANSWERS: &[(&str, &str)] =
    &[("name", "Kim Berg"), ("email", "kim@fjord-works.example"), ("company", "Fjord Works")];

/// A browser that somebody sits in front of.
pub(super) struct Visitor<'stage> {
    pub(super) page: Browser,
    pub(super) stage: &'stage Stage,
    /// Milliseconds since [`START`].
    now: Cell<u64>,
}

impl<'stage> Visitor<'stage> {
    /// Somebody who has never been here.
    #[track_caller]
    pub(super) fn new(stage: &'stage Stage) -> Option<Self> {
        Self::with(stage, Options::default())
    }

    /// Somebody whose browser remembers.
    #[track_caller]
    pub(super) fn again(stage: &'stage Stage, profile: &Path) -> Option<Self> {
        Self::with(stage, Options { profile: Some(profile), ..Options::default() })
    }

    #[track_caller]
    pub(super) fn with(stage: &'stage Stage, options: Options<'_>) -> Option<Self> {
        let is_scripted = options.scripts == Scripts::On;
        let visitor = Self { page: Browser::open(options)?, stage, now: Cell::default() };
        // Nothing is clicked while it still scrolls.
        visitor.page.media("prefers-reduced-motion", "reduce");
        if is_scripted {
            visitor.set_clock();
        }
        Some(visitor)
    }

    // Time

    /// Lets time pass, in the page and in those after it. Nothing happens by that alone.
    #[track_caller]
    pub(super) fn later(&self, milliseconds: u64) {
        if self.page.engine() != Engine::Chromium {
            let loaded = "performance.getEntriesByType('navigation')[0].loadEventEnd";
            self.page.wait(&format!("performance.now() - {loaded} > {milliseconds}"));
            return;
        }
        self.now.set(self.now.get() + milliseconds);
        self.page.js("globalThis.clock = arguments[0]", &[json!(START + self.now.get())]);
        self.set_clock();
    }

    /// Of every new page in this tab. The last time set counts.
    #[track_caller]
    fn set_clock(&self) {
        // In other engines the clock is the real one, and it is waited for.
        if self.page.engine() != Engine::Chromium {
            return;
        }
        let now = START + self.now.get();
        self.before(&format!("globalThis.clock = {now}; Date.now = () => globalThis.clock;"));
    }

    /// Runs a script in every new page of this tab, before its own.
    #[track_caller]
    pub(super) fn before(&self, script: &str) {
        self.page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
    }

    /// Opens a second tab, in which it is as late.
    #[track_caller]
    pub(super) fn open_tab(&self) -> Tab {
        let tab = self.page.open_tab();
        self.set_clock();
        tab
    }

    // Pages

    /// Opens a path of the site.
    #[track_caller]
    pub(super) fn open(&self, path: &str) {
        self.page.goto(&self.stage.server.url(path));
    }

    /// Opens a path as somebody else, whom nobody knows.
    #[track_caller]
    pub(super) fn open_anew(&self, path: &str) {
        self.page.js("try { localStorage.clear() } catch {}", &[]);
        // Not the same document with another hash.
        self.page.goto("about:blank");
        self.stage.receiver.forget();
        self.open(path);
    }

    // Forms

    /// Puts a text into a field, as pasting does.
    #[track_caller]
    pub(super) fn paste(&self, field: &str, text: &str) {
        let found =
            "const input = document.querySelector(`[data-field=\"${arguments[0]}\"] :is(input, textarea)`);
            input.focus();
            input.select();
            if (!arguments[1]) document.execCommand('delete');";
        self.page.js(found, &[json!(field), json!(text)]);
        self.page.insert(text);
    }

    /// Answers what must be answered, and agrees to being contacted where the form asks.
    #[track_caller]
    pub(super) fn fill(&self) {
        for (field, text) in ANSWERS {
            self.paste(field, text);
        }
        if self.page.js("return !!document.querySelector('[data-consent=contact]')", &[]) == true {
            self.agree("contact");
        }
    }

    /// Ticks a consent, or takes the tick away.
    #[track_caller]
    pub(super) fn agree(&self, consent: &str) {
        self.page.find(&format!("[data-consent=\"{consent}\"] input")).click();
    }

    /// Presses the button of the form, as soon as a person would.
    #[track_caller]
    pub(super) fn send(&self) {
        self.later(3000);
        self.press_send();
    }

    /// Presses the button of the form at once.
    #[track_caller]
    pub(super) fn press_send(&self) {
        self.page.find("[data-lead] [type=submit]").click();
    }

    /// Opens a page with a form as somebody whom nobody knows, fills it in and sends it.
    #[track_caller]
    pub(super) fn fill_and_send(
        &self,
        path: &str,
        replies: impl IntoIterator<Item = super::receiver::Reply>,
    ) {
        self.open_anew(path);
        self.stage.receiver.will(replies);
        self.fill();
        self.send();
    }

    /// Waits until the form is in a state.
    #[track_caller]
    pub(super) fn until(&self, state: &str) {
        self.page.wait(&format!("document.querySelector('[data-lead]').dataset.state === {}", json!(state)));
    }

    /// The state of the form.
    #[track_caller]
    pub(super) fn state(&self) -> String {
        let state = self.page.find("[data-lead]").attribute("data-state");
        state.unwrap_or_default()
    }

    /// What the form says.
    #[track_caller]
    pub(super) fn status(&self) -> String {
        self.page.find("[data-lead-status]").text()
    }

    /// What is said about a field or consent; nothing if it isn't shown.
    #[track_caller]
    pub(super) fn error(&self, field: &str) -> String {
        self.page
            .find(&format!(":is([data-field=\"{field}\"], [data-consent=\"{field}\"]) [data-lead-error]"))
            .text()
    }

    // What happens by itself

    /// The browser tells the page that there is a network again; all that comes of it is done afterwards.
    #[track_caller]
    pub(super) fn is_online_again(&self) {
        self.page.js("dispatchEvent(new Event('online'))", &[]);
        self.wait_for_sending();
    }

    /// Waits until nobody sends any of the leads that wait here.
    #[track_caller]
    pub(super) fn wait_for_sending(&self) {
        self.page.js_async(
            "const names = Object.keys(localStorage).filter((key) => key.startsWith('ringback.outbox.'));
             for (const name of names) await navigator.locks.request(name, () => {});",
            &[],
        );
    }

    /// The leads that wait in the browser.
    #[track_caller]
    pub(super) fn outbox(&self) -> Vec<Value> {
        let kept = "return Object.keys(localStorage).filter((key) => key.startsWith('ringback.outbox.'))
            .map((key) => JSON.parse(localStorage[key]))";
        self.page.js(kept, &[]).as_array().expect("a list").clone()
    }

    /// What the browser remembers of this site.
    #[track_caller]
    pub(super) fn storage_keys(&self) -> Vec<String> {
        let kept =
            self.page.js("return Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()", &[]);
        kept.as_array().expect("a list").iter().map(|key| key.as_str().expect("a name").to_string()).collect()
    }

    /// Nothing but the network has failed: no exception, nothing that the policy stopped.
    #[track_caller]
    pub(super) fn assert_only_the_network_failed(&self) {
        for error in self.page.errors() {
            let is_network = error.source == "network" || error.text.contains("CORS policy");
            assert!(is_network && !error.text.contains("Content Security Policy"), "{error:?}");
        }
    }
}
