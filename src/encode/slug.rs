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

/// A character beyond ASCII.
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
    use super::slug;

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
