//! Readers who want to know when a part of a series is out.

use serde_json::json;

use super::{CONFIG, FORM, Stage, Visitor, assert_valid};
use crate::support::Site;

const SERIES: &str = "series:\n  notify: plain\n  empty-crm:\n    notify: crm\n    title: {en: The empty CRM, sv: Det tomma CRM:et}\n    planned:\n      - {part: 4, title: {en: Later on}}\n      - {part: 3, title: {en: What to measure, sv: Vad du mäter}, expected: 2026-12}\n  other: {title: Others, planned: [{part: 2, title: The second}]}\n";

fn stage() -> Stage {
    Stage::of(Site::empty(), |site, origin| {
        site.write("ringback.yaml", CONFIG.replace("ORIGIN", origin) + SERIES);
        for name in ["crm", "plain"] {
            site.write(&format!("content/forms/{name}.yaml"), FORM.replace("WEBHOOK", name));
        }
        for (file, series) in [("one", "empty-crm"), ("one.sv", "empty-crm"), ("other", "other")] {
            let front = format!("title: A part\ndate: 2026-10-01\nseries: {{id: {series}, part: 1}}");
            site.write(&format!("content/insights/{file}.md"), format!("---\n{front}\n---\nText.\n"));
        }
    })
}

/// Which part is named above the form.
fn part_above_form(visitor: &Visitor<'_>) -> String {
    let script = "return [...document.querySelectorAll('.tell')].filter((each) => each.checkVisibility())
        .map((each) => each.textContent).join()";
    visitor.page.js(script, &[]).as_str().expect("text").to_string()
}

#[test]
fn a_reader_asks_to_be_told_of_the_part_whose_link_was_followed() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open_anew("/insights/one/");
    visitor.page.find("a[href$='#tell-4']").click();
    assert_eq!(visitor.page.js("return location.pathname + location.hash", &[]), "/series/empty-crm/#tell-4");
    assert_eq!(visitor.page.js("return document.querySelectorAll('form[id]').length", &[]), 1);
    assert_eq!(part_above_form(&visitor), "Part 4 of The empty CRM: Later on");
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let lead = stage.receiver.only().lead();
    assert_valid(&lead);
    let page = &lead["data"]["page"];
    assert_eq!((&page["series"], &page["part"]), (&json!("empty-crm"), &json!(4)));
    assert_eq!(page["url"], "https://fjord.example/series/empty-crm/");
    stage.receiver.forget();

    // By the keyboard to the other part: the same answers are another lead.
    visitor.page.js("document.querySelector(\"main a[href='#tell-3']\").focus()", &[]);
    visitor.page.press("Enter");
    assert_eq!(part_above_form(&visitor), "Part 3 of The empty CRM: What to measure");
    visitor.later(120_000);
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    assert_eq!(stage.receiver.only().lead()["data"]["page"]["part"], json!(3));
    visitor.assert_only_the_network_failed();
}

#[test]
fn without_a_choice_it_is_the_next_part_in_the_readers_language() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    // What isn't the number of a part is nothing.
    visitor.open_anew("/sv/series/empty-crm/#tell-77");
    assert_eq!(part_above_form(&visitor), "Del 3 av Det tomma CRM:et: Vad du mäter");
    let text = visitor.page.js("return document.querySelector('main').textContent", &[]);
    let text = text.as_str().expect("text");
    assert!(text.contains("Väntas i december 2026") && text.contains("Säg till när den kommer"), "{text}");
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let lead = stage.receiver.only().lead();
    assert_valid(&lead);
    assert_eq!((&lead["data"]["page"]["part"], &lead["data"]["page"]["lang"]), (&json!(3), &json!("sv")));
    stage.receiver.forget();

    // The form for all series, and a flat lead.
    visitor.open_anew("/series/other/#tell-2");
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let pairs = stage.receiver.only().pairs();
    for pair in [("page_series", "other"), ("page_part", "2")] {
        assert!(pairs.contains(&(pair.0.into(), pair.1.into())), "{pair:?}: {pairs:?}");
    }
    visitor.assert_only_the_network_failed();
}
