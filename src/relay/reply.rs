//! What pages are answered, as `deliver.js` reads it.

use serde::Serialize;

/// What a page is answered when its lead is on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeadReply {
    ok: bool,
    /// The id of the lead that is kept.
    id: String,
    /// What opens the gate that the page asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    unlock: Option<String>,
}

impl LeadReply {
    /// For the lead with this id; `token` opens the gate that it asked for.
    #[must_use]
    pub fn new(id: &str, token: Option<&str>) -> Self {
        Self { ok: true, id: id.to_string(), unlock: token.map(str::to_string) }
    }
}

/// What a page is answered when its lead isn't taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RejectionReply<'a> {
    ok: bool,
    /// Why, for the site's owner.
    error: &'a str,
    /// The field that is wrong.
    field: Option<&'a str>,
}

impl<'a> RejectionReply<'a> {
    /// With the reason, and the field that is wrong, where it is one.
    #[must_use]
    pub fn new(error: &'a str, field: Option<&'a str>) -> Self {
        Self { ok: false, error, field }
    }
}
