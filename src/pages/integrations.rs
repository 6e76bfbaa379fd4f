//! `site.integrations`: what the bar that asks for consent shows, and what its script needs to know.

use serde::Serialize;

use crate::config::{LangId, Purpose};
use crate::encode::script;
use crate::publishing::integrations;
use crate::site::Site;
use crate::theme::Theme;
use crate::theme::values::Html;

/// What pages load from others: [statistics, advertising, chats](integrations.md).
#[derive(Debug, Serialize)]
pub(super) struct IntegrationsView<'a> {
    /// The settings of `consent.js`: the content of a script element, already escaped.
    config: Html,
    /// What visitors are asked about: each purpose of a service that is loaded only after a yes.
    purposes: Vec<PurposeView<'a>>,
}

/// What some services are for.
#[derive(Debug, Serialize)]
struct PurposeView<'a> {
    /// `statistics`, `marketing` or `chat`.
    id: &'static str,
    /// The services, as visitors know them.
    services: Vec<&'a str>,
}

/// The view in one language; nothing where the edition loads nothing from others.
pub(super) fn view<'a>(site: &'a Site, theme: &Theme, lang: LangId) -> Option<IntegrationsView<'a>> {
    integrations::of(site).next()?;
    let purposes = [Purpose::Statistics, Purpose::Marketing, Purpose::Chat].map(|purpose| {
        let asked = integrations::of(site).filter(|one| one.asks && one.purpose == purpose);
        let mut services: Vec<&str> = Vec::new();
        for one in asked {
            if !services.contains(&one.label.as_str()) {
                services.push(&one.label);
            }
        }
        PurposeView { id: purpose.name(), services }
    });
    let purposes: Vec<PurposeView<'a>> =
        purposes.into_iter().filter(|purpose| !purpose.services.is_empty()).collect();
    let word = |key: &str| theme.word(lang, key).unwrap_or_default();
    let mut words = format!("{}\n{}", word("consent_title"), word("consent_text"))
        .replace("{name}", site.config().publisher(lang));
    for PurposeView { id, services } in &purposes {
        let (name, means) = (word(&format!("consent_{id}")), word(&format!("consent_{id}_means")));
        words.push_str(&format!("\n{name}: {means} ({})", services.join(", ")));
    }
    let code = &site.config().languages[lang].code;
    let config = script::json(&integrations::config(site, code, &words));
    Some(IntegrationsView { config: Html::new(&config), purposes })
}
