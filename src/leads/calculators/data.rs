//! The JSON that browsers read of a calculator.

use serde::Serialize;

use super::check;
use crate::config::LangId;
use crate::content::calculator::expression::Expression;
use crate::content::calculator::{Assumption, Calculator, Input};
use crate::encode::script;
use crate::site::Site;

/// What `calculator.js` reads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "CalculatorConfig"))]
struct CalculatorData<'a> {
    version: u8,
    id: &'a str,
    /// The locale of the page's numbers.
    locale: &'a str,
    inputs: Vec<InputData<'a>>,
    assumptions: Vec<AssumptionData<'a>>,
    /// In an order in which each needs only those before it.
    results: Vec<ResultData<'a>>,
    chart: Option<ChartData<'a>>,
}

/// A number that somebody fills in, with its limits.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "CalculatorInput"))]
struct InputData<'a> {
    id: &'a str,
    default: f64,
    min: f64,
    max: f64,
}

/// A number that the formulas take for granted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "CalculatorAssumption"))]
struct AssumptionData<'a> {
    id: &'a str,
    low: f64,
    high: f64,
}

/// A result or a step on the way, with its formula.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "CalculatorResult"))]
struct ResultData<'a> {
    id: &'a str,
    decimals: i64,
    step: bool,
    unit: &'a str,
    /// The formula: a number, a name, or a list of what is done and its parts.
    #[cfg_attr(test, ts(type = "import(\"./formula\").Formula"))]
    formula: &'a Expression,
}

/// The result that is shown year by year.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "CalculatorChart"))]
struct ChartData<'a> {
    result: &'a str,
    years: i64,
}

/// The JSON, escaped for a script element.
#[must_use]
pub fn config(site: &Site, calculator: &Calculator, lang: LangId) -> String {
    let data = CalculatorData {
        version: 1,
        id: &calculator.id,
        locale: &site.config().languages[lang].locale,
        inputs: calculator.inputs.iter().map(input).collect(),
        assumptions: calculator.assumptions.iter().map(assumption).collect(),
        results: check::in_order(calculator)
            .into_iter()
            .map(|one| ResultData {
                id: &one.id.value,
                decimals: one.decimals,
                step: one.is_step,
                unit: site.config().text(&one.unit, lang),
                formula: &one.expression,
            })
            .collect(),
        chart: calculator
            .chart
            .as_ref()
            .map(|chart| ChartData { result: &chart.result.value, years: chart.years }),
    };
    script::json(&data)
}

fn input(input: &Input) -> InputData<'_> {
    InputData { id: &input.id.value, default: input.default, min: input.min, max: input.max }
}

fn assumption(one: &Assumption) -> AssumptionData<'_> {
    AssumptionData { id: &one.id.value, low: one.low, high: one.high }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<InputData<'_>>(),
            declaration::<AssumptionData<'_>>(),
            declaration::<ResultData<'_>>(),
            declaration::<ChartData<'_>>(),
            declaration::<CalculatorData<'_>>(),
        ];
        assert_declared("leads/calculators/client/config.d.ts", &types);
    }
}
