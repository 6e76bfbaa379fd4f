//! Smaller pictures, and upright ones.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::decode::Unreadable;
use super::pixels::Pixels;
use crate::content::image::{Crop, Fault, ImageSize, Picture};

/// What was decoded, or the `part` of it that is shown, so small that it becomes `upright` when it is turned: turning a
/// small picture costs less.
pub(super) fn first(
    pixels: &Pixels,
    (picture, part): (&Picture, Option<Crop>),
    upright: ImageSize,
) -> Result<Pixels, Unreadable> {
    let size = match picture.orientation {
        5..=8 => ImageSize { width: upright.height, height: upright.width },
        _ => upright,
    };
    let part = part.map(|part| part.in_file(picture.size, picture.orientation));
    if part.is_none() && pixels.size() == size {
        return Ok(pixels.clone());
    }
    resized(pixels, part, size)
}

/// The picture in another size.
pub(super) fn smaller(pixels: &Pixels, size: ImageSize) -> Result<Pixels, Unreadable> {
    resized(pixels, None, size)
}

/// A part of the picture in another size, each point the mean of what it covers: in whole numbers alone, so that every
/// machine comes to the same bytes.
pub(super) fn averaged(pixels: &Pixels, part: Crop, size: ImageSize) -> Pixels {
    // In parts of a point.
    const PARTS: u64 = 256;
    let edges = |start: u32, length: u32, at: u32, of: u32| {
        let edge = |at: u32| {
            (u64::from(start) * u64::from(of) + u64::from(length) * u64::from(at)) * PARTS / u64::from(of)
        };
        let first = edge(at);
        (first, edge(at + 1).max(first + 1))
    };
    // The points that lie between two edges, and how much of each.
    let covered = |(first, last): (u64, u64)| {
        (first / PARTS..=(last - 1) / PARTS)
            .map(move |at| (at as usize, last.min((at + 1) * PARTS) - first.max(at * PARTS)))
    };
    let mut rgba = Vec::with_capacity(size.width as usize * size.height as usize * 4);
    for row in 0..size.height {
        let rows = edges(part.top, part.height, row, size.height);
        for column in 0..size.width {
            let columns = edges(part.left, part.width, column, size.width);
            let (mut sums, mut all) = ([0_u64; 4], 0);
            for (y, high) in covered(rows) {
                for (x, wide) in covered(columns) {
                    let at = (y * pixels.width as usize + x) * 4;
                    let alpha = high * wide * u64::from(pixels.rgba[at + 3]);
                    for (sum, value) in sums.iter_mut().zip(&pixels.rgba[at..at + 3]) {
                        *sum += alpha * u64::from(*value);
                    }
                    sums[3] += alpha;
                    all += high * wide;
                }
            }
            let mean = |sum: u64, of: u64| (sum + of / 2).checked_div(of).unwrap_or(0) as u8;
            let [red, green, blue, alpha] = sums;
            rgba.extend([red, green, blue].map(|sum| mean(sum, alpha)));
            rgba.push(mean(alpha, all));
        }
    }
    Pixels { width: size.width, height: size.height, has_alpha: pixels.has_alpha, rgba }
}

/// The picture, or a part of it, in another size.
fn resized(pixels: &Pixels, part: Option<Crop>, size: ImageSize) -> Result<Pixels, Unreadable> {
    let broken = |_| Unreadable::Fault(Fault::Damaged);
    let source =
        fast_image_resize::images::ImageRef::new(pixels.width, pixels.height, &pixels.rgba, PixelType::U8x4)
            .map_err(broken)?;
    let mut target = Image::new(size.width, size.height, PixelType::U8x4);
    let mut options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(pixels.has_alpha);
    if let Some(part) = part {
        let (left, top) = (f64::from(part.left), f64::from(part.top));
        options = options.crop(left, top, f64::from(part.width), f64::from(part.height));
    }
    Resizer::new()
        .resize(&source, &mut target, &options)
        .map_err(|error| Unreadable::Said(error.to_string()))?;
    Ok(Pixels {
        width: size.width,
        height: size.height,
        has_alpha: pixels.has_alpha,
        rgba: target.into_vec(),
    })
}

/// The picture as it was seen: `orientation` is what Exif says of a file that isn't upright.
pub(super) fn upright(pixels: Pixels, orientation: u8) -> Pixels {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    if !(2..=8).contains(&orientation) {
        return pixels;
    }
    let is_on_its_side = orientation >= 5;
    let (new_width, new_height) = if is_on_its_side { (height, width) } else { (width, height) };
    let mut rgba = Vec::with_capacity(pixels.rgba.len());
    for y in 0..new_height {
        for x in 0..new_width {
            // Where in the file this pixel is (Exif 2.32, table 6).
            let (from_x, from_y) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                _ => (width - 1 - y, x),
            };
            let at = (from_y * width + from_x) * 4;
            rgba.extend_from_slice(&pixels.rgba[at..at + 4]);
        }
    }
    let (width, height) =
        if is_on_its_side { (pixels.height, pixels.width) } else { (pixels.width, pixels.height) };
    Pixels { width, height, has_alpha: pixels.has_alpha, rgba }
}
