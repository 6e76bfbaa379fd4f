//! The relay's page for the site's own people: who sees it, what it shows, and what its buttons do.

#![expect(clippy::unwrap_used, reason = "what is so in every store is a function that several tests call")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use serde_json::{Value, json};

use crate::relay::{ADMIN, KEY, Kept, Stage, lead, site};
use crate::support::receiver::Reply;
use crate::support::served::{Response, Served};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// Somebody who is signed in.
struct Person<'a> {
    relay: &'a Served,
    cookie: String,
    language: &'a str,
}

impl<'a> Person<'a> {
    fn new(relay: &'a Served, language: &'a str) -> Self {
        let response = relay.send("POST", "/admin", &[FORM], &format!("do=sign-in&token={ADMIN}"));
        assert_eq!((response.status, response.header("location")), (303, Some("?")), "{response:?}");
        let cookie = response.header("set-cookie").unwrap().to_string();
        assert!(cookie.contains("; HttpOnly; SameSite=Strict"), "{cookie}");
        Self { relay, cookie: cookie.split(';').next().unwrap().to_string(), language }
    }

    fn see(&self, query: &str) -> Response {
        let headers = [("Cookie", self.cookie.as_str()), ("Accept-Language", self.language)];
        self.relay.send("GET", &format!("/admin{query}"), &headers, "")
    }

    /// What every form of a page has with it.
    fn form(&self) -> String {
        let page = self.see("").body;
        let (_, rest) = page.split_once("name=\"form\" value=\"").expect("a form");
        rest.split('"').next().unwrap().to_string()
    }

    /// Presses a button, and follows where it leads.
    fn press(&self, query: &str, what: &str) -> Response {
        let body = format!("form={}&{what}", self.form());
        let headers = [
            FORM,
            ("Cookie", &self.cookie),
            ("Sec-Fetch-Site", "same-origin"),
            ("Accept-Language", self.language),
        ];
        let response = self.relay.send("POST", &format!("/admin{query}"), &headers, &body);
        match response.header("location").map(str::to_string) {
            Some(to) => self.see(&to),
            None => response,
        }
    }
}

/// A relay whose webhook `crm` answers with a status that can be changed.
fn stage(kept: Kept) -> (Stage, Arc<AtomicU16>) {
    let status = Arc::new(AtomicU16::new(422));
    let own = Arc::clone(&status);
    let stage = Stage::start(kept, move |asked| match asked.path.as_str() {
        "/crm" => Reply::open(own.load(Ordering::Relaxed), "no such field: <b>full_name</b>"),
        _ => Reply::open(200, "ok"),
    });
    (stage, status)
}

fn nobody_sees_it_without_the_token(kept: Kept) {
    let (stage, _) = stage(kept);
    assert_eq!(stage.post(&lead(1)).status, 200);
    stage.wait_until(|stage| stage.delivery("crm")["state"] == "dead");
    let relay = stage.relay();
    for query in
        ["", "?state=dead", "?lead=lead_01JD0000000000000000000001", "?export=lines", "?export=table"]
    {
        let page = relay.get(&format!("/admin{query}"));
        assert!(page.body.contains("type=\"password\"") && !page.body.contains("kim1"), "{query} {page:?}");
    }
    let policy = relay.get("/admin").header("content-security-policy").unwrap().to_string();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'"),
        "{policy}"
    );
    for wrong in [
        "",
        "token=",
        "do=sign-in",
        "do=sign-in&token=a-token",
        "do=resend",
        "do=forget&contact=kim1%40fjord-works.example",
    ] {
        let response = relay.send("POST", "/admin", &[FORM], wrong);
        assert_eq!((response.status, response.header("set-cookie")), (403, None), "{wrong} {response:?}");
    }
    let person = Person::new(relay, "en");
    assert!(person.see("").body.contains("Kim Berg"));
    // Another site has the browser send the cookie, and doesn't know what the forms have with them.
    let mut sent = vec![];
    for (body, site) in [
        ("do=forget&contact=kim1%40fjord-works.example".to_string(), "same-origin"),
        (format!("form={}&do=forget&contact=kim1%40fjord-works.example", "0".repeat(32)), "same-origin"),
        (format!("form={}&do=forget&contact=kim1%40fjord-works.example", person.form()), "cross-site"),
        (format!("form={}&do=forget&contact=kim1%40fjord-works.example", person.form()), "same-site"),
    ] {
        let headers = [FORM, ("Cookie", person.cookie.as_str()), ("Sec-Fetch-Site", site)];
        sent.push(relay.send("POST", "/admin", &headers, &body).status);
    }
    let plain = [("Content-Type", "text/plain"), ("Cookie", person.cookie.as_str())];
    let body = format!("form={}&do=forget&contact=kim1%40fjord-works.example", person.form());
    sent.push(relay.send("POST", "/admin", &plain, &body).status);
    assert_eq!(sent, [403, 403, 400, 400, 400]);
    assert_eq!(stage.stored().len(), 1, "nothing was deleted");
    // A link never changes anything, and a way out is one.
    assert!(
        person.see("?do=forget&contact=kim1%40fjord-works.example").status == 200
            && stage.stored().len() == 1
    );
    let body = format!("form={}&do=sign-out", person.form());
    let out = relay.send("POST", "/admin", &[FORM, ("Cookie", &person.cookie)], &body);
    assert!(out.header("set-cookie").unwrap().starts_with("ringback=; Max-Age=0"), "{out:?}");
    assert_eq!([relay.get("/admin/").status, relay.get("/admin.css").status], [303, 200]);
    // What it prints says that somebody tried, and nothing of the token.
    let said = relay.printed();
    assert!(said.contains("\"event\":\"sign-in\",\"ok\":false") && said.contains("\"ok\":true"), "{said}");
    assert!(!said.contains(ADMIN), "{said}");
}

fn leads_are_seen_by_state_and_sent_again(kept: Kept) {
    let (stage, status) = stage(kept);
    let mut asks = lead(1);
    asks["data"]["fields"]["name"] = json!("<script>alert(1)</script>\u{202e}Kim");
    asks["data"]["fields"]["extra"] = json!("\"><img src=x>");
    assert_eq!(stage.post(&asks).status, 200);
    assert_eq!(stage.post(&lead(2)).status, 200);
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 2 dead"));
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("channel: 2 delivered"));
    let person = Person::new(stage.relay(), "en");
    let dead = person.see("?state=dead").body;
    assert!(dead.contains("<h1><bdi>Dead</bdi></h1>") && dead.contains("Dead <b>2</b>"), "{dead}");
    assert!(dead.contains("crm: <span class=\"state dead\">Dead</span> 422"), "what it said: {dead}");
    assert!(dead.contains("no such field: &lt;b&gt;"), "{dead}");
    assert!(!dead.contains("<script") && !dead.contains("<img"), "{dead}");
    assert!(person.see("?state=waiting").body.contains("No lead fits."));
    assert!(person.see("?webhook=none").body.contains("No lead fits."));
    assert!(person.see("?since=2999-01-01").body.contains("No lead fits."));
    assert!(
        person.see("?until=2999-01-01").body.contains("kim2")
            || person.see("?until=2999-01-01").body.contains("Kim Berg")
    );
    // One lead with everything.
    let id = asks["id"].as_str().unwrap();
    let one = person.see(&format!("?lead={id}")).body;
    for part in [
        "<dt>Email</dt><dd><bdi>kim1@fjord-works.example</bdi></dd>",
        "<dt>contact</dt><dd><strong>given</strong>, wording 1<br>You may ring me.</dd>",
        "<dt>extra</dt>",
        "anna-berg",
        "Get the guide",
        "&quot;text_sha256&quot;",
        "4 points: markup unknown-fields",
    ] {
        assert!(one.contains(part), "{part}: {one}");
    }
    assert!(!one.contains("<script") && !one.contains("<img"), "{one}");
    assert_eq!(person.see("?lead=lead_none").status, 404);
    // One of them again, then all.
    status.store(200, Ordering::Relaxed);
    let page =
        person.press(&format!("?lead={id}"), &format!("do=resend&id={id}&webhook=crm&state=dead")).body;
    assert!(page.contains("To be sent now: 1"), "{page}");
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 1 delivered"));
    let page = person.press("?state=dead", "do=resend&state=dead").body;
    assert!(page.contains("To be sent now: 1"), "{page}");
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 2 delivered"));
    // What has arrived can be sent once more, where somebody says so.
    let page = person
        .press(&format!("?lead={id}"), &format!("do=resend&id={id}&webhook=channel&state=delivered"))
        .body;
    assert!(page.contains("To be sent now: 1"), "{page}");
    stage.wait_for("/channel", 3);
    stage.relay().wait_printed("\"event\":\"person\",\"did\":\"resend\",\"count\":1");
}

fn what_is_held_is_released_or_deleted(kept: Kept) {
    let (stage, status) = stage(kept);
    status.store(200, Ordering::Relaxed);
    for number in 1..=3 {
        let mut asks = lead(number);
        asks["data"]["meta"]["elapsed_ms"] = json!(300);
        assert_eq!(stage.post(&asks).status, 200);
    }
    assert_eq!(stage.post(&lead(4)).status, 200);
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 1 delivered"));
    let person = Person::new(stage.relay(), "sv-SE,en;q=0.5");
    let page = person.see("?state=held").body;
    assert!(page.contains("<html lang=\"sv\">") && page.contains("Kvarhållna <b>9</b>"), "{page}");
    assert!(page.contains("5 poäng: fast") && page.contains("Släpp fram alla dessa"), "{page}");
    let id = |number| lead(number)["id"].as_str().unwrap().to_string();
    let page = person.press("?state=held", &format!("do=resend&id={}&state=held", id(1))).body;
    assert!(page.contains("Skickas nu: 3"), "{page}");
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 2 delivered"));
    let page = person.press("?state=held", &format!("do=discard&id={}&state=held", id(2))).body;
    assert!(page.contains("Raderade: 1") && page.contains("Kvarhållna <b>3</b>"), "{page}");
    // What isn't held is nobody's to throw away like this.
    let page = person.press("", &format!("do=discard&id={}", id(4))).body;
    assert!(page.contains("Raderade: 0"), "{page}");
    let page = person.press(&format!("?lead={}", id(3)), &format!("do=discard&id={}", id(3))).body;
    assert!(page.contains("Raderade: 1"), "{page}");
    let ids: Vec<Value> = stage.stored().iter().map(|lead| lead["id"].clone()).collect();
    assert_eq!(ids, [json!(id(1)), json!(id(4))]);
    assert_eq!(stage.ask(&["discard"]).0, 3, "there is nothing left to throw away");
}

fn one_persons_data_is_found_and_deleted_with_a_receipt(kept: Kept) {
    let (stage, status) = stage(kept);
    status.store(200, Ordering::Relaxed);
    for number in 1..=3 {
        assert_eq!(stage.post(&lead(number)).status, 200);
    }
    let mut other = lead(4);
    other["data"]["fields"]["name"] = json!("KIM2@fjord-works.example");
    assert_eq!(stage.post(&other).status, 200);
    stage.wait_until(|stage| {
        let said = stage.ask(&["status"]).1;
        ["crm", "channel", "file"].iter().all(|id| said.contains(&format!("{id}: 4 delivered")))
    });
    let person = Person::new(stage.relay(), "nb");
    let page = person.see("?contact=Kim2%40fjord-works.example").body;
    assert!(page.contains("<html lang=\"nb\">") && page.matches("<article>").count() == 2, "{page}");
    assert!(
        page.contains("Slett personens opplysninger") && page.contains("name=\"contact\" value=\"Kim2@"),
        "{page}"
    );
    let receipt = person.press("", "do=forget&contact=Kim2%40fjord-works.example");
    assert_eq!(receipt.status, 200);
    let text = receipt.body.replace("&quot;", "\"");
    let json: Value = serde_json::from_str(
        &text[text.find("<pre").and_then(|at| Some(at + text[at..].find('>')? + 1)).unwrap()
            ..text.find("</pre>").unwrap()],
    )
    .unwrap();
    let ids = json!([lead(2)["id"], other["id"]]);
    assert_eq!(json["forgotten"], ids);
    assert_eq!(json["handed_on"], json!({"channel": ids, "crm": ids, "file": ids}));
    assert!(!text.contains("kim2@") && !text.contains("Kim2@"), "it has no personal data: {text}");
    assert_eq!(stage.stored().len(), 2);
    assert!(person.press("", "do=forget&contact=").body.contains("Ingenting ble funnet"));
    // Old ones go, and young ones stay.
    let page = person.press("", "do=purge&days=2").body;
    assert!(page.contains("Slettet: 0"), "{page}");
    stage.kept.age(&stage.site, 3 * 24 * 3600 * 1000);
    assert!(person.press("", "do=purge&days=2").body.contains("Slettet: 2"));
    assert!(person.see("").body.contains("etter 30 dager"));
    for wrong in ["do=purge&days=0", "do=purge&days=x", "do=none", "do=purge&days=99999999999"] {
        assert_eq!(person.press("", wrong).status, 400, "{wrong}");
    }
}

fn leads_are_files_of_any_size(kept: Kept) {
    let (stage, status) = stage(kept);
    status.store(200, Ordering::Relaxed);
    let mut formula = lead(1);
    formula["data"]["fields"]["name"] = json!("=1+1");
    assert_eq!(stage.post(&formula).status, 200);
    // More than are read at once.
    std::thread::scope(|scope| {
        for from in 0..4 {
            let stage = &stage;
            scope.spawn(move || {
                (0..60).for_each(|at| assert_eq!(stage.post(&lead(2 + from * 60 + at)).status, 200));
            });
        }
    });
    let person = Person::new(stage.relay(), "en");
    let file = person.see("?export=table&state=delivered&webhook=crm");
    let disposition = file.header("content-disposition").unwrap().to_string();
    assert!(file.status == 200 && disposition.contains("leads.csv"), "{disposition}");
    let file = person.see("?export=table");
    assert!(
        file.body.contains(",'=1+1,") && file.body.contains("\u{feff}id,received,form"),
        "{:?}",
        &file.body[..300]
    );
    let lines = person.see("?export=lines");
    let lines: Vec<&str> = lines.body.lines().filter(|line| line.starts_with("{\"id\"")).collect();
    assert_eq!((lines.len(), file.body.matches("lead_01JD").count()), (241, 241));
    // A page of the list has fifty, and links to the next.
    let (mut query, mut seen) = (String::new(), 0);
    loop {
        let page = person.see(&query).body;
        seen += page.matches("<article>").count();
        let Some((_, rest)) = page.split_once("<a rel=\"next\" href=\"") else { break };
        query = rest.split('"').next().unwrap().to_string();
    }
    assert_eq!(seen, 241);
}

in_every_store!(
    nobody_sees_it_without_the_token,
    leads_are_seen_by_state_and_sent_again,
    what_is_held_is_released_or_deleted,
    one_persons_data_is_found_and_deleted_with_a_receipt,
    leads_are_files_of_any_size,
);

#[test]
fn without_a_token_there_is_no_page_and_a_short_one_is_refused() {
    let site = site();
    let variables = [
        ("CRM", "https://a.example/"),
        ("CHANNEL", "https://b.example/"),
        ("OPS", "https://c.example/"),
        ("RINGBACK_SECRET", KEY),
    ];
    let relay = Served::relay(&site.path(""), &[], &variables);
    for path in ["/admin", "/admin/", "/admin.css", "/young-serif.woff2"] {
        assert_eq!(relay.get(path).status, 404, "{path}");
    }
    assert_eq!(relay.send("POST", "/admin", &[FORM], "do=sign-in&token=").status, 404);
    let short = [&variables[..], &[("RINGBACK_ADMIN_TOKEN", "admin")]].concat();
    let run = site.run_with(&["relay", "--listen", "127.0.0.1:0", "--store", "other.db"], &short);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("`RINGBACK_ADMIN_TOKEN` is so short that it could be found by trying"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("\"admin\""), "{}", run.stderr);
}
