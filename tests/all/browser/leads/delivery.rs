//! Whatever a receiver does, the lead arrives once, or the visitor knows that it has not, and the browser keeps it.

use serde_json::json;

use super::assert_valid;
use super::receiver::Reply::{
    self, Closed, Endless, Held, Html, Json, Nothing, Redirect, Status, TooMany, Unreadable,
};
use super::{Stage, Visitor};
use crate::support::Site;

/// A receiver's reply to the first try, and what the form is in after it.
struct Case {
    name: &'static str,
    reply: Reply,
    state: &'static str,
    /// After so many milliseconds it is sent again, unasked: not before, and not if there is none.
    again: Option<(u64, u64)>,
}

const SECOND: u64 = 1000;
const HOUR: u64 = 3_600_000;

fn case(name: &'static str, reply: Reply, state: &'static str, again: Option<(u64, u64)>) -> Case {
    Case { name, reply, state, again }
}

#[test]
fn what_arrives_is_confirmed_and_kept_nowhere() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let taken = [
        case("an empty object", Json("{}".into()), "confirmed", None),
        case("nothing", Status(200), "confirmed", None),
        case("202", Status(202), "confirmed", None),
        case("no content", Status(204), "confirmed", None),
        case("a page", Html, "confirmed", None),
        case("something without end", Endless, "confirmed", None),
        case("no JSON", Json("{\"unlock\": ".into()), "confirmed", None),
        // A log-in page, for all we know.
        case("a redirect to a page", Redirect(302, "/login"), "sent", None),
        case("a redirect of the post", Redirect(307, "/moved"), "confirmed", None),
    ];
    for case in taken {
        visitor.fill_and_send("/crm/", [case.reply]);
        visitor.until(case.state);
        assert_eq!(stage.receiver.ids().len(), 1, "{}", case.name);
        let posts = stage.receiver.posts();
        assert_eq!(
            posts.len(),
            if posts.len() == 2 && posts[1].path == "/moved" { 2 } else { 1 },
            "{}",
            case.name
        );
        assert!(!stage.receiver.was_asked(), "{}: no preflight", case.name);
        assert_eq!(visitor.outbox().len(), 0, "{}", case.name);
        assert_valid(&posts[0].lead());
        let words = if case.state == "sent" {
            "It has been sent. We can’t tell"
        } else {
            "Thank you. We will be in touch."
        };
        assert!(visitor.status().starts_with(words), "{}: {}", case.name, visitor.status());
        let focused = visitor.page.js("return document.activeElement.hasAttribute('data-lead-outcome')", &[]);
        assert_eq!(focused, true, "{}", case.name);
        assert!(!visitor.page.find("[data-lead] form").is_visible(), "{}", case.name);
    }
    visitor.page.assert_no_errors();
}

#[test]
fn a_visitor_is_led_to_the_page_that_follows_once_the_lead_is_there() {
    let stage = Stage::of(Site::empty(), |site, origin| {
        super::forms(site, origin);
        let form = site.read("content/forms/crm.yaml");
        site.write("content/forms/crm.yaml", format!("{form}thank_you: {{page: pages/next}}\n"));
        site.write("content/pages/next.md", "---\ntitle: What happens next\n---\nOne line.\n");
    });
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.fill_and_send("/crm/", [Status(503)]);
    visitor.until("waiting");
    assert_eq!(visitor.page.url(), stage.server.url("/crm/"), "nothing has arrived, and that is said here");
    stage.receiver.forget();
    visitor.fill_and_send("/crm/", [Status(200)]);
    visitor.page.wait("location.pathname === '/next/'");
    assert_valid(&stage.receiver.only().lead());
    // The form is there again for another question, without being led away.
    visitor.open("/crm/");
    visitor.page.wait("document.querySelector('[data-ready]')");
    assert_eq!(visitor.page.url(), stage.server.url("/crm/"));
}

#[test]
fn what_does_not_arrive_is_kept_told_and_tried_again() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.before("const limit = AbortSignal.timeout; AbortSignal.timeout = (time) => limit.call(AbortSignal, time / 50)");
    // The back-off after one try is 2 s, more or less; events wait as long.
    let soon = Some((SECOND - 1, 3 * SECOND));
    let failures = [
        case("500", Status(500), "waiting", soon),
        case("503", Status(503), "waiting", soon),
        case("408", Status(408), "waiting", soon),
        case("429 without a time", Status(429), "waiting", Some((30 * SECOND - 1, 30 * SECOND))),
        case("429 with a time", TooMany(90), "waiting", Some((90 * SECOND - 1, 90 * SECOND))),
        case("a closed connection", Closed, "waiting", soon),
        case("an answer that it may not read", Unreadable, "waiting", soon),
        case("no answer", Nothing, "waiting", soon),
        case("400", Status(400), "refused", None),
        case("422", Status(422), "refused", None),
        case("404", Status(404), "refused", Some((6 * HOUR - 1, 6 * HOUR))),
        case("401", Status(401), "refused", Some((6 * HOUR - 1, 6 * HOUR))),
    ];
    for Case { name, reply, state, again } in failures {
        visitor.fill_and_send("/crm/", [reply]);
        visitor.until(state);
        let first = stage.receiver.only();
        assert_valid(&first.lead());
        let told = |when: &str| {
            assert_eq!(visitor.state(), state, "{name}, {when}");
            let words = if state == "waiting" { "Not delivered yet." } else { "It could not be delivered," };
            assert!(visitor.status().starts_with(words), "{name}, {when}: {}", visitor.status());
            let kept = visitor.outbox();
            assert_eq!(kept.len(), 1, "{name}, {when}");
            assert_eq!(kept[0]["lead"]["id"], first.lead()["id"], "{name}, {when}");
            let mail = visitor.page.find("[data-lead-mail]");
            assert!(mail.is_visible(), "{name}, {when}");
            let address = mail.attribute("href").unwrap_or_default();
            let start = "mailto:hello@fjord.example?subject=Write%20to%20us&body=Name%3A%20Kim%20Berg%0D%0A";
            assert!(address.starts_with(start) && address.ends_with(&first.id()), "{name}: {address}");
        };
        told("at once");
        visitor.page.reload();
        told("after a reload");
        let (early, late) = again.unwrap_or((0, 8 * 24 * HOUR));
        if again.is_some() {
            visitor.later(early);
            visitor.is_online_again();
            assert_eq!(stage.receiver.posts().len(), 1, "{name}: tried too early");
            visitor.later(late - early);
            visitor.is_online_again();
            visitor.until("confirmed");
            let posts = stage.receiver.wait_for(2);
            assert_eq!(posts[1].lead()["data"]["meta"]["attempt"], 2, "{name}");
            assert_eq!(posts[1].lead()["data"]["meta"]["queued_ms"], late, "{name}");
        } else {
            // The same lead always gets the same answer: only the visitor may ask for it.
            visitor.later(6 * 24 * HOUR);
            visitor.is_online_again();
            assert_eq!(stage.receiver.posts().len(), 1, "{name}: tried in vain");
            visitor.page.find("[data-lead-retry]").click();
            visitor.until("confirmed");
        }
        assert_eq!(stage.receiver.posts().len(), 2, "{name}");
        assert_eq!(stage.receiver.ids(), [first.id()], "{name}");
        assert_eq!(visitor.outbox().len(), 0, "{name}");
    }
    visitor.assert_only_the_network_failed();
}

#[test]
fn a_receiver_that_comes_back_gets_the_lead_without_anybody_asking() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    // Time goes on here, ten times as fast.
    visitor.before(
        "const begin = performance.now(), from = globalThis.clock, wait = setTimeout;
         Date.now = () => Math.round(from + (performance.now() - begin) * 10);
         globalThis.setTimeout = (work, time, ...rest) => wait(work, time / 10, ...rest);",
    );
    visitor.open_anew("/crm/");
    stage.receiver.will([Status(503), Status(500), Closed]);
    visitor.fill();
    visitor.page.wait(&format!("Date.now() > {}", super::START + 3 * SECOND));
    visitor.press_send();
    visitor.until("waiting");
    visitor.until("confirmed");
    let attempts: Vec<_> =
        stage.receiver.posts().iter().map(|post| post.lead()["data"]["meta"]["attempt"].clone()).collect();
    assert_eq!(attempts, [1, 2, 3, 4]);
    assert_eq!(stage.receiver.ids().len(), 1);
    assert_eq!(visitor.outbox().len(), 0);
    let waited: Vec<_> =
        stage.receiver.posts().iter().map(|post| post.lead()["data"]["meta"]["queued_ms"].as_u64()).collect();
    let between = |index: usize| waited[index].unwrap_or_default() - waited[index - 1].unwrap_or_default();
    assert!(
        between(1) >= 1000 && between(2) >= 4000 && between(3) >= 16_000,
        "longer and longer: {waited:?}"
    );
    visitor.assert_only_the_network_failed();
}

#[test]
fn what_cannot_be_known_is_never_repeated_unasked() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    for (reply, state) in [(Unreadable, "sent"), (Status(500), "sent"), (Closed, "unsure")] {
        visitor.fill_and_send("/opaque/", [reply.clone()]);
        visitor.until(state);
        visitor.later(6 * 24 * HOUR);
        visitor.is_online_again();
        visitor.page.reload();
        visitor.wait_for_sending();
        assert_eq!(stage.receiver.posts().len(), 1, "{reply:?}");
        assert_eq!(visitor.outbox().len(), usize::from(state == "unsure"), "{reply:?}");
    }
    assert_eq!(visitor.state(), "unsure");
    assert!(visitor.status().starts_with("The connection was lost during sending"), "{}", visitor.status());
    visitor.page.find("[data-lead-retry]").click();
    visitor.until("sent");
    let posts = stage.receiver.posts();
    let id = |index: usize| posts[index].pairs().into_iter().find(|(name, _)| name == "lead_id");
    assert_eq!(posts.len(), 2);
    assert!(id(0).is_some() && id(0) == id(1));

    // The page goes away in the middle of it.
    visitor.fill_and_send("/opaque/", [Nothing]);
    visitor.until("sending");
    stage.receiver.wait_for(1);
    visitor.open("/plainly/");
    visitor.later(HOUR);
    visitor.open("/opaque/");
    visitor.wait_for_sending();
    assert_eq!((visitor.state().as_str(), stage.receiver.posts().len()), ("unsure", 1));
    visitor.assert_only_the_network_failed();
}

#[test]
fn each_receiver_of_a_form_gets_the_lead_once() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open_anew("/both/");
    stage.receiver.usually("/plain", Status(503));
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    assert_eq!(visitor.outbox().len(), 1, "the other one still waits for it");
    let state = |index: usize| visitor.outbox()[0]["deliveries"][index]["state"].clone();
    assert_eq!([state(0), state(1)], [json!("confirmed"), json!("waiting")]);
    visitor.later(6 * SECOND);
    stage.receiver.usually("/plain", Status(200));
    visitor.open("/plainly/");
    visitor.page.wait("!Object.keys(localStorage).some((key) => key.startsWith('ringback.outbox.'))");
    let mut paths: Vec<String> = stage.receiver.posts().into_iter().map(|post| post.path).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["/crm", "/plain", "/plain"]);
    visitor.assert_only_the_network_failed();
}

#[test]
fn a_lead_is_sent_once_however_often_somebody_asks() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.fill_and_send("/crm/", [Held]);
    visitor.press_send();
    visitor.page.js("document.querySelector('[data-lead] form').requestSubmit()", &[]);
    visitor.until("sending");
    assert_eq!(visitor.status(), "Sending…");
    stage.receiver.wait_for(1);
    stage.receiver.release();
    visitor.until("confirmed");
    visitor.wait_for_sending();
    let first = stage.receiver.only().id();

    // The same again: after a reload, from another tab, with the back button.
    visitor.page.reload();
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let main = visitor.page.tab();
    let _second = visitor.open_tab();
    visitor.open("/crm/");
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    visitor.page.close_tab(&main);
    visitor.open("/plainly/");
    visitor.page.back();
    visitor.page.wait("document.querySelector('[data-lead][data-ready]')");
    if visitor.state() != "confirmed" {
        visitor.fill();
        visitor.send();
        visitor.until("confirmed");
    }
    assert_eq!(stage.receiver.only().id(), first);

    // Another question is another lead.
    visitor.page.reload();
    visitor.fill();
    visitor.paste("message", "Something else");
    visitor.send();
    visitor.until("confirmed");
    assert_eq!(stage.receiver.ids().len(), 2);
    visitor.page.find("[data-lead-again]").click();
    assert!(visitor.page.find("[data-lead] form").is_visible());
    assert_eq!(visitor.page.focused().name(), "Name");
    assert_eq!(visitor.page.focused().property("value"), "");
    visitor.page.assert_no_errors();
}
