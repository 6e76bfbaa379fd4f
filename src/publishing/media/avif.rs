//! AVIF: a fifth smaller than WebP of nearly the same quality, and some twenty times as long to make. So it is made as long
//! as there is time for it ([`improve`]), and kept.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::decode::Unreadable;
use super::encode::{self, Effort};
use super::pixels::Pixels;
use super::{derived, flight, is_kept, kept, name, source};
use crate::content::image::{Encoding, Picture, Variant};
use crate::diag::Diagnostic;
use crate::project::Project;

/// The encoder holds as much memory for a pixel as so many decoded ones take.
const WEIGHT: u64 = 3;

/// What is known of the sizes of a picture as AVIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gain {
    /// All are smaller than WebP, and kept.
    Smaller,
    /// One isn't smaller, or it is transparent.
    None,
    /// Some have still to be made.
    Unknown,
}

/// Says how long encoding may go on.
pub trait Pace: Sync {
    /// May so many pixels be encoded now?
    fn may_begin(&self, pixels: u64) -> bool;

    /// Notes that so many pixels took so long.
    fn note(&self, pixels: u64, took: Duration);
}

/// Beside the name of what is kept as AVIF, that of a mark that it would be no smaller.
fn refusal(picture: &Picture, size: &Variant) -> String {
    format!("{}-no", name(picture, &size.as_avif(), Effort::Best))
}

/// What earlier builds have found of these sizes of a picture. A browser that takes AVIF takes it in all of them, so one that
/// isn't smaller speaks for all.
#[must_use]
pub fn gain(project: &dyn Project, picture: &Picture, sizes: &[Variant]) -> Gain {
    if sizes.iter().all(|size| is_kept(project, picture, &size.as_avif())) {
        return Gain::Smaller;
    }
    // Asking for the mark says that it is in use.
    let is_refused = |size: &Variant| project.read_kept(&refusal(picture, size)).is_some();
    if sizes.iter().any(is_refused) { Gain::None } else { Gain::Unknown }
}

/// Makes the sizes of one part of a picture that nobody has made yet as AVIF, the smallest first, as long as `pace` lets it,
/// and keeps them. One that isn't smaller than WebP ends the work.
///
/// # Errors
///
/// The picture can't be read or decoded.
pub fn improve(
    project: &dyn Project,
    (path, picture): (&str, &Picture),
    sizes: &[Variant],
    pace: &dyn Pace,
) -> Result<Gain, Box<Diagnostic>> {
    let mut missing: Vec<Variant> = sizes
        .iter()
        .filter(|size| !is_kept(project, picture, &size.as_avif()))
        .map(Variant::as_webp)
        .collect();
    missing.sort_by_key(|size| size.width);
    let Some(first) = missing.first() else { return Ok(Gain::Smaller) };
    if !pace.may_begin(pixels(first)) {
        return Ok(Gain::Unknown);
    }
    let bytes = source(project, path, picture)?;
    let copied = |pixels: &Pixels, _: &Variant| Ok(pixels.clone());
    let made = derived(bytes, picture, &missing, &copied).map_err(|fault| fault.report(path))?;
    for (number, (size, made)) in missing.iter().zip(&made).enumerate() {
        if number > 0 && !pace.may_begin(pixels(size)) {
            return Ok(Gain::Unknown);
        }
        let _permit = flight::encoding(pixels(size) * WEIGHT);
        let start = project.now();
        let is_smaller = one(project, picture, size, made).map_err(|fault| fault.report(path))?;
        let took = project.now().duration_since(start);
        pace.note(pixels(size), took.try_into().unwrap_or_default());
        if !is_smaller {
            return Ok(Gain::None);
        }
    }
    Ok(Gain::Smaller)
}

/// Makes one size as AVIF, and keeps it if it is smaller than WebP. Nothing that is transparent is.
fn one(
    project: &dyn Project,
    picture: &Picture,
    size: &Variant,
    pixels: &Pixels,
) -> Result<bool, Unreadable> {
    // Chromium 156 reads transparency as if its values ended at 16 and 235, so its edges look eaten away.
    let smaller = if pixels.has_alpha { None } else { smaller(project, picture, size, pixels)? };
    match &smaller {
        Some(made) => project.keep(&name(picture, &size.as_avif(), Effort::Best), made),
        None => project.keep(&refusal(picture, size), b""),
    }
    Ok(smaller.is_some())
}

/// A size as AVIF, if it is smaller than as WebP, which is made and kept for that.
fn smaller(
    project: &dyn Project,
    picture: &Picture,
    size: &Variant,
    pixels: &Pixels,
) -> Result<Option<Vec<u8>>, Unreadable> {
    let webp = match kept(project, picture, size, Effort::Best) {
        Some(bytes) => bytes.len(),
        None => {
            let made = encode::encode(pixels, Encoding::Webp, Effort::Best)?;
            project.keep(&name(picture, size, Effort::Best), &made);
            made.len()
        }
    };
    // Should the encoder fail at a picture, it has WebP, and no build waits for the same failure again.
    let made = catch_unwind(AssertUnwindSafe(|| encode::encode(pixels, Encoding::Avif, Effort::Best)));
    Ok(made.ok().and_then(Result::ok).filter(|made| made.len() < webp))
}

fn pixels(size: &Variant) -> u64 {
    u64::from(size.width) * u64::from(size.height)
}
