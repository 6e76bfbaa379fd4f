//! Calculators: a visitor's own numbers, and what they come to; who sells to them gets both, where the visitor sends them.
//!
//! [`check_all`] reports formulas that can't hold; [`config`] is the JSON that `calculator.js` reads; [`compute`] gives the numbers
//! that the page shows without scripts. `docs/content/calculators.md` is for authors.

mod check;
mod data;
mod span;

use std::collections::BTreeMap;

use crate::content::calculator::{Calculator, YEAR};
use crate::diag::Diagnostics;
use crate::plan::{ClientFile, client_files};
use crate::site::Site;

pub use data::config;

/// The browser code: computes, draws and shares.
pub const CLIENT: &[ClientFile] = client_files!("src/leads/calculators/client":
    Entry "calculator", Part "calculator-value", Part "calculator-link", Part "calculator-chart");

/// Checks all calculators that were read without a mistake.
pub fn check_all(site: &Site, diagnostics: &mut Diagnostics) {
    for calculator in site.content.asked.calculators.iter().filter(|calculator| calculator.is_valid) {
        check::check(site, calculator, diagnostics);
    }
}

/// What the results come to in a year, from the least to the most, by their names; not a number where there is none. Inputs are as
/// they are at first.
#[must_use]
pub fn compute(calculator: &Calculator, year: i64) -> BTreeMap<&str, (f64, f64)> {
    let ranges: Vec<_> = calculator.assumptions.iter().filter(|one| one.low < one.high).collect();
    let mut found: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for corner in 0..1_u32 << ranges.len() {
        #[allow(clippy::cast_precision_loss, reason = "a few years")]
        let mut known = BTreeMap::from([(YEAR.to_string(), year as f64)]);
        known.extend(calculator.inputs.iter().map(|input| (input.id.value.clone(), input.default)));
        known.extend(calculator.assumptions.iter().map(|one| (one.id.value.clone(), one.low)));
        for (place, range) in ranges.iter().enumerate() {
            if corner >> place & 1 == 1 {
                known.insert(range.id.value.clone(), range.high);
            }
        }
        for result in check::in_order(calculator) {
            let value = result.expression.value(&known);
            known.insert(result.id.value.clone(), value);
            let (low, high) = found.entry(&result.id.value).or_insert((value, value));
            // A corner without a value leaves the result without one.
            *low = if value < *low || value.is_nan() { value } else { *low };
            *high = if value > *high || value.is_nan() { value } else { *high };
        }
    }
    found
}

#[cfg(test)]
mod tests;
