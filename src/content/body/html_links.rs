//! The pages and files that raw HTML in a text names: they are links of the text like those of Markdown, and are read
//! from the same table ([`Body::links`]). What is added here is where in the HTML each stands, for whoever writes it.

use std::ops::Range;

use super::{Body, Builder, Kind, NodeId, RawLink};
use crate::content::markup::{self, HtmlUse};
use crate::diag::Span;

/// A link of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlLink {
    /// The [`Kind::Html`] that it is in.
    node: u32,
    /// Its index in [`Body::links`].
    pub link: u32,
    /// What a browser does with it.
    pub usage: HtmlUse,
    /// Where its address is in the node's text.
    place: (u32, u32),
    /// Where its attribute is there, from its name to the quotation mark behind its value.
    attribute: (u32, u32),
}

impl HtmlLink {
    /// The bytes of its address in the node's text.
    #[must_use]
    pub fn place(&self) -> Range<usize> {
        self.place.0 as usize..self.place.1 as usize
    }

    /// The bytes of its attribute there, from its name to the quotation mark behind its value. A value without
    /// quotation marks ends where its only address does.
    #[must_use]
    pub fn attribute(&self) -> Range<usize> {
        self.attribute.0 as usize..self.attribute.1 as usize
    }
}

impl Body {
    /// The links of all raw HTML, in order.
    #[must_use]
    pub fn html_links(&self) -> &[HtmlLink] {
        &self.html_links
    }

    /// The links of the raw HTML at `node`, in order.
    #[must_use]
    pub fn html_links_at(&self, node: NodeId) -> &[HtmlLink] {
        let start = self.html_links.partition_point(|link| (link.node as usize) < node);
        let rest = &self.html_links[start..];
        &rest[..rest.partition_point(|link| link.node as usize == node)]
    }

    /// Is the link at this index of [`Body::links`] one of raw HTML?
    #[must_use]
    pub fn is_html_link(&self, link: usize) -> bool {
        self.html_links.binary_search_by_key(&link, |html| html.link as usize).is_ok()
    }

    /// Copies the links of the raw HTML at `node` of another body to that at `own` of this one.
    pub(super) fn copy_html_links(&mut self, from: &Body, node: NodeId, own: NodeId) {
        for link in from.html_links_at(node) {
            let index = small(self.links.len());
            self.links.push(from.links[link.link as usize].clone());
            self.html_links.push(HtmlLink { node: small(own), link: index, ..link.clone() });
        }
    }
}

impl Builder {
    /// Makes links of what raw HTML names. `source` is the text that was read and begins at the byte `offset` of its
    /// file. An image's alternative text is written without its HTML, which is passed over.
    pub fn link_html(&mut self, source: &str, offset: usize) {
        if !source.contains('<') {
            return;
        }
        let body = &mut self.body;
        let mut next = 0;
        while let Some(node) = body.nodes.get(next) {
            let id = next;
            next = if matches!(node.kind, Kind::Image(_)) { node.end as usize } else { id + 1 };
            let Kind::Html(html) = node.kind else { continue };
            let html = &body.text[html.start as usize..html.end as usize];
            let found = markup::references(html);
            if found.is_empty() {
                continue;
            }
            let start = node.span.range().start;
            let written = source.get(start - offset..node.span.range().end - offset).unwrap_or_default();
            let written = Written::new(written, html);
            for found in found {
                let span = written.span(html, &found.place, node.span);
                let link = small(body.links.len());
                body.links.push(RawLink {
                    target: found.target,
                    title: String::new(),
                    span,
                    target_span: span,
                    is_button: false,
                    is_alone: false,
                    definition: None,
                });
                body.html_links.push(HtmlLink {
                    node: small(id),
                    link,
                    usage: found.usage,
                    place: (small(found.place.start), small(found.place.end)),
                    attribute: (small(found.attribute.start), small(found.attribute.end)),
                });
            }
        }
    }
}

/// Where raw HTML stands in its source. Within a list or quotation, each line of the source has marks before what is
/// HTML.
pub(in crate::content) struct Written {
    /// Where each line begins, in the HTML and in the source; nothing where the two are the same.
    lines: Vec<(usize, usize)>,
    /// Are they as they should be?
    is_clear: bool,
}

impl Written {
    /// Of HTML that was read from `source`.
    pub(in crate::content) fn new(source: &str, html: &str) -> Self {
        let mut found = Self { lines: Vec::new(), is_clear: true };
        // Of the same length they can still differ: by a space before, and by how the line ends.
        if source == html {
            return found;
        }
        let (mut at, mut lines) = (0, source.split_inclusive('\n'));
        let mut own = 0;
        for line in html.split_inclusive('\n') {
            let Some(whole) = lines.next() else { break };
            match whole.trim_end_matches(['\r', '\n']).strip_suffix(line.trim_end_matches(['\r', '\n'])) {
                Some(marks) => found.lines.push((own, at + marks.len())),
                None => found.is_clear = false,
            }
            own += line.len();
            at += whole.len();
        }
        found
    }

    /// Where the byte `at` of the HTML is in the source; `None` where the two don't go together.
    pub(in crate::content) fn place(&self, at: usize) -> Option<usize> {
        if !self.is_clear {
            return None;
        }
        let line = self.lines.partition_point(|(own, _)| *own <= at);
        Some(line.checked_sub(1).map_or(at, |line| self.lines[line].1 + at - self.lines[line].0))
    }

    /// The span of a piece of the HTML, which all has the span `whole`.
    pub(in crate::content) fn span(&self, html: &str, piece: &Range<usize>, whole: Span) -> Span {
        if *piece == (0..html.len()) {
            return whole;
        }
        // A line end is written otherwise in some files.
        let end = html[..piece.end].trim_end_matches(['\r', '\n']).len().max(piece.start);
        let start = whole.range().start;
        match (self.place(piece.start), self.place(end)) {
            (Some(from), Some(to)) => Span::new(start + from, start + to.max(from)),
            _ => whole,
        }
    }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("a text has fewer bytes than its file, which fit")
}
