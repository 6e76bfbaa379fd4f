//! Hands leads on: a thread for each webhook, which sends one lead after the other and waits where the webhook doesn't
//! want any.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::Notice;
use super::alarm::{self, Alarm};
use super::crm;
use super::files::{Target, append};
use super::intake::CANARY;
use super::queue::{Attempt, DeliveryState, Due};
use super::routes::Routes;
use super::shared::Shared;
use super::signature;
use super::verdict::{self, Verdict};
use super::visitor::{self, MailContext, Visitor};
use crate::config::{Rotation, Webhook, WebhookKind};
use crate::encode::csv;
use crate::leads::forms::lead;
use crate::leads::webhooks::{self, JSON, Lead, LeadEmail};
use crate::network::smtp::{self, Email};
use crate::network::{Answer, Network as _, Request, Unreachable};

/// How long a mail server may take, in seconds.
const PATIENCE: u64 = 30;

/// How many milliseconds a second has: times are kept in milliseconds.
const SECOND: i64 = 1000;

/// How long to sleep at most: another process may have put something into the store.
const NAP: Duration = Duration::from_secs(5);

/// So many failures in a row, and the webhook is left alone for a while.
const FAILURES: u32 = 5;

/// How long it is left alone at most, in milliseconds.
const REST: i64 = 600 * SECOND;

/// When the oldest lead has waited for so long, a person is told, in milliseconds.
const TOLD_AFTER: i64 = 45 * 60 * SECOND;

/// Leads that are given up are told together, at most this often, in milliseconds.
const TOGETHER: i64 = 30 * 60 * SECOND;

/// How long after an alert about a webhook the next one is sent, in milliseconds.
const TOLD_AGAIN: i64 = 6 * 3600 * SECOND;

/// HubSpot's forms take 50 requests in 10 seconds.
const HUBSPOT: Duration = Duration::from_millis(220);

/// Its CRM takes 100 of an app, and four are what a lead may need.
const HUBSPOT_CRM: Duration = Duration::from_millis(420);

/// What is known of a webhook while it is served.
#[derive(Default)]
struct WebhookHealth {
    failures: u32,
    /// Until when it is left alone.
    paused_until: i64,
    alerted_at: Option<i64>,
    /// Leads that were given up since.
    unreported: u32,
}

/// Serves one webhook until the relay ends.
pub(super) fn serve(shared: &Arc<Shared>, id: &str) {
    let mut health = WebhookHealth::default();
    while !shared.is_stopping() {
        let routes = shared.routes();
        let now = shared.now();
        let Some(webhook) = routes.webhooks.get(id).filter(|_| health.paused_until <= now) else {
            shared.sleep(NAP);
            continue;
        };
        match shared.queue.due(id, now) {
            Ok(Some(due)) => {
                attempt(shared, (id, webhook, &routes), &due, &mut health);
                match webhook.kind {
                    WebhookKind::Hubspot(_) => std::thread::sleep(HUBSPOT),
                    WebhookKind::HubspotCrm { .. } => std::thread::sleep(HUBSPOT_CRM),
                    _ => {}
                }
            }
            Ok(None) => {
                let next = shared.queue.next_due(id, now).ok().flatten();
                let pause = next.map_or(NAP, |due| milliseconds(due - now).min(NAP));
                alert_if_late(shared, (id, &routes), now, &mut health);
                alert_of_dead(shared, (id, &routes), "see the log", &mut health);
                shared.sleep(pause.max(Duration::from_millis(20)));
            }
            Err(error) => {
                (shared.tell)(Notice::Store(error.to_string()));
                shared.sleep(NAP);
            }
        }
    }
}

fn milliseconds(count: i64) -> Duration {
    Duration::from_millis(u64::try_from(count).unwrap_or_default())
}

fn attempt(
    shared: &Arc<Shared>,
    (id, webhook, routes): (&str, &Webhook, &Arc<Routes>),
    due: &Due,
    health: &mut WebhookHealth,
) {
    let answer = send(shared, (id, webhook), routes, due);
    let now = shared.now();
    let verdict = verdict::judge(webhook, &answer, now);
    // Whoever waits for a marked lead tells people that it hasn't come, and may not have been there when it was tried.
    let is_marked = due.kind == CANARY;
    let (state, next) = match verdict {
        Verdict::Delivered => (DeliveryState::Delivered, now),
        Verdict::Refused => (DeliveryState::Dead, now),
        Verdict::Later(pause) => {
            let tries = (due.tries, shared.random());
            let next = match is_marked {
                true => verdict::next_marked_try(tries, due.received, now),
                false => verdict::next_try(tries, due.received, pause, now),
            };
            match next {
                Some(next) => (DeliveryState::Waiting, next),
                None => (DeliveryState::Dead, now),
            }
        }
    };
    let status = answer.as_ref().ok().map(|answer| answer.status);
    let said = verdict::describe_answer(&answer);
    let tries = due.tries + 1;
    let noted = shared.queue.record(Attempt {
        number: due.number,
        webhook: id.to_string(),
        at: now,
        state,
        due: next,
        status,
        said: said.clone(),
    });
    if let Err(error) = noted {
        // It will be sent once more, with the same id.
        (shared.tell)(Notice::Store(error.to_string()));
        shared.sleep(NAP);
    }
    let outcome = match state {
        DeliveryState::Delivered => "delivered",
        DeliveryState::Dead => "dead",
        DeliveryState::Waiting | DeliveryState::Held | DeliveryState::Unconfirmed => "later",
    };
    let (lead, webhook) = (due.id.clone(), id.to_string());
    (shared.tell)(Notice::Tried { lead, webhook, tries, outcome, status, said: said.clone() });
    match state {
        DeliveryState::Delivered => health.failures = 0,
        _ if is_marked => {}
        DeliveryState::Dead => {
            health.unreported += 1;
            alert_of_dead(shared, (id, routes), &said, health);
        }
        DeliveryState::Waiting | DeliveryState::Held | DeliveryState::Unconfirmed => {
            health.failures += 1;
            if health.failures >= FAILURES {
                // The next one is the only one that tries whether it works again.
                let longer = 2_i64.saturating_pow((health.failures - FAILURES).min(10));
                health.paused_until = now + (10 * SECOND).saturating_mul(longer).min(REST);
            }
            alert_if_late(shared, (id, routes), now, health);
        }
    }
}

/// Sends a lead. What came back is of a file, too, as if it had answered.
fn send(
    shared: &Shared,
    (id, webhook): (&str, &Webhook),
    routes: &Routes,
    due: &Due,
) -> Result<Answer, Unreachable> {
    let edition = routes.edition_named(&due.edition);
    let route = edition.and_then(|edition| edition.forms.get(&due.form));
    let words = edition.zip(route).and_then(|(edition, route)| route.words(&due.lang, &edition.lang));
    let texts = words.map(|words| words.texts.clone()).unwrap_or_default();
    let json: Value = serde_json::from_str(&due.body).unwrap_or_default();
    if let (Some(visitor), WebhookKind::Email { from, .. }) = (Visitor::from_id(id), &webhook.kind) {
        let words = words.ok_or_else(|| Unreachable::Other("the site has no such form any more".into()))?;
        let route = route.ok_or_else(|| Unreachable::Other("the site has no such form any more".into()))?;
        let about =
            MailContext { lead: &json, due, words, route, url: &routes.url, key: &shared.signing_key };
        return match visitor::email(visitor, from, &about) {
            Some(email) => smtp::send(&webhook.url.value, &email, PATIENCE),
            None => Ok(Answer { status: 422, body: visitor::NOBODY.into(), ..Answer::default() }),
        };
    }
    let lead = Lead::read(json, texts);
    if let (WebhookKind::Email { from, to }, Some(lead)) = (&webhook.kind, &lead) {
        let LeadEmail { subject, text, reply_to } = webhooks::email(lead);
        let (from, to, id) = (from.clone(), to.clone(), due.id.clone());
        return smtp::send(&webhook.url.value, &Email { id, from, to, reply_to, subject, text }, PATIENCE);
    }
    if let Some(lead) = &lead {
        let network = &shared.internet;
        match &webhook.kind {
            WebhookKind::HubspotCrm { token } => return crm::hubspot(network, (webhook, token), lead),
            WebhookKind::SalesforceApi(api) => {
                return crm::salesforce(network, &shared.sessions, (id, webhook, api), lead);
            }
            WebhookKind::Sheet { path, rotation } => {
                let columns = webhooks::sheet_columns(webhook, routes.forms_of(id));
                let (head, row) = (csv::row(&columns), webhooks::sheet_row(webhook, lead, &columns));
                let head = [csv::START, &head].concat();
                let (folder, at) = (shared.folder.as_path(), due.received);
                return append(&Target { folder, path, rotation: *rotation, head: &head, at }, &row);
            }
            _ => {}
        }
    }
    let (content_type, body) = match &lead {
        Some(lead) => webhooks::body(webhook, lead),
        None => (JSON, due.body.clone()),
    };
    if let WebhookKind::File { path, rotation } = &webhook.kind {
        return append(&lines(shared, (path, *rotation), due.received), &format!("{body}\n"));
    }
    let url = match route {
        Some(route) => lead::address(webhook, &route.form, &webhook.url.value),
        None => webhook.url.value.clone(),
    };
    // Only browsers have a reason to call JSON plain text.
    let is_json = matches!(webhook.kind, WebhookKind::Json { .. });
    let content_type = if is_json { JSON } else { content_type };
    let mut headers = vec![("content-type", content_type.to_string())];
    headers.extend(signature::headers(&due.id, shared.now() / SECOND, &body, &webhook.secrets));
    shared.internet.ask(&Request { method: "POST", url, headers, body: Some(body) })
}

/// Where a webhook of the kind `file` writes its lines of JSON for a lead that came `at` this moment.
fn lines<'a>(shared: &'a Shared, (path, rotation): (&'a str, Rotation), at: i64) -> Target<'a> {
    Target { folder: &shared.folder, path, rotation, head: "", at }
}

/// Tells a person of leads that were given up: of the first at once, of more of them together.
fn alert_of_dead(shared: &Shared, (id, routes): (&str, &Routes), said: &str, health: &mut WebhookHealth) {
    let is_recent = health.alerted_at.is_some_and(|told| shared.now() - told < TOGETHER);
    match std::mem::take(&mut health.unreported) {
        0 => {}
        count if is_recent => health.unreported = count,
        1 => alert(shared, (id, routes), &format!("a lead was given up: {said}"), health),
        count => alert(shared, (id, routes), &format!("{count} leads were given up: {said}"), health),
    }
}

/// Tells a person when leads have waited for long.
fn alert_if_late(shared: &Shared, (id, routes): (&str, &Routes), now: i64, health: &mut WebhookHealth) {
    let is_recent = health.alerted_at.is_some_and(|told| now - told < TOLD_AGAIN);
    if is_recent {
        return;
    }
    let oldest = shared.queue.oldest(id).ok().flatten();
    if let Some(minutes) = oldest.map(|oldest| now - oldest).filter(|age| *age > TOLD_AFTER) {
        let minutes = minutes / 60 / SECOND;
        alert(shared, (id, routes), &format!("leads have waited for {minutes} minutes"), health);
    }
}

/// Tells a person, by the webhooks that are there for it.
fn alert(shared: &Shared, (id, routes): (&str, &Routes), why: &str, health: &mut WebhookHealth) {
    health.alerted_at = Some(shared.now());
    (shared.tell)(Notice::Alert { webhook: id.to_string(), why: why.to_string() });
    let text = format!("The webhook `{id}`: {why}. `ringback relay status` says more.");
    let subject = format!("Leads don’t arrive at `{id}`");
    let alarm = Alarm { subject, text, at: shared.now() };
    let others = routes.alerts.iter().filter(|alert| *alert != id);
    for webhook in others.filter_map(|id| routes.webhooks.get(id)) {
        alarm::send(&alarm, webhook, &shared.internet, &shared.folder);
    }
}
