//! Surveys: `content/surveys/<id>.yaml`, read into [`Survey`]. What depends on the whole site (languages, forms) is checked in
//! `leads/surveys`. `docs/content/surveys.md` is for authors.

mod parts;
mod read;

use std::collections::BTreeMap;

use super::assessment::RatedAnswer;
use super::form::{Field, Form, Measure};
use crate::config::Localized;
use crate::diag::Span;
use crate::ids::{IdVec, id};
use crate::yaml::Spanned;

pub use read::read;

id!(
    /// A survey of the site.
    pub struct SurveyId
);

id!(
    /// A theme of a survey's questions.
    pub struct SurveyThemeId
);

id!(
    /// A question of a survey.
    pub struct SurveyQuestionId
);

/// The kind of a survey, which decides who answers it and how it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SurveyKind {
    /// A person, seen by themselves and by groups around them: 360 degrees.
    #[default]
    Feedback,
    /// How satisfied customers are, by one of three well-known questions.
    Satisfaction,
    /// What a mystery shopper found at a place.
    Visit,
}

impl SurveyKind {
    /// In the order of the variants.
    const NAMES: [&str; 3] = ["360", "satisfaction", "visit"];

    /// As the file names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Something with a name of its own: a group of raters, a place, or a theme of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// Its name in codes and leads.
    pub id: Spanned<String>,
    /// What readers call it; empty for a group whose words are the theme's.
    pub title: Localized,
}

/// A question of a survey with its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyQuestion {
    /// Its name in leads and codes.
    pub id: Spanned<String>,
    /// The theme that it belongs to.
    pub theme: Option<SurveyThemeId>,
    /// The question; `{name}` in it is the person's.
    pub text: Localized,
    /// The same for the person themselves; may be empty.
    pub own: Localized,
    /// A sentence below it; may be empty.
    pub help: Localized,
    /// How much it counts for a visit.
    pub weight: u32,
    /// What can be chosen; empty for words. Those of a [`Measure`] have no labels.
    pub answers: Vec<RatedAnswer>,
    /// Which well-known question it is.
    pub measure: Option<Measure>,
}

impl SurveyQuestion {
    /// Is it answered in words?
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.answers.is_empty()
    }

    /// The most points of an answer.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.answers.iter().map(|answer| answer.points).max().unwrap_or_default()
    }

    /// The fewest points that an answer gives; 0 without answers.
    #[must_use]
    pub fn least(&self) -> u32 {
        self.answers.iter().map(|answer| answer.points).min().unwrap_or_default()
    }
}

/// The group of the person themselves: the one that may be one answer alone.
pub const SELF: &str = "self";

/// A survey: what is asked, of whom, and where the answers go.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// Its id: the file's name without `.yaml`.
    pub id: String,
    /// Its file, from the root of the site.
    pub path: String,
    /// What it is about, which decides what else it has.
    pub kind: SurveyKind,
    /// Its heading, by language.
    pub title: Localized,
    /// A sentence below the heading; may be empty.
    pub intro: Localized,
    /// Which questions these are; changed by the author with them.
    pub version: String,
    /// How many minutes it takes; `None` if its author doesn't say.
    pub minutes: Option<i64>,
    /// The form that takes answers along.
    pub form: Option<Spanned<String>>,
    /// To whom codes are mailed.
    pub email: Option<String>,
    /// From which share of the scale on, in percent, others see somebody so differently that it is a blind spot.
    pub blind_spot: i64,
    /// Who rates; the person themselves is [`SELF`].
    pub groups: Vec<Titled>,
    /// The places that can be visited; empty but for visits.
    pub places: Vec<Titled>,
    /// The themes that group questions; may be empty.
    pub themes: IdVec<SurveyThemeId, Titled>,
    /// What is asked: by theme, those without one last.
    pub questions: IdVec<SurveyQuestionId, SurveyQuestion>,
    /// What it adds to a lead.
    pub carried: Vec<Field>,
    /// Was it read without a mistake? One with mistakes keeps its id, so that texts that name it are not reported too.
    pub is_valid: bool,
    /// Where the keys `title`, `intro` and `groups` stand, for what is missing.
    pub spans: BTreeMap<&'static str, Span>,
}

impl Survey {
    /// The questions of a theme.
    pub fn questions_of(&self, theme: SurveyThemeId) -> impl Iterator<Item = &SurveyQuestion> {
        self.questions.iter().filter(move |question| question.theme == Some(theme))
    }

    /// What a lead of it has besides the form's own answers.
    fn carried_fields(&self) -> Vec<Field> {
        let own = [("survey", &*self.id), ("survey_version", &*self.version)];
        let own = own.into_iter().map(|(id, value)| Field::hidden(id, value));
        match self.kind {
            SurveyKind::Satisfaction => own.chain(self.questions.iter().map(parts::field)).collect(),
            SurveyKind::Feedback => own.chain([Field::hidden("survey_code", "")]).collect(),
            SurveyKind::Visit => {
                let more = ["survey_code", "survey_place", "survey_date", "survey_score"];
                own.chain(more.map(|id| Field::hidden(id, ""))).collect()
            }
        }
    }
}

/// Tells each form what surveys add to its leads.
pub fn add_to_forms(surveys: &[Survey], forms: &mut [Form]) {
    for survey in surveys {
        let named = survey.form.as_ref().map(|form| form.value.as_str());
        if let Some(form) = forms.iter_mut().find(|form| Some(form.id.as_str()) == named) {
            form.carry(&survey.carried);
        }
    }
}

#[cfg(test)]
mod tests;
