//! Feeds: the newest articles of each language, section, term, series and author, as Atom, as RSS and as JSON Feed.
//!
//! [`Feeds::collect`] finds what has dated articles, [`Feeds::at`] is how a page knows its own feed, [`emit`] writes
//! one. Nothing in a feed depends on the clock: it was updated when its newest entry was.

mod podcast;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::config::LangId;
use crate::content::PageKind;
use crate::diag::Diagnostics;
use crate::encode::xml::{self, Xml};
use crate::ids::IdVec;
use crate::plan::{Artifact, FeedId, Origin, OutPath, Planned, Warrant};
use crate::site::routes::{FeedFormat, feed_url};
use crate::site::{PageId, Site};

/// Characters of the text that stand for an article without a description.
const EXCERPT: usize = 300;

/// The newest articles of something that has a page.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Its title, with that of the site.
    pub title: String,
    /// A sentence about it; empty where there is none.
    pub description: String,
    /// The path of the page that shows the same as HTML.
    pub url: String,
    /// Its language.
    pub lang: LangId,
    /// Its articles, the newest first; all have a date.
    pub pages: Vec<PageId>,
    /// Of a section that is a podcast, all articles with sound, the newest first.
    pub episodes: Vec<PageId>,
    /// Where it comes from, for messages.
    pub origin: Origin,
}

/// The feeds of an edition.
#[derive(Debug, Default)]
pub struct Feeds {
    /// All of them.
    pub all: IdVec<FeedId, Feed>,
    /// By the URL of their page.
    by_url: BTreeMap<String, FeedId>,
}

/// What a feed takes from those who resolve links and write HTML.
pub struct Material<'a> {
    /// The open text of a page as HTML, all addresses absolute.
    pub content_html: &'a dyn Fn(PageId) -> String,
    /// The absolute address of the image that stands for a page.
    pub image: &'a dyn Fn(PageId) -> Option<String>,
    /// The film or the sound of a page.
    pub enclosure: &'a dyn Fn(PageId) -> Option<Enclosure>,
}

/// A file that belongs to an article: its film or sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Its absolute address.
    pub url: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it is, as browsers name it: `audio/mpeg`.
    pub media_type: &'static str,
    /// The absolute address of its captions in the page's language.
    pub captions: Option<String>,
}

impl Feeds {
    /// Finds every page that has articles with a date on it or, for a section, below it.
    #[must_use]
    pub fn collect(site: &Site, diagnostics: &mut Diagnostics) -> Self {
        let mut feeds = Self::default();
        for lang in site.languages() {
            feeds.sections(site, lang);
            feeds.terms(site, lang);
            feeds.series(site, lang);
        }
        for person in site.pages().filter(|page| page.kind() == PageKind::Person) {
            let description = person.meta().description.as_deref().unwrap_or_default();
            let from = Source { title: person.title(), description, url: &person.url, lang: person.lang() };
            feeds.add(site, &from, site.written_by(person.id));
        }
        podcast::check(site, diagnostics);
        feeds
    }

    /// The feed of the page at `url`.
    #[must_use]
    pub fn at(&self, url: &str) -> Option<&Feed> {
        self.by_url.get(url).map(|index| &self.all[*index])
    }

    /// Each feed in all formats.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let of_pages = |(index, feed): (FeedId, &Feed), pages: &[PageId], format| {
            Some(Planned {
                path: OutPath::of_url(&feed_url(&feed.url, format)),
                artifact: Artifact::Feed { feed: index, format },
                origin: feed.origin.clone(),
                warrant: Warrant::pages(site, pages.iter().copied())?,
            })
        };
        let planned = |feed: (FeedId, &Feed), format| of_pages(feed, &feed.1.pages, format);
        let podcast = |feed: (FeedId, &Feed)| of_pages(feed, &feed.1.episodes, FeedFormat::Podcast);
        let formats = |feed: (FeedId, &Feed)| {
            let podcast = (!feed.1.episodes.is_empty()).then(|| podcast(feed));
            FeedFormat::ALL.map(|format| planned(feed, format)).into_iter().chain(podcast).flatten()
        };
        self.all.each().flat_map(formats).collect()
    }

    /// The home page and every section with articles below it.
    fn sections(&mut self, site: &Site, lang: LangId) {
        let mut found: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
        for article in site.articles(lang) {
            let mut above = site.page(article).section;
            while let Some(section) = above {
                found.entry(section).or_default().push(article);
                above = site.page(section).section;
            }
        }
        for (section, articles) in found {
            let section = site.page(section);
            let is_home = section.entry.place.key.is_empty();
            let config = site.config();
            let own = section.meta().description.as_deref().unwrap_or_default();
            let title = if is_home { "" } else { section.title() };
            let description = if is_home { config.text(&config.description, lang) } else { own };
            self.add(site, &Source { title, description, url: &section.url, lang }, &articles);
            if section.meta().podcast.is_some()
                && let Some(feed) = self.all.last_mut().filter(|feed| feed.url == section.url)
            {
                feed.episodes = podcast::episodes(site, &articles);
            }
        }
    }

    fn terms(&mut self, site: &Site, lang: LangId) {
        for taxonomy in site.config().taxonomies.ids() {
            for (index, term) in site.terms(lang, taxonomy).each() {
                let url = site.term_url(lang, taxonomy, index);
                let description = term.description.as_deref().unwrap_or_default();
                self.add(site, &Source { title: &term.label, description, url: &url, lang }, &term.pages);
            }
        }
    }

    fn series(&mut self, site: &Site, lang: LangId) {
        let config = site.config();
        for (index, series) in config.series.each() {
            let mut parts: Vec<PageId> = site.series(lang, index).iter().map(|(_, page)| *page).collect();
            site.newest_first(&mut parts);
            let url = site.series_url(lang, index);
            let (title, description) =
                (config.text(&series.title, lang), config.text(&series.description, lang));
            self.add(site, &Source { title, description, url: &url, lang }, &parts);
        }
    }

    fn add(&mut self, site: &Site, from: &Source<'_>, pages: &[PageId]) {
        let dated = |id: &&PageId| site.page(**id).is_article() && site.page(**id).meta().date.is_some();
        let pages: Vec<PageId> =
            pages.iter().filter(dated).take(site.config().feeds.items).copied().collect();
        if pages.is_empty() {
            return;
        }
        let name = site.config().text(&site.config().title, from.lang);
        let title =
            if from.title.is_empty() { name.to_string() } else { format!("{} – {name}", from.title) };
        self.by_url.insert(from.url.to_string(), FeedId::new(self.all.len()));
        self.all.push(Feed {
            origin: Origin::made(format!("the feed \"{title}\"")),
            title,
            description: from.description.to_string(),
            url: from.url.to_string(),
            lang: from.lang,
            pages,
            episodes: Vec::new(),
        });
    }
}

/// The page that a feed is about. The site itself has no title of its own.
struct Source<'a> {
    title: &'a str,
    description: &'a str,
    url: &'a str,
    lang: LangId,
}

/// The feed as a file.
#[must_use]
pub fn emit(site: &Site, feed: &Feed, format: FeedFormat, material: &Material<'_>) -> String {
    match format {
        FeedFormat::Atom => atom(site, feed, material),
        FeedFormat::Rss => rss(site, feed, material),
        FeedFormat::Json => json(site, feed, material),
        FeedFormat::Podcast => podcast::emit(site, feed, material),
    }
}

/// Somebody who wrote something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Who publishes the site.
fn publisher(site: &Site, lang: LangId) -> Author {
    let config = site.config();
    let home = site.permalink(&config.prefix(lang));
    match &config.organization {
        Some(own) => {
            Author { name: own.name.clone(), url: Some(own.url.as_deref().map_or(home, str::to_string)) }
        }
        None => Author { name: config.text(&config.title, lang).to_string(), url: Some(home) },
    }
}

fn authors(site: &Site, page: PageId) -> Vec<Author> {
    let people = site.page(page).authors.iter().map(|id| site.page(*id));
    people
        .map(|person| Author { name: person.title().to_string(), url: Some(site.permalink(&person.url)) })
        .collect()
}

/// What it is about.
fn summary(site: &Site, page: PageId) -> String {
    site.description(site.page(page), EXCERPT).into_owned()
}

/// The open text as HTML, where the configuration asks for it and there is any.
fn full(site: &Site, page: PageId, material: &Material<'_>) -> Option<String> {
    site.config().feeds.full.then(|| (material.content_html)(page)).filter(|html| !html.trim().is_empty())
}

/// When a page was last changed: a later day than the one on which it appeared, or that.
fn changed(site: &Site, page: PageId) -> Option<Date> {
    let meta = site.page(page).meta();
    meta.date.max(meta.updated)
}

/// The beginning of a day in the site's time zone, as RFC 3339 has it.
fn midnight(site: &Site, date: Date) -> String {
    let Ok(time) = date.to_zoned(site.config().time_zone.clone()) else { return format!("{date}T00:00:00Z") };
    // Before there were time zones, towns were some seconds apart, which RFC 3339 can't say.
    if time.offset().seconds() % 60 == 0 {
        time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    } else {
        time.timestamp().to_string()
    }
}

/// RFC 4287.
fn atom(site: &Site, feed: &Feed, material: &Material<'_>) -> String {
    let code = |lang: LangId| site.config().languages[lang].code.as_str();
    let own = site.permalink(&feed_url(&feed.url, FeedFormat::Atom));
    let updated = feed.pages.iter().filter_map(|page| changed(site, *page)).max();
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", code(feed.lang))];
    xml::document("feed", &attributes, |xml| {
        xml.text("id", &[], &own);
        xml.text("title", &[], &feed.title);
        if !feed.description.is_empty() {
            xml.text("subtitle", &[], &feed.description);
        }
        if let Some(updated) = updated {
            xml.text("updated", &[], &midnight(site, updated));
        }
        atom_author(xml, &publisher(site, feed.lang));
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        let page = site.permalink(&feed.url);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &page)]);
        xml.text("generator", &[], "ringback");
        for page in &feed.pages {
            let lang = site.page(*page).lang();
            let other = [("xml:lang", code(lang))];
            let attributes = if lang == feed.lang { &[][..] } else { &other[..] };
            xml.element("entry", attributes, |xml| atom_entry(xml, site, *page, material));
        }
    })
}

fn atom_entry(xml: &mut Xml, site: &Site, id: PageId, material: &Material<'_>) {
    let page = site.page(id);
    let permalink = site.permalink(&page.url);
    // An address, and no other name (RFC 4287, section 4.2.6).
    let known = page.meta().guid.as_deref().filter(|guid| guid.contains(':')).unwrap_or(&permalink);
    xml.text("id", &[], known);
    xml.text("title", &[], page.title());
    if let Some(date) = page.meta().date {
        xml.text("published", &[], &midnight(site, date));
    }
    if let Some(date) = changed(site, id) {
        xml.text("updated", &[], &midnight(site, date));
    }
    // An entry without an author has that of the feed (RFC 4287, 4.2.1).
    for author in authors(site, id) {
        atom_author(xml, &author);
    }
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &permalink)]);
    for &(taxonomy, term) in &site.page(id).terms {
        let scheme = site.permalink(&site.taxonomy_url(page.lang(), taxonomy));
        let term = &site.terms(page.lang(), taxonomy)[term];
        xml.empty("category", &[("term", &term.slug), ("scheme", &scheme), ("label", &term.label)]);
    }
    let summary = summary(site, id);
    if !summary.is_empty() {
        xml.text("summary", &[], &summary);
    }
    if let Some(Enclosure { url, bytes, media_type, .. }) = (material.enclosure)(id) {
        let length = bytes.to_string();
        let attributes = [("rel", "enclosure"), ("type", media_type), ("length", &length), ("href", &url)];
        xml.empty("link", &attributes);
    }
    if let Some(html) = full(site, id, material) {
        xml.text("content", &[("type", "html")], &html);
    }
}

fn atom_author(xml: &mut Xml, author: &Author) {
    xml.element("author", &[], |xml| {
        xml.text("name", &[], &author.name);
        if let Some(url) = &author.url {
            xml.text("uri", &[], url);
        }
    });
}

/// The beginning of a day in the site's time zone, as RSS has it (RFC 2822).
fn rfc_2822(site: &Site, date: Date) -> Option<String> {
    let time = date.to_zoned(site.config().time_zone.clone()).ok()?;
    jiff::fmt::rfc2822::to_string(&time).ok()
}

/// RSS 2.0 (`https://www.rssboard.org/rss-specification`), with the elements that podcasts' and mailing tools expect
/// beside it: Atom's own address, Dublin Core's authors, and the whole text (`https://www.rssboard.org/rss-profile`).
fn rss(site: &Site, feed: &Feed, material: &Material<'_>) -> String {
    let attributes = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let own = site.permalink(&feed_url(&feed.url, FeedFormat::Rss));
    let changed = feed.pages.iter().filter_map(|page| changed(site, *page)).max();
    xml::document("rss", &attributes, |xml| {
        xml.element("channel", &[], |xml| {
            xml.text("title", &[], &feed.title);
            xml.text("link", &[], &site.permalink(&feed.url));
            // It must be there.
            let description = if feed.description.is_empty() { &feed.title } else { &feed.description };
            xml.text("description", &[], description);
            xml.text("language", &[], &site.config().languages[feed.lang].code);
            if let Some(changed) = changed.and_then(|date| rfc_2822(site, date)) {
                xml.text("lastBuildDate", &[], &changed);
            }
            xml.text("generator", &[], "ringback");
            xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)]);
            for page in &feed.pages {
                xml.element("item", &[], |xml| rss_item(xml, site, *page, material));
            }
        });
    })
}

/// What an item begins with: what it is called, where it is, and since when.
fn rss_beginning(xml: &mut Xml, site: &Site, id: PageId) {
    let page = site.page(id);
    let permalink = site.permalink(&page.url);
    xml.text("title", &[], page.title());
    xml.text("link", &[], &permalink);
    match &page.meta().guid {
        Some(guid) => xml.text("guid", &[("isPermaLink", "false")], guid),
        None => xml.text("guid", &[("isPermaLink", "true")], &permalink),
    }
    if let Some(date) = page.meta().date.and_then(|date| rfc_2822(site, date)) {
        xml.text("pubDate", &[], &date);
    }
}

fn rss_item(xml: &mut Xml, site: &Site, id: PageId, material: &Material<'_>) {
    rss_beginning(xml, site, id);
    // `author` is an email address there.
    for author in authors(site, id) {
        xml.text("dc:creator", &[], &author.name);
    }
    for label in site.labels_of(id) {
        xml.text("category", &[], label);
    }
    let summary = summary(site, id);
    if !summary.is_empty() {
        xml.text("description", &[], &summary);
    }
    rss_enclosure(xml, id, material);
    if let Some(html) = full(site, id, material) {
        xml.text("content:encoded", &[], &html);
    }
}

fn rss_enclosure(xml: &mut Xml, id: PageId, material: &Material<'_>) {
    if let Some(Enclosure { url, bytes, media_type, .. }) = (material.enclosure)(id) {
        let length = bytes.to_string();
        xml.empty("enclosure", &[("url", &url), ("length", &length), ("type", media_type)]);
    }
}

/// JSON Feed 1.1 (`https://www.jsonfeed.org/version/1.1/`).
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Author; 1],
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: String,
    url: String,
    title: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<JsonAttachment>,
}

#[derive(Serialize)]
struct JsonAttachment {
    url: String,
    mime_type: &'static str,
    size_in_bytes: u64,
}

fn json(site: &Site, feed: &Feed, material: &Material<'_>) -> String {
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: site.permalink(&feed.url),
        feed_url: site.permalink(&feed_url(&feed.url, FeedFormat::Json)),
        description: &feed.description,
        language: &site.config().languages[feed.lang].code,
        authors: [publisher(site, feed.lang)],
        items: feed.pages.iter().map(|page| json_item(site, *page, material)).collect(),
    };
    crate::encode::json::text(&feed)
}

fn json_item<'a>(site: &'a Site, id: PageId, material: &Material<'_>) -> JsonItem<'a> {
    let page = site.page(id);
    let permalink = site.permalink(&page.url);
    let summary = summary(site, id);
    let content_html = full(site, id, material);
    JsonItem {
        id: page.meta().guid.clone().unwrap_or_else(|| permalink.clone()),
        url: permalink,
        title: page.title(),
        // One of the two contents must be there, if only with what the summary says.
        content_text: content_html.is_none().then(|| summary.clone()),
        content_html,
        summary,
        image: (material.image)(id),
        date_published: page.meta().date.map(|date| midnight(site, date)),
        date_modified: page.meta().updated.and(changed(site, id)).map(|date| midnight(site, date)),
        authors: authors(site, id),
        tags: site.labels_of(id),
        language: &site.config().languages[page.lang()].code,
        attachments: (material.enclosure)(id)
            .map(|Enclosure { url, bytes, media_type, .. }| JsonAttachment {
                url,
                mime_type: media_type,
                size_in_bytes: bytes,
            })
            .into_iter()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use serde_json::Value;

    use super::*;
    use crate::project::MemoryProject;
    use crate::testing;

    const MATERIAL: Material<'_> = Material {
        content_html: &|_| "<p>Open & <b>whole</b>\u{7}</p>".to_string(),
        image: &|_| Some("https://example.org/a.png".to_string()),
        enclosure: &|_| None,
    };

    fn project(config: impl FnOnce(&str) -> String) -> MemoryProject {
        testing::project(config)
            .with(
                "content/insights/a.md",
                "---\ntitle: A <b> & \"c\"\ndate: 2026-03-01\nupdated: 2026-11-02\nauthors: [anna, kim]\n\
                 tags: [crm, Åkeri]\n---\nOpen text.\n",
            )
            .with("content/insights/a.sv.md", "---\ntitle: Å\ndate: 2026-03-01\nauthors: [kim]\n---\nÖppen text.\n")
            .with("content/insights/deep/b.md", "---\ntitle: B\ndate: 2026-07-01\ndescription: About b.\n---\n")
            .with("content/insights/undated.md", "---\ntitle: Undated\n---\nText.\n")
            .with(
                "content/insights/g.md",
                "---\ntitle: G\ndate: 2026-01-05\ngate: {form: guide}\n---\nTeaser.\n\n<!-- gate -->\n\nGUARDED.\n",
            )
            .with("content/playbooks/p.md", "---\ntitle: P\ndate: 2026-05-01\n---\nSteps.\n")
            .with("content/forms/guide.yaml", testing::FORM)
            .with("content/people/anna.md", "---\ntitle: Anna Berg\nemail: anna@example.org\n---\n")
            .with("content/people/kim.md", "---\ntitle: Kim Vik\norganization: Elsewhere\n---\n")
    }

    fn feeds(config: impl FnOnce(&str) -> String) -> (Site, std::sync::Arc<Feeds>) {
        let linked = testing::linked(&project(config), "public");
        (linked.site, linked.features.feeds)
    }

    fn titles<'a>(site: &'a Site, feed: &Feed) -> Vec<&'a str> {
        feed.pages.iter().map(|page| site.page(*page).title()).collect()
    }

    #[test]
    fn whatever_lists_dated_articles_has_a_feed() {
        let (site, feeds) = feeds(str::to_string);
        let all: Vec<(&str, Vec<&str>)> =
            feeds.all.iter().map(|feed| (feed.url.as_str(), titles(&site, feed))).collect();
        let a = "A <b> & \"c\"";
        assert_eq!(
            all,
            [
                ("/", vec!["B", "P", a, "G"]),
                ("/insights/", vec!["B", a, "G"]),
                ("/insights/deep/", vec!["B"]),
                ("/playbooks/", vec!["P"]),
                ("/tags/crm/", vec![a]),
                ("/tags/akeri/", vec![a]),
                ("/sv/", vec!["Å"]),
                ("/sv/insights/", vec!["Å"]),
                ("/people/anna/", vec![a]),
                ("/people/kim/", vec![a, "Å"]),
            ]
        );
        assert_eq!(feeds.at("/tags/crm/").unwrap().title, "The CRM – Fjord & Sons");
        assert!(feeds.at("/people/").is_none());
        let paths: Vec<_> = feeds.artifacts(&site).into_iter().map(|planned| planned.path).collect();
        assert_eq!(paths[..3], ["feed.xml", "rss.xml", "feed.json"].map(OutPath::file));
    }

    #[test]
    fn a_feed_has_no_more_items_than_configured() {
        let (site, feeds) = feeds(|config| format!("{config}feeds: {{items: 2}}\n"));
        assert_eq!(titles(&site, feeds.at("/").unwrap()), ["B", "P"]);
    }

    #[test]
    fn a_reader_of_atom_understands_it() {
        let (site, feeds) = feeds(|config| format!("{config}feeds: {{content: full}}\n"));
        let text = emit(&site, feeds.at("/insights/").unwrap(), FeedFormat::Atom, &MATERIAL);
        let feed = atom_syndication::Feed::from_str(&text).unwrap();
        assert_eq!(feed.id, "https://example.org/insights/feed.xml");
        assert_eq!(feed.title.value, "Insights – Fjord & Sons");
        assert_eq!(feed.lang.as_deref(), Some("en"));
        // The newest change is not that of the newest article; in winter, Stockholm is one hour from Greenwich.
        assert_eq!(feed.updated.to_rfc3339(), "2026-11-02T00:00:00+01:00");
        assert_eq!(feed.authors[0].name, "Fjord AS");
        let links: Vec<_> = feed.links.iter().map(|link| (link.rel.as_str(), link.href.as_str())).collect();
        let own = ("self", "https://example.org/insights/feed.xml");
        assert_eq!(links, [own, ("alternate", "https://example.org/insights/")]);
        let entry = &feed.entries[1];
        assert_eq!(entry.id, "https://example.org/insights/a/");
        assert_eq!(entry.title.value, "A <b> & \"c\"");
        assert_eq!(entry.published.unwrap().to_rfc3339(), "2026-03-01T00:00:00+01:00");
        assert_eq!(feed.entries[0].published.unwrap().to_rfc3339(), "2026-07-01T00:00:00+02:00");
        assert_eq!(entry.updated.to_rfc3339(), "2026-11-02T00:00:00+01:00");
        let authors: Vec<_> =
            entry.authors.iter().map(|author| (author.name.as_str(), author.uri())).collect();
        let url = |name| Some(format!("https://example.org/people/{name}/"));
        assert_eq!(authors, [("Anna Berg", url("anna").as_deref()), ("Kim Vik", url("kim").as_deref())]);
        assert!(entry.authors.iter().all(|author| author.email.is_none()));
        let terms: Vec<_> = entry.categories.iter().map(|term| (term.term.as_str(), term.label())).collect();
        assert_eq!(terms, [("crm", Some("The CRM")), ("akeri", Some("Åkeri"))]);
        assert_eq!(entry.summary.as_ref().unwrap().value, "Open text.");
        let content = entry.content.as_ref().unwrap();
        assert_eq!(content.content_type.as_deref(), Some("html"));
        assert_eq!(content.value.as_deref(), Some("<p>Open & <b>whole</b></p>"));
        assert_eq!(feed.rights, None);
    }

    #[test]
    fn an_article_that_came_from_elsewhere_keeps_its_name() {
        let page = "---\ntitle: A\ndate: 2026-01-05\nguid: \"https://old.example/?p=7\"\n---\nText.\n";
        let linked =
            testing::linked(&testing::project(str::to_string).with("content/insights/a.md", page), "public");
        let (site, feeds) = (linked.site, linked.features.feeds);
        let text = |format| emit(&site, feeds.at("/").unwrap(), format, &MATERIAL);
        let known = "https://old.example/?p=7";
        assert!(text(FeedFormat::Atom).contains(&format!("<id>{known}</id>")));
        assert!(text(FeedFormat::Rss).contains(&format!("<guid isPermaLink=\"false\">{known}</guid>")));
        assert!(
            text(FeedFormat::Json)
                .contains(&format!("\"id\":\"{known}\",\"url\":\"https://example.org/insights/a/\""))
        );
    }

    #[test]
    fn a_reader_of_rss_understands_it() {
        let (site, feeds) = feeds(|config| format!("{config}feeds: {{content: full}}\n"));
        let text = emit(&site, feeds.at("/insights/").unwrap(), FeedFormat::Rss, &MATERIAL);
        for line in [
            "<title>Insights – Fjord &amp; Sons</title>",
            "<link>https://example.org/insights/</link>",
            "<description>Insights – Fjord &amp; Sons</description>",
            "<language>en</language>",
            "<lastBuildDate>Mon, 2 Nov 2026 00:00:00 +0100</lastBuildDate>",
            r#"<atom:link rel="self" type="application/rss+xml" href="https://example.org/insights/rss.xml"/>"#,
            "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>",
            r#"<guid isPermaLink="true">https://example.org/insights/a/</guid>"#,
            "<pubDate>Wed, 1 Jul 2026 00:00:00 +0200</pubDate>",
            "<pubDate>Sun, 1 Mar 2026 00:00:00 +0100</pubDate>",
            "<dc:creator>Kim Vik</dc:creator>",
            "<category>The CRM</category>",
            "<description>Open text.</description>",
            "<content:encoded>&lt;p&gt;Open &amp; &lt;b&gt;whole&lt;/b&gt;&lt;/p&gt;</content:encoded>",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert_eq!(text.matches("<item>").count(), 3);
    }

    #[test]
    fn a_series_has_a_feed_of_its_dated_parts() {
        let part = |number: u8, day: &str| {
            format!("---\ntitle: Part {number}\nseries: {{id: empty-crm, part: {number}}}\n{day}---\nText.\n")
        };
        let project = testing::project(str::to_string)
            .with("content/insights/one.md", part(1, "date: 2026-01-05\n"))
            .with("content/insights/two.md", part(2, "date: 2026-02-05\n"))
            .with("content/insights/three.md", part(3, ""));
        let linked = testing::linked(&project, "public");
        let feed = linked.features.feeds.at("/series/empty-crm/").unwrap();
        assert_eq!(feed.title, "The empty CRM – Fjord & Sons");
        assert_eq!(titles(&linked.site, feed), ["Part 2", "Part 1"]);
        let page = testing::file(&linked, "series/empty-crm/index.html").unwrap();
        assert!(page.contains("href=\"/series/empty-crm/rss.xml\""), "{page}");
    }

    #[test]
    fn json_feed_has_its_fields() {
        let (site, feeds) = feeds(str::to_string);
        let text = emit(&site, feeds.at("/").unwrap(), FeedFormat::Json, &MATERIAL);
        let feed: Value = serde_json::from_str(&text).unwrap();
        assert!(text.starts_with(r#"{"version":"https://jsonfeed.org/version/1.1","#), "{text}");
        assert_eq!(feed["title"], "Fjord & Sons");
        assert_eq!(feed["home_page_url"], "https://example.org/");
        assert_eq!(feed["feed_url"], "https://example.org/feed.json");
        assert_eq!(feed["description"], "We help.");
        assert_eq!(feed["language"], "en");
        assert_eq!(feed["authors"][0]["name"], "Fjord AS");
        let item = &feed["items"][2];
        assert_eq!(item["id"], "https://example.org/insights/a/");
        assert_eq!(item["url"], item["id"]);
        assert_eq!(item["title"], "A <b> & \"c\"");
        assert_eq!(item["summary"], "Open text.");
        assert_eq!(item["content_text"], "Open text.");
        assert_eq!(item["content_html"], Value::Null);
        assert_eq!(item["image"], "https://example.org/a.png");
        assert_eq!(item["date_published"], "2026-03-01T00:00:00+01:00");
        assert_eq!(item["date_modified"], "2026-11-02T00:00:00+01:00");
        assert_eq!(item["authors"][1]["url"], "https://example.org/people/kim/");
        assert_eq!(item["tags"], serde_json::json!(["The CRM", "Åkeri"]));
        assert_eq!(item["language"], "en");
        assert_eq!(feed["items"][0]["date_modified"], Value::Null);
        assert_eq!(feed["items"][0]["summary"], "About b.");
    }

    #[test]
    fn what_a_gate_seals_is_in_no_feed() {
        let (site, feeds) = feeds(|config| format!("{config}feeds: {{content: full}}\n"));
        let nothing = Material { content_html: &|_| String::new(), image: &|_| None, enclosure: &|_| None };
        for feed in &feeds.all {
            for format in FeedFormat::ALL {
                let text = emit(&site, feed, format, &nothing);
                assert!(!text.contains("GUARDED"));
            }
        }
        let text = emit(&site, feeds.at("/").unwrap(), FeedFormat::Json, &nothing);
        assert!(text.contains(r#""content_text":"Teaser.""#), "{text}");
    }

    #[test]
    fn an_entry_in_another_language_says_so() {
        let (site, feeds) = feeds(str::to_string);
        let text = emit(&site, feeds.at("/people/kim/").unwrap(), FeedFormat::Atom, &MATERIAL);
        assert_eq!(text.matches("<entry xml:lang=\"sv\">").count(), 1);
        assert_eq!(text.matches("<entry>").count(), 1);
    }

    #[test]
    fn days_before_time_zones_are_valid_times() {
        let (site, _) = feeds(str::to_string);
        assert_eq!(midnight(&site, jiff::civil::date(1870, 1, 1)), "1869-12-31T22:47:48Z");
    }
}
