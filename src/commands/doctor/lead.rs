//! The test lead.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::commands::receivers::WebhookUse;
use crate::content::form::{Consent, Field, FieldKind, Form, Limits};
use crate::leads::forms::lead::text_hash;
use crate::leads::webhooks::{Lead, LeadTexts, body, ulid};

/// Who is in a test lead.
const NAME: &str = "ringback doctor";
const EMAIL: &str = "ringback.doctor@example.com";
/// One of the numbers that are kept free for stories.
const PHONE: &str = "+12025550143";
const DAY: &str = "2026-01-31";
const MESSAGE: &str = "This is a test by ringback doctor. Nobody is waiting; please delete it.";

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
    let consents = form.consent.iter().map(|consent| (consent.id.value.clone(), text(consent))).collect();
    Lead::read(json, LeadTexts { consents, back: receiver.home.clone(), ..LeadTexts::default() })
}

/// An answer that says what it is, where there is room for it.
pub(super) fn value(field: &Field) -> Option<Value> {
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
        FieldKind::Date => {
            let last = field.limits.max.as_deref().filter(|max| *max < DAY);
            json!(field.limits.min.as_deref().or(last).unwrap_or(DAY))
        }
        FieldKind::Textarea => json!(fitting(MESSAGE, &field.limits)),
        FieldKind::Choice => json!(first?),
        FieldKind::Choices => json!([first?]),
        FieldKind::Checkbox => json!(true),
        FieldKind::Hidden => json!(field.value.as_deref()?),
        FieldKind::Text => {
            let text = match field.id.value.as_str() {
                "first_name" => "ringback",
                "last_name" => "doctor",
                _ => NAME,
            };
            json!(fitting(text, &field.limits))
        }
    })
}

/// A text that is as long as the field wants it.
fn fitting(text: &str, limits: &Limits) -> String {
    let length = |limit: Option<i64>| limit.and_then(|limit| usize::try_from(limit).ok());
    let count = text.chars().count();
    let most = length(limits.max_length).unwrap_or(usize::MAX).max(1);
    let least = length(limits.min_length).unwrap_or_default().max(count);
    let text: String = text.chars().cycle().take(least.min(most)).collect();
    // A space at its end would be cut off, and is a letter less.
    text.strip_suffix(' ').map_or(text.clone(), |start| format!("{start}."))
}

/// What is sent: its type and body.
pub(super) fn encoded(receiver: &WebhookUse, lead: &Lead) -> (&'static str, String) {
    body(&receiver.webhook, lead)
}
