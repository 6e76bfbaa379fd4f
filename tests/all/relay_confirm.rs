//! What the relay writes to visitors: whether the address is theirs, and the link that opens a gate.

#![expect(clippy::unwrap_used, reason = "what is so in every store is a function that several tests call")]

use std::sync::{Arc, Mutex};
use std::time::Instant;

use serde_json::{Value, json};

use crate::relay::{FORM, KEY, Kept, hash, lead, mail_server, post_to, site};
use crate::support::receiver::{Receiver, Reply};
use crate::support::schema::Schema;
use crate::support::served::{PATIENCE, Response, Served};
use crate::support::{Run, Site};

const GATED: &str = "---\ntitle: Locked\ndate: 2026-01-01\ngate: {form: guide, key: email}\n---\nOpen.\n\n<!-- gate -->\n\nSealed.\n";

/// A site whose form asks for a confirmation, or not, with a gate whose link is mailed.
fn confirming(form: &str) -> Site {
    let site = site();
    let letters = "  letters: {kind: email, url: \"${SMTP}\", from: \"Fjord <leads@fjord.example>\", to: sales@fjord.example}\n";
    let config = site.read("ringback.yaml").replace("alerts: [ops]", "alerts: [ops], sender: letters");
    site.write("ringback.yaml", format!("{config}{letters}"));
    site.write("content/forms/guide.yaml", form.replace("webhook: [crm, channel, file]", "webhook: crm"));
    site.write("content/insights/locked.md", GATED);
    site.write("content/insights/locked.sv.md", GATED.replace("Locked", "Låst"));
    site
}

/// A relay with a mail server and a webhook.
pub(crate) struct Post {
    pub(crate) site: Site,
    store: String,
    smtp: String,
    receiver: Receiver,
    emails: Arc<Mutex<Vec<String>>>,
    relay: Option<Served>,
}

impl Post {
    pub(crate) fn start(kept: &Kept, form: &str) -> Self {
        let (port, emails) = mail_server();
        let site = confirming(form);
        let store = match kept {
            Kept::File => site.path("relay.db").to_str().unwrap().to_string(),
            Kept::Database(url) => url.clone(),
        };
        let (smtp, receiver) =
            (format!("smtp://127.0.0.1:{port}"), Receiver::start(|_| Reply::open(200, "{}")));
        let mut post = Self { site, store, smtp, receiver, emails, relay: None };
        post.restart();
        post
    }

    pub(crate) fn restart(&mut self) {
        if let Some(relay) = self.relay.take() {
            relay.kill();
        }
        let [crm, ops] = ["/crm", "/ops"].map(|path| self.receiver.url(path));
        let variables = [
            ("SMTP", self.smtp.as_str()),
            ("CRM", &crm),
            ("OPS", &ops),
            ("CHANNEL", &ops),
            ("RINGBACK_SECRET", KEY),
        ];
        self.relay = Some(Served::relay(&self.site.path(""), &["--store", &self.store], &variables));
    }

    pub(crate) fn relay(&self) -> &Served {
        self.relay.as_ref().unwrap()
    }

    /// Waits until so many emails have come, and reads them: long lines and letters of other languages are written in
    /// another way (RFC 2045, 6.7).
    #[track_caller]
    pub(crate) fn emails(&self, count: usize) -> Vec<String> {
        let start = Instant::now();
        loop {
            let emails = self.emails.lock().unwrap().clone();
            if emails.len() >= count {
                return emails.iter().map(|email| readable(email)).collect();
            }
            assert!(start.elapsed() < PATIENCE, "{emails:?} {}", self.relay().printed());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    fn crm(&self) -> Vec<Value> {
        let asked = self.receiver.requests().into_iter().filter(|asked| asked.path == "/crm");
        asked.map(|asked| serde_json::from_str(&asked.body).unwrap()).collect()
    }

    #[track_caller]
    pub(crate) fn wait_for_crm(&self, count: usize) -> Vec<Value> {
        let start = Instant::now();
        while self.crm().len() < count {
            assert!(start.elapsed() < PATIENCE, "{}", self.relay().printed());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        self.crm()
    }

    fn ask(&self, arguments: &[&str]) -> Run {
        self.site.run(&[&["relay", "--store", &self.store], arguments].concat())
    }

    fn press(&self, path: &str) -> Response {
        self.relay().send("POST", path, &[("Content-Type", "application/x-www-form-urlencoded")], "")
    }
}

/// An email with its body as people read it.
fn readable(email: &str) -> String {
    let (head, body) = email.split_once("\n\n").unwrap();
    let body = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) if head.contains("quoted-printable") => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    format!("{head}\n\n{}", String::from_utf8(bytes).unwrap())
}

/// The link in an email, from its path on.
pub(crate) fn link(email: &str) -> String {
    let line = email.lines().find(|line| line.starts_with("http://127.0.0.1:8787/confirm?")).expect("a link");
    line.trim_start_matches("http://127.0.0.1:8787").to_string()
}

fn with_confirm() -> String {
    format!("confirm: email\n{FORM}")
}

fn in_swedish(number: usize) -> Value {
    let mut lead = lead(number);
    lead["data"]["page"]["lang"] = json!("sv");
    lead["data"]["consent"][0]["text_sha256"] = json!(hash("Ring mig."));
    lead
}

fn a_lead_waits_until_its_visitor_has_pressed_a_button(kept: Kept) {
    let post = Post::start(&kept, &with_confirm());
    assert_eq!(post_to(post.relay(), &in_swedish(1)).status, 200);
    let email = post.emails(1).remove(0);
    let (head, text) = email.split_once("\n\n").unwrap();
    assert!(head.contains("To: kim1@fjord-works.example") && head.contains("From: Fjord <leads@"), "{head}");
    assert!(text.contains("Din e-postadress har angetts i formuläret ”Hämta guiden” på Fjord."), "{text}");
    assert!(!email.contains("Kim Berg"), "nothing that somebody typed: {email}");
    let path = link(&email);
    // Programs that open every link confirm nothing.
    for method in ["GET", "HEAD", "GET"] {
        let page = post.relay().send(method, &path, &[], "");
        assert_eq!(page.status, 200, "{page:?}");
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; form-action 'self'"), "{policy}");
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    }
    let page = post.relay().get(&path).body;
    assert!(page.contains("<html lang=\"sv\">") && page.contains("<button>Ja, bekräfta</button>"), "{page}");
    assert_eq!(post.relay().get("/confirm.css").header("content-type"), Some("text/css; charset=utf-8"));
    assert!(post.ask(&["status"]).stdout.contains("crm: 1 unconfirmed"), "{}", post.ask(&["status"]).stdout);
    assert_eq!(post.ask(&["resend", "--state", "unconfirmed"]).status, 3, "nobody else says yes");
    // Forged, cut and another lead's links.
    let other = path.replace("00001&", "00002&");
    let (start, sign) = path.rsplit_once("sign=").unwrap();
    for wrong in [
        other,
        format!("{start}sign="),
        format!("{start}sign={}", "0".repeat(32)),
        format!("{start}sign={}", &sign[..30]),
        "/confirm".to_string(),
        "/confirm?lead=&sign=".to_string(),
    ] {
        let page = post.press(&wrong);
        assert!(page.status == 404 && !page.body.contains("<form"), "{wrong} {page:?}");
    }
    assert_eq!(post.press("/confirm?lang=sv").body.matches("Länken gäller inte längre").count(), 1);
    assert_eq!(post.crm(), Vec::<Value>::new());

    let page = post.press(&path);
    assert!(page.status == 200 && page.body.contains("Din e-postadress är bekräftad"), "{page:?}");
    let sent = post.wait_for_crm(1).remove(0);
    Schema::of_leads().assert(&sent);
    let question = "Tryck på knappen för att bekräfta att du har fyllt i formuläret ”Hämta guiden” och att e-postadressen är din. Först då får vi dina svar.";
    assert_eq!(sent["data"]["confirmation"]["text_sha256"], hash(question));
    assert_eq!(sent["data"]["confirmation"]["lang"], "sv");
    // Once more does nothing more, and there is no button.
    assert_eq!(post.press(&path).status, 200);
    assert!(!post.relay().get(&path).body.contains("<form"));
    assert_eq!((post.crm().len(), post.emails(1).len()), (1, 1));
    // A page can't say of itself that it was confirmed, and a test has nobody who could.
    let mut forged = in_swedish(2);
    forged["data"]["confirmation"] = sent["data"]["confirmation"].clone();
    assert_eq!(post_to(post.relay(), &forged).status, 422);
    let mut test = in_swedish(3);
    test["test"] = json!(true);
    assert_eq!(post_to(post.relay(), &test).status, 200);
    post.wait_for_crm(2);
    assert_eq!(post.emails(1).len(), 1);
}

fn what_nobody_confirms_is_deleted_after_seven_days_and_counted(kept: Kept) {
    let mut post = Post::start(&kept, &with_confirm());
    for number in 1..=2 {
        assert_eq!(post_to(post.relay(), &lead(number)).status, 200);
    }
    let emails = post.emails(2);
    let first = emails.iter().find(|email| email.contains("To: kim1@")).unwrap();
    assert_eq!(post.press(&link(first)).status, 200);
    post.wait_for_crm(1);
    let week = 7 * 24 * 3600 * 1000 + 1000_i64;
    kept.age(&post.site, week);
    post.restart();
    post.relay().wait_printed("\"event\":\"expired\",\"leads\":1");
    let status = post.ask(&["status"]).stdout;
    assert!(status.contains("1 deleted so far because nobody confirmed the address"), "{status}");
    assert!(status.contains("crm: 1 delivered") && !status.contains("unconfirmed"), "{status}");
    let second = emails.iter().find(|email| email.contains("To: kim2@")).unwrap();
    assert_eq!(post.press(&link(second)).status, 404, "it is gone");
}

fn a_gates_link_is_mailed_and_leads_only_to_the_site(kept: Kept) {
    let post = Post::start(&kept, FORM);
    let keys = post.site.run_with(
        &["keys", "--gate", "locked", "--format", "json"],
        &[
            ("SMTP", "smtp://127.0.0.1:1"),
            ("CRM", "https://a.example/"),
            ("OPS", "https://b.example/"),
            ("CHANNEL", "https://c.example/"),
            ("RINGBACK_SECRET", KEY),
        ],
    );
    let mut asks = in_swedish(1);
    asks["data"]["gate"] = json!("locked");
    asks["data"]["page"]["url"] = json!("https://evil.example/");
    asks["data"]["page"]["title"] = json!("Click here: https://evil.example/");
    assert_eq!(post_to(post.relay(), &asks).status, 200);
    let email = post.emails(1).remove(0);
    assert!(!email.contains("evil"), "{email}");
    assert!(email.contains("Länken öppnar resten av ”Låst” i din webbläsare."), "{email}");
    let link = email.lines().find(|line| line.contains("#unlock=")).unwrap();
    assert!(link.starts_with("https://fjord.example/sv/insights/locked/#unlock=locked.1."), "{link}");
    assert!(keys.stdout.contains(link), "{link} is what opens it: {}", keys.stdout);
    // The token isn't in the answer: only who reads the address' email has it.
    let mut english = lead(2);
    english["data"]["gate"] = json!("locked");
    english["data"]["page"]["url"] = json!("https://fjord.example/insights/locked/?utm_source=x");
    let answer = post_to(post.relay(), &english);
    assert!(answer.status == 200 && !answer.body.contains("unlock"), "{answer:?}");
    let email = post.emails(2).remove(1);
    assert!(email.contains("\nhttps://fjord.example/insights/locked/#unlock=locked.1."), "{email}");
    assert_eq!(post.wait_for_crm(2).len(), 2, "the CRM doesn't wait for it");
}

/// Leads with something in every text that would be a header, a second address or an end of the email.
fn what_somebody_types_adds_nothing_to_an_email(kept: Kept) {
    let post = Post::start(
        &kept,
        &format!("{}\n", with_confirm().replace("webhook: [crm, channel, file]", "webhook: [crm, letters]")),
    );
    let evil = "x\r\nBcc: all@evil.example\r\n.\r\nQUIT\r\n\r\nhttps://evil.example/";
    for address in [
        "kim@fjord.example\r\nBcc: all@evil.example",
        "kim@fjord.example,all@evil.example",
        "Kim<all@evil.example>",
        "<all@evil.example>",
        "a@b@evil.example",
        "kim@fjord.example;all@evil.example",
        "\"kim\"@evil.example",
        "kim(all)@evil.example",
    ] {
        let mut asks = lead(1);
        asks["id"] = json!(format!("lead_01JD00000000000000000{:05}", address.len()));
        asks["data"]["fields"]["email"] = json!(address);
        let status = post_to(post.relay(), &asks).status;
        assert!(status == 422 || status == 200, "{address}: {status}");
    }
    let mut asks = lead(2);
    for pointer in ["/data/fields/name", "/data/page/title", "/data/page/lang", "/data/attribution/rep"] {
        *asks.pointer_mut(pointer).unwrap() = json!(evil);
    }
    asks["data"]["fields"]["extra"] = json!(evil);
    assert_eq!(post_to(post.relay(), &asks).status, 200);
    let start = Instant::now();
    while !post.emails.lock().unwrap().iter().any(|email| email.contains("To: kim2@")) {
        assert!(start.elapsed() < PATIENCE, "{}", post.relay().printed());
    }
    let email = post.emails(1).into_iter().find(|email| email.contains("To: kim2@")).unwrap();
    assert_eq!(post.press(&link(&email)).status, 200);
    // The salesperson's email has it as text.
    post.wait_for_crm(1);
    let start = Instant::now();
    while !post.emails.lock().unwrap().iter().any(|email| email.contains("To: sales@fjord.example")) {
        assert!(start.elapsed() < PATIENCE, "{}", post.relay().printed());
    }
    for email in post.emails(1) {
        let (head, _) = email.split_once("\n\n").unwrap();
        let names = |line: &str| line.split_once(": ").map(|(name, _)| name.to_lowercase());
        let to =
            head.lines().filter(|line| matches!(names(line).as_deref(), Some("to" | "cc" | "bcc"))).count();
        assert!(to == 1 && !head.contains("To: all@"), "{head}");
        let is_visitors = head.contains("Message-ID: <confirm-");
        assert!(is_visitors || head.contains("To: sales@fjord.example"), "{head}");
        assert!(!is_visitors || !email.contains("evil"), "{email}");
    }
    assert_eq!(post.ask(&["export", "--state", "dead"]).stdout.matches("no page to open").count(), {
        let stored = post.ask(&["export"]).stdout;
        stored.lines().filter(|line| line.contains("\"webhook\":\"@confirm\",\"state\":\"dead\"")).count()
    });
}

fn nobody_is_written_to_again_and_again(kept: Kept) {
    let post = Post::start(&kept, &with_confirm());
    for number in 1..=5 {
        let mut asks = lead(number);
        asks["data"]["fields"]["email"] = json!("Kim@fjord-works.example");
        assert_eq!(post_to(post.relay(), &asks).status, 200);
    }
    post.emails(3);
    let status = post.ask(&["status"]).stdout;
    assert!(status.contains("@confirm: 2 held"), "{status}");
    assert_eq!(post.emails(3).len(), 3);
    // A person who lets it go sends the question, and not the lead.
    assert_eq!(post.ask(&["resend", "--state", "held"]).status, 0);
    post.emails(5);
    assert_eq!(post.crm(), Vec::<Value>::new());
}

in_every_store!(
    a_lead_waits_until_its_visitor_has_pressed_a_button,
    what_nobody_confirms_is_deleted_after_seven_days_and_counted,
    a_gates_link_is_mailed_and_leads_only_to_the_site,
    what_somebody_types_adds_nothing_to_an_email,
    nobody_is_written_to_again_and_again,
);

#[test]
fn a_form_that_nobody_can_confirm_is_an_error() {
    let site = confirming(&with_confirm());
    let check = || {
        let variables = [
            ("SMTP", "smtps://me:word@mail.example"),
            ("CRM", "https://a.example/"),
            ("OPS", "https://b.example/"),
            ("CHANNEL", "https://c.example/"),
            ("RINGBACK_SECRET", KEY),
        ];
        let run = site.run_with(&["check"], &variables);
        (run.status, run.stderr)
    };
    assert_eq!(check().0, 0, "{}", check().1);
    let (config, form) = (site.read("ringback.yaml"), site.read("content/forms/guide.yaml"));
    site.write(
        "content/forms/guide.yaml",
        form.replace(
            "type: email, label: {en: Email, sv: E-post}, required: true",
            "type: email, label: {en: Email, sv: E-post}",
        ),
    );
    assert!(check().1.contains("there is no email address to confirm"), "{}", check().1);
    site.write("content/forms/guide.yaml", form.replace("confirm: email", "confirm: text"));
    assert!(check().1.contains("`text` is not a value of this key"), "{}", check().1);
    site.write("content/forms/guide.yaml", form);
    site.write("ringback.yaml", config.replace(", sender: letters", ""));
    assert!(check().1.contains("only a `relay` with a `sender` does"), "{}", check().1);
    site.write("ringback.yaml", config.replace("sender: letters", "sender: crm"));
    assert!(check().1.contains("the webhook `crm` sends no emails"), "{}", check().1);
    site.write("ringback.yaml", config.replace("sender: letters", "sender: leters"));
    assert!(check().1.contains("there is no webhook `leters`"), "{}", check().1);
}
