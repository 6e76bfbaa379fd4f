//! What the files of assessments say.

use super::*;
use crate::diag::Diagnostics;
use crate::testing;

const FILE: &str = "\
title: {en: Maturity, sv: Mognad}
version: 2026-11
scale: [{points: 0, label: Never}, {points: 1, label: Often}]
levels:
  - {id: high, from: 50, to: 100, title: High}
  - {id: low, from: 0, to: 49, title: Low}
dimensions:
  - {id: leads, title: Leads, advice: {high: Keep on., low: Begin.}}
  - {id: calls, title: Calls}
questions:
  - {id: c1, dimension: calls, text: Calls?}
  - {id: free, type: text, text: What else?}
  - {id: l1, dimension: leads, type: yes-no, text: Leads?, skip: true}
";

fn read_one(text: &str) -> (Assessment, Vec<String>) {
    let config = testing::project(str::to_string);
    let mut diagnostics = Diagnostics::new();
    let loaded = crate::build::load(&config, &mut diagnostics).expect("it has a configuration");
    let mut diagnostics = Diagnostics::new();
    let sources = [("content/assessments/maturity.yaml".to_string(), text.as_bytes().to_vec())];
    let read = read(&sources, &loaded.content.config, &mut diagnostics).remove(0);
    (read, diagnostics.sorted().into_iter().map(|found| found.message).collect())
}

#[test]
fn questions_follow_their_dimensions_and_levels_their_scores() {
    let (read, wrong) = read_one(FILE);
    assert_eq!((wrong, read.is_valid), (Vec::<String>::new(), true));
    let order: Vec<&str> = read.questions.iter().map(|question| question.id.value.as_str()).collect();
    assert_eq!(order, ["l1", "c1", "free"]);
    let levels: Vec<&str> = read.levels.iter().map(|level| level.id.value.as_str()).collect();
    assert_eq!(levels, ["low", "high"]);
    // What was written for a level stays with it.
    assert_eq!(
        read.dimensions[DimensionId::new(0)].advice[&LevelId::new(0)]
            .get(crate::config::LangId::new(0), crate::config::LangId::new(0)),
        "Begin."
    );
    assert_eq!((read.level(49), read.level(50)), (Some(LevelId::new(0)), Some(LevelId::new(1))));
    let points: Vec<u32> = read.questions[0].answers.iter().map(|answer| answer.points).collect();
    assert_eq!(points, [1, 0]);
    assert!(!read.questions[2].is_scored());
}

#[test]
fn a_lead_names_what_was_answered() {
    let (read, _) = read_one(FILE);
    let ids: Vec<&str> = read.carried.iter().map(|field| field.id.value.as_str()).collect();
    let expected = [
        "assessment",
        "assessment_version",
        "assessment_level",
        "assessment_score",
        "assessment_result",
        "score_leads",
        "score_calls",
        "answer_l1",
        "answer_c1",
        "answer_free",
    ];
    assert_eq!(ids, expected);
    assert_eq!(read.carried[0].value.as_deref(), Some("maturity"));
}

#[test]
fn what_cannot_be_answered_is_reported() {
    for (from, to, expected) in [
        ("id: c1, dimension: calls", "id: c1, dimension: call", "the assessment has no dimension `call`"),
        ("id: c1,", "id: C1,", "`C1` can't be an id"),
        ("id: c1,", "id: l1,", "the question `l1` already exists"),
        ("version: 2026-11", "version: 2026~11", "`2026~11` can't be a version"),
        (
            "{id: c1, dimension: calls",
            "{id: c1, type: choice, dimension: calls",
            "a question of this type needs `answers`",
        ),
        (
            "{id: c1, dimension: calls",
            "{id: c1, type: number, none: 1, dimension: calls",
            "`none` and `all` belong together",
        ),
        ("{points: 0, label: Never}, ", "", "there have to be 2 to 9 answers, and these are 1"),
        ("title: {en", "result: form\ntitle: {en", "`result: form` needs `form`"),
        ("low: Begin.", "lowest: Begin.", "the assessment has no level `lowest`"),
    ] {
        let (read, wrong) = read_one(&FILE.replacen(from, to, 1));
        assert!(!read.is_valid && wrong.iter().any(|message| message == expected), "{expected}: {wrong:?}");
    }
}
