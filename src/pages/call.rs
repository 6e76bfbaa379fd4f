//! `script`: what the template of a call script gets, and what `script.js` makes a player of.
//!
//! The page itself holds all texts, so that it can be read and printed without scripts; the [`PlayerConfig`](super::call_config) is the rest. Start
//! with [`call`], then [`Reader::step`].

use std::collections::BTreeSet;

use serde::Serialize;

use super::call_config::config;
use super::call_fields::{CallFieldView, condition, fields, fills, of_step};
use super::call_map;
use super::durations::time;
use super::linked::Edition;
use super::targets::{Addresses, PageTargets, outcome_id};
use super::text::{style, targets};
use crate::config::{Promise, Unreached};
use crate::content::body::{Body, Kind};
use crate::diag::Diagnostic;
use crate::encode;
use crate::html::{Pieces, Targets as _};
use crate::sales::calls::map::{CallMap, Detail};
use crate::sales::calls::script::{Answer, Block, CallScript, Next, Outcome, Role, StepId};
use crate::site::Page;
use crate::theme::values::Html;

/// The id of what is to be done before a call, in the template.
const BEGINNING: &str = "call:before";

/// Branches below each other that stand inside one another. Those further in come behind their step instead, so that
/// no depth of a list can exhaust the stack.
const NESTED: usize = 12;

/// The text of a call script, read as a call. Texts marked *HTML* may contain placeholders, `<span class="placeholder" data-placeholder="first_name">First name</span>`.
#[derive(Debug, Serialize)]
pub(super) struct CallView<'a> {
    /// The text before the first step.
    intro: Option<Html>,
    /// What to do before the call.
    preparation: Vec<Html>,
    /// The placeholders that the caller fills in, in the order of the front matter.
    placeholders: Vec<PlaceholderView<'a>>,
    /// What the call is to find out.
    fields: Vec<CallFieldView<'a>>,
    /// What the caller sees of the score; `null` if the script has none.
    score: Option<&'a str>,
    /// The step that begins the call.
    start: Option<StartView<'a>>,
    /// Steps and objections, in the order of the text.
    steps: Vec<CallStep<'a>>,
    /// How many objections there are.
    objections: usize,
    /// The ways in which the call can end (call dispositions).
    outcomes: Vec<OutcomeView<'a>>,
    /// Whether one of them is for calls that reach nobody.
    reaches_nobody: bool,
    /// How long the call may take.
    budget: Option<Budget>,
    /// The footnotes of all steps.
    footnotes: Option<Html>,
    /// The [call map](scripts.md#the-call-map).
    map: Option<CallMapView>,
    /// URL of the list of all objections.
    index: Option<String>,
    /// URL of the file with the team's [email templates](mails.md) in this language; `null` if there are none.
    mails: Option<String>,
    /// JSON for `<script type="application/json" data-script-config>`, which `script.js` reads.
    config: Html,
}

/// A placeholder of a call script.
#[derive(Debug, Serialize)]
struct PlaceholderView<'a> {
    /// Its name in the text.
    name: &'a str,
    /// What the caller reads in its place until it is filled in.
    label: &'a str,
    /// What can be chosen for it.
    options: Vec<&'a str>,
    /// An example of what to fill in.
    example: Option<&'a str>,
    /// What it is until somebody fills it in.
    default: Option<&'a str>,
}

/// The step that begins a call.
#[derive(Debug, Serialize)]
struct StartView<'a> {
    /// The step's id, which the link to it ends with.
    id: &'a str,
    /// The step's heading, without its time.
    title: Html,
}

/// How long a call may take.
#[derive(Debug, Serialize)]
struct Budget {
    /// The budget in seconds: `150`.
    seconds: u32,
    /// `2 min 30 s`.
    text: String,
    /// The budget as minutes and seconds on a clock: `2:30`.
    clock: String,
}

/// The map of a call: steps and answers as a drawing.
#[derive(Debug, Serialize)]
struct CallMapView {
    /// The drawing, an `<svg>` element.
    svg: Html,
    /// Whether it shows the answers.
    has_answers: bool,
    /// How many steps and objections it leaves out.
    omitted: usize,
}

/// A way in which a call can end.
#[derive(Debug, Serialize)]
struct OutcomeView<'a> {
    /// Its id in the front matter.
    id: &'a str,
    /// Id for its element, to which answers link.
    anchor: String,
    /// What callers choose at the end of the call, such as "Meeting booked".
    label: Html,
    /// What to ask for and write down.
    questions: Vec<Html>,
    /// What was promised at a time: `callback` (another call) or `meeting`; `null` if nothing was.
    promise: Option<&'static str>,
    /// Where nobody was reached, `retry` or `stop` (they aren't tried again); `null` if somebody was.
    unreached: Option<&'static str>,
    /// Whether the caller is asked whom else the other one recommends.
    asks_referral: bool,
}

/// A step of a call script, or an objection.
#[derive(Debug, Serialize)]
struct CallStep<'a> {
    /// Id for its element, to which answers link.
    id: &'a str,
    /// `normal`, `objection`, `reply` (to an objection) or `branch` (what follows an answer that has no link).
    role: &'static str,
    /// The heading without its time; of a branch, the answer that leads there.
    title: Html,
    /// Which reply it is, from 1; `null` for other steps.
    number: Option<usize>,
    /// How many seconds its words take.
    seconds: u32,
    /// The same in words: `1 min 30 s`; `null` if nothing is said.
    time: Option<String>,
    /// Other ways in which people say the objection.
    phrases: Vec<Html>,
    /// Words to say (`<blockquote>`), notes (`<div class="alert …">`) and anything else in the step. A link to a page that can be sent is `<a class="send" data-share="ADDRESS" data-title="TITLE">`.
    text: Option<Html>,
    /// What the step wants to know.
    fields: Vec<CallFieldView<'a>>,
    /// The answers that lead on.
    answers: Vec<AnswerView<'a>>,
    /// The steps that reply to an objection.
    replies: Vec<CallStep<'a>>,
}

/// An answer, and where it leads.
#[derive(Debug, Serialize)]
struct AnswerView<'a> {
    /// What the other person says.
    label: Html,
    /// The words of the link to what follows; `null` where there are none.
    leads_to: Option<Html>,
    /// Where it leads, escaped; `null` if nowhere.
    href: Option<Html>,
    /// `step`, `branch`, `page`, `end`, `return` (to where the call came from) or `elsewhere`.
    kind: &'static str,
    /// Whether the call comes back from there, for `data-script-returns`.
    returns: bool,
    /// The fields that it fills in, with their values, as JSON for `data-script-fills`; `null` if none.
    fills: Option<String>,
    /// When the player shows it, as JSON for `data-script-if`; `null` if always.
    condition: Option<String>,
    /// What it gives to the score, for `data-script-points`; `null` if nothing.
    points: Option<String>,
    /// The code of the language of a page in another one.
    lang: Option<String>,
    /// The step that follows, for a branch.
    branch: Option<Box<CallStep<'a>>>,
}

/// The script on a page; nothing where the page is none, or has no step.
pub(super) fn call<'a>(linked: &'a Edition, page: &'a Page) -> Result<Option<CallView<'a>>, Box<Diagnostic>> {
    let Some(script) = linked.features.scripts.on_page(page.id).filter(|script| !script.steps.is_empty())
    else {
        return Ok(None);
    };
    let targets = targets(linked, page, Addresses::Paths)?;
    let style = style(&linked.site, &linked.theme, page);
    let body = page.body();
    let mut buffer = String::new();
    let pieces = Pieces::new(body, &targets, &style, &mut buffer);
    let mut reader = CallWriter { body, script, targets: &targets, pieces, late: Vec::new() };
    let intro = reader.nodes(&script.intro);
    let steps = reader.steps();
    let ends = ends(script);
    let outcomes = ends.iter().map(|outcome| reader.outcome(outcome)).collect();
    let preparation = script.preparation.iter().map(|thing| reader.words(thing)).collect();
    let start = script.start().map(|id| {
        let step = &script.steps[id];
        StartView { id: &step.id, title: reader.words(&step.title) }
    });
    let footnotes = reader.pieces.footnotes();
    let index = linked.features.scripts.index_url(&linked.site, page.lang());
    Ok(Some(CallView {
        intro: Html::or_none(&intro),
        preparation,
        placeholders: placeholders(script),
        fields: fields(script),
        score: script.score.as_ref().map(|score| score.label.as_str()),
        start,
        steps,
        objections: script.objections.len(),
        outcomes,
        reaches_nobody: ends.iter().any(|end| end.unreached.is_some()),
        budget: script.budget.map(|seconds| Budget {
            seconds,
            text: time(seconds),
            clock: format!("{}:{:02}", seconds / 60, seconds % 60),
        }),
        footnotes: Html::or_none(&footnotes),
        map: map(linked, page, script),
        index: index.map(|path| linked.site.href(&path)),
        mails: linked.features.mails.url(page.lang()).map(|url| linked.site.href(url)),
        config: Html::new(&config(linked, page, script, &ends)),
    }))
}

fn placeholders(script: &CallScript) -> Vec<PlaceholderView<'_>> {
    let placeholders = script.placeholders.iter().map(|placeholder| PlaceholderView {
        name: &placeholder.name,
        label: &placeholder.label,
        options: placeholder.options.iter().map(String::as_str).collect(),
        example: placeholder.example.as_deref(),
        default: placeholder.default.as_deref(),
    });
    placeholders.collect()
}

/// The call map of a script, and what it leaves out.
fn map(linked: &Edition, page: &Page, script: &CallScript) -> Option<CallMapView> {
    let map = CallMap::new(&linked.site, script)?;
    let words = ["call_objections", "call_ends"];
    let words = words.map(|key| linked.theme.word(page.lang(), key).unwrap_or_default());
    Some(CallMapView {
        svg: Html::new(&call_map::svg(linked, script, &map, words)),
        has_answers: map.detail == Detail::Answers,
        omitted: map.omitted,
    })
}

/// The outcomes that the call can come to, by an answer or by the key for nobody, in the order in which they are declared.
fn ends(script: &CallScript) -> Vec<&Outcome> {
    let mut used = BTreeSet::new();
    for step in script.steps.ids() {
        for edge in script.edges(step) {
            if let Next::Outcome { id, .. } = edge.next {
                used.insert(id);
            }
        }
    }
    script
        .outcomes
        .iter()
        .filter(|outcome| used.contains(&outcome.id) || outcome.unreached.is_some())
        .collect()
}

/// Reads a script into views.
struct CallWriter<'a, 't> {
    body: &'a Body,
    script: &'a CallScript,
    targets: &'t PageTargets<'a>,
    pieces: Pieces<'t>,
    /// Branches too far in to stand where they belong.
    late: Vec<StepId>,
}

impl<'a> CallWriter<'a, '_> {
    /// All steps and objections, in the order of the text.
    fn steps(&mut self) -> Vec<CallStep<'a>> {
        let mut steps = Vec::new();
        for (id, step) in self.script.steps.each() {
            if matches!(step.role, Role::Step | Role::Objection(_)) {
                steps.push(self.step(id, 0));
                while let Some(id) = self.late.pop() {
                    steps.push(self.step(id, 0));
                }
            }
        }
        steps
    }

    /// A step with all that is below it; `depth` is how far in it stands.
    fn step(&mut self, id: StepId, depth: usize) -> CallStep<'a> {
        let script = self.script;
        let step = &script.steps[id];
        let objection = match step.role {
            Role::Objection(objection) => Some(&script.objections[objection]),
            _ => None,
        };
        let nodes: Vec<usize> = step
            .blocks
            .iter()
            .map(|block| match *block {
                Block::Say(node) | Block::Note(node, _) | Block::Other(node) => node,
            })
            .collect();
        let shown = self.nodes(&nodes);
        let answers = step.answers.iter().map(|answer| self.answer(answer, depth)).collect();
        let phrases = objection.map(|objection| objection.phrases.as_slice()).unwrap_or_default();
        let phrases = phrases.iter().map(|words| self.words(words)).collect();
        let replies = objection.map(|objection| objection.replies.as_slice()).unwrap_or_default();
        let replies = replies.iter().map(|reply| self.step(*reply, depth)).collect();
        let (role, number) = match step.role {
            Role::Step => ("normal", None),
            Role::Objection(_) => ("objection", None),
            Role::Reply { number, .. } => ("reply", Some(number)),
            Role::Branch { .. } => ("branch", None),
        };
        let seconds = step.time.seconds;
        CallStep {
            id: &step.id,
            role,
            title: self.words(&step.title),
            number,
            seconds,
            time: (seconds > 0).then(|| time(seconds)),
            phrases,
            text: Html::or_none(&shown),
            fields: of_step(script, step),
            answers,
            replies,
        }
    }

    fn answer(&mut self, answer: &'a Answer, depth: usize) -> AnswerView<'a> {
        let says = self.pieces.label(answer.label.nodes.clone(), answer.label.until);
        let link = answer.link.and_then(|node| match self.body.nodes()[node].kind {
            Kind::Link(link) => Some((node, link)),
            _ => None,
        });
        let leads_to = link.map(|(node, _)| self.pieces.label(self.body.descendants(node), None));
        let found = link.map(|(_, link)| self.targets.link(link));
        let (kind, branch) = match answer.next {
            Next::Step(_) => ("step", None),
            Next::Branch(branch) => ("branch", Some(branch)),
            Next::Page { .. } => ("page", None),
            Next::Outcome { .. } => ("end", None),
            Next::Return => ("return", None),
            Next::Elsewhere | Next::Nowhere => ("elsewhere", None),
        };
        let href = match branch {
            Some(branch) => Some(format!("#{}", self.script.steps[branch].id)),
            // Without the player, nobody knows where that is.
            None if answer.next == Next::Return => Some(format!("#{BEGINNING}")),
            None => found.as_ref().map(|found| found.href.to_string()).filter(|href| !href.is_empty()),
        };
        let branch = branch.and_then(|branch| {
            if depth < NESTED {
                return Some(Box::new(self.step(branch, depth + 1)));
            }
            self.late.push(branch);
            None
        });
        // Where nothing stands before the arrow, what the link says is all there is.
        let (says, leads_to) =
            if says.is_empty() { (leads_to.unwrap_or_default(), None) } else { (says, leads_to) };
        AnswerView {
            label: Html::new(&says),
            leads_to: leads_to.as_deref().and_then(Html::or_none),
            href: href.as_deref().map(address),
            kind,
            returns: answer.marks.returns.is_some(),
            fills: fills(self.script, answer),
            condition: condition(self.script, answer),
            points: Some(answer.marks.points())
                .filter(|points| *points != 0)
                .map(|points| points.to_string()),
            lang: found.and_then(|found| found.hreflang).map(str::to_string),
            branch,
        }
    }

    fn outcome(&mut self, outcome: &'a Outcome) -> OutcomeView<'a> {
        OutcomeView {
            id: &outcome.id,
            anchor: outcome_id(&outcome.id),
            label: self.words(&outcome.label),
            questions: outcome.questions.iter().map(|question| self.words(question)).collect(),
            promise: outcome.promise.map(Promise::name),
            unreached: outcome.unreached.map(Unreached::name),
            asks_referral: outcome.asks_referral,
        }
    }

    /// A text with its placeholders.
    fn words(&mut self, words: &str) -> Html {
        Html::new(&self.pieces.text(words))
    }

    fn nodes(&mut self, nodes: &[usize]) -> String {
        let all = nodes.iter().map(|node| self.pieces.nodes(*node..self.body.nodes()[*node].end as usize));
        all.collect()
    }
}

/// An address as the value of an attribute.
fn address(href: &str) -> Html {
    let mut out = String::with_capacity(href.len());
    encode::html::escape_url(href, &mut out);
    Html::new(&out)
}
