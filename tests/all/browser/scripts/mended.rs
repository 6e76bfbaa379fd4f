//! A call that was sent can be corrected: it goes again, with its id and the next number.

use serde_json::json;

use super::super::Network;
use super::{Caller, Options, Stage, pair};
use crate::support::schema::Schema;

#[test]
fn a_call_that_was_sent_is_replaced_by_its_correction() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim");
    caller.press(&["1", "2"]);
    caller.at("outcome:closed");
    assert!(!page.find("[data-script-correct]").is_visible());
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    // Changed one's mind: it is as it was.
    page.find("[data-script-correct]").click();
    page.wait("document.querySelector('[data-script-finish]').dataset.state === ''");
    page.find("[data-script-undo]").click();
    caller.wait_for_delivery("confirmed");
    // It ended otherwise.
    page.find("[data-script-correct]").click();
    page.wait("document.querySelector('[data-script-finish]').dataset.state === ''");
    caller.press(&["Escape"]);
    caller.at("discover");
    caller.press(&["1"]);
    caller.at("outcome:callback");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let calls = stage.calls();
    assert_eq!(calls.len(), 2, "{calls:#?}");
    calls.iter().for_each(|call| Schema::of_calls().assert(call));
    assert_eq!(calls[0]["id"], calls[1]["id"]);
    assert_eq!([&calls[0]["data"]["revision"], &calls[1]["data"]["revision"]], [&json!(1), &json!(2)]);
    assert_eq!(calls[0]["data"]["attempt"], calls[1]["data"]["attempt"], "it is the same call");
    assert_eq!(calls[1]["data"]["outcome"]["id"], json!("callback"));
    assert_eq!(calls[0]["data"]["started"], calls[1]["data"]["started"]);
    page.assert_no_errors();
}

#[test]
fn what_waits_for_the_network_is_replaced_too() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim");
    caller.press(&["1", "2"]);
    page.network(Network::Offline);
    page.press("Control+Enter");
    caller.wait_for_delivery("waiting");
    page.find("[data-script-correct]").click();
    caller.press(&["n"]);
    page.wait("document.activeElement.matches('[data-script-notes]')");
    page.type_text("A later thought");
    page.press("Control+Enter");
    caller.wait_for_delivery("waiting");
    page.network(Network::Online);
    caller.wait_for_delivery("confirmed");
    let calls = stage.calls();
    assert_eq!(calls.len(), 1, "{calls:#?}");
    assert_eq!(calls[0]["data"]["revision"], json!(2));
    assert_eq!(calls[0]["data"]["notes"], json!("A later thought"));
}
