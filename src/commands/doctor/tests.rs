//! Tests of what answers mean, with a network that answers as it is told.

use std::cell::RefCell;

use super::*;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::leads::gates::key::VARIABLE;
use crate::network::{Answer, Network, Request, Unreachable};
use crate::project::{MemoryProject, Project as _};
use crate::site::Unpublished;

/// Answers preflights and leads, and keeps what was asked.
struct Fake {
    preflight: Result<Answer, Unreachable>,
    lead: Result<Answer, Unreachable>,
    asked: RefCell<Vec<Request>>,
}

impl Network for Fake {
    fn ask(&self, request: &Request) -> Result<Answer, Unreachable> {
        self.asked.borrow_mut().push(request.clone());
        if request.method == "OPTIONS" { self.preflight.clone() } else { self.lead.clone() }
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Answer, Unreachable> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect();
    Ok(Answer { status, headers, body: body.into() })
}

const ANY: (&str, &str) = ("access-control-allow-origin", "*");
const CONTENT_TYPE: (&str, &str) = ("access-control-allow-headers", "Content-Type, X-Other");
const JSON_BODY: (&str, &str) = ("content-type", "application/json");

const GUIDE: &str = "\
title: Guide
webhook: crm
fields: [{id: name, required: true}, {id: email, type: email, required: true}, {id: company, required: true}, {id: when, type: choices, options: [morning, evening]}]
consent: [{id: contact, required: true, version: 1, text: You may ring.}, {id: news, text: Send news.}]
";

/// A site with a guide behind a gate.
fn project(webhook: &str, gate: &str) -> MemoryProject {
    let config = format!(
        "title: Fjord\nbase_url: https://Fjord.example:443/blog/\nwebhooks: {{crm: {{{webhook}}}}}\n"
    );
    let mut project =
        MemoryProject::new().with("ringback.yaml", config).with("content/forms/guide.yaml", GUIDE).with(
            "content/insights/a.md",
            format!("---\ntitle: A\ngate: {{form: guide{gate}}}\n---\nOpen.\n\n<!-- gate -->\n\nRest.\n"),
        );
    project.variables.insert(VARIABLE.into(), "zqsecret-Dont-Use-This-Elsewhere-4711".into());
    project
}

fn receivers(project: &MemoryProject) -> Vec<WebhookUse> {
    let mut diagnostics = Diagnostics::new();
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let found = crate::commands::receivers::receivers(project, &options, &mut diagnostics);
    let said: Vec<String> = diagnostics.sorted().into_iter().map(|problem| problem.message).collect();
    assert!(said.is_empty(), "{said:?}");
    found
}

/// What is found at one receiver, and what was asked.
fn found(
    project: &MemoryProject,
    preflight: Result<Answer, Unreachable>,
    lead: Option<Result<Answer, Unreachable>>,
) -> (WebhookReport, Vec<Request>) {
    let receivers = receivers(project);
    let sending = if lead.is_some() { Sending::Test } else { Sending::Nothing };
    let network = Fake { preflight, lead: lead.unwrap_or(Err(Unreachable::Lost)), asked: RefCell::default() };
    let mut visits = examine(&receivers.iter().collect::<Vec<_>>(), &network, sending, project.now());
    assert_eq!(visits.len(), 1);
    (visits.remove(0), network.asked.into_inner())
}

fn codes(visit: &WebhookReport) -> Vec<&'static str> {
    visit.findings.iter().map(|finding| finding.code).collect()
}

const JSON: &str = "url: https://crm.example/leads";

#[test]
fn a_preflight_is_what_a_browser_asks() {
    let (visit, asked) = found(&project(JSON, ""), answer(204, &[ANY, CONTENT_TYPE], ""), None);
    assert_eq!((codes(&visit), visit.level()), (vec!["fine"], Level::Fine));
    assert_eq!((visit.readable, visit.encodings.json), (Ternary::Yes, Ternary::Yes));
    let [asked] = asked.as_slice() else { panic!("one request") };
    let header = |wanted: &str| {
        asked.headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
    };
    assert_eq!(header("origin"), Some("https://fjord.example"));
    assert_eq!(header("access-control-request-method"), Some("POST"));
    assert_eq!(header("access-control-request-headers"), Some("content-type"));
    assert_eq!((asked.method, &asked.body), ("OPTIONS", &None));
}

#[test]
fn preflights_pass_by_the_rules_of_browsers() {
    let own = ("access-control-allow-origin", "https://fjord.example");
    for (headers, status, passes) in [
        (vec![ANY, CONTENT_TYPE], 200, true),
        (vec![own, ("access-control-allow-headers", "*")], 204, true),
        (vec![own], 204, false),
        (vec![CONTENT_TYPE], 204, false),
        (vec![("access-control-allow-origin", "https://fjord.example/"), CONTENT_TYPE], 204, false),
        (vec![("access-control-allow-origin", "*, *"), CONTENT_TYPE], 204, false),
        (vec![ANY, CONTENT_TYPE], 404, false),
        (vec![ANY, CONTENT_TYPE], 302, false),
    ] {
        let given = answer(status, &headers, "").unwrap();
        assert_eq!(judge::preflight(&given, "https://fjord.example").is_ok(), passes, "{headers:?} {status}");
    }
}

#[test]
fn without_a_lead_some_things_stay_open() {
    for status in [200, 405, 501, 404] {
        let (visit, _) = found(&project(JSON, ""), answer(status, &[], ""), None);
        assert!(codes(&visit).contains(&"cors-unknown"), "{status}");
        assert_eq!((visit.level(), visit.readable), (Level::Unsure, Ternary::Unknown));
    }
    let (visit, _) = found(&project(JSON, ", key: webhook"), answer(204, &[ANY], ""), None);
    assert_eq!(codes(&visit), ["unlock-unknown"]);
}

#[test]
fn what_is_wrong_before_any_lead() {
    let other = ("access-control-allow-origin", "https://www.fjord.example");
    for (webhook, given, code, write) in [
        (JSON, answer(204, &[other], ""), "other-origin", vec![("response", "opaque")]),
        (JSON, answer(502, &[ANY], ""), "server-error", vec![]),
        (
            JSON,
            answer(308, &[ANY, ("location", "https://crm.example/leads/?token=abc")], ""),
            "redirect",
            vec![],
        ),
        (
            "url: https://crm.example/leads, preflight: true",
            answer(204, &[ANY], ""),
            "preflight",
            vec![("preflight", "false")],
        ),
        (
            "kind: hubspot, portal: 1, form: 319478e5-e5fd-4d39-9d13-fc1f90bf46da",
            answer(404, &[ANY], ""),
            "preflight",
            vec![],
        ),
        (JSON, Err(Unreachable::Dns), "dns", vec![]),
        (JSON, Err(Unreachable::Refused), "connection-refused", vec![]),
        (JSON, Err(Unreachable::Timeout(15)), "timeout", vec![]),
        (JSON, Err(Unreachable::Lost), "connection-lost", vec![]),
        (JSON, Err(Unreachable::NoHttp), "no-http", vec![]),
        (JSON, Err(Unreachable::Tls("invalid peer certificate: Expired".into())), "tls", vec![]),
    ] {
        let (visit, _) = found(&project(webhook, ""), given.clone(), None);
        assert_eq!((codes(&visit)[0], visit.level()), (code, Level::Fix), "{given:?}");
        assert_eq!(visit.write.into_iter().collect::<Vec<_>>(), write, "{given:?}");
        assert!(!format!("{:?}", visit.findings).contains("token=abc"));
    }
}

#[test]
fn certificates_are_told_apart() {
    for (said, part) in [
        ("invalid peer certificate: certificate expired: verification time 5 (UNIX)", "has expired"),
        ("invalid peer certificate: certificate not valid for name \"a.example\"", "another name"),
        ("invalid peer certificate: UnknownIssuer", "no authority"),
        ("received corrupt message of type InvalidContentType", "doesn't speak TLS"),
        ("received fatal alert: HandshakeFailure", "no secure connection"),
    ] {
        let found = words::unreachable(&Unreachable::Tls(said.into()), "a.example");
        assert!(found.message.contains(part), "{}", found.message);
    }
}

#[test]
fn nothing_is_sent_where_nobody_is() {
    let (_, asked) = found(&project(JSON, ""), Err(Unreachable::Dns), Some(answer(200, &[ANY], "")));
    assert_eq!(asked.len(), 1);
    let (visit, asked) =
        found(&project(JSON, ""), Err(Unreachable::Timeout(5)), Some(answer(200, &[ANY, JSON_BODY], "{}")));
    assert_eq!((asked.len(), codes(&visit)), (2, vec!["accepted", "fine"]));
}

#[test]
fn a_test_lead_says_that_it_is_one() {
    let webhook = "url: https://crm.example/leads, map: {name: full_name}, add: {source: web}";
    let (visit, asked) = found(
        &project(webhook, ""),
        answer(405, &[], ""),
        Some(answer(200, &[ANY, JSON_BODY], "{\"ok\":true}")),
    );
    assert_eq!((visit.readable, visit.encodings.plain), (Ternary::Yes, Ternary::Yes));
    let post = &asked[1];
    assert!(post.headers.contains(&("content-type", "text/plain".into())));
    let lead: serde_json::Value = serde_json::from_str(post.body.as_deref().unwrap()).unwrap();
    assert_eq!((&lead["test"], &lead["data"]["form"]), (&true.into(), &"guide".into()));
    assert_eq!(
        lead["data"]["fields"],
        serde_json::json!({
            "full_name": "ringback doctor", "email": "ringback.doctor@example.com", "company": "ringback doctor",
            "when": ["morning"], "source": "web",
        })
    );
    assert_eq!(lead["data"]["consent"][1]["given"], false);
    assert_eq!(lead["timestamp"], "2026-11-22T12:00:00Z");
    assert_eq!(visit.sent.unwrap().answer.as_deref(), Some("{\"ok\":true}"));
}

#[test]
fn what_comes_back_for_a_lead() {
    let html = ("content-type", "text/html; charset=utf-8");
    for (given, code, level) in [
        (answer(200, &[JSON_BODY], "{}"), "missing-cors", Level::Fix),
        (answer(200, &[ANY, html], "<html>"), "html-answer", Level::Unsure),
        (answer(302, &[ANY, ("location", "/login")], ""), "redirect", Level::Fix),
        (
            answer(400, &[ANY], "{\"message\":\"no\",\"errors\":[{\"message\":\"no such field\"}]}"),
            "rejected",
            Level::Fix,
        ),
        (answer(403, &[ANY], ""), "forbidden", Level::Fix),
        (answer(404, &[ANY], ""), "not-found", Level::Fix),
        (answer(405, &[ANY], ""), "no-post", Level::Fix),
        (answer(415, &[ANY], ""), "encoding", Level::Fix),
        (answer(429, &[ANY, ("retry-after", "30")], ""), "too-many", Level::Unsure),
        (answer(503, &[ANY], ""), "server-error", Level::Fix),
        (Err(Unreachable::Timeout(1)), "timeout", Level::Fix),
    ] {
        let (visit, _) = found(&project(JSON, ""), answer(204, &[ANY], ""), Some(given.clone()));
        assert_eq!((codes(&visit)[0], visit.level()), (code, level), "{given:?}");
    }
}

#[test]
fn a_gate_needs_its_key_in_the_answer() {
    let project = project(JSON, ", key: webhook");
    let token = receivers(&project)[0].gates[0].token.clone();
    for (body, code, known) in [
        (format!("{{\"unlock\":\"{token}\"}}"), "accepted", Ternary::Yes),
        (
            format!("{{\"redirectUri\":\"https:\\/\\/fjord.example\\/#unlock={token}\"}}"),
            "accepted",
            Ternary::Yes,
        ),
        ("{}".into(), "no-unlock", Ternary::No),
        ("{\"unlock\":\"a.1.abc\"}".into(), "wrong-unlock", Ternary::No),
    ] {
        let given = answer(200, &[ANY, JSON_BODY], &body);
        let (visit, asked) = found(&project, answer(204, &[ANY], ""), Some(given));
        assert_eq!((codes(&visit)[0], visit.sent.clone().unwrap().unlock), (code, Some(known)), "{body}");
        let lead: serde_json::Value = serde_json::from_str(asked[1].body.as_deref().unwrap()).unwrap();
        assert_eq!(lead["data"]["gate"], "a");
        assert!(!format!("{visit:?}").contains(&token), "the key of a gate is no matter for a log");
    }
}

#[test]
fn what_could_be_better_is_a_note() {
    let (visit, _) = found(
        &project("url: https://crm.example/leads, response: opaque", ""),
        answer(204, &[ANY], ""),
        None,
    );
    assert_eq!((codes(&visit), visit.level()), (vec!["response-readable"], Level::Note));
    assert_eq!(visit.write["response"], "readable");
    let (visit, _) = found(
        &project("url: https://crm.example/leads, response: opaque", ", key: webhook"),
        answer(204, &[], ""),
        None,
    );
    assert_eq!(codes(&visit), ["unlock-unreadable"]);
}

#[test]
fn hubspot_gets_what_it_takes() {
    let webhook =
        "kind: hubspot, portal: 77, form: 319478e5-e5fd-4d39-9d13-fc1f90bf46da, subscriptions: {news: 5}";
    let (visit, asked) = found(
        &project(webhook, ""),
        answer(200, &[ANY, CONTENT_TYPE], ""),
        Some(answer(200, &[ANY, JSON_BODY], "{}")),
    );
    assert_eq!(visit.level(), Level::Fine);
    let post = &asked[1];
    assert!(post.url.ends_with("/submissions/v3/integration/submit/77/319478e5-e5fd-4d39-9d13-fc1f90bf46da"));
    let body: serde_json::Value = serde_json::from_str(post.body.as_deref().unwrap()).unwrap();
    let names: Vec<&str> =
        body["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 4);
    assert!(names.contains(&"firstname") && !names.iter().any(|name| name.starts_with("lead_")));
    let consent = &body["legalConsentOptions"]["consent"];
    assert_eq!((&consent["consentToProcess"], &consent["text"]), (&true.into(), &"You may ring.".into()));
    assert_eq!(
        consent["communications"],
        serde_json::json!([{"value": false, "subscriptionTypeId": 5, "text": "Send news."}])
    );
}

#[test]
fn salesforce_keeps_its_secrets() {
    let webhook = "kind: salesforce, oid: 00D000000000001";
    let (visit, asked) = found(
        &project(webhook, ""),
        answer(405, &[], ""),
        Some(answer(200, &[("content-type", "text/html")], "")),
    );
    assert_eq!((codes(&visit), visit.readable), (vec!["opaque", "accepted"], Ternary::No));
    let body = asked[1].body.as_deref().unwrap();
    assert!(body.starts_with("oid=00D000000000001&retURL=https%3A%2F%2F"), "{body}");
    assert!(
        body.contains("&last_name=ringback+doctor") && body.contains("email=ringback.doctor%40example.com"),
        "{body}"
    );
}

#[test]
fn a_form_gets_one_name_for_each_value() {
    let webhook = "kind: form, url: https://post.example/f, map: {email: _replyto, lead_id: ref}";
    let (_, asked) = found(&project(webhook, ""), answer(405, &[], ""), Some(answer(200, &[ANY], "")));
    let body = asked[1].body.as_deref().unwrap();
    for part in [
        "_replyto=ringback.doctor%40example.com",
        "ref=lead_",
        "lead_test=true",
        "lead_form=guide",
        "page_lang=en",
        "consent_contact=true",
        "when=morning",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
}
