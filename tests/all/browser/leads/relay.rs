//! A visitor, with a relay between them and the CRM.

use super::super::{Options, Scripts, Serve, Server};
use super::receiver::Receiver;
use super::{CONFIG, FORM, Stage, Visitor, assert_valid};
use crate::support::Site;
use crate::support::served::Served;

/// What else takes answers along with that form.
const ASKED: &[(&str, &str)] = &[
    (
        "content/assessments/maturity.yaml",
        "title: How far?\nversion: 2026-11\nform: crm\nlevels: [{id: low, from: 0, to: 50, title: Low}, {id: high, from: 51, to: 100, title: High}]\ndimensions: [{id: team, title: Team}]\nquestions: [{id: a, dimension: team, type: yes-no, text: One}, {id: b, dimension: team, type: yes-no, text: Two}]\n",
    ),
    ("content/pages/maturity.md", "---\ntitle: How far\n---\nOne line.\n\n[assessment:maturity]\n"),
    (
        "content/calculators/costs.yaml",
        "title: Costs\nform: crm\ninputs: [{id: calls, label: Calls, default: 4, min: 1, max: 90}]\nresults: [{id: twice, label: Twice, words: Two times., formula: calls * 2}]\n",
    ),
    ("content/pages/costs.md", "---\ntitle: Costs\n---\nOne line.\n\n[calculator:costs]\n"),
    (
        "content/surveys/call.yaml",
        "kind: satisfaction\ntitle: How was it?\nversion: 2026-11\nform: crm\nquestions: [{id: recommend, type: nps, text: Would you recommend us?}]\n",
    ),
    ("content/pages/call.md", "---\ntitle: How was it\n---\nOne line.\n\n[survey:call]\n"),
];

/// The pages of the other tests, which post to a relay; the CRM is behind it.
fn stage() -> (Stage, Served) {
    let site = Site::empty();
    let receiver = Receiver::start();
    // Pages and their headers name the relay before it runs: at a port that is free now.
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let listen = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let config = CONFIG.replace("ORIGIN", &receiver.origin());
    site.write("ringback.yaml", format!("{config}relay: {{url: \"http://{listen}/\"}}\n"));
    site.write("content/forms/crm.yaml", FORM.replace("WEBHOOK", "crm"));
    site.write("content/pages/crm.md", "---\ntitle: Write to us\n---\nOne line.\n\n[form:crm]\n");
    site.write("content/pages/plainly.md", "---\ntitle: Without a form\n---\nOne line.\n");
    for (path, text) in ASKED {
        site.write(path, text);
    }
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
fn what_visitors_answer_goes_through_too() {
    let (stage, relay) = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    for (path, press, expected) in [
        (
            "/maturity/",
            "[data-as-begin]",
            [("assessment", "maturity"), ("assessment_score", "50"), ("answer_a", "1")],
        ),
        (
            "/costs/",
            "[data-ca-print]",
            [("calculator", "costs"), ("input_calls", "4"), ("result_twice", "8")],
        ),
        (
            "/call/#recommend=9",
            "[data-field=answer_recommend] label:nth-of-type(10)",
            [("survey", "call"), ("survey_version", "2026-11"), ("answer_recommend", "9")],
        ),
    ] {
        visitor.open_anew(path);
        page.js("window.print = () => {}", &[]);
        page.wait("document.querySelector('[data-assessment], [data-calculator]')?.dataset.ready !== undefined || location.hash");
        page.find(press).click();
        if path == "/maturity/" {
            page.press("1");
            page.wait("document.querySelector('[data-as-question=b]').checkVisibility()");
            page.press("2");
            page.wait("document.querySelector('[data-assessment]').dataset.state === 'result'");
        }
        visitor.fill();
        visitor.send();
        visitor.until("confirmed");
        let post = stage.receiver.wait_for(1).remove(0);
        stage.receiver.forget();
        assert_valid(&post.lead());
        for (field, value) in expected {
            assert_eq!(post.fields()[field], value, "{path}: {field}");
        }
    }
    // The same leads, as the relay prints them.
    relay.wait_said("\"event\":\"delivered\"");
}
