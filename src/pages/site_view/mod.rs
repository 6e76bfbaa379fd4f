//! `site`, `theme` and `assets`: what every template gets, made once for each language.

mod look;

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use look::{Look, look};

use super::integrations::{self, IntegrationsView};
use super::parts::Link;
use super::sidebar::{self, SidebarSection};
use crate::config::{Audience, LangId, MenuItem, MenuTarget};
use crate::encode::{json, phone};
use crate::languages::formats::is_right_to_left;
use crate::publishing::feeds::Feed;
use crate::publishing::lists::Listings;
use crate::publishing::search::MANIFEST;
use crate::site::Site;
use crate::site::routes::{ArchiveScope, FeedFormat, feed_url};
use crate::theme::Theme;
use crate::theme::values::Shared;

/// The page about privacy of a site that names none.
const PRIVACY: &str = "pages/privacy";

/// The site in one language: `site` in every template.
#[derive(Debug, Serialize)]
pub(super) struct SiteView<'a> {
    /// The title in this language.
    title: &'a str,
    /// The description in this language.
    description: Option<&'a str>,
    /// Where the site is published: `https://example.org/blog/`.
    base_url: String,
    /// The path of the home page: `/blog/`.
    base_path: &'a str,
    /// URL of the home page in this language.
    home: String,
    /// Code of this language, such as `sv`.
    lang: &'a str,
    /// `rtl` where the language is written from right to left, such as Arabic; otherwise `null`.
    direction: Option<&'static str>,
    /// The languages of the site with their home pages, in the order of `ringback.yaml`.
    languages: Vec<LanguageHome<'a>>,
    /// The menus of `ringback.yaml`, by their names.
    menus: BTreeMap<&'a str, Vec<MenuEntry<'a>>>,
    /// The organization that publishes the site; `null` if `ringback.yaml` doesn't say.
    organization: Option<Organization<'a>>,
    /// The edition that is built.
    edition: EditionView<'a>,
    /// `consent`, `always` or `never`, as in [`privacy`](configuration.md).
    attribution: &'static str,
    /// The names of `privacy: {parameters: …}`, with a space between them.
    parameters: Option<String>,
    /// The name under which visitors are asked for their details: the organization's, otherwise the site's title.
    publisher: &'a str,
    /// The page that says what becomes of visitors' details.
    privacy: Option<Link<'a>>,
    /// What pages load from others; `null` if this edition loads nothing.
    integrations: Option<IntegrationsView<'a>>,
    /// URL of the list of reps, which `rep.js` reads; `null` if nobody is a rep.
    reps: Option<String>,
    /// All sections with their pages, with `sidebar: true` in `theme.yaml`; otherwise empty.
    sidebar: Vec<SidebarSection<'a>>,
    /// URLs of the lists that the site has in this language.
    links: SiteLinks,
    /// What the search box needs: where the index and the search page are.
    search: SearchBox,
    /// Feeds of the whole site in this language.
    feeds: Vec<Shared<FeedLink<'static>>>,
}

/// A language of the site.
#[derive(Debug, Serialize)]
struct LanguageHome<'a> {
    /// Its code, such as `sv`.
    code: &'a str,
    /// Its name in itself: `Svenska`.
    label: &'a str,
    /// URL of its home page.
    home: String,
}

/// An entry of a menu. Entries that this edition can't show are left out.
#[derive(Debug, Serialize)]
struct MenuEntry<'a> {
    /// The entry's label in this language.
    label: &'a str,
    /// Where it leads; `null` if it only opens a submenu.
    url: Option<String>,
    /// The entries of its submenu; empty if it has none.
    children: Vec<MenuEntry<'a>>,
    /// Whether it leads to another site.
    external: bool,
}

/// The organization that publishes the site.
#[derive(Debug, Serialize)]
struct Organization<'a> {
    /// The organization's name.
    name: &'a str,
    /// URL of the organization's website; `null` if none is configured.
    url: Option<&'a str>,
    /// The organization's email address; `null` if none is configured.
    email: Option<&'a str>,
    /// Its phone number, as it is written.
    phone: Option<&'a str>,
    /// A `tel:` link that dials it.
    phone_href: Option<String>,
    /// Street, then postal code and city: lines of the postal address.
    address: Vec<String>,
    /// The URLs of its pages elsewhere.
    same_as: Vec<&'a str>,
    /// The same with what readers call each.
    profiles: Vec<Profile<'a>>,
}

/// A page of the organization on another site.
#[derive(Debug, Serialize)]
struct Profile<'a> {
    /// The name of the service, otherwise its host.
    label: String,
    /// The page's URL, absolute.
    url: &'a str,
}

/// What readers call a service, by the host of its pages.
const SERVICES: [(&str, &str); 12] = [
    ("bsky.app", "Bluesky"),
    ("facebook.com", "Facebook"),
    ("github.com", "GitHub"),
    ("instagram.com", "Instagram"),
    ("linkedin.com", "LinkedIn"),
    ("mastodon.social", "Mastodon"),
    ("threads.com", "Threads"),
    ("tiktok.com", "TikTok"),
    ("twitter.com", "X"),
    ("vimeo.com", "Vimeo"),
    ("x.com", "X"),
    ("youtube.com", "YouTube"),
];

/// The edition that is built.
#[derive(Debug, Serialize)]
struct EditionView<'a> {
    /// Its name in `ringback.yaml`.
    name: &'a str,
    /// Whether search engines must leave it out.
    noindex: bool,
    /// Whether it is [behind a passphrase](configuration.md#an-edition-behind-a-passphrase).
    sealed: bool,
}

/// URLs of lists in this language, each `null` if there is no such page.
#[derive(Debug, Serialize)]
struct SiteLinks {
    /// URL of the A–Z page.
    a_to_z: Option<String>,
    /// The archive by year and month.
    archive: Option<String>,
    /// URL of the list of people.
    people: Option<String>,
    /// URL of the list of insights.
    insights: Option<String>,
    /// URL of the list of playbooks.
    playbooks: Option<String>,
    /// URL of the list of call scripts.
    scripts: Option<String>,
    /// The content report, in editions for the team.
    report: Option<String>,
    /// Today's follow-ups and calls, in editions for the team.
    today: Option<String>,
}

/// What the search box needs: where the index and the search page are.
#[derive(Debug, Serialize)]
struct SearchBox {
    /// The settings of [another search engine](search.md#another-search-engine) as JSON.
    engine: Option<String>,
    /// URL of the search page in this language.
    url: String,
    /// URL of the list of indexes.
    manifest: String,
    /// URL of the A–Z page, for readers without JavaScript.
    a_to_z: String,
}

/// A feed in one format.
#[derive(Debug, Serialize)]
pub(super) struct FeedLink<'a> {
    /// Its title with its format.
    title: String,
    /// The format: `Atom`.
    name: &'a str,
    /// URL of the feed.
    url: String,
    /// The feed's media type, for the attribute `type` of a link.
    #[serde(rename = "type")]
    media_type: &'a str,
}

/// `site` in one language; `reps` is where its list of reps is.
pub(super) fn site<'a>(
    site: &'a Site,
    listings: &Listings,
    (feeds, theme): (&Feeds, &Theme),
    (lang, reps, today): (LangId, Option<&str>, Option<String>),
) -> SiteView<'a> {
    let config = site.config();
    let menus = config.menus.iter().map(|(name, items)| (name.as_str(), menu(site, lang, items)));
    let description = config.text(&config.description, lang);
    let server = theme.settings.search.as_ref();
    SiteView {
        title: config.text(&config.title, lang),
        description: Some(description).filter(|text| !text.is_empty()),
        base_url: site.view.base_url.with_trailing_slash(),
        base_path: &site.view.base_url.path,
        home: site.href(&config.prefix(lang)),
        lang: &config.languages[lang].code,
        direction: is_right_to_left(&config.languages[lang].locale).then_some("rtl"),
        languages: languages(site),
        menus: menus.collect(),
        organization: organization(site),
        edition: EditionView {
            name: &site.view.edition.name,
            noindex: site.view.edition.sees(Audience::Team),
            sealed: site.view.edition.is_sealed,
        },
        attribution: config.privacy.attribution.name(),
        parameters: Some(&config.privacy.parameters)
            .filter(|names| !names.is_empty())
            .map(|names| names.iter().map(String::as_str).collect::<Vec<_>>().join(" ")),
        publisher: config.publisher(lang),
        privacy: privacy(site, lang),
        integrations: integrations::view(site, theme, lang),
        reps: reps.map(|url| site.href(url)),
        sidebar: match theme.settings.has_sidebar {
            true => sidebar::sections(site, listings, lang),
            false => Vec::new(),
        },
        links: links(site, lang, today),
        search: SearchBox {
            engine: server.map(json::text),
            url: site.href(&site.search_url(lang)),
            manifest: site.href(MANIFEST),
            a_to_z: site.href(&site.a_to_z_url(lang)),
        },
        feeds: feeds.at(&config.prefix(lang)),
    }
}

fn languages(site: &Site) -> Vec<LanguageHome<'_>> {
    let config = site.config();
    let language = |id: LangId| {
        let language = &config.languages[id];
        LanguageHome { code: &language.code, label: &language.label, home: site.href(&config.prefix(id)) }
    };
    site.languages().map(language).collect()
}

/// A menu, without the entries that this edition can't see.
fn menu<'a>(site: &'a Site, lang: LangId, items: &'a [MenuItem]) -> Vec<MenuEntry<'a>> {
    items.iter().filter_map(|item| menu_entry(site, lang, item)).collect()
}

fn menu_entry<'a>(site: &'a Site, lang: LangId, item: &'a MenuItem) -> Option<MenuEntry<'a>> {
    let children = menu(site, lang, &item.children);
    let (url, title, external) = match &item.target {
        MenuTarget::Page(page) => {
            let page = site.page(site.find_any(page.value.trim_matches('/'), lang)?);
            (Some(site.href(&page.url)), page.title(), false)
        }
        MenuTarget::Url(url) => match site.menu_path(&url.value, lang) {
            Some(path) => (Some(site.href(&path)), "", false),
            None => (Some(url.value.to_string()), "", true),
        },
        MenuTarget::None if children.is_empty() => return None,
        MenuTarget::None => (None, "", false),
    };
    let label = site.config().text(&item.label, lang);
    Some(MenuEntry { label: if label.is_empty() { title } else { label }, url, children, external })
}

/// The page that says what becomes of visitors' details, where this edition has it.
fn privacy(site: &Site, lang: LangId) -> Option<Link<'_>> {
    let named = site.config().privacy.page.as_ref().map_or(PRIVACY, |page| page.value.trim_matches('/'));
    site.find_any(named, lang).map(|page| Link::to(site, page))
}

fn organization(site: &Site) -> Option<Organization<'_>> {
    let organization = site.config().organization.as_ref()?;
    let town = [organization.postal_code.as_deref(), organization.city.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [organization.street.clone(), Some(town).filter(|town| !town.is_empty())];
    Some(Organization {
        name: &organization.name,
        url: organization.url.as_deref(),
        email: organization.email.as_deref(),
        phone: organization.phone.as_deref(),
        phone_href: organization.phone.as_deref().and_then(|number| phone::tel(number).ok()),
        address: lines.into_iter().flatten().collect(),
        same_as: organization.same_as.iter().map(|url| &**url).collect(),
        profiles: organization.same_as.iter().filter_map(|url| profile(url)).collect(),
    })
}

fn profile(url: &str) -> Option<Profile<'_>> {
    let host = url::Url::parse(url).ok()?.host_str()?.to_string();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    // Some services have a host for each country: `se.linkedin.com`.
    let is_within =
        |end: &str| host.strip_suffix(end).is_some_and(|start| start.is_empty() || start.ends_with('.'));
    let service = SERVICES.iter().find(|(end, _)| is_within(end));
    Some(Profile { label: service.map_or(host, |(_, name)| name).to_string(), url })
}

fn links(site: &Site, lang: LangId, today: Option<String>) -> SiteLinks {
    let section = |key: &str| site.find(key, lang).map(|id| site.href(&site.page(id).url));
    let has_archive =
        site.pages().any(|page| page.lang() == lang && page.is_article() && page.meta().date.is_some());
    let is_team = site.view.edition.sees(Audience::Team);
    SiteLinks {
        a_to_z: Some(site.href(&site.a_to_z_url(lang))),
        archive: has_archive.then(|| site.href(&site.archive_url(lang, ArchiveScope::All))),
        people: section("people"),
        insights: section("insights"),
        playbooks: section("playbooks"),
        scripts: section("scripts"),
        report: is_team.then(|| site.href(&site.report_url(lang))),
        today: today.map(|url| site.href(&url)),
    }
}

/// The feeds at each path that has some.
#[derive(Debug)]
pub(super) struct Feeds(BTreeMap<String, Vec<Shared<FeedLink<'static>>>>);

impl Feeds {
    /// Makes the links to all feeds of an edition.
    pub(super) fn new(site: &Site, all: &[Feed]) -> Self {
        Self(all.iter().map(|feed| (feed.url.clone(), formats(site, feed))).collect())
    }

    /// The feeds at a path, one for each format; empty where there are none.
    pub(super) fn at(&self, path: &str) -> Vec<Shared<FeedLink<'static>>> {
        self.0.get(path).cloned().unwrap_or_default()
    }
}

fn formats(site: &Site, feed: &Feed) -> Vec<Shared<FeedLink<'static>>> {
    let formats = [
        (FeedFormat::Atom, "Atom", "application/atom+xml"),
        (FeedFormat::Rss, "RSS", "application/rss+xml"),
        (FeedFormat::Json, "JSON Feed", "application/feed+json"),
    ];
    let link = |(format, name, media_type)| {
        let title = format!("{} ({name})", feed.title);
        Shared::new(&FeedLink { title, name, url: site.href(&feed_url(&feed.url, format)), media_type })
    };
    let podcast = (FeedFormat::Podcast, "Podcast", "application/rss+xml");
    let podcast = (!feed.episodes.is_empty()).then_some(podcast);
    formats.into_iter().chain(podcast).map(link).collect()
}

/// `assets`: the URL of each file of the theme.
pub(super) fn assets<'a>(site: &Site, theme: &'a Theme) -> BTreeMap<&'a str, String> {
    theme.files.iter().map(|file| (file.path.as_str(), site.href(&file.url))).collect()
}
