//! `playbook`: the steps of a playbook at a glance; and `used_by`: where colleagues use a page.

use tera::Value;

use super::cards::author;
use super::durations::duration;
use super::linked::Linked;
use crate::config::Audience;
use crate::content::body::Body;
use crate::publishing::structured_data::{HowTo, HowToStep};
use crate::sales::playbooks::Use;
use crate::sales::playbooks::shape::{Shape, Step};
use crate::site::{Page, PageId, Site};
use crate::theme::engine::{list, number, object, text};

/// Characters of a step's text that search engines get.
const STEP_TEXT: usize = 500;

/// What the template of a playbook gets besides; nothing on other pages.
pub(super) fn playbook(linked: &Linked, page: &Page) -> Value {
    let Some(shape) = linked.features.playbooks.shape(page.id) else { return Value::none() };
    let site = &linked.site;
    let body = page.entry.public.body();
    let steps: Vec<Value> = shape.steps.iter().map(|one| step(shape, body, one)).collect();
    // Both are in the order of the text, so one walk finds the steps among the headings.
    let mut next = shape.steps.iter().zip(&steps).peekable();
    let contents = body.toc().into_iter().map(|heading| {
        let own = next.next_if(|(step, _)| step.id == heading.id).map(|(_, step)| step.clone());
        object([
            ("id", Value::from(heading.id)),
            ("text", Value::from(heading.text)),
            ("step", own.unwrap_or_else(Value::none)),
        ])
    });
    let contents = list(contents);
    let segments = shape.segments().into_iter();
    let segments = segments.map(|(id, name)| object([("id", Value::from(id)), ("name", Value::from(name))]));
    object([
        // Ticks are kept under it.
        ("key", Value::from(site.href(&page.url))),
        ("steps", list(steps)),
        ("contents", contents),
        ("total", text(shape.total().map(|seconds| duration(linked, page.lang(), seconds)).as_deref())),
        ("tasks", number(shape.tasks.len())),
        ("segments", list(segments)),
        ("owner", owner(linked, page)),
    ])
}

/// A step as templates get it.
fn step(shape: &Shape, body: &Body, step: &Step) -> Value {
    object([
        ("id", Value::from(step.id.as_str())),
        ("number", Value::from(step.number)),
        ("label", Value::from(step.label.as_str())),
        ("title", Value::from(step.title.as_str())),
        ("time", text(step.time.as_ref().map(|time| time.text.as_str()))),
        ("owner", text(step.owner.as_deref())),
        ("tasks", number(shape.tasks_of(body, step))),
    ])
}

/// The steps of a playbook for search engines; `None` on other pages, and where there are none.
pub(super) fn how_to(linked: &Linked, page: &Page) -> Option<HowTo> {
    let shape = linked.features.playbooks.shape(page.id).filter(|shape| !shape.steps.is_empty())?;
    let body = page.entry.public.body();
    let text = |step: &Step| {
        let heading = body.heading(step.node)?;
        Some(body.excerpt_of(body.section(heading), STEP_TEXT)).filter(|text| !text.is_empty())
    };
    let steps = shape.steps.iter().map(|step| HowToStep {
        name: step.name().to_string(),
        id: step.id.clone(),
        text: text(step).unwrap_or_else(|| step.name().to_string()),
    });
    Some(HowTo { steps: steps.collect(), seconds: shape.total() })
}

/// Who looks after it: for colleagues, who know whom to tell when it no longer fits.
fn owner(linked: &Linked, page: &Page) -> Value {
    let site = &linked.site;
    let owner = page.meta().owner.as_ref().filter(|_| site.view.edition.sees(Audience::Team));
    let person = owner.and_then(|owner| site.find_any(&format!("people/{}", owner.value), page.lang()));
    person.map_or_else(Value::none, |person| author(site, &linked.features.links, person))
}

/// The scripts and playbooks that use a page, each with the steps; empty where the edition is for everybody.
pub(super) fn used_by(linked: &Linked, page: PageId) -> Value {
    list(linked.features.playbooks.uses(page).iter().map(|one| use_value(&linked.site, one)))
}

fn use_value(site: &Site, one: &Use) -> Value {
    let page = site.page(one.page);
    let url = site.href(&page.url);
    let steps = one.steps.iter().map(|step| {
        object([
            ("title", Value::from(step.title.as_str())),
            ("url", Value::from(format!("{url}#{}", crate::encode::percent::fragment(&step.id)))),
        ])
    });
    object([
        ("title", Value::from(page.title())),
        ("url", Value::from(url.as_str())),
        ("kind", Value::from(page.kind().name())),
        ("steps", list(steps)),
    ])
}
