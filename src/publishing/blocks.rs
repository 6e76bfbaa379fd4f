//! What pages load for the blocks in their texts, and only then: a style sheet, and the scripts of those that have one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::config::OwnBlock;
use crate::content::blocks::Uses;
use crate::plan::{ClientFile, client_files};

/// The browser code: shows one part of a section with tabs at a time, and
/// what services show, and starts players at a chapter.
pub const CLIENT: &[ClientFile] =
    client_files!("src/publishing/client": Entry "tabs", Entry "embed", Entry "chapters");

/// The style sheets that a page needs besides those of all pages, by their paths in the theme. `own` are the site's own
/// blocks, of which each may have one.
pub fn styles(uses: &Uses, own: &BTreeMap<String, OwnBlock>) -> impl Iterator<Item = Cow<'static, str>> {
    let own = uses.callouts.iter().filter(|name| own.contains_key(*name));
    let own = own.map(|name| format!("blocks/{name}.css").into());
    uses.style.then_some("css/blocks.css".into()).into_iter().chain(own)
}

/// The scripts that a page needs, by their paths in the theme.
pub fn scripts(uses: &Uses) -> impl Iterator<Item = &'static str> {
    let all = [
        (uses.tabs, "js/tabs.js"),
        (uses.embeds, "js/embed.js"),
        (uses.chapters, "js/chapters.js"),
        (uses.worksheet, "js/worksheet.js"),
    ];
    all.into_iter().filter_map(|(is_used, path)| is_used.then_some(path))
}
