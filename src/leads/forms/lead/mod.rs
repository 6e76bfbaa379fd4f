//! What `form.js` gets to know of a form: [`LeadConfig`] as JSON, in the page, beside the form.

mod calls;
mod names;

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

pub use calls::{CallHook, of_calls};
pub use names::{consent_name, sent_as};

use super::{dialling, free_mail, rules, thanks_url};
use crate::config::{EditionWebhook, LangId, RELAY, SeriesId, Webhook, WebhookKind};
use crate::content::form::{Consent, Field, Form, Proof};
use crate::encode::{bytes, script};
use crate::site::{Page, Site};

/// Everything that `form.js` reads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LeadConfig<'a> {
    version: u8,
    form: &'a str,
    /// The gate that the form opens.
    gate: Option<&'a str>,
    page: &'a LeadPage,
    fields: Vec<LeadField<'a>>,
    consent: Vec<LeadConsent<'a>>,
    webhooks: Vec<LeadWebhook<'a>>,
    attribution: &'static str,
    /// How else to reach a person.
    mail: Option<&'a str>,
    phone: Option<&'a str>,
    /// The path of the page that the form's `thank_you` leads to. At a gate and in an assessment visitors stay, with what it
    /// opens.
    follow_up: Option<String>,
    /// The path of the list of free mail services, where a field refuses them.
    free_mail: Option<String>,
}

/// The page that a form is on, as the lead names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "LeadPage"))]
pub struct LeadPage {
    /// Its absolute URL, as visitors of this edition see it.
    pub url: String,
    /// Its title, as plain text.
    pub title: String,
    /// The code of its language, such as `sv`.
    pub lang: String,
    /// Its section by the folder: `insights`.
    pub section: Option<String>,
    /// Its stage of the journey.
    pub stage: Option<String>,
    /// The personas it is for.
    pub persona: Vec<String>,
    /// Of a series' page with parts to come, the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub series: Option<String>,
    /// And the part to come that comes first, unless the visitor has chosen another.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub part: Option<i64>,
}

impl LeadPage {
    /// Of a page with a file.
    #[must_use]
    pub fn page(site: &Site, page: &Page) -> Self {
        let config = site.config();
        let folder = page.document.place.key.split('/').next().unwrap_or_default();
        let persona = config.taxonomies.find(|taxonomy| taxonomy.name == "persona");
        // A term's own page is for those whom the term stands for.
        let own = site.term_of(page);
        let personas =
            page.terms.iter().copied().chain(own).filter(|(taxonomy, _)| Some(*taxonomy) == persona);
        Self {
            url: site.permalink(&page.url),
            title: page.title().to_string(),
            lang: config.languages[page.lang()].code.clone(),
            section: Some(folder.to_string()).filter(|folder| !folder.is_empty() && own.is_none()),
            stage: page.meta().stage.map(|stage| config.journey.stages[stage].id.clone()),
            persona: personas
                .map(|(taxonomy, term)| site.terms(page.lang(), taxonomy)[term].slug.clone())
                .collect(),
            ..Self::default()
        }
    }

    /// Of the page of a series, with the part to come that comes first.
    #[must_use]
    pub fn series(site: &Site, (lang, series): (LangId, SeriesId), title: &str) -> Self {
        let planned = site.planned(lang, series);
        Self {
            series: Some(site.config().series[series].id.clone()),
            part: planned.first().map(|planned| planned.part),
            ..Self::list(site, lang, &site.series_url(lang, series), title)
        }
    }

    /// Of a list that ringback makes by itself, at a path of the site.
    #[must_use]
    pub fn list(site: &Site, lang: LangId, url: &str, title: &str) -> Self {
        let lang = site.config().languages[lang].code.clone();
        Self { url: site.permalink(url), title: title.to_string(), lang, ..Self::default() }
    }
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LeadField<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    required: bool,
    business_email: bool,
    /// How numbers are dialled in that country: its code, then how many digits they have, or 0.
    dial: Option<String>,
    min: Option<&'a str>,
    max: Option<&'a str>,
    min_length: Option<i64>,
    max_length: Option<i64>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LeadConsent<'a> {
    id: &'a str,
    required: bool,
    version: Option<&'a str>,
    lang: &'a str,
    text_sha256: String,
}

/// What the inbox of `serve` and the relay get besides.
static NOTHING: BTreeMap<String, String> = BTreeMap::new();

/// A webhook, as this form uses it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "Hook"))]
struct LeadWebhook<'a> {
    id: &'a str,
    kind: &'static str,
    url: String,
    response: &'static str,
    preflight: bool,
    /// Every field and consent that goes under another name there.
    map: BTreeMap<&'a str, &'a str>,
    add: &'a BTreeMap<String, String>,
    portal: Option<&'a str>,
    guid: Option<&'a str>,
    subscriptions: BTreeMap<&'a str, i64>,
    oid: Option<&'a str>,
    #[serde(rename = "return")]
    back: Option<String>,
    /// What the form asks of browsers before they send to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    proof: Option<LeadProof<'a>>,
}

/// What shows a relay that a page sends a lead.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LeadProof<'a> {
    /// `work` or `turnstile`.
    kind: &'static str,
    /// Where there is something to work for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    url: Option<String>,
    /// The site's key at Turnstile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    key: Option<&'a str>,
}

/// A form in a language, at a gate or not.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// The form whose leads are posted.
    pub form: &'a Form,
    /// The language of the page.
    pub lang: LangId,
    /// The gate that it opens.
    pub gate: Option<&'a str>,
    /// What an assessment adds to its leads there.
    pub carried: &'a [Field],
}

/// The JSON, escaped for a script element.
#[must_use]
pub fn config(site: &Site, used: Use<'_>, about: &LeadPage) -> String {
    let Use { form, lang, gate, carried } = used;
    let organization = site.config().organization.as_ref();
    let is_business_email = form.fields.iter().any(|field| field.business_email);
    let config = LeadConfig {
        version: 1,
        form: &form.id,
        gate,
        page: about,
        fields: form.fields.iter().chain(carried).map(|field| lead_field(site, field)).collect(),
        consent: form.consent.iter().map(|consent| lead_consent(site, lang, consent)).collect(),
        webhooks: receivers(site, form)
            .map(|(id, webhook, url)| receiver(site, used, (id, webhook), url))
            .collect(),
        attribution: site.config().privacy.attribution.name(),
        mail: organization.and_then(|organization| organization.email.as_deref()),
        phone: organization.and_then(|organization| organization.phone.as_deref()),
        follow_up: form
            .thank_you
            .page
            .as_ref()
            .filter(|_| gate.is_none() && carried.is_empty())
            .map(|_| site.href(&thanks_url(site, form, lang))),
        free_mail: is_business_email.then(|| site.href(free_mail::url())),
    };
    script::json(&config)
}

/// Where pages of this edition send leads of a form: each webhook with its address there, or in the place of all of
/// them the relay.
pub fn receivers<'a>(
    site: &'a Site,
    form: &'a Form,
) -> impl Iterator<Item = (&'a str, &'a Webhook, &'a str)> + Clone {
    let relay = relayed(site, form).next().and(site.config().relay.as_ref()).map(|relay| &relay.webhook);
    let relay = relay.map(|webhook| (RELAY, webhook, webhook.url.value.as_str()));
    let direct = form.webhooks.iter().filter(|name| !site.is_relayed(&name.value)).filter_map(|name| {
        let webhook = site.config().webhooks.get(&name.value)?;
        let url = webhook.url_in(&site.view.edition, &name.value)?;
        Some((name.value.as_str(), webhook, url.value.as_str()))
    });
    relay.into_iter().chain(direct)
}

/// The webhooks to which the relay hands on leads of a form from this edition, in the form's order.
pub fn relayed<'a>(site: &'a Site, form: &'a Form) -> impl Iterator<Item = (&'a str, &'a Webhook)> + Clone {
    let names = form.webhooks.iter().map(|name| name.value.as_str()).filter(|name| site.is_relayed(name));
    names.filter_map(|name| Some((name, site.config().webhooks.get(name)?)))
}

/// The country in which phone numbers of a field are meant, where it is known.
#[must_use]
pub fn country<'a>(site: &'a Site, field: &'a Field) -> Option<&'a str> {
    let is_tel = field.kind == crate::content::form::FieldKind::Tel;
    let own = site.config().organization.as_ref().and_then(|organization| organization.country.as_deref());
    let own = own.filter(|own| is_tel && own.len() == 2 && own.bytes().all(|b| b.is_ascii_uppercase()));
    field.country.as_deref().or(own)
}

/// Where a webhook takes leads of a form; `base` is its address in the edition. HubSpot has a place for each form, and the
/// relay is told by which rules its answers are.
#[must_use]
pub fn address(webhook: &Webhook, form: &Form, base: &str) -> String {
    match &webhook.kind {
        WebhookKind::Hubspot(hubspot) => match hubspot.guid(&form.id) {
            Some(guid) => {
                let (base, portal) = (base.trim_end_matches('/'), &hubspot.portal);
                format!("{base}/submissions/v3/integration/submit/{portal}/{guid}")
            }
            None => base.to_string(),
        },
        // It knows by that whether the page is as old as the form.
        WebhookKind::Relay => format!("{base}?{}={}", rules::PARAMETER, rules::fingerprint(form)),
        _ => base.to_string(),
    }
}

fn receiver<'a>(
    site: &'a Site,
    used: Use<'a>,
    (id, webhook): (&'a str, &'a Webhook),
    url: &str,
) -> LeadWebhook<'a> {
    let form = used.form;
    let is_inbox = matches!(site.view.edition.webhooks.get(id), Some(EditionWebhook::Inbox(_)));
    if is_inbox || webhook.kind == WebhookKind::Relay {
        // What the webhook's own kind makes of the lead is their matter; how the visitor is told stays as it is.
        return LeadWebhook {
            id,
            kind: "json",
            url: if is_inbox { url.to_string() } else { address(webhook, form, url) },
            response: webhook.response.name(),
            preflight: true,
            map: BTreeMap::new(),
            add: &NOTHING,
            portal: None,
            guid: None,
            subscriptions: BTreeMap::new(),
            oid: None,
            back: None,
            proof: if is_inbox { None } else { proof(site, form) },
        };
    }
    let ids = form.fields.iter().chain(used.carried).map(|field| field.id.value.as_str());
    let renamed = ids.map(|id| (id, sent_as(webhook, id))).filter(|(id, name)| id != name);
    let own = webhook.map.iter().map(|(id, name)| (id.as_str(), name.as_str()));
    let hubspot = match &webhook.kind {
        WebhookKind::Hubspot(hubspot) => Some(hubspot),
        _ => None,
    };
    let portal = hubspot.map(|hubspot| hubspot.portal.as_str());
    let guid = hubspot.and_then(|hubspot| hubspot.guid(&form.id));
    let url = address(webhook, form, url);
    let is_asked = |consent: &&str| form.consent.iter().any(|own| own.id.value == **consent);
    let subscriptions = hubspot.into_iter().flat_map(|hubspot| &hubspot.subscriptions);
    let subscriptions = subscriptions.map(|(consent, kind)| (consent.as_str(), *kind));
    let oid = match &webhook.kind {
        WebhookKind::Salesforce { oid } => Some(oid.as_str()),
        _ => None,
    };
    LeadWebhook {
        id,
        kind: webhook.kind.name(),
        url,
        response: webhook.response.name(),
        preflight: webhook.kind == WebhookKind::Json { preflight: true },
        map: renamed.chain(own).collect(),
        add: &webhook.add,
        portal,
        guid,
        subscriptions: subscriptions.filter(|(consent, _)| is_asked(consent)).collect(),
        oid,
        back: oid.map(|_| site.permalink(&thanks_url(site, form, used.lang))),
        proof: None,
    }
}

/// What a form asks of browsers that send to the relay.
fn proof<'a>(site: &'a Site, form: &Form) -> Option<LeadProof<'a>> {
    let relay = site.config().relay.as_ref()?;
    let kind = form.proof.name()?;
    Some(match form.proof {
        Proof::Turnstile => {
            let key = relay.turnstile.as_ref().map(|turnstile| turnstile.site_key.as_str());
            LeadProof { kind, url: None, key }
        }
        Proof::Work | Proof::Nothing => {
            let base = relay.webhook.url.value.trim_end_matches("/leads");
            LeadProof { kind, url: Some(format!("{base}/challenge")), key: None }
        }
    })
}

fn lead_field<'a>(site: &'a Site, field: &'a Field) -> LeadField<'a> {
    LeadField {
        id: &field.id.value,
        kind: field.kind.name(),
        required: field.required,
        business_email: field.business_email,
        dial: country(site, field).and_then(dialling::dial).map(|(code, length)| format!("{code}:{length}")),
        min: field.limits.min.as_deref(),
        max: field.limits.max.as_deref(),
        min_length: field.limits.min_length,
        max_length: field.limits.max_length,
    }
}

fn lead_consent<'a>(site: &'a Site, lang: LangId, consent: &'a Consent) -> LeadConsent<'a> {
    LeadConsent {
        id: &consent.id.value,
        required: consent.required,
        version: consent.version.as_deref(),
        lang: &site.config().languages[lang].code,
        text_sha256: text_hash(site.config().text(&consent.text, lang)),
    }
}

/// SHA-256 of the exact words of a consent: UTF-8 without space around it, in hexadecimal digits.
#[must_use]
pub fn text_hash(text: &str) -> String {
    bytes::hex(&Sha256::digest(text.trim().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<LeadConfig<'_>>(),
            declaration::<LeadPage>(),
            declaration::<LeadField<'_>>(),
            declaration::<LeadConsent<'_>>(),
            declaration::<LeadWebhook<'_>>(),
            declaration::<LeadProof<'_>>(),
            declaration::<CallHook<'_>>(),
        ];
        assert_declared("leads/forms/client/config.d.ts", &types);
    }
}
