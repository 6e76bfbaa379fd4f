//! The next step of a reader: which page or form a page's call to action leads to.

use super::{Page, PageId, Site};
use crate::config::{CallToAction, CtaTarget, LangId, SeriesId, StageId};
use crate::content::body::{Body, Embed};
use crate::content::form::FormId;

/// Where the reader of a call to action stands.
#[derive(Debug, Clone, Copy)]
pub enum CtaContext<'a> {
    /// On a page with a file.
    Page(&'a Page),
    /// On the page of thanks for the form at this index.
    Thanks(FormId),
    /// On the page of the series at this index.
    Series(SeriesId),
    /// On a list that ringback makes by itself.
    List,
}

/// Where a call to action leads in this edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CtaLink {
    /// A page of this edition.
    Page(PageId),
    /// A form, shown where the call to action is.
    Form(FormId),
    /// Nowhere, as the page or its stage says.
    Nowhere,
}

impl Site {
    /// The form with this id.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<FormId> {
        self.content.forms.find(|form| form.id == id)
    }

    /// What is embedded in the text of a page, also behind its gate.
    pub fn embeds(page: &Page) -> impl Iterator<Item = &Embed> {
        Self::texts(page).flat_map(|body| &body.embeds)
    }

    /// The texts of a page: what is open, and what is behind its gate.
    pub(super) fn texts(page: &Page) -> impl Iterator<Item = &Body> {
        let gated = page.gated().map(|gated| gated.secret());
        std::iter::once(page.body()).chain(gated)
    }

    /// The forms that a page shows besides that of its call to action: in its text, and at its gate.
    #[must_use]
    pub fn forms_on(&self, page: &Page) -> Vec<FormId> {
        let gated = page.gated().into_iter().flat_map(|gated| &gated.secret().embeds);
        self.forms_among(gated).chain(self.open_forms_on(page)).collect()
    }

    /// Those of them that are there for everybody: in the open text, and at the gate.
    pub fn open_forms_on<'s>(&'s self, page: &'s Page) -> impl Iterator<Item = FormId> + 's {
        let gate = self.gate(page).and_then(|gate| self.form(&gate.form.value));
        self.forms_among(page.body().embeds.iter()).chain(gate)
    }

    fn forms_among<'s>(
        &'s self,
        embeds: impl Iterator<Item = &'s Embed> + 's,
    ) -> impl Iterator<Item = FormId> + 's {
        embeds.filter_map(|embed| self.form_in(embed))
    }

    /// The call to action: of a series with parts to come its form for them; of a page its own, when its event is over the
    /// recording, else its stage's, else the
    /// first later stage's. Never the page itself, nor a form that is there already; and below a text that shows a form no other one, unless the page says so.
    #[must_use]
    pub fn call_to_action<'s>(
        &'s self,
        at: CtaContext<'s>,
        lang: LangId,
    ) -> Option<(&'s CallToAction, CtaLink)> {
        if let CtaContext::Series(series) = at
            && let Some((step, form)) = self.notify(lang, series)
        {
            return Some((step, CtaLink::Form(form)));
        }
        let journey = &self.config().journey;
        let (page, forms) = match at {
            CtaContext::Page(page) => (Some(page), self.forms_on(page)),
            CtaContext::Thanks(form) => (None, vec![form]),
            CtaContext::Series(_) | CtaContext::List => (None, Vec::new()),
        };
        let own = page.and_then(|page| match page.meta().event() {
            // Nobody can come any more.
            Some(event) if event.is_over(self.content.today) => event.recording.as_ref(),
            _ => page.meta().call_to_action.as_ref(),
        });
        let is_form = |embed: &Embed| self.form_in(embed).is_some();
        let has_form = page.is_some_and(|page| page.body().embeds.iter().any(is_form));
        // A page without a stage is for somebody who may be anywhere: the middle of the journey fits best.
        let stage = page.and_then(|page| page.meta().stage).map(StageId::index);
        let stage = stage.unwrap_or(journey.stages.len() / 3);
        let by_stage = journey.stages.iter().skip(stage.min(journey.stages.len().saturating_sub(1)));
        let by_stage = by_stage
            .filter_map(|stage| journey.calls_to_action.iter().find(|(id, _)| *id == stage.id))
            .map(|(_, step)| step);
        own.into_iter().chain(by_stage).find_map(|step| {
            let next = match &step.target {
                CtaTarget::Page(target) => {
                    CtaLink::Page(self.find_any(target.value.trim_matches('/'), lang)?)
                }
                CtaTarget::Form(form) => CtaLink::Form(self.form(&form.value)?),
                CtaTarget::None => CtaLink::Nowhere,
            };
            let is_own = || own.is_some_and(|own| std::ptr::eq(own, step));
            let is_here = match next {
                CtaLink::Page(target) => page.is_some_and(|page| page.translations.contains(&target)),
                CtaLink::Form(form) => forms.contains(&form) || has_form && !is_own(),
                CtaLink::Nowhere => false,
            };
            (!is_here).then_some((step, next))
        })
    }
}
