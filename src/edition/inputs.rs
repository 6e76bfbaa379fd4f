//! What editions are made from: everything that is read, and what is asked for.

use std::sync::Arc;

use super::avif::AvifWork;
use crate::config::BaseUrl;
use crate::leads::gates::key::Secret;
use crate::leads::gates::lock::Passphrase;
use crate::site::{Content, Unpublished};
use crate::theme::Theme;

/// Which editions are built, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Builds the edition of this name alone; `None` for all.
    pub edition: Option<String>,
    /// For this address instead of the configured one.
    pub base_url: Option<BaseUrl>,
    /// Drafts, future and expired pages too?
    pub unpublished: Unpublished,
}

/// Everything that is read: the same for all editions.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The site's pages, forms and configuration, read.
    pub content: Arc<Content>,
    /// The theme with its templates, assets and strings.
    pub theme: Arc<Theme>,
    /// What the keys of gates are made from.
    pub secret: Option<Secret>,
    /// What seals editions that ask for it.
    pub passphrase: Option<Passphrase>,
    /// The time for AVIF, where somebody builds, and the site wants it; nobody else waits for it.
    pub avif: Option<Arc<AvifWork>>,
}
