//! What a person is told when leads don't arrive, by the webhooks that are there for it.

use std::path::Path;

use super::files::{Target, append};
use crate::config::{Webhook, WebhookKind};
use crate::leads::webhooks;
use crate::network::smtp::{self, Email};
use crate::network::{Internet, Network as _, Request};

/// How long a mail server may take, in seconds.
const PATIENCE: u64 = 30;

/// A text for a person.
#[derive(Debug, Clone)]
pub struct Alarm {
    /// The subject of the email, on one line.
    pub subject: String,
    /// All of it, in a sentence or two.
    pub text: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// Sends a text to one webhook, which may be down as well: then that is left. `folder` is where files of leads are.
pub fn send(alarm: &Alarm, webhook: &Webhook, internet: &Internet, folder: &Path) {
    let Some((content_type, body)) = webhooks::notice(webhook, &alarm.text) else { return };
    match &webhook.kind {
        WebhookKind::File { path, rotation } => {
            let target = Target { folder, path, rotation: *rotation, head: "", at: alarm.at };
            drop(append(&target, &format!("{body}\n")));
        }
        WebhookKind::Email { from, to } => {
            let (from, to, subject) = (from.clone(), to.clone(), alarm.subject.clone());
            let id = format!("alert-{}", alarm.at);
            let email = Email { id, from, to, reply_to: None, subject, text: body };
            drop(smtp::send(&webhook.url.value, &email, PATIENCE));
        }
        _ => {
            let headers = vec![("content-type", content_type.to_string())];
            let url = webhook.url.value.clone();
            drop(internet.ask(&Request { method: "POST", url, headers, body: Some(body) }));
        }
    }
}
