//! Webhooks: who receives the leads of forms, and what each kind of receiver wants to know.

mod chat;
mod editions;
mod email;
mod endpoint;
mod files;
mod hubspot;
mod names;
mod salesforce;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use chat::Chat;
pub use editions::EditionWebhook;
pub(super) use endpoint::is_this_computer;
pub use files::Rotation;
pub use hubspot::{Hubspot, HubspotForm};
pub use salesforce::SalesforceApi;

use self::hubspot::HUBSPOT_API;
use self::names::Names;
use self::salesforce::SALESFORCE;
use super::{EditionConfig, Parser};
use crate::diag::{Code, Diagnostic, Span};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node, Spanned};

/// The address of a webhook whose own can't be used, which is reported: it keeps its name, so that forms are not
/// reported for naming it.
pub const UNUSABLE: &str = "https://example.invalid/";

/// What kind of receiver a webhook is, with what only that kind needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WebhookKind {
    /// The lead as JSON, as `docs/lead.schema.json` describes it.
    Json {
        /// Does it answer preflights, so that the lead may go as `application/json`?
        preflight: bool,
    },
    /// The lead flattened and URL-encoded.
    Form,
    /// A form in HubSpot, to which a lead is a submission (Forms API v3).
    Hubspot(Hubspot),
    /// HubSpot's CRM: a contact, and a note with what was sent.
    HubspotCrm {
        /// The access token of a private app in HubSpot.
        token: String,
    },
    /// Salesforce's Web-to-Lead, which answers no browser.
    Salesforce {
        /// The id of the organization, `00D…`: 15 or 18 characters.
        oid: String,
    },
    /// Leads in Salesforce, by its REST interface.
    SalesforceApi(SalesforceApi),
    /// A channel, to which a lead is a message.
    Chat(Chat),
    /// An email for each lead.
    Email {
        /// The address that the email comes from, with or without a name.
        from: String,
        /// The addresses that get one email for each lead.
        to: Vec<String>,
    },
    /// A file with a line of JSON for each lead, beside the relay's store.
    File {
        /// The name of the file, without a folder.
        path: String,
        /// When the next one begins.
        rotation: Rotation,
    },
    /// A table for spreadsheets with a row for each lead, beside the relay's store.
    Sheet {
        /// The name of the file, without a folder; spreadsheets know it by `.csv`.
        path: String,
        /// When the next one begins.
        rotation: Rotation,
    },
    /// The site's own relay, which takes leads as JSON and as browsers post forms.
    Relay,
}

impl WebhookKind {
    const NAMES: &[&str] =
        &["json", "form", "hubspot", "salesforce", "slack", "teams", "discord", "file", "email", "sheet"];

    /// As it is written in the configuration.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Json { .. } => "json",
            Self::Form => "form",
            Self::Hubspot(_) | Self::HubspotCrm { .. } => "hubspot",
            Self::Salesforce { .. } | Self::SalesforceApi(_) => "salesforce",
            Self::Chat(Chat::Slack) => "slack",
            Self::Chat(Chat::Teams) => "teams",
            Self::Chat(Chat::Discord) => "discord",
            Self::File { .. } => "file",
            Self::Sheet { .. } => "sheet",
            Self::Email { .. } => "email",
            Self::Relay => "relay",
        }
    }

    /// Can only the site's own relay send to it, as no page may know its address?
    #[must_use]
    pub fn needs_relay(&self) -> bool {
        matches!(
            self,
            Self::Chat(_)
                | Self::File { .. }
                | Self::Sheet { .. }
                | Self::Email { .. }
                | Self::HubspotCrm { .. }
                | Self::SalesforceApi(_)
        )
    }

    /// Does the relay write it into a file of its own?
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Sheet { .. })
    }
}

/// Can a browser read what the endpoint responds?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResponseAccess {
    /// Yes: it allows cross-origin reads.
    Readable,
    /// No: whether a lead has arrived can't be seen, so it is taken as sent once.
    Opaque,
}

impl ResponseAccess {
    /// As it is written in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Readable => "readable",
            Self::Opaque => "opaque",
        }
    }
}

/// A receiver of leads, as `webhooks:` declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// What it is, with the keys that only its kind has.
    pub kind: WebhookKind,
    /// Where its id is in the file, for messages.
    pub span: Span,
    /// Its address; for HubSpot without the path.
    pub url: Spanned<String>,
    /// Whether its answer can be read.
    pub response: ResponseAccess,
    /// What it calls the fields: by their ids.
    pub map: BTreeMap<String, String>,
    /// Values that every lead gets in addition, by the names that they have there.
    pub add: BTreeMap<String, String>,
    /// The names that `map` gives and that `add` adds, with their places.
    pub names: BTreeMap<String, Span>,
    /// What the relay signs with, the newest first; of the kind `json` alone.
    pub secrets: Vec<String>,
}

impl Webhook {
    /// Its address in an edition, where it gets leads from there at all.
    #[must_use]
    pub fn url_in<'a>(&'a self, edition: &'a EditionConfig, id: &str) -> Option<&'a Spanned<String>> {
        match edition.webhooks.get(id) {
            Some(EditionWebhook::At(url) | EditionWebhook::Inbox(url)) => Some(url),
            Some(EditionWebhook::Off) => None,
            None => Some(&self.url),
        }
    }
}

impl Parser<'_> {
    /// Reads `webhooks:`, by their ids. One that can't be used keeps its id, so that forms that name it aren't
    /// reported.
    pub(super) fn webhooks(&mut self, node: &Node) -> BTreeMap<String, Webhook> {
        let entries = self.reader.entries(node).unwrap_or_default();
        entries
            .iter()
            .filter_map(|(id, node)| Some((id.value.clone(), self.webhook(id.span, node)?)))
            .collect()
    }

    fn webhook(&mut self, span: Span, node: &Node) -> Option<Webhook> {
        let mut fields = self.reader.fields(node)?;
        fields.span = span;
        let (what, kind) = self.kind(&mut fields);
        self.check_relayed(&kind, what, span);
        let secrets = match kind {
            WebhookKind::Json { .. } => self.signing_secrets(&mut fields),
            _ => Vec::new(),
        };
        let url = self.url(&kind, what, &mut fields);
        let response = self.response(&kind, &mut fields);
        let given = Names {
            map: fields.take("map").map(|node| self.names(node)).unwrap_or_default(),
            add: fields.take("add").map(|node| self.names(node)).unwrap_or_default(),
        };
        let names = self.check_names(&given, &kind);
        fields.finish(what, [], &mut self.reader);
        let url = url.unwrap_or(Spanned { value: UNUSABLE.into(), span });
        let text = |(name, value): (Spanned<String>, Spanned<String>)| (name.value, value.value);
        let (map, add) = (given.map.into_iter().map(text), given.add.into_iter().map(text));
        Some(Webhook { kind, span, url, response, map: map.collect(), add: add.collect(), names, secrets })
    }

    /// What kind of webhook it is, and what messages call one of that kind.
    fn kind(&mut self, fields: &mut Fields<'_>) -> (&'static str, WebhookKind) {
        let kind = fields.take("kind").and_then(|node| self.reader.choice(node, WebhookKind::NAMES));
        match kind.and_then(|kind| WebhookKind::NAMES.get(kind).copied()) {
            Some("form") => ("a webhook of the kind `form`", WebhookKind::Form),
            Some("hubspot") => self.hubspot(fields),
            Some("salesforce") => self.salesforce(fields),
            Some("slack") => ("a webhook of the kind `slack`", WebhookKind::Chat(Chat::Slack)),
            Some("teams") => ("a webhook of the kind `teams`", WebhookKind::Chat(Chat::Teams)),
            Some("discord") => ("a webhook of the kind `discord`", WebhookKind::Chat(Chat::Discord)),
            Some("file") => self.lead_file(fields),
            Some("sheet") => self.lead_sheet(fields),
            Some("email") => self.email(fields),
            _ => {
                let preflight = fields.take("preflight").and_then(|node| self.reader.truth(node));
                ("a webhook", WebhookKind::Json { preflight: preflight.unwrap_or_default() })
            }
        }
    }

    /// Where it is: the kinds whose endpoints are the same for all have one that needn't be written.
    fn url(&mut self, kind: &WebhookKind, what: &str, fields: &mut Fields<'_>) -> Option<Spanned<String>> {
        let default = match kind {
            WebhookKind::File { .. } | WebhookKind::Sheet { .. } => return None,
            WebhookKind::Email { .. } => {
                let node = fields.require("url", what, &mut self.reader)?;
                return self.mail_server(node);
            }
            WebhookKind::Hubspot(_) => self.region(fields),
            WebhookKind::HubspotCrm { .. } => HUBSPOT_API.to_string(),
            WebhookKind::Salesforce { .. } => SALESFORCE.to_string(),
            _ => {
                let node = fields.require("url", what, &mut self.reader)?;
                return self.receiver(node);
            }
        };
        match fields.take("url") {
            Some(node) => self.receiver(node),
            None => Some(Spanned { value: default, span: fields.span }),
        }
    }

    /// `response:`, as far as the kind leaves a choice.
    fn response(&mut self, kind: &WebhookKind, fields: &mut Fields<'_>) -> ResponseAccess {
        let response = fields.take("response").and_then(|node| {
            self.reader.choice_renamed(node, &["readable", "opaque"], &[("cors", "readable")])
        });
        let is_salesforce = matches!(kind, WebhookKind::Salesforce { .. });
        if response == Some(0) && is_salesforce {
            let at = fields.key("response").unwrap_or(fields.span);
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, "Salesforce gives no response that a browser can read")
                    .at(FILE, at)
                    .help("remove `response`, or write `response: opaque`"),
            );
        }
        match response {
            Some(0) => ResponseAccess::Readable,
            Some(_) => ResponseAccess::Opaque,
            None if is_salesforce => ResponseAccess::Opaque,
            None => ResponseAccess::Readable,
        }
    }

    /// Reports a name that no webhook has.
    pub(super) fn unknown_webhook(&mut self, id: &Spanned<String>, known: &BTreeMap<String, Webhook>) {
        self.reader.diagnostics.push(
            Diagnostic::new(Code::UnknownWebhook, format!("there is no webhook `{}`", id.value))
                .at(FILE, id.span)
                .suggest(&id.value, known.keys().map(String::as_str))
                .help("webhooks are declared in `ringback.yaml`, under `webhooks:`"),
        );
    }

    /// What pages can't hold, they can't send to.
    fn check_relayed(&mut self, kind: &WebhookKind, what: &str, span: Span) {
        if kind.needs_relay() && !self.has_relay {
            let message = format!("{what} needs a `relay`");
            self.reader.diagnostics.push(Diagnostic::new(Code::InvalidValue, message).at(FILE, span).help(
                "browsers can't send to it: declare a `relay`, or use a service such as Zapier, Make or n8n, and pass leads on from there",
            ));
        }
    }

    /// `secret:` of a webhook that gets signed leads: one, or several while they are changed.
    fn signing_secrets(&mut self, fields: &mut Fields<'_>) -> Vec<String> {
        let Some(node) = fields.take("secret") else { return Vec::new() };
        let place = fields.key("secret").unwrap_or(node.span);
        let secrets = self.reader.texts(node).unwrap_or_default();
        if !self.has_relay {
            let problem =
                Diagnostic::new(Code::InvalidValue, "only a `relay` can sign leads").at(FILE, place);
            let help = "every visitor could read a secret in a page: remove it, or declare a `relay`";
            self.reader.diagnostics.push(problem.help(help));
        }
        secrets.into_iter().map(|secret| secret.value).collect()
    }

    /// A secret, which is never shown: what is wrong with it is told without it.
    pub(super) fn secret(&mut self, node: &Node, fits: impl Fn(&str) -> bool, what: &str) -> String {
        let Some(text) = self.reader.text(node) else { return String::new() };
        // It isn't set, which is reported where it is needed.
        if text.value.contains("${") {
            return String::new();
        }
        if !fits(&text.value) {
            let problem = Diagnostic::new(Code::InvalidValue, format!("this is not {what}"));
            let help = "take it from the environment of the relay: `${NAME}`, with the name of a variable";
            self.reader.diagnostics.push(problem.at(FILE, text.span).help(help));
        }
        text.value
    }

    /// Text of a certain shape.
    pub(super) fn shaped(&mut self, node: &Node, fits: impl Fn(&str) -> bool, shape: &str) -> Option<String> {
        let text = self.reader.text(node)?;
        // A variable is not set, which is reported already, or is only needed elsewhere.
        if text.value.contains("${") {
            return None;
        }
        if !fits(&text.value) {
            let message = format!("`{}` is not {shape}", text.value);
            self.reader.report(Code::InvalidValue, text.span, message);
            return None;
        }
        Some(text.value)
    }
}

#[cfg(test)]
mod relayed_tests;
#[cfg(test)]
mod tests;
