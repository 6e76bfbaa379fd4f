//! What pages send to the inbox, and what its own page asks of it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Response, header};
use serde_json::{Value, json};

use super::answers::MockReply;
use super::{Received, kinds};
use crate::config;
use crate::encode::percent;
use crate::network::connections::{self, NoBody};
use crate::project::Project as _;
use crate::serve::replies::{data, text};
use crate::serve::server::{Notice, Server};

/// A lead is a few kilobytes; nobody fills this in.
const MOST: usize = 256 * 1024;

/// Takes what a page sends to a webhook, shows it, and answers as the inbox was told.
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
    let parsed: Value = serde_json::from_str(&body).unwrap_or_default();
    let linked = server.state.first();
    let config = linked.as_ref().map(|linked| linked.site.config());
    let gate = parsed["data"]["gate"].as_str();
    let gate = linked.as_ref().and_then(|linked| {
        let found = linked.features.gates.all().find(|found| Some(found.id.as_str()) == gate)?;
        Some((found.source, found.token()))
    });
    let page = parsed["data"]["page"]["url"].as_str().unwrap_or_default();
    let back = native_return(&headers, &body);
    let veil = config::veil(server.state.project());
    let mail_link = kinds::mail_link(gate.as_ref(), page);
    server.inbox.add(Received {
        number: 0,
        // HTML has no finer time than that.
        at: server.state.project().now().strftime("%FT%T%.3fZ").to_string(),
        hook: hook.to_string(),
        hook_kind: config.and_then(|config| config.webhooks.get(hook)).map(|webhook| webhook.kind.name()),
        what: parsed["type"].as_str().unwrap_or_default().to_string(),
        content_type: value(&headers, header::CONTENT_TYPE).unwrap_or_default().to_string(),
        answered: answering.label(),
        kinds: linked.as_ref().map(|linked| kinds::all(linked, hook, &parsed, &veil)).unwrap_or_default(),
        body,
        mail_link,
    });
    server.events.send(json!({"type": "inbox", "leads": server.inbox.count()}));
    let form = parsed["data"]["form"].as_str().unwrap_or(hook).to_string();
    (server.tell)(Notice::Lead(form));
    let token = gate.map(|(_, token)| token);
    // An answer may take its time, and who saves meanwhile needs the site to themselves.
    drop(linked);
    answering.answer(token.as_deref(), back.as_deref()).await
}

/// Takes what the inbox is told to answer with: `{"answer": "busy"}`.
pub(in crate::serve) async fn set_reply(server: &Arc<Server>, request: Request) -> Response<Body> {
    let bytes = connections::body(request, 1024, connections::LIMITS).await.unwrap_or_default();
    let asked: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let Some(answering) = asked["answer"].as_str().and_then(MockReply::from_id) else {
        return text(400, "There is no such answer.\n");
    };
    server.inbox.answer_with(answering);
    server.events.send(json!({"type": "inbox", "leads": server.inbox.count()}));
    data(&json!({"answer": answering.id()}))
}

fn value(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Where a form that was sent without JavaScript leads on to: a path of this server, else nothing.
fn native_return(headers: &HeaderMap, body: &str) -> Option<String> {
    if !value(headers, header::ACCEPT)?.contains("text/html") {
        return None;
    }
    let host = value(headers, header::HOST)?;
    let pairs = percent::pairs(body);
    let urls = pairs.iter().map(|(_, value)| value.as_str());
    let path = |url: &str| Some(url.strip_prefix("http://")?.strip_prefix(host)?.to_string());
    // The page that it was sent from stands among the answers, too; the page of thanks comes last.
    urls.filter_map(path).rfind(|path| path.starts_with('/'))
}
