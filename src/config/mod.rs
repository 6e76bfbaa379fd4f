//! `ringback.yaml`: the site's configuration, read once into types that no later stage has to check again.
//!
//! [`read`] turns the file's YAML into a [`Config`]; every key is typed, an unknown key is an error with a suggestion,
//! `${NAME}` takes an environment variable. What names a page (menus, the journey's next steps) is checked later by
//! the model, which knows the pages.

mod addresses;
mod base_url;
mod calls;
mod checks;
mod customers;
mod editor;
mod feeds;
mod hosting;
mod images;
mod integrations;
mod journey;
mod languages;
mod localized;
mod markdown;
mod offers;
mod own_blocks;
mod privacy;
mod redirects;
mod relay;
pub mod reserved;
mod sections;
mod series;
pub mod starter;
mod variables;
mod webhooks;
mod workdays;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

pub use addresses::{AddressKeeping, PublishedAddress, PublishedAddresses};
pub use base_url::BaseUrl;
pub use calls::{Calls, OutcomeConfig, Promise, RetryRule, Unreached, outcomes_of, texts};
pub use checks::{Level, Levels};
pub use customers::Customer;
pub use editor::{CodeHost, EditorConfig, Review, SignIn};
pub use feeds::Feeds;
pub use hosting::HostingConfig;
pub use images::{AvifBudget, Images};
pub use integrations::{ChatDesk, Holiday, Integration, Integrations, OpenTime, Provider, Purpose, Service};
pub use journey::{CallToAction, CtaTarget, Journey, Stage};
pub use languages::{Language, own_name};
pub use localized::{Localized, localized};
pub use markdown::MarkdownConfig;
pub use offers::{Offer, OfferTarget, offers};
pub use own_blocks::{BlockFiles, OwnBlock, Parameter, ParameterKind};
pub use privacy::{Attribution, Privacy};
pub(crate) use redirects::csv;
pub use redirects::{Pattern, Redirect, RedirectTarget, Segment};
pub use relay::{MailCheck, RELAY, Relay, Turnstile};
pub use sections::{Audience, EditionConfig, MenuItem, MenuTarget, Organization, Taxonomy, TermConfig};
pub use series::{PlannedPart, SeriesConfig};
pub use variables::{OWN_VARIABLES, veil};
pub use webhooks::{
    Chat, EditionWebhook, Hubspot, HubspotForm, ResponseAccess, Rotation, SalesforceApi, UNUSABLE, Webhook,
    WebhookKind,
};
pub use workdays::Workdays;

use self::variables::{refuse_credentials, substitute_all};
use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::ids::{IdVec, id};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{self, Fields, Node, Reader, Spanned};

id!(
    /// A language of the site: its place in [`Config::languages`].
    pub struct LangId
);

id!(
    /// A taxonomy: its place in [`Config::taxonomies`].
    pub struct TaxonomyId
);

id!(
    /// A series: its place in [`Config::series`].
    pub struct SeriesId
);

id!(
    /// A stage of the buyer's journey: its place in [`Journey::stages`].
    pub struct StageId
);

/// What `ringback.yaml` says, with defaults for what it doesn't: everything in it has been checked but for names of pages.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name of the site in page titles, feeds and cards, by language.
    pub title: Localized,
    /// One or two sentences about it.
    pub description: Localized,
    /// The URL at which the site will live, perhaps with a folder; editions may have one of their own.
    pub base_url: BaseUrl,
    /// Where the site's folder is shown at a code host, such as `https://github.com/fjord/site/blob/main/`.
    pub source_url: Option<BaseUrl>,
    /// The folder in `themes/` whose files go before the built-in ones; `ringback` where the site has none of its own.
    pub theme: Spanned<String>,
    /// The language of files without a language suffix; its URLs have no prefix.
    pub default_language: LangId,
    /// All languages, in the order of the file.
    pub languages: IdVec<LangId, Language>,
    /// The time zone in which "today" is meant.
    pub time_zone: TimeZone,
    /// Menus by the names under which templates ask for them: `main`, `footer`.
    pub menus: BTreeMap<String, Vec<MenuItem>>,
    /// Taxonomies in the order of the file.
    pub taxonomies: IdVec<TaxonomyId, Taxonomy>,
    /// The stages that a buyer goes through, and what pages of each invite to.
    pub journey: Journey,
    /// Series by id, in the order of the file.
    pub series: IdVec<SeriesId, SeriesConfig>,
    /// Old addresses and where they lead, those of `redirects.csv` last.
    pub redirects: Vec<Redirect>,
    /// What the site adds to the files for hosts, and to the policy of its pages.
    pub hosting: HostingConfig,
    /// Who writes the list of published URLs.
    pub addresses: AddressKeeping,
    /// The URLs that were published, where the site remembers them.
    pub published: Option<PublishedAddresses>,
    /// Pages in one part of a list.
    pub pagination: usize,
    /// In which types photographs are published.
    pub images: Images,
    /// How long feeds are, and whether they carry whole texts.
    pub feeds: Feeds,
    /// Who receives leads, by the ids that forms name.
    pub webhooks: BTreeMap<String, Webhook>,
    /// What takes leads in place of the webhooks, where the site has it.
    pub relay: Option<Relay>,
    /// What call scripts have in common.
    pub calls: Calls,
    /// The days of the week on which the team works, and its days off.
    pub workdays: Workdays,
    /// Values that are still those of `ringback init`.
    pub untouched: Vec<Spanned<String>>,
    /// What is noted of visitors, and whether they are asked before.
    pub privacy: Privacy,
    /// What pages load from others: statistics, advertising, chats.
    pub integrations: Integrations,
    /// The outputs to build; never empty.
    pub editions: Vec<EditionConfig>,
    /// The page on which colleagues write, where the site has one.
    pub editor: Option<EditorConfig>,
    /// Who publishes the site, for structured data, cards and contact pages; `None` if nothing is said.
    pub organization: Option<Organization>,
    /// Whether quotes become typographic, and whether raw HTML is kept.
    pub markdown: MarkdownConfig,
    /// How loudly each editorial check speaks: as advice, as an error, or not at all.
    pub checks: Levels,
    /// What the site offers, in the order of the file.
    pub offers: Vec<Offer>,
    /// The form with which readers ask for the newsletter, by its id.
    pub newsletter: Option<Spanned<String>>,
    /// Its customers, where it lists them: who may be quoted.
    pub customers: Vec<Customer>,
    /// Blocks of the site's own by their types; those in its theme.
    pub blocks: BTreeMap<String, OwnBlock>,
    /// Do pages without an image get a social card?
    pub cards: bool,
}

impl Config {
    /// Does a menu of the site lead to the page at this content path?
    #[must_use]
    pub fn is_in_menu(&self, key: &str) -> bool {
        fn leads(item: &MenuItem, key: &str) -> bool {
            let is_here =
                matches!(&item.target, MenuTarget::Page(page) if page.value.trim_matches('/') == key);
            is_here || item.children.iter().any(|child| leads(child, key))
        }
        self.menus.values().flatten().any(|item| leads(item, key))
    }

    /// The language with this code.
    #[must_use]
    pub fn language(&self, code: &str) -> Option<LangId> {
        self.languages.find(|language| language.code == code)
    }

    /// Who asks visitors for their details, in `lang`: the organization by name, else the site by its title.
    #[must_use]
    pub fn publisher(&self, lang: LangId) -> &str {
        self.organization.as_ref().map_or_else(|| self.text(&self.title, lang), |known| known.name.as_str())
    }

    /// The edition for everybody: the first that has nothing for the team, else that of a site that declares none.
    #[must_use]
    pub fn public_edition(&self) -> EditionConfig {
        let found = self.editions.iter().find(|edition| !edition.sees(Audience::Team));
        found.cloned().unwrap_or_else(EditionConfig::public)
    }

    /// Where the edition for everybody lives.
    #[must_use]
    pub fn public_base_url(&self) -> &BaseUrl {
        let found = self.editions.iter().find(|edition| !edition.sees(Audience::Team));
        found.and_then(|edition| edition.base_url.as_ref()).unwrap_or(&self.base_url)
    }

    /// `text` in `lang`, or in the default language where it is missing.
    #[must_use]
    pub fn text<'a>(&self, text: &'a Localized, lang: LangId) -> &'a str {
        text.get(lang, self.default_language)
    }

    /// The beginning of every path in `lang`: `/` for the default language, `/sv/` for Swedish.
    #[must_use]
    pub fn prefix(&self, lang: LangId) -> String {
        if lang == self.default_language { "/".into() } else { format!("/{}/", self.languages[lang].code) }
    }
}

/// Reads `ringback.yaml`.
///
/// `variable` gives the value of an environment variable. Problems go to `diagnostics`; `None` where nothing useful
/// could be read (the YAML itself is broken), else a configuration with defaults in the place of what was wrong.
pub fn read(
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let mut node = match yaml::parse(text, 0, FILE) {
        Ok(node) => node,
        Err(error) => {
            diagnostics.push(*error);
            return None;
        }
    };
    let (has_relay, unset) = substitute_all(&mut node, variable, diagnostics);
    let mut reader = Reader { file: FILE, diagnostics };
    refuse_credentials(&node, &mut reader);
    let mut fields = reader.fields(&node)?;
    // The first key's place marks what is missing from the file as a whole.
    fields.span = Span::default();
    let parser = Parser { languages: IdVec::new(), default_language: LangId::default(), has_relay, reader };
    let config = parser.config(fields, unset);
    Some(Config { untouched: starter::untouched(&node), ..config })
}

/// Reads the sections of the file; languages come first, because localized text names them.
struct Parser<'a> {
    languages: IdVec<LangId, Language>,
    default_language: LangId,
    /// Has the site a relay?
    has_relay: bool,
    reader: Reader<'a>,
}

impl Parser<'_> {
    fn config(mut self, mut fields: Fields<'_>, unset: Vec<Diagnostic>) -> Config {
        self.languages(&mut fields);
        let title = fields.require("title", "the site", &mut self.reader);
        let base_url = fields.require("base_url", "the site", &mut self.reader);
        let webhooks = fields.take("webhooks").map(|node| self.webhooks(node)).unwrap_or_default();
        let editions = fields.take("editions").map(|node| self.editions(node, &webhooks)).unwrap_or_default();
        let config = Config {
            title: title.and_then(|node| self.localized(node)).unwrap_or_default(),
            description: fields.take("description").and_then(|node| self.localized(node)).unwrap_or_default(),
            base_url: base_url.and_then(|node| self.base_url(node)).unwrap_or_else(BaseUrl::example),
            source_url: fields.take("source_url").and_then(|node| self.base_url(node)),
            theme: (fields.take("theme").and_then(|node| self.reader.text(node)))
                .unwrap_or(Spanned { value: "ringback".into(), span: Span::default() }),
            time_zone: (fields.take("time_zone").and_then(|node| self.reader.time_zone(node)))
                .unwrap_or(TimeZone::UTC),
            menus: fields.take("menus").map(|node| self.menus(node)).unwrap_or_default(),
            taxonomies: match fields.take("taxonomies") {
                Some(node) => self.taxonomies(node),
                None => ["category", "tags"].into_iter().map(Taxonomy::plain).collect(),
            },
            journey: fields.take("journey").map_or_else(Journey::inbound, |node| self.journey(node)),
            series: fields.take("series").map(|node| self.series(node)).unwrap_or_default(),
            hosting: fields.take("hosting").map(|node| self.hosting(node)).unwrap_or_default(),
            redirects: fields.take("redirects").map(|node| self.redirects(node)).unwrap_or_default(),
            addresses: self.addresses(fields.take("addresses")),
            published: None,
            pagination: (fields.take("pagination").and_then(|node| self.reader.number(node, 1..=1000)))
                .and_then(|pages| usize::try_from(pages).ok())
                .unwrap_or(10),
            images: fields.take("images").map(|node| self.images(node)).unwrap_or_default(),
            feeds: fields.take("feeds").map_or(Feeds::DEFAULT, |node| self.feeds(node)),
            relay: fields.take("relay").and_then(|node| self.relay(node, &webhooks, unset)),
            workdays: fields.take("workdays").map(|node| self.workdays(node)).unwrap_or_default(),
            calls: fields.take("calls").map(|node| self.calls(node, &webhooks)).unwrap_or_default(),
            privacy: fields.take("privacy").map(|node| self.privacy(node)).unwrap_or_default(),
            untouched: Vec::new(),
            integrations: (fields.take("integrations").map(|node| self.integrations(node, &webhooks)))
                .unwrap_or_default(),
            editor: fields.take("editor").and_then(|node| self.editor(node, &editions)),
            editions: if editions.is_empty() { vec![EditionConfig::public()] } else { editions },
            newsletter: fields.take("newsletter").and_then(|node| self.reader.text(node)),
            customers: (fields.take("customers").map(|node| customers::customers(node, &mut self.reader)))
                .unwrap_or_default(),
            offers: (fields.take("offers"))
                .map(|node| offers::offers(&self.languages, node, &mut self.reader))
                .unwrap_or_default(),
            organization: fields.take("organization").and_then(|node| self.organization(node)),
            markdown: fields.take("markdown").map_or(MarkdownConfig::DEFAULT, |node| self.markdown(node)),
            checks: fields.take("checks").map(|node| self.checks(node)).unwrap_or_default(),
            cards: fields.take("cards").and_then(|node| self.reader.truth(node)).unwrap_or(true),
            blocks: BTreeMap::new(),
            default_language: self.default_language,
            languages: self.languages,
            webhooks,
        };
        fields.finish("`ringback.yaml`", [], &mut self.reader);
        config
    }

    /// Who writes the list of published URLs: the build, or people, where `check` says what is missing.
    fn addresses(&mut self, node: Option<&Node>) -> AddressKeeping {
        match node.and_then(|node| self.reader.choice(node, &["check", "build"])) {
            Some(0) => AddressKeeping::Check,
            Some(_) => AddressKeeping::Build,
            None => AddressKeeping::IfThere,
        }
    }
}
