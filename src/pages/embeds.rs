//! What stands in the place of what a text embeds: a form, or the card of a call script.

use tera::{Context, Value};

use super::durations::duration;
use super::form;
use super::linked::Linked;
use super::targets::Addresses;
use crate::content::body::{Body, Embed, EmbedKind};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::leads::forms::Slot;
use crate::sales::calls::script::{Block, CallScript, Role};
use crate::sales::calls::{self, Piece};
use crate::site::{Page, PageId};
use crate::theme::engine::{list, number, object, text};

/// Characters of a script's first words that its card shows.
const OPENING: usize = 240;

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
pub(crate) fn of_gated(
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
fn script_value(linked: &Linked, on: &Page, id: PageId) -> Value {
    let site = &linked.site;
    let page = site.page(id);
    let code = |page: &Page| site.config().languages[page.lang()].code.as_str();
    let other_language = (page.lang() != on.lang()).then(|| code(page));
    let call = linked.features.scripts.of(id);
    let steps = call.map_or(0, |call| call.steps.iter().filter(|step| step.role == Role::Step).count());
    let budget = call.and_then(|call| call.budget).map(|seconds| duration(linked, on.lang(), seconds));
    object([
        ("title", Value::from(page.title())),
        ("url", Value::from(site.href(&page.url))),
        ("description", text(page.meta().description.as_deref())),
        ("lang", text(other_language)),
        ("opening", call.map_or_else(Value::none, |call| opening(page, call))),
        ("steps", number(steps)),
        ("objections", number(call.map_or(0, |call| call.objections.len()))),
        ("budget", text(budget.as_deref())),
    ])
}

/// The first words of a call, as a list of `{text, blank}`; nothing where none are written.
fn opening(page: &Page, call: &CallScript) -> Value {
    let body = page.entry.public.body();
    let step = call.start().map(|start| &call.steps[start]);
    let say = step.and_then(|step| {
        step.blocks.iter().find_map(|block| match block {
            Block::Say(node) => Some(*node),
            _ => None,
        })
    });
    let Some(node) = say else { return Value::none() };
    let words = body.excerpt_of(body.descendants(node), OPENING);
    let label = |name: &str| {
        let blank = call.blanks.iter().find(|blank| blank.name == name);
        blank.map_or_else(|| name.replace('_', " "), |blank| blank.label.clone())
    };
    list(calls::pieces(&words).into_iter().map(|piece| {
        let (words, is_blank) = match piece {
            Piece::Text(words) => (words.to_string(), false),
            Piece::Blank(name) => (label(name), true),
        };
        object([("text", Value::from(words)), ("blank", Value::from(is_blank))])
    }))
}
