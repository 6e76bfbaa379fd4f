//! What stands on each card: its title, and below it the answers with where they lead. Sizes are known then, places not.

use super::super::readable;
use super::text::{ANSWER, BOLD, SIGN, TITLE, width, wrap};
use super::{
    ANSWERS, Card, CardKind, Chip, DETAILED, Detail, Exit, MOST, Point, Rect, Row, RowKind, SignTarget,
    TextBox,
};
use crate::sales::calls::script::{CallScript, Next, Role, StepId};
use crate::site::PageId;
use std::collections::{BTreeMap, VecDeque};

/// What the number of a reply takes.
const NUMBER: i32 = 22;
/// The width of a card.
const WIDTH: i32 = 304;
/// The same in a picture without answers.
const NARROW: i32 = 232;
/// Between the edge of a card and what stands on it.
const PAD: i32 = 14;
/// How far in each level of answers stands.
const INDENT: i32 = 16;
/// Levels that stand further in than the one above them.
const INDENTS: usize = 4;
/// Width of the widest sign, in the map's units.
const CHIP: i32 = 148;
/// Height of a sign, in the map's units.
const CHIP_HEIGHT: i32 = 24;
/// What a sign has beside its words.
const CHIP_FRAME: i32 = 32;
/// The height of a line of an answer.
const LEADING: i32 = 17;
/// The height of a line of a title.
const TITLE_LEADING: i32 = 21;
/// Where a title begins, behind the mark.
const TITLE_AT: i32 = 48;

/// What a heading of another page, or the page, is called.
type Called<'a> = &'a dyn Fn(PageId, Option<&str>) -> String;

/// All cards, without places: first the steps, then the objections.
pub(super) struct CardSet {
    /// The cards, in this order; their places are still those of an empty map.
    pub(super) cards: Vec<Card>,
    /// How many of them are steps.
    pub(super) steps: usize,
    /// Whether cards show answers, or titles alone.
    pub(super) detail: Detail,
    /// Steps and objections without a card.
    pub(super) omitted: usize,
    /// The signs of all outcomes, in order.
    pub(super) ends: Vec<Chip>,
    /// Which step leads to which, in a picture without answers.
    pub(super) plain: Vec<(usize, usize)>,
}

impl CardSet {
    /// Which row leads to which step: card, row, card. Without answers the row is none.
    pub(super) fn jumps(&self) -> Vec<(usize, Option<usize>, usize)> {
        let mut jumps: Vec<_> = self.plain.iter().map(|(from, to)| (*from, None, *to)).collect();
        let at: BTreeMap<StepId, usize> =
            self.cards.iter().enumerate().map(|(index, card)| (card.step, index)).collect();
        for (from, card) in self.cards.iter().enumerate() {
            for (row, text) in card.rows.iter().enumerate() {
                if let Some(Exit::Line { to, .. }) = &text.exit {
                    jumps.extend(at.get(to).map(|to| (from, Some(row), *to)));
                }
            }
        }
        jumps
    }
}

/// The cards of a script; `title` is what another page is called.
pub(super) fn deck(script: &CallScript, title: Called<'_>) -> CardSet {
    let is_step = |step: &StepId| script.steps[*step].role == Role::Step;
    let mut steps: Vec<StepId> = script.steps.ids().filter(is_step).collect();
    let mut objections: Vec<StepId> = script.objections.iter().map(|objection| objection.step).collect();
    let all = steps.len() + objections.len();
    let answers: usize = script.steps.ids().map(|step| script.edges(step).count()).sum();
    let detail = if all <= DETAILED && answers <= ANSWERS { Detail::Answers } else { Detail::Titles };
    if detail == Detail::Titles {
        steps = nearest(script, &steps);
        objections.truncate(MOST);
    }
    let mut marks = BTreeMap::new();
    marks.extend(steps.iter().enumerate().map(|(index, step)| (*step, (index + 1).to_string())));
    marks.extend(objections.iter().enumerate().map(|(index, step)| (*step, letters(index))));
    let dealer = CardBuilder { script, title, marks, detail };
    let cards: Vec<Card> = steps.iter().chain(&objections).map(|step| dealer.card(*step)).collect();
    let plain = if detail == Detail::Titles { dealer.plain(&steps) } else { Vec::new() };
    CardSet { omitted: all - cards.len(), steps: steps.len(), detail, ends: dealer.ends(), plain, cards }
}

/// The steps that a call comes to first, in the order of the text.
fn nearest(script: &CallScript, steps: &[StepId]) -> Vec<StepId> {
    let mut found: Vec<StepId> = Vec::new();
    let mut is_known = script.steps.map(|_| false);
    let mut waiting: VecDeque<StepId> = script.start().into_iter().collect();
    // What no answer leads to comes last.
    let mut others = steps.iter().copied();
    while found.len() < MOST {
        let Some(step) = waiting.pop_front().or_else(|| others.next()) else { break };
        if std::mem::replace(&mut is_known[step], true) {
            continue;
        }
        if script.steps[step].role == Role::Step {
            found.push(step);
        }
        let next = script.edges(step).filter_map(|edge| match edge.next {
            Next::Step(to) | Next::Branch(to) => Some(to),
            _ => None,
        });
        waiting.extend(next);
    }
    found.sort_unstable();
    found
}

/// A, B, … Z, AA, AB, …
fn letters(index: usize) -> String {
    let last = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    if index < 26 { last.to_string() } else { format!("{}{last}", letters(index / 26 - 1)) }
}

struct CardBuilder<'a> {
    script: &'a CallScript,
    title: Called<'a>,
    marks: BTreeMap<StepId, String>,
    detail: Detail,
}

impl CardBuilder<'_> {
    fn card(&self, id: StepId) -> Card {
        let step = &self.script.steps[id];
        let wide = if self.detail == Detail::Answers { WIDTH } else { NARROW };
        let time = if step.time.seconds == 0 { PAD } else { 52 };
        let title = wrap(&readable(self.script, &step.title), TITLE, wide - TITLE_AT - time, 3);
        let head = (i32::try_from(title.lines.len()).unwrap_or(3) * TITLE_LEADING + 21).max(42);
        let kind = match step.role {
            Role::Objection(_) => CardKind::Objection,
            _ if self.script.start() == Some(id) => CardKind::Start,
            _ => CardKind::Step,
        };
        let mut hand = CardRows { dealer: self, kind, rows: Vec::new() };
        if self.detail == Detail::Answers {
            hand.rows(id, 0);
            if let Role::Objection(objection) = step.role {
                for (index, reply) in self.script.objections[objection].replies.iter().enumerate() {
                    let says = self.script.steps[*reply].title.as_str();
                    hand.row(0, RowKind::Reply(*reply, index + 1), says, None);
                    hand.rows(*reply, 1);
                }
            }
        }
        let mut y = if hand.rows.is_empty() { head } else { head + 3 };
        let place = |row: Row| {
            let row = row.translated(Point { x: 0, y });
            y = row.place.bottom();
            row
        };
        let rows: Vec<Row> = hand.rows.into_iter().map(place).collect();
        let below = if rows.is_empty() { 0 } else { 7 };
        let place = Rect { x: 0, y: 0, width: wide, height: y + below };
        let title =
            TextBox { at: Point { x: TITLE_AT, y: if title.lines.len() < 2 { 27 } else { 26 } }, ..title };
        let mark = self.marks.get(&id).cloned().unwrap_or_default();
        Card { step: id, kind, mark, place, head, title, seconds: step.time.seconds, rows }
    }

    /// Which step leads to which: each way once.
    fn plain(&self, steps: &[StepId]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (from, step) in steps.iter().enumerate() {
            let mut within = vec![*step];
            while let Some(step) = within.pop() {
                for edge in self.script.edges(step) {
                    match edge.next {
                        Next::Branch(branch) => within.push(branch),
                        Next::Step(to) => found.extend(steps.binary_search(&to).map(|to| (from, to))),
                        _ => {}
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The outcomes that the call can have, larger than on a card.
    fn ends(&self) -> Vec<Chip> {
        let mut used = std::collections::BTreeSet::new();
        for step in self.script.steps.ids() {
            used.extend(self.script.edges(step).filter_map(|edge| match edge.next {
                Next::Outcome { id, .. } => Some(id),
                _ => None,
            }));
        }
        let declared = self.script.outcomes.iter().filter(|outcome| used.contains(&outcome.id));
        let ends = declared.map(|outcome| {
            let says = wrap(&readable(self.script, &outcome.label), BOLD, WIDTH - CHIP_FRAME, 1);
            let room = says.lines.iter().map(|line| width(line, BOLD)).max().unwrap_or(0);
            let place = Rect { x: 0, y: 0, width: room + 46, height: 34 };
            let says = TextBox { at: Point { x: 32, y: 22 }, ..says };
            Chip { place, says, mark: None, to: SignTarget::Outcome(outcome.id.clone()) }
        });
        ends.collect()
    }
}

/// Writes the rows of a card.
struct CardRows<'a> {
    dealer: &'a CardBuilder<'a>,
    kind: CardKind,
    rows: Vec<Row>,
}

impl CardRows<'_> {
    /// The answers of a step, each with those of the branch that it opens below it. Branches are as deep as `read` lets
    /// them be.
    fn rows(&mut self, id: StepId, depth: usize) {
        let step = &self.dealer.script.steps[id];
        for answer in &step.answers {
            match answer.next {
                Next::Branch(branch) => {
                    self.row(depth, RowKind::Branch(branch), &answer.map_label(), None);
                    self.rows(branch, depth + 1);
                }
                _ if answer.text.is_empty() => self.mention(depth, &answer.next),
                _ => self.row(depth, RowKind::Answer, &answer.map_label(), Some(&answer.next)),
            }
        }
        step.jumps.iter().for_each(|jump| self.mention(depth, jump));
    }

    /// A way that no answer leads to: it is called after where it leads.
    fn mention(&mut self, depth: usize, next: &Next) {
        let says = match next {
            Next::Step(step) | Next::Branch(step) => self.dealer.script.steps[*step].title.clone(),
            Next::Page { page, fragment } => (self.dealer.title)(*page, fragment.as_deref()),
            Next::Outcome { text, .. } => text.clone(),
            Next::Return => "↩".into(),
            Next::Elsewhere | Next::Nowhere => "…".into(),
        };
        self.row(depth, RowKind::Mention, &says, Some(next));
    }

    /// A row of a card whose upper left corner is 0, 0.
    fn row(&mut self, depth: usize, kind: RowKind, says: &str, next: Option<&Next>) {
        let depth = depth.min(INDENTS);
        let is_reply = matches!(kind, RowKind::Reply(..));
        let begin = PAD + INDENT * i32::try_from(depth).unwrap_or(0) + if is_reply { NUMBER } else { 0 };
        let exit = next.map(|next| self.exit(next));
        let taken = match &exit {
            Some(Exit::Chip(chip)) => chip.place.width + PAD + 8,
            Some(Exit::Line { .. }) => PAD + 8,
            None => PAD,
        };
        let face = if exit.is_none() { BOLD } else { ANSWER };
        let says = wrap(&readable(self.dealer.script, says), face, WIDTH - begin - taken, 3);
        let lines = i32::try_from(says.lines.len().max(1)).unwrap_or(3);
        let above = if is_reply { 10 } else { 6 };
        let place = Rect { x: 0, y: 0, width: WIDTH, height: lines * LEADING + above + 6 };
        let says = TextBox { at: Point { x: begin, y: above + 13 }, ..says };
        let middle = (place.height + above - 6) / 2;
        let exit = exit.map(|exit| match exit {
            Exit::Chip(chip) => Exit::Chip(chip.translated(Point { x: 0, y: middle - CHIP_HEIGHT / 2 })),
            Exit::Line { to, mark, .. } => Exit::Line { to, mark, at: Point { x: WIDTH, y: middle } },
        });
        self.rows.push(Row { place, depth, kind, says, exit });
    }

    fn exit(&self, next: &Next) -> Exit {
        let script = self.dealer.script;
        let (to, says, mark) = match next {
            Next::Step(step) | Next::Branch(step) => return self.to_step(*step),
            Next::Page { page, fragment } => (
                SignTarget::Page(*page, fragment.clone()),
                (self.dealer.title)(*page, fragment.as_deref()),
                None,
            ),
            Next::Outcome { id, .. } => {
                let label = script.outcome(id).map_or(id, |outcome| &outcome.label);
                (SignTarget::Outcome(id.clone()), readable(script, label), None)
            }
            Next::Return => (SignTarget::Elsewhere, "↩".to_string(), None),
            Next::Elsewhere => (SignTarget::Elsewhere, "…".to_string(), None),
            Next::Nowhere => (SignTarget::Nowhere, "?".to_string(), None),
        };
        Exit::Chip(chip(to, &says, mark))
    }

    fn to_step(&self, id: StepId) -> Exit {
        let script = self.dealer.script;
        let step = &script.steps[id];
        let mark = |id: StepId| self.dealer.marks.get(&id).cloned().unwrap_or_default();
        let (to, mark) = match step.role {
            Role::Step if self.kind != CardKind::Objection => {
                return Exit::Line { to: id, mark: mark(id), at: Point { x: WIDTH, y: 0 } };
            }
            Role::Step => (SignTarget::Step(id), Some(mark(id))),
            Role::Objection(_) => (SignTarget::Objection(id), Some(mark(id))),
            Role::Reply { objection, number } => (
                SignTarget::Objection(id),
                Some(format!("{}{number}", mark(script.objections[objection].step))),
            ),
            Role::Branch { .. } => (SignTarget::Step(id), None),
        };
        Exit::Chip(chip(to, &readable(script, &step.title), mark))
    }
}

/// A sign at the right edge of a card.
fn chip(to: SignTarget, says: &str, mark: Option<String>) -> Chip {
    let mark_room = mark.as_deref().map_or(0, |mark| (width(mark, SIGN) - 8).max(0));
    let says: TextBox = wrap(says, SIGN, CHIP - CHIP_FRAME - mark_room, 1);
    let room = says.lines.iter().map(|line| width(line, SIGN)).max().unwrap_or(0);
    let wide = room + CHIP_FRAME + mark_room;
    let place = Rect { x: WIDTH - PAD + 4 - wide, y: 0, width: wide, height: CHIP_HEIGHT };
    let says = TextBox { at: Point { x: place.x + 24 + mark_room, y: 16 }, ..says };
    Chip { place, says, mark, to }
}
