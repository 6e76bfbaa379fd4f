//! Calls that reach nobody: one key from any step, the try that it was, and when the next one is, or that there is none.

use serde_json::json;

use super::super::Screen;
use super::{CALL, CONFIG, Caller, Options, Stage, short};
use crate::support::Site;
use crate::support::schema::Schema;

const PLAN: &str = "---\ntitle: A lead\n---\n\n## Day 0: Call (morning)\n\n[Call](../scripts/call.md)\n\n## Day 0: Task\n\nLook.\n\n## Day 5: Call (15:30)\n\n[Call](../scripts/call.md)\n";

fn stage(more: &str) -> Stage {
    let calls = "calls: {webhook: crm, outcomes: {no-answer: {label: {en: No answer, sv: Inget svar}, unreached: retry}, \
                 wrong: {label: {en: Wrong number, sv: Fel nummer}, unreached: stop, questions: [{en: From where?, sv: Varifrån?}]}}, retry: {most: 3, after: [1, 3]}}";
    let config = CONFIG.replace("calls: {webhook: crm}", calls);
    let script = short()
        .replace("- Elsewhere → [There](there.md#second)\n", "")
        .replace("rep: {label: Your name}", "rep: {label: Your name}, phone: {label: Phone}")
        .replace("Is this a fair moment?", "Is this a fair moment? {{phone}}");
    let site = Site::empty()
        .with("ringback.yaml", format!("{config}workdays: {{holidays: [2027-03-26, 2027-03-29]}}\n"))
        .with("content/scripts/call.md", &script)
        .with("content/insights/guide.md", "---\ntitle: The guide\ndate: 2026-01-01\n---\nText.\n")
        .with("content/cadences/lead.md", PLAN);
    let sv = script.replace("title: The call", "title: Samtalet").replace("Objection:", "Invändning:");
    Stage::with(if more == "sv" {
        site.with("content/scripts/call.sv.md", sv.replace("objection-no-time", "invandning-no-time"))
    } else {
        site
    })
}

impl Caller<'_> {
    /// The day that the browser takes for today, at nine in the morning.
    #[track_caller]
    fn day_is(&self, day: &str) {
        self.page.clock_is(&format!("{day}T09:00:00"));
    }

    /// Reaches nobody in a new call to this number, at its first step.
    #[track_caller]
    fn reaches_nobody(&self, number: &str, key: &str) {
        self.begin(&format!("/scripts/call/#first_name=Kim&phone={number}"));
        self.at("opener");
        self.press(&["x"]);
        self.page.wait("document.querySelector('[data-script-nobody-is]').open");
        self.press(&[key]);
        self.page.wait("document.querySelector('[data-script-tries]').textContent");
    }
}

#[test]
fn a_try_is_counted_and_the_next_one_proposed_until_the_last() {
    let stage = stage("");
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let schema = Schema::of_calls();
    // A Thursday: the next day is Good Friday, and the Monday after it is one off, too.
    caller.day_is("2027-03-25");
    for (number, told, next) in [
        (1, "Try 1 of 3.", "2027-03-30T14:00"),
        (2, "Try 2 of 3.", "2027-04-01T14:00"),
        (3, "Try 3 of 3. That was the last one: leave them in peace.", ""),
    ] {
        caller.reaches_nobody("12345", "1");
        caller.at("outcome:no-answer");
        page.wait(&format!("document.querySelector('[data-script-tries]').textContent === {}", json!(told)));
        assert_eq!(caller.value("[data-script-at]"), next);
        assert_eq!(page.find("[data-script-when]").is_visible(), !next.is_empty());
        assert_eq!(page.find("[data-script-calendar]").is_visible(), !next.is_empty());
        page.wait("document.querySelector('[data-script-letter]').value.includes('Try ')");
        if number == 1 {
            page.shot("nobody");
            assert_eq!(caller.text("[data-script-when] label"), "The next try");
            assert!(caller.value("[data-script-letter]").contains("The next try: Tuesday, March 30, 2027"));
        }
        page.press("Control+Enter");
        caller.wait_for_delivery("confirmed");
        let call = stage.calls().pop().expect("a call");
        schema.assert(&call);
        let data = &call["data"];
        assert_eq!([&data["attempt"], &data["attempt_of"]], [&json!(number), &json!(3)]);
        assert_eq!(data["reached"], json!(false));
        assert_eq!(data["outcome"], json!({"id": "no-answer", "label": "No answer", "text": "No answer"}));
        assert_eq!(data["promised"].is_null(), next.is_empty());
    }
    // A reload changes nothing of it, and neither does the way back and forth.
    caller.reaches_nobody("777", "1");
    page.js("location.reload()", &[]);
    page.wait("document.querySelector('[data-script][data-ready]') && document.querySelector('[data-script-tries]').textContent");
    assert_eq!(caller.text("[data-script-tries]"), "Try 1 of 3.");
    caller.press(&["Escape", "x", "2"]);
    caller.at("outcome:wrong");
    page.wait("document.querySelector('[data-script-tries]').textContent === 'Try 1 of 3. This contact isn’t tried again.'");
    assert!(!page.find("[data-script-when]").is_visible());
    assert_eq!(caller.text("[data-script-asks] label"), "From where?");
    // From here, nothing leads to another end by that key.
    caller.press(&["x"]);
    assert_eq!(page.js("return document.querySelector('[data-script-nobody-is]').open", &[]), json!(false));
    // Nobody knows who it is: nothing is counted, and that is said.
    page.find("[data-script-next]").click();
    caller.at("call:before");
    caller.press(&["x", "1"]);
    page.wait(
        "document.querySelector('[data-script-tries]').textContent.startsWith('Fill in a phone number')",
    );
    assert_eq!(caller.value("[data-script-at]"), "2027-03-30T14:00");
    assert!(page.js(&format!("return {CALL}.attempt ?? null"), &[]).is_null());
    page.assert_no_errors();
}

#[test]
fn a_plan_says_when_the_next_try_is() {
    let stage = stage("");
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.day_is("2027-04-06");
    page.goto(&stage.server.url("/today/#begin=cadences/lead&first_name=Kim&phone=%2B1%202345"));
    page.wait("document.querySelector('[data-today][data-ready]')");
    page.js("document.querySelector('#today-start').value = '2027-04-06'; document.querySelector('[data-today-begin] form button').click()", &[]);
    page.wait("document.querySelector('.contacts > li')");
    page.clock_is("2027-04-06T09:30:00");
    // The number is written in another way.
    caller.reaches_nobody("%2B12345", "1");
    page.wait("document.querySelector('[data-script-tries]').textContent === 'Try 1 of 3. The next one is proposed by the plan “A lead”.'");
    assert_eq!(caller.value("[data-script-at]"), "2027-04-13T15:30");
    // What somebody chooses stays.
    page.js("const at = document.querySelector('[data-script-at]'); at.value = '2027-04-14T10:00'; at.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    caller.press(&["Escape", "x", "1"]);
    caller.at("outcome:no-answer");
    page.wait("document.querySelector('[data-script-at]').value === '2027-04-14T10:00'");
    page.find("[data-script-send]").click();
    caller.wait_for_delivery("confirmed");
    // It is in today's calls, and ticked off in the plan, which can be taken back: not twice for the same call.
    page.goto(&stage.server.url("/today/"));
    page.wait("document.querySelector('[data-today-list] > li')");
    let step = "return [...document.querySelectorAll('.contacts > li .when')].map((one) => one.textContent).find((text) => text.includes('A lead'))";
    assert_eq!(caller.text("[data-today-told]"), "Ticked off after the call: Kim");
    assert_eq!(page.js(step, &[]), json!("Task, today A lead · 2 of 3"));
    page.find("[data-today-undo]").click();
    assert_eq!(page.js(step, &[]), json!("Call, today, 09:00 A lead · 1 of 3"));
    page.js("location.reload()", &[]);
    page.wait("document.querySelector('[data-today][data-ready]')");
    assert_eq!(page.js(step, &[]), json!("Call, today, 09:00 A lead · 1 of 3"));
    assert!(!page.find("[data-today-notice]").is_visible());
    page.js("document.querySelector('[data-today-due] .ways button:not(.further *)').click()", &[]);
    assert_eq!(page.js(step, &[]), json!("Task, today A lead · 2 of 3"));
    let said = caller.text("[data-today-list] > li .when b");
    assert!(said.starts_with("No answer · in the CRM · next try Wed, Apr 14, 10:00"), "{said}");
    assert_eq!(page.js("return document.querySelector('[data-today-list] > li').className", &[]), json!(""));
    caller.day_is("2027-04-14");
    caller.page.goto("about:blank");
    page.goto(&stage.server.url("/today/"));
    page.wait("document.querySelector('[data-today-list] > li.due')");
    page.shot("again");
    page.js("document.querySelector('[data-today-list] a.button').click()", &[]);
    page.wait("document.querySelector('[data-script][data-ready]')");
    assert_eq!(page.js(&format!("return {CALL}.values.phone"), &[]), json!("+12345"));
    page.find("[data-script-start]").click();
    caller.press(&["1", "x", "1"]);
    page.wait("document.querySelector('[data-script-tries]').textContent.startsWith('Try 2 of 3.')");
    // The stop rule holds for those in a plan, too.
    page.find("[data-script-send]").click();
    caller.wait_for_delivery("confirmed");
    caller.reaches_nobody("%2B12345&attempt=3", "1");
    page.wait("document.querySelector('[data-script-tries]').textContent === 'Try 3 of 3. That was the last one: leave them in peace.'");
    assert_eq!(caller.value("[data-script-at]"), "");
    page.assert_no_errors();
}

#[test]
fn a_finger_finds_it_on_a_small_phone_in_swedish() {
    let stage = stage("sv");
    let Some(caller) = Caller::new(&stage, Options { screen: Screen::Size(320, 640), ..Options::default() })
    else {
        return;
    };
    let page = &caller.page;
    caller.begin("/sv/scripts/call/#phone=12345");
    assert_eq!(page.js("return document.documentElement.scrollWidth <= innerWidth", &[]), json!(true));
    let button = page.find("[data-script-nobody]");
    assert!(button.is_visible());
    button.click();
    page.wait("document.querySelector('[data-script-nobody-is]').open");
    page.shot("nobody-small");
    let names = "return [...document.querySelectorAll('[data-script-nobody-is] a')].map((one) => one.textContent.trim())";
    assert_eq!(page.js(names, &[]), json!(["Inget svar", "Fel nummer"]));
    page.find("[data-script-nobody-is] a").click();
    caller.at("outcome:no-answer");
    page.wait("document.querySelector('[data-script-tries]').textContent === 'Försök 1 av 3.'");
    assert!(!page.find("[data-script-nobody]").is_visible());
    page.assert_no_errors();
}
