//! Where calls can go, over all scripts of an edition: steps that nothing leads to, and steps from which nothing leads to
//! an end.

use std::collections::BTreeMap;

use super::script::{CallScript, Next, Role, Step, StepId};
use super::{CallInputs, Target};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::percent;
use crate::ids::{IdVec, id};
use crate::site::{PageId, Site};

id!(
    /// A step of any script: its place among those of all.
    struct AnyStepId
);

/// All steps of all scripts, numbered one after the other.
struct Graph<'a> {
    site: &'a Site,
    scripts: &'a BTreeMap<PageId, CallScript>,
    /// How many steps come before those of each script.
    offsets: BTreeMap<PageId, usize>,
    steps: IdVec<AnyStepId, (&'a CallScript, StepId)>,
    /// Which steps a step leads to.
    next: IdVec<AnyStepId, Vec<AnyStepId>>,
    /// Steps at which a call can end, or from which it leads to where we can't judge.
    ends: IdVec<AnyStepId, bool>,
}

/// Reports dead ends, circles without an exit, and what can't be reached.
pub(super) fn check(
    site: &Site,
    scripts: &BTreeMap<PageId, CallScript>,
    inputs: &CallInputs<'_>,
    diagnostics: &mut Diagnostics,
) {
    let graph = Graph::new(site, scripts);
    // A jump that is broken, or behind a gate, may be the one that leads there. That it is broken is reported already.
    let is_broken =
        |step: &Step| step.answers.iter().any(|answer| answer.link.is_some() && answer.next == Next::Nowhere);
    let is_whole = |script: &CallScript| {
        graph.is_open(script)
            && !script.steps.iter().any(|step| is_broken(step) || step.jumps.contains(&Next::Nowhere))
    };
    let is_judged = scripts.values().all(is_whole);
    let reached = if is_judged { graph.reached(inputs) } else { graph.steps.map(|_| true) };
    for (number, (script, id)) in graph.steps.each().filter(|(_, (script, _))| graph.is_open(script)) {
        let (path, step) = (site.page(script.page).path(), &script.steps[*id]);
        let is_dead = script.edges(*id).next().is_none();
        if !reached[number] && step.role == Role::Step {
            diagnostics.push(unreached(path, step));
        } else if is_dead && reached[number] {
            diagnostics.push(dead_end(path, step));
        }
    }
    if is_judged {
        graph.returns(diagnostics);
    }
    for circle in graph.circles() {
        if circle.iter().all(|step| reached[*step]) {
            diagnostics.push(graph.endless(&circle));
        }
    }
}

impl<'a> Graph<'a> {
    fn new(site: &'a Site, scripts: &'a BTreeMap<PageId, CallScript>) -> Self {
        let mut offsets = BTreeMap::new();
        let mut steps = IdVec::new();
        for (page, script) in scripts {
            offsets.insert(*page, steps.len());
            steps.extend(script.steps.ids().map(|step| (script, step)));
        }
        let mut graph = Self { site, scripts, offsets, next: IdVec::new(), ends: IdVec::new(), steps };
        for &(script, step) in &graph.steps {
            let goals: Vec<Option<AnyStepId>> =
                script.edges(step).map(|edge| graph.goal(script, &edge.next)).collect();
            graph.ends.push(goals.is_empty() || goals.contains(&None) || !graph.is_open(script));
            graph.next.push(goals.into_iter().flatten().collect());
        }
        graph.lead_back();
        graph
    }

    /// From a step that goes back, the call can come to each step that it may have come from.
    fn lead_back(&mut self) {
        let sites: Vec<AnyStepId> = self.detours().map(|(from, _, _)| from).collect();
        let back: Vec<AnyStepId> = self.steps.ids().filter(|number| self.goes_back(*number)).collect();
        for number in back {
            let (script, step) = self.steps[number];
            let is_other_end = |edge: super::script::Edge<'_>| {
                edge.next != Next::Return && self.goal(script, &edge.next).is_none()
            };
            self.ends[number] =
                script.edges(step).any(is_other_end) || sites.is_empty() || !self.is_open(script);
            self.next[number].extend(&sites);
        }
    }

    /// Answers from which the call comes back: the step that has one, the answer, and the step that it leads to.
    fn detours(&self) -> impl Iterator<Item = (AnyStepId, &'a super::script::Answer, AnyStepId)> {
        let answers = self.steps.each().flat_map(|(number, (script, step))| {
            script.steps[*step].answers.iter().map(move |answer| (number, *script, answer))
        });
        let marked = answers.filter(|(_, _, answer)| answer.marks.returns.is_some());
        marked.filter_map(|(number, script, answer)| Some((number, answer, self.goal(script, &answer.next)?)))
    }

    /// Has a step a way back?
    fn goes_back(&self, number: AnyStepId) -> bool {
        let (script, step) = self.steps[number];
        script.edges(step).any(|edge| edge.next == Next::Return)
    }

    /// Reports ways back that no detour leads to, and detours that aren't one.
    fn returns(&self, diagnostics: &mut Diagnostics) {
        let starts: Vec<AnyStepId> = self.detours().map(|(_, _, to)| to).collect();
        let inputs = reachable_from(&self.next, starts);
        for (number, (script, step)) in self.steps.each() {
            let path = self.site.page(script.page).path();
            for answer in &script.steps[*step].answers {
                let is_step = matches!(answer.next, Next::Step(_))
                    || matches!(answer.next, Next::Page { page, .. } if self.scripts.contains_key(&page));
                if answer.next == Next::Return && !inputs[number] {
                    diagnostics.push(
                        Diagnostic::new(Code::NowhereToReturn, "no call comes here from a step that it could go back to")
                            .at(path, answer.span)
                            .help("mark the answer that leads here: `→ [Ask for the budget](budget.md#ask) {return}`"),
                    );
                } else if let Some(span) = answer.marks.returns.filter(|_| !is_step) {
                    diagnostics.push(
                        Diagnostic::new(Code::NowhereToReturn, "no call comes back from where this leads")
                            .at(path, span)
                            .help("`{return}` belongs behind a jump to a step, here or in another script"),
                    );
                }
            }
        }
    }

    /// Is all of a script's text open, so that it can be judged?
    fn is_open(&self, script: &CallScript) -> bool {
        self.site.gate(self.site.page(script.page)).is_none()
    }

    /// The number of the step that comes next; `None` where the call leaves the scripts.
    fn goal(&self, script: &CallScript, next: &Next) -> Option<AnyStepId> {
        match next {
            Next::Step(step) | Next::Branch(step) => Some(self.number(script, *step)),
            Next::Page { page, fragment } => self.step_on(*page, fragment.as_deref()),
            Next::Outcome { .. } | Next::Return | Next::Elsewhere | Next::Nowhere => None,
        }
    }

    /// The number of the step at a place of a script.
    fn step_on(&self, page: PageId, fragment: Option<&str>) -> Option<AnyStepId> {
        let script = self.scripts.get(&page)?;
        let step = match fragment {
            Some(id) => script.step_at(self.site.page(page).body(), id),
            None => script.start(),
        };
        Some(self.number(script, step?))
    }

    fn number(&self, script: &CallScript, step: StepId) -> AnyStepId {
        AnyStepId::new(self.offsets[&script.page] + step.index())
    }

    /// Which steps can a call come to? It starts at the first step of a script or where a page that is none leads, and
    /// objections and their replies can be opened at any time.
    fn reached(&self, inputs: &CallInputs<'_>) -> IdVec<AnyStepId, bool> {
        let starts = self.scripts.values().filter_map(|script| Some(self.number(script, script.start()?)));
        let mut waiting: Vec<AnyStepId> = starts.collect();
        let is_opened = |(_, (script, step)): &(AnyStepId, &(&CallScript, StepId))| {
            matches!(script.steps[*step].role, Role::Objection(_) | Role::Reply { .. })
        };
        waiting.extend(self.steps.each().filter(is_opened).map(|(number, _)| number));
        for page in self.site.pages().filter(|page| !self.scripts.contains_key(&page.id)) {
            let links = 0..u32::try_from(page.body().links.len()).unwrap_or(u32::MAX);
            waiting.extend(links.filter_map(|link| match (inputs.target)(page.id, link) {
                Target::Page(to, fragment) if !fragment.is_empty() => {
                    self.step_on(to, Some(&percent::decode(&fragment)))
                }
                _ => None,
            }));
        }
        reachable_from(&self.next, waiting)
    }

    /// Steps that lead to each other and nowhere else, each set in the order of the text.
    fn circles(&self) -> Vec<Vec<AnyStepId>> {
        let mut before: IdVec<AnyStepId, Vec<AnyStepId>> = self.next.map(|_| Vec::new());
        for (from, next) in self.next.each() {
            for to in next {
                before[*to].push(from);
            }
        }
        let ends = self.ends.ids().filter(|step| self.ends[*step]).collect();
        let mut is_fine = reachable_from(&before, ends);
        let mut circles = Vec::new();
        for step in self.next.ids() {
            if is_fine[step] {
                continue;
            }
            let ahead = reachable_from(&self.next, vec![step]);
            let behind = reachable_from(&before, vec![step]);
            // Where something ahead doesn't lead back, the circle is farther on.
            if ahead.ids().all(|other| !ahead[other] || behind[other]) {
                circles.push(ahead.ids().filter(|other| ahead[*other]).collect());
                // What only leads into this circle is not at fault.
                is_fine.iter_mut().zip(behind.iter()).for_each(|(fine, behind)| *fine |= behind);
            }
        }
        circles
    }

    fn endless(&self, circle: &[AnyStepId]) -> Diagnostic {
        let named = |number: &AnyStepId| {
            let (script, step) = self.steps[*number];
            (self.site.page(script.page).path(), &script.steps[step])
        };
        let (path, first) = named(&circle[0]);
        let message = match circle {
            [_] => format!("from `{}` the call only leads back to it", first.title),
            _ => format!("from `{}` on, the call goes round in a circle and can't end", first.title),
        };
        let mut problem = Diagnostic::new(Code::EndlessLoop, message).at(path, first.span);
        for (path, step) in circle.iter().skip(1).take(4).map(named) {
            problem = problem.related(path, Some(step.span), "in the circle");
        }
        problem.help("give one of these steps an answer that ends the call: `- They have to go → [Thank them](outcome:closed)`")
    }
}

/// Everything that can be reached from `from`, itself included.
fn reachable_from(next: &IdVec<AnyStepId, Vec<AnyStepId>>, from: Vec<AnyStepId>) -> IdVec<AnyStepId, bool> {
    let mut reached = next.map(|_| false);
    let mut waiting = from;
    while let Some(step) = waiting.pop() {
        if !std::mem::replace(&mut reached[step], true) {
            waiting.extend(next[step].iter().filter(|step| !reached[**step]));
        }
    }
    reached
}

fn unreached(path: &str, step: &Step) -> Diagnostic {
    Diagnostic::new(Code::UnreachableStep, format!("no answer leads to `{}`", step.title))
        .at(path, step.span)
        .help(format!("jump here from an answer, `→ [{}](#{})`, or delete the step", step.title, step.id))
}

fn dead_end(path: &str, step: &Step) -> Diagnostic {
    let (message, help) = match step.role {
        Role::Objection(_) => (
            format!("the objection `{}` has no reply", step.title),
            "write at least one below it: `### Reply 1: Check first`, with words and answers",
        ),
        Role::Branch { .. } => (
            format!("the call has nowhere to go after `{}`", step.title),
            "add what they may answer, each with a jump, or end the call: `→ [Thank them](outcome:closed)`",
        ),
        _ => (
            format!("there is nothing to answer at `{}`", step.title),
            "add answers, `- \"Yes\" → [Next step](#next-step)`, or end the call: `→ [Thank them](outcome:closed)`",
        ),
    };
    Diagnostic::new(Code::DeadEnd, message).at(path, step.span).help(help)
}
