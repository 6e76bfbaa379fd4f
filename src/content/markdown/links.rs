//! Links, images, footnotes and definitions of links: where each is, and where it leads.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, OffsetIter};

use super::{Tree, bare, clamp_range, meant, target};
use crate::content::body::{Kind, NodeId, RawLink};
use crate::diag::Span;
use crate::encode::mail;

impl<'a> Tree<'a> {
    /// Sees whether a tag begins or ends a link: there is no link within another one.
    pub(super) fn follow_anchor(&mut self, tag: &str) {
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

    /// Makes links of what was meant as one in the text that has just ended.
    pub(super) fn link_meant(&mut self) {
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

    /// The index of a footnote by its label; a new one for a new label. Labels are compared as link labels are,
    /// without regard to case.
    pub(super) fn footnote(&mut self, label: CowStr<'a>) -> u32 {
        let folded = label.to_uppercase().to_lowercase();
        let builder = &mut self.builder;
        *self.footnotes.entry(folded).or_insert_with(|| builder.footnote(label.into_string()))
    }

    /// Adds a link to the table, with the place of its target where the definition or the source of an autolink gives
    /// it; that of an inline link is found when its text has been read.
    pub(super) fn link(
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
        let place = place.map_or(range.clone(), |place| clamp_range(self.text, place));
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
        found.map(|found| clamp_range(self.text, found.span.clone()))
    }

    /// Looks for the target of an inline link behind the text of the link, which ends at its last child.
    pub(super) fn find_target(&mut self, node: NodeId) {
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
            let place = clamp_range(text, place);
            link.target_span = Span::new(place.start + offset, place.end + offset);
        }
    }
}

/// What makes the link before it a button.
pub(super) const BUTTON: &str = "{.button}";
