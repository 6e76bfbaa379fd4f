//! Markdown to a [`Body`]: the only place that reads Markdown.
//!
//! CommonMark with the extensions of GitHub, over pulldown-cmark, whose events become nodes of the tree. Everything
//! has its place in the file. No input makes it panic, nested ever so deep. Start with [`parse`].

mod attributes;
mod bare;
mod ids;
pub(super) mod meant;
mod smart;
mod target;
mod timed;

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options as Flags, Parser,
    Tag,
};

use self::smart::Marks;
pub use self::smart::Quotes;
pub use self::timed::{Due, Timed};
use super::blocks::callouts::{self, Mark};
use super::blocks::{Callout, CalloutKind, Role};
use super::body::{self, Align, Body, Builder, Embed, EmbedKind, Heading, Kind, Node, NodeId, RawLink};
use crate::diag::Span;
use crate::encode::mail;

/// Which extensions of CommonMark are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// `| a | b |`.
    pub tables: bool,
    /// `- [ ] to do`.
    pub task_lists: bool,
    /// `[^1]`, as GitHub reads them.
    pub footnotes: bool,
    /// `~~gone~~`.
    pub strikethrough: bool,
    /// `## Heading {#id .class key=value}`.
    pub heading_attributes: bool,
    /// `> [!tip] Title`, and buttons, `[text](target){.button}`.
    pub callouts: bool,
    /// `[form:guide]` as a paragraph of its own.
    pub embeds: bool,
    /// `> [!offer] guide`, which is an embed, too.
    pub offers: bool,
    /// `https://…`, `www.…` and mail addresses are links as they are written, and so are `[[wiki links]]` and links with
    /// a space in their address.
    pub autolinks: bool,
    /// Comments are for their authors: no other node has any of them. Without it they are raw HTML like any other.
    pub comments: bool,
    /// What raw HTML names (`<a href>`, `<img src>`) is a link of the text, as that of Markdown is.
    pub html_links: bool,
    /// `--`, `---`, `...` and straight quotation marks become typographic ones, quotation marks those given.
    pub smart: Option<Quotes>,
}

impl Options {
    /// CommonMark 0.31 and nothing else.
    #[must_use]
    pub fn commonmark() -> Self {
        Self::default()
    }

    /// Everything on, with the quotation marks of `language` (a code such as `sv`).
    #[must_use]
    pub fn full(language: &str) -> Self {
        Self {
            tables: true,
            task_lists: true,
            footnotes: true,
            strikethrough: true,
            heading_attributes: true,
            callouts: true,
            embeds: true,
            offers: true,
            autolinks: true,
            comments: true,
            html_links: true,
            smart: Some(Quotes::for_language(language)),
        }
    }

    fn flags(&self) -> Flags {
        [
            (self.tables, Flags::ENABLE_TABLES),
            (self.task_lists, Flags::ENABLE_TASKLISTS),
            (self.footnotes, Flags::ENABLE_FOOTNOTES),
            (self.strikethrough, Flags::ENABLE_STRIKETHROUGH),
            (self.callouts, Flags::ENABLE_GFM),
            (self.smart.is_some(), Flags::ENABLE_SMART_PUNCTUATION),
        ]
        .into_iter()
        .filter_map(|(on, flag)| on.then_some(flag))
        .collect()
    }
}

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
        let range = within(text, range);
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
fn within(text: &str, range: Range<usize>) -> Range<usize> {
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
            Tag::Heading { level, .. } => {
                self.marks.start_block();
                let heading = Heading {
                    level: level as u8,
                    node: self.builder.so_far().nodes().len(),
                    top_level: self.builder.depth() == 0,
                    ..Heading::default()
                };
                (Kind::Heading(self.builder.heading(heading)), self.trimmed(&range))
            }
            Tag::BlockQuote(None) => (Kind::Quote, span),
            Tag::BlockQuote(Some(kind)) => {
                let node = self.builder.open(Kind::Quote, span);
                let callout = self.github_alert(kind, span);
                self.builder.callout(node, callout);
                self.in_anchor = false;
                return;
            }
            Tag::CodeBlock(kind) => {
                let span = self.trimmed(&range);
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info,
                    CodeBlockKind::Indented => "",
                };
                (Kind::CodeBlock(self.builder.buffer(info.trim())), span)
            }
            Tag::HtmlBlock => (Kind::HtmlBlock, self.trimmed(&range)),
            // Nine digits fit; a parser that allowed more would not break the tree.
            Tag::List(first) => (Kind::List(first.map(|n| u32::try_from(n).unwrap_or(u32::MAX))), span),
            Tag::Item => {
                self.marks.start_block();
                (Kind::Item, span)
            }
            Tag::FootnoteDefinition(label) => {
                let footnote = self.footnote(label);
                let node = self.builder.open(Kind::Footnote(footnote), span);
                self.builder.define_footnote(footnote, node);
                return;
            }
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
        entry.role = role.and_then(|(_, value)| Role::named(value.as_deref().unwrap_or_default()));
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

    /// Sees whether a tag begins or ends a link: there is no link within another one.
    fn follow_anchor(&mut self, tag: &str) {
        let name = |start: &str| {
            let rest = tag.get(start.len()..).filter(|_| tag[..start.len()].eq_ignore_ascii_case(start));
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        };
        if tag.len() > 2 && tag.is_char_boundary(2) && name("<a") {
            self.in_anchor = true;
        } else if tag.len() > 3 && tag.is_char_boundary(3) && name("</a") {
            self.in_anchor = false;
        }
    }

    /// One of the five that GitHub knows, whose type stands alone on its line.
    fn github_alert(&self, kind: BlockQuoteKind, span: Span) -> Callout {
        let kind = match kind {
            BlockQuoteKind::Note => CalloutKind::Note,
            BlockQuoteKind::Tip => CalloutKind::Tip,
            BlockQuoteKind::Important => CalloutKind::Important,
            BlockQuoteKind::Warning => CalloutKind::Warning,
            BlockQuoteKind::Caution => CalloutKind::Caution,
        };
        let start = span.range().start;
        let written = self.text[start - self.offset..].find("[!").map_or(start, |at| start + at + 2);
        let span = Span::new(written, written + kind.name().len());
        Callout { kind, name: kind.name().to_string(), span, fold: None }
    }

    /// Makes a quotation that begins with a type in brackets a callout.
    fn callout(&mut self, node: NodeId) {
        let body = self.builder.so_far();
        let Some([Node { kind: Kind::Paragraph, end, .. }, Node { kind: Kind::Text(text), span, .. }]) =
            body.nodes().get(node + 1..node + 3)
        else {
            return;
        };
        let (end, text, start) = (*end as usize, body.text(*text), span.range().start);
        // A backslash before it says that the text is meant.
        if body.nodes()[node + 1].span.range().start != start {
            return;
        }
        let Some(Mark { name, fold, length }) = callouts::mark(text) else { return };
        let kind = CalloutKind::named(name);
        let line_end = (node + 3..end)
            .find(|id| matches!(body.nodes()[*id].kind, Kind::SoftBreak | Kind::HardBreak))
            .filter(|at| {
                fold.is_some() || !kind.is_box() || length == text.len() || !self.is_sentence(node + 1, *at)
            });
        let is_alone = body.nodes()[node].end as usize == end;
        let has_words = length < text.len() || end > node + 3;
        let span = Span::new(start + 2, start + 2 + name.len());
        let callout = Callout { kind, name: name.to_string(), span, fold };
        // An offer says nothing itself: it stands for what is said of it elsewhere.
        if kind == CalloutKind::Offer
            && self.offers
            && is_alone
            && line_end.is_none()
            && self.builder.depth() == 0
        {
            let name = text[length..].trim_end();
            let span = Span::new(start + length, start + length + name.len());
            let embed = Embed { kind: EmbedKind::Offer, name: name.to_string(), span };
            let is_all = end == node + 3 && body::is_embed_name(name);
            if is_all {
                return self.builder.embed(node, embed);
            }
        }
        self.builder.titled_callout(node, callout, length, line_end);
        // What is folded, a call to action and a number have their words in the title, also where nothing follows.
        let is_title = !is_alone || fold.is_some() || !kind.is_box();
        // Nothing is written of a title without words.
        if line_end.is_none() && (is_title || !has_words) {
            self.builder.title_alone(node);
        }
    }

    /// Does the line of words that ends at `line_end` go on behind it, in small letters? Then it is the first line of a
    /// text, no title.
    fn is_sentence(&self, paragraph: NodeId, line_end: NodeId) -> bool {
        let body = self.builder.so_far();
        let first = |range: Range<NodeId>| body.plain_text_of(range).chars().next();
        let end = body.nodes()[paragraph].end as usize;
        first(line_end + 1..end).is_some_and(char::is_lowercase)
    }

    /// Makes links of what was meant as one in the text that has just ended.
    fn link_meant(&mut self) {
        let is_closed = self.links > 0 || self.in_anchor;
        if !self.autolinks || is_closed || matches!(self.innermost(), Some(Kind::CodeBlock(_))) {
            return;
        }
        let Some((text, span)) = self.builder.written() else { return };
        let place = span.start as usize - self.offset..span.end as usize - self.offset;
        let before = self.text[..place.start].chars().next_back();
        let behind = self.text[place.end..].chars().next();
        let mut found = if text.contains('[') { meant::find(text) } else { Vec::new() };
        // The first sign may have a backslash.
        found.retain(|one| one.place.start > 0 || before != Some('\\'));
        let mut at = 0;
        let mut bare = bare::find(text, before, behind);
        bare.retain(|bare| {
            at += found[at..].iter().take_while(|one| one.place.end <= bare.place.start).count();
            found.get(at).is_none_or(|one| bare.place.end <= one.place.start)
        });
        if !bare.is_empty() {
            found.extend(bare.into_iter().map(Into::into));
            found.sort_by_key(|one| one.place.start);
        }
        if !found.is_empty() {
            self.builder.link_within(found);
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

    /// The index of a footnote by its label; a new one for a new label. Labels are compared as link labels are,
    /// without regard to case.
    fn footnote(&mut self, label: CowStr<'a>) -> u32 {
        let folded = label.to_uppercase().to_lowercase();
        let builder = &mut self.builder;
        *self.footnotes.entry(folded).or_insert_with(|| builder.footnote(label.into_string()))
    }

    /// Adds a link to the table, with the place of its target where the definition or the source of an autolink gives
    /// it; that of an inline link is found when its text has been read.
    fn link(
        &mut self,
        (link_type, target, title, label): (LinkType, CowStr<'a>, CowStr<'a>, CowStr<'a>),
        range: &Range<usize>,
        events: &OffsetIter<'a>,
    ) -> u32 {
        let definition = match link_type {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                self.definition(&label, (&target, &title), events)
            }
            _ => None,
        };
        let place = match link_type {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                definition.clone().and_then(|found| target::definition(self.text, found))
            }
            LinkType::Autolink | LinkType::Email => Some(range.start + 1..range.end.saturating_sub(1)),
            _ => None,
        };
        let place = place.map_or(range.clone(), |place| within(self.text, place));
        let target = match link_type {
            LinkType::Email => mail::to(&target),
            _ => target.into_string(),
        };
        let (span, target_span) = (self.span(range), self.span(&place));
        let definition = definition.map(|found| self.span(&found));
        self.builder.link(RawLink {
            target,
            title: title.into_string(),
            span,
            target_span,
            is_button: false,
            is_alone: false,
            definition,
        })
    }

    /// Where a reference is defined. Its label may go over two lines of a quotation and so not be the one that it was
    /// found by; then the definition is the last one that says the same.
    fn definition(
        &self,
        label: &str,
        (target, title): (&str, &str),
        events: &OffsetIter<'a>,
    ) -> Option<Range<usize>> {
        let definitions = events.reference_definitions();
        let found = definitions.get(label).or_else(|| {
            let found = definitions.iter().map(|(_, found)| found);
            let same = found.filter(|found| {
                *found.dest == *target && found.title.as_deref().unwrap_or_default() == title
            });
            same.max_by_key(|found| found.span.start)
        });
        found.map(|found| within(self.text, found.span.clone()))
    }

    /// Looks for the target of an inline link behind the text of the link, which ends at its last child.
    fn find_target(&mut self, node: NodeId) {
        let body = self.builder.so_far();
        let file = body.nodes()[node].span.range();
        let last = body.children(Some(node)).last();
        let behind = last.map_or(file.start, |child| body.nodes()[child].span.range().end);
        let (offset, text) = (self.offset, self.text);
        let Some(link) = self.builder.link_mut(node) else { return };
        if link.target_span != link.span {
            return;
        }
        if let Some(place) = target::inline(text, behind - offset, file.end - offset) {
            let place = within(text, place);
            link.target_span = Span::new(place.start + offset, place.end + offset);
        }
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

/// What makes the link before it a button.
const BUTTON: &str = "{.button}";

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
