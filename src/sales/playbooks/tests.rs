//! Shapes of playbooks, and what uses what.

use super::shape::{PlaybookOutline, Step};
use crate::content::body::Body;
use crate::content::markdown;
use crate::content::markdown::Options;
use crate::pages::linked::Edition;
use crate::testing;

fn body(text: &str) -> Body {
    markdown::parse(text, 0, &Options::full("en"))
}

fn shape(text: &str) -> PlaybookOutline {
    PlaybookOutline::new(&body(text), "en")
}

fn keys(text: &str) -> Vec<String> {
    shape(text).tasks.into_iter().map(|task| task.key).collect()
}

#[test]
fn a_step_is_a_heading_of_the_second_level_with_its_number() {
    let text = "# Step 9: No\n\n## Step 1: Read *it* (5 min, salesperson)\n\n## Before\n\n### Step 2: No\n\n> ## Step 3: No\n\n## Step 2\n\n## Step 3: Look (and listen)\n\n## Step 4: Wait (2–3 days)\n";
    let shape = shape(text);
    let told = |step: &Step| {
        let time = step.time.as_ref().map(|time| (time.seconds, time.text.clone()));
        (step.number, step.label.clone(), step.title.clone(), time, step.owner.clone())
    };
    let found: Vec<_> = shape.steps.iter().map(told).collect();
    let five = Some((300, "5 min".to_string()));
    let days = Some((259_200, "2–3 days".to_string()));
    assert_eq!(
        found,
        [
            (1, "Step 1".into(), "Read it".into(), five, Some("salesperson".to_string())),
            (2, "Step 2".into(), String::new(), None, None),
            (3, "Step 3".into(), "Look (and listen)".into(), None, None),
            (4, "Step 4".into(), "Wait (2–3 days)".replace(" (2–3 days)", ""), days, None),
        ]
    );
    assert_eq!(shape.total(), None, "two of them don't say how long they take");
}

#[test]
fn the_total_is_there_where_every_step_says_how_long_it_takes() {
    assert_eq!(shape("## Step 1: A (5–10 min)\n\n## Step 2: B (1 h, x)\n").total(), Some(4_200));
    assert_eq!(shape("## Step 1: A (4000000000 s)\n\n## Step 2: B (4000000000 s)\n").total(), None);
    assert_eq!(shape("## Step 1: A (0 min)\n").total(), None);
    assert_eq!(shape("").total(), None);
}

#[test]
fn a_tick_stays_with_its_line_whatever_happens_around_it() {
    let before = keys("## Step 1: A\n\n- [ ] Read it.\n- [ ] Ring them.\n- [ ] Write it down.\n");
    let after = keys(
        "## Step 1: New\n\n- [ ] Something new\n- [x] ring *them*\n\n## Step 2: A\n\n- [ ] Read it, twice.\n- [ ] Write it down!\n",
    );
    assert_eq!(after[1], before[1], "moved, and written otherwise");
    assert_eq!(after[3], before[2], "in another step now");
    assert!(!before.contains(&after[0]) && !before.contains(&after[2]), "other words are another line");
    assert!(before.iter().all(|key| key.len() == 8 && key.bytes().all(|b| b.is_ascii_alphanumeric())));
}

#[test]
fn lines_with_the_same_words_have_keys_of_their_own() {
    let text =
        "## Step 1: A\n\n- [ ] Ring\n- [ ] Ring\n\n## Step 2: B\n\n- [ ] Ring.\n- [ ] 🙂\n- [ ] 🙃\n- [ ]\n";
    let mut found = keys(text);
    assert_eq!(found.len(), 6, "{found:?}");
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 6);
    // Without the first step, the line of the second one is the only one of its kind, and not the first of three.
    let alone = keys("## Step 2: B\n\n- [ ] Ring.\n");
    assert!(!keys(text)[..2].contains(&alone[0]));
}

#[test]
fn a_line_ends_where_its_item_has_another_block() {
    let text = "- [ ] one\n  - [ ] two\n- [ ] three\n\n  More.\n";
    let same = "- [ ] one\n- [ ] two\n- [ ] three\n";
    assert_eq!(keys(text), keys(same));
}

#[test]
fn tasks_are_counted_by_step() {
    let text = "- [ ] before\n\n## Step 1: A\n\n- [ ] a\n\n### For segment: B\n\n- [ ] b\n\n## Step 2: C\n\nText.\n\n## Key takeaways\n\n- [ ] d\n";
    let (body, shape) = (body(text), shape(text));
    let counts: Vec<usize> = shape.steps.iter().map(|step| shape.tasks_of(&body, step)).collect();
    assert_eq!((counts, shape.tasks.len()), (vec![2, 0], 4));
}

#[test]
fn a_segment_is_the_same_in_all_steps() {
    let text = "### For segment: Small firms\n\n## Step 1: A\n\n### For segment: small  firms!\n\n#### Segment: Åkeri\n\n### For segment: !?\n";
    let shape = shape(text);
    assert_eq!(shape.segments(), [("small-firms", "Small firms"), ("akeri", "Åkeri")]);
    assert_eq!(shape.parts.len(), 3);
}

const SCRIPT: &str = "---\ntitle: Opener\noutcomes: {meeting: {label: A meeting}, closed: {label: Closed}}\n---\n\n## Hello (5s)\n\n> Hello. See [this](../insights/a.md).\n\n\
- Yes → [Thank them](outcome:meeting)\n- No → [Part](outcome:closed)\n\n\
> [!NOTE]\n> Copy [A](send:a).\n\n## Objection: No\n\n### Reply 1: Ask\n\n> Why?\n\n- No → [Part](outcome:closed)\n- Yes → [Hello](#hello)\n";

const PLAYBOOK: &str = "---\ntitle: The way\n---\n\nSee [A](../insights/a.md).\n\n## Step 1: Read (5 min)\n\n\
[Once](../insights/a.md) and [again](../insights/a.md#b), or [all](../insights).\n\n## Step 2: Ring (10 min, you)\n\n[script:opener]\n";

fn linked(edition: &str) -> Edition {
    let project = testing::project(str::to_string)
        .with("content/insights/a.md", "---\ntitle: A\n---\n## B\n\nText.\n")
        .with("content/scripts/opener.md", SCRIPT)
        .with("content/playbooks/way.md", PLAYBOOK);
    testing::linked(&project, edition)
}

#[test]
fn colleagues_see_where_a_page_is_used() {
    let linked = linked("team");
    let page = |key: &str| linked.site.find(key, crate::config::LangId::new(0)).unwrap();
    let uses = |key: &str| -> Vec<(String, Vec<String>)> {
        let uses = linked.features.playbooks.uses(page(key)).iter();
        let title = |id| linked.site.page(id).title().to_string();
        uses.map(|one| (title(one.page), one.steps.iter().map(|step| step.title.clone()).collect())).collect()
    };
    assert_eq!(
        uses("insights/a"),
        [
            ("Opener".to_string(), vec!["Hello".to_string()]),
            ("The way".to_string(), vec!["Step 1: Read".to_string()]),
        ]
    );
    assert_eq!(uses("scripts/opener"), [("The way".to_string(), vec!["Step 2: Ring".to_string()])]);
    assert_eq!(uses("insights"), [], "a section is used by its pages alone");
    let article = testing::file(&linked, "insights/a/index.html").unwrap();
    assert!(article.contains("href=\"/playbooks/way/#step-1-read\""), "{article}");
    let playbook = testing::file(&linked, "playbooks/way/index.html").unwrap();
    assert!(playbook.contains("script-card") && playbook.contains("href=\"/scripts/opener/\""));
}

#[test]
fn readers_outside_learn_nothing_of_scripts() {
    let linked = linked("public");
    let playbook = testing::file(&linked, "playbooks/way/index.html").unwrap();
    let article = testing::file(&linked, "insights/a/index.html").unwrap();
    for text in [&playbook, &article] {
        assert!(!text.to_lowercase().contains("opener/") && !text.contains("script-card"), "{text}");
        assert!(!text.contains("used-by"));
    }
    // The step is there, and nothing in it says that something is missing.
    assert!(playbook.contains("<p class=\"step-facts\"><span class=\"time\">10 min</span><span class=\"owner\">you</span></p>\n</section>"));
}
