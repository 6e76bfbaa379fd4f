//! What a page names: files that it shows or offers, and other pages.

use crate::authoring::markup::tree::{self, Element, Node};

/// Endings of files that aren't pages.
const FILES: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "zip", "csv", "txt", "epub", "mp3",
    "m4a", "ogg", "wav", "mp4", "webm", "mov", "vtt", "jpg", "jpeg", "png", "gif", "webp", "avif", "svg",
];

/// The endings by which an address names an image, in lower case.
const IMAGES: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"];

/// What a page names, as it writes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct AssetReference {
    pub(super) files: Vec<String>,
    pub(super) links: Vec<String>,
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)))
}

/// Does an address name an image?
pub(super) fn is_image(path: &str) -> bool {
    has_ending(path, IMAGES) || path.contains("/image") || path.contains("/media/")
}

/// Does an address name a file that is no page?
pub(super) fn is_file(path: &str) -> bool {
    has_ending(path, FILES)
}

/// Finds the files and pages that a page of HTML names.
pub(super) fn find(html: &str) -> AssetReference {
    let mut found = AssetReference::default();
    walk(&tree::parse_page(html), &mut found);
    found
}

fn walk(nodes: &[Node], out: &mut AssetReference) {
    for element in nodes.iter().filter_map(Node::element) {
        let get = |name: &str| element.attribute(name).map(str::trim).filter(|value| !value.is_empty());
        match element.name.as_str() {
            "a" => {
                if let Some(href) = get("href").filter(|href| !href.starts_with('#')) {
                    let list = if is_file(href) { &mut out.files } else { &mut out.links };
                    list.push(href.to_string());
                }
            }
            "img" | "video" | "audio" | "source" | "track" => {
                for name in ["src", "data-src", "data-lazy-src", "data-orig-file", "poster"] {
                    out.files
                        .extend(get(name).filter(|source| !source.starts_with("data:")).map(str::to_string));
                }
            }
            "meta" if get("property") == Some("og:image") => {
                out.files.extend(get("content").map(str::to_string))
            }
            "link" if is_feed(element) => out.files.extend(get("href").map(str::to_string)),
            _ => {}
        }
        walk(&element.children, out);
    }
}

fn is_feed(element: &Element) -> bool {
    let kind = element.attribute("type").unwrap_or_default();
    element.attribute("rel") == Some("alternate") && (kind.contains("rss") || kind.contains("atom"))
}
