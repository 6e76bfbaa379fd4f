//! A visitor, with a relay between them and the CRM.

use super::super::{Options, Scripts, Serve, Server};
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::super::Network;
use super::receiver::Receiver;
use super::{CONFIG, FORM, Stage, Visitor, assert_valid};
use crate::support::Site;
use crate::support::receiver::{Receiver as Crm, Reply};
use crate::support::served::{PATIENCE, Served};

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
    stage_with(FORM)
}

/// The same with another form.
fn stage_with(form: &str) -> (Stage, Served) {
    let receiver = Receiver::start();
    let origin = receiver.origin();
    stage_of(receiver, &origin, form)
}

/// The same with webhooks at `origin`.
fn stage_of(receiver: Receiver, origin: &str, form: &str) -> (Stage, Served) {
    let site = Site::empty();
    // Pages and their headers name the relay before it runs.
    let listen = crate::support::place::reserve().to_string();
    let config = CONFIG.replace("ORIGIN", origin);
    let more = format!(
        "  ops: {{kind: slack, url: \"{origin}/ops\"}}\nrelay: {{url: \"http://{listen}/\", alerts: [ops]}}\n"
    );
    site.write("ringback.yaml", format!("{config}{more}"));
    site.write("content/forms/crm.yaml", form.replace("WEBHOOK", "crm"));
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
    relay.wait_printed("\"event\":\"delivered\"");

    // The relay is gone: the lead waits in the browser, and isn't lost.
    let (status, said) = relay.interrupt();
    assert_eq!(status, 0, "{said}");
    visitor.open_anew("/crm/");
    visitor.fill();
    visitor.paste("company", "Another Works");
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
    visitor.paste("phone", "08-465 004 10");
    visitor.press_send();
    visitor.page.wait("location.pathname === '/thanks/crm/' && document.readyState === 'complete'");
    assert_eq!(visitor.page.find("h1").text(), "Thank you");
    let post = stage.receiver.wait_for(1).remove(0);
    assert_valid(&post.lead());
    assert_eq!(post.fields()["name"], "Kim Berg");
}

/// What a webhook does with one lead.
#[derive(Debug, Clone, Copy)]
enum Does {
    Answers(u16),
    /// 429, with a time after which to come again.
    AsksForTime,
    /// 302 and 308: it has gone elsewhere.
    Moves(u16),
    /// Takes it, and breaks the connection off before it says so.
    LosesItsAnswer,
    /// Says something that isn't HTTP.
    Resets,
    /// Takes two seconds.
    IsSlow,
    /// Says nothing, for longer than the relay waits.
    Hangs,
}

impl Does {
    fn reply(self) -> Reply {
        match self {
            Self::Answers(status) => Reply::open(status, "{\"error\": \"no\"}"),
            Self::AsksForTime => Reply::Http(429, vec![("Retry-After", "3600".into())], String::new()),
            Self::Moves(status) => {
                Reply::Http(status, vec![("Location", "/elsewhere".into())], String::new())
            }
            Self::LosesItsAnswer => Reply::Close,
            Self::Resets => Reply::Noise,
            Self::IsSlow => {
                std::thread::sleep(Duration::from_secs(2));
                Reply::open(200, "{}")
            }
            Self::Hangs => Reply::Hang,
        }
    }

    /// Where the lead is after the first attempt.
    fn state(self) -> &'static str {
        match self {
            Self::IsSlow => "delivered",
            Self::Answers(422) => "dead",
            _ => "waiting",
        }
    }
}

/// The relay of a site, as its owner looks at it.
struct Owner<'a> {
    stage: &'a Stage,
    relay: &'a Served,
}

impl Owner<'_> {
    fn ask(&self, arguments: &[&str]) -> String {
        self.stage.site.run(&[&["relay"], arguments].concat()).stdout
    }

    /// What became of somebody's lead.
    fn delivery(&self, company: &str) -> Option<Value> {
        let lines = self.ask(&["export"]);
        let mut leads = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let mut found = leads.find(|lead| lead["lead"]["data"]["fields"]["company"] == company)?;
        Some(found["deliveries"][0].take())
    }

    #[track_caller]
    fn wait_for(&self, company: &str, state: &str) {
        let start = Instant::now();
        loop {
            let said = self.relay.printed();
            let delivery = self.delivery(company).unwrap_or_default();
            if delivery["state"] == state && delivery["tries"] != 0 {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{company} {state}: {delivery} {said}");
            self.relay.wait_for_more(&said);
        }
    }
}

/// Whatever the webhook does, the visitor is thanked at once and the lead arrives once, by its id; or it is kept, and a
/// person is told. What a visitor without JavaScript sees is the test before this one.
#[test]
fn whatever_a_webhook_does_the_lead_is_there_once_or_kept_and_told() {
    let next: Arc<Mutex<VecDeque<Does>>> = Arc::default();
    let does = Arc::clone(&next);
    let crm = Crm::start(move |asked| {
        let is_lead = asked.path == "/crm";
        let next = is_lead.then(|| does.lock().expect("no panic in it").pop_front()).flatten();
        next.map_or_else(|| Reply::open(200, "{}"), Does::reply)
    });
    let (stage, relay) = stage_of(Receiver::start(), &crm.url(""), FORM);
    let Some(visitor) = Visitor::new(&stage) else { return };
    let owner = Owner { stage: &stage, relay: &relay };
    let ids = |company: &str| {
        let asked = crm.requests().into_iter().filter(|asked| asked.path == "/crm");
        let leads = asked.map(|asked| serde_json::from_str::<Value>(&asked.body).expect("JSON"));
        let own = leads.filter(|lead| lead["data"]["fields"]["company"] == company);
        own.map(|lead| lead["id"].to_string()).collect::<Vec<_>>()
    };
    let fill = |company: &str| {
        visitor.open_anew("/crm/");
        visitor.fill();
        visitor.paste("company", company);
    };
    for (company, does) in [
        ("Refused", Does::Answers(422)),
        ("Busy", Does::AsksForTime),
        ("Broken", Does::Answers(503)),
        ("Reset", Does::Resets),
        ("Redirected", Does::Moves(302)),
        ("Moved", Does::Moves(308)),
        ("Gone", Does::Answers(404)),
        ("Slow", Does::IsSlow),
        ("Lost", Does::LosesItsAnswer),
        ("Hanging", Does::Hangs),
    ] {
        next.lock().expect("no panic in it").push_back(does);
        fill(company);
        visitor.send();
        visitor.until("confirmed");
        owner.wait_for(company, does.state());
        if does.state() == "dead" {
            relay.wait_printed("\"event\":\"alert\"");
            assert!(
                crm.requests().iter().any(|asked| asked.path == "/ops" && asked.body.contains("given up"))
            );
        }
        if does.state() != "delivered" {
            let said = owner.ask(&["resend", "--webhook", "crm", "--state", does.state()]);
            assert!(said.contains("1 to be sent again."), "{company}: {said}");
            owner.wait_for(company, "delivered");
        }
        let all = ids(company);
        let once: BTreeSet<&String> = all.iter().collect();
        let times = if does.state() == "delivered" { 1 } else { 2 };
        assert_eq!((once.len(), all.len()), (1, times), "{company}: {all:?}");
    }

    // Two clicks are one lead.
    fill("Twice");
    visitor.send();
    visitor.page.js("document.querySelector('[data-lead] form').requestSubmit()", &[]);
    visitor.until("confirmed");
    owner.wait_for("Twice", "delivered");
    assert_eq!(ids("Twice").len(), 1);
    // What is filled in wrongly is said beside the field, and goes nowhere.
    fill("Wrong");
    visitor.paste("email", "kim");
    visitor.send();
    visitor.until("wrong");
    assert!(!visitor.error("email").is_empty());
    assert_eq!((owner.delivery("Wrong"), visitor.outbox().len()), (None, 0));
    // Without a network it waits in the browser, and the visitor is told so.
    fill("Offline");
    visitor.page.network(Network::Offline);
    visitor.send();
    visitor.until("waiting");
    assert_eq!(visitor.outbox().len(), 1);
    visitor.page.network(Network::Online);
    visitor.until("confirmed");
    owner.wait_for("Offline", "delivered");
    assert_eq!(ids("Offline").len(), 1);
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
    let said = relay.wait_printed("\"event\":\"taken\"");
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
    visitor.paste("phone", "08-465 004 10");
    visitor.press_send();
    visitor.page.wait("location.pathname === '/thanks/crm/' && document.readyState === 'complete'");
    let said = relay.wait_printed("\"event\":\"taken\"");
    assert!(said.contains("no-proof") && said.contains("\"held\":true"), "{said}");
    assert_eq!(stage.receiver.posts().len(), 0, "a person looks first");
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
    relay.wait_printed("\"event\":\"delivered\"");
}
