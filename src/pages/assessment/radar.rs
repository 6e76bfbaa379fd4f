//! The drawing of a result: an axis for each dimension, and who is compared. Its rings are the template's. The browser adds the shape of the result.

use std::f64::consts::TAU;

use serde::Serialize;

use crate::content::assessment::Assessment;

/// The middle of the drawing, a square of twice as much; 100 is the score of the outer ring.
const MIDDLE: f64 = 120.0;
/// How far out the numbers of the axes are.
const NUMBERS: f64 = 111.0;

/// The drawing of a result, in an SVG of 240 by 240.
#[derive(Debug, Serialize)]
pub(super) struct Radar {
    /// The axes, in the order of the dimensions.
    axes: Vec<Axis>,
    /// Scores of others: `points` of a polygon for each that has a score for every dimension.
    others: Vec<String>,
}

/// An axis of the drawing of a result.
#[derive(Debug, Serialize)]
struct Axis {
    /// Horizontal coordinate of the axis's outer end, in the units of the drawing.
    x: String,
    /// Vertical coordinate of the axis's outer end, in the units of the drawing.
    y: String,
    /// Horizontal coordinate of its number, a little further out.
    number_x: String,
    /// Vertical coordinate of its number, a little further out.
    number_y: String,
    /// Its number, from 1 on.
    number: usize,
}

/// The drawing; fewer than three axes make no surface.
pub(super) fn radar(assessment: &Assessment) -> Option<Radar> {
    let count = assessment.dimensions.len();
    if count < 3 {
        return None;
    }
    let axis = |index: usize| {
        let ((x, y), (number_x, number_y)) =
            (point_on_axis(index, count, 100.0), point_on_axis(index, count, NUMBERS));
        let text = |number: f64| format!("{number:.1}");
        let (x, y, number_x, number_y) = (text(x), text(y), text(number_x), text(number_y));
        Axis { x, y, number_x, number_y, number: index + 1 }
    };
    let others = assessment.benchmarks.iter().filter_map(|benchmark| {
        let dimensions = assessment.dimensions.ids();
        let scores: Option<Vec<f64>> = dimensions
            .map(|id| benchmark.scores.get(&id).and_then(|score| u8::try_from(*score).ok()).map(f64::from))
            .collect();
        Some(polygon(&scores?))
    });
    Some(Radar { axes: (0..count).map(axis).collect(), others: others.collect() })
}

/// Where a score is on its axis: the first goes up, the others follow with the clock.
fn point_on_axis(index: usize, count: usize, score: f64) -> (f64, f64) {
    #[allow(clippy::cast_precision_loss, reason = "a handful")]
    let angle = TAU * index as f64 / count as f64;
    (MIDDLE + score * angle.sin(), MIDDLE - score * angle.cos())
}

fn polygon(scores: &[f64]) -> String {
    let corner = |(index, score): (usize, &f64)| {
        let (x, y) = point_on_axis(index, scores.len(), *score);
        format!("{x:.1},{y:.1}")
    };
    scores.iter().enumerate().map(corner).collect::<Vec<_>>().join(" ")
}
