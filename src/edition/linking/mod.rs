//! The middle of the pipeline: an edition is linked, each feature collects what it needs, all that they make is planned, and
//! what is behind gates is sealed.

mod collected;
pub mod jumps;
mod runs;

use std::sync::Arc;

use self::collected::Collected;
use super::inputs::{Inputs, Options};
use super::sealing;
use crate::config::EditionConfig;
use crate::content::PageKind;
use crate::diag::Diagnostics;
use crate::links::Links;
use crate::pages::linked::Edition;
use crate::plan::Planned;
use crate::project::Project;
use crate::publishing::cards::{CardInputs, Cards};
use crate::publishing::search::Search;
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
    link_all(project, loaded, (edition, Search::artifacts), options, diagnostics)
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
    link_all(project, loaded, (edition, Search::entrances), options, diagnostics)
}

fn link_all(
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
    let mut found = Collected::new(loaded, &site, diagnostics);
    if let Some(avif) = loaded.avif.as_ref().filter(|_| !diagnostics.has_errors()) {
        found.publish_avif(project, &site, avif);
    }
    let (plan, sitemap) = found.plan(loaded, &site, search_files, diagnostics);
    found.check(project, &site, &plan, diagnostics);
    let features = found.findings(sitemap);
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
        is_shared: &|page| share.kit_here(site, page).is_some(),
    };
    Cards::collect(site, theme.cards.as_ref(), &known)
}
