//! `mail`: an email template, as its page shows it.

use serde::Serialize;

use super::linked::Edition;
use crate::sales::calls::{TextPiece, pieces};
use crate::site::Page;
use crate::theme::values::Html;

/// An [email template](mails.md). Its text is in `content`, with placeholders as `<span class="placeholder" data-placeholder="first_name">First name</span>`.
#[derive(Debug, Serialize)]
pub(super) struct EmailView<'a> {
    /// The subject; placeholders are their labels in brackets.
    subject: String,
    /// The placeholders in subject and text.
    placeholders: Vec<EmailBlank<'a>>,
    /// JSON for `<script type="application/json" data-mail-config>`, which `mail.js` reads.
    config: Html,
}

/// A placeholder of an email.
#[derive(Debug, Serialize)]
struct EmailBlank<'a> {
    /// Its name in the text.
    name: &'a str,
    /// The placeholder's label, as plain text.
    label: &'a str,
}

/// What the template of an email gets besides; nothing on other pages.
pub(super) fn mail<'a>(linked: &'a Edition, page: &Page) -> Option<EmailView<'a>> {
    let mail = linked.features.mails.of_page(page.id)?;
    let label =
        |name: &str| mail.placeholders.iter().find(|known| known.name == name).map(|known| &known.label);
    let subject = pieces(&mail.subject).into_iter().map(|piece| match piece {
        TextPiece::Text(text) => text.to_string(),
        TextPiece::Placeholder(name) => format!("[{}]", label(name).map_or(name, |label| label)),
    });
    let blanks = mail.placeholders.iter().map(|known| EmailBlank { name: &known.name, label: &known.label });
    Some(EmailView {
        subject: subject.collect(),
        placeholders: blanks.collect(),
        config: Html::new(&linked.features.mails.config(&linked.site, page.id)?),
    })
}
