//! Webhooks of the kind `hubspot`: submissions of a form, or with a `token` the CRM itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::WebhookKind;
use crate::config::Parser;
use crate::yaml::{Fields, Node};

/// Where HubSpot's interface is, whatever the account's region.
pub(super) const HUBSPOT_API: &str = "https://api.hubapi.com";

/// Where HubSpot takes submissions (region `na1`).
const HUBSPOT: &str = "https://api.hsforms.com";

/// Where in HubSpot a lead goes: the account, the form and the subscriptions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hubspot {
    /// The number of the account.
    pub portal: String,
    /// Which of HubSpot's forms a lead is a submission to.
    pub form: HubspotForm,
    /// Consents (their ids) and the subscription types that they are for.
    pub subscriptions: BTreeMap<String, i64>,
}

/// Which form in HubSpot a form of the site is sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HubspotForm {
    /// Every form is sent to the one with this GUID.
    One(String),
    /// Each to its own: GUIDs by the ids of the site's forms.
    ById(BTreeMap<String, String>),
}

impl Default for HubspotForm {
    fn default() -> Self {
        Self::ById(BTreeMap::new())
    }
}

impl Hubspot {
    /// The GUID of the form in HubSpot for a form of the site.
    #[must_use]
    pub fn guid(&self, form: &str) -> Option<&str> {
        match &self.form {
            HubspotForm::One(guid) => Some(guid),
            HubspotForm::ById(forms) => forms.get(form).map(String::as_str),
        }
    }
}

impl Parser<'_> {
    /// A webhook of the kind `hubspot`, as messages name it.
    pub(super) fn hubspot(&mut self, fields: &mut Fields<'_>) -> (&'static str, WebhookKind) {
        if let Some(token) = fields.take("token") {
            let token = self.hubspot_token(token);
            return ("a webhook of the kind `hubspot` with a `token`", WebhookKind::HubspotCrm { token });
        }
        let what = "a webhook of the kind `hubspot`";
        (what, WebhookKind::Hubspot(self.hubspot_form(fields, what)))
    }

    /// What submissions of a form need to know.
    fn hubspot_form(&mut self, fields: &mut Fields<'_>, what: &str) -> Hubspot {
        let portal = fields.require("portal", what, &mut self.reader);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let portal =
            portal.and_then(|node| self.shaped(node, is_number, "the number of the HubSpot account"));
        let form = match fields.require("form", what, &mut self.reader) {
            Some(node) if matches!(node.value, crate::yaml::Value::Map(_)) => {
                let entries = self.reader.entries(node).unwrap_or_default();
                let forms =
                    entries.iter().filter_map(|(id, node)| Some((id.value.clone(), self.guid(node)?)));
                HubspotForm::ById(forms.collect())
            }
            Some(node) => self.guid(node).map(HubspotForm::One).unwrap_or_default(),
            None => HubspotForm::default(),
        };
        let mut subscriptions = BTreeMap::new();
        if let Some(node) = fields.take("subscriptions") {
            for (consent, node) in self.reader.entries(node).unwrap_or_default() {
                let number = self.reader.number(node, 1..=i64::MAX);
                subscriptions.extend(number.map(|number| (consent.value.clone(), number)));
            }
        }
        Hubspot { portal: portal.unwrap_or_default(), form, subscriptions }
    }

    fn guid(&mut self, node: &Node) -> Option<String> {
        let is_guid = |text: &str| {
            let parts: Vec<&str> = text.split('-').collect();
            parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
                && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        self.shaped(node, is_guid, "a form's GUID in HubSpot, such as `319478e5-e5fd-4d39-9d13-fc1f90bf46da`")
    }

    /// `token:`, that of a private app.
    fn hubspot_token(&mut self, node: &Node) -> String {
        let is_token = |text: &str| text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_graphic());
        self.secret(node, is_token, "a private app’s token of HubSpot")
    }

    /// HubSpot's host for submissions, in the account's region.
    pub(super) fn region(&mut self, fields: &mut Fields<'_>) -> String {
        let region = fields.take("region").and_then(|node| self.reader.choice(node, &["na1", "eu1"]));
        if region == Some(1) { HUBSPOT.replace("api.", "api-eu1.") } else { HUBSPOT.to_string() }
    }
}
