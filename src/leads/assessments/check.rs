//! What must be right about an assessment before anybody answers it.

use super::score::reachable;
use crate::config::Localized;
use crate::content::assessment::{Assessment, QuestionKind};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::site::Site;

/// Checks an assessment that was read without a mistake.
pub(super) fn check(site: &Site, assessment: &Assessment, diagnostics: &mut Diagnostics) {
    levels(assessment, diagnostics);
    questions(assessment, diagnostics);
    translations(site, assessment, diagnostics);
    let place = assessment.questions.first().map(|question| question.id.span).unwrap_or_default();
    let asked: Vec<&Localized> = assessment.questions.iter().map(|question| &question.text).collect();
    site.check_reading((&assessment.path, place), &asked, diagnostics);
}

/// Each score has one level, and some answers lead to each.
fn levels(assessment: &Assessment, diagnostics: &mut Diagnostics) {
    let file = &assessment.path;
    let problem = |span: Span, message: String| Diagnostic::new(Code::LevelBounds, message).at(file, span);
    let mut next = 0;
    for level in &assessment.levels {
        let id = &level.id.value;
        if level.from > level.to {
            diagnostics.push(problem(level.span, format!("the level `{id}` ends before it begins")));
            return;
        }
        let help = format!("let it begin at {next}");
        if level.from > next {
            let message = match level.from - next {
                1 => format!("the score {next} has no level"),
                _ => format!("the scores {next} to {} have no level", level.from - 1),
            };
            diagnostics.push(problem(level.span, message).help(help));
        } else if level.from < next {
            let message = format!("the level `{id}` overlaps the one before it, which ends at {}", next - 1);
            diagnostics.push(problem(level.span, message).help(help));
        }
        next = next.max(level.to + 1);
    }
    match assessment.levels.last() {
        Some(last) if next <= 100 => {
            let message = format!("the scores {next} to 100 have no level");
            diagnostics.push(problem(last.span, message).help("let the last level end at 100"));
        }
        Some(_) if !diagnostics.has_errors() => unreachable(assessment, diagnostics),
        _ => {}
    }
}

fn unreachable(assessment: &Assessment, diagnostics: &mut Diagnostics) {
    if !assessment.questions.iter().any(|question| question.is_scored()) {
        return;
    }
    let scores = reachable(assessment);
    for level in &assessment.levels {
        let mut within = (level.from..=level.to).filter_map(|score| usize::try_from(score).ok());
        if !within.any(|score| scores.get(score).copied().unwrap_or_default()) {
            let message = format!("no answers come to the level `{}`", level.id.value);
            let problem = Diagnostic::new(Code::UnreachableLevel, message).at(&assessment.path, level.span);
            diagnostics.push(problem.help("widen its bounds, or join it with the one beside it"));
        }
    }
}

fn questions(assessment: &Assessment, diagnostics: &mut Diagnostics) {
    let file = &assessment.path;
    for question in &assessment.questions {
        let is_told_apart = question.range.is_some() || question.kind == QuestionKind::Several || {
            let mut points = question.answers.iter().map(|answer| answer.points);
            let first = points.next();
            points.any(|other| Some(other) != first)
        };
        if question.kind != QuestionKind::Text && !(question.is_scored() && is_told_apart) {
            let message = format!("the question `{}` counts for nothing", question.id.value);
            let problem = Diagnostic::new(Code::UnscoredQuestion, message).at(file, question.id.span);
            let help = match (question.dimension, question.kind) {
                (None, _) => "name the `dimension` that it belongs to",
                (_, QuestionKind::Number) => {
                    "say which numbers are worth nothing and all: `none: 0` and `all: 10`"
                }
                _ => "give its answers different points",
            };
            diagnostics.push(problem.help(help));
        }
    }
    for (id, dimension) in assessment.dimensions.each() {
        let count = assessment.questions_of(id).filter(|question| question.is_scored()).count();
        if count < 2 {
            let has = if count == 0 { "no question" } else { "one question alone" };
            let message = format!("the dimension `{}` has {has}", dimension.id.value);
            let problem = Diagnostic::new(Code::ThinDimension, message).at(file, dimension.id.span);
            diagnostics.push(problem.help("ask at least two, or join it with another dimension"));
        }
    }
}

/// Every text has to be there in every language in which readers may be asked.
fn translations(site: &Site, assessment: &Assessment, diagnostics: &mut Diagnostics) {
    for (what, text, span) in texts(assessment) {
        let missing = site.languages_without(text);
        if !missing.is_empty() {
            let message = format!("{what} is missing in {}", missing.join(" and "));
            let problem = Diagnostic::new(Code::AssessmentNotTranslated, message).at(&assessment.path, span);
            diagnostics.push(problem.help("readers of that language see it in another one; add it"));
        }
    }
}

/// All texts: what each is, its words, and the place that stands for it.
fn texts(assessment: &Assessment) -> Vec<(String, &Localized, Span)> {
    let whole = |key: &str| assessment.spans.get(key).copied().unwrap_or_default();
    let mut texts = vec![
        ("`title`".to_string(), &assessment.title, whole("title")),
        ("`intro`".to_string(), &assessment.intro, whole("intro")),
    ];
    for level in &assessment.levels {
        let id = &level.id.value;
        for (key, text) in [("title", &level.title), ("text", &level.text), ("advice", &level.advice)] {
            texts.push((format!("`{key}` of the level `{id}`"), text, level.id.span));
        }
    }
    for dimension in &assessment.dimensions {
        let id = &dimension.id.value;
        let own = [
            ("title", &dimension.title),
            ("about", &dimension.about),
            ("strength", &dimension.strength),
            ("gap", &dimension.gap),
            ("talk", &dimension.talk),
        ];
        let advice = dimension.advice.values().map(|text| ("advice", text));
        texts.extend(
            own.into_iter()
                .chain(advice)
                .map(|(key, text)| (format!("`{key}` of the dimension `{id}`"), text, dimension.id.span)),
        );
    }
    for question in &assessment.questions {
        let id = &question.id.value;
        let own = [("text", &question.text), ("help", &question.help), ("unit", &question.unit)];
        let answers = question.answers.iter().map(|answer| ("an answer", &answer.label));
        texts.extend(
            own.into_iter()
                .chain(answers)
                .map(|(key, text)| (format!("`{key}` of the question `{id}`"), text, question.id.span)),
        );
    }
    let of_benchmark = |each| (String::from("the title of a benchmark"), each, whole("title"));
    texts.extend(assessment.benchmarks.iter().map(|each| &each.title).map(of_benchmark));
    texts
}
