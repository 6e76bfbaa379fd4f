//! What only the front matter of an email template has. `docs/content/mails.md` describes it.

use super::Front;
use crate::diag::Code;
use crate::yaml::{Fields, Spanned};

/// What only emails have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailMeta {
    /// What the inbox shows, with its placeholders; empty only where there is an error.
    pub subject: Spanned<String>,
}

impl Front<'_> {
    /// Reads `subject` and `placeholders`. An email without a subject is reported: spam filters and people throw it away.
    pub(super) fn mail(&mut self, fields: &mut Fields<'_>) {
        let subject = fields.require("subject", "an email template", &mut self.reader);
        if let Some(subject) = subject.and_then(|node| self.reader.text(node)) {
            if subject.value.trim().is_empty() {
                self.reader.report(Code::MissingKey, subject.span, "the subject is empty");
            }
            self.meta.mail.subject = subject;
        }
        self.placeholders(fields);
    }
}
