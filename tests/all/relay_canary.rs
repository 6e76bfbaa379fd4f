//! `ringback doctor --watch`: a marked lead goes from a published page through the relay to a receiver that proves it, a
//! person is told where it doesn't, and no CRM ever gets it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::relay::{ADMIN, KEY, Kept, Stage, lead, post_to, site};
use crate::support::place;
use crate::support::receiver::{Receiver, Reply};
use crate::support::served::Served;
use crate::support::{Run, Site};

/// A published site with a relay, and whom it sends leads to.
struct Watched {
    site: Site,
    /// The host of the pages, the CRM, and whoever is told.
    web: Receiver,
    /// What is at the page.
    page: Arc<Mutex<String>>,
    relay: Option<Served>,
    listen: SocketAddr,
    receive: SocketAddr,
}

impl Watched {
    fn new() -> Self {
        let page = Arc::new(Mutex::new(String::new()));
        let shown = Arc::clone(&page);
        let web = Receiver::start(move |asked| match asked.path.as_str() {
            "/guide/" => Reply::open(200, &shown.lock().expect("no panic in it")),
            "/gone/" => Reply::open(404, "gone"),
            _ => Reply::open(200, "{}"),
        });
        let (listen, receive) = (place::reserve(), place::reserve());
        let site = site();
        let config =
            site.read("ringback.yaml").replace("http://127.0.0.1:8787/", &format!("http://{listen}/"));
        let config = config.replace("alerts: [ops]", "alerts: [ops], canary: watch");
        let hook = format!("  watch: {{url: \"http://{receive}/\"}}\n");
        site.write("ringback.yaml", format!("{config}{hook}"));
        let mut watched = Self { site, web, page, relay: None, listen, receive };
        let home = watched.web.url("/");
        let run = watched.run(&["build", "--base-url", &home]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        *watched.page.lock().expect("no panic in it") = watched.site.read("public/guide/index.html");
        watched.start();
        watched
    }

    fn start(&mut self) {
        let home = self.web.url("/");
        let listen = self.listen.to_string();
        let variables = self.variables();
        let variables: Vec<(&str, &str)> =
            variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.relay =
            Some(Served::relay(&self.site.path(""), &["--base-url", &home, "--listen", &listen], &variables));
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("CRM", self.web.url("/crm")),
            ("CHANNEL", self.web.url("/channel")),
            ("OPS", self.web.url("/ops")),
            ("RINGBACK_SECRET", KEY.into()),
            ("RINGBACK_ADMIN_TOKEN", ADMIN.into()),
        ]
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let variables = self.variables();
        let variables: Vec<(&str, &str)> =
            variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.site.run_with(arguments, &variables)
    }

    /// Sends one, from a page of the site.
    fn watch(&self, page: &str, more: &[&str]) -> Run {
        let (url, home) = (self.web.url(page), self.web.url("/"));
        let receive = self.receive.to_string();
        let own = [
            "doctor",
            "--watch",
            &url,
            "--once",
            "--base-url",
            &home,
            "--receive",
            &receive,
            "--patience",
            "20",
        ];
        let own: Vec<&str> = own.into_iter().filter(|_| true).collect();
        match more {
            [] => self.run(&own),
            more => self.run(&[&own[..own.len() - 4], more].concat()),
        }
    }

    fn bodies_sent_to(&self, path: &str) -> Vec<String> {
        let asked = self.web.requests().into_iter().filter(|asked| asked.path == path);
        asked.map(|asked| asked.body).collect()
    }
}

#[test]
fn a_marked_lead_arrives_where_it_is_waited_for_and_nowhere_else() {
    let mut watched = Watched::new();
    for _ in 0..2 {
        let run = watched.watch("/guide/", &[]);
        assert!(run.status == 0 && run.stdout.contains(" arrived after "), "{}{}", run.stdout, run.stderr);
    }
    let run = watched.watch("/guide/", &["--format", "json", "--receive", &watched.receive.to_string()]);
    let line: Value = serde_json::from_str(run.stdout.trim()).expect("a line of JSON");
    assert!(line["arrived"] == true && line["ms"].is_u64(), "{line}");
    for path in ["/crm", "/channel", "/ops"] {
        assert_eq!(watched.bodies_sent_to(path), Vec::<String>::new(), "{path}");
    }
    assert!(!watched.site.path("leads.jsonl").exists());
    let stored = watched.site.run(&["relay", "export"]).stdout;
    assert_eq!(stored.lines().count(), 3, "{stored}");
    for line in stored.lines() {
        let one: Value = serde_json::from_str(line).expect("JSON");
        assert!(one["lead"]["canary"] == true && one["lead"]["test"] == true, "{one}");
        let webhooks: Vec<&Value> =
            one["deliveries"].as_array().into_iter().flatten().map(|one| &one["webhook"]).collect();
        assert_eq!(webhooks, ["watch"]);
    }

    // Nobody hears it: another receiver than the relay's.
    let run = watched.watch("/guide/", &["--receive", "127.0.0.1:0", "--patience", "1"]);
    assert!(run.status == 1 && run.stderr.contains("it hasn't arrived after 1 s"), "{}", run.stderr);
    let told = watched.bodies_sent_to("/ops");
    assert!(told.len() == 1 && told[0].contains("A test lead didn’t arrive"), "{told:?}");
    // It may be tried again late, and the next one doesn't wait for it.
    let store = rusqlite::Connection::open(watched.site.path("relay.db")).expect("a store");
    let late = "UPDATE deliveries SET due = due + 3600000 WHERE state = 0";
    assert_eq!(store.execute(late, []).expect("it can be written"), 1);
    drop(store);
    let run = watched.watch("/guide/", &[]);
    assert!(run.status == 0 && run.stdout.contains(" arrived after "), "{}{}", run.stdout, run.stderr);
    // What is between the page and the relay.
    for (page, said) in
        [("/gone/", "the page can't be read: 404"), ("/leads.html", "no form on the page posts to a relay")]
    {
        let run = watched.watch(page, &[]);
        assert!(run.status == 1 && run.stderr.contains(said), "{page}: {}", run.stderr);
    }
    // Words that the site never had: somebody has published something else.
    let html = watched.page.lock().expect("no panic in it").clone();
    let hash = crate::relay::hash("You may ring me.");
    *watched.page.lock().expect("no panic in it") =
        html.replace(&hash, &crate::relay::hash("You may sell me."));
    let run = watched.watch("/guide/", &[]);
    assert!(run.status == 1 && run.stderr.contains("words that the site never had"), "{}", run.stderr);
    *watched.page.lock().expect("no panic in it") = html.replace("\"form\":\"guide\"", "\"form\":\"other\"");
    let run = watched.watch("/guide/", &[]);
    assert!(run.status == 1 && run.stderr.contains("the page has a form `other`"), "{}", run.stderr);
    *watched.page.lock().expect("no panic in it") = html;
    watched.relay = None;
    let run = watched.watch("/guide/", &[]);
    assert!(run.status == 1 && run.stderr.contains("nobody listens there"), "{}", run.stderr);
    // Who is told is told in any of these cases, also while the relay is down.
    assert_eq!(watched.bodies_sent_to("/ops").len(), 6);
    watched.start();
    assert_eq!(watched.watch("/guide/", &[]).status, 0);
    assert_eq!(watched.bodies_sent_to("/crm"), Vec::<String>::new());
}

fn a_mark_hides_no_visitors_lead(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    for (test, canary) in
        [(json!(null), json!(true)), (json!(true), json!("yes")), (json!(true), json!(true))]
    {
        let mut asks = lead(1);
        if !test.is_null() {
            asks["test"] = test;
        }
        asks["canary"] = canary;
        // This site has nobody who waits for one.
        assert_eq!(post_to(stage.relay(), &asks).status, 422, "{asks}");
    }
    assert_eq!(stage.stored(), Vec::<Value>::new());
}

#[test]
fn marks_in_a_file() {
    a_mark_hides_no_visitors_lead(Kept::File);
}

#[test]
fn marked_leads_are_kept_for_a_day_and_others_longer() {
    let watched = Watched::new();
    assert_eq!(watched.watch("/guide/", &[]).status, 0);
    let store = rusqlite::Connection::open(watched.site.path("relay.db")).expect("a store");
    let day = 25 * 3600 * 1000_i64;
    store.execute("UPDATE leads SET received = received - ?", [day]).expect("it can be written");
    store.execute(
        "INSERT INTO leads (id, kind, form, edition, lang, contact, received, body, extra, score, signs)
         SELECT 'lead_other', 'lead.submitted', form, edition, lang, contact, received, '{}', '', 0, '' FROM leads",
        [],
    ).expect("it can be written");
    drop(store);
    let mut watched = watched;
    watched.relay = None;
    watched.start();
    let start = std::time::Instant::now();
    let relay = watched.relay.as_ref().expect("it runs");
    loop {
        let said = relay.printed();
        let stored = watched.site.run(&["relay", "export"]).stdout;
        if !stored.contains("\"canary\"") {
            assert!(stored.contains("lead_other"), "{stored}");
            break;
        }
        assert!(start.elapsed() < crate::support::served::PATIENCE, "{stored}");
        relay.wait_for_more(&said);
    }
}
