//! Links that CommonMark reads as text, though only a link can be meant: those with a space in their address, and wiki
//! links (`[[Page]]`, `[[Page|words]]`, `[[page#heading]]`, as Obsidian and wikis write them).

use super::bare::Bare;
use crate::content::body::Meant;

impl From<Bare> for Meant {
    fn from(Bare { place, target }: Bare) -> Self {
        Self { shown: place.clone(), written: place.clone(), place, target, is_image: false }
    }
}

/// A link's text or address is no longer than this, in bytes: so no line of brackets takes long.
const LONGEST: usize = 400;

/// The links in a text, in order.
pub(super) fn find(text: &str) -> Vec<Meant> {
    let mut found: Vec<Meant> = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('[').map(|at| from + at) {
        from = at + 1;
        if let Some(one) = wiki(text, at).or_else(|| spaced(text, at)) {
            from = one.place.end;
            found.push(one);
        }
    }
    found
}

/// The bytes up to the bracket that closes one that is open before `text`.
pub(in crate::content) fn closing(text: &str, (open, close): (u8, u8)) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().take(LONGEST).enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

/// `[words](an address)`.
fn spaced(text: &str, at: usize) -> Option<Meant> {
    let label = at + 1..at + 1 + closing(&text[at + 1..], (b'[', b']'))?;
    let open = label.end + 2;
    if label.is_empty() || !text[label.end..].starts_with("](") {
        return None;
    }
    let inner = &text[open..open + closing(&text[open..], (b'(', b')'))?];
    let address = inner.trim();
    let is_sure = address.contains(char::is_whitespace)
        && !address.contains(['(', '"', '<', '>', '{'])
        && !address.contains("](")
        && is_address(address);
    if !is_sure {
        return None;
    }
    let start = open + inner.len() - inner.trim_start().len();
    let is_image = text[..at].ends_with('!');
    Some(Meant {
        place: at - usize::from(is_image)..open + inner.len() + 1,
        shown: label,
        written: start..start + address.len(),
        target: without_spaces(address),
        is_image,
    })
}

/// An address as it has to be written: a number has no spaces, a URL has them as `%20`, a file's name is as it is.
pub(in crate::content) fn without_spaces(address: &str) -> String {
    let parts = || address.split_whitespace().collect::<Vec<_>>();
    match address.split_once(':') {
        Some(("tel" | "sms", _)) => parts().concat(),
        Some(("mailto" | "http" | "https", _)) => parts().join("%20"),
        _ => address.to_string(),
    }
}

/// Endings of files that are linked.
const FILES: &[&str] = &[
    "md", "html", "htm", "pdf", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "doc", "docx",
    "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp", "key", "zip", "mp3", "m4a",
    "mp4", "mov", "webm", "ics", "vcf", "epub", "json", "xml", "yaml",
];

/// The endings by which a wiki link names an image.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"];

/// Does it look like the target of a link, though it has a space in it?
pub(in crate::content) fn is_address(text: &str) -> bool {
    const STARTS: &[&str] =
        &["tel:", "mailto:", "sms:", "http://", "https://", "www.", "/", "./", "../", "#"];
    let path = text.split(['#', '?']).next().unwrap_or(text);
    STARTS.iter().any(|start| text.starts_with(start)) || ends_in(path, FILES)
}

fn ends_in(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(name, found)| {
        !name.is_empty() && endings.iter().any(|ending| ending.eq_ignore_ascii_case(found))
    })
}

/// `[[Page]]`, `[[Page|words]]`, `[[page#heading]]`, `![[image.png]]`.
fn wiki(text: &str, at: usize) -> Option<Meant> {
    let open = at + 2;
    if !text[at..].starts_with("[[") {
        return None;
    }
    let close = open + closing(&text[open..], (b'[', b']'))?;
    let inner = &text[open..close];
    let (name, words) = inner.split_once('|').unwrap_or((inner, ""));
    let page = name.split('#').next().unwrap_or(name);
    let is_name = inner.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '.' | '/'))
        && name.contains(char::is_alphabetic);
    if !text[close..].starts_with("]]") || inner.contains('[') || !is_name {
        return None;
    }
    let is_image = text[..at].ends_with('!');
    if is_image && !ends_in(page.trim(), IMAGES) {
        return None;
    }
    let is_size = words.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'x' | b' '));
    let shown = match (words.trim(), page.trim()) {
        (words, "") if words.is_empty() || is_image && is_size => name.trim_start_matches('#').trim(),
        (words, page) if words.is_empty() || is_image && is_size => page,
        (words, _) => words,
    };
    let start = open + inner.find(shown)?;
    let start = if words.trim() == shown { close - words.len() + words.find(shown)? } else { start };
    Some(Meant {
        place: at - usize::from(is_image)..close + 2,
        shown: start..start + shown.len(),
        written: open..open + name.len(),
        target: format!("[[{}]]", name.trim()),
        is_image,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<(&str, String)> {
        find(text).into_iter().map(|one| (&text[one.shown], one.target)).collect()
    }

    #[test]
    fn spaces_in_addresses() {
        for (text, shown, target) in [
            ("[call](tel:+46 8 123 45)", "call", "tel:+46812345"),
            ("[call]( tel:+46\u{a0}8 1 )", "call", "tel:+4681"),
            (
                "[write](mailto:a@b.example?subject=I want it)!",
                "write",
                "mailto:a@b.example?subject=I%20want%20it",
            ),
            (
                "see [the [new] list](https://a.example/my file.pdf).",
                "the [new] list",
                "https://a.example/my%20file.pdf",
            ),
            ("![a](my photo.JPG)", "a", "my photo.JPG"),
            ("[a](../my page.md#top)", "a", "../my page.md#top"),
            ("[a](#my heading)", "a", "#my heading"),
        ] {
            assert_eq!(findings(text), [(shown, target.to_string())], "{text}");
        }
        for text in [
            "[a](b c)",
            "[a](see b.md (c d).md)",
            "[](tel:1 2)",
            "[a](p. 20)",
            "[a](as on foo.com)",
            "[a] (x y.pdf)",
        ] {
            assert_eq!(findings(text), [], "{text}");
        }
        assert!(find("![a](my photo.jpg)")[0].is_image);
        assert_eq!(find(&"[[a](".repeat(20_000)), []);
    }

    #[test]
    fn wiki_links() {
        for (text, shown, target) in [
            ("[[Page]]", "Page", "[[Page]]"),
            ("[[ the page|våra priser ]]", "", ""),
            ("[[priser|våra priser]]", "våra priser", "[[priser]]"),
            ("[[a|a b a]]", "a b a", "[[a]]"),
            ("[[page#My heading]]", "page", "[[page#My heading]]"),
            ("[[#My heading]]", "My heading", "[[#My heading]]"),
            ("![[photo.png|300x20]]", "photo.png", "[[photo.png]]"),
            ("![[photo.png|A desk]]", "A desk", "[[photo.png]]"),
        ] {
            let expected: &[(&str, String)] = &[(shown, target.to_string())];
            assert_eq!(findings(text), if target.is_empty() { &[] } else { expected }, "{text}");
        }
        for text in ["[[ -f x ]]", "[[1]]", "[[a]", "![[Page]]", "[[_TOC_]]", "[[a[b]]"] {
            assert_eq!(findings(text), [], "{text}");
        }
    }
}
