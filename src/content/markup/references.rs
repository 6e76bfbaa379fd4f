//! Addresses in HTML and SVG: what an element does with each, and where it is written.

use std::ops::Range;

use super::{tags, trimmed, unescaped};
use crate::encode::address;

/// What an address in raw HTML is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlUse {
    /// A link that readers follow.
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
    /// What a browser does with the address.
    pub usage: HtmlUse,
    /// The address as a browser reads it.
    pub target: String,
    /// The bytes of the address.
    pub place: Range<usize>,
    /// Where its attribute is, from its name to the quotation mark behind its value.
    pub attribute: Range<usize>,
}

/// Elements whose content isn't markup (HTML, section 13.1.2, "Elements").
const RAW_TEXT: &[&str] = &["script", "style", "textarea"];

/// What an attribute of an element names, where it names a page or a file that readers get; `None` for all others.
pub(super) fn usage(element: &str, attribute: &str) -> Option<HtmlUse> {
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
