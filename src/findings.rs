//! What each feature found in an edition.

use crate::leads::forms::Forms;
use crate::leads::gates::Gates;
use crate::leads::gates::lock::Lock;
use crate::links::Links;
use crate::publishing::feeds::Feeds;
use crate::publishing::hosting::Hosting;
use crate::publishing::lists::Listings;
use crate::publishing::redirects::Aliases;
use crate::publishing::related::Related;
use crate::publishing::search::Search;
use crate::publishing::sitemap::Sitemap;
use crate::sales::calls::Scripts;
use crate::sales::playbooks::Playbooks;
use crate::sales::sharing::Share;

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
