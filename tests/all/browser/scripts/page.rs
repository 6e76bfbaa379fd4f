//! The page without the player: to read without JavaScript, on paper, with very many steps, and in odd texts.

use std::fmt::Write as _;

use serde_json::json;

use super::super::{Screen, Scripts};
use super::{Caller, Options, SHORT, Stage, pair};

#[test]
fn a_script_is_a_page_without_javascript() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    let page = &caller.page;
    page.goto(&stage.server.url("/scripts/call/"));
    for step in ["opener", "opener--3", "discover", "objection-no-time", "reply-2-leave", "outcome:callback"]
    {
        let css = format!("[id='{step}']");
        assert!(page.find(&css).is_visible(), "{step}");
    }
    assert!(caller.text("#opener blockquote").starts_with("Hello First name, Your name here."));
    assert!(!caller.text("main").contains("{{"));
    for hidden in [
        "[data-script-start]",
        "[data-script-dock]",
        "[data-script-desk]",
        "[data-script-finish]",
        "[data-script-clock]",
    ] {
        assert!(page.find_all(hidden).iter().all(|element| !element.is_visible()), "{hidden}");
    }
    // All jumps are links, to a place that is there.
    let broken = page.js(
        "return [...document.querySelectorAll('.answers a, .toc a')].map((link) => link.getAttribute('href'))
            .filter((href) => href.startsWith('#') && !document.getElementById(decodeURIComponent(href.slice(1))))",
        &[],
    );
    assert_eq!(broken, json!([]));
    page.find("#opener .answers a").click();
    page.wait("location.hash === '#discover'");
    page.find("#discover .answers a").click();
    page.wait("location.hash === '#outcome:callback'");
    page.find("a[href='/scripts/there/#second']").click();
    page.wait("location.pathname === '/scripts/there/'");
    page.assert_no_errors();
}

#[test]
fn paper_gets_a_clean_sheet() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Kim");
    caller.at("opener");
    // Even in the middle of a call.
    page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"}));
    for step in ["opener", "opener--3", "discover", "reply-2-leave", "outcome:closed"] {
        assert!(page.find(&format!("[id='{step}']")).is_visible(), "{step}");
    }
    for gone in
        [".dock", ".desk", ".clock", ".finish", ".toc", ".find", "[data-script-start]", ".replies", ".go"]
    {
        assert!(page.find_all(gone).iter().all(|element| !element.is_visible()), "{gone}");
    }
    assert!(caller.text("#opener").contains("Kim"));
    let arrow = "return getComputedStyle(document.querySelector('#opener .answers .to'), '::before').content";
    assert!(
        page.js(arrow, &[]).as_str().is_some_and(|content| content.contains('→')),
        "answers say where they lead"
    );
    page.cdp("Emulation.setEmulatedMedia", json!({"media": ""}));
    page.assert_no_errors();
}

#[test]
fn five_hundred_steps_are_as_quick_as_five() {
    let mut script = SHORT.to_string();
    for step in 0..500 {
        let _ = write!(
            script,
            "\n## Step {step}\n\n> Hello {{{{first_name}}}}, {{{{rep}}}}, {{{{page}}}}: {step}.\n\n- \"On\" → [On](#step-{})\n- \"Back\" → [Begin](#step-0)\n- \"No\" → [Part](outcome:closed)\n",
            (step + 1) % 500
        );
    }
    script += "\n## Objection: No time\n\n### Reply 1: Ask\n\n> When?\n\n- A time → [Ring](outcome:callback)\n- No → [Part](outcome:closed)\n";
    let stage = Stage::of(&script);
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/");
    caller.at("step-0");
    // Each step as long as a browser takes to show it.
    let usual = page.js_async(
        "const times = [];
         for (let step = 1; step <= 200; step++) {
           const start = performance.now();
           document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true, cancelable: true }));
           document.body.offsetHeight;
           times.push(performance.now() - start);
           if (document.querySelector('.on').id !== `step-${step}`) throw new Error(document.querySelector('.on').id);
           if (step % 20 === 0) await new Promise((done) => setTimeout(done));
         }
         return times.sort((a, b) => a - b)[times.length / 2]",
        &[],
    );
    assert!(usual.as_f64() < Some(400.0), "{usual} ms");
    let typed = page.js(
        "const field = document.querySelector('[data-script-fill=first_name]'), start = performance.now();
         field.value = 'Kim';
         field.dispatchEvent(new Event('input', { bubbles: true }));
         document.body.offsetHeight;
         return performance.now() - start",
        &[],
    );
    assert!(typed.as_f64() < Some(400.0), "{typed} ms");
    println!("a step takes {usual} ms, a letter in a placeholder {typed} ms");
    page.assert_no_errors();
}

#[test]
fn odd_texts_are_texts() {
    let script = format!(
        "{}\n## مرحبا {{{{first_name}}}} 🌊 (5s)\n\n> שלום {{{{first_name}}}}, {{{{rep}}}} <b>&amp;</b> {{{{page}}}}!\n\n- \"نعم\" → [Same](#same)\n- \"לא\" → [No time](#objection-no-time)\n\n\
         ## Same {{#same}}\n\n> One.\n\n- On → [The other](#same-2)\n- \"No\" → [Part](outcome:closed)\n\n\
         ## Same\n\n> Two.\n\n- Round → [Round](#same)\n- \"End\" → [Part](outcome:closed)\n\n\
         ## Objection: No time\n\n> [!NOTE]\n> Breathe.\n\n### Reply 1: *Ask* `it`\n\n> When?\n\n- → [Ring](outcome:callback)\n- No → [Part](outcome:closed)\n",
        SHORT
    );
    let stage = Stage::of(&script);
    let Some(caller) = Caller::new(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=محمد");
    page.wait("document.querySelector('.on [data-name]')?.textContent === 'مرحبا محمد 🌊'");
    assert!(caller.text(".on blockquote").contains("שלום"));
    caller.press(&["1"]);
    caller.at("same");
    caller.press(&["1"]);
    caller.at("same-2");
    caller.press(&["1"]);
    caller.at("same");
    caller.press(&["Escape", "Escape", "Escape", "2"]);
    page.wait("document.querySelector('.on.reply')");
    assert!(page.find(".objection .alert").is_visible(), "a note for all replies is there with each");
    caller.press(&["1"]);
    caller.at("outcome:callback");
    assert!(!caller.value("[data-script-letter]").contains("{{"));
    let width = page.js("return document.documentElement.scrollWidth <= innerWidth", &[]);
    assert_eq!(width, json!(true), "nothing is wider than the phone");
    page.assert_no_errors();
}
