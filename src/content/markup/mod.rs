//! Tags and attributes of HTML and SVG that somebody else has written, read as a browser reads them, to tell what could
//! run in them. Nothing is made of it: what is published are the author's own bytes.

mod danger;
mod references;

use std::borrow::Cow;
use std::ops::Range;

pub use danger::{DangerousMarkup, addresses_that_run, runs_in_svg};
pub use references::{HtmlUse, Reference, anchors, references};

/// A start tag with its attributes.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// The byte of its `<`.
    pub start: usize,
    /// Its attributes in their order.
    pub attributes: Vec<Attribute<'t>>,
}

/// An attribute of a start tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Its value without quotation marks, as it is written.
    pub raw: &'t str,
    /// The bytes of the value, without quotation marks.
    pub place: Range<usize>,
    /// Where all of it is, from its name to the quotation mark behind its value.
    pub whole: Range<usize>,
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
            tag.attributes.push(Attribute { name, raw: "", place: at..end, whole: at..end });
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
        tag.attributes.push(Attribute { name, raw: &text[place.clone()], place, whole: at..behind });
        at = behind;
    }
}

/// A tag, of a start or an end.
#[derive(Debug, PartialEq, Eq)]
pub struct Mark<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Is it an end tag?
    pub is_end: bool,
    /// Does it end with `/>`?
    pub closes_itself: bool,
    /// The bytes from `<` to `>`.
    pub place: Range<usize>,
}

/// Elements whose content has no tags.
const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];

/// All tags of a text that has no comments. What only looks like a tag, within a script or a style sheet, is none.
#[must_use]
pub fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|found| at + found) {
        let is_end = text[open + 1..].starts_with('/');
        let slash = open + usize::from(is_end);
        if !text[slash + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = open + 1;
            continue;
        }
        let (tag, end) = tag(text, slash);
        at = end;
        let closes_itself = text[..end].ends_with("/>");
        found.push(Mark { name: tag.name, is_end, closes_itself, place: open..end });
        if !is_end && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(tag.name)) {
            let ends = |(found, _): &(usize, &str)| {
                let name = text.get(end + found + 2..end + found + 2 + tag.name.len());
                name.is_some_and(|name| name.eq_ignore_ascii_case(tag.name))
            };
            at = text[end..].match_indices("</").find(ends).map_or(text.len(), |(found, _)| end + found);
        }
    }
    found
}

/// Has the element neither content nor an end tag (HTML, section 13.1.2, "Void elements")?
#[must_use]
pub fn is_void(name: &str) -> bool {
    const VOID: &str = " area base basefont bgsound br col embed frame hr img image input keygen link meta param \
        source track wbr ";
    VOID.contains(&format!(" {} ", name.to_ascii_lowercase()))
}

/// Do browsers know the element: from HTML, old or new, as a drawing or formula, or as a custom element, which has a
/// hyphen?
#[must_use]
pub fn is_known(name: &str) -> bool {
    const HTML: &str = " a abbr acronym address applet article aside audio b bdi bdo big blink blockquote body button \
        canvas caption center cite code colgroup command content data datalist dd del details dfn dialog dir div dl dt \
        em fencedframe fieldset figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html \
        i iframe ins isindex kbd label legend li listing main map mark marquee math menu menuitem meter nav nobr \
        noembed noframes noscript object ol optgroup option output p picture plaintext portal pre progress q rb rp rt \
        rtc ruby s samp script search section select selectedcontent shadow slot small spacer span strike strong style \
        sub summary sup svg table tbody td template textarea tfoot th thead time title tr tt u ul var video xmp ";
    name.contains('-') || is_void(name) || HTML.contains(&format!(" {} ", name.to_ascii_lowercase()))
}

/// The value that a raw one stands for, as far as addresses need it: numbers and the names of what a scheme is written
/// with (HTML, section 13.5, "Named character references").
#[must_use]
pub fn unescaped(raw: &str) -> Cow<'_, str> {
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
        ("quot;", '"'),
        ("apos;", '\''),
        ("lt;", '<'),
        ("gt;", '>'),
        ("num;", '#'),
        ("quest;", '?'),
        ("equals;", '='),
        ("period;", '.'),
        ("percnt;", '%'),
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

/// A value without the white space around it, which browsers leave out.
fn trimmed(raw: &str) -> Range<usize> {
    let start = raw.len() - raw.trim_ascii_start().len();
    start..start.max(raw.trim_ascii_end().len())
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
    fn pages_and_files_that_html_names() {
        let html = "<A HREF = ' x.md#a ' href=no><img src=desk.png alt='a.png' srcset='a.png, b.png 2x,c,d.png 400w'>\
            <script src=a.js>'<img src=\"no.png\">'</script><video poster=\"p.png\"><source src='a&amp;b.mp4'></video>\
            <iframe src='data:text/html,x'></iframe><a href=javascript:x><a href=''><a href><img srcset='data:image/png;base64,A 1x'>\
            <!-- <a href=no.md> --><svg><image xlink:href=\"i.png\"/></svg><object data=o.pdf></object><a href=\"open";
        let found = references(html);
        let shown: Vec<_> = found.iter().map(|one| (one.usage, one.target.as_str())).collect();
        assert_eq!(
            shown,
            [
                (HtmlUse::Link, "x.md#a"),
                (HtmlUse::Image, "desk.png"),
                (HtmlUse::Candidate, "a.png"),
                (HtmlUse::Candidate, "b.png"),
                (HtmlUse::Candidate, "c,d.png"),
                (HtmlUse::Media, "p.png"),
                (HtmlUse::Media, "a&b.mp4"),
                (HtmlUse::Media, "i.png"),
                (HtmlUse::Media, "o.pdf"),
            ]
        );
        assert_eq!(&html[found[0].place.clone()], "x.md#a");
        assert_eq!(&html[found[0].attribute.clone()], "HREF = ' x.md#a '");
        assert_eq!(&html[found[3].place.clone()], "b.png");
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
