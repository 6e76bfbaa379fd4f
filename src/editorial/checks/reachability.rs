//! How readers come to a page, and where they go from it.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_found, report::Report};
use crate::config::{Audience, CtaTarget, MenuItem, MenuTarget};
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic, Span};
use crate::project::CONFIG_FILE as FILE;
use crate::site::{CtaContext, Page, PageId, Site};

/// So many texts that lead to a page make it one that others lean on.
const PILLAR: usize = 5;

/// Reports pages and gates that readers hardly come across, and articles that end without a call to action.
pub(super) fn check(site: &Site, links: &[Vec<PageId>], report: &mut Report<'_>) {
    let reached = Reached::new(site, links);
    for page in site.pages().filter(|page| !page.document.is_generated) {
        orphan(site, page, &reached, report);
        gate(site, page, &reached, report);
    }
    next_steps(site, report);
}

/// How readers get to pages: by links in texts, or by menus and calls to action.
struct Reached {
    /// By page, the pages whose texts lead to it.
    from: BTreeMap<PageId, BTreeSet<PageId>>,
    /// Pages that menus, next steps and forms lead to.
    named: BTreeSet<PageId>,
}

impl Reached {
    fn new(site: &Site, links: &[Vec<PageId>]) -> Self {
        let mut from: BTreeMap<PageId, BTreeSet<PageId>> = BTreeMap::new();
        for (page, targets) in site.pages().zip(links) {
            for target in targets.iter().filter(|target| !page.translations.contains(target)) {
                from.entry(*target).or_default().insert(page.id);
            }
        }
        let mut named = BTreeSet::new();
        let mut name = |key: &str| {
            let key = key.trim_matches('/');
            named.extend(site.config().languages.ids().filter_map(|lang| site.find_any(key, lang)));
        };
        let steps = site.pages().filter_map(|page| page.meta().call_to_action.as_ref());
        for step in steps.chain(site.config().journey.calls_to_action.iter().map(|(_, step)| step)) {
            if let CtaTarget::Page(page) = &step.target {
                name(&page.value);
            }
        }
        site.content
            .forms
            .iter()
            .filter_map(|form| form.thank_you.page.as_ref())
            .for_each(|page| name(&page.value));
        let by_url: BTreeMap<&str, PageId> = site.pages().map(|page| (page.url.as_str(), page.id)).collect();
        let mut by_address = BTreeSet::new();
        for item in site.config().menus.values().flatten() {
            menu(item, &mut |target| match target {
                MenuTarget::Page(page) => name(&page.value),
                MenuTarget::Url(url) => {
                    let paths =
                        site.config().languages.ids().filter_map(|lang| site.menu_path(&url.value, lang));
                    by_address.extend(paths.filter_map(|path| by_url.get(path.as_str()).copied()));
                }
                _ => {}
            });
        }
        named.extend(by_address);
        Self { from, named }
    }

    fn texts(&self, page: PageId) -> usize {
        self.from.get(&page).map_or(0, BTreeSet::len)
    }
}

fn menu(item: &MenuItem, each: &mut dyn FnMut(&MenuTarget)) {
    each(&item.target);
    item.children.iter().for_each(|child| menu(child, each));
}

/// The pages that only lists lead to; `links` has, by page, those that its text leads to.
#[must_use]
pub fn orphans(site: &Site, links: &[Vec<PageId>]) -> Vec<PageId> {
    let reached = Reached::new(site, links);
    let pages = site.pages().filter(|page| !page.document.is_generated && is_orphan(site, page, &reached));
    pages.map(|page| page.id).collect()
}

fn orphan(site: &Site, page: &Page, reached: &Reached, report: &mut Report<'_>) {
    if is_orphan(site, page, reached) {
        report.push(
            Diagnostic::new(Code::OrphanPage, "no text links to this page, only lists do")
                .at(page.path(), page.meta().title.span)
                .help("link to it from two or three pages whose readers would want to read this next"),
        );
    }
}

/// Do only lists lead to a page? Those of the team find theirs in lists, and so do readers people and sections.
fn is_orphan(site: &Site, page: &Page, reached: &Reached) -> bool {
    let is_looked_for = matches!(page.kind(), PageKind::Insight | PageKind::Playbook | PageKind::Page);
    let is_in_series =
        page.meta().series.as_ref().is_some_and(|own| site.series(page.lang(), own.series).len() > 1);
    is_looked_for
        && is_found(page)
        && !is_in_series
        && !reached.named.contains(&page.id)
        && reached.texts(page.id) == 0
}

/// Gates that cost more than they bring.
fn gate(site: &Site, page: &Page, reached: &Reached, report: &mut Report<'_>) {
    let (Some(gate), Some(_)) = (site.gate(page), page.gated()) else { return };
    if page.body().plain_text().trim().is_empty() {
        report.push(
            Diagnostic::new(Code::GateWithoutTeaser, "there is nothing to read on this page before the gate")
                .at(page.path(), gate.span)
                .help("write a teaser before `<!-- gate -->` that shows readers why the rest is worth their name and email address"),
        );
    }
    let opens_series = page.meta().series.as_ref().is_some_and(|own| {
        let parts = site.series(page.lang(), own.series);
        let is_open = |(_, id): &(i64, PageId)| site.gate(site.page(*id)).is_none();
        parts.first().is_some_and(|(_, first)| *first == page.id) && parts.iter().any(is_open)
    });
    let texts = reached.texts(page.id);
    let why = if opens_series {
        "it begins a series that continues without a gate".to_string()
    } else if texts >= PILLAR {
        format!("{texts} other texts link here")
    } else {
        return;
    };
    report.push(
        Diagnostic::new(Code::GatedPillar, "a pillar page is behind a gate")
            .at(page.path(), gate.span)
            .label(why)
            .help("open it, and put the gate in front of something that this page makes people want: a template, a checklist, the next part"),
    );
}

/// Articles that end without an offer, and without somebody to write to.
fn next_steps(site: &Site, report: &mut Report<'_>) {
    if !report.wants(Code::CallToActionMissing) || site.config().organization.is_some() {
        return;
    }
    let leads_nowhere = |page: &&Page| {
        page.is_article()
            && page.audience == Audience::Public
            && page.meta().call_to_action.is_none()
            && site.call_to_action(CtaContext::Page(page), page.lang()).is_none()
    };
    let has_steps = !site.config().journey.calls_to_action.is_empty();
    let mut pages = site.pages().filter(leads_nowhere);
    if has_steps {
        for page in pages {
            let problem = Diagnostic::new(Code::CallToActionMissing, "this page ends without a next step")
                .at(page.path(), page.meta().title.span)
                .help("give it `call_to_action: {page: …}`, or its `stage:` an entry under `journey: {calls_to_action: …}` in `ringback.yaml`");
            report.push(problem);
        }
    } else if pages.next().is_some() {
        report.push(
            Diagnostic::new(Code::CallToActionMissing, "this site's articles end without a next step")
                .at(FILE, Span::default())
                .help(
                    "write `journey: {calls_to_action: {attract: {page: …}}}`, or say who you are under `organization:`",
                ),
        );
    }
}
