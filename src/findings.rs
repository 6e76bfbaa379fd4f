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
    /// Where the links of all pages lead, and which files are published for them.
    pub links: Arc<Links>,
    /// Where forms are shown, which leads come from.
    pub forms: Arc<Forms>,
    /// The gates with their keys, and what is sealed behind them.
    pub gates: Arc<Gates>,
    /// What the whole edition is behind.
    pub lock: Arc<Option<Lock>>,
    /// The call scripts, read from the texts of their pages.
    pub scripts: Arc<Scripts>,
    /// The email templates that the team sends.
    pub mails: Arc<Mails>,
    /// The plans of follow-ups that the team works by.
    pub cadences: Arc<Cadences>,
    /// Which pages are shown below each article.
    pub related: Arc<Related>,
    /// The lists of articles, by language and in the archive.
    pub listings: Arc<Listings>,
    /// Steps, checklists, and what uses what.
    pub playbooks: Arc<Playbooks>,
    /// The feeds of the site, its sections, terms and series.
    pub feeds: Arc<Feeds>,
    /// The search indexes, one for each language; made when they are first asked for.
    pub search: Arc<Search>,
    /// Reps, and what is handed on.
    pub share: Arc<Share>,
    /// The social cards of pages without an image.
    pub cards: Arc<Cards>,
    /// Old addresses that lead to pages, as stubs.
    pub aliases: Arc<Aliases>,
    /// The files with rules for hosts: `_headers`, `_redirects`.
    pub hosting: Arc<Hosting>,
    /// The sitemap, with its translations.
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
