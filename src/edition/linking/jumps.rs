//! What scripts need of links, where each of them leads; and what search needs of scripts, how they are cut.

use crate::diag::Diagnostics;
use crate::links::{self, Links};
use crate::publishing::search::{Cuts, Section};
use crate::sales::calls::{self, CallInputs, Scripts, Target};
use crate::site::Site;

/// The scripts of an edition, whose jumps are links like all others.
pub(crate) fn scripts(site: &Site, links: &Links, diagnostics: &mut Diagnostics) -> Scripts {
    let target = |page, link| match links.target(page, link) {
        links::Target::Here(id) => Target::Here(id.clone()),
        links::Target::Page { page, rest } => {
            let id = rest.split_once('#').map(|(_, id)| id.to_string());
            Target::Page(*page, id.unwrap_or_default())
        }
        links::Target::Behind(_)
        | links::Target::File { .. }
        | links::Target::Path(_)
        | links::Target::External(_) => Target::Elsewhere,
        links::Target::Inert => Target::Inert,
        links::Target::Away | links::Target::Broken => Target::Broken,
    };
    Scripts::collect(site, &CallInputs { target: &target }, diagnostics)
}

/// Scripts are found by their steps and objections, not by their headings alone.
pub(crate) fn cuts(site: &Site, scripts: &Scripts) -> Cuts {
    let section = |part: calls::CallSection| Section {
        id: part.id,
        title: part.title,
        said: part.phrases,
        text: part.text,
    };
    let parts = scripts.parts(site).into_iter();
    parts.map(|(page, parts)| (page, parts.into_iter().map(section).collect())).collect()
}
