//! Editorial checks in the pipeline: which of them are made when, and what they may ask of links.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;

use crate::authoring::leftovers;
use crate::config::Level;
use crate::diag::{Diagnostics, Severity};
use crate::edition::inputs::{Inputs, Options};
use crate::edition::linking::link_lazily;
use crate::editorial::checks::{AHEAD, CheckInputs, Checks, KeptChecks};
use crate::pages::linked::Edition;
use crate::project::{CONFIG_FILE, Project};
use crate::publishing::redirects::addresses;
use crate::site::Site;

/// Is advice wanted besides problems?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Yes, of all checks that aren't off.
    All,
    /// No: only checks that the site has raised to errors are made.
    ErrorsOnly,
}

/// What has been said about the editions before this one.
#[derive(Debug, Default)]
pub(super) struct AdviceLog {
    files: BTreeSet<String>,
    advice: Diagnostics,
}

impl AdviceLog {
    /// Collects the advice on an edition; files that an earlier edition has too are looked at once.
    pub(super) fn collect(&mut self, linked: &Edition, advice: Advice) {
        if advice == Advice::All {
            self.collect_by(linked, &|| false, Checks::collect);
        }
    }

    fn collect_by(
        &mut self,
        linked: &Edition,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        collect: impl FnOnce(&Site, &CheckInputs<'_>) -> Checks,
    ) {
        let leftovers = leftovers::check(&linked.site, Severity::Warning, &|path| self.files.contains(path));
        self.advice.extend(leftovers);
        if !linked.site.config().checks.has(Level::Warn) {
            return;
        }
        let (site, links) = (&linked.site, &linked.features.links);
        let is_checked = &|path: &str| self.files.contains(path);
        let pages = links.pages(site);
        let expiring = links.to_expiring(site, site.content.today.saturating_add(AHEAD.days()));
        self.advice.extend(addresses::unlisted(site, &linked.plan, Level::Warn));
        self.advice.extend(linked.features.cards.check(site, Level::Warn, is_checked));
        let known =
            CheckInputs { level: Level::Warn, is_checked, links: &pages, expiring: &expiring, is_cancelled };
        let found = collect(site, &known);
        self.advice.extend(found.problems);
        self.files.insert(CONFIG_FILE.into());
        self.files.extend(site.pages().map(|page| page.path().to_string()));
    }

    /// The problems with the advice; without it where something is broken.
    pub(super) fn with(self, mut problems: Diagnostics) -> Diagnostics {
        if !problems.has_errors() {
            problems.extend(self.advice);
        }
        problems
    }
}

/// What checks have found, by edition, for the next time.
#[derive(Debug, Default)]
pub struct KeptAdvice(BTreeMap<String, KeptChecks>);

/// All that `check` says of a site that has been read, but for what only rendering finds: for `serve`, when nobody waits.
/// It ends early, with nothing, once `is_cancelled` says that its answer is not wanted any more. What is `kept` is not asked
/// again.
#[must_use]
pub fn background_check(
    project: &dyn Project,
    loaded: &Inputs,
    options: &Options,
    kept: &mut KeptAdvice,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Diagnostics> {
    let (mut diagnostics, mut said) = (Diagnostics::new(), AdviceLog::default());
    for edition in &loaded.content.config.editions {
        if is_cancelled() {
            return None;
        }
        let linked = link_lazily(project, loaded, edition, options, &mut diagnostics);
        if !diagnostics.has_errors() {
            let kept = kept.0.entry(edition.name.clone()).or_default();
            said.collect_by(&linked, is_cancelled, |site, known| Checks::collect_again(site, known, kept));
        }
    }
    (!is_cancelled()).then(|| said.with(diagnostics))
}
