//! Answers: what the other person may say, and where in the call that leads.

use std::ops::Range;

use super::{CallReader, Content, DEEPEST, DEPTH, too_deep};
use crate::content::body::{Kind, NodeId};
use crate::diag::Span;
use crate::encode::percent;
use crate::sales::calls::line::{Head, plain};
use crate::sales::calls::script::{Answer, Inline, Next, Role, Step, StepId, Time};
use crate::sales::calls::{Target, fields};

impl CallReader<'_> {
    /// Reads an item of a list of answers; gives the blocks of the branch that it opens, if it does.
    pub(super) fn answer(&mut self, of: StepId, item: NodeId) -> Option<Content> {
        let (range, blocks) = self.divide(item);
        let span = self.span_of(item, &range);
        let mut head = self.head(range.clone());
        self.diagnostics.extend(fields::unreadable(self.page, &head.unreadable));
        self.note_fields(of, range.clone());
        let others: Vec<Next> = self
            .links(range)
            .filter(|(node, _)| head.link.is_none_or(|(jump, _)| jump != *node))
            .filter_map(|(node, link)| self.next(node, link))
            .filter(|next| !matches!(next, Next::Elsewhere))
            .collect();
        self.script.steps[of].jumps.extend(others);
        if blocks.is_empty() {
            if head.link.is_none() {
                self.dead_end(&head, span);
            }
            let answer = Answer { span, ..self.jump(item, head) };
            self.script.steps[of].answers.push(answer);
            return None;
        }
        let depth = match self.script.steps[of].role {
            Role::Branch { depth, .. } => depth + 1,
            _ => 1,
        };
        if depth == DEPTH + 1 {
            self.diagnostics.push(too_deep(self.page, span));
        }
        let id = self.branch_id(of);
        let (label, text, marks) = (head.label.clone(), head.text.clone(), std::mem::take(&mut head.marks));
        let last = head.link.map(|(node, _)| {
            let nodes = self.body.descendants(node);
            let text = plain(self.body, &Inline { nodes: nodes.clone(), until: None });
            Answer { label: Inline { nodes, until: None }, text, span, ..self.jump(item, head) }
        });
        let step = self.script.steps.next_id();
        let next = if depth > DEEPEST { Next::Nowhere } else { Next::Branch(step) };
        let is_read = next != Next::Nowhere;
        self.script.steps[of].answers.push(Answer {
            item,
            label,
            text: text.clone(),
            link: None,
            next,
            marks,
            guard: None,
            span,
        });
        if !is_read {
            return None;
        }
        self.script.steps.push(branch(id, text, Role::Branch { of, depth }, span));
        Some(Content { step, blocks, last })
    }

    /// The id of the branch that a step's next answer opens. No id that is made of a text has two hyphens in a row.
    fn branch_id(&self, of: StepId) -> String {
        let step = &self.script.steps[of];
        let number = step.answers.len() + 1;
        let hyphens = if let Role::Branch { .. } = step.role { "-" } else { "--" };
        let mut id = format!("{}{hyphens}{number}", step.id);
        while self.body.headings.iter().any(|heading| heading.id == id) {
            id.push_str("--");
        }
        id
    }

    /// The inline part of an item, and the blocks behind it.
    fn divide(&self, item: NodeId) -> (Range<NodeId>, Vec<NodeId>) {
        let all = self.body.descendants(item);
        let mut children = self.body.children(Some(item)).peekable();
        let head = match children.peek() {
            Some(first) if self.body.nodes()[*first].kind == Kind::Paragraph => {
                let first = *first;
                children.next();
                self.body.descendants(first)
            }
            _ => {
                let mut end = all.start;
                while let Some(child) = children.next_if(|child| self.body.nodes()[*child].kind.is_inline()) {
                    end = self.body.nodes()[child].end as usize;
                }
                all.start..end
            }
        };
        (head, children.filter(|node| self.counts(*node)).collect())
    }

    /// The answer that a head is.
    pub(super) fn jump(&self, item: NodeId, head: Head) -> Answer {
        let next = head.link.and_then(|(node, link)| self.next(node, link)).unwrap_or(Next::Nowhere);
        let span = self.body.nodes()[item].span;
        let Head { label, text, link, marks, .. } = head;
        Answer { item, label, text, link: link.map(|(node, _)| node), next, marks, guard: None, span }
    }

    /// The links of a range of nodes.
    pub(super) fn links(&self, range: Range<NodeId>) -> impl Iterator<Item = (NodeId, u32)> + '_ {
        range.filter_map(|node| match self.body.nodes()[node].kind {
            Kind::Link(link) => Some((node, link)),
            _ => None,
        })
    }

    /// Where a link leads; `None` for one that sends something.
    pub(super) fn next(&self, node: NodeId, link: u32) -> Option<Next> {
        let raw = self.body.links[link as usize].target.as_str();
        if raw == crate::sales::calls::RETURN {
            return Some(Next::Return);
        }
        if let Some(id) = crate::sales::calls::outcome_of(raw) {
            let text = self.body.plain_text_of(self.body.descendants(node));
            return Some(Next::Outcome { id: id.to_string(), text });
        }
        Some(match (self.inputs.target)(self.page.id, link) {
            Target::Here(fragment) => self.anchor(&fragment),
            Target::Page(page, fragment) if page == self.page.id => self.anchor(&fragment),
            Target::Page(page, fragment) => Next::Page {
                page,
                fragment: Some(percent::decode(&fragment).into_owned()).filter(|id| !id.is_empty()),
            },
            Target::Elsewhere => Next::Elsewhere,
            Target::Broken => Next::Nowhere,
            Target::Inert => return None,
        })
    }
}

/// The step that an answer opens below itself: its name is what the answer says, and it has no heading.
fn branch(id: String, title: String, role: Role, span: Span) -> Step {
    Step {
        id,
        title,
        heading: None,
        role,
        time: Time { seconds: 0, is_written: false },
        blocks: Vec::new(),
        answers: Vec::new(),
        jumps: Vec::new(),
        fields: Vec::new(),
        span,
    }
}
