//! Calls: what a salesperson sees and presses while on the phone, and what the CRM gets afterwards.
//!
//! A [`Stage`] is a site for the team with a CRM behind it, a [`Caller`] the person at the keyboard. [`walk`] goes through
//! all scripts of the demo; the other files look at one thing each, on scripts made for it.

mod call;
mod day;
mod event;
mod fields;
mod hour;
mod logic;
mod mails;
mod mended;
mod nobody;
mod objections;
mod offline;
mod outcome;
mod page;
mod placeholders;
mod records;
mod referral;
mod small;
mod today;
mod walk;

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use serde_json::{Value, json};

use super::{Browser, Options, Serve, Server};
use crate::support::Site;
use crate::support::receiver::{Receiver, Reply};

/// A built site for the team, its host, and the CRM that hears of calls.
struct Stage {
    site: Site,
    server: Server,
    crm: Receiver,
    status: Arc<AtomicU16>,
}

impl Stage {
    /// A site with one script, `/scripts/call/`.
    #[track_caller]
    fn of(script: &str) -> Self {
        Self::with(Site::empty().with("ringback.yaml", CONFIG).with("content/scripts/call.md", script))
    }

    /// Another site, whose webhook has the address in `CRM_WEBHOOK_URL`.
    #[track_caller]
    fn with(site: Site) -> Self {
        let status = Arc::new(AtomicU16::new(200));
        let answered = Arc::clone(&status);
        let crm = Receiver::start(move |_| Reply::open(answered.load(Ordering::Relaxed), "{}"));
        let run = site.run_with(&["build", "--edition", "team"], &[("CRM_WEBHOOK_URL", &crm.url("/calls"))]);
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
        let headers = site.read("team/_headers");
        assert!(headers.contains("connect-src 'self' http://127.0.0.1:"), "{headers}");
        let server = Server::of(&site.path("team"), Serve::default());
        Self { site, server, crm, status }
    }

    /// The CRM answers with this status from now on.
    fn answers(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// The calls that the CRM heard of, as JSON.
    #[track_caller]
    fn calls(&self) -> Vec<Value> {
        let bodies = self.crm.requests().into_iter().filter(|asked| asked.method == "POST");
        bodies.map(|asked| serde_json::from_str(&asked.body).expect("JSON")).collect()
    }
}

const CONFIG: &str = r#"title: Fjord
base_url: https://fjord.example/
languages: {en: {label: English}, sv: {label: Svenska}}
webhooks: {crm: {url: "${CRM_WEBHOOK_URL}"}}
calls: {webhook: crm}
checks: off
editions:
  public: {output: public, audiences: [public]}
  team: {output: team, audiences: [public, team], base_url: https://team.fjord.example/}
"#;

/// What is stored of the call of this tab.
const CALL: &str =
    "JSON.parse(localStorage['ringback.calls.' + JSON.parse(sessionStorage['ringback.call'])])";

/// Somebody who rings.
struct Caller<'stage> {
    page: Browser,
    stage: &'stage Stage,
}

impl<'stage> Caller<'stage> {
    #[track_caller]
    fn new(stage: &'stage Stage, options: Options<'_>) -> Option<Self> {
        let page = Browser::open(options)?;
        page.media("prefers-reduced-motion", "reduce");
        Some(Self { page, stage })
    }

    /// Opens a path and waits for the player.
    #[track_caller]
    fn open(&self, path: &str) {
        self.page.goto("about:blank");
        self.page.goto(&self.stage.server.url(path));
        self.page.wait("document.querySelector('[data-script][data-ready]')");
    }

    /// Opens a path and starts the player.
    #[track_caller]
    fn ready(&self, path: &str) {
        self.open(path);
        self.page.find("[data-script-start]").focus();
        self.page.press("Enter");
        self.at("call:before");
    }

    /// Opens a path and begins the call with the first step.
    #[track_caller]
    fn begin(&self, path: &str) {
        self.ready(path);
        self.page.press("1");
    }

    /// Presses keys, one after the other.
    #[track_caller]
    fn press(&self, keys: &[&str]) {
        for key in keys {
            self.page.press(key);
        }
    }

    /// Waits until this step is shown, with the focus on its heading.
    #[track_caller]
    fn at(&self, step: &str) {
        let shown = format!("document.querySelector('.on')?.id === {} ", json!(step));
        self.page.wait(&format!("{shown} && document.querySelector('.on').contains(document.activeElement)"));
    }

    /// What can be seen of an element's text.
    #[track_caller]
    fn text(&self, css: &str) -> String {
        self.page.find(css).text()
    }

    #[track_caller]
    fn value(&self, css: &str) -> String {
        self.page.find(css).property("value").as_str().expect("a text").to_string()
    }

    /// Waits until this is known of the outcome that was sent.
    #[track_caller]
    fn wait_for_delivery(&self, state: &str) {
        self.page
            .wait(&format!("document.querySelector('[data-script-finish]').dataset.state === '{state}'"));
    }
}

/// Front matter for a script that is as short as can be, with what it ends in.
const SHORT: &str = r#"---
title: The call
budget: 60
preparation: [Read what they wrote]
placeholders: {first_name: {label: First name, example: Kim}, rep: {label: Your name}, page: {label: Page, options: [the guide, the list], default: our site}}
objections: {objection-no-time: {phrases: [I am swamped, Jag hinner inte]}}
outcomes:
  callback: {label: Ring again, questions: [When?, "Why, then?"]}
  closed: {label: Closed}
---
"#;

/// A script with one of everything.
fn short() -> String {
    format!(
        "{SHORT}\n## Opener (12s)\n\n> Hello {{{{first_name}}}}, {{{{rep}}}} here. You read {{{{page}}}}. Is this a fair moment?\n\n\
         > [!NOTE]\n> Smile. [Our guide](send:guide) helps.\n\n\
         - \"Yes, {{{{first_name}}}} here\" → [Discover](#discover)\n- \"No\" → [No time](#objection-no-time)\n\
         - \"Perhaps\"\n  > Perhaps?\n  - \"Yes\" → [Discover](#discover)\n  - \"No\" → [Part](outcome:closed)\n\
         - Elsewhere → [There](there.md#second)\n\n\
         ## Discover (20s)\n\n> What happened?\n\n- They tell → [Ring then](outcome:callback)\n- They don't → [Part](outcome:closed)\n- Again → [Opener](#opener)\n\n\
         ## Objection: No time\n\n### Reply 1: Ask\n\n> When, then?\n\n- A time → [Ring then](outcome:callback)\n- None → [Part](outcome:closed)\n\n\
         ### Reply 2: Leave\n\n> Then I leave you to it.\n\n- \"Wait\" → [Discover](#discover)\n- They hang up → [Part](outcome:closed)\n"
    )
}

/// The site of [`short`], with another script and a page to send.
fn pair() -> Site {
    let there = "---\ntitle: Over there\naudience: team\nplaceholders: {first_name: {label: First name}}\noutcomes: {closed: {label: Closed}}\n---\n\n\
         ## First\n\n> One.\n\n- On → [Second](#second)\n\n## Second\n\n> Two, {{first_name}}.\n\n- Done → [Part](outcome:closed)\n- Back → [Discover](call.md#discover)\n";
    Site::empty()
        .with("ringback.yaml", CONFIG)
        .with("content/scripts/call.md", short())
        .with("content/scripts/there.md", there)
        .with("content/insights/guide.md", "---\ntitle: The guide\ndate: 2026-01-01\n---\nText.\n")
}
