//! The file of a calculator.

use super::{Assumption, Calculator, Chart, Input, Measure, Outcome, expression};
use crate::config::{Config, Language};
use crate::content::asked;
use crate::content::form::Source;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::project::names;
use crate::yaml::{Fields, Node, Reader, Spanned};

/// The largest number that a file may have, up to which browsers compute exactly enough.
const LARGEST: f64 = 1_000_000_000_000.0;
/// Each assumption with a range doubles what is computed.
const MOST_RANGES: usize = 6;

/// Reads all calculators of a site. What is wrong goes to `diagnostics`.
#[must_use]
pub fn read(sources: &[Source], config: &Config, diagnostics: &mut Diagnostics) -> Vec<Calculator> {
    let read = |(path, bytes): &Source| {
        let mut problems = Diagnostics::new();
        let calculator = read_file(path, bytes, config, &mut problems);
        let is_valid = !problems.has_errors();
        diagnostics.extend(problems);
        Calculator { is_valid, ..calculator }
    };
    sources.iter().map(read).collect()
}

fn read_file(path: &str, bytes: &[u8], config: &Config, diagnostics: &mut Diagnostics) -> Calculator {
    let file = names::in_calculators(path).unwrap_or(path);
    let id = names::without_ending(file, "yaml").to_string();
    let empty = Calculator { id, path: path.to_string(), ..Calculator::default() };
    let what = ("calculator", "`cold-call.yaml`; all are directly in `content/calculators/`");
    match asked::file((path, bytes), &empty.id, what, diagnostics) {
        Some(node) => read_document(empty, &node, &config.languages, &mut Reader { file: path, diagnostics }),
        None => empty,
    }
}

fn read_document(
    empty: Calculator,
    node: &Node,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Calculator {
    let Some(mut fields) = reader.fields(node) else { return empty };
    let mut read = empty;
    for name in ["title", "intro"] {
        read.spans.extend(fields.key(name).map(|span| (name, span)));
    }
    read.title = asked::required(&mut fields, ("title", "a calculator"), languages, reader);
    read.intro = asked::optional(&mut fields, "intro", languages, reader);
    read.form = fields.take("form").and_then(|node| reader.text(node));
    let mut known: Vec<Spanned<String>> = Vec::new();
    for item in items(&mut fields, "inputs", reader) {
        let found = input(item, languages, reader);
        read.inputs.extend(found.filter(|new| is_new(&new.id, &mut known, reader)));
    }
    let assumptions = fields.take("assumptions").and_then(|node| reader.list(node)).unwrap_or_default();
    for item in assumptions {
        let found = assumption(item, languages, reader);
        read.assumptions.extend(found.filter(|new| is_new(&new.id, &mut known, reader)));
    }
    if read.assumptions.iter().filter(|one| one.low < one.high).count() > MOST_RANGES {
        let message = format!("more than {MOST_RANGES} assumptions have a range");
        reader.report(Code::InvalidValue, fields.key("assumptions").unwrap_or(node.span), message);
    }
    for item in items(&mut fields, "results", reader) {
        let found = result(item, languages, reader);
        read.results.extend(found.filter(|new| is_new(&new.id, &mut known, reader)));
    }
    read.chart = fields.take("chart").and_then(|node| chart(node, &read, languages, reader));
    fields.finish("a calculator", [], reader);
    read.carried = read.carried_fields();
    read
}

fn items<'n>(fields: &mut Fields<'n>, name: &'static str, reader: &mut Reader<'_>) -> &'n [Node] {
    let node = fields.require(name, "a calculator", reader);
    node.and_then(|node| reader.list(node)).unwrap_or_default()
}

fn input(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> Option<Input> {
    let mut fields = reader.fields(node)?;
    let id = id(&mut fields, "an input", reader);
    let label = asked::required(&mut fields, ("label", "an input"), languages, reader);
    let help = asked::optional(&mut fields, "help", languages, reader);
    let unit = asked::optional(&mut fields, "unit", languages, reader);
    let measure = measure(&mut fields, reader);
    let min = number(&mut fields, ("min", "an input"), reader);
    let max = number(&mut fields, ("max", "an input"), reader);
    let default = number(&mut fields, ("default", "an input"), reader);
    let step = fields.take("step").and_then(|node| plain(node, reader));
    let step = step.filter(|step| *step > 0.0).unwrap_or(1.0);
    fields.finish("an input", [], reader);
    let (min, max, default) = (min?, max?, default?);
    if !(min <= default && default <= max && min < max) {
        let message = "an input's `default` is from its `min` to its `max`, which is larger";
        reader.report(Code::InvalidValue, node.span, message);
        return None;
    }
    Some(Input { id: id?, label, help, unit, measure, default, min, max, step })
}

fn assumption(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> Option<Assumption> {
    let mut fields = reader.fields(node)?;
    let id = id(&mut fields, "an assumption", reader);
    let label = asked::required(&mut fields, ("label", "an assumption"), languages, reader);
    let unit = asked::optional(&mut fields, "unit", languages, reader);
    let measure = measure(&mut fields, reader);
    let value = fields.take("value").and_then(|node| plain(node, reader));
    let low = fields.take("low").and_then(|node| plain(node, reader));
    let high = fields.take("high").and_then(|node| plain(node, reader));
    let source = fields.take("source").and_then(|node| reader.text(node)).map(|text| text.value);
    let url = fields.take("url").and_then(|node| reader.web(node)).map(|web| web.value);
    fields.finish("an assumption", [], reader);
    let (low, high) = match (value, low, high) {
        (Some(value), None, None) => (value, value),
        (None, Some(low), Some(high)) if low <= high => (low, high),
        _ => {
            let message = "an assumption has a `value`, or `low` and `high`, which is larger";
            reader.report(Code::InvalidValue, node.span, message);
            return None;
        }
    };
    Some(Assumption { id: id?, label, unit, measure, low, high, source: source.unwrap_or_default(), url })
}

fn result(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> Option<Outcome> {
    let mut fields = reader.fields(node)?;
    let id = id(&mut fields, "a result", reader);
    let label = asked::required(&mut fields, ("label", "a result"), languages, reader);
    let words = asked::required(&mut fields, ("words", "a result"), languages, reader);
    let unit = asked::optional(&mut fields, "unit", languages, reader);
    let measure = measure(&mut fields, reader);
    let decimals = fields.take("decimals").and_then(|node| reader.number(node, 0..=4)).unwrap_or_default();
    let is_step = fields.take("step").and_then(|node| reader.truth(node)).unwrap_or_default();
    let formula = fields.require("formula", "a result", reader).and_then(|node| reader.text(node));
    fields.finish("a result", [], reader);
    let formula = formula?;
    match expression::parse(&formula.value) {
        Ok(expression) => {
            Some(Outcome { id: id?, label, words, unit, measure, decimals, is_step, formula, expression })
        }
        Err(fault) => {
            // In quotes, or with escapes, the formula's own bytes can't be told from its place.
            let is_plain = formula.span.range().len() == formula.value.len();
            let start = formula.span.range().start;
            let at = Span::new(start + fault.at.start, start + fault.at.end);
            let span = if is_plain { at } else { formula.span };
            reader.diagnostics.push(
                Diagnostic::new(
                    Code::InvalidFormula,
                    format!("this formula can't be read: {}", fault.message),
                )
                .at(reader.file, span)
                .help(
                    "it can have numbers, names, `+ - * / ^`, brackets, and `min`, `max`, `round` and `if`",
                ),
            );
            None
        }
    }
}

fn chart(node: &Node, read: &Calculator, languages: &[Language], reader: &mut Reader<'_>) -> Option<Chart> {
    let mut fields = reader.fields(node)?;
    let title = asked::required(&mut fields, ("title", "a chart"), languages, reader);
    let result = fields.require("result", "a chart", reader).and_then(|node| reader.text(node));
    let years = fields.require("years", "a chart", reader).and_then(|node| reader.number(node, 2..=30));
    fields.finish("a chart", [], reader);
    let result = result?;
    if read.result(&result.value).is_none() {
        let known = read.results.iter().map(|one| one.id.value.as_str());
        let message = format!("the calculator has no result `{}`", result.value);
        let problem = Diagnostic::new(Code::UnknownQuantity, message).at(reader.file, result.span);
        reader.diagnostics.push(problem.suggest(&result.value, known));
        return None;
    }
    Some(Chart { title, result, years: years? })
}

/// Keeps a name, unless something else has it: that is reported.
fn is_new(id: &Spanned<String>, known: &mut Vec<Spanned<String>>, reader: &mut Reader<'_>) -> bool {
    let other = known.iter().find(|other| other.value == id.value).map(|other| other.span);
    match other {
        Some(other) => reader.diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("something else is already called `{}`", id.value))
                .at(reader.file, id.span)
                .related(reader.file, Some(other), "the other one"),
        ),
        None => known.push(id.clone()),
    }
    other.is_none()
}

/// A name in formulas and leads.
fn id(fields: &mut Fields<'_>, what: &str, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    let id = fields.require("id", what, reader).and_then(|node| reader.text(node))?;
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_taken =
        id.value == super::YEAR || expression::Function::ALL.iter().any(|(name, _)| *name == id.value);
    let is_plain = id.value.starts_with(|c: char| c.is_ascii_lowercase())
        && id.value.len() <= 40
        && id.value.bytes().all(is_sign)
        && !is_taken;
    if !is_plain {
        let help = "begin with a lower-case letter, and use up to 40 lower-case letters from a to z, digits and `_`; `year` and the names of functions are taken";
        let message = format!("`{}` can't be an id", id.value);
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, id.span);
        reader.diagnostics.push(problem.help(help));
    }
    is_plain.then_some(id)
}

/// `kr/h`, `call/week`, `kr*h`: names joined by `*` and `/`.
fn measure(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Measure {
    let mut measure = Measure::new();
    let Some(text) = fields.take("measure").and_then(|node| reader.text(node)) else { return measure };
    let mut by = 1;
    for piece in text.value.split_inclusive(['*', '/']) {
        let name = piece.trim_end_matches(['*', '/']).trim();
        let is_plain = !name.is_empty() && name.chars().all(char::is_alphanumeric);
        if !is_plain && name != "1" {
            let message = format!(
                "`{}` isn't a measure: write names with `*` and `/` between them, such as `EUR/h`",
                text.value
            );
            reader.report(Code::InvalidValue, text.span, message);
            return Measure::new();
        }
        if name != "1" {
            *measure.entry(name.to_string()).or_default() += by;
        }
        by = if piece.ends_with('/') { -1 } else { 1 };
    }
    measure.retain(|_, times| *times != 0);
    measure
}

fn plain(node: &Node, reader: &mut Reader<'_>) -> Option<f64> {
    let number = reader.decimal(node, LARGEST);
    if number.is_none() {
        reader.report(Code::WrongType, node.span, "expected a number, with a point before its decimals");
    }
    number
}

fn number(
    fields: &mut Fields<'_>,
    (name, what): (&'static str, &str),
    reader: &mut Reader<'_>,
) -> Option<f64> {
    fields.require(name, what, reader).and_then(|node| plain(node, reader))
}
