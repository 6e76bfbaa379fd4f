//! `ringback doctor` on receivers of every kind, through the real binary and a real socket.

use serde_json::Value;

#[cfg(unix)]
use crate::browser::{Browser, Options, Serve, Server};
use crate::support::place;
use crate::support::receiver::{Asked, Receiver, Reply};
use crate::support::schema::Schema;
use crate::support::{CONFIG, Run, Site};

const GUIDE: &str = "\
title: Get the guide
webhook: crm
fields:
  - {id: name, required: true}
  - {id: email, type: email, required: true}
  - {id: phone, type: tel}
  - {id: seats, type: number, min: 2}
  - {id: topics, type: choices, options: [crm, calls]}
  - {id: terms, type: checkbox}
  - {id: source, type: hidden, value: fair}
consent: [{id: contact, required: true, version: 2026-11, text: You may contact me.}]
";

/// A site with one webhook.
fn site(webhook: &str) -> Site {
    Site::empty()
        .with("ringback.yaml", format!("{CONFIG}webhooks: {{crm: {{{webhook}}}}}\n"))
        .with("content/forms/guide.yaml", GUIDE)
        .with("content/insights/a.md", "---\ntitle: A\n---\n[form:guide]\n")
}

/// Runs doctor with JSON.
fn examined(site: &Site, more: &[&str]) -> (Run, Value) {
    let run = site.run(&[&["doctor", "--timeout", "1", "--format", "json"], more].concat());
    let json = serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {} {}", run.stdout, run.stderr));
    (run, json)
}

fn codes(report: &Value) -> Vec<String> {
    let findings = report["webhooks"][0]["findings"].as_array().expect("a list");
    findings.iter().map(|finding| finding["code"].as_str().expect("a name").to_string()).collect()
}

/// Answers preflights as they should be.
fn preflight() -> Reply {
    let own = |name, value: &str| (name, value.to_string());
    Reply::Http(
        204,
        vec![
            own("Access-Control-Allow-Origin", "https://example.org"),
            own("Access-Control-Allow-Methods", "POST"),
            own("Access-Control-Allow-Headers", "content-type"),
        ],
        String::new(),
    )
}

#[test]
fn each_way_of_failing_has_its_name() {
    let closed = format!("http://{}/", place::reserve());
    let replying = |reply: fn() -> Reply| Receiver::start(move |_: &Asked| reply());
    let hangs = replying(|| Reply::Hang);
    let breaks = replying(|| Reply::Close);
    let noise = replying(|| Reply::Noise);
    let fails = replying(|| Reply::open(500, ""));
    let moved =
        replying(|| Reply::Http(301, vec![("Location", "/leads/1234567890/?key=abc".into())], String::new()));
    let silent = replying(|| Reply::Http(200, vec![], "ok".into()));
    let other = replying(|| {
        Reply::Http(
            200,
            vec![("Access-Control-Allow-Origin", "https://www.example.org".into())],
            String::new(),
        )
    });
    let tls = fails.url("/").replace("http://", "https://");
    for (url, more, code, status) in [
        ("https://nowhere.invalid/leads".to_string(), "", "dns", 1),
        (closed, "", "connection-refused", 1),
        (hangs.url("/"), "", "timeout", 1),
        (breaks.url("/"), "", "connection-lost", 1),
        (noise.url("/"), "", "no-http", 1),
        (tls, "", "tls", 1),
        (fails.url("/"), "", "server-error", 1),
        (moved.url("/"), "", "redirect", 1),
        (other.url("/"), "", "other-origin", 1),
        (silent.url("/"), ", preflight: true", "preflight", 1),
        (silent.url("/"), "", "cors-unknown", 0),
    ] {
        let (run, report) = examined(&site(&format!("url: \"{url}\"{more}")), &[]);
        assert_eq!((codes(&report)[0].as_str(), run.status), (code, status), "{url}: {}", run.stdout);
        assert!(!run.stdout.contains("key=abc") && !run.stdout.contains("1234567890"), "{}", run.stdout);
    }
    assert!(silent.requests().iter().all(|asked| asked.method == "OPTIONS"), "nothing but preflights");
}

#[test]
fn a_receiver_in_order_is_fine() {
    let receiver = Receiver::start(|_| preflight());
    let site = site(&format!("url: \"{}\"", receiver.url("/leads")));
    let (run, report) = examined(&site, &[]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let one = &report["webhooks"][0];
    assert_eq!(
        (&report["version"], &report["level"], &report["problems"]),
        (&1.into(), &"fine".into(), &Value::Array(vec![]))
    );
    assert_eq!(
        (&one["webhook"], &one["edition"], &one["kind"]),
        (&"crm".into(), &"public".into(), &"json".into())
    );
    assert_eq!((&one["origin"], &one["forms"][0]), (&"https://example.org".into(), &"guide".into()));
    assert_eq!(
        (&one["encodings"]["application/json"], &one["encodings"]["text/plain"]),
        (&"yes".into(), &"unknown".into())
    );
    assert_eq!((&one["readable"], &one["sent"]), (&"yes".into(), &Value::Null));
    let asked = &receiver.requests()[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("OPTIONS", "/leads"));
    assert_eq!(asked.headers["origin"], "https://example.org");
    let run = site.run(&["doctor"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stdout.contains("  fine[fine]: ") && run.stdout.ends_with("Nothing to fix.\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_sent_is_a_lead_and_says_that_it_is_a_test() {
    let receiver = Receiver::start(|asked| match asked.method.as_str() {
        "OPTIONS" => preflight(),
        _ => Reply::open(200, "{\"ok\":true}"),
    });
    let schema = Schema::of_leads();
    for (preflight, kind) in [("", "text/plain"), (", preflight: true", "application/json")] {
        let site = site(&format!(
            "url: \"{}\", map: {{name: full_name}}, add: {{by: web}}{preflight}",
            receiver.url("/")
        ));
        let (run, report) = examined(&site, &["--send"]);
        assert_eq!((run.status, &report["level"]), (0, &"fine".into()), "{}", run.stdout);
        let asked = receiver.requests().pop().expect("a lead");
        assert_eq!((asked.method.as_str(), asked.headers["content-type"].as_str()), ("POST", kind));
        let lead: Value = serde_json::from_str(&asked.body).expect("JSON");
        schema.assert(&lead);
        assert_eq!(lead["test"], true);
        let fields = &lead["data"]["fields"];
        assert_eq!(
            (&fields["full_name"], &fields["seats"], &fields["by"]),
            (&"ringback doctor".into(), &2.into(), &"web".into())
        );
        assert!(fields["email"].as_str().expect("text").ends_with("@example.com"));
        let sent = &report["webhooks"][0]["sent"];
        assert_eq!(
            (&sent["lead"], &sent["status"], &sent["form"]),
            (&lead["id"], &200.into(), &"guide".into())
        );
        assert_eq!((&sent["answer"], &sent["unlock"]), (&"{\"ok\":true}".into(), &Value::Null));
    }
}

#[test]
fn what_comes_back_for_a_lead_has_a_name_too() {
    let replying = |reply: fn() -> Reply| {
        Receiver::start(
            move |asked: &Asked| if asked.method == "OPTIONS" { Reply::open(405, "") } else { reply() },
        )
    };
    for (reply, code, status) in [
        (
            (|| Reply::Http(200, vec![("Content-Type", "application/json".into())], "{}".into()))
                as fn() -> Reply,
            "missing-cors",
            1,
        ),
        (
            || {
                Reply::Http(
                    200,
                    vec![("Access-Control-Allow-Origin", "*".into()), ("Content-Type", "text/html".into())],
                    "<!doctype html>".into(),
                )
            },
            "html-answer",
            0,
        ),
        (|| Reply::open(302, ""), "redirect", 1),
        (|| Reply::open(400, "{\"message\":\"unknown field\"}"), "rejected", 1),
        (|| Reply::open(401, ""), "forbidden", 1),
        (|| Reply::open(404, ""), "not-found", 1),
        (|| Reply::open(415, ""), "encoding", 1),
        (|| Reply::open(429, ""), "too-many", 0),
        (|| Reply::open(502, ""), "server-error", 1),
        (|| Reply::Hang, "timeout", 1),
        (|| Reply::Close, "connection-lost", 1),
    ] {
        let receiver = replying(reply);
        let (run, report) = examined(&site(&format!("url: \"{}\"", receiver.url("/"))), &["--send"]);
        assert_eq!((codes(&report)[0].as_str(), run.status), (code, status), "{}", run.stdout);
        let posts = receiver.requests().into_iter().filter(|asked| asked.method == "POST").count();
        assert_eq!(posts, 1, "one lead, whatever comes of it");
    }
}

#[test]
fn the_key_of_a_gate_is_looked_for() {
    let receiver = Receiver::start(|asked| match asked.path.as_str() {
        "/none" => Reply::open(200, "{}"),
        _ => Reply::open(200, "{\"unlock\":\"a.1.wrong\"}"),
    });
    for (path, code) in [("/none", "no-unlock"), ("/wrong", "wrong-unlock")] {
        let site = site(&format!("url: \"{}\"", receiver.url(path))).with(
            "content/insights/a.md",
            "---\ntitle: A\ngate: {form: guide, key: webhook}\n---\nOpen.\n\n<!-- gate -->\n\nRest.\n",
        );
        let (run, report) = examined(&site, &["--send"]);
        assert_eq!((codes(&report)[0].as_str(), run.status), (code, 1));
        assert_eq!(report["webhooks"][0]["sent"]["unlock"], "no");
        let lead: Value =
            serde_json::from_str(&receiver.requests().pop().expect("a lead").body).expect("JSON");
        assert_eq!(lead["data"]["gate"], "a");
    }
}

#[test]
fn what_the_build_refuses_is_said_without_asking_anybody() {
    let site = site("url: \"${CRM_URL}\"");
    let run = site.run(&["doctor"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[unset-variable]"), "{}", run.stderr);
    let (run, report) = examined(&site, &[]);
    assert_eq!((run.status, &report["problems"][0]["code"]), (1, &"unset-variable".into()));
    assert_eq!(report["webhooks"], Value::Array(vec![]));
}

#[test]
fn a_webhook_is_asked_for_by_its_name() {
    let receiver = Receiver::start(|_| preflight());
    let site = site(&format!("url: \"{}\"", receiver.url("/")));
    let run = site.run(&["doctor", "--webhook", "cmr"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("did you mean `crm`?"), "{}", run.stderr);
    assert_eq!(site.run(&["doctor", "--webhook", "crm"]).status, 0);
    assert_eq!(receiver.requests().len(), 1);
    let none = Site::new().with("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
    assert_eq!(none.run(&["doctor"]).stdout, "This site sends its leads to no webhook.\n");
}

/// Ends the receiver with the test.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_documented_receiver_is_in_order() {
    let place = place::reserve();
    let receiver = crate::lead::documented("python");
    assert!(receiver.contains("\"127.0.0.1\""), "{receiver}");
    let receiver = receiver.replace("\"127.0.0.1\"", &format!("\"{}\"", place.ip()));
    let site = site(&format!("url: \"http://{place}/\", preflight: true")).with("receiver.py", receiver);
    let run = std::process::Command::new("python3")
        .arg(site.path("receiver.py"))
        .env("PORT", place.port().to_string())
        .env("SITE", "https://example.org")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    let Ok(child) = run else {
        eprintln!("SKIPPED: the program `python3` isn't here");
        return;
    };
    let _running = Running(child);
    let is_up = || std::net::TcpStream::connect(place).is_ok();
    for _ in 0..100 {
        if is_up() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let (run, report) = examined(&site, &["--send"]);
    assert_eq!((run.status, &report["level"]), (0, &"fine".into()), "{}", run.stdout);
    assert_eq!(report["webhooks"][0]["sent"]["answer"], "{\"ok\": true}");
}

/// Runs what the forms' `bodies.js` exports, from its source, on the lead and webhook that it is given.
#[cfg(unix)]
const BODY: &str = "const { bodyFor } = await import('/leads/forms/client/bodies.js');
    const [{ lead, hook, born, texts }] = arguments;
    return bodyFor(lead, hook, { born, texts });";

/// The body as something to compare: JSON, or pairs in their order.
#[cfg(unix)]
fn parts(body: &str) -> Value {
    let mut value: Value = serde_json::from_str(body).unwrap_or_else(|_| {
        let mut pairs: Vec<&str> = body.split('&').collect();
        pairs.sort_unstable();
        serde_json::json!(pairs)
    });
    if let Some(fields) = value.get_mut("fields").and_then(Value::as_array_mut) {
        fields.sort_by_key(|field| field["name"].to_string());
    }
    value
}

/// Doctor imitates `bodies.js`: for each kind, both make the same of the same lead.
#[cfg(unix)]
#[test]
fn the_script_would_send_the_same() {
    let receiver = Receiver::start(|_| Reply::open(200, "{}"));
    let url = |path: &str| receiver.url(path);
    let webhooks = format!(
        "webhooks:\n  plain: {{url: \"{}\"}}\n  named: {{url: \"{}\", map: {{name: full_name}}, add: {{by: web}}}}\n  \
         post: {{kind: form, url: \"{}\", map: {{email: _replyto, lead_id: ref, page_lang: l}}, add: {{by: web}}}}\n  \
         hub: {{kind: hubspot, url: \"{}\", portal: 7, form: 319478e5-e5fd-4d39-9d13-fc1f90bf46da, subscriptions: {{news: 5}}, map: {{lead_id: ref}}, add: {{by: web}}}}\n  \
         force: {{kind: salesforce, url: \"{}\", oid: 00D000000000001, map: {{page_url: from}}, add: {{company: Fjord}}}}\n",
        url("/plain"),
        url("/named"),
        url("/post"),
        url("/hub"),
        url("/force")
    );
    let site = site("url: https://crm.example/").with("ringback.yaml", format!("{CONFIG}{webhooks}")).with(
        "content/forms/guide.yaml",
        GUIDE
            .replace("webhook: crm", "webhook: [plain, named, post, hub, force]")
            .replace("You may contact me.}]", "You may contact me.}, {id: news, text: Send news.}]"),
    );
    site.build();
    let html = site.read("public/insights/a/index.html");
    let config = html.split("data-lead-config>").nth(1).and_then(|rest| rest.split("</script>").next());
    let config: Value = serde_json::from_str(config.expect("a form")).expect("JSON");
    let (_, report) = examined(&site, &["--send"]);
    assert_eq!(report["webhooks"].as_array().map(Vec::len), Some(5));
    let sent: Vec<Asked> = receiver.requests().into_iter().filter(|asked| asked.method == "POST").collect();
    let base = sent.iter().find(|asked| asked.path == "/plain").expect("a lead");
    let base: Value = serde_json::from_str(&base.body).expect("JSON");
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let server = Server::of(&sources, Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/leads/forms/client/bodies.js"));
    for hook in config["webhooks"].as_array().expect("webhooks") {
        let path = format!("/{}", hook["id"].as_str().expect("an id"));
        let asked = sent.iter().find(|asked| asked.path.starts_with(&path)).expect("a lead");
        let (mut lead, mut hook) = (base.clone(), hook.clone());
        let mut visits = report["webhooks"].as_array().expect("webhooks").iter();
        let visit = visits.find(|one| one["webhook"] == hook["id"]).expect("it was tried");
        lead["id"] = visit["sent"]["lead"].clone();
        let born = parts(&asked.body)["submittedAt"].clone();
        if hook["kind"] == "form" {
            let time = asked.body.split('&').find_map(|pair| pair.strip_prefix("lead_timestamp="));
            lead["timestamp"] = time.expect("a time").replace("%3A", ":").into();
        } else if hook["kind"] == "json" {
            lead["timestamp"] = parts(&asked.body)["timestamp"].clone();
        }
        hook["return"] = lead["data"]["page"]["url"].clone();
        let texts = serde_json::json!({"contact": "You may contact me.", "news": "Send news."});
        let input = serde_json::json!({"lead": lead, "hook": hook, "born": born, "texts": texts});
        let made: [String; 2] = serde_json::from_value(page.js_async(BODY, &[input])).expect("type and body");
        assert_eq!(made[0], asked.headers["content-type"], "{path}");
        assert_eq!(parts(&made[1]), parts(&asked.body), "{path}");
    }
}
