//! Forms that are tried, and the inbox that takes them.

use super::super::Screen;
use super::{Desk, Site};

/// Fills the form of the page in, and sends it.
#[track_caller]
fn send(desk: &Desk, name: &str) {
    let page = &desk.page;
    page.wait("document.querySelector('[data-lead][data-ready]')");
    page.js("window.readyAt = performance.now()", &[]);
    for (field, text) in [("name", name), ("email", "kim@fjord-works.example")] {
        let focus = format!(
            "const input = document.querySelector('[data-field={field}] input'); input.focus(); input.select()"
        );
        page.js(&focus, &[]);
        page.insert(text);
    }
    page.find("[data-consent=contact] input").click();
    // Whoever is quicker than two seconds is asked whether they are sure.
    page.wait("performance.now() - window.readyAt > 2100");
    page.find("[data-lead] button[type=submit]").click();
}

#[test]
fn a_lead_is_in_the_inbox_as_soon_as_it_is_sent_and_the_gate_opens() {
    let Some(desk) = Desk::new(&[]) else { return };
    let page = &desk.page;
    page.goto(&desk.served.url("/.ringback/inbox"));
    page.wait("document.getElementById('status').textContent.startsWith('Nothing yet')");
    page.shot("serve-inbox-empty");
    let inbox = page.tab();
    page.open_tab();
    desk.open("/insights/shut/");
    send(&desk, "Kim Bergström");
    page.wait("document.querySelector('main').textContent.includes('The sealed part.')");
    page.assert_no_errors();
    page.switch(&inbox);
    page.wait("document.querySelector('#received h3')?.textContent === 'Kim Bergström'");
    assert_eq!(page.js("return document.querySelectorAll('.kinds > details').length", &[]), 4);
    let json = page.js("return document.querySelector('article > details pre').textContent", &[]);
    let lead: serde_json::Value = serde_json::from_str(json.as_str().expect("text")).expect("JSON");
    crate::support::schema::Schema::of_leads().assert(&lead);
    assert_eq!(lead["data"]["gate"], "shut");
    page.js("document.querySelectorAll('article > details, .kinds > details').forEach((each, index) => each.open = index < 2)", &[]);
    page.shot("serve-inbox");
    page.media("prefers-color-scheme", "dark");
    page.screen(Screen::Phone);
    page.shot("serve-inbox-phone-dark");
    assert_eq!(page.js("return document.documentElement.scrollWidth - innerWidth", &[]), 0);
    page.assert_no_errors();
}

#[test]
fn an_inbox_that_refuses_shows_what_a_visitor_is_told() {
    let Some(desk) = Desk::new(&[]) else { return };
    let page = &desk.page;
    page.goto(&desk.served.url("/.ringback/inbox"));
    page.find("[name=answer][value=refused]").click();
    page.wait("document.getElementById('answers').dataset.answer === 'refused'");
    desk.open("/insights/shut/");
    send(&desk, "Kim");
    page.wait("document.querySelector('[data-lead]').dataset.state === 'refused'");
    let said = page.js("return document.querySelector('[data-lead-status]').textContent", &[]);
    assert!(!said.as_str().unwrap_or_default().is_empty());
    page.shot("serve-refused");
    // It came in nevertheless, and says what it was answered.
    page.goto(&desk.served.url("/.ringback/inbox"));
    page.wait("document.querySelector('#received article')?.textContent.includes('Rejects it (400)')");
    page.find("[name=answer][value=broken]").click();
    page.wait("document.getElementById('answers').dataset.answer === 'broken'");
    page.find("#clear").click();
    page.wait("!document.querySelector('#received article')");
    page.js("localStorage.clear()", &[]);
    desk.open("/insights/shut/");
    send(&desk, "Kim");
    page.wait("document.querySelector('[data-lead]').dataset.state === 'waiting'");
    // The browser writes each refusal to its console.
    let errors = page.errors();
    assert!(errors.iter().all(|error| error.source == "network"), "{errors:#?}");
}

/// Fills in what a form asks for, as it is shown, whatever it is, and sends it.
#[track_caller]
fn send_whatever_is_asked(desk: &Desk) {
    let page = &desk.page;
    page.wait("document.querySelector('[data-lead][data-ready]')");
    page.js(
        "const form = document.querySelector('[data-lead] form');
         for (const input of form.querySelectorAll('[data-field] input, [data-field] textarea')) {
             if (input.type === 'radio' || input.type === 'checkbox') { input.click(); continue; }
             input.value = { email: 'kim@fjord-works.example', tel: '070-123 45 67' }[input.type] ?? 'Kim Berg';
             input.dispatchEvent(new Event('input', { bubbles: true }));
         }
         form.querySelectorAll('[data-consent] input').forEach((input) => input.click());
         window.readyAt = performance.now();",
        &[],
    );
    page.wait("performance.now() - window.readyAt > 2100");
    // Not where the bar of the preview is.
    page.js(
        "document.querySelector('[data-lead] button[type=submit]').scrollIntoView({ behavior: 'instant', block: 'center' })",
        &[],
    );
    page.find("[data-lead] button[type=submit]").click();
}

#[test]
fn the_forms_of_a_new_site_reach_the_inbox_in_every_language() {
    for (lang, contact, gated) in [
        ("en", "/contact/", "/insights/ten-questions/"),
        ("sv", "/kontakt/", "/insikter/tio-fragor/"),
        ("nb", "/kontakt/", "/innsikt/ti-sporsmal/"),
    ] {
        let site = Site::empty();
        let run = site.run(&["init", ".", "--lang", lang]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let Some(desk) = Desk::of(site, &[]) else { return };
        desk.open(contact);
        send_whatever_is_asked(&desk);
        desk.page.wait("document.querySelector('[data-lead]').dataset.state === 'confirmed'");
        desk.page.shot(&format!("serve-new-{lang}"));
        desk.open(gated);
        send_whatever_is_asked(&desk);
        desk.page.wait("document.querySelector('[data-gate][data-open]')");
        desk.page.goto(&desk.served.url("/.ringback/inbox"));
        desk.page.wait("document.querySelectorAll('#received article').length === 2");
        desk.page.assert_no_errors();
    }
}
