//! A document whose text is divided at its gate, once, for all editions.

use std::sync::Arc;

use super::blocks::Uses;
use super::front_matter::FrontMatter;
use super::gate::{self, Gated, GatedBody, Parts, PublicBody};
use super::{ContentPath, Document, PageKind};
use crate::diag::Diagnostics;
use crate::encode::slug;

/// A document whose text is divided at its gate: what all editions share.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What its path says.
    pub place: ContentPath,
    /// What its front matter says.
    pub meta: FrontMatter,
    /// The open text.
    pub public: PublicBody,
    /// The text behind the form.
    pub gated: Option<GatedBody>,
    /// The same page where the gate stands open: for the company's own people.
    pub opened: Option<Arc<Entry>>,
    /// The last part of its URL: its own `slug:`, else made from its name; of a term's page, the term's.
    pub slug: String,
    /// What the page has to load for the blocks in its whole text.
    pub uses: Uses,
    /// Words of the whole text, also of what is behind the form: readers should know how long it is.
    pub words: usize,
    /// Was it made for a folder that has no `_index.md`?
    pub is_generated: bool,
}

/// Divides a document at its gate.
#[must_use]
pub fn entry(mut document: Document, diagnostics: &mut Diagnostics) -> Entry {
    let mut uses = document.body.uses();
    let episode = document.meta.episode.as_ref();
    uses.chapters = uses.players && episode.is_some_and(|episode| !episode.chapters.is_empty());
    let Parts { public, gated } = gate::split(&mut document, diagnostics);
    let Document { place, meta, .. } = document;
    let words = public.body().word_count();
    let by_name =
        || if place.kind == PageKind::Term { slug::term(&place.name) } else { slug::slug(&place.name) };
    let slug = meta.slug.as_ref().map_or_else(by_name, |own| own.value.clone());
    let open =
        Entry { place, meta, slug, uses, words, public, gated: None, opened: None, is_generated: false };
    let Some(Gated { part, opened }) = gated else { return open };
    let words = words + part.secret().word_count();
    let opened = Entry { public: opened, words, ..open.clone() };
    Entry { words, gated: Some(part), opened: Some(Arc::new(opened)), ..open }
}
