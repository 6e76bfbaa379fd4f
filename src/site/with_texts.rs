//! Other words: a site after a save that changed nothing else is a new one, which shares all but those texts.
//!
//! Pages know each other by what their front matter says, by their links and headings and by what they embed. Where all
//! of that is as before, linking again would find the same; only the text itself is another, and whoever shows it reads
//! it from the page's [`Document`].

use std::sync::Arc;

use super::{Content, Page, Site};
use crate::content::Document;
use crate::content::PageKind;
use crate::content::body::{Body, Heading, Kind};

impl Site {
    /// The files with other words in `content`, as indices into [`Content::documents`]; `None` where anything else may be
    /// different, too.
    #[must_use]
    pub fn reworded(&self, content: &Content) -> Option<Vec<usize>> {
        let old = &self.content;
        let is_as_before = Arc::ptr_eq(&old.config, &content.config)
            && Arc::ptr_eq(&old.files, &content.files)
            && Arc::ptr_eq(&old.tools, &content.tools)
            && old.today == content.today
            && old.images == content.images
            && old.pictures == content.pictures
            && old.forms == content.forms
            && old.documents.len() == content.documents.len();
        if !is_as_before {
            return None;
        }
        let pairs = old.documents.iter().zip(&content.documents).enumerate();
        let others = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        others.map(|(index, (old, new))| is_same_but_for_words(old, new).then_some(index)).collect()
    }

    /// The same site with the new words of the files that [`Site::reworded`] has found in `content`. What holds its pages
    /// together, and all pages but these, are shared.
    #[must_use]
    pub fn with_texts(&self, content: &Arc<Content>, others: &[usize]) -> Self {
        let mut pages = self.pages.clone();
        for new in others.iter().map(|index| &content.documents[*index]) {
            let Some(id) = self.find(&new.place.key, new.place.lang) else { continue };
            let old = self.page(id);
            // Two files may want to be the same page.
            if old.path() == new.place.path {
                pages[id] = Arc::new(Page { document: Arc::clone(new), ..old.clone() });
            }
        }
        Self { content: Arc::clone(content), view: self.view.clone(), pages, graph: Arc::clone(&self.graph) }
    }
}

/// Does nothing but the words of their open text tell two readings of a file apart? Of what people read aloud, go
/// through step by step, or get behind a form, the words are more than a text.
fn is_same_but_for_words(old: &Document, new: &Document) -> bool {
    let is_plain = |document: &Document| {
        matches!(document.place.kind, PageKind::Insight | PageKind::Page)
            && document.text.gated().is_none()
            && document.meta.gate().is_none()
    };
    is_plain(old)
        && is_plain(new)
        && old.place == new.place
        && old.meta == new.meta
        && is_same_outline(old.text.open().body(), new.text.open().body())
}

/// Do the two texts have the same headings, links, pictures, embeds and raw HTML, wherever they stand in it?
fn is_same_outline(old: &Body, new: &Body) -> bool {
    let headings = |body: &'_ Body| -> Vec<_> {
        let all = body.headings.iter();
        all.map(|one| Heading { node: 0, ..one.clone() }).collect()
    };
    let links = |body: &Body| -> Vec<_> { body.links.iter().map(|link| link.target.clone()).collect() };
    let images = |body: &Body| -> Vec<_> {
        let kinds = body.nodes().iter().map(|node| node.kind);
        kinds.filter(|kind| matches!(kind, Kind::Image(_))).collect()
    };
    let embeds =
        |body: &Body| -> Vec<_> { body.embeds.iter().map(|one| (one.kind, one.name.clone())).collect() };
    headings(old) == headings(new)
        && links(old) == links(new)
        && images(old) == images(new)
        && embeds(old) == embeds(new)
        // Fragments of other pages may lead into it.
        && old.raw_html().eq(new.raw_html())
}
