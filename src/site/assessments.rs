//! Assessments, calculators and surveys that texts embed: `[assessment:maturity]`, `[calculator:cold-call]`, `[survey:sales-manager]`.

use super::{Page, Site};
use crate::config::{Audience, Localized};
use crate::content::assessment::AssessmentId;
use crate::content::body::{Embed, EmbedKind};
use crate::content::calculator::CalculatorId;
use crate::content::form::FormId;
use crate::content::survey::{SurveyId, SurveyKind};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::languages::reading::{ReadingLevel, reading_level};

impl Site {
    /// The assessment with this id.
    #[must_use]
    pub fn assessment(&self, id: &str) -> Option<AssessmentId> {
        self.content.asked.assessments.find(|assessment| assessment.id == id)
    }

    /// The calculator with this id.
    #[must_use]
    pub fn calculator(&self, id: &str) -> Option<CalculatorId> {
        self.content.asked.calculators.find(|calculator| calculator.id == id)
    }

    /// The survey with this id.
    #[must_use]
    pub fn survey(&self, id: &str) -> Option<SurveyId> {
        self.content.asked.surveys.find(|survey| survey.id == id)
    }

    /// The form that an embed shows: its own, or that of its assessment, calculator or survey.
    #[must_use]
    pub fn form_in(&self, embed: &Embed) -> Option<FormId> {
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
            EmbedKind::Survey => {
                let survey = &self.content.asked.surveys[self.survey(&embed.name)?];
                self.form(&survey.form.as_ref()?.value)
            }
            EmbedKind::Script | EmbedKind::Offer | EmbedKind::SurveyResults => None,
        }
    }

    /// What the assessments, calculators and surveys in the open text of a page ask, for search: their titles, what they say of
    /// themselves, and their questions, in the page's language. `None` where there is nothing.
    #[must_use]
    pub fn asked_in(&self, page: &Page) -> Option<String> {
        let mut texts: Vec<&Localized> = Vec::new();
        for embed in &page.body().embeds {
            match embed.kind {
                EmbedKind::Assessment => {
                    let Some(index) = self.assessment(&embed.name) else { continue };
                    let found = &self.content.asked.assessments[index];
                    texts.extend([&found.title, &found.intro]);
                    texts.extend(found.dimensions.iter().flat_map(|each| [&each.title, &each.about]));
                    texts.extend(found.questions.iter().map(|question| &question.text));
                }
                EmbedKind::Calculator => {
                    let Some(index) = self.calculator(&embed.name) else { continue };
                    let found = &self.content.asked.calculators[index];
                    texts.extend([&found.title, &found.intro]);
                    texts.extend(found.inputs.iter().map(|input| &input.label));
                    texts.extend(found.results.iter().map(|result| &result.label));
                }
                EmbedKind::Survey => {
                    let Some(index) = self.survey(&embed.name) else { continue };
                    let found = &self.content.asked.surveys[index];
                    texts.extend([&found.title, &found.intro]);
                    texts.extend(found.themes.iter().map(|theme| &theme.title));
                    texts.extend(found.questions.iter().map(|question| &question.text));
                }
                EmbedKind::Form | EmbedKind::Script | EmbedKind::Offer | EmbedKind::SurveyResults => {}
            }
        }
        let words = texts.iter().map(|text| self.config().text(text, page.lang()));
        let words: Vec<String> =
            words.filter(|text| !text.is_empty()).map(|text| text.replace("{name}", "…")).collect();
        (!words.is_empty()).then(|| words.join("\n"))
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

    /// Reports surveys in the text of a page that don't exist, or that nobody puts together there.
    pub(super) fn check_surveys(&self, page: &Page, diagnostics: &mut Diagnostics) {
        let is_one = |embed: &&Embed| matches!(embed.kind, EmbedKind::Survey | EmbedKind::SurveyResults);
        for embed in Self::embeds(page).filter(is_one) {
            let surveys = &self.content.asked.surveys;
            match self.survey(&embed.name).map(|index| &surveys[index]) {
                None => {
                    let message = format!("no survey is called `{}`", embed.name);
                    let help =
                        format!("the survey of this name would be `content/surveys/{}.yaml`", embed.name);
                    let known = surveys.iter().map(|survey| survey.id.as_str());
                    let problem = Diagnostic::new(Code::UnknownSurvey, message).at(page.path(), embed.span);
                    diagnostics.push(problem.suggest(&embed.name, known).help(help));
                }
                Some(survey)
                    if embed.kind == EmbedKind::SurveyResults && survey.kind == SurveyKind::Satisfaction =>
                {
                    let message =
                        format!("the answers to `{}` are sent as leads, not put together here", survey.id);
                    let problem = Diagnostic::new(Code::UnknownSurvey, message).at(page.path(), embed.span);
                    diagnostics.push(problem.help("add them up with `ringback surveys FILES…`"));
                }
                Some(_) => {}
            }
        }
    }

    /// Reports that the questions of a file are hard to read in a language, at the place that stands for them.
    pub fn check_reading(
        &self,
        (file, span): (&str, Span),
        texts: &[&Localized],
        diagnostics: &mut Diagnostics,
    ) {
        for lang in self.languages() {
            let language = &self.config().languages[lang];
            let own = texts.iter().filter(|text| text.has(lang)).map(|text| self.config().text(text, lang));
            let Some(level) = reading_level(own, &language.locale).filter(|level| level.is_hard()) else {
                continue;
            };
            let ReadingLevel { formula, value, limit } = level;
            let message = format!(
                "the questions are hard to read in `{}`: {formula} {value:.0}, and {limit:.0} is hard",
                language.code
            );
            let problem = Diagnostic::new(Code::HardQuestions, message).at(file, span);
            diagnostics.push(problem.help("shorten the longest sentences, and use shorter words"));
        }
    }

    /// Reports what the file of an assessment names and the site doesn't have.
    pub(super) fn check_named_by_assessments(&self, diagnostics: &mut Diagnostics) {
        for calculator in self.content.asked.calculators.iter().filter(|calculator| calculator.is_valid) {
            if let Some(form) = &calculator.form {
                self.check_form(form, &calculator.path, diagnostics);
            }
        }
        for survey in self.content.asked.surveys.iter().filter(|survey| survey.is_valid) {
            if let Some(form) = &survey.form {
                self.check_form(form, &survey.path, diagnostics);
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
