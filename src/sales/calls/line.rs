//! An answer's own line: what stands on its button, where it leads, and what the braces at its end do.

use std::ops::Range;

use super::marks::{self, Braces, Marks};
use super::names;
use super::script::{Inline, Next};
use crate::content::body::{Body, Kind, NodeId};
use crate::diag::Span;

/// Reads lines; `next` says where a link leads, and nothing of one that isn't for the player.
pub(super) struct LineReader<'a> {
    pub(super) body: &'a Body,
    pub(super) next: &'a dyn Fn(NodeId, u32) -> Option<Next>,
}

impl LineReader<'_> {
    /// What an answer says, and its jump: the first behind an arrow, else the first.
    pub(super) fn head(&self, range: Range<NodeId>) -> Head {
        let Braces { marks, cut, unreadable } = marks::read(self.body, range.clone());
        let nodes = self.body.nodes();
        let (mut arrow, mut behind_arrow, mut without) = (None, None, None);
        let mut id = range.start;
        while id < range.end && behind_arrow.is_none() {
            match nodes[id].kind {
                Kind::Text(text) => {
                    let text = self.body.text(text);
                    arrow = match names::arrow(text) {
                        Some(at) => Some((id, at)),
                        // `-->`, of which typography has made a dash: that is a text of its own.
                        None if text.starts_with('>') && self.is_dash(id, range.start) => Some((id - 1, 0)),
                        None => arrow,
                    };
                }
                Kind::Link(link) => {
                    let next = (self.next)(id, link);
                    let leads = matches!(&next, Some(next) if *next != Next::Elsewhere);
                    if arrow.is_some() && next.is_some() {
                        behind_arrow = Some((id, link));
                    } else if leads {
                        without = without.or(Some((id, link)));
                    }
                    id = nodes[id].end as usize;
                    continue;
                }
                _ => {}
            }
            id += 1;
        }
        let label = match arrow.filter(|_| behind_arrow.is_some() || without.is_none()) {
            Some((node, at)) => self.before(range, node, at),
            None => cut.map_or(Inline { nodes: range.clone(), until: None }, |(node, at)| {
                self.before(range.clone(), node, at)
            }),
        };
        let text = plain(self.body, &label);
        let link = behind_arrow.or(without);
        Head { label, text, link, has_arrow: arrow.is_some(), marks, cut, unreadable }
    }

    /// Does a dash touch the start of the text `id`, within the nodes from `first` on?
    fn is_dash(&self, id: NodeId, first: NodeId) -> bool {
        let nodes = self.body.nodes();
        id > first
            && nodes[id - 1].span.end == nodes[id].span.start
            && matches!(nodes[id - 1].kind, Kind::Text(text) if matches!(self.body.text(text), "–" | "—"))
    }

    /// What stands before the byte `at` of the text `node`, without space behind it.
    fn before(&self, range: Range<NodeId>, node: NodeId, at: usize) -> Inline {
        let Kind::Text(text) = self.body.nodes()[node].kind else { return Inline::default() };
        let at = self.body.text(text)[..at].trim_end().len();
        // The sibling that the text is or stands in.
        let siblings = self.body.siblings(range.clone());
        let last = siblings.take_while(|sibling| *sibling <= node).last().unwrap_or(node);
        if last == node && at == 0 {
            return Inline { nodes: range.start..node, until: None };
        }
        Inline { nodes: range.start..self.body.nodes()[last].end as usize, until: Some((node, at)) }
    }
}

/// An answer's own line, taken apart.
pub(super) struct Head {
    /// The words on the button, as nodes of the text.
    pub(super) label: Inline,
    /// The words on the button, as plain text.
    pub(super) text: String,
    /// The node of the link that is its jump, and the number of that link in the text; `None` without one.
    pub(super) link: Option<(NodeId, u32)>,
    /// Does an arrow (`→` or `->`) divide what is said from where it leads?
    pub(super) has_arrow: bool,
    /// What it does besides, from the braces at its end.
    pub(super) marks: Marks,
    /// The text node that the braces begin in, and the byte in it; `None` without braces.
    pub(super) cut: Option<(NodeId, usize)>,
    /// What can't be read in them.
    pub(super) unreadable: Vec<(String, Span)>,
}

/// The words of a label.
pub(super) fn plain(body: &Body, label: &Inline) -> String {
    let mut out = String::new();
    for node in label.nodes.clone() {
        let cut = label.until.filter(|(last, _)| *last == node).map(|(_, at)| at);
        match body.nodes()[node].kind {
            Kind::Text(text) | Kind::Code(text) => {
                let text = body.text(text);
                out.push_str(&text[..cut.unwrap_or(text.len())]);
            }
            Kind::SoftBreak | Kind::HardBreak => out.push(' '),
            _ => {}
        }
        if cut.is_some() {
            break;
        }
    }
    out.trim().to_string()
}
