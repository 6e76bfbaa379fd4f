//! What `ringback export-search` prints.

use crate::build::{load, sources};
use crate::config::{Audience, Config, EditionConfig};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::project::Project;
use crate::publishing::search;

/// The documents of one edition as lines of JSON, for a search engine with a server of its own: of the
/// one that is named, else of the one for everybody, in whatever order they stand. `None` where something is wrong.
#[must_use]
pub fn search_documents(
    project: &dyn Project,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let loaded = load(project, diagnostics)?;
    let config = &loaded.content.config;
    let edition = match options.edition.as_deref() {
        Some(name) => sources::editions(config, Some(name), diagnostics).into_iter().next(),
        None => for_everybody(config, diagnostics),
    }?;
    let linked = link(project, &loaded, &edition, options, diagnostics);
    (!diagnostics.has_errors()).then(|| search::json_lines(&linked.site, &linked.features.search))
}

/// The edition that has nothing for the team.
fn for_everybody(config: &Config, diagnostics: &mut Diagnostics) -> Option<EditionConfig> {
    let found = config.editions.iter().find(|edition| !edition.sees(Audience::Team)).cloned();
    if found.is_none() {
        let names: Vec<&str> = config.editions.iter().map(|edition| edition.name.as_str()).collect();
        diagnostics.push(
            Diagnostic::new(Code::UnknownEdition, "the site has no public edition")
                .help(format!("say which one you mean with `--edition`: {}", crate::yaml::listed(&names)))
                .help("its search engine then shows what only the team may read"),
        );
    }
    found
}
