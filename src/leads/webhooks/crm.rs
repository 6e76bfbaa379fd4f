//! A lead in a CRM by its own interface: in HubSpot a contact and a note, in Salesforce a lead. A field that the CRM may not
//! have would have all of it refused, so only those that every account has go by themselves, and those that `map` or `add`
//! name; what else was said is in the note, or in the lead's description.

use serde_json::{Map, Value, json};

use super::facts::{facts, title};
use super::{Lead, mapped};
use crate::config::Webhook;
use crate::encode::html::escape_text;

/// Properties that contacts have in every account of HubSpot ("HubSpot's default contact properties").
const CONTACT: &[&str] = &[
    "address",
    "city",
    "company",
    "country",
    "email",
    "firstname",
    "jobtitle",
    "lastname",
    "mobilephone",
    "phone",
    "state",
    "website",
    "zip",
];

/// The longest note of HubSpot ("Notes API", `hs_note_body`), less what its markup takes, in bytes.
const NOTE: usize = 60_000;

/// Fields of the object Lead, and how many characters they take ("Object Reference for the Salesforce Platform", Lead).
const LEAD: &[(&str, usize)] = &[
    ("City", 40),
    ("Company", 255),
    ("Country", 80),
    ("Email", 80),
    ("FirstName", 40),
    ("LastName", 80),
    ("LeadSource", 255),
    ("MobilePhone", 40),
    ("Phone", 40),
    ("PostalCode", 20),
    ("State", 80),
    ("Street", 255),
    ("Title", 128),
    ("Website", 255),
];

/// The longest description of a lead there.
const DESCRIPTION: usize = 32_000;

/// A contact as HubSpot's CRM takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The address by which HubSpot knows it.
    pub email: String,
    /// HubSpot's properties of the contact, by their internal names.
    pub properties: Map<String, Value>,
}

impl Contact {
    /// The body that makes it, or changes the one that there is: a batch of one.
    #[must_use]
    pub fn upsert(&self) -> Value {
        json!({"inputs": [{"idProperty": "email", "id": self.email, "properties": self.properties}]})
    }
}

/// A lead as a contact in HubSpot; `None` where it has no email address.
#[must_use]
pub fn contact(webhook: &Webhook, lead: &Lead) -> Option<Contact> {
    let is_named = |name: &str| {
        webhook.map.values().any(|own| own == name)
            || webhook.add.contains_key(name)
            || CONTACT.contains(&name)
    };
    let properties = mapped(webhook, lead).into_iter().filter(|(name, _)| is_named(name));
    let mut properties: Map<String, Value> =
        properties.map(|(name, value)| (name, Value::String(value))).collect();
    let email = properties.get("email")?.as_str()?.trim().to_lowercase();
    properties.insert("email".into(), json!(email));
    Some(Contact { email, properties })
}

/// What was sent, as a note on a contact with this id, in the visitor's language.
#[must_use]
pub fn note(lead: &Lead, contact: &str) -> Value {
    let line = |text: &str| {
        let mut out = String::from("<p>");
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                out.push_str("<br>");
            }
            escape_text(part.trim_end_matches('\r'), &mut out);
        }
        out + "</p>"
    };
    let mut body = line(&title(lead));
    for (name, value) in facts(lead) {
        let line = line(&format!("{name}: {value}"));
        if body.len() + line.len() > NOTE {
            break;
        }
        body.push_str(&line);
    }
    body.push_str(&line(&lead.id));
    json!({
        "properties": {"hs_timestamp": lead.json["timestamp"], "hs_note_body": body},
        "associations": [{
            "to": {"id": contact},
            // 202 is "note to contact" in every account.
            "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202}],
        }],
    })
}

/// A lead as the fields of one in Salesforce. Its description is all that was said, in the visitor's language, unless `map`
/// gives it something else.
#[must_use]
pub fn salesforce_lead(webhook: &Webhook, lead: &Lead) -> Value {
    let of_site = |name: &str| webhook.map.values().any(|own| own == name) || webhook.add.contains_key(name);
    let mut fields = Map::new();
    for (name, value) in mapped(webhook, lead) {
        match LEAD.iter().find(|(known, _)| *known == name) {
            Some((_, most)) => fields.insert(name, json!(cut(&value, *most))),
            None if of_site(&name) => fields.insert(name, json!(value)),
            None => None,
        };
    }
    if !fields.contains_key("Description") {
        let lines = facts(lead).into_iter().map(|(name, value)| format!("{name}: {value}"));
        let text: Vec<String> = std::iter::once(title(lead)).chain(lines).collect();
        fields.insert("Description".into(), json!(cut(&text.join("\n"), DESCRIPTION)));
    }
    Value::Object(fields)
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::{ResponseAccess, SalesforceApi, WebhookKind};
    use crate::diag::Span;
    use crate::leads::webhooks::{Labels, LeadTexts};
    use crate::yaml::Spanned;

    fn webhook(kind: WebhookKind) -> Webhook {
        Webhook {
            kind,
            span: Span::default(),
            url: Spanned { value: String::new(), span: Span::default() },
            response: ResponseAccess::Readable,
            map: BTreeMap::from([("seats".to_string(), "Seats__c".to_string())]),
            add: BTreeMap::from([("lifecyclestage".to_string(), "lead".to_string())]),
            names: BTreeMap::new(),
            secrets: Vec::new(),
        }
    }

    fn lead(message: &str) -> Lead {
        let json = json!({
            "type": "lead.submitted", "version": 1, "id": "lead_1", "timestamp": "2026-11-02T09:30:00Z",
            "data": {
                "form": "guide", "gate": null,
                "fields": {"name": "Kim <b>", "email": "Kim@Fjord.example", "seats": 3, "message": message, "unknown": "x"},
                "page": {"url": "https://fjord.example/a/", "title": "A", "lang": "en"},
                "consent": [{"id": "news", "given": true}], "attribution": {}, "meta": {},
            },
        });
        let labels = Labels { form: "Get the guide".into(), fields: vec![("email".into(), "Email".into())] };
        Lead::read(json, LeadTexts { labels, ..LeadTexts::default() }).unwrap()
    }

    #[test]
    fn a_contact_has_what_every_account_knows_and_a_note_the_rest() {
        let hubspot = webhook(WebhookKind::HubspotCrm { token: String::new() });
        let made = contact(&hubspot, &lead("Please call.\nThanks.")).unwrap();
        assert_eq!(
            made.upsert(),
            json!({"inputs": [{"idProperty": "email", "id": "kim@fjord.example", "properties": {
                "firstname": "Kim <b>", "email": "kim@fjord.example", "Seats__c": "3", "lifecyclestage": "lead",
            }}]})
        );
        let note = note(&lead("Please call.\nThanks."), "512");
        assert_eq!(
            note["properties"]["hs_note_body"],
            "<p>Get the guide</p><p>Email: Kim@Fjord.example</p><p>message: Please call.<br>Thanks.</p>\
             <p>name: Kim &lt;b&gt;</p><p>seats: 3</p><p>unknown: x</p><p>Page: https://fjord.example/a/</p>\
             <p>Agreed to: news</p><p>lead_1</p>"
        );
        assert_eq!(note["properties"]["hs_timestamp"], "2026-11-02T09:30:00Z");
        assert_eq!(note["associations"][0]["to"]["id"], "512");
        let long = super::note(&lead(&"<".repeat(40_000)), "1")["properties"]["hs_note_body"].to_string();
        assert!(long.len() < 65_536 && long.contains("lead_1"), "{}", long.len());
    }

    #[test]
    fn a_lead_in_salesforce_has_names_of_its_interface() {
        let salesforce = webhook(WebhookKind::SalesforceApi(SalesforceApi::default()));
        let made = salesforce_lead(&salesforce, &lead("Please call."));
        assert_eq!(
            made,
            json!({
                "LastName": "Kim <b>", "Email": "Kim@Fjord.example", "Seats__c": "3", "lifecyclestage": "lead",
                "Description": "Get the guide\nEmail: Kim@Fjord.example\nmessage: Please call.\nname: Kim <b>\nseats: 3\nunknown: x\nPage: https://fjord.example/a/\nAgreed to: news",
            })
        );
    }
}
