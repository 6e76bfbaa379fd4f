//! What would go wrong when an email is sent: a gap where a name belongs, no text, or a text that mail programs cut.

use super::Mail;
use super::names::PlaceholderNames;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::mail;
use crate::sales::calls::{placeholder_uses, placeholders_in, unreadable_placeholders};
use crate::site::{Page, Site};

/// The longest `mailto:` that all mail programs take: `LONGEST_MAIL` in `words.js` is the same.
const LONGEST: usize = 1_900;

/// Reports what is wrong with an email.
pub(super) fn check(site: &Site, mail: &Mail, names: &PlaceholderNames<'_>, diagnostics: &mut Diagnostics) {
    let page = site.page(mail.page);
    let title = page.meta().title.span;
    if mail.text.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::EmptyMail, "this email has no text")
                .at(page.path(), title)
                .help("write what it says, below the front matter"),
        );
    }
    let length = mail::message(&mail.subject, &mail.text).len();
    if length > LONGEST {
        let message =
            format!("this email is too long for a link that opens it: {length} signs of at most {LONGEST}");
        diagnostics.push(
            Diagnostic::new(Code::LongMail, message)
                .at(page.path(), title)
                .help("cut it: å, ø and line ends count as six signs in such a link")
                .help("or keep it, and paste the text: it is copied when the email is opened"),
        );
    }
    unknown(page, names, diagnostics);
    unused(page, diagnostics);
}

/// Reports placeholders that nobody declares, in the subject and the text, and braces that are none.
fn unknown(page: &Page, names: &PlaceholderNames<'_>, diagnostics: &mut Diagnostics) {
    let body = page.body();
    let subject = page.meta().mail().map(|mail| &mail.subject);
    let in_subject = subject
        .into_iter()
        .flat_map(|subject| placeholders_in(&subject.value).map(|name| (name.to_string(), subject.span)));
    let in_text = placeholder_uses(body).into_iter().map(|used| (used.name, used.span));
    for (name, span) in in_subject.chain(in_text).filter(|(name, _)| names.find(page, name).is_none()) {
        diagnostics.push(
            Diagnostic::new(Code::UnknownPlaceholder, format!("no placeholder `{name}` is declared"))
                .at(page.path(), span)
                .suggest(&name, names.all())
                .help(format!(
                    "declare it in the front matter, under `placeholders:`, such as `{name}: {{label: …}}`, or in a script"
                )),
        );
    }
    diagnostics.extend(unreadable_placeholders(body).into_iter().map(|span| {
        Diagnostic::new(Code::UnknownPlaceholder, "this placeholder can't be read")
            .at(page.path(), span)
            .help("write its name in double braces, on one line and without markup: `{{first_name}}`")
    }));
}

/// Reports placeholders that the email declares and doesn't use.
fn unused(page: &Page, diagnostics: &mut Diagnostics) {
    let body = page.body();
    let subject = page.meta().mail().map_or("", |mail| &mail.subject.value);
    let subject: Vec<&str> = placeholders_in(subject).collect();
    let places = placeholder_uses(body);
    for placeholder in page.meta().placeholders() {
        let name = &placeholder.name.value;
        if subject.contains(&name.as_str()) || places.iter().any(|used| used.name == *name) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(
                Code::UnusedPlaceholder,
                format!("the placeholder `{name}` isn't used anywhere in the text"),
            )
            .at(page.path(), placeholder.name.span)
            .help(format!("write `{{{{{name}}}}}` where it belongs, or delete it here")),
        );
    }
}
