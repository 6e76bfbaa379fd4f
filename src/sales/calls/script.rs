//! A call script, read: steps, the answers that lead from one to another, objections with their replies, placeholders and
//! outcomes. `read` makes a [`CallScript`] of a page's text; views, search and lints walk it. Texts stay where they are,
//! in the page's [`Body`]: nodes and ranges point there.

use std::collections::BTreeMap;
use std::ops::Range;

use super::guard::Guard;
pub use super::ids::{CallFieldId, ObjectionId, StepId};
use super::marks::Marks;
use crate::config::{Promise, Unreached};
use crate::content::blocks::CalloutKind;
use crate::content::body::{Body, NodeId};
use crate::content::form::FieldKind;
use crate::diag::Span;
use crate::encode::slug::slug;
use crate::ids::IdVec;
use crate::site::PageId;

/// A call script as its page's text has it, and what the front matter adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallScript {
    /// Its page.
    pub page: PageId,
    /// The top-level blocks before the first step.
    pub intro: Vec<NodeId>,
    /// Everything that can be said: steps, objections and their replies in the order of the text, then the inline
    /// branches.
    pub steps: IdVec<StepId, Step>,
    /// The objections, in the order of the text.
    pub objections: IdVec<ObjectionId, Objection>,
    /// The declared placeholders, in the order of the front matter.
    pub placeholders: Vec<Placeholder>,
    /// What a call is to find out, in the order of the front matter.
    pub fields: IdVec<CallFieldId, CallField>,
    /// What its answers add up to.
    pub score: Option<Score>,
    /// Where placeholders stand in the text.
    pub uses: Vec<PlaceholderUse>,
    /// How the call can end: what the script declares, then what `ringback.yaml` declares for all.
    pub outcomes: Vec<Outcome>,
    /// What links with `send:` copy: the page by the link's index in the body. What can't be sent has no entry.
    pub sends: BTreeMap<u32, PageId>,
    /// Seconds that the call may take.
    pub budget: Option<u32>,
    /// What to look up before the call.
    pub preparation: Vec<String>,
}

impl CallScript {
    /// The step that starts the call: the first that is not an objection, else the first of all.
    #[must_use]
    pub fn start(&self) -> Option<StepId> {
        let is_step = |step: &Step| matches!(step.role, Role::Step);
        self.steps.find(is_step).or_else(|| self.steps.ids().next())
    }

    /// The step with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<StepId> {
        self.steps.find(|step| step.id == id)
    }

    /// The step in which the heading with this id stands.
    #[must_use]
    pub fn step_at(&self, body: &Body, id: &str) -> Option<StepId> {
        let heading = body.headings.iter().find(|heading| heading.id == id)?;
        // Branches have no heading, and come behind all steps that have one.
        let is_before = |step: &Step| step.heading.is_some_and(|node| node <= heading.node);
        self.steps.partition_point(is_before).checked_sub(1).map(StepId::new)
    }

    /// Everywhere that the call can go from a step: its answers, its other jumps, and the replies of an objection.
    pub fn edges(&self, from: StepId) -> impl Iterator<Item = Edge<'_>> {
        let step = &self.steps[from];
        let answers =
            step.answers.iter().map(|answer| Edge { answer: Some(answer), next: answer.next.clone() });
        let jumps = step.jumps.iter().map(|next| Edge { answer: None, next: next.clone() });
        let replies = match step.role {
            Role::Objection(objection) => self.objections[objection].replies.as_slice(),
            _ => &[],
        };
        let replies = replies.iter().map(|reply| Edge { answer: None, next: Next::Step(*reply) });
        answers.chain(jumps).chain(replies)
    }

    /// The field that is called so.
    #[must_use]
    pub fn field_at(&self, name: &str) -> Option<CallFieldId> {
        self.fields.find(|field| field.name == name)
    }

    /// What the caller is asked for where a text has `{{name}}`: the label of a placeholder or a field.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&str> {
        let placeholder = self.placeholders.iter().find(|placeholder| placeholder.name == name);
        let field = || self.field_at(name).map(|field| self.fields[field].label.as_str());
        placeholder.map(|placeholder| placeholder.label.as_str()).or_else(field)
    }

    /// The outcome with this id.
    #[must_use]
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }
}

/// A way from one step to what comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge<'s> {
    /// The answer that leads there; none for a jump in the text and from an objection to its replies.
    pub answer: Option<&'s Answer>,
    /// The step, page or outcome that it leads to.
    pub next: Next,
}

/// Something to say, and what may be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The anchor, unique in the page: that of the heading, or of an inline branch one made of its step's id and the
    /// numbers of its answers (`discover--3`).
    pub id: String,
    /// The heading's text without the time, and of an objection or a reply without the word and number before its
    /// name; of an inline branch, the answer that opens it. Placeholders stand in it as `{{name}}`.
    pub title: String,
    /// The heading; an inline branch has none.
    pub heading: Option<NodeId>,
    /// Whether it is a step of the call, an objection, a reply or an inline branch.
    pub role: Role,
    /// How long its words take.
    pub time: Time,
    /// What is said, noted and shown, in the order of the text, without the answers.
    pub blocks: Vec<Block>,
    /// What may be answered, in the order of the text.
    pub answers: Vec<Answer>,
    /// Where links in its text lead that are no answers, such as in a note.
    pub jumps: Vec<Next>,
    /// What it wants to know, in the order in which it names them.
    pub fields: Vec<CallFieldId>,
    /// The heading in the file, or the answer that opens it.
    pub span: Span,
}

impl Step {
    /// Is it the objection that a key of the front matter means? It is the heading's id, or made of the name alone.
    #[must_use]
    pub fn is_objection(&self, key: &str) -> bool {
        matches!(self.role, Role::Objection(_)) && (self.id == key || slug(&self.title) == key)
    }
}

/// What part a step has in the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A step of the call.
    Step,
    /// The step with which an objection begins.
    Objection(ObjectionId),
    /// A way to meet an objection.
    Reply {
        /// The objection that it replies to.
        objection: ObjectionId,
        /// Which reply to the objection it is, from 1.
        number: usize,
    },
    /// What follows an answer without a place of its own.
    Branch {
        /// The step or branch whose answer opens it.
        of: StepId,
        /// 1 below a step, 2 below such a branch.
        depth: usize,
    },
}

/// How long a step's words take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// How many seconds they take to say; 0 if nothing is said.
    pub seconds: u32,
    /// Does the heading say so? Else they are counted, at 150 words a minute.
    pub is_written: bool,
}

/// A block of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// Words to say: a block quote.
    Say(NodeId),
    /// A note to the caller.
    Note(NodeId, CalloutKind),
    /// Anything else in the text, shown as it is.
    Other(NodeId),
}

/// An answer, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The list item, or the paragraph that leads on by itself. The last answer of a branch may have that of the branch.
    pub item: NodeId,
    /// The words on the button, as nodes of the text.
    pub label: Inline,
    /// The same as plain text, with placeholders as `{{name}}`; empty where nothing stands before the arrow.
    pub text: String,
    /// The link that is the jump; none where an inline branch follows.
    pub link: Option<NodeId>,
    /// The step, page or outcome that it leads to.
    pub next: Next,
    /// What it fills in, scores and repeats, from the braces at its end.
    pub marks: Marks,
    /// When it is shown; always where there is none.
    pub guard: Option<Guard>,
    /// The answer in the file.
    pub span: Span,
}

impl Answer {
    /// Its words in a drawing: a condition is marked, points are told, and so is that the call comes back.
    #[must_use]
    pub fn map_label(&self) -> String {
        let sign = if self.guard.is_some() { "◇ " } else { "" };
        let back = if self.marks.returns.is_some() { " ↩" } else { "" };
        match self.marks.points() {
            0 => format!("{sign}{}{back}", self.text),
            points => format!("{sign}{} ({points:+}){back}", self.text),
        }
    }
}

/// Some nodes within a line, of which the last may count only in part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// Whole subtrees, next to each other.
    pub nodes: Range<NodeId>,
    /// A text among them that counts only up to this byte of it. It is the last.
    pub until: Option<(NodeId, usize)>,
}

/// Where an answer or a link leads in the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A step of this script.
    Step(StepId),
    /// An inline branch, a step of this script.
    Branch(StepId),
    /// Another page, most often a script, with the id of a heading there.
    Page {
        /// The page that the call goes on at.
        page: PageId,
        /// The id of a heading there; `None` for the beginning of the page.
        fragment: Option<String>,
    },
    /// The end of the call.
    Outcome {
        /// The id of the outcome, as it is declared.
        id: String,
        /// The words of the link, as plain text.
        text: String,
    },
    /// Back to the step whose answer has led here and that is marked so (`{return}`).
    Return,
    /// A file, or another site.
    Elsewhere,
    /// Nowhere: the link is broken, which is reported.
    Nowhere,
}

/// An objection and the ways to meet it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its step, whose id and title are those of the objection.
    pub step: StepId,
    /// Other ways in which people say it.
    pub phrases: Vec<String>,
    /// The steps that reply to it, in the order of the text.
    pub replies: Vec<StepId>,
}

/// A placeholder that is filled in during a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// As the text names it.
    pub name: String,
    /// What the caller is asked for.
    pub label: String,
    /// What can be chosen; empty where anything can be written.
    pub options: Vec<String>,
    /// An example of what to fill in; `None` if its author gives none.
    pub example: Option<String>,
    /// What it is until somebody says otherwise.
    pub default: Option<String>,
}

/// Something that a call is to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallField {
    /// As links and braces name it.
    pub name: String,
    /// The kind of value: text, a choice, a number …
    pub kind: FieldKind,
    /// The label that the caller sees in the player.
    pub label: String,
    /// What can be chosen: ids, and what the caller sees.
    pub options: Vec<(String, String)>,
    /// Is it missed at the end of a call, if it is empty?
    pub required: bool,
}

/// What the answers of a script add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The label that the caller sees beside the number.
    pub label: String,
    /// Its bands, the lowest first.
    pub bands: Vec<ScoreBand>,
}

/// What a score is called from a number on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreBand {
    /// As conditions name it, and as a CRM gets it.
    pub id: String,
    /// The name of the band that the caller sees.
    pub label: String,
    /// Its lowest number; the first band may have none.
    pub from: Option<i32>,
    /// Its key in the file.
    pub span: Span,
}

impl ScoreBand {
    /// Does a condition mean it, by its id or its label?
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.id.to_lowercase() == name || self.label.to_lowercase() == name
    }
}

/// A placeholder in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceholderUse {
    /// The name between the braces.
    pub name: String,
    /// The text node that has it.
    pub node: NodeId,
    /// Its bytes within the node's text, with the braces.
    pub range: Range<usize>,
    /// Its bytes in the file.
    pub span: Span,
}

/// How a call can end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The id by which links name it: `outcome:callback`.
    pub id: String,
    /// The label that callers choose and reports show.
    pub label: String,
    /// What the caller is asked for.
    pub questions: Vec<String>,
    /// What was promised at a time.
    pub promise: Option<Promise>,
    /// What follows where nobody was reached: then a key leads there from every step. `None` if somebody was.
    pub unreached: Option<Unreached>,
    /// Is the caller asked whom else the other one recommends?
    pub asks_referral: bool,
}
