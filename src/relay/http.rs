//! What browsers and monitors ask of the relay.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, Response, header};

use super::intake::{self, Intake, Recent};
use super::post::{Post, Rejection};
use super::queue::Insertion;
use super::reply::{LeadReply, RejectionReply};
use super::respond::{data, see_other, text};
use super::shared::Shared;
use super::{Notice, admin, confirm, doubts, senders};
use crate::encode::percent;
use crate::leads::forms::rules;
use crate::network::connections::{self, Limits, NoBody, Peer};

/// A lead is a few kilobytes; nobody fills this in.
const MOST: usize = 256 * 1024;

/// Browsers send a few requests on a connection, and many come at once.
pub(super) const LIMITS: Limits = Limits { connections: 4096, ..connections::LIMITS };

/// How long a browser may remember that it may post here, in seconds.
const REMEMBERED: &str = "86400";

/// Answers one request of a browser, a monitor or a CRM, whatever it asks for.
pub(super) async fn handle(shared: Arc<Shared>, request: Request) -> Response<Body> {
    let _busy = shared.begin();
    let path = request.uri().path().to_string();
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    match path.as_str() {
        "/health" if is_get => text(200, "The relay is there.\n"),
        "/ready" if is_get => match shared.queue.next_due("", 0) {
            Ok(_) if !shared.is_stopping() => text(200, "The relay takes leads.\n"),
            _ => text(503, "The relay takes no leads.\n"),
        },
        "/metrics" if is_get => text(200, &shared.metrics()),
        path if path.ends_with("/confirm") || path.ends_with("/confirm.css") => {
            confirm::answer(&shared, &request)
        }
        path if path.ends_with("/challenge") && is_get => challenge(&shared, request.headers()),
        path if path.ends_with("/leads") => leads(shared, request).await,
        path if let Some(token) = shared.admin.as_ref().filter(|_| admin::is_own(path)) => {
            admin::answer(&shared, token, request).await
        }
        _ => text(404, "There is nothing here. Leads are posted to /leads.\n"),
    }
}

/// Gives a page of the site something to work for.
fn challenge(shared: &Shared, headers: &HeaderMap) -> Response<Body> {
    let origin = value(headers, header::ORIGIN).unwrap_or_default();
    let Some(challenge) = shared.challenges.issue(shared.now()) else {
        return text(503, "There is nothing to work for at the moment.\n");
    };
    let mut response = data(200, &challenge);
    if shared.routes().knows(origin) {
        allow(&mut response, origin);
    }
    response
}

/// What an address says behind its `?`: under this name, if it does.
fn query_value(query: Option<&str>, name: &str) -> Option<String> {
    let pairs = percent::pairs(query.unwrap_or_default());
    pairs.into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

/// Takes a lead, or says to a browser that it may post one.
async fn leads(shared: Arc<Shared>, request: Request) -> Response<Body> {
    let headers = request.headers().clone();
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
    // What a browser has found, or what somebody has told it; and by which rules its page has looked at the answers.
    let proof = query_value(request.uri().query(), "proof").unwrap_or_default();
    let rules = query_value(request.uri().query(), rules::PARAMETER);
    let origin = value(&headers, header::ORIGIN).unwrap_or_default().to_string();
    if !shared.routes().knows(&origin) {
        let why = match origin.as_str() {
            "" => "the request doesn't say which page it comes from (`Origin`)".to_string(),
            origin => format!("`{origin}` isn't an address of this site"),
        };
        return reject(&shared, Rejection::new(403, why), None);
    }
    if *request.method() == Method::OPTIONS {
        let mut response = text(204, "");
        allow(&mut response, &origin);
        return response;
    }
    if *request.method() != Method::POST {
        return reject(&shared, Rejection::new(405, "leads are posted"), Some(&origin));
    }
    let bytes = match connections::body(request, MOST, LIMITS).await {
        Ok(bytes) => bytes,
        Err(NoBody::TooLarge) => {
            return reject(&shared, Rejection::new(413, "no lead is as large as this"), Some(&origin));
        }
        Err(NoBody::TooSlow) => {
            return reject(&shared, Rejection::new(408, "the lead didn't arrive in time"), Some(&origin));
        }
    };
    let content_type = value(&headers, header::CONTENT_TYPE).unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let post = Post {
        origin: &origin,
        content_type: &content_type,
        body: &bytes,
        now: shared.now(),
        names: None,
        rules: rules.as_deref(),
    };
    let known = |hash: &str| shared.queue.remembers(hash).unwrap_or_default();
    let mut read = intake::read(&post, &shared.routes(), &known);
    let may_be_new = read.as_ref().map_or_else(Rejection::is_stale, |intake| intake.may_be_new);
    if may_be_new && shared.read_again().await {
        read = intake::read(&post, &shared.routes(), &known);
    }
    match read {
        Ok(intake) => {
            let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
            let forwarded = forwarded.and_then(|value| value.to_str().ok());
            let sender = peer.map(|peer| senders::sender(peer, forwarded));
            let of_sender = sender.map_or(1, |sender| shared.senders.count(sender, shared.now()));
            let of_address = intake.mailed().map_or(0, |to| shared.senders.count_email(to, shared.now()));
            let doubts = doubts::signs(&shared, &intake, &proof).await;
            let recent = Recent { of_sender, of_address, doubts };
            keep(&shared, intake::weigh(intake, &recent, &shared.routes()), &origin).await
        }
        Err(refusal) => reject(&shared, refusal, Some(&origin)),
    }
}

/// Waits until it is on disk, and only then says so.
async fn keep(shared: &Arc<Shared>, intake: Intake, origin: &str) -> Response<Body> {
    let Intake { lead, token, follow, .. } = intake;
    let (id, signs, is_held) = (lead.id.clone(), format!("{} {}", lead.score, lead.signs), lead.is_held);
    let form = if lead.form.is_empty() { lead.kind.clone() } else { lead.form.clone() };
    match shared.queue.take(lead).await {
        Ok(Ok(taken)) => {
            if taken == Insertion::New {
                shared.count_taken();
                let signs = signs.trim().to_string();
                (shared.tell)(Notice::Taken { lead: id.clone(), form, signs, is_held });
                shared.wake();
            }
            let mut response = match follow {
                Some(follow) => see_other(&follow),
                None => data(200, &LeadReply::new(&id, token.as_deref())),
            };
            allow(&mut response, origin);
            response
        }
        Ok(Err(error)) => {
            (shared.tell)(Notice::Store(error.to_string()));
            reject(shared, Rejection::new(503, "the lead can't be kept at the moment"), Some(origin))
        }
        Err(_) => reject(shared, Rejection::new(503, "the relay is ending"), Some(origin)),
    }
}

fn reject(shared: &Shared, refusal: Rejection, origin: Option<&str>) -> Response<Body> {
    let Rejection { status, why, field, words, .. } = refusal;
    (shared.tell)(Notice::Refused { status, why: why.clone() });
    let mut response = match words {
        Some(words) => text(status, &format!("{words}\n")),
        None => data(status, &RejectionReply::new(&why, field.as_deref())),
    };
    if status == 503 {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    if let Some(origin) = origin {
        allow(&mut response, origin);
    }
    response
}

/// Lets pages of the site post, and read the answer (Fetch, "CORS protocol").
fn allow(response: &mut Response<Body>, origin: &str) {
    let headers = response.headers_mut();
    if let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED));
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
}

fn value(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
