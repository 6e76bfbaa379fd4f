//! How long calls take.
//!
//! A script has far too many ways through it to add up each, and the longest that repeats nothing can't be found in
//! useful time. So what is added up are the quickest calls: to each outcome ([`CallScript::quickest`]), and through
//! each step ([`CallScript::longest`]). If even the quickest call through a step takes more than the budget, no call
//! that comes to this step can keep it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::script::{CallScript, Next, StepId};
use crate::diag::{Code, Diagnostic};
use crate::ids::IdVec;
use crate::site::Page;

/// One way through a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallPath {
    /// The steps, from the first on. A step may come twice.
    pub steps: Vec<StepId>,
    /// How many seconds the words of all these steps take.
    pub seconds: u32,
    /// Where it ends: in an outcome, or on another page.
    pub end: Next,
}

/// For each step: the seconds of the quickest way, with the step itself, and the step next to it on that way.
type Distances = IdVec<StepId, Option<(u32, Option<StepId>)>>;

impl CallScript {
    /// The quickest way to each outcome that can be reached, by its id.
    #[must_use]
    pub fn quickest(&self) -> BTreeMap<String, CallPath> {
        let there = self.distances(self.start().into_iter().map(|start| (start, 0)), &self.forwards());
        let mut best: BTreeMap<String, (u32, StepId, Next)> = BTreeMap::new();
        for (step, found) in there.each() {
            let Some((seconds, _)) = found else { continue };
            for edge in self.edges(step) {
                let Next::Outcome { id, .. } = &edge.next else { continue };
                if best.get(id).is_none_or(|(least, ..)| seconds < least) {
                    best.insert(id.clone(), (*seconds, step, edge.next));
                }
            }
        }
        let way = |(seconds, step, end)| CallPath {
            steps: walk(&there, step).into_iter().rev().collect(),
            seconds,
            end,
        };
        best.into_iter().map(|(id, found)| (id, way(found))).collect()
    }

    /// The longest of the quickest calls: for each step, the quickest call that comes to it is looked for, and the one
    /// that takes the most time is given, with the step that makes it so.
    #[must_use]
    pub fn longest(&self) -> Option<(StepId, CallPath)> {
        let forwards = self.forwards();
        let mut backwards: IdVec<StepId, Vec<StepId>> = self.steps.map(|_| Vec::new());
        for (from, next) in forwards.each() {
            for to in next {
                backwards[*to].push(from);
            }
        }
        let there = self.distances(self.start().into_iter().map(|start| (start, 0)), &forwards);
        let ends = self.steps.ids().filter(|step| self.end(*step).is_some());
        let back = self.distances(ends.map(|step| (step, 0)), &backwards);
        let whole = |step: StepId| {
            let (to, from) = (there[step]?.0, back[step]?.0);
            Some(to.saturating_add(from).saturating_sub(self.steps[step].time.seconds))
        };
        let all = self.steps.ids().filter_map(|step| Some((whole(step)?, Reverse(step))));
        let (seconds, Reverse(step)) = all.max()?;
        let mut steps: Vec<StepId> = walk(&there, step).into_iter().rev().collect();
        steps.extend(walk(&back, step).into_iter().skip(1));
        let end = self.end(*steps.last()?)?;
        Some((step, CallPath { steps, seconds, end }))
    }

    /// Which steps a step leads to.
    fn forwards(&self) -> IdVec<StepId, Vec<StepId>> {
        let next = |step| {
            self.edges(step).filter_map(|edge| match edge.next {
                Next::Step(next) | Next::Branch(next) => Some(next),
                _ => None,
            })
        };
        self.steps.map(|(step, _)| next(step).collect())
    }

    /// How a call ends at a step, if one can: first of all in an outcome.
    fn end(&self, step: StepId) -> Option<Next> {
        let find = |is_meant: fn(&Next) -> bool| self.edges(step).map(|edge| edge.next).find(is_meant);
        find(|next| matches!(next, Next::Outcome { .. }))
            .or_else(|| find(|next| matches!(next, Next::Page { .. } | Next::Return | Next::Elsewhere)))
    }

    /// The quickest ways from any of some steps to all others (Dijkstra's algorithm). Of two that take the same time,
    /// the one by way of the first step is taken.
    fn distances(
        &self,
        from: impl Iterator<Item = (StepId, u32)>,
        next: &IdVec<StepId, Vec<StepId>>,
    ) -> Distances {
        let mut found: Distances = self.steps.map(|_| None);
        let time = |step: StepId| self.steps[step].time.seconds;
        let mut waiting: BinaryHeap<Reverse<(u32, StepId, Option<StepId>)>> =
            from.map(|(step, seconds)| Reverse((time(step).saturating_add(seconds), step, None))).collect();
        while let Some(Reverse((seconds, step, by))) = waiting.pop() {
            if found[step].is_some() {
                continue;
            }
            found[step] = Some((seconds, by));
            let open = next[step].iter().filter(|next| found[**next].is_none());
            waiting
                .extend(open.map(|next| Reverse((seconds.saturating_add(time(*next)), *next, Some(step)))));
        }
        found
    }
}

/// The steps from `step` to where its way begins.
fn walk(found: &Distances, step: StepId) -> Vec<StepId> {
    std::iter::successors(Some(step), |step| found[*step]?.1).collect()
}

/// The report of a script that can't be said in its time.
pub(super) fn check(page: &Page, script: &CallScript) -> Option<Diagnostic> {
    let budget = page.meta().script()?.budget.as_ref()?;
    let (step, way) = script.longest()?;
    if way.seconds <= budget.value {
        return None;
    }
    let named = |step: &StepId| {
        let step = &script.steps[*step];
        format!("`{}` {} s", step.title, step.time.seconds)
    };
    let spoken: Vec<StepId> =
        way.steps.iter().copied().filter(|step| script.steps[*step].time.seconds > 0).collect();
    let steps: Vec<String> = match spoken.as_slice() {
        [first, second, third, .., last] if spoken.len() > 8 => {
            vec![named(first), named(second), named(third), "…".into(), named(last)]
        }
        all => all.iter().map(named).collect(),
    };
    let title = &script.steps[step].title;
    let message = format!(
        "a call that reaches `{title}` takes at least {} s, but the budget is {} s",
        way.seconds, budget.value
    );
    Some(
        Diagnostic::new(Code::OverBudget, message)
            .at(page.path(), budget.span)
            .related(page.path(), Some(script.steps[step].span), "the step that exceeds the budget")
            .help(format!("the quickest way there and on to an outcome: {}", steps.join(", ")))
            .help("shorten what is said on the way, let an earlier answer lead there, or raise the budget"),
    )
}
