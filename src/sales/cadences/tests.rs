//! Plans: what their headings and texts come to.

use super::*;
use crate::testing;

const SCRIPT: &str = "---\ntitle: S\nplaceholders: {topic: {label: Subject}}\noutcomes: {end: {label: End}}\n---\n\n## A (5s)\n\n> About {{topic}}.\n\n- \"Yes\" → [End](outcome:end)\n- \"No\" → [End](outcome:end)\n";
const MAIL: &str = "---\ntitle: M\nsubject: \"{{topic}}\"\n---\n\nHello {{first_name}}.\n";
const PLAN: &str = "---\ntitle: P\ncount: calendar\n---\n\nIntro.\n\n## Day 0: Call (morning)\n\n[S](../scripts/s.md)\n\nBe **brief**, {{company}}.\n\n## Day 1: Email {#first}\n\nSend [M](../mails/m.md) now.\n\n## Day 2: LinkedIn (14:30)\n\nNo pitch.\n\n> Hello {{first_name}}.\n>\n> See [home](../_index.md).\n\n## Day 2: Call (15:00)\n\nAsk *why*.\n\n## Afterwards\n\nRest.\n";

#[test]
fn a_plan_is_its_headings_with_what_is_below_them() {
    let linked = testing::linked(
        &testing::project(|config| config.to_string())
            .with("content/scripts/s.md", SCRIPT)
            .with("content/mails/m.md", MAIL)
            .with("content/cadences/p.md", PLAN),
        "team",
    );
    let site = &linked.site;
    let cadence = linked.features.cadences.all().next().expect("a plan");
    let told = |touch: &Touch| {
        let uses = touch.script.or(touch.mail).map(|page| site.page(page).title().to_string());
        (touch.id.clone(), touch.day, touch.time, uses, touch.message.clone(), touch.notes.clone())
    };
    let home = site.public_address("/");
    let s = |text: &str| text.to_string();
    assert_eq!(
        cadence.touches.iter().map(told).collect::<Vec<_>>(),
        [
            (s("call-1"), 0, Some((9, 0)), Some(s("S")), s(""), s("Be brief, {{company}}.")),
            (
                s("first"),
                1,
                None,
                Some(s("M")),
                s(""),
                format!("Send M: {} now.", site.permalink("/mails/m/"))
            ),
            (
                s("linkedin-1"),
                2,
                Some((14, 30)),
                None,
                format!("Hello {{{{first_name}}}}.\n\nSee home: {home}."),
                s("No pitch.")
            ),
            (s("call-2"), 2, Some((15, 0)), None, s(""), s("Ask why.")),
        ]
    );
    let names: Vec<&str> = cadence.placeholders.iter().map(|each| each.name.as_str()).collect();
    assert_eq!(names, ["company", "first_name", "topic"]);
    let page = testing::file(&linked, "today/index.html").expect("the page of today");
    assert!(page.contains("\"key\":\"cadences/p\"") && page.contains("\"count\":\"calendar\""), "{page}");
}

#[test]
fn nobody_outside_gets_a_page_of_today() {
    let plan = "---\ntitle: P\naudience: public\n---\n\n## Day 0: Task\n\nLook.\n";
    let project = testing::project(|config| config.to_string()).with("content/cadences/p.md", plan);
    let linked = testing::linked(&project, "public");
    assert_eq!(linked.features.cadences.all().count(), 1);
    assert!(testing::file(&linked, "today/index.html").is_none());
}
