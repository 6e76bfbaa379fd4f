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
    caller.wait_for_delivery("confirmed");
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
fn a_step_of_another_script_comes_back_to_where_the_call_was() {
    let call = "---\ntitle: The call\naudience: team\noutcomes: {closed: {}}\n---\n\n## Opener\n\n> Hello.\n\n- \"It depends\" → [Budget](budget.md#ask) {return}\n- Bye → [Part](outcome:closed)\n";
    let budget = "---\ntitle: Budget\naudience: team\nfields: [{id: budget}]\noutcomes: {closed: {}}\n---\n\n## Before\n\n> One.\n\n- On → [Ask](#ask)\n- Bye → [Part](outcome:closed)\n\n## Ask\n\n> What may it cost?\n\n- Much → [Go on](return:) {budget=much}\n- Little → [Where from](#where-from) {return}\n\n## Where from\n\n> Where would it come from?\n\n- They say → [Go on](return:)\n";
    let site = Site::empty()
        .with("ringback.yaml", CONFIG)
        .with("content/scripts/call.md", call)
        .with("content/scripts/budget.md", budget);
    let stage = Stage::with(site);
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let there = |step: &str, path: &str| {
        page.wait(&format!(
            "location.pathname === '/scripts/{path}/' && document.querySelector('[data-ready] .on')"
        ));
        caller.at(step);
    };
    let offered = || {
        caller.page.js("const {hidden, textContent} = document.querySelector('[data-script-return]'); return hidden ? '' : textContent.trim()", &[])
    };
    caller.begin("/scripts/call/");
    caller.at("opener");
    assert_eq!(offered(), json!(""));
    caller.press(&["1"]);
    there("ask", "budget");
    assert_eq!(offered(), json!("Go on with Opener 0"));
    // A detour from the detour, both ways back, and back once more by going a step back.
    caller.press(&["2"]);
    caller.at("where-from");
    assert_eq!(offered(), json!("Go on with Ask 0"));
    caller.press(&["1"]);
    caller.at("ask");
    assert_eq!(offered(), json!("Go on with Opener 0"));
    caller.press(&["Escape"]);
    caller.at("where-from");
    assert_eq!(offered(), json!("Go on with Ask 0"));
    caller.press(&["0"]);
    caller.at("ask");
    caller.press(&["1"]);
    there("opener", "call");
    assert_eq!(offered(), json!(""));
    caller.press(&["2"]);
    caller.at("outcome:closed");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let sent = &stage.calls()[0];
    Schema::of_calls().assert(sent);
    assert_eq!(sent["data"]["fields"], json!({"budget": "much"}));
    let path: Vec<_> = sent["data"]["path"]
        .as_array()
        .expect("a path")
        .iter()
        .map(|each| json!([each["step"], each["answer"]]))
        .collect();
    assert_eq!(
        path,
        [
            json!(["opener", "“It depends”"]),
            json!(["ask", "Little"]),
            json!(["where-from", "“Ask” again"]),
            json!(["ask", "Much"]),
            json!(["opener", "Bye"]),
        ]
    );
    // A call that begins with that script has nowhere to go back to: it goes to its first step.
    page.js("sessionStorage.clear()", &[]);
    caller.begin("/scripts/budget/");
    caller.at("before");
    caller.press(&["1"]);
    caller.at("ask");
    caller.press(&["1"]);
    caller.at("before");
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
