//! Links, images and the files beside pages: what each target means, checked, and which files are published.
//!
//! [`Links::collect`] resolves every link of every open text (`resolve`) and decides which files go into the output
//! (`files`); [`Links::check_paths`] checks links by URL once the plan knows all addresses.

mod addresses;
mod files;
mod forms;
mod lost;
mod pictures;
mod resolve;
mod warrants;
mod wiki;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

pub use pictures::{InSizes, Shown};

use self::addresses::{Addresses, check_path, end_with_slash, in_html};
use crate::config::LangId;
use crate::content::blocks::media::{self, Companion};
use crate::content::body::{Kind, RawLink};
use crate::content::form::{FormId, TextLink};
use crate::content::front_matter::FrontMatter;
use crate::content::gate::{FileUse, GatedBody, Usage};
use crate::content::image::ImageSize;
use crate::content::markup::HtmlUse;
use crate::diag::{Diagnostics, Span};
use crate::encode::address::Address;
use crate::encode::{percent, url};
use crate::plan::{Plan, Warrant};
use crate::project::names;
use crate::site::{Page, PageId, Site};
use pictures::{FirstPicture, PictureUses, Pictures};

/// What a link or image of a page points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, with `#fragment` or nothing, and `?query` before it.
    Page {
        /// The page that it leads to.
        page: PageId,
        /// What follows the page's path: `?query`, `#fragment`, or nothing.
        rest: String,
    },
    /// A file of the site.
    File {
        /// Its path from the root.
        path: String,
        /// What follows it: `#page=2`, `?download`, or nothing.
        rest: String,
    },
    /// An address of this site by its path, not checked before the plan is known.
    Path(String),
    /// A heading on the same page.
    Here(String),
    /// A heading on the same page, behind its gate.
    Behind(String),
    /// An address of another site, a mail address or a phone number.
    External(Address),
    /// Only meant for the call player: shown as plain text.
    Inert,
    /// A page that comes or goes by itself and isn't there today: shown as plain text.
    Away,
    /// It leads nowhere, which is reported already: shown as plain text.
    Broken,
}

impl Target {
    fn path_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Path(path) => Some(path),
            _ => None,
        }
    }
}

/// Where every link of an edition leads, and which files are published for them.
#[derive(Debug)]
pub struct Links {
    /// By page, in the order of the body's links.
    targets: Vec<Vec<Target>>,
    /// By page, of what is behind its gate.
    gated: BTreeMap<PageId, Vec<Target>>,
    /// By page: the file that its gate gives away.
    downloads: BTreeMap<PageId, String>,
    /// By page: its own image, and a person's photo.
    images: Vec<Option<String>>,
    /// The files of photos that may be printed, of people who have some.
    photos: BTreeMap<PageId, Vec<Option<String>>>,
    /// By page, the pages that link to it, the newest first.
    backlinks: Vec<Vec<PageId>>,
    /// Where the links in the texts of forms lead.
    forms: forms::FormLinks,
    /// Published files: path from the site's root, and URL.
    files: BTreeMap<String, String>,
    /// Why each of them may go out, in their order.
    warrants: Vec<Option<Warrant>>,
    /// The pictures that are published in several sizes.
    pictures: Pictures,
}

impl Links {
    /// Resolves all links. What doesn't exist is reported with its place. What stands behind a gate neither publishes a
    /// file nor counts as a link to another page.
    #[must_use]
    pub fn collect(site: &Site, diagnostics: &mut Diagnostics) -> Self {
        let known = resolve::LinkInputs::new(site);
        let forms = forms::FormLinks::collect(site, &known);
        let resolved: Vec<(resolve::Resolved, Diagnostics)> =
            site.par_pages().map(|page| resolve::page(site, page, &known)).collect();
        let mut targets = Vec::with_capacity(resolved.len());
        let mut images = Vec::with_capacity(resolved.len());
        let mut named = References::new(site);
        let (mut gated, mut downloads) = (BTreeMap::new(), BTreeMap::new());
        let mut photos = BTreeMap::new();
        for (page, (found, problems)) in site.pages().zip(resolved) {
            diagnostics.extend(problems);
            let first = if found.image.is_some() { FirstPicture::Later } else { FirstPicture::AtOnce };
            named.uses.of_text(site, (page.body(), first), &found.targets);
            // What only stands there isn't published, and so in no size either.
            if let Some(gated) = page.gated() {
                named.uses.of_text(site, (gated.secret(), FirstPicture::Later), &found.gated);
            }
            named.add_text(site, page, &found.targets);
            named.add_own(site, page, &found);
            if !found.gated.is_empty() {
                gated.insert(page.id, found.gated);
            }
            downloads.extend(found.download.map(|download| (page.id, download)));
            if !found.photos.is_empty() {
                photos.insert(page.id, found.photos);
            }
            targets.push(found.targets);
            images.push(found.image);
        }
        let References { mut backlinks, files: referenced, mut uses } = named;
        for from in &mut backlinks {
            site.newest_first(from);
        }
        let named = files::NamedFiles { open: &referenced, gated: &gated, downloads: &downloads };
        let files = files::published(site, &named);
        let warrants = {
            let grounds = warrants::Grounds::new(site, &referenced);
            files.keys().map(|path| grounds.warrant(path)).collect()
        };
        forms.files().for_each(|path| uses.link(path));
        let pictures = Pictures::new(site, uses, &files);
        Self { targets, gated, downloads, images, photos, backlinks, forms, files, warrants, pictures }
    }

    /// The target of a link of a page's open text, by its index there.
    #[must_use]
    pub fn target(&self, page: PageId, link: u32) -> &Target {
        self.targets[page.index()].get(link as usize).unwrap_or(&Target::Broken)
    }

    /// The page that a link of a page's open text leads to.
    #[must_use]
    pub fn page(&self, page: PageId, link: u32) -> Option<PageId> {
        match self.target(page, link) {
            Target::Page { page, .. } => Some(*page),
            _ => None,
        }
    }

    /// Where a link in a text of a form, given by its index, leads readers of a language.
    #[must_use]
    pub fn of_form(&self, form: FormId, lang: LangId, link: &TextLink) -> &Target {
        self.forms.target(form, lang, link)
    }

    /// Reports what is wrong with the links of forms. `is_shown` tells the forms that the edition shows: what only another
    /// edition may see is wrong in those alone.
    pub fn check_forms(
        &mut self,
        site: &Site,
        plan: &Plan,
        is_shown: &dyn Fn(FormId) -> bool,
        diagnostics: &mut Diagnostics,
    ) {
        let mut forms = std::mem::take(&mut self.forms);
        forms.check((site, self), plan, is_shown, diagnostics);
        self.forms = forms;
    }

    /// The targets of what is behind a page's gate, by their index there. What is made of them must be sealed.
    #[must_use]
    pub fn gated(&self, page: PageId) -> &[Target] {
        self.gated.get(&page).map_or(&[], Vec::as_slice)
    }

    /// By page, the pages that its whole text leads to, by file or by address.
    #[must_use]
    pub fn pages(&self, site: &Site) -> Vec<Vec<PageId>> {
        let by_url: BTreeMap<&str, PageId> = site.pages().map(|page| (page.url.as_str(), page.id)).collect();
        let page_of = |target: &Target| match target {
            Target::Page { page, .. } => Some(*page),
            Target::Path(path) => by_url.get(&*percent::decode(path.split(['?', '#']).next()?)).copied(),
            _ => None,
        };
        site.pages().map(|page| self.all(page.id).filter_map(page_of).collect()).collect()
    }

    /// The targets of a page's whole text, with their places in its file.
    pub fn placed<'l>(&'l self, page: &'l Page) -> impl Iterator<Item = (&'l Target, Span)> {
        let open = &page.body().links;
        let gated = page.gated().map_or(&[][..], |gated| &gated.secret().links);
        self.all(page.id).zip(open.iter().chain(gated).map(|link| link.target_span))
    }

    /// The targets of a page's whole text.
    pub fn all(&self, page: PageId) -> impl Iterator<Item = &Target> {
        self.targets[page.index()].iter().chain(self.gated(page))
    }

    /// The links to pages that are gone after today and by the day `until`, with nothing in their place: the page that has
    /// the link, where, and the page that it leads to.
    #[must_use]
    pub fn to_expiring(&self, site: &Site, until: Date) -> Vec<(PageId, Span, PageId)> {
        let is_meant = |meta: &FrontMatter| {
            let soon = meta.expires.is_some_and(|day| day > site.content.today && day <= until);
            soon && meta.expires_to.is_none()
        };
        if !site.pages().any(|page| is_meant(page.meta())) {
            return Vec::new();
        }
        let found = site.pages().flat_map(|page| {
            self.placed(page).filter_map(|(target, span)| match target {
                Target::Page { page: to, .. } if is_meant(site.page(*to).meta()) => {
                    Some((page.id, span, *to))
                }
                _ => None,
            })
        });
        found.filter(|(from, _, to)| from != to).collect()
    }

    /// The files that the gated part of a page names, and the one that its gate gives away.
    #[must_use]
    pub fn gated_files(&self, page: &Page) -> Vec<FileUse> {
        let mut found = Vec::new();
        if let (Some(path), Some(gate)) = (self.download(page.id), page.meta().gate()) {
            let span = gate.download.as_ref().map_or(gate.span, |download| download.span);
            found.push(FileUse { path: path.to_string(), usage: Usage::Download, span });
        }
        let Some(body) = page.gated().map(GatedBody::secret) else { return found };
        for node in body.nodes() {
            let (link, usage) = match node.kind {
                Kind::Image(link) if media::media(&body.links[link as usize].target).is_some() => {
                    (link as usize, Usage::Media)
                }
                Kind::Image(link) => (link as usize, Usage::Image),
                Kind::Link(link) => (link as usize, Usage::Link),
                _ => continue,
            };
            if let Some(Target::File { path, .. }) = self.gated(page.id).get(link) {
                found.push(FileUse { path: path.clone(), usage, span: body.links[link].target_span });
            }
        }
        for html in body.html_links() {
            let (link, usage) = match html.usage {
                HtmlUse::Link => (html.link as usize, Usage::Link),
                HtmlUse::Image => (html.link as usize, Usage::Image),
                HtmlUse::Media => (html.link as usize, Usage::Media),
                // What is drawn of a sealed image is its `src`.
                HtmlUse::Candidate => continue,
            };
            if let Some(Target::File { path, .. }) = self.gated(page.id).get(link) {
                found.push(FileUse { path: path.clone(), usage, span: body.links[link].target_span });
            }
        }
        found
    }

    /// The file that a page's gate gives away, by its path from the site's root.
    #[must_use]
    pub fn download(&self, page: PageId) -> Option<&str> {
        self.downloads.get(&page).map(String::as_str)
    }

    /// The file of a page's own image (a person's photo), by its path from the site's root.
    #[must_use]
    pub fn image(&self, page: PageId) -> Option<&str> {
        self.images[page.index()].as_deref()
    }

    /// The files of a person's photos that may be printed, by their paths from the site's root, in the order in which they are
    /// written; `None` for one that can't be found.
    #[must_use]
    pub fn photos(&self, page: PageId) -> &[Option<String>] {
        self.photos.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The file of a page's own image where previews elsewhere can show it, with its size: SVG and AVIF they can't.
    #[must_use]
    pub fn preview(&self, site: &Site, page: PageId) -> Option<(&str, ImageSize)> {
        let path = self.image(page)?;
        let is_shown =
            ["png", "jpg", "jpeg", "webp", "gif"].iter().any(|ending| names::ends_in(path, ending));
        let size = site.content.images.get(path).copied().filter(|_| is_shown)?;
        self.file_url(path).is_some().then_some((path, size))
    }

    /// The URL of a published file, be it beside pages or in `static/`, where all are.
    #[must_use]
    pub fn file_url<'l>(&'l self, path: &'l str) -> Option<&'l str> {
        self.files
            .get(path)
            .map(String::as_str)
            .or_else(|| path.strip_prefix("static").filter(|url| url.starts_with('/')))
    }

    /// The pages that link to this one, the newest first.
    #[must_use]
    pub fn backlinks(&self, page: PageId) -> &[PageId] {
        &self.backlinks[page.index()]
    }
}

/// What open texts and the front matter of pages name.
struct References {
    /// For each page, those that lead to it.
    backlinks: Vec<Vec<PageId>>,
    /// Files, each with the first page that names it.
    files: BTreeMap<String, PageId>,
    uses: PictureUses,
}

impl References {
    fn new(site: &Site) -> Self {
        Self {
            backlinks: vec![Vec::new(); site.pages().len()],
            files: BTreeMap::new(),
            uses: PictureUses::default(),
        }
    }

    fn add_text(&mut self, site: &Site, page: &Page, targets: &[Target]) {
        for (link, target) in page.body().links.iter().zip(targets) {
            match target {
                Target::Page { page: to, .. } if *to != page.id => {
                    let from = &mut self.backlinks[to.index()];
                    if from.last() != Some(&page.id) {
                        from.push(page.id);
                    }
                }
                Target::File { path, .. } => {
                    self.files.entry(path.clone()).or_insert(page.id);
                    for (file, is_shown) in companions(site, link, path) {
                        if is_shown {
                            self.uses.show(file);
                        }
                        self.files.entry(file.to_string()).or_insert(page.id);
                    }
                }
                _ => {}
            }
        }
    }

    /// The image of a page, what it offers for download, and photos of a person.
    fn add_own(&mut self, site: &Site, page: &Page, found: &resolve::Resolved) {
        let download = found.download.as_ref().filter(|_| site.gate(page).is_none());
        found.image.iter().for_each(|path| self.uses.show_for(page, path));
        download.iter().for_each(|path| self.uses.link(path));
        let printed = page.meta().person().into_iter().flat_map(|person| &person.speaker.photos);
        for (photo, path) in printed.zip(&found.photos) {
            let Some(path) = path else { continue };
            self.uses.show_as(photo, path);
            self.uses.link(path);
        }
        for path in found.image.iter().chain(download).chain(found.photos.iter().flatten()) {
            self.files.entry(path.clone()).or_insert(page.id);
        }
    }
}

/// The files that are published with one that a text links to, and whether they are shown as images: the cover of a
/// document, and a film's captions and poster.
fn companions<'s>(site: &'s Site, link: &RawLink, path: &str) -> impl Iterator<Item = (&'s str, bool)> {
    let files = &site.content.files;
    let cover = if link.is_document() { media::cover(path, files) } else { None };
    let companions = media::companions(path, files);
    let companions = companions.into_iter().map(|(file, companion)| (file, companion == Companion::Poster));
    cover.map(|file| (file, true)).into_iter().chain(companions)
}

/// The file in `static/` that a path of the site (`/img/desk.png?v=2`, percent-encoded) is, where there is one.
#[must_use]
pub fn static_file(site: &Site, path: &str) -> Option<String> {
    let path = percent::decode(path.split(['?', '#']).next()?);
    let file = format!("static/{}", url::follow("", &path)?);
    site.content.files.binary_search(&file).is_ok().then_some(file)
}
