//! What the relay answers.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// A response that nobody keeps, frames or takes for something else.
pub(super) fn build(status: u16, kind: &str, body: String) -> Response<Body> {
    let response = Response::builder()
        .status(StatusCode::from_u16(status).unwrap_or_default())
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.body(Body::from(body)).unwrap_or_default()
}

/// An answer of plain text, for people.
pub(super) fn text(status: u16, text: &str) -> Response<Body> {
    build(status, "text/plain; charset=utf-8", text.to_string())
}

/// An answer of JSON, for programs.
pub(super) fn data(status: u16, value: &impl Serialize) -> Response<Body> {
    // Its keys are texts.
    build(status, "application/json", serde_json::to_string(value).unwrap_or_default())
}

/// Leads a browser on to another page, which it gets and doesn't post to.
pub(super) fn see_other(to: &str) -> Response<Body> {
    let mut response = text(303, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}
