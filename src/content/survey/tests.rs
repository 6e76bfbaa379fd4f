//! Files of surveys, read.

use super::{Survey, SurveyId, SurveyKind, SurveyQuestionId};
use crate::content::form::Measure;
use crate::diag::Diagnostics;
use crate::testing;

/// The survey of a file, and what is reported of it.
fn survey(text: &str) -> (Survey, Vec<String>) {
    let project = testing::project(str::to_string)
        .with("content/_index.md", "---\ntitle: Home\n---\n")
        .with("content/forms/feedback.yaml", "title: Feedback\nfields: [{id: email}]\n")
        .with("content/surveys/one.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let loaded = crate::build::load(&project, &mut diagnostics).expect("it has a configuration");
    let found = diagnostics.sorted().into_iter().map(|found| found.message).collect();
    (loaded.content.asked.surveys[SurveyId::new(0)].clone(), found)
}

const SCALE: &str = "scale: [{points: 1, label: Never}, {points: 2, label: Always}]\n";

#[test]
fn a_360_has_groups_without_being_told() {
    let text = format!(
        "kind: 360\ntitle: T\nversion: '1'\n{SCALE}questions: [{{id: a, text: '{{name}} listens.', self: I listen.}}, {{id: b, type: text, text: Else?}}]\n"
    );
    let (found, problems) = survey(&text);
    assert_eq!(problems, Vec::<String>::new());
    let groups: Vec<&str> = found.groups.iter().map(|group| group.id.value.as_str()).collect();
    assert_eq!(groups, ["self", "manager", "peers", "reports", "customers"]);
    assert_eq!((found.kind, found.blind_spot), (SurveyKind::Feedback, 25));
    assert!(
        found.questions[SurveyQuestionId::new(1)].is_text()
            && !found.questions[SurveyQuestionId::new(0)].is_text()
    );
    assert_eq!(
        (found.questions[SurveyQuestionId::new(0)].least(), found.questions[SurveyQuestionId::new(0)].most()),
        (1, 2)
    );
}

#[test]
fn satisfaction_has_scales_of_its_own() {
    let text = "kind: satisfaction\ntitle: T\nversion: '1'\nform: feedback\nquestions: [{id: a, type: nps, text: A}, {id: b, type: csat, text: B}, {id: c, type: ces, text: C}, {id: d, type: text, text: D}]\n";
    let (found, problems) = survey(text);
    assert_eq!(problems, Vec::<String>::new());
    let scales: Vec<_> =
        found.questions.iter().map(|one| (one.least(), one.most(), one.answers.len())).collect();
    assert_eq!(scales, [(0, 10, 11), (1, 5, 5), (1, 7, 7), (0, 0, 0)]);
    assert_eq!(found.questions[SurveyQuestionId::new(2)].measure, Some(Measure::Ces));
    let carried: Vec<_> =
        found.carried.iter().map(|field| (field.id.value.as_str(), field.required)).collect();
    let expected = [
        ("survey", false),
        ("survey_version", false),
        ("answer_a", true),
        ("answer_b", true),
        ("answer_c", true),
        ("answer_d", false),
    ];
    assert_eq!(carried, expected);
}

#[test]
fn what_cannot_be_asked_is_told() {
    let start = "title: T\nversion: '1'\n";
    for (text, expected) in [
        (
            "kind: 360\nquestions: [{id: a, text: A}]\n",
            "this question is on a scale, and the survey has no `scale`",
        ),
        (
            "kind: satisfaction\nquestions: [{id: a, text: A}]\n",
            "a survey of satisfaction needs `form`, which sends the answers",
        ),
        ("kind: visit\nquestions: [{id: a, text: A}]\n", "a survey of visits needs `places`"),
        (
            "kind: 360\ngroups: [{id: peers, title: P}]\nquestions: [{id: a, type: text, text: A}]\n",
            "none of the `groups` is `self`, the person who is asked about",
        ),
        (
            "kind: 360\nemail: nobody\nquestions: [{id: a, type: text, text: A}]\n",
            "`nobody` isn't an email address",
        ),
        (
            "kind: 360\nscale: [{points: 2, label: A}, {points: 2, label: B}]\nquestions: [{id: a, text: A}]\n",
            "each answer of the scale has to be worth more points than the one before it",
        ),
        (
            "kind: visit\nplaces: [{id: a, title: A}]\nthemes: [{id: x, title: X}]\nquestions: [{id: a, theme: y, text: A}]\n",
            "the survey has no theme `y`",
        ),
        (
            "kind: visit\nplaces: [{id: a, title: A}, {id: a, title: B}]\nquestions: [{id: a, text: A}]\n",
            "the place `a` already exists",
        ),
    ] {
        let (found, problems) = survey(&format!("{start}{text}"));
        assert!(problems.iter().any(|problem| problem == expected), "{text}: {problems:?}");
        assert!(!found.is_valid);
    }
}
