//! A page's text becomes a [`CallScript`]. `docs/content/scripts.md` has the grammar. Start with [`read`].
//!
//! Headings make steps; then the blocks of each step are read, and those of the inline branches that they open, one
//! after the other and not by recursion: a list can be nested as deep as its author likes.

mod answers;

use std::ops::Range;

use super::guard::Guard;
use super::line::{Head, LineReader};
use super::script::{
    Answer, Block, CallFieldId, CallScript, Next, Objection, ObjectionId, Outcome, Role, Step, StepId, Time,
};
use super::vocabulary::Vocabulary;
use super::{CallInputs, fields, names, placeholders, score, send_links};
use crate::content::body::{Body, Heading, Kind, NodeId};
use crate::content::front_matter::ScriptMeta;
use crate::content::markdown::Timed;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::encode::percent;
use crate::ids::IdVec;
use crate::site::{Page, Site};

/// Words that are spoken in a minute.
const WORDS_A_MINUTE: usize = 150;

/// Inline branches below each other that are read; what is deeper counts as text. Nobody finds the way back from there.
const DEEPEST: usize = 16;

/// Inline branches below each other that can be followed during a call.
pub(super) const DEPTH: usize = 3;

/// Reads a script. What stands where nothing can follow is reported.
pub(super) fn read(
    site: &Site,
    (page, meta): (&Page, &ScriptMeta),
    inputs: &CallInputs<'_>,
    diagnostics: &mut Diagnostics,
) -> CallScript {
    let body = page.body();
    let config = site.config();
    let text = |localized| config.text(localized, page.lang()).to_string();
    let own = meta.outcomes.iter();
    let shared = config.calls.outcomes.iter();
    let shared = shared.filter(|shared| !meta.outcomes.iter().any(|own| own.id.value == shared.id.value));
    let outcomes = own.chain(shared).map(|outcome| Outcome {
        id: outcome.id.value.clone(),
        label: text(&outcome.label),
        questions: outcome.questions.iter().map(text).collect(),
        promise: outcome.promise,
        unreached: outcome.unreached,
        asks_referral: outcome.asks_referral,
    });
    let script = CallScript {
        page: page.id,
        intro: Vec::new(),
        steps: IdVec::new(),
        objections: IdVec::new(),
        placeholders: placeholders::declared(site, page),
        fields: fields::declared(site, page, meta),
        score: score::declared(site, page, meta),
        uses: placeholders::uses(body),
        outcomes: outcomes.collect(),
        sends: send_links::pages(site, page, diagnostics),
        budget: meta.budget.as_ref().map(|budget| budget.value),
        preparation: meta.preparation.iter().map(|item| item.value.clone()).collect(),
    };
    let language = config.languages[page.lang()].code.as_str();
    let mut reader = CallReader { page, meta, body, language, inputs, script, diagnostics };
    let contents = reader.headings();
    reader.contents(contents);
    let mut script = reader.script;
    guards(&mut script, language);
    script
}

/// Reads the conditions of answers. `Otherwise` is one only beside another.
fn guards(script: &mut CallScript, language: &str) {
    let score = script.score.as_ref().map(|score| score.label.as_str());
    let vocabulary = Vocabulary::new(&script.fields, score, language);
    for step in script.steps.iter_mut() {
        let all: Vec<Option<Guard>> =
            step.answers.iter().map(|answer| vocabulary.guard(&answer.text)).collect();
        if all.iter().any(|guard| matches!(guard, Some(Guard::When(_)))) {
            step.answers.iter_mut().zip(all).for_each(|(answer, guard)| answer.guard = guard);
        }
    }
}

struct CallReader<'a> {
    page: &'a Page,
    meta: &'a ScriptMeta,
    body: &'a Body,
    language: &'a str,
    inputs: &'a CallInputs<'a>,
    script: CallScript,
    diagnostics: &'a mut Diagnostics,
}

/// The blocks of a step or a branch, not yet read.
struct Content {
    step: StepId,
    blocks: Vec<NodeId>,
    /// The jump of the answer that opens it, which comes last.
    last: Option<Answer>,
}

impl CallReader<'_> {
    /// Makes the steps, and gives the blocks of each.
    fn headings(&mut self) -> Vec<Content> {
        let mut contents: Vec<Content> = Vec::new();
        let mut objection = None;
        for node in self.body.children(None) {
            let step = self.body.heading(node).and_then(|heading| self.step(heading, objection));
            match (step, contents.last_mut()) {
                (Some(step), _) => {
                    objection = self.enter(&step, objection);
                    contents.push(Content {
                        step: self.script.steps.next_id(),
                        blocks: Vec::new(),
                        last: None,
                    });
                    self.script.steps.push(step);
                }
                (None, Some(content)) => content.blocks.push(node),
                (None, None) if self.counts(node) => self.script.intro.push(node),
                (None, None) => {}
            }
        }
        contents
    }

    /// The step that a heading begins; `None` for a heading within a step. `objection` is the one above it.
    fn step(&self, heading: &Heading, objection: Option<ObjectionId>) -> Option<Step> {
        let role = heading.attributes.iter().find(|(key, _)| key == "role");
        let role = role.and_then(|(_, value)| value.as_deref());
        let timed = Timed::parse(&heading.text);
        let title = timed.map_or(heading.text.as_str(), |timed| timed.title);
        let named = names::objection(title, self.language);
        let (role, title) = match objection {
            _ if role == Some("objection") || heading.level == 2 && named.is_some() => {
                (Role::Objection(self.script.objections.next_id()), named.unwrap_or(title))
            }
            _ if heading.level == 2 => (Role::Step, title),
            // Whatever stands on the third level below an objection is a reply, in any language.
            Some(objection) if role == Some("reply") || heading.level == 3 => {
                let number = self.script.objections[objection].replies.len() + 1;
                let name = names::reply(title, self.language).filter(|name| !name.is_empty());
                (Role::Reply { objection, number }, name.unwrap_or(title))
            }
            _ => return None,
        };
        let seconds = timed.and_then(|timed| timed.duration).map(|(seconds, _)| seconds);
        Some(Step {
            id: heading.id.clone(),
            title: title.to_string(),
            heading: Some(heading.node),
            role,
            time: Time { seconds: seconds.unwrap_or(0), is_written: seconds.is_some() },
            blocks: Vec::new(),
            answers: Vec::new(),
            jumps: Vec::new(),
            fields: Vec::new(),
            span: self.body.nodes()[heading.node].span,
        })
    }

    /// Notes an objection or a reply that is about to be added; gives the objection that its replies belong to.
    fn enter(&mut self, step: &Step, above: Option<ObjectionId>) -> Option<ObjectionId> {
        let id = self.script.steps.next_id();
        match step.role {
            Role::Objection(objection) => {
                let meta =
                    self.meta.objections.iter().find(|objection| step.is_objection(&objection.id.value));
                let phrases = meta.map(|objection| objection.phrases.clone()).unwrap_or_default();
                self.script.objections.push(Objection { step: id, phrases, replies: Vec::new() });
                Some(objection)
            }
            Role::Reply { objection, .. } => {
                self.script.objections[objection].replies.push(id);
                above
            }
            Role::Step | Role::Branch { .. } => None,
        }
    }

    /// Reads the blocks of all steps, and of the branches that they open.
    fn contents(&mut self, steps: Vec<Content>) {
        let mut waiting: std::collections::VecDeque<Content> = steps.into();
        while let Some(content) = waiting.pop_front() {
            for node in content.blocks {
                match self.body.nodes()[node].kind {
                    Kind::List(_) if !self.is_checklist(node) => {
                        for item in self.body.children(Some(node)) {
                            waiting.extend(self.answer(content.step, item));
                        }
                    }
                    Kind::Paragraph if self.is_jump_paragraph(node) => {
                        let head = self.head(self.body.descendants(node));
                        let answer = self.jump(node, head);
                        self.script.steps[content.step].answers.push(answer);
                    }
                    _ => self.block(content.step, node),
                }
            }
            let step = &mut self.script.steps[content.step];
            step.answers.extend(content.last);
            if !step.time.is_written {
                step.time.seconds = spoken(self.body, &step.blocks);
            }
        }
    }

    /// Adds a block that is no answer.
    fn block(&mut self, step: StepId, node: NodeId) {
        if !self.counts(node) {
            return;
        }
        let block = match self.body.nodes()[node].kind {
            Kind::Quote => Block::Say(node),
            Kind::Callout(callout) => Block::Note(node, self.body.callouts[callout as usize].kind),
            _ => Block::Other(node),
        };
        let range = node..self.body.nodes()[node].end as usize;
        self.note_fields(step, range.clone());
        let links = self.links(range);
        let jumps = links
            .filter_map(|(node, link)| self.next(node, link))
            .filter(|next| !matches!(next, Next::Elsewhere));
        let jumps: Vec<Next> = jumps.collect();
        let step = &mut self.script.steps[step];
        step.jumps.extend(jumps);
        step.blocks.push(block);
    }

    /// A step wants to know the fields that its text names.
    fn note_fields(&mut self, step: StepId, range: Range<NodeId>) {
        let named = self
            .links(range)
            .filter_map(|(_, link)| fields::field_name(&self.body.links[link as usize].target));
        let named: Vec<CallFieldId> = named.filter_map(|name| self.script.field_at(name)).collect();
        for field in named {
            if !self.script.steps[step].fields.contains(&field) {
                self.script.steps[step].fields.push(field);
            }
        }
    }

    /// Is a top-level block something to show? Lines between steps, comments and the texts of footnotes aren't.
    fn counts(&self, node: NodeId) -> bool {
        !matches!(self.body.nodes()[node].kind, Kind::Rule | Kind::Footnote(_))
            && self.body.comment(node).is_none()
    }

    /// A list of things to tick off is no list of answers.
    fn is_checklist(&self, list: NodeId) -> bool {
        self.body.descendants(list).any(|node| matches!(self.body.nodes()[node].kind, Kind::TaskMarker(_)))
    }

    /// Is a paragraph a way on: nothing but a jump, or words, an arrow and a jump?
    fn is_jump_paragraph(&self, paragraph: NodeId) -> bool {
        let range = self.body.descendants(paragraph);
        let head = self.head(range.clone());
        let Some((node, _)) = head.link else { return false };
        let end = self.body.nodes()[node].end as usize;
        let is_last =
            end == range.end || head.cut.is_some_and(|(text, at)| text == end && self.is_blank(text, at));
        head.has_arrow || node == range.start && is_last
    }

    /// Takes the line of an answer apart: button, jump and braces.
    fn head(&self, range: Range<NodeId>) -> Head {
        LineReader { body: self.body, next: &|node, link| self.next(node, link) }.head(range)
    }

    /// Is there nothing but space before a byte of a text?
    fn is_blank(&self, text: NodeId, at: usize) -> bool {
        matches!(self.body.nodes()[text].kind, Kind::Text(text) if self.body.text(text)[..at].trim().is_empty())
    }

    /// The step that a heading of this page stands in.
    fn anchor(&self, fragment: &str) -> Next {
        self.script.step_at(self.body, &percent::decode(fragment)).map_or(Next::Elsewhere, Next::Step)
    }

    /// The place of an answer without what is nested in it.
    fn span_of(&self, item: NodeId, head: &Range<NodeId>) -> Span {
        let nodes = self.body.nodes();
        match self.body.siblings(head.clone()).last() {
            Some(last) => Span { start: nodes[head.start].span.start, end: nodes[last].span.end },
            None => nodes[item].span,
        }
    }

    fn dead_end(&mut self, head: &Head, span: Span) {
        let problem = Diagnostic::new(Code::DeadEnd, format!("the answer `{}` leads nowhere", head.text));
        let problem = problem.at(self.page.path(), span);
        self.diagnostics.push(if head.has_arrow {
            problem.help("make the text after the arrow a link: `→ [Next step](#next-step)`")
        } else {
            problem
                .help("say where the call continues, `→ [Next step](#next-step)`, or how it ends, `→ [Thank them](outcome:closed)`")
                .help("a list that isn't answers belongs in a note: `> [!NOTE]`")
        });
    }
}

/// The seconds that a step's words take.
fn spoken(body: &Body, blocks: &[Block]) -> u32 {
    let words = blocks.iter().map(|block| match block {
        Block::Say(node) => words(body, *node),
        _ => 0,
    });
    u32::try_from((words.sum::<usize>() * 60).div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX)
}

/// The words below a node.
fn words(body: &Body, node: NodeId) -> usize {
    let text = body.plain_text_of(body.descendants(node));
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn too_deep(page: &Page, span: Span) -> Diagnostic {
    let message = format!("this answer opens a branch {} levels deep", DEPTH + 1);
    Diagnostic::new(Code::DeepBranch, message)
        .at(page.path(), span)
        .help("make it a separate step, `## Title`, and jump there with `→ [Title](#title)`")
}
