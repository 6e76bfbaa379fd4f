//! A text as readers meet it, block by block, each byte with its place in the file.
//!
//! Markup, code blocks, raw HTML, pictures and marks of footnotes are left out. [`Prose::sentences`] divides it; where
//! it isn't certain that a sentence ends, it ends, because a text must not be called long by mistake.

use std::ops::Range;

use crate::content::body::{Body, Kind};
use crate::diag::Span;

/// What part of a text a block is, which decides the checks that read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph, or an item of a list.
    Text,
    /// Within a quotation: words of somebody else, or in a script words to be said.
    Quote,
    /// A cell of a table.
    Cell,
    /// A heading, without its id and attributes.
    Heading,
}

/// A block: a part of the text without a break.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its bytes in [`Prose::text`].
    pub(super) range: Range<usize>,
    pub(super) role: Role,
}

/// Some bytes of the text, and where they come from.
#[derive(Debug, Clone, Copy)]
struct ProsePiece {
    at: usize,
    length: usize,
    span: Span,
    look: Look,
}

/// Where what the walk is in ends.
#[derive(Debug, Default)]
struct Ends {
    quote: usize,
    heading: usize,
    cell: usize,
}

impl Ends {
    fn role(&self, id: usize) -> Role {
        match id {
            _ if id < self.heading => Role::Heading,
            _ if id < self.quote => Role::Quote,
            _ if id < self.cell => Role::Cell,
            _ => Role::Text,
        }
    }
}

/// Whether words are read as they are, or stand for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Words like any others.
    Plain,
    /// They are a link, or code.
    Marked,
}

/// A text in one string, block by block, with the place of each byte in the file.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pieces: Vec<ProsePiece>,
}

impl Prose {
    /// Flattens a text, without what no reader sees.
    pub(super) fn new(body: &Body) -> Self {
        let mut prose = Self::default();
        let nodes = body.nodes();
        let (mut ends, mut link) = (Ends::default(), 0);
        let mut open: Vec<u32> = Vec::new();
        let (mut start, mut id) = (0, 0);
        while id < nodes.len() {
            let (node, end) = (nodes[id], nodes[id].end as usize);
            let mut is_new = !node.kind.is_inline();
            while open.pop_if(|end| *end as usize <= id).is_some() {
                is_new = true;
            }
            if is_new {
                prose.close(&mut start, ends.role(id.saturating_sub(1)));
            }
            if !node.kind.is_inline() {
                open.push(node.end);
            }
            id += 1;
            match node.kind {
                Kind::Text(text) => {
                    let look = if id > link { Look::Plain } else { Look::Marked };
                    prose.push(body.text(text), node.span, look);
                }
                Kind::Code(text) => prose.push(body.text(text), node.span, Look::Marked),
                Kind::SoftBreak | Kind::HardBreak => prose.push(" ", node.span, Look::Plain),
                Kind::Heading(_) => ends.heading = end,
                Kind::Quote => ends.quote = ends.quote.max(end),
                Kind::TableCell => ends.cell = end,
                Kind::Link(_) => link = end,
                Kind::CodeBlock(_) | Kind::HtmlBlock | Kind::Image(_) => id = end,
                _ => {}
            }
        }
        prose.close(&mut start, ends.role(nodes.len().saturating_sub(1)));
        prose
    }

    fn push(&mut self, text: &str, span: Span, look: Look) {
        self.pieces.push(ProsePiece { at: self.text.len(), length: text.len(), span, look });
        self.text.push_str(text);
    }

    fn close(&mut self, start: &mut usize, role: Role) {
        if self.text[*start..].trim().is_empty() {
            return;
        }
        self.blocks.push(Block { range: *start..self.text.len(), role });
        *start = self.text.len();
    }

    /// The bytes of the file that a part of the text comes from.
    pub(super) fn span(&self, part: &Range<usize>) -> Span {
        let start = self.source_position(part.start, Side::First);
        Span::new(start, self.source_position(part.end.saturating_sub(1), Side::Last).max(start))
    }

    fn source_position(&self, at: usize, side: Side) -> usize {
        let index = self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
        let Some(piece) = self.pieces.get(index) else { return 0 };
        let span = piece.span.range();
        // Words stand in the file as they are; what is written otherwise there counts as a whole.
        if span.len() == piece.length {
            return span.start + (at - piece.at).min(piece.length) + usize::from(side == Side::Last);
        }
        if side == Side::First { span.start } else { span.end }
    }

    /// Is a part of the text plain words: no link, no code?
    pub(super) fn is_plain(&self, part: &Range<usize>) -> bool {
        let first = self.pieces.partition_point(|piece| piece.at <= part.start).saturating_sub(1);
        self.pieces[first..]
            .iter()
            .take_while(|piece| piece.at < part.end)
            .all(|piece| piece.look == Look::Plain)
    }

    /// The sentences of a block.
    pub(super) fn sentences(&self, block: &Block) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let (text, base) = (&self.text[block.range.clone()], block.range.start);
        let mut start = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !matches!(c, '.' | '!' | '?' | '…') {
                continue;
            }
            let mut end = at + c.len_utf8();
            while let Some((at, c)) = chars.next_if(|(_, c)| CLOSING.contains(*c)) {
                end = at + c.len_utf8();
            }
            let rest = &text[end..];
            let goes_on = rest.trim_start().trim_start_matches(OPENING).starts_with(char::is_lowercase);
            if rest.starts_with(char::is_whitespace) && !goes_on {
                found.push(start..end);
                start = end;
            }
        }
        found.push(start..text.len());
        let trimmed = found.into_iter().filter_map(|range| {
            let part = &text[range.clone()];
            let start = range.start + (part.len() - part.trim_start().len());
            let whole = base + start..base + start + part.trim().len();
            (!whole.is_empty()).then_some(whole)
        });
        trimmed.collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Last,
}

/// What may stand between the end of a sentence and the space behind it.
const CLOSING: &str = ".!?…\"'”’»«“)]";

/// What may stand before the first word of a sentence.
const OPENING: &[char] = &['"', '\'', '“', '”', '‘', '’', '«', '»', '(', '[', '–', '—', '-', ' '];

/// The words of a part: what stands between white space and has a letter or digit.
pub(super) fn words(part: &str) -> impl Iterator<Item = &str> {
    part.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric))
}
