//! RSS 2.0, with the namespaces for authors' names, whole texts and podcasts.

use jiff::civil::Date;

use super::{Enclosure, Feed, Material, authors, changed, full, summary};
use crate::encode::xml::{self, Xml};
use crate::site::routes::{FeedFormat, feed_url};
use crate::site::{PageId, Site};

/// The beginning of a day in the site's time zone, as RSS has it (RFC 2822).
pub(super) fn rfc_2822(site: &Site, date: Date) -> Option<String> {
    let time = date.to_zoned(site.config().time_zone.clone()).ok()?;
    jiff::fmt::rfc2822::to_string(&time).ok()
}

/// RSS 2.0 (`https://www.rssboard.org/rss-specification`), with the elements that podcasts' and mailing tools expect
/// beside it: Atom's own address, Dublin Core's authors, and the whole text (`https://www.rssboard.org/rss-profile`).
pub(super) fn rss(site: &Site, feed: &Feed, material: &Material<'_>) -> String {
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
pub(super) fn rss_beginning(xml: &mut Xml, site: &Site, id: PageId) {
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

/// Appends the film or sound of an article, if it has one.
pub(super) fn rss_enclosure(xml: &mut Xml, id: PageId, material: &Material<'_>) {
    if let Some(Enclosure { url, bytes, media_type, .. }) = (material.enclosure)(id) {
        let length = bytes.to_string();
        xml.empty("enclosure", &[("url", &url), ("length", &length), ("type", media_type)]);
    }
}
