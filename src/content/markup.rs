//! Tags and attributes of HTML and SVG that somebody else has written, read as a browser reads them, to tell what could
//! run in them. Nothing is made of it: what is published are the author's own bytes.

use std::borrow::Cow;
use std::ops::Range;

use crate::encode::address::{self, Danger};

/// Attributes whose value is an address, or a list with addresses in it. Those of SVG's animations give another
/// attribute its value.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "xlink:href",
    "poster",
    "data",
    "background",
    "ping",
    "manifest",
    "to",
    "from",
    "by",
    "values",
];

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Where the tag begins.
    pub start: usize,
    /// Its attributes in their order.
    pub attributes: Vec<Attribute<'t>>,
}

/// An attribute.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Its value without quotation marks, as it is written.
    pub raw: &'t str,
    /// Where that is.
    pub place: Range<usize>,
}

/// What could run, or lead away, in a piece of markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is: "a `<script>`" of an SVG, a whole sentence of an address in HTML.
    pub what: String,
    /// Where, in bytes of the piece.
    pub place: Range<usize>,
}

/// The start tags of a text (HTML, section 13.2.5, "Tokenization"). Comments have none.
#[must_use]
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|found| at + found) {
        at = open + 1;
        if text[at..].starts_with("!--") {
            at = text[at..].find("-->").map_or(text.len(), |end| at + end + 3);
        } else if text[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, end) = tag(text, open);
            found.push(tag);
            at = end;
        }
    }
    found
}

fn tag(text: &str, open: usize) -> (Tag<'_>, usize) {
    let bytes = text.as_bytes();
    let until = |from: usize, is_end: &dyn Fn(u8) -> bool| {
        (from..bytes.len()).find(|at| is_end(bytes[*at])).unwrap_or(bytes.len())
    };
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    let name_end = until(open + 1, &|b| is_space(b) || matches!(b, b'/' | b'>'));
    let mut tag = Tag { name: &text[open + 1..name_end], start: open, attributes: Vec::new() };
    let mut at = name_end;
    loop {
        at = until(at, &|b| !is_space(b) && b != b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            return (tag, (at + 1).min(bytes.len()));
        }
        // A name may begin with `=`, and with nothing else that ends it.
        let end = until(at + 1, &|b| is_space(b) || matches!(b, b'/' | b'>' | b'='));
        let name = &text[at..end];
        let equals = until(end, &|b| !is_space(b));
        if bytes.get(equals) != Some(&b'=') {
            tag.attributes.push(Attribute { name, raw: "", place: at..end });
            at = end;
            continue;
        }
        let start = until(equals + 1, &|b| !is_space(b));
        let (place, behind) = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = until(start + 1, &|b| b == *quote);
                (start + 1..end.max(start + 1).min(bytes.len()), (end + 1).min(bytes.len()))
            }
            _ => {
                let end = until(start, &|b| is_space(b) || b == b'>');
                (start..end, end)
            }
        };
        tag.attributes.push(Attribute { name, raw: &text[place.clone()], place });
        at = behind;
    }
}

/// The value that a raw one stands for, as far as addresses need it: numbers and the names of what a scheme is written
/// with (HTML, section 13.5, "Named character references").
fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        match reference(behind) {
            Some((c, length)) => {
                out.push(c);
                rest = &behind[length..];
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn reference(text: &str) -> Option<(char, usize)> {
    const NAMES: &[(&str, char)] = &[
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
        ("lpar;", '('),
        ("rpar;", ')'),
        ("sol;", '/'),
        ("comma;", ','),
        ("amp;", '&'),
    ];
    if let Some((name, c)) = NAMES.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*c, name.len()));
    }
    let digits = text.strip_prefix('#')?;
    let (digits, radix, before) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 2),
        None => (digits, 10, 1),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let number = digits[..length]
        .chars()
        .try_fold(0_u32, |sum, digit| sum.checked_mul(radix)?.checked_add(digit.to_digit(radix)?))?;
    let semicolon = usize::from(digits[length..].starts_with(';'));
    (length > 0).then_some((char::from_u32(number)?, before + length + semicolon))
}

/// What is dangerous about an attribute's value, which may be a list of addresses (`srcset`, `values`).
fn danger(attribute: &Attribute<'_>) -> Option<Danger> {
    let name = attribute.name.to_ascii_lowercase();
    if !ADDRESSES.contains(&name.as_str()) {
        return None;
    }
    let value = unescaped(attribute.raw);
    let is_list = matches!(name.as_str(), "srcset" | "values" | "ping");
    let listed = value.split([',', ';', ' ']).filter(|_| is_list);
    std::iter::once(&*value).chain(listed).find_map(address::danger_in_html)
}

/// Addresses in raw HTML that run something, or change what all others mean. Other HTML is the author's own affair.
#[must_use]
pub fn addresses_that_run(html: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for tag in tags(html) {
        let has = |wanted: &str| tag.attributes.iter().find(|one| one.name.eq_ignore_ascii_case(wanted));
        for attribute in tag.attributes.iter().filter(|attribute| danger(attribute).is_some()) {
            let what = format!(
                "the `{}` of this `<{}>` runs code, or is on the reader's disk",
                attribute.name, tag.name
            );
            found.push(Found { what, place: attribute.place.clone() });
        }
        let whole = tag.start..tag.start + 1 + tag.name.len();
        if tag.name.eq_ignore_ascii_case("base") && has("href").is_some() {
            found.push(Found {
                what: "a `<base>` changes where all links on the page lead".into(),
                place: whole,
            });
        } else if tag.name.eq_ignore_ascii_case("meta")
            && has("http-equiv").is_some_and(|one| unescaped(one.raw).trim().eq_ignore_ascii_case("refresh"))
        {
            found.push(Found { what: "this `<meta>` redirects readers automatically".into(), place: whole });
        }
    }
    found
}

/// The names in a piece of HTML that a fragment can lead to (HTML, section 7.4.6.3, "Scrolling to a fragment"): the `id`
/// of any element and the `name` of an `<a>`.
#[must_use]
pub fn anchors(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html) {
        for wanted in ["id", "name"] {
            // Of two attributes with one name, browsers take the first.
            let first = tag.attributes.iter().find(|one| one.name.eq_ignore_ascii_case(wanted));
            let is_anchor = wanted == "id" || tag.name.eq_ignore_ascii_case("a");
            let value = first.filter(|_| is_anchor).map(|one| unescaped(one.raw).into_owned());
            found.extend(value.filter(|value| !value.is_empty()));
        }
    }
    found
}

/// The first thing in an SVG that runs, or loads from elsewhere: a script, a handler (`onload`), HTML within it, an
/// address that runs, or a drawing from another address (SVG 2, sections 5.6, 12.4 and 15; section 2.2, "Secure static
/// mode").
#[must_use]
pub fn runs_in_svg(svg: &str) -> Option<Found> {
    if let Some(at) = svg.find("<!ENTITY") {
        return Some(Found { what: "its own entities".into(), place: at..at + 8 });
    }
    if let Some(at) = svg.find("<?xml-stylesheet") {
        return Some(Found { what: "a style sheet from elsewhere".into(), place: at..at + 16 });
    }
    for tag in tags(svg) {
        let local = tag.name.rsplit(':').next().unwrap_or(tag.name).to_ascii_lowercase();
        let whole = tag.start..tag.start + 1 + tag.name.len();
        if matches!(local.as_str(), "script" | "foreignobject" | "iframe" | "object" | "embed" | "handler") {
            return Some(Found { what: format!("a `<{}>`", tag.name), place: whole });
        }
        for attribute in &tag.attributes {
            let name = attribute.name.to_ascii_lowercase();
            let value = unescaped(attribute.raw);
            let is_link = matches!(name.as_str(), "href" | "xlink:href" | "src");
            let is_outside = local == "use" && is_link && !value.trim_start().starts_with('#');
            let is_handler =
                name.len() > 2 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_lowercase());
            if is_handler || is_outside || danger(attribute).is_some() {
                let what = format!("the `{}` of its `<{}>`", attribute.name, tag.name);
                return Some(Found { what, place: attribute.place.clone() });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_as_browsers_read_them() {
        let found =
            tags("a<!-- <b x=1> --><A\nHREF = 'x > y' disabled/data-a=b>c</a><i =x><u title=\"never ends");
        let shown: Vec<_> = found
            .iter()
            .map(|tag| {
                let attributes = tag.attributes.iter().map(|one| format!("{}={}", one.name, one.raw));
                format!("{} {}", tag.name, attributes.collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(shown, ["A HREF=x > y disabled= data-a=b", "i =x=", "u title=never ends"]);
    }

    #[test]
    fn what_fragments_lead_to() {
        let html = "<A NAME=one><section id='two' ID=no><input name=three><!-- <p id=four> --><a id=\"five\" name='six'>\
            <p id=\"\"><b id=a&amp;b>";
        assert_eq!(anchors(html), ["one", "two", "five", "six", "a&b"]);
    }

    #[test]
    fn what_runs_in_html() {
        for html in [
            "<a href=javascript:x>",
            "<A HREF='&#106;ava&Tab;script&colon;x'>",
            "<a href=\" java\nscript:x\">",
            "<img srcset='a.png 1x, javascript:x 2x'>",
            "<form><button formaction=&#x6A;avascript:x>",
            "<svg><use xlink:href='data:image/svg+xml,x'>",
            "<svg><animate attributeName=href values='#a;javascript:x'>",
            "<iframe src=data:text/html,x>",
            "<video poster=vbscript:x>",
            "<base href=//evil.example/>",
            "<meta http-equiv=Refresh content='0;url=x'>",
            "<a href=file:///etc/passwd>",
        ] {
            assert_eq!(addresses_that_run(html).len(), 1, "{html}");
        }
        for html in [
            "<a href='x.md'>",
            "<img src='data:image/png;base64,AA'>",
            "<!-- <a href=javascript:x> -->",
            "<p title='javascript:x'>",
        ] {
            assert_eq!(addresses_that_run(html), [], "{html}");
        }
    }

    #[test]
    fn what_runs_in_svg() {
        for svg in [
            "<svg><script>x</script></svg>",
            "<svg:svg><svg:script/></svg:svg>",
            "<svg onload='x'>",
            "<svg><a xlink:href='&#106;avascript:x'>",
            "<svg><foreignObject>",
            "<svg><use href='https://x.example/#a'>",
            "<!DOCTYPE svg [<!ENTITY x 'javascript:'>]><svg/>",
        ] {
            assert!(runs_in_svg(svg).is_some(), "{svg}");
        }
        for svg in [
            "<svg><use href='#a'/><path d='M0 0'/></svg>",
            "<svg><a href='https://x.example/'><text>on</text></a></svg>",
        ] {
            assert_eq!(runs_in_svg(svg), None, "{svg}");
        }
    }
}
