//! Lines of files that hosts read: `_headers` and `_redirects`.

use std::borrow::Cow;

/// The value of a header as a line has it (RFC 9110, section 5.5): without control characters, none of which may be
/// in it. A line break would begin another header.
#[must_use]
pub fn value(text: &str) -> Cow<'_, str> {
    match text.contains(char::is_control) {
        true => Cow::Owned(text.chars().filter(|c| !c.is_control()).collect()),
        false => Cow::Borrowed(text),
    }
}

/// A percent-encoded path in a rule, where it means itself: `:name` and `*` are placeholders there (Netlify and
/// Cloudflare Pages, "Redirects").
#[must_use]
pub fn path(encoded: &str) -> Cow<'_, str> {
    if !encoded.contains(|c: char| matches!(c, ':' | '*' | ' ') || c.is_control()) {
        return Cow::Borrowed(encoded);
    }
    let mut out = String::with_capacity(encoded.len() + 8);
    for c in encoded.chars() {
        match c {
            ':' => out.push_str("%3A"),
            '*' => out.push_str("%2A"),
            // A rule's parts are divided by spaces, and rules by line ends.
            ' ' => out.push_str("%20"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_begins_a_line_or_a_part() {
        assert_eq!(value("a\r\nSet-Cookie: b\u{85}\t c"), "aSet-Cookie: b c");
        assert_eq!(path("/a:b/*/c d\r\n/e /f 200\u{0}"), "/a%3Ab/%2A/c%20d/e%20/f%20200");
        assert!(matches!(path("/plain/"), Cow::Borrowed("/plain/")));
    }
}
