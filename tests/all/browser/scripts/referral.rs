//! Whom somebody recommends: a lead of its own, a call that waits, and both say who it was.

use serde_json::json;

use super::{CONFIG, Caller, Options, Stage};
use crate::support::Site;
use crate::support::schema::Schema;

const SCRIPT: &str = "---\ntitle: The call\nplaceholders: {first_name: {label: First name}, phone: {label: Phone}, referrer: {label: Who gave you the number, default: a colleague}}\n\
outcomes: {referral: {label: Somebody else}, closed: {label: Closed}}\n---\n\n## Opener\n\n> Hello {{first_name}} on {{phone}}. {{referrer}} said that I may call.\n\n- \"Ask Bo\" → [Bo](outcome:referral)\n- \"No\" → [Part](outcome:closed)\n";

fn stage() -> Stage {
    let calls = "calls: {webhook: crm, contact_ids: [deal_id]}";
    Stage::with(
        Site::empty()
            .with("ringback.yaml", CONFIG.replace("calls: {webhook: crm}", calls))
            .with("content/scripts/call.md", SCRIPT),
    )
}

impl Caller<'_> {
    /// Writes into a field of the recommendation.
    #[track_caller]
    fn writes(&self, name: &str, text: &str) {
        self.page.js("const field = document.getElementById('call_referral_' + arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}))", &[json!(name), json!(text)]);
    }
}

#[test]
fn a_recommendation_is_a_lead_of_its_own_and_a_call_that_waits() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim&deal_id=7");
    // The other end doesn't ask.
    caller.press(&["2"]);
    caller.at("outcome:closed");
    assert!(!page.find("[data-script-referral]").is_visible());
    caller.press(&["Escape", "1"]);
    caller.at("outcome:referral");
    page.wait("!document.querySelector('[data-script-referral]').hidden");
    assert!(!page.find("[data-script-referred]").is_visible(), "nobody is named");
    caller.writes("name", "Bo \"<b>\" Lind");
    caller.writes("phone", "+46 8 465 004 12");
    page.shot("referral");
    page.wait("document.querySelector('[data-script-letter]').value.includes('Recommends: Bo \"<b>\" Lind, +46 8 465 004 12')");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let calls = stage.calls();
    assert_eq!(calls.len(), 2, "{calls:#?}");
    let of = |kind: &str| calls.iter().find(|call| call["type"] == kind).expect("an event");
    let (call, lead) = (of("call.outcome"), of("call.referral"));
    Schema::of_calls().assert(call);
    Schema::of_referrals().assert(lead);
    assert_eq!(call["data"]["referral"], lead["id"]);
    assert_eq!(lead["data"]["fields"], json!({"name": "Bo \"<b>\" Lind", "phone": "+46 8 465 004 12"}));
    assert_eq!(
        lead["data"]["recommended_by"],
        json!({"name": "Kim", "call": call["id"], "contact_ids": {"deal_id": "7"}})
    );
    // It waits in today's calls, too.
    page.goto(&stage.server.url("/today/"));
    page.wait("document.querySelector('[data-today-list] > li')");
    assert_eq!(caller.text("[data-today-list] > li h3"), "Bo \"<b>\" Lind");
    assert_eq!(caller.text("[data-today-list] > li .when b"), "Recommended by Kim");
    page.js("[...document.querySelectorAll('[data-today-list] button')].find((one) => one.textContent === 'Call them now').click()", &[]);
    page.wait("document.querySelector('[data-script][data-ready]')");
    page.find("[data-script-start]").click();
    caller.at("call:before");
    caller.press(&["1"]);
    assert_eq!(caller.text(".on blockquote"), "Hello Bo on +46 8 465 004 12. Kim said that I may call.");
    caller.press(&["2"]);
    caller.at("outcome:closed");
    page.wait("document.querySelector('[data-script-letter]').value.includes('Recommended by: Kim')");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let second = stage.calls().pop().expect("a call");
    Schema::of_calls().assert(&second);
    assert_eq!(second["data"]["recommended_by"], json!({"name": "Kim", "call": call["id"]}));
    assert_eq!(second["data"]["placeholders"]["referrer"], json!("Kim"));
    page.assert_no_errors();
}

#[test]
fn they_are_called_at_once_and_nothing_of_the_first_call_is_lost() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim");
    caller.press(&["1"]);
    caller.at("outcome:referral");
    page.wait("!document.querySelector('[data-script-referral]').hidden");
    caller.writes("name", "Bo");
    caller.writes("name", "");
    let waiting = "return Object.keys(localStorage).filter((key) => key.startsWith('ringback.calls.') && key.endsWith('-r')).length";
    assert_eq!(page.js(waiting, &[]), json!(0), "what was taken back waits no longer");
    caller.writes("name", "Bo");
    page.find("[data-script-referred]").click();
    caller.at("call:before");
    caller.press(&["1"]);
    assert!(caller.text(".on blockquote").starts_with("Hello Bo on"));
    page.find("[data-script-leave]").click();
    let names =
        "return [...document.querySelectorAll('[data-script-calls] b')].map((one) => one.textContent)";
    page.wait("document.querySelector('[data-script-calls] b')");
    assert_eq!(page.js(names, &[]), json!(["Kim"]), "the first call isn't sent, and waits");
    page.assert_no_errors();
}
