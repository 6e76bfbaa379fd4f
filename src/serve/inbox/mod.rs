//! The local inbox: leads of a served site come here instead of to a webhook, and nothing leaves this computer.
//!
//! `receive` takes what a page sends, [`answers`] says what it is answered with, and [`kinds`] what each kind of webhook
//! would have got. `inbox.js` shows all of it. Nothing is kept when the server ends.

pub mod answers;
pub mod kinds;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Response, header};
use serde::Serialize;
use serde_json::{Value, json};

use self::answers::Answering;
use super::connections::{self, NoBody};
use super::http::{Notice, Server, data, text};
use crate::config;
use crate::discover::Project as _;

/// A lead is a few kilobytes; nobody fills this in.
const MOST: usize = 256 * 1024;

/// So many are kept; then the oldest go.
const KEPT: usize = 200;

/// Something that came in.
#[derive(Debug, Clone, Serialize)]
pub struct Received {
    /// Counts from 1, for each run.
    pub number: u64,
    /// When, in UTC.
    pub at: String,
    /// The webhook that it was for.
    pub hook: String,
    /// The kind of that webhook, if the site has it.
    pub hook_kind: Option<&'static str>,
    /// `lead.submitted`, `call.outcome`; empty for what is no JSON with a type.
    pub what: String,
    /// What was sent, to the letter.
    pub body: String,
    /// Its type, as the browser says.
    pub content_type: String,
    /// What it was answered with, in words.
    pub answered: &'static str,
    /// What each kind of webhook would have got.
    pub kinds: Vec<kinds::Sent>,
    /// The link that the mail of a gate with `key: mail` would hold.
    pub mail_link: Option<String>,
}

/// What came in, and how it is answered.
#[derive(Debug, Default)]
pub struct Inbox(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    number: u64,
    received: VecDeque<Received>,
    answering: Answering,
}

impl Inbox {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How much there is.
    #[must_use]
    pub fn count(&self) -> usize {
        self.kept().received.len()
    }

    /// Everything, the newest first, and how leads are answered.
    #[must_use]
    pub fn json(&self) -> Value {
        let kept = self.kept();
        json!({
            "answer": kept.answering.id(),
            "answers": Answering::ALL.iter().map(|one| one.json()).collect::<Vec<_>>(),
            "received": kept.received.iter().rev().collect::<Vec<_>>(),
        })
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.kept().received.clear();
    }

    fn answering(&self) -> Answering {
        self.kept().answering
    }

    fn add(&self, mut received: Received) {
        let mut kept = self.kept();
        kept.number += 1;
        received.number = kept.number;
        kept.received.push_back(received);
        if kept.received.len() > KEPT {
            kept.received.pop_front();
        }
    }
}

/// Takes what a page sends to a webhook, shows it, and answers as the inbox was told.
pub(super) async fn receive(server: &Arc<Server>, hook: &str, request: Request) -> Response<Body> {
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
pub(super) async fn told(server: &Arc<Server>, request: Request) -> Response<Body> {
    let bytes = connections::body(request, 1024, connections::LIMITS).await.unwrap_or_default();
    let asked: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let Some(answering) = asked["answer"].as_str().and_then(Answering::from_id) else {
        return text(400, "There is no such answer.\n");
    };
    server.inbox.kept().answering = answering;
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
    let pairs = kinds::pairs(body);
    let urls = pairs.iter().map(|(_, value)| value.as_str());
    let path = |url: &str| Some(url.strip_prefix("http://")?.strip_prefix(host)?.to_string());
    // The page that it was sent from stands among the answers, too; the page of thanks comes last.
    urls.filter_map(path).rfind(|path| path.starts_with('/'))
}
