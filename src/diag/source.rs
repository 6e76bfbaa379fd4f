//! One file's text, prepared once so that every line and column in it is found without reading it again.
//!
//! [`super::emit`] makes one for each file that a diagnostic names.

use std::ops::Range;

use super::Span;

/// Characters are counted ahead for each block of this many bytes, so a column deep in a line of 20 MB costs no
/// more than one at its beginning.
const BLOCK: usize = 1024;

/// A text with the offsets of its lines and the number of characters before each block.
pub(super) struct SourceFile {
    text: String,
    lines: Vec<usize>,
    counts: Vec<usize>,
}

/// A place as editors show it. Both count from 1; a column is one Unicode character, tabs too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The part of a line that is worth showing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt<'a> {
    /// The line's number, from 1.
    pub(super) line: usize,
    /// Its text without the line ending, cropped when it is very long.
    pub(super) text: &'a str,
    /// The bytes of `text` to mark; empty for a place between two characters.
    pub(super) marked: Range<usize>,
}

impl SourceFile {
    /// A text with the beginnings of its lines looked up once.
    pub(super) fn new(text: String) -> Self {
        // Editors do not show a byte order mark, so the first column lies behind it.
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let lines = std::iter::once(first).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut counts = vec![0];
        counts.extend(text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            *before += characters(block);
            Some(*before)
        }));
        Self { text, lines, counts }
    }

    /// Where `span` begins and where it ends; a span beyond the text ends with it.
    pub(super) fn positions(&self, span: Span) -> (Position, Position) {
        let Range { start, end } = self.clamp(span);
        (self.position(start), self.position(end))
    }

    /// The line in which `span` begins, with at most `room` characters on either side of what is marked, and at
    /// most half as many marked. A span over several lines is marked to the end of its first.
    pub(super) fn excerpt(&self, span: Span, room: usize) -> Excerpt<'_> {
        let Range { start, end } = self.clamp(span);
        let index = self.line_index(start);
        let line = self.line(index);
        let ahead = |from: usize, count: usize| {
            let rest = &self.text[from..line.end];
            rest.char_indices().nth(count).map_or(line.end, |(at, _)| from + at)
        };
        let start = start.clamp(line.start, line.end);
        let end = end.clamp(start, ahead(start, room / 2));
        let before = &self.text[line.start..start];
        let left = before.char_indices().rev().take(room).last().map_or(start, |(at, _)| line.start + at);
        Excerpt {
            line: index + 1,
            text: &self.text[left..ahead(end, room)],
            marked: start - left..end - left,
        }
    }

    fn clamp(&self, span: Span) -> Range<usize> {
        let Range { start, end } = span.range();
        let start = self.text.floor_char_boundary(start);
        start..self.text.floor_char_boundary(end).max(start)
    }

    fn position(&self, offset: usize) -> Position {
        let index = self.line_index(offset);
        let line = self.line(index);
        let column =
            self.characters_before(offset.clamp(line.start, line.end)) - self.characters_before(line.start);
        Position { line: index + 1, column: column + 1 }
    }

    fn line_index(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of a line without its ending, LF or CRLF.
    fn line(&self, index: usize) -> Range<usize> {
        let start = self.lines[index];
        let Some(next) = self.lines.get(index + 1) else {
            return start..self.text.len();
        };
        let line = &self.text[start..next - 1];
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.counts[block] + characters(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(text: &str, start: usize, end: usize) -> [usize; 4] {
        let (from, to) = SourceFile::new(text.into()).positions(Span::new(start, end));
        [from.line, from.column, to.line, to.column]
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(positions("titel: Sälj på rätt sätt", 8, 11), [1, 9, 1, 11]);
        assert_eq!(positions("\tåb", 3, 4), [1, 3, 1, 4]);
        assert_eq!(positions("🎉🎉x", 8, 9), [1, 3, 1, 4]);
    }

    #[test]
    fn line_endings_are_not_columns() {
        assert_eq!(positions("ab\r\ncd\r\n", 4, 6), [2, 1, 2, 3]);
        assert_eq!(positions("ab\r\ncd\r\n", 3, 4), [1, 3, 2, 1]);
    }

    #[test]
    fn the_end_of_a_file_is_a_place() {
        assert_eq!(positions("", 0, 0), [1, 1, 1, 1]);
        assert_eq!(positions("a", 1, 1), [1, 2, 1, 2]);
        assert_eq!(positions("a\n", 2, 2), [2, 1, 2, 1]);
    }

    #[test]
    fn a_byte_order_mark_is_not_a_column() {
        assert_eq!(positions("\u{feff}---", 3, 6), [1, 1, 1, 4]);
        assert_eq!(positions("\u{feff}", 0, 3), [1, 1, 1, 1]);
    }

    #[test]
    fn spans_outside_the_text_are_clamped() {
        assert_eq!(positions("ab\ncd", 4, 900), [2, 2, 2, 3]);
        assert_eq!(positions("ab\ncd", 800, 900), [2, 3, 2, 3]);
        assert_eq!(positions("å", 1, 1), [1, 1, 1, 1]);
    }

    #[test]
    fn columns_are_the_same_on_both_sides_of_a_block() {
        let text = "å".repeat(3 * BLOCK);
        for character in [0, 1, BLOCK / 2 - 1, BLOCK / 2, BLOCK / 2 + 1, BLOCK, 3 * BLOCK] {
            let at = 2 * character;
            assert_eq!(positions(&text, at, at), [1, character + 1, 1, character + 1]);
        }
    }

    #[test]
    fn an_excerpt_keeps_room_around_the_mark() {
        let source = SourceFile::new("0123456789\nabc".into());
        let excerpt = |start, end, room| source.excerpt(Span::new(start, end), room);
        assert_eq!(excerpt(5, 6, 3), Excerpt { line: 1, text: "2345678", marked: 3..4 });
        assert_eq!(excerpt(0, 10, 4), Excerpt { line: 1, text: "012345", marked: 0..2 });
        assert_eq!(excerpt(8, 13, 99), Excerpt { line: 1, text: "0123456789", marked: 8..10 });
        assert_eq!(excerpt(14, 14, 1), Excerpt { line: 2, text: "c", marked: 1..1 });
    }
}
