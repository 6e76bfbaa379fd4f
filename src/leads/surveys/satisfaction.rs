//! What customers said of how satisfied they are: the three sums that others compute, by their definitions.
//!
//! - **NPS**: the share of those who answer 9 or 10 (promoters) minus the share of those who answer 0 to 6 (detractors), from -100
//!   to 100; 7 and 8 are passives. Reichheld, F. F. (2003): The One Number You Need to Grow. Harvard Business Review 81(12).
//!   Its interval is the adjusted Wald one: three more answers, three quarters of them promoters and three quarters detractors.
//!   Rocks, B. (2016): Interval Estimation for the “Net Promoter Score”. The American Statistician 70(4), 365–372.
//! - **CSAT**: the share of those who answer 4 or 5 of 5, with Wilson's interval. Wilson, E. B. (1927): Probable Inference, the Law
//!   of Succession, and Statistical Inference. Journal of the American Statistical Association 22, 209–212.
//! - **CES**: the mean from 1 to 7, and the share of those who answer 5 or more (version 2.0 of the measure, by its makers at CEB).
//!   Its interval is the mean's, by the normal distribution.

use serde::Serialize;

use crate::content::form::Measure;

/// Standard deviations on each side of an interval that is right in 95 of 100 cases.
const Z: f64 = 1.959_964;

/// What answers to one question come to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sum {
    /// How many answers were counted, at least one.
    pub answers: usize,
    /// The score of NPS (-100 to 100), the share of CSAT (0 to 100), or the mean of CES (1 to 7).
    pub score: f64,
    /// Where the true one begins, with 95 % confidence.
    pub low: f64,
    /// Where the true one ends, with 95 % confidence.
    pub high: f64,
    /// The share of promoters, of satisfied customers, or of those who found it easy, of 100.
    pub good: f64,
    /// The share of detractors (0 to 6), of the dissatisfied (1 and 2), or of those who found it hard (1 to 3), of 100.
    pub bad: f64,
}

/// Adds up the answers to a question; `None` without any. Answers that are outside the question's range are left out by whoever reads them.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "as many as there are customers")]
pub fn sum(measure: Measure, answers: &[u32]) -> Option<Sum> {
    if answers.is_empty() {
        return None;
    }
    let count = answers.len() as f64;
    let of = |from: u32, to: u32| answers.iter().filter(|one| (from..=to).contains(*one)).count() as f64;
    let (good, bad) = match measure {
        Measure::Nps => (of(9, 10), of(0, 6)),
        Measure::Csat => (of(4, 5), of(1, 2)),
        Measure::Ces => (of(5, 7), of(1, 3)),
    };
    let (score, low, high) = match measure {
        Measure::Nps => nps(good, bad, count),
        Measure::Csat => wilson(good, count),
        Measure::Ces => of_mean(answers, count),
    };
    let share = |part: f64| 100.0 * part / count;
    Some(Sum { answers: answers.len(), score, low, high, good: share(good), bad: share(bad) })
}

fn nps(promoters: f64, detractors: f64, count: f64) -> (f64, f64, f64) {
    let score = 100.0 * (promoters - detractors) / count;
    let count = count + 3.0;
    let (promoters, detractors) = ((promoters + 0.75) / count, (detractors + 0.75) / count);
    let middle = promoters - detractors;
    let half = Z * ((promoters + detractors - middle * middle) / count).sqrt();
    (score, (100.0 * (middle - half)).max(-100.0), (100.0 * (middle + half)).min(100.0))
}

fn wilson(good: f64, count: f64) -> (f64, f64, f64) {
    let share = good / count;
    let square = Z * Z;
    let whole = 1.0 + square / count;
    let middle = (share + square / (2.0 * count)) / whole;
    let half = Z * (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt() / whole;
    (100.0 * share, (100.0 * (middle - half)).max(0.0), (100.0 * (middle + half)).min(100.0))
}

fn of_mean(answers: &[u32], count: f64) -> (f64, f64, f64) {
    let mean = answers.iter().map(|one| f64::from(*one)).sum::<f64>() / count;
    let squares: f64 = answers.iter().map(|one| (f64::from(*one) - mean).powi(2)).sum();
    let half = if count > 1.0 { Z * (squares / (count - 1.0) / count).sqrt() } else { f64::INFINITY };
    (mean, (mean - half).max(1.0), (mean + half).min(7.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `count` times an answer.
    fn all(of: &[(u32, usize)]) -> Vec<u32> {
        of.iter().flat_map(|(answer, count)| std::iter::repeat_n(*answer, *count)).collect()
    }

    #[test]
    fn promoters_are_9_and_10_and_detractors_0_to_6() {
        let bands: Vec<f64> =
            (0..=10).map(|answer| sum(Measure::Nps, &[answer]).expect("an answer").score).collect();
        let detractors = [-100.0; 7];
        assert_eq!(bands, [&detractors[..], &[0.0, 0.0, 100.0, 100.0]].concat());
    }

    #[test]
    fn intervals_are_those_of_their_sources() {
        // 60 promoters, 20 passives and 20 detractors of 100: (60.75 - 20.75) / 103 = 0.3883, and 1.96 times the root of
        // (81.5 / 103 - 0.3883²) / 103 = 0.0789.
        let found = sum(Measure::Nps, &all(&[(10, 60), (7, 20), (3, 20)])).expect("answers");
        assert_eq!((found.score, found.good, found.bad), (40.0, 60.0, 20.0));
        assert!((found.low - 23.37).abs() < 0.02 && (found.high - 54.30).abs() < 0.02, "{found:?}");
        // Wilson's interval of 8 of 10, as statistics programs give it: 0.4902 to 0.9433.
        let found = sum(Measure::Csat, &all(&[(5, 8), (2, 2)])).expect("answers");
        assert!((found.low - 49.02).abs() < 0.02 && (found.high - 94.33).abs() < 0.02, "{found:?}");
        assert_eq!((found.score, found.bad), (80.0, 20.0));
        let found = sum(Measure::Ces, &[1, 7, 4]).expect("answers");
        // The standard error of 1, 4 and 7 is the root of 3.
        assert!((found.score - 4.0).abs() < 1e-9 && (found.low - 1.0).abs() < 1e-9, "{found:?}");
        let found = sum(Measure::Ces, &all(&[(4, 50), (6, 50)])).expect("answers");
        assert!((found.low - 4.803).abs() < 0.001 && (found.high - 5.197).abs() < 0.001, "{found:?}");
        assert_eq!(sum(Measure::Ces, &[]), None);
    }

    #[test]
    fn no_interval_is_outside_of_what_can_be() {
        for measure in [Measure::Nps, Measure::Csat, Measure::Ces] {
            let (least, most) = measure.range();
            for answer in least..=most {
                for count in [1, 2, 50] {
                    let found = sum(measure, &all(&[(answer, count)])).expect("answers");
                    assert!(found.low <= found.high && found.low.is_finite() && found.high.is_finite());
                    assert!(found.low >= -100.0 && found.high <= 100.0, "{found:?}");
                }
            }
        }
    }
}
