//! Related pages: first those of the journey's next stage for the same persona, then those that share terms.
//!
//! Every page is compared with a bounded number of candidates (the nearest in date of each list it is in), so that the
//! cost grows with the number of pages and not with its square. The order is total: no two runs differ.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::{LangId, StageId, TaxonomyId};
use crate::content::PageKind;
use crate::diag::Diagnostics;
use crate::site::{Page, PageId, Site};

/// Related pages shown on a page.
pub const SHOWN: usize = 3;

/// Candidates taken from each list, half of them newer and half older than the page.
const WINDOW: usize = 24;

/// What the next stage for the same persona is worth, in shared terms that nobody else has.
const JOURNEY: u32 = 4_000;

/// The taxonomy that says who a page is for.
const PERSONA: &str = "persona";

/// The lists that candidates come from.
#[derive(Debug)]
pub struct Related {
    /// Pages by language, stage and persona, the newest first. Without personas, by stage alone (an empty name).
    journey: BTreeMap<(LangId, StageId, String), Vec<PageId>>,
    persona: Option<TaxonomyId>,
    /// By page, side by side: a search in a list looks at the dates of a dozen pages.
    dates: Vec<Option<Date>>,
}

impl Related {
    /// Collects the related pages of each article; nothing in them can be wrong.
    #[must_use]
    pub fn collect(site: &Site, _: &mut Diagnostics) -> Self {
        let persona = site.config().taxonomies.find(|taxonomy| taxonomy.name == PERSONA);
        let mut journey: BTreeMap<(LangId, StageId, String), Vec<PageId>> = BTreeMap::new();
        for page in site.pages().filter(|page| is_candidate(page)) {
            let Some(stage) = page.meta().stage else { continue };
            for persona in personas(page, persona) {
                journey.entry((page.lang(), stage, persona.to_string())).or_default().push(page.id);
            }
        }
        for pages in journey.values_mut() {
            site.newest_first(pages);
        }
        Self { journey, persona, dates: site.pages().map(|page| page.meta().date).collect() }
    }

    /// At most [`SHOWN`] pages that a reader of this one should go on with, the best first.
    #[must_use]
    pub fn for_page(&self, site: &Site, page: &Page) -> Vec<PageId> {
        let mut scores: Vec<(PageId, u32)> = Vec::new();
        let mut add = |list: &[PageId], worth: u32| {
            for id in self.nearest(list, page) {
                scores.push((*id, worth));
            }
        };
        if let Some(stage) = page.meta().stage {
            for persona in personas(page, self.persona) {
                let next = (page.lang(), StageId::new(stage.index() + 1), persona.to_string());
                add(self.journey.get(&next).map_or(&[], Vec::as_slice), JOURNEY);
            }
        }
        for &(taxonomy, term) in &page.terms {
            let pages = &site.terms(page.lang(), taxonomy)[term].pages;
            // A rare term says more than one that every page has.
            add(pages, 1_000 / u32::try_from(pages.len()).unwrap_or(u32::MAX).max(1).ilog2().max(1));
        }
        scores.sort_unstable_by_key(|(id, _)| *id);
        let mut merged: Vec<(PageId, u32)> = Vec::with_capacity(scores.len());
        for (id, worth) in scores {
            match merged.last_mut() {
                Some((last, sum)) if *last == id => *sum += worth.min(JOURNEY),
                _ => merged.push((id, worth)),
            }
        }
        merged.retain(|(id, _)| *id != page.id && is_candidate(site.page(*id)));
        let rank = |(id, score): &(PageId, u32)| (Reverse(*score), Reverse(self.dates[id.index()]), *id);
        if merged.len() > SHOWN {
            merged.select_nth_unstable_by_key(SHOWN, rank);
            merged.truncate(SHOWN);
        }
        merged.sort_unstable_by_key(rank);
        merged.into_iter().map(|(id, _)| id).collect()
    }

    /// The part of a list, newest first, around the page's own date.
    fn nearest<'a>(&self, list: &'a [PageId], page: &Page) -> &'a [PageId] {
        let own = self.dates[page.id.index()];
        let at = list.partition_point(|id| self.dates[id.index()] > own);
        let start = at.saturating_sub(WINDOW / 2);
        &list[start..(start + WINDOW).min(list.len())]
    }
}

fn is_candidate(page: &Page) -> bool {
    matches!(page.kind(), PageKind::Insight | PageKind::Playbook | PageKind::Script)
}

/// A page's personas; one empty name where it has none, so that pages without personas still follow the journey.
fn personas(page: &Page, taxonomy: Option<TaxonomyId>) -> impl Iterator<Item = &str> {
    let own = taxonomy.and_then(|taxonomy| page.meta().terms.iter().find(|(index, _)| *index == taxonomy));
    let names = own.map_or(&[][..], |(_, terms)| terms.as_slice());
    let none = names.is_empty().then_some("");
    names.iter().map(|term| term.value.as_str()).chain(none)
}
