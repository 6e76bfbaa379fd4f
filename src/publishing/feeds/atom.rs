//! Atom (RFC 4287).

use super::{Author, Enclosure, Feed, Material, authors, changed, full, midnight, publisher, summary};
use crate::config::LangId;
use crate::encode::xml::{self, Xml};
use crate::site::routes::{FeedFormat, feed_url};
use crate::site::{PageId, Site};

/// The feed as Atom (RFC 4287).
pub(super) fn atom(site: &Site, feed: &Feed, material: &Material<'_>) -> String {
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
