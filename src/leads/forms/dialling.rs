//! How countries dial, and the E.164 of what people type, by the rules of `client/validate.js`.

use unicode_normalization::UnicodeNormalization as _;

use super::clean::is_space;

/// How many digits a phone number has, also one with an extension.
const DIGITS: std::ops::RangeInclusive<usize> = 5..=20;

/// A country's calling code, and how many digits its numbers have, or 0 where they begin with a zero at home that is left
/// out from abroad; `None` where that isn't known here. `country` is its code by ISO 3166-1 alpha-2.
#[must_use]
pub(super) fn dial(country: &str) -> Option<(&'static str, usize)> {
    Some(match country {
        "AT" => ("43", 0),
        "AU" => ("61", 0),
        "BE" => ("32", 0),
        "CA" | "US" => ("1", 10),
        "CH" => ("41", 0),
        "CZ" => ("420", 9),
        "DE" => ("49", 0),
        "DK" => ("45", 8),
        "EE" => ("372", 8),
        "ES" => ("34", 9),
        "FI" => ("358", 0),
        "FR" => ("33", 0),
        "GB" => ("44", 0),
        "IE" => ("353", 0),
        "IS" => ("354", 7),
        "IT" => ("39", 10),
        "LT" => ("370", 0),
        "LV" => ("371", 8),
        "NL" => ("31", 0),
        "NO" => ("47", 8),
        "NZ" => ("64", 0),
        "PL" => ("48", 9),
        "PT" => ("351", 9),
        "SE" => ("46", 0),
        _ => return None,
    })
}

/// E.164 where the number or the country tells how, else as it was typed.
pub(super) fn phone(text: &str, country: Option<&str>) -> Option<String> {
    let typed = without_prefix(&text.nfkc().collect::<String>());
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let (code, length) = country.and_then(dial).unwrap_or_default();
    if !DIGITS.contains(&digits.len()) || is_twice(&digits) {
        return None;
    }
    let is_number = |c: char| c.is_ascii_digit() || is_space(c) || "+()./".contains(c) || is_mark(c);
    if has_more(&typed) || digits.len() > 15 || !typed.chars().all(is_number) {
        return Some(text.to_string());
    }
    let world = if typed.contains('+') { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    let is_zero = !code.is_empty() && length == 0;
    if let Some(world) = world {
        if world.starts_with('0') || !(5..=15).contains(&world.len()) {
            return None;
        }
        // In +46 070 the zero is only dialled at home.
        let rest = world.strip_prefix(code).and_then(|rest| rest.strip_prefix('0')).filter(|_| is_zero);
        return Some(rest.map_or_else(|| format!("+{world}"), |rest| format!("+{code}{rest}")));
    }
    if code.is_empty() {
        return Some(text.to_string());
    }
    let home = if is_zero {
        digits.strip_prefix('0')
    } else {
        Some(digits.as_str()).filter(|own| own.len() == length)
    };
    if let Some(home) = home {
        return Some(format!("+{code}{home}"));
    }
    let least = if length == 0 { 9 } else { length };
    Some(if digits.starts_with(code) && digits.len() > least {
        format!("+{digits}")
    } else {
        text.to_string()
    })
}

/// Without `tel:` at its beginning, and without the zero that is only dialled at home.
fn without_prefix(text: &str) -> String {
    let is_link = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("tel:"));
    text[if is_link { 4 } else { 0 }..].replace("(0)", "")
}

/// Has a browser filled in the same number twice?
fn is_twice(digits: &str) -> bool {
    let half = digits.len() / 2;
    half >= 7 && digits.len() == 2 * half && digits[..half] == digits[half..]
}

/// Is there an extension, hours or a second number? They are never glued to the first.
fn has_more(typed: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let Some(first) = typed.find(is_digit) else { return false };
    // A bracket with digits and something else in it.
    let is_noted = typed.match_indices('(').any(|(at, _)| {
        let inner = typed[at + 1..].trim_start_matches(is_digit);
        let rest = inner.trim_start_matches(|c: char| !is_digit(c) && c != '(' && c != ')');
        at > first && rest.len() < inner.len() && rest.trim_start_matches(is_digit).starts_with(')')
    });
    let is_slashed = typed.match_indices('/').any(|(at, _)| {
        let before = typed[..at].trim_end_matches(|c| is_space(c) || c == ')');
        before.ends_with(is_digit) && typed[at + 1..].trim_start_matches(is_space).starts_with(['+', '0'])
    });
    let end = typed.trim_end_matches(is_space).strip_suffix(')');
    let is_bracketed = end.is_some_and(|end| {
        let before = end.trim_end_matches(is_digit);
        before.len() < end.len() && before.ends_with('(')
    });
    is_noted || is_slashed || typed[first..].contains('+') || is_bracketed
}

/// Dashes, the minus sign, and what can't be seen: Unicode's categories Pd and Cf, as far as texts have them.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{58a}' | '\u{5be}' | '\u{61c}' | '\u{1400}' | '\u{1806}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{2212}' | '\u{2e17}' | '\u{2e1a}'
            | '\u{2e3a}' | '\u{2e3b}' | '\u{2e40}' | '\u{2e5d}' | '\u{301c}' | '\u{3030}' | '\u{30a0}'
            | '\u{fe31}' | '\u{fe32}' | '\u{fe58}' | '\u{fe63}' | '\u{feff}' | '\u{ff0d}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}'
    )
}
