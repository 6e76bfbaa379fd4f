//! Scripts that are written without spaces between words: Chinese and Japanese, Thai, Lao, Khmer, Burmese.
//!
//! Where their words begin, only a dictionary knows. So they are cut into overlapping pairs of characters, as
//! `docs/content/search-index.md` specifies under "Words"; `engine-words.js` cuts queries in the same way.

use unicode_normalization::char::is_combining_mark;

/// Languages that are written so: their pairs need neither stop words nor endings.
const LANGUAGES: &[&str] = &["ja", "zh", "yue", "th", "lo", "km", "my"];

/// Is a language with this code, such as `zh` of `zh-Hant`, written without spaces?
pub(super) fn is_spaceless_language(code: &str) -> bool {
    LANGUAGES.contains(&code)
}

/// Is it a letter of a script without spaces? Their digits and punctuation are none.
pub(super) fn is_spaceless(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{30ff}'
            | '\u{3105}'..='\u{312f}'
            | '\u{31a0}'..='\u{31ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
    ) && c.is_alphabetic()
        && !is_combining_mark(c)
}

/// The text with its runs of such letters cut into pairs, between spaces; `None` where there is none. After the pairs comes
/// the last letter, so that each is the beginning of something. A letter has the marks that follow it.
pub(super) fn with_pairs(text: &str) -> Option<String> {
    if text.is_ascii() || !text.chars().any(is_spaceless) {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 3);
    let mut run: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !is_spaceless(first) {
            push_pairs(&mut run, &mut out);
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let after = &rest[first.len_utf8()..];
        let marks = after.find(|c| !is_combining_mark(c)).unwrap_or(after.len());
        let (letter, others) = rest.split_at(first.len_utf8() + marks);
        run.push(letter);
        rest = others;
    }
    push_pairs(&mut run, &mut out);
    Some(out)
}

/// Appends the pairs of a run, and empties it.
fn push_pairs(run: &mut Vec<&str>, out: &mut String) {
    let Some(last) = run.last() else { return };
    let pairs = run.windows(2).flat_map(|pair| [" ", pair[0], pair[1]]);
    out.extend(pairs.chain([" ", last, " "]));
    run.clear();
}
