//! Podcasts: the feed of a section's episodes, as directories ask for it
//! (`https://podcasters.apple.com/support/823-podcast-requirements`,
//! `https://support.spotify.com/creators/article/podcast-specification-doc/`).

use super::{
    Enclosure, Feed, FeedFormat, Material, authors, changed, feed_url, full, publisher, rfc_2822,
    rss_beginning, rss_enclosure, summary,
};
use crate::content::PageKind;
use crate::content::blocks::media::Media;
use crate::content::front_matter::podcast::{Chapter, EpisodeKind, PodcastMeta};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::xml::{self, Xml};
use crate::site::{Page, PageId, Site};

/// Directories take square covers of these sizes, in pixels.
const COVER: std::ops::RangeInclusive<u32> = 1_400..=3_000;

/// The articles with a sound and a date, in the order of `articles`.
pub(super) fn episodes(site: &Site, articles: &[PageId]) -> Vec<PageId> {
    articles.iter().copied().filter(|id| is_episode(site.page(*id))).collect()
}

fn is_episode(page: &Page) -> bool {
    page.is_article()
        && page.meta().date.is_some()
        && page.recording().is_some_and(|(_, media)| media == Media::Audio)
}

/// Tells what a podcast lacks that directories ask for.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for section in site.pages().filter(|page| page.kind() == PageKind::Section) {
        let Some(podcast) = section.meta().podcast() else { continue };
        let mut tell = |message: &str, help: &str| {
            let problem = Diagnostic::new(Code::IncompletePodcast, message).at(section.path(), podcast.span);
            diagnostics.push(problem.help(help));
        };
        if section.meta().description.is_none() {
            tell(
                "this podcast has no `description`",
                "say in one or two sentences whom it is for and what it is about",
            );
        }
        if let Some(help) = cover_problem(site, section) {
            tell("this podcast has no cover that directories take", help);
        }
        let has_episode = site.articles(section.lang()).into_iter().any(|id| {
            let page = site.page(id);
            is_episode(page) && is_below(site, page, section.id)
        });
        if !has_episode {
            tell(
                "this podcast has no episode",
                "an episode is an article in this folder with a `date` and a sound alone in a paragraph: `![Title](episode.mp3)`",
            );
        }
    }
}

fn is_below(site: &Site, page: &Page, section: PageId) -> bool {
    let mut above = page.section;
    while let Some(id) = above {
        if id == section {
            return true;
        }
        above = site.page(id).section;
    }
    false
}

/// What to do about a section's image, if it can't be a cover.
fn cover_problem(site: &Site, section: &Page) -> Option<&'static str> {
    let help = "give the section an `image`: a square JPEG or PNG of 1400 to 3000 pixels";
    let Some(image) = &section.meta().image else { return Some(help) };
    let src = image.src.value.as_str();
    let folder = section.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match src.strip_prefix('/') {
        Some(path) => format!("static/{path}"),
        None => format!("{folder}/{}", src.strip_prefix("./").unwrap_or(src)),
    };
    let lower = src.to_ascii_lowercase();
    let is_type = [".jpg", ".jpeg", ".png"].iter().any(|ending| lower.ends_with(ending));
    // An image that isn't there has been reported.
    let is_size =
        |size: &crate::content::image::ImageSize| size.width == size.height && COVER.contains(&size.width);
    (!is_type || !site.content.images.get(&path).is_none_or(is_size)).then_some(help)
}

/// The feed of a podcast: RSS 2.0 with the elements that directories ask for.
pub(super) fn emit(site: &Site, feed: &Feed, material: &Material<'_>) -> String {
    let attributes = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
        ("xmlns:podcast", "https://podcastindex.org/namespace/1.0"),
        ("xmlns:psc", "http://podlove.org/simple-chapters"),
    ];
    let section = site.pages().find(|page| page.url == feed.url);
    let podcast = section.and_then(|page| page.meta().podcast());
    xml::document("rss", &attributes, |xml| {
        xml.element("channel", &[], |xml| {
            if let Some((section, podcast)) = section.zip(podcast) {
                show(xml, site, (feed, section, podcast), material);
            }
            for episode in &feed.episodes {
                xml.element("item", &[], |xml| item(xml, site, *episode, material));
            }
        });
    })
}

fn show(
    xml: &mut Xml,
    site: &Site,
    (feed, section, podcast): (&Feed, &Page, &PodcastMeta),
    material: &Material<'_>,
) {
    let own = site.permalink(&feed_url(&feed.url, FeedFormat::Podcast));
    let author = podcast.author.clone().unwrap_or_else(|| publisher(site, feed.lang).name);
    xml.text("title", &[], section.title());
    xml.text("link", &[], &site.permalink(&feed.url));
    let description = if feed.description.is_empty() { section.title() } else { &feed.description };
    xml.text("description", &[], description);
    xml.text("language", &[], &site.config().languages[feed.lang].code);
    let newest = feed.episodes.iter().filter_map(|page| changed(site, *page)).max();
    if let Some(newest) = newest.and_then(|date| rfc_2822(site, date)) {
        xml.text("lastBuildDate", &[], &newest);
    }
    xml.text("generator", &[], "ringback");
    xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)]);
    xml.text("itunes:author", &[], &author);
    if let Some(email) = &podcast.email {
        xml.element("itunes:owner", &[], |xml| {
            xml.text("itunes:name", &[], &author);
            xml.text("itunes:email", &[], email);
        });
    }
    if let Some(cover) = (material.image)(section.id) {
        xml.empty("itunes:image", &[("href", &cover)]);
    }
    match podcast.category {
        (category, None) => xml.empty("itunes:category", &[("text", category)]),
        (category, Some(below)) => xml.element("itunes:category", &[("text", category)], |xml| {
            xml.empty("itunes:category", &[("text", below)]);
        }),
    }
    xml.text("itunes:explicit", &[], &podcast.explicit.to_string());
    xml.text("itunes:type", &[], if podcast.serial { "serial" } else { "episodic" });
}

fn item(xml: &mut Xml, site: &Site, id: PageId, material: &Material<'_>) {
    let page = site.page(id);
    rss_beginning(xml, site, id);
    let names: Vec<String> = authors(site, id).into_iter().map(|author| author.name).collect();
    if !names.is_empty() {
        xml.text("itunes:author", &[], &names.join(", "));
    }
    let summary = summary(site, id);
    if !summary.is_empty() {
        xml.text("description", &[], &summary);
    }
    rss_enclosure(xml, id, material);
    if let Some(Enclosure { captions: Some(captions), .. }) = (material.enclosure)(id) {
        xml.empty("podcast:transcript", &[("url", &captions), ("type", "text/vtt")]);
    }
    if let Some(image) = (material.image)(id) {
        xml.empty("itunes:image", &[("href", &image)]);
    }
    if let Some(episode) = &page.meta().episode {
        let number = |name: &str, number: Option<i64>, xml: &mut Xml| {
            if let Some(number) = number {
                xml.text(name, &[], &number.to_string());
            }
        };
        number("itunes:duration", episode.duration.map(i64::from), xml);
        number("itunes:season", episode.season, xml);
        number("itunes:episode", episode.number, xml);
        if episode.kind != EpisodeKind::Full {
            xml.text("itunes:episodeType", &[], episode.kind.name());
        }
        if let Some(explicit) = episode.explicit {
            xml.text("itunes:explicit", &[], &explicit.to_string());
        }
        chapters(xml, &episode.chapters);
    }
    if let Some(html) = full(site, id, material) {
        xml.text("content:encoded", &[], &html);
    }
}

/// Chapters as Podlove has them (`https://podlove.org/simple-chapters/`), which players read from the feed itself.
fn chapters(xml: &mut Xml, chapters: &[Chapter]) {
    if chapters.is_empty() {
        return;
    }
    xml.element("psc:chapters", &[("version", "1.2")], |xml| {
        for Chapter { at, title } in chapters {
            let start = format!("{:02}:{:02}:{:02}", at / 3_600, at / 60 % 60, at % 60);
            xml.empty("psc:chapter", &[("start", &start), ("title", title)]);
        }
    });
}
