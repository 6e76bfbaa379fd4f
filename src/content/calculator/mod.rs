//! Calculators: `content/calculators/<id>.yaml`, read into [`Calculator`]. Formulas are parsed here; whether their names, units
//! and divisions hold is checked in `leads/calculators`. `docs/content/calculators.md` is for authors.

pub mod expression;
mod read;

use std::collections::BTreeMap;

use self::expression::Expression;
use super::form::{Field, Form};
use crate::config::Localized;
use crate::diag::Span;
use crate::encode::address::Web;
use crate::ids::id;
use crate::yaml::Spanned;

pub use read::read;

id!(
    /// A calculator of the site.
    pub struct CalculatorId
);

/// The name that formulas of a chart may use: the first year is 1.
pub const YEAR: &str = "year";

/// A measure: how often each unit is in it, `kr/h` as `kr` once and `h` minus once.
pub type Measure = BTreeMap<String, i32>;

/// A number that readers fill in, with its limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name in formulas and leads.
    pub id: Spanned<String>,
    /// What is asked for, by language.
    pub label: Localized,
    /// A sentence below it; may be empty.
    pub help: Localized,
    /// What readers see after the number; may be empty.
    pub unit: Localized,
    /// What it measures, for the check of formulas.
    pub measure: Measure,
    /// The value that the input has until somebody changes it.
    pub default: f64,
    /// The least that can be filled in.
    pub min: f64,
    /// The most that can be filled in.
    pub max: f64,
    /// From one value to the next.
    pub step: f64,
}

/// A number that the formulas take for granted, with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// Its name in formulas, unique in the calculator.
    pub id: Spanned<String>,
    /// What the number is, by language.
    pub label: Localized,
    /// What readers see after the number; may be empty.
    pub unit: Localized,
    /// What it measures, for the check of formulas.
    pub measure: Measure,
    /// The least that it may be.
    pub low: f64,
    /// The most; the same where it is certain.
    pub high: f64,
    /// Who says so; may be empty.
    pub source: String,
    /// Where that can be read.
    pub url: Option<Web>,
}

/// A result, or a step on the way to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its name in formulas and leads.
    pub id: Spanned<String>,
    /// What the result is, by language.
    pub label: Localized,
    /// How it is computed, in words.
    pub words: Localized,
    /// What readers see after the number; may be empty.
    pub unit: Localized,
    /// What it measures, for the check of formulas.
    pub measure: Measure,
    /// How many digits after the point are shown.
    pub decimals: i64,
    /// Is it only a step on the way, which readers see in the explanation alone?
    pub is_step: bool,
    /// The formula as it is written.
    pub formula: Spanned<String>,
    /// The formula as a tree; its names are checked later.
    pub expression: Expression,
}

/// One result, shown for each of several years.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its heading, by language.
    pub title: Localized,
    /// The result, by its name.
    pub result: Spanned<String>,
    /// How many years are shown, from the first.
    pub years: i64,
}

/// A calculator: inputs, assumptions, and the formulas that make results of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calculator {
    /// Its id: the file's name without `.yaml`.
    pub id: String,
    /// Its file, from the root of the site.
    pub path: String,
    /// Its heading, by language.
    pub title: Localized,
    /// A sentence below the heading; may be empty.
    pub intro: Localized,
    /// The form that takes the result along.
    pub form: Option<Spanned<String>>,
    /// What readers fill in, in the order of the file.
    pub inputs: Vec<Input>,
    /// The numbers that the formulas take for granted, in the order of the file.
    pub assumptions: Vec<Assumption>,
    /// What is computed, in the order in which it is shown.
    pub results: Vec<Outcome>,
    /// The result that is shown year by year; `None` without a chart.
    pub chart: Option<Chart>,
    /// What it adds to a lead, as hidden fields.
    pub carried: Vec<Field>,
    /// Was it read without a mistake?
    pub is_valid: bool,
    /// Where the keys `title` and `intro` stand, for what is missing in a language.
    pub spans: BTreeMap<&'static str, Span>,
}

impl Calculator {
    /// The result with this name.
    #[must_use]
    pub fn result(&self, id: &str) -> Option<&Outcome> {
        self.results.iter().find(|result| result.id.value == id)
    }

    /// What a lead of it has besides the form's own answers.
    fn carried_fields(&self) -> Vec<Field> {
        let own = [Field::hidden("calculator", &self.id), Field::hidden("calculator_link", "")];
        let inputs = self.inputs.iter().map(|input| Field::hidden(&format!("input_{}", input.id.value), ""));
        let shown = self.results.iter().filter(|result| !result.is_step);
        let results = shown.map(|result| Field::hidden(&format!("result_{}", result.id.value), ""));
        own.into_iter().chain(inputs).chain(results).collect()
    }
}

/// Tells each form what calculators add to its leads.
pub fn add_to_forms(calculators: &[Calculator], forms: &mut [Form]) {
    for calculator in calculators {
        let named = calculator.form.as_ref().map(|form| form.value.as_str());
        if let Some(form) = forms.iter_mut().find(|form| Some(form.id.as_str()) == named) {
            form.carry(&calculator.carried);
        }
    }
}
