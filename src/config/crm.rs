//! Webhooks that only a relay can send to because they need a key: HubSpot's and Salesforce's own interfaces, and files that
//! the relay writes.

use serde::{Deserialize, Serialize};

use super::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node};

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
