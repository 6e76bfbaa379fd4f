//! Links in what a form says: they lead there, and no markup is sent.

use serde_json::Value;

use super::{CONFIG, FORM, Stage, Visitor};
use crate::support::Site;

#[test]
fn links_in_a_consent_lead_there_and_are_sent_as_addresses() {
    let stage = Stage::of(Site::empty(), |site, origin| {
        site.write("ringback.yaml", CONFIG.replace("ORIGIN", origin));
        let consent = "You may contact me, see the [privacy policy](../pages/privacy.md#how-long).";
        let form =
            FORM.replace("WEBHOOK", "hubspot").replace("You may “contact” me.", &format!("\"{consent}\""));
        site.write(
            "content/forms/guide.yaml",
            format!("{form}thank_you: {{message: 'Thank you. [Read on](/next/).'}}\n"),
        );
        site.write("content/pages/privacy.md", "---\ntitle: Privacy\n---\n\n## How long\n\nA year.\n");
        site.write("content/pages/next.md", "---\ntitle: Next\n---\nText.\n");
        site.write("content/pages/guide.md", "---\ntitle: Guide\n---\nText.\n\n[form:guide]\n");
        let gated = "---\ntitle: Gated\ngate: {form: guide}\n---\nOpen.\n\n<!-- gate -->\n\nGated.\n";
        site.write("content/pages/gated.md", gated);
    });
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open("/gated/");
    visitor.page.find("[data-consent=contact] label a").click();
    assert_eq!(visitor.page.url(), stage.server.url("/privacy/#how-long"));
    visitor.open("/guide/");
    let label = visitor.page.find("[data-consent=contact] label");
    assert_eq!(label.text(), "You may contact me, see the privacy policy.");
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    assert_eq!(visitor.status(), "Thank you. Read on.");
    let body: Value = serde_json::from_str(&stage.receiver.only().body).expect("JSON");
    let policy = stage.server.url("/privacy/#how-long");
    let text = format!("You may contact me, see the privacy policy ({policy}).");
    assert_eq!(body["legalConsentOptions"]["consent"]["text"], text.as_str());
    visitor.page.find("[data-lead-status] a").click();
    assert_eq!(visitor.page.url(), stage.server.url("/next/"));
    visitor.page.assert_no_errors();
}
