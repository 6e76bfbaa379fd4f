//! Scripts, read from pages.

use super::script::{Block, CallScript, Next, Role};
use crate::diag::Diagnostics;
use crate::discover::MemoryProject;
use crate::model::Unpublished;
use crate::parse::body::Alert;
use crate::pipeline::{self, Options};
use crate::render::Linked;
use crate::testing;

/// A script with this text, and what was said of it, each as `code: words marked`.
fn read(front: &str, text: &str) -> (Linked, Vec<String>) {
    let file = format!("---\ntitle: Opener\n{front}---\n{text}");
    read_all(&[("content/scripts/opener.md", &file)])
}

fn read_all(files: &[(&str, &str)]) -> (Linked, Vec<String>) {
    let mut project = testing::project(|config| config.to_string());
    for (path, text) in files {
        project = project.with(*path, *text);
    }
    let (linked, found) = link(&project);
    let marked = |found: &crate::diag::Diagnostic| {
        let place = found.place.clone().unwrap();
        let text = files.iter().find(|(path, _)| *path == place.file).map_or("", |(_, text)| text);
        let words = place.span.map_or("", |span| &text[span.range()]);
        format!("{}: {words}", found.code)
    };
    (linked, found.sorted().iter().map(marked).collect())
}

fn link(project: &MemoryProject) -> (Linked, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let loaded = pipeline::load(project, &mut diagnostics).unwrap();
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let edition = loaded.content.config.editions.iter().find(|found| found.name == "team").unwrap();
    let linked = pipeline::link(project, &loaded, edition, &options, &mut diagnostics);
    (linked, diagnostics)
}

fn script(linked: &Linked) -> &CallScript {
    linked.features.scripts.all().next().unwrap()
}

/// Each step as `id | title | what it is | seconds`, each answer below it as `label -> where`.
fn outline(script: &CallScript) -> Vec<String> {
    let mut lines = Vec::new();
    for step in &script.steps {
        let role = match step.role {
            Role::Step => "step".to_string(),
            Role::Objection(index) => format!("objection {index}"),
            Role::Reply { objection, number } => format!("reply {number} of {objection}"),
            Role::Branch { depth, .. } => format!("branch {depth}"),
        };
        let written = if step.time.is_written { "" } else { " counted" };
        lines.push(format!("{} | {} | {role} | {}{written}", step.id, step.title, step.time.seconds));
        for answer in &step.answers {
            lines.push(format!("  {} -> {}", answer.text, target(script, &answer.next)));
        }
        for jump in &step.jumps {
            lines.push(format!("  also {}", target(script, jump)));
        }
    }
    lines
}

fn target(script: &CallScript, next: &Next) -> String {
    match next {
        Next::Step(step) | Next::Branch(step) => format!("#{}", script.steps[*step].id),
        Next::Page { page, fragment } => format!("page {} {fragment:?}", page.index()),
        Next::Outcome { id, text } => format!("{id} ({text})"),
        Next::Elsewhere => "elsewhere".into(),
        Next::Nowhere => "nowhere".into(),
    }
}

const OPENER: &str = "
Read this first.

## Opener {{mood}} (15s)

> Good morning {{first_name}}, *{{rep}}* here.
> Do you have a minute?

> [!NOTE]
> Smile. See [their objection](#objection-too-busy).

- \"Go ahead\" → [Discover](#discover)
- \"No time\" -> [Too busy](#objection-too-busy)
- They ask *who* you are
  > It is {{rep}}.
  - \"Oh\" → [Discover](#discover)
  - Silence
    > Hello?
    - They hang up → [Try again](outcome:callback)
    - \"Yes?\" → [Discover](#discover)
- [Goodbye](outcome:closed)

## Discover

> What happened before you went looking for that?

→ [Too busy](#reply-1-check-first)

## Objection: Too busy

### Reply 1: Check first (8 s)

> Is it worth a short look?

- If yes → [Discover](#discover)
- If no → [Part](outcome:closed)
  > Fair.

### Dig deeper

> Why?

- \"Because\" → [Part](outcome:closed)
";

const FRONT: &str = "budget: 60
before: [Who they are]
blanks:
  mood: {label: {en: The mood, sv: Stämningen}}
  first_name: {label: First name, example: Kim}
  rep: {options: [Anna, Ola], default: Anna}
objections: {objection-too-busy: {heard: [I am swamped]}}
outcomes:
  callback: {label: Ring again, ask: [When?]}
  closed: {}
";

#[test]
fn a_text_becomes_steps_answers_and_branches() {
    let (linked, found) = read(FRONT, OPENER);
    assert!(found.is_empty(), "{found:?}");
    let script = script(&linked);
    assert_eq!(
        outline(script),
        [
            "opener-mood | Opener {{mood}} | step | 15",
            "  “Go ahead” -> #discover",
            "  “No time” -> #objection-too-busy",
            "  They ask who you are -> #opener-mood--3",
            "  Goodbye -> closed (Goodbye)",
            "  also #objection-too-busy",
            "discover | Discover | step | 4 counted",
            "   -> #reply-1-check-first",
            "objection-too-busy | Too busy | objection 0 | 0 counted",
            "reply-1-check-first | Check first | reply 1 of 0 | 8",
            "  If yes -> #discover",
            "  If no -> #reply-1-check-first--2",
            "dig-deeper | Dig deeper | reply 2 of 0 | 1 counted",
            "  “Because” -> closed (Part)",
            "opener-mood--3 | They ask who you are | branch 1 | 2 counted",
            "  “Oh” -> #discover",
            "  Silence -> #opener-mood--3-2",
            "reply-1-check-first--2 | If no | branch 1 | 1 counted",
            "  Part -> closed (Part)",
            "opener-mood--3-2 | Silence | branch 2 | 1 counted",
            "  They hang up -> callback (Try again)",
            "  “Yes?” -> #discover",
        ]
    );
    assert_eq!(script.start(), Some(0));
    let body = linked.site.page(script.page).entry.public.body();
    assert_eq!(body.plain_text_of(body.descendants(script.intro[0])), "Read this first.");
    assert!(matches!(script.steps[0].blocks[..], [Block::Say(_), Block::Note(_, Alert::Note)]));
    let objection = &script.objections[0];
    assert_eq!((objection.heard[0].as_str(), objection.replies.len()), ("I am swamped", 2));
    let names: Vec<&str> = script.uses.iter().map(|used| used.name.as_str()).collect();
    assert_eq!(names, ["mood", "first_name", "rep", "rep"]);
    let ends = script.outcomes.iter().map(|outcome| (outcome.label.as_str(), outcome.callback));
    assert_eq!(ends.collect::<Vec<_>>(), [("Ring again", true), ("closed", false)]);
    assert_eq!((script.blanks[0].label.as_str(), script.blanks[2].label.as_str()), ("The mood", "rep"));
}

#[test]
fn a_label_ends_before_its_arrow_and_its_nodes_too() {
    let text = "## A (1s)\n\n> Hi.\n\n- Move *from A -> B* to **C → [A](#a)**\n- → [Bye](outcome:closed)\n- one\n  two → [A](#a)\n";
    let (linked, found) = read("outcomes: {closed: {}}\n", text);
    assert!(found.is_empty(), "{found:?}");
    let script = script(&linked);
    let labels: Vec<&str> = script.steps[0].answers.iter().map(|answer| answer.text.as_str()).collect();
    assert_eq!(labels, ["Move from A -> B to C", "", "one two"]);
    let last = &script.steps[0].answers[0].label;
    assert!(last.until.is_some_and(|(node, at)| last.nodes.contains(&node) && at == 1));
    assert!(script.steps[0].answers[1].label.nodes.is_empty());
}

#[test]
fn any_direction_and_any_sign_can_be_a_step() {
    let text = "## שלום {{שם}} (5s)\n\n> שלום {{שם}} 🙂, مرحبا\n\n- \"כן\" → [👍](#section)\n- \"לא\" → [סוף](outcome:closed)\n\n## 👍\n\n> 🙂🙂\n\n- 🎉 → [סוף](outcome:closed)\n";
    let (linked, found) = read("blanks: {שם: {label: שם}}\noutcomes: {closed: {}}\n", text);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        outline(script(&linked)),
        [
            "שלום-שם | שלום {{שם}} | step | 5",
            "  “כן” -> #section",
            "  “לא” -> closed (סוף)",
            "section | 👍 | step | 0 counted",
            "  🎉 -> closed (סוף)",
        ]
    );
}

#[test]
fn nothing_is_too_deep_to_be_read() {
    let deep = format!("## A\n\n> Hi.\n\n{}x\n", "- ".repeat(5_000));
    let (linked, found) = read("", &deep);
    assert!(found.iter().any(|found| found.starts_with("deep-branch")), "{found:?}");
    assert!(script(&linked).steps.len() < 30);
}
