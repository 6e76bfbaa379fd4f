//! What a call finds out: fields beside their steps, answers that fill them in, and what is still missing before it ends.

use serde_json::json;

use super::{CALL, CONFIG, Caller, Options, Stage};
use crate::support::Site;
use crate::support::schema::Schema;

const SCRIPT: &str = r#"---
title: The call
placeholders: {rep: {label: Your name}}
fields:
  - {id: authority, label: Who decides, required: true, options: [{id: decides, label: They decide}, {id: recommends, label: They recommend}]}
  - {id: people, label: People, type: number}
  - {id: renewal, label: Renewal, type: date, required: true}
  - {id: first_name}
  - {id: phone, required: true}
outcomes: {closed: {label: Closed}}
---

## Opener

> Hello {{first_name}}, who decides this?

> [!NOTE]
> Write down [who decides](field:authority) and [how many they are](field:people).

- "I do" → [Next](#next) {authority=decides}
- "My boss, and I recommend" → [Next](#next) {authority=recommends, people=12}
- "Later" → [Part](outcome:closed)

## Next

> So: {{authority}}. And when do you renew?

> [!NOTE]
> [Renewal](field:renewal)

- A day → [Part](outcome:closed)
- On → [Elsewhere](there.md)
"#;

const THERE: &str = "---\ntitle: There\naudience: team\nfields: [{id: offer, label: Offer, required: true}]\noutcomes: {closed: {}}\n---\n\n\
    ## First\n\n> One. [Offer](field:offer)\n\n- Done → [Part](outcome:closed)\n";

#[test]
fn answers_become_data() {
    let stage = Stage::with(
        Site::empty()
            .with("ringback.yaml", CONFIG)
            .with("content/scripts/call.md", SCRIPT)
            .with("content/scripts/there.md", THERE),
    );
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim&phone=%2B46%20(0)8%20123%2045&people=7");
    caller.at("opener");
    let value = |step: &str, name: &str| caller.value(&format!("#{step} [data-script-fill=\"{name}\"]"));
    assert_eq!(value("opener", "people"), "7", "a link can know it");
    assert_eq!(page.find(".desk a[data-script-tel]").attribute("href").as_deref(), Some("tel:+46812345"));
    // The answer fills them in, everywhere at once, and going back takes it back.
    caller.press(&["2"]);
    caller.at("next");
    assert!(caller.text("#next blockquote").contains("So: They recommend."), "people read the label");
    let values = format!("const {{authority = '', people = ''}} = {CALL}.values; return [authority, people]");
    assert_eq!(page.js(&values, &[]), json!(["recommends", "12"]));
    assert_eq!(caller.text("[data-script-missing]"), "Still to ask: Renewal");
    caller.press(&["Escape"]);
    caller.at("opener");
    assert_eq!(page.js(&values, &[]), json!(["", "7"]));
    // By hand, too. What was asked and isn't known is listed, before the call ends and at its end.
    page.js("const list = document.querySelector('#opener select'); list.value = 'decides'; list.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    assert_eq!(page.js(&values, &[]), json!(["decides", "7"]));
    page.shot("call-fields");
    caller.press(&["1", "2"]);
    page.wait("location.pathname === '/scripts/there/' && document.querySelector('[data-ready] .on')");
    caller.at("first");
    assert_eq!(caller.text("[data-script-missing]"), "Still to ask: Renewal, Offer");
    page.js("const f = document.querySelector('#first [data-script-fill=\"offer\"]'); f.value = 'Eight hours'; f.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    caller.press(&["1"]);
    caller.at("outcome:closed");
    page.wait("document.querySelector('[data-script-unknown-fields] input')");
    assert_eq!(caller.text("[data-script-unknown]"), "Still to ask:\nRenewal");
    page.js("const f = document.querySelector('[data-script-unknown-fields] input'); f.value = '2027-03-01'; f.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    let letter = caller.value("[data-script-letter]");
    for part in ["Who decides: They decide", "People: 7", "Renewal: 2027-03-01", "Offer: Eight hours"] {
        assert!(letter.contains(part), "no {part} in {letter}");
    }
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let call = &stage.calls()[0];
    Schema::of_calls().assert(call);
    assert_eq!(
        call["data"]["fields"],
        json!({"first_name": "Kim", "phone": "+46 (0)8 123 45", "people": 7, "authority": "decides", "renewal": "2027-03-01", "offer": "Eight hours"})
    );
    assert_eq!(call["data"]["placeholders"], json!({}));
    page.assert_no_errors();
}

#[test]
fn what_no_step_has_asked_is_not_missed() {
    let stage = Stage::of(SCRIPT.replace("- On → [Elsewhere](there.md)\n", "").as_str());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    caller.begin("/scripts/call/");
    caller.press(&["3"]);
    caller.at("outcome:closed");
    caller.page.wait("document.querySelector('[data-script-unknown-fields] input')");
    // Nobody has come to the renewal; a phone number is wanted whatever is said.
    assert_eq!(
        caller.text("[data-script-unknown]"),
        "Still to ask:\nWho decides\n…\nThey decide\nThey recommend\nPhone"
    );
    caller.page.assert_no_errors();
}
