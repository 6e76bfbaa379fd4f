//! What answers come to, and what is reported of assessments.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use super::score::{Answer, Scores, scores};
use super::*;
use crate::content::assessment::{AssessmentId, DimensionId, QuestionKind};
use crate::testing;

const QUESTIONS: &str = "\
title: Maturity
version: 2026-11
scale: [{points: 0, label: A}, {points: 1, label: B}, {points: 2, label: C}, {points: 4, label: D}]
levels: [{id: low, from: 0, to: 49, title: Low}, {id: high, from: 50, to: 100, title: High}]
dimensions: [{id: leads, title: Leads, weight: 3}, {id: calls, title: Calls}, {id: team, title: Team, weight: 2}]
questions:
  - {id: l1, dimension: leads, text: One, skip: true}
  - {id: l2, dimension: leads, text: Two, weight: 3}
  - {id: l3, dimension: leads, text: Three, type: yes-no, skip: true}
  - {id: c1, dimension: calls, text: Four, type: number, none: 48, all: 0.5, skip: true}
  - {id: c2, dimension: calls, text: Five, type: number, none: 3, all: 17, weight: 7}
  - {id: t1, dimension: team, text: Six, type: several, skip: true, answers: [{points: 1, label: A}, {points: 3, label: B}, {points: 0, label: C}]}
  - {id: t2, dimension: team, text: Seven, type: choice, answers: [{points: 7, label: A}, {points: 3, label: B}]}
  - {id: free, text: What else?, type: text}
";

fn assessment(text: &str) -> Assessment {
    let project = testing::project(str::to_string)
        .with("content/_index.md", "---\ntitle: Home\n---\n")
        .with("content/assessments/maturity.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let loaded = crate::build::load(&project, &mut diagnostics).expect("it has a configuration");
    let found: Vec<_> = diagnostics.sorted().into_iter().map(|found| found.message).collect();
    assert!(found.is_empty(), "{found:?}");
    loaded.content.asked.assessments[AssessmentId::new(0)].clone()
}

/// The same numbers on every computer (splitmix64: <https://prng.di.unimi.it/splitmix64.c>).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// An answer, and how browsers write it.
    fn answer(&mut self, question: &Question) -> Option<(Answer, String)> {
        match (self.below(8), question.can_skip) {
            (0, _) => return None,
            (1, true) => return Some((Answer::Skipped, "x".into())),
            _ => {}
        }
        let count = u64::try_from(question.answers.len()).expect("a few");
        Some(match question.kind {
            QuestionKind::One => {
                let index = self.below(count);
                (Answer::Chosen(vec![usize::try_from(index).expect("a few")]), index.to_string())
            }
            QuestionKind::Several => {
                let chosen: Vec<usize> = (0..question.answers.len()).filter(|_| self.below(2) == 1).collect();
                let chosen = if chosen.is_empty() { vec![0] } else { chosen };
                let text = chosen.iter().map(ToString::to_string).collect();
                (Answer::Chosen(chosen), text)
            }
            QuestionKind::Number => {
                let thousandths = i64::try_from(self.below(120_000)).expect("few") - 40_000;
                #[allow(clippy::cast_precision_loss, reason = "few digits")]
                let number = thousandths as f64 / 1000.0;
                let text = format!("n{number}").replace('-', "m").replace('.', "p");
                (Answer::Number(number), text)
            }
            QuestionKind::Text => return None,
        })
    }
}

#[test]
fn scores_are_shares_of_what_was_answered() {
    let maturity = assessment(QUESTIONS);
    let chosen = |index: usize| Some(Answer::Chosen(vec![index]));
    let answers = [
        Some(Answer::Skipped),
        chosen(2),
        chosen(0),
        Some(Answer::Number(60.0)),
        Some(Answer::Number(10.0)),
        Some(Answer::Chosen(vec![0, 1])),
        chosen(1),
        None,
    ];
    // (3 × 1/2 + 1) / 4; (0 + 7 × 1/2) / 8; (1 + 3/7) / 2; and (3 × 62.5 + 43.75 + 2 × 71.43) / 6.
    let expected = Scores { dimensions: vec![Some(63), Some(44), Some(71)], overall: Some(62) };
    assert_eq!(scores(&maturity, &answers), expected);
    let nothing = vec![None; 8];
    assert_eq!(scores(&maturity, &nothing), Scores { dimensions: vec![None; 3], overall: None });
}

#[test]
#[allow(clippy::disallowed_methods, reason = "it runs the browser's code")]
fn browsers_come_to_the_same_scores() {
    let maturity = assessment(QUESTIONS);
    let project = testing::project(str::to_string).with("content/_index.md", "---\ntitle: Home\n---\n");
    let site = testing::linked(&project, "public").site;
    let config = data::config(&site, &maturity, crate::config::LangId::new(0));
    let mut numbers = Numbers(1);
    let (mut given, mut expected) = (Vec::new(), Vec::new());
    for _ in 0..1000 {
        let answers: Vec<_> = maturity.questions.iter().map(|one| numbers.answer(one)).collect();
        let own: Vec<Option<Answer>> = answers.iter().map(|each| Some(each.as_ref()?.0.clone())).collect();
        let found = scores(&maturity, &own);
        expected.push(serde_json::json!([found.dimensions, found.overall]));
        let by_print = maturity.questions.iter().zip(answers);
        let by_print = by_print.filter_map(|(one, answer)| Some((link::print(&maturity, one), answer?.1)));
        given.push(by_print.collect::<Vec<_>>());
    }
    let client = concat!(env!("CARGO_MANIFEST_DIR"), "/src/leads/assessments/client");
    let mut program = String::new();
    let _ = write!(
        program,
        "import {{ scores, isAnswer }} from '{client}/assessment-score.js';\n\
         import {{ decode, encode }} from '{client}/assessment-link.js';\n\
         const config = {config}, all = {given};\n\
         const of = (list) => {{\n\
           const answers = new Map(list), found = scores(config, answers);\n\
           for (const [print, answer] of list) {{\n\
             const question = config.questions.find((one) => one.print === print);\n\
             if (!isAnswer(question, answer)) throw new Error(`${{answer}} is no answer to ${{question.id}}`);\n\
           }}\n\
           const again = decode(config, `https://example.org/a/${{encode(config, answers)}}`);\n\
           if (again.problem || again.lost || JSON.stringify([...again.answers].sort()) !== JSON.stringify(list.sort())) throw new Error(`the link of ${{list}} lost something`);\n\
           return [found.dimensions, found.overall];\n\
         }};\n\
         console.log(JSON.stringify(all.map(of)));",
        given = serde_json::json!(given),
    );
    let node = Command::new("node")
        .args(["--input-type=module", "--eval", &program])
        .stderr(Stdio::inherit())
        .output();
    // Whoever has no node can build and test all else.
    let Ok(output) = node else { return };
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it answers");
    assert_eq!(found, serde_json::Value::Array(expected));
}

#[test]
fn a_changed_question_has_another_print() {
    let prints = |text: &str| -> Vec<String> {
        let maturity = assessment(text);
        maturity.questions.iter().map(|question| link::print(&maturity, question)).collect()
    };
    let before = prints(QUESTIONS);
    assert!(before.iter().all(|print| print.len() == 5), "{before:?}");
    let after = prints(&QUESTIONS.replace("all: 17", "all: 18").replace("text: One", "text: Another"));
    let changed: Vec<usize> = (0..before.len()).filter(|index| before[*index] != after[*index]).collect();
    assert_eq!(changed, [4]);
}

#[test]
fn levels_that_no_answers_come_to_are_known() {
    let two = "questions:\n  - {id: a, dimension: x, type: yes-no, text: A}\n  - {id: b, dimension: x, type: yes-no, text: B}\n";
    let text = format!(
        "title: T\nversion: '1'\nlevels: [{{id: a, from: 0, to: 100, title: A}}]\ndimensions: [{{id: x, title: X}}]\n{two}"
    );
    let found = score::reachable(&assessment(&text));
    let scores: Vec<usize> = (0..=100).filter(|score| found[*score]).collect();
    assert_eq!(scores, [0, 50, 100]);
}

#[test]
fn without_scripts_points_say_as_much_as_scores() {
    let maturity = assessment(&QUESTIONS.replace(", weight: 3}\n  - {id: l3", "}\n  - {id: l3"));
    // Three kinds of questions, two numbers, and two that have different points.
    let most: Vec<_> = maturity.dimensions.ids().map(|dimension| points_of(&maturity, dimension)).collect();
    assert_eq!(most, [None, None, None]);
    let alike =
        QUESTIONS.replace(", weight: 3}\n  - {id: l3", "}\n  - {id: l3").replace("type: yes-no, ", "");
    assert_eq!(points_of(&assessment(&alike), DimensionId::new(0)), Some(12));
}
