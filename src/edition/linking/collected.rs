//! What each feature collects from an edition's site, and all files that they make, in the order in which they need each other.
//! `new` asks each feature once, `plan` asks each for its files, and `findings` hands on what pages are made from.

use std::sync::Arc;

use super::{SearchFiles, cards, jumps, runs};
use crate::diag::Diagnostics;
use crate::edition::avif::AvifWork;
use crate::edition::enforce::enforce;
use crate::edition::inputs::Inputs;
use crate::edition::{copies, sealing};
use crate::editorial::{admin, credentials, report};
use crate::findings::Findings;
use crate::leads::forms::Forms;
use crate::leads::gates::Gates;
use crate::leads::gates::lock::Lock;
use crate::leads::{assessments, calculators, surveys};
use crate::links::Links;
use crate::plan::Plan;
use crate::project::Project;
use crate::publishing::cards::Cards;
use crate::publishing::events;
use crate::publishing::feeds::Feeds;
use crate::publishing::hosting::Hosting;
use crate::publishing::lists::Listings;
use crate::publishing::redirects::{Aliases, addresses};
use crate::publishing::related::Related;
use crate::publishing::search::Search;
use crate::publishing::sitemap::{self, Sitemap};
use crate::sales::cadences::Cadences;
use crate::sales::calls::Scripts;
use crate::sales::mails::Mails;
use crate::sales::playbooks::Playbooks;
use crate::sales::sharing::Share;
use crate::site::Site;

/// What was collected, before all files are planned: what is planned changes old addresses and links by URL.
pub(super) struct Collected {
    links: Links,
    forms: Forms,
    gates: Gates,
    lock: Option<Lock>,
    scripts: Scripts,
    mails: Mails,
    cadences: Cadences,
    related: Related,
    listings: Listings,
    playbooks: Playbooks,
    feeds: Feeds,
    search: Search,
    share: Share,
    cards: Cards,
    aliases: Aliases,
    hosting: Hosting,
}

impl Collected {
    /// Has pages name AVIF of what the site's time for it allows.
    pub(super) fn publish_avif(&mut self, project: &dyn Project, site: &Site, work: &AvifWork) {
        work.publish(project, site, &mut self.links);
    }

    /// Collects all that needs no plan.
    pub(super) fn new(loaded: &Inputs, site: &Site, diagnostics: &mut Diagnostics) -> Self {
        // The links are a third of the work; what needs none of them is collected meanwhile.
        let mut found = Diagnostics::new();
        let (links, (forms, related, listings, feeds, aliases)) = rayon::join(
            || Links::collect(site, diagnostics),
            || {
                let found = &mut found;
                (
                    Forms::collect(site, found),
                    Related::collect(site, found),
                    Listings::collect(site, found),
                    Feeds::collect(site, found),
                    Aliases::collect(site, found),
                )
            },
        );
        diagnostics.extend(found);
        assessments::check_all(site, diagnostics);
        calculators::check_all(site, diagnostics);
        surveys::check_all(site, diagnostics);
        let gates = sealing::gates(loaded, site, &links, diagnostics);
        let lock = Lock::collect(site, loaded.passphrase.as_ref());
        let scripts = jumps::scripts(site, &links, diagnostics);
        let mails = jumps::mails(site, &links, &loaded.theme, diagnostics);
        let cadences = jumps::cadences(site, &links, (&loaded.theme, &scripts, &mails), diagnostics);
        let sends = |page, link| scripts.on_page(page)?.sends.get(&link).copied();
        let leads = |page, link| links.page(page, link).or_else(|| sends(page, link));
        let playbooks = Playbooks::collect(site, &leads, diagnostics);
        let search = Search::collect(
            site,
            &|lang| loaded.theme.search_words(site.config(), lang),
            jumps::cuts(site, &scripts, &links),
            diagnostics,
        );
        let share = sealing::share(loaded, site, &links, diagnostics);
        let hosting = Hosting::collect(site, aliases.lines(site), diagnostics);
        let cards = cards(site, (&links, &share), &loaded.theme);
        Self {
            links,
            forms,
            gates,
            lock,
            scripts,
            mails,
            cadences,
            related,
            listings,
            playbooks,
            feeds,
            search,
            share,
            cards,
            aliases,
            hosting,
        }
    }

    /// Plans every file of the edition.
    pub(super) fn plan(
        &mut self,
        loaded: &Inputs,
        site: &Site,
        search_files: SearchFiles,
        diagnostics: &mut Diagnostics,
    ) -> (Plan, Sitemap) {
        let mut plan = Plan::default();
        plan.extend(self.listings.artifacts(site), diagnostics);
        plan.extend(self.links.artifacts(site), diagnostics);
        plan.extend(self.forms.artifacts(site), diagnostics);
        plan.extend(self.lock.iter().flat_map(|lock| lock.artifacts(site)), diagnostics);
        plan.extend(self.feeds.artifacts(site), diagnostics);
        plan.extend(self.scripts.artifacts(site), diagnostics);
        // A sealed edition has a worker of its own, which keeps nothing readable.
        plan.extend(self.scripts.worker(site).filter(|_| self.lock.is_none()), diagnostics);
        plan.extend(self.mails.artifacts(site), diagnostics);
        plan.extend(self.cadences.artifacts(site), diagnostics);
        plan.extend(search_files(&self.search, site), diagnostics);
        plan.extend(self.share.artifacts(site), diagnostics);
        plan.extend(self.cards.artifacts(site), diagnostics);
        plan.extend(events::artifacts(site), diagnostics);
        plan.extend(loaded.theme.artifacts(), diagnostics);
        plan.extend(copies::static_files(site), diagnostics);
        plan.extend(self.hosting.artifacts(site), diagnostics);
        plan.extend(report::artifacts(site), diagnostics);
        let editor = admin::artifacts(site, diagnostics);
        plan.extend(editor, diagnostics);
        plan.add(sitemap::robots_artifact(site), diagnostics);
        let sitemap = Sitemap::collect(site, &plan, diagnostics);
        plan.extend(sitemap.artifacts(site), diagnostics);
        // An old address gives way to everything that is there today.
        self.aliases.expand(&plan);
        plan.extend(self.aliases.artifacts(site), diagnostics);
        (plan, sitemap)
    }

    /// Reports what only the plan shows: addresses that lead nowhere, or were published and are gone.
    pub(super) fn check(
        &mut self,
        project: &dyn Project,
        site: &Site,
        plan: &Plan,
        diagnostics: &mut Diagnostics,
    ) {
        self.aliases.check(site, plan, diagnostics);
        addresses::check(project, site, (plan, &self.aliases), diagnostics);
        plan.check_folders(diagnostics);
        self.links.check_paths(site, plan, diagnostics);
        self.links.check_forms(site, plan, &|form| self.forms.is_shown(form), diagnostics);
        credentials::check(site, diagnostics);
        enforce(site, (&self.links, &self.cards), plan, diagnostics);
        runs::check(project, site, plan, diagnostics);
    }

    /// Everything that was collected, as pages read it.
    pub(super) fn findings(self, sitemap: Sitemap) -> Findings {
        Findings {
            links: Arc::new(self.links),
            forms: Arc::new(self.forms),
            gates: Arc::new(self.gates),
            lock: Arc::new(self.lock),
            scripts: Arc::new(self.scripts),
            mails: Arc::new(self.mails),
            cadences: Arc::new(self.cadences),
            related: Arc::new(self.related),
            listings: Arc::new(self.listings),
            playbooks: Arc::new(self.playbooks),
            feeds: Arc::new(self.feeds),
            search: Arc::new(self.search),
            share: Arc::new(self.share),
            cards: Arc::new(self.cards),
            aliases: Arc::new(self.aliases),
            hosting: Arc::new(self.hosting),
            sitemap: Arc::new(sitemap),
        }
    }
}
