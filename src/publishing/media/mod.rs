//! The bytes of pictures: smaller ones of a photograph, upright, in the colours of all screens, and with nothing else in
//! them.
//!
//! `links` says which sizes of which pictures an edition has, and at which addresses; [`make`] is asked for the bytes. They
//! are kept beside the site ([`Project::keep`]) under a name that other bytes of the photograph, another size and another
//! encoder change, so what is kept is never out of date: a build that finds everything there decodes nothing. `decode`
//! reads a file within limits that its header was held to before, `resize` makes the sizes one from the next larger,
//! `colors` and `encode` do what their names say, `avif` goes on where there is time. [`published`] is a file that goes out
//! as it is, without its metadata.

#[cfg(feature = "avif")]
mod av1;
mod avif;
mod buffers;
mod colors;
mod decode;
mod encode;
mod flight;
mod pixels;
mod resize;
#[cfg(test)]
mod tests;
mod vector;

pub use avif::{Gain, Pace, gain, improve};
pub use buffers::Buffers;
pub use encode::Effort;

use std::collections::BTreeSet;

use crate::content::image::{
    Crop, Encoding, Fault, Format, Found, Framing, ImageSize, Picture, Ratio, Variant, find, strip,
    strip_gif, variants,
};
use crate::diag::{Code, Diagnostic};
use crate::project::Project;
use decode::Unreadable;
use pixels::{Channels, Pixels};

/// The quality of a picture that goes out in its own size because its file has to be made anew.
const OWN_QUALITY: u8 = 90;

/// Some sizes of the picture at `path`, in the order in which they are asked for: what is kept, and what is made now and
/// kept from then on.
///
/// # Errors
///
/// The file can't be read or decoded, or has changed since the site was read.
pub fn make(
    project: &dyn Project,
    (path, picture): (&str, &Picture),
    wanted: &[Variant],
    effort: Effort,
) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    let mut found: Vec<Option<Vec<u8>>> =
        wanted.iter().map(|variant| kept(project, picture, variant, effort)).collect();
    let missing: Vec<Variant> =
        wanted.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(variant, _)| *variant).collect();
    if !missing.is_empty() {
        let bytes = source(project, path, picture)?;
        let mut made = derived(bytes, picture, &missing, &encoded(effort))
            .map_err(|fault| fault.report(path))?
            .into_iter();
        for (variant, place) in wanted.iter().zip(&mut found).filter(|(_, place)| place.is_none()) {
            let bytes = made.next().unwrap_or_default();
            project.keep(&name(picture, variant, effort), &bytes);
            *place = Some(bytes);
        }
    }
    Ok(found.into_iter().flatten().collect())
}

/// One size of the picture at `path`, made now and kept nowhere: for what must not lie on a disk as it is.
///
/// # Errors
///
/// As for [`make`].
pub fn fresh(
    project: &dyn Project,
    (path, picture): (&str, &Picture),
    variant: &Variant,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = source(project, path, picture)?;
    let made = derived(bytes, picture, std::slice::from_ref(variant), &encoded(Effort::Best));
    Ok(made.map_err(|fault| fault.report(path))?.into_iter().next().unwrap_or_default())
}

/// A part of the picture at `path` in another size, as points by row: red, green and blue, over `paper` where it is
/// transparent. The same on every machine.
///
/// # Errors
///
/// As for [`make`].
pub fn points(
    project: &dyn Project,
    (path, picture): (&str, &Picture),
    part: Crop,
    (size, paper): (ImageSize, [u8; 3]),
) -> Result<Vec<[u8; 3]>, Box<Diagnostic>> {
    let bytes = source(project, path, picture)?;
    laid_on(&bytes, picture, part, (size, paper)).map_err(|fault| fault.report(path))
}

/// The middle of a picture's file, in the size of a preview, as [`points`] gives it.
///
/// # Errors
///
/// It isn't a JPEG, PNG or WebP, or is damaged.
pub fn background(
    path: &str,
    bytes: &[u8],
    (size, paper): (ImageSize, [u8; 3]),
) -> Result<Vec<[u8; 3]>, Box<Diagnostic>> {
    let picture = picture(path, bytes)?;
    let framing = Framing { ratio: Some(Ratio::PREVIEW), focus: None };
    let part = framing.exact(picture.size).ok_or_else(|| Box::new(Fault::Damaged.report(path)))?;
    laid_on(bytes, &picture, part, (size, paper)).map_err(|fault| fault.report(path))
}

/// A picture of a theme as points by row: red, green, blue and alpha.
#[derive(Debug)]
pub struct Raster {
    /// Its width and height.
    pub size: ImageSize,
    /// Its points.
    pub points: Vec<[u8; 4]>,
}

/// A picture's file, which may be an SVG, as large as it can be within a room, in its own shape. One that is smaller stays as it is.
///
/// # Errors
///
/// It is none of these, or is damaged; or there is something in the SVG that isn't drawn, such as letters.
pub fn fitted(path: &str, bytes: &[u8], room: ImageSize) -> Result<Raster, Box<Diagnostic>> {
    let pixels = if is_drawing(path) {
        vector::fitted(bytes, room).map_err(|why| undrawn(why, path))?
    } else {
        let picture = picture(path, bytes)?;
        let ImageSize { width, height } = picture.size;
        let scale = (f64::from(room.width) / f64::from(width))
            .min(f64::from(room.height) / f64::from(height))
            .min(1.0);
        let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
        let whole = Crop { left: 0, top: 0, width, height };
        let size = ImageSize { width: side(width), height: side(height) };
        averaged(bytes, &picture, whole, size).map_err(|fault| fault.report(path))?
    };
    Ok(Raster { size: pixels.size(), points: pixels.rgba() })
}

fn is_drawing(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

fn undrawn(why: vector::Undrawn, path: &str) -> Box<Diagnostic> {
    let (message, help) = match why {
        vector::Undrawn::Incomplete => (
            "this SVG has text or images in it, so it isn't on social cards, or on the home screens of phones",
            "turn its letters into paths (in Inkscape: Path, Object to Path), or use a PNG",
        ),
        vector::Undrawn::Unreadable => (
            "this SVG can't be read, so it isn't on social cards, or on the home screens of phones",
            "save it again with a program for drawings, or use a PNG",
        ),
    };
    Box::new(Diagnostic::new(Code::UndrawnSvg, message).in_file(path).help(help))
}

/// What the header of a picture's file says.
fn picture(path: &str, bytes: &[u8]) -> Result<Picture, Box<Diagnostic>> {
    match find(path, bytes) {
        Some(Found::Picture(picture)) => Ok(picture),
        Some(Found::Broken(fault)) => Err(Box::new(fault.report(path))),
        None => Err(Box::new(Fault::Damaged.report(path))),
    }
}

/// A part of a picture, upright, in the colours of all screens and in another size.
fn averaged(bytes: &[u8], picture: &Picture, part: Crop, size: ImageSize) -> Result<Pixels, Unreadable> {
    let whole = picture.size;
    let _permit = flight::decoding(u64::from(whole.width) * u64::from(whole.height));
    let decoded = decode::decode(bytes, picture.format)?;
    let turned = match picture.orientation {
        5..=8 => ImageSize { width: size.height, height: size.width },
        _ => size,
    };
    let mut pixels = resize::averaged(&decoded.pixels, part.in_file(whole, picture.orientation), turned);
    drop(decoded.pixels);
    colors::to_srgb(&mut pixels, decoded.profile.as_deref());
    Ok(resize::upright(pixels, picture.orientation))
}

/// The middle of a picture's file as a square PNG of this side, for tabs and home screens: of an SVG all of it. The same on every machine.
///
/// # Errors
///
/// As for [`fitted`].
pub fn square(path: &str, bytes: &[u8], side: u32) -> Result<Vec<u8>, Box<Diagnostic>> {
    if is_drawing(path) {
        let drawn = vector::fitted(bytes, ImageSize { width: side, height: side })
            .map_err(|why| undrawn(why, path))?;
        return encode::encode(&centered(&drawn, side), Encoding::Png, Effort::Best)
            .map_err(|fault| fault.report(path));
    }
    let picture = picture(path, bytes)?;
    let framing = Framing { ratio: Some(Ratio::FACE), focus: None };
    let part = framing.exact(picture.size).ok_or_else(|| Box::new(Fault::Damaged.report(path)))?;
    let made = || {
        let _permit = flight::decoding(u64::from(picture.size.width) * u64::from(picture.size.height));
        let mut decoded = decode::decode(bytes, picture.format)?;
        colors::to_srgb(&mut decoded.pixels, decoded.profile.as_deref());
        let small = resize::averaged(&decoded.pixels, part, ImageSize { width: side, height: side });
        encode::encode(&resize::upright(small, picture.orientation), Encoding::Png, Effort::Best)
    };
    made().map_err(|fault: Unreadable| fault.report(path))
}

/// A drawing in the middle of a transparent square.
fn centered(drawn: &Pixels, side: u32) -> Pixels {
    let mut rgba = vec![0; (side * side * 4) as usize];
    let (left, top) = ((side - drawn.width) / 2, (side - drawn.height) / 2);
    for (row, points) in drawn.samples.chunks_exact(drawn.row()).enumerate() {
        let at = (((top as usize + row) * side as usize) + left as usize) * 4;
        rgba[at..at + points.len()].copy_from_slice(points);
    }
    Pixels { width: side, height: side, channels: Channels::Rgba, has_alpha: true, samples: rgba }
}

fn laid_on(
    bytes: &[u8],
    picture: &Picture,
    part: Crop,
    (size, paper): (ImageSize, [u8; 3]),
) -> Result<Vec<[u8; 3]>, Unreadable> {
    let pixels = averaged(bytes, picture, part, size)?;
    let over = |pixel: &[u8; 4]| {
        let [.., alpha] = *pixel;
        std::array::from_fn(|channel| {
            let (above, below) = (u32::from(pixel[channel]), u32::from(paper[channel]));
            let alpha = u32::from(alpha);
            ((above * alpha + below * (255 - alpha) + 127) / 255) as u8
        })
    };
    Ok(pixels.rgba().iter().map(over).collect())
}

/// The file of a picture, if it is still the one that was looked at.
fn source(project: &dyn Project, path: &str, picture: &Picture) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = project.read(path)?;
    // What is kept under a name must be of the bytes that the name is of.
    if find(path, &bytes) != Some(Found::Picture(picture.clone())) {
        let message = "this image has changed while the site was being built";
        let problem = Diagnostic::new(Code::UnreadableFile, message).in_file(path);
        return Err(Box::new(problem.help("build again")));
    }
    Ok(bytes)
}

/// Is a size of a picture kept as readers get it? It is only looked for, not at, and then counts as in use.
#[must_use]
pub fn is_kept(project: &dyn Project, picture: &Picture, variant: &Variant) -> bool {
    project.is_kept(&name(picture, variant, Effort::Best))
}

/// What is kept of a picture: the same from more effort is as good.
fn kept(project: &dyn Project, picture: &Picture, variant: &Variant, effort: Effort) -> Option<Vec<u8>> {
    let best = project.read_kept(&name(picture, variant, Effort::Best));
    best.or_else(|| project.read_kept(&name(picture, variant, effort)).filter(|_| effort != Effort::Best))
}

fn name(picture: &Picture, variant: &Variant, effort: Effort) -> String {
    format!("images/{}/{}-{}{}", &picture.print[..2], picture.print, effort.name(), variant.name(picture))
}

/// What becomes of the pixels of a size.
type Finish<'f, T> = dyn Fn(&Pixels, &Variant) -> Result<T, Unreadable> + 'f;

fn encoded(effort: Effort) -> impl Fn(&Pixels, &Variant) -> Result<Vec<u8>, Unreadable> {
    move |pixels, variant| encode::encode(pixels, variant.encoding, effort)
}

/// Makes some sizes of a picture, in the order in which they are asked for. The bytes of the file go when they are decoded:
/// what is made of them needs the room.
fn derived<T>(
    bytes: Vec<u8>,
    picture: &Picture,
    wanted: &[Variant],
    finish: &Finish<'_, T>,
) -> Result<Vec<T>, Unreadable> {
    let size = picture.size;
    let permit = flight::decoding(u64::from(size.width) * u64::from(size.height));
    let parts: BTreeSet<Option<Crop>> = wanted.iter().map(|variant| variant.crop).collect();
    let decoded = decode::decode(&bytes, picture.format)?;
    drop(bytes);
    let largest: Vec<(Option<Crop>, Pixels)> = parts
        .into_iter()
        .map(|part| {
            let size = variants(picture, part).last().map_or(size, Variant::size);
            Ok((part, resize::first(&decoded.pixels, (picture, part), size)?))
        })
        .collect::<Result<_, Unreadable>>()?;
    let profile = decoded.profile;
    // What follows needs no more than the largest size of each.
    drop((decoded.pixels, permit));
    let _permit = flight::encoding(
        largest.iter().map(|(_, pixels)| u64::from(pixels.width) * u64::from(pixels.height)).sum(),
    );
    let mut made: Vec<Option<T>> = wanted.iter().map(|_| None).collect();
    for (part, mut pixels) in largest {
        colors::to_srgb(&mut pixels, profile.as_deref());
        let pixels = resize::upright(pixels, picture.orientation);
        let of_part = wanted.iter().zip(&mut made).filter(|(variant, _)| variant.crop == part).collect();
        one_from_the_next(pixels, variants(picture, part), of_part, finish)?;
    }
    Ok(made.into_iter().flatten().collect())
}

/// Makes each size from the next larger one, whichever of them are wanted: the bytes of one don't depend on which others
/// were kept. `pixels` are the largest of `sizes`.
fn one_from_the_next<T>(
    mut pixels: Pixels,
    sizes: Vec<Variant>,
    mut wanted: Vec<(&Variant, &mut Option<T>)>,
    finish: &Finish<'_, T>,
) -> Result<(), Unreadable> {
    let mut steps = sizes.iter().map(Variant::size).rev().skip(1);
    loop {
        let next = steps.next();
        // Those that are made from this one: of its size, or larger than the next.
        for (variant, made) in wanted.iter_mut().filter(|(_, made)| made.is_none()) {
            if variant.size() == pixels.size() {
                **made = Some(finish(&pixels, variant)?);
            } else if next.is_none_or(|next| variant.width > next.width) {
                let pixels = resize::smaller(&pixels, variant.size())?;
                **made = Some(finish(&pixels, variant)?);
            }
        }
        let Some(next) = next.filter(|_| wanted.iter().any(|(_, made)| made.is_none())) else {
            return Ok(());
        };
        pixels = resize::smaller(&pixels, next)?;
    }
}

/// A file as it goes out: where it is a picture, nothing is in it but pixels and their colours, and it is upright. What
/// isn't one is returned as it is.
///
/// # Errors
///
/// It is a picture, and damaged, so that nobody can say what is in it.
pub fn published(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Box<Diagnostic>> {
    match find(path, &bytes) {
        None if bytes.starts_with(b"GIF8") => {
            strip_gif(&bytes).ok_or_else(|| Unreadable::Fault(Fault::Damaged).report(path))
        }
        None => Ok(bytes),
        // Nothing is decoded for this.
        Some(Found::Broken(Fault::TooLarge)) => {
            strip(&bytes).ok_or_else(|| Unreadable::Fault(Fault::Damaged).report(path))
        }
        Some(Found::Broken(fault)) => Err(Unreadable::Fault(fault).report(path)),
        Some(Found::Picture(picture)) if picture.orientation != 1 && !picture.is_animated => {
            turned(&bytes, &picture).map_err(|fault| fault.report(path))
        }
        Some(Found::Picture(picture)) if picture.has_metadata => {
            strip(&bytes).ok_or_else(|| Unreadable::Fault(Fault::Damaged).report(path))
        }
        Some(Found::Picture(_)) => Ok(bytes),
    }
}

/// A picture in its own size and type, upright.
fn turned(bytes: &[u8], picture: &Picture) -> Result<Vec<u8>, Unreadable> {
    let ImageSize { width, height } = picture.size;
    let _permit = flight::decoding(u64::from(width) * u64::from(height));
    let decode::Decoded { mut pixels, profile } = decode::decode(bytes, picture.format)?;
    colors::to_srgb(&mut pixels, profile.as_deref());
    let pixels = resize::upright(pixels, picture.orientation);
    match picture.format {
        Format::Jpeg => encode::jpeg(&pixels, OWN_QUALITY),
        format => encode::encode(&pixels, format.into(), Effort::Best),
    }
}
