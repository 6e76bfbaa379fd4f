//! What each feature found in an edition, and the browser code of all of them.

use std::sync::Arc;

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

/// What each feature found in an edition, each shared by the editions that it is the same in.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Their links and files.
    pub links: Arc<Links>,
    /// What leads come from.
    pub forms: Arc<Forms>,
    /// What is behind forms.
    pub gates: Arc<Gates>,
    /// What the whole edition is behind.
    pub lock: Arc<Option<Lock>>,
    /// Call scripts.
    pub scripts: Arc<Scripts>,
    /// What the team sends.
    pub mails: Arc<Mails>,
    /// What follows on which day.
    pub cadences: Arc<Cadences>,
    /// What goes with what.
    pub related: Arc<Related>,
    /// Lists of pages.
    pub listings: Arc<Listings>,
    /// Steps, checklists, and what uses what.
    pub playbooks: Arc<Playbooks>,
    /// Feeds.
    pub feeds: Arc<Feeds>,
    /// The search indexes.
    pub search: Arc<Search>,
    /// Reps, and what is handed on.
    pub share: Arc<Share>,
    /// Social cards.
    pub cards: Arc<Cards>,
    /// Old addresses.
    pub aliases: Arc<Aliases>,
    /// Rules for hosts.
    pub hosting: Arc<Hosting>,
    /// The sitemap.
    pub sitemap: Arc<Sitemap>,
}

impl Findings {
    /// What was found in a site in which nothing but texts has changed since: all that is made of their words is here, in
    /// its new form.
    #[must_use]
    pub fn with_texts(&self, search: Search, cards: Cards) -> Self {
        Self { search: Arc::new(search), cards: Arc::new(cards), ..self.clone() }
    }

    /// The same once what is behind gates is sealed.
    #[must_use]
    pub fn with_gates(&self, gates: Gates) -> Self {
        Self { gates: Arc::new(gates), ..self.clone() }
    }
}
