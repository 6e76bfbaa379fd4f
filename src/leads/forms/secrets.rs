//! Addresses of webhooks that are secrets: whoever reads one can post there, or do more.
//!
//! Zapier, Make, n8n, Pipedream and the like are made to be called from anywhere, and pass.

use url::Url;

use crate::diag::credentials;
use crate::encode::percent;

/// Services whose incoming webhooks have no other protection than their address: host, beginning of the path, name.
/// A host that begins with a dot is meant with all below it.
const SERVICES: &[(&str, &str, &str)] = &[
    ("hooks.slack.com", "/", "an incoming webhook of Slack"),
    ("hooks.slack-gov.com", "/", "an incoming webhook of Slack"),
    (".webhook.office.com", "/", "an incoming webhook of Microsoft Teams"),
    ("outlook.office.com", "/webhook/", "an incoming webhook of Microsoft Teams"),
    ("outlook.office365.com", "/webhook/", "an incoming webhook of Microsoft Teams"),
    (".logic.azure.com", "/", "a workflow of Microsoft Teams or Azure"),
    (".api.powerplatform.com", "/", "a workflow of Microsoft Power Automate"),
    ("discord.com", "/api/webhooks/", "a webhook of Discord"),
    (".discord.com", "/api/webhooks/", "a webhook of Discord"),
    ("discordapp.com", "/api/webhooks/", "a webhook of Discord"),
    (".discordapp.com", "/api/webhooks/", "a webhook of Discord"),
    ("chat.googleapis.com", "/", "a webhook of Google Chat"),
    ("api.telegram.org", "/bot", "a bot of Telegram"),
    ("maker.ifttt.com", "/", "a webhook of IFTTT, with its key"),
    ("events.pagerduty.com", "/", "an integration of PagerDuty"),
    ("api.hubapi.com", "/", "HubSpot's private interface"),
];

/// Names of parameters whose value is a secret.
const PARAMETERS: &[&str] = &[
    "access_token",
    "api_key",
    "api-key",
    "apikey",
    "apitoken",
    "api_token",
    "auth",
    "auth_token",
    "client_secret",
    "code",
    "hapikey",
    "key",
    "pass",
    "password",
    "passwd",
    "private_key",
    "pwd",
    "secret",
    "sig",
    "signature",
    "subscription-key",
    "token",
    "webhook_secret",
    "zapikey",
];

/// What makes an address a secret, if it is one; never the secret itself. It is read as browsers read it, so that no
/// spelling of it looks like another one.
pub(super) fn secret_in(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return Some("has a name or password in it, before the `@`".into());
    }
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    let path = plain(url.path());
    let path = path.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let whole = format!("/{}", path.join("/"));
    let is_at = |service: &str| match service.strip_prefix('.') {
        Some(_) => host.ends_with(service),
        None => host == service,
    };
    let begins = |start: &str| whole.to_ascii_lowercase().starts_with(start);
    let service = SERVICES.iter().find(|(service, start, _)| is_at(service) && begins(start));
    if let Some((_, _, name)) = service {
        return Some(format!("is {name}"));
    }
    // Mattermost and Rocket.Chat run on a company's own hosts.
    let mut parts = path.iter().skip_while(|part| **part != "hooks").skip(1);
    let is_hook = |part: &&&str| part.len() >= 17 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let hook = parts.next().filter(is_hook);
    if hook.is_some_and(|hook| hook.len() == 26 || parts.next().filter(is_hook).is_some()) {
        return Some("looks like an incoming webhook of Mattermost or Rocket.Chat".into());
    }
    let named = |name: &str| PARAMETERS.contains(&name.to_ascii_lowercase().as_str());
    if let Some((name, _)) = url.query_pairs().find(|(name, value)| named(name) && !value.is_empty()) {
        return Some(format!("has a secret in it, `{name}=`"));
    }
    let has_token =
        |text: &str| credentials::begins_like_one(text) || !credentials::find(text.as_bytes()).is_empty();
    let is_told =
        path.iter().any(|part| has_token(part)) || url.query_pairs().any(|(_, value)| has_token(&value));
    is_told.then(|| "has a token in it".into())
}

/// A path without percent signs, however often they were encoded.
fn plain(path: &str) -> String {
    let mut path = path.to_string();
    for _ in 0..4 {
        let decoded = percent::decode(&path).into_owned();
        if decoded == path {
            break;
        }
        path = decoded;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::secret_in;

    #[test]
    fn secrets_are_known_by_their_looks() {
        let jwt = format!("https://x.example/eyJ{}", "a".repeat(60));
        for url in [
            "https://hooks.slack.com/services/T0/B0/x",
            "https://HOOKS.slack.com:443/workflows/x",
            "https://fjord.webhook.office.com/webhookb2/x",
            "https://prod-1.westeurope.logic.azure.com/workflows/x",
            "https://discord.com/api/webhooks/1/x",
            "https://ptb.discord.com/api/webhooks/1/x",
            "https://user:word@crm.example.org/",
            "https://user@crm.example.org/",
            "https://crm.example.org/?token=x",
            "https://crm.example.org/?a=b&API_KEY=x#y",
            "https://chat.example.org/hooks/abcdefghijklmnopqrstuvwxyz",
            "https://crm.example.org/ghp_abcdefghijklmnopqrstuvwx/leads",
            "https://maker.ifttt.com/trigger/lead/with/key/x",
            "https://hooks.slack.com./services/T0/B0/x",
            "https://hooks%2Eslack.com/services/T0/B0/x",
            "https://hooks\u{3002}slack\u{ff0e}com/services/T0/B0/x",
            "https://ｈｏｏｋｓ.slack.com/services/x",
            "https://discord.com/%61pi/webhooks/1/x",
            "https://discord.com/api%2Fwebhooks/1/x",
            "https://discord.com/%2561pi//webhooks/1/x",
            "https://discord.com/x/../API/webhooks/1/x",
            "https:\\\\hooks.slack.com\\services\\x",
            "https://@user:word@crm.example.org/",
            "https://crm.example.org/?%74oken=x",
            "https://crm.example.org/gh%70_abcdefghijklmnopqrstuvwx/leads",
            jwt.as_str(),
        ] {
            assert!(secret_in(url).is_some(), "{url}");
        }
    }

    #[test]
    fn what_is_made_to_be_public_passes() {
        for url in [
            "https://hooks.zapier.com/hooks/catch/1234567/abcdef1/",
            "https://hook.eu1.make.com/abcdefghijklmnopqrstuvwxyz012345",
            "https://n8n.example.org/webhook/0a1b2c3d-0000-4000-8000-000000000000",
            "https://eo1abcdefghijk.m.pipedream.net",
            "https://api.hsforms.com/submissions/v3/integration/submit/1/x",
            "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8",
            "https://formspree.io/f/abcdwxyz",
            "https://crm.example.org/leads?source=web&token=",
            "https://discord.com/invite/x",
            "https://crm.example.org/a@b",
            "https://hooks.slack.com.example.org/leads",
            "https://crm.example.org/npm_packages_of_ours/key-account-management-guide",
            "http://localhost:8080/leads",
        ] {
            assert_eq!(secret_in(url), None, "{url}");
        }
    }
}
