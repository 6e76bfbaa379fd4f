//! The content report: for whom and for which stage there is something to read, and what is missing, lonely, old or unused.
//!
//! [`artifacts`] plans its page, in editions for the team alone. [`Report::new`] makes it; the command, its JSON and the
//! page show the same. It takes the whole site, so it is made when somebody asks for it, not with every page. What is
//! known of links, scripts and words is handed in. `docs/content/report.md` says what each part means.

mod coverage;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::config::{Audience, CtaTarget, LangId, StageId};
use crate::content::PageKind;
use crate::plan::{Artifact, Origin, OutPath, Planned, Route, Warrant};
use crate::site::{Page, PageId, PublishStatus, Site};
pub use coverage::{Cell, Column, Coverage, Row};

/// An article that was last touched so many months ago, and that nobody has promised to review, is old.
pub const OLD_AFTER: i32 = 12;

/// What is known of the site besides its pages.
pub struct ReportInputs<'a> {
    /// By page, the pages that its text leads to.
    pub links: &'a [Vec<PageId>],
    /// The pages that a call script sends.
    pub sends: &'a dyn Fn(PageId) -> Vec<PageId>,
    /// Public pages that no text leads to.
    pub orphans: Vec<PageId>,
    /// What a stage is called in a language.
    pub stage: &'a dyn Fn(StageId, LangId) -> String,
    /// The language of labels; without one, each table is in the language that it is about.
    pub labels: Option<LangId>,
}

/// A page, as the report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageRef {
    /// The page's title, as plain text.
    pub title: String,
    /// The page's file, from the root of the site.
    pub path: String,
    /// The code of its language.
    pub lang: String,
    /// Its address, without that of the site.
    pub url: String,
}

/// A page that should be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// The page to look at.
    #[serde(flatten)]
    pub page: PageRef,
    /// When its review was due, or when it was last changed.
    #[serde(serialize_with = "iso")]
    pub since: Date,
    /// Who looks after it: its owner, else its authors.
    pub owners: Vec<String>,
}

/// A page that is not in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Untranslated {
    /// The page, in the first language that it has.
    #[serde(flatten)]
    pub page: PageRef,
    /// The codes of the languages that are missing.
    pub missing: Vec<String>,
}

/// A page that asks for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asking {
    /// The page that asks for details.
    #[serde(flatten)]
    pub page: PageRef,
    /// The form at its gate.
    pub gate: Option<String>,
    /// Where the key of the gate comes from.
    pub key: Option<&'static str>,
    /// The forms in its text.
    pub forms: Vec<String>,
}

/// The content report of one edition, as `ringback report --json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of this format.
    pub version: u8,
    /// The day for which it is made.
    #[serde(serialize_with = "iso")]
    pub today: Date,
    /// The edition that it is about.
    pub edition: String,
    /// By language: what there is for each persona at each stage.
    pub coverage: Vec<Coverage>,
    /// Pages whose review is overdue, the longest first.
    pub overdue: Vec<Stale>,
    /// Articles that are old and that nobody has promised to review, the oldest first.
    pub outdated: Vec<Stale>,
    /// Public pages that only lists lead to.
    pub orphans: Vec<PageRef>,
    /// Articles that are not in every language.
    pub untranslated: Vec<Untranslated>,
    /// Articles that no call script gives away, in languages that have scripts.
    pub never_sent: Vec<PageRef>,
    /// Pages with a gate or a form.
    pub with_forms: Vec<Asking>,
    /// Forms that no page shows and no next step leads to.
    pub unused_forms: Vec<String>,
}

fn iso<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// The report's page in each language, in an edition for the team; nothing in others.
#[must_use]
pub fn artifacts(site: &Site) -> Vec<Planned> {
    if !site.view.edition.sees(Audience::Team) {
        return Vec::new();
    }
    let page = |lang| Planned {
        path: OutPath::of_url(&site.report_url(lang)),
        artifact: Artifact::Page(Route::Report { lang }),
        origin: Origin::generated("the content report"),
        warrant: Warrant::edition(site),
    };
    site.languages().map(page).collect()
}

impl Report {
    /// Makes the report on an edition.
    #[must_use]
    pub fn new(site: &Site, inputs: &ReportInputs<'_>) -> Self {
        let mut report = Self {
            version: 1,
            today: site.content.today,
            edition: site.view.edition.name.clone(),
            coverage: coverage::coverage_by_language(site, inputs),
            overdue: Vec::new(),
            outdated: Vec::new(),
            orphans: inputs.orphans.iter().map(|page| PageRef::new(site, site.page(*page))).collect(),
            untranslated: Vec::new(),
            never_sent: never_sent(site, inputs),
            with_forms: site.pages().filter_map(|page| asking(site, page)).collect(),
            unused_forms: Vec::new(),
        };
        for page in site.pages().filter(|page| !page.document.is_generated && is_out(page)) {
            report.age(site, page);
            report.untranslated.extend(untranslated(site, page));
        }
        report.overdue.sort_by(|a, b| (a.since, &a.page.path).cmp(&(b.since, &b.page.path)));
        report.outdated.sort_by(|a, b| (a.since, &a.page.path).cmp(&(b.since, &b.page.path)));
        report.unused_forms = unused_forms(site, &report.with_forms);
        report
    }

    fn age(&mut self, site: &Site, page: &Page) {
        let meta = page.meta();
        let owners = match &meta.owner {
            Some(owner) => vec![owner.value.clone()],
            None => meta.authors.iter().map(|author| author.value.clone()).collect(),
        };
        let stale = |since| Stale { page: PageRef::new(site, page), since, owners };
        match (meta.review_by, meta.updated.max(meta.date)) {
            (Some(day), _) if day < self.today => self.overdue.push(stale(day)),
            (None, Some(day)) if page.is_article() && day < self.today.saturating_sub(OLD_AFTER.months()) => {
                self.outdated.push(stale(day));
            }
            _ => {}
        }
    }
}

impl PageRef {
    fn new(site: &Site, page: &Page) -> Self {
        Self {
            title: page.title().to_string(),
            path: page.path().to_string(),
            lang: site.config().languages[page.lang()].code.clone(),
            url: page.url.clone(),
        }
    }
}

fn is_out(page: &Page) -> bool {
    page.state == PublishStatus::Published
}

/// What strangers read on their way to a call: articles, and other pages that name their stage.
fn is_content(page: &Page) -> bool {
    let is_text = page.is_article() || page.kind() == PageKind::Page && page.meta().stage.is_some();
    is_text && is_out(page)
}

fn untranslated(site: &Site, page: &Page) -> Option<Untranslated> {
    if !page.is_article() || page.translations.first() != Some(&page.id) {
        return None;
    }
    let has = |lang: &LangId| page.translations.iter().any(|id| site.page(*id).lang() == *lang);
    let languages = &site.config().languages;
    let missing: Vec<String> =
        languages.ids().filter(|lang| !has(lang)).map(|lang| languages[lang].code.clone()).collect();
    (!missing.is_empty()).then(|| Untranslated { page: PageRef::new(site, page), missing })
}

/// Articles that no script gives away or links to.
fn never_sent(site: &Site, inputs: &ReportInputs<'_>) -> Vec<PageRef> {
    let scripts = || site.pages().filter(|page| page.kind() == PageKind::Script && is_out(page));
    let languages: Vec<LangId> = scripts().map(Page::lang).collect();
    let used: Vec<PageId> = scripts()
        .flat_map(|script| {
            (inputs.sends)(script.id).into_iter().chain(inputs.links[script.id.index()].iter().copied())
        })
        .collect();
    let is_unused = |page: &&Page| {
        page.kind() == PageKind::Insight
            && is_out(page)
            && page.audience == Audience::Public
            && languages.contains(&page.lang())
            && !used.contains(&page.id)
    };
    site.pages().filter(is_unused).map(|page| PageRef::new(site, page)).collect()
}

fn asking(site: &Site, page: &Page) -> Option<Asking> {
    // The team's edition opens gates, and the report is about what everybody meets.
    let gate = page.meta().gate();
    let body = page.body();
    let mut forms: Vec<String> = body
        .embeds
        .iter()
        .filter_map(|embed| Some(site.content.forms[site.form_in(embed)?].id.clone()))
        .collect();
    forms.sort();
    forms.dedup();
    if !is_out(page) || gate.is_none() && forms.is_empty() {
        return None;
    }
    Some(Asking {
        page: PageRef::new(site, page),
        gate: gate.map(|gate| gate.form.value.clone()),
        key: gate.map(|gate| gate.key.name()),
        forms,
    })
}

fn unused_forms(site: &Site, asking: &[Asking]) -> Vec<String> {
    let on_pages = asking.iter().flat_map(|page| page.forms.iter().chain(&page.gate));
    let own_steps = site.pages().filter_map(|page| page.meta().call_to_action.as_ref());
    let steps = own_steps.chain(site.config().journey.calls_to_action.iter().map(|(_, step)| step));
    let at_steps = steps.filter_map(|step| match &step.target {
        CtaTarget::Form(form) => Some(&form.value),
        CtaTarget::Page(_) | CtaTarget::None => None,
    });
    let used: Vec<&String> = on_pages.chain(at_steps).collect();
    let forms = site.content.forms.iter().map(|form| &form.id);
    forms.filter(|form| !used.contains(form)).cloned().collect()
}

#[cfg(test)]
mod tests;
