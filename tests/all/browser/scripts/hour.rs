//! An hour's work on a phone, with the demo: six calls, two that reach nobody, an objection in each of the others, a plan begun and a case opened.
//! Nothing is cut, and nothing ends where one can't go on.

use serde_json::json;

use super::super::Screen;
use super::{Caller, Options, Stage};
use crate::support::fixture;
use crate::support::schema::Schema;

impl Caller<'_> {
    /// Looks at a screen: nothing is wider than it.
    #[track_caller]
    fn looks(&self, name: &str) {
        self.page.shot(&format!("hour-{name}"));
        let wide = "return [...document.querySelectorAll('main *, dialog[open] *')].filter((one) => one.checkVisibility() && !one.closest('.trail, .unseen, svg, .sheet') && one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 100))";
        assert_eq!(self.page.js(wide, &[]), json!([]), "{name}");
    }

    /// Starts the call that is open.
    #[track_caller]
    fn starts(&self) {
        self.page.wait("document.querySelector('[data-script][data-ready]')");
        self.page.find("[data-script-start]").click();
        self.at("call:before");
        self.page.js("document.querySelector('.on .go a').click()", &[]);
    }

    /// Taps the answer with these words in it.
    #[track_caller]
    fn taps(&self, words: &str) {
        self.page.js("[...document.querySelectorAll('.over > .answers > li > a, .on > .answers > li > a')].find((one) => one.textContent.includes(arguments[0])).click()", &[json!(words)]);
    }

    /// Finds an objection by what they say, and takes the first reply to it.
    #[track_caller]
    fn objects(&self, words: &str) {
        self.page.js("document.querySelector('[data-script-dock] [data-script-open]').click()", &[]);
        self.page.wait("document.querySelector('[data-script-objections]').open");
        self.page.type_text(words);
        self.page.wait("document.querySelector('[data-script-found] mark')");
        self.looks("objections");
        self.page.js("document.querySelector('[data-script-found] a').click()", &[]);
        self.page.wait("document.querySelector('.on')?.closest('[data-objection]')");
    }

    /// Reaches nobody, in one of the ways.
    #[track_caller]
    fn finds_nobody(&self, words: &str) {
        self.page.find("[data-script-nobody]").click();
        self.page.wait("document.querySelector('[data-script-nobody-is]').open");
        self.looks("nobody-how");
        self.page.js("[...document.querySelectorAll('[data-script-nobody-is] a')].find((one) => one.textContent.includes(arguments[0])).click()", &[json!(words)]);
        self.page.wait("document.querySelector('[data-script-tries]').textContent");
    }

    /// Sends the call that has ended.
    #[track_caller]
    fn sends(&self) {
        self.page.js("document.querySelector('[data-script-send]').click()", &[]);
        self.wait_for_delivery("confirmed");
    }
}

#[test]
fn an_hour_on_a_phone_has_no_dead_end() {
    let stage = Stage::with(fixture::warm_demo());
    let Some(caller) = Caller::new(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    let page = &caller.page;
    page.clock_is("2026-12-01T09:20:00");
    // A plan is begun, and its first call is due.
    page.goto(
        &stage
            .server
            .url("/today/#begin=cadences/new-lead&first_name=Kim&company=Fjord&phone=%2B46846500411"),
    );
    page.wait("document.querySelector('[data-today][data-ready]')");
    caller.looks("begin");
    page.js("document.querySelector('[data-today-begin] form button').click()", &[]);
    page.wait("document.querySelector('[data-today-due] a.button')");
    caller.looks("due");
    page.clock_is("2026-12-01T09:25:00");
    // 1: nobody answers; the plan says when the next try is.
    page.js("document.querySelector('[data-today-due] a.button').click()", &[]);
    caller.starts();
    caller.looks("step");
    caller.finds_nobody("No answer");
    caller.looks("nobody");
    assert!(
        caller.text("[data-script-tries]").starts_with("Try 1 of 3. The next one is proposed by the plan")
    );
    caller.sends();
    // 2: an objection, then a time.
    caller.open("/scripts/opener/#first_name=Anna&phone=%2B46846500412");
    caller.starts();
    caller.objects("sitting in a meeting");
    caller.looks("reply");
    caller.taps("name a time");
    caller.at("outcome:callback");
    page.js("const at = document.querySelector('[data-script-at]'); at.value = '2026-12-01T15:00'; at.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    caller.looks("callback");
    caller.sends();
    // 3: a message is left.
    caller.open("/scripts/voicemail/#first_name=Bo&phone=%2B46846500413");
    caller.starts();
    caller.finds_nobody("Message left");
    caller.looks("message");
    caller.sends();
    // 4: the price.
    caller.open("/scripts/price/#first_name=Cim&phone=%2B46846500414");
    caller.starts();
    caller.objects("too expensive");
    caller.taps("What they think");
    caller.looks("price");
    caller.taps("Clearly more");
    caller.taps("No, it");
    page.wait("document.querySelector('.on.outcome')");
    caller.sends();
    // 5: somebody else is named, and called at once.
    caller.open("/scripts/too-busy/#first_name=Dag&phone=%2B46846500415");
    caller.starts();
    caller.objects("no time");
    caller
        .page
        .js("const next = document.querySelectorAll('.over [data-script-replies] a')[1]; next.click()", &[]);
    caller.taps("give you a name");
    caller.at("outcome:referral");
    page.wait("!document.querySelector('[data-script-referral]').hidden");
    page.js("for (const [id, text] of [['name', 'Eva Lind'], ['phone', '+46 8 465 004 16']]) { const field = document.getElementById('call_referral_' + id); field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); }", &[]);
    caller.looks("referral");
    caller.sends();
    page.js("document.querySelector('[data-script-referred]').click()", &[]);
    caller.at("call:before");
    // 6: a no.
    page.js("document.querySelector('.on .go a').click()", &[]);
    caller.objects("send something");
    caller.taps("Anything will do");
    caller.taps("Yes, actually");
    caller.at("outcome:closed");
    caller.sends();
    let calls = stage.calls();
    let ended: Vec<_> = calls.iter().filter(|call| call["type"] == "call.outcome").collect();
    assert_eq!(ended.len(), 6, "{calls:#?}");
    ended.iter().for_each(|call| Schema::of_calls().assert(call));
    assert_eq!(ended.iter().filter(|call| call["data"]["reached"] == json!(false)).count(), 2);
    assert_eq!(ended.iter().filter(|call| call["data"]["objections"] != json!([])).count(), 4);
    // All of it, with what comes next.
    page.goto(&stage.server.url("/today/"));
    page.wait("document.querySelectorAll('[data-today-list] > li').length === 6");
    caller.looks("calls");
    // The call of the plan is ticked off.
    assert_eq!(caller.text("[data-today-told]"), "Ticked off after the call: Kim");
    // One case.
    page.goto(&stage.server.url("/playbooks/recovery/"));
    page.wait("document.querySelector('[data-cases][data-ready]')");
    page.js("document.querySelector('[data-cases-new]').click(); document.getElementById('case-name').value = 'Fjord: the wrong pallets'; document.getElementById('case-by').value = 'Ola'", &[]);
    caller.looks("case-new");
    page.js("document.querySelector('[data-cases] form button').click()", &[]);
    page.wait("document.querySelector('.case-due')");
    page.js("document.querySelector('[data-task]').click(); document.querySelector('[data-cases]').scrollIntoView()", &[]);
    caller.looks("case");
    page.js("document.querySelectorAll('[data-step]')[1].scrollIntoView()", &[]);
    caller.looks("case-step");
    page.goto(&stage.server.url("/today/"));
    page.wait("document.querySelector('[data-today-cases] li')");
    page.js("document.querySelector('[data-today-cases]').scrollIntoView()", &[]);
    caller.looks("cases");
    page.assert_no_errors();
}
