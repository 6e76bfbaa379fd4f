//! Forms: where each is shown, what `form.js` gets to know of it, and the page that thanks for it.
//!
//! [`Forms::collect`] finds the forms that an edition shows and checks all of them (`check`, `secrets`); [`lead`] is
//! the JSON that `form.js` reads; a template gets the rest from `pages`. Which forms a page has stands in the model,
//! [`Site::forms_on`], because next steps depend on it.

pub mod answers;
mod check;
mod clean;
mod dialling;
pub mod free_mail;
pub mod lead;
pub mod rules;
mod secrets;

use std::collections::BTreeSet;

use crate::config::{CtaTarget, LangId};
use crate::content::assessment::AssessmentId;
use crate::content::body::{Body, EmbedKind};
use crate::content::calculator::CalculatorId;
use crate::content::form::{Form, FormId};
use crate::content::survey::SurveyId;
use crate::diag::Diagnostics;
use crate::plan::{Artifact, ClientFile, Origin, OutPath, Planned, Route, Warrant, client_files};
use crate::site::{Page, Site};

/// The browser code: checks answers, delivers leads, and keeps what readers write into worksheets.
pub const CLIENT: &[ClientFile] = client_files!("src/leads/forms/client":
    Entry "lead", Entry "form", Entry "deliver", Entry "worksheet", Entry "worksheet-field",
    Entry "proof", Entry "turnstile",
    Part "questions", Part "validate", Part "make-lead", Part "visit", Part "bodies",
    Part "outbox",
    Helper "base", Helper "clean", Helper "attribution", Helper "worksheet-answers");

/// The forms of an edition.
#[derive(Debug, Default)]
pub struct Forms {
    /// Those that it shows somewhere, as indexes into the site's forms.
    shown: BTreeSet<FormId>,
    /// Those of them that everybody can see, without having opened a gate.
    open: BTreeSet<FormId>,
}

/// A place on a page where a form can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// In the open text: the embed at this index.
    Open(u32),
    /// At the gate, which the form opens.
    Gate,
    /// In the text behind the gate: the embed at this index.
    Gated(u32),
    /// In the call to action.
    Next,
    /// On the home page or in the footer, for the newsletter.
    Newsletter,
    /// In the assessment, wherever that is.
    Assessment(AssessmentId),
    /// In the calculator, wherever that is.
    Calculator(CalculatorId),
    /// In the survey, wherever that is.
    Survey(SurveyId),
}

impl Forms {
    /// Finds the forms that the edition shows, and checks all that the site has.
    #[must_use]
    pub fn collect(site: &Site, diagnostics: &mut Diagnostics) -> Self {
        let on_pages = site.pages().flat_map(|page| site.forms_on(page));
        let own_steps = site.pages().filter_map(|page| page.meta().call_to_action.as_ref());
        let steps = own_steps.chain(site.config().journey.calls_to_action.iter().map(|(_, step)| step));
        let in_steps = steps.filter_map(|step| match &step.target {
            CtaTarget::Form(form) => site.form(&form.value),
            CtaTarget::Page(_) | CtaTarget::None => None,
        });
        let open_on_pages = site.pages().flat_map(|page| site.open_forms_on(page));
        let newsletter = site.config().newsletter.as_ref().and_then(|form| site.form(&form.value));
        let in_steps = in_steps.chain(newsletter);
        let open: BTreeSet<FormId> = open_on_pages.chain(in_steps).chain(site.notifying()).collect();
        let forms = Self { shown: on_pages.chain(open.iter().copied()).collect(), open };
        for (index, form) in site.content.forms.each().filter(|(_, form)| form.is_valid) {
            check::form(site, form, diagnostics);
            if forms.shown.contains(&index) {
                check::check_shown(site, form, diagnostics);
            }
        }
        forms
    }

    /// Does the edition show the form somewhere?
    #[must_use]
    pub fn is_shown(&self, form: FormId) -> bool {
        self.shown.contains(&form)
    }

    /// Those that the edition shows somewhere.
    pub fn shown_forms(&self) -> impl Iterator<Item = FormId> {
        self.shown.iter().copied()
    }

    /// A thank-you page for each form and language, and the list of free email providers where a field asks for it.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let mut all = Vec::new();
        let shown = || self.shown.iter().map(|index| (*index, &site.content.forms[*index]));
        for (index, form) in shown().filter(|(_, form)| form.thank_you.page.is_none()) {
            all.extend(site.languages().map(|lang| Planned {
                path: OutPath::of_url(&thanks_url(site, form, lang)),
                artifact: Artifact::Page(Route::Thanks {
                    form: index,
                    lang,
                    is_gated: !self.open.contains(&index),
                }),
                origin: Origin::file(
                    format!("the thank-you page of the form `{}`", form.id),
                    form.path.clone(),
                ),
                warrant: Warrant::edition(site),
            }));
        }
        if shown().any(|(_, form)| form.fields.iter().any(|field| field.business_email)) {
            all.push(Planned {
                path: OutPath::file(free_mail::url()),
                artifact: Artifact::FreeMail,
                origin: Origin::generated("the list of free email providers"),
                warrant: Warrant::edition(site),
            });
        }
        all
    }
}

/// The path of the page that follows a form: its own page of thanks, or the page that it names.
#[must_use]
pub fn thanks_url(site: &Site, form: &Form, lang: LangId) -> String {
    let page =
        form.thank_you.page.as_ref().and_then(|page| site.find_any(page.value.trim_matches('/'), lang));
    match page {
        Some(page) => site.page(page).url.clone(),
        None => format!("{}thanks/{}/", site.config().prefix(lang), form.id),
    }
}

/// The id of a form's element, which no heading and no other form of the page has: `form-guide`, and `form-guide-2`
/// where the page shows the form a second time. The ids of what is in it begin with it and `_`.
#[must_use]
pub fn dom_id(site: &Site, page: Option<&Page>, form: FormId, slot: Slot) -> String {
    let id = &site.content.forms[form].id;
    if let Slot::Assessment(assessment) = slot {
        // A page shows an assessment once, and no other id has a colon.
        return format!("form-{id}:{}", site.content.asked.assessments[assessment].id);
    }
    if let Slot::Calculator(calculator) = slot {
        return format!("form-{id}:{}", site.content.asked.calculators[calculator].id);
    }
    if let Slot::Survey(survey) = slot {
        return format!("form-{id}:{}", site.content.asked.surveys[survey].id);
    }
    let Some(page) = page else { return format!("form-{id}") };
    let embedded = |body: &Body, until: u32| {
        let embeds = body.embeds.iter().take(usize::try_from(until).unwrap_or(usize::MAX));
        embeds.filter(|embed| embed.kind == EmbedKind::Form && embed.name == *id).count()
    };
    let open = page.body();
    let before = match slot {
        Slot::Open(embed) => embedded(open, embed),
        Slot::Gate => embedded(open, u32::MAX),
        Slot::Gated(embed) => {
            let at_gate = usize::from(site.gate(page).is_some_and(|gate| gate.form.value == *id));
            let gated = page.gated().map(|gated| embedded(gated.secret(), embed));
            embedded(open, u32::MAX) + at_gate + gated.unwrap_or_default()
        }
        // Neither is there where the page shows the form already.
        Slot::Next | Slot::Newsletter | Slot::Assessment(_) | Slot::Calculator(_) | Slot::Survey(_) => 0,
    };
    match free(before, taken_numbers(site, page, id)) {
        1 => format!("form-{id}"),
        number => format!("form-{id}-{number}"),
    }
}

/// The number at `index` of those from 1 on that are not taken.
fn free(index: usize, taken: BTreeSet<usize>) -> usize {
    taken.into_iter().fold(index + 1, |number, taken| number + usize::from(taken <= number))
}

/// The numbers of ids of a form that a heading of the page has, or that are those of another form.
fn taken_numbers(site: &Site, page: &Page, own: &str) -> BTreeSet<usize> {
    let gated = page.gated().map(|gated| gated.secret());
    let headings = std::iter::once(page.body()).chain(gated).flat_map(|body| &body.headings);
    let by_headings = headings.filter_map(|heading| {
        let rest = heading.id.strip_prefix("form-")?.strip_prefix(own)?;
        // What is in the form has ids of its own, behind a `_`.
        number(rest.split_once('_').map_or(rest, |(number, _)| number))
    });
    let others = site.content.forms.iter().filter(|form| form.id != own);
    by_headings.chain(others.filter_map(|form| number(form.id.strip_prefix(own)?))).collect()
}

/// The number that ends an id: 1 where nothing is there, else as in `-2`.
fn number(rest: &str) -> Option<usize> {
    if rest.is_empty() {
        return Some(1);
    }
    let digits = rest.strip_prefix('-').filter(|digits| !digits.starts_with(['0', '+']))?;
    digits.parse().ok().filter(|number| *number > 1)
}

#[cfg(test)]
mod tests;
