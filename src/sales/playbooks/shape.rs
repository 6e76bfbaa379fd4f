//! What a playbook's text says: its steps with their times and owners, its checklist, its segments.
//!
//! [`PlaybookOutline::new`] reads it from the tree, of any part of a text. What is wrong with it is for `check` to say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use super::words;
use crate::content::body::{Body, Heading, Kind, NodeId};
use crate::content::markdown::{Due, Timed};
use crate::encode::slug::slug;

/// The shape of a playbook, or of a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaybookOutline {
    /// In the order of the text.
    pub steps: Vec<Step>,
    /// The parts for segments, in the order of the text.
    pub parts: Vec<SegmentPart>,
    /// The lines to tick, in the order of the text.
    pub tasks: Vec<Task>,
}

/// `## Step 1: Title (10 min, salesperson)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The node of the step's heading.
    pub node: NodeId,
    /// The id of the heading, for links to the step.
    pub id: String,
    /// As the author numbered it.
    pub number: u32,
    /// How the heading names the step: `Step 1`.
    pub label: String,
    /// What stands behind the number, without the brackets; may be empty.
    pub title: String,
    /// How long it takes, if the heading says so.
    pub time: Option<Time>,
    /// By when it is to be done.
    pub due: Option<DueTime>,
    /// Who does it, as the heading has it in brackets.
    pub owner: Option<String>,
}

/// By when a step is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueTime {
    /// Counted from the beginning of a case.
    pub due: Due,
    /// As the author wrote it: `within 24 h`.
    pub text: String,
}

impl DueTime {
    /// For browsers: `within 86400` in seconds, or `day 3`.
    #[must_use]
    pub fn mark(&self) -> String {
        match self.due {
            Due::Within(seconds) => format!("within {seconds}"),
            Due::Day(day) => format!("day {day}"),
        }
    }
}

impl Step {
    /// The step in one line: its title, or its label where it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.title.is_empty() { &self.label } else { &self.title }
    }
}

/// How long a step takes, as a number and as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// How long it takes in seconds.
    pub seconds: u32,
    /// As the author wrote it: `5–10 min`.
    pub text: String,
}

/// `### For segment: Name`: what follows is for some readers only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentPart {
    /// The node of the segment's heading.
    pub node: NodeId,
    /// The segment's id: the slug of its name, so that a segment is the same in all steps.
    pub segment: String,
    /// Its name, as it is written here.
    pub name: String,
}

/// A line of a task list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The node of the item's box.
    pub node: NodeId,
    /// What a tick is kept by. It is made from the words, so that a tick stays with its line when others are added,
    /// moved or taken out, and is never passed on to another line.
    pub key: String,
}

impl PlaybookOutline {
    /// Reads the shape of a text in a language.
    #[must_use]
    pub fn new(body: &Body, language: &str) -> Self {
        let headings = || body.headings.iter().filter(|heading| heading.top_level);
        let steps: Vec<Step> = headings().filter_map(|heading| step(heading, language)).collect();
        let parts = headings().filter_map(|heading| part(heading, language)).collect();
        let tasks = tasks(body, &steps);
        Self { steps, parts, tasks }
    }

    /// The step at a heading.
    #[must_use]
    pub fn step(&self, node: NodeId) -> Option<&Step> {
        let at = self.steps.binary_search_by_key(&node, |step| step.node).ok()?;
        Some(&self.steps[at])
    }

    /// The part for a segment that begins at a heading.
    #[must_use]
    pub fn part(&self, node: NodeId) -> Option<&SegmentPart> {
        let at = self.parts.binary_search_by_key(&node, |part| part.node).ok()?;
        Some(&self.parts[at])
    }

    /// The key of the line to tick whose box is at `node`.
    #[must_use]
    pub fn task(&self, node: NodeId) -> Option<&str> {
        let at = self.tasks.binary_search_by_key(&node, |task| task.node).ok()?;
        Some(&self.tasks[at].key)
    }

    /// The ids and names of all segments, each once, in the order in which they are met.
    #[must_use]
    pub fn segments(&self) -> Vec<(&str, &str)> {
        let mut seen = FxHashSet::default();
        let met = self.parts.iter().filter(|part| seen.insert(part.segment.as_str()));
        met.map(|part| (part.segment.as_str(), part.name.as_str())).collect()
    }

    /// The seconds that all steps take together, where each says how long it takes.
    #[must_use]
    pub fn total(&self) -> Option<u32> {
        let mut seconds = self.steps.iter().map(|step| Some(step.time.as_ref()?.seconds));
        let total = seconds.try_fold(0_u32, |sum, seconds| sum.checked_add(seconds?))?;
        (total > 0).then_some(total)
    }

    /// The lines to tick that stand in a step.
    #[must_use]
    pub fn tasks_of(&self, body: &Body, step: &Step) -> usize {
        let Some(heading) = body.heading(step.node) else { return 0 };
        let section = body.section(heading);
        let before = |node: NodeId| self.tasks.partition_point(|task| task.node < node);
        before(section.end) - before(section.start)
    }
}

fn step(heading: &Heading, language: &str) -> Option<Step> {
    if heading.level != 2 {
        return None;
    }
    let timed = Timed::parse(&heading.text);
    let all = timed.map_or(heading.text.as_str(), |timed| timed.title);
    let (number, title) = words::step(all, language)?;
    let label =
        all[..all.len() - title.len()].trim_end_matches([':', '.', ')', '-', '–', '—', ' ', '\u{a0}']);
    Some(Step {
        node: heading.node,
        id: heading.id.clone(),
        number,
        label: label.to_string(),
        title: title.to_string(),
        time: timed
            .and_then(|timed| timed.duration)
            .map(|(seconds, text)| Time { seconds, text: text.to_string() }),
        due: timed.and_then(|timed| timed.due).map(|(due, text)| DueTime { due, text: text.to_string() }),
        owner: timed.and_then(|timed| timed.owner).map(str::to_string),
    })
}

fn part(heading: &Heading, language: &str) -> Option<SegmentPart> {
    let name = words::segment(&heading.text, language).filter(|_| heading.level > 2)?;
    let segment = slug(name);
    (!segment.is_empty()).then(|| SegmentPart { node: heading.node, segment, name: name.to_string() })
}

/// All boxes with their keys. Lines with the same words are told apart by the title of their step, then by their order.
fn tasks(body: &Body, steps: &[Step]) -> Vec<Task> {
    let nodes = body.nodes().iter().enumerate();
    let boxes: Vec<NodeId> =
        nodes.filter(|(_, node)| matches!(node.kind, Kind::TaskMarker(_))).map(|(id, _)| id).collect();
    let words: Vec<String> = boxes.iter().map(|id| words_of(body, *id)).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for words in &words {
        *count.entry(words).or_default() += 1;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut tasks = Vec::with_capacity(boxes.len());
    for (&node, words) in boxes.iter().zip(&words) {
        let mut from = words.clone();
        if count[words.as_str()] > 1 {
            let before = steps.partition_point(|step| step.node < node);
            let step = before.checked_sub(1).map_or("", |index| steps[index].name());
            let _ = write!(from, "\n{}", folded(step));
        }
        let nth = seen.entry(from.clone()).or_default();
        *nth += 1;
        if *nth > 1 {
            let _ = write!(from, "\n{nth}");
        }
        tasks.push(Task { node, key: key(&from) });
    }
    tasks
}

/// The words of the line whose box is at `node`.
fn words_of(body: &Body, node: NodeId) -> String {
    folded(&body.plain_text_of(node + 1..body.line_end(node)))
}

/// Words alone: a tick outlives a comma, a capital and another kind of quotation mark.
fn folded(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { text.to_string() } else { words.join(" ").to_lowercase() }
}

/// Eight letters and digits of a hash: of two million lists with a thousand lines each, one has the same key twice.
fn key(text: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let hash = Sha256::digest(text.as_bytes());
    let bits = hash[..5].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..8).rev().map(|at| char::from(DIGITS[(bits >> (5 * at) & 31) as usize])).collect()
}
