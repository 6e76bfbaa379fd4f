//! Editorial checks: advice on what readers and search engines would miss, with the place where to fix it.
//!
//! [`Checks::collect`] makes the checks of one [`Level`]. Those of one page run in parallel: `search_results`,
//! `pictures`, `link_texts`, `headings`, `style`. Those that take the whole site are `reachability`, `mentions`, `siblings`. `prose`
//! is the text as a reader meets it, in sentences whose places in the file are known; `words` are the tables of
//! languages. What each check looks for, and its limits, is written for users in `docs/content/checks.md`.

mod expiring;
mod headings;
mod kept;
mod link_texts;
mod mentions;
mod pictures;
mod prose;
mod reachability;
mod redirects;
mod report;
mod search_results;
mod siblings;
mod starts;
mod style;
#[cfg(test)]
mod tests;
mod words;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::{Audience, Level};
use crate::content::PageKind;
use crate::content::body::Body;
use crate::diag::{Diagnostics, Span};
use crate::site::{Page, PageId, Site};
pub use kept::KeptChecks;
use kept::{PageChecks, Valid};
use mentions::Titles;
use prose::Prose;
pub use reachability::orphans;
use report::Report;
use starts::Starts;

/// So many days ahead it is told that a page that others lead to will be gone.
pub const AHEAD: i64 = 30;

/// What the checks need besides the site.
pub struct CheckInputs<'a> {
    /// Checks of this level are made, no others.
    pub level: Level,
    /// Has a file been checked already, in another edition?
    pub is_checked: &'a (dyn Fn(&str) -> bool + Sync),
    /// By page, the pages that its text leads to.
    pub links: &'a [Vec<PageId>],
    /// Links to pages that will soon be gone: the page that has one, where, and the page that it leads to.
    pub expiring: &'a [(PageId, Span, PageId)],
    /// Does nobody want the answer any more? Then it comes soon, and says nothing of use.
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// What editorial checks say about an edition.
#[derive(Debug, Default)]
pub struct Checks {
    /// The problems, as bad as the site's settings have them.
    pub problems: Diagnostics,
}

impl Checks {
    /// Makes the checks of the level that `inputs` names, those of pages in parallel.
    #[must_use]
    pub fn collect(site: &Site, inputs: &CheckInputs<'_>) -> Self {
        let titles = Titles::new(site, &inputs.report(site));
        let pages: Vec<Diagnostics> = pages(site, inputs)
            .map(|page| {
                let mut report = inputs.report(site);
                let text = CheckedPage::new(site, page);
                if !(inputs.is_checked)(page.path()) {
                    check_page(&text, &mut report);
                }
                titles.check(&text, inputs.links_of(page), None, &mut report);
                report.found
            })
            .collect();
        let mut problems = Diagnostics::new();
        pages.into_iter().for_each(|found| problems.extend(found));
        Self { problems: check_site(site, inputs, problems) }
    }

    /// The same, without looking again at pages of which what is kept still holds. It is kept from then on.
    #[must_use]
    pub fn collect_again(site: &Site, inputs: &CheckInputs<'_>, kept: &mut KeptChecks) -> Self {
        let titles = Titles::new(site, &inputs.report(site));
        let hashes = kept::title_hashes(site, &titles);
        let valid = kept.valid(site, &hashes);
        let found: Vec<(String, PageChecks)> = pages(site, inputs)
            .map(|page| (page.path().to_string(), again(site, page, inputs, (&titles, valid.as_ref()))))
            .collect();
        let mut problems = Diagnostics::new();
        for (_, found) in &found {
            problems.extend(found.own.iter().flatten().chain(&found.mentions).cloned());
        }
        kept.replace(site, hashes, FxHashMap::from_iter(found));
        Self { problems: check_site(site, inputs, problems) }
    }
}

impl<'a> CheckInputs<'a> {
    fn report<'s>(&self, site: &'s Site) -> Report<'s> {
        Report::new(&site.config().checks, self.level)
    }

    fn links_of(&self, page: &Page) -> &'a [PageId] {
        &self.links[page.id.index()]
    }
}

/// The pages that are looked at, for as long as somebody wants to know.
fn pages<'s>(site: &'s Site, inputs: &CheckInputs<'_>) -> impl ParallelIterator<Item = &'s Page> {
    site.par_pages().filter(|page| !page.document.is_generated && !(inputs.is_cancelled)())
}

/// Adds what only the whole site can tell.
fn check_site(site: &Site, inputs: &CheckInputs<'_>, mut problems: Diagnostics) -> Diagnostics {
    let mut report = inputs.report(site);
    reachability::check(site, inputs.links, &mut report);
    siblings::check(site, &mut report);
    redirects::check(site, &mut report);
    pictures::places(site, &mut report);
    expiring::check(site, inputs, &mut report);
    problems.extend(report.found);
    problems
}

/// What the checks of one page find, as far as possible from what they found before.
fn again(
    site: &Site,
    page: &Page,
    inputs: &CheckInputs<'_>,
    (titles, valid): (&Titles<'_>, Option<&Valid<'_>>),
) -> PageChecks {
    let links = inputs.links_of(page);
    let text = std::cell::OnceCell::new();
    let text = || text.get_or_init(|| CheckedPage::new(site, page));
    let own = (!(inputs.is_checked)(page.path())).then(|| {
        valid.and_then(|valid| valid.page_problems(page)).map(<[_]>::to_vec).unwrap_or_else(|| {
            let mut report = inputs.report(site);
            check_page(text(), &mut report);
            report.found.into_iter().collect()
        })
    });
    let before = valid.and_then(|valid| valid.mentions(site, page, links));
    let (mentions, starts) = before.map_or_else(
        || {
            let (mut report, mut starts) = (inputs.report(site), Starts::new());
            titles.check(text(), links, Some(&mut starts), &mut report);
            (report.found.into_iter().collect(), starts)
        },
        |(found, starts)| (found.to_vec(), starts.clone()),
    );
    PageChecks::new(site, page, links, starts).with(own, mentions)
}

/// A page and its text.
struct CheckedPage<'a> {
    site: &'a Site,
    page: &'a Page,
    body: &'a Body,
    prose: Prose,
}

impl<'a> CheckedPage<'a> {
    fn new(site: &'a Site, page: &'a Page) -> Self {
        Self { site, page, body: whole_text(page), prose: Prose::new(whole_text(page)) }
    }

    /// The code of its language without a region: `pt` of `pt-br`.
    fn language(&self) -> &str {
        let code = self.site.config().languages[self.page.lang()].code.as_str();
        code.split('-').next().unwrap_or(code)
    }
}

/// The checks that take one page alone.
fn check_page(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    search_results::check(text, report);
    pictures::check(text, report);
    link_texts::check(text, report);
    headings::check(text, report);
    style::check(text, report);
    siblings::review(text, report);
    siblings::past_event(text, report);
}

/// The whole text of a page, also what stands behind its gate: only its author is told about it.
fn whole_text(page: &Page) -> &Body {
    page.document.text.entire().body()
}

/// Can strangers find the page: is it for everybody, and in search?
fn is_found(page: &Page) -> bool {
    page.audience == Audience::Public && page.is_listed()
}

/// Is it a text to read from beginning to end, in contrast to a list or a call script?
fn is_text(page: &Page) -> bool {
    matches!(page.kind(), PageKind::Insight | PageKind::Playbook | PageKind::Page)
}
