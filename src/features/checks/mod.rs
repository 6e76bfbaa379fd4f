//! Editorial checks: advice on what readers and search engines would miss, with the place where to mend it.
//!
//! [`Checks::collect`] makes the checks of one [`Level`]. Those of one page run in parallel: `search_results`,
//! `pictures`, `wording`, `headings`, `style`. Those that take the whole site are `reach`, `mentions`, `twins`. `prose`
//! is the text as a reader meets it, in sentences whose places in the file are known; `words` are the tables of
//! languages. What each check looks for, and its limits, is written for users in `docs/checks.md`.

mod headings;
mod mentions;
mod pictures;
mod prose;
mod reach;
mod report;
mod search_results;
mod style;
#[cfg(test)]
mod tests;
mod twins;
mod wording;
mod words;

pub use reach::orphans;

use rayon::prelude::*;

use crate::config::{Audience, Level};
use crate::diag::Diagnostics;
use crate::model::{Page, PageId, Site};
use crate::parse::PageKind;
use crate::parse::body::Body;
use prose::Prose;
use report::Report;

/// What the checks are told.
pub struct Known<'a> {
    /// Checks of this level are made, no others.
    pub level: Level,
    /// Has a file been checked already, in another edition?
    pub is_checked: &'a (dyn Fn(&str) -> bool + Sync),
    /// By page, the pages that its text leads to.
    pub links: &'a [Vec<PageId>],
    /// Does nobody want the answer any more? Then it comes soon, and says nothing of use.
    pub is_moot: &'a (dyn Fn() -> bool + Sync),
}

/// What editorial checks say about an edition.
#[derive(Debug, Default)]
pub struct Checks {
    /// The problems, as bad as the site's settings have them.
    pub problems: Diagnostics,
}

impl Checks {
    /// Makes the checks.
    #[must_use]
    pub fn collect(site: &Site, known: &Known<'_>) -> Self {
        let report = || Report::new(&site.config().checks, known.level);
        let titles = mentions::Titles::of(site, &report());
        let pages: Vec<Diagnostics> = site
            .pages
            .par_iter()
            .filter(|page| !page.entry.is_made_up && !(known.is_moot)())
            .map(|page| {
                let mut report = report();
                let text = Text { site, page, body: whole(page), prose: Prose::of(whole(page)) };
                if !(known.is_checked)(page.path()) {
                    of_page(&text, &mut report);
                }
                titles.check(&text, &known.links[page.id.index()], &mut report);
                report.found
            })
            .collect();
        let mut problems = Diagnostics::new();
        pages.into_iter().for_each(|found| problems.extend(found));
        let mut report = report();
        reach::check(site, known.links, &mut report);
        twins::check(site, &mut report);
        problems.extend(report.found);
        Self { problems }
    }
}

/// A page and its text.
struct Text<'a> {
    site: &'a Site,
    page: &'a Page,
    body: &'a Body,
    prose: Prose,
}

impl Text<'_> {
    /// The code of its language without a region: `pt` of `pt-br`.
    fn language(&self) -> &str {
        let code = self.site.config().languages[self.page.lang()].code.as_str();
        code.split('-').next().unwrap_or(code)
    }
}

/// The checks that take one page alone.
fn of_page(text: &Text<'_>, report: &mut Report<'_>) {
    search_results::check(text, report);
    pictures::check(text, report);
    wording::check(text, report);
    headings::check(text, report);
    style::check(text, report);
    twins::review(text, report);
}

/// The whole text of a page, also what stands behind its gate: only its author is told about it.
fn whole(page: &Page) -> &Body {
    page.entry.opened.as_ref().unwrap_or(&page.entry).public.body()
}

/// Can strangers find the page: is it for everybody, and in search?
fn is_found(page: &Page) -> bool {
    page.audience == Audience::Public && !page.meta().unlisted
}

/// Is it a text to read from beginning to end, in contrast to a list or a call script?
fn is_text(page: &Page) -> bool {
    matches!(page.kind(), PageKind::Insight | PageKind::Playbook | PageKind::Page)
}
