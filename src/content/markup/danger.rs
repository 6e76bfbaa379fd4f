//! What could run in HTML or SVG: scripts, handlers, and addresses that are programs.

use std::ops::Range;

use super::{Attribute, tags, unescaped};
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

/// What could run, or lead away, in a piece of markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DangerousMarkup {
    /// What it is: "a `<script>`" of an SVG, a whole sentence of an address in HTML.
    pub what: String,
    /// Where, in bytes of the piece.
    pub place: Range<usize>,
}

/// What is dangerous about an attribute's value, which may be a list of addresses (`srcset`, `values`).
pub(super) fn danger(attribute: &Attribute<'_>) -> Option<Danger> {
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
pub fn addresses_that_run(html: &str) -> Vec<DangerousMarkup> {
    let mut found = Vec::new();
    for tag in tags(html) {
        let has = |wanted: &str| tag.attributes.iter().find(|one| one.name.eq_ignore_ascii_case(wanted));
        for attribute in tag.attributes.iter().filter(|attribute| danger(attribute).is_some()) {
            let what = format!(
                "the `{}` of this `<{}>` runs code, or is on the reader's disk",
                attribute.name, tag.name
            );
            found.push(DangerousMarkup { what, place: attribute.place.clone() });
        }
        let whole = tag.start..tag.start + 1 + tag.name.len();
        if tag.name.eq_ignore_ascii_case("base") && has("href").is_some() {
            found.push(DangerousMarkup {
                what: "a `<base>` changes where all links on the page lead".into(),
                place: whole,
            });
        } else if tag.name.eq_ignore_ascii_case("meta")
            && has("http-equiv").is_some_and(|one| unescaped(one.raw).trim().eq_ignore_ascii_case("refresh"))
        {
            found.push(DangerousMarkup {
                what: "this `<meta>` redirects readers automatically".into(),
                place: whole,
            });
        }
    }
    found
}

/// The first thing in an SVG that runs, or loads from elsewhere: a script, a handler (`onload`), HTML within it, an
/// address that runs, or a drawing from another address (SVG 2, sections 5.6, 12.4 and 15; section 2.2, "Secure static
/// mode").
#[must_use]
pub fn runs_in_svg(svg: &str) -> Option<DangerousMarkup> {
    if let Some(at) = svg.find("<!ENTITY") {
        return Some(DangerousMarkup { what: "its own entities".into(), place: at..at + 8 });
    }
    if let Some(at) = svg.find("<?xml-stylesheet") {
        return Some(DangerousMarkup { what: "a style sheet from elsewhere".into(), place: at..at + 16 });
    }
    for tag in tags(svg) {
        let local = tag.name.rsplit(':').next().unwrap_or(tag.name).to_ascii_lowercase();
        let whole = tag.start..tag.start + 1 + tag.name.len();
        if matches!(local.as_str(), "script" | "foreignobject" | "iframe" | "object" | "embed" | "handler") {
            return Some(DangerousMarkup { what: format!("a `<{}>`", tag.name), place: whole });
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
                return Some(DangerousMarkup { what, place: attribute.place.clone() });
            }
        }
    }
    None
}
