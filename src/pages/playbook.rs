//! `playbook`: the steps of a playbook at a glance; and `used_by`: where colleagues use a page.

use serde::Serialize;

use super::author::{Author, author};
use super::durations::duration;
use super::linked::Edition;
use crate::config::Audience;
use crate::content::body::Body;
use crate::encode::percent;
use crate::publishing::structured_data::{HowTo, HowToStep};
use crate::sales::calls::{TextPiece, pieces};
use crate::sales::playbooks::Use;
use crate::sales::playbooks::shape::{PlaybookOutline, Step};
use crate::site::{Page, PageId, Site};

/// Characters of a step's text that search engines get.
const STEP_TEXT: usize = 500;

/// The steps of a playbook at a glance. In its `content`, a step is `<section class="step" data-step="1">` with a heading, and under it `<p class="step-facts">` with its time, by when it is due and its owner; a part for a segment is `<section class="segment" data-segment="small-firms">`; a checklist item is `<li><label><input type="checkbox" data-task="k3v9w0qe"> …</label>`.
#[derive(Debug, Serialize)]
pub(super) struct PlaybookView<'a> {
    /// The key under which ticks are stored, for `data-playbook`.
    key: String,
    /// The steps, in the order of the text.
    steps: Vec<StepView<'a>>,
    /// The headings of level 2, steps and others.
    contents: Vec<ContentsEntry<'a>>,
    /// How long all steps take, in words; `null` if one of them has no time.
    total: Option<String>,
    /// How many checklist items there are.
    tasks: usize,
    /// The segments that have a part of their own.
    segments: Vec<Segment<'a>>,
    /// Whether readers may follow several cases with it.
    has_cases: bool,
    /// The language's locale as a BCP 47 tag, by which `Intl` writes dates: `en-GB`.
    locale: &'a str,
    /// The person who maintains the playbook, in an edition for the team.
    owner: Option<Author<'a>>,
}

/// A step of a playbook.
#[derive(Debug, Clone, Serialize)]
struct StepView<'a> {
    /// The id of the step's heading in `content`.
    id: &'a str,
    /// Its number, as it is written.
    number: u32,
    /// How the heading names it: `Step 1`.
    label: &'a str,
    /// The text after it; may be empty.
    title: &'a str,
    /// How long it takes, as it is written.
    time: Option<&'a str>,
    /// By when it is to be done, as it is written.
    due: Option<&'a str>,
    /// The person who does it, as the heading has it in brackets; `null` if it names nobody.
    owner: Option<&'a str>,
    /// How many checklist items it has.
    tasks: usize,
}

/// A heading of a playbook.
#[derive(Debug, Serialize)]
struct ContentsEntry<'a> {
    /// The heading's id in `content`.
    id: String,
    /// The heading's words as plain text, without markup.
    text: String,
    /// The step that it begins; `null` if it isn't one.
    step: Option<StepView<'a>>,
}

/// A segment of customers that a playbook has a part for.
#[derive(Debug, Serialize)]
struct Segment<'a> {
    /// The segment's id in `ringback.yaml`.
    id: &'a str,
    /// The segment's name in the language of the page.
    name: &'a str,
}

/// A script or playbook that uses a page.
#[derive(Debug, Serialize)]
pub(super) struct UsedBy<'a> {
    /// The title of the script or playbook, as plain text.
    title: &'a str,
    /// URL of the script or playbook.
    url: String,
    /// `script` or `playbook`.
    kind: &'static str,
    /// The steps that use the page.
    steps: Vec<UsedIn<'a>>,
}

/// A step that uses a page.
#[derive(Debug, Serialize)]
struct UsedIn<'a> {
    /// The step's heading, as plain text.
    title: &'a str,
    /// URL of the step in its page.
    url: String,
}

/// What the template of a playbook gets besides; nothing on other pages.
pub(super) fn playbook<'a>(linked: &'a Edition, page: &'a Page) -> Option<PlaybookView<'a>> {
    let shape = linked.features.playbooks.shape(page.id)?;
    let body = page.body();
    let steps: Vec<StepView<'a>> = shape.steps.iter().map(|one| step(shape, body, one)).collect();
    // Both are in the order of the text, so one walk finds the steps among the headings.
    let mut next = steps.iter().peekable();
    let contents = body.toc().into_iter().map(|heading| {
        let step = next.next_if(|step| step.id == heading.id).cloned();
        ContentsEntry { id: heading.id, text: heading.text, step }
    });
    let segments = shape.segments().into_iter();
    Some(PlaybookView {
        key: linked.site.href(&page.url),
        contents: contents.collect(),
        total: shape.total().map(|seconds| duration(linked, page.lang(), seconds)),
        tasks: shape.tasks.len(),
        segments: segments.map(|(id, name)| Segment { id, name }).collect(),
        has_cases: page.meta().has_cases(),
        locale: &linked.site.config().languages[page.lang()].locale,
        owner: owner(linked, page),
        steps,
    })
}

fn step<'a>(shape: &PlaybookOutline, body: &Body, step: &'a Step) -> StepView<'a> {
    StepView {
        id: &step.id,
        number: step.number,
        label: &step.label,
        title: &step.title,
        time: step.time.as_ref().map(|time| time.text.as_str()),
        due: step.due.as_ref().map(|due| due.text.as_str()),
        owner: step.owner.as_deref(),
        tasks: shape.tasks_of(body, step),
    }
}

/// The steps of a playbook for search engines; `None` on other pages, and where there are none.
pub(super) fn how_to(linked: &Edition, page: &Page) -> Option<HowTo> {
    let shape = linked.features.playbooks.shape(page.id).filter(|shape| !shape.steps.is_empty())?;
    let body = page.body();
    let text = |step: &Step| {
        let heading = body.heading(step.node)?;
        Some(body.excerpt_of(body.section(heading), STEP_TEXT)).filter(|text| !text.is_empty())
    };
    let steps = shape.steps.iter().map(|step| HowToStep {
        name: without_braces(step.name()),
        id: step.id.clone(),
        text: without_braces(&text(step).unwrap_or_else(|| step.name().to_string())),
    });
    Some(HowTo { steps: steps.collect(), seconds: shape.total() })
}

/// A text for search engines, which fill in no placeholders: their names, in words.
fn without_braces(text: &str) -> String {
    let words = pieces(text).into_iter().map(|piece| match piece {
        TextPiece::Text(text) => text.to_string(),
        TextPiece::Placeholder(name) => name.replace('_', " "),
    });
    words.collect()
}

/// Who looks after it: for colleagues, who know whom to tell when it no longer fits.
fn owner<'a>(linked: &'a Edition, page: &Page) -> Option<Author<'a>> {
    let site = &linked.site;
    let owner = page.meta().owner.as_ref().filter(|_| site.view.edition.sees(Audience::Team))?;
    let person = site.find_any(&format!("people/{}", owner.value), page.lang())?;
    Some(author(site, &linked.features.links, person))
}

/// The scripts and playbooks that use a page, each with the steps; empty where the edition is for everybody.
pub(super) fn used_by(linked: &Edition, page: PageId) -> Vec<UsedBy<'_>> {
    linked.features.playbooks.uses(page).iter().map(|one| use_of(&linked.site, one)).collect()
}

fn use_of<'a>(site: &'a Site, one: &'a Use) -> UsedBy<'a> {
    let page = site.page(one.page);
    let url = site.href(&page.url);
    let steps = one
        .steps
        .iter()
        .map(|step| UsedIn { title: &step.title, url: format!("{url}#{}", percent::fragment(&step.id)) });
    UsedBy { title: page.title(), steps: steps.collect(), url, kind: page.kind().name() }
}

#[cfg(test)]
mod tests {
    use super::without_braces;

    #[test]
    fn search_engines_get_no_braces() {
        assert_eq!(without_braces("Write to {{first_name}}, or {{ rep }}"), "Write to first name, or rep");
        assert_eq!(without_braces("{{ is none"), "{{ is none");
    }
}
