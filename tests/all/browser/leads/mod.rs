//! Forms, leads and gates: what a visitor sees, and what a receiver of leads gets.
//!
//! [`receiver`] is the CRM, [`visitor`] the person in front of the browser, and a [`Stage`] a site with both. Time stands
//! still in the pages until a test lets it go on ([`visitor::Visitor::later`]), so nothing is tried again unasked.

mod admin;
mod answers;
mod assessments;
mod attribution;
mod calculators;
mod confirm;
mod delivery;
mod everywhere;
mod gates;
mod kinds;
mod links;
mod looks;
mod native;
mod outbox;
mod receiver;
mod relay;
mod rules;
mod series;
mod survey_forms;
mod surveys;
mod visitor;
mod wording;

use serde_json::Value;

use super::{Serve, Server};
use crate::support::Site;
use crate::support::schema::Schema;
use receiver::Receiver;
use visitor::{START, Visitor};

/// A built site, its host, and who gets its leads.
struct Stage {
    site: Site,
    server: Server,
    receiver: Receiver,
}

impl Stage {
    /// The pages of [`forms`].
    fn new() -> Self {
        Self::of(Site::empty(), forms)
    }

    /// Another site. What is written gets to know where the receiver is.
    #[track_caller]
    fn of(site: Site, write: impl FnOnce(&Site, &str)) -> Self {
        let receiver = Receiver::start();
        let origin = receiver.origin();
        write(&site, &origin);
        let run = site
            .run_with(&["build", "--edition", "public"], &[("CRM_WEBHOOK_URL", &format!("{origin}/crm"))]);
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
        let headers = site.read("public/_headers");
        assert!(headers.contains(&format!("connect-src 'self' {origin}; ")), "{headers}");
        let server = Server::of(&site.path("public"), Serve::default());
        Self { site, server, receiver }
    }
}

/// A form that asks for a bit of everything, for each webhook, and a page for each: `/crm/`, `/sv/crm/`, `/plain/`.
fn forms(site: &Site, origin: &str) {
    site.write("ringback.yaml", CONFIG.replace("ORIGIN", origin));
    let names = ["crm", "strict", "plain", "opaque", "hubspot", "salesforce", "both"];
    for name in names {
        let webhooks = if name == "both" { "[crm, plain]" } else { name };
        site.write(&format!("content/forms/{name}.yaml"), FORM.replace("WEBHOOK", webhooks));
        for (language, ending) in [("en", ""), ("sv", ".sv"), ("nb", ".nb")] {
            if language == "en" || name == "crm" {
                let text = format!("---\ntitle: Write to us\n---\nOne line.\n\n[form:{name}]\n");
                site.write(&format!("content/pages/{name}{ending}.md"), text);
            }
        }
    }
    site.write("content/pages/plainly.md", "---\ntitle: Without a form\n---\nOne line.\n");
}

const CONFIG: &str = r#"title: Fjord
base_url: https://fjord.example/
languages: {en: {label: English}, sv: {label: Svenska}, nb: {label: Norsk}}
organization: {name: Fjord AB, email: hello@fjord.example, phone: "+46 8 465 004 10", address: {country: SE}}
webhooks:
  crm: {url: "ORIGIN/crm"}
  strict: {url: "ORIGIN/strict", preflight: true, map: {name: full_name}, add: {lead_source: website}}
  plain: {kind: form, url: "ORIGIN/plain", map: {name: full_name, redirect: _next}, add: {lead_source: website}}
  opaque: {kind: form, url: "ORIGIN/opaque", response: opaque}
  hubspot:
    kind: hubspot
    url: ORIGIN
    portal: "1234567"
    form: 319478e5-e5fd-4d39-9d13-fc1f90bf46da
    subscriptions: {news: 4567}
    map: {company: company_name, page_url: landing, lead_id: ringback_id}
    add: {lead_source: website}
  salesforce:
    kind: salesforce
    url: "ORIGIN/web-to-lead"
    oid: 00D000000000001
    map: {consent_news: 00N000000000001}
    add: {lead_source: Web}
"#;

const FORM: &str = r#"title: Write to us
webhook: WEBHOOK
fields:
  - {id: name, required: true}
  - {id: email, type: email, required: true, business_email: true}
  - {id: company, required: true}
  - {id: phone, type: tel}
  - {id: when, type: choice, label: When, options: [{id: morning, label: Morning}, {id: evening, label: Evening}]}
  - {id: seats, type: number, label: Seats, min: 2, max: 500}
  - {id: message, type: textarea}
consent:
  - {id: contact, required: true, version: "2026-11", text: {en: You may “contact” me., sv: Ni får höra av er., nb: Dere får ta kontakt.}}
  - {id: news, version: "2026-10", text: {en: Send me news., sv: Skicka nyheter., nb: Send nyheter.}}
"#;

/// Is it a lead as `docs/lead.schema.json` has it?
#[track_caller]
fn assert_valid(lead: &Value) {
    Schema::of_leads().assert(lead);
}
