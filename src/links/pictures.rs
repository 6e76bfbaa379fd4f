//! In which sizes pictures are published, and where; the files that they are made from stay at home.
//!
//! A picture that an open text shows, or that stands for a page, is published in several sizes. Its own file goes out only
//! where a text links to it. One that moves is published as it is, and so is a small one, unless something is cut away.
//! Somebody else says which of them are there as AVIF, too ([`Links::publish_avif`]).

use std::collections::{BTreeMap, BTreeSet};

use super::{Links, Target, files};
use crate::content::PageKind;
use crate::content::body::{Body, Kind};
use crate::content::front_matter::ImageMeta;
use crate::content::image::{Crop, Found, Framing, ImageSize, Picture, Ratio, Variant, fallback, variants};
use crate::content::markup::HtmlUse;
use crate::encode::slug;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::site::{Page, PageId, Site};

/// The folder of all sizes of all pictures. Their names carry a hash.
const FOLDER: &str = "/assets/pictures/";

/// So many letters of a file's own name are in the names of what is made of it.
const STEM: usize = 40;

/// Nothing is cut out of a picture with a side below this: icons, and lines that divide a text.
const TINY: u32 = 100;

/// A picture as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'l> {
    /// The URL of one that everybody can show.
    pub url: &'l str,
    /// The size at which it is shown; `None` where the file doesn't say.
    pub size: Option<ImageSize>,
    /// The same as WebP: URLs with their widths, the narrowest first. Empty where there is only one file.
    pub webp: &'l [(String, u32)],
    /// The same as AVIF; empty unless all widths are there.
    pub avif: &'l [(String, u32)],
    /// The size of the largest one.
    pub full: Option<ImageSize>,
}

/// A picture, or a part of it, in all its sizes.
#[derive(Debug)]
struct PictureSet {
    fallback: (String, Variant),
    webp: Vec<(String, u32)>,
    variants: Vec<Variant>,
    /// The same as AVIF, once all of them are there.
    avif: Vec<(String, u32)>,
    /// How much is seen of it.
    prominence: u32,
}

/// A picture that is published in several sizes, or a part of it.
#[derive(Debug, Clone, Copy)]
pub struct InSizes<'l> {
    /// The path of its file.
    pub path: &'l str,
    /// The sizes as WebP, the narrowest first.
    pub sizes: &'l [Variant],
    /// How many pages show it in these sizes, and those that show it at once `AT_ONCE` times: nothing where all take the
    /// one that everybody can show.
    pub prominence: u32,
}

/// What stands for a page is seen when it opens, and in lists; so is the first of a text that has nothing above it.
const AT_ONCE: u32 = 4;

/// When the first picture of a text is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstPicture {
    /// As soon as the page opens: nothing is above it.
    AtOnce,
    /// When somebody has read so far, as all others.
    Later,
}

impl PictureSet {
    fn new(path: &str, picture: &Picture, crop: Option<Crop>, prominence: u32) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = slug::slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let stem: String = stem.chars().filter(char::is_ascii).take(STEM).collect();
        let stem = if stem.is_empty() { "picture" } else { stem.trim_end_matches('-') };
        let url = |variant: &Variant| format!("{FOLDER}{stem}-{}-{}", picture.print, variant.name(picture));
        let (all, fallback) = (variants(picture, crop), fallback(picture, crop));
        Self {
            fallback: (url(&fallback), fallback),
            webp: all.iter().map(|variant| (url(variant), variant.width)).collect(),
            variants: all,
            avif: Vec::new(),
            prominence,
        }
    }

    /// Has it all its widths as AVIF, too.
    fn add_avif(&mut self, picture: &Picture) {
        let url = |(webp, variant): (&(String, u32), &Variant)| {
            let start = webp.0.strip_suffix(&variant.name(picture))?;
            Some((format!("{start}{}", variant.as_avif().name(picture)), variant.width))
        };
        self.avif = self.webp.iter().zip(&self.variants).filter_map(url).collect();
    }
}

/// The pictures that are published in several sizes.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// By path, and how they are shown.
    sets: BTreeMap<(String, Framing), PictureSet>,
    /// Files of which there are others.
    derived: BTreeSet<String>,
    /// Files that a text links to.
    linked: BTreeSet<String>,
}

/// What texts do with the pictures that they name.
#[derive(Debug, Default)]
pub(super) struct PictureUses {
    /// How much is seen of each.
    shown: BTreeMap<(String, Framing), u32>,
    linked: BTreeSet<String>,
}

impl PictureUses {
    /// Notes what a text shows and links to.
    pub(super) fn of_text(&mut self, site: &Site, (body, first): (&Body, FirstPicture), targets: &[Target]) {
        if site.content.pictures.is_empty() {
            return;
        }
        let path_of = |link: u32| match targets.get(link as usize)? {
            Target::File { path, .. } => Some(path.clone()),
            Target::Path(path) => super::static_file(site, path),
            _ => None,
        };
        if !targets.iter().any(|target| matches!(target, Target::File { .. } | Target::Path(_))) {
            return;
        }
        let mut prominence = if first == FirstPicture::AtOnce { AT_ONCE } else { 1 };
        for node in body.nodes() {
            match node.kind {
                Kind::Image(link) => {
                    let Some(path) = path_of(link) else { continue };
                    self.note(&path, Framing::default(), std::mem::replace(&mut prominence, 1));
                }
                Kind::Link(link) => self.linked.extend(path_of(link)),
                _ => {}
            }
        }
        for html in body.html_links() {
            match html.usage {
                HtmlUse::Image | HtmlUse::Candidate => {
                    // In HTML, the address of one is written.
                    path_of(html.link).into_iter().for_each(|path| self.show(&path));
                }
                HtmlUse::Link | HtmlUse::Media => self.linked.extend(path_of(html.link)),
            }
        }
    }

    /// Notes a picture of which only the one that everybody can show is named, such as that of a film.
    pub(super) fn show(&mut self, path: &str) {
        self.note(path, Framing::default(), 0);
    }

    fn note(&mut self, path: &str, framing: Framing, prominence: u32) {
        *self.shown.entry((path.to_string(), framing)).or_default() += prominence;
    }

    /// Notes a picture that is shown as its author wants it.
    pub(super) fn show_as(&mut self, image: &ImageMeta, path: &str) {
        self.note(path, own_framing(image), 1);
    }

    /// Notes the picture at a path, which stands for a page.
    pub(super) fn show_for(&mut self, page: &Page, path: &str) {
        let seen = [Some(framing(page)), cover(page)];
        seen.into_iter().flatten().for_each(|framing| self.note(path, framing, AT_ONCE));
        abroad(page).into_iter().for_each(|framing| self.note(path, framing, 0));
    }

    /// Notes a file that readers get as a file.
    pub(super) fn link(&mut self, path: &str) {
        self.linked.insert(path.to_string());
    }
}

/// How an image is shown as its author wants it.
fn own_framing(image: &ImageMeta) -> Framing {
    Framing { ratio: image.ratio, focus: image.focus }
}

/// How a page's own image is shown on it: a person's is their face.
fn framing(page: &Page) -> Framing {
    let Some(image) = page.image() else { return Framing::default() };
    let ratio = if page.kind() == PageKind::Person { Some(Ratio::FACE) } else { image.ratio };
    Framing { ratio, focus: image.focus }
}

/// How it is shown in lists.
fn cover(page: &Page) -> Option<Framing> {
    let image = page.image().filter(|_| page.kind() != PageKind::Person)?;
    Some(Framing { ratio: Some(Ratio::COVER), focus: image.focus })
}

/// How it is shown in the feed of a podcast, whose directories take squares: as its author made it.
fn abroad(page: &Page) -> Option<Framing> {
    let meta = page.meta();
    (meta.podcast().is_some() || meta.episode.is_some()).then(Framing::default)
}

impl Pictures {
    /// The sizes of the pictures that are shown and, by `files`, may go out.
    pub(super) fn new(site: &Site, uses: PictureUses, files: &BTreeMap<String, String>) -> Self {
        let may_go = |path: &String| path.starts_with("static/") || files.contains_key(path);
        let (mut sets, mut derived, mut as_they_are) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for ((path, framing), prominence) in uses.shown.into_iter().filter(|((path, _), _)| may_go(path)) {
            let Some(Found::Picture(picture)) = site.content.pictures.get(&path) else { continue };
            let crop = framing.crop(picture.size);
            let is_tiny = picture.size.width.min(picture.size.height) < TINY;
            let is_cut = crop.is_some_and(|crop| crop.size() != picture.size) && !is_tiny;
            if picture.is_derived() || is_cut && !picture.is_animated {
                derived.insert(path.clone());
                sets.insert((path.clone(), framing), PictureSet::new(&path, picture, crop, prominence));
            } else {
                as_they_are.insert(path);
            }
        }
        let derived = &derived - &as_they_are;
        Self { sets, derived, linked: uses.linked }
    }

    /// How the picture at a path is shown, if others are made of it.
    pub(super) fn shown(&self, path: &str, framing: Framing) -> Option<Shown<'_>> {
        let set = self.sets.get(&(path.to_string(), framing))?;
        let (url, fallback) = &set.fallback;
        Some(Shown {
            url,
            size: Some(fallback.size()),
            webp: &set.webp,
            avif: &set.avif,
            full: set.variants.last().map(Variant::size),
        })
    }

    /// Does the file itself stay at home?
    pub(super) fn stays(&self, site: &Site, path: &str) -> bool {
        let is_picture = || match site.content.pictures.get(path) {
            Some(Found::Picture(picture)) => picture.is_derived() || self.derived.contains(path),
            Some(Found::Broken(_)) => true,
            None => false,
        };
        !self.linked.contains(path) && is_picture()
    }

    /// All sizes of all pictures, each with the reason of the file that it is made of. Two files with the same picture and
    /// name are one.
    pub(super) fn artifacts(&self, reason: impl Fn(&str) -> Option<Warrant>) -> Vec<Planned> {
        let mut planned: BTreeMap<String, Planned> = BTreeMap::new();
        for ((path, _), set) in &self.sets {
            let Some(warrant) = reason(path) else { continue };
            let webp = set.webp.iter().zip(set.variants.iter().copied());
            let avif = set.avif.iter().zip(set.variants.iter().map(Variant::as_avif));
            let sizes = webp.chain(avif).map(|((url, _), variant)| (url, variant));
            for (url, variant) in sizes.chain([(&set.fallback.0, set.fallback.1)]) {
                let one = Planned {
                    path: OutPath::file(url.clone()),
                    artifact: Artifact::Picture { path: path.clone(), variant },
                    origin: Origin::file(format!("the image `{path}`"), path.clone()),
                    warrant,
                };
                planned.entry(url.clone()).or_insert(one);
            }
        }
        planned.into_values().collect()
    }
}

impl Links {
    /// How a published picture is shown whole; as it is where nothing is made of it.
    #[must_use]
    pub fn shown<'l>(&'l self, site: &Site, path: &'l str) -> Option<Shown<'l>> {
        self.framed(site, path, Framing::default())
    }

    /// How a published picture is shown as its author wants it: in its shape, with what must not be lost.
    #[must_use]
    pub fn shown_as<'l>(&'l self, site: &Site, image: &ImageMeta, path: &'l str) -> Option<Shown<'l>> {
        self.framed(site, path, own_framing(image))
    }

    /// The image that stands for a page, in its shape: a person's is their face, and square.
    #[must_use]
    pub fn picture(&self, site: &Site, page: PageId) -> Option<Shown<'_>> {
        self.framed(site, self.image(page)?, framing(site.page(page)))
    }

    /// The same as a cover, 16 to 9, for lists; `None` of a person.
    #[must_use]
    pub fn cover(&self, site: &Site, page: PageId) -> Option<Shown<'_>> {
        self.framed(site, self.image(page)?, cover(site.page(page))?)
    }

    /// The same for feeds: of a podcast and its episodes as it is, of any other page in its shape.
    #[must_use]
    pub fn in_feeds(&self, site: &Site, page: PageId) -> Option<Shown<'_>> {
        let about = site.page(page);
        self.framed(site, self.image(page)?, abroad(about).unwrap_or(framing(about)))
    }

    /// The face on a person's photo: its file, what it says, and the part of it. `None` where the photo isn't published, or
    /// has no points that could be read.
    #[must_use]
    pub fn face<'l>(&'l self, site: &'l Site, person: PageId) -> Option<(&'l str, &'l Picture, Crop)> {
        let path = self.image(person)?;
        self.file_url(path)?;
        let Found::Picture(picture) = site.content.pictures.get(path)? else { return None };
        let crop = Framing { ratio: Some(Ratio::FACE), ..framing(site.page(person)) }.exact(picture.size)?;
        (!picture.is_animated).then_some((path, picture, crop))
    }

    fn framed<'l>(&'l self, site: &Site, path: &'l str, framing: Framing) -> Option<Shown<'l>> {
        self.pictures.shown(path, framing).or_else(|| {
            let size = site.content.images.get(path).copied();
            Some(Shown { url: self.file_url(path)?, size, webp: &[], avif: &[], full: size })
        })
    }

    /// The pictures that are published in several sizes.
    pub fn in_sizes(&self) -> impl Iterator<Item = InSizes<'_>> {
        self.pictures.sets.iter().map(|((path, _), set)| InSizes {
            path,
            sizes: &set.variants,
            prominence: set.prominence,
        })
    }

    /// Publishes pictures as AVIF, too, in each of their widths: those of which `is_ready` says, by the path of the file and
    /// the part, that all widths are there.
    pub fn publish_avif(&mut self, site: &Site, is_ready: &dyn Fn(&str, Option<Crop>) -> bool) {
        for ((path, _), set) in &mut self.pictures.sets {
            let Some(Found::Picture(picture)) = site.content.pictures.get(path) else { continue };
            if is_ready(path, set.fallback.1.crop) {
                set.add_avif(picture);
            }
        }
    }

    /// The published files, and the sizes of the pictures among them.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let published = self.files.iter().zip(&self.warrants);
        let own = published.clone().filter(|((path, _), _)| !self.pictures.stays(site, path));
        let mut planned = files::artifacts(own);
        let reasons: BTreeMap<&str, Warrant> =
            published.filter_map(|((path, _), warrant)| Some((path.as_str(), (*warrant)?))).collect();
        planned.extend(
            self.pictures.artifacts(|path| reasons.get(path).copied().or_else(|| Warrant::fixed(path))),
        );
        planned
    }
}
