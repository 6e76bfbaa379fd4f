//! Answers, what they depend on, and jumps into other scripts.

use super::{read, script};
use crate::sales::calls::ids::{CallFieldId, StepId};

#[test]
fn a_label_ends_before_its_arrow_and_its_nodes_too() {
    let text = "## A (1s)\n\n> Hi.\n\n- Move *from A -> B* to **C → [A](#a)**\n- → [Bye](outcome:closed)\n- one\n  two → [A](#a)\n";
    let (linked, found) = read("outcomes: {closed: {}}\n", text);
    assert!(found.is_empty(), "{found:?}");
    let script = script(&linked);
    let labels: Vec<&str> =
        script.steps[StepId::new(0)].answers.iter().map(|answer| answer.text.as_str()).collect();
    assert_eq!(labels, ["Move from A -> B to C", "", "one two"]);
    let last = &script.steps[StepId::new(0)].answers[0].label;
    assert!(last.until.is_some_and(|(node, at)| last.nodes.contains(&node) && at == 1));
    assert!(script.steps[StepId::new(0)].answers[1].label.nodes.is_empty());
}

#[test]
fn answers_fill_fields_in_and_steps_want_to_know_them() {
    let front = "fields:
  - {id: authority, label: {en: Who decides, sv: Vem}, options: [{id: decides, label: Decides}, recommends], required: true}
  - {id: people, type: number}
  - {id: phone}
outcomes: {closed: {}}
";
    let text = "
## A (1s)

> Who decides, {{phone}}?

> [!NOTE]
> Ask [who](field:authority), and [how many](field:people). Again: [who](field:authority).

- Me → [B](#b) {authority=decides, people=1}
- \"My boss\" {authority = recommends}
  > And you?
  - [B](#b) {people=2} {authority=decides}
- {name} → [B](#b)
- {{phone}} → [B](#b)

## B

> Bye.

[Bye](outcome:closed) {people=2.5}
";
    let (linked, found) = read(front, text);
    assert_eq!(found, ["placeholder: {name}"]);
    let script = script(&linked);
    let fields: Vec<_> =
        script.fields.iter().map(|f| (f.label.as_str(), f.kind.name(), f.required)).collect();
    assert_eq!(
        fields,
        [("Who decides", "choice", true), ("People", "number", false), ("Phone", "tel", false)]
    );
    assert_eq!(script.fields[CallFieldId::new(0)].options[0], ("decides".into(), "Decides".into()));
    assert_eq!(
        (script.steps[StepId::new(0)].fields.as_slice(), script.steps[StepId::new(1)].fields.len()),
        ([0, 1].map(CallFieldId::new).as_slice(), 0)
    );
    let fills = |answer: &crate::sales::calls::script::Answer| {
        let fills = answer.marks.fills.iter().map(|fill| format!("{}={}", fill.field, fill.value));
        format!("{}: {}", answer.text, fills.collect::<Vec<_>>().join(" "))
    };
    let all: Vec<String> = script.steps.iter().flat_map(|step| &step.answers).map(fills).collect();
    assert_eq!(
        all,
        [
            "Me: authority=decides people=1",
            "“My boss”: authority=recommends",
            "{name}: ",
            "{{phone}}: ",
            "Bye: people=2.5",
            "B: authority=decides people=2",
        ]
    );
}

#[test]
fn braces_that_say_nothing_are_told() {
    let front = "fields: [{id: a}]\noutcomes: {closed: {}}\n";
    let (_, found) = read(
        front,
        "## A\n\n> Hi.\n\n- Bye → [Bye](outcome:closed) {a=1, b, =2}\n- No → [Bye](outcome:closed) {a}\n",
    );
    assert_eq!(found, ["invalid-value: b", "invalid-value: =2"]);
    let double = "fields: [{id: a}, {id: a}, {id: name}]\nplaceholders: {name: {}}\noutcomes: {closed: {}}\n";
    let (_, found) = read(double, "## A\n\n> Hi {{name}}.\n\n- Bye → [Bye](outcome:closed)\n");
    assert_eq!(found, ["duplicate-field: a", "duplicate-field: name"]);
}

#[test]
fn answers_depend_on_what_is_known_and_add_up() {
    let front = "fields: [{id: segment, options: [retail, public]}, {id: people, type: number}]
score: {label: {en: Fit, sv: Passar}, bands: {hot: {from: 30}, cold: {}, warm: {from: 10}}}
outcomes: {closed: {}}
";
    let text = "
## A (1s)

> Hi.

- If segment is retail → [B](#b) {+10}
- If people is at least 40 {+20, people=50}
  > Many!
  - If score is hot → [B](#b)
  - If people is 30 → [B](#b)
- Otherwise → [B](#b) {-5}

## B

> Bye.

- Otherwise → [Bye](outcome:closed) {+10}
- {−3} → [Bye](outcome:closed)
";
    let (linked, found) = read(front, text);
    assert_eq!(found, ["never-true: If people is 30 → [B](#b)"]);
    let script = script(&linked);
    let score = script.score.as_ref().unwrap();
    let bands: Vec<_> = score.bands.iter().map(|band| (band.id.as_str(), band.from)).collect();
    assert_eq!(bands, [("cold", None), ("warm", Some(10)), ("hot", Some(30))]);
    let drawn: Vec<String> = script
        .steps
        .iter()
        .flat_map(|step| &step.answers)
        .map(crate::sales::calls::script::Answer::map_label)
        .collect();
    assert_eq!(
        drawn,
        [
            "◇ If segment is retail (+10)",
            "◇ If people is at least 40 (+20)",
            "◇ Otherwise (-5)",
            "Otherwise (+10)",
            "{−3}",
            "◇ If score is hot",
            "◇ If people is 30",
        ]
    );
    let sums = crate::sales::calls::score::Sums::of_script(script);
    assert_eq!((sums.least, sums.most), (-5, 30));
    let all: Vec<i32> = sums.known_totals().into_iter().flatten().copied().collect();
    assert_eq!(all, [-5, 0, 5, 10, 20, 30]);
}

#[test]
fn ten_thousand_points_in_five_hundred_steps_are_added_up_at_once() {
    let mut text = String::new();
    for step in 0..500 {
        text.push_str(&format!("## Step {step}\n\n> Some words.\n\n- On → [Next](#step-{}) {{+{}}}\n- Bye → [Bye](outcome:closed)\n\n", (step + 1) % 500, 1 + step * 19));
    }
    let start = std::time::Instant::now();
    let (_, found) = read(
        "score: {bands: {cold: {}, warm: {from: 2000000}, hot: {from: 9000000}}}\noutcomes: {closed: {}}\n",
        &text,
    );
    assert_eq!(found, ["unreachable-band: hot"]);
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
