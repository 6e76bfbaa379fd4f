//! What a page is about, in a sentence or two, for lists, feeds, previews and search engines.

use std::borrow::Cow;

use super::{Page, Site};

impl Site {
    /// A page's description, else the beginning of its key takeaways, else of its open text, with at most `max_chars`
    /// characters of these two; may be empty.
    #[must_use]
    pub fn description<'p>(&self, page: &'p Page, max_chars: usize) -> Cow<'p, str> {
        if let Some(own) = &page.meta().description {
            return own.into();
        }
        let body = page.entry.public.body();
        let takeaways = body.takeaways(&self.config().languages[page.lang()].code);
        let points = takeaways.map(|heading| body.excerpt_of(body.section(heading), max_chars));
        points.filter(|text| !text.is_empty()).unwrap_or_else(|| body.excerpt(max_chars)).into()
    }
}
