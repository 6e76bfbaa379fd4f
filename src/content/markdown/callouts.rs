//! Callouts: quotations that begin with a type in brackets.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::Tree;
use crate::content::blocks::callouts::{self, Mark};
use crate::content::blocks::{Callout, CalloutKind};
use crate::content::body::{self, Embed, EmbedKind, Kind, Node, NodeId};
use crate::diag::Span;

impl<'a> Tree<'a> {
    /// One of the five that GitHub knows, whose type stands alone on its line.
    pub(super) fn github_alert(&self, kind: BlockQuoteKind, span: Span) -> Callout {
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
    pub(super) fn callout(&mut self, node: NodeId) {
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
        let kind = CalloutKind::from_name(name);
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
}
