//! JSON Feed 1.1.

use serde::Serialize;

use super::{Author, Enclosure, Feed, Material, authors, changed, full, midnight, publisher, summary};
use crate::site::routes::{FeedFormat, feed_url};
use crate::site::{PageId, Site};

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

/// The feed as JSON Feed 1.1.
pub(super) fn json(site: &Site, feed: &Feed, material: &Material<'_>) -> String {
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
