//! Webhooks that only a relay can send to because they need a key: HubSpot's and Salesforce's own interfaces, and files that
//! the relay writes.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node};

/// Where Turnstile tells whether it knows an answer.
const SITEVERIFY: &str = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

/// Where HubSpot's interface is, whatever the account's region.
pub(super) const HUBSPOT_API: &str = "https://api.hubapi.com";

/// What Salesforce needs to know of a program that signs in by itself (OAuth 2.0, client credentials).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesforceApi {
    /// The consumer key of the app.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The field of the object Lead that has a lead's own id, so that one that comes twice is one.
    pub external_id: String,
}

/// Cloudflare's Turnstile, as the site has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnstile {
    /// What pages name.
    pub site_key: String,
    /// What the relay asks with.
    pub secret: String,
    /// Whom it asks.
    pub url: String,
}

/// Whom a relay asks whether a host takes mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailCheck {
    /// The DNS server that the system has.
    System,
    /// This one.
    At(SocketAddr),
}

/// When a file that the relay writes is followed by the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rotation {
    /// Never.
    #[default]
    Never,
    /// Each day, by UTC.
    Daily,
    /// Each month.
    Monthly,
    /// Each year.
    Yearly,
}

impl Parser<'_> {
    /// A webhook of the kind `hubspot` with a `token`, which is that of a private app.
    pub(super) fn hubspot_token(&mut self, node: &Node) -> String {
        let is_token = |text: &str| text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_graphic());
        self.secret(node, is_token, "a private app’s token of HubSpot")
    }

    /// A webhook of the kind `salesforce` with a `client_id`.
    pub(super) fn salesforce_api(&mut self, client_id: &Node, fields: &mut Fields<'_>) -> SalesforceApi {
        let what = "a webhook of the kind `salesforce` with a `client_id`";
        let is_key = |text: &str| text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_graphic());
        let client_id = self.secret(client_id, is_key, "an app’s consumer key of Salesforce");
        let client_secret = fields.require("client_secret", what, &mut self.reader);
        let client_secret =
            client_secret.map(|node| self.secret(node, is_key, "an app’s consumer secret of Salesforce"));
        let external_id = fields.require("external_id", what, &mut self.reader);
        let is_field = |name: &str| {
            let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            name.len() > 3 && name.ends_with("__c") && name.bytes().all(is_part)
        };
        let shape = "the API name of a custom field of leads, such as `Ringback_Id__c`";
        let external_id = external_id.and_then(|node| self.shaped(node, is_field, shape));
        SalesforceApi {
            client_id,
            client_secret: client_secret.unwrap_or_default(),
            external_id: external_id.unwrap_or_default(),
        }
    }

    /// `turnstile:` of a relay.
    pub(super) fn turnstile(&mut self, node: &Node) -> Option<Turnstile> {
        let what = "`turnstile`";
        let mut fields = self.reader.fields(node)?;
        let is_key = |text: &str| {
            let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            text.len() >= 8 && text.bytes().all(is_part)
        };
        let site_key = fields.require("site_key", what, &mut self.reader);
        let site_key = site_key.and_then(|node| self.shaped(node, is_key, "a site key of Turnstile"));
        let secret = fields.require("secret", what, &mut self.reader);
        let secret = secret.map(|node| self.secret(node, is_key, "a secret key of Turnstile"));
        let url = fields.take("url").and_then(|node| self.receiver(node)).map(|url| url.value);
        fields.finish(what, [], &mut self.reader);
        let url = url.unwrap_or_else(|| SITEVERIFY.to_string());
        Some(Turnstile { site_key: site_key?, secret: secret?, url })
    }

    /// `check_domains:` of a relay: `true`, or the address of a DNS server.
    pub(super) fn mail_check(&mut self, node: &Node) -> Option<MailCheck> {
        let text = self.reader.text(node)?;
        match text.value.as_str() {
            "false" => return None,
            "true" => return Some(MailCheck::System),
            _ => {}
        }
        let address = text.value.parse::<SocketAddr>().ok();
        let address = address.or_else(|| Some(SocketAddr::new(text.value.parse().ok()?, 53)));
        if address.is_none() {
            let message = format!("`{}` is neither `true` nor the address of a DNS server", text.value);
            let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, text.span);
            let help = "write `check_domains: true` to ask the server that the system asks, or `192.0.2.53`";
            self.reader.diagnostics.push(problem.help(help));
        }
        address.map(MailCheck::At)
    }

    /// A secret, which is never shown: what is wrong with it is told without it.
    fn secret(&mut self, node: &Node, fits: impl Fn(&str) -> bool, what: &str) -> String {
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

    /// A file that the relay writes beside its store: its name, and when the next one begins.
    pub(super) fn own_file(
        &mut self,
        fields: &mut Fields<'_>,
        what: &str,
        example: &str,
    ) -> (String, Rotation) {
        let path = fields.require("path", what, &mut self.reader);
        let is_name = |name: &str| {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            name.chars().all(is_part) && !name.starts_with('.') && !name.is_empty()
        };
        let shape = format!("the name of a file beside the relay's store, such as `{example}`");
        let path = path.and_then(|node| self.shaped(node, is_name, &shape));
        let rotation = fields
            .take("rotate")
            .and_then(|node| self.reader.choice(node, &["never", "daily", "monthly", "yearly"]));
        let rotation = match rotation {
            Some(1) => Rotation::Daily,
            Some(2) => Rotation::Monthly,
            Some(3) => Rotation::Yearly,
            _ => Rotation::Never,
        };
        (path.unwrap_or_default(), rotation)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{self, Rotation, SalesforceApi, WebhookKind};
    use crate::diag::Diagnostics;

    fn read(webhook: &str) -> (Option<WebhookKind>, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let text = format!(
            "title: T\nbase_url: https://example.org/\nrelay: {{url: \"https://leads.example.org/\"}}\nwebhooks: {{a: {webhook}}}\n"
        );
        let config = config::read(&text, &|_| None, &mut diagnostics).expect("it is YAML");
        let kind = config.webhooks.get("a").map(|webhook| webhook.kind.clone());
        (kind, diagnostics.sorted().into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn what_needs_a_key_is_read_with_it() {
        let token = "pat-na1-12345678-not-real";
        let (kind, said) = read(&format!("{{kind: hubspot, token: {token}}}"));
        assert_eq!((kind, said), (Some(WebhookKind::HubspotCrm { token: token.into() }), vec![]));
        let (kind, said) = read(
            "{kind: salesforce, url: \"https://fjord.my.salesforce.com\", client_id: 3MVG9.key, client_secret: secret-secret, external_id: Ringback_Id__c}",
        );
        let api = SalesforceApi {
            client_id: "3MVG9.key".into(),
            client_secret: "secret-secret".into(),
            external_id: "Ringback_Id__c".into(),
        };
        assert_eq!((kind, said), (Some(WebhookKind::SalesforceApi(api)), vec![]));
        let (kind, said) = read("{kind: sheet, path: leads.csv, rotate: monthly}");
        let sheet = WebhookKind::Sheet { path: "leads.csv".into(), rotation: Rotation::Monthly };
        assert_eq!((kind, said), (Some(sheet), vec![]));
    }

    #[test]
    fn what_is_wrong_is_told_without_the_secret() {
        for (webhook, why) in [
            ("{kind: hubspot, token: hush}", "this is not a private app’s token of HubSpot"),
            (
                "{kind: hubspot, token: \"hush hush hush hush\"}",
                "this is not a private app’s token of HubSpot",
            ),
            (
                "{kind: salesforce, url: \"https://a.example/\", client_id: hush, client_secret: long-enough, external_id: A__c}",
                "this is not an app’s consumer key of Salesforce",
            ),
            (
                "{kind: salesforce, client_id: long-enough, client_secret: long-enough, external_id: A__c}",
                "a webhook of the kind `salesforce` with a `client_id` needs `url`",
            ),
            (
                "{kind: salesforce, url: \"https://a.example/\", client_id: long-enough, client_secret: long-enough, external_id: Email}",
                "`Email` is not the API name of a custom field of leads, such as `Ringback_Id__c`",
            ),
            (
                "{kind: sheet, path: ../leads.csv}",
                "`../leads.csv` is not the name of a file beside the relay's store, such as `leads.csv`",
            ),
        ] {
            let (_, said) = read(webhook);
            assert!(said.iter().any(|said| said.contains(why)), "{webhook}: {said:?}");
            assert!(said.iter().all(|said| !said.contains("hush")), "{said:?}");
        }
    }
}
