//! The middle of the pipeline: an edition is linked, each feature collects what it needs, all that they make is planned, and
//! what is behind gates is sealed.

pub mod jumps;
mod runs;

use std::sync::Arc;

use super::enforce::enforce;
use super::inputs::{Inputs, Options};
use super::{copies, sealing};
use crate::config::EditionConfig;
use crate::content::PageKind;
use crate::diag::Diagnostics;
use crate::editorial::{admin, credentials, report};
use crate::findings::Findings;
use crate::leads::assessments;
use crate::leads::calculators;
use crate::leads::forms::Forms;
use crate::leads::gates::lock::Lock;
use crate::leads::surveys;
use crate::links::Links;
use crate::pages::linked::Edition;
use crate::plan::{Plan, Planned};
use crate::project::Project;
use crate::publishing::cards::{CardInputs, Cards};
use crate::publishing::events;
use crate::publishing::feeds::Feeds;
use crate::publishing::hosting::Hosting;
use crate::publishing::lists::Listings;
use crate::publishing::redirects::Aliases;
use crate::publishing::redirects::addresses;
use crate::publishing::related::Related;
use crate::publishing::search::Search;
use crate::publishing::sitemap::{self, Sitemap};
use crate::sales::playbooks::Playbooks;
use crate::sales::sharing::Share;
use crate::site::{EditionScope, Site};
use crate::theme::Theme;

/// Which files of the search are planned.
type SearchFiles = fn(&Search, &Site) -> Vec<Planned>;

/// Links and plans one edition; what is behind gates is sealed.
#[must_use]
pub fn link(
    project: &dyn Project,
    loaded: &Inputs,
    edition: &EditionConfig,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Edition {
    whole(project, loaded, (edition, Search::artifacts), options, diagnostics)
}

/// The same for somebody who looks at a few of its files: those of the search are not made before one is asked for
/// ([`Edition::artifact`]). It says all that [`link`] says.
#[must_use]
pub fn link_lazily(
    project: &dyn Project,
    loaded: &Inputs,
    edition: &EditionConfig,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Edition {
    whole(project, loaded, (edition, Search::entrances), options, diagnostics)
}

fn whole(
    project: &dyn Project,
    loaded: &Inputs,
    (edition, search_files): (&EditionConfig, SearchFiles),
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Edition {
    let base_url = options.base_url.clone().or_else(|| edition.base_url.clone());
    let base_url = base_url.unwrap_or_else(|| loaded.content.config.base_url.clone());
    let view = EditionScope { edition: edition.clone(), base_url, unpublished: options.unpublished };
    let site = Site::link(Arc::clone(&loaded.content), view, diagnostics);
    // The links are a third of the work; what needs none of them is collected meanwhile.
    let mut found = Diagnostics::new();
    let (mut links, (forms, related, listings, feeds, mut aliases)) = rayon::join(
        || Links::collect(&site, diagnostics),
        || {
            let found = &mut found;
            (
                Forms::collect(&site, found),
                Related::collect(&site, found),
                Listings::collect(&site, found),
                Feeds::collect(&site, found),
                Aliases::collect(&site, found),
            )
        },
    );
    diagnostics.extend(found);
    assessments::check_all(&site, diagnostics);
    calculators::check_all(&site, diagnostics);
    surveys::check_all(&site, diagnostics);
    let gates = sealing::gates(loaded, &site, &links, diagnostics);
    let lock = Lock::collect(&site, loaded.passphrase.as_ref());
    let scripts = jumps::scripts(&site, &links, diagnostics);
    let mails = jumps::mails(&site, &links, &loaded.theme, diagnostics);
    let cadences = jumps::cadences(&site, &links, (&loaded.theme, &scripts, &mails), diagnostics);
    let sends = |page, link| scripts.of(page)?.sends.get(&link).copied();
    let leads = |page, link| links.page(page, link).or_else(|| sends(page, link));
    let playbooks = Playbooks::collect(&site, &leads, diagnostics);
    let search = Search::collect(
        &site,
        &|lang| loaded.theme.search_words(site.config(), lang),
        jumps::cuts(&site, &scripts, &links),
        diagnostics,
    );
    let share = sealing::share(loaded, &site, &links, diagnostics);
    let hosting = Hosting::collect(&site, aliases.lines(&site), diagnostics);
    let cards = cards(&site, (&links, &share), &loaded.theme);
    let mut plan = Plan::default();
    plan.extend(listings.artifacts(&site), diagnostics);
    plan.extend(links.artifacts(&site), diagnostics);
    plan.extend(forms.artifacts(&site), diagnostics);
    plan.extend(lock.iter().flat_map(|lock| lock.artifacts(&site)), diagnostics);
    plan.extend(feeds.artifacts(&site), diagnostics);
    plan.extend(scripts.artifacts(&site), diagnostics);
    // A sealed edition has a worker of its own, which keeps nothing readable.
    plan.extend(scripts.worker(&site).filter(|_| lock.is_none()), diagnostics);
    plan.extend(mails.artifacts(&site), diagnostics);
    plan.extend(cadences.artifacts(&site), diagnostics);
    plan.extend(search_files(&search, &site), diagnostics);
    plan.extend(share.artifacts(&site), diagnostics);
    plan.extend(cards.artifacts(&site), diagnostics);
    plan.extend(events::artifacts(&site), diagnostics);
    plan.extend(loaded.theme.artifacts(), diagnostics);
    plan.extend(copies::static_files(&site), diagnostics);
    plan.extend(hosting.artifacts(&site), diagnostics);
    plan.extend(report::artifacts(&site), diagnostics);
    let editor = admin::artifacts(&site, diagnostics);
    plan.extend(editor, diagnostics);
    plan.add(sitemap::robots_artifact(&site), diagnostics);
    let sitemap = Sitemap::collect(&site, &plan, diagnostics);
    plan.extend(sitemap.artifacts(&site), diagnostics);
    // An old address gives way to everything that is there today.
    aliases.expand(&plan);
    plan.extend(aliases.artifacts(&site), diagnostics);
    aliases.check(&site, &plan, diagnostics);
    addresses::check(project, &site, (&plan, &aliases), diagnostics);
    plan.check_folders(diagnostics);
    links.check_paths(&site, &plan, diagnostics);
    links.check_forms(&site, &plan, &|form| forms.is_shown(form), diagnostics);
    credentials::check(&site, diagnostics);
    enforce(&site, (&links, &cards), &plan, diagnostics);
    runs::check(project, &site, &plan, diagnostics);
    let features = Findings {
        links: Arc::new(links),
        forms: Arc::new(forms),
        gates: Arc::new(gates),
        lock: Arc::new(lock),
        scripts: Arc::new(scripts),
        mails: Arc::new(mails),
        cadences: Arc::new(cadences),
        related: Arc::new(related),
        listings: Arc::new(listings),
        playbooks: Arc::new(playbooks),
        feeds: Arc::new(feeds),
        search: Arc::new(search),
        share: Arc::new(share),
        cards: Arc::new(cards),
        aliases: Arc::new(aliases),
        hosting: Arc::new(hosting),
        sitemap: Arc::new(sitemap),
    };
    let linked = Edition::new(site, features, Arc::clone(&loaded.theme), plan, diagnostics);
    sealing::seal(project, linked, diagnostics)
}

/// The social cards of an edition's pages. Of a person, the photo is on the card.
pub(crate) fn cards(site: &Site, (links, share): (&Links, &Share), theme: &Theme) -> Cards {
    let known = CardInputs {
        has_image: &|page| site.page(page).kind() != PageKind::Person && links.preview(site, page).is_some(),
        face: &|person| {
            let (_, picture, part) = links.face(site, person)?;
            Some(format!("{} {} {} {}", picture.print, part.left, part.top, part.width))
        },
        shared: &|page| {
            share.kit_here(site, page)?;
            Some(Arc::clone(share.closed_entry(page.id).unwrap_or(&page.entry)))
        },
    };
    Cards::collect(site, theme.cards.as_ref(), &known)
}
