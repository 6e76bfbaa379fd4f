//! What each feature found in an edition.

use crate::features::aliases::Aliases;
use crate::features::feeds::Feeds;
use crate::features::forms::Forms;
use crate::features::gates::Gates;
use crate::features::gates::lock::Lock;
use crate::features::hosting::Hosting;
use crate::features::links::Links;
use crate::features::listings::Listings;
use crate::features::playbooks::Playbooks;
use crate::features::related::Related;
use crate::features::scripts::Scripts;
use crate::features::search::Search;
use crate::features::share::Share;
use crate::features::sitemap::Sitemap;

/// What each feature found in an edition.
#[derive(Debug)]
pub struct Features {
    /// Their links and files.
    pub links: Links,
    /// What leads come from.
    pub forms: Forms,
    /// What is behind forms.
    pub gates: Gates,
    /// What the whole edition is behind.
    pub lock: Option<Lock>,
    /// Call scripts.
    pub scripts: Scripts,
    /// What goes with what.
    pub related: Related,
    /// Lists of pages.
    pub listings: Listings,
    /// Steps, checklists, and what uses what.
    pub playbooks: Playbooks,
    /// Feeds.
    pub feeds: Feeds,
    /// The search indexes.
    pub search: Search,
    /// Reps, and what is handed on.
    pub share: Share,
    /// Old addresses.
    pub aliases: Aliases,
    /// Rules for hosts.
    pub hosting: Hosting,
    /// The sitemap.
    pub sitemap: Sitemap,
}
