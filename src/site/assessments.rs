//! Assessments and calculators that texts embed: `[assessment:maturity]`, `[calculator:cold-call]`.

use super::{Page, Site};
use crate::config::Audience;
use crate::content::body::{Embed, EmbedKind};
use crate::diag::{Code, Diagnostic, Diagnostics};

impl Site {
    /// The assessment with this id, as its index in [`super::Asked::assessments`].
    #[must_use]
    pub fn assessment(&self, id: &str) -> Option<usize> {
        self.content.asked.assessments.iter().position(|assessment| assessment.id == id)
    }

    /// The calculator with this id, as its index in [`super::Asked::calculators`].
    #[must_use]
    pub fn calculator(&self, id: &str) -> Option<usize> {
        self.content.asked.calculators.iter().position(|calculator| calculator.id == id)
    }

    /// The form that an embed shows: its own, or that of its assessment or calculator.
    #[must_use]
    pub fn form_in(&self, embed: &Embed) -> Option<usize> {
        match embed.kind {
            EmbedKind::Form => self.form(&embed.name),
            EmbedKind::Assessment => {
                let assessment = &self.content.asked.assessments[self.assessment(&embed.name)?];
                self.form(&assessment.form.as_ref()?.value)
            }
            EmbedKind::Calculator => {
                let calculator = &self.content.asked.calculators[self.calculator(&embed.name)?];
                self.form(&calculator.form.as_ref()?.value)
            }
            EmbedKind::Script | EmbedKind::Offer => None,
        }
    }

    /// Reports assessments in the text of a page that don't exist.
    pub(super) fn check_assessments(&self, page: &Page, diagnostics: &mut Diagnostics) {
        for embed in Self::embeds(page).filter(|embed| embed.kind == EmbedKind::Assessment) {
            if self.assessment(&embed.name).is_some() {
                continue;
            }
            let message = format!("no assessment is called `{}`", embed.name);
            let help =
                format!("the assessment of this name would be `content/assessments/{}.yaml`", embed.name);
            let known = self.content.asked.assessments.iter().map(|assessment| assessment.id.as_str());
            let problem = Diagnostic::new(Code::UnknownAssessment, message).at(page.path(), embed.span);
            diagnostics.push(problem.suggest(&embed.name, known).help(help));
        }
    }

    /// Reports calculators in the text of a page that don't exist.
    pub(super) fn check_calculators(&self, page: &Page, diagnostics: &mut Diagnostics) {
        for embed in Self::embeds(page).filter(|embed| embed.kind == EmbedKind::Calculator) {
            if self.calculator(&embed.name).is_some() {
                continue;
            }
            let message = format!("no calculator is called `{}`", embed.name);
            let help =
                format!("the calculator of this name would be `content/calculators/{}.yaml`", embed.name);
            let known = self.content.asked.calculators.iter().map(|calculator| calculator.id.as_str());
            let problem = Diagnostic::new(Code::UnknownCalculator, message).at(page.path(), embed.span);
            diagnostics.push(problem.suggest(&embed.name, known).help(help));
        }
    }

    /// Reports what the file of an assessment names and the site doesn't have.
    pub(super) fn check_named_by_assessments(&self, diagnostics: &mut Diagnostics) {
        for calculator in self.content.asked.calculators.iter().filter(|calculator| calculator.is_valid) {
            if let Some(form) = &calculator.form {
                self.check_form(form, &calculator.path, diagnostics);
            }
        }
        for assessment in self.content.asked.assessments.iter().filter(|assessment| assessment.is_valid) {
            if let Some(form) = &assessment.form {
                self.check_form(form, &assessment.path, diagnostics);
            }
            let read = assessment.dimensions.iter().flat_map(|dimension| &dimension.read);
            for page in read.chain(assessment.levels.iter().filter_map(|level| level.next.as_ref())) {
                self.check_page(page, &assessment.path, Audience::Public, diagnostics);
            }
            for script in assessment.dimensions.iter().filter_map(|dimension| dimension.script.as_ref()) {
                self.check_page(script, &assessment.path, Audience::Team, diagnostics);
            }
        }
    }
}
