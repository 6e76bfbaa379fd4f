//! Webhooks of the kind `salesforce`: Web-to-Lead, or with a `client_id` the REST interface.

use serde::{Deserialize, Serialize};

use super::WebhookKind;
use crate::config::Parser;
use crate::yaml::{Fields, Node};

/// Where Salesforce takes leads from the web.
pub(super) const SALESFORCE: &str = "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8";

/// What Salesforce needs to know of a program that signs in by itself (OAuth 2.0, client credentials).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesforceApi {
    /// The consumer key of the app.
    pub client_id: String,
    /// The consumer secret of the app, from the environment of the relay.
    pub client_secret: String,
    /// The field of the object Lead that has a lead's own id, so that one that comes twice is one.
    pub external_id: String,
}

impl Parser<'_> {
    /// A webhook of the kind `salesforce`, as messages name it.
    pub(super) fn salesforce(&mut self, fields: &mut Fields<'_>) -> (&'static str, WebhookKind) {
        if let Some(id) = fields.take("client_id") {
            let kind = WebhookKind::SalesforceApi(self.salesforce_api(id, fields));
            return ("a webhook of the kind `salesforce` with a `client_id`", kind);
        }
        let what = "a webhook of the kind `salesforce`";
        let oid = fields.require("oid", what, &mut self.reader);
        let is_oid = |oid: &str| matches!(oid.len(), 15 | 18) && oid.starts_with("00D");
        let oid = oid
            .and_then(|node| self.shaped(node, is_oid, "the organization's id, `00D…`, 15 or 18 characters"));
        (what, WebhookKind::Salesforce { oid: oid.unwrap_or_default() })
    }

    /// What signs in by itself needs to know.
    fn salesforce_api(&mut self, client_id: &Node, fields: &mut Fields<'_>) -> SalesforceApi {
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
}
