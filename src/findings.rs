//! What each feature found in an edition, and the browser code of all of them.

use crate::editorial::admin;
use crate::leads::assessments;
use crate::leads::calculators;
use crate::leads::forms::{self, Forms};
use crate::leads::gates::lock::Lock;
use crate::leads::gates::{self, Gates};
use crate::leads::surveys;
use crate::links::Links;
use crate::plan::ClientFile;
use crate::publishing::blocks;
use crate::publishing::cards::Cards;
use crate::publishing::feeds::Feeds;
use crate::publishing::hosting::Hosting;
use crate::publishing::integrations;
use crate::publishing::lists::Listings;
use crate::publishing::redirects::{self, Aliases};
use crate::publishing::related::Related;
use crate::publishing::search::{self, Search};
use crate::publishing::sitemap::Sitemap;
use crate::sales::cadences::{self, Cadences};
use crate::sales::calls::{self, Scripts};
use crate::sales::mails::{self, Mails};
use crate::sales::playbooks::{self, Playbooks};
use crate::sales::sharing::{self, Share};

/// The browser code of all features, for the theme.
pub const CLIENT: &[&[ClientFile]] = &[
    blocks::CLIENT,
    redirects::CLIENT,
    integrations::CLIENT,
    search::CLIENT,
    forms::CLIENT,
    assessments::CLIENT,
    calculators::CLIENT,
    surveys::CLIENT,
    gates::CLIENT,
    calls::CLIENT,
    mails::CLIENT,
    cadences::CLIENT,
    playbooks::CLIENT,
    sharing::CLIENT,
    admin::CLIENT,
];

/// What each feature found in an edition.
#[derive(Debug)]
pub struct Findings {
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
    /// What the team sends.
    pub mails: Mails,
    /// What follows on which day.
    pub cadences: Cadences,
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
    /// Social cards.
    pub cards: Cards,
    /// Old addresses.
    pub aliases: Aliases,
    /// Rules for hosts.
    pub hosting: Hosting,
    /// The sitemap.
    pub sitemap: Sitemap,
}
