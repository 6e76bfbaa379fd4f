//! Why a file may be in an edition: nothing is planned without a reason.

use crate::config::Audience;
use crate::site::{PageId, Site};

/// Why a file may be in an edition, and who it is for.
///
/// A file can't be planned without one ([`super::Planned`]), and only what lets files out makes one: the pages of a
/// [`Site`], which has none that its edition may not see, the theme, and the folder `static/`. It is small, for a site has
/// many files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warrant {
    reason: Reason,
    audience: Audience,
}

/// What a [`Warrant`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is this page, or stands for it at another address.
    Page(PageId),
    /// It is made of these pages, the first of them and how many: a term's list, a feed, what is sealed for a gate.
    Pages(PageId, u32),
    /// It is a file of the site that lies in the folder of this page, or that its open text names.
    File(PageId),
    /// It is made of nothing but what the edition shows: the search, the A–Z page, files for hosts, pages of forms.
    Edition,
    /// It belongs to the theme, which everybody may see.
    Theme,
    /// It lies in `static/`, where everything is for everybody.
    Static,
}

impl Warrant {
    /// For a page, and for what stands for it. `None` where the edition has no such page.
    #[must_use]
    pub fn page(site: &Site, page: PageId) -> Option<Self> {
        let audience = site.get(page)?.audience;
        Some(Self { reason: Reason::Page(page), audience })
    }

    /// For what is made of these pages; as narrow as the narrowest of them. `None` for none, or where the edition doesn't
    /// have one of them.
    #[must_use]
    pub fn pages(site: &Site, pages: impl IntoIterator<Item = PageId>) -> Option<Self> {
        let mut pages = pages.into_iter();
        let first = pages.next()?;
        let mut audience = site.get(first)?.audience;
        let mut count = 1;
        for page in pages {
            audience = audience.max(site.get(page)?.audience);
            count += 1;
        }
        Some(Self { reason: Reason::Pages(first, count), audience })
    }

    /// For a file of the site that the folder or the open text of `page` lets out.
    #[must_use]
    pub fn file(site: &Site, page: PageId) -> Option<Self> {
        let audience = site.get(page)?.audience;
        Some(Self { reason: Reason::File(page), audience })
    }

    /// For what is made of everything that the edition shows, and so is for those that the edition is for.
    #[must_use]
    pub fn edition(site: &Site) -> Self {
        let audiences = site.view.edition.audiences.iter();
        Self { reason: Reason::Edition, audience: audiences.copied().max().unwrap_or(Audience::Public) }
    }

    /// For a file of the theme.
    #[must_use]
    pub fn theme() -> Self {
        Self { reason: Reason::Theme, audience: Audience::Public }
    }

    /// For the file at `path`, from the site's root, if it lies in `static/`.
    #[must_use]
    pub fn fixed(path: &str) -> Option<Self> {
        path.starts_with("static/").then_some(Self { reason: Reason::Static, audience: Audience::Public })
    }

    /// The reason, for those who compare it with the site.
    #[must_use]
    pub fn reason(self) -> Reason {
        self.reason
    }

    /// Who the file is for: the narrowest audience of what it is made of.
    #[must_use]
    pub fn audience(self) -> Audience {
        self.audience
    }
}
