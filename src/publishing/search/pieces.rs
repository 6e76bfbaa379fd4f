//! Pieces of text between white space, and what each has come to: nearly all have been seen before.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Index of a term in [`Analyzer::terms`].
pub(super) type TermId = u32;

/// The terms of a piece of text: nearly always one.
pub(super) type Terms = SmallVec<[TermId; 2]>;

/// The longest piece that is remembered, in bytes: what is longer than any word is text without spaces, and hardly
/// comes twice.
const LONGEST: usize = 128;

/// How many bytes of a short piece there are; the sixteenth holds their number.
const SHORT: usize = 15;

/// What pieces came to when they were met first.
#[derive(Default)]
pub(super) struct Pieces {
    /// Those that fit into a number, which is compared without following a pointer.
    short: FxHashMap<u128, KnownTerms>,
    long: FxHashMap<Box<str>, Terms>,
    /// The terms of short pieces that have several.
    several: Vec<Terms>,
}

/// The terms of a short piece.
#[derive(Clone, Copy)]
enum KnownTerms {
    Nothing,
    One(TermId),
    /// Index into [`Pieces::several`].
    Several(u32),
}

impl Pieces {
    /// Hands the terms of `piece` to `take` if it is known; else it says so.
    pub(super) fn get(&self, piece: &str, take: &mut impl FnMut(TermId)) -> bool {
        let Some(number) = number(piece) else {
            let known = self.long.get(piece);
            known.iter().copied().flatten().copied().for_each(take);
            return known.is_some();
        };
        match self.short.get(&number) {
            None => return false,
            Some(KnownTerms::Nothing) => {}
            Some(KnownTerms::One(term)) => take(*term),
            Some(KnownTerms::Several(index)) => self.several[*index as usize].iter().copied().for_each(take),
        }
        true
    }

    /// Remembers the terms of a piece that was not known.
    pub(super) fn insert(&mut self, piece: &str, terms: Terms) {
        let Some(number) = number(piece) else {
            if piece.len() <= LONGEST {
                self.long.insert(piece.into(), terms);
            }
            return;
        };
        let known = match *terms {
            [] => KnownTerms::Nothing,
            [one] => KnownTerms::One(one),
            _ => {
                let next = crate::ids::number(self.several.len());
                self.several.push(terms);
                KnownTerms::Several(next)
            }
        };
        self.short.insert(number, known);
    }
}

/// The bytes of a short piece and their count as one number.
fn number(piece: &str) -> Option<u128> {
    let count = u8::try_from(piece.len()).ok().filter(|count| usize::from(*count) <= SHORT)?;
    let mut bytes = [0; SHORT + 1];
    bytes[..piece.len()].copy_from_slice(piece.as_bytes());
    bytes[SHORT] = count;
    Some(u128::from_le_bytes(bytes))
}

/// Hands each piece of `text` to `take`, in order, without the marks around it: a word before a full stop is the same
/// piece as one without.
pub(super) fn pieces<'a>(text: &'a str, mut take: impl FnMut(&'a str)) {
    if !text.is_ascii() {
        let is_mark = |c: char| c.is_ascii_punctuation() && c != '_';
        text.split_whitespace().for_each(|piece| take(piece.trim_matches(is_mark)));
        return;
    }
    // By bytes and a table, this takes a third of the time.
    let class = |at: usize| CLASSES[usize::from(text.as_bytes()[at])];
    let mut at = 0;
    while at < text.len() {
        if class(at) == Class::Space {
            at += 1;
            continue;
        }
        let mut start = at;
        while at < text.len() && class(at) != Class::Space {
            at += 1;
        }
        let mut end = at;
        while start < end && class(start) == Class::Mark {
            start += 1;
        }
        while start < end && class(end - 1) == Class::Mark {
            end -= 1;
        }
        take(&text[start..end]);
    }
}

/// What an ASCII character is to [`pieces`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Space,
    Mark,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Word; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] = match byte {
            9..=13 | b' ' => Class::Space,
            b'_' => Class::Word,
            _ if byte.is_ascii_punctuation() => Class::Mark,
            _ => Class::Word,
        };
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        pieces(text, |piece| found.push(piece));
        found
    }

    #[test]
    fn ascii_is_cut_as_other_text_is() {
        for text in
            ["", "  ", "one", " (Two), \u{b}three\tfour_ ... e.g. \u{1c}five-six!", "--", "\0 a\u{7f}b"]
        {
            let other = format!("{text} å");
            let expected: Vec<&str> = cut(&other).into_iter().filter(|piece| *piece != "å").collect();
            assert_eq!(cut(text), expected, "{text:?}");
        }
        for byte in 0..=127_u8 {
            let text = format!("a{}b c{}", char::from(byte), char::from(byte));
            let other = format!("{text} å");
            assert_eq!(cut(&text), cut(&other)[..cut(&other).len() - 1], "{byte}");
        }
    }

    #[test]
    fn what_a_piece_came_to_is_kept_whatever_its_length() {
        let mut known = Pieces::default();
        let long = "x".repeat(16);
        for (piece, terms) in
            [("", &[][..]), ("a", &[1]), ("a\0", &[2]), ("fifteen-letters", &[3, 4]), (&long, &[5, 6])]
        {
            let mut found = Vec::new();
            assert!(!known.get(piece, &mut |term| found.push(term)), "{piece}");
            known.insert(piece, Terms::from_slice(terms));
            assert!(known.get(piece, &mut |term| found.push(term)), "{piece}");
            assert_eq!(found, terms, "{piece}");
        }
    }
}
