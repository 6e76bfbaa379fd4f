//! `share`: what a salesperson hands on with a page, in the team's edition.

use serde::Serialize;

use super::linked::Edition;
use crate::encode::bytes::hex;
use crate::publishing::cards::canvas::{HEIGHT, WIDTH};
use crate::sales::sharing::{CardColors, ShareImage, ShareOptions, ShareTemplates, Texts};
use crate::site::Page;
use crate::theme::values::Html;

/// What salespeople [share](sharing.md) with a page that everyone may read. The texts have no rep's name: `share.js` rewrites them for the rep who is chosen.
#[derive(Debug, Serialize)]
pub(super) struct ShareKitView {
    /// Whether there is a gate whose key can be shared.
    unlock: bool,
    /// JSON for `<script type="application/json" data-share-config>`, which `share.js` reads.
    config: Html,
    /// The page's URL in the public edition, absolute.
    link: String,
    /// The subject of an email.
    subject: String,
    /// The text of an email, as plain text.
    email: String,
    /// A link that opens the email in an email program.
    mailto: String,
    /// The text of a post on LinkedIn, as plain text.
    linkedin: String,
    /// A link that opens the window for a post.
    linkedin_url: String,
    /// A text message, short enough for a phone.
    sms: String,
    /// A link that opens the text message on a phone.
    sms_href: String,
    /// URL of the file with the team's [email templates](mails.md), from which `share.js` offers those that have a place for a link; `null` if there are none.
    mails: Option<String>,
    /// What others see of the page: its image, otherwise its social card. `share.js` puts the rep's face and number on it.
    image: Option<KitImage>,
}

/// What others see of a shared page.
#[derive(Debug, Serialize)]
struct KitImage {
    /// Its URL in this edition.
    src: String,
    /// The image's width in pixels.
    width: u32,
    /// The image's height in pixels.
    height: u32,
}

/// `share` of a page; nothing for everybody else, nor where there is nothing to hand on.
pub(super) fn share(linked: &Edition, page: &Page) -> Option<ShareKitView> {
    let share = &linked.features.share;
    let kit = share.kit_here(&linked.site, page)?;
    let words = ShareTemplates::new(&|key| linked.theme.word(kit.lang, key).unwrap_or_default().to_string());
    let Texts { link, subject, email, mailto, linkedin, linkedin_url, sms, sms_href } =
        kit.texts(&words, ShareOptions::default());
    let reps = share.reps_url(kit.lang).map(|url| linked.site.href(url));
    let seen = preview_image(linked, page);
    let config = Html::new(&kit.config(reps.as_deref(), seen.as_ref()));
    let unlock = kit.unlock.is_some();
    let image = seen.map(|ShareImage { src, width, height, .. }| KitImage { src, width, height });
    Some(ShareKitView {
        mails: linked.features.mails.url(kit.lang).map(|url| linked.site.href(url)),
        unlock,
        config,
        link,
        subject,
        email,
        mailto,
        linkedin,
        linkedin_url,
        sms,
        sms_href,
        image,
    })
}

/// What others see of a page: its own image, else its card. `None` where the theme has no colours for cards.
fn preview_image(linked: &Edition, page: &Page) -> Option<ShareImage> {
    let (site, links) = (&linked.site, &linked.features.links);
    let design = linked.theme.cards.as_ref()?;
    let color = |color: [u8; 3]| format!("#{}", hex(&color));
    let [ink, accent, _, muted, ..] = design.inks.map(color);
    let colors = CardColors { paper: color(design.paper), ink, accent, muted };
    let own = links.preview(site, page.id).and_then(|(_, size)| {
        let shown = links.picture(site, page.id)?;
        let size = shown.size.unwrap_or(size);
        Some((site.href(shown.url), size.width, size.height))
    });
    let card = || Some((linked.features.cards.href(site, page.id)?, WIDTH, HEIGHT));
    let (src, width, height) = own.or_else(card)?;
    Some(ShareImage { src, width, height, colors })
}
