//! `ringback.yaml`: the site's configuration, read once into types that no later stage has to check again.
//!
//! [`read`] turns the file's YAML into a [`Config`]; every key is typed, an unknown key is an error with a suggestion,
//! `${NAME}` takes an environment variable. What names a page (menus, the journey's next steps) is checked later by
//! the model, which knows the pages.

mod addresses;
mod calls;
mod checks;
mod crm;
mod customers;
mod editor;
mod hosting;
mod integrations;
mod journey;
mod offers;
mod own_blocks;
mod privacy;
mod redirects;
mod relay;
pub mod reserved;
mod sections;
mod series;
pub mod starter;
mod webhooks;
mod workdays;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

pub use addresses::{AddressKeeping, PublishedAddress, PublishedAddresses};
pub use calls::{Calls, OutcomeConfig, Promise, RetryRule, Unreached, outcomes_of, texts};
pub use checks::{Level, Levels};
pub use crm::{MailCheck, Rotation, SalesforceApi, Turnstile};
pub use customers::Customer;
pub use editor::{CodeHost, EditorConfig, Review, SignIn};
pub use hosting::HostingConfig;
pub use integrations::{ChatDesk, Holiday, Integration, Integrations, OpenTime, Provider, Purpose, Service};
pub use journey::{CallToAction, CtaTarget, Journey, Stage};
pub use offers::{Offer, OfferTarget, offers};
pub use own_blocks::{BlockFiles, OwnBlock, Parameter, ParameterKind};
pub use privacy::{Attribution, Privacy};
pub(crate) use redirects::csv;
pub use redirects::{Pattern, Redirect, RedirectTarget, Segment};
pub use relay::{RELAY, Relay};
pub use sections::{Audience, EditionConfig, MenuItem, MenuTarget, Organization, Taxonomy, TermConfig};
pub use series::{PlannedPart, SeriesConfig};
pub use webhooks::{
    Chat, EditionWebhook, Hubspot, HubspotForm, ResponseAccess, UNUSABLE, Webhook, WebhookKind,
};
pub use workdays::Workdays;

use crate::diag::{Code, Diagnostic, Diagnostics, Span, Veil, credentials};
use crate::encode::percent;
use crate::ids::{IdVec, id};
use crate::project::Project;
use crate::yaml::{self, Fields, Node, Reader, Spanned, Value};

use crate::project::CONFIG_FILE as FILE;

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

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// The code as in file names and URLs: `sv`.
    pub code: String,
    /// The language's name in itself: `Svenska`.
    pub label: String,
    /// The locale for dates and numbers, a BCP 47 tag: `sv`, or `en-GB` where `locale:` says so.
    pub locale: String,
}

/// Text that readers see: the same in all languages, or one for each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized {
    all: Option<String>,
    by_language: Vec<(LangId, String)>,
}

impl Localized {
    /// A text that is the same in every language.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        Self { all: Some(text.into()), by_language: Vec::new() }
    }

    /// The text in `lang`; where it is missing, that of the default language (0 is looked up last, then any).
    #[must_use]
    pub fn get(&self, lang: LangId, default: LangId) -> &str {
        let find =
            |wanted| self.by_language.iter().find(|(id, _)| *id == wanted).map(|(_, text)| text.as_str());
        find(lang)
            .or(self.all.as_deref())
            .or_else(|| find(default))
            .or_else(|| self.by_language.first().map(|(_, text)| text.as_str()))
            .unwrap_or_default()
    }

    /// Which of the texts [`Self::get`] gives: that of a language, or the one for all.
    #[must_use]
    pub fn version(&self, lang: LangId, default: LangId) -> Option<LangId> {
        let has = |wanted: &LangId| self.by_language.iter().any(|(id, _)| id == wanted);
        let first = || self.by_language.first().map(|(id, _)| *id);
        let other = || Some(default).filter(has).or_else(first).filter(|_| self.all.is_none());
        Some(lang).filter(has).or_else(other)
    }

    /// The same texts after `change`, which is told whose each is: a language's, or that of all.
    #[must_use]
    pub fn changed(self, mut change: impl FnMut(Option<LangId>, String) -> String) -> Self {
        Self {
            all: self.all.map(|text| change(None, text)),
            by_language: self
                .by_language
                .into_iter()
                .map(|(lang, text)| (lang, change(Some(lang), text)))
                .collect(),
        }
    }

    /// The same texts with `value` in the place of `mark`: that of their language, or of `default` in one for all.
    #[must_use]
    pub fn filled(self, mark: &str, value: &dyn Fn(LangId) -> String, default: LangId) -> Self {
        self.changed(|lang, text| match text.contains(mark) {
            true => text.replace(mark, &value(lang.unwrap_or(default))),
            false => text,
        })
    }

    /// Is there a text for readers of `lang`: its own, or one for all?
    #[must_use]
    pub fn has(&self, lang: LangId) -> bool {
        self.all.is_some() || self.by_language.iter().any(|(id, _)| *id == lang)
    }

    /// Is there nothing in any language?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_none() && self.by_language.is_empty()
    }
}

/// Where the site lives: `https://example.org/blog/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://example.org`, without a slash at the end.
    pub origin: String,
    /// `/blog/` or `/`: begins and ends with a slash, percent-encoded as it goes over the wire.
    pub path: String,
}

impl BaseUrl {
    /// Does it lead to this computer?
    #[must_use]
    pub fn is_this_computer(&self) -> bool {
        url::Url::parse(&self.origin).is_ok_and(|url| webhooks::is_this_computer(&url))
    }

    /// Reads an absolute http or https URL without query and fragment.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let Some(rest) = rest else { return Err("it must begin with `https://`".into()) };
        if let Some(bad) = rest.chars().find(|c| "?#\"<>\\ ".contains(*c) || c.is_control()) {
            return Err(format!("it must not contain `{bad}`"));
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || host.contains('@') {
            return Err("it needs a host name, such as `https://example.org/`".into());
        }
        if let Some(bad) = percent::broken_escape(rest) {
            return Err(format!("`{bad}` is not a percent escape; write a percent sign as `%25`"));
        }
        if host.contains('%') {
            return Err("a host name has no percent escapes".into());
        }
        let scheme = &text[..text.len() - rest.len()];
        let path = percent::whole(path.trim_matches('/'));
        Ok(Self {
            origin: format!("{scheme}{host}"),
            path: if path.is_empty() { "/".into() } else { format!("/{path}/") },
        })
    }

    /// The path as the server's own paths are compared: without percent escapes.
    #[must_use]
    pub fn decoded_path(&self) -> Cow<'_, str> {
        percent::decode(&self.path)
    }

    /// The whole URL, with a slash at the end.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}

/// How many entries feeds have, and whether they carry the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// Entries in a feed.
    pub items: usize,
    /// The whole open text instead of the description alone.
    pub full: bool,
}

/// Settings of the Markdown dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownConfig {
    /// Typographic quotes and dashes by language.
    pub smart_punctuation: bool,
    /// Raw HTML in content is kept; otherwise it is an error.
    pub raw_html: bool,
}

/// A site's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name.
    pub title: Localized,
    /// One or two sentences about it.
    pub description: Localized,
    /// Where it will live.
    pub base_url: BaseUrl,
    /// Where the site's folder is shown at a code host, such as `https://github.com/fjord/site/blob/main/`.
    pub source_url: Option<BaseUrl>,
    /// The theme's name.
    pub theme: Spanned<String>,
    /// The language of files without a language suffix; its URLs have no prefix.
    pub default_language: LangId,
    /// All languages, in the order of the file.
    pub languages: IdVec<LangId, Language>,
    /// The time zone in which "today" is meant.
    pub time_zone: TimeZone,
    /// Menus by name.
    pub menus: BTreeMap<String, Vec<MenuItem>>,
    /// Taxonomies in the order of the file.
    pub taxonomies: IdVec<TaxonomyId, Taxonomy>,
    /// The buyer's journey.
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
    /// Feeds.
    pub feeds: Feeds,
    /// Webhooks by id.
    pub webhooks: BTreeMap<String, Webhook>,
    /// What takes leads in place of the webhooks, where the site has it.
    pub relay: Option<Relay>,
    /// What call scripts have in common.
    pub calls: Calls,
    /// When the team works.
    pub workdays: Workdays,
    /// Values that are still those of `ringback init`.
    pub untouched: Vec<Spanned<String>>,
    /// What is noted of visitors.
    pub privacy: Privacy,
    /// What pages load from others: statistics, advertising, chats.
    pub integrations: Integrations,
    /// The outputs to build; never empty.
    pub editions: Vec<EditionConfig>,
    /// The page on which colleagues write, where the site has one.
    pub editor: Option<EditorConfig>,
    /// Who publishes the site.
    pub organization: Option<Organization>,
    /// The Markdown dialect.
    pub markdown: MarkdownConfig,
    /// The editorial checks.
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

/// What `ringback.yaml` takes from the environment, so that no message shows it.
#[must_use]
pub fn veil(project: &dyn Project) -> Veil {
    let bytes = project.read(FILE).unwrap_or_default();
    Veil::new(&String::from_utf8_lossy(&bytes), &|name| project.variable(name))
}

/// Variables that ringback itself reads. They are secrets, so nothing that is published may be made of them.
pub const OWN_VARIABLES: &[&str] = &["RINGBACK_SECRET", "RINGBACK_PASSPHRASE", "RINGBACK_ADMIN_TOKEN"];

/// Which of our own variables a text names between braces, however it is spelt: some systems leave case aside.
fn own_variable(text: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once("${")?;
    let rest = rest.to_ascii_uppercase();
    OWN_VARIABLES.iter().copied().find(|name| rest.contains(name))
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

/// Replaces variables in the whole file. Has it a relay, and which variables are not set that only that needs?
fn substitute_all(
    node: &mut Node,
    variable: &dyn Fn(&str) -> Option<String>,
    diagnostics: &mut Diagnostics,
) -> (bool, Vec<Diagnostic>) {
    let mut found = Diagnostics::new();
    let has_relay = match &mut node.value {
        Value::Map(entries) => {
            let has_relay = entries.iter().any(|(name, _)| name.value == "relay");
            for (name, value) in entries {
                let is_relays = has_relay && name.value == "webhooks";
                let diagnostics = if is_relays { &mut found } else { &mut *diagnostics };
                substitute(value, variable, &name.value, &mut Reader { file: FILE, diagnostics });
            }
            has_relay
        }
        _ => false,
    };
    let (unset, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|problem| problem.code == Code::UnsetVariable);
    diagnostics.extend(others);
    (has_relay, unset)
}

/// Replaces `${NAME}` and `${NAME:-default}` in every text of the tree.
fn substitute(
    node: &mut Node,
    variable: &dyn Fn(&str) -> Option<String>,
    key: &str,
    reader: &mut Reader<'_>,
) {
    match &mut node.value {
        Value::Null => {}
        Value::List(items) => items.iter_mut().for_each(|item| substitute(item, variable, key, reader)),
        Value::Map(entries) => {
            for (name, value) in entries {
                substitute(value, variable, &name.value, reader);
            }
        }
        Value::Scalar { text, .. } if let Some(name) = own_variable(text) => {
            refuse_own(
                name,
                format!("`{key}` takes the variable `{name}`, which is a secret"),
                node.span,
                reader,
            );
            *text = format!("${{{name}}}");
        }
        Value::Scalar { text, .. } if text.contains("${") => {
            let own = |value: &str| {
                let is_same = |own: &&&str| variable(own).is_some_and(|own| own.trim() == value.trim());
                OWN_VARIABLES.iter().find(is_same).filter(|_| !value.trim().is_empty())
            };
            let mut out = String::new();
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once("${") {
                out.push_str(before);
                let Some((inside, behind)) = after.split_once('}') else {
                    out.push_str("${");
                    rest = after;
                    continue;
                };
                let (name, default) = inside.split_once(":-").map_or((inside, None), |(n, d)| (n, Some(d)));
                match variable(name).filter(|value| !value.is_empty() || default.is_none()) {
                    Some(value) if let Some(own) = own(&value) => {
                        let what = format!(
                            "`{key}` takes the variable `{name}`, which has the same value as `{own}`"
                        );
                        refuse_own(own, what, node.span, reader);
                        out.push_str(&format!("${{{name}}}"));
                    }
                    Some(value) => out.push_str(&value),
                    None => match default {
                        Some(default) => out.push_str(default),
                        None => {
                            let what =
                                format!("`{key}` takes the environment variable `{name}`, which is not set");
                            let problem = Diagnostic::new(Code::UnsetVariable, what)
                                .at(reader.file, node.span)
                                .help(format!("set it, or give a default: `${{{name}:-…}}`"));
                            reader.diagnostics.push(problem);
                            // Whoever reads the value sees that it isn't whole.
                            out.push_str(&format!("${{{name}}}"));
                        }
                    },
                }
                rest = behind;
            }
            out.push_str(rest);
            *text = out;
        }
        Value::Scalar { .. } => {}
    }
}

/// Reports what looks like a credential. Addresses of webhooks are looked at where it is known who gets to read them.
fn refuse_credentials(node: &Node, reader: &mut Reader<'_>) {
    match &node.value {
        Value::Null => {}
        Value::List(items) => items.iter().for_each(|item| refuse_credentials(item, reader)),
        Value::Map(entries) => {
            let others = entries.iter().filter(|(name, _)| name.value != "webhooks");
            others.for_each(|(_, value)| refuse_credentials(value, reader));
        }
        Value::Scalar { text, .. } => {
            let found = credentials::find(text.as_bytes());
            let problems =
                found.iter().map(|found| credentials::problem(found, reader.file, Some(node.span)));
            reader.diagnostics.extend(problems.collect::<Vec<_>>());
        }
    }
}

fn refuse_own(name: &str, what: String, span: Span, reader: &mut Reader<'_>) {
    reader.diagnostics.push(Diagnostic::new(Code::OwnVariable, what).at(reader.file, span).help(format!(
        "remove it: ringback reads `{name}` from the environment itself, and everything here may be published"
    )));
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
        let title = title.and_then(|node| self.localized(node)).unwrap_or_default();
        let description =
            fields.take("description").and_then(|node| self.localized(node)).unwrap_or_default();
        let base_url = fields.require("base_url", "the site", &mut self.reader);
        let base_url = base_url.and_then(|node| self.base_url(node));
        let source_url = fields.take("source_url").and_then(|node| self.base_url(node));
        let theme = fields.take("theme").and_then(|node| self.reader.text(node));
        let time_zone =
            fields.take("time_zone").and_then(|node| self.reader.time_zone(node)).unwrap_or(TimeZone::UTC);
        let menus = fields.take("menus").map(|node| self.menus(node)).unwrap_or_default();
        let taxonomies = match fields.take("taxonomies") {
            Some(node) => self.taxonomies(node),
            None => ["category", "tags"].into_iter().map(Taxonomy::plain).collect(),
        };
        let journey = fields.take("journey").map_or_else(Journey::inbound, |node| self.journey(node));
        let series = fields.take("series").map(|node| self.series(node)).unwrap_or_default();
        let hosting = fields.take("hosting").map(|node| self.hosting(node)).unwrap_or_default();
        let redirects = fields.take("redirects").map(|node| self.redirects(node)).unwrap_or_default();
        let addresses =
            fields.take("addresses").and_then(|node| self.reader.choice(node, &["check", "build"]));
        let addresses = match addresses {
            Some(0) => AddressKeeping::Check,
            Some(_) => AddressKeeping::Build,
            None => AddressKeeping::IfThere,
        };
        let pagination =
            fields.take("pagination").and_then(|node| self.reader.number(node, 1..=1000)).unwrap_or(10);
        let feeds = fields.take("feeds").map_or(Feeds { items: 20, full: false }, |node| self.feeds(node));
        let webhooks = fields.take("webhooks").map(|node| self.webhooks(node)).unwrap_or_default();
        let relay = fields.take("relay").and_then(|node| self.relay(node, &webhooks, unset));
        let workdays = fields.take("workdays").map(|node| self.workdays(node)).unwrap_or_default();
        let calls = fields.take("calls").map(|node| self.calls(node, &webhooks)).unwrap_or_default();
        let privacy = fields.take("privacy").map(|node| self.privacy(node)).unwrap_or_default();
        let integrations = fields.take("integrations");
        let integrations = integrations.map(|node| self.integrations(node, &webhooks)).unwrap_or_default();
        let editions = fields.take("editions").map(|node| self.editions(node, &webhooks)).unwrap_or_default();
        let editor = fields.take("editor").and_then(|node| self.editor(node, &editions));
        let newsletter = fields.take("newsletter").and_then(|node| self.reader.text(node));
        let customers = fields.take("customers").map(|node| customers::customers(node, &mut self.reader));
        let offers =
            fields.take("offers").map(|node| offers::offers(&self.languages, node, &mut self.reader));
        let organization = fields.take("organization").and_then(|node| self.organization(node));
        let markdown = fields.take("markdown").map_or_else(
            || MarkdownConfig { smart_punctuation: true, raw_html: true },
            |node| self.markdown(node),
        );
        let checks = fields.take("checks").map(|node| self.checks(node)).unwrap_or_default();
        let cards = fields.take("cards").and_then(|node| self.reader.truth(node)).unwrap_or(true);
        fields.finish("`ringback.yaml`", [], &mut self.reader);
        Config {
            title,
            description,
            base_url: base_url.unwrap_or(BaseUrl { origin: "https://example.org".into(), path: "/".into() }),
            source_url,
            theme: theme.unwrap_or(Spanned { value: "ringback".into(), span: Span::default() }),
            default_language: self.default_language,
            languages: self.languages,
            time_zone,
            menus,
            taxonomies,
            journey,
            series,
            redirects,
            hosting,
            addresses,
            published: None,
            pagination: usize::try_from(pagination).unwrap_or(10),
            feeds,
            webhooks,
            relay,
            calls,
            workdays,
            privacy,
            untouched: Vec::new(),
            integrations,
            editions: if editions.is_empty() { vec![EditionConfig::public()] } else { editions },
            editor,
            organization,
            markdown,
            checks,
            offers: offers.unwrap_or_default(),
            customers: customers.unwrap_or_default(),
            newsletter,
            blocks: BTreeMap::new(),
            cards,
        }
    }

    fn languages(&mut self, fields: &mut Fields<'_>) {
        let default = fields.take("default_language").and_then(|node| self.reader.text(node));
        if let Some(node) = fields.take("languages") {
            for (code, node) in self.reader.entries(node).unwrap_or_default() {
                if !is_language_code(&code.value) {
                    let message = format!("`{}` is not a language code", code.value);
                    self.reader.diagnostics.push(
                        Diagnostic::new(Code::InvalidValue, message).at(FILE, code.span).help(
                            "use the code from BCP 47 in lower case, such as `en`, `sv`, `nb` or `pt-br`",
                        ),
                    );
                    continue;
                }
                let Some(mut own) = self.reader.fields(node) else { continue };
                let label =
                    own.take("label").and_then(|node| self.reader.text(node)).map(|label| label.value);
                let locale =
                    own.take("locale").and_then(|node| self.reader.text(node)).map(|locale| locale.value);
                own.finish("a language", [], &mut self.reader);
                self.languages.push(Language {
                    label: label.unwrap_or_else(|| own_name(&code.value).unwrap_or(&code.value).to_string()),
                    locale: locale.unwrap_or_else(|| code.value.clone()),
                    code: code.value.clone(),
                });
            }
        }
        match default {
            None if self.languages.is_empty() => {
                self.languages.push(language("en"));
            }
            None => {}
            Some(code) if self.languages.is_empty() => {
                self.languages.push(language(&code.value));
            }
            Some(code) => match self.languages.find(|language| language.code == code.value) {
                Some(found) => self.default_language = found,
                None => self.unknown_language(&code),
            },
        }
    }

    fn unknown_language(&mut self, code: &Spanned<String>) {
        unknown_language(&self.languages, code, &mut self.reader);
    }

    fn localized(&mut self, node: &Node) -> Option<Localized> {
        localized(&self.languages, node, &mut self.reader)
    }

    fn base_url(&mut self, node: &Node) -> Option<BaseUrl> {
        let text = self.reader.text(node)?;
        BaseUrl::parse(&text.value)
            .map_err(|why| {
                let message = format!("`{}` is not the URL of a site: {why}", text.value);
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::BadUrl, message).at(FILE, text.span).help(
                        "write it as the browser's address bar shows it, such as `https://www.example.org/`",
                    ),
                );
            })
            .ok()
    }

    fn feeds(&mut self, node: &Node) -> Feeds {
        let mut feeds = Feeds { items: 20, full: false };
        let Some(mut fields) = self.reader.fields(node) else { return feeds };
        if let Some(items) = fields.take("items").and_then(|node| self.reader.number(node, 1..=1000)) {
            feeds.items = usize::try_from(items).unwrap_or(20);
        }
        if let Some(content) = fields.take("content") {
            feeds.full = self.reader.choice(content, &["summary", "full"]) == Some(1);
        }
        fields.finish("`feeds`", [], &mut self.reader);
        feeds
    }

    fn markdown(&mut self, node: &Node) -> MarkdownConfig {
        let mut markdown = MarkdownConfig { smart_punctuation: true, raw_html: true };
        let Some(mut fields) = self.reader.fields(node) else { return markdown };
        if let Some(smart) = fields.take("smart_punctuation").and_then(|node| self.reader.truth(node)) {
            markdown.smart_punctuation = smart;
        }
        if let Some(raw) = fields.take("raw_html") {
            markdown.raw_html = self.reader.choice(raw, &["keep", "refuse"]) != Some(1);
        }
        fields.finish("`markdown`", [], &mut self.reader);
        markdown
    }
}

/// Reads text for all languages, or a map from language to text.
pub fn localized(languages: &[Language], node: &Node, reader: &mut Reader<'_>) -> Option<Localized> {
    #[cfg(test)]
    yaml::seen::value(reader.file, node, &yaml::seen::Kind::Localized);
    let Value::Map(entries) = &node.value else {
        return reader.text(node).map(|text| Localized::same(text.value));
    };
    let mut by_language = Vec::new();
    for (code, value) in entries {
        match languages.iter().position(|language| language.code == code.value).map(LangId::new) {
            Some(id) => by_language.extend(reader.text(value).map(|text| (id, text.value))),
            None => unknown_language(languages, code, reader),
        }
    }
    Some(Localized { all: None, by_language })
}

fn unknown_language(languages: &[Language], code: &Spanned<String>, reader: &mut Reader<'_>) {
    let known: Vec<&str> = languages.iter().map(|language| language.code.as_str()).collect();
    reader.diagnostics.push(
        Diagnostic::new(Code::UnknownLanguage, format!("the site has no language `{}`", code.value))
            .at(reader.file, code.span)
            .suggest(&code.value, known.iter().copied())
            .help(format!("its languages are {}", yaml::listed(&known))),
    );
}

/// Two or three letters, with subtags behind hyphens (BCP 47), all lower case because it stands in URLs.
fn is_language_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|p| {
            (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

fn language(code: &str) -> Language {
    Language { code: code.into(), label: own_name(code).unwrap_or(code).into(), locale: code.into() }
}

/// What the speakers of a language call it; `None` for a code that isn't known.
#[must_use]
pub fn own_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "da" => "Dansk",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fi" => "Suomi",
        "fr" => "Français",
        "is" => "Íslenska",
        "it" => "Italiano",
        "nb" | "no" => "Norsk bokmål",
        "nl" => "Nederlands",
        "nn" => "Norsk nynorsk",
        "pl" => "Polski",
        "pt" => "Português",
        "sv" => "Svenska",
        _ => return None,
    })
}
