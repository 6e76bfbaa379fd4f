//! The links of a site that lead out of it, for whoever wants to know whether they still do.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::{load, sources};
use crate::config::Levels;
use crate::diag::{Diagnostics, Location};
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::links::{Links, Target};
use crate::project::Project;
use crate::site::Page;

/// What leads out of a site.
#[derive(Debug, Default)]
pub struct ExternalLinks {
    /// The places of each web address, by address without what follows `#`.
    pub links: BTreeMap<String, BTreeSet<Location>>,
    /// The levels that the site gives to checks.
    pub levels: Levels,
}

/// Collects the outside links of all editions. Nothing is asked.
#[must_use]
pub fn external_links(
    project: &dyn Project,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> ExternalLinks {
    let mut found = ExternalLinks::default();
    let Some(loaded) = load(project, diagnostics) else { return found };
    found.levels = loaded.content.config.checks.clone();
    for edition in sources::editions(&loaded.content.config, options.edition.as_deref(), diagnostics) {
        let linked = link(project, &loaded, &edition, options, diagnostics);
        for page in linked.site.pages() {
            found.add(page, &linked.features.links);
        }
    }
    found
}

impl ExternalLinks {
    fn add(&mut self, page: &Page, links: &Links) {
        for (target, span) in links.placed(page) {
            if let Target::External(address) = target {
                self.add_if_http(address, Location { file: page.path().to_string(), span: Some(span) });
            }
        }
        if let Some(url) = page.meta().source.as_ref().and_then(|source| source.url.as_ref()) {
            self.add_if_http(
                url,
                Location { file: page.path().to_string(), span: Some(page.meta().places.source) },
            );
        }
    }

    /// Only what is fetched by HTTP: nobody can try a mail address without writing to it.
    fn add_if_http(&mut self, address: &str, place: Location) {
        let address = address.split('#').next().unwrap_or(address);
        let scheme = address.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let whole = match scheme.as_deref() {
            Some("http" | "https") => address.to_string(),
            _ if address.starts_with("//") => format!("https:{address}"),
            _ => return,
        };
        self.links.entry(whole).or_default().insert(place);
    }
}
