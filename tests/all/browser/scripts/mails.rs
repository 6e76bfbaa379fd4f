//! Emails: filled in on their own page, within a call and in the share kit. No email program takes part: what counts is the link
//! that opens one.

use serde_json::json;

use super::{Caller, Options, Stage, pair};

const MAIL: &str = "---\ntitle: After the call\nsubject: \"For {{first_name}} & co\"\nplaceholders: {agreed: {label: Agreed, example: a call}}\n---\n\nHello {{first_name}},\n\nwe agreed: {{agreed}}. Here is [the guide](../insights/guide.md).\n\n{{rep}}\n";
const LINKED: &str =
    "---\ntitle: The page\nsubject: \"{{title}}\"\n---\n\nHello {{first_name}}, {{title}}: {{link}}\n";

fn stage() -> Stage {
    let site = pair().with("content/mails/after.md", MAIL).with("content/mails/page.md", LINKED).with(
        "content/people/ola.md",
        "---\ntitle: Ola Dahl\nrep: true\nphone: \"+46 8 465 004 12\"\n---\n\nSells.\n",
    );
    Stage::with(site)
}

/// What the link of the email would open: `mailto:` without its signs for others.
const OPENED: &str = "return decodeURIComponent(document.querySelector('.mail-form a.button').href)";

#[test]
fn an_email_is_filled_in_on_its_page() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    page.goto(&stage.server.url("/mails/after/#first_name=Kim&email=kim%40fjord.example"));
    page.wait("document.querySelector('[data-mail][data-ready]')");
    assert_eq!(page.js("return location.hash", &[]), "");
    page.js("localStorage['ringback.rep'] = 'ola'", &[]);
    page.goto("about:blank");
    page.goto(&stage.server.url("/mails/after/#first_name=Kim&email=kim%40fjord.example"));
    page.wait("document.querySelector('.mail-form')");
    assert!(caller.text(".mail-form [role=status]").contains("Agreed"));
    page.find("#mail-agreed").focus();
    page.type_text("a visit");
    page.wait("document.querySelector('.mail-form [role=status]').textContent === ''");
    assert_eq!(caller.value("#mail-subject"), "For Kim & co");
    assert_eq!(
        caller.value("#mail-text"),
        "Hello Kim,\n\nwe agreed: a visit. Here is the guide: https://fjord.example/insights/guide/?via=ola.\n\nOla Dahl"
    );
    assert_eq!(
        page.js(OPENED, &[]),
        "mailto:kim@fjord.example?subject=For Kim & co&body=Hello Kim,\r\n\r\nwe agreed: a visit. Here is the guide: https://fjord.example/insights/guide/?via=ola.\r\n\r\nOla Dahl"
    );
    // Nobody else is written to, whatever is in the field.
    page.js(
        "const field = document.querySelector('#mail-email'); field.value = 'a@b.example?bcc=c@d.example,e@f.example'; field.dispatchEvent(new Event('input'))",
        &[],
    );
    let href = page.js("return document.querySelector('.mail-form a.button').href", &[]);
    assert!(
        href.as_str().is_some_and(
            |href| href.starts_with("mailto:a@b.example%3Fbcc%3Dc@d.example%2Ce@f.example?subject=")
        ),
        "{href}"
    );
}

#[test]
fn an_email_knows_what_the_call_knows() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begin("/scripts/call/#first_name=Anna");
    caller.press(&["m"]);
    page.wait("document.querySelectorAll('[data-mail-names] button').length === 2");
    page.type_text("after");
    page.press("Enter");
    page.wait("document.querySelector('.mail-form')");
    assert_eq!(caller.value("#call-mail-subject"), "For Anna & co");
    // What is filled in there is the call's, too.
    page.find("#call-mail-email").focus();
    page.type_text("anna@fjord.example");
    assert_eq!(page.js(&format!("return {}.values", super::CALL), &[])["email"], json!("anna@fjord.example"));
    page.js("document.querySelector('.mail-form a.button').addEventListener('click', (event) => event.preventDefault())", &[]);
    page.find(".mail-form a.button").click();
    page.find("[data-mail-close]").click();
    page.wait("document.querySelector('[data-script-notes]').value.includes('After the call')");
    // The event says so, too.
    let handed = page.js(&format!("return {}.handed", super::CALL), &[]);
    assert_eq!((&handed[0]["title"], &handed[0]["url"]), (&json!("After the call"), &json!("")));
    // The call goes on where it was.
    caller.press(&["1"]);
    caller.at("discover");
}

#[test]
fn the_share_kit_offers_emails_with_a_place_for_a_link() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    page.goto(&stage.server.url("/insights/guide/"));
    page.find("[data-share] summary").click();
    page.wait("document.querySelector('[data-share]').dataset.ready === 'yes'");
    assert_eq!(
        page.js(
            "return [...document.querySelectorAll('[data-share-mails] option')].map((one) => one.text)",
            &[]
        ),
        json!(["The usual one", "The page"])
    );
    page.find("[data-share-to]").focus();
    page.type_text("Kim");
    page.js("const list = document.querySelector('[data-share-mails] select'); list.value = '0'; list.dispatchEvent(new Event('change'))", &[]);
    assert_eq!(
        caller.value("[data-share-text=email]"),
        "Hello Kim, The guide: https://fjord.example/insights/guide/"
    );
    assert_eq!(caller.value("[data-share-text=subject]"), "The guide");
    let mailto =
        page.js("return decodeURIComponent(document.querySelector('[data-share-go=mail]').href)", &[]);
    assert_eq!(
        mailto,
        "mailto:?subject=The guide&body=Hello Kim, The guide: https://fjord.example/insights/guide/"
    );
}
