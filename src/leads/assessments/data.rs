//! The JSON that browsers read of an assessment.

use serde::Serialize;

use super::link;
use crate::config::LangId;
use crate::content::assessment::{Assessment, DimensionId, Question};
use crate::encode::script;
use crate::site::Site;

/// What `assessment.js` reads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "AssessmentConfig"))]
struct AssessmentData<'a> {
    version: u8,
    id: &'a str,
    /// The locale of the page's numbers.
    locale: &'a str,
    /// Which questions these are, as the author says.
    questions_version: &'a str,
    /// Whether the result waits for the form.
    waits_for_form: bool,
    strength_from: i64,
    gap_below: i64,
    levels: Vec<LevelData<'a>>,
    dimensions: Vec<DimensionData<'a>>,
    questions: Vec<QuestionData<'a>>,
    benchmarks: Vec<BenchmarkData<'a>>,
}

/// What scores from one bound to another mean.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "AssessmentLevel"))]
struct LevelData<'a> {
    id: &'a str,
    from: i64,
    to: i64,
    title: &'a str,
}

/// What some of the questions measure together.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "AssessmentDimension"))]
struct DimensionData<'a> {
    id: &'a str,
    title: &'a str,
    weight: u32,
}

/// A question, without its words.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "AssessmentQuestion"))]
struct QuestionData<'a> {
    id: &'a str,
    /// Five letters and digits for all that decides what an answer means: links and this device name it so.
    print: String,
    /// `one`, `several`, `number` or `text`.
    kind: &'static str,
    /// The dimension's index; `null` where nobody scores it.
    dimension: Option<usize>,
    weight: u32,
    skip: bool,
    points: Vec<u32>,
    /// Of a number: what is worth nothing, and what is worth all.
    range: Option<(f64, f64)>,
}

/// Scores of others, as the assessment's script compares a result with them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "AssessmentBenchmark"))]
struct BenchmarkData<'a> {
    title: &'a str,
    overall: Option<i64>,
    scores: Vec<Option<i64>>,
}

/// The JSON, escaped for a script element.
#[must_use]
pub fn config(site: &Site, assessment: &Assessment, lang: LangId) -> String {
    script::json(&data(site, assessment, lang))
}

fn data<'a>(site: &'a Site, assessment: &'a Assessment, lang: LangId) -> AssessmentData<'a> {
    let text = |words| site.config().text(words, lang);
    let level = |level: &'a crate::content::assessment::Level| LevelData {
        id: &level.id.value,
        from: level.from,
        to: level.to,
        title: text(&level.title),
    };
    let dimensions = assessment.dimensions.iter().map(|dimension| DimensionData {
        id: &dimension.id.value,
        title: text(&dimension.title),
        weight: dimension.weight,
    });
    let benchmarks = assessment.benchmarks.iter().map(|benchmark| BenchmarkData {
        title: text(&benchmark.title),
        overall: benchmark.overall,
        scores: assessment.dimensions.ids().map(|id| benchmark.scores.get(&id).copied()).collect(),
    });
    AssessmentData {
        version: 1,
        id: &assessment.id,
        locale: &site.config().languages[lang].locale,
        questions_version: &assessment.version,
        waits_for_form: super::waits_for_form(site, assessment),
        strength_from: assessment.strength_from,
        gap_below: assessment.gap_below,
        levels: assessment.levels.iter().map(level).collect(),
        dimensions: dimensions.collect(),
        questions: assessment.questions.iter().map(|each| question(assessment, each)).collect(),
        benchmarks: benchmarks.collect(),
    }
}

fn question<'a>(assessment: &'a Assessment, question: &'a Question) -> QuestionData<'a> {
    QuestionData {
        id: &question.id.value,
        print: link::print(assessment, question),
        kind: question.kind.name(),
        dimension: question.dimension.map(DimensionId::index),
        weight: question.weight,
        skip: question.can_skip,
        points: question.answers.iter().map(|answer| answer.points).collect(),
        range: question.range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<LevelData<'_>>(),
            declaration::<DimensionData<'_>>(),
            declaration::<QuestionData<'_>>(),
            declaration::<BenchmarkData<'_>>(),
            declaration::<AssessmentData<'_>>(),
        ];
        assert_declared("leads/assessments/client/config.d.ts", &types);
    }
}
