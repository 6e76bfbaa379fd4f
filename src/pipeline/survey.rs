//! All that `check` says of a site that has been read, but for what only rendering finds: for `serve`, when nobody waits.

use super::advice::{Advice, Said};
use super::{Loaded, Options, link_lazily};
use crate::diag::Diagnostics;
use crate::discover::Project;

/// What is wrong with a site's editions, and advice where nothing is.
#[must_use]
pub fn survey(project: &dyn Project, loaded: &Loaded, options: &Options) -> Diagnostics {
    let (mut diagnostics, mut said) = (Diagnostics::new(), Said::default());
    for edition in &loaded.content.config.editions {
        let linked = link_lazily(project, loaded, edition, options, &mut diagnostics);
        if !diagnostics.has_errors() {
            said.collect(&linked, Advice::Give);
        }
    }
    said.with(diagnostics)
}
