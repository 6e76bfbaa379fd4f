//! Answers that depend on what is known, and what answers add up to.

use serde_json::{Value, json};

use super::{CONFIG, Caller, Options, Stage};
use crate::support::Site;
use crate::support::schema::Schema;

const SCRIPT: &str = r#"---
title: The call
fields:
  - {id: segment, label: Segment, options: [{id: retail, label: Retail}, {id: public, label: Public sector}]}
  - {id: people, label: People, type: number}
score: {label: Fit, bands: {cold: {label: Cold}, warm: {label: Warm, from: 10}, hot: {label: Hot, from: 30}}}
outcomes: {closed: {label: Closed}, meeting: {label: Hour booked}}
---

## Opener

> What do you sell, and to whom?

> [!NOTE]
> [Segment](field:segment), [people](field:people).

- "We sell to shops" → [Next](#next) {segment=retail, +10}
- "To the state" → [Next](#next) {segment=public, +5}
- "No idea" → [Next](#next)

## Next

> I see.

- If segment is retail → [Shops](#shops) {+20}
- If segment is public sector → [State](#state)
- If people is over 40 → [State](#state)
- Otherwise → [Shops](#shops)

## Shops

> Shops.

- If score is hot → [Book](outcome:meeting)
- If score is under 30 → [Part](outcome:closed)

## State

> State.

- Bye → [Part](outcome:closed)
"#;

#[test]
fn answers_that_are_not_so_are_not_shown() {
    let stage =
        Stage::with(Site::empty().with("ringback.yaml", CONFIG).with("content/scripts/call.md", SCRIPT));
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let shown = || -> Value {
        page.js("return [...document.querySelectorAll('.on > .answers > li')].filter((li) => li.checkVisibility()).map((li) => li.querySelector('.says').textContent)", &[])
    };
    let at = |step: &str, answers: &[&str]| {
        caller.at(step);
        page.wait(&format!("[...document.querySelectorAll('.on > .answers > li')].filter((li) => li.checkVisibility()).length === {}", answers.len()));
        assert_eq!(shown(), json!(answers), "{step}");
    };
    caller.begin("/scripts/call/");
    caller.press(&["3"]);
    // Nobody knows yet: whoever calls decides, and says so by choosing.
    at("next", &["If segment is retail", "If segment is public sector", "If people is over 40", "Otherwise"]);
    caller.press(&["1"]);
    at("shops", &["If score is under 30"]);
    assert_eq!(caller.value(".desk [data-script-fill=segment]"), "retail");
    assert_eq!(caller.text("[data-script-score]"), "20 · Warm");
    caller.press(&["Escape"]);
    caller.at("next");
    caller.press(&["Escape"]);
    caller.at("opener");
    assert_eq!(caller.text("[data-script-score]"), "0 · Cold");
    caller.press(&["2"]);
    // The number is typed while they talk: what is so changes with it, and keys go by what is shown.
    at("next", &["If segment is public sector", "If people is over 40"]);
    page.js("const f = document.querySelector('.desk [data-script-fill=people]'); f.value = '12'; f.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    at("next", &["If segment is public sector"]);
    caller.press(&["1"]);
    at("state", &["Bye"]);
    for _ in 0..2 {
        caller.press(&["Escape"]);
    }
    caller.at("opener");
    caller.press(&["1"]);
    at("next", &["If segment is retail"]);
    page.shot("call-conditions");
    caller.press(&["1"]);
    at("shops", &["If score is hot"]);
    caller.press(&["1"]);
    caller.at("outcome:meeting");
    page.wait("document.querySelector('[data-script-letter]').value.includes('Fit: 30 Hot')");
    page.press("Control+Enter");
    caller.known("confirmed");
    let call = &stage.calls()[0];
    Schema::of_calls().assert(call);
    assert_eq!(call["data"]["score"], json!({"value": 30, "band": "hot", "label": "Hot"}));
    assert_eq!(call["data"]["fields"], json!({"segment": "retail", "people": 12}));
    let said: Vec<_> = call["data"]["path"]
        .as_array()
        .expect("a path")
        .iter()
        .map(|move_| move_["answer"].clone())
        .collect();
    assert_eq!(said, ["“We sell to shops”", "If segment is retail", "If score is hot"]);
    page.assert_no_errors();
}

#[test]
fn a_script_without_conditions_loads_nothing_for_them() {
    let stage = Stage::of(
        &super::short()
            .replace("- Elsewhere → [There](there.md#second)\n", "")
            .replace("[Our guide](send:guide)", "It"),
    );
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    caller.begin("/scripts/call/");
    caller.at("opener");
    assert!(!stage.server.requests().iter().any(|request| request.path.contains("call-logic")));
}
