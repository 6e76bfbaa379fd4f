//! `script`: what the template of a call script gets, and what `script.js` makes a player of.
//!
//! The page itself holds all texts, so that it can be read and printed without scripts; [`Config`] is the rest. Start
//! with [`value`], then [`Reader::step`].

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::Value;

use super::durations::time;
use super::linked::Linked;
use super::targets::{Addresses, PageTargets, outcome_id};
use super::text::{style, targets};
use super::{call_map, html_or_none};
use crate::content::PageKind;
use crate::content::body::{Body, Kind};
use crate::diag::Diagnostic;
use crate::encode;
use crate::html::{Pieces, Targets as _};
use crate::leads::forms::lead;
use crate::sales::calls::map::{Detail, Picture};
use crate::sales::calls::script::{Answer, Block, CallScript, Next, Outcome, Role, StepId};
use crate::site::{Page, Site};
use crate::theme::engine::{html, list, number, object, text};

/// Branches below each other that stand inside one another. Those further in come behind their step instead, so that
/// no depth of a list can exhaust the stack.
const NESTED: usize = 12;

/// What `script.js` reads, beside the page.
#[derive(Debug, Serialize)]
struct Config<'a> {
    version: u8,
    /// The script as an event names it.
    page: About<'a>,
    /// Seconds that the call may take; 0 for any time.
    budget: u32,
    /// The locale of dates.
    locale: &'a str,
    /// What the blanks are called.
    labels: BTreeMap<&'a str, &'a str>,
    /// What they are until somebody fills them in.
    defaults: BTreeMap<&'a str, &'a str>,
    /// Outcomes that promise a time.
    promised: Vec<&'a str>,
    /// Names of those who ring, by the ids that the share kit remembers.
    reps: BTreeMap<&'a str, &'a str>,
    /// Who hears of calls, as `lead.js` posts to it.
    webhook: Option<serde_json::Value>,
    /// The URL of `lead.js`.
    leads: &'a str,
}

#[derive(Debug, Serialize)]
struct About<'a> {
    url: String,
    title: &'a str,
    lang: &'a str,
    /// Its path in `content/` without the ending: the same in all languages.
    key: &'a str,
}

/// The script on a page; nothing where the page is none, or has no step.
pub(super) fn value(linked: &Linked, page: &Page) -> Result<Value, Box<Diagnostic>> {
    let Some(script) = linked.features.scripts.of(page.id).filter(|script| !script.steps.is_empty()) else {
        return Ok(Value::none());
    };
    let targets = targets(linked, page, Addresses::Paths)?;
    let style = style(&linked.site, &linked.theme, page);
    let body = page.entry.public.body();
    let mut buffer = String::new();
    let pieces = Pieces::new(body, &targets, &style, &mut buffer);
    let mut reader = Reader { body, script, targets: &targets, pieces, late: Vec::new() };
    let intro = reader.nodes(&script.intro);
    let mut steps = Vec::new();
    for (id, step) in script.steps.iter().enumerate() {
        if matches!(step.role, Role::Step | Role::Objection(_)) {
            steps.push(reader.step(id, 0));
            while let Some(id) = reader.late.pop() {
                steps.push(reader.step(id, 0));
            }
        }
    }
    let ends = ends(script);
    let outcomes: Vec<Value> = ends.iter().map(|outcome| reader.outcome(outcome)).collect();
    let before: Vec<Value> = script.before.iter().map(|thing| reader.words(thing)).collect();
    let start = script.start().map_or_else(Value::none, |id| {
        let step = &script.steps[id];
        object([("id", Value::from(step.id.as_str())), ("title", reader.words(&step.title))])
    });
    let blanks = script.blanks.iter().map(|blank| {
        object([
            ("name", Value::from(blank.name.as_str())),
            ("label", Value::from(blank.label.as_str())),
            ("options", list(blank.options.iter().map(|option| Value::from(option.as_str())))),
            ("example", text(blank.example.as_deref())),
            ("default", text(blank.default.as_deref())),
        ])
    });
    let blanks = list(blanks);
    let footnotes = reader.pieces.footnotes();
    let budget = script.budget.map_or_else(Value::none, |seconds| {
        object([
            ("seconds", Value::from(seconds)),
            ("text", Value::from(time(seconds))),
            ("clock", Value::from(format!("{}:{:02}", seconds / 60, seconds % 60))),
        ])
    });
    let index = linked.features.scripts.index_url(&linked.site, page.lang());
    Ok(object([
        ("intro", html_or_none(&intro)),
        ("before", list(before)),
        ("blanks", blanks),
        ("start", start),
        ("steps", list(steps)),
        ("objections", number(script.objections.len())),
        ("outcomes", list(outcomes)),
        ("budget", budget),
        ("footnotes", html_or_none(&footnotes)),
        ("picture", picture(linked, page, script)),
        ("index", index.map_or_else(Value::none, |path| Value::from(linked.site.href(&path)))),
        ("config", html(&config(linked, page, script, &ends))),
    ]))
}

/// The picture of a script, and what it leaves out.
fn picture(linked: &Linked, page: &Page, script: &CallScript) -> Value {
    let Some(picture) = Picture::of(&linked.site, script) else { return Value::none() };
    let words = ["call_objections", "call_ends"];
    let words = words.map(|key| linked.theme.word(page.lang(), key).unwrap_or_default());
    object([
        ("svg", html(&call_map::svg(linked, script, &picture, words.each_ref().map(String::as_str)))),
        ("has_answers", Value::from(picture.detail == Detail::Answers)),
        ("left_out", number(picture.left_out)),
    ])
}

/// The outcomes that the call can come to, in the order in which they are declared.
fn ends(script: &CallScript) -> Vec<&Outcome> {
    let mut used = BTreeSet::new();
    for step in 0..script.steps.len() {
        for edge in script.edges(step) {
            if let Next::Outcome { id, .. } = edge.next {
                used.insert(id);
            }
        }
    }
    script.outcomes.iter().filter(|outcome| used.contains(&outcome.id)).collect()
}

/// Reads a script into values.
struct Reader<'a> {
    body: &'a Body,
    script: &'a CallScript,
    targets: &'a PageTargets<'a>,
    pieces: Pieces<'a>,
    /// Branches too far in to stand where they belong.
    late: Vec<StepId>,
}

impl Reader<'_> {
    /// A step with all that is below it; `depth` is how far in it stands.
    fn step(&mut self, id: StepId, depth: usize) -> Value {
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
        let answers: Vec<Value> = step.answers.iter().map(|answer| self.answer(answer, depth)).collect();
        let heard = objection.map(|objection| objection.heard.as_slice()).unwrap_or_default();
        let heard: Vec<Value> = heard.iter().map(|words| self.words(words)).collect();
        let replies = objection.map(|objection| objection.replies.as_slice()).unwrap_or_default();
        let replies: Vec<Value> = replies.iter().map(|reply| self.step(*reply, depth)).collect();
        let (role, position) = match step.role {
            Role::Step => ("normal", Value::none()),
            Role::Objection(_) => ("objection", Value::none()),
            Role::Reply { number: position, .. } => ("reply", number(position)),
            Role::Branch { .. } => ("branch", Value::none()),
        };
        let seconds = step.time.seconds;
        object([
            ("id", Value::from(step.id.as_str())),
            ("role", Value::from(role)),
            ("title", self.words(&step.title)),
            ("number", position),
            ("seconds", Value::from(seconds)),
            ("time", if seconds == 0 { Value::none() } else { Value::from(time(seconds)) }),
            ("heard", list(heard)),
            ("text", html_or_none(&shown)),
            ("answers", list(answers)),
            ("replies", list(replies)),
        ])
    }

    fn answer(&mut self, answer: &Answer, depth: usize) -> Value {
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
            Next::Elsewhere | Next::Nowhere => ("elsewhere", None),
        };
        let href = match branch {
            Some(branch) => Some(format!("#{}", self.script.steps[branch].id)),
            None => found.as_ref().map(|found| found.href.to_string()).filter(|href| !href.is_empty()),
        };
        let branch = branch.map_or_else(Value::none, |branch| {
            if depth < NESTED {
                return self.step(branch, depth + 1);
            }
            self.late.push(branch);
            Value::none()
        });
        // Where nothing stands before the arrow, what the link says is all there is.
        let (says, leads_to) =
            if says.is_empty() { (leads_to.unwrap_or_default(), None) } else { (says, leads_to) };
        object([
            ("says", html(&says)),
            ("to", leads_to.as_deref().map_or_else(Value::none, html_or_none)),
            ("href", href.as_deref().map_or_else(Value::none, address)),
            ("kind", Value::from(kind)),
            ("lang", text(found.and_then(|found| found.hreflang))),
            ("branch", branch),
        ])
    }

    fn outcome(&mut self, outcome: &Outcome) -> Value {
        let ask: Vec<Value> = outcome.ask.iter().map(|question| self.words(question)).collect();
        object([
            ("id", Value::from(outcome.id.as_str())),
            ("anchor", Value::from(outcome_id(&outcome.id))),
            ("label", self.words(&outcome.label)),
            ("ask", list(ask)),
            ("callback", Value::from(outcome.callback)),
        ])
    }

    /// A text with its blanks.
    fn words(&mut self, words: &str) -> Value {
        html(&self.pieces.text(words))
    }

    fn nodes(&mut self, nodes: &[usize]) -> String {
        let all = nodes.iter().map(|node| self.pieces.nodes(*node..self.body.nodes()[*node].end as usize));
        all.collect()
    }
}

/// An address as the value of an attribute.
fn address(href: &str) -> Value {
    let mut out = String::with_capacity(href.len());
    encode::html::escape_url(href, &mut out);
    html(&out)
}

/// The JSON, escaped for a script element.
fn config(linked: &Linked, page: &Page, script: &CallScript, ends: &[&Outcome]) -> String {
    let site = &linked.site;
    let language = &site.config().languages[page.lang()];
    let webhook = site.config().calls.webhook.as_deref();
    let leads = linked.theme.url("js/lead.js").map(|url| site.href(url)).unwrap_or_default();
    let config = Config {
        version: 1,
        page: About {
            url: site.permalink(&page.url),
            title: page.title(),
            lang: &language.code,
            key: &page.entry.place.key,
        },
        budget: script.budget.unwrap_or_default(),
        locale: &language.locale,
        labels: script.blanks.iter().map(|blank| (blank.name.as_str(), blank.label.as_str())).collect(),
        defaults: script
            .blanks
            .iter()
            .filter_map(|blank| Some((blank.name.as_str(), blank.default.as_deref()?)))
            .collect(),
        promised: ends.iter().filter(|end| end.callback).map(|end| end.id.as_str()).collect(),
        reps: reps(site, page),
        webhook: webhook.and_then(|id| lead::of_calls(site, id)),
        leads: &leads,
    };
    encode::script::json(&config)
}

/// Those who may be the one that rings, in the page's language where they are in it.
fn reps<'a>(site: &'a Site, page: &Page) -> BTreeMap<&'a str, &'a str> {
    let reps =
        site.pages.iter().filter(|person| person.kind() == PageKind::Person && person.meta().person.rep);
    let mut names = BTreeMap::new();
    for person in reps {
        let id = person.entry.place.key.rsplit('/').next().unwrap_or_default();
        if person.lang() == page.lang() || !names.contains_key(id) {
            names.insert(id, person.title());
        }
    }
    names
}
