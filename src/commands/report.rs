//! The content report, without rendering or writing.

use crate::build::{load, sources};
use crate::config::Audience;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::editorial::report::Report;
use crate::pages::report_numbers;
use crate::project::Project;

/// The report on an edition: the one that is asked for, else the first for the team, else the first. `None` where the
/// site can't be read; what is wrong with it is reported.
#[must_use]
pub fn report(project: &dyn Project, options: &Options, diagnostics: &mut Diagnostics) -> Option<Report> {
    let loaded = load(project, diagnostics)?;
    let editions = sources::editions(&loaded.content.config, options.edition.as_deref(), diagnostics);
    let for_team = editions.iter().find(|edition| edition.sees(Audience::Team));
    let edition = for_team.or(editions.first())?;
    let linked = link(project, &loaded, edition, options, diagnostics);
    Some(report_numbers::report(&linked, None))
}
