//! Plans of follow-ups: what somebody does for one contact on which day, in `content/cadences/`.
//!
//! [`Cadences::collect`] reads the headings of each plan (`words`) and what is below them (`read`) into touches, and reports what
//! would leave somebody with nothing to say, or annoy the one who is followed up (`check`). `data` is the JSON for the page on
//! which plans are followed; contacts and dates are in the browser alone. `docs/content/cadences.md` is for authors.

mod check;
mod data;
mod read;
mod words;

use std::collections::BTreeMap;

use crate::config::{Audience, LangId};
use crate::content::front_matter::cadence::DayCount;
use crate::diag::{Diagnostic, Diagnostics};
use crate::plan::{Artifact, ClientFile, Origin, OutPath, Planned, Route, Warrant, client_files};
use crate::sales::calls::{Placeholder, Scripts};
use crate::sales::mails::Mails;
use crate::sales::mails::names::PlaceholderNames;
use crate::site::{PageId, Site};
pub use words::TouchKind;

/// The browser code: the page of today's follow-ups.
pub const CLIENT: &[ClientFile] = client_files!("src/sales/cadences/client":
    Entry "today", Part "due", Helper "contacts", Part "contact-form", Helper "plan", Part "plan-file", Part "today-page",
    Part "called", Part "day-calls", Part "calls-kept", Part "calls-file", Part "calls-again");

/// What is known before an edition's plans are read.
pub struct CadenceInputs<'a> {
    /// The theme's word in a language.
    pub word: &'a dyn Fn(LangId, &str) -> String,
    /// The page to which a link of a page's text leads, by its index there.
    pub page: &'a dyn Fn(PageId, u32) -> Option<PageId>,
    /// Where such a link leads people outside.
    ///
    /// # Errors
    ///
    /// They find nothing there: the report, without its place.
    pub link: &'a dyn Fn(PageId, u32) -> Result<Option<String>, Box<Diagnostic>>,
    /// The scripts of the edition.
    pub scripts: &'a Scripts,
    /// The emails of the edition, whose placeholders are the plan's, too.
    pub mails: &'a Mails,
}

/// Something that is done on one day of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// The id of its heading, where its author gave one, else what it is and the how manyth: it outlives a change of its day.
    pub id: String,
    /// Days after the plan began.
    pub day: u32,
    /// By which means the contact is reached.
    pub kind: TouchKind,
    /// Hour and minute, where it says a time.
    pub time: Option<(u8, u8)>,
    /// Its heading as it is written, without markup.
    pub title: String,
    /// What is sent, for a message; with placeholders.
    pub message: String,
    /// What whoever does it should know; with placeholders.
    pub notes: String,
    /// The script of a call.
    pub script: Option<PageId>,
    /// The template of an email.
    pub mail: Option<PageId>,
}

/// A plan of follow-ups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cadence {
    /// The page that describes it.
    pub page: PageId,
    /// Whether the days between touches are all days or the team's workdays.
    pub count: DayCount,
    /// The most touches in seven days, where it says so.
    pub per_week: Option<u32>,
    /// Its touches, in the order of the text.
    pub touches: Vec<Touch>,
    /// The placeholders in its messages, notes and emails.
    pub placeholders: Vec<Placeholder>,
}

/// The plans of an edition.
#[derive(Debug, Default)]
pub struct Cadences {
    by_page: BTreeMap<PageId, Cadence>,
    /// Does the edition have a script by which somebody can call?
    has_calls: bool,
    /// Does it have a playbook that is followed for several cases?
    has_cases: bool,
}

impl Cadences {
    /// Reads the plans. What would go wrong on its day is reported.
    #[must_use]
    pub fn collect(site: &Site, inputs: &CadenceInputs<'_>, diagnostics: &mut Diagnostics) -> Self {
        let names = PlaceholderNames::new(site, inputs.word);
        let mut by_page = BTreeMap::new();
        for (page, meta) in site.pages().filter_map(|page| Some((page, page.meta().cadence()?))) {
            let (cadence, places) = read::read(site, (page, meta), (inputs, &names), diagnostics);
            check::check(site, (&cadence, &places), (inputs, &names), diagnostics);
            by_page.insert(page.id, cadence);
        }
        let has_calls = inputs.scripts.all().any(|script| !script.steps.is_empty());
        let has_cases = site.pages().any(|page| page.meta().has_cases());
        Self { by_page, has_calls, has_cases }
    }

    /// The plan of a page; `None` for pages of other kinds.
    #[must_use]
    pub fn of_page(&self, page: PageId) -> Option<&Cadence> {
        self.by_page.get(&page)
    }

    /// All plans, in the order of their pages.
    pub fn all(&self) -> impl Iterator<Item = &Cadence> {
        self.by_page.values()
    }

    /// The path of the page of today's follow-ups, calls and cases; only the team has one, and where there is a plan, a script or a
    /// playbook with cases.
    #[must_use]
    pub fn today_url(&self, site: &Site, lang: LangId) -> Option<String> {
        let is_for_team = site.view.edition.sees(Audience::Team);
        (is_for_team && (self.has_calls || self.has_cases || !self.by_page.is_empty()))
            .then(|| site.today_url(lang))
    }

    /// What that page's script reads, as the content of `<script type="application/json">`.
    #[must_use]
    pub fn config(&self, site: &Site, mails: &Mails, lang: LangId) -> String {
        data::config(site, (self, mails), lang)
    }

    /// The pages of today's follow-ups and calls.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let pages = site.languages().filter_map(|lang| {
            Some(Planned {
                path: OutPath::of_url(&self.today_url(site, lang)?),
                artifact: Artifact::Page(Route::Today { lang }),
                origin: Origin::generated("the page of today's follow-ups"),
                warrant: Warrant::edition(site),
            })
        });
        pages.collect()
    }
}

#[cfg(test)]
mod tests;
