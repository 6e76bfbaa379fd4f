//! Assessments, calculators and surveys are content like all other: they are listed, found, reported, and a next step.

use crate::support::Site;

const ASSESSMENT: &str = "title: {en: How ripe are you?, sv: Hur mogna är ni?}
version: 2026-11
result: open
dimensions: [{id: leads, title: {en: Orchards, sv: Fruktträd}, talk: Ask about pruning.}]
levels:
  - {id: low, from: 0, to: 49, title: {en: Low, sv: Låg}, text: {en: A start., sv: En början.}}
  - {id: high, from: 50, to: 100, title: {en: High, sv: Hög}, text: {en: Good., sv: Bra.}}
questions:
  - {id: a, dimension: leads, type: yes-no, text: {en: Do you own a quince?, sv: Har ni ett kvittenträd?}}
  - {id: b, dimension: leads, type: yes-no, text: {en: Do you own a medlar?, sv: Har ni en mispel?}}
";

const CALCULATOR: &str = "title: {en: What it costs, sv: Vad det kostar}
inputs: [{id: pears, label: {en: Pears a day, sv: Päron om dagen}, default: 4, min: 1, max: 50}]
results: [{id: cost, label: {en: Marmalade, sv: Marmelad}, words: {en: Pears., sv: Päron.}, formula: pears}]
";

const SURVEY: &str = "kind: visit
title: {en: The stall, sv: Ståndet}
version: 2026-11
places: [{id: oslo, title: Oslo}]
questions:
  - {id: a, text: {en: Was there a wheelbarrow?, sv: Fanns det en skottkärra?}}
  - {id: b, text: {en: Was it swept?, sv: Var det sopat?}}
";

fn site() -> Site {
    let mut site = Site::empty()
        .with(
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\nchecks: off\n\
             languages: {en: {label: English}, sv: {label: Svenska}}\n\
             editions:\n  public: {output: public, audiences: [public]}\n  team: {output: team, audiences: [public, team]}\n\
             journey:\n  model: inbound\n  calls_to_action:\n\
             \x20   attract: {page: assessments/ripe}\n    convert: {page: calculators/jam}\n    close: {page: surveys/stall}\n",
        )
        .with("content/assessments/ripe.yaml", ASSESSMENT)
        .with("content/calculators/jam.yaml", CALCULATOR)
        .with("content/surveys/stall.yaml", SURVEY);
    for (folder, name, kind, stage) in [
        ("assessments", "ripe", "assessment", "attract"),
        ("calculators", "jam", "calculator", "convert"),
        ("surveys", "stall", "survey", "close"),
    ] {
        for (end, language) in [("", "English"), (".sv", "Swedish")] {
            let page =
                format!("---\ntitle: A page about the {name} in {language}\n---\nText.\n\n[{kind}:{name}]\n");
            site = site.with(&format!("content/{folder}/{name}{end}.md"), page);
            let article = format!("---\ntitle: Before it\nstage: {stage}\n---\nText.\n");
            site = site.with(&format!("content/insights/{stage}{end}.md"), article);
        }
    }
    site
}

#[test]
fn what_asks_visitors_is_content() {
    let site = site();
    site.build();
    for (folder, name, stage, words) in [
        ("assessments", "ripe", "attract", [("en", "quince"), ("sv", "kvittenträd")]),
        ("calculators", "jam", "convert", [("en", "Marmalade"), ("sv", "Marmelad")]),
        ("surveys", "stall", "close", [("en", "wheelbarrow"), ("sv", "skottkärra")]),
    ] {
        for (language, word) in words {
            let start = if language == "en" { "" } else { "sv/" };
            let address = format!("/{start}{folder}/{name}/");
            let page = |path: &str| site.read(&format!("public/{start}{path}index.html"));
            assert!(
                page(&format!("{folder}/")).contains(&format!("href=\"{address}\"")),
                "listed: {address}"
            );
            let step = format!("href=\"{address}\" data-cta=\"next-step\"");
            assert!(page(&format!("insights/{stage}/")).contains(&step), "a next step: {address}");
            let export = site.run(&["export-search"]).stdout;
            let found = export.lines().find(|line| line.contains(word)).expect("it is found by what it asks");
            assert!(found.contains(&format!("\"url\":\"{address}\"")), "{word}: {found}");
        }
    }
}

#[test]
fn search_has_nothing_that_is_for_the_team_or_behind_a_gate() {
    let site = site().with(
        "content/forms/crm.yaml",
        "title: Send\nwebhook: crm\nfields: [{id: email, type: email, required: true}]\n",
    );
    let config = site.read("ringback.yaml");
    site.write("ringback.yaml", format!("{config}webhooks: {{crm: {{url: \"https://crm.example/\"}}}}\n"));
    let export = |edition: &str| {
        let run = site.run(&["export-search", "--edition", edition]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(export("public").contains("quince"));
    assert!(!export("public").contains("pruning"), "what the team talks about");
    for end in ["", ".sv"] {
        let page =
            "---\ntitle: Behind\ngate: {form: crm}\n---\nOpen.\n\n<!-- gate -->\n\n[assessment:ripe]\n";
        site.write(&format!("content/assessments/ripe{end}.md"), page);
    }
    let found = export("public");
    assert!(found.contains("\"Behind\"") && !found.contains("quince"), "{found}");
}
