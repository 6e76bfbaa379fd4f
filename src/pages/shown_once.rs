//! What a page shows once, however often its text has it: assessments, calculators and surveys.

use super::linked::Edition;
use super::targets::Addresses;
use crate::config::Localized;
use crate::content::body::{Body, Embed};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::site::Page;

/// What stands in the place of something that a page shows once: what `made` makes of it, the first time; then, and for readers
/// elsewhere, a link to its element, with its title.
pub(super) fn shown_once(
    (linked, page): (&Edition, &Page),
    (embed, body): (&Embed, &Body),
    addresses: Addresses,
    (dom, title): (&str, &Localized),
    made: impl FnOnce() -> Result<String, Box<Diagnostic>>,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    let site = &linked.site;
    let mut embeds = page.body().embeds.iter().chain(&body.embeds);
    let first = embeds.find(|other| other.kind == embed.kind && other.name == embed.name);
    let is_again = first.is_some_and(|first| !std::ptr::eq(first, embed));
    if addresses == Addresses::Absolute || is_again {
        let title = site.config().text(title, page.lang()).to_string();
        let page = if is_again { String::new() } else { site.permalink(&page.url) };
        return Ok(EmbedTarget::Link(format!("{page}#{dom}"), title));
    }
    Ok(EmbedTarget::Html(made()?.into()))
}
