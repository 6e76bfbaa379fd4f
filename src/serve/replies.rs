//! Responses of the preview's own: what all of them have in common.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use serde::Serialize;

/// A response of a media type, which no browser keeps and no other site frames.
pub(super) fn build(status: u16, kind: &str, body: impl Into<Body>) -> Response<Body> {
    let response = Response::builder()
        .status(StatusCode::from_u16(status).unwrap_or_default())
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    response.body(body.into()).unwrap_or_default()
}

/// A response of plain text.
pub(super) fn text(status: u16, text: &str) -> Response<Body> {
    build(status, "text/plain; charset=utf-8", text.to_string())
}

/// A response of JSON, with status 200.
pub(super) fn data(value: &impl Serialize) -> Response<Body> {
    // Its keys are texts.
    build(200, "application/json", serde_json::to_string(value).unwrap_or_default())
}

/// Leads on to another path.
pub(super) fn redirect(to: &str) -> Response<Body> {
    let mut response = build(302, "text/plain; charset=utf-8", Body::empty());
    if let Ok(to) = header::HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}
