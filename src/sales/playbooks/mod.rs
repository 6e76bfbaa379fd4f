//! Playbooks: ways of working, step by step, with a checklist; and where playbooks and scripts use other pages.
//!
//! [`Playbooks::collect`] reads the steps of each playbook's open text ([`shape`]), warns of what may be meant
//! otherwise (`check`), and in editions for the team finds what uses what (`uses`). `playbook.js` keeps the ticks. What
//! authors write is in `docs/content/playbooks.md`.

mod check;
pub mod shape;
mod uses;
mod words;

use std::collections::BTreeMap;

use crate::config::Audience;
use crate::content::PageKind;
use crate::diag::Diagnostics;
use crate::plan::{ClientFile, client_files};
use crate::site::{PageId, Site};
use shape::PlaybookOutline;
pub use uses::{Leads, Use, UsedStep};

/// The browser code: keeps ticks and the chosen segment, and cases.
pub const CLIENT: &[ClientFile] = client_files!("src/sales/playbooks/client":
    Entry "playbook", Part "store", Part "segments",
    Entry "cases", Helper "case-store", Helper "case-due", Entry "day-cases");

/// The playbooks of an edition.
#[derive(Debug)]
pub struct Playbooks {
    /// By page, of the open text.
    shapes: BTreeMap<PageId, PlaybookOutline>,
    /// By the page that is used; empty where the edition is for everybody.
    uses: BTreeMap<PageId, Vec<Use>>,
}

impl Playbooks {
    /// Reads all playbooks. `leads` says where a link of a page leads.
    #[must_use]
    pub fn collect(site: &Site, leads: &Leads<'_>, diagnostics: &mut Diagnostics) -> Self {
        let mut shapes = BTreeMap::new();
        for page in site.pages().filter(|page| page.kind() == PageKind::Playbook) {
            let language = &site.config().languages[page.lang()].code;
            check::page(page, language, diagnostics);
            shapes.insert(page.id, PlaybookOutline::new(page.body(), language));
        }
        // Readers outside must not even learn that there are scripts.
        let is_for_team = site.view.edition.sees(Audience::Team);
        let uses = if is_for_team { uses::collect(site, leads) } else { BTreeMap::new() };
        Self { shapes, uses }
    }

    /// The shape of a playbook's open text; `None` for other pages.
    #[must_use]
    pub fn shape(&self, page: PageId) -> Option<&PlaybookOutline> {
        self.shapes.get(&page)
    }

    /// The scripts and playbooks that use a page.
    #[must_use]
    pub fn uses(&self, page: PageId) -> &[Use] {
        self.uses.get(&page).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
