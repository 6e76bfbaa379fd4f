//! A document: one file, read, with its text divided at its gate, once, for all editions.

use super::blocks::Uses;
use super::body::Body;
use super::front_matter::FrontMatter;
use super::gate::{self, Text};
use super::{ContentPath, PageKind};
use crate::diag::{Diagnostics, Span};
use crate::encode::slug;
use crate::yaml::Spanned;

/// A Markdown file, read: what all editions share.
#[derive(Debug, Clone)]
pub struct Document {
    /// What its path says: kind, language, key and date.
    pub place: ContentPath,
    /// The title, the date and all else that its front matter says.
    pub meta: FrontMatter,
    /// Its text. What an edition shows of it, [`crate::site::Page::text`] knows.
    pub text: Text,
    /// The last part of its URL: its own `slug:`, else made from its name; of a term's page, the term's.
    pub slug: String,
    /// What the page has to load for the blocks in its whole text.
    pub uses: Uses,
    /// Words of the whole text, also of what is behind the form: readers should know how long it is.
    pub words: usize,
    /// Was it made for a folder that has no `_index.md`?
    pub is_generated: bool,
}

impl Document {
    /// Divides a text at its gate. What isn't clear there is reported, and counts as gated.
    pub(super) fn new(
        (place, meta): (ContentPath, FrontMatter),
        body: Body,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut uses = body.uses();
        let episode = meta.episode.as_ref();
        uses.chapters = uses.players && episode.is_some_and(|episode| !episode.chapters.is_empty());
        let text = gate::divide(body, (&place.path, meta.gate()), diagnostics);
        let by_name =
            || if place.kind == PageKind::Term { slug::term(&place.name) } else { slug::slug(&place.name) };
        let slug = meta.slug.as_ref().map_or_else(by_name, |own| own.value.clone());
        let words = text.words();
        Self { place, meta, text, slug, uses, words, is_generated: false }
    }

    /// Stands in for a file that can't be read, so that links to it are not reported too.
    #[must_use]
    pub fn unread(place: ContentPath) -> Self {
        let meta = FrontMatter::new(place.kind);
        Self::new((place, meta), Body::default(), &mut Diagnostics::new())
    }

    /// The section of a folder that has no `_index.md`.
    #[must_use]
    pub fn of_folder(place: ContentPath, title: String) -> Self {
        let title = Spanned { value: title, span: Span::default() };
        let meta = FrontMatter { title, ..FrontMatter::new(place.kind) };
        let document = Self::new((place, meta), Body::default(), &mut Diagnostics::new());
        Self { is_generated: true, ..document }
    }
}
