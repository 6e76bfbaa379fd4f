//! Gates of the demo: what opens them, what is there then, and what is said where they stay shut.

use std::fs;
use std::time::{Duration, Instant};

use ringback::leads::gates::key::{Key, Secret};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::receiver::Reply::{self, Html, Json, Status};
use super::{Stage, Visitor, assert_valid};
use crate::support::{SECRET, fixture};

/// The demo's own guide, whose key is in the page, and its Swedish translation.
pub(super) const GUIDE: &str = "/insights/a-crm-people-want-to-fill-in/";
const SWEDISH: &str = "/sv/insights/ett-crm-system-som-folk-vill-fylla-i/";
const SWEDISH_TITLE: &str = "Ett CRM-system som folk vill fylla i";

/// The same guide behind other gates, each with a picture and a file more.
pub(super) const ANSWERED: &str = "/insights/answered/";
pub(super) const MAILED: &str = "/insights/mailed/";

const FILE: &[u8] = b"%PDF-1.4 a handbook";

/// The demo, whose form goes to our receiver, with [`ANSWERED`] and [`MAILED`].
pub(super) fn stage() -> Stage {
    Stage::of(fixture::warm_demo(), |site, _| {
        let guide = site.read("content/insights/a-crm-people-want-to-fill-in.md");
        for (name, gate) in [("answered", "key: webhook"), ("mailed", "key: email, key_version: 2")] {
            let gate = format!("gate: {{form: guide, {gate}, download: {name}.pdf}}");
            let text = guide
                .replace("gate: {form: guide}", &gate)
                .replace("series: {id: empty-crm, part: 2}\n", "")
                .replace("title: A CRM people want to fill in", &format!("title: The guide that is {name}"))
                .replace("<!-- gate -->", &format!("<!-- gate -->\n\n![A map of it]({name}.png)\n"));
            assert!(text.contains(&gate) && text.contains(&format!("({name}.png)")), "{text}");
            site.write(&format!("content/insights/{name}.md"), text);
            site.write(&format!("content/insights/{name}.pdf"), FILE);
            let picture =
                fs::read(site.path("content/insights/objections-are-questions.png")).expect("a picture");
            site.write(&format!("content/insights/{name}.png"), picture);
        }
    })
}

/// What opens a gate of the demo.
pub(super) fn token(gate: &str, key_version: u32) -> String {
    Key::derive(Secret::new(SECRET).as_ref(), gate, key_version).token()
}

impl Visitor<'_> {
    /// Waits until the gate is open.
    #[track_caller]
    pub(super) fn until_open(&self) {
        self.page.wait("document.querySelector('[data-gate]').dataset.open === ''");
        assert!(
            self.page.find("[data-gate-text]").text().contains("The five-line note")
                || self.page.url().contains("/sv/")
        );
    }

    /// Waits until the gate says something. It stays shut.
    #[track_caller]
    pub(super) fn until_shut(&self, words: &str) {
        self.page
            .wait(&format!("document.querySelector('[data-gate-status]').textContent === {}", json!(words)));
        assert!(!self.is_open(), "it says {words} and is open");
    }

    pub(super) fn is_open(&self) -> bool {
        self.page.js("return document.querySelector('[data-gate]').dataset.open === ''", &[]) == true
    }

    /// What the gate says.
    #[track_caller]
    fn gate_status(&self) -> String {
        self.page.find("[data-gate-status]").text()
    }

    #[track_caller]
    fn toc(&self) -> Value {
        self.page.js("return [...document.querySelectorAll('[data-toc] > * > ol > li > a, [data-toc] > ol > li > a')].map((a) => a.textContent)", &[])
    }

    /// The picture that was sealed is drawn.
    #[track_caller]
    fn assert_picture(&self) {
        let drawn = "(() => {
            const canvas = document.querySelector('[data-gate-text] canvas');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return canvas.width > 100 && canvas.checkVisibility() && data.some((value) => value > 0);
        })()";
        self.page.wait(drawn);
        let canvas = self.page.find("[data-gate-text] canvas");
        assert!(["img", "image"].contains(&canvas.role().as_str()), "{}", canvas.role());
        assert_eq!(canvas.name(), "A map of it");
    }
}

#[test]
fn a_guide_opens_with_each_kind_of_key_and_stays_open() {
    let stage = stage();
    let profile = TempDir::new().expect("a temporary folder");
    let Some(visitor) = Visitor::again(&stage, profile.path()) else { return };
    key_in_the_page(&visitor, &stage);
    key_in_the_answer(&visitor, &stage);
    key_in_a_mail(&visitor, &stage);
    drop(visitor);
    // On another day.
    let Some(visitor) = Visitor::again(&stage, profile.path()) else { return };
    visitor.open(MAILED);
    visitor.until_open();
    visitor.page.assert_no_errors();
}

fn key_in_the_page(visitor: &Visitor<'_>, stage: &Stage) {
    let page = stage.site.read(&format!("public{GUIDE}index.html"));
    assert!(!page.contains("five-line"), "what is sealed is nowhere in the page");
    let first = visitor.page.tab();
    let second = visitor.open_tab();
    visitor.open(SWEDISH);
    assert!(!visitor.is_open());
    visitor.page.switch(&first);
    visitor.open(GUIDE);
    assert!(!visitor.is_open() && !visitor.page.find("[data-toc]").is_visible());
    assert!(visitor.page.find("[data-gate] [type=submit]").is_visible());
    visitor.fill();
    visitor.send();
    visitor.until_open();
    assert_eq!(visitor.gate_status(), "The rest is open below.");
    assert_eq!(visitor.page.find("[data-gate-status]").role(), "status");
    let focused = "return document.activeElement === document.querySelector('[data-gate-text]')";
    assert_eq!(visitor.page.js(focused, &[]), true);
    let toc = visitor.toc();
    assert_eq!(toc[0], "Drop fields before you ask for anything");
    assert_eq!(toc[1], "The five-line note");
    assert!(visitor.page.find("[data-toc]").is_visible());
    let lead = stage.receiver.only().lead();
    assert_valid(&lead);
    assert_eq!(lead["data"]["gate"], "a-crm-people-want-to-fill-in");
    assert_eq!(lead["data"]["page"]["url"], "https://svarton.example/insights/a-crm-people-want-to-fill-in/");
    let about = &lead["data"]["page"];
    assert_eq!(
        [&about["stage"], &about["persona"], &about["section"]],
        [&json!("convert"), &json!(["sales-manager"]), &json!("insights")]
    );

    // One unlock opens all pages of the gate, also one that lies open elsewhere; it doesn't take the focus there.
    visitor.page.switch(&second);
    visitor.until_open();
    assert_eq!(
        visitor.page.js("return document.title", &[]).as_str().map(|title| title.starts_with(SWEDISH_TITLE)),
        Some(true)
    );
    assert_eq!(visitor.page.js("return document.activeElement.tagName", &[]), "BODY");
    visitor.page.close_tab(&first);
    visitor.page.reload();
    visitor.until_open();
    assert_eq!((visitor.gate_status().as_str(), visitor.toc()), ("", toc));
    assert_eq!(visitor.page.js("return document.activeElement.tagName", &[]), "BODY");
    // Another gate stays shut, and an address can lead to what was sealed.
    visitor.open(ANSWERED);
    assert!(!visitor.is_open());
    visitor.open(&format!("{GUIDE}#the-five-line-note"));
    visitor.until_open();
    visitor.page.wait("Math.abs(document.getElementById('the-five-line-note').getBoundingClientRect().top) < innerHeight / 2");
    assert_eq!(stage.receiver.posts().len(), 1);
    visitor.page.assert_no_errors();
}

fn key_in_the_answer(visitor: &Visitor<'_>, stage: &Stage) {
    let key = token("answered", 1);
    let answers = [
        json!({"unlock": key}),
        json!({"redirectUri": format!("https://svarton.example{ANSWERED}#unlock={key}")}),
        json!({"inlineMessage": format!("<p>Here <a href=\"https://svarton.example{ANSWERED}#unlock={key}\">it is</a>.</p>")}),
        json!([{"ok": true, "data": {"unlock": key}}]),
    ];
    for answer in answers {
        visitor.fill_and_send(ANSWERED, [Json(answer.to_string())]);
        visitor.until_open();
        visitor.assert_picture();
        visitor.page.reload();
        visitor.until_open();
        assert_eq!(stage.receiver.posts().len(), 1);
    }
    let no_key = "We have your answers, but the key to the rest didn’t come with the reply. Please email or call us, and we’ll send it to you.";
    for reply in [Html, Json("{}".into()), Status(204), Reply::Endless] {
        visitor.fill_and_send(ANSWERED, [reply]);
        visitor.until_shut(no_key);
    }
    // Somebody asks once more, on another day or after a receiver was put right: it is the same lead.
    visitor.fill_and_send(ANSWERED, [Html]);
    visitor.until_shut(no_key);
    visitor.page.reload();
    stage.receiver.will([Json(json!({"unlock": key}).to_string())]);
    visitor.fill();
    visitor.send();
    visitor.until_open();
    assert_eq!((stage.receiver.posts().len(), stage.receiver.ids().len()), (2, 1));
    // The answer comes late, and to another page.
    visitor.fill_and_send(ANSWERED, [Status(503), Json(json!({"unlock": key}).to_string())]);
    visitor.until_shut("The rest will open here automatically, as soon as your answers are delivered.");
    visitor.later(6000);
    visitor.open("/contact/");
    stage.receiver.wait_for(2);
    visitor.page.wait("localStorage['ringback.answer.answered']");
    visitor.open(ANSWERED);
    visitor.until_open();
    assert_eq!(stage.receiver.ids().len(), 1);
    visitor.assert_only_the_network_failed();
}

fn key_in_a_mail(visitor: &Visitor<'_>, stage: &Stage) {
    visitor.fill_and_send(MAILED, [Json(json!({"unlock": "nothing"}).to_string())]);
    visitor.until_shut(
        "Check your email. As soon as we have your answers, we’ll send you a link that opens the rest.",
    );
    assert_valid(&stage.receiver.only().lead());
    // On a telephone, say, where nobody has been here before.
    visitor.open_anew(&format!("{MAILED}?via=ola-dahl#unlock={}", token("mailed", 2)));
    visitor.until_open();
    assert_eq!(
        visitor.page.url(),
        stage.server.url(&format!("{MAILED}?via=ola-dahl")),
        "it is not passed on by accident"
    );
    assert_eq!(visitor.gate_status(), "The rest is open below.");
    visitor.assert_picture();

    let folder = TempDir::new().expect("a temporary folder");
    visitor
        .page
        .cdp("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": folder.path()}));
    let link = visitor.page.find("[data-gate-download]");
    assert_eq!(link.name(), "Download mailed.pdf");
    link.click();
    let start = Instant::now();
    while fs::read(folder.path().join("mailed.pdf")).ok().as_deref() != Some(FILE) {
        assert!(start.elapsed() < Duration::from_secs(15), "no file comes");
        std::thread::sleep(Duration::from_millis(20));
    }
    visitor.page.assert_no_errors();
}

#[test]
fn a_gate_that_stays_shut_says_why() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    files_do_not_come(&visitor, &stage);
    leads_do_not_arrive(&visitor, &stage);
}

fn files_do_not_come(visitor: &Visitor<'_>, stage: &Stage) {
    let unreachable = "The rest could not be fetched. Check your connection and try again.";
    let link = format!("{MAILED}#unlock={}", token("mailed", 2));
    stage.server.answer(|path| path.starts_with("/sealed/"), 404, "");
    visitor.open_anew(&link);
    visitor.until_shut(unreachable);
    let retry = visitor.page.find("[data-gate-retry]");
    let try_again = || {
        visitor.page.js("document.querySelector('[data-gate-status]').textContent = ''", &[]);
        retry.click();
    };
    assert_eq!((retry.name().as_str(), retry.is_visible()), ("Try again", true));
    try_again();
    visitor.until_shut(unreachable);
    stage.server.fix();
    stage.server.drop_paths(|path| path.starts_with("/sealed/"));
    try_again();
    visitor.until_shut(unreachable);
    // The link is not lost with the page.
    visitor.page.reload();
    visitor.until_shut(unreachable);
    stage.server.fix();
    visitor.page.find("[data-gate-retry]").click();
    visitor.until_open();
    assert!(!visitor.page.find("[data-gate-retry]").is_visible());

    // The text comes, and no picture or file.
    let config = "return JSON.parse(document.querySelector('[data-gate-config]').textContent).sealed";
    let text = visitor.page.js(config, &[]);
    stage.server.answer(move |path| path.starts_with("/sealed/") && text != path, 404, "");
    visitor.page.cdp("Network.clearBrowserCache", json!({}));
    visitor.page.reload();
    visitor.until_open();
    let picture = "An image could not be fetched. Check your connection and try again.";
    visitor
        .page
        .wait(&format!("document.querySelector('[data-gate-status]').textContent === {}", json!(picture)));
    visitor.page.find("[data-gate-download]").click();
    visitor.page.wait(&format!(
        "document.querySelector('[data-gate-status]').textContent === {}",
        json!(unreachable)
    ));
    stage.server.fix();
    visitor.page.reload();
    visitor.until_open();
    visitor.assert_picture();
    assert_eq!(visitor.gate_status(), "");
    visitor.assert_only_the_network_failed();
}

fn leads_do_not_arrive(visitor: &Visitor<'_>, stage: &Stage) {
    visitor.fill_and_send(GUIDE, [Status(503)]);
    visitor.until_open();
    assert_eq!((visitor.state().as_str(), visitor.outbox().len()), ("waiting", 1));
    visitor.fill_and_send(GUIDE, [Status(400)]);
    visitor.until("refused");
    assert!(!visitor.is_open());
    visitor.assert_only_the_network_failed();

    // Without storage it opens for this visit.
    visitor.before("Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })");
    visitor.fill_and_send(GUIDE, []);
    visitor.until_open();
    visitor.page.reload();
    assert!(!visitor.is_open());
    // As on plain http, elsewhere than here.
    visitor.before("Object.defineProperty(crypto, 'subtle', { value: undefined }); Object.defineProperty(navigator, 'locks', { value: undefined })");
    visitor.fill_and_send(GUIDE, []);
    visitor.until("confirmed");
    visitor.until_shut("This page came over an unencrypted connection, where browsers can’t open the rest. Change http to https at the start of the address.");
    assert_valid(&stage.receiver.only().lead());
    visitor.page.assert_no_errors();
}
