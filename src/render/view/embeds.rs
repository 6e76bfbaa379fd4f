//! What stands in the place of what a text embeds: a form, or the card of a call script.

use tera::{Context, Value};

use super::super::Linked;
use super::super::engine::{object, text};
use super::super::html::EmbedTarget;
use super::super::targets::Addresses;
use super::form;
use crate::diag::Diagnostic;
use crate::features::forms::Slot;
use crate::model::{Page, PageId};
use crate::parse::body::{Body, Embed, EmbedKind};

/// What stands in the place of each embed of a page's open text; links for readers elsewhere.
pub(super) fn of_page(
    linked: &Linked,
    page: &Page,
    addresses: Addresses,
) -> Result<Vec<EmbedTarget<'static>>, Box<Diagnostic>> {
    let embeds = (0..).zip(&page.entry.public.body().embeds);
    let target = |(index, embed): (u32, &Embed)| match (addresses, embed.kind) {
        (Addresses::Paths, _) => shown(linked, page, embed, Slot::Open(index)),
        (Addresses::Absolute, EmbedKind::Form) => Ok(form::linked_to(linked, page, embed, Slot::Open(index))),
        (Addresses::Absolute, EmbedKind::Script) => {
            let Some(script) = linked.site.script(&embed.name, page.lang()) else {
                return Ok(EmbedTarget::Nothing);
            };
            let script = linked.site.page(script);
            Ok(EmbedTarget::Link(linked.site.permalink(&script.url), script.title().to_string()))
        }
    };
    embeds.map(target).collect()
}

/// What stands in the place of each embed of the text behind a page's gate.
pub(in super::super) fn of_gated(
    linked: &Linked,
    page: &Page,
    body: &Body,
) -> Result<Vec<EmbedTarget<'static>>, Box<Diagnostic>> {
    let embeds = (0..).zip(&body.embeds);
    embeds.map(|(index, embed)| shown(linked, page, embed, Slot::Gated(index))).collect()
}

fn shown(
    linked: &Linked,
    page: &Page,
    embed: &Embed,
    slot: Slot,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    match embed.kind {
        EmbedKind::Form => form::shown(linked, page, embed, slot),
        EmbedKind::Script => match linked.site.script(&embed.name, page.lang()) {
            Some(script) => Ok(EmbedTarget::Html(card(linked, page, script)?.into())),
            None => Ok(EmbedTarget::Nothing),
        },
    }
}

/// The card of a script, as its template makes it, on another page.
fn card(linked: &Linked, on: &Page, script: PageId) -> Result<String, Box<Diagnostic>> {
    let lang = on.lang();
    let mut context = Context::new();
    context.insert_value("site", linked.views.site[lang].clone());
    context.insert_value("theme", linked.views.theme.clone());
    context.insert_value("assets", linked.views.assets.clone());
    context.insert_value("t", linked.theme.strings[lang].clone());
    context.insert_value("script", script_value(linked, on, script));
    linked.theme.engines[lang].render("partials/script_card.html", &context, &format!("`{}`", on.path()))
}

/// `script`: what the card of a script says.
fn script_value(linked: &Linked, on: &Page, script: PageId) -> Value {
    let site = &linked.site;
    let script = site.page(script);
    let code = |page: &Page| site.config().languages[page.lang()].code.as_str();
    let other_language = (script.lang() != on.lang()).then(|| code(script));
    object([
        ("title", Value::from(script.title())),
        ("url", Value::from(site.href(&script.url))),
        ("description", text(script.meta().description.as_deref())),
        ("lang", text(other_language)),
    ])
}
