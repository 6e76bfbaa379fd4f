//! What an answer does besides leading on, in braces at the end of its line: `→ [Next](#next) {authority=recommends}`.

use std::ops::Range;

use crate::content::body::{Body, Kind, NodeId};
use crate::diag::Span;

/// From where such an answer leads, the call comes back.
const RETURN: &str = "return";

/// What an answer does besides leading on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The fields that it fills in.
    pub fills: Vec<Fill>,
    /// What it gives to the score, and where that stands.
    pub points: Option<(i32, Span)>,
    /// Does the call come back from where it leads? Where that is written.
    pub returns: Option<Span>,
}

impl Marks {
    /// What it gives to the score.
    #[must_use]
    pub fn points(&self) -> i32 {
        self.points.map_or(0, |(points, _)| points)
    }
}

/// A field that an answer fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// The field's id, as it is written.
    pub field: String,
    /// What the field is set to, as it is written: the id of an option, or text.
    pub value: String,
    /// The bytes of field and value in the file.
    pub span: Span,
}

/// The braces at the end of a line.
pub(super) struct Braces {
    pub(super) marks: Marks,
    /// Where they begin: a text, and its byte.
    pub(super) cut: Option<(NodeId, usize)>,
    /// What can't be read in them.
    pub(super) unreadable: Vec<(String, Span)>,
}

/// Texts next to each other at the end of a line. Typography may have made several of one.
struct Tail {
    text: String,
    /// Where each begins in `text`, in order.
    parts: Vec<(usize, NodeId)>,
}

/// Reads the braces at the end of a line; all that stands in a line without any is none.
pub(super) fn read(body: &Body, line: Range<NodeId>) -> Braces {
    let tail = Tail::from_line(body, line);
    let mut found = Braces { marks: Marks::default(), cut: None, unreadable: Vec::new() };
    let mut end = tail.text.trim_end().len();
    while let Some(open) = opening(&tail.text[..end]) {
        let mut at = open + 1;
        for item in tail.text[open + 1..end - 1].split(',') {
            let start = at + item.len() - item.trim_start().len();
            at += item.len() + 1;
            let item = item.trim();
            let span = tail.span(body, start, item.len());
            if item == RETURN {
                found.marks.returns = Some(span);
                continue;
            }
            if let Some(points) = points(item) {
                found.marks.points = Some((points, span));
                continue;
            }
            match item.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                Some((name, value)) if !name.is_empty() && !value.is_empty() => {
                    found.marks.fills.push(Fill { field: name.to_string(), value: value.to_string(), span });
                }
                _ => found.unreadable.push((item.to_string(), span)),
            }
        }
        found.cut = Some(tail.text_at(open));
        end = tail.text[..open].trim_end().len();
    }
    found
}

/// Where the braces begin that a text ends in. Double ones are a placeholder, and words alone are words.
fn opening(text: &str) -> Option<usize> {
    let inside = text.strip_suffix('}').filter(|inside| !inside.ends_with('}'))?;
    let open = inside.rfind('{').filter(|open| !inside[..*open].ends_with('{'))?;
    let inner = &inside[open + 1..];
    let is_mark = |item: &str| item == RETURN || points(item).is_some();
    (inner.contains('=') || inner.split(',').any(|item| is_mark(item.trim()))).then_some(open)
}

/// `+20`, `-10`: points always have their sign, of which typography may have made another.
fn points(item: &str) -> Option<i32> {
    let number = item.trim_start_matches(['+', '-', '−', '–']);
    let sign = &item[..item.len() - number.len()];
    let points = number.parse::<i32>().ok().filter(|points| (0..=10_000).contains(points))?;
    match sign {
        "+" => Some(points),
        "-" | "−" | "–" => Some(-points),
        _ => None,
    }
}

impl Tail {
    fn from_line(body: &Body, line: Range<NodeId>) -> Self {
        let nodes = body.nodes();
        let siblings: Vec<NodeId> = body.siblings(line).collect();
        let is_text = |id: &NodeId| matches!(nodes[*id].kind, Kind::Text(_));
        let from = siblings.iter().rposition(|id| !is_text(id)).map_or(0, |last| last + 1);
        let mut tail = Self { text: String::new(), parts: Vec::new() };
        for id in &siblings[from..] {
            if let Kind::Text(text) = nodes[*id].kind {
                tail.parts.push((tail.text.len(), *id));
                tail.text.push_str(body.text(text));
            }
        }
        tail
    }

    /// The text that has a byte, and which one it is there.
    fn text_at(&self, at: usize) -> (NodeId, usize) {
        let part = self.parts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.parts.get(part).map_or((0, 0), |(start, id)| (*id, at - start))
    }

    fn span(&self, body: &Body, start: usize, length: usize) -> Span {
        let (node, at) = self.text_at(start);
        let start = body.nodes()[node].span.range().start + at;
        Span::new(start, start + length)
    }
}
