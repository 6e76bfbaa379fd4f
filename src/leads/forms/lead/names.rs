//! Under which name each receiver gets each value.

use crate::config::{Webhook, WebhookKind};
use crate::content::form::Consent;

/// What a webhook calls a field or consent: as its `map` says, else by the receiver's usual name, else by its id.
#[must_use]
pub fn sent_as<'a>(webhook: &'a Webhook, id: &'a str) -> &'a str {
    if let Some(name) = webhook.map.get(id) {
        return name;
    }
    match (&webhook.kind, id) {
        (WebhookKind::Hubspot(_) | WebhookKind::HubspotCrm { .. }, id) => match id {
            "name" | "first_name" => "firstname",
            "last_name" => "lastname",
            "role" => "jobtitle",
            _ => id,
        },
        (WebhookKind::SalesforceApi(_), id) => salesforce_name(id),
        (WebhookKind::Salesforce { .. }, "name") => "last_name",
        (WebhookKind::Salesforce { .. }, "role") => "title",
        (WebhookKind::Salesforce { .. }, "website") => "URL",
        (WebhookKind::Salesforce { .. }, "message") => "description",
        _ => id,
    }
}

/// What Salesforce's interface calls a field or consent of ours.
fn salesforce_name(id: &str) -> &str {
    match id {
        "name" | "last_name" => "LastName",
        "first_name" => "FirstName",
        "email" => "Email",
        "phone" | "tel" => "Phone",
        "mobile" => "MobilePhone",
        "company" => "Company",
        "role" => "Title",
        "website" => "Website",
        "street" => "Street",
        "city" => "City",
        "state" => "State",
        "zip" | "postal_code" => "PostalCode",
        "country" => "Country",
        _ => id,
    }
}

/// The name of a consent among the fields of a lead that is flat.
#[must_use]
pub fn consent_name(consent: &Consent) -> String {
    format!("consent_{}", consent.id.value)
}
