//! Assessments: `content/assessments/<id>.yaml`, read into [`Assessment`]. What depends on the whole site (languages, pages,
//! forms) is checked in `leads/assessments`. `docs/content/assessments.md` is for authors.

mod parts;
mod read;

use std::collections::BTreeMap;

use super::form::{Field, Form};
use crate::config::Localized;
use crate::diag::Span;
use crate::encode::address::Web;
use crate::ids::{IdVec, id};
use crate::yaml::Spanned;

pub(in crate::content) use parts::{answers, yes_or_no};
pub use read::read;

id!(
    /// An assessment of the site.
    pub struct AssessmentId
);

id!(
    /// A dimension of an assessment.
    pub struct DimensionId
);

id!(
    /// A level of an assessment.
    pub struct LevelId
);

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// One of some answers: a scale, a choice, yes or no.
    One,
    /// Any number of the answers, none included.
    Several,
    /// A number within limits.
    Number,
    /// Words of the visitor's own, which aren't scored.
    Text,
}

impl QuestionKind {
    /// The name in the JSON that browsers read.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Several => "several",
            Self::Number => "number",
            Self::Text => "text",
        }
    }
}

/// An answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatedAnswer {
    /// The points that it is worth, of those of the best answer.
    pub points: u32,
    /// What readers see; empty for yes and no, whose words are the theme's.
    pub label: Localized,
}

/// A question of an assessment with its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its name in the lead.
    pub id: Spanned<String>,
    /// The dimension that it counts for; `None` where nobody scores it.
    pub dimension: Option<DimensionId>,
    /// How it is answered, which decides what else it has.
    pub kind: QuestionKind,
    /// What is asked, by language.
    pub text: Localized,
    /// A sentence below it; may be empty.
    pub help: Localized,
    /// How much it counts in its dimension.
    pub weight: u32,
    /// Can somebody say that it doesn't apply to them?
    pub can_skip: bool,
    /// The answers to choose from, in the order of the file; empty for numbers and text.
    pub answers: Vec<RatedAnswer>,
    /// Of a number: what is worth nothing, and what is worth all. The first may be the larger one.
    pub range: Option<(f64, f64)>,
    /// Of a number: what it counts; may be empty.
    pub unit: Localized,
}

impl Question {
    /// The most points that its answers come to: that of one, or of all that can be chosen together.
    #[must_use]
    pub fn most(&self) -> u32 {
        let points = self.answers.iter().map(|answer| answer.points);
        if self.kind == QuestionKind::Several { points.sum() } else { points.max().unwrap_or_default() }
    }

    /// Does it count for a score?
    #[must_use]
    pub fn is_scored(&self) -> bool {
        self.dimension.is_some() && (self.most() > 0 || self.range.is_some())
    }
}

/// What some of the questions measure together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// Its name in the lead.
    pub id: Spanned<String>,
    /// Its title, by language.
    pub title: Localized,
    /// A sentence about it; may be empty.
    pub about: Localized,
    /// How much it counts in the whole.
    pub weight: u32,
    /// What is said of it where it is a strength; may be empty.
    pub strength: Localized,
    /// What is said of it where it is a gap; may be empty.
    pub gap: Localized,
    /// What to do at each level.
    pub advice: BTreeMap<LevelId, Localized>,
    /// Pages about it, by their content paths.
    pub read: Vec<Spanned<String>>,
    /// For the team: what to talk about where it is a gap.
    pub talk: Localized,
    /// For the team: the call script for that.
    pub script: Option<Spanned<String>>,
}

/// What scores from one bound to another mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name in the lead.
    pub id: Spanned<String>,
    /// The lowest score, of 100.
    pub from: i64,
    /// The highest score, of 100.
    pub to: i64,
    /// Its title, by language.
    pub title: Localized,
    /// What it means; may be empty.
    pub text: Localized,
    /// What to do at it; may be empty.
    pub advice: Localized,
    /// The page that comes next, by its content path.
    pub next: Option<Spanned<String>>,
    /// Where its bounds are written.
    pub span: Span,
}

/// Scores of others, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benchmark {
    /// Whose scores they are, by language.
    pub title: Localized,
    /// The name of the source.
    pub source: String,
    /// Where that can be read.
    pub url: Option<Web>,
    /// Their score in all, of 100; `None` if the source gives none.
    pub overall: Option<i64>,
    /// Their scores by dimension, of 100; dimensions without one are missing.
    pub scores: BTreeMap<DimensionId, i64>,
}

/// When the result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultAccess {
    /// As soon as all is answered.
    #[default]
    Open,
    /// When the form has been sent.
    Form,
}

impl ResultAccess {
    /// In the order of the variants.
    const NAMES: [&str; 2] = ["open", "form"];

    /// As the file names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// An assessment: what is asked, how it is scored, and what scores mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assessment {
    /// Its id: the file's name without `.yaml`.
    pub id: String,
    /// Its file, from the root of the site.
    pub path: String,
    /// Its heading, by language.
    pub title: Localized,
    /// A sentence below the heading; may be empty.
    pub intro: Localized,
    /// Which questions these are; changed by the author with them.
    pub version: String,
    /// How many minutes it takes; `None` if its author doesn't say.
    pub minutes: Option<i64>,
    /// When the result is shown.
    pub result: ResultAccess,
    /// The form that takes the result along.
    pub form: Option<Spanned<String>>,
    /// From this score on, a dimension is a strength.
    pub strength_from: i64,
    /// Below this score, a dimension is a gap.
    pub gap_below: i64,
    /// What is measured, in the order of the file.
    pub dimensions: IdVec<DimensionId, Dimension>,
    /// What is asked: those of the first dimension first, those that nobody scores last.
    pub questions: Vec<Question>,
    /// What the scores mean, the lowest first.
    pub levels: IdVec<LevelId, Level>,
    /// What others came to, for comparison; may be empty.
    pub benchmarks: Vec<Benchmark>,
    /// What it adds to a lead, as hidden fields.
    pub carried: Vec<Field>,
    /// Was it read without a mistake? One with mistakes keeps its id, so that texts that name it are not reported too.
    pub is_valid: bool,
    /// Where the keys `title` and `intro` stand, for what is missing in a language.
    pub spans: BTreeMap<&'static str, Span>,
}

impl Assessment {
    /// The questions of a dimension.
    pub fn questions_of(&self, dimension: DimensionId) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |question| question.dimension == Some(dimension))
    }

    /// The level of a score; `None` in a gap between levels.
    #[must_use]
    pub fn level(&self, score: i64) -> Option<LevelId> {
        self.levels.find(|level| (level.from..=level.to).contains(&score))
    }

    /// What a lead of it has besides the form's own answers, in the order in which it is sent.
    fn carried_fields(&self) -> Vec<Field> {
        let own = [
            ("assessment", &*self.id),
            ("assessment_version", &*self.version),
            ("assessment_level", ""),
            ("assessment_score", ""),
            ("assessment_result", ""),
        ];
        let own = own.into_iter().map(|(id, value)| Field::hidden(id, value));
        let scores =
            self.dimensions.iter().map(|each| Field::hidden(&format!("score_{}", each.id.value), ""));
        let answers =
            self.questions.iter().map(|each| Field::hidden(&format!("answer_{}", each.id.value), ""));
        own.chain(scores).chain(answers).collect()
    }
}

/// Tells each form what assessments add to its leads.
pub fn add_to_forms(assessments: &[Assessment], forms: &mut [Form]) {
    for assessment in assessments {
        let named = assessment.form.as_ref().map(|form| form.value.as_str());
        if let Some(form) = forms.iter_mut().find(|form| Some(form.id.as_str()) == named) {
            form.carry(&assessment.carried);
        }
    }
}

#[cfg(test)]
mod tests;
