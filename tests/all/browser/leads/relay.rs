//! A visitor, with a relay between them and the CRM.

use super::super::{Options, Scripts, Serve, Server};
use super::receiver::Receiver;
use super::{CONFIG, FORM, Stage, Visitor, assert_valid};
use crate::support::Site;
use crate::support::served::Served;

/// The pages of the other tests, which post to a relay; the CRM is behind it.
fn stage() -> (Stage, Served) {
    stage_with(FORM)
}

/// The same with another form.
fn stage_with(form: &str) -> (Stage, Served) {
    let site = Site::empty();
    let receiver = Receiver::start();
    // Pages and their headers name the relay before it runs: at a port that is free now.
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let listen = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let config = CONFIG.replace("ORIGIN", &receiver.origin());
    site.write("ringback.yaml", format!("{config}relay: {{url: \"http://{listen}/\"}}\n"));
    site.write("content/forms/crm.yaml", form.replace("WEBHOOK", "crm"));
    site.write("content/pages/crm.md", "---\ntitle: Write to us\n---\nOne line.\n\n[form:crm]\n");
    site.write("content/pages/plainly.md", "---\ntitle: Without a form\n---\nOne line.\n");
    let build = |arguments: &[&str]| {
        let run = site.run(&[&["build", "--edition", "public"], arguments].concat());
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    };
    build(&[]);
    let server = Server::of(&site.path("public"), Serve::default());
    let home = server.url("/");
    build(&["--base-url", &home]);
    let relay = Served::relay(&site.path(""), &["--base-url", &home, "--listen", &listen], &[]);
    (Stage { site, server, receiver }, relay)
}

#[test]
fn a_visitor_is_thanked_when_the_relay_has_the_lead_and_not_before() {
    let (stage, relay) = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open("/crm/");
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let post = stage.receiver.wait_for(1).remove(0);
    assert_valid(&post.lead());
    assert_eq!(post.fields()["email"], "kim@fjord-works.example");
    relay.wait_said("\"event\":\"delivered\"");

    // The relay is gone: the lead waits in the browser, and isn't lost.
    let (status, said) = relay.interrupt();
    assert_eq!(status, 0, "{said}");
    visitor.open_anew("/crm/");
    visitor.fill();
    visitor.put("company", "Another Works");
    visitor.send();
    visitor.until("waiting");
    assert_eq!(stage.receiver.posts().len(), 0, "nothing came since");
    assert_eq!(visitor.outbox().len(), 1);
}

#[test]
fn every_form_works_without_javascript() {
    let (stage, _relay) = stage();
    let Some(visitor) = Visitor::with(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    visitor.open("/crm/");
    visitor.fill();
    visitor.put("phone", "08-465 004 10");
    visitor.press_send();
    visitor.page.wait("location.pathname === '/thanks/crm/' && document.readyState === 'complete'");
    assert_eq!(visitor.page.find("h1").text(), "Thank you");
    let post = stage.receiver.wait_for(1).remove(0);
    assert_valid(&post.lead());
    assert_eq!(post.fields()["name"], "Kim Berg");
}

#[test]
fn a_browser_works_for_a_form_that_asks_and_nothing_else_is_loaded() {
    let (stage, relay) = stage_with(&FORM.replacen("webhook:", "proof: work\nwebhook:", 1));
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open("/crm/");
    visitor.fill();
    let asked = |name: &str| stage.server.requests().iter().filter(|one| one.path.contains(name)).count();
    assert_eq!(asked("/js/proof."), 0, "not before it is sent");
    visitor.send();
    visitor.until("confirmed");
    stage.receiver.wait_for(1);
    let said = relay.wait_said("\"event\":\"taken\"");
    assert!(said.contains("\"signs\":\"0\""), "{said}");
    assert!(asked("/js/proof.") > 0 && asked("/js/turnstile.") == 0);
    visitor.page.assert_no_errors();
}

#[test]
fn without_javascript_a_form_that_asks_for_work_says_what_happens() {
    let (stage, relay) = stage_with(&FORM.replacen("webhook:", "proof: work\nwebhook:", 1));
    let Some(visitor) = Visitor::with(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    visitor.open("/crm/");
    assert!(visitor.page.find("form noscript p").text().contains("a person reads your message"));
    visitor.fill();
    visitor.put("phone", "08-465 004 10");
    visitor.press_send();
    visitor.page.wait("location.pathname === '/thanks/crm/' && document.readyState === 'complete'");
    let said = relay.wait_said("\"event\":\"taken\"");
    assert!(said.contains("no-proof") && said.contains("\"held\":true"), "{said}");
    assert_eq!(stage.receiver.posts().len(), 0, "a person looks first");
}
