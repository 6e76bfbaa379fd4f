//! What mystery shoppers found: a score for each visit, and a tally by place and month. `client/survey-visits.js` does the same.

use std::collections::BTreeMap;

use serde::Serialize;

use super::code::Record;
use super::print::print;
use crate::content::survey::{Survey, SurveyQuestion};

/// The visits to one place in one month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VisitRow {
    /// The id of the place, as the survey's file has it.
    pub place: String,
    /// The month: `2026-11`; empty where a visit has no date.
    pub month: String,
    /// How many visits were made there in this month.
    pub visits: usize,
    /// The mean of their scores, of 100; `None` where nothing was scored.
    pub score: Option<f64>,
}

/// What all visits of a survey found, by place and month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VisitTally {
    /// How many visits were counted in all.
    pub visits: usize,
    /// By place, in the order of the file, and month.
    pub rows: Vec<VisitRow>,
    /// By question: the share of its points, of 100; `None` for words, and where nobody answered.
    pub questions: Vec<Option<f64>>,
}

/// Adds up the visits of a survey by place and month, places in the order of the survey's file.
#[must_use]
pub fn tally(survey: &Survey, records: &[Record]) -> VisitTally {
    let place = |id: &str| survey.places.iter().position(|place| place.id.value == id);
    let mut by_row: BTreeMap<(usize, &str, &str), Vec<&Record>> = BTreeMap::new();
    for record in records {
        let at = place(&record.group).unwrap_or(survey.places.len());
        by_row.entry((at, &record.group, month(&record.date))).or_default().push(record);
    }
    let rows = by_row.into_iter().map(|((_, place, month), records)| {
        let scores: Vec<f64> = records.iter().filter_map(|record| score(survey, record)).collect();
        let (place, month) = (place.to_string(), month.to_string());
        VisitRow { place, month, visits: records.len(), score: mean(&scores) }
    });
    let questions = survey.questions.iter().map(|question| {
        let print = print(question);
        let shares: Vec<f64> = records.iter().filter_map(|record| share(question, &print, record)).collect();
        mean(&shares).map(|share| share * 100.0)
    });
    VisitTally { visits: records.len(), rows: rows.collect(), questions: questions.collect() }
}

/// The score of a visit, of 100: the shares of what was found, by weight. What doesn't apply doesn't count.
fn score(survey: &Survey, record: &Record) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for question in &survey.questions {
        if let Some(share) = share(question, &print(question), record) {
            sum += f64::from(question.weight) * share;
            weights += f64::from(question.weight);
        }
    }
    (weights > 0.0).then(|| (100.0 * sum / weights + 0.5).floor())
}

fn share(question: &SurveyQuestion, print: &str, record: &Record) -> Option<f64> {
    let answer = question.answers.get(record.answer(print)?)?;
    let most = question.most();
    (most > 0).then(|| f64::from(answer.points) / f64::from(most))
}

/// The month of a date: `2026-11` of `2026-11-30`.
fn month(date: &str) -> &str {
    let is_date = date.len() == 10 && date.is_ascii();
    if is_date { &date[..7] } else { "" }
}

#[allow(clippy::cast_precision_loss, reason = "as many as there are visits")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
