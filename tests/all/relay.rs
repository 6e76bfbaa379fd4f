//! The relay as it runs: pages post to it, it keeps what it takes, and hands it on whatever the webhooks do.

#![expect(clippy::unwrap_used, reason = "what is so in every store is a function that several tests call")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde_json::{Value, json};

use crate::support::receiver::{Asked, Receiver, Reply};
use crate::support::schema::Schema;
use crate::support::served::{PATIENCE, Response, Served};
use crate::support::{NO_ADVICE, Site};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

pub(crate) const FORM: &str = "title: {en: Get the guide, sv: Hämta guiden}\nsubmit: {en: Send, sv: Skicka}\nwebhook: [crm, channel, file]\nfields:\n  \
    - {id: name, label: {en: Name, sv: Namn}}\n  - {id: email, type: email, label: {en: Email, sv: E-post}, required: true}\n  \
    - {id: seats, type: number, label: {en: Seats, sv: Platser}}\n  - {id: when, type: choice, label: {en: When, sv: När}, options: [{id: morning, label: {en: M, sv: M}}]}\n\
    consent:\n  - {id: contact, required: true, version: \"1\", text: {en: You may ring me., sv: Ring mig.}}\n";

/// A site whose pages post to a relay; webhooks are at `CRM` and `CHANNEL` of the environment.
pub(crate) fn site() -> Site {
    let config = format!(
        "title: Fjord\nbase_url: https://fjord.example/\nlanguages: {{en: {{}}, sv: {{}}}}\n{NO_ADVICE}\
         relay: {{url: \"http://127.0.0.1:8787/\", alerts: [ops], retention: 30}}\n\
         webhooks:\n  crm: {{url: \"${{CRM}}\", secret: \"{SECRET}\", map: {{name: full_name}}, add: {{source: website}}}}\n  \
         channel: {{kind: slack, url: \"${{CHANNEL}}\"}}\n  file: {{kind: file, path: leads.jsonl}}\n  ops: {{kind: slack, url: \"${{OPS}}\"}}\n"
    );
    Site::empty()
        .with("ringback.yaml", config)
        .with("content/forms/guide.yaml", FORM)
        .with("content/pages/guide.md", "---\ntitle: The guide\n---\n\nOne line.\n\n[form:guide]\n")
        .with("content/pages/guide.sv.md", "---\ntitle: Guiden\n---\n\nEn rad.\n\n[form:guide]\n")
        .with(
            "content/insights/shut.md",
            "---\ntitle: Shut\ndate: 2026-01-01\ngate: {form: guide, key: webhook}\n---\nOpen.\n\n<!-- gate -->\n\nSealed.\n",
        )
}

/// Where a relay keeps leads.
#[derive(Clone)]
pub(crate) enum Kept {
    /// In a file beside the site.
    File,
    /// In a database with this URL.
    Database(String),
}

impl Kept {
    /// A database of its own; `None`, which is told, where there is no PostgreSQL.
    #[cfg(unix)]
    pub(crate) fn database() -> Option<Self> {
        crate::support::postgresql::Server::shared().map(|server| Self::Database(server.database().1))
    }
}

impl Kept {
    /// Makes all leads older by so many milliseconds.
    pub(crate) fn age(&self, site: &Site, by: i64) {
        self.change(site, &format!("UPDATE ringback_leads SET received = received - {by}"));
    }

    /// Changes what is in the tables, which have their names in a database.
    pub(crate) fn change(&self, site: &Site, sql: &str) {
        match self {
            Self::File => {
                let store = rusqlite::Connection::open(site.path("relay.db")).unwrap();
                store.busy_timeout(PATIENCE).unwrap();
                store.execute(&sql.replace("ringback_", ""), []).unwrap();
            }
            Self::Database(url) => {
                let url = url.replace("%2F", "/");
                let (place, name) = url.trim_start_matches("postgres://tests@").rsplit_once('/').unwrap();
                let (folder, port) = place.rsplit_once(':').unwrap();
                let place = format!("host={folder} port={port} user=tests dbname={name}");
                let mut client = postgres::Client::connect(&place, postgres::NoTls).unwrap();
                client.execute(sql, &[]).unwrap();
            }
        }
    }
}

in_every_store!(
    a_lead_reaches_every_webhook_as_each_wants_it,
    what_was_thanked_for_survives_a_power_cut_and_every_kind_of_failure,
    what_a_webhook_refuses_is_kept_and_somebody_is_told,
    what_is_no_lead_of_the_site_is_refused_with_a_reason,
    a_form_without_javascript_ends_on_the_page_of_thanks,
    a_flood_from_one_place_waits_for_a_person_and_others_do_not,
    a_person_can_be_forgotten,
    the_relay_learns_what_the_site_has_become,
    leads_are_a_table_and_old_ones_can_go,
    leads_of_a_time_are_chosen_and_many_are_read_in_parts,
);

/// A relay, and the webhooks behind it.
pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) receiver: Receiver,
    pub(crate) kept: Kept,
    relay: Option<Served>,
}

impl Stage {
    pub(crate) fn start(kept: Kept, reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let mut stage = Self { site: site(), receiver: Receiver::start(reply), kept, relay: None };
        stage.restart();
        stage
    }

    /// Starts the relay, again if it ran.
    pub(crate) fn restart(&mut self) {
        if let Some(relay) = self.relay.take() {
            relay.kill();
        }
        self.relay = Some(self.another());
    }

    /// The same, started by another program.
    pub(crate) fn restart_in(&mut self, by: &[&str]) {
        if let Some(relay) = self.relay.take() {
            relay.kill();
        }
        self.relay = Some(self.another_in(by));
    }

    /// One more relay.
    pub(crate) fn another(&self) -> Served {
        self.another_in(&[])
    }

    fn another_in(&self, by: &[&str]) -> Served {
        let [crm, channel, ops] = ["/crm", "/channel", "/ops"].map(|path| self.receiver.url(path));
        let variables = [
            ("CRM", crm.as_str()),
            ("CHANNEL", &channel),
            ("OPS", &ops),
            ("RINGBACK_SECRET", KEY),
            ("RINGBACK_ADMIN_TOKEN", ADMIN),
        ];
        Served::relay_in(by, &self.site.path(""), &["--store", &self.store()], &variables)
    }

    /// What `--store` says.
    pub(crate) fn store(&self) -> String {
        match &self.kept {
            Kept::File => self.site.path("relay.db").to_str().expect("UTF-8").to_string(),
            Kept::Database(url) => url.clone(),
        }
    }

    pub(crate) fn relay(&self) -> &Served {
        self.relay.as_ref().expect("it runs")
    }

    pub(crate) fn post(&self, lead: &Value) -> Response {
        post_to(self.relay(), lead)
    }

    /// Waits until so many requests have come to a path of the webhooks.
    #[track_caller]
    pub(crate) fn wait_for(&self, path: &str, count: usize) -> Vec<Asked> {
        let start = Instant::now();
        loop {
            let asked: Vec<Asked> =
                self.receiver.requests().into_iter().filter(|asked| asked.path == path).collect();
            if asked.len() >= count {
                return asked;
            }
            assert!(start.elapsed() < PATIENCE, "{path}: {asked:?}; {}", self.relay().printed());
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// Asks the store something, as on the command line.
    pub(crate) fn ask(&self, arguments: &[&str]) -> (i32, String) {
        let run = self.site.run(&[&["relay", "--store", &self.store()], arguments].concat());
        (run.status, run.stdout + &run.stderr)
    }

    /// What became of the first lead at a webhook.
    pub(crate) fn delivery(&self, webhook: &str) -> Value {
        let stored = self.stored().swap_remove(0);
        let mut all = stored["deliveries"].as_array().expect("a list").iter();
        all.find(|one| one["webhook"] == webhook).cloned().unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn wait_until(&self, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        loop {
            let said = self.relay().printed();
            if is_so(self) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{:?}; {said}", self.stored());
            self.relay().wait_for_more(&said);
        }
    }

    /// The leads in the store.
    pub(crate) fn stored(&self) -> Vec<Value> {
        let (_, lines) = self.ask(&["export"]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
    }
}

/// What opens the page for the site's own people.
pub(crate) const ADMIN: &str = "a-token-for-tests-0123456789";

pub(crate) const KEY: &str = "a-long-secret-for-tests-0123456789-abcdefghij";

/// Sends a lead as a browser does.
pub(crate) fn post_to(relay: &Served, lead: &Value) -> Response {
    let headers = [("Origin", "https://fjord.example"), ("Content-Type", "application/json")];
    relay.send("POST", "/leads", &headers, &lead.to_string())
}

/// As a browser sends it; the last letters of the id are a number.
pub(crate) fn lead(number: usize) -> Value {
    json!({
        "type": "lead.submitted", "version": 1, "id": format!("lead_01JD0000000000000000{number:06}"),
        "timestamp": "2026-11-22T09:30:00Z",
        "data": {
            "form": "guide", "gate": null,
            "fields": {"name": "Kim Berg", "email": format!("kim{number}@fjord-works.example"), "seats": 3},
            "page": {"url": "https://fjord.example/guide/", "title": "The guide", "lang": "en", "section": null, "stage": null, "persona": []},
            "consent": [{"id": "contact", "given": true, "version": "1", "lang": "en", "text_sha256": hash("You may ring me.")}],
            "attribution": {"rep": "anna-berg", "first": {}, "last": {}},
            "meta": {"elapsed_ms": 23110, "queued_ms": 0, "attempt": 1},
        },
    })
}

pub(crate) fn hash(text: &str) -> String {
    ringback::leads::forms::lead::text_hash(text)
}

#[test]
fn pages_post_to_the_relay_and_know_nothing_else() {
    let site = site();
    // What the webhooks need is not set here, and needn't be.
    let run = site.run_with(&["build"], &[("RINGBACK_SECRET", KEY)]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let page = site.read("public/guide/index.html");
    assert!(
        page.contains("\"url\":\"http://127.0.0.1:8787/leads?rules=") && page.contains("\"id\":\"relay\""),
        "{page}"
    );
    assert!(
        page.contains("action=\"http://127.0.0.1:8787/leads?rules=") && page.contains("method=\"post\""),
        "{page}"
    );
    assert!(page.contains("connect-src 'self' http://127.0.0.1:8787;"), "{page}");
    for secret in ["CRM", "CHANNEL", "whsec_", "leads.jsonl", "full_name", "slack"] {
        assert!(!page.contains(secret), "{secret} in {page}");
    }
    // Where it runs, they have to be.
    let run = site.run_with(&["relay", "--listen", "127.0.0.1:0"], &[("RINGBACK_SECRET", KEY)]);
    assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stderr.matches("error[unset-variable]").count(), 3, "{}", run.stderr);
    // Without a relay, nothing could send to a channel or sign.
    let config = site.read("ringback.yaml");
    let without: String =
        config.lines().filter(|line| !line.starts_with("relay:")).flat_map(|line| [line, "\n"]).collect();
    site.write("ringback.yaml", without);
    let run = site.run_with(
        &["check"],
        &[
            ("CRM", "https://crm.example/"),
            ("CHANNEL", "https://a.example/"),
            ("OPS", "https://b.example/"),
            ("RINGBACK_SECRET", KEY),
        ],
    );
    for said in ["kind `slack` needs a `relay`", "kind `file` needs a `relay`", "only a `relay` can sign"] {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
}

fn a_lead_reaches_every_webhook_as_each_wants_it(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    let mut asks = lead(1);
    asks["data"]["gate"] = json!("shut");
    let response = stage.post(&asks);
    assert_eq!(response.status, 200, "{response:?}");
    assert_eq!(response.header("access-control-allow-origin"), Some("https://fjord.example"));
    let answer: Value = serde_json::from_str(&response.body).unwrap();
    assert_eq!((&answer["ok"], &answer["id"]), (&json!(true), &asks["id"]));
    let token = answer["unlock"].as_str().expect("the gate's key");
    let keys = stage.site.run_with(&["keys", "--gate", "shut"], &[("RINGBACK_SECRET", KEY)]);
    assert!(keys.stdout.contains(token), "{}", keys.stdout);

    let crm = stage.wait_for("/crm", 1).remove(0);
    let sent: Value = serde_json::from_str(&crm.body).unwrap();
    Schema::of_leads().assert(&sent);
    assert_eq!(
        sent["data"]["fields"],
        json!({"source": "website", "full_name": "Kim Berg", "email": "kim1@fjord-works.example", "seats": 3})
    );
    // Signed by Standard Webhooks.
    assert_eq!(crm.headers["webhook-id"], asks["id"].as_str().unwrap());
    assert!(crm.headers["webhook-signature"].starts_with("v1,"), "{:?}", crm.headers);
    assert!(crm.headers["webhook-timestamp"].parse::<i64>().is_ok());
    let channel = stage.wait_for("/channel", 1).remove(0);
    let message: Value = serde_json::from_str(&channel.body).unwrap();
    let text = message["text"].as_str().unwrap();
    assert!(text.starts_with("*Get the guide*\n*Name*: Kim Berg\n*Email*: kim1@"), "{text}");
    let start = Instant::now();
    while !stage.site.path("leads.jsonl").exists() {
        assert!(start.elapsed() < PATIENCE);
    }
    let line: Value = serde_json::from_str(stage.site.read("leads.jsonl").trim()).unwrap();
    assert_eq!(line["id"], asks["id"]);

    // The same once more is thanked for, and goes nowhere.
    assert_eq!(stage.post(&asks).status, 200);
    assert_eq!(stage.post(&lead(2)).status, 200);
    stage.wait_for("/crm", 2);
    let ids: Vec<String> =
        stage.wait_for("/crm", 2).iter().map(|asked| asked.headers["webhook-id"].clone()).collect();
    assert_eq!(ids, [asks["id"].as_str().unwrap(), lead(2)["id"].as_str().unwrap()]);
    let stored = stage.stored();
    assert_eq!(stored.len(), 2, "{stored:?}");
    assert_eq!(stage.receiver.requests().iter().filter(|asked| asked.path == "/ops").count(), 0);
    // Nothing of a person is in what it prints.
    let said = stage.relay().printed();
    assert!(said.contains("\"event\":\"taken\"") && !said.contains("kim1") && !said.contains(KEY), "{said}");
    let metrics = stage.relay().get("/metrics").body;
    assert!(metrics.contains("ringback_leads_taken_total 2\n"), "{metrics}");
    assert_eq!((stage.relay().get("/health").status, stage.relay().get("/ready").status), (200, 200));
}

fn what_was_thanked_for_survives_a_power_cut_and_every_kind_of_failure(kept: Kept) {
    let counted = AtomicUsize::new(0);
    let well = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_well = std::sync::Arc::clone(&well);
    let mut stage = Stage::start(kept, move |asked| {
        if asked.path != "/crm" {
            return Reply::open(200, "ok");
        }
        match counted.fetch_add(1, Ordering::Relaxed) {
            0 => Reply::open(500, "broken"),
            1 => Reply::Close,
            2 => Reply::Noise,
            3 => Reply::Http(429, vec![("Retry-After", "30".into())], String::new()),
            4 => Reply::open(404, "nobody is called that"),
            5 => Reply::open(302, ""),
            _ if is_well.load(Ordering::Relaxed) => Reply::open(200, "{}"),
            // Where this computer is slow, it is tried again before it is looked at.
            _ => Reply::open(503, ""),
        }
    });
    assert_eq!(stage.post(&lead(1)).status, 200);
    for tries in 1..=6 {
        stage.wait_for("/crm", tries);
        stage.wait_until(|stage| stage.delivery("crm")["tries"].as_u64() >= Some(1));
        assert_eq!(stage.delivery("crm")["state"], "waiting", "after {tries}");
        if tries % 2 == 1 {
            // Nothing is said before such an end.
            stage.restart();
        }
        let (status, said) = stage.ask(&["resend", "--webhook", "crm", "--state", "waiting"]);
        assert_eq!((status, said.as_str()), (0, "1 to be sent again.\n"));
    }
    well.store(true, Ordering::Relaxed);
    stage.ask(&["resend", "--webhook", "crm", "--state", "waiting"]);
    let asked = stage.wait_for("/crm", 7);
    let ids: std::collections::BTreeSet<&String> =
        asked.iter().map(|asked| &asked.headers["webhook-id"]).collect();
    assert_eq!(ids.len(), 1, "always the same id");
    stage.wait_until(|stage| stage.delivery("crm")["state"] == "delivered");
    // Who hangs or fails holds up nobody else, and gets nothing twice.
    assert_eq!(stage.wait_for("/channel", 1).len(), 1);
}

fn what_a_webhook_refuses_is_kept_and_somebody_is_told(kept: Kept) {
    let mut stage = Stage::start(kept, |asked| match asked.path.as_str() {
        "/crm" => Reply::open(422, "no such field"),
        _ => Reply::open(200, "ok"),
    });
    assert_eq!(stage.post(&lead(1)).status, 200);
    let told = stage.wait_for("/ops", 1).remove(0);
    assert!(told.body.contains("The webhook") && told.body.contains("given up"), "{}", told.body);
    stage.wait_until(|stage| stage.delivery("channel")["state"] == "delivered");
    let (status, said) = stage.ask(&["status"]);
    assert_eq!(status, 1);
    assert!(said.contains("crm: 1 dead") && said.contains("channel: 1 delivered"), "{said}");
    stage.receiver = Receiver::start(|_| Reply::open(200, "{}"));
    stage.restart();
    assert_eq!(stage.ask(&["resend"]).1, "1 to be sent again.\n");
    stage.wait_for("/crm", 1);
    assert_eq!(stage.ask(&["resend"]).0, 3);
}

fn what_is_no_lead_of_the_site_is_refused_with_a_reason(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    let changed = |pointer: &str, value: Value| {
        let mut lead = lead(1);
        *lead.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        lead
    };
    for (lead, status, why) in [
        (changed("/type", json!("lead")), 422, "`type`"),
        (changed("/version", json!(2)), 422, "`version`"),
        (changed("/id", json!("lead_1")), 422, "`id`"),
        (changed("/id", json!("lead_01JD0000000000000000000O01")), 422, "`id`"),
        (changed("/timestamp", json!("now")), 422, "`timestamp`"),
        (changed("/data/form", json!("other")), 503, "no form `other`"),
        (changed("/data/fields", json!([])), 422, "data.fields"),
        (changed("/data/fields", json!({"name": "Kim"})), 422, "`email` is required"),
        (changed("/data/fields/email", json!("kim")), 422, "`email`"),
        (changed("/data/fields/email", json!("a\nb@c.example")), 422, "`email`"),
        (changed("/data/fields/seats", json!("three")), 422, "`seats`"),
        (changed("/data/fields/name", json!("x".repeat(10_001))), 422, "`name`"),
        (changed("/data/fields/name", json!({"a": 1})), 422, "`name`"),
        (changed("/data/page/url", json!("javascript:alert(1)")), 422, "data.page"),
        (changed("/data/attribution", json!({"first": {"a": 1}})), 422, "data.attribution"),
        (changed("/data/meta", json!({"elapsed_ms": -1, "queued_ms": 0, "attempt": 1})), 422, "data.meta"),
        (changed("/data/consent", json!([])), 422, "`contact` has to be agreed to"),
        (changed("/data/consent/0/given", json!(false)), 422, "`contact` has to be agreed to"),
        (
            changed("/data/consent/0/text_sha256", json!(hash("You may sell me."))),
            422,
            "words that the site never had",
        ),
    ] {
        let response = stage.post(&lead);
        assert_eq!(response.status, status, "{lead}: {response:?}");
        assert!(response.body.contains(why), "{why}: {}", response.body);
        assert_eq!(
            response.header("access-control-allow-origin"),
            Some("https://fjord.example"),
            "a page can read it"
        );
        if status == 503 {
            assert!(response.header("retry-after").is_some());
        }
    }
    let text = lead(1).to_string();
    let send = |method: &str, origin: &str, kind: &str, body: &str| {
        let headers = [("Origin", origin), ("Content-Type", kind)];
        stage.relay().send(method, "/leads", &headers, body).status
    };
    let (ours, json) = ("https://fjord.example", "text/plain;charset=UTF-8");
    for (origin, kind, body, status) in [
        ("https://evil.example", json, text.as_str(), 403),
        ("null", json, &text, 403),
        ("", json, &text, 403),
        (ours, "multipart/form-data", &text, 415),
        (ours, "", &text, 415),
        (ours, json, "{", 400),
        (ours, json, "[]", 422),
        (ours, json, &format!("\"{}\"", "x".repeat(300_000)), 413),
        (ours, json, &"[".repeat(100_000), 400),
    ] {
        assert_eq!(send("POST", origin, kind, body), status, "{origin} {kind}");
    }
    assert_eq!([send("OPTIONS", ours, "", ""), send("OPTIONS", "https://evil.example", "", "")], [204, 403]);
    assert_eq!([send("GET", ours, "", ""), send("PUT", ours, "", "")], [405, 405]);
    assert_eq!(stage.stored(), Vec::<Value>::new(), "nothing of this was kept");
    // What a form doesn't ask for is kept, and given to nobody.
    let response =
        stage.post(&changed("/data/fields", json!({"email": "kim@fjord.example", "role": "admin"})));
    assert_eq!(response.status, 200, "{response:?}");
    assert!(!stage.wait_for("/crm", 1)[0].body.contains("admin"));
    let stored = stage.stored().remove(0);
    assert_eq!((&stored["extra"], &stored["signs"]), (&json!({"role": "admin"}), &json!("unknown-fields")));
}

fn a_form_without_javascript_ends_on_the_page_of_thanks(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    let post = |body: &str| {
        let headers =
            [("Origin", "https://fjord.example"), ("Content-Type", "application/x-www-form-urlencoded")];
        stage.relay().send("POST", "/leads", &headers, body)
    };
    let filled = "name=Kim+Berg&email=kim%40FJORD.example&seats=3%2C5&when=morning&consent_contact=yes&reference_2=&form=guide&\
        page_url=https%3A%2F%2Ffjord.example%2Fsv%2Fguide%2F&page_title=Guiden&page_lang=sv&redirect=https%3A%2F%2Fevil.example%2F";
    let response = post(filled);
    assert_eq!(response.status, 303, "{response:?}");
    assert_eq!(
        response.header("location"),
        Some("https://fjord.example/sv/thanks/guide/"),
        "never to another site"
    );
    // Whoever presses twice sends one lead.
    assert_eq!(post(filled).status, 303);
    let sent: Value = serde_json::from_str(&stage.wait_for("/crm", 1)[0].body).unwrap();
    Schema::of_leads().assert(&sent);
    assert_eq!(
        sent["data"]["fields"],
        json!({"source": "website", "full_name": "Kim Berg", "email": "kim@fjord.example", "seats": 3.5, "when": "morning"})
    );
    assert_eq!(sent["data"]["consent"][0]["text_sha256"], hash("Ring mig."));
    assert_eq!(stage.stored().len(), 1);
    let text = stage.wait_for("/channel", 1).remove(0).body;
    assert!(text.contains("Hämta guiden") && text.contains("*Namn*"), "in the visitor's language: {text}");
    // Without a yes there is no lead, in words of the page's language.
    let response = post(&filled.replace("consent_contact=yes&", ""));
    assert_eq!(response.status, 422);
    assert!(
        response.body.starts_with("Det gick inte")
            || response.body.contains("Svar")
            || response.body.contains("svar"),
        "{}",
        response.body
    );

    // What fills in what nobody sees waits for a person.
    assert_eq!(post(&filled.replace("reference_2=", "reference_2=x")).status, 303);
    let held = stage.stored().into_iter().find(|lead| lead["signs"] == "trap").expect("kept");
    assert_eq!(held["deliveries"][0]["state"], "held");
    assert_eq!(stage.ask(&["resend", "--state", "held"]).1, "3 to be sent again.\n");
    stage.wait_for("/crm", 2);
}

fn a_flood_from_one_place_waits_for_a_person_and_others_do_not(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    let post = |number: usize, from: &str| {
        let headers = [
            ("Origin", "https://fjord.example"),
            ("Content-Type", "application/json"),
            ("X-Forwarded-For", from),
        ];
        assert_eq!(stage.relay().send("POST", "/leads", &headers, &lead(number).to_string()).status, 200);
    };
    // Whatever they claim to be: the web server adds whom it sees.
    (1..=22).for_each(|number| post(number, &format!("203.0.113.{number}, 192.0.2.{number}")));
    post(23, "198.51.100.1");
    let signs = |number: usize| {
        let id = &lead(number)["id"];
        stage.stored().into_iter().find(|lead| lead["id"] == *id).expect("kept")["signs"].clone()
    };
    assert_eq!(
        [signs(20), signs(21), signs(22), signs(23)],
        ["", "many", "many", ""].map(|text| json!(text))
    );
    assert_eq!(stage.ask(&["resend", "--state", "held"]).1, "6 to be sent again.\n");
}

fn a_person_can_be_forgotten(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    for number in 1..=3 {
        assert_eq!(stage.post(&lead(number)).status, 200);
    }
    let mut other = lead(4);
    other["data"]["fields"]["name"] = json!("kim2@fjord-works.example");
    assert_eq!(stage.post(&other).status, 200);
    stage.wait_for("/crm", 4);
    let (status, receipt) = stage.ask(&["forget", " KIM2@fjord-works.example "]);
    assert_eq!(status, 0, "{receipt}");
    let receipt: Value = serde_json::from_str(&receipt).unwrap();
    assert_eq!(receipt["forgotten"], json!([lead(2)["id"], other["id"]]));
    assert_eq!(stage.stored().len(), 2);
    assert_eq!(stage.ask(&["forget", "kim2@fjord-works.example"]).0, 3);
    assert_eq!(stage.ask(&["forget", ""]).0, 3, "nobody has no address");
    if matches!(stage.kept, Kept::Database(_)) {
        return;
    }
    // Not in a free page of the file either, nor in its log.
    for file in ["relay.db", "relay.db-wal"] {
        let bytes = std::fs::read(stage.site.path(file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("kim2@"), "{file}");
        assert!(file != "relay.db" || text.contains("kim1@"), "this test would find it");
    }
}

fn leads_are_a_table_and_old_ones_can_go(kept: Kept) {
    let channel = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_open = std::sync::Arc::clone(&channel);
    let stage = Stage::start(kept, move |asked| match asked.path.as_str() {
        "/channel" if !is_open.load(Ordering::Relaxed) => Reply::open(503, "later"),
        _ => Reply::open(200, "{}"),
    });
    let mut formula = lead(1);
    formula["data"]["fields"]["name"] = json!("=HYPERLINK(\"https://evil.example\",\"Kim\")");
    let mut lines = lead(2);
    lines["data"]["fields"] = json!({"email": "kim2@fjord-works.example", "name": "Kim\r\nBerg\u{1b}[2J"});
    for asks in [&formula, &lines] {
        assert_eq!(stage.post(asks).status, 200);
    }
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 2 delivered"));
    let (status, table) = stage.ask(&["export", "--csv"]);
    assert_eq!(status, 0, "{table}");
    let head = "\u{feff}id,received,form,page,lang,rep,signs,email,name,seats,channel,crm,file\r\n";
    assert!(table.starts_with(head), "{table}");
    let formula = ",kim1@fjord-works.example,\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"Kim\"\")\",3,waiting,delivered,";
    assert!(table.contains(formula), "{table}");
    assert!(table.contains(",kim2@fjord-works.example,\"Kim\nBerg␛[2J\",,waiting,delivered,"), "{table}");
    // What hasn't arrived everywhere stays, and so does what is young.
    assert_eq!(stage.ask(&["purge", "--days", "1"]), (3, "0 deleted.\n".to_string()));
    stage.kept.age(&stage.site, 2 * 24 * 3600 * 1000);
    assert_eq!(stage.ask(&["purge", "--days", "1"]), (3, "0 deleted.\n".to_string()), "the channel waits");
    channel.store(true, Ordering::Relaxed);
    stage.ask(&["resend", "--state", "waiting"]);
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("channel: 2 delivered"));
    stage.kept.age(&stage.site, 2 * 24 * 3600 * 1000);
    assert_eq!(stage.post(&lead(3)).status, 200);
    assert_eq!(stage.ask(&["purge", "--days", "3"]), (0, "2 deleted.\n".to_string()));
    assert_eq!(stage.stored().len(), 1);
}

fn leads_of_a_time_are_chosen_and_many_are_read_in_parts(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    // More than are in memory at once; all from one place, so that most of them are held.
    std::thread::scope(|scope| {
        for from in 0..4 {
            let stage = &stage;
            scope.spawn(move || {
                (0..60).for_each(|at| assert_eq!(stage.post(&lead(from * 60 + at)).status, 200));
            });
        }
    });
    let ids: std::collections::BTreeSet<String> =
        stage.stored().iter().map(|lead| lead["id"].to_string()).collect();
    assert_eq!((ids.len(), stage.stored().len()), (240, 240), "each once");
    let received: Vec<i64> = stage.stored().iter().filter_map(|lead| lead["received"].as_i64()).collect();
    let middle = jiff::Timestamp::from_millisecond(received[120]).unwrap().to_string();
    let count = |arguments: &[&str]| stage.ask(&[&["export"], arguments].concat()).1.lines().count();
    let before = received.iter().filter(|at| **at < received[120]).count();
    assert_eq!([count(&["--until", &middle]), count(&["--since", &middle])], [before, 240 - before]);
    assert_eq!(count(&["--state", "held", "--webhook", "crm"]), 220);
    let (_, said) = stage.ask(&["resend", "--state", "held", "--webhook", "crm", "--until", &middle]);
    let held = stage
        .stored()
        .iter()
        .filter(|lead| lead["received"].as_i64() < Some(received[120]) && lead["signs"] == "many")
        .count();
    assert_eq!(said, format!("{held} to be sent again.\n"));
}

#[test]
fn a_store_belongs_to_one_relay_and_a_newer_one_is_left_alone() {
    let mut stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let store = stage.site.path("relay.db");
    let variables = [
        ("CRM", "https://a.example/"),
        ("CHANNEL", "https://b.example/"),
        ("OPS", "https://c.example/"),
        ("RINGBACK_SECRET", KEY),
    ];
    let arguments = ["relay", "--listen", "127.0.0.1:0", "--store", store.to_str().unwrap()];
    let run = stage.site.run_with(&arguments, &variables);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("another relay is using this store"), "{}", run.stderr);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&store).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "only its owner reads it");
    }
    assert_eq!(stage.post(&lead(1)).status, 200);
    stage.wait_for("/crm", 1);
    if let Some(relay) = stage.relay.take() {
        let (status, said) = relay.interrupt();
        assert_eq!(status, 0, "{said}");
    }
    // A database of somebody else, and one of tomorrow.
    let other = stage.site.path("other.db");
    std::fs::write(&other, "this is no database, but somebody's text, and longer than a page's head")
        .unwrap();
    let run = stage
        .site
        .run_with(&["relay", "--listen", "127.0.0.1:0", "--store", other.to_str().unwrap()], &variables);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(std::fs::read_to_string(&other).unwrap().starts_with("this is no database"));
    let run = stage.site.run(&["relay", "--store", "nowhere.db", "status"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("there is no store `nowhere.db`"), "{}", run.stderr);
}

fn the_relay_learns_what_the_site_has_become(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    // A page that is newer than the relay: it reads the site again, and takes the lead.
    let form = FORM.replace("You may ring me.", "You may call me.");
    stage.site.write("content/forms/guide.yaml", &form);
    stage
        .site
        .write("content/forms/other.yaml", form.replace("webhook: [crm, channel, file]", "webhook: crm"));
    let mut new = lead(1);
    new["data"]["form"] = json!("other");
    new["data"]["consent"][0]["text_sha256"] = json!(hash("You may call me."));
    let response = stage.post(&new);
    assert_eq!(response.status, 200, "{response:?} {}", stage.relay().printed());
    // A page that somebody has had open since before: its words were on the site.
    assert_eq!(stage.post(&lead(2)).status, 200);
    stage.wait_for("/crm", 2);
    // A site that can't be read leaves what is known.
    stage.site.write("ringback.yaml", "title: [");
    assert_eq!(stage.post(&lead(3)).status, 200);
    stage.wait_for("/crm", 3);
}

#[test]
fn calls_and_receipts_go_through_it_too() {
    let receiver = Receiver::start(|_| Reply::open(200, "{}"));
    let site = site();
    // One address for both editions: the first has no calls.
    let more = "calls: {webhook: calls}\nintegrations: {plausible: {id: fjord.example}, receipts: receipts}\n\
        editions:\n  public: {output: public, audiences: [public]}\n  team: {output: team, audiences: [public, team]}\n";
    let hooks = "  calls: {url: \"${CRM}\"}\n  receipts: {url: \"${CHANNEL}\"}\n";
    let config = site.read("ringback.yaml");
    site.write("ringback.yaml", format!("{config}{hooks}{more}"));
    let [crm, channel] = ["/crm", "/channel"].map(|path| receiver.url(path));
    let variables =
        [("CRM", crm.as_str()), ("CHANNEL", &channel), ("OPS", &channel), ("RINGBACK_SECRET", KEY)];
    let relay = Served::relay(&site.path(""), &[], &variables);
    let post = |event: &Value| {
        let headers = [("Origin", "https://fjord.example"), ("Content-Type", "text/plain")];
        relay.send("POST", "/leads", &headers, &event.to_string()).status
    };
    // As `consent-answer.js` sends it: the id stays, and an end is another receipt than the yes.
    let receipt = |time: &str, given: bool| {
        json!({
            "type": "consent.changed", "version": 1, "id": "consent_k3j9x2mfy1a2b3", "timestamp": time,
            "data": {"version": "1", "lang": "en", "text_sha256": hash("x"), "given": {"statistics": given}},
        })
    };
    for event in [receipt("2026-11-02T09:30:00Z", true), receipt("2026-11-02T09:30:00Z", true)] {
        assert_eq!(post(&event), 200);
    }
    assert_eq!(post(&receipt("2026-11-03T09:30:00Z", false)), 200);
    assert_eq!(post(&receipt("yesterday", false)), 422);
    let call = json!({
        "type": "call.outcome", "version": 1, "id": "call_01JD0000000000000000000001",
        "timestamp": "2026-11-02T09:30:00Z", "data": {"placeholders": {"first_name": "Kim"}},
    });
    assert_eq!(post(&call), 200);
    // A correction is another event, however often it comes; so is whom they recommend.
    let mut corrected = call.clone();
    corrected["data"]["revision"] = json!(2);
    let mut other = call.clone();
    (other["type"], other["id"]) = (json!("call.referral"), json!("call_01JD0000000000000000000002"));
    other["data"] = json!({"fields": {"name": "Bo"}});
    for event in [&corrected, &corrected, &call, &other] {
        assert_eq!(post(event), 200);
    }
    corrected["data"]["revision"] = json!("2; DROP");
    assert_eq!(post(&corrected), 422);
    let start = Instant::now();
    while receiver.requests().len() < 5 {
        assert!(start.elapsed() < PATIENCE, "{:?}; {}", receiver.requests(), relay.printed());
    }
    let asked = receiver.requests();
    let of_path = |path: &str| asked.iter().filter(|asked| asked.path == path).count();
    assert_eq!((of_path("/channel"), of_path("/crm")), (2, 3));
    let given: Vec<bool> = asked.iter().map(|asked| asked.body.contains("\"statistics\":false")).collect();
    assert!(given.contains(&true), "the end of a yes arrives");
}

/// A mail server on this computer, which takes every email.
pub(crate) fn mail_server() -> (u16, std::sync::Arc<std::sync::Mutex<Vec<String>>>) {
    use std::io::{BufRead as _, BufReader, Write as _};
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let emails = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let kept = std::sync::Arc::clone(&emails);
    std::thread::spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            let mut out = stream.try_clone().expect("a copy");
            let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).expect("it listens");
            say("220 mail.example ESMTP");
            let (mut email, mut is_text) = (String::new(), false);
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                match line.as_str() {
                    "." if is_text => {
                        is_text = false;
                        kept.lock().expect("no panic in it").push(std::mem::take(&mut email));
                        say("250 taken");
                    }
                    text if is_text => email += &format!("{text}\n"),
                    "DATA" => {
                        is_text = true;
                        say("354 go on");
                    }
                    "QUIT" => say("221 bye"),
                    // An address that nobody has.
                    line if line.starts_with("RCPT TO:<nobody@") => say("550 nobody is called that"),
                    line if line.starts_with("EHLO") => say("250 mail.example"),
                    _ => say("250 ok"),
                }
            }
        }
    });
    (port, emails)
}

#[test]
fn a_lead_is_an_email_that_can_be_answered() {
    let (port, emails) = mail_server();
    let site = site();
    let config = site.read("ringback.yaml");
    let letters = "  letters: {kind: email, url: \"${SMTP}\", from: \"Fjord <leads@fjord.example>\", to: [anna@fjord.example, kim@fjord.example]}\n  \
        lost: {kind: email, url: \"${SMTP}\", from: leads@fjord.example, to: nobody@fjord.example}\n";
    site.write("ringback.yaml", format!("{config}{letters}"));
    site.write("content/forms/guide.yaml", FORM.replace("[crm, channel, file]", "[letters, lost]"));
    let smtp = format!("smtp://127.0.0.1:{port}");
    let variables = [
        ("SMTP", smtp.as_str()),
        ("OPS", "https://ops.example/"),
        ("CRM", "https://a.example/"),
        ("CHANNEL", "https://b.example/"),
        ("RINGBACK_SECRET", KEY),
    ];
    let relay = Served::relay(&site.path(""), &[], &variables);
    let mut asks = lead(1);
    asks["data"]["page"]["lang"] = json!("sv");
    asks["data"]["consent"][0]["text_sha256"] = json!(hash("Ring mig."));
    asks["data"]["fields"]["name"] = json!("Åsa\r\nBcc: all@fjord.example");
    let headers = [("Origin", "https://fjord.example"), ("Content-Type", "application/json")];
    assert_eq!(relay.send("POST", "/leads", &headers, &asks.to_string()).status, 200);
    relay.wait_printed("\"event\":\"delivered\"");
    let email = emails.lock().unwrap()[0].clone();
    let (head, _) = email.split_once("\n\n").unwrap();
    assert!(head.contains("Reply-To: kim1@fjord-works.example"), "{head}");
    assert!(head.contains("From: Fjord <leads@fjord.example>"), "{head}");
    assert!(head.contains("To: anna@fjord.example, kim@fjord.example"), "{head}");
    assert!(
        head.contains(&format!("Message-ID: <{}@fjord.example>", asks["id"].as_str().unwrap())),
        "{head}"
    );
    assert!(head.lines().all(|line| !line.starts_with("Bcc:")), "{head}");
    // What the server refuses waits for a person.
    relay.wait_printed("\"event\":\"dead\"");
    // A password goes nowhere without encryption.
    let run = site.run_with(
        &["relay", "--listen", "127.0.0.1:0", "--store", "other.db"],
        &[
            ("SMTP", "smtp://me:word@mail.example:587"),
            ("OPS", "https://c.example/"),
            ("CRM", "https://a.example/"),
            ("CHANNEL", "https://b.example/"),
            ("RINGBACK_SECRET", KEY),
        ],
    );
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("URL of an SMTP server with encryption") && !run.stderr.contains("me:word"),
        "{}",
        run.stderr
    );
}
