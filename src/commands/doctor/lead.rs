//! The test lead, and the bodies that the forms' `client/bodies.js` would make of it. A change there is a change here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::commands::receivers::WebhookUse;
use crate::config::{Hubspot, Webhook, WebhookKind};
use crate::content::form::{Consent, Field, FieldKind, Form};
use crate::encode::percent;
use crate::leads::forms::lead::{sent_as, text_hash};

/// JSON that needs no preflight.
pub(super) const PLAIN: &str = "text/plain";
/// JSON.
pub(super) const JSON: &str = "application/json";
/// As browsers send forms.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Who is in a test lead.
const NAME: &str = "ringback doctor";
const EMAIL: &str = "ringback.doctor@example.com";
/// One of the numbers that are kept free for stories.
const PHONE: &str = "+12025550143";
const MESSAGE: &str = "This is a test by ringback doctor. Nobody is waiting; please delete it.";

/// A test lead as one form sends it.
#[derive(Debug)]
pub(super) struct Lead {
    pub(super) id: String,
    pub(super) form: String,
    /// The gate that it asks for.
    pub(super) gate: Option<String>,
    json: Value,
    texts: BTreeMap<String, String>,
    page: String,
    title: String,
    /// Where a receiver that shows a page of its own sends the visitor afterwards.
    back: String,
    born: i64,
}

/// A test lead for a receiver: of the form whose gate waits for its answer, else of its first form. None where no form
/// sends there.
pub(super) fn test(receiver: &WebhookUse, now: Timestamp) -> Option<Lead> {
    let waiting = receiver.gates.first();
    let asked = |form: &&Form| waiting.is_none_or(|waiting| waiting.form == form.id);
    let form = receiver.forms().find(asked)?;
    let config = &receiver.content.config;
    let lang = config.default_language;
    let fields: Map<String, Value> =
        form.fields.iter().filter_map(|field| Some((field.id.value.clone(), value(field)?))).collect();
    let text = |consent: &Consent| config.text(&consent.text, lang).trim().to_string();
    let receipt = |consent: &Consent| {
        json!({
            "id": consent.id.value, "version": consent.version, "lang": config.languages[lang].code,
            "text_sha256": text_hash(&text(consent)), "given": consent.required,
        })
    };
    let id = format!("lead_{}", ulid(now)?);
    let title = config.text(&config.title, lang).to_string();
    let gate = waiting.map(|waiting| waiting.gate.clone());
    let json = json!({
        "type": "lead.submitted", "version": 1, "id": id, "timestamp": format!("{now:.0}"), "test": true,
        "data": {
            "form": form.id, "gate": gate, "fields": fields,
            "page": {
                "url": receiver.home, "title": title, "lang": config.languages[lang].code,
                "section": null, "stage": null, "persona": [],
            },
            "consent": form.consent.iter().map(receipt).collect::<Vec<_>>(),
            "attribution": {},
            "meta": {"elapsed_ms": 0, "queued_ms": 0, "attempt": 1},
        },
    });
    let texts = form.consent.iter().map(|consent| (consent.id.value.clone(), text(consent))).collect();
    let page = receiver.home.clone();
    let born = now.as_millisecond();
    Some(Lead { id, form: form.id.clone(), gate, json, texts, back: page.clone(), page, title, born })
}

/// An answer that says what it is, where there is room for it.
fn value(field: &Field) -> Option<Value> {
    let first = field.options.first().map(|option| option.id.value.as_str());
    Some(match field.kind {
        FieldKind::Email => json!(EMAIL),
        FieldKind::Tel => json!(PHONE),
        FieldKind::Url => json!("https://example.com/"),
        FieldKind::Number => {
            let least = field.limits.min.as_deref().or(field.limits.max.as_deref());
            // A whole number has no point, as in JavaScript.
            let least: Option<serde_json::Number> = least.and_then(|number| number.parse().ok());
            json!(least.unwrap_or_else(|| 1.into()))
        }
        FieldKind::Date => json!(field.limits.min.as_deref().unwrap_or("2026-01-31")),
        FieldKind::Textarea => json!(MESSAGE),
        FieldKind::Choice => json!(first?),
        FieldKind::Choices => json!([first?]),
        FieldKind::Checkbox => json!(true),
        FieldKind::Hidden => json!(field.value.as_deref()?),
        FieldKind::Text => json!(match field.id.value.as_str() {
            "first_name" => "ringback",
            "last_name" => "doctor",
            _ => NAME,
        }),
    })
}

/// 48 bits of time and 80 random ones, in Crockford's base 32.
fn ulid(now: Timestamp) -> Option<String> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).ok()?;
    let time = u64::try_from(now.as_millisecond()).unwrap_or_default();
    let of_time = (0..10).rev().map(|place| (time >> (5 * place)) & 31);
    let numbers = of_time.chain(random.iter().map(|byte| u64::from(byte & 31)));
    let letter = |number: u64| {
        let at = usize::try_from(number).unwrap_or_default();
        char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[at])
    };
    Some(numbers.map(letter).collect())
}

/// What is sent: its type and body.
pub(super) fn encoded(receiver: &WebhookUse, lead: &Lead) -> (&'static str, String) {
    body(&receiver.webhook, lead)
}

/// The lead of a visitor, as the kind `json` sends it without other names; `texts` are the words of the form's
/// consents. None where it is no lead.
pub(super) fn of_visitor(json: Value, texts: &dyn Fn(&str) -> String, back: &str) -> Option<Lead> {
    let data = &json["data"];
    data["fields"].as_object()?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let consents = data["consent"].as_array().into_iter().flatten().map(|receipt| text(&receipt["id"]));
    let born: Timestamp = json["timestamp"].as_str()?.parse().ok()?;
    Some(Lead {
        id: text(&json["id"]),
        form: text(&data["form"]),
        gate: data["gate"].as_str().map(str::to_string),
        texts: consents.map(|id| (id.clone(), texts(&id))).collect(),
        page: text(&data["page"]["url"]),
        title: text(&data["page"]["title"]),
        back: back.to_string(),
        born: born.as_millisecond(),
        json,
    })
}

/// What a webhook is sent of a lead: its type and body.
pub(super) fn body(webhook: &Webhook, lead: &Lead) -> (&'static str, String) {
    let body = match &webhook.kind {
        WebhookKind::Json { .. } => renamed(webhook, lead).to_string(),
        WebhookKind::Form => percent::form(&flat(webhook, lead)),
        WebhookKind::Hubspot(hubspot) => for_hubspot(webhook, hubspot, lead).to_string(),
        WebhookKind::Salesforce { oid } => {
            let mut fields =
                vec![("oid".to_string(), oid.clone()), ("retURL".to_string(), lead.back.clone())];
            fields.extend(mapped(webhook, lead).into_iter().map(|(name, value)| {
                let most = match name.as_str() {
                    "last_name" => 80,
                    "company" | "first_name" => 40,
                    _ => usize::MAX,
                };
                (name, value.chars().take(most).collect())
            }));
            percent::form(&fields)
        }
    };
    (super::encoding(&webhook.kind), body)
}

/// The lead with the receiver's names for its fields.
fn renamed(webhook: &Webhook, lead: &Lead) -> Value {
    let mut whole = lead.json.clone();
    let mut fields: Map<String, Value> =
        webhook.add.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    for (id, value) in fields_of(lead) {
        fields.insert(sent_as(webhook, id).to_string(), value.clone());
    }
    whole["data"]["fields"] = Value::Object(fields);
    whole
}

fn fields_of(lead: &Lead) -> &Map<String, Value> {
    lead.json["data"]["fields"].as_object().expect("it was made of a map")
}

/// One name for each value.
fn flat(webhook: &Webhook, lead: &Lead) -> Vec<(String, String)> {
    let data = &lead.json["data"];
    let mut all = Vec::new();
    for name in ["type", "version", "id", "timestamp", "test"] {
        put(&format!("lead_{name}"), &lead.json[name], &mut all);
    }
    put("lead_form", &data["form"], &mut all);
    put("lead_gate", &data["gate"], &mut all);
    for name in ["page", "attribution", "meta"] {
        put(name, &data[name], &mut all);
    }
    for consent in data["consent"].as_array().into_iter().flatten() {
        let name = format!("consent_{}", consent["id"].as_str().unwrap_or_default());
        put(&name, &consent["given"], &mut all);
        for part in ["version", "lang", "text_sha256"] {
            put(&format!("{name}_{part}"), &consent[part], &mut all);
        }
    }
    let mut given = Vec::new();
    for (id, value) in fields_of(lead) {
        put(id, value, &mut given);
    }
    let renamed = |(name, value): (String, String)| (sent_as(webhook, &name).to_string(), value);
    let mut named: Vec<(String, String)> = Vec::new();
    all.into_iter().map(renamed).for_each(|pair| set(pair, 0, &mut named));
    // What was filled in never stands in the place of what the lead itself says, and what is added in that of neither.
    let own = named.len();
    given.into_iter().map(renamed).for_each(|pair| set(pair, own, &mut named));
    let add = webhook.add.iter().map(|(name, value)| (name.clone(), value.clone()));
    let fixed = named.len();
    add.for_each(|pair| set(pair, fixed, &mut named));
    named
}

/// Gives a name a value, unless it is one of the first `fixed` that have one.
fn set((name, value): (String, String), fixed: usize, named: &mut Vec<(String, String)>) {
    match named.iter().position(|(known, _)| *known == name) {
        Some(at) if at < fixed => {}
        Some(at) => named[at].1 = value,
        None => named.push((name, value)),
    }
}

fn put(name: &str, value: &Value, all: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(parts) => {
            parts.iter().for_each(|(part, value)| put(&format!("{name}_{part}"), value, all))
        }
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            all.push((name.to_string(), items.join(", ")));
        }
        Value::String(text) => all.push((name.to_string(), text.clone())),
        other => all.push((name.to_string(), other.to_string())),
    }
}

/// The answers under the receiver's names, with what else of the lead `map` names.
fn mapped(webhook: &Webhook, lead: &Lead) -> Vec<(String, String)> {
    let ids = fields_of(lead).keys().map(|id| sent_as(webhook, id));
    let names: Vec<&str> = ids
        .chain(webhook.map.values().map(String::as_str))
        .chain(webhook.add.keys().map(String::as_str))
        .collect();
    flat(webhook, lead).into_iter().filter(|(name, _)| names.contains(&name.as_str())).collect()
}

fn for_hubspot(webhook: &Webhook, hubspot: &Hubspot, lead: &Lead) -> Value {
    let field =
        |(name, value): (String, String)| json!({"objectTypeId": "0-1", "name": name, "value": value});
    let fields: Vec<Value> = mapped(webhook, lead).into_iter().map(field).collect();
    let mut body = json!({
        "submittedAt": lead.born,
        "fields": fields,
        "context": {"pageUri": lead.page, "pageName": lead.title},
    });
    let receipts: Vec<&Value> = lead.json["data"]["consent"].as_array().into_iter().flatten().collect();
    let id = |receipt: &Value| receipt["id"].as_str().unwrap_or_default().to_string();
    let given: Vec<String> = receipts.iter().filter(|one| one["given"] == true).map(|one| id(one)).collect();
    let basis: Vec<&String> = given.iter().filter(|id| !hubspot.subscriptions.contains_key(*id)).collect();
    let shown: Vec<&String> = if basis.is_empty() { given.iter().collect() } else { basis };
    let text = shown.iter().map(|id| lead.texts[*id].as_str()).collect::<Vec<_>>().join(" ");
    let communication = |receipt: &&Value| {
        let kind = hubspot.subscriptions.get(&id(receipt))?;
        Some(json!({"value": receipt["given"], "subscriptionTypeId": kind, "text": lead.texts[&id(receipt)]}))
    };
    let communications: Vec<Value> = receipts.iter().filter_map(communication).collect();
    if !receipts.is_empty() {
        body["legalConsentOptions"] = json!({"consent": {
            "consentToProcess": !text.is_empty(), "text": text, "communications": communications,
        }});
    }
    body
}
