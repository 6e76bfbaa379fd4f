//! What statistics hear of, and what they don't.

use serde_json::json;

use super::{BAR, Browser, Options, Stage, TWO, hosts, open};

/// Everything that statistics have heard on this page, with the events that scripts of the site's own hear.
const HEARD: &str =
    "return window._paq.filter(([kind]) => kind === 'trackEvent').map((call) => call.slice(1))";

/// Stops links, so that the page stays.
const STAY: &str =
    "addEventListener('click', (event) => event.target.closest('a') && event.preventDefault())";

#[test]
fn statistics_hear_of_leads_buttons_calls_and_searches_and_of_nobody() {
    let stage = Stage::new(&format!(
        "{}journey: {{calls_to_action: {{convert: {{page: pages/contact}}}}}}\n",
        "integrations: {matomo: {host: 'ORIGIN', id: 1, consent: false}}\n"
    ));
    stage.others.answer(|path| path == "/matomo.js", 200, "window.ran = ['quiet']");
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &stage.server.url("/insights/one/"));
    page.wait("window.ran && performance.getEntriesByType('resource').some(({ name }) => name.includes('/js/events'))");
    // It listens when it has been run, not when it has been loaded.
    page.js_async("await import(performance.getEntriesByType('resource').find(({ name }) => name.includes('/js/events')).name)", &[]);
    page.js(STAY, &[]);
    page.js("document.querySelector('main a.button').click(); document.querySelector('a[href^=\"tel:\"]').click()", &[]);
    page.wait("window._paq.filter(([kind]) => kind === 'trackEvent').length === 2");
    assert_eq!(
        page.js(HEARD, &[]),
        json!([["ringback", "cta", "/contact/ next-step"], ["ringback", "call_number"]])
    );

    // A search in vain, without its words.
    open(&page, &stage.server.url("/search/?q=zzqqxx+anna@example.org"));
    page.wait("window._paq?.some(([, , name]) => name === 'search_without_result')");
    assert_eq!(page.js(HEARD, &[]), json!([["ringback", "search_without_result"]]));
    let url = page.js("return JSON.stringify(window._paq)", &[]);
    assert!(!url.to_string().contains("anna"), "{url}");

    // A lead, without whose it is.
    open(&page, &stage.server.url("/contact/"));
    page.wait("document.querySelector('[data-lead]').dataset.ready === ''");
    page.find("[name=email]").focus();
    page.type_text("anna.berg@example.org");
    page.find("[data-lead] [type=submit]").focus();
    page.press("Enter");
    page.wait("['sure', 'sent'].includes(document.querySelector('[data-lead]').dataset.state)");
    if page.js("return document.querySelector('[data-lead]').dataset.state", &[]) == "sure" {
        page.find("[data-lead-sure]").focus();
        page.press("Enter");
    }
    page.wait("window._paq?.some(([, , name]) => name === 'lead')");
    assert_eq!(page.js(HEARD, &[]), json!([["ringback", "lead", "crm"]]));
    let all = page.js("return JSON.stringify(window._paq)", &[]).to_string();
    assert!(!all.contains("anna") && !all.contains("berg"), "{all}");

    // Gates and outcomes are told by the program's own scripts.
    page.js(
        "const heard = window.heard = []; document.addEventListener('ringback:event', ({ detail }) => heard.push(detail));\n\
         const say = (kind, detail) => document.dispatchEvent(new CustomEvent(`ringback:${kind}`, { detail }));\n\
         say('open', { gate: 'guide' }); say('outcome', { outcome: 'meeting' }); say('outcome', { outcome: 'meeting' });\n\
         say('lead', { id: 'x', form: 'crm', state: 'waiting', answer: 'anna' });\n\
         say('assessment', { id: 'maturity', step: 'question', n: 2, answer: 'anna' }); say('calculator', { id: 'costs', step: 'started' });\n\
         say('survey', { id: 'people', step: 'finished', code: 'anna' })",
        &[],
    );
    assert_eq!(
        page.js("return window.heard", &[]),
        json!([
            {"name": "gate_opened", "gate": "guide"},
            {"name": "outcome", "outcome": "meeting"},
            {"name": "assessment_question", "assessment": "maturity", "n": "2"},
            {"name": "calculator_started", "calculator": "costs"},
            {"name": "survey_finished", "survey": "people"}
        ])
    );
    page.assert_no_errors();
}

#[test]
fn nobody_hears_anything_where_statistics_are_off() {
    let stage = Stage::new(TWO);
    let Some(page) = Browser::open(Options::default()) else { return };
    open(&page, &stage.server.url("/insights/one/"));
    page.wait(BAR);
    page.find(".consent summary").focus();
    page.press("Enter");
    page.find("[name=marketing]").click();
    page.find("[data-consent-save]").click();
    page.wait("window.ran?.length === 1");
    page.js(STAY, &[]);
    page.js("window.heard = []; document.addEventListener('ringback:event', ({ detail }) => heard.push(detail)); document.querySelector('a[href^=\"tel:\"]').click()", &[]);
    assert_eq!(page.js("return [window.heard, window._paq ?? 0]", &[]), json!([[], 0]));
    let scripts =
        "return performance.getEntriesByType('resource').some(({ name }) => name.includes('/js/events'))";
    assert_eq!(page.js(scripts, &[]), false);
    let origin = stage.others.url("/");
    assert!(hosts(&page).iter().all(|host| origin.contains(host.as_str())));
    page.assert_no_errors();
}
