//! Looking at what was built: the tags of an HTML page, and whether every address in an output leads somewhere in it.

use std::collections::{BTreeMap, BTreeSet};

/// A start tag with its attributes, decoded, and the text of the elements whose content isn't markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// Of `<script>` and `<style>`.
    pub(crate) text: String,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// All start tags of a page, in order. Strict enough for what we write: every value stands in double quotes.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
        let mut tag =
            Tag { name: rest[..end].to_ascii_lowercase(), attributes: Vec::new(), text: String::new() };
        rest = &rest[end..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(behind) = rest.strip_prefix('>') {
                rest = behind;
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            assert!(end > 0, "an attribute without a name: {}", rest.get(..40).unwrap_or(rest));
            let name = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let (inside, behind) = quoted.split_once('"').expect("a value ends");
                value = decode(inside);
                rest = behind;
            } else if let Some(bare) = rest.strip_prefix('=') {
                let end = bare.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(bare.len());
                value = decode(bare[..end].trim_matches('\''));
                rest = &bare[end..];
            }
            tag.attributes.push((name, value));
        }
        if matches!(tag.name.as_str(), "script" | "style") {
            let end = format!("</{}", tag.name);
            let (inside, behind) = rest.split_once(&end).expect("a script ends");
            tag.text = inside.to_string();
            rest = behind;
        }
        tags.push(tag);
    }
    tags
}

/// The text of a page without its tags, scripts and entities, with single spaces.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let skipped = ["script", "style"].into_iter().find(|name| tag.starts_with(name));
        let behind = match skipped {
            Some(name) => tag.split_once(&format!("</{name}")).map_or("", |(_, behind)| behind),
            None => tag,
        };
        out.push(' ');
        rest = behind.split_once('>').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    decode(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between the first `<name …>` and its end tag.
pub(crate) fn inside<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    let (_, behind) = html.split_once(start).unwrap_or_else(|| panic!("no {start} in:\n{html}"));
    behind.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

/// Text with its character references replaced.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let found = after.split_once(';').and_then(|(name, behind)| {
            let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            });
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                _ => char::from_u32(number?)?,
            };
            Some((c, behind))
        });
        match found {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a percent-encoded path stands for; `None` where that is no text.
pub(crate) fn percent_decode(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Every address in an output that should lead to something in it, and doesn't: `file: address (why)`.
///
/// `base` is the address of the output's root, with a slash at its end. Looked at are all attributes that load or lead
/// somewhere, and every absolute address below `base` in attributes, JSON-LD, JSON, XML and text files.
pub(crate) fn broken_addresses(files: &BTreeMap<String, Vec<u8>>, base: &str) -> Vec<String> {
    let ids = files.iter().filter(|(path, _)| path.ends_with(".html")).map(|(path, bytes)| {
        let tags = tags(std::str::from_utf8(bytes).expect("UTF-8"));
        let ids: BTreeSet<String> = tags.iter().filter_map(|tag| tag.get("id")).map(str::to_string).collect();
        (path.as_str(), ids)
    });
    let checker = Checker { files, base, origin: origin(base), ids: ids.collect() };
    let mut broken = Vec::new();
    let mut seen = 0;
    for (path, bytes) in files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let found = match path.rsplit('.').next() {
            Some("html") => checker.in_html(text),
            Some("css") => checker.in_css(text),
            Some("json") => checker.in_json(&serde_json::from_str(text).expect("valid JSON")),
            Some("xml" | "txt") => checker.in_text(text),
            _ if path == "_redirects" => checker.in_redirects(text),
            _ => continue,
        };
        seen += found.len();
        for (address, fragment) in found {
            if let Err(why) = checker.check(path, &address, fragment) {
                broken.push(format!("{path}: {address} ({why})"));
            }
        }
    }
    assert!(seen > 0, "the output has no address at all");
    broken
}

/// Does what follows `#` have to be an id?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fragment {
    Id,
    /// In JSON-LD it only tells things apart.
    Name,
}

struct Checker<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    base: &'a str,
    origin: &'a str,
    ids: BTreeMap<&'a str, BTreeSet<String>>,
}

/// `https://example.org` of `https://example.org/x/`.
fn origin(base: &str) -> &str {
    let host = base.find("://").expect("a scheme") + 3;
    base[host..].find('/').map_or(base, |at| &base[..host + at])
}

type Found = Vec<(String, Fragment)>;

impl Checker<'_> {
    fn in_html(&self, html: &str) -> Found {
        let mut found = Vec::new();
        let tags = tags(html);
        for tag in &tags {
            for (name, value) in &tag.attributes {
                match name.as_str() {
                    "href" | "src" | "poster" | "data" | "action" | "formaction" | "cite" => {
                        found.push((value.clone(), Fragment::Id));
                    }
                    "srcset" | "imagesrcset" => {
                        let candidates = value.split(',').filter_map(|part| part.split_whitespace().next());
                        found.extend(candidates.map(|address| (address.to_string(), Fragment::Id)));
                    }
                    "aria-labelledby" | "aria-describedby" | "aria-controls" | "for" | "popovertarget"
                    | "list" => {
                        found.extend(value.split_whitespace().map(|id| (format!("#{id}"), Fragment::Id)));
                    }
                    "content" if tag.get("http-equiv") == Some("refresh") => {
                        let address = value.split_once("url=").expect("a refresh leads somewhere").1;
                        found.push((address.to_string(), Fragment::Id));
                    }
                    _ if value.starts_with(self.origin) => found.push((value.clone(), Fragment::Id)),
                    _ => {}
                }
            }
            if tag.get("type") == Some("application/ld+json") {
                found.extend(self.in_json(&serde_json::from_str(&tag.text).expect("JSON-LD is JSON")));
            }
        }
        // The HTML in a feed has its own ids.
        let own: Vec<String> = tags.iter().filter_map(|tag| Some(format!("#{}", tag.get("id")?))).collect();
        found.retain(|(address, _)| !own.contains(address));
        found
    }

    fn in_css(&self, css: &str) -> Found {
        let inside = css.split("url(").skip(1).filter_map(|rest| rest.split_once(')'));
        inside.map(|(target, _)| (target.trim_matches('"').to_string(), Fragment::Name)).collect()
    }

    fn in_json(&self, value: &serde_json::Value) -> Found {
        match value {
            serde_json::Value::String(text) if text.starts_with(self.origin) => {
                vec![(text.clone(), Fragment::Name)]
            }
            // The HTML of a feed: a reader has no page that a relative address could start from.
            serde_json::Value::String(text) if text.contains('<') && text.contains("=\"") => {
                self.in_html(text)
            }
            serde_json::Value::String(text) => self.in_text(text),
            serde_json::Value::Array(items) => items.iter().flat_map(|item| self.in_json(item)).collect(),
            serde_json::Value::Object(entries) => {
                entries.values().flat_map(|item| self.in_json(item)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn in_text(&self, text: &str) -> Found {
        let address = |(at, _): (usize, &str)| {
            let rest = &text[at..];
            let end = rest.find(|c: char| c.is_whitespace() || "\"'<>&".contains(c)).unwrap_or(rest.len());
            (rest[..end].to_string(), Fragment::Id)
        };
        text.match_indices(self.origin).map(address).collect()
    }

    fn in_redirects(&self, text: &str) -> Found {
        let target =
            |line: &str| (line.split(' ').nth(1).expect("from, to, status").to_string(), Fragment::Id);
        text.lines().map(target).collect()
    }

    fn check(&self, from: &str, address: &str, kind: Fragment) -> Result<(), &'static str> {
        let (address, fragment) = address.split_once('#').map_or((address, None), |(a, f)| (a, Some(f)));
        let address = address.split('?').next().unwrap_or(address);
        let file = if address.is_empty() {
            if fragment.is_none() {
                return Err("an empty address");
            }
            from.to_string()
        } else {
            let path = match address.strip_prefix(self.origin) {
                Some("") => "/",
                Some(path) if path.starts_with('/') => path,
                Some(_) => return Ok(()),
                None if address.contains(':') || address.starts_with("//") => return Ok(()),
                None => address,
            };
            let absolute = if path.starts_with('/') {
                let root = &self.base[self.origin.len()..];
                path.strip_prefix(root).ok_or("outside of the base path")?.to_string()
            } else {
                let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
                follow(folder, path).ok_or("above the root")?
            };
            let name = percent_decode(&absolute).ok_or("not percent-encoded text")?;
            if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name }
        };
        if !self.files.contains_key(&file) {
            return Err("no such file");
        }
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty() && kind == Fragment::Id) else {
            return Ok(());
        };
        let id = percent_decode(fragment).ok_or("not percent-encoded text")?;
        let known = self.ids.get(file.as_str()).is_some_and(|ids| ids.contains(&id));
        if known || id == "top" { Ok(()) } else { Err("no such id") }
    }
}

fn follow(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn a_broken_address_is_found() {
    let page = |body: &str| {
        format!("<!doctype html><p id=\"a\" class=x hidden><!-- <a href=\"/no/\"> -->{body}").into_bytes()
    };
    let check = |body: &str| {
        let files = BTreeMap::from([
            ("index.html".to_string(), page("<h2 id=\"b c\"><a href=\"/base/x/\">")),
            ("x/index.html".to_string(), page(body)),
            ("x/å.png".to_string(), Vec::new()),
        ]);
        broken_addresses(&files, "https://example.org/base/").len()
    };
    for fine in [
        "<a href=\"/base/#b%20c\">",
        "<a href=\"https://example.org/base/x/#a\">",
        "<img src=\"%C3%A5.png\" srcset=\"%C3%A5.png 1x, /base/x/%C3%A5.png 2x\">",
        "<a href=\"../\">",
        "<a href=\"#a\" rel=\"x\">",
        "<a href=\"https://example.com/\">",
        "<script type=\"application/ld+json\">{\"@id\":\"https://example.org/base/#article\"}</script>",
    ] {
        assert_eq!(check(fine), 0, "{fine}");
    }
    for broken in [
        "<a href=\"/base/y/\">",
        "<a href=\"/x/\">",
        "<a href=\"/base/x\">",
        "<a href=\"#c\">",
        "<a href=\"/base/#a&amp;b\">",
        "<a href=\"\">",
        "<img srcset=\"%C3%A5.png 1x, %C3%A4.png 2x\">",
        "<nav aria-labelledby=\"none\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=/base/old/\">",
        "<meta property=\"og:image\" content=\"https://example.org/base/no.png\">",
        "<script type=\"application/ld+json\">{\"url\":\"https://example.org/base/no/\"}</script>",
    ] {
        assert_eq!(check(broken), 1, "{broken}");
    }
}
