//! Credits of a page's images, for those who see them elsewhere: in feeds and in search results.

use super::linked::Edition;
use super::own_blocks::OwnBlocks;
use super::targets::{Addresses, PageTargets, TextPart};
use crate::content::credit::Credit;
use crate::html::{self, ImageTarget, Targets as _};
use crate::publishing::structured_data::CreditedImage;
use crate::site::Page;

/// The theme's words before a name, where the author has none.
const PHOTO_BY: &str = "Photo: {name}";

/// The figures of a page's open text whose caption names who made the image.
pub(super) fn credited(linked: &Edition, page: &Page) -> Vec<CreditedImage> {
    let body = page.body();
    let has_credit = |title: &str| !title.is_empty() && Credit::divide(title).1.is_some();
    if !body.links.iter().any(|link| has_credit(&link.title)) {
        return Vec::new();
    }
    let targets = PageTargets {
        site: &linked.site,
        links: &linked.features.links,
        theme: &linked.theme,
        people: &linked.views.people,
        page,
        part: TextPart::Open,
        addresses: Addresses::Absolute,
        embeds: Vec::new(),
        shape: None,
        script: None,
        blanks: &[],
        own: OwnBlocks::new(linked, page),
    };
    let figures = (0..body.nodes().len()).filter_map(|node| body.figure(node));
    let credited = figures.filter_map(|(_, image)| {
        let (caption, credit) = Credit::divide(&body.links[image as usize].title);
        let target = targets.image(image);
        Some(CreditedImage {
            credit: credit?.name.to_string(),
            caption: caption.to_string(),
            size: target.width.zip(target.height),
            url: Some(target.src.into_owned()).filter(|url| !url.is_empty())?,
        })
    });
    credited.collect()
}

/// The image that stands for a page, as a figure for the beginning of its text in a feed; nothing if it has neither a
/// caption nor a credit.
pub(super) fn push_lead_image(linked: &Edition, page: &Page, out: &mut String) {
    let Some(about) = page.image() else { return };
    let (caption, credit) = about.below();
    if caption.is_empty() && credit.is_none() {
        return;
    }
    let (site, links) = (&linked.site, &linked.features.links);
    let Some(shown) = links.in_feeds(site, page.id) else { return };
    let target = ImageTarget {
        width: shown.size.map(|size| size.width),
        height: shown.size.map(|size| size.height),
        ..ImageTarget::plain(site.permalink(shown.url))
    };
    let photo_by = || linked.theme.word(page.lang(), "photo_by").unwrap_or(PHOTO_BY);
    let line = credit.map(|credit| match credit.label {
        Some(label) => format!("{label} {}", credit.name),
        None => photo_by().replace("{name}", credit.name),
    });
    html::push_figure(&target, &about.alt, (caption, line.as_deref()), out);
}
