//! What each kind of receiver gets, field by field.

use serde_json::{Value, json};

use super::{START, Stage, Visitor, assert_valid};

/// Everything answered, and news wanted or not.
fn answer_all(visitor: &Visitor<'_>, path: &str, wants_news: bool) {
    visitor.open_anew(path);
    visitor.page.js("document.cookie = 'hubspotutk=abc123'", &[]);
    visitor.fill();
    visitor.paste("phone", "08-465 004 10");
    visitor.page.find("[data-field=when] input[value=evening]").click();
    visitor.paste("seats", "12.5");
    visitor.paste("message", "  First line \n\n& a = b, “quoted”; åäö  ");
    if wants_news {
        visitor.agree("news");
    }
    visitor.send();
}

fn answers() -> Value {
    json!({
        "name": "Kim Berg", "email": "kim@fjord-works.example", "company": "Fjord Works", "phone": "+46846500410",
        "when": "evening", "seats": 12.5, "message": "First line \n\n& a = b, “quoted”; åäö",
    })
}

fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort_unstable();
    pairs
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    sorted(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
}

#[test]
fn json_plain_and_with_a_preflight() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    answer_all(&visitor, "/crm/", true);
    visitor.until("confirmed");
    let post = stage.receiver.only();
    assert!(!stage.receiver.was_asked());
    assert_eq!((post.path.as_str(), post.header("content-type")), ("/crm", Some("text/plain")));
    // A page of another site may send these without asking first, and nothing else.
    let own = ["authorization", "cookie", "x-requested-with", "idempotency-key"];
    assert!(own.iter().all(|name| post.header(name).is_none()), "{:?}", post.headers);
    let lead = post.lead();
    assert_valid(&lead);
    assert_eq!(lead["timestamp"], "2026-11-22T09:30:03Z");
    let data = &lead["data"];
    assert_eq!(data["fields"], answers());
    let page = json!({
        "url": "https://fjord.example/crm/", "title": "Write to us", "lang": "en", "section": "pages", "stage": null, "persona": [],
    });
    assert_eq!((&data["form"], &data["gate"], &data["page"]), (&json!("crm"), &Value::Null, &page));
    assert_eq!(data["meta"], json!({"elapsed_ms": 3000, "queued_ms": 0, "attempt": 1}));
    assert_eq!(data["attribution"], json!({}));

    answer_all(&visitor, "/strict/", false);
    visitor.until("confirmed");
    assert!(stage.receiver.was_asked());
    let post = stage.receiver.only();
    assert_eq!((post.path.as_str(), post.header("content-type")), ("/strict", Some("application/json")));
    assert_valid(&post.lead());
    let mut expected = answers();
    expected["full_name"] = expected["name"].take();
    expected["lead_source"] = json!("website");
    expected.as_object_mut().expect("an object").remove("name");
    assert_eq!(post.fields(), expected);
    visitor.page.assert_no_errors();
}

#[test]
fn a_plain_form() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    answer_all(&visitor, "/plain/", true);
    visitor.until("confirmed");
    let post = stage.receiver.only();
    assert_eq!(post.header("content-type"), Some("application/x-www-form-urlencoded"));
    let mut got = post.pairs();
    let at = got.iter().position(|(name, _)| name == "lead_id").expect("an id");
    let (_, id) = got.remove(at);
    assert!(id.starts_with("lead_") && id.len() == 31, "{id}");
    got.retain(|(name, value)| !(name.ends_with("_text_sha256") && value.len() == 64));
    let expected = pairs(&[
        ("full_name", "Kim Berg"),
        ("email", "kim@fjord-works.example"),
        ("company", "Fjord Works"),
        ("phone", "+46846500410"),
        ("when", "evening"),
        ("seats", "12.5"),
        ("message", "First line \n\n& a = b, “quoted”; åäö"),
        ("lead_source", "website"),
        ("lead_type", "lead.submitted"),
        ("lead_version", "1"),
        ("lead_timestamp", "2026-11-22T09:30:03Z"),
        ("lead_form", "plain"),
        ("page_url", "https://fjord.example/plain/"),
        ("page_title", "Write to us"),
        ("page_lang", "en"),
        ("page_section", "pages"),
        ("page_persona", ""),
        ("consent_contact", "true"),
        ("consent_contact_version", "2026-11"),
        ("consent_contact_lang", "en"),
        ("consent_news", "true"),
        ("consent_news_version", "2026-10"),
        ("consent_news_lang", "en"),
        ("meta_elapsed_ms", "3000"),
        ("meta_queued_ms", "0"),
        ("meta_attempt", "1"),
    ]);
    assert_eq!(sorted(got), expected);
    visitor.page.assert_no_errors();
}

#[test]
fn hubspot() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    for wants_news in [true, false] {
        answer_all(&visitor, "/hubspot/", wants_news);
        visitor.until("confirmed");
        let post = stage.receiver.only();
        assert_eq!(
            post.path,
            "/submissions/v3/integration/submit/1234567/319478e5-e5fd-4d39-9d13-fc1f90bf46da"
        );
        assert_eq!(post.header("content-type"), Some("application/json"));
        let mut body = post.lead();
        let fields = body["fields"].take();
        let field = |field: &Value| {
            assert_eq!(field["objectTypeId"], "0-1", "contacts");
            let text = |key: &str| field[key].as_str().expect("HubSpot takes texts alone").to_string();
            (text("name"), text("value"))
        };
        let mut got: Vec<_> = fields.as_array().expect("a list").iter().map(field).collect();
        let id = got.iter().position(|(name, _)| name == "ringback_id").expect("what `map` names");
        assert!(got.remove(id).1.starts_with("lead_"));
        let expected = pairs(&[
            ("firstname", "Kim Berg"),
            ("email", "kim@fjord-works.example"),
            ("company_name", "Fjord Works"),
            ("phone", "+46846500410"),
            ("when", "evening"),
            ("seats", "12.5"),
            ("message", "First line \n\n& a = b, “quoted”; åäö"),
            ("landing", "https://fjord.example/hubspot/"),
            ("lead_source", "website"),
        ]);
        assert_eq!(sorted(got), expected);
        let expected = json!({
            "submittedAt": body["submittedAt"],
            "fields": null,
            "context": {"pageUri": "https://fjord.example/hubspot/", "pageName": "Write to us"},
            "legalConsentOptions": {"consent": {
                "consentToProcess": true,
                "text": "You may “contact” me.",
                "communications": [{"value": wants_news, "subscriptionTypeId": 4567, "text": "Send me news."}],
            }},
        });
        assert_eq!(body, expected);
        assert!(body["submittedAt"].as_u64() >= Some(START + 3000));
    }
    // HubSpot refuses a time that is long ago.
    visitor.fill_and_send("/hubspot/", [super::receiver::Reply::Status(503)]);
    visitor.until("waiting");
    visitor.later(2 * 86_400_000);
    visitor.is_online_again();
    visitor.until("confirmed");
    assert_eq!(stage.receiver.wait_for(2)[1].lead().get("submittedAt"), None);
    visitor.assert_only_the_network_failed();
}

#[test]
fn salesforce() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    answer_all(&visitor, "/salesforce/", true);
    visitor.until("sent");
    assert!(
        visitor.status().starts_with("It has been sent. We can’t tell from here"),
        "{}",
        visitor.status()
    );
    let post = stage.receiver.only();
    assert_eq!(post.path, "/web-to-lead");
    assert_eq!(post.header("content-type"), Some("application/x-www-form-urlencoded"));
    let expected = pairs(&[
        ("oid", "00D000000000001"),
        ("retURL", "https://fjord.example/thanks/salesforce/"),
        ("last_name", "Kim Berg"),
        ("email", "kim@fjord-works.example"),
        ("company", "Fjord Works"),
        ("phone", "+46846500410"),
        ("when", "evening"),
        ("seats", "12.5"),
        ("description", "First line \n\n& a = b, “quoted”; åäö"),
        ("lead_source", "Web"),
        ("00N000000000001", "true"),
    ]);
    assert_eq!(sorted(post.pairs()), expected);

    // What is longer would be refused there, all of it.
    visitor.open_anew("/salesforce/");
    visitor.fill();
    visitor.paste("name", &"🙂".repeat(90));
    visitor.paste("company", &"C".repeat(50));
    visitor.send();
    visitor.until("sent");
    let got = stage.receiver.only().pairs();
    let value = |name: &str| got.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    assert_eq!(value("last_name"), Some("🙂".repeat(80)));
    assert_eq!(value("company"), Some("C".repeat(40)));
    visitor.page.assert_no_errors();
}
