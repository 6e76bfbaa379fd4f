//! Scripts, read from pages.

mod branches;

use super::script::{Block, CallScript, Next, ObjectionId, Role, StepId};
use crate::config::Promise;
use crate::content::blocks::CalloutKind;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::pages::linked::Edition;
use crate::project::MemoryProject;
use crate::site::Unpublished;
use crate::{build, testing};

/// A script with this text, and what was said of it, each as `code: words marked`.
fn read(front: &str, text: &str) -> (Edition, Vec<String>) {
    let file = format!("---\ntitle: Opener\n{front}---\n{text}");
    read_all(&[("content/scripts/opener.md", &file)])
}

fn read_all(files: &[(&str, &str)]) -> (Edition, Vec<String>) {
    let mut project = testing::project(|config| config.to_string());
    for (path, text) in files {
        project = project.with(path, *text);
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

fn link(project: &MemoryProject) -> (Edition, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let loaded = build::load(project, &mut diagnostics).unwrap();
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let edition = loaded.content.config.editions.iter().find(|found| found.name == "team").unwrap();
    let linked = crate::edition::linking::link(project, &loaded, edition, &options, &mut diagnostics);
    (linked, diagnostics)
}

fn script(linked: &Edition) -> &CallScript {
    linked.features.scripts.all().next().unwrap()
}

/// Each step as `id | title | what it is | seconds`, each answer below it as `label -> where`.
fn outline(script: &CallScript) -> Vec<String> {
    let mut lines = Vec::new();
    for step in &script.steps {
        let role = match step.role {
            Role::Step => "step".to_string(),
            Role::Objection(id) => format!("objection {}", id.index()),
            Role::Reply { objection, number } => format!("reply {number} of {}", objection.index()),
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
        Next::Return => "back".into(),
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
preparation: [Who they are]
placeholders:
  mood: {label: {en: The mood, sv: Stämningen}}
  first_name: {label: First name, example: Kim}
  rep: {options: [Anna, Ola], default: Anna}
objections: {objection-too-busy: {phrases: [I am swamped]}}
outcomes:
  callback: {label: Ring again, questions: [When?]}
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
    assert_eq!(script.start(), Some(StepId::new(0)));
    let body = linked.site.page(script.page).body();
    assert_eq!(body.plain_text_of(body.descendants(script.intro[0])), "Read this first.");
    assert!(matches!(
        script.steps[StepId::new(0)].blocks[..],
        [Block::Say(_), Block::Note(_, CalloutKind::Note)]
    ));
    let objection = &script.objections[ObjectionId::new(0)];
    assert_eq!((objection.phrases[0].as_str(), objection.replies.len()), ("I am swamped", 2));
    let names: Vec<&str> = script.uses.iter().map(|used| used.name.as_str()).collect();
    assert_eq!(names, ["mood", "first_name", "rep", "rep"]);
    let ends = script.outcomes.iter().map(|outcome| (outcome.label.as_str(), outcome.promise));
    assert_eq!(ends.collect::<Vec<_>>(), [("Ring again", Some(Promise::Call)), ("closed", None)]);
    assert_eq!(
        (script.placeholders[0].label.as_str(), script.placeholders[2].label.as_str()),
        ("The mood", "rep")
    );
}

#[test]
fn a_step_of_another_script_comes_back() {
    let opener = "---\ntitle: Opener\noutcomes: {closed: {}}\n---\n## A (1s)\n\n> Hi.\n\n- \"How?\" → [Budget](budget.md#ask) {return}\n- Bye → [Bye](outcome:closed)\n";
    let budget = "---\ntitle: Budget\noutcomes: {closed: {}}\n---\n## Begin (1s)\n\n> Hi.\n\n- Bye → [Bye](outcome:closed)\n\n## Ask\n\n> How much?\n\n- They say it → [Go on](return:)\n\n";
    let both = |opener: &str, budget: &str| {
        read_all(&[("content/scripts/opener.md", opener), ("content/scripts/budget.md", budget)])
    };
    let (linked, found) = both(opener, budget);
    assert!(found.is_empty(), "{found:?}");
    let script = linked
        .features
        .scripts
        .all()
        .find(|script| script.start().is_some_and(|start| script.steps[start].title == "A"))
        .unwrap();
    assert_eq!(script.steps[StepId::new(0)].answers[0].map_label(), "“How?” ↩");
    assert!(
        super::mermaid(&linked.site, script).contains("“How?” ↩"),
        "{}",
        super::mermaid(&linked.site, script)
    );
    // Without an end but the way back, the call goes round in a circle.
    let (_, found) = both(&opener.replace("- Bye → [Bye](outcome:closed)\n", ""), budget);
    assert_eq!(found, ["endless-loop: ## Ask", "unused-outcome: closed"]);
    // Nobody comes there to go back.
    let (_, found) = both(&opener.replace(" {return}", ""), budget);
    assert_eq!(found, ["nowhere-to-return: They say it → [Go on](return:)"]);
}

#[test]
fn any_direction_and_any_sign_can_be_a_step() {
    let text = "## שלום {{שם}} (5s)\n\n> שלום {{שם}} 🙂, مرحبا\n\n- \"כן\" → [👍](#section)\n- \"לא\" → [סוף](outcome:closed)\n\n## 👍\n\n> 🙂🙂\n\n- 🎉 → [סוף](outcome:closed)\n";
    let (linked, found) = read("placeholders: {שם: {label: שם}}\noutcomes: {closed: {}}\n", text);
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

#[test]
fn calls_are_as_long_as_the_quickest_way_through_each_step() {
    let text = "
## A (10s)

> Hi.

- One → [B](#b)
- Two → [C](#c)
- Three → [Bye](outcome:closed)

## B (20s)

> Hi.

- Back → [A](#a)
- On → [C](#c)

## C (30s)

> Hi.

- Back → [B](#b)
- On
  > One two three four five.
  - Bye → [Bye](outcome:won)
";
    let (linked, found) = read("outcomes: {closed: {}, won: {}}\n", text);
    assert!(found.is_empty(), "{found:?}");
    let script = script(&linked);
    let ways = script.quickest();
    let seconds = |id: &str| ways[id].seconds;
    assert_eq!((seconds("closed"), seconds("won")), (10, 42));
    assert_eq!(ways["won"].steps, [0, 2, 3].map(StepId::new));
    // By way of B it is farther to the end than by way of C, although B itself is nearer.
    let (step, way) = script.longest().unwrap();
    assert_eq!(
        (step, way.seconds, way.steps.as_slice()),
        (StepId::new(2), 42, [0, 2, 3].map(StepId::new).as_slice())
    );
}

#[test]
fn a_step_may_be_reached_from_another_script_and_from_any_page() {
    let head = "---\ntitle: A\noutcomes: {closed: {}}\n---\n";
    let end = "- Bye → [Bye](outcome:closed)\n";
    let opener = format!("{head}\n## A\n\n> Hi.\n\n- On → [Two](b.md#two)\n{end}");
    let other = format!(
        "{head}\n## One\n\n> Hi.\n\n{end}\n## Two\n\n> Hi.\n\n{end}\n## Three\n\n> Hi.\n\n{end}\n## Four\n\n> Hi.\n\n{end}"
    );
    let playbook = "---\ntitle: P\naudience: team\n---\n[Three](../scripts/b.md#three)\n";
    let (_, found) = read_all(&[
        ("content/scripts/a.md", &opener),
        ("content/scripts/b.md", &other),
        ("content/playbooks/p.md", playbook),
    ]);
    assert_eq!(found, ["unreachable-step: ## Four"]);
}

#[test]
fn a_broken_jump_makes_no_other_report() {
    let text = "## A\n\n> Hi.\n\n- On → [B](#bb)\n- Bye → [Bye](outcome:closed)\n\n## B\n\n> Hi.\n\n- Bye → [Bye](outcome:closed)\n";
    let (_, found) = read("outcomes: {closed: {}}\n", text);
    assert_eq!(found, ["broken-fragment: #bb"]);
}

#[test]
fn five_hundred_steps_in_circles_are_read_at_once() {
    let mut text = String::new();
    for step in 0..500 {
        let (next, back) = ((step + 1) % 500, step / 2);
        text.push_str(&format!("## Step {step}\n\n> Some words to say here.\n\n- On → [Next](#step-{next})\n- Back → [Back](#step-{back})\n\n"));
    }
    let start = std::time::Instant::now();
    let (linked, found) = read("", &text);
    assert_eq!(found, ["endless-loop: ## Step 0"]);
    assert_eq!(script(&linked).steps.len(), 500);
    // Tests run unoptimized, on busy machines; whatever grows with the ways through a script never ends.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn objections_are_on_one_page_and_in_search_for_the_team_alone() {
    let mut project = testing::project(|config| config.to_string());
    for (path, text) in [
        ("content/scripts/opener.md", format!("---\ntitle: Opener\n{FRONT}---\n{OPENER}")),
        (
            "content/scripts/pris.sv.md",
            "---\ntitle: Pris\noutcomes: {slut: {}}\n---\n## Start\n\n> Hej.\n\n- Hej → [Slut](outcome:slut)\n\n## Invändning: För dyrt\n\n### Svar 1: Fråga\n\n> Jämfört med vad?\n\n- Inget → [Slut](outcome:slut)\n".into(),
        ),
        ("content/_index.md", "---\ntitle: Home\n---\n".into()),
        ("content/_index.sv.md", "---\ntitle: Hem\n---\n".into()),
    ] {
        project = project.with(path, text);
    }
    let team = testing::linked(&project, "team");
    let page = testing::file(&team, "objections/index.html").unwrap();
    for wanted in [
        "href=\"/scripts/opener/#objection-too-busy\"",
        "<q>I am swamped</q>",
        "Check first",
        "Is it worth a short look?",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    let place = |page: &str, title: &str| page.find(&format!(">{title}</a></h3>")).unwrap();
    assert!(place(&page, "Too busy") < place(&page, "För dyrt"));
    let page = testing::file(&team, "sv/objections/index.html").unwrap();
    assert!(place(&page, "För dyrt") < place(&page, "Too busy"));
    let lines = crate::publishing::search::json_lines(&team.site, &team.features.search);
    let found = lines.lines().find(|line| line.contains("I am swamped")).unwrap();
    for wanted in ["#objection-too-busy\"", "\"heading\":\"Too busy\"", "Is it worth a short look?"] {
        assert!(found.contains(wanted), "{wanted}: {found}");
    }
    assert!(lines.contains("[The mood]") && !lines.contains("{{mood}}"), "{lines}");
    let public = testing::linked(&project, "public");
    assert_eq!(testing::file(&public, "objections/index.html"), None);
    let lines = crate::publishing::search::json_lines(&public.site, &public.features.search);
    assert!(!lines.contains("swamped"), "{lines}");
}
