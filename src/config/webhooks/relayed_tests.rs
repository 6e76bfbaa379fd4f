//! Webhooks that only a relay can send to, and the secrets that they need.

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
        ("{kind: hubspot, token: \"hush hush hush hush\"}", "this is not a private app’s token of HubSpot"),
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
