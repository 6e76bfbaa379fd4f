//! The published schema of how calls end: what it takes, and what not. The browser's tests hold real calls against it.

use serde_json::{Value, json};

use crate::support::schema::Schema;

/// A call as `script.js` sends it, with everything that there can be.
fn call() -> Value {
    json!({
        "type": "call.outcome", "version": 1, "id": "call_01JD9V3T5R8Q2W4E6Y7A9S1D3F", "timestamp": "2026-11-22T09:32:00Z",
        "data": {
            "script": {"url": "https://team.fjord.example/scripts/opener/", "title": "Opener", "lang": "en", "key": "scripts/opener"},
            "outcome": {"id": "callback", "label": "Ring again", "text": "They name a time"},
            "answers": [{"question": "Which day?", "answer": "Friday"}, {"question": "Why, then?", "answer": ""}],
            "path": [{"script": "Opener", "step": "opener", "title": "Opener", "answer": "“No, not now”", "at_s": 12}],
            "objections": [
                {"script": "Opener", "id": "objection-no-time", "title": "No time", "reply": {"id": "reply-1-ask", "title": "Ask"}, "answer": "A time", "at_s": 20},
                {"script": "Opener", "id": "objection-price", "title": "Price", "reply": null, "answer": "“Opener” again", "at_s": 31},
            ],
            "sent": [{"kind": "page", "title": "The guide", "url": "https://fjord.example/insights/guide/?via=ola-dahl", "at_s": 40}],
            "score": {"value": 40, "band": "warm", "label": "Warm"},
            "spoken_defaults": {"minutes": "5"},
            "owner": {"id": "ola-dahl", "name": "Ola Dahl", "email": "ola@fjord.example"},
            "contact_ids": {"hs_contact_id": "501"}, "attempt": 2, "attempt_of": 3, "reached": false, "revision": 2,
            "referral": "call_01JD9V3T5R8Q2W4E6Y7A9S1D3G",
            "recommended_by": {"name": "Kim Berg", "call": "call_01JD9V3T5R8Q2W4E6Y7A9S1D3H"}, "ended": "2026-11-22T09:31:35Z",
            "placeholders": {"first_name": "Kim «<b>» 🌊", "lead_source": "phone"},
            "fields": {"authority": "recommends", "employees": 40},
            "notes": "Likes fish.\nAnd more.", "rep": "ola-dahl",
            "started": "2026-11-22T09:30:00Z", "duration_s": 95, "budget_s": 150, "promised": "2026-11-27T09:00:00Z",
            "note": "Ring again (Opener)", "meta": {"queued_ms": 0, "attempt": 1},
        },
    })
}

#[test]
fn calls_are_calls() {
    let schema = Schema::of_calls();
    schema.assert(&call());
    let mut least = call();
    for name in [
        "rep",
        "score",
        "owner",
        "attempt",
        "attempt_of",
        "referral",
        "recommended_by",
        "budget_s",
        "promised",
    ] {
        least["data"][name] = Value::Null;
    }
    for name in ["answers", "path", "objections", "sent"] {
        least["data"][name] = json!([]);
    }
    least["data"]["placeholders"] = json!({});
    for name in ["fields", "spoken_defaults", "contact_ids"] {
        least["data"][name] = json!({});
    }
    least["data"]["notes"] = json!("");
    schema.assert(&least);
}

#[test]
fn nothing_else_is() {
    let schema = Schema::of_calls();
    for (path, value) in [
        ("/type", json!("lead.submitted")),
        ("/version", json!(2)),
        ("/id", json!("lead_01JD9V3T5R8Q2W4E6Y7A9S1D3F")),
        ("/timestamp", json!("2026-11-22T09:32:00.123Z")),
        ("/extra", json!(1)),
        ("/data/extra", json!(1)),
        ("/data/script/url", json!("/scripts/opener/")),
        ("/data/outcome/id", json!("")),
        ("/data/answers/0/answer", Value::Null),
        ("/data/path/0/at_s", json!(1.5)),
        ("/data/placeholders/first_name", json!("")),
        ("/data/placeholders/first_name", json!({"a": 1})),
        ("/data/fields/authority", json!("")),
        ("/data/fields/authority", json!(["a"])),
        ("/data/fields/employees", json!(true)),
        ("/data/rep", json!("<img>")),
        ("/data/owner/id", json!("<img>")),
        ("/data/owner/phone", json!("+46")),
        ("/data/contact_ids/hs_contact_id", json!("")),
        ("/data/attempt", json!(0)),
        ("/data/attempt_of", json!(0)),
        ("/data/reached", Value::Null),
        ("/data/revision", json!(0)),
        ("/data/referral", json!("Kim")),
        ("/data/recommended_by/name", json!("")),
        ("/data/score/value", json!(1.5)),
        ("/data/score/band", json!("")),
        ("/data/ended", json!("2026-11-22T10:31")),
        ("/data/objections/0/reply", json!("Ask")),
        ("/data/objections/0/title", Value::Null),
        ("/data/sent/0/url", json!("/insights/guide/")),
        ("/data/sent/0/kind", json!("fax")),
        ("/data/spoken_defaults/minutes", json!(5)),
        ("/data/duration_s", json!(-1)),
        ("/data/promised", json!("2026-11-27T10:00")),
        ("/data/note", json!("")),
        ("/data/meta/attempt", json!(0)),
    ] {
        let mut wrong = call();
        let (parent, name) = path.rsplit_once('/').expect("a path");
        wrong.pointer_mut(parent).expect("it is there")[name] = value;
        assert!(schema.problem(&wrong).is_some(), "{path} of {wrong:#}");
    }
    for name in call()["data"].as_object().expect("a map").keys() {
        let mut wrong = call();
        wrong["data"].as_object_mut().expect("a map").remove(name);
        assert!(schema.problem(&wrong).is_some(), "without {name}");
    }
}

/// The script and the schema name the same things; whoever changes one is reminded of the other.
#[test]
fn the_script_sends_what_the_schema_describes() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("it is there");
    let modules = ["sales/calls/client/call-end", "sales/calls/client/call", "leads/forms/client/deliver"];
    let scripts = modules.map(|name| read(&format!("src/{name}.js"))).concat();
    let page = read("src/pages/call.rs");
    let missing = |name: &&String| ![&scripts, &page].iter().any(|text| text.contains(name.as_str()));
    let (all, mut names) = (call(), Vec::new());
    collect(&all, &mut names);
    assert!(names.len() > 30, "{names:?}");
    // These are made up by the example.
    names.retain(|name| {
        !["lead_source", "first_name", "authority", "employees", "minutes", "hs_contact_id"]
            .contains(&name.as_str())
    });
    assert_eq!(names.iter().filter(missing).collect::<Vec<_>>(), Vec::<&String>::new());
}

fn collect(value: &Value, names: &mut Vec<String>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        names.push(name.clone());
        collect(inner, names);
    }
    value.as_array().into_iter().flatten().for_each(|inner| collect(inner, names));
}

#[test]
fn the_documented_call_is_one() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/calls.md");
    let text = std::fs::read_to_string(path).expect("it is there");
    let (_, rest) = text.split_once("\n```json\n").expect("a block");
    let json = rest.split_once("\n```").expect("its end").0;
    Schema::of_calls().assert(&serde_json::from_str(json).expect("JSON"));
}
