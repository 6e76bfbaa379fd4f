//! Slugs: the part of a URL that is made from a title, a term or a heading.
//!
//! One rule for page addresses, taxonomy terms, heading ids and script steps, so that an author who knows one knows
//! them all. Start with [`slug`].

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Makes a slug of `text`: lower case; spaces become single `-`; punctuation goes (also dots), `-` and `_` stay;
/// Latin letters lose their marks (å, ä → a; ö, ø → o; æ → ae; é → e; ß → ss); letters of other scripts are kept.
///
/// Much like GitHub's heading ids, but never with two `-` in a row or one at an end. Empty when `text` holds neither
/// a letter nor a digit nor `_`. Composed and decomposed spellings of the same text give the same slug.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().for_each(|c| push(c, &mut out));
    } else {
        // Composed first: a letter outside Latin (й) is kept whole and must not depend on how it was typed.
        text.nfc().for_each(|c| push(c, &mut out));
    }
    let kept = out.trim_end_matches('-').len();
    out.truncate(kept);
    out
}

/// Makes the slug of a term, in which signs count that tell names apart: C++ (`c-plus-plus`), C# (`c-sharp`) and C are
/// three, and so are R&D and RD, .NET and NET, 2.0 and 20, <50 and >50. A sign that stands alone (`A & B`) is
/// punctuation, as in every [`slug`]. The words are English in all languages: translations share a term by its slug.
///
/// Empty when `text` holds neither a letter nor a digit nor `_`.
#[must_use]
pub fn term(text: &str) -> String {
    const SIGNS: &[char] =
        &['+', '#', '&', '.', '/', '%', '*', '-', '<', '>', '$', '€', '£', '♯', '＋', '＃', '＆'];
    let plain = slug(text);
    if plain.is_empty() || !text.contains(SIGNS) {
        return plain;
    }
    let chars: Vec<char> = text.trim().chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        match spoken(c, before, &chars[at + 1..]) {
            Some(word) => {
                out.push(' ');
                out.push_str(word);
                out.push(' ');
            }
            None => out.push(c),
        }
    }
    slug(&out)
}

/// What a sign in a name is called, given what is around it.
fn spoken(c: char, before: Option<char>, after: &[char]) -> Option<&'static str> {
    let is_in_name = |c: &char| c.is_alphanumeric();
    let next = after.first();
    let is_after = before.as_ref().is_some_and(|c| is_in_name(c) || matches!(c, '+' | '＋' | '*' | ')'));
    let is_before = next.is_some_and(is_in_name);
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    Some(match c {
        '+' | '＋' if is_after || is_before => "plus",
        // In front of a word it is a hashtag's.
        '#' | '＃' | '♯' if is_after => "sharp",
        '&' | '＆' if is_after && is_before => "and",
        '.' if before.is_none_or(char::is_whitespace) && is_before => "dot",
        '.' if is_digit(before.as_ref()) && is_digit(next) => " ",
        '/' if is_after && is_before => " ",
        '%' if is_after || before == Some(' ') => "percent",
        '*' if is_after => "star",
        '-' if after.iter().all(|c| *c == '-') && before.is_some() => "minus",
        '<' if is_before || next == Some(&' ') => "under",
        '>' if is_before || next == Some(&' ') => "over",
        '$' if is_after || is_before => "dollar",
        '€' if is_after || is_before => "euro",
        '£' if is_after || is_before => "pound",
        _ => return None,
    })
}

fn push(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' | '_' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '-' => dash(out),
        _ if c.is_whitespace() => dash(out),
        _ if c.is_ascii() => {}
        _ => push_other(c, out),
    }
}

fn dash(out: &mut String) {
    if !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

/// Appends what stands for a character beyond ASCII: letters without accents, or the character itself in lower case.
fn push_other(c: char, out: &mut String) {
    if let Some(letters) = spelled_out(c) {
        out.push_str(letters);
        return;
    }
    if is_combining_mark(c) {
        // On a Latin letter it goes; on a letter of another script it is part of the word.
        if out.chars().next_back().is_some_and(|last| !last.is_ascii()) {
            out.push(c);
        }
        return;
    }
    if !c.is_alphanumeric() {
        return;
    }
    let mut latin = true;
    decompose_compatible(c, |part| latin &= part.is_ascii() || is_combining_mark(part));
    if latin {
        decompose_compatible(c, |part| {
            if part.is_ascii_alphanumeric() {
                out.push(part.to_ascii_lowercase());
            }
        });
    } else {
        out.extend(c.to_lowercase());
    }
}

/// Latin letters that Unicode doesn't decompose.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' | 'Æ' => "ae",
        'ø' | 'Ø' => "o",
        'œ' | 'Œ' => "oe",
        'ß' | 'ẞ' => "ss",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "ng",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{slug, term};

    #[test]
    fn signs_tell_terms_apart() {
        for (text, expected) in [
            ("C", "c"),
            ("C++", "c-plus-plus"),
            ("c++ ", "c-plus-plus"),
            ("C#", "c-sharp"),
            ("C♯", "c-sharp"),
            ("F#", "f-sharp"),
            ("C--", "c-minus-minus"),
            (".NET", "dot-net"),
            ("NET", "net"),
            ("ASP.NET", "aspnet"),
            ("Node.js", "nodejs"),
            ("A+", "a-plus"),
            ("A*", "a-star"),
            ("R&D", "r-and-d"),
            ("RD", "rd"),
            ("Sales & marketing", "sales-marketing"),
            ("#crm", "crm"),
            ("Web 2.0", "web-2-0"),
            ("24/7", "24-7"),
            ("C/C++", "c-c-plus-plus"),
            ("<50 anställda", "under-50-anstallda"),
            (">50 anställda", "over-50-anstallda"),
            ("50 %", "50-percent"),
            ("50+", "50-plus"),
            ("före-efter", "fore-efter"),
            ("++", ""),
            ("🔥", ""),
        ] {
            assert_eq!(term(text), expected, "{text}");
            assert_eq!(term(expected), expected, "{text}");
        }
    }

    #[test]
    fn follows_the_rules_by_example() {
        for (text, expected) in [
            ("Too busy", "too-busy"),
            ("Objection: Too busy", "objection-too-busy"),
            ("  A  &  B – c. ", "a-b-c"),
            ("Åtta skäl: därför står CRM:et tomt", "atta-skal-darfor-star-crmet-tomt"),
            ("Når ærlighet lønner seg", "nar-aerlighet-lonner-seg"),
            ("Café Straße Œuvre Łódź", "cafe-strasse-oeuvre-lodz"),
            ("don’t", "dont"),
            ("v1.2", "v12"),
            ("my_page-name", "my_page-name"),
            ("ﬁne Ａ ²", "fine-a-2"),
            ("İstanbul", "istanbul"),
            ("Привет, Мир", "привет-мир"),
            ("Ελληνικά", "ελληνικά"),
            ("東京 タワー", "東京-タワー"),
            ("हिन्दी", "हिन्दी"),
            ("…!?", ""),
            ("", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn composed_and_decomposed_text_agree() {
        assert_eq!(slug("Cafe\u{301}"), "cafe");
        assert_eq!(slug("и\u{306}од"), slug("йод"));
    }

    #[test]
    fn a_slug_is_its_own_slug() {
        for text in ["Åtta skäl", "Привет, Мир", "हिन्दी", "a - b -- c_d"] {
            assert_eq!(slug(&slug(text)), slug(text));
        }
    }
}
