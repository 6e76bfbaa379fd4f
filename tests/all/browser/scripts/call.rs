//! During a call: keys, objections, notes, the way back, other scripts, another load of the page.

use serde_json::json;

use super::super::Screen;
use super::{CALL, Caller, Options, Stage, pair, short};

#[test]
fn a_call_is_led_by_the_keyboard() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/");
    caller.at("opener");
    assert_eq!(page.find_all(".call-step.on").len(), 1);
    assert!(!page.find("h1 ~ .standfirst, .byline").is_visible(), "what is not needed is gone");
    // Back and forth.
    caller.press(&["1"]);
    caller.at("discover");
    caller.press(&["Backspace"]);
    caller.at("opener");
    caller.press(&["3"]);
    caller.at("opener--3");
    assert!(caller.text(".on [data-name]").contains("Perhaps"));
    caller.press(&["Escape"]);
    caller.at("opener");
    // What nothing leads to does nothing.
    caller.press(&["9", "x", "Enter"]);
    caller.at("opener");
    // Objections: by how people say it, with accents or without, in a moment.
    caller.press(&["/"]);
    page.wait("document.activeElement.matches('[data-script-filter]')");
    page.type_text("hinner");
    page.wait("document.querySelector('[data-script-found] a').getAttribute('href').startsWith('/')");
    page.press("Control+a");
    page.type_text("qqqq");
    page.wait("!document.querySelector('[data-script-none]').hidden");
    page.press("Control+a");
    page.press("Backspace");
    page.wait("document.querySelectorAll('[data-script-found] li').length === 1");
    caller.press(&["ArrowDown", "Enter"]);
    caller.at("reply-1-ask");
    assert!(
        !page
            .js("return document.querySelector('dialog.search')?.open ?? false", &[])
            .as_bool()
            .unwrap_or(true)
    );
    caller.press(&["ArrowRight"]);
    caller.at("reply-2-leave");
    assert_eq!(caller.text(".on blockquote").trim(), "Then I leave you to it.");
    // After the reply, the call goes on where it was, as if nobody had interrupted.
    assert_eq!(caller.text("[data-script-resume] b"), "Opener");
    caller.press(&["0"]);
    caller.at("opener");
    assert!(!page.find("[data-script-return]").is_visible());
    assert!(caller.text("[data-script-trail]").contains("“Opener” again"));
    caller.press(&["Escape"]);
    caller.at("reply-2-leave");
    // Esc closes the objections, and nothing else.
    caller.press(&["/", "Escape"]);
    page.wait("!document.querySelector('[data-script-objections]').open");
    caller.at("reply-2-leave");
    // In WebKit, a search field takes the key for itself, and all that a page sees is the event.
    for on in ["[data-script-filter]", "[data-script-found] a"] {
        caller.press(&["/"]);
        page.wait("document.activeElement.matches('[data-script-filter]')");
        let escape = "document.querySelector(arguments[0]).dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))";
        page.js(escape, &[json!(on)]);
        page.wait("!document.querySelector('[data-script-objections]').open");
        caller.at("reply-2-leave");
    }
    caller.press(&["Escape"]);
    caller.at("opener");
    // Notes: keys are letters there.
    caller.press(&["1", "n"]);
    page.wait("document.activeElement.matches('[data-script-notes]')");
    page.type_text("2 of 3 said / no");
    assert_eq!(caller.value("[data-script-notes]"), "2 of 3 said / no");
    caller.press(&["Escape", "1"]);
    caller.at("outcome:callback");
    assert!(caller.value("[data-script-letter]").contains("2 of 3 said / no"));
    // The trail leads back to where it was.
    page.find("[data-script-trail] button").click();
    caller.at("opener");
    assert_eq!(page.find_all("[data-script-trail] li").len(), 0);
    // The keys can be switched off; what is there for all pages stays.
    page.find("[data-script-keys]").click();
    page.js("document.activeElement.blur()", &[]);
    caller.press(&["1"]);
    caller.at_still("opener");
    page.assert_no_errors();
}

#[test]
fn a_call_goes_on_after_a_reload_and_in_another_script() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim");
    caller.press(&["1", "n"]);
    page.type_text("Likes fish");
    page.reload();
    caller.at("discover");
    assert_eq!(caller.value("[data-script-notes]"), "Likes fish");
    caller.press(&["Escape", "4"]);
    page.wait("location.pathname === '/scripts/there/'");
    caller.at("second");
    assert_eq!(caller.text(".on blockquote").trim(), "Two, Kim.");
    assert_eq!(caller.value("[data-script-notes]"), "Likes fish");
    let started = format!("return {CALL}.started");
    let before = page.js(&started, &[]);
    // Back is back, wherever that was.
    caller.press(&["Escape"]);
    page.wait("location.pathname === '/scripts/call/'");
    caller.at("opener");
    caller.press(&["4"]);
    page.wait("location.pathname === '/scripts/there/'");
    caller.at("second");
    caller.press(&["2"]);
    page.wait("location.pathname === '/scripts/call/'");
    caller.at("discover");
    assert_eq!(page.js(&started, &[]), before, "one call, one clock");
    // The browser's own way back is a step back, too.
    caller.press(&["3"]);
    caller.at("opener");
    page.back();
    caller.at("discover");
    // A pause shows the page, and the call goes on afterwards.
    page.find("[data-script-leave]").click();
    assert!(!page.js("return document.body.classList.contains('calling')", &[]).as_bool().unwrap_or(true));
    page.reload();
    page.wait("document.querySelector('[data-script][data-ready]')");
    assert!(page.find("#opener blockquote").is_visible() && page.find("#discover blockquote").is_visible());
    page.find("[data-script-start]").click();
    caller.at("discover");
    caller.press(&["2"]);
    caller.at("outcome:closed");
    let letter = caller.value("[data-script-letter]");
    assert!(letter.contains("Second") && letter.contains("Likes fish"), "{letter}");
    // Another call begins with nothing.
    page.find("[data-script-next]").click();
    caller.at("call:before");
    assert_eq!(caller.value("[data-script-notes]"), "");
    page.assert_no_errors();
}

#[test]
fn time_is_told_against_the_budget() {
    let stage = Stage::of(
        &short()
            .replace("- Elsewhere → [There](there.md#second)\n", "")
            .replace("[Our guide](send:guide)", "It"),
    );
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/");
    caller.at("opener");
    assert_eq!(caller.text(".on .time"), "12 s");
    let later = format!(
        "const call = {CALL};
         call.started -= arguments[0];
         localStorage['ringback.calls.' + call.key] = JSON.stringify(call)"
    );
    page.js(&later, &[json!(45_000)]);
    page.reload();
    page.wait("document.querySelector('[data-script-time]').textContent >= '0:45'");
    assert!(page.find_all(".clock.late").is_empty());
    page.js(&later, &[json!(30_000)]);
    page.reload();
    page.find(".clock.late");
    assert!(caller.text("[data-script-clock] p").contains("of 1:00"));
    // A call of yesterday is over.
    page.js(&later, &[json!(86_400_000)]);
    page.reload();
    page.wait("document.querySelector('[data-script][data-ready]')");
    assert!(page.find_all(".calling").is_empty());
    page.wait("document.querySelectorAll('[data-script-calls] li').length === 1");
    page.assert_no_errors();
}

impl Caller<'_> {
    /// Nothing has happened: this step is still shown.
    #[track_caller]
    fn at_still(&self, step: &str) {
        assert_eq!(self.page.js("return document.querySelector('.on')?.id", &[]), json!(step));
    }
}

#[test]
fn a_script_without_objections_has_those_of_the_others() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/there/");
    caller.at("first");
    caller.press(&["/"]);
    page.wait("document.activeElement.matches('[data-script-filter]')");
    assert!(!page.find("[data-script-none]").is_visible(), "nothing was looked for yet");
    page.type_text("hinner");
    page.wait("document.querySelector('[data-script-found] a')?.getAttribute('href').startsWith('/')");
    caller.press(&["Escape"]);
    caller.at("first");
    page.assert_no_errors();
}
