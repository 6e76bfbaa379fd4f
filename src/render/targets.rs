//! Where the links and images of a page's text lead, for the serializer.

use std::borrow::Cow;

use super::html::{ImageTarget, LinkTarget, Targets};
use crate::features::links::{Links, Target};
use crate::model::{Page, Site};

/// Whether addresses are paths of the site, or absolute for readers elsewhere (feeds).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    /// `/blog/insights/x/`.
    Paths,
    /// `https://example.org/blog/insights/x/`.
    Absolute,
}

/// The targets of one page.
pub(super) struct PageTargets<'a> {
    pub(super) site: &'a Site,
    pub(super) links: &'a Links,
    pub(super) page: &'a Page,
    pub(super) addresses: Addresses,
}

impl PageTargets<'_> {
    fn address(&self, path: &str) -> String {
        match self.addresses {
            Addresses::Paths => self.site.href(path),
            Addresses::Absolute => self.site.permalink(path),
        }
    }

    fn file(&self, path: &str) -> String {
        self.address(self.links.file_url(path).unwrap_or_default())
    }
}

impl Targets for PageTargets<'_> {
    fn link(&self, link: u32) -> LinkTarget<'_> {
        let mut found = LinkTarget { href: Cow::Borrowed(""), external: false, hreflang: None };
        found.href = match self.links.target(self.page.id, link) {
            Target::Page { page, rest } => {
                let target = self.site.page(*page);
                if target.lang() != self.page.lang() {
                    found.hreflang = Some(&self.site.config().languages[target.lang()].code);
                }
                Cow::Owned(format!("{}{rest}", self.address(&target.url)))
            }
            Target::File { path, rest } => Cow::Owned(format!("{}{rest}", self.file(path))),
            // The path is percent-encoded already.
            Target::Path(path) => {
                let base = self.site.view.base_url.path.trim_end_matches('/');
                let origin = match self.addresses {
                    Addresses::Paths => "",
                    Addresses::Absolute => &self.site.view.base_url.origin,
                };
                Cow::Owned(format!("{origin}{base}{path}"))
            }
            Target::Here(fragment) => match self.addresses {
                Addresses::Paths => Cow::Owned(format!("#{fragment}")),
                Addresses::Absolute => Cow::Owned(format!("{}#{fragment}", self.address(&self.page.url))),
            },
            Target::External(address) => {
                found.external = address.starts_with("http") || address.starts_with("//");
                Cow::Borrowed(address)
            }
            Target::Inert | Target::Broken => Cow::Borrowed(""),
        };
        found
    }

    fn image(&self, link: u32) -> ImageTarget<'_> {
        let (src, size) = match self.links.target(self.page.id, link) {
            Target::File { path, rest } => {
                (Cow::Owned(format!("{}{rest}", self.file(path))), self.site.content.images.get(path))
            }
            Target::External(address) => (Cow::Borrowed(address.as_str()), None),
            Target::Path(path) => (Cow::Owned(self.address(path)), None),
            _ => (Cow::Borrowed(""), None),
        };
        // The first image may be what the reader sees first; it must not wait.
        let first = self.page.entry.public.body().nodes().iter().find_map(|node| match node.kind {
            crate::parse::body::Kind::Image(index) => Some(index),
            _ => None,
        });
        let lazy = first != Some(link) || self.page.meta().image.is_some();
        ImageTarget { src, width: size.map(|size| size.width), height: size.map(|size| size.height), lazy }
    }
}
