//! Doctor: tries a site's webhooks as a visitor's browser would, and says what their owner has to fix.
//!
//! [`examine`] asks each receiver (`http`, behind the trait [`Network`], is the only code of ringback that uses the
//! network), and `judge` makes [`WebhookProblem`]s of the answers, by the rules of the Fetch standard and of `deliver.js`. `lead`
//! makes the test lead, with the bodies that `bodies.js` makes. Without [`Sending::Test`], only preflights are sent: a
//! GET might start a workflow of Zapier or Make, but no receiver takes an OPTIONS for a lead.

#[cfg(feature = "relay")]
pub mod canary;
mod judge;
mod lead;
mod words;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::receivers::WebhookUse;
use crate::config::ResponseAccess;
use crate::network::{Network, Request};

/// Whether a lead is sent as a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// Nothing is sent but what a browser asks before.
    Nothing,
    /// One, marked as a test, to each receiver.
    Test,
}

/// How bad a finding is, from fine to an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is wrong.
    Fine,
    /// Works, and could be better.
    Note,
    /// Can't be known like this.
    Unsure,
    /// Somebody has to fix it.
    Fix,
}

/// Something that was found out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookProblem {
    /// Its permanent name, for programs.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What was found, as a sentence.
    pub message: String,
    /// What to do about it; `None` where nothing is to be done.
    pub help: Option<String>,
}

/// An answer to a question of which nobody may know the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ternary {
    /// It is so.
    Yes,
    /// It isn't so.
    No,
    /// Nobody can tell from what was tried.
    Unknown,
}

/// Can a browser send a lead in these encodings?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Encodings {
    /// JSON as plain text, which needs no preflight.
    #[serde(rename = "text/plain")]
    pub plain: Ternary,
    /// JSON as `application/json`, which needs a preflight.
    #[serde(rename = "application/json")]
    pub json: Ternary,
    /// As forms are sent, without a preflight.
    #[serde(rename = "application/x-www-form-urlencoded")]
    pub form: Ternary,
}

/// What the configuration says of a webhook, to compare with what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Configured {
    /// The encoding that browsers use.
    pub encoding: &'static str,
    /// `cors` or `opaque`.
    pub response: &'static str,
}

/// What became of the test lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentLead {
    /// The id of the lead.
    pub lead: String,
    /// The form that it was sent as.
    pub form: String,
    /// The status that came back.
    pub status: Option<u16>,
    /// The type of what came back.
    pub content_type: Option<String>,
    /// The beginning of what came back, with long words cut.
    pub answer: Option<String>,
    /// Was the key of a waiting gate in it? None where no gate waits.
    pub unlock: Option<Ternary>,
}

/// What was found out about one webhook, as the pages of one edition use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookReport {
    /// The edition whose pages send there.
    pub edition: String,
    /// The webhook's id in the configuration.
    pub webhook: String,
    /// The kind of webhook, as the configuration has it.
    pub kind: &'static str,
    /// Its address without what could be a key.
    pub url: String,
    /// The origin that browsers name.
    pub origin: String,
    /// The forms that send there.
    pub forms: Vec<String>,
    /// What the configuration says of it.
    pub configured: Configured,
    /// The encodings in which a browser can send it a lead.
    pub encodings: Encodings,
    /// Can browsers read its answers, so that `response: readable` works?
    pub readable: Ternary,
    /// What was found out, the worst first.
    pub findings: Vec<WebhookProblem>,
    /// What to write in `ringback.yaml` instead.
    pub write: BTreeMap<&'static str, &'static str>,
    /// What became of the test lead; `None` where none was sent.
    pub sent: Option<SentLead>,
}

impl WebhookReport {
    /// The worst that was found.
    #[must_use]
    pub fn level(&self) -> Level {
        self.findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Fine)
    }
}

/// Asks each receiver, one after the other.
#[must_use]
pub fn examine(
    receivers: &[&WebhookUse],
    network: &dyn Network,
    sending: Sending,
    now: Timestamp,
) -> Vec<WebhookReport> {
    receivers.iter().map(|receiver| visit(receiver, network, sending, now)).collect()
}

fn visit(receiver: &WebhookUse, network: &dyn Network, sending: Sending, now: Timestamp) -> WebhookReport {
    let origin = origin(&receiver.home);
    let asked = network.ask(&preflight(receiver, &origin));
    let mut case = judge::Case::new(receiver, &origin, asked);
    if case.may_send(sending)
        && let Some(lead) = lead::test(receiver, now)
    {
        let (encoding, body) = lead::encoded(receiver, &lead);
        let request = Request {
            method: "POST",
            url: receiver.url.clone(),
            headers: headers(&origin, vec![("content-type", encoding.to_string())]),
            body: Some(body),
        };
        case.judge_lead(&lead, network.ask(&request));
    }
    case.close()
}

/// What a browser asks before it sends `application/json`.
fn preflight(receiver: &WebhookUse, origin: &str) -> Request {
    let own = vec![
        ("access-control-request-method", "POST".to_string()),
        ("access-control-request-headers", "content-type".to_string()),
    ];
    Request { method: "OPTIONS", url: receiver.url.clone(), headers: headers(origin, own), body: None }
}

/// The headers that a browser would send, and `own`.
fn headers(origin: &str, own: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("accept", "*/*".to_string()),
        ("origin", origin.to_string()),
        ("referer", format!("{origin}/")),
        ("sec-fetch-dest", "empty".to_string()),
        ("sec-fetch-mode", "cors".to_string()),
        ("sec-fetch-site", "cross-site".to_string()),
    ];
    all.extend(own);
    all
}

/// The origin of an address as browsers write it: in small letters, without a port that goes without saying.
fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let host = rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let usual = if scheme == "http" { ":80" } else { ":443" };
    format!("{scheme}://{}", host.strip_suffix(usual).unwrap_or(&host))
}

/// Does the site promise its visitors that an answer can be read?
fn is_readable(receiver: &WebhookUse) -> bool {
    receiver.webhook.response == ResponseAccess::Readable
}

#[cfg(test)]
mod tests;
