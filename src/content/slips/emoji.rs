//! Codes of emoji, as GitHub and Slack have them: `:rocket:`.

use super::{At, Place, Walk};
use crate::diag::Code;

/// A code: where it begins in the text, its bytes, and the character that it stands for, if that is known.
pub(super) type Found = (Place, Option<&'static str>);

/// The longest name of one, in bytes.
const LONGEST: usize = 60;

impl Walk<'_> {
    /// `:rocket:`, or several of them side by side. Gives the bytes that are told.
    pub(super) fn emoji(&mut self, at: &At<'_>, before: Option<char>) -> Option<usize> {
        let found = side_by_side(at.text, before);
        for ((start, length), emoji) in &found {
            let place = (at.start + start, *length);
            match emoji {
                Some(emoji) => {
                    let said = ("this code is shown as text, not as an emoji", format!("write `{emoji}`"));
                    self.report_fixed(place, said, (*emoji).to_string());
                }
                None => {
                    let said = ("this looks like the code of an emoji, and is shown as text", UNKNOWN);
                    self.report(Code::AlmostMarkdown, place, said);
                }
            }
        }
        found.last().map(|((start, length), _)| start + length)
    }
}

const UNKNOWN: &str =
    "write the emoji itself, or remove it; if readers should see the code, put it between backticks";

/// All codes in a text.
pub(super) fn all(text: &str) -> Vec<Found> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = text[from..].find(':').map(|at| from + at) {
        let own = side_by_side(&text[at..], text[..at].chars().next_back());
        from = at + own.last().map_or(1, |((start, length), _)| start + length);
        found.extend(own.into_iter().map(|((start, length), emoji)| ((at + start, length), emoji)));
    }
    found
}

/// The codes that a text begins with. None is in a word, a time or an address: `CRM:et:`, `9:30:15`.
fn side_by_side(text: &str, before: Option<char>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    if before.is_some_and(is_part) {
        return found;
    }
    let mut from = 0;
    while let Some((length, emoji)) = code(&text[from..]) {
        found.push(((from, length), emoji));
        from += length;
    }
    // Whatever goes on after the last colon is something else.
    if text[from..].starts_with(is_part) { Vec::new() } else { found }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ':' | '/' | '_' | '`' | '<')
}

/// The code that a text begins with. A name that nobody knows counts if it is written as such names are.
fn code(text: &str) -> Option<(usize, Option<&'static str>)> {
    let inner = text.strip_prefix(':')?;
    let length = inner.bytes().take(LONGEST).take_while(|b| is_in_name(*b)).count();
    let name = &inner[..length];
    if !inner[length..].starts_with(':') || length < 2 && name != "x" {
        return None;
    }
    let emoji = emojis::get_by_shortcode(name).map(emojis::Emoji::as_str);
    let is_name = || {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.contains('_')
            && name.split('_').all(|part| part.len() > 1 || part.bytes().all(|b| b.is_ascii_digit()))
    };
    (emoji.is_some() || is_name() || name.starts_with("skin-tone-")).then_some((length + 2, emoji))
}

fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-')
}
