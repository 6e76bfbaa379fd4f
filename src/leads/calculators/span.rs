//! From where to where a formula's value can be, whatever is filled in.

use std::collections::BTreeMap;

use crate::content::calculator::expression::{Expression, Function, Operator};

/// From the least to the most.
pub(super) type Bounds = (f64, f64);

/// The bounds of a formula, and the first division by what may be 0. What isn't known may be anything.
pub(super) fn bounds(expression: &Expression, known: &BTreeMap<&str, Bounds>, is_zero: &mut bool) -> Bounds {
    const ALL: Bounds = (f64::NEG_INFINITY, f64::INFINITY);
    match expression {
        Expression::Number(number) => (*number, *number),
        Expression::Name(name) => known.get(name.as_str()).copied().unwrap_or(ALL),
        Expression::Negative(inside) => {
            let (low, high) = bounds(inside, known, is_zero);
            (-high, -low)
        }
        Expression::Binary(operator, sides) => {
            let (left, right) = (bounds(&sides.0, known, is_zero), bounds(&sides.1, known, is_zero));
            match operator {
                Operator::Add => (left.0 + right.0, left.1 + right.1),
                Operator::Subtract => (left.0 - right.1, left.1 - right.0),
                Operator::Multiply => corners(left, right, |a, b| a * b),
                Operator::Divide if right.0 <= 0.0 && right.1 >= 0.0 => {
                    *is_zero = true;
                    ALL
                }
                Operator::Divide => corners(left, right, |a, b| a / b),
                Operator::Power if left.0 > 0.0 => corners(left, right, f64::powf),
                Operator::Power => ALL,
                _ => (0.0, 1.0),
            }
        }
        Expression::Call(function, arguments) => {
            let all: Vec<Bounds> = arguments.iter().map(|one| bounds(one, known, is_zero)).collect();
            let fold = |pick: fn(f64, f64) -> f64, from: usize| {
                let chosen = &all[from..];
                let low = chosen.iter().map(|one| one.0).reduce(pick).unwrap_or(f64::NEG_INFINITY);
                (low, chosen.iter().map(|one| one.1).reduce(pick).unwrap_or(f64::INFINITY))
            };
            match function {
                Function::Min => fold(f64::min, 0),
                Function::Max => fold(f64::max, 0),
                Function::Round => (all[0].0 - 1.0, all[0].1 + 1.0),
                Function::If => (fold(f64::min, 1).0, fold(f64::max, 1).1),
            }
        }
    }
}

/// The bounds of what grows or falls evenly in both.
fn corners(left: Bounds, right: Bounds, of: fn(f64, f64) -> f64) -> Bounds {
    let all = [of(left.0, right.0), of(left.0, right.1), of(left.1, right.0), of(left.1, right.1)];
    if all.iter().any(|value| value.is_nan()) {
        return (f64::NEG_INFINITY, f64::INFINITY);
    }
    (all.iter().copied().fold(f64::INFINITY, f64::min), all.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}
