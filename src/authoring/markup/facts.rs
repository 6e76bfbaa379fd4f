//! What a text says, whatever notation it is in: its words, links, headings and images, each in order. Two notations of one
//! text have the same.

use super::tree::{self, Element, Node};
use crate::content::body::{Body, Kind, NodeId};

/// What readers get of a text, to compare two notations of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its words, with a letter or a digit each. Typographic signs are told apart from plain ones by no reader.
    pub words: Vec<String>,
    /// Where its links lead, without those whose words are their address.
    pub links: Vec<String>,
    /// Its headings: level and words.
    pub headings: Vec<(u8, String)>,
    /// Its images, with what they show.
    pub images: Vec<(String, String)>,
}

/// The first thing in which two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs: `words`, `links`, `headings`, `images`.
    pub what: &'static str,
    /// What the first text has there.
    pub expected: String,
    /// What the second text has there.
    pub found: String,
}

impl Facts {
    /// The facts of a text that is HTML.
    #[must_use]
    pub fn of_html(nodes: &[Node]) -> Self {
        let mut collector = Collector::default();
        collector.html(nodes);
        collector.finish()
    }

    /// What a text in our notation says, with the HTML in it.
    #[must_use]
    pub fn of_body(body: &Body) -> Self {
        let mut collector = Collector::default();
        collector.siblings(body, None);
        collector.finish()
    }

    /// The first thing in which another text differs from this one.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<Difference> {
        let heading = |(level, words): &(u8, String)| format!("{level}: {words}");
        let image = |(source, alt): &(String, String)| format!("{source} ({alt})");
        let headings = |facts: &Self| facts.headings.iter().map(heading).collect::<Vec<_>>();
        let images = |facts: &Self| facts.images.iter().map(image).collect::<Vec<_>>();
        differ("words", &self.words, &other.words)
            .or_else(|| differ("links", &self.links, &other.links))
            .or_else(|| differ("headings", &headings(self), &headings(other)))
            .or_else(|| differ("images", &images(self), &images(other)))
    }
}

fn differ(what: &'static str, expected: &[String], found: &[String]) -> Option<Difference> {
    let count = expected.len().max(found.len());
    let at = (0..count).find(|at| expected.get(*at) != found.get(*at))?;
    let shown = |all: &[String]| {
        let from = at.saturating_sub(2).min(all.len());
        all[from..all.len().min(at + 3)].join(" ")
    };
    Some(Difference { what, expected: shown(expected), found: shown(found) })
}

/// A word as it is compared: quotation marks, dashes and dots may be typographic ones.
fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' | '"' | '\'' => {
                out.push('\'')
            }
            '-' | '–' | '—' => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            '…' => out.push_str("..."),
            c => out.push(c),
        }
    }
    out
}

/// The words of a text, as they are compared.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).map(plain)
}

/// Is the address what readers see of the link?
fn is_shown(target: &str, text: &str) -> bool {
    fn bare(text: &str) -> &str {
        let text = text.trim();
        let text = ["https://", "http://", "mailto:"]
            .iter()
            .find_map(|start| text.strip_prefix(start))
            .unwrap_or(text);
        text.trim_end_matches('/')
    }
    bare(target) == bare(text) || bare(target) == bare(&text.replace(char::is_whitespace, ""))
}

/// Reads a text from its beginning to its end.
#[derive(Default)]
struct Collector {
    text: String,
    facts: Facts,
    /// Links of raw HTML that are open: target, and where their words begin.
    anchors: Vec<(String, usize, usize)>,
}

impl Collector {
    fn finish(mut self) -> Facts {
        while !self.anchors.is_empty() {
            self.end_anchor();
        }
        self.facts.words = words(&self.text).collect();
        self.facts
    }

    /// Ends a line: words on either side are two.
    fn line(&mut self) {
        self.text.push('\n');
    }

    fn image(&mut self, source: &str, alt: &str, caption: &str) {
        let alt = alt.split_whitespace().map(plain).collect::<Vec<_>>().join(" ");
        self.facts.images.push((source.to_string(), alt));
        if !caption.is_empty() {
            self.text.extend([" ", caption, " "]);
        }
    }

    /// Begins a link; it is told once its words are known.
    fn begin_anchor(&mut self, target: &str) {
        let at = self.facts.links.len();
        self.facts.links.push(target.to_string());
        self.anchors.push((target.to_string(), self.text.len(), at));
    }

    fn end_anchor(&mut self) {
        let Some((target, from, at)) = self.anchors.pop() else { return };
        if is_shown(&target, &self.text[from..]) {
            self.facts.links.remove(at);
            self.anchors.iter_mut().filter(|(_, _, other)| *other > at).for_each(|(_, _, other)| *other -= 1);
        }
    }

    fn heading(&mut self, level: u8, from: usize) {
        let words = words(&self.text[from..]).collect::<Vec<_>>().join(" ");
        // One without words stands for nothing that could be found.
        if !words.is_empty() {
            self.facts.headings.push((level, words));
        }
    }

    fn html(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text.push_str(text),
                Node::Element(element) => self.element(element),
                Node::Comment(_) => {}
            }
        }
    }

    fn element(&mut self, element: &Element) {
        match element.name.as_str() {
            "script" | "style" | "template" => return,
            "br" => return self.line(),
            "img" => {
                let get = |name| element.attribute(name).unwrap_or_default();
                return self.image(get("src"), get("alt"), "");
            }
            _ => {}
        }
        let is_block = element.is_block();
        if is_block {
            self.line();
        }
        let from = self.text.len();
        match element.attribute("href").filter(|_| element.name == "a") {
            Some(target) => {
                self.begin_anchor(target);
                self.html(&element.children);
                self.end_anchor();
            }
            None => self.html(&element.children),
        }
        if let Some(level) = level(&element.name) {
            self.heading(level, from);
        }
        if is_block {
            self.line();
        }
    }

    /// All nodes below one, or all of the text.
    fn siblings(&mut self, body: &Body, parent: Option<NodeId>) {
        for id in body.children(parent) {
            self.node(body, id);
        }
    }

    fn node(&mut self, body: &Body, id: NodeId) {
        match body.nodes()[id].kind {
            Kind::Text(text) | Kind::Code(text) => self.text.push_str(body.text(text)),
            Kind::SoftBreak | Kind::HardBreak => self.line(),
            Kind::HtmlBlock => {
                let lines = body.descendants(id).filter_map(|id| match body.nodes()[id].kind {
                    Kind::Html(text) => Some(body.text(text)),
                    _ => None,
                });
                let html: String = lines.collect();
                self.line();
                self.html(&tree::parse(&html));
                self.line();
            }
            Kind::Html(text) => self.tag(body.text(text)),
            Kind::Image(index) => {
                let link = &body.links[index as usize];
                let alt = body.plain_text_of(body.descendants(id));
                self.image(&link.target, &alt, &link.title);
            }
            Kind::Link(index) => {
                self.begin_anchor(&body.links[index as usize].target);
                self.siblings(body, Some(id));
                self.end_anchor();
            }
            Kind::Heading(index) => {
                self.line();
                let from = self.text.len();
                self.siblings(body, Some(id));
                self.heading(body.headings[index as usize].level, from);
                self.line();
            }
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough => self.siblings(body, Some(id)),
            Kind::Embed(index) => {
                let name = body.embeds[index as usize].name.clone();
                self.text.extend(["\n", &name, "\n"]);
            }
            Kind::Comment(_) | Kind::Instruction | Kind::TaskMarker(_) | Kind::FootnoteRef(_) => {}
            _ => {
                self.line();
                self.siblings(body, Some(id));
                self.line();
            }
        }
    }

    /// A tag within a line.
    fn tag(&mut self, tag: &str) {
        if tag.starts_with("</") {
            if tag.to_ascii_lowercase().starts_with("</a") && tag.len() <= "</a >".len() {
                self.end_anchor();
            }
            return;
        }
        let nodes = tree::parse(tag);
        let Some(element) = nodes.first().and_then(Node::element) else { return };
        match (element.name.as_str(), element.attribute("href")) {
            ("a", Some(target)) => self.begin_anchor(target),
            ("br" | "img", _) => self.element(element),
            _ => {}
        }
    }
}

/// The level of a heading's element.
#[must_use]
pub(super) fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
