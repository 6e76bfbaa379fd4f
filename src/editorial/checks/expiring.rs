//! Links to pages that will soon be gone.

use super::CheckInputs;
use super::report::Report;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// Reports links to pages that will soon be gone.
pub(super) fn check(site: &Site, inputs: &CheckInputs<'_>, report: &mut Report<'_>) {
    for (from, span, to) in inputs.expiring {
        let (from, to) = (site.page(*from), site.page(*to));
        let Some(day) = to.meta().expires.filter(|_| !(inputs.is_checked)(from.path())) else { continue };
        let message = format!("this leads to `{}`, which expires on {day}", to.path());
        report.push(
            Diagnostic::new(Code::LinkExpires, message)
                .at(from.path(), *span)
                .help("from that day on, readers see its words without a link")
                .help(format!(
                    "`expires_to: {}/…` in that page says where it leads then",
                    to.document.place.folder
                )),
        );
    }
}
