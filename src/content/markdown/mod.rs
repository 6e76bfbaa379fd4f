//! Markdown to a [`Body`]: the only place that reads Markdown.
//!
//! CommonMark with the extensions of GitHub, over pulldown-cmark, whose events become nodes of the tree. Everything
//! has its place in the file. No input makes it panic, nested ever so deep. Start with [`parse`].

mod attributes;
mod bare;
mod callouts;
mod ids;
mod links;
pub(super) mod meant;
mod options;
mod smart;
mod target;
mod timed;

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, OffsetIter, Parser, Tag};

pub use options::Options;
pub use smart::Quotes;
pub use timed::{Due, Timed};

use self::links::BUTTON;
use self::smart::Marks;
use super::blocks::Role;
use super::body::{self, Align, Body, Builder, Heading, Kind, Node, NodeId};
use crate::diag::Span;

/// Parses Markdown.
///
/// `text` is the part of a file behind its front matter and starts at the byte `offset` of the file, so that all spans
/// are those of the file. Any text is Markdown, so nothing can fail; a reference link without a definition stays text.
#[must_use]
pub fn parse(text: &str, offset: usize, options: &Options) -> Body {
    let mut events = Parser::new_ext(text, options.flags()).into_offset_iter();
    let mut tree = Tree {
        text,
        offset,
        quotes: options.smart,
        embeds: options.embeds,
        offers: options.offers,
        autolinks: options.autolinks,
        callouts: options.callouts,
        heading_attributes: options.heading_attributes,
        links: 0,
        in_anchor: false,
        last_link: (0, 0),
        marks: Marks::default(),
        builder: Builder::with_capacity(text.len()),
        footnotes: HashMap::new(),
    };
    while let Some((event, range)) = events.next() {
        let range = clamp_range(text, range);
        if !matches!(event, Event::Text(_)) {
            tree.link_meant();
        }
        match event {
            Event::Start(tag) => tree.start(tag, range, &events),
            Event::End(_) => tree.end(),
            other => tree.leaf(other, range),
        }
    }
    if options.comments {
        tree.builder.hide_notes(text, offset);
    }
    if options.html_links {
        tree.builder.link_html(text, offset);
    }
    ids::assign(tree.builder.headings_mut());
    tree.builder.finish()
}

/// The range on character boundaries inside the text; the parser promises it, and diagnostics rely on it.
fn clamp_range(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}

/// The tree that is being built, and what is needed to read the events that follow.
struct Tree<'a> {
    text: &'a str,
    offset: usize,
    quotes: Option<Quotes>,
    embeds: bool,
    offers: bool,
    autolinks: bool,
    callouts: bool,
    heading_attributes: bool,
    /// Links and images that are open.
    links: u32,
    /// Is a link of raw HTML open?
    in_anchor: bool,
    /// The last link or image that has ended, and the node that would follow it.
    last_link: (NodeId, usize),
    marks: Marks,
    builder: Builder,
    /// Labels, folded, of the footnotes met so far.
    footnotes: HashMap<String, u32>,
}

impl<'a> Tree<'a> {
    fn start(&mut self, tag: Tag<'a>, range: Range<usize>, events: &OffsetIter<'a>) {
        let span = self.span(&range);
        let (kind, span) = match tag {
            Tag::Paragraph => {
                self.marks.start_block();
                (Kind::Paragraph, self.trimmed(&range))
            }
            Tag::Heading { level, .. } => (self.heading(level as u8), self.trimmed(&range)),
            Tag::BlockQuote(None) => (Kind::Quote, span),
            Tag::BlockQuote(Some(kind)) => return self.start_alert(kind, span),
            Tag::CodeBlock(kind) => (self.code_block(&kind), self.trimmed(&range)),
            Tag::HtmlBlock => (Kind::HtmlBlock, self.trimmed(&range)),
            // Nine digits fit; a parser that allowed more would not break the tree.
            Tag::List(first) => (Kind::List(first.map(|n| u32::try_from(n).unwrap_or(u32::MAX))), span),
            Tag::Item => {
                self.marks.start_block();
                (Kind::Item, span)
            }
            Tag::FootnoteDefinition(label) => return self.start_note(label, span),
            Tag::Table(columns) => {
                (Kind::Table(self.builder.table(columns.into_iter().map(align).collect())), span)
            }
            Tag::TableHead => (Kind::TableHead, span),
            Tag::TableRow => (Kind::TableRow, span),
            Tag::TableCell => {
                self.marks.start_block();
                (Kind::TableCell, span)
            }
            Tag::Emphasis => (Kind::Emphasis, span),
            Tag::Strong => (Kind::Strong, span),
            Tag::Strikethrough => (Kind::Strikethrough, span),
            Tag::Link { link_type, dest_url, title, id } => {
                self.links += 1;
                let link = self.link((link_type, dest_url, title, id), &range, events);
                (Kind::Link(link), span)
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.links += 1;
                let link = self.link((link_type, dest_url, title, id), &range, events);
                (Kind::Image(link), span)
            }
            // Extensions that are never on; their text is kept.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => (Kind::Paragraph, span),
        };
        self.in_anchor &= kind.is_inline();
        self.builder.open(kind, span);
    }

    fn heading(&mut self, level: u8) -> Kind {
        self.marks.start_block();
        let heading = Heading {
            level,
            node: self.builder.so_far().nodes().len(),
            top_level: self.builder.depth() == 0,
            ..Heading::default()
        };
        Kind::Heading(self.builder.heading(heading))
    }

    /// A quotation that begins with GitHub's mark, `[!NOTE]`: a callout.
    fn start_alert(&mut self, kind: BlockQuoteKind, span: Span) {
        let node = self.builder.open(Kind::Quote, span);
        let callout = self.github_alert(kind, span);
        self.builder.callout(node, callout);
        self.in_anchor = false;
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Kind {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        Kind::CodeBlock(self.builder.buffer(info.trim()))
    }

    fn start_note(&mut self, label: CowStr<'a>, span: Span) {
        let footnote = self.footnote(label);
        let node = self.builder.open(Kind::Footnote(footnote), span);
        self.builder.define_footnote(footnote, node);
    }

    fn end(&mut self) {
        let Some(node) = self.builder.close() else { return };
        match self.builder.so_far().nodes()[node].kind {
            Kind::Heading(heading) => {
                if self.heading_attributes {
                    self.attributes(node, heading);
                }
                let body = self.builder.so_far();
                let text = body.plain_text_of(body.descendants(node));
                let text = if text.trim().len() == text.len() { text } else { text.trim().to_owned() };
                self.builder.headings_mut()[heading as usize].text = text;
            }
            Kind::Link(_) | Kind::Image(_) => {
                self.links = self.links.saturating_sub(1);
                self.find_target(node);
                self.last_link = (node, self.builder.so_far().nodes().len());
            }
            Kind::Quote if self.callouts => self.callout(node),
            Kind::Paragraph if self.embeds && self.builder.depth() == 0 => self.embed(node),
            _ => {}
        }
    }

    /// Takes the braces at the end of the heading at `node` out of its text.
    fn attributes(&mut self, node: NodeId, heading: u32) {
        let nodes = &self.builder.so_far().nodes()[node + 1..];
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else { return };
        let start = first.span.range().start;
        let written = &self.text[start - self.offset..last.span.range().end - self.offset];
        let Some((at, attributes)) = attributes::trailing(written.trim_end()) else { return };
        let gone = nodes.iter().rev().take_while(|node| node.span.range().end > start + at);
        if gone.clone().any(|node| !matches!(node.kind, Kind::Text(_))) {
            return;
        }
        let kept = start + written[..at].trim_end().len();
        let entry = &mut self.builder.headings_mut()[heading as usize];
        entry.explicit_id = attributes.id.is_some();
        entry.id = attributes.id.unwrap_or_default().to_owned();
        entry.classes = attributes.classes.into_iter().map(str::to_owned).collect();
        let others = attributes.others.into_iter();
        entry.attributes = others.map(|(key, value)| (key.to_owned(), value.map(str::to_owned))).collect();
        let role = entry.attributes.iter().find(|(key, _)| key == "role");
        entry.role = role.and_then(|(_, value)| Role::from_name(value.as_deref().unwrap_or_default()));
        self.builder.cut_text(node, kept);
    }

    /// Makes a paragraph an embed if it is nothing else, as the author wrote it, and marks a link or an image that is all
    /// of it.
    fn embed(&mut self, node: NodeId) {
        let body = self.builder.so_far();
        let paragraph = body.nodes()[node];
        let is_alone = body.nodes().get(node + 1).is_some_and(|first| {
            matches!(first.kind, Kind::Link(_) | Kind::Image(_)) && first.end as usize == body.nodes().len()
        });
        if is_alone {
            if let Some(link) = self.builder.link_mut(node + 1) {
                link.is_alone = true;
            }
            return;
        }
        let [Node { kind: Kind::Text(text), span, .. }] = body.nodes()[node + 1..] else { return };
        if span == paragraph.span
            && let Some(embed) = body::embed(body.text(text), span.range().start)
        {
            self.builder.embed(node, embed);
        }
    }

    fn leaf(&mut self, event: Event<'a>, range: Range<usize>) {
        let span = self.span(&range);
        match event {
            Event::Text(text) => match self.innermost() {
                Some(Kind::CodeBlock(_)) => self.builder.line(Kind::Text, &text, span),
                // The spaces before its first line.
                Some(Kind::HtmlBlock) => self.builder.line(Kind::Html, &text, span),
                _ => self.words(&text, range, span),
            },
            Event::Code(text) => {
                let text = self.builder.buffer(&text);
                self.builder.leaf(Kind::Code(text), span);
            }
            Event::Html(html) | Event::InlineHtml(html) => match self.innermost() {
                Some(Kind::HtmlBlock) => self.builder.line(Kind::Html, &html, span),
                _ => {
                    self.follow_anchor(&html);
                    let html = self.builder.buffer(&html);
                    self.builder.leaf(Kind::Html(html), span);
                }
            },
            Event::FootnoteReference(label) => {
                let footnote = self.footnote(label);
                self.builder.leaf(Kind::FootnoteRef(footnote), span);
            }
            Event::SoftBreak => drop(self.builder.leaf(Kind::SoftBreak, span)),
            Event::HardBreak => drop(self.builder.leaf(Kind::HardBreak, span)),
            Event::Rule => drop(self.builder.leaf(Kind::Rule, span)),
            Event::TaskListMarker(ticked) => drop(self.builder.leaf(Kind::TaskMarker(ticked), span)),
            // An extension that is never on.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.builder.text(&text, span),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn words(&mut self, text: &str, range: Range<usize>, span: Span) {
        if self.last_link.1 == self.builder.so_far().nodes().len()
            && let Some(rest) = text.strip_prefix(BUTTON)
            && self.callouts
            && let Some(link) = self.builder.link_mut(self.last_link.0)
        {
            link.is_button = true;
            if rest.is_empty() {
                return;
            }
            let range = range.start + BUTTON.len()..range.end;
            let span = self.span(&range);
            return self.words(rest, range, span);
        }
        let is_next = self.builder.written().is_none_or(|(_, before)| before.end == span.start);
        if self.text[range.clone()] == *text {
            if !is_next {
                self.link_meant();
            }
            return self.builder.text(text, span);
        }
        self.link_meant();
        let mark = match (self.quotes, text) {
            (Some(quotes), "“" | "”" | "‘" | "’") => {
                self.marks.replace(quotes, self.text, range.start, text)
            }
            _ => None,
        };
        self.builder.other_text(mark.unwrap_or(text), span);
    }

    fn innermost(&self) -> Option<Kind> {
        let node = self.builder.innermost()?;
        Some(self.builder.so_far().nodes()[node].kind)
    }

    /// The span of a block without the line ends behind it. Only for blocks that don't nest: each look at the end of
    /// its text would else add up.
    fn trimmed(&self, range: &Range<usize>) -> Span {
        self.span(&(range.start..range.start + self.text[range.clone()].trim_end().len()))
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start + self.offset, range.end + self.offset)
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

#[cfg(test)]
mod tests;
