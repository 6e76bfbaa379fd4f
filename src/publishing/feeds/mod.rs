//! Feeds: the newest articles of each language, section, term, series and author, as Atom, as RSS and as JSON Feed.
//!
//! [`Feeds::collect`] finds what has dated articles, [`Feeds::at`] is how a page knows its own feed, [`emit`] writes
//! one. Nothing in a feed depends on the clock: it was updated when its newest entry was.

mod atom;
mod json;
mod podcast;
mod rss;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use self::atom::atom;
use self::json::json;
use self::rss::{rfc_2822, rss, rss_beginning, rss_enclosure};
use crate::config::LangId;
use crate::content::PageKind;
use crate::diag::Diagnostics;
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
    /// The language of its articles.
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
    /// The feeds, each by its id.
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
    /// Its URL, absolute.
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
            let is_home = section.document.place.key.is_empty();
            let config = site.config();
            let own = section.meta().description.as_deref().unwrap_or_default();
            let title = if is_home { "" } else { section.title() };
            let description = if is_home { config.text(&config.description, lang) } else { own };
            self.add(site, &Source { title, description, url: &section.url, lang }, &articles);
            if section.meta().podcast().is_some()
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
            origin: Origin::generated(format!("the feed \"{title}\"")),
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

/// The author of an article, as feeds name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The author of a feed whose articles name none: who publishes the site.
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

/// What a page is about, as plain text: its description, otherwise the beginning of its text.
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

#[cfg(test)]
mod tests;
