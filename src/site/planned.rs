//! Parts of a series that are announced and not written: when they are expected, and who wants to know.

use jiff::civil::Date;

use super::Site;
use crate::config::{CallToAction, CtaTarget, LangId, PlannedPart, SeriesId};
use crate::content::form::FormId;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::CONFIG_FILE;

impl Site {
    /// The parts of a series that are still to come in a language, by number.
    #[must_use]
    pub fn planned(&self, lang: LangId, series: SeriesId) -> Vec<&PlannedPart> {
        let written = self.series(lang, series);
        let is_written = |part: i64| written.iter().any(|(found, _)| *found == part);
        let all = self.config().series[series].planned.iter();
        let mut planned: Vec<&PlannedPart> = all.filter(|planned| !is_written(planned.part)).collect();
        planned.sort_by_key(|planned| planned.part);
        planned
    }

    /// The form for readers who want to know when the next part of a series is
    /// out; `None` where the series has none, or no part is still to come.
    #[must_use]
    pub fn notify(&self, lang: LangId, series: SeriesId) -> Option<(&CallToAction, FormId)> {
        let step = self.config().series[series].notify.as_ref()?;
        let CtaTarget::Form(form) = &step.target else { return None };
        let form = self.form(&form.value)?;
        let is_asked = !self.series(lang, series).is_empty() && !self.planned(lang, series).is_empty();
        is_asked.then_some((step, form))
    }

    /// The forms that pages of series show.
    pub fn notifying(&self) -> impl Iterator<Item = FormId> + '_ {
        let all =
            self.languages().flat_map(|lang| self.config().series.ids().map(move |series| (lang, series)));
        all.filter_map(|(lang, series)| Some(self.notify(lang, series)?.1))
    }

    /// The month in which a planned part is expected, unless it is over: then nobody is told.
    #[must_use]
    pub fn expected(&self, planned: &PlannedPart) -> Option<Date> {
        let month = planned.expected.as_ref()?.value;
        (month.last_of_month() >= self.content.today).then_some(month)
    }

    /// Reports the parts of series that were to be out by now.
    pub(super) fn check_planned(&self, diagnostics: &mut Diagnostics) {
        for (index, series) in self.config().series.each() {
            for planned in &series.planned {
                let Some(expected) = planned.expected.as_ref().filter(|_| self.expected(planned).is_none())
                else {
                    continue;
                };
                let (written, missing): (Vec<LangId>, Vec<LangId>) =
                    self.languages().filter(|lang| !self.series(*lang, index).is_empty()).partition(|lang| {
                        self.series(*lang, index).iter().any(|(part, _)| *part == planned.part)
                    });
                if missing.is_empty() {
                    continue;
                }
                let codes = missing.iter().map(|lang| self.config().languages[*lang].code.as_str());
                let within = match written.is_empty() {
                    true => String::new(),
                    false => format!(" in {}", crate::yaml::listed(&codes.collect::<Vec<_>>())),
                };
                let month = expected.value.strftime("%Y-%m");
                let message = format!(
                    "part {} of the series `{}` was expected in {month}, and isn't published{within}",
                    planned.part, series.id
                );
                diagnostics.push(
                    Diagnostic::new(Code::OverduePart, message).at(CONFIG_FILE, expected.span).help(
                        "publish it, or name a later month; readers are no longer told when to expect it",
                    ),
                );
            }
        }
    }
}
