//! What people read of a lead, in a channel or an email.

use serde_json::Value;

use super::Lead;

/// A line of a message: what it is, and what was said.
pub(super) type Fact = (String, String);

/// What it is: the form, or the outcome of a call.
pub(super) fn title(lead: &Lead) -> String {
    let data = &lead.json["data"];
    let test = if lead.json["test"] == true { "Test: " } else { "" };
    match data["outcome"]["label"].as_str() {
        Some(outcome) => {
            let script = data["script"]["title"].as_str().unwrap_or_default();
            format!("{test}Call: {outcome} ({script})")
        }
        None => {
            let form = if lead.labels.form.is_empty() { &lead.form } else { &lead.labels.form };
            format!("{test}{form}")
        }
    }
}

/// What somebody has to know: the answers, where they were given, and what was agreed to.
pub(super) fn facts(lead: &Lead) -> Vec<Fact> {
    let data = &lead.json["data"];
    let mut facts: Vec<Fact> = Vec::new();
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            facts.push((name.to_string(), value));
        }
    };
    let given = lead.answers();
    let known = &lead.labels.fields;
    known.iter().for_each(|(id, label)| add(label, given.get(id).map(value_text).unwrap_or_default()));
    let others = given.iter().filter(|(id, _)| known.iter().all(|(own, _)| own != *id));
    others.for_each(|(id, value)| add(id, value_text(value)));
    add("Note", value_text(&data["note"]));
    add("Page", value_text(&data["page"]["url"]));
    add("Rep", value_text(&data["attribution"]["rep"]));
    add("Source", value_text(&data["attribution"]["last"]["utm_source"]));
    let consents = data["consent"].as_array().into_iter().flatten().filter(|one| one["given"] == true);
    add("Agreed to", consents.map(|one| value_text(&one["id"])).collect::<Vec<_>>().join(", "));
    facts
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "✓".to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(value_text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
