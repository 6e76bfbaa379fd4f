//! What a page is about, in a sentence or two, for lists, feeds, previews and search engines.

use std::borrow::Cow;

use super::{Page, Site};
use crate::content::PageKind;

impl Site {
    /// A page's description (of a term's page, else the configuration's), else the beginning of its key takeaways, else of its open text, with at most `max_chars`
    /// characters of these two; may be empty. Of a script only what stands before its first step: the rest is for the ear.
    #[must_use]
    pub fn description<'p>(&self, page: &'p Page, max_chars: usize) -> Cow<'p, str> {
        if let Some(own) = &page.meta().description {
            return own.into();
        }
        let term = self.term_of(page).map(|(taxonomy, term)| &self.terms(page.lang(), taxonomy)[term]);
        if let Some(declared) = term.and_then(|term| term.description.as_ref()) {
            return declared.clone().into();
        }
        let body = page.body();
        let takeaways = body.takeaways(&self.config().languages[page.lang()].code);
        let points = takeaways.map(|heading| body.excerpt_of(body.section(heading), max_chars));
        let beginning = || match body.headings.first() {
            Some(first) if page.kind() == PageKind::Script => body.excerpt_of(0..first.node, max_chars),
            _ => body.excerpt(max_chars),
        };
        points.filter(|text| !text.is_empty()).unwrap_or_else(beginning).into()
    }
}
