//! What pages post while the site is written, read as the relay reads it: the inbox of `serve` takes what a relay would take,
//! and says why it wouldn't. Nothing is kept.

use serde_json::Value;

pub use super::reply::{LeadReply, RejectionReply};

use super::intake;
use super::post::{Post, Rejection};
use super::routes::{EditionRoutes, Routes};
use crate::config::Webhook;

/// A request of a page, as the preview's inbox gets it.
#[derive(Debug, Clone, Copy)]
pub struct Posted<'a> {
    /// The type of the body, without its parameters.
    pub content_type: &'a str,
    /// The body as it came.
    pub body: &'a [u8],
    /// When it came, in milliseconds since 1970.
    pub now: i64,
    /// The webhook in whose names a form without JavaScript is.
    pub webhook: Option<&'a Webhook>,
}

/// A lead, or another event.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptedLead {
    /// By what it is known when it comes again.
    pub id: String,
    /// As a webhook gets it.
    pub json: Value,
    /// The answer that the page gets.
    pub reply: LeadReply,
    /// What opens the gate that it asks for, if the key comes in the answer.
    pub token: Option<String>,
    /// Where a browser without JavaScript is led.
    pub follow: Option<String>,
}

/// Why the relay wouldn't take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedLead {
    /// The status of HTTP that a relay would answer with.
    pub status: u16,
    /// The reason, for the site's owner.
    pub why: String,
    /// The field that is wrong.
    pub field: Option<String>,
    /// What a visitor without JavaScript reads of it, in their language.
    pub words: Option<String>,
}

impl RejectedLead {
    /// The answer that the page gets.
    #[must_use]
    pub fn reply(&self) -> RejectionReply<'_> {
        RejectionReply::new(&self.why, self.field.as_deref())
    }
}

/// Reads what came from a page of an edition.
///
/// # Errors
///
/// It is nothing that this edition's pages send.
pub fn read(posted: &Posted<'_>, edition: EditionRoutes) -> Result<AcceptedLead, RejectedLead> {
    let origin = edition.origin.clone();
    let routes = Routes {
        url: String::new(),
        editions: vec![edition],
        webhooks: std::collections::BTreeMap::new(),
        alerts: Vec::new(),
        canary: None,
        quarantine: u32::MAX,
        turnstile: None,
        mail_check: None,
        retention: None,
        zone: String::new(),
    };
    let Posted { content_type, body, now, webhook } = *posted;
    let post = Post { origin: &origin, content_type, body, now, names: webhook, rules: None };
    let intake = intake::read(&post, &routes, &|_| false).map_err(|refusal| {
        let Rejection { status, why, field, words, .. } = refusal;
        RejectedLead { status, why, field, words }
    })?;
    let reply = LeadReply::new(&intake.lead.id, intake.token.as_deref());
    let json = serde_json::from_str(&intake.lead.body).unwrap_or_default();
    Ok(AcceptedLead { id: intake.lead.id, json, reply, token: intake.token, follow: intake.follow })
}
