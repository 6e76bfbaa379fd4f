//! Judges conditions: of what nobody declared, with what can't be, and those that are never true.

use super::fields;
use super::guard::{Condition, Guard, Subject, Test};
use super::score::Sums;
use super::script::{Answer, CallScript, Next, Role, StepId};
use crate::content::form::FieldKind;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::site::Page;

/// Reports what is wrong with the conditions of a script.
pub(super) fn check(page: &Page, script: &CallScript, diagnostics: &mut Diagnostics) {
    for (id, step) in script.steps.each() {
        let above = above(script, id);
        let mut seen: Vec<(&Condition, &Answer)> = Vec::new();
        for answer in &step.answers {
            let Some(Guard::When(condition)) = &answer.guard else { continue };
            if let Some(problem) = impossible(page, script, answer, condition) {
                diagnostics.push(problem);
                continue;
            }
            let against = above.iter().find(|(other, _)| excludes(other, condition));
            let twin = seen.iter().find(|(other, twin)| {
                // The same words are reported as such.
                *other == condition && twin.text.to_lowercase() != answer.text.to_lowercase()
            });
            if let Some((_, other)) = against.or(twin) {
                diagnostics.push(
                    Diagnostic::new(Code::NeverTrue, format!("`{}` is never true here", answer.text))
                        .at(page.path(), answer.span)
                        .related(page.path(), Some(other.span), "because of this one")
                        .help("change one of the two, or delete this answer"),
                );
            }
            seen.push((condition, answer));
        }
    }
}

/// The conditions under which a branch is opened, from all branches that it is in.
fn above(script: &CallScript, step: StepId) -> Vec<(&Condition, &Answer)> {
    let mut found = Vec::new();
    let mut at = step;
    while let Role::Branch { of, .. } = script.steps[at].role {
        let opens = |answer: &&Answer| answer.next == Next::Branch(at);
        if let Some(answer) = script.steps[of].answers.iter().find(opens)
            && let Some(Guard::When(condition)) = &answer.guard
        {
            found.push((condition, answer));
        }
        at = of;
    }
    found
}

/// A condition of what isn't declared, or with a value that can't be.
fn impossible(
    page: &Page,
    script: &CallScript,
    answer: &Answer,
    condition: &Condition,
) -> Option<Diagnostic> {
    let at = |problem: Diagnostic| problem.at(page.path(), answer.span);
    let value = condition.value.as_str();
    let field = match &condition.subject {
        Subject::Unknown(name) => return Some(fields::unknown(page, script, name, answer.span)),
        Subject::Score => return of_score(script, condition).map(at),
        Subject::Field(field) => &script.fields[*field],
    };
    if condition.test.is_alone() {
        return None;
    }
    if condition.test.is_of_numbers() && field.kind != FieldKind::Number {
        let message = format!("`{}` isn't a number, so it can't be more or less than `{value}`", field.name);
        let problem = Diagnostic::new(Code::ImpossibleValue, message);
        return Some(at(problem.help(format!(
            "give the field `type: number`, or ask whether it is something: `If {} is …`",
            field.name
        ))));
    }
    let (wanted, is_fine) = fields::expected(field, value);
    (!is_fine).then(|| {
        let message = format!("`{}` can't be `{value}`", field.name);
        let ids = field.options.iter().map(|(id, _)| id.as_str());
        at(Diagnostic::new(Code::ImpossibleValue, message).suggest(value, ids).help(wanted))
    })
}

/// A condition with a band that isn't one, or that no score comes to.
fn of_score(script: &CallScript, condition: &Condition) -> Option<Diagnostic> {
    let score = script.score.as_ref()?;
    let value = condition.value.as_str();
    if condition.test.is_alone() {
        let message = "the score is always known";
        return Some(
            Diagnostic::new(Code::ImpossibleValue, message)
                .help("ask for a band, `If score is …`, or a number, `If score is at least 20`"),
        );
    }
    if fields::is_number(value) {
        let sums = Sums::of_script(script);
        let Sums { least, most, .. } = sums;
        let is_so = |sum: &i32| holds(condition.test, f64::from(*sum), value);
        // Where they are too many, it is so between the ends if it is at one of them, or is the number itself.
        let is_possible = sums
            .known_totals()
            .map_or(condition.test == Test::Is || [least, most].iter().any(is_so), |all| {
                all.iter().any(is_so)
            });
        return (!is_possible).then(|| {
            Diagnostic::new(Code::NeverTrue, "no call comes to such a score")
                .help(format!("the answers of this script add up to numbers from {least} to {most}"))
        });
    }
    let known = score.bands.iter().any(|band| band.is_called(value));
    (!known || condition.test.is_of_numbers()).then(|| {
        let message = format!("the score has no band `{value}`");
        let problem = Diagnostic::new(Code::ImpossibleValue, message);
        problem
            .suggest(value, score.bands.iter().map(|band| band.id.as_str()))
            .help("bands are declared in the front matter, under `score:`")
    })
}

fn holds(test: Test, number: f64, value: &str) -> bool {
    let Ok(value) = value.parse::<f64>() else { return false };
    match test {
        Test::Is => (number - value).abs() < f64::EPSILON,
        Test::IsNot => (number - value).abs() >= f64::EPSILON,
        Test::Over => number > value,
        Test::Under => number < value,
        Test::AtLeast => number >= value,
        Test::AtMost => number <= value,
        Test::Known | Test::Unknown => true,
    }
}

/// Can two conditions not be true at once?
fn excludes(one: &Condition, other: &Condition) -> bool {
    use Test::{AtLeast, AtMost, Is, IsNot, Known, Over, Under, Unknown};
    if one.subject != other.subject {
        return false;
    }
    let number = |condition: &Condition| condition.value.parse::<f64>().unwrap_or(f64::NAN);
    match (one.test, other.test) {
        (Unknown, Unknown) => false,
        (Unknown, _) | (_, Unknown) => true,
        (Is, Is) => one.value != other.value,
        (Is, IsNot) | (IsNot, Is) => one.value == other.value,
        (Is, Over | Under | AtLeast | AtMost) => !holds(other.test, number(one), &other.value),
        (Over | Under | AtLeast | AtMost, Is) => !holds(one.test, number(other), &one.value),
        (Over, Under | AtMost) | (AtLeast, Under) => number(one) >= number(other),
        (Under | AtMost, Over) | (Under, AtLeast) => number(other) >= number(one),
        (AtLeast, AtMost) => number(one) > number(other),
        (AtMost, AtLeast) => number(other) > number(one),
        (Known | IsNot, _)
        | (_, Known | IsNot)
        | (Over | AtLeast, Over | AtLeast)
        | (Under | AtMost, Under | AtMost) => false,
    }
}
