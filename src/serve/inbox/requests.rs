//! What pages send to the inbox, and what its own page asks of it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Response, header};
use serde::Serialize;
use serde_json::Value;

use super::answers::MockReply;
use super::{Received, kinds};
use crate::commands::relay;
use crate::config;
use crate::network::connections::{self, NoBody};
use crate::pages::linked::Edition;
use crate::project::Project as _;
use crate::relay::preview::{self, AcceptedLead, Posted, RejectedLead};
use crate::serve::events::PageEvent;
use crate::serve::replies::{data, text};
use crate::serve::server::{Notice, Server};

/// A lead is a few kilobytes; nobody fills this in.
const MOST: usize = 256 * 1024;

/// Takes what a page sends to a webhook as a relay would, shows it, and answers as the inbox was told.
pub(in crate::serve) async fn receive(server: &Arc<Server>, hook: &str, request: Request) -> Response<Body> {
    if *request.method() != Method::POST {
        return text(405, "Forms are sent here by POST.\n");
    }
    let headers = request.headers().clone();
    let bytes = match connections::body(request, MOST, connections::LIMITS).await {
        Ok(bytes) => bytes,
        Err(NoBody::TooLarge) => return text(413, "No lead is as large as this.\n"),
        Err(NoBody::TooSlow) => return text(408, "The lead didn't arrive in time.\n"),
    };
    let body = String::from_utf8_lossy(&bytes).into_owned();
    let answering = server.inbox.answering();
    let content_type = value(&headers, header::CONTENT_TYPE).unwrap_or_default().to_string();
    let (own, id) = (Arc::clone(server), hook.to_string());
    // The site may have to be read for it, and others don't wait meanwhile.
    let seen = tokio::task::spawn_blocking(move || see(&own, &id, &content_type, (&body, answering))).await;
    let Ok(taken) = seen else { return text(500, "ringback failed on this lead. Please report it.\n") };
    server.events.send(&PageEvent::Inbox { leads: server.inbox.count() });
    let form = match &taken {
        Ok(taken) => taken.json["data"]["form"].as_str(),
        Err(_) => None,
    };
    (server.tell)(Notice::Lead(form.unwrap_or(hook).to_string()));
    answering.answer(&taken).await
}

/// Reads what came, and puts it into the inbox.
fn see(
    server: &Server,
    hook: &str,
    content_type: &str,
    (body, answering): (&str, MockReply),
) -> Result<AcceptedLead, RejectedLead> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let now = server.state.project().now();
    let read = |linked: &Edition| {
        let posted = Posted {
            content_type: &kind,
            body: body.as_bytes(),
            now: now.as_millisecond(),
            webhook: linked.site.config().webhooks.get(hook),
        };
        preview::read(&posted, relay::of_preview(linked))
    };
    // Forms may be in one edition alone; a site that can't be read has none.
    let mut refused: Option<RejectedLead> = None;
    let found = server.state.find(|linked| match read(linked) {
        Ok(taken) => Some(taken),
        Err(why) => {
            // An edition that has the form says what is wrong; the others say that they have no such form.
            if refused.as_ref().is_none_or(|known| known.status == 503) {
                refused = Some(why);
            }
            None
        }
    });
    let nothing =
        || RejectedLead { status: 503, why: "the site has errors".into(), field: None, words: None };
    let taken = found.ok_or_else(|| refused.unwrap_or_else(nothing));
    let shown = match &taken {
        Ok(taken) => taken.json.clone(),
        Err(_) => serde_json::from_str(body).unwrap_or_default(),
    };
    let veil = config::veil(server.state.project());
    let linked = server.state.first();
    let gate = linked.as_ref().and_then(|linked| {
        let asked = shown["data"]["gate"].as_str()?;
        let found = linked.features.gates.all().find(|found| found.id == asked)?;
        Some((found.source, found.token()))
    });
    let webhook = linked.as_ref().and_then(|linked| linked.site.config().webhooks.get(hook));
    let page = shown["data"]["page"]["url"].as_str().unwrap_or_default();
    server.inbox.add(Received {
        number: 0,
        times: 1,
        id: taken.as_ref().map(|taken| taken.id.clone()).unwrap_or_default(),
        // HTML has no finer time than that.
        at: now.strftime("%FT%T%.3fZ").to_string(),
        hook: hook.to_string(),
        hook_kind: webhook.map(|webhook| webhook.kind.name()),
        what: serde_json::from_str::<Value>(body).unwrap_or_default()["type"]
            .as_str()
            .unwrap_or_default()
            .to_string(),
        content_type: content_type.to_string(),
        answered: answering.label(),
        refused: taken.as_ref().err().map(|refused| refused.why.clone()),
        kinds: linked.as_ref().map(|linked| kinds::previews(linked, hook, &shown, &veil)).unwrap_or_default(),
        mail_link: kinds::mail_link(gate.as_ref(), page),
        body: body.to_string(),
    });
    taken
}

/// What leads are answered with from now on.
#[derive(Serialize)]
struct Chosen {
    answer: &'static str,
}

/// Takes what the inbox is told to answer with: `{"answer": "busy"}`.
pub(in crate::serve) async fn set_reply(server: &Arc<Server>, request: Request) -> Response<Body> {
    let bytes = connections::body(request, 1024, connections::LIMITS).await.unwrap_or_default();
    let asked: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let Some(answering) = asked["answer"].as_str().and_then(MockReply::from_id) else {
        return text(400, "There is no such answer.\n");
    };
    server.inbox.answer_with(answering);
    server.events.send(&PageEvent::Inbox { leads: server.inbox.count() });
    data(&Chosen { answer: answering.id() })
}

fn value(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
