//! `ringback script`: a call script in another form.

use super::flags::GraphFlags;
use super::{Settings, Status, print, refuse};
use crate::diag::Diagnostics;

impl Settings {
    /// Prints a script as a Mermaid flowchart.
    pub(super) fn graph(&self, script: &str, lang: Option<&str>) -> Status {
        let mut diagnostics = Diagnostics::new();
        match crate::commands::graph::graph(&self.project, &self.options, script, lang, &mut diagnostics) {
            None => self.report(&diagnostics.sorted(), ": nothing was printed"),
            Some(Err(refused)) => refuse(&refused),
            Some(Ok(chart)) => {
                print(&chart);
                Status::Fine
            }
        }
    }

    /// Settings for a script and what is asked of it.
    pub(super) fn of_graph(flags: GraphFlags) -> Result<Status, String> {
        let GraphFlags { site, script, lang } = flags;
        Self::resolve(site, None).map(|settings| settings.graph(&script, lang.as_deref()))
    }
}
