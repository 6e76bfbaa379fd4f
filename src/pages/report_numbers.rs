//! The report on the content of an edition, with what its features know.

use super::linked::Edition;
use crate::config::{Audience, LangId, StageId};
use crate::editorial::checks;
use crate::editorial::report::{Report, ReportInputs};
use crate::site::PageId;

/// Makes the report, with labels in one language, or each table's in its own.
#[must_use]
pub fn report(linked: &Edition, labels: Option<LangId>) -> Report {
    let site = &linked.site;
    let links = linked.features.links.pages(site);
    // A call script is no way for strangers.
    let open: Vec<Vec<PageId>> = site
        .pages()
        .zip(&links)
        .map(|(page, to)| if page.audience == Audience::Public { to.clone() } else { Vec::new() })
        .collect();
    let sends = |page| {
        let script = linked.features.scripts.on_page(page);
        script.map(|script| script.sends.values().copied().collect()).unwrap_or_default()
    };
    let stage = |stage: StageId, lang| {
        let stage = &site.config().journey.stages[stage];
        linked.theme.stage_label(site.config(), stage, lang)
    };
    let orphans = checks::orphans(site, &open);
    Report::new(site, &ReportInputs { links: &links, sends: &sends, orphans, stage: &stage, labels })
}
