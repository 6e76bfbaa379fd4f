//! URLs: from names and paths in the content to what stands in an `href`.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Characters of a path segment that stay as they are (RFC 3986: unreserved, sub-delims, `:` and `@`), without `'`.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/".contains(&byte)
}

/// A path as it stands in an `href`: everything else is percent-encoded as UTF-8.
#[must_use]
pub fn encode(path: &str) -> Cow<'_, str> {
    if path.bytes().all(is_plain) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

/// The text that a percent-encoded path stands for; what is not valid stays as written.
#[must_use]
pub fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = path.get(i + 1..i + 3).filter(|_| bytes[i] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// Follows `target` from inside the folder `from`: `a/b` and `../c` give `a/c`. `None` where it leads out of the root.
#[must_use]
pub fn follow(from: &str, target: &str) -> Option<String> {
    let mut path = String::with_capacity(from.len() + target.len() + 1);
    let push = |path: &mut String, part: &str| {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(part);
    };
    from.split('/').filter(|part| !part.is_empty()).for_each(|part| push(&mut path, part));
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            _ => push(&mut path, part),
        }
    }
    Some(path)
}

/// A phone number as the target of a link (RFC 3966): `+46 (0)8 12 34` is `tel:+4681234`.
#[must_use]
pub fn tel(phone: &str) -> String {
    // In +46 (0)8 the zero is only dialled at home.
    let dialled =
        if phone.trim_start().starts_with('+') { phone.replace("(0)", "") } else { phone.to_string() };
    let digits: String = dialled.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}

/// Text as a value in a query: everything that isn't unreserved is percent-encoded as UTF-8.
#[must_use]
pub fn encode_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The scheme of an absolute URL (RFC 3986, 3.1), such as `https` or `mailto`.
#[must_use]
pub fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let mut bytes = scheme.bytes();
    let first = bytes.next()?;
    let is_scheme = first.is_ascii_alphabetic()
        && scheme.len() > 1
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_back() {
        for path in ["/a b/å#%?.png", "/привет/", "/🙂/", "/plain/x.html"] {
            assert_eq!(decode(&encode(path)), path);
        }
        assert_eq!(encode("/a b/å#"), "/a%20b/%C3%A5%23");
        assert_eq!(decode("/100%/%zz"), "/100%/%zz");
    }

    #[test]
    fn numbers_and_values() {
        assert_eq!(tel("+46 (0)8 465 004 10"), "tel:+46846500410");
        assert_eq!(tel("08-465 004 10"), "tel:0846500410");
        assert_eq!(tel("(08) 465 004 10"), "tel:0846500410");
        assert_eq!(encode_value("a b&c=å/#\r\n"), "a%20b%26c%3D%C3%A5%2F%23%0D%0A");
    }

    #[test]
    fn following() {
        assert_eq!(follow("content/a", "../b/c.md").as_deref(), Some("content/b/c.md"));
        assert_eq!(follow("a", "./x").as_deref(), Some("a/x"));
        assert_eq!(follow("a", "../../x"), None);
    }

    #[test]
    fn schemes() {
        assert_eq!(scheme("https://x"), Some("https"));
        assert_eq!(scheme("mailto:a@b"), Some("mailto"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("C:x"), None);
    }
}
