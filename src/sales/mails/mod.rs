//! Emails that the team sends: templates in `content/mails/`, filled in for one person in the browser.
//!
//! [`Mails::collect`] reads each page of the kind into a [`Mail`]: subject and text as an inbox shows them (`plain`), and the
//! placeholders in them with what people call them ([`names`]). What would embarrass the sender is reported (`check`). `data` is
//! the JSON that browsers read: one file a language for the call player, the share kit and follow-ups, and a part of it on each
//! email's own page. `docs/content/mails.md` is for authors.

mod check;
pub(in crate::sales) mod data;
pub mod names;
mod plain;

use std::collections::BTreeMap;

use crate::config::LangId;
use crate::content::front_matter::mail::MailMeta;
use crate::diag::{Diagnostic, Diagnostics};
use crate::ids::IdVec;
use crate::plan::{Artifact, ClientFile, Origin, OutPath, Planned, Warrant, client_files};
use crate::sales::calls::Placeholder;
use crate::site::{Page, PageId, Site};
use data::MailsFile;
use names::PlaceholderNames;
pub use plain::{plain_text, plain_text_of};

/// The browser code: an email on its own page, in a call, and in the share kit.
pub const CLIENT: &[ClientFile] = client_files!("src/sales/mails/client":
    Entry "mail", Entry "mail-now", Entry "share-mails", Helper "letter", Helper "fill-mail");

/// What is known before an edition's emails are read.
pub struct MailInputs<'a> {
    /// The theme's word in a language.
    pub word: &'a dyn Fn(LangId, &str) -> String,
    /// Where a link of a page's text leads people outside, by its index there.
    ///
    /// # Errors
    ///
    /// They find nothing there: the report, without its place.
    pub link: &'a dyn Fn(PageId, u32) -> Result<Option<String>, Box<Diagnostic>>,
}

/// An email, ready to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The page that is its template.
    pub page: PageId,
    /// The subject, in which placeholders are `{{name}}`.
    pub subject: String,
    /// The text as mail programs show it, with placeholders.
    pub text: String,
    /// The placeholders in both, in the order in which they come.
    pub placeholders: Vec<Placeholder>,
}

/// The emails of an edition.
#[derive(Debug, Default)]
pub struct Mails {
    by_page: BTreeMap<PageId, Mail>,
    /// By language; nothing where it has no email.
    files: IdVec<LangId, Option<MailsFile>>,
}

impl Mails {
    /// Reads the emails. What can't be sent as it is, is reported.
    #[must_use]
    pub fn collect(site: &Site, known: &MailInputs<'_>, diagnostics: &mut Diagnostics) -> Self {
        let names = PlaceholderNames::new(site, known.word);
        let mails = site.pages().filter_map(|page| Some((page, page.meta().mail()?)));
        let by_page: BTreeMap<PageId, Mail> =
            mails.map(|(page, meta)| (page.id, read((page, meta), (known, &names), diagnostics))).collect();
        for mail in by_page.values() {
            check::check(site, mail, &names, diagnostics);
        }
        let languages = site.config().languages.ids();
        let files = languages.map(|lang| data::file(site, by_page.values(), lang)).collect();
        Self { by_page, files }
    }

    /// The email of a page; `None` for pages of other kinds.
    #[must_use]
    pub fn of_page(&self, page: PageId) -> Option<&Mail> {
        self.by_page.get(&page)
    }

    /// The path of the file with all emails of a language; `None` where there is none.
    #[must_use]
    pub fn url(&self, lang: LangId) -> Option<&str> {
        Some(&self.files.get(lang)?.as_ref()?.url)
    }

    /// The bytes of that file.
    #[must_use]
    pub fn emit(&self, lang: LangId) -> &str {
        self.files.get(lang).and_then(Option::as_ref).map_or("", |file| &file.json)
    }

    /// What the page of an email needs for its script, as the content of `<script type="application/json">`.
    #[must_use]
    pub fn config(&self, site: &Site, page: PageId) -> Option<String> {
        self.of_page(page).map(|mail| data::config(site, mail))
    }

    /// The files, one a language.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let planned = self.files.each().filter_map(|(lang, file)| {
            Some(Planned {
                path: OutPath::file(file.as_ref()?.url.clone()),
                artifact: Artifact::Mails { lang },
                origin: Origin::generated("the list of emails"),
                warrant: Warrant::edition(site),
            })
        });
        planned.collect()
    }
}

/// Reads the email that a page is the template of: its subject, its text as plain text, and its placeholders.
fn read(
    (page, meta): (&Page, &MailMeta),
    (known, names): (&MailInputs<'_>, &PlaceholderNames<'_>),
    diagnostics: &mut Diagnostics,
) -> Mail {
    let body = page.body();
    let text = plain_text(body, &mut |link| {
        (known.link)(page.id, link).unwrap_or_else(|problem| {
            diagnostics.push(problem.at(page.path(), body.links[link as usize].target_span));
            None
        })
    });
    let subject = meta.subject.value.split_whitespace().collect::<Vec<_>>().join(" ");
    let placeholders = names.used_in(page, &[&subject, &text]);
    Mail { page: page.id, subject, text, placeholders }
}

#[cfg(test)]
mod tests;
