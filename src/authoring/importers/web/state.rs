//! What a crawl remembers: each address with what came from there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is known of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownAddress {
    pub(super) status: u16,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) kind: String,
    /// The file with what came.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) file: String,
    /// The address that it redirects to; empty if it doesn't.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) to: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<String>,
    /// Was it fetched by the crawl that is going on?
    #[serde(default)]
    pub(super) is_new: bool,
}

/// What a crawl knows of each address, kept so that it can go on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CrawlState {
    /// The site's address, without a slash at its end.
    pub(super) address: String,
    pub(super) is_done: bool,
    pub(super) known: BTreeMap<String, KnownAddress>,
}

impl CrawlState {
    /// Reads what a crawl has noted.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
