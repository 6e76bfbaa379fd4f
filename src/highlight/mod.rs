//! Code as pieces of a dozen classes, for colours: what is a comment, a string, a keyword.
//!
//! The languages are Sublime Text's, as the program `bat` collects them (`two-face`), read by `syntect`. They are loaded
//! when the first block of code is met, and each language is prepared when it is; so a site without code pays nothing.
//! What a block came to is remembered by its content ([`memory`]). Start with [`pieces`].

mod class;
mod languages;
pub mod memory;

use syntect::parsing::{ParseState, ScopeStack};
use syntect::util::LinesWithEndings;

pub use class::Class;
pub use languages::{KnownLanguage, find_language, names};

/// Longer code, and longer lines, are nothing to read: they stay plain, and cost nothing.
const LONGEST: (usize, usize) = (200_000, 4_000);

/// A stretch of code: its bytes, and what it is. One without a class is plain.
pub type Piece = (usize, Option<Class>);

/// Cuts code into pieces, which are all of it in order. `None`: the language isn't known, or is none; or the code can't be
/// read as what it should be.
#[must_use]
pub fn pieces(code: &str, language: &str) -> Option<Vec<Piece>> {
    let syntax = languages::find(language)?;
    let is_long = code.len() > LONGEST.0 || code.lines().any(|line| line.len() > LONGEST.1);
    if code.is_empty() || is_long {
        return None;
    }
    let key = memory::key(syntax, code);
    if let Some(known) = memory::get(&key, code) {
        return known;
    }
    let found = read(code, syntax);
    memory::put(key, found.as_deref());
    found
}

/// The licences of the definitions of languages, as Markdown: they ask to be named wherever the definitions go.
#[must_use]
pub fn licences() -> String {
    two_face::acknowledgement::listing().to_md()
}

fn read(code: &str, syntax: &str) -> Option<Vec<Piece>> {
    let set = languages::set();
    let mut state = ParseState::new(set.find_syntax_by_name(syntax)?);
    let mut stack = ScopeStack::new();
    let mut pieces = Pieces::default();
    for line in LinesWithEndings::from(code) {
        let mut from = 0;
        for (at, change) in state.parse_line(line, set).ok()? {
            pieces.push(&line[from..at], &stack);
            from = at;
            stack.apply(&change).ok()?;
        }
        pieces.push(&line[from..], &stack);
    }
    Some(pieces.0)
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, text: &str, stack: &ScopeStack) {
        if text.is_empty() {
            return;
        }
        let is_blank = text.chars().all(char::is_whitespace);
        let class = class::for_scopes(stack);
        match self.0.last_mut() {
            // Spaces have no colour, so they belong to whatever is before them.
            Some((length, before)) if *before == class || is_blank && class.is_none() => {
                *length += text.len()
            }
            _ => self.0.push((text.len(), class)),
        }
    }
}

#[cfg(test)]
mod tests;
