//! What `ringback index` prints.

use super::{Options, link, load, read};
use crate::diag::Diagnostics;
use crate::discover::Project;
use crate::features::search;

/// The documents of one edition as lines of JSON, for a search engine with a server of its own: of the
/// one that is named, else of the first. `None` where something is wrong.
#[must_use]
pub fn search_documents(
    project: &dyn Project,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let loaded = load(project, diagnostics)?;
    let edition =
        read::editions(&loaded.content.config, options.edition.as_deref(), diagnostics).into_iter().next()?;
    let linked = link(project, &loaded, &edition, options, diagnostics);
    (!diagnostics.has_errors()).then(|| search::json_lines(&linked.site, &linked.features.search))
}
