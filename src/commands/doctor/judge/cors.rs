//! May a page read the answer, and may it ask at all? The rules of the Fetch standard.

use crate::network::Answer;

/// May pages of an origin read an answer?
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::commands::doctor) enum Cors {
    /// Pages of this origin may.
    Allowed,
    /// Pages of another origin may, which is named.
    Other(String),
    /// It says nothing of it.
    Missing,
}

/// The CORS check of the Fetch standard, for requests without credentials.
pub(in crate::commands::doctor) fn cors(answer: &Answer, origin: &str) -> Cors {
    match answer.header("access-control-allow-origin").map(str::trim) {
        None => Cors::Missing,
        Some(allowed) if allowed == "*" || allowed == origin => Cors::Allowed,
        Some(other) => Cors::Other(other.to_string()),
    }
}

/// Why a preflight for `application/json` doesn't pass, if it doesn't.
pub(in crate::commands::doctor) fn preflight(answer: &Answer, origin: &str) -> Result<(), String> {
    if !(200..300).contains(&answer.status) {
        return Err(format!("it responds with {} to a preflight", answer.status));
    }
    match cors(answer, origin) {
        Cors::Allowed => {}
        Cors::Other(other) => {
            return Err(format!(
                "it responds with `Access-Control-Allow-Origin: {other}` to a preflight, but the site is `{origin}`"
            ));
        }
        Cors::Missing => {
            return Err("its response to a preflight has no `Access-Control-Allow-Origin`".into());
        }
    }
    let allowed = answer.header("access-control-allow-headers").unwrap_or_default();
    let has = |wanted: &str| allowed.split(',').any(|name| name.trim().eq_ignore_ascii_case(wanted));
    if has("content-type") || has("*") {
        return Ok(());
    }
    Err("its response to a preflight has no `content-type` in `Access-Control-Allow-Headers`".into())
}
