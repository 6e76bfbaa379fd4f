//! What scripts need of links: where each of them leads.

use crate::diag::Diagnostics;
use crate::features::links::{self, Links};
use crate::features::scripts::{Known, Scripts, Target};
use crate::model::Site;

/// The scripts of an edition, whose jumps are links like all others.
pub(super) fn scripts(site: &Site, links: &Links, diagnostics: &mut Diagnostics) -> Scripts {
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
        links::Target::Broken => Target::Broken,
    };
    Scripts::collect(site, &Known { target: &target }, diagnostics)
}
