//! `site.integrations`: what the bar that asks for consent shows, and what its script needs to know.

use serde::Serialize;

use crate::config::{LangId, Purpose};
use crate::content::body::EmbedKind;
use crate::encode::script;
use crate::leads::forms::{self, Slot};
use crate::publishing::integrations;
use crate::site::Site;
use crate::theme::Theme;
use crate::theme::values::Html;

/// What pages load from others: [statistics, advertising, chats](integrations.md).
#[derive(Debug, Serialize)]
pub(super) struct IntegrationsView<'a> {
    /// The settings of `consent.js`: the content of a script element, already escaped.
    config: Html,
    /// The chat, and what is offered when nobody answers; `null` if there is none.
    chat: Option<ChatView<'a>>,
    /// What visitors are asked about: each purpose of a service that is loaded only after a yes.
    purposes: Vec<PurposeView<'a>>,
}

/// A chat with people, by a service.
#[derive(Debug, Serialize)]
struct ChatView<'a> {
    /// The service, as visitors know it.
    service: &'a str,
    /// URL of the form for people who want to be called; if there is no such page, `null`.
    url: Option<String>,
    /// What is promised to them.
    promise: Option<&'a str>,
}

/// The page that people who want to be called come to, of a site that names none.
const CONTACT: &str = "pages/contact";

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
    integrations::loaded(site).next()?;
    let purposes = [Purpose::Statistics, Purpose::Marketing, Purpose::Chat].map(|purpose| {
        let asked = integrations::loaded(site).filter(|one| one.asks && one.purpose == purpose);
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
    Some(IntegrationsView { config: Html::new(&config), chat: chat(site, lang), purposes })
}

fn chat(site: &Site, lang: LangId) -> Option<ChatView<'_>> {
    let service = integrations::loaded(site).find(|one| one.purpose == Purpose::Chat)?;
    let desk = site.config().integrations.desk.as_ref();
    let named = desk.and_then(|desk| desk.page.as_ref());
    let page = site.find_any(named.map_or(CONTACT, |page| page.value.trim_matches('/')), lang);
    let url = page.map(|page| {
        let page = site.page(page);
        let embeds = &page.body().embeds;
        let first = embeds.iter().position(|embed| embed.kind == EmbedKind::Form);
        let form = first.and_then(|at| Some((u32::try_from(at).ok()?, site.form(&embeds[at].name)?)));
        let anchor = form.map(|(at, form)| forms::dom_id(site, Some(page), form, Slot::Open(at)));
        format!("{}{}", site.href(&page.url), anchor.map_or_else(String::new, |id| format!("#{id}")))
    });
    let promise = desk.map_or("", |desk| site.config().text(&desk.promise, lang));
    Some(ChatView { service: &service.label, url, promise: Some(promise).filter(|text| !text.is_empty()) })
}
