//! Where the outcomes of calls go.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{Audience, WebhookKind};
use crate::site::Site;

/// A webhook as `deliver.js` posts calls to it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallHook<'a> {
    id: &'a str,
    kind: &'static str,
    url: &'a str,
    response: &'static str,
    preflight: bool,
    map: &'a BTreeMap<String, String>,
    add: &'a BTreeMap<String, String>,
}

/// The webhook that hears of calls; nothing where this edition has none, or where
/// everybody could read its address and write to it.
#[must_use]
pub fn of_calls<'a>(site: &'a Site, id: &'a str) -> Option<CallHook<'a>> {
    let webhook = site.config().webhooks.get(id).filter(|_| site.view.edition.sees(Audience::Team))?;
    let url = site.posted_to(id)?;
    let relay = site.config().relay.as_ref().filter(|_| site.is_relayed(id));
    let webhook = relay.map_or(webhook, |relay| &relay.webhook);
    let (kind, preflight) = match webhook.kind {
        WebhookKind::Json { preflight } => ("json", preflight),
        WebhookKind::Relay => ("json", true),
        WebhookKind::Form => ("form", false),
        WebhookKind::Hubspot(_)
        | WebhookKind::HubspotCrm { .. }
        | WebhookKind::Salesforce { .. }
        | WebhookKind::SalesforceApi(_)
        | WebhookKind::Chat(_)
        | WebhookKind::File { .. }
        | WebhookKind::Sheet { .. }
        | WebhookKind::Email { .. } => return None,
    };
    let response = webhook.response.name();
    Some(CallHook { id, kind, url, response, preflight, map: &webhook.map, add: &webhook.add })
}
