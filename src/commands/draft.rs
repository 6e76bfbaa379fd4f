//! What would be wrong with a file if it were there: another way out of the pipeline, without rendering or writing.

use crate::build::{load, sources};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::project::{Overlay, Project};
use crate::site::Unpublished;

/// The errors that a site would have because of a new file at `path`, also once it is no draft any more.
#[must_use]
pub fn check_draft(project: &dyn Project, path: &str, text: &str) -> Vec<Diagnostic> {
    let project = Overlay { below: project, path, text };
    let mut diagnostics = Diagnostics::new();
    let Some(loaded) = load(&project, &mut diagnostics) else { return Vec::new() };
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Show };
    for edition in sources::editions(&loaded.content.config, None, &mut diagnostics) {
        let _ = link(&project, &loaded, &edition, &options, &mut diagnostics);
    }
    let is_about = |problem: &Diagnostic| {
        let places = problem.place.iter().map(|place| place.file.as_str());
        let related = problem.related.iter().map(|related| related.place.file.as_str());
        problem.severity == Severity::Error && places.chain(related).any(|file| file == path)
    };
    diagnostics.sorted().into_iter().filter(is_about).collect()
}
