//! Addresses that may be in a link, a picture or a setting: which scheme a browser sees in a text, and which it may not
//! see there.
//!
//! Whatever ends up in an `href` or `src` goes through [`Address`] or [`Web`]; nothing else makes them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::Serialize;

/// Schemes whose addresses are programs or whole documents that run in the site's name, or files of the reader's own
/// disk.
const REFUSED: &[(&str, Danger)] = &[
    ("javascript", Danger::Runs),
    ("vbscript", Danger::Runs),
    ("livescript", Danger::Runs),
    ("mocha", Danger::Runs),
    ("data", Danger::Data),
    ("blob", Danger::Data),
    ("filesystem", Danger::Data),
    ("file", Danger::Disk),
];

/// Types of documents that can have scripts in them, so that a `data:` address of one runs.
const SCRIPTING_TYPES: &[&str] =
    &["html", "xml", "svg", "xslt", "javascript", "ecmascript", "x-mixed-replace"];

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Danger {
    /// It runs as a program, such as `javascript:`.
    Runs,
    /// It holds a whole document: `data:`.
    Data,
    /// It is on the disk of whoever reads.
    Disk,
    /// It has characters that browsers leave out, so that it isn't what it looks like.
    Hidden,
}

impl Danger {
    /// What its author can do instead, as a sentence of a message.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Runs | Self::Data => {
                "browsers refuse it on this site; link to a page, a file or a web address"
            }
            Self::Disk => "it is only on your disk; put the file next to the page, and name it by its path",
            Self::Hidden => "browsers ignore tabs, line breaks and control characters; write it without them",
        }
    }
}

/// An address without a scheme that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// Takes an address as it will be in an attribute.
    ///
    /// # Errors
    ///
    /// Why it is dangerous there.
    pub fn new(text: impl Into<String>) -> Result<Self, Danger> {
        let text = text.into();
        match danger(&text) {
            Some(danger) => Err(danger),
            None => Ok(Self(text)),
        }
    }
}

/// An absolute address on the web: `https:` or `http:` with a host, and nothing in it that a URL can't have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Web(String);

impl Web {
    /// Takes the text if it is such an address.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let has_host = !rest.starts_with(['/', '?', '#']) && !rest.is_empty();
        let is_clean = !text.contains(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c));
        (has_host && is_clean && !rest.contains('\\')).then_some(Self(text))
    }
}

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Deref for Web {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Characters that turn or hide what is read (Unicode, UAX #9): an address in which they are isn't what it looks like.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
}

/// The address as a browser reads it: without space and control characters at its ends, and without tabs and line ends
/// (WHATWG URL, section 4.4, the basic URL parser, steps 1 to 3).
fn as_read(address: &str) -> Cow<'_, str> {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    match trimmed.contains(['\t', '\n', '\r']) {
        true => Cow::Owned(trimmed.replace(['\t', '\n', '\r'], "")),
        false => Cow::Borrowed(trimmed),
    }
}

/// The scheme that a browser sees (WHATWG URL, section 4.4, "scheme start state"), in lower case.
#[must_use]
pub fn scheme(address: &str) -> Option<String> {
    let read = as_read(address);
    let (scheme, _) = read.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// What is dangerous about an address in a link, a picture or a setting.
#[must_use]
pub fn danger(address: &str) -> Option<Danger> {
    let named = scheme(address);
    let found = named.as_deref().and_then(|named| REFUSED.iter().find(|(scheme, _)| *scheme == named));
    match found {
        Some((_, danger)) => Some(*danger),
        None if is_on_disk(address) => Some(Danger::Disk),
        // `ja<tab>vascript:` is found above; a control character anywhere else hides something, too.
        None if address.contains(|c: char| c.is_control()) => Some(Danger::Hidden),
        None => None,
    }
}

/// Is it a path as Windows has it, `C:\price.pdf`, `C:/price.pdf` or `\\server\price.pdf`?
fn is_on_disk(address: &str) -> bool {
    let bytes = as_read(address).into_owned().into_bytes();
    bytes.starts_with(br"\\")
        || bytes.first().is_some_and(u8::is_ascii_alphabetic)
            && bytes.get(1) == Some(&b':')
            && matches!(bytes.get(2), Some(b'\\' | b'/'))
}

/// What is dangerous about an address in HTML that the author has written, where pictures may be in the page itself.
#[must_use]
pub fn danger_in_html(address: &str) -> Option<Danger> {
    match danger(address) {
        Some(Danger::Hidden) => None,
        Some(Danger::Data) if scheme(address).as_deref() == Some("data") => {
            let read = as_read(address).to_ascii_lowercase();
            let kind = read["data:".len()..].split([',', ';']).next().unwrap_or_default();
            SCRIPTING_TYPES.iter().any(|name| kind.contains(name)).then_some(Danger::Data)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_found_however_it_is_written() {
        for address in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}\u{1f} java\r\nscript\n:alert(1)",
            "VBScript:x",
            "data:text/html,<script>",
            "data:,x",
            "file:///etc/passwd",
            "blob:https://x.example/1",
            r"C:\price.pdf",
            "c:/price.pdf",
            r"\\server\price.pdf",
        ] {
            assert!(danger(address).is_some(), "{address:?}");
            assert!(Address::new(address).is_err() && Web::new(address).is_none(), "{address:?}");
        }
    }

    #[test]
    fn what_runs_nothing_is_fine() {
        for address in [
            "https://x.example/javascript:a",
            "insights/a.md#javascript:b",
            "mailto:a@b.example",
            "tel:+4681234",
            "//x.example/",
            "",
            "#data:x",
            "javascript%3Aalert(1)",
            "skype:kim?call",
        ] {
            assert_eq!(danger(address), None, "{address:?}");
            assert_eq!(&*Address::new(address).expect("fine"), address);
        }
        assert_eq!(danger("a\u{1}b"), Some(Danger::Hidden));
    }

    #[test]
    fn the_web_has_hosts() {
        assert_eq!(Web::new("https://x.example/a?b#c").as_deref(), Some("https://x.example/a?b#c"));
        for text in [
            "https://",
            "https:///x",
            "https:x",
            "http://x y",
            "https://x\u{0}",
            "//x",
            "https:\\\\x",
            "https://a\u{202e}b",
        ] {
            assert_eq!(Web::new(text), None, "{text:?}");
        }
    }

    #[test]
    fn pictures_in_html_may_be_in_the_page() {
        assert_eq!(danger_in_html("data:image/png;base64,AAAA"), None);
        for address in ["data:text/html,x", " dAtA:image/svg+xml;base64,AA", "data:application/xhtml+xml,x"] {
            assert_eq!(danger_in_html(address), Some(Danger::Data), "{address}");
        }
        assert_eq!(danger_in_html("java\nscript:x"), Some(Danger::Runs));
    }
}
