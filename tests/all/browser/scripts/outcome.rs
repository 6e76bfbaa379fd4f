//! The end of a call: questions, the note, the file for calendars, and the CRM, whether it is there or not.

use std::fs;

use serde_json::json;
use tempfile::TempDir;

use super::super::Network;
use super::{Caller, Options, Stage, pair};
use crate::support::schema::Schema;

#[test]
fn a_call_ends_in_a_note_and_an_event() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim&rep=Ola");
    caller.press(&["1", "n"]);
    page.type_text("Likes fish, and \"<b>\"");
    caller.press(&["Escape", "1"]);
    caller.at("outcome:callback");
    // By the keyboard alone: to the first question, the second, the time, the button.
    caller.press(&["Tab"]);
    page.type_text("Friday at ten");
    caller.press(&["Tab"]);
    page.type_text("They asked");
    page.js("const at = document.querySelector('[data-script-at]'); at.value = '2026-11-27T10:00'; at.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    let letter = caller.value("[data-script-letter]");
    for part in [
        "Ring again (The call)",
        "First name: Kim",
        "When?\nFriday at ten",
        "Why, then?\nThey asked",
        "Likes fish, and \"<b>\"",
        "Opener: “Yes, Kim here”",
        "Discover: They tell",
        "27 November 2026",
    ] {
        let part = if part.starts_with("27") { "November 27, 2026" } else { part };
        assert!(letter.contains(part), "no {part} in {letter}");
    }
    assert!(!letter.contains("{{") && !letter.contains("Before you ring"), "{letter}");
    page.find("[data-script-send]").focus();
    caller.press(&["Enter"]);
    caller.wait_for_delivery("confirmed");
    assert_eq!(caller.text("[data-script-status]"), "The CRM has it.");
    // Twice is once, and what was sent can't be changed.
    page.press("Control+Enter");
    caller.press(&["Escape"]);
    caller.at_outcome("callback");
    let calls = stage.calls();
    assert_eq!(calls.len(), 1, "{calls:#?}");
    let call = &calls[0];
    Schema::of_calls().assert(call);
    let data = &call["data"];
    assert_eq!(
        data["script"],
        json!({"url": "https://team.fjord.example/scripts/call/", "title": "The call", "lang": "en", "key": "scripts/call"})
    );
    assert_eq!(data["outcome"], json!({"id": "callback", "label": "Ring again", "text": "They tell"}));
    assert_eq!(
        data["answers"],
        json!([{"question": "When?", "answer": "Friday at ten"}, {"question": "Why, then?", "answer": "They asked"}])
    );
    assert_eq!(data["placeholders"], json!({"first_name": "Kim", "rep": "Ola"}));
    assert_eq!(data["notes"], json!("Likes fish, and \"<b>\""));
    let steps: Vec<_> =
        data["path"].as_array().expect("a path").iter().map(|step| step["step"].clone()).collect();
    assert_eq!(steps, ["opener", "discover"]);
    assert_eq!(data["note"], json!(letter));
    assert!(data["promised"].as_str().is_some_and(|time| time.starts_with("2026-11-27T")));
    page.assert_no_errors();
}

#[test]
fn what_a_crm_does_not_take_is_kept_and_sent_again() {
    let stage = Stage::with(pair());
    stage.answers(503);
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let send = |outcome: &str| {
        caller.press(&["1", "2"]);
        caller.at(outcome);
        page.press("Control+Enter");
    };
    caller.begin("/scripts/call/#first_name=Kim");
    send("outcome:closed");
    caller.wait_for_delivery("waiting");
    assert!(caller.text("[data-script-status]").starts_with("Not delivered yet."));
    let first = stage.calls()[0].clone();
    // The next call is not held up by it, and neither is lost.
    page.network(Network::Offline);
    page.find("[data-script-next]").click();
    caller.at("call:before");
    caller.press(&["1"]);
    send("outcome:closed");
    caller.wait_for_delivery("waiting");
    let kept = "return Object.keys(localStorage).filter((key) => key.startsWith('ringback.outbox.')).length";
    assert_eq!(page.js(kept, &[]), json!(2));
    // It is up again: any page delivers, under the same ids.
    stage.answers(200);
    page.network(Network::Online);
    page.wait_for(
        "!Object.keys(localStorage).some((key) => key.startsWith('ringback.outbox.'))",
        std::time::Duration::from_secs(30),
    );
    caller.wait_for_delivery("confirmed");
    let calls = stage.calls();
    let schema = Schema::of_calls();
    let mut ids: Vec<_> = calls.iter().map(|call| call["id"].to_string()).collect();
    calls.iter().for_each(|call| schema.assert(call));
    assert!(
        calls.iter().filter(|call| call["id"] == first["id"]).count() >= 2,
        "the first came again: {ids:?}"
    );
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 2, "{ids:?}");
    // A no is told as one.
    stage.answers(400);
    page.find("[data-script-next]").click();
    caller.at("call:before");
    caller.press(&["1"]);
    send("outcome:closed");
    caller.wait_for_delivery("refused");
    assert!(page.find("[data-script-send]").property("disabled") == json!(false));
    let others: Vec<_> = page.errors().into_iter().filter(|error| error.source != "network").collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn a_promise_becomes_a_file_for_calendars() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let folder = TempDir::new().expect("a temporary folder");
    page.cdp("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": folder.path()}));
    page.cdp("Emulation.setTimezoneOverride", json!({"timezoneId": "Europe/Oslo"}));
    caller.begin("/scripts/call/#first_name=Kim,%20Bo;%20\\%20%C3%85se%20%F0%9F%8C%8A");
    caller.press(&["1", "n"]);
    page.type_text(
        "One line,\nand a very long one with å, ä, ö and æ, ø in it that has to be folded; at 75 bytes",
    );
    caller.press(&["Escape", "1"]);
    caller.at("outcome:callback");
    assert!(!page.find("[data-script-calendar]").is_visible(), "no time, no appointment");
    page.js("const at = document.querySelector('[data-script-at]'); at.value = '2026-11-27T10:00'; at.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    page.find("[data-script-calendar]").click();
    let path = folder.path().join("call.ics");
    let start = std::time::Instant::now();
    // It is there before it is written.
    while fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
        assert!(start.elapsed().as_secs() < 15, "nothing was downloaded");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let text = fs::read_to_string(&path).expect("UTF-8");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "lines end in CRLF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let text = text.replace("\r\n ", "");
    let line = |name: &str| {
        text.split("\r\n")
            .find(|line| line.starts_with(name))
            .unwrap_or_else(|| panic!("no {name} in {text}"))
            .to_string()
    };
    assert_eq!(line("DTSTART"), "DTSTART:20261127T090000Z");
    assert_eq!(line("SUMMARY"), "SUMMARY:Ring again: Kim\\, Bo\\; \\\\ Åse 🌊");
    assert!(line("DTSTAMP").ends_with('Z') && line("UID:").contains('@'));
    assert!(line("DESCRIPTION").contains("One line\\,\\nand a very long one with å\\, ä\\, ö and æ\\, ø in it that has to be folded\\; at 75 bytes"));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    page.assert_no_errors();
}

impl Caller<'_> {
    #[track_caller]
    fn at_outcome(&self, id: &str) {
        assert_eq!(self.page.js("return document.querySelector('.on')?.dataset.outcome", &[]), json!(id));
    }
}
