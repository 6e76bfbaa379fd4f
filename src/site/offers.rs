//! What a site and its authors offer: named in texts, `> [!offer] guide`, and shown below them.

use super::{Page, Site};
use crate::config::{Audience, Offer, OfferTarget};
use crate::content::PageKind;
use crate::content::body::EmbedKind;
use crate::diag::{Code, Diagnostic, Diagnostics};

impl Site {
    /// The offers that a page can name: those of its authors, the person whose page it is, and the site's; of the same id,
    /// the first counts.
    pub fn offers<'s>(&'s self, page: &'s Page) -> impl Iterator<Item = &'s Offer> {
        let own = (page.kind() == PageKind::Person).then_some(page);
        let people = page.authors.iter().map(|author| self.page(*author)).chain(own);
        people
            .filter_map(|person| person.meta().person())
            .flat_map(|person| &person.offers)
            .chain(&self.config().offers)
    }

    /// The offer that a text of this page means by its id.
    #[must_use]
    pub fn offer<'s>(&'s self, page: &'s Page, id: &str) -> Option<&'s Offer> {
        self.offers(page).find(|offer| offer.id == id)
    }

    /// The offers that are shown below an article, each once; none that its text shows already, and none that leads to it.
    #[must_use]
    pub fn offers_below<'s>(&'s self, page: &'s Page) -> Vec<&'s Offer> {
        let mut below: Vec<&Offer> = Vec::new();
        if page.kind() != PageKind::Insight {
            return below;
        }
        let is_named = |offer: &Offer| {
            Self::embeds(page).any(|embed| embed.kind == EmbedKind::Offer && embed.name == offer.id)
        };
        let is_here = |offer: &Offer| matches!(&offer.target, OfferTarget::Page(key) if key.value == page.document.place.key);
        for offer in self.offers(page) {
            let is_known = below.iter().any(|known| known.id == offer.id);
            if offer.below && !is_known && !is_named(offer) && !is_here(offer) {
                below.push(offer);
            }
        }
        below
    }

    /// Reports offers that texts name and nobody has, and those that lead nowhere.
    pub(super) fn check_offers(&self, diagnostics: &mut Diagnostics) {
        for page in self.pages() {
            for embed in Self::embeds(page).filter(|embed| embed.kind == EmbedKind::Offer) {
                if self.offer(page, &embed.name).is_none() {
                    let known: Vec<&str> = self.offers(page).map(|offer| offer.id.as_str()).collect();
                    let message = format!("there is no offer `{}`", embed.name);
                    let problem = Diagnostic::new(Code::UnknownOffer, message).at(page.path(), embed.span);
                    diagnostics.push(problem.suggest(&embed.name, known).help(
                        "add it to `offers` in `ringback.yaml`, or in the file of the person who wrote this",
                    ));
                }
            }
            if let Some(person) = page.meta().person() {
                self.check_targets(&person.offers, page.audience, diagnostics);
                if let Some(OfferTarget::Page(key)) = &person.speaker.invite {
                    self.check_page(key, page.path(), page.audience, diagnostics);
                }
            }
        }
        self.check_targets(&self.config().offers, Audience::Public, diagnostics);
    }

    fn check_targets(&self, offers: &[Offer], from: Audience, diagnostics: &mut Diagnostics) {
        for offer in offers {
            if let OfferTarget::Page(page) = &offer.target {
                self.check_page(page, &offer.file, from, diagnostics);
            }
        }
    }
}
