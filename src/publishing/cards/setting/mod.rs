//! Lines: where a text is broken, and in which size it fits into an area.

use super::fonts::{Fonts, Shaped};
use crate::languages::leading;

/// What comes after a text that had to be cut.
const ELLIPSIS: char = '…';

/// The room that a text has on a card, and the sizes to try.
#[derive(Debug, Clone, Copy)]
pub struct Room<'a> {
    /// The sizes to try, the largest first; never empty.
    pub sizes: &'a [u32],
    /// The width of the room in pixels.
    pub width: u32,
    /// The height of the room in pixels.
    pub height: u32,
    /// How many lines there may be at most.
    pub lines: usize,
    /// From one base line to the next, in percent of the size.
    pub leading: u32,
}

impl Room<'_> {
    /// The lines that fit in letters of a size.
    fn lines_at(&self, size: u32) -> usize {
        let step = (size * self.leading / 100).max(1);
        // The last line needs no space below it.
        let more = self.height.saturating_sub(size) / step;
        self.lines.min(more as usize + 1)
    }
}

/// From which side lines are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right: lines begin at the left.
    Ltr,
    /// From right to left: lines begin at the right.
    Rtl,
}

impl Direction {
    /// Of a text: its first letter says so.
    fn from_text(text: &str) -> Self {
        if is_rtl(text) { Self::Rtl } else { Self::Ltr }
    }
}

/// A text in its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    /// The size of its letters.
    pub size: u32,
    /// The lines, each as glyphs.
    pub lines: Vec<Shaped>,
    /// From which side the lines are read.
    pub direction: Direction,
}

/// Something that isn't broken, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unbreakable<'t> {
    text: &'t str,
    /// Is there a space after it?
    space: bool,
    /// A hyphen that shows only at the end of a line.
    hyphen: bool,
}

/// Where a text may be broken: at spaces, after hyphens and slashes within words, and between ideographs. A dash goes
/// with the word before it.
fn pieces(text: &str) -> Vec<Unbreakable<'_>> {
    let mut pieces: Vec<Unbreakable<'_>> = Vec::new();
    let mut start = 0;
    let mut push = |from: usize, to: usize, space: bool, hyphen: bool| {
        if from < to {
            pieces.push(Unbreakable { text: &text[from..to], space, hyphen });
        } else if space && let Some(last) = pieces.last_mut() {
            last.space = true;
        }
    };
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = letters.next() {
        let end = at + c.len_utf8();
        let next = letters.peek().map(|(_, next)| *next);
        if is_space(c) {
            let rest = text[end..].trim_start_matches(is_space);
            let is_dash = rest.starts_with(['–', '—', '-', '·', ':', '?', '!', ';', '»'])
                && rest.chars().nth(1).is_none_or(is_space);
            if !is_dash {
                push(start, at, true, false);
                start = end;
            }
        } else if c == '\u{200b}' {
            push(start, at, false, false);
            start = end;
        } else if c == '\u{ad}' {
            push(start, at, false, true);
            start = end;
        } else if next.is_some_and(|next| is_joint(before, c, next) || may_part(c, next)) {
            push(start, end, false, false);
            start = end;
        }
        before = c;
    }
    push(start, text.len(), false, false);
    pieces
}

/// Is the sign one that joins two words, such as the hyphen of `e-mail`?
fn is_joint(before: char, sign: char, next: char) -> bool {
    matches!(sign, '-' | '‐' | '–' | '—' | '/') && before.is_alphanumeric() && next.is_alphabetic()
}

/// A space at which a line may end; one that must not be broken at is no such.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Chinese and Japanese have no spaces: a line ends after any sign that doesn't open, before any that doesn't close.
fn may_part(c: char, next: char) -> bool {
    let is_ideograph = |c: char| {
        matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
    };
    let opens = |c: char| "（「『【〈《〔［｛".contains(c);
    let closes = |c: char| "）」』】〉》〕］｝、。，．：；！？ー々ゝヽっッゃゅょャュョ".contains(c);
    (is_ideograph(c) || is_ideograph(next)) && !is_space(next) && !opens(c) && !closes(next)
}

/// Is its first letter that says so one of a script that is written from right to left?
fn is_rtl(text: &str) -> bool {
    let strong = text.chars().find(|c| c.is_alphabetic());
    strong.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// Sets texts in a face of the fonts, as a language does.
#[derive(Debug, Clone, Copy)]
pub struct Setter<'a> {
    /// The fonts that have the face.
    pub fonts: &'a Fonts,
    /// The face, by its number.
    pub face: usize,
    /// The code of the language, by which letters are shaped.
    pub language: &'a str,
}

impl Setter<'_> {
    fn shape(&self, text: &str) -> Shaped {
        self.fonts.shape(self.face, text, self.language)
    }

    /// The whole text in the largest size in which it fits; `None` where it fits in none.
    #[must_use]
    pub fn set_uncut(&self, text: &str, room: &Room<'_>) -> Option<Set> {
        let pieces = pieces(text);
        let widths: Vec<f32> = pieces.iter().map(|piece| self.shape(piece.text).width).collect();
        let measure = Measure { space: self.shape(" ").width, hyphen: self.shape("-").width };
        let direction = Direction::from_text(text);
        room.sizes.iter().find_map(|size| {
            let width = room.width as f32 / *size as f32;
            let ends = measure.lines(&pieces, (&widths, self.language), width, room.lines_at(*size))?;
            Some(Set { size: *size, lines: self.lines(&pieces, &ends, direction), direction })
        })
    }

    /// The text in the largest size in which it fits. In the smallest size, what doesn't fit is left out at the end of a
    /// word, and an ellipsis says so. A word that is longer than a line is broken only there, too.
    #[must_use]
    pub fn set(&self, text: &str, room: &Room<'_>) -> Set {
        self.set_uncut(text, room).unwrap_or_else(|| {
            let (size, direction) = (room.sizes.last().copied().unwrap_or(1), Direction::from_text(text));
            let lines =
                self.cut(&pieces(text), (room.width as f32 / size as f32, room.lines_at(size)), direction);
            Set { size, lines, direction }
        })
    }

    fn lines(&self, pieces: &[Unbreakable<'_>], ends: &[usize], direction: Direction) -> Vec<Shaped> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| self.line(&pieces[start..*end], "", direction)).collect()
    }

    /// One line: its pieces with their spaces, and what comes after them.
    fn line(&self, pieces: &[Unbreakable<'_>], tail: &str, direction: Direction) -> Shaped {
        let mut text = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            text.push_str(piece.text);
            match at + 1 == pieces.len() {
                true if piece.hyphen => text.push('-'),
                false if piece.space => text.push(' '),
                _ => {}
            }
        }
        text.push_str(tail);
        match direction {
            Direction::Rtl => self.mirrored(&text),
            Direction::Ltr => self.shape(&text),
        }
    }

    /// A line that begins at the right: its words from right to left, and what is written the other way round between
    /// them as it is.
    fn mirrored(&self, text: &str) -> Shaped {
        let mut runs: Vec<(bool, String)> = Vec::new();
        for word in text.split(' ') {
            // Numbers and signs go with the line.
            let is_ltr = word.chars().any(char::is_alphabetic) && !is_rtl(word);
            match runs.last_mut().filter(|(ltr, _)| *ltr && is_ltr) {
                Some((_, run)) => {
                    run.push(' ');
                    run.push_str(word);
                }
                None => runs.push((is_ltr, word.to_string())),
            }
        }
        let space = self.shape(" ").width;
        let mut line = Shaped::default();
        for (_, run) in runs.iter().rev() {
            if line.width > 0.0 {
                line.width += space;
            }
            let shaped = self.shape(run);
            let start = line.width;
            line.glyphs.extend(shaped.glyphs.into_iter().map(|mut glyph| {
                glyph.x += start;
                glyph
            }));
            line.width += shaped.width;
        }
        line
    }

    /// Lines in the smallest size, of a text that doesn't fit.
    fn cut(
        &self,
        pieces: &[Unbreakable<'_>],
        (width, most): (f32, usize),
        direction: Direction,
    ) -> Vec<Shaped> {
        let broken: Vec<Unbreakable<'_>> =
            pieces.iter().flat_map(|piece| self.broken(piece, width)).collect();
        let mut lines = Vec::new();
        let mut start = 0;
        while start < broken.len() && lines.len() < most {
            let is_last = lines.len() + 1 == most;
            let fits =
                |end: usize, tail: &str| self.line(&broken[start..end], tail, direction).width <= width;
            let mut end = start + 1;
            while end < broken.len() && fits(end + 1, "") {
                end += 1;
            }
            if is_last && end < broken.len() {
                let tail = ELLIPSIS.to_string();
                let has_tail = self.fonts.file(self.face, ELLIPSIS).is_some();
                while end > start + 1
                    && (!fits(end, &tail) || is_poor_end(broken[end - 1].text, self.language))
                {
                    end -= 1;
                }
                // What stands before an ellipsis ends with a letter, not with a comma.
                let mut last: Vec<Unbreakable<'_>> = broken[start..end].to_vec();
                if let Some(piece) = last.last_mut() {
                    piece.text = piece.text.trim_end_matches([',', ';', ':', '.', '–', '—', '-', ' ']);
                }
                lines.push(self.line(&last, if has_tail { &tail } else { "" }, direction));
            } else {
                lines.push(self.line(&broken[start..end], "", direction));
            }
            start = end;
        }
        lines
    }

    /// A piece that is longer than a line, in parts that aren't.
    fn broken<'t>(&self, piece: &Unbreakable<'t>, width: f32) -> Vec<Unbreakable<'t>> {
        let mut parts = Vec::new();
        let mut rest = piece.text;
        let hyphen = self.shape("-").width;
        while self.shape(rest).width > width {
            let shaped = self.shape(rest);
            // Glyphs stand from left to right, whatever the direction of the letters; a part begins where one does.
            let mut starts: Vec<usize> = shaped.glyphs.iter().map(|glyph| glyph.byte).collect();
            starts.sort_unstable();
            starts.dedup();
            let fits = |at: &&usize| **at > 0 && self.shape(&rest[..**at]).width + hyphen <= width;
            let Some(at) = starts.iter().rev().find(fits).copied() else { break };
            let (part, after) = rest.split_at(at);
            let is_word = part.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
            parts.push(Unbreakable { text: part, space: false, hyphen: is_word });
            rest = after;
        }
        parts.push(Unbreakable { text: rest, ..*piece });
        parts
    }
}

/// Short words that readers expect something after.
fn is_poor_end(word: &str, language: &str) -> bool {
    leading::leads(word, language)
}

/// How wide what isn't in a piece is.
struct Measure {
    space: f32,
    hyphen: f32,
}

/// How bad a line end after a word that leads to the next is, measured as a line that is so much too short.
const POOR_END: f32 = 0.6;

impl Measure {
    /// Where lines end, so that they are as even as can be in as few lines as there must be; `None` where the text
    /// needs more lines than `most`, or has a piece that is wider than a line.
    fn lines(
        &self,
        pieces: &[Unbreakable<'_>],
        (widths, language): (&[f32], &str),
        width: f32,
        most: usize,
    ) -> Option<Vec<usize>> {
        let count = pieces.len();
        // By the number of pieces that have been set: the fewest lines, their cost, and where the last begins.
        let mut best: Vec<Option<(usize, f32, usize)>> = vec![None; count + 1];
        best[0] = Some((0, 0.0, 0));
        for end in 1..=count {
            let mut line = 0.0;
            for start in (0..end).rev() {
                let gap = if start + 1 < end && pieces[start].space { self.space } else { 0.0 };
                line += widths[start] + gap;
                let whole = line + if pieces[end - 1].hyphen && end < count { self.hyphen } else { 0.0 };
                if whole > width {
                    break;
                }
                let Some((lines, cost, _)) = best[start] else { continue };
                let short = (width - whole) / width;
                let poor = end < count && is_poor_end(pieces[end - 1].text, language);
                let broken = end < count && !pieces[end - 1].space;
                let own = short * short
                    + if poor { POOR_END * POOR_END } else { 0.0 }
                    + if broken { POOR_END * POOR_END } else { 0.0 };
                let new = (lines + 1, cost + own, start);
                let is_better = best[end].is_none_or(|(lines, cost, _)| (new.0, new.1) < (lines, cost));
                if is_better {
                    best[end] = Some(new);
                }
            }
        }
        let (lines, ..) = best[count].filter(|(lines, ..)| *lines <= most)?;
        let mut ends = Vec::with_capacity(lines);
        let mut at = count;
        while at > 0 {
            ends.push(at);
            at = best[at]?.2;
        }
        ends.reverse();
        Some(ends)
    }
}

#[cfg(test)]
mod tests;
