//! One call, one record: calls in two tabs, links about somebody else, what waits, what is undone, other languages, and what
//! an earlier version has left.

use serde_json::{Value, json};

use super::super::Tab;
use super::{CALL, CONFIG, Caller, Options, Stage, pair};
use crate::support::Site;
use crate::support::schema::Schema;

impl Caller<'_> {
    /// What can be read of an element, and waits for it.
    #[track_caller]
    fn says(&self, css: &str, text: &str) {
        let shown = format!("document.querySelector({})?.textContent.includes({})", json!(css), json!(text));
        self.page.wait(&shown);
    }

    /// Writes a note, and leaves the field.
    #[track_caller]
    fn jot(&self, text: &str) {
        self.press(&["n"]);
        self.page.wait("document.activeElement.matches('[data-script-notes]')");
        self.page.type_text(text);
        self.press(&["Escape"]);
    }

    /// The names of those whose calls wait.
    #[track_caller]
    fn waiting(&self) -> Value {
        self.page.js(
            "return [...document.querySelectorAll('[data-script-calls] b')].map((name) => name.textContent)",
            &[],
        )
    }

    #[track_caller]
    fn chooses(&self, answer: &str) {
        self.page.wait("document.querySelector('[data-script-other]').open");
        self.page.find(&format!("[data-script-other] [value={answer}]")).click();
    }

    /// A tab with a page of this site and nothing else.
    #[track_caller]
    fn tab(&self, path: &str) -> Tab {
        let tab = self.page.open_tab();
        self.page.media("prefers-reduced-motion", "reduce");
        self.open(path);
        tab
    }
}

#[test]
fn two_tabs_are_two_calls() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Anna&rep=Ola");
    caller.press(&["1"]);
    caller.at("discover");
    caller.jot("Anna fishes");
    let anna = page.tab();
    let bertil = caller.tab("/scripts/call/#first_name=Bertil");
    page.find("[data-script-start]").click();
    caller.at("call:before");
    caller.press(&["1", "2"]);
    caller.at("reply-1-ask");
    caller.jot("Bertil sails");
    page.switch(&anna);
    assert_eq!(caller.value("[data-script-notes]"), "Anna fishes");
    assert!(caller.text("[data-script-steps]").contains("What happened?"));
    page.switch(&bertil);
    caller.press(&["1"]);
    caller.at("outcome:callback");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    page.switch(&anna);
    caller.press(&["2"]);
    caller.at("outcome:closed");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let calls = stage.calls();
    assert_eq!(calls.len(), 2, "{calls:#?}");
    let told = [("Bertil", "Bertil sails", "callback"), ("Anna", "Anna fishes", "closed")];
    for (call, (name, notes, outcome)) in calls.iter().zip(told) {
        Schema::of_calls().assert(call);
        let data = &call["data"];
        assert_eq!(
            data["placeholders"],
            json!({"first_name": name, "rep": "Ola"}),
            "kept for all calls is the rep"
        );
        assert_eq!((&data["notes"], &data["outcome"]["id"]), (&json!(notes), &json!(outcome)));
        let note = data["note"].as_str().expect("a note");
        assert!(note.contains(name) && note.contains(notes), "{note}");
        let other = if name == "Anna" { "Bertil" } else { "Anna" };
        assert!(!call.to_string().contains(other), "{call:#}");
    }
    assert_ne!(calls[0]["id"], calls[1]["id"]);
    page.assert_no_errors();
}

#[test]
fn a_link_about_somebody_else_asks_first() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let begun = |name: &str| {
        page.js("sessionStorage.clear(); localStorage.clear()", &[]);
        caller.begin(&format!("/scripts/call/#first_name={name}"));
        caller.at("opener");
        caller.press(&["1"]);
        caller.at("discover");
    };
    let other = "/scripts/there/#second&first_name=Bo";
    caller.open("/scripts/call/");
    // Kept: it waits, the script that the link names is open, and the call goes on where it was.
    begun("Anna");
    caller.open(other);
    caller.says("[data-script-other]", "Your call with Anna isn’t sent");
    caller.says("[data-script-other]", "is for Bo");
    assert!(!page.find("[data-script-other] [value=send]").is_visible(), "it has not ended");
    caller.chooses("keep");
    caller.says("#second blockquote", "Two, Bo.");
    assert_eq!(caller.waiting(), json!(["Anna"]));
    caller.says("[data-script-told]", "The call with Anna is kept.");
    page.find("[data-script-calls] li button").click();
    page.wait("location.pathname === '/scripts/call/'");
    caller.at("discover");
    assert_eq!(page.js(&format!("return {CALL}.values.first_name"), &[]), json!("Anna"));
    page.find("[data-script-leave]").click();
    assert_eq!(caller.waiting(), json!(["Bo"]), "the other one waits now");
    // Dropped, and brought back.
    begun("Anna");
    caller.open(other);
    caller.chooses("drop");
    caller.says("[data-script-told]", "The call with Anna is dropped.");
    assert_eq!(caller.waiting(), json!([]));
    page.find("[data-script-undo]").click();
    page.wait("document.querySelectorAll('[data-script-calls] li').length === 1");
    // Gone on with: the link's call waits.
    begun("Anna");
    caller.open(other);
    caller.chooses("back");
    page.wait("location.pathname === '/scripts/call/'");
    caller.at("discover");
    caller.says("#opener blockquote", "Hello Anna");
    // In the middle of a call, by a link that only changes what is after the number sign; Escape keeps it.
    page.js("location.hash = '#first_name=Cleo'", &[]);
    page.wait("document.querySelector('[data-script-other]').open");
    page.press("Escape");
    caller.says("#opener blockquote", "Hello Cleo");
    page.wait("document.querySelectorAll('[data-script-calls] li').length === 2");
    // The same person again is no other call.
    begun("Anna");
    caller.open("/scripts/call/#first_name=Anna");
    caller.at("discover");
    assert!(page.js("return !document.querySelector('[data-script-other]').open", &[]) == json!(true));
    // Sent, from the page of another script, with its own words.
    caller.press(&["1"]);
    caller.at("outcome:callback");
    caller.open(other);
    caller.chooses("send");
    caller.says("#second blockquote", "Two, Bo.");
    let start = std::time::Instant::now();
    while stage.calls().is_empty() && start.elapsed().as_secs() < 15 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let calls = stage.calls();
    Schema::of_calls().assert(&calls[0]);
    let data = &calls[0]["data"];
    assert_eq!(data["script"]["key"], json!("scripts/call"));
    assert_eq!(data["outcome"], json!({"id": "callback", "label": "Ring again", "text": "They tell"}));
    assert_eq!(data["answers"][1], json!({"question": "Why, then?", "answer": ""}));
    assert_eq!(data["placeholders"], json!({"first_name": "Anna"}));
    page.assert_no_errors();
}

#[test]
fn what_throws_away_can_be_undone() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.ready("/scripts/call/#first_name=Anna&rep=Ola");
    // What is ticked before the call belongs to it.
    page.find(".checks input").click();
    page.js("document.activeElement.blur()", &[]);
    caller.press(&["1", "1", "3", "1", "2"]);
    caller.at("outcome:closed");
    // A jump back in the trail.
    page.find("[data-script-trail] button").click();
    caller.at("opener");
    caller.says("[data-script-told]", "Back at “Opener”");
    page.find("[data-script-undo]").click();
    caller.at("outcome:closed");
    assert_eq!(page.find_all("[data-script-trail] li").len(), 4);
    // Names and notes.
    caller.jot("Likes fish");
    page.find("[data-script-clear]").click();
    assert_eq!(caller.value("[data-script-notes]"), "");
    assert!(!caller.value("[data-script-letter]").contains("First name: Anna"));
    page.find("[data-script-undo]").click();
    assert_eq!(caller.value("[data-script-notes]"), "Likes fish");
    assert!(caller.value("[data-script-letter]").contains("First name: Anna"));
    assert_eq!(
        page.js("return JSON.parse(localStorage['ringback.placeholders']).values", &[]),
        json!({"rep": "Ola"})
    );
    // The next call: nothing was sent, so nothing is lost.
    page.find("[data-script-next]").click();
    caller.at("call:before");
    assert_eq!(page.find(".checks input").property("checked"), json!(false), "another call, other ticks");
    assert_eq!(caller.value("[data-script-notes]"), "");
    caller.says("[data-script-told]", "The call with Anna is kept. It isn’t sent.");
    page.find("[data-script-undo]").click();
    caller.at("outcome:closed");
    assert!(caller.value("[data-script-letter]").contains("Likes fish"));
    assert_eq!(page.find(".checks input").property("checked"), json!(true));
    // What was sent is done with.
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    page.find("[data-script-next]").click();
    caller.at("call:before");
    assert!(!page.find("[data-script-notice]").is_visible());
    page.find("[data-script-leave]").click();
    assert_eq!(caller.waiting(), json!([]));
    page.assert_no_errors();
}

#[test]
fn a_call_outlives_its_tab_and_two_tabs_at_it_agree() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let first = page.tab();
    let lost = caller.tab("/scripts/call/#first_name=Anna");
    page.find("[data-script-start]").click();
    caller.at("call:before");
    caller.press(&["1", "1"]);
    caller.at("discover");
    caller.jot("In the middle");
    // The tab is gone, without a word.
    page.switch(&lost);
    page.close_tab(&first);
    caller.open("/scripts/there/");
    page.wait("document.querySelectorAll('[data-script-calls] li').length === 1");
    page.find("[data-script-calls] li button").click();
    page.wait("location.pathname === '/scripts/call/'");
    caller.at("discover");
    assert_eq!(caller.value("[data-script-notes]"), "In the middle");
    // A second tab with the same call, as when a tab is duplicated.
    let id = page.js("return sessionStorage['ringback.call']", &[]);
    let second = caller.tab("/scripts/there/");
    page.js("sessionStorage['ringback.call'] = arguments[0]", &[id]);
    caller.open("/scripts/call/");
    caller.at("discover");
    page.switch(&first);
    caller.press(&["2"]);
    caller.at("outcome:closed");
    page.switch(&second);
    caller.at("outcome:closed");
    caller.jot(", and after");
    page.switch(&first);
    page.wait("document.querySelector('[data-script-notes]').value === 'In the middle, and after'");
    // All is cleared by another page of the site: the call isn't.
    page.switch(&second);
    page.js("localStorage.clear()", &[]);
    page.switch(&first);
    page.wait("Object.keys(localStorage).some((key) => key.startsWith('ringback.calls.'))");
    // What can't be stored is told, and the call goes on.
    page.js(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        &[],
    );
    caller.press(&["Escape"]);
    caller.at("discover");
    caller.says("[data-script-told]", "This browser refuses to store the call.");
    caller.press(&["2"]);
    caller.at("outcome:closed");
    page.assert_no_errors();
}

#[test]
fn a_call_goes_on_in_another_language_and_from_another_page() {
    let swedish = "---\ntitle: Samtalet\naudience: team\nplaceholders: {first_name: {label: Förnamn}}\noutcomes: {callback: {label: Ring igen, questions: [När?]}, closed: {label: Slut}}\n---\n\n\
         ## Öppning\n\n> Hej {{first_name}}.\n\n- Ja → [Fråga](#fraga)\n- Nej → [Slut](outcome:closed)\n\n\
         ## Fråga\n\n> Vad hände?\n\n- De berättar → [Ring då](outcome:callback)\n- Inget → [Slut](outcome:closed)\n";
    let english = swedish
        .replace("Samtalet", "The talk")
        .replace("## Öppning", "## Opener")
        .replace("Hej {{", "Hello {{")
        .replace("(#fraga)", "(#ask)")
        .replace("## Fråga", "## Ask")
        .replace("Vad hände?", "What happened?")
        .replace("Ring igen", "Ring again");
    let site = Site::empty()
        .with("ringback.yaml", CONFIG)
        .with("content/scripts/talk.md", english)
        .with("content/scripts/talk.sv.md", swedish)
        .with("content/scripts/other.md", "---\ntitle: Other\naudience: team\noutcomes: {closed: {label: Closed}}\n---\n\n## First\n\n> One.\n\n- On → [Part](outcome:closed)\n- \"No\" → [Part](outcome:closed)\n");
    let stage = Stage::with(site);
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/talk/#first_name=Kim");
    caller.press(&["1"]);
    caller.at("ask");
    caller.jot("Prefers Swedish");
    let started = page.js(&format!("return {CALL}.started"), &[]);
    page.find(".desk .langs a[hreflang=sv]").click();
    page.wait("location.pathname.startsWith('/sv/')");
    page.wait("document.querySelector('.on blockquote')?.textContent.includes('Vad hände?')");
    assert_eq!(caller.value("[data-script-notes]"), "Prefers Swedish");
    assert_eq!(page.js(&format!("return {CALL}.started"), &[]), started);
    // Back is back in this language.
    caller.press(&["Escape"]);
    page.wait("document.querySelector('.on blockquote')?.textContent.includes('Hej Kim')");
    assert!(page.url().contains("/sv/"));
    caller.press(&["1"]);
    page.wait("document.querySelector('.on blockquote')?.textContent.includes('Vad hände?')");
    // By the header, while it pauses.
    page.find("[data-script-leave]").click();
    page.find("header .langs a[hreflang=en]").click();
    page.wait(
        "location.pathname === '/scripts/talk/' && document.querySelector('[data-script][data-ready]')",
    );
    page.find("[data-script-start]").click();
    caller.at("ask");
    // From the page of another script.
    page.find("[data-script-leave]").click();
    caller.open("/scripts/other/");
    assert_eq!(caller.text("[data-script-start]"), "Continue the call");
    page.find("[data-script-start]").click();
    page.wait("location.pathname === '/scripts/talk/'");
    caller.at("ask");
    assert_eq!(caller.value("[data-script-notes]"), "Prefers Swedish");
    caller.press(&["1"]);
    caller.at("outcome:callback");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    Schema::of_calls().assert(&stage.calls()[0]);
    page.assert_no_errors();
}

#[test]
fn calls_of_an_earlier_version_are_read() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.open("/scripts/there/");
    let earlier = "const now = Date.now();
        sessionStorage['ringback.call'] = JSON.stringify({key: 'abc123', script: {url: 'https://team.fjord.example/scripts/call/',
          title: 'The call', lang: 'en', key: 'scripts/call'}, budget: 60, page: '/scripts/call/', step: 'discover', started: now - 60000,
          ended: 0, trail: [{page: '/scripts/call/', script: 'The call', id: 'opener', name: 'Opener', said: '“Yes”', at: 2000}],
          notes: 'From before', labels: {first_name: 'First name'}, asked: {}, when: '', paused: false, sent: null});
        localStorage['ringback.placeholders'] = JSON.stringify({values: {first_name: 'Kim', rep: 'Ola'}, keep: ['rep']})";
    page.js(earlier, &[]);
    caller.open("/scripts/call/");
    caller.at("discover");
    assert_eq!(caller.value("[data-script-notes]"), "From before");
    caller.says("#opener blockquote", "Hello Kim, Ola here.");
    page.reload();
    caller.at("discover");
    caller.press(&["1"]);
    caller.at("outcome:callback");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let call = &stage.calls()[0];
    Schema::of_calls().assert(call);
    assert_eq!(call["data"]["placeholders"], json!({"first_name": "Kim", "rep": "Ola"}));
    assert_eq!(call["data"]["path"].as_array().map(Vec::len), Some(2));
    page.assert_no_errors();
}

#[test]
fn the_time_of_a_meeting_is_in_note_event_and_calendar() {
    let stage = Stage::of(
        &super::short()
            .replace("- Elsewhere → [There](there.md#second)\n", "")
            .replace("[Our guide](send:guide)", "It")
            .replace(
                "  closed: {label: Closed}",
                "  closed: {label: Closed}\n  booked: {label: Hour booked, meeting: true}",
            )
            .replace("- They don't → [Part](outcome:closed)", "- They don't → [Part](outcome:booked)"),
    );
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    page.cdp("Emulation.setTimezoneOverride", json!({"timezoneId": "Europe/Oslo"}));
    caller.begin("/scripts/call/#first_name=Kim");
    caller.press(&["1", "2"]);
    caller.at("outcome:booked");
    assert_eq!(caller.text("[data-script-when] label"), "The time of the meeting");
    let set = "const at = document.querySelector('[data-script-at]'); at.value = '2026-12-01T14:00'; at.dispatchEvent(new Event('input', {bubbles: true}))";
    page.js(set, &[]);
    assert!(
        caller.value("[data-script-letter]").contains("The time of the meeting: Tuesday, December 1, 2026")
    );
    let file = "const made = URL.createObjectURL;
        let blob;
        URL.createObjectURL = (given) => made.call(URL, blob = given);
        document.querySelector('[data-script-calendar]').click();
        while (!blob) await new Promise((done) => setTimeout(done, 10));
        return await blob.text()";
    let file = page.js_async(file, &[]);
    let file = file.as_str().expect("a calendar");
    for line in ["DTSTART:20261201T130000Z", "DTEND:20261201T140000Z", "SUMMARY:Hour booked: Kim"] {
        assert!(file.contains(&format!("{line}\r\n")), "no {line} in {file}");
    }
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let call = &stage.calls()[0];
    Schema::of_calls().assert(call);
    assert_eq!(call["data"]["promised"], json!("2026-12-01T13:00:00Z"));
    // Where no time is asked for, there is no field.
    page.find("[data-script-next]").click();
    caller.at("call:before");
    caller.press(&["1", "2", "2"]);
    caller.at("outcome:closed");
    assert!(!page.find("[data-script-when]").is_visible());
    page.assert_no_errors();
}
