//! Webhooks of every kind, as a site declares them.

use super::*;
use crate::config;
use crate::diag::Diagnostics;

fn read(webhooks: &str) -> (config::Config, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let text = format!("title: T\nbase_url: https://example.org/\n{webhooks}");
    let config = config::read(&text, &|_| None, &mut diagnostics).expect("it is YAML");
    (config, diagnostics.sorted().into_iter().map(|found| found.message).collect())
}

#[test]
fn each_kind_has_its_own_keys() {
    let (config, said) = read(
        "webhooks:\n  a: {url: https://a.example/, preflight: true, map: {name: full_name}, add: {n: 1}}\n  \
         b: {kind: hubspot, region: eu1, portal: 123, form: 319478e5-e5fd-4d39-9d13-fc1f90bf46da, subscriptions: {news: 5}}\n  \
         c: {kind: salesforce, oid: 00D000000000001}\n",
    );
    assert_eq!(said, Vec::<String>::new());
    let webhook = |id: &str| &config.webhooks[id];
    assert_eq!(webhook("a").kind, WebhookKind::Json { preflight: true });
    assert_eq!(webhook("a").map["name"], "full_name");
    assert_eq!(webhook("a").add["n"], "1");
    assert_eq!(webhook("b").url.value, "https://api-eu1.hsforms.com");
    assert_eq!(
        (webhook("c").url.value.as_str(), webhook("c").response),
        (SALESFORCE, ResponseAccess::Opaque)
    );
    let (_, said) = read("webhooks: {a: {url: https://a.example/, oid: 00D000000000001}}\n");
    assert_eq!(said, ["a webhook has no key `oid`"]);
    let (_, said) = read("webhooks: {a: {kind: hubspot}}\n");
    assert_eq!(
        said,
        ["a webhook of the kind `hubspot` needs `form`", "a webhook of the kind `hubspot` needs `portal`"]
    );
}

#[test]
fn an_edition_has_the_last_word() {
    let (config, said) = read(
        "webhooks: {a: {url: https://a.example/}, b: {url: https://b.example/}, c: {url: https://c.example/}}\n\
         editions: {team: {audiences: [team], webhooks: {a: http://localhost:8080/, b: none}}}\n",
    );
    assert_eq!(said, Vec::<String>::new());
    let url = |id: &str| config.webhooks[id].url_in(&config.editions[0], id).map(|url| url.value.as_str());
    assert_eq!(
        (url("a"), url("b"), url("c")),
        (Some("http://localhost:8080/"), None, Some("https://c.example/"))
    );
}

#[test]
fn only_this_computer_is_reached_without_encryption() {
    for (url, fine) in [
        ("http://localhost:8080/x", true),
        ("http://127.0.0.1/", true),
        ("http://[::1]:1/", true),
        ("http://localhost.example.org/", false),
        ("http://localhost@example.org/", false),
        ("http://192.168.0.2/", false),
        ("ftp://x", false),
        ("https:///x", false),
        ("http://2130706433/", true),
        ("http://0177.0.0.1/", true),
        ("http://127.1/", true),
        ("http://[::ffff:127.0.0.1]/", true),
        ("http://LOCALHOST./x", true),
        ("http://127.0.0.1.example.org/", false),
        ("http://127.0.0.1.nip.example/", false),
        ("http://[::ffff:192.168.0.2]/", false),
        ("http://localhost%2Eexample.org/", false),
        ("http://user@127.0.0.1@example.org/", false),
        ("https://", false),
        ("https://[::1/", false),
    ] {
        let (_, said) = read(&format!("webhooks: {{a: {{url: \"{url}\"}}}}\n"));
        assert_eq!(said.is_empty(), fine, "{url}: {said:?}");
    }
}
