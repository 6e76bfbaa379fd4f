//! What a relay wants to see before it passes a lead on unread: work, Turnstile's word, a domain that takes mail.

#![expect(clippy::unwrap_used, reason = "what tests have in common may fail as they do")]

use std::net::UdpSocket;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::relay::{FORM, KEY, lead, site};
use crate::support::Site;
use crate::support::receiver::{Receiver, Reply};
use crate::support::served::{Response, Served};

const ORIGIN: (&str, &str) = ("Origin", "https://fjord.example");
const JSON: (&str, &str) = ("Content-Type", "application/json");

/// The site of the other tests with a form that asks, and more in its `relay`.
fn asking(proof: &str, relay: &str) -> Site {
    let site = site();
    let config = site.read("ringback.yaml").replace("retention: 30", &format!("retention: 30{relay}"));
    site.write("ringback.yaml", config);
    let form = FORM.replace("webhook: [crm, channel, file]", "webhook: crm");
    site.write("content/forms/plain.yaml", &form);
    let form = if proof.is_empty() { form } else { format!("{form}proof: {proof}\n") };
    site.write("content/forms/guide.yaml", form);
    site.write("content/pages/plain.md", "---\ntitle: Plain\n---\n\nOne line.\n\n[form:plain]\n");
    site.write("content/pages/plain.sv.md", "---\ntitle: Enkel\n---\n\nEn rad.\n\n[form:plain]\n");
    site
}

/// Starts its relay, with a receiver that answers for everybody.
fn start(site: &Site, receiver: &Receiver, more: &[(&str, &str)]) -> Served {
    let [crm, ops] = ["/crm", "/ops"].map(|path| receiver.url(path));
    let variables = [("CRM", crm.as_str()), ("CHANNEL", &ops), ("OPS", &ops), ("RINGBACK_SECRET", KEY)];
    Served::relay(&site.path(""), &[], &[&variables[..], more].concat())
}

fn post(relay: &Served, asks: &Value, proof: &str) -> Response {
    let path = if proof.is_empty() { "/leads".to_string() } else { format!("/leads?proof={proof}") };
    let response = relay.send("POST", &path, &[ORIGIN, JSON], &asks.to_string());
    assert_eq!(response.status, 200, "{response:?}");
    response
}

/// What a lead was suspected of.
fn signs(site: &Site, asks: &Value) -> (String, bool) {
    let run = site.run(&["relay", "--store", site.path("relay.db").to_str().unwrap(), "export"]);
    let mut all = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found = all.find(|one| one["id"] == asks["id"]).unwrap_or_else(|| panic!("{}", run.stdout));
    let is_held = found["deliveries"].as_array().unwrap().iter().all(|one| one["state"] == "held");
    (found["signs"].as_str().unwrap().to_string(), is_held)
}

/// As a browser does it: base64 of JSON, as a value in an address.
fn solve(challenge: &Value) -> String {
    let text = |name: &str| challenge[name].as_str().unwrap().to_string();
    let (salt, wanted) = (text("salt"), text("challenge"));
    let hash =
        |number: &u64| ringback::encode::bytes::hex(&Sha256::digest(format!("{salt}{number}"))) == wanted;
    let number = (0..=challenge["maxnumber"].as_u64().unwrap()).find(hash).unwrap();
    let solved = json!({
        "algorithm": "SHA-256", "challenge": wanted, "number": number, "salt": salt, "signature": text("signature"),
    });
    ringback::encode::bytes::base64(solved.to_string().as_bytes())
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D")
}

#[test]
fn work_counts_once_and_what_lacks_it_waits_for_a_person() {
    let (site, receiver) = (asking("work", ""), Receiver::start(|_| Reply::open(200, "{}")));
    let relay = start(&site, &receiver, &[]);
    let challenge = || {
        let response = relay.send("GET", "/challenge", &[ORIGIN], "");
        assert_eq!(response.header("access-control-allow-origin"), Some("https://fjord.example"));
        assert_eq!(response.header("cache-control"), Some("no-store"));
        serde_json::from_str::<Value>(&response.body).unwrap()
    };
    let evil = relay.send("GET", "/challenge", &[("Origin", "https://evil.example")], "");
    assert_eq!(
        evil.header("access-control-allow-origin"),
        None,
        "no other site can have its visitors work for it"
    );
    let proof = solve(&challenge());
    post(&relay, &lead(1), &proof);
    assert_eq!(signs(&site, &lead(1)), (String::new(), false));
    for (number, proof) in [(2, proof.as_str()), (3, ""), (4, "bm9wZQ%3D%3D"), (5, &"A".repeat(6000))] {
        post(&relay, &lead(number), proof);
        assert_eq!(signs(&site, &lead(number)), ("no-proof".into(), true), "{number}");
    }
    // Nobody works for a test, nor for a form that doesn't ask.
    let mut test = lead(6);
    test["test"] = json!(true);
    post(&relay, &test, "");
    let mut plain = lead(7);
    plain["data"]["form"] = json!("plain");
    post(&relay, &plain, "");
    assert_eq!([signs(&site, &test).0, signs(&site, &plain).0], ["", ""]);
    // What was solved before a relay was started again is nothing.
    let before = solve(&challenge());
    drop(relay);
    let relay = start(&site, &receiver, &[]);
    post(&relay, &lead(8), &before);
    assert_eq!(signs(&site, &lead(8)).0, "no-proof");
}

#[test]
fn turnstile_is_asked_by_the_relay_and_loaded_where_a_form_asks_alone() {
    let receiver = Receiver::start(|asked| match asked.path.as_str() {
        "/siteverify" => match asked.body.as_str() {
            "secret=hush-hush-hush&response=fine" => Reply::open(200, "{\"success\":true}"),
            "secret=hush-hush-hush&response=wrong" => {
                Reply::open(200, "{\"success\":false,\"error-codes\":[\"invalid-input-response\"]}")
            }
            "secret=hush-hush-hush&response=secret" => {
                Reply::open(200, "{\"success\":false,\"error-codes\":[\"invalid-input-secret\"]}")
            }
            "secret=hush-hush-hush&response=broken" => Reply::open(500, "no"),
            other => panic!("{other}"),
        },
        _ => Reply::open(200, "{}"),
    });
    let url = receiver.url("/siteverify");
    let keys = format!(
        ", turnstile: {{site_key: 0x4AAAAAAA, secret: \"${{TURNSTILE:-hush-hush-hush}}\", url: \"{url}\"}}"
    );
    let site = asking("turnstile", &keys);
    let relay = start(&site, &receiver, &[]);
    for (number, proof, expected) in [
        (1, "fine", ""),
        (2, "wrong", "no-proof"),
        (3, "", "no-proof"),
        // Nothing that the owner or Cloudflare has to put right is a visitor's fault.
        (4, "secret", ""),
        (5, "broken", ""),
    ] {
        post(&relay, &lead(number), proof);
        assert_eq!(signs(&site, &lead(number)).0, expected, "{proof}");
    }
    let run = site.run_with(&["build"], &[("RINGBACK_SECRET", KEY)]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let asks = site.read("public/guide/index.html");
    let policy = "; frame-src 'self' https://challenges.cloudflare.com;";
    assert!(
        asks.contains(policy) && asks.contains("; script-src 'self' https://challenges.cloudflare.com;"),
        "{asks}"
    );
    assert!(
        asks.contains("<div data-lead-proof></div>") && asks.contains("\"key\":\"0x4AAAAAAA\""),
        "{asks}"
    );
    let plain = site.read("public/plain/index.html");
    for foreign in ["cloudflare", "data-lead-proof", "0x4AAAAAAA", "a person reads your message"] {
        assert!(!plain.contains(foreign), "{foreign}: {plain}");
    }
    assert!(!asks.contains("hush-hush-hush"), "{asks}");
}

#[test]
fn a_page_says_where_there_is_work_only_where_its_form_asks() {
    let site = asking("work", "");
    let run = site.run_with(&["build"], &[("RINGBACK_SECRET", KEY)]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (asks, plain) = (site.read("public/guide/index.html"), site.read("public/plain/index.html"));
    let proof = "\"proof\":{\"kind\":\"work\",\"url\":\"http://127.0.0.1:8787/challenge\"}";
    assert!(asks.contains(proof) && !plain.contains("proof"), "{asks}");
    assert!(
        asks.contains("<noscript><p class=\"fine\">Without JavaScript, a person reads your message"),
        "{asks}"
    );
    assert!(!asks.contains("cloudflare"), "{asks}");
    let sv = site.read("public/sv/guide/index.html");
    assert!(sv.contains("Utan JavaScript läser en människa"), "{sv}");
}

#[test]
fn a_domain_that_takes_no_mail_is_a_sign_and_a_dns_server_that_is_gone_is_none() {
    let dns = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
    let address = dns.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut bytes = [0; 512];
        while let Ok((length, from)) = dns.recv_from(&mut bytes) {
            let asked = &bytes[..length];
            // It knows that one domain isn't there, and says of others that it has failed.
            let is_gone = String::from_utf8_lossy(asked).contains("fjord-works");
            let head = [asked[0], asked[1], 0x81, if is_gone { 0x83 } else { 0x82 }, 0, 1, 0, 0, 0, 0, 0, 0];
            let _ = dns.send_to(&[&head[..], &asked[12..]].concat(), from);
        }
    });
    let receiver = Receiver::start(|_| Reply::open(200, "{}"));
    let site = asking("", &format!(", check_domains: \"{address}\", quarantine: 3"));
    let relay = start(&site, &receiver, &[]);
    post(&relay, &lead(1), "");
    assert_eq!(signs(&site, &lead(1)), ("no-mailbox".into(), true));
    let mut other = lead(2);
    other["data"]["fields"]["email"] = json!("kim@elsewhere.example");
    post(&relay, &other, "");
    assert_eq!(signs(&site, &other), (String::new(), false));
    drop(relay);
    // Nobody is there to ask.
    let config = site.read("ringback.yaml").replace(&address.to_string(), "127.0.0.1:1");
    site.write("ringback.yaml", config);
    let relay = start(&site, &receiver, &[]);
    post(&relay, &lead(3), "");
    assert_eq!(signs(&site, &lead(3)).0, "");
}

#[test]
fn an_address_at_work_is_one_also_without_javascript() {
    let site = asking("", "");
    let form =
        site.read("content/forms/guide.yaml").replace("type: email,", "type: email, business_email: true,");
    site.write("content/forms/guide.yaml", form);
    let receiver = Receiver::start(|_| Reply::open(200, "{}"));
    let relay = start(&site, &receiver, &[]);
    let mut free = lead(1);
    free["data"]["fields"]["email"] = json!("kim@Gmail.com");
    let response = relay.send("POST", "/leads", &[ORIGIN, JSON], &free.to_string());
    assert_eq!(response.status, 422, "{response:?}");
    assert!(response.body.contains("isn't an address at work"), "{}", response.body);
    post(&relay, &lead(2), "");
}

#[test]
fn a_proof_that_nobody_checks_is_an_error() {
    let site = asking("work", "");
    let config: String = site
        .read("ringback.yaml")
        .lines()
        .filter(|line| !line.starts_with("relay:"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let config = config.replace("  channel: {kind: slack, url: \"${CHANNEL}\"}\n  file: {kind: file, path: leads.jsonl}\n  ops: {kind: slack, url: \"${OPS}\"}\n", "").replace(", secret: \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"", "");
    site.write("ringback.yaml", config);
    let variables = [("CRM", "https://crm.example/"), ("RINGBACK_SECRET", KEY)];
    let run = site.run_with(&["check"], &variables);
    assert!(run.stderr.contains("nobody checks the proof: only a `relay` does"), "{}", run.stderr);
    let site = asking("turnstile", "");
    let run = site.run_with(&["check"], &variables);
    assert!(run.stderr.contains("the relay doesn't know the keys of Turnstile"), "{}", run.stderr);
}
