//! Testimonials and the site's list of customers: who is quoted must have agreed to it.

use super::{Page, Site};
use crate::config::Customer;
use crate::content::PageKind;
use crate::content::blocks::CalloutKind;
use crate::content::body::{Kind, Speaker};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

impl Site {
    /// Reports testimonials of companies that aren't in the list of customers, haven't agreed, or no longer do. A site
    /// without such a list has agreed with them elsewhere.
    pub(super) fn check_quotes(&self, diagnostics: &mut Diagnostics) {
        let customers = &self.config().customers;
        if customers.is_empty() {
            return;
        }
        for page in self.pages() {
            for body in Self::texts(page) {
                let quotes = body.nodes().iter().enumerate().filter_map(|(id, node)| {
                    let Kind::Callout(callout) = node.kind else { return None };
                    let callout = &body.callouts[callout as usize];
                    let speaker = body.speaker_of(id).filter(|_| callout.kind == CalloutKind::Quote)?;
                    Some((speaker, callout.span))
                });
                for (speaker, span) in quotes.filter(|(speaker, _)| !self.is_colleague(speaker)) {
                    diagnostics.extend(self.quote(customers, page, &speaker, span));
                }
            }
        }
    }

    fn is_colleague(&self, speaker: &Speaker) -> bool {
        self.pages().any(|page| page.kind() == PageKind::Person && page.title() == speaker.name)
    }

    fn quote(
        &self,
        customers: &[Customer],
        page: &Page,
        speaker: &Speaker,
        span: Span,
    ) -> Option<Diagnostic> {
        let company =
            speaker.about.rsplit(',').next().map(str::trim).filter(|company| !company.is_empty())?;
        let told =
            |message: String| Diagnostic::new(Code::QuoteWithoutConsent, message).at(page.path(), span);
        let Some(customer) = customers.iter().find(|customer| customer.is_called(company)) else {
            let known = customers.iter().map(|customer| customer.name.value.as_str());
            let problem = told(format!("`{company}` isn't in the list of customers")).suggest(company, known);
            return Some(problem.help(
                "add it to `customers` in `ringback.yaml`, with the day on which they agreed to be quoted",
            ));
        };
        match (customer.consent, customer.until) {
            (None, _) => Some(told(format!("`{company}` hasn't agreed to be quoted")).help(
                "ask them, and write the day of their answer as `consent` in `customers`; until then, leave the quotation out",
            )),
            (_, Some(last)) if last < self.content.today => {
                let problem = told(format!("`{company}` agreed to be quoted until {last}"));
                Some(problem.help("ask them again, or remove the quotation"))
            }
            _ => None,
        }
    }
}
