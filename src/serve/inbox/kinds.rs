//! What each kind of webhook would have been sent of a lead.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::config::{Hubspot, HubspotForm, ResponseAccess, Webhook, WebhookKind};
use crate::content::front_matter::GateKey;
use crate::diag::{Span, Veil};
use crate::leads::forms::{lead, thanks_url};
use crate::leads::webhooks::{self, Labels, LeadTexts};
use crate::pages::form_text::FormText;
use crate::pages::linked::Edition;
use crate::yaml::Spanned;

/// Stand in where the site has no webhook of a kind.
const PORTAL: &str = "12345678";
const GUID: &str = "00000000-0000-0000-0000-000000000000";
const OID: &str = "00D000000000000";

/// A request as a webhook of one kind would get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WebhookPreview {
    /// The kind of webhook, as the configuration has it.
    pub kind: &'static str,
    /// Is it the kind that the webhook has?
    pub is_own: bool,
    /// Where it would go, if it has this kind.
    pub url: Option<String>,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body that it would be sent.
    pub body: String,
}

/// A lead as each kind of webhook would get it, its own first; nothing where it is no lead. A kind that the webhook doesn't
/// have is shown as it would be with the settings that kind needs at least.
#[must_use]
pub fn previews(linked: &Edition, hook: &str, posted: &Value, veil: &Veil) -> Vec<WebhookPreview> {
    if posted["type"] != "lead.submitted" {
        return Vec::new();
    }
    let site = &linked.site;
    let config = site.config();
    let lang = posted["data"]["page"]["lang"].as_str().and_then(|code| config.language(code));
    let lang = lang.unwrap_or(config.default_language);
    let index = posted["data"]["form"].as_str().and_then(|id| site.form(id));
    let form = index.map(|index| &site.content.forms[index]);
    let consents = index.into_iter().flat_map(|index| {
        let consents = site.content.forms[index].consent.iter();
        consents.map(move |consent| (index, consent))
    });
    let words = consents.map(|(form, consent)| {
        (consent.id.value.clone(), FormText::new(linked, form, lang).plain(&consent.text))
    });
    let texts = LeadTexts {
        consents: words.collect(),
        labels: Labels::default(),
        back: form.map(|form| site.permalink(&thanks_url(site, form, lang))).unwrap_or_default(),
    };
    let own = config.webhooks.get(hook).map(|own| veiled(own, veil));
    let own_name = own.as_ref().map(|webhook| webhook.kind.name());
    let sent = |webhook: &Webhook, is_own: bool| {
        let (content_type, body) = webhooks::sent(webhook, posted, &texts)?;
        let url = is_own.then(|| match form {
            Some(form) => lead::address(webhook, form, &webhook.url.value),
            None => webhook.url.value.clone(),
        });
        Some(WebhookPreview { kind: webhook.kind.name(), is_own, url, content_type, body })
    };
    let others = samples().into_iter().filter(|webhook| Some(webhook.kind.name()) != own_name);
    own.into_iter()
        .filter_map(|own| sent(&own, true))
        .chain(others.filter_map(|other| sent(&other, false)))
        .collect()
}

/// The webhook without what it takes from the environment.
fn veiled(webhook: &Webhook, veil: &Veil) -> Webhook {
    let plain = |text: &String| veil.text(text).into_owned();
    let texts =
        |all: &BTreeMap<String, String>| all.iter().map(|(name, text)| (name.clone(), plain(text))).collect();
    let url = Spanned { value: plain(&webhook.url.value), span: webhook.url.span };
    Webhook { url, map: texts(&webhook.map), add: texts(&webhook.add), ..webhook.clone() }
}

/// A webhook of each kind, with what it needs at least.
fn samples() -> Vec<Webhook> {
    let hubspot =
        Hubspot { portal: PORTAL.into(), form: HubspotForm::One(GUID.into()), ..Hubspot::default() };
    let kinds = [
        WebhookKind::Json { preflight: false },
        WebhookKind::Form,
        WebhookKind::Hubspot(hubspot),
        WebhookKind::Salesforce { oid: OID.into() },
    ];
    let of_kind = |kind| Webhook {
        kind,
        span: Span::default(),
        url: Spanned { value: String::new(), span: Span::default() },
        response: ResponseAccess::Readable,
        map: BTreeMap::new(),
        add: BTreeMap::new(),
        names: BTreeMap::new(),
        secrets: Vec::new(),
    };
    kinds.into_iter().map(of_kind).collect()
}

/// The link that a mail would hold, for a gate whose key comes by mail.
#[must_use]
pub fn mail_link(gate: Option<&(GateKey, String)>, page: &str) -> Option<String> {
    let (source, token) = gate?;
    (*source == GateKey::Email).then(|| format!("{page}#unlock={token}"))
}
