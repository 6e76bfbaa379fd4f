//! Percent-encoding (RFC 3986, section 2.1): parts of URLs, and the bodies of forms.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but what RFC 3986 calls unreserved (section 2.3).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All but what a path may have (section 3.3: `pchar` and `/`); `'` is encoded, too, as it ends attributes.
const PATH: &AsciiSet = &VALUE
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// All but what the encoding of forms leaves (WHATWG URL, "application/x-www-form-urlencoded percent-encode set").
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// What can be nowhere in a URL, unlike what divides its parts (RFC 3986, section 2).
const WHOLE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path as it is in an `href`: everything that a path can't have is encoded as UTF-8.
#[must_use]
pub fn path(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, PATH).into()
}

/// What follows a `#`. It may have what a path has (RFC 3986, section 3.5).
#[must_use]
pub fn fragment(id: &str) -> Cow<'_, str> {
    utf8_percent_encode(id, PATH).into()
}

/// Text as a value in a query: everything that isn't unreserved is encoded.
#[must_use]
pub fn value(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, VALUE).into()
}

/// A whole URL as it goes over the wire: what divides its parts and what is encoded already stay.
#[must_use]
pub fn encode_url(url: &str) -> Cow<'_, str> {
    utf8_percent_encode(url, WHOLE).into()
}

/// Names and values as HTML's forms send them (WHATWG URL, section 5.2, the serializer).
#[must_use]
pub fn form(pairs: &[(String, String)]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, FORM).to_string().replace(' ', "+");
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

/// Names and values of a body as HTML's forms send it, what [`form`] makes.
#[must_use]
pub fn pairs(body: &str) -> Vec<(String, String)> {
    let text = |part: &str| decode(&part.replace('+', " ")).into_owned();
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (text(name), text(value))
    };
    body.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// The text that a percent-encoded one stands for; as written where that isn't UTF-8. A `%` without two digits stays.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// The first `%` that two hexadecimal digits don't follow, with what does (RFC 3986, section 2.1).
#[must_use]
pub fn broken_escape(text: &str) -> Option<&str> {
    let is_escape = |rest: &str| rest.len() >= 3 && rest.as_bytes()[1..3].iter().all(u8::is_ascii_hexdigit);
    let at = text.match_indices('%').map(|(at, _)| at).find(|&at| !is_escape(&text[at..]))?;
    let end = text[at..].char_indices().nth(3).map_or(text.len(), |(end, _)| at + end);
    Some(&text[at..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_back() {
        for text in ["/a b/å#%?.png", "/привет/", "/🙂/", "/plain/x.html"] {
            assert_eq!(decode(&path(text)), text);
        }
        assert_eq!(path("/a b/å#'\"<"), "/a%20b/%C3%A5%23%27%22%3C");
        assert_eq!(path("/-._~!$&()*+,;=:@"), "/-._~!$&()*+,;=:@");
        assert_eq!(decode("/100%/%zz"), "/100%/%zz");
        assert_eq!(decode("%ff%41"), "%ff%41");
        assert_eq!(broken_escape("/a%20b%C3%a5/"), None);
        assert_eq!(broken_escape("/a%2/"), Some("%2/"));
        assert_eq!(broken_escape("%20%zz"), Some("%zz"));
        assert_eq!(broken_escape("100%"), Some("%"));
        assert_eq!(broken_escape("%åäö"), Some("%åä"));
    }

    #[test]
    fn each_part_has_its_own_rule() {
        assert_eq!(value("a b&c=å/#\r\n"), "a%20b%26c%3D%C3%A5%2F%23%0D%0A");
        assert_eq!(fragment("a b\">"), "a%20b%22%3E");
        assert_eq!(encode_url("https://x.example/å b?c=[d]%20#'"), "https://x.example/%C3%A5%20b?c=[d]%20#'");
        let pairs = [("a b".to_string(), "c&d=~*é".to_string()), ("e".into(), String::new())];
        assert_eq!(form(&pairs), "a+b=c%26d%3D%7E*%C3%A9&e=");
    }
}
