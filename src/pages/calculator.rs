//! `calculator`: what the template of a calculator gets, in the place of `[calculator:cold-call]` in a text.

use serde::Serialize;

use super::base::Base;
use super::form::{self, FormPlacement, FormView, words_in};
use super::linked::Edition;
use super::shown_once::shown_once;
use super::targets::Addresses;
use crate::config::{LangId, Localized};
use crate::content::body::{Body, Embed};
use crate::content::calculator::{Assumption, Calculator, CalculatorId, Input, Outcome};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::languages::formats::LocaleFormats;
use crate::leads::calculators;
use crate::leads::forms::Slot;
use crate::leads::forms::lead::LeadPage;
use crate::site::Page;
use crate::theme::values::{Html, Values};

/// What `partials/calculator.html` gets, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct CalculatorPartial<'a> {
    /// The calculator with its inputs, formulas and results.
    calculator: CalculatorView<'a>,
}

/// A [calculator](calculators.md), in the language of the page.
#[derive(Debug, Serialize)]
struct CalculatorView<'a> {
    /// Its id: the name of its file, as in `[calculator:cold-call]`.
    id: &'a str,
    /// Id for its element: `calculator:cold-call`. All ids in it begin with it and `:`.
    dom: String,
    /// The heading, as plain text; `null` if the file gives no words in this language.
    title: Option<&'a str>,
    /// The sentence below the heading.
    intro: Option<&'a str>,
    /// The numbers that readers fill in, in the order of the file.
    inputs: Vec<CalculatorInput<'a>>,
    /// The numbers that the formulas take for granted, in the order of the file.
    assumptions: Vec<AssumptionView<'a>>,
    /// What is computed, without steps on the way.
    results: Vec<ResultView<'a>>,
    /// How everything is computed, steps and results, in the order of the file.
    formulas: Vec<ResultView<'a>>,
    /// One result year by year; `null` if the file has no chart.
    chart: Option<ChartView<'a>>,
    /// The form that takes the result along.
    form: Option<FormView<'a>>,
    /// JSON for `<script type="application/json" data-ca-config>`, which `calculator.js` reads.
    config: Html,
}

/// A number that readers fill in.
#[derive(Debug, Serialize)]
struct CalculatorInput<'a> {
    /// Its id in the calculator's file.
    id: &'a str,
    /// What is asked for, as plain text.
    label: Option<&'a str>,
    /// A sentence that helps to fill it in; `null` if there is none.
    help: Option<&'a str>,
    /// The unit after the number, such as `kr`; `null` if there is none.
    unit: Option<&'a str>,
    /// What it is at first, as people write it.
    value: String,
    /// The least that may be filled in, as people write it.
    min: String,
    /// The most that may be filled in, as people write it.
    max: String,
}

/// A number that the formulas take for granted, with its source.
#[derive(Debug, Serialize)]
struct AssumptionView<'a> {
    /// What the number is, as plain text.
    label: Option<&'a str>,
    /// The number, or from the least to the most.
    value: String,
    /// The unit after the number; `null` if there is none.
    unit: Option<&'a str>,
    /// The name of the source of the number; `null` if the file names none.
    source: Option<&'a str>,
    /// Where that can be read.
    url: Option<String>,
}

/// A result, or a step on the way to one.
#[derive(Debug, Serialize)]
struct ResultView<'a> {
    /// Its id in the calculator's file.
    id: &'a str,
    /// What the result is, as plain text.
    label: Option<&'a str>,
    /// How it is computed, in words.
    words: Option<&'a str>,
    /// What it comes to with the inputs as they are at first, with its unit; `null` if that has no value.
    value: Option<String>,
    /// Whether it is only a step on the way.
    step: bool,
}

/// One result, computed for each year.
#[derive(Debug, Serialize)]
struct ChartView<'a> {
    /// The heading of the chart, as plain text.
    title: Option<&'a str>,
    /// What it comes to in each year, with its unit; `null` where that has no value.
    years: Vec<Option<String>>,
}

/// What stands in the place of an embed in the open text or in that behind the gate: the whole of it, the first time; then,
/// and for readers elsewhere, a link to it.
pub(super) fn render_embed(
    linked: &Edition,
    page: &Page,
    (embed, body): (&Embed, &Body),
    addresses: Addresses,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    let site = &linked.site;
    let Some(id) = site.calculator(&embed.name) else { return Ok(EmbedTarget::Nothing) };
    let calculator = &site.content.asked.calculators[id];
    let made = || {
        let partial = CalculatorPartial { calculator: view(linked, page, id) };
        let values = Values::new(&Base::new(linked, page.lang())).with(&partial);
        let engine = &linked.theme.engines[page.lang()];
        engine.render("partials/calculator.html", &values, &format!("`{}`", page.path()))
    };
    let dom = format!("calculator:{}", calculator.id);
    shown_once((linked, page), (embed, body), addresses, (&dom, &calculator.title), made)
}

fn view<'a>(linked: &'a Edition, page: &'a Page, id: CalculatorId) -> CalculatorView<'a> {
    let (site, lang) = (&linked.site, page.lang());
    let calculator = &site.content.asked.calculators[id];
    let words = |words: &'a Localized| words_in(site, words, lang);
    let maker = Maker { linked, lang, tools: &site.content.tools[lang] };
    let found = calculators::compute(calculator, 1);
    let of = |result: &'a Outcome| maker.result(result, found.get(result.id.value.as_str()).copied());
    let chart = calculator.chart.as_ref().and_then(|chart| {
        let result = calculator.result(&chart.result.value)?;
        let year = |year| {
            let found = calculators::compute(calculator, year);
            maker.range(found.get(result.id.value.as_str()).copied(), result)
        };
        Some(ChartView { title: words(&chart.title), years: (1..=chart.years).map(year).collect() })
    });
    CalculatorView {
        id: &calculator.id,
        dom: format!("calculator:{}", calculator.id),
        title: words(&calculator.title),
        intro: words(&calculator.intro),
        inputs: calculator.inputs.iter().map(|input| maker.input(input)).collect(),
        assumptions: calculator.assumptions.iter().map(|one| maker.assumption(one)).collect(),
        results: calculator.results.iter().filter(|one| !one.is_step).map(of).collect(),
        formulas: calculator.results.iter().map(of).collect(),
        chart,
        form: form(linked, page, (calculator, id)),
        config: Html::new(&calculators::config(site, calculator, lang)),
    }
}

fn form<'a>(
    linked: &'a Edition,
    page: &'a Page,
    (calculator, id): (&'a Calculator, CalculatorId),
) -> Option<FormView<'a>> {
    let site = &linked.site;
    let form = site.form(&calculator.form.as_ref()?.value)?;
    let place = FormPlacement {
        form,
        lang: page.lang(),
        page: Some(page),
        slot: Slot::Calculator(id),
        gate: None,
        about: LeadPage::page(site, page),
        carried: &calculator.carried,
    };
    Some(form::view(linked, &place))
}

/// Makes views in a language.
struct Maker<'a> {
    linked: &'a Edition,
    lang: LangId,
    tools: &'a LocaleFormats,
}

impl<'a> Maker<'a> {
    fn words(&self, words: &'a Localized) -> Option<&'a str> {
        words_in(&self.linked.site, words, self.lang)
    }

    fn input(&self, input: &'a Input) -> CalculatorInput<'a> {
        CalculatorInput {
            id: &input.id.value,
            label: self.words(&input.label),
            help: self.words(&input.help),
            unit: self.words(&input.unit),
            value: self.tools.decimal(input.default, 6),
            min: self.tools.decimal(input.min, 6),
            max: self.tools.decimal(input.max, 6),
        }
    }

    fn assumption(&self, one: &'a Assumption) -> AssumptionView<'a> {
        let (low, high) = (self.tools.decimal(one.low, 6), self.tools.decimal(one.high, 6));
        AssumptionView {
            label: self.words(&one.label),
            value: if low == high { low } else { format!("{low}–{high}") },
            unit: self.words(&one.unit),
            source: Some(one.source.as_str()).filter(|source| !source.is_empty()),
            url: one.url.as_ref().map(ToString::to_string),
        }
    }

    fn result(&self, result: &'a Outcome, found: Option<(f64, f64)>) -> ResultView<'a> {
        ResultView {
            id: &result.id.value,
            label: self.words(&result.label),
            words: self.words(&result.words),
            value: self.range(found, result),
            step: result.is_step,
        }
    }

    /// From the least to the most, with the unit.
    fn range(&self, found: Option<(f64, f64)>, result: &'a Outcome) -> Option<String> {
        let (low, high) = found.filter(|(low, high)| low.is_finite() && high.is_finite())?;
        let number =
            |number| self.tools.decimal(number, usize::try_from(result.decimals).unwrap_or_default());
        let (low, high) = (number(low), number(high));
        let range = if low == high { low } else { format!("{low}–{high}") };
        Some(match self.words(&result.unit) {
            Some(unit) => format!("{range} {unit}"),
            None => range,
        })
    }
}
