//! A marked lead goes the way that a visitor's goes: a published page says where its form posts and which words it shows,
//! a preflight asks, and the relay takes it. It has `"canary": true` in it, by which the relay hands it to the webhook
//! `canary` alone; one that doesn't know the mark refuses it. So it is in no CRM.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::lead::value;
use super::{headers, origin};
use crate::commands::receivers::WebhookUse;
use crate::config::RELAY;
use crate::leads::webhooks::{JSON, ulid};
use crate::network::{Answer, Network, Request, Unreachable, redaction};

/// Where a form's settings are in a page, up to the JSON.
const CONFIG: &str = "data-lead-config>";

/// Why a marked lead didn't get as far as the relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CanaryError {
    /// The page isn't there, for this reason.
    Page(String),
    /// No form on the page posts to a relay.
    NoForm,
    /// The form on the page isn't one of this site.
    UnknownForm(String),
    /// The relay doesn't let pages of this origin post.
    Preflight(String),
    /// The relay didn't take it.
    Refused(String),
}

impl std::fmt::Display for CanaryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page(why) => write!(f, "the page can't be read: {why}"),
            Self::NoForm => write!(f, "no form on the page posts to a relay"),
            Self::UnknownForm(form) => write!(f, "the page has a form `{form}`, and this site has none"),
            Self::Preflight(why) => write!(f, "the relay doesn't let the page post: {why}"),
            Self::Refused(why) => write!(f, "the relay didn't take the lead: {why}"),
        }
    }
}

/// Sends a marked lead from the page at `url`, as a browser would. Its id, which whoever waits for it looks for.
///
/// # Errors
///
/// It got stuck before the relay had it.
pub fn send(
    url: &str,
    receivers: &[WebhookUse],
    network: &dyn Network,
    now: Timestamp,
) -> Result<String, CanaryError> {
    let get = Request { method: "GET", url: url.into(), headers: Vec::new(), body: None };
    let page = match network.ask(&get) {
        Ok(answer) if answer.status == 200 => answer.body,
        other => return Err(CanaryError::Page(describe_answer(&other))),
    };
    let (config, to) = form_of(&page).ok_or(CanaryError::NoForm)?;
    let (id, lead) = lead(&config, url, receivers, now)?;
    let from = origin(url);
    let own = vec![
        ("access-control-request-method", "POST".to_string()),
        ("access-control-request-headers", "content-type".to_string()),
    ];
    let asked = network.ask(&Request {
        method: "OPTIONS",
        url: to.clone(),
        headers: headers(&from, own),
        body: None,
    });
    let allows = |answer: &Answer| {
        let allowed = answer.header("access-control-allow-origin");
        (200..300).contains(&answer.status) && allowed.is_some_and(|own| own == from || own == "*")
    };
    if !asked.as_ref().is_ok_and(allows) {
        return Err(CanaryError::Preflight(describe_answer(&asked)));
    }
    let own = vec![("content-type", JSON.to_string())];
    let post =
        Request { method: "POST", url: to, headers: headers(&from, own), body: Some(lead.to_string()) };
    match network.ask(&post) {
        Ok(answer) if answer.status == 200 => Ok(id),
        other => Err(CanaryError::Refused(describe_answer(&other))),
    }
}

fn describe_answer(answer: &Result<Answer, Unreachable>) -> String {
    match answer {
        Ok(answer) => format!("{} {}", answer.status, redaction::answer(&answer.body)).trim().to_string(),
        Err(Unreachable::Dns) => "the host has no address".into(),
        Err(Unreachable::Refused) => "nobody listens there".into(),
        Err(Unreachable::Timeout(seconds)) => format!("no answer within {seconds} s"),
        Err(Unreachable::Tls(why) | Unreachable::Other(why)) => why.clone(),
        Err(Unreachable::Lost) => "the connection broke off".into(),
        Err(Unreachable::NoHttp) => "what came back isn't HTTP".into(),
    }
}

/// The settings of the first form that posts to a relay, and where that is.
fn form_of(page: &str) -> Option<(Value, String)> {
    let configs = page.split(CONFIG).skip(1).filter_map(|rest| rest.split("</script>").next());
    configs.filter_map(|json| serde_json::from_str::<Value>(json).ok()).find_map(|config| {
        let mut webhooks = config["webhooks"].as_array()?.iter();
        let relay = webhooks.find(|webhook| webhook["id"] == RELAY)?;
        let url = relay["url"].as_str()?.to_string();
        Some((config, url))
    })
}

/// A lead with the words that the page shows.
fn lead(
    config: &Value,
    url: &str,
    receivers: &[WebhookUse],
    now: Timestamp,
) -> Result<(String, Value), CanaryError> {
    let name = config["form"].as_str().unwrap_or_default();
    let form = receivers.iter().flat_map(WebhookUse::forms).find(|form| form.id == name);
    let form = form.ok_or_else(|| CanaryError::UnknownForm(name.to_string()))?;
    let fields: Map<String, Value> =
        form.fields.iter().filter_map(|field| Some((field.id.value.clone(), value(field)?))).collect();
    let receipt = |consent: &Value| {
        json!({
            "id": consent["id"], "version": consent["version"], "lang": consent["lang"],
            "text_sha256": consent["text_sha256"], "given": consent["required"],
        })
    };
    let consent: Vec<Value> = config["consent"].as_array().into_iter().flatten().map(receipt).collect();
    let mut page = config["page"].clone();
    if !page["url"].is_string() {
        page["url"] = json!(url);
    }
    let id = format!("lead_{}", ulid(now).ok_or_else(|| CanaryError::Page("there is no randomness".into()))?);
    let lead = json!({
        "type": "lead.submitted", "version": 1, "id": id, "timestamp": format!("{now:.0}"),
        "test": true, "canary": true,
        "data": {
            "form": name, "gate": null, "fields": fields, "page": page, "consent": consent,
            "attribution": {}, "meta": {"elapsed_ms": 0, "queued_ms": 0, "attempt": 1},
        },
    });
    Ok((id, lead))
}
