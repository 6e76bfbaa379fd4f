//! `relay:`: a process of the site's owner that takes leads in place of the webhooks, and hands them on to these.
//!
//! Pages post to it alone, so that a webhook can be anything: a channel of Slack, whose address is a secret, or a file.
//! What a webhook takes from the environment is needed where the relay runs, and not where the site is built.

mod lookups;

use std::collections::BTreeMap;

pub use lookups::{MailCheck, Turnstile};

use super::Parser;
use super::webhooks::{ResponseAccess, Webhook, WebhookKind};
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned};

/// What the outbox of browsers and `doctor` call it.
pub const RELAY: &str = "relay";

/// The score from which on a lead waits for a person.
const QUARANTINE: i64 = 5;

/// The process that takes leads.
#[derive(Debug, Clone)]
pub struct Relay {
    /// Where pages post to, as to a webhook.
    pub webhook: Webhook,
    /// The webhooks that are told when leads don't arrive.
    pub alerts: Vec<String>,
    /// The webhook of the kind `email` from which visitors are written to.
    pub sender: Option<String>,
    /// The webhook of the kind `json` that alone gets the marked leads of `ringback doctor --watch`.
    pub canary: Option<String>,
    /// A lead with this score or more is kept back until a person has looked at it.
    pub quarantine: u32,
    /// The keys of Turnstile, for forms that ask for it.
    pub turnstile: Option<Turnstile>,
    /// Is it looked whether the hosts of addresses take mail?
    pub mail_check: Option<MailCheck>,
    /// For how many days leads are kept that have arrived everywhere; `None` until somebody removes them.
    pub retention: Option<u32>,
    /// What is not set of what only the relay needs.
    pub unset: Vec<Diagnostic>,
}

impl Parser<'_> {
    /// `relay:`, with what its `webhooks` lack.
    pub(super) fn relay(
        &mut self,
        node: &Node,
        webhooks: &BTreeMap<String, Webhook>,
        unset: Vec<Diagnostic>,
    ) -> Option<Relay> {
        let mut fields = self.reader.fields(node)?;
        let url = fields.require("url", "`relay`", &mut self.reader);
        let url = url.and_then(|node| self.receiver(node));
        let alerts = fields.take("alerts").and_then(|node| self.reader.texts(node)).unwrap_or_default();
        let sender = fields.take("sender").and_then(|node| self.reader.text(node));
        let canary = fields.take("canary").and_then(|node| self.reader.text(node));
        let quarantine = fields.take("quarantine").and_then(|node| self.reader.number(node, 1..=1000));
        let turnstile = fields.take("turnstile").and_then(|node| self.turnstile(node));
        let mail_check = fields.take("check_domains").and_then(|node| self.mail_check(node));
        let retention = fields.take("retention").and_then(|node| self.reader.number(node, 1..=36_500));
        fields.finish("`relay`", [], &mut self.reader);
        let is_known = |id: &Spanned<String>| {
            let is_known = webhooks.contains_key(&id.value);
            if !is_known {
                self.unknown_webhook(id, webhooks);
            }
            is_known
        };
        let alerts = alerts.into_iter().filter(is_known).collect::<Vec<_>>();
        alerts.iter().for_each(|id| self.takes_alerts(id, webhooks));
        let alerts = alerts.into_iter().map(|id| id.value).collect::<Vec<_>>();
        let sender = sender.and_then(|id| self.sender(id, webhooks));
        let canary = canary.and_then(|id| self.canary(id, webhooks));
        let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let url = url?;
        let leads = format!("{}/leads", url.value.trim_end_matches('/'));
        let webhook = Webhook {
            kind: WebhookKind::Relay,
            span: node.span,
            url: Spanned { value: leads, span: url.span },
            response: ResponseAccess::Readable,
            map: BTreeMap::new(),
            add: BTreeMap::new(),
            names: BTreeMap::new(),
            secrets: Vec::new(),
        };
        Some(Relay {
            webhook,
            alerts,
            sender,
            canary,
            quarantine: number(quarantine.unwrap_or(QUARANTINE)),
            turnstile,
            mail_check,
            retention: retention.map(number),
            unset,
        })
    }

    /// A table or a CRM has no place for a sentence.
    fn takes_alerts(&mut self, id: &Spanned<String>, webhooks: &BTreeMap<String, Webhook>) {
        let Some(webhook) = webhooks.get(&id.value) else { return };
        let takes = matches!(
            webhook.kind,
            WebhookKind::Json { .. }
                | WebhookKind::Chat(_)
                | WebhookKind::Email { .. }
                | WebhookKind::File { .. }
        );
        if !takes {
            let kind = webhook.kind.name();
            let message =
                format!("the webhook `{}` is of the kind `{kind}`, which can't receive alerts", id.value);
            let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, id.span);
            self.reader.diagnostics.push(
                problem
                    .related(FILE, Some(webhook.span), "the webhook")
                    .help("name one that a person reads, such as one of the kind `email` or `slack`"),
            );
        }
    }

    /// Who writes to visitors: a webhook that sends emails.
    fn sender(&mut self, id: Spanned<String>, webhooks: &BTreeMap<String, Webhook>) -> Option<String> {
        match webhooks.get(&id.value) {
            Some(webhook) if matches!(webhook.kind, WebhookKind::Email { .. }) => return Some(id.value),
            Some(_) => {
                let problem = Diagnostic::new(
                    Code::InvalidValue,
                    format!("the webhook `{}` sends no emails", id.value),
                );
                self.reader.diagnostics.push(
                    problem
                        .at(FILE, id.span)
                        .help("name one of the kind `email`: visitors are written to from its address"),
                );
            }
            None => self.unknown_webhook(&id, webhooks),
        }
        None
    }

    /// Who gets marked leads: a webhook whose receiver reads their ids.
    fn canary(&mut self, id: Spanned<String>, webhooks: &BTreeMap<String, Webhook>) -> Option<String> {
        match webhooks.get(&id.value) {
            Some(webhook) if matches!(webhook.kind, WebhookKind::Json { .. }) => return Some(id.value),
            Some(_) => {
                let problem = Diagnostic::new(
                    Code::InvalidValue,
                    format!("the webhook `{}` isn't of the kind `json`", id.value),
                );
                self.reader.diagnostics.push(
                    problem
                        .at(FILE, id.span)
                        .help("name one whose `url` is where `ringback doctor --watch` listens, such as `http://127.0.0.1:8790/`"),
                );
            }
            None => self.unknown_webhook(&id, webhooks),
        }
        None
    }
}
