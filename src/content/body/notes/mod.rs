//! What authors write for themselves: comments, `<!-- … -->`, and what is for other programs: `<?php … ?>`, `<!DOCTYPE …>`,
//! `<![CDATA[ … ]]>`. None of it is for readers.
//!
//! To Markdown a comment within a `<div>` ends at the next empty line, and what follows is text like any other; a comment
//! within a paragraph can't go on in the next one at all. To its author it goes on to the `-->`. So all of a text is read
//! once more, as one: what stands between the marks of a comment becomes one [`Kind::Comment`] node, whichever blocks
//! it is in, and no other node has any of it. What looks like a comment in code, in an attribute's value, or in a whole
//! `<script>`, `<style>` or `<textarea>` is none, as in HTML. Start with [`Builder::hide_notes`].

mod pieces;

use std::ops::Range;

use self::pieces::{HtmlPiece, Note, pieces};
use super::dividers::likeness;
use super::html_links::Written;
use super::{Body, Builder, FootnoteInfo, Heading, Kind, Node, NodeId};
use crate::diag::Span;

/// A comment that isn't what its author meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsettled {
    /// What is wrong with the comment.
    pub flaw: Flaw,
    /// Where it begins; of [`Flaw::Used`], what uses it.
    pub span: Span,
}

/// What is wrong with a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// It never ends; with what it would have to end.
    Endless(&'static str),
    /// It holds the beginning of another, and the first end ends both: there is one more.
    Nested,
    /// It is a whole comment, `<!-->`, and yet there is an end for it further on.
    Empty,
    /// A link outside of it takes its address from it.
    Used,
}

/// Could a note begin somewhere in `source`?
fn may_have_notes(source: &str) -> bool {
    source.match_indices('<').any(|(at, _)| Note::at(&source[at..]).is_some())
}

impl Builder {
    /// Makes every comment of `source`, the text that was read and that begins at the byte `offset` of its file, a
    /// [`Kind::Comment`], and everything else that isn't for readers a [`Kind::Instruction`]; takes all that stands
    /// within one out of all other nodes, tables and headings. What is wrong with them goes to [`Body::unsettled`].
    pub fn hide_notes(&mut self, source: &str, offset: usize) {
        if !may_have_notes(source) {
            return;
        }
        let from = std::mem::take(&mut self.body);
        let mut to = Self::with_capacity(source.len());
        let blank = |info: &FootnoteInfo| FootnoteInfo { node: None, ..info.clone() };
        to.body.footnotes = from.footnotes.iter().map(blank).collect();
        let mut hiding = Hiding {
            from,
            to,
            source,
            offset,
            until: 0,
            end: "-->",
            hidden: Vec::new(),
            unsettled: Vec::new(),
        };
        hiding.run();
        *self = hiding.finish();
    }
}

/// An open node of the old tree.
struct Open {
    end: u32,
    had_children: bool,
    /// Does it begin within a note?
    is_cut: bool,
}

/// How far the source of raw HTML has been read.
struct Cursor {
    /// Does it stand in the file exactly so?
    is_same: bool,
    at: usize,
}

struct Hiding<'a> {
    from: Body,
    to: Builder,
    source: &'a str,
    offset: usize,
    /// All before this byte of the source is within a note that ends with `end`.
    until: usize,
    end: &'static str,
    /// Notes that go over more than one node.
    hidden: Vec<Range<usize>>,
    unsettled: Vec<Unsettled>,
}

impl Hiding<'_> {
    fn run(&mut self) {
        let mut open: Vec<Open> = Vec::new();
        let mut id = 0;
        while id < self.from.nodes.len() {
            while let Some(done) = open.pop_if(|open| open.end as usize <= id) {
                self.close(&done);
            }
            id = self.node(id, &mut open);
        }
        while let Some(done) = open.pop() {
            self.close(&done);
        }
    }

    /// Copies what is left of a node, and says which comes next.
    fn node(&mut self, id: NodeId, open: &mut Vec<Open>) -> NodeId {
        let node = self.from.nodes[id];
        let (next, end) = (id + 1, node.end as usize);
        let place = self.source_range(id);
        let is_cut = place.start < self.until;
        // A table without its head is none.
        let is_one = end == next || matches!(node.kind, Kind::CodeBlock(_) | Kind::Table(_));
        match node.kind {
            // What is left of its row has as many cells as the table.
            Kind::TableCell if is_cut && place.end <= self.until => {
                self.to.leaf(node.kind, node.span);
                return end;
            }
            _ if is_cut && place.end <= self.until => return end,
            Kind::Html(_) => self.html(id),
            Kind::Text(_) => self.text(id),
            _ if is_cut && is_one => return end,
            Kind::CodeBlock(_) => {
                let kind = self.copied(node.kind);
                self.to.open(kind, node.span);
                for child in next..end {
                    let kind = self.copied(self.from.nodes[child].kind);
                    self.to.leaf(kind, self.from.nodes[child].span);
                }
                self.to.close();
                return end;
            }
            kind => {
                let kind = self.copied(kind);
                let new = self.to.open(kind, node.span);
                if let Kind::Footnote(footnote) = kind {
                    self.to.define_footnote(footnote, new);
                }
                open.push(Open { end: node.end, had_children: end > next, is_cut });
            }
        }
        next
    }

    /// Closes the innermost node. A block that lost all that it had goes as well; a paragraph with nothing left but the
    /// tags around a comment is raw HTML, as it would be without the comment.
    fn close(&mut self, done: &Open) {
        let Some(id) = self.to.close() else { return };
        let body = &mut self.to.body;
        let kind = body.nodes[id].kind;
        if let Kind::Heading(heading) = kind {
            let text = body.plain_text_of(body.descendants(id));
            body.headings[heading as usize].text = text.trim().to_owned();
        }
        let is_tag = |node: &Node| matches!(node.kind, Kind::Html(_) | Kind::Comment(_) | Kind::Instruction);
        if done.is_cut && kind == Kind::Paragraph && body.nodes[id + 1..].iter().all(is_tag) {
            body.nodes[id].kind = Kind::HtmlBlock;
        }
        if !done.had_children || body.nodes.len() > id + 1 {
            return;
        }
        match kind {
            Kind::Heading(_) => drop(body.headings.pop()),
            Kind::Link(_) => drop(body.links.pop()),
            Kind::Callout(_) => drop(body.callouts.pop()),
            Kind::Paragraph
            | Kind::Quote
            | Kind::CalloutTitle
            | Kind::List(_)
            | Kind::Item
            | Kind::HtmlBlock => {}
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough => {}
            _ => return,
        }
        body.nodes.pop();
    }

    /// Where a node stands in the source.
    fn source_range(&self, id: NodeId) -> Range<usize> {
        let file = self.from.nodes[id].span.range();
        file.start - self.offset..file.end - self.offset
    }

    fn span(&self, place: &Range<usize>) -> Span {
        Span::new(place.start + self.offset, place.end + self.offset)
    }

    /// The same kind, with what it refers to in the new tree.
    fn copied(&mut self, kind: Kind) -> Kind {
        let Self { from, to, .. } = self;
        match kind {
            Kind::Text(text) => Kind::Text(to.buffer(from.text(text))),
            Kind::Code(text) => Kind::Code(to.buffer(from.text(text))),
            Kind::CodeBlock(text) => Kind::CodeBlock(to.buffer(from.text(text))),
            Kind::Heading(index) => {
                let heading = from.headings[index as usize].clone();
                let node = to.body.nodes.len();
                Kind::Heading(to.heading(Heading { node, ..heading }))
            }
            Kind::Table(index) => Kind::Table(to.table(from.tables[index as usize].clone())),
            Kind::Link(index) => Kind::Link(to.link(from.links[index as usize].clone())),
            Kind::Image(index) => Kind::Image(to.link(from.links[index as usize].clone())),
            Kind::Callout(index) => {
                to.body.callouts.push(from.callouts[index as usize].clone());
                Kind::Callout(u32::try_from(to.body.callouts.len() - 1).expect("no more than there were"))
            }
            Kind::Embed(index) => {
                to.body.embeds.push(from.embeds[index as usize].clone());
                Kind::Embed(u32::try_from(to.body.embeds.len() - 1).expect("no more than there were"))
            }
            other => other,
        }
    }

    /// Raw HTML: a node for each of its pieces.
    fn html(&mut self, id: NodeId) {
        let node = self.from.nodes[id];
        let Kind::Html(all) = node.kind else { return };
        let html = self.from.text(all).to_owned();
        let place = self.source_range(id);
        let is_block = id.checked_sub(1).is_some_and(|above| {
            self.from.nodes[above].kind == Kind::HtmlBlock && self.from.nodes[above].end == node.end
        });
        // Where the note ends that began before.
        let behind = || html.find(self.end).map_or(html.len(), |at| at + self.end.len());
        let from = if place.start < self.until { behind() } else { 0 };
        let mut cursor =
            Cursor { is_same: self.source[place.clone()] == html, at: place.start.max(self.until) };
        let written = Written::new(&self.source[place.clone()], &html);
        for piece in pieces(&html, from) {
            match piece {
                HtmlPiece::Html(range) => {
                    let is_edge = range.start == from || range.end == html.len();
                    if is_block && is_edge && html[range.clone()].trim().is_empty() {
                        continue;
                    }
                    let text = self.to.buffer(&html[range.clone()]);
                    let span = written.span(&html, &range, node.span);
                    self.to.leaf(Kind::Html(text), span);
                }
                HtmlPiece::Note(note, range) => {
                    let begin = self.begin(&mut cursor, note, &place, range.start);
                    let length = note.length(&self.source[begin..place.end]).unwrap_or_default();
                    cursor.at = begin + length;
                    self.note(note, &html[range], &(begin..cursor.at));
                    self.judge(note, &(begin..cursor.at));
                }
                HtmlPiece::Open(note, at) => {
                    let begin = self.begin(&mut cursor, note, &place, at);
                    self.note(note, &html[at..], &(begin..place.end));
                    self.go_on(note, begin, place.end);
                }
            }
        }
    }

    /// Where a note at the byte `at` of raw HTML begins in the source, which has other white space before its lines when
    /// it stands in a list or quotation.
    fn begin(&self, cursor: &mut Cursor, note: Note, place: &Range<usize>, at: usize) -> usize {
        if cursor.is_same {
            return place.start + at;
        }
        let rest = self.source.get(cursor.at..place.end).unwrap_or_default();
        cursor.at += rest.find(note.start()).unwrap_or_default();
        cursor.at.min(place.end)
    }

    /// Words, which may hold the beginning of a note that ends in another block: Markdown sees none there.
    fn text(&mut self, id: NodeId) {
        let node = self.from.nodes[id];
        let Kind::Text(text) = node.kind else { return };
        let place = self.source_range(id);
        let is_same = self.source[place.clone()] == *self.from.text(text);
        if !is_same && (place.start < self.until || self.opening(place.clone(), place.start).is_none()) {
            // An entity or a quotation mark.
            if place.start >= self.until {
                let text = self.from.text(text).to_owned();
                self.to.other_text(&text, node.span);
            }
            return;
        }
        let mut at = place.start.max(self.until);
        while at < place.end {
            let found = self.opening(at..place.end, place.start);
            let stop = found.map_or(place.end, |(_, begin)| begin);
            if at < stop && is_same {
                self.to.text(&self.source[at..stop], self.span(&(at..stop)));
            }
            let Some((note, begin)) = found else { return };
            self.go_on(note, begin, begin + note.start().len());
            let written = self.source[begin..self.until].lines().next().unwrap_or_default().to_owned();
            self.note(note, &written, &(begin..begin + written.len()));
            at = self.until;
        }
    }

    /// The first note that begins within `range` of the words that begin at `start`.
    fn opening(&self, range: Range<usize>, start: usize) -> Option<(Note, usize)> {
        self.source[range.clone()].match_indices('<').find_map(|(at, _)| {
            let begin = range.start + at;
            let is_escaped = begin == start && self.source[..begin].ends_with('\\');
            let rest = &self.source[begin..];
            let note = Note::at(rest).filter(|_| !is_escaped)?;
            let is_meant = match note {
                Note::Comment | Note::Data => true,
                // `a <? b` is a question.
                Note::Instruction => rest[2..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '='),
                Note::Declaration => false,
            };
            is_meant.then_some((note, begin))
        })
    }

    /// A note isn't over where its node is: all up to its end is hidden.
    fn go_on(&mut self, note: Note, begin: usize, from: usize) {
        self.end = note.end();
        let end = self.source[from..].find(self.end).map(|at| from + at + self.end.len());
        self.until = end.unwrap_or(self.source.len());
        self.hidden.push(begin..self.until);
        if end.is_none() {
            self.unsettle(Flaw::Endless(self.end), &(begin..begin + note.start().len()));
        } else {
            self.judge(note, &(begin..self.until));
        }
    }

    /// Reports a comment that ends before its author meant it to.
    fn judge(&mut self, note: Note, place: &Range<usize>) {
        let written = &self.source[place.clone()];
        let is_empty = written.len() < "<!---->".len();
        let inner =
            written.get("<!--".len()..).and_then(|inner| inner.rsplit_once("<!--")).map(|(_, last)| last);
        if note != Note::Comment || !is_empty && inner.is_none() {
            return;
        }
        let behind = &self.source[place.end..];
        let stray = behind.find("-->").filter(|end| behind.find("<!--").is_none_or(|next| *end < next));
        let is_gate = inner.is_some_and(|inner| likeness(inner.trim_end_matches("-->")).is_some());
        if stray.is_some() || is_gate {
            let flaw = if is_empty { Flaw::Empty } else { Flaw::Nested };
            self.unsettle(
                flaw,
                &(place.start..place.start + written.lines().next().unwrap_or_default().len()),
            );
        }
    }

    fn unsettle(&mut self, flaw: Flaw, place: &Range<usize>) {
        let span = self.span(place);
        self.unsettled.push(Unsettled { flaw, span });
    }

    /// Adds a note as it is written.
    fn note(&mut self, note: Note, written: &str, place: &Range<usize>) {
        let inner = written.strip_prefix("<!--").unwrap_or(written);
        let inner = inner.strip_suffix("-->").unwrap_or(inner).trim();
        let kind = match note {
            Note::Comment => Kind::Comment(self.to.buffer(inner)),
            _ => Kind::Instruction,
        };
        let span = self.span(place);
        self.to.leaf(kind, span);
    }

    fn finish(mut self) -> Builder {
        for link in &self.to.body.links {
            let Some(definition) = link.definition else { continue };
            let start = definition.range().start - self.offset;
            let before = self.hidden.partition_point(|hidden| hidden.start <= start);
            if self.hidden[..before].last().is_some_and(|hidden| hidden.contains(&start)) {
                self.unsettled.push(Unsettled { flaw: Flaw::Used, span: link.span });
            }
        }
        self.to.body.unsettled = self.unsettled;
        self.to
    }
}

#[cfg(test)]
mod tests;
