//! Call scripts: the text of a page becomes a graph of steps, answers and outcomes that can be followed during a call.
//!
//! [`Scripts::collect`] reads the scripts of an edition (`read`) into the types of [`script`], which views walk, and
//! judges them: each by itself (`lint`, `durations`), and where calls can go from one to another (`reachability`). Where
//! links lead is handed in, because the links of all pages are resolved elsewhere. `docs/content/scripts.md` has the grammar
//! for authors.

mod answers;
mod condition_words;
mod conditions;
mod durations;
mod fields;
pub mod guard;
pub mod ids;
mod line;
mod lint;
pub mod map;
mod marks;
pub mod mermaid;
mod names;
mod objections;
mod placeholders;
mod reachability;
mod read;
mod score;
pub mod script;
mod send_links;
mod vocabulary;

use std::collections::BTreeMap;

use crate::config::Audience;
use crate::diag::Diagnostics;
use crate::plan::{Artifact, ClientFile, Origin, OutPath, Planned, Warrant, client_files};
use crate::site::{PageId, Site, Unpublished};

pub use durations::CallPath;
pub use mermaid::mermaid;
pub use objections::{CallSection, IndexedObjection, readable};
pub use placeholders::{
    TextPiece, declared as declared_placeholders, pieces, placeholders_in, unreadable_placeholders,
    unused_placeholder, uses as placeholder_uses,
};
pub use script::{CallScript, Placeholder};
pub use send_links::for_team;

/// The browser code: the call player.
pub const CLIENT: &[ClientFile] = client_files!("src/sales/calls/client": Entry "script", Entry "objections", Entry "objection-finder", Entry "call-end", Entry "call-logic", Entry "tries", Entry "referral",
    Entry "give-link", Entry "call-objections",
    Part "page", Part "notice", Part "kept", Part "call", Part "placeholders", Part "waiting", Part "outcome", Part "asking", Part "calendar", Helper "attempts", Part "hand-out", Part "player", Part "call-mail", Part "last-buttons", Apart "offline-worker");

/// Where a link of a page leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To an id on the same page.
    Here(String),
    /// To a page, with an id on it or nothing.
    Page(PageId, String),
    /// To a file, or another site.
    Elsewhere,
    /// Nowhere; that is reported already.
    Broken,
    /// It is no link for readers.
    Inert,
}

/// What is known before scripts are read.
pub struct CallInputs<'a> {
    /// Where a link of a page's open text leads, by its index there.
    pub target: &'a dyn Fn(PageId, u32) -> Target,
}

/// The scripts of an edition.
#[derive(Debug, Default)]
pub struct Scripts {
    by_page: BTreeMap<PageId, CallScript>,
}

impl Scripts {
    /// Reads the scripts. What would stop or mislead a caller is reported.
    #[must_use]
    pub fn collect(site: &Site, inputs: &CallInputs<'_>, diagnostics: &mut Diagnostics) -> Self {
        let mut by_page = BTreeMap::new();
        for (page, meta) in site.pages().filter_map(|page| Some((page, page.meta().script()?))) {
            // Behind a gate that asks stands the rest of the script, so what is open can't be judged.
            let mut unheard = Diagnostics::new();
            let heard = if site.gate(page).is_none() { &mut *diagnostics } else { &mut unheard };
            by_page.insert(page.id, read::read(site, (page, meta), inputs, heard));
        }
        for (page, script) in by_page.iter().filter(|(page, _)| site.gate(site.page(**page)).is_none()) {
            lint::check(site, script, diagnostics);
            diagnostics.extend(durations::check(site.page(*page), script));
        }
        answers::shared(site, &by_page, diagnostics);
        reachability::check(site, &by_page, inputs, diagnostics);
        Self { by_page }
    }

    /// The script on a page.
    #[must_use]
    pub fn on_page(&self, page: PageId) -> Option<&CallScript> {
        self.by_page.get(&page)
    }

    /// All scripts, in the order of their pages.
    pub fn all(&self) -> impl Iterator<Item = &CallScript> {
        self.by_page.values()
    }

    /// The path of the worker that keeps calls for times without a network; only the team has one, where there is a script to
    /// call with, and nothing is shown before it is published.
    #[must_use]
    pub fn worker_url(&self, site: &Site) -> Option<&'static str> {
        let is_any = self.all().any(|script| !script.steps.is_empty());
        // What is shown before it is published isn't kept.
        let is_published = site.view.unpublished == Unpublished::Hide;
        (is_any && is_published && site.view.edition.sees(Audience::Team)).then_some("/offline-worker.js")
    }

    /// That worker. Where the site wants none, it is there all the same, and forgets what an earlier one has kept.
    #[must_use]
    pub fn worker(&self, site: &Site) -> Option<Planned> {
        Some(Planned {
            path: OutPath::of_url(self.worker_url(site)?),
            artifact: Artifact::OfflineWorker,
            origin: Origin::generated("the worker that keeps calls for times without a network"),
            warrant: Warrant::edition(site),
        })
    }
}

/// The target of a link that goes back to where the call came from.
const RETURN: &str = "return:";

/// The outcome that a link's target names.
fn outcome_of(target: &str) -> Option<&str> {
    target.strip_prefix("outcome:").map(str::trim)
}

#[cfg(test)]
mod tests;
