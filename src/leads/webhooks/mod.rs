//! What each kind of webhook is sent of a lead: the bodies that the forms' `client/bodies.js` makes in browsers. A change
//! there is a change here; a test runs both. `doctor`, the inbox of `serve` and the relay send these.

mod chat;
mod crm;
mod email;
mod facts;
mod sheet;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::config::{Hubspot, Webhook, WebhookKind, reserved};
use crate::encode::percent;
use crate::leads::forms::lead::sent_as;

pub use crm::{Contact, contact, note, salesforce_lead};
pub use email::{LeadEmail, email};
pub use sheet::{columns as sheet_columns, row as sheet_row};

/// JSON that needs no preflight.
pub const PLAIN: &str = "text/plain";
/// The media type of JSON, for which browsers ask with a preflight.
pub const JSON: &str = "application/json";
/// The media type of a row in a table for spreadsheets.
pub const CSV: &str = "text/csv";
/// The media type of a form that browsers send by themselves.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// A lead, or what came of a call: `lead.submitted` or `call.outcome`, as their schemas have them.
#[derive(Debug)]
pub struct Lead {
    /// The id that the browser gave it, `lead_…` or `call_…`: the same however often it is sent.
    pub id: String,
    /// The form; empty for a call.
    pub form: String,
    /// The gate that it asks for.
    pub gate: Option<String>,
    json: Value,
    /// The words of its consents, by their ids.
    texts: BTreeMap<String, String>,
    /// What people read for its form and for each field.
    labels: Labels,
    page: String,
    title: String,
    /// Where a receiver that shows a page of its own sends the visitor afterwards.
    back: String,
    born: i64,
}

/// What people read for a form and its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// The form's title in the visitor's language.
    pub form: String,
    /// The fields' ids and labels, in the form's order.
    pub fields: Vec<(String, String)>,
}

/// The words that belong to a lead, which it doesn't have itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadTexts {
    /// Those of the form's consents, by their ids.
    pub consents: BTreeMap<String, String>,
    /// What people read for its form and for each field.
    pub labels: Labels,
    /// Where a receiver that shows a page of its own sends the visitor afterwards.
    pub back: String,
}

/// What nobody filled in. No lead is read without a map of answers, so it is never shown.
static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl Lead {
    /// Reads one as the kind `json` sends it without other names; `None` where it is none.
    #[must_use]
    pub fn read(json: Value, texts: LeadTexts) -> Option<Self> {
        let data = &json["data"];
        answers(data)?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let consents = data["consent"].as_array().into_iter().flatten().map(|receipt| text(&receipt["id"]));
        let words = |id: String| {
            let words = texts.consents.get(&id).cloned().unwrap_or_default();
            (id, words)
        };
        let born: Timestamp = json["timestamp"].as_str()?.parse().ok()?;
        Some(Self {
            id: text(&json["id"]),
            form: text(&data["form"]),
            gate: data["gate"].as_str().map(str::to_string),
            texts: consents.map(words).collect(),
            labels: texts.labels,
            page: text(&data["page"]["url"]),
            title: text(&data["page"]["title"]),
            back: texts.back,
            born: born.as_millisecond(),
            json,
        })
    }

    /// `lead` or `call`: how the names of what it says of itself begin where they are flat.
    fn kind(&self) -> &str {
        let name = self.json["type"].as_str().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    fn answers(&self) -> &Map<String, Value> {
        answers(&self.json["data"]).unwrap_or(&NOTHING)
    }
}

/// What somebody filled in: of a lead the fields, of a call the placeholders. What a call has found out is beside these.
fn answers(data: &Value) -> Option<&Map<String, Value>> {
    data["placeholders"].as_object().or_else(|| data["fields"].as_object())
}

/// What a webhook would be sent of a visitor's lead: its type and body. `json` is the lead as `docs/lead.schema.json` has
/// it. None where it is no lead.
#[must_use]
pub fn sent(webhook: &Webhook, json: &Value, texts: &LeadTexts) -> Option<(&'static str, String)> {
    Some(body(webhook, &Lead::read(json.clone(), texts.clone())?))
}

/// What a webhook is sent that tells a person something: its type and body; `None` for those that take nothing but leads.
#[must_use]
pub fn notice(webhook: &Webhook, text: &str) -> Option<(&'static str, String)> {
    let body = match &webhook.kind {
        WebhookKind::Chat(chat) => chat::notice(*chat, text),
        WebhookKind::Json { .. } | WebhookKind::File { .. } => {
            json!({"type": "relay.alert", "version": 1, "message": text})
        }
        WebhookKind::Email { .. } => return Some((PLAIN, text.to_string())),
        WebhookKind::Form
        | WebhookKind::Hubspot(_)
        | WebhookKind::HubspotCrm { .. }
        | WebhookKind::Salesforce { .. }
        | WebhookKind::SalesforceApi(_)
        | WebhookKind::Sheet { .. }
        | WebhookKind::Relay => return None,
    };
    Some((JSON, body.to_string()))
}

/// The encoding in which a webhook gets leads.
#[must_use]
pub fn encoding(kind: &WebhookKind) -> &'static str {
    match kind {
        WebhookKind::Json { preflight: false } => PLAIN,
        WebhookKind::Json { preflight: true }
        | WebhookKind::Hubspot(_)
        | WebhookKind::HubspotCrm { .. }
        | WebhookKind::SalesforceApi(_)
        | WebhookKind::Chat(_)
        | WebhookKind::File { .. }
        | WebhookKind::Relay => JSON,
        WebhookKind::Sheet { .. } => CSV,
        WebhookKind::Email { .. } => PLAIN,
        WebhookKind::Form | WebhookKind::Salesforce { .. } => FORM,
    }
}

/// An id that sorts by time (ULID): 48 bits of time and 80 of `random`, of which five of each byte count, in Crockford's
/// base 32.
#[must_use]
pub fn ulid_of(now: Timestamp, random: &[u8; 16]) -> String {
    let time = u64::try_from(now.as_millisecond()).unwrap_or_default();
    let of_time = (0..10).rev().map(|place| (time >> (5 * place)) & 31);
    let numbers = of_time.chain(random.iter().map(|byte| u64::from(byte & 31)));
    let letter = |number: u64| {
        let at = usize::try_from(number).unwrap_or_default();
        char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[at])
    };
    numbers.map(letter).collect()
}

/// A new one; `None` where the system has no random numbers.
#[must_use]
pub fn ulid(now: Timestamp) -> Option<String> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).ok()?;
    Some(ulid_of(now, &random))
}

/// What a webhook is sent of a lead: its type and body.
#[must_use]
pub fn body(webhook: &Webhook, lead: &Lead) -> (&'static str, String) {
    let body = match &webhook.kind {
        WebhookKind::Json { .. } | WebhookKind::File { .. } => renamed(webhook, lead).to_string(),
        WebhookKind::Relay => lead.json.to_string(),
        WebhookKind::Chat(chat) => chat::message(*chat, lead).to_string(),
        WebhookKind::HubspotCrm { .. } => {
            contact(webhook, lead).map(|contact| contact.upsert().to_string()).unwrap_or_default()
        }
        WebhookKind::SalesforceApi(_) => salesforce_lead(webhook, lead).to_string(),
        WebhookKind::Sheet { .. } => sheet::alone(webhook, lead),
        WebhookKind::Email { .. } => email(lead).text,
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
    (encoding(&webhook.kind), body)
}

/// The lead with the receiver's names for its fields.
fn renamed(webhook: &Webhook, lead: &Lead) -> Value {
    let mut whole = lead.json.clone();
    let mut fields: Map<String, Value> =
        webhook.add.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    for (id, value) in lead.answers() {
        fields.insert(sent_as(webhook, id).to_string(), value.clone());
    }
    let is_call = whole["data"]["placeholders"].is_object();
    if let Some(found) = whole["data"]["fields"].as_object().filter(|_| is_call) {
        let found = found.iter().map(|(id, value)| (sent_as(webhook, id).to_string(), value.clone()));
        whole["data"]["fields"] = Value::Object(found.collect());
    }
    whole["data"][if is_call { "placeholders" } else { "fields" }] = Value::Object(fields);
    whole
}

/// One name for each value.
fn flat(webhook: &Webhook, lead: &Lead) -> Vec<(String, String)> {
    let data = &lead.json["data"];
    let mut all = Vec::new();
    let kind = lead.kind();
    for name in ["type", "version", "id", "timestamp", "test"] {
        push_flat(&format!("{kind}_{name}"), &lead.json[name], &mut all);
    }
    push_flat(&format!("{kind}_form"), &data["form"], &mut all);
    push_flat(&format!("{kind}_gate"), &data["gate"], &mut all);
    let own = ["form", "gate", "fields", "placeholders", "consent"];
    let others = data.as_object().into_iter().flatten().filter(|(name, _)| !own.contains(&name.as_str()));
    let is_call = data["placeholders"].is_object();
    // A call's lists have no name, not even when they are empty: its note has them in words.
    others
        .filter(|(_, value)| !is_call || !value.is_array())
        .for_each(|(name, value)| push_flat(name, value, &mut all));
    for consent in data["consent"].as_array().into_iter().flatten() {
        let name = format!("consent_{}", consent["id"].as_str().unwrap_or_default());
        push_flat(&name, &consent["given"], &mut all);
        for part in ["version", "lang", "text_sha256"] {
            push_flat(&format!("{name}_{part}"), &consent[part], &mut all);
        }
    }
    let mut given = Vec::new();
    let found = data["fields"].as_object().filter(|_| is_call);
    for (id, value) in lead.answers().iter().chain(found.into_iter().flatten()) {
        let is_taken = is_call && reserved::is_flat_calls(id);
        push_flat(&if is_taken { format!("placeholder_{id}") } else { id.clone() }, value, &mut given);
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

fn push_flat(name: &str, value: &Value, all: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(parts) => {
            parts.iter().for_each(|(part, value)| push_flat(&format!("{name}_{part}"), value, all))
        }
        // Lists of objects have no name: a call's note has them in words.
        Value::Array(items) if items.first().is_some_and(Value::is_object) => {}
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
    let ids = lead.answers().keys().map(|id| sent_as(webhook, id));
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
