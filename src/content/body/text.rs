//! The words of a body: plain text, excerpt, number of words.

use std::ops::Range;

use super::{Body, Kind, NodeId};

impl Body {
    /// The text without markup: a line for each paragraph, heading, item and row of a table (cells with a tab between
    /// them), code with its own lines. Alternative texts of images are part of it; raw HTML, marks of footnotes,
    /// and footnotes that nobody mentions aren't.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        self.write_plain(0..self.nodes.len(), &mut out);
        out
    }

    /// The same of some nodes: all of `range` is read, so it should hold whole subtrees. [`Body::descendants`] of a
    /// paragraph gives its text.
    #[must_use]
    pub fn plain_text_of(&self, range: Range<NodeId>) -> String {
        let mut out = String::with_capacity(self.room_of(&range));
        self.write_plain(range, &mut out);
        out
    }

    /// About as many bytes as the text of some nodes has.
    fn room_of(&self, range: &Range<NodeId>) -> usize {
        let own = |id: &NodeId| match self.nodes[*id].kind {
            Kind::Text(text) | Kind::Code(text) => self.text(text).len(),
            _ => 1,
        };
        range.clone().map(|id| own(&id)).sum()
    }

    /// The beginning, for lists and descriptions: the text of the first top-level paragraphs, without those that are only a
    /// link that is shown otherwise, up to the first other block behind them; at most `max_chars` characters, cut between
    /// words, then ended by `…`. Where the body has no such paragraph, the beginning of all its text.
    #[must_use]
    pub fn excerpt(&self, max_chars: usize) -> String {
        let mut prose = String::new();
        for block in self.children(None) {
            if self.lone_document(block).is_some() || self.lone_address(block).is_some() {
                continue;
            }
            if self.nodes[block].kind == Kind::Paragraph {
                let before = prose.len();
                if before > 0 {
                    prose.push(' ');
                }
                let start = prose.len();
                self.write_plain(self.descendants(block), &mut prose);
                if prose.len() == start {
                    prose.truncate(before);
                }
            } else if !prose.is_empty() && !matches!(self.nodes[block].kind, Kind::HtmlBlock | Kind::Embed(_))
            {
                break;
            }
            // A character has at most four bytes.
            if prose.len() > max_chars.saturating_mul(4) {
                break;
            }
        }
        if prose.is_empty() {
            prose = self.plain_text();
        }
        cut(&prose, max_chars)
    }

    /// The beginning of some nodes' text, cut as [`Body::excerpt`] is.
    #[must_use]
    pub fn excerpt_of(&self, range: Range<NodeId>, max_chars: usize) -> String {
        cut(&self.plain_text_of(range), max_chars)
    }

    /// How many words readers see: runs of characters between white space with a letter or digit among them.
    #[must_use]
    pub fn word_count(&self) -> usize {
        let mut words = WordCounter::default();
        self.walk_plain(0..self.nodes.len(), &mut words);
        words.count
    }

    /// Appends the plain text of `range` to `out`; what `out` held before is left alone.
    fn write_plain(&self, range: Range<NodeId>, out: &mut String) {
        let base = out.len();
        self.walk_plain(range, &mut PlainText { out, base });
        let trimmed = out[base..].trim_end().len();
        out.truncate(base + trimmed);
    }

    /// Hands the plain text of `range` to `out`, piece by piece.
    fn walk_plain(&self, range: Range<NodeId>, out: &mut impl Plain) {
        // Where open blocks end: text behind one starts a new line, also in a tight item, which has no paragraphs.
        let mut open: Vec<u32> = Vec::new();
        let mut id = range.start;
        while id < range.end {
            while open.pop_if(|end| *end as usize <= id).is_some() {
                out.line();
            }
            let node = &self.nodes[id];
            let skip = match node.kind {
                Kind::Footnote(index) => {
                    let info = &self.footnotes[index as usize];
                    info.references == 0 || info.node != Some(id)
                }
                Kind::HtmlBlock => true,
                _ => false,
            };
            if skip {
                out.line();
                id = node.end as usize;
                continue;
            }
            match node.kind {
                Kind::Text(text) | Kind::Code(text) => out.text(self.text(text)),
                Kind::SoftBreak | Kind::HardBreak => out.space(),
                Kind::TableCell => out.cell(),
                Kind::Html(_) | Kind::Comment(_) | Kind::Instruction => {}
                Kind::FootnoteRef(_) | Kind::TaskMarker(_) => {}
                Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Link(_) | Kind::Image(_) => {}
                _ => {
                    out.line();
                    open.push(node.end);
                }
            }
            id += 1;
        }
    }
}

/// Takes the plain text of a body.
trait Plain {
    /// Takes a piece of text, as readers see it.
    fn text(&mut self, text: &str);
    /// A space between two pieces.
    fn space(&mut self);
    /// The next piece begins a line.
    fn line(&mut self);
    /// The next piece begins a cell of a table.
    fn cell(&mut self);
}

/// Writes it behind what `out` held, up to `base`.
struct PlainText<'a> {
    out: &'a mut String,
    base: usize,
}

impl Plain for PlainText<'_> {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn space(&mut self) {
        self.out.push(' ');
    }

    fn line(&mut self) {
        if self.out.len() > self.base && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn cell(&mut self) {
        if self.out.len() > self.base && !self.out.ends_with(['\n', '\t']) {
            self.out.push('\t');
        }
    }
}

/// Counts its words without writing it anywhere.
#[derive(Default)]
struct WordCounter {
    count: usize,
    /// Has the word that is being read been counted?
    is_counted: bool,
}

impl Plain for WordCounter {
    fn text(&mut self, text: &str) {
        if text.is_ascii() {
            text.bytes().for_each(|byte| self.take(SIGNS[usize::from(byte)]));
        } else {
            text.chars().for_each(|c| self.take(Sign::of_char(c)));
        }
    }

    fn space(&mut self) {
        self.is_counted = false;
    }

    fn line(&mut self) {
        self.is_counted = false;
    }

    fn cell(&mut self) {
        self.is_counted = false;
    }
}

impl WordCounter {
    /// Without branches: which characters begin a word can't be predicted, and all texts of a site are read so.
    fn take(&mut self, sign: Sign) {
        let (is_letter, is_space) = (sign == Sign::Letter, sign == Sign::Space);
        self.count += usize::from(is_letter & !self.is_counted);
        self.is_counted = (self.is_counted | is_letter) & !is_space;
    }
}

/// What a character is to words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Space,
    Letter,
    Other,
}

/// What each ASCII character is.
const SIGNS: [Sign; 256] = {
    let mut signs = [Sign::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        signs[byte as usize] = Sign::of_ascii(byte);
        byte += 1;
    }
    signs
};

impl Sign {
    const fn of_ascii(byte: u8) -> Self {
        match byte {
            9..=13 | b' ' => Self::Space,
            _ if byte.is_ascii_alphanumeric() => Self::Letter,
            _ => Self::Other,
        }
    }

    fn of_char(c: char) -> Self {
        match c {
            _ if c.is_whitespace() => Self::Space,
            _ if c.is_alphanumeric() => Self::Letter,
            _ => Self::Other,
        }
    }
}

/// At most `max_chars` characters of `text`, on one line, cut between words and then ended by `…`.
#[must_use]
pub fn cut(text: &str, max_chars: usize) -> String {
    let mut out = String::with_capacity(text.len().min(max_chars.saturating_mul(4)));
    let mut left = max_chars;
    for word in text.split_whitespace() {
        let space = usize::from(!out.is_empty());
        let length = word.chars().count() + space;
        if length > left {
            return shortened(out, left, word);
        }
        left -= length;
        if space > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// `out`, whose next word doesn't fit any more in the `left` characters, with the mark that there is more.
fn shortened(mut out: String, mut left: usize, word: &str) -> String {
    if out.is_empty() {
        // A single word longer than all the room: better a part of it than nothing.
        out.extend(word.chars().take(left.saturating_sub(1)));
        left = usize::from(left > 0);
    }
    loop {
        // The mark may stand where a full stop or comma was, else where the last word was.
        let kept = out.trim_end_matches([',', ';', ':', '–', '—', '-', '.', '…', ' ']).len();
        let room = left > 0 || kept < out.len();
        out.truncate(kept);
        if room {
            out.push('…');
            return out;
        }
        let Some(space) = out.rfind(' ') else { return out };
        out.truncate(space);
        left = 1;
    }
}
