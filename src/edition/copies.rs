//! Files of the site on their way out: copied, pictures without their metadata and in other sizes, faces on cards.

use crate::content::image::{self, Fault, Found, ImageSize, Picture, Variant};
use crate::diag::Diagnostic;
use crate::editorial::admin;
use crate::pages::linked::Edition;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::project::Project;
use crate::publishing::cards::draw;
use crate::publishing::media::{self, Effort};
use crate::site::{PageId, Site};

/// The social card of a page, drawn.
///
/// # Errors
///
/// The photo that is on it can't be read or decoded.
pub(super) fn card(
    project: &dyn Project,
    linked: &Edition,
    page: PageId,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (site, cards) = (&linked.site, &linked.features.cards);
    let Some(card) = cards.card(site, page) else { return Ok(Vec::new()) };
    let portrait = cards.portrait(card, &|person, size, paper| {
        let Some((path, picture, part)) = linked.features.links.face(site, person) else {
            return Ok(Vec::new());
        };
        let size = ImageSize { width: size, height: size };
        media::points(project, (path, picture), part, (size, paper))
    })?;
    let drawn = cards.design().map(|design| draw::draw(design, &card.text, portrait.as_deref()));
    Ok(drawn.unwrap_or_default())
}

/// A file as it goes out: a picture has no metadata.
///
/// # Errors
///
/// It can't be read, or is no picture although its name says so.
pub(super) fn published(project: &dyn Project, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = project.read(path)?;
    if image::is_raster(path) || image::is_image(path) { media::published(path, bytes) } else { Ok(bytes) }
}

/// Some sizes of a picture as readers get them, in the order in which they are asked for.
///
/// # Errors
///
/// The picture can't be read or decoded.
pub fn pictures(
    project: &dyn Project,
    linked: &Edition,
    (path, variants): (&str, &[Variant]),
) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    media::make(project, (path, picture_at(linked, path)?), variants, Effort::Best)
}

/// Is a size of a picture kept, as readers get it? Asking says that it is in use.
#[must_use]
pub fn is_picture_kept(project: &dyn Project, linked: &Edition, (path, variant): (&str, &Variant)) -> bool {
    picture_at(linked, path).is_ok_and(|picture| media::is_kept(project, picture, variant))
}

/// One size of a picture, made for somebody who waits for it.
///
/// # Errors
///
/// The picture can't be read or decoded.
pub(super) fn picture(
    project: &dyn Project,
    linked: &Edition,
    (path, variant): (&str, &Variant),
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let made = media::make(project, (path, picture_at(linked, path)?), &[*variant], Effort::Quick)?;
    Ok(made.into_iter().next().unwrap_or_default())
}

fn picture_at<'e>(linked: &'e Edition, path: &str) -> Result<&'e Picture, Box<Diagnostic>> {
    match linked.site.content.pictures.get(path) {
        Some(Found::Picture(picture)) => Ok(picture),
        _ => Err(Box::new(Fault::Damaged.report(path))),
    }
}

/// Files in `static/` are copied as they are.
pub(super) fn static_files(site: &Site) -> Vec<Planned> {
    let files = site.content.files.iter().filter_map(|file| Some((file, file.strip_prefix("static/")?)));
    let shown = files.filter(|(file, _)| !admin::is_of_another(site, file));
    let planned = shown.filter_map(|(file, path)| {
        Some(Planned {
            path: OutPath::file(path),
            artifact: Artifact::Copy(file.clone()),
            origin: Origin::file(format!("the file `{file}`"), file.clone()),
            warrant: Warrant::fixed(file)?,
        })
    });
    planned.collect()
}
