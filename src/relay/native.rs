//! Leads of browsers without JavaScript: names and values, as a form sends them.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::post::{Post, Rejection};
use super::routes::{EditionRoutes, FormRoute, FormWords, Routes};
use crate::encode::percent;
use crate::leads::forms::answers;
use crate::leads::forms::lead::{consent_name, sent_as};
use crate::leads::webhooks::ulid_of;

/// The field that people don't see, and programs fill in.
const TRAP: &str = "reference_2";

/// What it adds to the score.
pub(super) const TRAPPED: u32 = 10;

/// Whoever presses the button twice in this time sends one lead, in milliseconds.
const TWICE: i64 = 5 * 60 * 1000;

/// A lead, and what belongs to it.
pub(super) struct Native<'r> {
    /// As the browser code would have sent it.
    pub(super) lead: Value,
    pub(super) edition: &'r EditionRoutes,
    pub(super) route: &'r FormRoute,
    /// Was the trap filled in?
    pub(super) is_trapped: bool,
    /// Where the visitor is led.
    pub(super) follow: String,
    /// The form's words in their language.
    pub(super) words: FormWords,
}

/// Reads what a browser without JavaScript has posted as a lead.
pub(super) fn read<'r>(post: &Post<'_>, routes: &'r Routes) -> Result<Native<'r>, Rejection> {
    let body = std::str::from_utf8(post.body).map_err(|_| Rejection::new(400, "this is not UTF-8"))?;
    let pairs = percent::pairs(body);
    let named =
        |id: &str| post.names.map_or_else(|| id.to_string(), |webhook| sent_as(webhook, id).to_string());
    let value = |id: &str| {
        let name = named(id);
        pairs.iter().find(|(own, _)| *own == name).map(|(_, value)| value.trim())
    };
    let form = value("form").unwrap_or_default();
    let edition = routes.edition(post.origin, form);
    let edition = edition
        .ok_or_else(|| Rejection::new(503, format!("the site that the relay knows has no form `{form}`")))?;
    let route = &edition.forms[form];
    let lang = value("page_lang").filter(|lang| route.words.contains_key(*lang)).unwrap_or(&edition.lang);
    let words = route.words(lang, &edition.lang).cloned().unwrap_or_default();
    let mut fields = Map::new();
    for field in &route.form.fields {
        let own_name = named(&field.id.value);
        let own = pairs.iter().filter(|(name, _)| *name == own_name);
        let given: Vec<&str> = own.map(|(_, value)| value.as_str()).collect();
        // What isn't an answer is refused as it is, with what is wrong with it.
        let answer = answers::typed(field, &given)
            .unwrap_or_else(|_| given.first().map(|text| answers::written(field, text)));
        fields.extend(answer.map(|answer| (field.id.value.clone(), answer)));
    }
    let consent: Vec<Value> = route
        .form
        .consent
        .iter()
        .map(|consent| {
            json!({
                "id": consent.id.value, "given": value(&consent_name(consent)).is_some(),
                "version": consent.version, "lang": lang,
                "text_sha256": words.hashes.get(&consent.id.value),
            })
        })
        .collect();
    let own = [edition.origin.as_str(), "/"].concat();
    let url = value("page_url").filter(|url| url.starts_with(&own)).unwrap_or(&edition.home);
    let now = Timestamp::from_millisecond(post.now).unwrap_or_default();
    let mut page = json!({
        "url": url, "title": value("page_title").unwrap_or_default(), "lang": lang,
        "section": null, "stage": null, "persona": [],
    });
    if let Some(series) = value("page_series") {
        page["series"] = json!(series);
        page["part"] = json!(value("page_part").and_then(|part| part.parse::<u64>().ok()).unwrap_or(1));
    }
    let lead = json!({
        "type": "lead.submitted", "version": 1, "id": format!("lead_{}", id(post)),
        "timestamp": format!("{now:.0}"),
        "data": {
            "form": form, "gate": null, "fields": fields, "page": page, "consent": consent,
            "attribution": {}, "meta": {"elapsed_ms": 0, "queued_ms": 0, "attempt": 1},
        },
    });
    let is_trapped = value(TRAP).is_some_and(|value| !value.is_empty());
    let back = &words.texts.back;
    let follow = if back.is_empty() { edition.home.clone() } else { back.clone() };
    Ok(Native { lead, edition, route, is_trapped, follow, words })
}

/// What a visitor reads whose lead isn't taken: which answer is wrong, and why, or that it isn't their fault.
pub(super) fn rejection_text(refusal: &Rejection, words: &FormWords) -> String {
    let (Some(id), Some(wrong)) = (&refusal.field, &refusal.wrong) else { return words.refused.clone() };
    let fields = &words.texts.labels.fields;
    let label = fields.iter().find(|(field, _)| field == id).map(|(_, label)| label);
    let label = label.or_else(|| words.texts.consents.get(id)).unwrap_or(id);
    let why = words.wrong.get(wrong.word()).map(String::as_str).unwrap_or_default();
    format!("{}\n\n{label}: {}", words.wrong_one, wrong.fill(why))
}

/// The same for whoever sends the same words again within a few minutes.
fn id(post: &Post<'_>) -> String {
    let hash = Sha256::new().chain_update(post.origin).chain_update([0]).chain_update(post.body).finalize();
    let mut random = [0; 16];
    random.copy_from_slice(&hash[..16]);
    let time = Timestamp::from_millisecond(post.now / TWICE * TWICE).unwrap_or_default();
    ulid_of(time, &random)
}
