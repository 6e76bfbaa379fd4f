//! A form as a page has it, filled in.

use serde_json::{Map, Value, json};

/// A lead that the first form of a page would send, with everything that it requires.
#[track_caller]
pub(crate) fn lead(page: &str) -> Value {
    let json = page.split("data-lead-config>").nth(1).and_then(|rest| rest.split("</script>").next());
    let form: Value = serde_json::from_str(json.expect("a form")).expect("JSON");
    let list = |key: &str| form[key].as_array().expect("a list").clone();
    let answer = |field: &Value| {
        let answer = match field["type"].as_str().expect("a type") {
            "email" => json!("kim@example.org"),
            "tel" => json!("+46 8 465 004 10"),
            "url" => json!("https://example.org/"),
            "number" => json!(3),
            "checkbox" => json!(true),
            _ => json!("Kim Berg"),
        };
        (field["id"].as_str().expect("an id").to_string(), answer)
    };
    let fields: Map<String, Value> =
        list("fields").iter().filter(|field| field["required"] == true).map(answer).collect();
    let receipt = |consent: &Value| {
        json!({
            "id": consent["id"], "given": true, "version": consent["version"], "lang": consent["lang"],
            "text_sha256": consent["text_sha256"],
        })
    };
    json!({
        "type": "lead.submitted", "version": 1, "id": "lead_01JD0000000000000000000000",
        "timestamp": "2026-11-22T09:30:00Z",
        "data": {
            "form": form["form"], "gate": form["gate"], "fields": fields, "page": form["page"],
            "consent": list("consent").iter().map(receipt).collect::<Vec<_>>(),
            "attribution": {}, "meta": {"elapsed_ms": 9000, "queued_ms": 0, "attempt": 1},
        },
    })
}
