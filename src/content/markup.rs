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
    /// Where all of it is, from its name to the quotation mark behind its value.
    pub whole: Range<usize>,
}

/// What an address in raw HTML is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlUse {
    /// Readers follow it.
    Link,
    /// An image that is shown.
    Image,
    /// One of the files of an image from which a browser chooses (`srcset`).
    Candidate,
    /// A film, a sound, a page in a frame, an image of another kind.
    Media,
}

/// An address in raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it is for.
    pub usage: HtmlUse,
    /// The address as a browser reads it.
    pub target: String,
    /// Where it is.
    pub place: Range<usize>,
    /// Where its attribute is, from its name to the quotation mark behind its value.
    pub attribute: Range<usize>,
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
    /// All of it.
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

/// Elements whose content isn't markup (HTML, section 13.1.2, "Elements").
const RAW_TEXT: &[&str] = &["script", "style", "textarea"];

/// What an attribute of an element names, where it names a page or a file that readers get; `None` for all others.
fn usage(element: &str, attribute: &str) -> Option<HtmlUse> {
    Some(match (element, attribute) {
        ("a" | "area", "href") | ("a", "xlink:href") => HtmlUse::Link,
        ("img", "src") => HtmlUse::Image,
        ("img" | "source", "srcset") => HtmlUse::Candidate,
        ("audio" | "video" | "source" | "track" | "iframe" | "embed" | "input", "src")
        | ("video", "poster")
        | ("object", "data")
        | ("image", "href" | "xlink:href") => HtmlUse::Media,
        _ => return None,
    })
}

/// The pages and files that a piece of HTML names, in their order. An address that runs, or that is the thing itself
/// (`data:`), names none.
#[must_use]
pub fn references(html: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut text_until = 0;
    for tag in tags(html).into_iter().filter(|tag| !tag.attributes.is_empty() || is_raw_text(tag.name)) {
        if tag.start < text_until {
            continue;
        }
        let element = tag.name.to_ascii_lowercase();
        if is_raw_text(&element) {
            let end = html[tag.start..].to_ascii_lowercase().find(&format!("</{element}"));
            text_until = end.map_or(html.len(), |end| tag.start + end);
        }
        for (index, attribute) in tag.attributes.iter().enumerate() {
            let name = attribute.name.to_ascii_lowercase();
            // Of two attributes with one name, browsers take the first. A value without an end is none.
            let is_first = !tag.attributes[..index].iter().any(|one| one.name.eq_ignore_ascii_case(&name));
            let Some(usage) = usage(&element, &name).filter(|_| is_first) else { continue };
            if attribute.place.end == html.len() || attribute.place.start == attribute.whole.start {
                continue;
            }
            let is_quoted = attribute.place.end < attribute.whole.end;
            let places = match usage {
                HtmlUse::Candidate => candidates(attribute.raw),
                _ => vec![trimmed(attribute.raw)],
            };
            for place in places {
                let target = unescaped(&attribute.raw[place.clone()]).into_owned();
                let is_all = place == (0..attribute.raw.len());
                if target.is_empty() || address::danger(&target).is_some() || !is_quoted && !is_all {
                    continue;
                }
                let place = attribute.place.start + place.start..attribute.place.start + place.end;
                found.push(Reference { usage, target, place, attribute: attribute.whole.clone() });
            }
        }
    }
    found
}

fn is_raw_text(element: &str) -> bool {
    RAW_TEXT.iter().any(|name| element.eq_ignore_ascii_case(name))
}

/// A value without the white space around it, which browsers leave out.
fn trimmed(raw: &str) -> Range<usize> {
    let start = raw.len() - raw.trim_ascii_start().len();
    start..start.max(raw.trim_ascii_end().len())
}

/// The addresses in a `srcset` (HTML, section 4.8.4.4.1, "Parsing a srcset attribute").
fn candidates(raw: &str) -> Vec<Range<usize>> {
    let is_space = |c: char| c.is_ascii_whitespace();
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at = raw.len() - raw[at..].trim_start_matches(|c| is_space(c) || c == ',').len();
        if at == raw.len() {
            return found;
        }
        let end = raw[at..].find(is_space).map_or(raw.len(), |end| at + end);
        let address = raw[at..end].trim_end_matches(',');
        found.push(at..at + address.len());
        at = if at + address.len() < end {
            end
        } else {
            // What it is for follows, `2x` or `400w`, up to the next comma.
            raw[end..].find(',').map_or(raw.len(), |comma| end + comma)
        };
    }
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
