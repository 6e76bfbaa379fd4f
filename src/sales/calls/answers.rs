//! Answers that a caller can't press or tell apart, and ends that no call comes to. Part of the lint.

use std::collections::BTreeMap;

use super::script::{Block, CallScript, Next, Role, Step};
use super::{names, outcome_of};
use crate::config::Audience;
use crate::content::body::{Body, Kind, NodeId};
use crate::content::front_matter::ScriptMeta;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::project::CONFIG_FILE;
use crate::site::{Page, PageId, Site};

/// Answers that have a key.
const KEYS: usize = 9;

/// Reports what is wrong with the answers of a script.
pub(super) fn check((page, meta): (&Page, &ScriptMeta), script: &CallScript, diagnostics: &mut Diagnostics) {
    let body = page.body();
    for step in &script.steps {
        diagnostics.extend(spoken(page, body, step));
        diagnostics.extend(equal(page, step));
        diagnostics.extend(first_without_key(page, script, step));
    }
    // A key leads to the end of a call that has reached nobody.
    let own = meta.outcomes.iter().filter(|own| own.unreached.is_none());
    let own = own.filter(|own| !is_reached(body, &own.id.value));
    diagnostics.extend(own.map(|own| unused(&own.id.value, page.path(), own.id.span)));
}

/// Reports outcomes for all scripts that none of them comes to. Only who sees all scripts can tell.
pub(super) fn shared(site: &Site, scripts: &BTreeMap<PageId, CallScript>, diagnostics: &mut Diagnostics) {
    if scripts.is_empty() || !site.view.edition.sees(Audience::Team) {
        return;
    }
    let bodies = || scripts.keys().map(|page| site.page(*page).document.text.entire().body());
    let shared = site.config().calls.outcomes.iter().filter(|shared| shared.unreached.is_none());
    let idle = shared.filter(|shared| !bodies().any(|body| is_reached(body, &shared.id.value)));
    diagnostics.extend(idle.map(|shared| unused(&shared.id.value, CONFIG_FILE, shared.id.span)));
}

fn is_reached(body: &Body, id: &str) -> bool {
    body.links.iter().any(|link| outcome_of(&link.target) == Some(id))
}

fn unused(id: &str, file: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnusedOutcome, format!("no call ends in the outcome `{id}`"))
        .at(file, span)
        .help(format!("end an answer in it, `→ [Thank them](outcome:{id})`, or delete it here"))
}

/// A way on within the words to say, or a note: without an empty line above it, a line belongs to the quotation.
fn spoken<'a>(page: &'a Page, body: &'a Body, step: &'a Step) -> impl Iterator<Item = Diagnostic> + 'a {
    let quotes = step.blocks.iter().filter_map(|block| match block {
        Block::Say(node) => Some((*node, "the words to say")),
        Block::Note(node, _) => Some((*node, "a note")),
        Block::Other(_) => None,
    });
    quotes.filter_map(move |(quote, what)| Some((jump_in_quote(body, quote)?, what))).map(|(span, what)| {
        let message = format!("this way on is part of {what}, so nobody can press it");
        Diagnostic::new(Code::AnswerInSpeech, message)
            .at(page.path(), span)
            .help("leave an empty line above the arrow, and no `>` before it")
    })
}

/// From an arrow to the end of the link behind it that leads on in the call.
fn jump_in_quote(body: &Body, quote: NodeId) -> Option<Span> {
    let nodes = body.nodes();
    let mut arrow = None;
    for node in body.descendants(quote) {
        match nodes[node].kind {
            Kind::Text(text) => {
                let text = body.text(text);
                let start = nodes[node].span.range().start;
                // Typography has made a dash of `-->`: the arrow's head is a text of its own.
                let is_head = text.starts_with('>') && arrow.is_none();
                arrow = names::arrow(text).map(|at| start + at).or(is_head.then_some(start)).or(arrow);
            }
            Kind::Link(link) => {
                let target = body.links[link as usize].target.as_str();
                let leads = target.starts_with('#') || outcome_of(target).is_some() || target.contains(".md");
                if let Some(start) = arrow.filter(|_| leads) {
                    return Some(Span::new(start, nodes[node].span.range().end));
                }
            }
            _ => {}
        }
    }
    None
}

/// Answers with the same words, of which the second is never chosen.
fn equal<'a>(page: &'a Page, step: &'a Step) -> impl Iterator<Item = Diagnostic> + 'a {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    step.answers.iter().filter_map(move |answer| {
        let words: String =
            answer.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if words.is_empty() {
            return None;
        }
        let first = *seen.entry(words).or_insert(answer.span);
        (first != answer.span).then(|| {
            Diagnostic::new(
                Code::DuplicateAnswer,
                format!("this step has the answer `{}` twice", answer.text),
            )
            .at(page.path(), answer.span)
            .related(page.path(), Some(first), "the other one")
            .help("say what tells them apart, or delete one of them")
        })
    })
}

/// The first answer that has no key. Those of an objection come before those of each reply.
fn first_without_key(page: &Page, script: &CallScript, step: &Step) -> Option<Diagnostic> {
    let above = match step.role {
        Role::Reply { objection, .. } => script.steps[script.objections[objection].step].answers.len(),
        Role::Step | Role::Objection(_) | Role::Branch { .. } => 0,
    };
    let pressed = |answer: &&super::script::Answer| answer.next != Next::Nowhere;
    let answer = step.answers.iter().filter(pressed).nth(KEYS.saturating_sub(above))?;
    let message = format!("`{}` is answer {}, and keys go from 1 to {KEYS}", answer.text, KEYS + 1);
    Some(
        Diagnostic::new(Code::ManyAnswers, message)
            .at(page.path(), answer.span)
            .help("put answers together that lead to the same step, or make an objection of those that can come at any time"),
    )
}
