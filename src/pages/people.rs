//! People whom texts name: who said something, who speaks in an interview.

use std::collections::BTreeMap;

use crate::config::LangId;
use crate::content::PageKind;
use crate::html::{ImageTarget, PersonTarget, Widths};
use crate::links::{Links, Shown};
use crate::site::{PageId, Site};

/// The pages of people by the names that are their titles.
#[derive(Debug, Default)]
pub(super) struct People(BTreeMap<String, Vec<PageId>>);

impl People {
    /// Collects the people of an edition by their names.
    pub(super) fn new(site: &Site) -> Self {
        let mut found: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
        for page in site.pages().filter(|page| page.kind() == PageKind::Person) {
            found.entry(page.title().to_lowercase()).or_default().push(page.id);
        }
        Self(found)
    }

    /// The person of this name, in whatever case: their page in `lang`, or else in the first language that has one, and
    /// their photo. `address` makes an address of a path of the site.
    pub(super) fn target<'a>(
        &self,
        (site, links): (&'a Site, &'a Links),
        name: &str,
        lang: LangId,
        address: impl Fn(&str) -> String,
    ) -> Option<PersonTarget<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let pages = self.0.get(&name.to_lowercase())?;
        let person = pages.iter().find(|id| site.page(**id).lang() == lang).or(pages.first())?;
        let photo = links.picture(site, *person);
        let portrait = photo.map(|shown| ImageTarget {
            width: shown.size.map(|size| size.width),
            height: shown.size.map(|size| size.height),
            lazy: true,
            widths: widths(&shown, &address),
            ..ImageTarget::plain(address(shown.url))
        });
        Some(PersonTarget { href: address(&site.page(*person).url), portrait })
    }
}

/// The widths of an image, for browsers to choose from. `address` makes an address of a path of the site.
pub(super) fn widths(shown: &Shown<'_>, address: impl Fn(&str) -> String) -> Widths {
    let srcset = |all: &[(String, u32)]| {
        let all: Vec<String> = all.iter().map(|(url, width)| format!("{} {width}w", address(url))).collect();
        all.join(", ")
    };
    Widths { avif: srcset(shown.avif), webp: srcset(shown.webp) }
}
