//! What has to work in every browser: these run in Firefox and WebKit, too.

use serde_json::json;

use super::super::programs::Engine;
use super::gates::{self, GUIDE};
use super::receiver::Reply::Closed;
use super::{Stage, Visitor, assert_valid};

#[test]
fn a_lead_waits_for_its_endpoint_and_then_arrives() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.fill_and_send("/crm/", [Closed]);
    visitor.until("waiting");
    assert_eq!(visitor.outbox().len(), 1);
    let first = stage.receiver.wait_for(1)[0].id();
    // Elsewhere the clock goes on by itself.
    if visitor.page.engine() == Engine::Chromium {
        visitor.later(60_000);
    }
    visitor.page.find("[data-lead-retry]").click();
    visitor.until("confirmed");
    let posts = stage.receiver.wait_for(2);
    assert_eq!((posts.len(), posts[1].id()), (2, first));
    assert_valid(&posts[1].lead());
    assert_eq!(posts[1].fields()["email"], json!("kim@fjord-works.example"));
    assert_eq!(visitor.outbox().len(), 0);
}

#[test]
fn a_gate_opens_and_stays_open() {
    let stage = gates::stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open(GUIDE);
    assert!(!visitor.is_open());
    visitor.fill();
    visitor.send();
    visitor.until_open();
    visitor.page.reload();
    visitor.until_open();
}
