//! What call scripts have in common, `calls:` in `ringback.yaml`: how calls can end, and where that is sent.

use std::collections::BTreeMap;

use super::{Language, Localized, Parser, Webhook, WebhookKind, localized};
use crate::diag::{Code, Diagnostic, Span};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node, Reader, Spanned};

/// How a call can end. Programs that keep customers call it a disposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeConfig {
    /// As scripts name it, in `outcome:ID`.
    pub id: Spanned<String>,
    /// What people see; its id where it has none.
    pub label: Localized,
    /// What the caller is asked for when a call ends so.
    pub questions: Vec<Localized>,
    /// What was promised at a time.
    pub promise: Option<Promise>,
    /// What follows where nobody was reached; `None` if somebody was.
    pub unreached: Option<Unreached>,
    /// Is the caller asked whom else the other one recommends?
    pub asks_referral: bool,
}

/// What becomes of a contact whom a call hasn't reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreached {
    /// They are tried again later.
    Retry,
    /// They aren't: the number is wrong.
    Stop,
}

impl Unreached {
    /// Its name in the settings and in what the player reads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Stop => "stop",
        }
    }
}

/// When somebody is tried again who wasn't reached, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryRule {
    /// The most calls to one contact that reach nobody.
    pub most: Option<u32>,
    /// Workdays to wait after the first, the second … of them; the last number holds for all that follow. Never empty.
    pub after: Vec<u32>,
}

impl Default for RetryRule {
    fn default() -> Self {
        Self { most: None, after: vec![1] }
    }
}

/// What the two may have agreed on, at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// The caller promised to call again, at a time that goes into a calendar.
    Call,
    /// A meeting was agreed; its time goes into a calendar, too.
    Meeting,
}

impl Promise {
    /// Its key in the settings and in what the player reads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "callback",
            Self::Meeting => "meeting",
        }
    }
}

/// What `calls:` says for all call scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calls {
    /// The webhook that hears of each call that has ended.
    pub webhook: Option<String>,
    /// Names of the CRM's own ids for a contact, which its links may bring along and which each event gives back.
    pub contact_ids: Vec<Spanned<String>>,
    /// Ways to end a call that every script may use.
    pub outcomes: Vec<OutcomeConfig>,
    /// Where these stand in the file.
    pub outcomes_span: Span,
    /// When those are tried again who weren't reached.
    pub retry: RetryRule,
    /// Are calls kept in the browsers of the team for times without a network?
    pub offline: bool,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            webhook: None,
            contact_ids: Vec::new(),
            outcomes: Vec::new(),
            outcomes_span: Span::default(),
            retry: RetryRule::default(),
            offline: true,
        }
    }
}

impl Parser<'_> {
    /// Reads `calls:`; webhooks that it names have to be among these.
    pub(super) fn calls(&mut self, node: &Node, webhooks: &BTreeMap<String, Webhook>) -> Calls {
        let Some(mut fields) = self.reader.fields(node) else { return Calls::default() };
        let webhook = fields.take("webhook").and_then(|node| self.reader.text(node));
        let contact_ids =
            fields.take("contact_ids").and_then(|node| self.reader.texts(node)).unwrap_or_default();
        let contact_ids = contact_ids.into_iter().filter(|id| self.is_contact_id(id)).collect();
        let outcomes_span = fields.key("outcomes").unwrap_or_default();
        let outcomes = fields.take("outcomes");
        let outcomes = outcomes.map(|node| outcomes_of(&self.languages, node, &mut self.reader));
        let retry = fields.take("retry").map(|node| self.retry(node)).unwrap_or_default();
        let offline = fields.take("offline").and_then(|node| self.reader.truth(node));
        fields.finish("`calls`", [], &mut self.reader);
        let webhook = webhook.filter(|id| {
            let is_known = webhooks.contains_key(&id.value);
            if !is_known {
                self.unknown_webhook(id, webhooks);
            }
            is_known && self.takes_calls(id, &webhooks[&id.value])
        });
        let (webhook, outcomes) = (webhook.map(|id| id.value), outcomes.unwrap_or_default());
        Calls { webhook, contact_ids, outcomes, outcomes_span, retry, offline: offline.unwrap_or(true) }
    }

    /// Reads `{most: 3, after: [1, 2]}`.
    fn retry(&mut self, node: &Node) -> RetryRule {
        let mut rule = RetryRule::default();
        let Some(mut fields) = self.reader.fields(node) else { return rule };
        let mut number = |node: &Node, range| {
            self.reader.number(node, range).and_then(|number| u32::try_from(number).ok())
        };
        rule.most = fields.take("most").and_then(|node| number(node, 1..=100));
        if let Some(node) = fields.take("after") {
            let days: Vec<u32> = match &node.value {
                crate::yaml::Value::List(items) => {
                    items.iter().filter_map(|item| number(item, 1..=250)).collect()
                }
                _ => number(node, 1..=250).into_iter().collect(),
            };
            if !days.is_empty() {
                rule.after = days;
            }
        }
        fields.finish("`retry`", [], &mut self.reader);
        rule
    }
}

impl Parser<'_> {
    /// May the CRM's id for a contact have this name? It stands in links, beside the names of placeholders.
    fn is_contact_id(&mut self, id: &Spanned<String>) -> bool {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let is_plain = !id.value.is_empty() && id.value.len() <= 64 && id.value.chars().all(plain);
        let is_fine = is_plain && !super::reserved::is_calls(&id.value) && id.value != "rep";
        if !is_fine {
            let message = format!("an id of a contact can't be called `{}`", id.value);
            let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, id.span);
            self.reader.diagnostics.push(if is_plain {
                problem.help("the data of a call already uses that name; choose another one")
            } else {
                problem.help("use letters from a to z, digits, `_` and `-`, such as `hs_contact_id`")
            });
        }
        is_fine
    }

    /// HubSpot and Salesforce take forms from visitors, and have no place for a call.
    fn takes_calls(&mut self, id: &Spanned<String>, webhook: &Webhook) -> bool {
        let is_fine = matches!(
            webhook.kind,
            WebhookKind::Json { .. }
                | WebhookKind::Form
                | WebhookKind::Chat(_)
                | WebhookKind::File { .. }
                | WebhookKind::Email { .. }
        );
        if !is_fine {
            let message = format!(
                "the webhook `{}` is of the kind `{}`, which can't receive calls",
                id.value,
                webhook.kind.name()
            );
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(FILE, id.span)
                    .related(FILE, Some(webhook.span), "the webhook")
                    .help("declare another of the kind `json` or `form`, such as one from Zapier or Make, and pass calls on from there"),
            );
        }
        // A flat record of a call has names of its own.
        if webhook.kind == WebhookKind::Form {
            for (name, span) in webhook.names.iter().filter(|(name, _)| super::reserved::is_flat_calls(name))
            {
                let message = format!("the data of a call already uses the name `{name}`");
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::InvalidValue, message)
                        .at(FILE, *span)
                        .related(FILE, Some(id.span), "this webhook receives calls")
                        .help("give it another name, or send calls to a webhook of the kind `json`"),
                );
            }
        }
        is_fine
    }
}

/// Reads outcomes by their ids: those of a site, or of one script.
pub fn outcomes_of(languages: &[Language], node: &Node, reader: &mut Reader<'_>) -> Vec<OutcomeConfig> {
    let mut all = Vec::new();
    for (id, node) in reader.entries(node).unwrap_or_default() {
        let is_id =
            !id.value.is_empty() && id.value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_id {
            let message = format!("`{}` can't be an outcome's id, because links use it", id.value);
            reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(reader.file, id.span)
                    .help("use letters, digits and hyphens, and give a `label` for people"),
            );
            continue;
        }
        if super::reserved::refuse_objects(id, "an outcome", reader) {
            continue;
        }
        let Some(mut fields) = reader.fields(node) else { continue };
        let label = fields.take("label").and_then(|node| localized(languages, node, reader));
        let questions =
            fields.take("questions").map(|node| texts(languages, node, reader)).unwrap_or_default();
        let promise = promise(&id.value, &mut fields, reader);
        let unreached = fields.take("unreached").and_then(|node| {
            let all = [Unreached::Retry, Unreached::Stop];
            reader.choice(node, &all.map(Unreached::name)).map(|index| all[index])
        });
        let referral = fields.take("referral").and_then(|node| reader.truth(node));
        fields.finish("an outcome", [], reader);
        all.push(OutcomeConfig {
            label: label.unwrap_or_else(|| Localized::in_all_languages(id.value.clone())),
            questions,
            promise,
            unreached,
            asks_referral: referral.unwrap_or(id.value == "referral"),
            id: id.clone(),
        });
    }
    all
}

/// What an outcome promises: what it says, or what its id says.
fn promise(id: &str, fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Promise> {
    let [call, meeting] = [Promise::Call, Promise::Meeting].map(|promise| {
        let node = fields.take(promise.name());
        let said = node.and_then(|node| reader.truth(node));
        (said.unwrap_or(id == promise.name()).then_some(promise), node.filter(|_| said == Some(true)))
    });
    if let (Some(call), Some(meeting)) = (call.1, meeting.1) {
        reader.diagnostics.push(
            Diagnostic::new(Code::InvalidValue, "an outcome promises a call or a meeting, not both")
                .at(reader.file, meeting.span)
                .related(reader.file, Some(call.span), "the call")
                .help("leave one of them out, or declare two outcomes"),
        );
    }
    // What is written counts more than what the id says.
    if call.1.is_some() { call.0 } else { meeting.0.or(call.0) }
}

/// A list of texts that may each be one for all languages or one for each; a text alone is a list of one.
pub fn texts(languages: &[Language], node: &Node, reader: &mut Reader<'_>) -> Vec<Localized> {
    match &node.value {
        crate::yaml::Value::List(items) => {
            items.iter().filter_map(|item| localized(languages, item, reader)).collect()
        }
        _ => localized(languages, node, reader).into_iter().collect(),
    }
}
