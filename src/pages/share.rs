//! `share`: what a salesperson hands on with a page, in the team's edition.

use serde::Serialize;

use super::linked::Edition;
use crate::sales::sharing::{ShareOptions, ShareTemplates, Texts};
use crate::site::Page;
use crate::theme::values::Html;

/// What salespeople [share](sharing.md) with a page that everyone may read. The texts have no rep's name: `share.js` rewrites them for the rep who is chosen.
#[derive(Debug, Serialize)]
pub(super) struct ShareKitView {
    /// Whether there is a gate whose key can be shared.
    unlock: bool,
    /// JSON for `<script type="application/json" data-share-config>`, which `share.js` reads.
    config: Html,
    /// The page's public URL.
    link: String,
    /// The subject of an email.
    subject: String,
    /// An email.
    email: String,
    /// A link that opens the email in an email program.
    mailto: String,
    /// A post.
    linkedin: String,
    /// A link that opens the window for a post.
    linkedin_url: String,
    /// A text message.
    sms: String,
    /// A link that opens the text message on a phone.
    sms_href: String,
}

/// `share` of a page; nothing for everybody else, nor where there is nothing to hand on.
pub(super) fn share(linked: &Edition, page: &Page) -> Option<ShareKitView> {
    let share = &linked.features.share;
    let kit = share.kit_here(&linked.site, page)?;
    let words = ShareTemplates::new(&|key| linked.theme.word(kit.lang, key).unwrap_or_default().to_string());
    let Texts { link, subject, email, mailto, linkedin, linkedin_url, sms, sms_href } =
        kit.texts(&words, ShareOptions::default());
    let reps = share.reps_url(kit.lang).map(|url| linked.site.href(url));
    let config = Html::new(&kit.config(reps.as_deref()));
    let unlock = kit.unlock.is_some();
    Some(ShareKitView { unlock, config, link, subject, email, mailto, linkedin, linkedin_url, sms, sms_href })
}
