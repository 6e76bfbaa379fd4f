//! JSON inside of a script element.
//!
//! Nothing in a script element is unescaped, and `</script` or `<!--` in it end or change it whatever the JSON means
//! (HTML, section 4.12.1.3, "Restrictions for contents of script elements"). In JSON these signs can only be in texts,
//! where `\u003c` says the same (RFC 8259, section 7). U+2028 and U+2029 end lines in old JavaScript (ECMA-262 before
//! 2019).

use std::fmt::Write as _;

use serde::Serialize;

/// The value as JSON that is right inside of a script element.
///
/// # Panics
///
/// When the value has maps whose keys are no texts, which JSON can't have.
#[must_use]
pub fn json(value: &impl Serialize) -> String {
    escaped(&super::json::text(value))
}

/// JSON without the signs that mean something in a script element.
#[must_use]
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut done = 0;
    for (at, byte) in json.bytes().enumerate() {
        // The line separators begin with this byte, and so do dashes and quotes.
        if !matches!(byte, b'<' | b'>' | b'&' | 0xe2) {
            continue;
        }
        let c = json[at..].chars().next().expect("these bytes begin a character");
        if matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}') {
            let _ = write!(out, "{}\\u{:04x}", &json[done..at], u32::from(c));
            done = at + c.len_utf8();
        }
    }
    out.push_str(&json[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element_and_nothing_is_lost() {
        let text = "</script><!-- ]]> & “å” \u{2028}\u{2029}\"'\\";
        let made = json(&[text]);
        assert!(!made.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{made}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&made).expect("still JSON"), [text]);
        assert_eq!(escaped("[]"), "[]");
    }
}
