//! What answers come to. `client/assessment-score.js` computes the same; a test compares both.

use crate::content::assessment::{Assessment, DimensionId, Question, QuestionKind};

/// An answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Those chosen, by their indexes: one, or several.
    Chosen(Vec<usize>),
    /// What was typed for a question of the kind `number`.
    Number(f64),
    /// The visitor said that the question doesn't apply: it counts neither for nor against.
    Skipped,
}

/// Scores of 100; `None` where nothing was answered that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// The score of each dimension, by its id.
    pub dimensions: Vec<Option<i64>>,
    /// The weighted mean of the dimensions that have a score.
    pub overall: Option<i64>,
}

/// A share as a score: the nearest whole number of 100, half of one upwards.
#[must_use]
pub fn score(share: f64) -> i64 {
    // Between 0 and 100.
    #[allow(clippy::cast_possible_truncation, reason = "shares are between 0 and 1")]
    let score = (share * 100.0 + 0.5).floor() as i64;
    score.clamp(0, 100)
}

/// Which share of a question's points an answer has; `None` where it doesn't count.
#[must_use]
pub fn share(question: &Question, answer: &Answer) -> Option<f64> {
    if !question.is_scored() {
        return None;
    }
    match (answer, question.range) {
        (Answer::Number(number), Some((none, all))) => {
            Some(((number - none) / (all - none)).clamp(0.0, 1.0)).filter(|share| share.is_finite())
        }
        (Answer::Chosen(chosen), None) if question.kind != QuestionKind::Number => {
            let points = chosen.iter().filter_map(|index| question.answers.get(*index));
            let points: u32 = points.map(|answer| answer.points).sum();
            (!chosen.is_empty()).then(|| f64::from(points) / f64::from(question.most()))
        }
        _ => None,
    }
}

/// The scores of answers, which are those of the questions in their order; `None` is no answer.
#[must_use]
pub fn scores(assessment: &Assessment, answers: &[Option<Answer>]) -> Scores {
    let (mut total, mut of_all) = (0.0, 0.0);
    let mut dimensions = Vec::with_capacity(assessment.dimensions.len());
    for (index, dimension) in assessment.dimensions.each() {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (question, answer) in assessment.questions.iter().zip(answers) {
            let found = answer.as_ref().filter(|_| question.dimension == Some(index));
            let Some(share) = found.and_then(|answer| share(question, answer)) else { continue };
            sum += f64::from(question.weight) * share;
            weights += f64::from(question.weight);
        }
        if weights == 0.0 {
            dimensions.push(None);
            continue;
        }
        dimensions.push(Some(score(sum / weights)));
        total += f64::from(dimension.weight) * (sum / weights);
        of_all += f64::from(dimension.weight);
    }
    Scores { dimensions, overall: (of_all > 0.0).then(|| score(total / of_all)) }
}

/// Shares are added up in steps of a ten-thousandth.
const STEPS: usize = 10_000;

/// The scores that some answers come to in all, where every question is answered: a sum for each way to answer, in small steps.
#[must_use]
pub fn reachable(assessment: &Assessment) -> Vec<bool> {
    let weight = |dimension: DimensionId| -> f64 {
        assessment
            .questions_of(dimension)
            .filter(|one| one.is_scored())
            .map(|one| f64::from(one.weight))
            .sum()
    };
    let counted: Vec<DimensionId> =
        assessment.dimensions.ids().filter(|dimension| weight(*dimension) > 0.0).collect();
    let of_all: f64 = counted.iter().map(|index| f64::from(assessment.dimensions[*index].weight)).sum();
    let mut sums = vec![false; STEPS + 1];
    sums[0] = true;
    for index in counted {
        let part = f64::from(assessment.dimensions[index].weight) / of_all / weight(index);
        for question in assessment.questions_of(index).filter(|question| question.is_scored()) {
            sums = added(&sums, &shares(question), part * f64::from(question.weight));
        }
    }
    let mut found = vec![false; 101];
    for (step, _) in sums.iter().enumerate().filter(|(_, is_there)| **is_there) {
        #[allow(clippy::cast_precision_loss, reason = "up to ten thousand")]
        let score = score(step as f64 / STEPS as f64);
        found[usize::try_from(score).unwrap_or_default()] = true;
    }
    found
}

/// All sums with one more share among them.
fn added(sums: &[bool], shares: &[f64], part: f64) -> Vec<bool> {
    let mut next = vec![false; sums.len()];
    for share in shares {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "shares are between 0 and 1"
        )]
        let step = (share * part * STEPS as f64).round() as usize;
        for (sum, _) in sums.iter().enumerate().filter(|(_, is_there)| **is_there) {
            // Rounded parts may come to a few steps more than all.
            next[(sum + step).min(STEPS)] = true;
        }
    }
    next
}

/// Every share that an answer can have; of a number, a hundred of them.
fn shares(question: &Question) -> Vec<f64> {
    if question.range.is_some() {
        return (0..=100).map(|hundredth| f64::from(hundredth) / 100.0).collect();
    }
    let most = f64::from(question.most());
    let points = question.answers.iter().map(|answer| answer.points);
    if question.kind != QuestionKind::Several {
        return points.map(|points| f64::from(points) / most).collect();
    }
    let sums = points.fold(vec![0], |mut sums: Vec<u32>, points| {
        let more: Vec<u32> = sums.iter().map(|sum| sum + points).collect();
        sums.extend(more);
        sums.sort_unstable();
        sums.dedup();
        sums
    });
    sums.into_iter().map(|points| f64::from(points) / most).collect()
}
