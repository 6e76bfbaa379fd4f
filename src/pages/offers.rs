//! Cards of what a site and its authors offer.

use serde::Serialize;

use super::base::Base;
use super::linked::Edition;
use super::parts::Image;
use super::targets::Addresses;
use crate::config::{Offer, OfferTarget};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::site::Page;
use crate::theme::values::Values;

/// What `partials/offer.html` gets, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct OfferPartial<'a> {
    /// The offer that the text names.
    offer: OfferView<'a>,
}

/// Something that the site or an author [offers](blocks.md#offers).
#[derive(Debug, Serialize)]
pub(super) struct OfferView<'a> {
    /// Its id in `offers`.
    id: &'a str,
    /// The offer's title in the language of the page.
    title: &'a str,
    /// A sentence about it; `null` if there is none.
    text: Option<&'a str>,
    /// The button's words; `null` for those of the theme.
    label: Option<&'a str>,
    /// URL of what is offered; that of another site is absolute.
    url: String,
    /// Whether it is another site.
    external: bool,
    /// The image of the page that it leads to, 16:9; a person's face is square.
    image: Option<Image<'a>>,
}

/// The offers that are shown below a page's text.
pub(super) fn below<'a>(linked: &'a Edition, page: &'a Page) -> Vec<OfferView<'a>> {
    linked.site.offers_below(page).into_iter().filter_map(|offer| view(linked, page, offer)).collect()
}

/// What stands in the place of an offer that a text names: a card, a link for readers elsewhere, nothing where this edition
/// doesn't have the page that it leads to.
pub(super) fn render_embed(
    linked: &Edition,
    page: &Page,
    id: &str,
    addresses: Addresses,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    let offer = linked.site.offer(page, id).and_then(|offer| view(linked, page, offer));
    let Some(mut offer) = offer else { return Ok(EmbedTarget::Nothing) };
    if addresses == Addresses::Absolute {
        if !offer.external {
            let base = &linked.site.view.base_url;
            offer.url.insert_str(0, &base.origin);
        }
        return Ok(EmbedTarget::Link(offer.url, offer.title.to_string()));
    }
    let values = Values::new(&Base::new(linked, page.lang())).with(&OfferPartial { offer });
    let engine = &linked.theme.engines[page.lang()];
    let html = engine.render("partials/offer.html", &values, &format!("`{}`", page.path()))?;
    Ok(EmbedTarget::Html(html.into()))
}

fn view<'a>(linked: &'a Edition, page: &'a Page, offer: &'a Offer) -> Option<OfferView<'a>> {
    let (site, lang) = (&linked.site, page.lang());
    let word = |words| Some(site.config().text(words, lang)).filter(|text| !text.is_empty());
    let (title, text, label) = (word(&offer.title), word(&offer.text), word(&offer.label));
    let id = &offer.id;
    match &offer.target {
        OfferTarget::Web(web) => {
            let (url, image) = (web.to_string(), None);
            Some(OfferView { id, title: title?, text, label, url, external: true, image })
        }
        OfferTarget::Page(key) => {
            let target = site.page(site.find_any(&key.value, lang)?);
            let meta = target.meta();
            let links = &linked.features.links;
            let image = links.cover(site, target.id).or_else(|| links.picture(site, target.id));
            let image = target.image().zip(image);
            let image = image.map(|(about, shown)| Image::new(site, &shown, (&about.alt, Some(about))));
            let (title, text) = (title.unwrap_or(target.title()), text.or(meta.description.as_deref()));
            Some(OfferView { id, title, text, label, url: site.href(&target.url), external: false, image })
        }
    }
}
