//! Redirects that only some hosts can follow.

use super::report::Report;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// Reports redirects that only some hosts can make, because no page can stand for them.
pub(super) fn check(site: &Site, report: &mut Report<'_>) {
    for redirect in site.config().redirects.iter().filter(|redirect| !redirect.can_have_stubs()) {
        let help = match redirect.from.query.is_empty() {
            true => {
                "keep what `*` or `:name` matches in the new address, such as `/insights/*`, or list the old \
                 addresses one by one"
            }
            false => {
                "Netlify reads queries in `_redirects`; on another host, make this redirect in the host's settings"
            }
        };
        report.push(
            Diagnostic::new(
                Code::RedirectNeedsHost,
                "this redirect only works on hosts that read `_redirects`",
            )
            .at(redirect.file, redirect.from_span)
            .help(help),
        );
    }
}
