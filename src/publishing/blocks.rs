//! What pages load for the blocks in their texts, and only then: a style sheet, and the scripts of those that have one.

use crate::content::blocks::Uses;
use crate::plan::{ClientFile, client_files};

/// The browser code: shows one part of a section with tabs at a time.
pub const CLIENT: &[ClientFile] = client_files!("src/publishing/client": Entry "tabs");

/// The style sheets that a page needs besides those of all pages, by their paths in the theme.
pub fn styles(uses: Uses) -> impl Iterator<Item = &'static str> {
    uses.style.then_some("css/blocks.css").into_iter()
}

/// The scripts that a page needs, by their paths in the theme.
pub fn scripts(uses: Uses) -> impl Iterator<Item = &'static str> {
    uses.tabs.then_some("js/tabs.js").into_iter()
}
