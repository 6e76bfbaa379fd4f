//! The published schema of leads: what it takes, and what not. `doctor` holds a test lead against it.

use serde_json::{Value, json};

use crate::support::schema::Schema;

/// A lead as `lead.js` sends it, with everything that there can be.
fn lead() -> Value {
    json!({
        "type": "lead.submitted", "version": 1, "id": "lead_01JD9V3T5R8Q2W4E6Y7A9S1D3F",
        "timestamp": "2026-11-22T09:30:00Z",
        "data": {
            "form": "guide", "gate": "empty-crm",
            "fields": {
                "full_name": "Kim «<script>» 🌊", "email": "kim+crm@xn--blbr-roah.example", "phone": "+4670123456",
                "seats": 12.5, "terms": true, "when": ["morning", "after-17"], "lead_source": "website",
            },
            "page": {
                "url": "https://fjord.example/insights/empty-crm/", "title": "Eight reasons", "lang": "pt-br",
                "section": "insights", "stage": "convert", "persona": ["sales-manager"],
            },
            "consent": [{"id": "contact", "given": true, "version": null, "lang": "en", "text_sha256": "0".repeat(64)}],
            "attribution": {
                "rep": "ola-dahl",
                "first": {"landing": "https://fjord.example/", "utm_source": "linkedin", "referrer": "https://www.linkedin.com/feed/"},
                "last": {"landing": "https://fjord.example/insights/empty-crm/"},
            },
            "meta": {"elapsed_ms": 23110, "queued_ms": 0, "attempt": 1},
        },
    })
}

#[test]
fn leads_are_leads() {
    let schema = Schema::of_leads();
    schema.assert(&lead());
    let mut least = lead();
    least["data"]["gate"] = Value::Null;
    least["data"]["attribution"] = json!({});
    least["data"]["consent"] = json!([]);
    least["data"]["fields"] = json!({"phone": "070-123 45 67"});
    for name in ["section", "stage"] {
        least["data"]["page"][name] = Value::Null;
    }
    least["data"]["page"]["persona"] = json!([]);
    schema.assert(&least);
    let mut test = lead();
    test["test"] = json!(true);
    schema.assert(&test);
}

#[test]
fn nothing_else_is() {
    let schema = Schema::of_leads();
    for (path, value) in [
        ("/type", json!("lead")),
        ("/version", json!(2)),
        ("/id", json!("lead_1")),
        ("/id", json!("lead_01JD9V3T5R8Q2W4E6Y7A9S1D3I")),
        ("/timestamp", json!("2026-11-22T09:30:00.123Z")),
        ("/timestamp", json!("2026-11-22T09:30:00+01:00")),
        ("/test", json!(false)),
        ("/extra", json!(1)),
        ("/data/form", json!("")),
        ("/data/extra", json!(1)),
        ("/data/fields/terms", json!(false)),
        ("/data/fields/company", json!("")),
        ("/data/fields/when", json!([])),
        ("/data/fields/address", json!({"city": "Oslo"})),
        ("/data/page/lang", json!("EN")),
        ("/data/page/url", json!("/insights/")),
        ("/data/page/extra", json!(1)),
        ("/data/consent/0/given", json!("yes")),
        ("/data/consent/0/text_sha256", json!("0".repeat(63))),
        ("/data/consent/0/text", json!("You may contact me.")),
        ("/data/attribution/rep", json!("a b")),
        ("/data/attribution/first/gclid", json!({"id": "x"})),
        ("/data/attribution/first/a parameter", json!("x")),
        ("/data/meta/attempt", json!(0)),
        ("/data/meta/elapsed_ms", json!(1.5)),
    ] {
        let mut wrong = lead();
        let (parent, name) = path.rsplit_once('/').expect("a path");
        wrong.pointer_mut(parent).expect("it is there")[name] = value;
        assert!(schema.problem(&wrong).is_some(), "{path} of {wrong:#}");
    }
    for path in [
        "/id",
        "/data/gate",
        "/data/page/stage",
        "/data/consent/0/given",
        "/data/attribution/last",
        "/data/meta/attempt",
    ] {
        let mut wrong = lead();
        let (parent, name) = path.rsplit_once('/').expect("a path");
        wrong.pointer_mut(parent).and_then(Value::as_object_mut).expect("it is there").remove(name);
        assert!(schema.problem(&wrong).is_some(), "without {path}");
    }
}

/// The script and the schema name the same things; whoever changes one is reminded of the other.
#[test]
fn the_script_sends_what_the_schema_describes() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("it is there");
    let modules = ["attribution", "deliver", "make-lead"];
    let script = modules.map(|name| read(&format!("src/leads/forms/client/{name}.js"))).concat();
    let schema: Value = serde_json::from_str(&read("docs/lead.schema.json")).expect("JSON");
    let mut names = Vec::new();
    collect(&schema, &mut names);
    // A test lead and a marked one are doctor's, and what a visitor confirms is the relay's; these come from the configuration in the page, the last as parts of one expression.
    let elsewhere = [
        "test",
        "canary",
        "confirmation",
        "url",
        "title",
        "lang",
        "section",
        "stage",
        "persona",
        "series",
        "text_sha256",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
    ];
    let is_missing = |name: &&String| !elsewhere.contains(&name.as_str()) && !script.contains(name.as_str());
    assert_eq!(names.iter().filter(is_missing).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(script.contains("/^utm_(source|medium|campaign|term|content)$/"));
}

fn collect(schema: &Value, names: &mut Vec<String>) {
    for (key, value) in schema.as_object().into_iter().flatten() {
        if key == "properties" {
            names.extend(value.as_object().expect("a map").keys().cloned());
        }
        collect(value, names);
    }
}

/// The first fenced block of `docs/content/leads.md` in a language.
pub(crate) fn documented(language: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/leads.md");
    let text = std::fs::read_to_string(path).expect("it is there");
    let (_, rest) = text.split_once(&format!("\n```{language}\n")).expect("a block");
    rest.split_once("\n```").expect("its end").0.to_string()
}

#[test]
fn the_documented_lead_is_one() {
    Schema::of_leads().assert(&serde_json::from_str(&documented("json")).expect("JSON"));
}
