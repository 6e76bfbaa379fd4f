//! HTML: text, values of attributes in double quotes, and addresses in them (HTML, section 13.1.2.3, and the output of
//! CommonMark's reference implementation).

use percent_encoding::percent_encode_byte;

/// What a byte becomes in text and in attribute values. `"` needs no escape in text, but CommonMark's own output has
/// one. Control characters aren't allowed in HTML at all, not even escaped.
const fn replacement(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\t' | b'\n' | b'\r' => None,
        0..=0x1f | 0x7f => Some("\u{fffd}"),
        _ => None,
    }
}

const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "counts the values of a byte")]
        {
            table[byte] = replacement(byte as u8).is_some();
        }
        byte += 1;
    }
    table
};

/// Appends `text` to `out`, safe between tags.
pub fn escape_text(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if SPECIAL[byte as usize] {
            out.push_str(&text[copied..at]);
            out.push_str(replacement(byte).unwrap_or_default());
            copied = at + 1;
        }
    }
    out.push_str(&text[copied..]);
}

/// Appends `value` to `out`, safe in an attribute value in double quotes; line ends become spaces.
pub fn escape_attribute(value: &str, out: &mut String) {
    if !value.contains(['\n', '\r']) {
        return escape_text(value, out);
    }
    for (number, line) in value.lines().enumerate() {
        if number > 0 {
            out.push(' ');
        }
        escape_text(line, out);
    }
}

/// Appends a URL to `out`, for an attribute: what can't stand in a URL is percent-encoded, as CommonMark's own output
/// has it; `%` stays, so a URL that is encoded already stays as it is.
pub fn escape_url(url: &str, out: &mut String) {
    let mut copied = 0;
    for (at, &byte) in url.as_bytes().iter().enumerate() {
        if URL_SAFE[byte as usize] {
            continue;
        }
        // Also inside of a character, all of whose bytes are encoded: then there is nothing to copy.
        if copied < at {
            out.push_str(&url[copied..at]);
        }
        if byte == b'&' {
            out.push_str("&amp;");
        } else if byte == b'\'' {
            out.push_str("&#x27;");
        } else {
            out.push_str(percent_encode_byte(byte));
        }
        copied = at + 1;
    }
    if copied < url.len() {
        out.push_str(&url[copied..]);
    }
}

const URL_SAFE: [bool; 256] = {
    let mut table = [false; 256];
    let safe = b"-_.+!*(),%#@?=;:/$~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut at = 0;
    while at < safe.len() {
        table[safe[at] as usize] = true;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn with(escape: fn(&str, &mut String), text: &str) -> String {
        let mut out = String::new();
        escape(text, &mut out);
        out
    }

    #[test]
    fn escapes() {
        assert_eq!(with(escape_text, "plain å"), "plain å");
        assert_eq!(with(escape_text, "<a & \"b\">\0\u{7f}"), "&lt;a &amp; &quot;b&quot;&gt;\u{fffd}\u{fffd}");
        assert_eq!(with(escape_attribute, "a\r\nb\n\"c\""), "a b &quot;c&quot;");
        assert_eq!(with(escape_url, "/å b?c=d&e='f'#[g]"), "/%C3%A5%20b?c=d&amp;e=&#x27;f&#x27;#%5Bg%5D");
        assert_eq!(with(escape_url, "/%C3%A5"), "/%C3%A5");
    }
}
