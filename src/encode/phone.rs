//! Phone numbers as people write them, and the links that call them (RFC 3966).
//!
//! A link calls the number that is written, or there is none: what could be read in two ways is refused with a reason.
//! Forms in the browser follow the same rules where they make one number of what is typed (`lead.js`).

use unicode_normalization::UnicodeNormalization as _;

/// The most digits of a number that can be called from abroad (ITU-T E.164, section 6).
const MOST: usize = 15;

/// The fewest digits of a number with its country's code; short numbers at home have three or more.
const LEAST_ABROAD: usize = 7;
const LEAST_AT_HOME: usize = 3;

/// Words before the number of an extension, in lower case and without a dot.
const EXTENSION: &[&str] = &[
    "extension",
    "ext",
    "x",
    "anknytning",
    "ankn",
    "ank",
    "internnummer",
    "internnr",
    "lokal",
    "linje",
    "durchwahl",
    "dw",
    "poste",
    "#",
    ";ext=",
];

/// Calling codes of countries whose numbers begin with a zero that is only dialled at home.
const WITH_ZERO: &[&str] = &["31", "32", "33", "353", "358", "41", "43", "44", "46", "49", "61", "64"];

/// Why a text is no number that a link could call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPhone {
    /// It has no digits at all.
    NoDigits,
    /// It has fewer than any number.
    TooShort,
    /// It has more than any number.
    TooLong,
    /// There is another one in it.
    Second,
    /// The same digits are there twice.
    Twice,
    /// It has other words or signs in it.
    Words,
}

impl NoPhone {
    /// As the end of a sentence: `it has no digits`.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::NoDigits => "it has no digits",
            Self::TooShort => "it has too few digits",
            Self::TooLong => "it has more than 15 digits",
            Self::Second => "it contains more than one number",
            Self::Twice => "it contains the same digits twice",
            Self::Words => "it contains words or signs that aren't part of a number",
        }
    }
}

/// The link that calls a number: `+46 (0)8 12 34 56, ext. 12` is `tel:+468123456;ext=12`. Words before the number and a
/// note in brackets after it, such as opening hours, are left out.
///
/// # Errors
///
/// Why it isn't clear what to call.
pub fn tel(written: &str) -> Result<String, NoPhone> {
    let text = written.nfkc().collect::<String>().to_lowercase();
    let text = text.trim().strip_prefix("tel:").unwrap_or(text.trim());
    let start = text.find(|c: char| c.is_ascii_digit() || c == '+').ok_or(NoPhone::NoDigits)?;
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Err(NoPhone::NoDigits);
    }
    // The bracket of an area code belongs to the number.
    let start = start - usize::from(text[..start].ends_with('('));
    let text = without_note(&text[start..]);
    let (number, extension) = extension(text);
    let digits = digits(number.trim().trim_end_matches([',', ';', '.', '-']).trim_end())?;
    Ok(match extension {
        Some(extension) => format!("tel:{digits};ext={extension}"),
        None => format!("tel:{digits}"),
    })
}

/// Without a bracket at the end that is a note: it has other things than digits in it, and is no extension.
fn without_note(text: &str) -> &str {
    let text = text.trim_end();
    let Some((number, note)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) else {
        return text;
    };
    let is_digits = note.chars().all(|c| c.is_ascii_digit() || c == ' ');
    let is_extension =
        EXTENSION.iter().any(|word| note.trim_start().starts_with(word)) && ends_in_extension(text);
    let is_number = note.bytes().filter(u8::is_ascii_digit).count() >= LEAST_ABROAD + 2;
    if is_digits || is_extension || is_number { text } else { number.trim_end() }
}

fn ends_in_extension(text: &str) -> bool {
    extension(text).1.is_some()
}

/// The number, and the digits of an extension after it.
fn extension(text: &str) -> (&str, Option<&str>) {
    let none = (text, None);
    let inner = text.trim_end_matches([')', ' ']);
    let at = inner
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + inner[at..].chars().next().map_or(1, char::len_utf8));
    let (rest, digits) = inner.split_at(at);
    if digits.is_empty() || digits.len() > 7 {
        return none;
    }
    let rest = rest.trim_end_matches([' ', '.', ':']);
    for word in EXTENSION {
        let Some(number) = rest.strip_suffix(word) else { continue };
        // `x` alone also ends longer words.
        if number.ends_with(char::is_alphabetic) {
            continue;
        }
        return (number.trim_end_matches([' ', ',', ';', '(', '-']), Some(digits));
    }
    none
}

/// The digits of one number, with the `+` in front of it.
fn digits(number: &str) -> Result<String, NoPhone> {
    let inner = number.trim_start_matches('(');
    let is_abroad = inner.starts_with('+');
    if inner.get(1..).is_some_and(|rest| rest.contains('+')) || has_second(number) {
        return Err(NoPhone::Second);
    }
    // In +46 (0)8 the zero is only dialled at home.
    let dialled = if is_abroad { number.replace("(0)", " ") } else { number.to_string() };
    let is_part = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || "+()-./\u{2212}".contains(c)
            || ('\u{2010}'..='\u{2015}').contains(&c)
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if !dialled.chars().all(is_part) {
        return Err(NoPhone::Words);
    }
    let mut found: String = dialled.chars().filter(char::is_ascii_digit).collect();
    let half = found.len() / 2;
    if half >= LEAST_ABROAD && found.len() == 2 * half && found[..half] == found[half..] {
        return Err(NoPhone::Twice);
    }
    // A number in brackets after all others could be anything.
    let last_bracket =
        dialled.rsplit_once(')').is_some_and(|(_, rest)| !rest.contains(|c: char| c.is_ascii_digit()));
    if last_bracket && dialled.contains('(') {
        return Err(NoPhone::Second);
    }
    if is_abroad
        && let Some(code) =
            WITH_ZERO.iter().find(|code| found.strip_prefix(**code).is_some_and(|rest| rest.starts_with('0')))
    {
        found.remove(code.len());
    }
    match found.len() {
        0 => Err(NoPhone::NoDigits),
        len if len > MOST => Err(NoPhone::TooLong),
        len if len < LEAST_AT_HOME || is_abroad && len < LEAST_ABROAD => Err(NoPhone::TooShort),
        _ => Ok(if is_abroad { format!("+{found}") } else { found }),
    }
}

/// Is there a second number, after a slash, a comma or a word? `030/123 45 67` is one: a slash after an area code.
fn has_second(number: &str) -> bool {
    let count = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let after = |at: usize, len: usize| count(&number[at + len..]) >= LEAST_AT_HOME;
    let mut marks =
        number.match_indices(|c: char| matches!(c, '/' | ',' | ';' | '|' | '&' | '\n') || c.is_alphabetic());
    marks.any(|(at, mark)| {
        let is_area = mark == "/" && count(&number[..at]) <= 6 && !number[at + 1..].contains('/');
        !is_area && count(&number[..at]) >= LEAST_AT_HOME && after(at, mark.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (written, link) in [
            ("+46 (0)8 465 004 10", "tel:+46846500410"),
            ("+46 08-465 004 10", "tel:+46846500410"),
            ("08-465 004 10", "tel:0846500410"),
            ("(08) 465 004 10", "tel:0846500410"),
            ("(+46) 8 465 004 10", "tel:+46846500410"),
            ("Tel: 08\u{2011}465\u{a0}004\u{a0}10", "tel:0846500410"),
            ("tel:+46846500410", "tel:+46846500410"),
            ("+46 8 465 004 10 ext. 12", "tel:+46846500410;ext=12"),
            ("08-465 004 10, ankn 12", "tel:0846500410;ext=12"),
            ("08-465 004 10 (ankn. 12)", "tel:0846500410;ext=12"),
            ("+1 555 010 9999 x12", "tel:+15550109999;ext=12"),
            ("+1 555 010 9999;ext=12", "tel:+15550109999;ext=12"),
            ("22 00 00 00 #12", "tel:22000000;ext=12"),
            ("+46 8 465 004 10 (9–17)", "tel:+46846500410"),
            ("+46 8 465 004 10 (vardagar 9-17)", "tel:+46846500410"),
            ("+46 8 465 004 10 (växel)", "tel:+46846500410"),
            ("030/123 45 67", "tel:0301234567"),
            ("1177", "tel:1177"),
            ("112", "tel:112"),
            ("０８-４６５ ００４ １０", "tel:0846500410"),
        ] {
            assert_eq!(tel(written).as_deref(), Ok(link), "{written}");
        }
    }

    #[test]
    fn what_could_call_somebody_else() {
        use NoPhone::{NoDigits, Second, TooLong, TooShort, Twice, Words};
        for (written, why) in [
            ("ring the office", NoDigits),
            ("", NoDigits),
            ("+", NoDigits),
            ("08-465 004 10 / 070-174 06 05", Second),
            ("08-465 004 10 eller 070-174 06 05", Second),
            ("08-465 004 10, 070-174 06 05", Second),
            ("+46 8 465 004 10 +46 70 174 06 05", Second),
            ("08-465 004 10 (070-174 06 05)", Second),
            ("08-465 004 10 (11)", Second),
            ("08-465 004 1008-465 004 10", Twice),
            ("08-465 004 10 070-174 06 05", TooLong),
            ("+46 8 465 004 10 9-17 123", TooLong),
            ("0800 FLOWERS", Words),
            ("08-465 004 10 weekdays", Words),
            ("12", TooShort),
            ("+46 8", TooShort),
        ] {
            assert_eq!(tel(written), Err(why), "{written}");
        }
    }
}
