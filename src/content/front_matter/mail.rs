//! What only the front matter of an email template has. `docs/content/mails.md` describes it.

use super::{Front, GateMeta, PlaceholderMeta};
use crate::diag::Code;
use crate::yaml::{Fields, Spanned};

/// What only the front matter of email templates has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailMeta {
    /// The gate in its text; `None` without one.
    pub gate: Option<Box<GateMeta>>,
    /// What the inbox shows, with its placeholders; empty only where there is an error.
    pub subject: Spanned<String>,
    /// What is filled in for one person.
    pub placeholders: Vec<PlaceholderMeta>,
}

impl Front<'_> {
    /// Reads `gate`, `subject` and `placeholders`. An email without a subject is reported: spam filters and people throw it away.
    pub(super) fn mail(&mut self, fields: &mut Fields<'_>) -> MailMeta {
        let gate = self.gate(fields);
        let subject = fields.require("subject", "an email template", &mut self.reader);
        let subject = subject.and_then(|node| self.reader.text(node));
        if let Some(subject) = subject.as_ref().filter(|subject| subject.value.trim().is_empty()) {
            self.reader.report(Code::MissingKey, subject.span, "the subject is empty");
        }
        let placeholders = self.placeholders(fields);
        MailMeta { gate, subject: subject.unwrap_or_default(), placeholders }
    }
}
