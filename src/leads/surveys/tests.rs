//! Codes, what answers come to, and that nobody can be found in it.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::code::{Record, find};
use super::people::{group_report, people};
use super::print::print;
use super::visits::tally;
use crate::content::survey::{Survey, SurveyId};
use crate::testing;

const FEEDBACK: &str = "\
kind: 360
title: Manager
version: 2026-11
scale: [{points: 1, label: A}, {points: 2, label: B}, {points: 3, label: C}, {points: 5, label: D}]
themes: [{id: x, title: X}, {id: y, title: Y}]
questions:
  - {id: a, theme: x, text: A}
  - {id: b, theme: x, text: B}
  - {id: c, theme: y, text: C}
  - {id: d, theme: y, text: D}
  - {id: e, text: E}
  - {id: more, type: text, text: More?}
  - {id: less, type: text, text: Less?}
";

const VISITS: &str = "\
kind: visit
title: Desk
version: 2026-11
places: [{id: oslo, title: Oslo}, {id: bergen, title: Bergen}]
scale: [{points: 0, label: A}, {points: 1, label: B}, {points: 4, label: C}]
questions:
  - {id: a, text: A, weight: 3}
  - {id: b, text: B}
  - {id: c, text: C, type: scale, weight: 2}
  - {id: more, type: text, text: More?}
";

const GROUPS: [&str; 5] = ["self", "manager", "peers", "reports", "customers"];

/// A survey, and the JSON that browsers get of it.
fn survey(text: &str) -> (Survey, String) {
    let project = testing::project(str::to_string)
        .with("content/_index.md", "---\ntitle: Home\n---\n")
        .with("content/surveys/one.yaml", text);
    let site = testing::linked(&project, "public").site;
    let survey = site.content.asked.surveys[SurveyId::new(0)].clone();
    let config = super::config(&site, &survey, crate::config::LangId::new(0));
    (survey, config)
}

/// The same numbers on every computer (splitmix64: <https://prng.di.unimi.it/splitmix64.c>).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).expect("it fits")
    }

    /// Somebody's answers, as a code holds them.
    fn record(&mut self, survey: &Survey, group: &str, person: &str) -> Value {
        let (mut given, mut texts) = (String::new(), serde_json::Map::new());
        for question in &survey.questions {
            if question.is_text() {
                if self.below(3) > 0 {
                    let text = format!("{} says \"{}\" – åäö\n{}", group, self.below(50), self.below(9));
                    texts.insert(print(question), json!(text));
                }
                continue;
            }
            match self.below(9) {
                0 => {}
                1 => drop(write!(given, "{}x", print(question))),
                _ => drop(write!(given, "{}{}", print(question), self.below(question.answers.len()))),
            }
        }
        let rater = format!("r{}", self.below(1 << 40));
        json!({"s": survey.id, "v": "2026-11", "g": group, "p": person, "r": rater, "n": 1, "d": "2026-11-30", "a": given, "t": texts})
    }
}

fn read(records: &[Value]) -> Vec<Record> {
    records.iter().map(|record| serde_json::from_value(record.clone()).expect("a record")).collect()
}

/// What node says; nothing where there is none: whoever has no node can build and test all else.
#[allow(clippy::disallowed_methods, reason = "a program for node may be too long for a command line")]
fn node(program: &str) -> Option<String> {
    let file =
        std::env::temp_dir().join(format!("ringback-surveys-{}-{}.mjs", std::process::id(), program.len()));
    std::fs::write(&file, program).expect("it can be written");
    let output = Command::new("node").arg(&file).stderr(Stdio::inherit()).output();
    std::fs::remove_file(&file).expect("it was written");
    Some(String::from_utf8(output.ok()?.stdout).expect("it is text"))
}

const CLIENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/leads/surveys/client");

/// Are both the same, but for what is lost in computing?
fn is_near(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            (a.as_f64().expect("a number") - b.as_f64().expect("a number")).abs() < 1e-9
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_near(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| is_near(a, b)))
        }
        (a, b) => a == b,
    }
}

#[test]
fn browsers_count_alike() {
    let (feedback, config) = survey(FEEDBACK);
    let (visits, of_visits) = survey(VISITS);
    let mut numbers = Numbers(7);
    let (mut given, mut expected) = (Vec::new(), Vec::new());
    for round in 0..1000 {
        let mut records = Vec::new();
        for person in 0..1 + round % 4 {
            for group in GROUPS {
                let count = numbers.below(if group == "self" { 3 } else { 5 });
                let name = format!("Kim {person}");
                records.extend((0..count).map(|_| numbers.record(&feedback, group, &name)));
            }
        }
        let found = people(&feedback, &read(&records));
        expected.push(json!([found, group_report(&feedback, &found)]));
        given.push(records);
    }
    let (mut of_places, mut tallies) = (Vec::new(), Vec::new());
    for round in 0..1000 {
        let records: Vec<Value> = (0..round % 12)
            .map(|_| {
                let place = ["oslo", "bergen", "elsewhere"][numbers.below(3)];
                let mut record = numbers.record(&visits, place, "");
                record["d"] = json!(["2026-11-30", "2026-12-01", ""][numbers.below(3)]);
                record
            })
            .collect();
        tallies.push(json!(tally(&visits, &read(&records))));
        of_places.push(records);
    }
    let program = format!(
        "import {{ people, together }} from '{CLIENT}/survey-people.js';\n\
         import {{ tally }} from '{CLIENT}/survey-visits.js';\n\
         const config = {config}, visits = {of_visits}, all = {}, places = {};\n\
         const of = (records) => {{ const found = people(config, records); return [found, together(config, found)]; }};\n\
         console.log(JSON.stringify([all.map(of), places.map((records) => tally(visits, records))]));",
        json!(given),
        json!(of_places),
    );
    let Some(found) = node(&program) else { return };
    let found: Value = serde_json::from_str(&found).expect("it answers");
    for (index, (found, expected)) in found[0].as_array().expect("a list").iter().zip(&expected).enumerate() {
        assert!(is_near(found, expected), "{index}: {found}\n{expected}");
    }
    assert!(is_near(&found[1], &json!(tallies)), "visits differ");
}

#[test]
fn codes_come_through_whatever_mail_programs_do() {
    let (feedback, _) = survey(FEEDBACK);
    let mut numbers = Numbers(11);
    let records: Vec<Value> = (0..200).map(|_| numbers.record(&feedback, "peers", "Kim Åberg")).collect();
    let program = format!(
        "import {{ encode, find }} from '{CLIENT}/survey-code.js';\n\
         const records = {}, codes = [];\n\
         for (const record of records) codes.push(await encode(record));\n\
         const mail = codes.map((code) => `Hello,\\r\\n> ${{code.replace(/.{{60}}/g, '$&\\r\\n> ')}}\\r\\nKim`).join('\\r\\n');\n\
         const again = await find(mail, 'one'), missing = await find(codes[0].slice(0, -9) + ' rbs1.x', 'one'), other = await find(codes[0], 'two');\n\
         if (JSON.stringify(again.found.map(({{ record }}) => record)) !== JSON.stringify(records)) throw new Error('something is lost');\n\
         console.log(JSON.stringify([codes, [again.broken, missing.broken, other.others]]));",
        json!(records),
    );
    let Some(found) = node(&program) else { return };
    let found: Value = serde_json::from_str(&found).expect("it answers");
    assert_eq!(found[1], json!([0, 2, 1]));
    let codes: Vec<String> = serde_json::from_value(found[0].clone()).expect("codes");
    let broken = |code: &str, every: usize, with: &str| {
        code.as_bytes()
            .chunks(every)
            .map(|part| std::str::from_utf8(part).expect("plain letters"))
            .collect::<Vec<_>>()
            .join(with)
    };
    let mail: String = codes
        .iter()
        .enumerate()
        .map(|(index, code)| match index % 4 {
            0 => format!("{code}\n"),
            1 => format!("> {}\n", broken(code, 70, "\r\n> ")),
            2 => format!("{}=\n", broken(code, 75, "=\n")),
            _ => format!("Here it is: {} – greetings, rbs1 is fun\n", broken(code, 5, "\u{200b} ")),
        })
        .collect();
    let twice = format!("{mail}{mail}");
    let mut expected = read(&records);
    expected.sort_by(|a, b| a.rater.cmp(&b.rater));
    let found = find(&twice, "one");
    assert_eq!((found.records, found.broken), (expected, 0));
    assert_eq!(find(&twice, "two").records.len(), 0);
    // A letter more, less or other is told.
    let code = &codes[0];
    for wrong in [code[..code.len() - 3].to_string(), code.replacen('A', "B", 1), code.replacen(".", ".x", 1)]
    {
        if wrong != *code {
            let found = find(&wrong, "one");
            assert_eq!((found.records.len(), found.broken), (0, 1), "{wrong}");
        }
    }
}

#[test]
fn sixty_questions_are_less_than_two_kilobytes() {
    let mut text = String::from(
        "kind: 360\ntitle: T\nversion: 2026-11\nscale: [{points: 1, label: A}, {points: 2, label: B}, {points: 3, label: C}, {points: 4, label: D}, {points: 5, label: E}]\nquestions:\n",
    );
    for number in 0..58 {
        let _ = writeln!(text, "  - {{id: question_{number}, text: Q}}");
    }
    text.push_str("  - {id: keep, type: text, text: K}\n  - {id: change, type: text, text: C}\n");
    let (sixty, _) = survey(&text);
    let mut numbers = Numbers(3);
    let mut record = numbers.record(&sixty, "peers", "Somebody with a long name");
    let given: String = sixty
        .questions
        .iter()
        .take(58)
        .map(|question| format!("{}{}", print(question), numbers.below(5)))
        .collect();
    record["a"] = json!(given);
    let words = "She asks the question that nobody had thought of, and waits for the answer. More of that in the meeting on Monday, please, and fewer slides. ";
    for question in sixty.questions.iter().skip(58) {
        record["t"][print(question)] = json!(words.repeat(3));
    }
    // The newest of a thousand codes, each with an older one.
    let program = format!(
        "import {{ encode, find }} from '{CLIENT}/survey-code.js';\n\
         const record = {record}, codes = [];\n\
         for (let at = 0; at < 1000; at++) codes.push(await encode({{ ...record, r: `r${{at >> 1}}`, n: at & 1, t: {{}} }}));\n\
         const begun = performance.now(), {{ found }} = await find(codes.join('\\n'), record.s);\n\
         console.log(JSON.stringify([(await encode(record)).length, found.length, found.every((one) => one.record.n === 1), performance.now() - begun]));",
    );
    let Some(found) = node(&program) else { return };
    let found: Value = serde_json::from_str(&found).expect("it answers");
    println!("{found}");
    assert!(found[0].as_u64().expect("a length") <= 2000, "{found}");
    assert_eq!((&found[1], &found[2]), (&json!(500), &json!(true)));
}

/// All that anybody gets to see of some answers, as one text.
fn everything(survey: &Survey, records: &[Value]) -> String {
    let found = people(survey, &read(records));
    json!([found, group_report(survey, &found)]).to_string()
}

#[test]
fn nobody_in_a_small_group_changes_anything_that_is_shown() {
    let (feedback, _) = survey(FEEDBACK);
    let mut numbers = Numbers(23);
    let mut tried = 0;
    for _ in 0..400 {
        let sizes: Vec<usize> = GROUPS[1..].iter().map(|_| numbers.below(5)).collect();
        let small: usize = sizes.iter().filter(|size| **size < 3).sum();
        let mut records = vec![numbers.record(&feedback, "self", "Kim")];
        for (group, size) in GROUPS[1..].iter().zip(&sizes) {
            records.extend((0..*size).map(|_| numbers.record(&feedback, group, "Kim")));
        }
        // Two more people, so that there is a report over all of them.
        for name in ["Robin", "Alex"] {
            records.push(numbers.record(&feedback, "self", name));
            records.extend((0..4).map(|_| numbers.record(&feedback, "peers", name)));
        }
        let before = everything(&feedback, &records);
        let of_small = |record: &Value| {
            let group = record["g"].as_str().expect("a group");
            let at = GROUPS.iter().position(|other| *other == group).expect("a known one");
            record["p"] == "Kim" && at > 0 && sizes[at - 1] < 3
        };
        let suspects: Vec<usize> = (0..records.len()).filter(|at| of_small(&records[*at])).collect();
        if small < 3 {
            // Not one of them is in any number: whatever they answer, also nothing at all, all is as before.
            for at in suspects {
                let mut other = records.clone();
                let (group, name) = (other[at]["g"].clone(), other[at]["p"].clone());
                other[at] =
                    numbers.record(&feedback, group.as_str().expect("text"), name.as_str().expect("text"));
                assert_eq!(everything(&feedback, &other), before);
                other.remove(at);
                assert_eq!(everything(&feedback, &other), before);
                tried += 1;
            }
        } else if let [first, .., last] = suspects[..] {
            // They are one set: who of them said what makes no difference.
            let mut other = records.clone();
            for key in ["a", "t"] {
                let (a, b) = (records[first][key].clone(), records[last][key].clone());
                other[first][key] = b;
                other[last][key] = a;
            }
            assert!(is_near(
                &serde_json::from_str(&everything(&feedback, &other)).expect("JSON"),
                &serde_json::from_str(&before).expect("JSON")
            ));
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn what_fewer_than_three_said_to_a_question_is_in_no_number() {
    let (feedback, _) = survey(FEEDBACK);
    let prints: Vec<String> = feedback.questions.iter().map(print).collect();
    let record = |group: &str, rater: &str, answers: &[(usize, char)], text: &str| {
        let given: String = answers.iter().map(|(at, answer)| format!("{}{answer}", prints[*at])).collect();
        json!({"s": "one", "v": "2026-11", "g": group, "p": "Kim", "r": rater, "n": 1, "d": "", "a": given, "t": {prints[5].clone(): text}})
    };
    // Three colleagues, of whom one doesn't answer the second question; three team members; one manager.
    let with = |manager: char, third: char| {
        let records = [
            record("self", "s", &[(0, '3'), (1, '3')], ""),
            record("peers", "p1", &[(0, '0'), (1, '1')], "One"),
            record("peers", "p2", &[(0, '1'), (1, '0')], "Two"),
            record("peers", "p3", &[(0, '2'), (1, third)], ""),
            record("reports", "t1", &[(0, '0'), (1, '0')], ""),
            record("reports", "t2", &[(0, '0'), (1, '2')], ""),
            record("reports", "t3", &[(0, '1'), (1, '2')], ""),
            record("manager", "m", &[(0, manager), (1, manager)], "Known style"),
        ];
        people(&feedback, &read(&records)).remove(0)
    };
    let found = with('0', 'x');
    assert_eq!(found, with('3', 'x'));
    assert_eq!(found.withheld, [1, 4]);
    let [first, second] = &found.questions[..2] else { panic!("two questions") };
    assert_eq!(first.cells.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true]);
    // The colleagues' second answers are in neither their own cell, nor in that of all, nor in the theme.
    assert_eq!(second.cells[0], None);
    assert_eq!(second.others, second.cells[1]);
    let theme = found.themes[0].cells[0].expect("it has one question").mean;
    assert!((theme - first.cells[0].expect("three answers").mean).abs() < 1e-9);
    // Two wrote something: none of it is shown, and the manager's neither.
    assert_eq!(found.comments[0].others, Vec::<String>::new());
    assert_eq!(found.questions[0].view, Some(super::people::BlindSpot::Blind));
    // Two people are no group that can be reported on.
    assert_eq!(group_report(&feedback, &[found.clone(), found.clone()]), None);
    assert!(group_report(&feedback, &[found.clone(), found.clone(), found]).is_some());
}

#[test]
fn visits_are_scored_by_weight() {
    let (visits, _) = survey(VISITS);
    let prints: Vec<String> = visits.questions.iter().map(print).collect();
    let record = |rater: &str, place: &str, date: &str, answers: [char; 3]| {
        let given: String =
            prints.iter().zip(answers).map(|(print, answer)| format!("{print}{answer}")).collect();
        json!({"s": "one", "v": "2026-11", "g": place, "p": "", "r": rater, "n": 1, "d": date, "a": given, "t": {}})
    };
    // Yes is the first answer. 3 of 3, 0 of 1, a quarter of 2: 3.5 of 6; without the last: 3 of 4.
    let records = [
        record("a", "oslo", "2026-11-30", ['0', '1', '1']),
        record("b", "oslo", "2026-11-02", ['0', '1', 'x']),
        record("c", "bergen", "2026-12-01", ['1', '1', '0']),
    ];
    let found = tally(&visits, &read(&records));
    let rows: Vec<_> =
        found.rows.iter().map(|row| (&*row.place, &*row.month, row.visits, row.score)).collect();
    assert_eq!(rows, [("oslo", "2026-11", 2, Some(66.5)), ("bergen", "2026-12", 1, Some(0.0))]);
}
