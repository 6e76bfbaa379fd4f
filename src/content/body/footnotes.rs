//! The order of footnotes: as readers meet their marks.

use std::ops::Range;

use super::{Body, FootnoteInfo, Kind, NodeId};

/// Counts the marks of each footnote that readers see, and sorts [`Body::footnotes`] by first mark.
pub(super) fn number(body: &mut Body) {
    if body.footnotes.is_empty() {
        return;
    }
    let reached = reached(body, std::iter::once(0..body.nodes.len()));
    let mut new_index = vec![u32::MAX; body.footnotes.len()];
    let unreached = (0..body.footnotes.len()).filter(|f| reached.count[*f] == 0);
    let order: Vec<usize> = reached.order.iter().copied().chain(unreached).collect();
    let mut entries: Vec<FootnoteInfo> = Vec::with_capacity(order.len());
    for (new, &old) in (0_u32..).zip(&order) {
        new_index[old] = new;
        let mut entry = std::mem::replace(
            &mut body.footnotes[old],
            FootnoteInfo { label: String::new(), node: None, references: 0 },
        );
        entry.references = reached.count[old];
        entries.push(entry);
    }
    body.footnotes = entries;
    for node in &mut body.nodes {
        if let Kind::Footnote(index) | Kind::FootnoteRef(index) = &mut node.kind {
            *index = new_index[*index as usize];
        }
    }
}

/// The footnotes whose marks can be seen from some nodes.
pub(super) struct Reached {
    /// Indexes into [`Body::footnotes`] by first mark.
    pub(super) order: Vec<usize>,
    /// The number of marks of each footnote.
    pub(super) count: Vec<u32>,
}

/// Follows the marks in `ranges` (whole subtrees), then those in the footnotes found, and so on.
pub(super) fn reached(body: &Body, ranges: impl Iterator<Item = Range<NodeId>>) -> Reached {
    let mut found = Reached { order: Vec::new(), count: vec![0; body.footnotes.len()] };
    for range in ranges {
        found.scan(body, range);
    }
    let mut next = 0;
    while let Some(&footnote) = found.order.get(next) {
        if let Some(node) = body.footnotes[footnote].node {
            found.scan(body, body.descendants(node));
        }
        next += 1;
    }
    found
}

impl Reached {
    fn scan(&mut self, body: &Body, range: Range<NodeId>) {
        let mut id = range.start;
        while id < range.end {
            let node = &body.nodes[id];
            id += 1;
            match node.kind {
                // The text of a footnote is shown where it is first marked; alternative text has no marks.
                Kind::Footnote(_) | Kind::Image(_) => id = node.end as usize,
                Kind::FootnoteRef(footnote) => {
                    let footnote = footnote as usize;
                    if body.footnotes[footnote].node.is_none() {
                        continue;
                    }
                    if self.count[footnote] == 0 {
                        self.order.push(footnote);
                    }
                    self.count[footnote] += 1;
                }
                _ => {}
            }
        }
    }
}
