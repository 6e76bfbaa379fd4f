//! What must be right about a calculator before anybody fills it in: names, circles, measures, divisions, and what nobody needs.

use std::collections::{BTreeMap, BTreeSet};

use super::span::{Bounds, bounds};
use crate::config::Localized;
use crate::content::calculator::expression::{Expression, Function, Operator};
use crate::content::calculator::{Calculator, Measure, Outcome, YEAR};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::site::Site;

/// Checks a calculator that was read without a mistake.
pub(super) fn check(site: &Site, calculator: &Calculator, diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::new();
    names(calculator, &mut found);
    if !found.has_errors() {
        circles(calculator, &mut found);
    }
    if !found.has_errors() {
        measures(calculator, &mut found);
        divisions(calculator, &mut found);
        unused(calculator, &mut found);
    }
    translations(site, calculator, &mut found);
    diagnostics.extend(found);
}

/// The results in an order in which each needs only those before it; those in a circle are left out.
pub(super) fn in_order(calculator: &Calculator) -> Vec<&Outcome> {
    let mut order: Vec<&Outcome> = Vec::with_capacity(calculator.results.len());
    loop {
        let is_there = |name: &str| order.iter().any(|result| result.id.value == name);
        let next = calculator.results.iter().find(|result| {
            let needs = result.expression.names();
            let mut results = needs.iter().filter(|name| calculator.result(name).is_some());
            !is_there(&result.id.value) && results.all(|name| is_there(name))
        });
        match next {
            Some(result) => order.push(result),
            None => return order,
        }
    }
}

fn problem(calculator: &Calculator, code: Code, result: &Outcome, message: String) -> Diagnostic {
    Diagnostic::new(code, message).at(&calculator.path, result.formula.span)
}

fn names(calculator: &Calculator, diagnostics: &mut Diagnostics) {
    let inputs = calculator.inputs.iter().map(|one| one.id.value.as_str());
    let assumptions = calculator.assumptions.iter().map(|one| one.id.value.as_str());
    let results = calculator.results.iter().map(|one| one.id.value.as_str());
    let known: Vec<&str> = inputs.chain(assumptions).chain(results).chain([YEAR]).collect();
    for result in &calculator.results {
        let unknown: BTreeSet<&str> =
            result.expression.names().into_iter().filter(|name| !known.contains(name)).collect();
        for name in unknown {
            let message = format!("nothing in this calculator is called `{name}`");
            let problem = problem(calculator, Code::UnknownQuantity, result, message);
            diagnostics.push(problem.suggest(name, known.iter().copied()));
        }
    }
}

fn circles(calculator: &Calculator, diagnostics: &mut Diagnostics) {
    let order = in_order(calculator);
    let is_out = |result: &&Outcome| !order.iter().any(|one| one.id.value == result.id.value);
    if let Some(result) = calculator.results.iter().find(is_out) {
        let message = format!("`{}` needs its own result", result.id.value);
        diagnostics.push(
            problem(calculator, Code::CircularFormula, result, message)
                .help("let one of the formulas do without the other"),
        );
    }
}

/// The measures of everything that has a name; `year` counts.
fn known_measures(calculator: &Calculator) -> BTreeMap<&str, &Measure> {
    let inputs = calculator.inputs.iter().map(|one| (one.id.value.as_str(), &one.measure));
    let assumptions = calculator.assumptions.iter().map(|one| (one.id.value.as_str(), &one.measure));
    let results = calculator.results.iter().map(|one| (one.id.value.as_str(), &one.measure));
    inputs.chain(assumptions).chain(results).collect()
}

fn measures(calculator: &Calculator, diagnostics: &mut Diagnostics) {
    let known = known_measures(calculator);
    for result in &calculator.results {
        let message = match measure(&result.expression, &known) {
            Ok(Some(found)) if found != result.measure => {
                format!(
                    "this formula gives {}, and the result is in {}",
                    written(&found),
                    written(&result.measure)
                )
            }
            Ok(_) => continue,
            Err(message) => message,
        };
        diagnostics.push(
            problem(calculator, Code::MeasureMismatch, result, message)
                .help("bring both to the same `measure`, with an assumption such as 60 `min/h`"),
        );
    }
}

/// The measure of a formula; `None` for 0, which is that of anything.
fn measure(expression: &Expression, known: &BTreeMap<&str, &Measure>) -> Result<Option<Measure>, String> {
    match expression {
        Expression::Number(number) => Ok((*number != 0.0).then(Measure::new)),
        Expression::Name(name) => {
            Ok(Some(known.get(name.as_str()).map_or_else(Measure::new, |one| (*one).clone())))
        }
        Expression::Negative(inside) => measure(inside, known),
        Expression::Binary(Operator::Multiply, sides) => joined(&sides.0, &sides.1, 1, known),
        Expression::Binary(Operator::Divide, sides) => joined(&sides.0, &sides.1, -1, known),
        Expression::Binary(Operator::Power, sides) => {
            let base = measure(&sides.0, known)?.unwrap_or_default();
            if measure(&sides.1, known)?.is_some_and(|exponent| !exponent.is_empty()) {
                return Err("an exponent has no measure".into());
            }
            match (&sides.1, base.is_empty()) {
                (_, true) => Ok(Some(base)),
                (Expression::Number(times), false) if times.fract() == 0.0 && times.abs() <= 9.0 => {
                    #[allow(clippy::cast_possible_truncation, reason = "a digit")]
                    let times = *times as i32;
                    Ok(Some(base.into_iter().map(|(name, count)| (name, count * times)).collect()))
                }
                _ => Err("what has a measure can only have a whole number as its exponent".into()),
            }
        }
        Expression::Binary(operator, sides) => {
            let same = same_measure([&sides.0, &sides.1], known)?;
            let is_sum = matches!(operator, Operator::Add | Operator::Subtract);
            Ok(if is_sum { same } else { Some(Measure::new()) })
        }
        Expression::Call(Function::If, parts) => {
            measure(&parts[0], known)?;
            same_measure(&parts[1..], known)
        }
        Expression::Call(Function::Round, parts) => measure(&parts[0], known),
        Expression::Call(_, parts) => same_measure(parts, known),
    }
}

/// That of a product or a quotient.
fn joined(
    left: &Expression,
    right: &Expression,
    by: i32,
    known: &BTreeMap<&str, &Measure>,
) -> Result<Option<Measure>, String> {
    let (Some(mut found), Some(right)) = (measure(left, known)?, measure(right, known)?) else {
        return Ok(None);
    };
    for (name, times) in right {
        *found.entry(name).or_default() += by * times;
    }
    found.retain(|_, times| *times != 0);
    Ok(Some(found))
}

/// That of what is added or compared.
fn same_measure<'e>(
    parts: impl IntoIterator<Item = &'e Expression>,
    known: &BTreeMap<&str, &Measure>,
) -> Result<Option<Measure>, String> {
    let mut same: Option<Measure> = None;
    for part in parts {
        let Some(found) = measure(part, known)? else { continue };
        match &same {
            Some(other) if *other != found => {
                return Err(format!("{} and {} can't be added or compared", written(other), written(&found)));
            }
            _ => same = Some(found),
        }
    }
    Ok(same)
}

/// As files write it, in backticks.
fn written(measure: &Measure) -> String {
    if measure.is_empty() {
        return "a plain number".into();
    }
    let part = |sign: i32| {
        let names = measure.iter().filter(move |(_, times)| times.signum() == sign);
        let each =
            names.flat_map(|(name, times)| vec![name.as_str(); usize::try_from(times.abs()).unwrap_or(1)]);
        each.collect::<Vec<_>>()
    };
    let (above, below) = (part(1), part(-1));
    let above = if above.is_empty() { "1".to_string() } else { above.join("*") };
    format!("`{}`", std::iter::once(above.as_str()).chain(below).collect::<Vec<_>>().join("/"))
}

fn divisions(calculator: &Calculator, diagnostics: &mut Diagnostics) {
    let inputs = calculator.inputs.iter().map(|one| (one.id.value.as_str(), (one.min, one.max)));
    let assumptions = calculator.assumptions.iter().map(|one| (one.id.value.as_str(), (one.low, one.high)));
    let mut known: BTreeMap<&str, Bounds> = inputs.chain(assumptions).collect();
    known.insert(YEAR, (1.0, 30.0));
    for result in in_order(calculator) {
        let mut is_zero = false;
        let found = bounds(&result.expression, &known, &mut is_zero);
        known.insert(&result.id.value, found);
        if is_zero {
            let message = format!("`{}` divides by what may be 0", result.id.value);
            diagnostics.push(
                problem(calculator, Code::DivisionByZero, result, message)
                    .help("give the input a larger `min`, or divide by `max(1, …)`"),
            );
        }
    }
}

/// Whatever somebody fills in has to change something.
fn unused(calculator: &Calculator, diagnostics: &mut Diagnostics) {
    let charted = calculator.chart.iter().map(|chart| chart.result.value.as_str());
    let used = calculator.results.iter().flat_map(|result| result.expression.names());
    let used: BTreeSet<&str> = used.chain(charted).collect();
    let inputs = calculator.inputs.iter().map(|one| &one.id);
    let steps = calculator.results.iter().filter(|one| one.is_step).map(|one| &one.id);
    let all = inputs.chain(calculator.assumptions.iter().map(|one| &one.id)).chain(steps);
    for id in all.filter(|id| !used.contains(id.value.as_str())) {
        let message = format!("no formula needs `{}`", id.value);
        let problem = Diagnostic::new(Code::UnusedQuantity, message).at(&calculator.path, id.span);
        diagnostics.push(problem.help("use it in a formula, or remove it"));
    }
}

fn translations(site: &Site, calculator: &Calculator, diagnostics: &mut Diagnostics) {
    for (what, text, span) in texts(calculator) {
        let missing = site.languages_without(text);
        if !missing.is_empty() {
            let message = format!("{what} is missing in {}", missing.join(" and "));
            let problem = Diagnostic::new(Code::CalculatorNotTranslated, message).at(&calculator.path, span);
            diagnostics.push(problem.help("readers of that language see it in another one; add it"));
        }
    }
}

/// All texts: what each is, its words, and the place that stands for it.
fn texts(calculator: &Calculator) -> Vec<(String, &Localized, Span)> {
    let whole = |key: &str| calculator.spans.get(key).copied().unwrap_or_default();
    let mut texts = vec![
        ("`title`".to_string(), &calculator.title, whole("title")),
        ("`intro`".to_string(), &calculator.intro, whole("intro")),
    ];
    for one in &calculator.inputs {
        for (key, text) in [("label", &one.label), ("help", &one.help), ("unit", &one.unit)] {
            texts.push((format!("`{key}` of `{}`", one.id.value), text, one.id.span));
        }
    }
    for one in &calculator.assumptions {
        for (key, text) in [("label", &one.label), ("unit", &one.unit)] {
            texts.push((format!("`{key}` of `{}`", one.id.value), text, one.id.span));
        }
    }
    for one in &calculator.results {
        for (key, text) in [("label", &one.label), ("words", &one.words), ("unit", &one.unit)] {
            texts.push((format!("`{key}` of `{}`", one.id.value), text, one.id.span));
        }
    }
    let chart = calculator.chart.iter();
    texts.extend(chart.map(|chart| ("`title` of the chart".to_string(), &chart.title, chart.result.span)));
    texts
}
