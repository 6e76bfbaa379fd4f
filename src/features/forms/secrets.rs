//! Addresses of webhooks that are secrets: whoever reads one can post there, or do more.
//!
//! Zapier, Make, n8n, Pipedream and the like are made to be called from anywhere, and pass.

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

/// How tokens of well-known services begin, and how many signs follow at least.
const TOKENS: &[(&str, usize)] = &[
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("xoxa-", 10),
    ("xapp-", 10),
    ("sk_live_", 10),
    ("sk_test_", 10),
    ("rk_live_", 10),
    ("sk-", 24),
    ("ghp_", 20),
    ("gho_", 20),
    ("github_pat_", 20),
    ("glpat-", 16),
    ("pat-na1-", 16),
    ("pat-eu1-", 16),
    ("AKIA", 16),
    ("AIza", 30),
    ("SG.", 30),
    ("key-", 32),
    ("eyJ", 40),
];

/// What makes an address a secret, if it is one; never the secret itself.
pub(super) fn secret_in(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = before.find('/').map_or((before, "/"), |at| before.split_at(at));
    let Some(host) = authority.rsplit('@').next().filter(|host| *host == authority) else {
        return Some("has a name or password in it, before the `@`".into());
    };
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let is_at = |service: &str| match service.strip_prefix('.') {
        Some(_) => host.ends_with(service),
        None => host == service,
    };
    let service = SERVICES.iter().find(|(service, start, _)| is_at(service) && path.starts_with(start));
    if let Some((_, _, name)) = service {
        return Some(format!("is {name}"));
    }
    // Mattermost and Rocket.Chat run on a company's own hosts.
    let mut parts = path.split('/').skip_while(|part| *part != "hooks").skip(1);
    let is_hook = |part: &str| part.len() >= 17 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let hook = parts.next().filter(|part| is_hook(part));
    if hook.is_some_and(|hook| hook.len() == 26 || parts.next().is_some_and(is_hook)) {
        return Some("looks like an incoming webhook of Mattermost or Rocket.Chat".into());
    }
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let named = |name: &str| PARAMETERS.contains(&name.to_ascii_lowercase().as_str());
    if let Some((name, _)) = pairs.clone().find(|(name, value)| named(name) && !value.is_empty()) {
        return Some(format!("has a secret in it, `{name}=`"));
    }
    let values = path.split('/').chain(pairs.map(|(_, value)| value));
    values.into_iter().any(is_token).then(|| "has a token in it".into())
}

fn is_token(part: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    TOKENS.iter().any(|(start, least)| {
        part.strip_prefix(start).is_some_and(|rest| rest.len() >= *least && rest.bytes().all(is_sign))
    })
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
            "http://localhost:8080/leads",
        ] {
            assert_eq!(secret_in(url), None, "{url}");
        }
    }
}
