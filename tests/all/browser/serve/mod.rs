//! `serve` in a browser: pages that change by themselves, what is said over them, and the inbox.

mod editor;
mod inbox;
mod look;
mod pages;
mod steps;
mod walk;
mod yaml;

use super::{Browser, Options};
use crate::support::Site;
use crate::support::served::Served;

const CONFIG: &str = "\
title: Fjord
base_url: https://fjord.example/
organization: {name: Fjord AB, email: hello@fjord.example}
webhooks: {crm: {url: \"${CRM_URL}\"}}
editions:
  public: {output: public, audiences: [public]}
  team: {output: team, audiences: [public, team]}
";

const FORM: &str = "title: Get the guide\nwebhook: crm\nfields: [{id: name, required: true}, {id: email, type: email, required: true}]\n\
    consent: [{id: contact, required: true, version: \"2026-11\", text: You may ring me.}]\n";

/// A page that is longer than a screen.
fn article(first: &str) -> String {
    let parts: String = (1..30).map(|part| format!("## Part {part}\n\nWords of part {part}.\n\n")).collect();
    format!("---\ntitle: An article\ndate: 2026-01-01\n---\n{first}\n\n{parts}")
}

fn site() -> Site {
    Site::empty()
        .with("ringback.yaml", CONFIG)
        .with("content/forms/guide.yaml", FORM)
        .with("content/insights/article.md", article("Before."))
        .with("content/insights/soon.md", "---\ntitle: Soon\ndraft: true\n---\nNot yet.\n")
        .with("content/insights/shut.md", "---\ntitle: Shut\ngate: {form: guide, key: webhook}\n---\nThe teaser.\n\n<!-- gate -->\n\nThe sealed part.\n")
        .with("content/scripts/call.md", "---\ntitle: A call\noutcomes: {callback: {label: Ring back}}\n---\n## Opener\n\n> Good morning.\n\n- Yes → [Done](outcome:callback)\n- No → [Done](outcome:callback)\n")
}

/// A served site, and somebody who looks at it.
struct Desk {
    page: Browser,
    served: Served,
    site: Site,
}

impl Desk {
    #[track_caller]
    fn new(arguments: &[&str]) -> Option<Self> {
        Self::of(site(), arguments)
    }

    #[track_caller]
    fn of(site: Site, arguments: &[&str]) -> Option<Self> {
        Self::started_by(&[], site, arguments)
    }

    /// The same by another program.
    #[track_caller]
    fn started_by(by: &[&str], site: Site, arguments: &[&str]) -> Option<Self> {
        let page = Browser::open(Options::default())?;
        page.media("prefers-reduced-motion", "reduce");
        let served = Served::start_in(by, &site.path(""), arguments);
        Some(Self { page, served, site })
    }

    #[track_caller]
    fn open(&self, path: &str) {
        self.page.goto(&self.served.url(path));
        // It listens.
        self.page.wait(&format!("{BAR}?.querySelector('.bar a')"));
    }
}

/// What is in the file now, once it says `part`.
#[track_caller]
fn file_with(desk: &Desk, file: &str, part: &str) -> String {
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let text = desk.site.read(file);
        if text.contains(part) {
            return text;
        }
        assert!(std::time::Instant::now() < end, "{file} doesn't get {part:?}:\n{text}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// The editor.
impl Desk {
    #[track_caller]
    fn edit(&self, file: &str) {
        self.page.goto(&self.served.url(&format!("/.ringback/edit?file={file}")));
        self.page.wait("document.querySelector('.text')");
    }

    /// Gives a field other words, as somebody who types them.
    #[track_caller]
    fn fill(&self, css: &str, text: &str) {
        self.page.find(css).focus();
        self.page.press("Control+a");
        self.page.insert(text);
    }
}

/// What `dev.js` shows, in its shadow tree.
const BAR: &str = "document.getElementById('ringback:dev:bar')?.shadowRoot";
