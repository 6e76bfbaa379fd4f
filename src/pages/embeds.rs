//! What stands in the place of what a text embeds: a form, an assessment, or the card of a call script.

use serde::Serialize;

use super::assessment;
use super::base::Base;
use super::calculator;
use super::durations::duration;
use super::form;
use super::linked::Edition;
use super::offers;
use super::survey;
use super::targets::Addresses;
use crate::content::body::{Body, Embed, EmbedKind};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::leads::forms::Slot;
use crate::sales::calls::script::{Block, CallScript, Role};
use crate::sales::calls::{self, TextPiece};
use crate::site::{Page, PageId};
use crate::theme::values::Values;

/// Characters of a script's first words that its card shows.
const OPENING: usize = 240;

/// What `partials/script_card.html` gets, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct ScriptCardPartial<'a> {
    /// The script that the card is of.
    script: ScriptCard<'a>,
}

/// The card of a call script on another page, at `[script:too-busy]` in a text.
#[derive(Debug, Serialize)]
struct ScriptCard<'a> {
    /// The script's title, as plain text.
    title: &'a str,
    /// URL of the script's page.
    url: String,
    /// The description of the script's front matter; `null` if it has none.
    description: Option<&'a str>,
    /// The code of its language; `null` if that is the page's.
    lang: Option<&'a str>,
    /// The first words of the call; `null` if none are written.
    opening: Option<Vec<OpeningPiece>>,
    /// How many steps it has.
    steps: usize,
    /// How many objections it has.
    objections: usize,
    /// How long the call may take, in words.
    budget: Option<String>,
}

/// A piece of the first words of a call.
#[derive(Debug, Serialize)]
struct OpeningPiece {
    /// Words, or the label of a placeholder.
    text: String,
    /// Whether it is a placeholder.
    placeholder: bool,
}

/// What stands in the place of each embed of a page's open text; links for readers elsewhere.
pub(super) fn of_page(
    linked: &Edition,
    page: &Page,
    addresses: Addresses,
) -> Result<Vec<EmbedTarget<'static>>, Box<Diagnostic>> {
    let embeds = (0..).zip(&page.body().embeds);
    let target = |(index, embed): (u32, &Embed)| match (addresses, embed.kind) {
        (Addresses::Paths, _) => render_embed(linked, page, (embed, page.body()), Slot::Open(index)),
        (Addresses::Absolute, EmbedKind::Offer) => offers::render_embed(linked, page, &embed.name, addresses),
        (Addresses::Absolute, EmbedKind::Assessment) => {
            assessment::render_embed(linked, page, (embed, page.body()), addresses)
        }
        (Addresses::Absolute, EmbedKind::Calculator) => {
            calculator::render_embed(linked, page, (embed, page.body()), addresses)
        }
        (Addresses::Absolute, EmbedKind::Survey | EmbedKind::SurveyResults) => {
            survey::render_embed(linked, page, (embed, page.body()), addresses)
        }
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
    linked: &Edition,
    page: &Page,
    body: &Body,
) -> Result<Vec<EmbedTarget<'static>>, Box<Diagnostic>> {
    let embeds = (0..).zip(&body.embeds);
    embeds.map(|(index, embed)| render_embed(linked, page, (embed, body), Slot::Gated(index))).collect()
}

fn render_embed(
    linked: &Edition,
    page: &Page,
    (embed, body): (&Embed, &Body),
    slot: Slot,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    match embed.kind {
        EmbedKind::Form => form::render_embed(linked, page, embed, slot),
        EmbedKind::Offer => offers::render_embed(linked, page, &embed.name, Addresses::Paths),
        EmbedKind::Assessment => assessment::render_embed(linked, page, (embed, body), Addresses::Paths),
        EmbedKind::Calculator => calculator::render_embed(linked, page, (embed, body), Addresses::Paths),
        EmbedKind::Survey | EmbedKind::SurveyResults => {
            survey::render_embed(linked, page, (embed, body), Addresses::Paths)
        }
        EmbedKind::Script => match linked.site.script(&embed.name, page.lang()) {
            Some(script) => Ok(EmbedTarget::Html(card(linked, page, script)?.into())),
            None => Ok(EmbedTarget::Nothing),
        },
    }
}

/// The card of a script, as its template makes it, on another page.
fn card(linked: &Edition, on: &Page, script: PageId) -> Result<String, Box<Diagnostic>> {
    let partial = ScriptCardPartial { script: script_card(linked, on, script) };
    let values = Values::new(&Base::new(linked, on.lang())).with(&partial);
    linked.theme.engines[on.lang()].render("partials/script_card.html", &values, &format!("`{}`", on.path()))
}

fn script_card<'a>(linked: &'a Edition, on: &Page, id: PageId) -> ScriptCard<'a> {
    let site = &linked.site;
    let page = site.page(id);
    let code = |page: &Page| site.config().languages[page.lang()].code.as_str();
    let call = linked.features.scripts.on_page(id);
    let steps = call.map_or(0, |call| call.steps.iter().filter(|step| step.role == Role::Step).count());
    let budget = call.and_then(|call| call.budget);
    ScriptCard {
        title: page.title(),
        url: site.href(&page.url),
        description: page.meta().description.as_deref(),
        lang: (page.lang() != on.lang()).then(|| code(page)),
        opening: call.and_then(|call| opening(page, call)),
        steps,
        objections: call.map_or(0, |call| call.objections.len()),
        budget: budget.map(|seconds| duration(linked, on.lang(), seconds)),
    }
}

/// The first words of a call; nothing where none are written.
fn opening(page: &Page, call: &CallScript) -> Option<Vec<OpeningPiece>> {
    let body = page.body();
    let step = &call.steps[call.start()?];
    let say = step.blocks.iter().find_map(|block| match block {
        Block::Say(node) => Some(*node),
        _ => None,
    });
    let words = body.excerpt_of(body.descendants(say?), OPENING);
    let label = |name: &str| call.label(name).map_or_else(|| name.replace('_', " "), str::to_string);
    let pieces = calls::pieces(&words).into_iter().map(|piece| match piece {
        TextPiece::Text(words) => OpeningPiece { text: words.to_string(), placeholder: false },
        TextPiece::Placeholder(name) => OpeningPiece { text: label(name), placeholder: true },
    });
    Some(pieces.collect())
}
