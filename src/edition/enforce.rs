//! Editorial checks that the site has raised to errors.

use jiff::ToSpan as _;

use crate::config::Level;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::editorial::checks::{AHEAD, CheckInputs, Checks};
use crate::links::Links;
use crate::plan::Plan;
use crate::publishing::cards::Cards;
use crate::publishing::redirects::addresses;
use crate::site::Site;

/// Makes the checks that the site has raised to errors. They wait until there are no others: where a file can't be
/// read, links to its page are missing, and much would be reported that is not so.
pub(super) fn enforce(
    site: &Site,
    (links, cards): (&Links, &Cards),
    plan: &Plan,
    diagnostics: &mut Diagnostics,
) {
    if site.config().checks.has(Level::Error) && !diagnostics.has_errors() {
        let pages = links.pages(site);
        let expiring = links.to_expiring(site, site.content.today.saturating_add(AHEAD.days()));
        let known = CheckInputs {
            level: Level::Error,
            is_checked: &|_| false,
            links: &pages,
            expiring: &expiring,
            is_cancelled: &|| false,
        };
        diagnostics.extend(Checks::collect(site, &known).problems);
        let illegible = cards.check(site, Level::Error, &|_| false);
        let told = addresses::unlisted(site, plan, Level::Error).into_iter().chain(illegible);
        diagnostics.extend(told.map(|problem| Diagnostic { severity: Severity::Error, ..problem }));
    }
}
