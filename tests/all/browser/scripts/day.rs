//! Today's calls: what this browser keeps of them, what is sent again, what is exported and forgotten.

use serde_json::{Value, json};

use super::{Caller, Options, Stage, pair};

impl Caller<'_> {
    /// The page of today, with all calls.
    #[track_caller]
    fn day(&self) {
        self.page.goto("about:blank");
        self.page.goto(&self.stage.server.url("/today/"));
        self.page.wait("document.querySelector('[data-today][data-ready]')");
    }

    /// What each call on it says, in its order.
    #[track_caller]
    fn listed(&self) -> Value {
        self.page.js("return [...document.querySelectorAll('[data-today-list] > li')].map((one) => [one.querySelector('h3').textContent, one.querySelector('.when b').textContent])", &[])
    }

    /// Presses a button by its words.
    #[track_caller]
    fn hits(&self, words: &str) {
        self.page.js("[...document.querySelectorAll('[data-today-calls] button')].find((one) => one.textContent === arguments[0]).click()", &[json!(words)]);
    }

    /// The file that a button makes.
    #[track_caller]
    fn file(&self, words: &str) -> String {
        self.page.js("window.made = null; URL.createObjectURL = (blob) => { blob.arrayBuffer().then((bytes) => { window.made = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes); }); return 'about:blank'; }; HTMLAnchorElement.prototype.click = () => {};", &[]);
        self.hits(words);
        self.page.wait("window.made");
        self.page.js("return window.made", &[]).as_str().expect("a text").to_string()
    }

    /// Ends the call with a note.
    #[track_caller]
    fn ends(&self, name: &str, note: &str) {
        self.begin(&format!("/scripts/call/#first_name={name}"));
        self.press(&["n"]);
        self.page.wait("document.activeElement.matches('[data-script-notes]')");
        self.page.type_text(note);
        self.press(&["Escape", "1", "2"]);
        self.at("outcome:closed");
    }
}

#[test]
fn the_day_lists_calls_and_sends_what_was_refused() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    // One is sent, one is refused, one is left as it is.
    caller.ends("Anna", "fine");
    page.find("[data-script-send]").click();
    caller.wait_for_delivery("confirmed");
    page.find("[data-script-next]").click();
    stage.answers(400);
    caller.ends("=cmd()", "a, \"b\"");
    page.find("[data-script-send]").click();
    caller.wait_for_delivery("refused");
    page.find("[data-script-next]").click();
    caller.ends("Cecilia", "later");
    caller.day();
    assert_eq!(
        caller.listed(),
        json!([
            ["Cecilia", "Closed · not sent"],
            ["=cmd()", "Closed · refused by the CRM"],
            ["Anna", "Closed · in the CRM"]
        ])
    );
    assert_eq!(caller.text("[data-today-counts]"), "Closed: 3");
    page.shot("day");
    let sent = stage.calls().len();
    stage.answers(200);
    caller.hits("Send again");
    page.wait("document.querySelector('[data-today-told]').textContent === 'in the CRM'");
    let calls = stage.calls();
    assert_eq!(calls.len(), sent + 1);
    assert_eq!(calls[sent]["id"], calls[sent - 1]["id"], "it is the same call");
    // What wasn't sent goes on in its script.
    caller.hits("Open and correct");
    page.wait("document.querySelector('[data-script][data-ready]')");
    caller.at("outcome:closed");
    assert_eq!(caller.value("[data-script-notes]"), "later");
}

#[test]
fn the_day_is_exported_safely_and_forgotten_with_a_way_back() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.ends("=cmd()", "a, \"b\"");
    caller.day();
    let table = caller.file("Save as CSV");
    let (head, row) = table.split_once("\r\n").expect("two rows");
    assert!(
        head.starts_with('\u{feff}') && head.contains("Started,Seconds,Script,Outcome,First name"),
        "{table}"
    );
    assert!(
        row.contains(",The call,Closed,'=cmd(),")
            && row.contains(",\"a, \"\"b\"\"\",")
            && row.ends_with("\r\n"),
        "{table}"
    );
    let events: Value = serde_json::from_str(&caller.file("Save as JSON")).expect("JSON");
    assert_eq!(events[0]["outcome"]["id"], "closed");
    // What others have left in the storage is no call, and harms none.
    page.js(
        "localStorage['ringback.calls.x'] = '{\"key\":\"x\"}'; localStorage['ringback.calls.y'] = '<'",
        &[],
    );
    caller.day();
    assert_eq!(caller.listed().as_array().map(Vec::len), Some(1));
    caller.hits("Forget these days");
    page.wait("!document.querySelector('[data-today-list] > li')");
    assert_eq!(
        page.js(
            "return Object.keys(localStorage).filter((key) => key.startsWith('ringback.calls.')).length",
            &[]
        ),
        2
    );
    page.find("[data-today-undo]").click();
    page.wait("document.querySelector('[data-today-list] > li')");
}
