//! What a CRM learns of a call: who rang, whom, what was said against it, what was given away, and the attempt that it was.

use serde_json::{Value, json};

use super::super::{Browser, Network};
use super::{CONFIG, Caller, Options, Stage, short};
use crate::support::Site;
use crate::support::schema::Schema;

fn site() -> Site {
    Site::empty()
        .with(
            "ringback.yaml",
            CONFIG.replace(
                "calls: {webhook: crm}",
                "calls: {webhook: crm, contact_ids: [hs_contact_id, deal_id]}",
            ),
        )
        .with("content/scripts/call.md", short().replace("- Elsewhere → [There](there.md#second)\n", ""))
        .with("content/insights/guide.md", "---\ntitle: The guide\ndate: 2026-01-01\n---\nText.\n")
        .with(
            "content/people/ola-dahl.md",
            "---\ntitle: Ola Dahl\nrep: true\nemail: ola@fjord.example\n---\n",
        )
}

/// Objections in the event, without their times.
fn objections(call: &Value) -> Vec<Value> {
    let all = call["data"]["objections"].as_array().expect("a list");
    all.iter()
        .map(|each| json!([each["id"], each["title"], each["reply"]["title"], each["answer"]]))
        .collect()
}

#[test]
fn the_event_says_who_rang_whom_and_what_came_of_it() {
    let stage = Stage::with(site());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim&hs_contact_id=501&attempt=x&owner_id=9&other_id=3");
    caller.at("opener");
    // Chosen once, for all calls.
    page.js("const list = document.querySelector('[data-script-caller-is]'); list.value = 'ola-dahl'; list.dispatchEvent(new Event('change'))", &[]);
    assert!(caller.text(".on blockquote").contains("Ola Dahl here. You read our site."));
    page.find(".on a.send").click();
    page.wait("document.querySelector('.on .copied')?.textContent");
    // An objection that leads back to where the call was, and one that leads on, with its second reply.
    caller.press(&["/"]);
    page.type_text("no time");
    page.wait("document.querySelector('[data-script-found] li')");
    caller.press(&["Enter"]);
    caller.at("reply-1-ask");
    caller.press(&["0"]);
    caller.at("opener");
    caller.press(&["2"]);
    caller.at("reply-1-ask");
    caller.press(&["ArrowRight"]);
    caller.at("reply-2-leave");
    caller.press(&["1"]);
    caller.at("discover");
    caller.press(&["2"]);
    caller.at("outcome:closed");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let call = &stage.calls()[0];
    Schema::of_calls().assert(call);
    let data = &call["data"];
    assert_eq!(data["rep"], json!("ola-dahl"));
    assert_eq!(data["owner"], json!({"id": "ola-dahl", "name": "Ola Dahl", "email": "ola@fjord.example"}));
    assert_eq!(data["contact_ids"], json!({"hs_contact_id": "501"}), "nothing else that a link says");
    assert_eq!(data["placeholders"], json!({"first_name": "Kim"}));
    assert_eq!(data["spoken_defaults"], json!({"page": "our site"}));
    assert_eq!(data["attempt"], json!(1));
    assert_eq!(
        objections(call),
        [
            json!(["objection-no-time", "No time", "Ask", "“Opener” again"]),
            json!(["objection-no-time", "No time", "Leave", "“Wait”"]),
        ]
    );
    assert_eq!(data["sent"][0]["title"], json!("The guide"));
    assert_eq!(data["sent"][0]["url"], json!("https://fjord.example/insights/guide/?via=ola-dahl"));
    assert_eq!(data["sent"][0]["kind"], json!("page"));
    assert!(data["ended"].as_str() >= data["started"].as_str());
    // The next call to the same person is the second; to somebody else, the first. What is stored names nobody.
    for (address, attempt) in [
        ("hs_contact_id=501", json!(2)),
        ("hs_contact_id=502&attempt=4", json!(4)),
        ("hs_contact_id=502", json!(5)),
        ("first_name=Bo", Value::Null),
    ] {
        caller.begin(&format!("/scripts/call/#{address}"));
        caller.press(&["2", "2"]);
        caller.at("outcome:closed");
        let before = stage.calls().len();
        page.press("Control+Enter");
        caller.wait_for_delivery("confirmed");
        let calls = stage.calls();
        assert_eq!(calls.len(), before + 1);
        Schema::of_calls().assert(&calls[before]);
        assert_eq!(calls[before]["data"]["attempt"], attempt, "{address}");
    }
    let named = "return Object.keys(JSON.parse(localStorage['ringback.attempts'])).filter((key) => !/^[0-9a-z]{1,7}$/.test(key))";
    assert_eq!(page.js(named, &[]), json!([]));
    page.assert_no_errors();
}

#[test]
fn a_call_ends_without_a_network_from_its_first_step_on() {
    let stage = Stage::with(site());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page: &Browser = &caller.page;
    caller.ready("/scripts/call/#hs_contact_id=501");
    page.wait("performance.getEntriesByType('resource').some((one) => one.name.includes('/js/call-end.'))");
    page.network(Network::Offline);
    caller.press(&["1", "2", "2"]);
    caller.at("outcome:closed");
    page.press("Control+Enter");
    caller.wait_for_delivery("waiting");
    page.network(Network::Online);
    caller.wait_for_delivery("confirmed");
    stage.calls().iter().for_each(|call| Schema::of_calls().assert(call));
}

#[test]
fn a_flat_record_has_the_same_and_lists_in_the_note() {
    let config = CONFIG
        .replace(
            "crm: {url: \"${CRM_WEBHOOK_URL}\"}",
            "crm: {url: \"${CRM_WEBHOOK_URL}\", kind: form, map: {people: staff}}",
        )
        .replace("calls: {webhook: crm}", "calls: {webhook: crm, contact_ids: [deal_id]}");
    let script = "---\ntitle: The call\nfields: [{id: people, type: number}]\noutcomes: {closed: {}}\n---\n\n## Opener\n\n> Hello.\n\n- Twelve → [Part](outcome:closed) {people=12}\n";
    let stage = Stage::with(
        Site::empty().with("ringback.yaml", config).with("content/scripts/call.md", script).with(
            "content/people/ola-dahl.md",
            "---\ntitle: Ola Dahl\nrep: true\nemail: ola@fjord.example\n---\n",
        ),
    );
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    caller.page.goto(&stage.server.url("/scripts/call/"));
    caller.page.js("localStorage['ringback.rep'] = 'ola-dahl'", &[]);
    caller.begin("/scripts/call/#deal_id=7");
    caller.press(&["1"]);
    caller.at("outcome:closed");
    caller.page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let body = stage.crm.requests().into_iter().find(|asked| asked.method == "POST").expect("a call").body;
    for pair in [
        "owner_name=Ola+Dahl",
        "owner_email=ola%40fjord.example",
        "contact_ids_deal_id=7",
        "staff=12",
        "attempt=1",
        "rep=ola-dahl",
    ] {
        assert!(body.split('&').any(|each| each == pair), "no {pair} in {body}");
    }
    assert!(!body.contains("objections") && !body.contains("path="), "{body}");
}
