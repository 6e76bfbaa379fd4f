//! What waits in the browser: over a restart, without a network, in two tabs, and where it can't be kept.

use serde_json::json;
use tempfile::TempDir;

use super::super::Network;
use super::receiver::Reply::{self, Closed, Held, Nothing, Status, TooMany};
use super::{Stage, Visitor, assert_valid};

const SECOND: u64 = 1000;
const DAY: u64 = 86_400_000;

/// Storage that throws, as in some private windows and with cookies switched off.
const REFUSED: &str = "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })";

#[test]
fn a_lead_outlives_its_browser_and_is_sent_by_any_page() {
    let stage = Stage::new();
    // The browser ends while it waits for a time, and in the middle of a try.
    for (reply, is_told) in [(TooMany(20), true), (Nothing, false)] {
        let profile = TempDir::new().expect("a temporary folder");
        let Some(visitor) = Visitor::again(&stage, profile.path()) else { return };
        visitor.fill_and_send("/crm/", [reply.clone()]);
        visitor.until(if is_told { "waiting" } else { "sending" });
        let first = stage.receiver.wait_for(1)[0].id();
        drop(visitor);

        let Some(visitor) = Visitor::again(&stage, profile.path()) else { return };
        visitor.open("/plainly/");
        if is_told {
            visitor
                .page
                .wait("performance.getEntriesByType('resource').some((each) => each.name.includes('/lead'))");
            visitor.wait_for_sending();
            assert_eq!(stage.receiver.posts().len(), 1, "it was asked to wait");
            assert_eq!(visitor.outbox().len(), 1);
            visitor.later(DAY);
            visitor.page.reload();
        }
        let posts = stage.receiver.wait_for(2);
        assert_eq!((posts.len(), posts[1].id()), (2, first), "{reply:?}");
        assert_valid(&posts[1].lead());
        visitor.page.wait("!Object.keys(localStorage).some((key) => key.startsWith('ringback.outbox.'))");
        visitor.assert_only_the_network_failed();
    }
}

#[test]
fn a_lead_waits_for_the_network() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open("/crm/");
    // The list of free mail services comes when it is needed: without it nobody is refused.
    visitor.page.network(Network::Offline);
    visitor.fill();
    visitor.send();
    visitor.until("waiting");
    assert_eq!((stage.receiver.posts().len(), visitor.outbox().len()), (0, 1));
    assert_eq!(visitor.outbox()[0]["deliveries"][0]["tries"], 0);
    visitor.page.find("[data-lead-retry]").click();
    visitor.wait_for_sending();
    visitor.until("waiting");
    visitor.page.network(Network::Online);
    visitor.until("confirmed");
    assert_eq!(stage.receiver.only().lead()["data"]["meta"]["attempt"], 1);

    // After seven days it is given up, and the visitor is told.
    visitor.fill_and_send("/crm/", [Status(503)]);
    visitor.until("waiting");
    visitor.later(7 * DAY + SECOND);
    visitor.open("/crm/");
    visitor.until("refused");
    assert_eq!((stage.receiver.posts().len(), visitor.outbox().len()), (1, 0));
    let mail = visitor.page.find("[data-lead-mail]").attribute("href").unwrap_or_default();
    assert!(mail.contains("Kim%20Berg"), "{mail}");
    assert!(visitor.page.find("[data-lead] form").is_visible());
    visitor.assert_only_the_network_failed();
}

#[test]
fn two_tabs_send_one_lead() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    // Somebody who isn't sure whether they have sent it, and does so in the other tab.
    let first = visitor.page.tab();
    let second = visitor.open_tab();
    visitor.open("/crm/");
    visitor.fill();
    visitor.page.switch(&first);
    visitor.fill_and_send("/crm/", [Held]);
    stage.receiver.wait_for(1);
    visitor.page.switch(&second);
    visitor.send();
    visitor.until("waiting");
    stage.receiver.release();
    visitor.until("confirmed");
    visitor.page.close_tab(&first);
    visitor.until("confirmed");
    assert_eq!((stage.receiver.posts().len(), visitor.outbox().len()), (1, 0));

    // One that waits.
    let first = visitor.page.tab();
    for locks in ["", "Object.defineProperty(navigator, 'locks', { value: undefined })"] {
        visitor.before(locks);
        visitor.fill_and_send("/crm/", [Status(503), Held]);
        visitor.until("waiting");
        let second = visitor.open_tab();
        visitor.before(locks);
        visitor.open("/crm/");
        visitor.until("waiting");
        visitor.page.js("globalThis.clock += 6000; dispatchEvent(new Event('online'))", &[]);
        stage.receiver.wait_for(2);
        // Now the second tab is at it.
        visitor.page.switch(&first);
        let asks = "globalThis.clock += 6000;
            dispatchEvent(new Event('online'));
            await navigator.locks?.request('after that', () => {})";
        visitor.page.js_async(asks, &[]);
        assert_eq!(stage.receiver.posts().len(), 2, "both have sent it; {locks}");
        stage.receiver.release();
        visitor.until("confirmed");
        visitor.page.switch(&second);
        visitor.until("confirmed");
        assert_eq!((stage.receiver.posts().len(), stage.receiver.ids().len()), (2, 1), "{locks}");
        assert_eq!(visitor.outbox().len(), 0);
        visitor.page.close_tab(&first);
    }
    visitor.assert_only_the_network_failed();
}

#[test]
fn where_nothing_can_be_kept_the_lead_is_sent_and_the_visitor_told() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    // Full to the last byte.
    visitor.open("/plainly/");
    visitor.page.js(
        "for (let size = 2 ** 20, at = 0; size >= 1; ) {
           try { localStorage['full' + at++] = 'x'.repeat(size) } catch { size = size >> 1 }
         }",
        &[],
    );
    kept_in_the_page(&visitor, Closed);
    visitor.before(REFUSED);
    kept_in_the_page(&visitor, Status(500));
    visitor.assert_only_the_network_failed();
}

fn kept_in_the_page(visitor: &Visitor<'_>, reply: Reply) {
    let receiver = &visitor.stage.receiver;
    receiver.forget();
    visitor.open("/crm/");
    receiver.will([reply]);
    visitor.fill();
    visitor.send();
    visitor.until("waiting");
    assert!(visitor.status().contains("this browser can’t save your answers"), "{}", visitor.status());
    visitor.later(6 * SECOND);
    visitor.page.js("dispatchEvent(new Event('online'))", &[]);
    visitor.until("confirmed");
    assert_eq!((receiver.posts().len(), receiver.ids().len()), (2, 1));

    // And where the receiver takes it, nobody notices anything.
    receiver.forget();
    visitor.open("/crm/");
    visitor.fill();
    visitor.paste("message", "Again");
    visitor.send();
    visitor.until("confirmed");
    assert_eq!(receiver.only().fields()["message"], json!("Again"));
}
