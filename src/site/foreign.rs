//! What a page's text loads from other sites: pictures of Markdown, and pictures, films and frames of raw HTML.
//!
//! It is given as sources of a Content-Security-Policy (CSP Level 3, section 2.3.1): an origin, or a whole scheme where
//! the origin can't be written as one. [`Foreign::new`] reads the tree; only raw HTML is searched as text.

use std::collections::BTreeSet;

use super::Page;
use crate::content::blocks::{embeds, media};
use crate::content::body::{Body, Kind, NodeId};
pub use crate::encode::origin::source;

/// Where the parts of a text come from, besides the site itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foreign {
    /// Origins of images.
    pub images: BTreeSet<String>,
    /// Origins of films and sound.
    pub media: BTreeSet<String>,
    /// Origins of pages that are shown in frames.
    pub frames: BTreeSet<String>,
}

/// Where the frame comes from that a paragraph becomes when readers ask for it.
fn frame_origin(body: &Body, paragraph: NodeId) -> Option<String> {
    let (link, _) = body.lone_address(paragraph)?;
    match embeds::find(&body.links[link as usize].target)? {
        embeds::AddressMatch::Embed(embed) => source(&embed.frame),
        embeds::AddressMatch::Broken(_) | embeds::AddressMatch::Unknown(_) => None,
    }
}

impl Foreign {
    /// What the texts of a page load. Of what is behind a gate everybody may know only that something does: the policy
    /// stands in the page, and an origin is a word.
    #[must_use]
    pub fn new(page: &Page) -> Self {
        let mut open = Self::default();
        open.scan(page.body());
        if let Some(gated) = page.gated() {
            let mut hidden = Self::default();
            hidden.scan(gated.secret());
            for (known, hidden) in [
                (&mut open.images, hidden.images),
                (&mut open.media, hidden.media),
                (&mut open.frames, hidden.frames),
            ] {
                if !hidden.is_subset(known) {
                    known.insert("https:".into());
                }
            }
        }
        open
    }

    fn scan(&mut self, body: &Body) {
        for (id, node) in body.nodes().iter().enumerate() {
            match node.kind {
                Kind::Image(link) => {
                    let target = &body.links[link as usize].target;
                    let is_played = media::media(target).is_some();
                    let sources = if is_played { &mut self.media } else { &mut self.images };
                    sources.extend(source(target));
                }
                Kind::Paragraph => self.frames.extend(frame_origin(body, id)),
                Kind::Html(html) => self.scan_html(body.text(html)),
                _ => {}
            }
        }
    }

    /// Every address in a tag that loads something. One that only looks like an address makes the policy wider than it
    /// need be, and never lets in what the author didn't write.
    fn scan_html(&mut self, html: &str) {
        for (at, _) in html.match_indices("//") {
            let before = &html[..at];
            let Some(tag) = before.rfind('<') else { continue };
            let name: String = before[tag + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
            let start = ["https:", "http:"].into_iter().find(|scheme| {
                let from = at.checked_sub(scheme.len());
                from.and_then(|from| html.get(from..at))
                    .is_some_and(|found| found.eq_ignore_ascii_case(scheme))
            });
            let is_start = before.ends_with(|c: char| c.is_whitespace() || "\"'=,(".contains(c));
            if start.is_none() && !is_start {
                continue;
            }
            let from = at - start.map_or(0, str::len);
            let Some(source) = source(&html[from..]) else { continue };
            match name.to_ascii_lowercase().as_str() {
                "img" | "image" | "input" => {
                    self.images.insert(source);
                }
                "video" | "audio" | "source" | "track" => {
                    self.images.insert(source.clone());
                    self.media.insert(source);
                }
                "iframe" | "frame" => {
                    self.frames.insert(source);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> [Vec<String>; 3] {
        let mut found = Foreign::default();
        found.scan_html(text);
        [found.images, found.media, found.frames].map(|set| set.into_iter().collect())
    }

    #[test]
    fn raw_html_is_searched_for_what_it_loads() {
        let none = || Vec::new();
        let one = |source: &str| vec![source.to_string()];
        assert_eq!(
            html("<img src=\"https://a.example/x.png\" alt=''>"),
            [one("https://a.example"), none(), none()]
        );
        assert_eq!(html("<IMG SRC=//a.example/x.png>"), [one("https://a.example"), none(), none()]);
        let set = html("<img srcset='https://a.example/1.png 1x, https://b.example/2.png 2x'>");
        assert_eq!(set[0], ["https://a.example", "https://b.example"]);
        let film =
            html("<video poster=https://p.example/a.png><source src='https://m.example/a.mp4'></video>");
        assert_eq!(film[1], ["https://m.example", "https://p.example"]);
        assert_eq!(
            html("<iframe\nsrc=\"https://f.example/e\"></iframe>"),
            [none(), none(), one("https://f.example")]
        );
        for nothing in [
            "<a href=\"https://a.example/\">x</a>",
            "<script src=\"https://a.example/x.js\"></script>",
            "<img src=\"/own//x.png\">",
            "https://a.example/",
            "<object data=\"https://a.example/\"></object>",
        ] {
            assert_eq!(html(nothing), [none(), none(), none()], "{nothing}");
        }
    }
}
