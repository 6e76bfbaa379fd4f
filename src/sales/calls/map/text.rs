//! How wide texts are, about, and where their lines end. The build has no fonts; browsers have, each its own.

use super::{Point, TextBox};

/// Letters of one size, and how wide they are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    /// Their size, in the map's units (CSS pixels).
    pub(super) size: i32,
    /// How much wider they are than those of Arial, in hundredths.
    pub(super) wide: i32,
}

/// Titles of cards, in the display face.
pub(super) const TITLE: Face = Face { size: 17, wide: 112 };
/// Answers. Faces for interfaces are at most so much wider than Arial.
pub(super) const ANSWER: Face = Face { size: 13, wide: 110 };
/// What others stand below, and the ends of the call: in bold.
pub(super) const BOLD: Face = Face { size: 13, wide: 124 };
/// The letters on signs; `css/call-map.css` has the same size.
pub(super) const SIGN: Face = Face { size: 12, wide: 112 };

/// The width of a letter in thousandths of the size: Arial's, in groups.
fn letter(sign: char) -> i32 {
    match sign {
        // What stands on or changes the letter before it.
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' => 0,
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{1f3fb}'..='\u{1f3ff}' => 0,
        'i' | 'j' | 'l' | '\'' | '’' | '‘' | '|' | '!' | '.' | ',' | ':' | ';' | 'í' | 'ì' | 'ï' | 'î' => {
            260
        }
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '/' | ' ' | '-' | '“' | '”' | '"' | '·' => 330,
        'm' | 'M' | 'W' | '%' | '@' | '…' | '—' | 'æ' | 'Æ' | 'œ' => 950,
        'w' | 'A'..='Z' | 'À'..='Þ' => 720,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 500,
        '\0'..='\u{24f}' => 556,
        // Greek, Cyrillic, Hebrew, Arabic and their neighbours.
        '\u{250}'..='\u{10ff}' => 640,
        '\u{2000}'..='\u{206f}' => 500,
        // Full-width letters and pictures.
        _ if sign as u32 >= 0x1f000 => 1300,
        _ => 1000,
    }
}

/// About how wide a line of text is.
pub(super) fn width(text: &str, face: Face) -> i32 {
    let all: i64 = text.chars().map(|sign| i64::from(letter(sign))).sum();
    let wide = all * i64::from(face.size) * i64::from(face.wide) / 100_000;
    i32::try_from(wide).unwrap_or(i32::MAX)
}

/// A text in at most `most` lines of this width. A word that is too long is broken, a text that is too long cut.
pub(super) fn wrap(text: &str, face: Face, room: i32, most: usize) -> TextBox {
    let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rtl = is_rtl(&whole);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = whole.as_str();
    while !rest.is_empty() {
        if lines.len() + 1 == most && width(rest, face) > room {
            lines.push(cut(rest, face, room));
            break;
        }
        let end = line_end(rest, face, room);
        lines.push(rest[..end].trim_end().to_string());
        rest = rest[end..].trim_start();
    }
    TextBox { lines, whole, rtl, at: Point::default(), room, leading: face.size + 4 }
}

/// The bytes of the first line: up to the last space that fits, else to the last letter.
fn line_end(text: &str, face: Face, room: i32) -> usize {
    let fits = fitting(text, face, room);
    if fits == text.len() || text[fits..].starts_with(' ') {
        return fits;
    }
    match text[..fits].rfind([' ', '-', '/']) {
        // A hyphen stays on its line.
        Some(at) if at > 0 => at + 1,
        _ => fits,
    }
}

/// The bytes that fit into a line; at least one letter with what stands on it.
fn fitting(text: &str, face: Face, room: i32) -> usize {
    let mut ends: Vec<usize> =
        text.char_indices().filter(|(_, sign)| letter(*sign) > 0).map(|(at, _)| at).collect();
    // Letters that a joiner holds together stay together.
    ends.retain(|at| !text[..*at].ends_with('\u{200d}'));
    ends.push(text.len());
    let after_first = ends.iter().copied().find(|end| *end > 0).unwrap_or(text.len());
    let found = ends.partition_point(|end| width(&text[..*end], face) <= room);
    ends[..found].last().copied().unwrap_or(0).max(after_first)
}

fn cut(text: &str, face: Face, room: i32) -> String {
    let fits = fitting(text, face, room - width("…", face));
    let short = &text[..fits];
    // At the end of a word, if that costs little.
    let word = short.rfind(' ').filter(|at| at * 3 > fits * 2 && !text[fits..].starts_with(' '));
    format!("{}…", short[..word.unwrap_or(fits)].trim_end_matches([' ', ',', '.', '–', '-']))
}

/// Is the first letter that has a direction one that is written from right to left?
fn is_rtl(text: &str) -> bool {
    let strong = text.chars().find(|sign| sign.is_alphabetic());
    strong.is_some_and(
        |sign| matches!(sign, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: i32, most: usize) -> Vec<String> {
        wrap(text, ANSWER, room, most).lines
    }

    #[test]
    fn lines_end_between_words() {
        assert_eq!(lines("  What would\nyou do? ", 90, 2), ["What would", "you do?"]);
        assert_eq!(lines("Yes", 10_000, 2), ["Yes"]);
        assert!(lines("", 100, 2).is_empty());
        assert_eq!(lines("Donaudampfschiff", 60, 9), ["Donauda", "mpfschif", "f"]);
        assert_eq!(lines("One two three four five six", 80, 2), ["One two", "three four…"]);
        assert!(wrap("One two three four five six", ANSWER, 70, 2).is_cut());
        assert!(!wrap("Wait …", ANSWER, 700, 2).is_cut());
    }

    #[test]
    fn no_letter_is_torn_apart() {
        let family = "👩‍👩‍👧‍👦";
        let lines = lines(&family.repeat(3), 40, 9);
        assert_eq!(lines, [family, family, family]);
        assert_eq!(wrap("e\u{301}e\u{301}", ANSWER, 1, 5).lines, ["e\u{301}", "e\u{301}"]);
        assert!(wrap("שלום abc", ANSWER, 100, 1).rtl && !wrap("“abc” שלום", ANSWER, 100, 1).rtl);
    }
}
