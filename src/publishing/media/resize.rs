//! Smaller pictures, and upright ones.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{FilterType, ImageView, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

use super::buffers;
use super::decode::Unreadable;
use super::pixels::{Channels, Pixels};
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
                    let at = (y * pixels.width as usize + x) * pixels.channels.bytes();
                    let opaque = match pixels.channels {
                        Channels::Rgb => 255,
                        Channels::Rgba => pixels.samples[at + 3],
                    };
                    let alpha = high * wide * u64::from(opaque);
                    for (sum, value) in sums.iter_mut().zip(&pixels.samples[at..at + 3]) {
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
    let ImageSize { width, height } = size;
    Pixels { width, height, channels: Channels::Rgba, has_alpha: pixels.has_alpha, samples: rgba }
}

/// The rows that are made at once: between its two passes, the library holds them in the width of what they are made from.
const BAND: u32 = 256;

/// How far the filter reaches to both sides, in pixels of whichever picture is the smaller.
const REACH: f64 = 3.0;

/// The picture, or a part of it, in another size.
fn resized(pixels: &Pixels, part: Option<Crop>, size: ImageSize) -> Result<Pixels, Unreadable> {
    match pixels.channels {
        Channels::Rgb => resized_as::<U8x3>(pixels, part, size),
        Channels::Rgba => resized_as::<U8x4>(pixels, part, size),
    }
}

/// What [`resized`] does, with pixels of one kind: code for others isn't in the program.
fn resized_as<P: PixelTrait>(
    pixels: &Pixels,
    part: Option<Crop>,
    size: ImageSize,
) -> Result<Pixels, Unreadable> {
    let part = part.unwrap_or(Crop { left: 0, top: 0, width: pixels.width, height: pixels.height });
    let bytes = pixels.channels.bytes();
    let mut samples = buffers::zeroed(size.width as usize * size.height as usize * bytes);
    let mut resizer = Resizer::new();
    let bands = samples.chunks_mut((size.width as usize * BAND as usize * bytes).max(bytes));
    for (first, band) in (0..size.height).step_by(BAND as usize).zip(bands) {
        let rows = BAND.min(size.height - first);
        let target = TypedImage::<P>::from_buffer(size.width, rows, band);
        let mut target = target.map_err(|_| Unreadable::Fault(Fault::Damaged))?;
        resize_band(&mut resizer, pixels, (part, size.height), (first, &mut target))?;
    }
    let ImageSize { width, height } = size;
    Ok(Pixels { width, height, channels: pixels.channels, has_alpha: pixels.has_alpha, samples })
}

/// Makes the rows from `first` on of a part of the picture that is to have `height` of them, from as many of the picture's
/// as they need. It comes to the same pixels as all rows at once.
fn resize_band<P: PixelTrait>(
    resizer: &mut Resizer,
    pixels: &Pixels,
    (part, height): (Crop, u32),
    (first, target): (u32, &mut TypedImage<'_, P>),
) -> Result<(), Unreadable> {
    let scale = f64::from(part.height) / f64::from(height);
    let top = f64::from(part.top) + f64::from(first) * scale;
    let tall = f64::from(target.height()) * scale;
    let around = (REACH * scale.max(1.0)).ceil() + 1.0;
    let from = (top - around).floor().max(0.0);
    let to = (top + tall + around).ceil().min(f64::from(pixels.height));
    let row = pixels.row();
    let rows = &pixels.samples[from as usize * row..to as usize * row];
    let source = TypedImageRef::<P>::from_buffer(pixels.width, (to - from) as u32, rows)
        .map_err(|_| Unreadable::Fault(Fault::Damaged))?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(pixels.has_alpha)
        // The last band may end a rounding error below the picture.
        .crop(f64::from(part.left), top - from, f64::from(part.width), tall.min(to - top));
    resizer.resize_typed(&source, target, &options).map_err(|error| Unreadable::Said(error.to_string()))
}

/// The side of the squares in which a picture is turned, in pixels.
const SQUARE: usize = 32;

/// The picture as it was seen: `orientation` is what Exif says of a file that isn't upright.
pub(super) fn upright(pixels: Pixels, orientation: u8) -> Pixels {
    if !(2..=8).contains(&orientation) {
        return pixels;
    }
    match pixels.channels {
        Channels::Rgb => turned::<3>(&pixels, orientation),
        Channels::Rgba => turned::<4>(&pixels, orientation),
    }
}

/// The picture, whose pixels have `N` bytes, as it was seen, with an `orientation` from 2 to 8.
fn turned<const N: usize>(pixels: &Pixels, orientation: u8) -> Pixels {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let is_on_its_side = orientation >= 5;
    let (new_width, new_height) = if is_on_its_side { (height, width) } else { (width, height) };
    let from = pixels.samples.as_chunks::<N>().0;
    let mut samples = buffers::zeroed(pixels.samples.len());
    let to = samples.as_chunks_mut::<N>().0;
    // Where in the file the pixel in a column and row is (Exif 2.32, table 6), by its first one and the steps to the next.
    let (first, step, down): (usize, isize, isize) = match orientation {
        2 => (width - 1, -1, width as isize),
        3 => (width * height - 1, -1, -(width as isize)),
        4 => (width * (height - 1), 1, -(width as isize)),
        5 => (0, width as isize, 1),
        6 => (width * (height - 1), -(width as isize), 1),
        7 => (width * height - 1, -(width as isize), -1),
        _ => (width - 1, width as isize, -1),
    };
    // In squares: what lies beside each other in one picture lies below each other in the other one, rows apart.
    for top in (0..new_height).step_by(SQUARE) {
        for left in (0..new_width).step_by(SQUARE) {
            let right = new_width.min(left + SQUARE);
            for y in top..new_height.min(top + SQUARE) {
                let start = first as isize + y as isize * down + left as isize * step;
                let row = &mut to[y * new_width + left..y * new_width + right];
                for (x, pixel) in row.iter_mut().enumerate() {
                    *pixel = from[(start + x as isize * step) as usize];
                }
            }
        }
    }
    let (width, height) =
        if is_on_its_side { (pixels.height, pixels.width) } else { (pixels.width, pixels.height) };
    Pixels { width, height, channels: pixels.channels, has_alpha: pixels.has_alpha, samples }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise, of which a half may be seen through.
    fn noise((width, height): (u32, u32), channels: Channels, has_alpha: bool) -> Pixels {
        let mut seed = 7_u32;
        let mut samples: Vec<u8> = (0..width * height * channels.bytes() as u32)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8
            })
            .collect();
        if channels == Channels::Rgba && !has_alpha {
            samples.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 255);
        }
        Pixels { width, height, channels, has_alpha, samples }
    }

    /// All rows at once, by the library's way for pixels whose kind is only known when it runs.
    fn whole(pixels: &Pixels, part: Option<Crop>, (width, height): (u32, u32)) -> Vec<u8> {
        use fast_image_resize::images::{Image, ImageRef};
        let kind = match pixels.channels {
            Channels::Rgb => fast_image_resize::PixelType::U8x3,
            Channels::Rgba => fast_image_resize::PixelType::U8x4,
        };
        let source = ImageRef::new(pixels.width, pixels.height, &pixels.samples, kind).unwrap();
        let mut whole = Image::new(width, height, kind);
        let mut options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
            .use_alpha(pixels.has_alpha);
        if let Some(Crop { left, top, width, height }) = part {
            options = options.crop(left.into(), top.into(), width.into(), height.into());
        }
        Resizer::new().resize(&source, &mut whole, &options).unwrap();
        whole.into_vec()
    }

    #[test]
    fn bands_come_to_the_same_as_all_rows_at_once() {
        let part = Crop { left: 11, top: 7, width: 301, height: 823 };
        let (opaque, seen_through) = ((Channels::Rgba, false), (Channels::Rgba, true));
        let photograph = (Channels::Rgb, false);
        for ((channels, has_alpha), part, (width, height)) in [
            (opaque, None, (150, 700)),
            (photograph, None, (150, 700)),
            (seen_through, None, (233, 513)),
            (photograph, Some(part), (170, 600)),
            (opaque, Some(part), (170, 600)),
            (seen_through, Some(part), (301, 823)),
            // Larger, and of no rows but one band's.
            (photograph, Some(part), (400, 1100)),
            (opaque, None, (90, 256)),
        ] {
            let pixels = noise((350, 900), channels, has_alpha);
            let made = resized(&pixels, part, ImageSize { width, height }).unwrap();
            let whole = whole(&pixels, part, (width, height));
            let differing = made.samples.iter().zip(&whole).filter(|(one, other)| one != other).count();
            assert_eq!(differing, 0, "{channels:?} {part:?} as {width} x {height}");
        }
    }

    #[test]
    fn three_bytes_a_pixel_come_to_the_same_colors_as_four() {
        let four = noise((640, 480), Channels::Rgba, false);
        let samples = four.samples.as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        let three = Pixels { channels: Channels::Rgb, samples, ..four.clone() };
        let size = ImageSize { width: 211, height: 159 };
        let part = Crop { left: 30, top: 20, width: 600, height: 450 };
        for orientation in [1, 6] {
            let made =
                |pixels: &Pixels| upright(resized(pixels, Some(part), size).unwrap(), orientation).rgba();
            assert_eq!(made(&three), made(&four));
        }
        assert_eq!(averaged(&three, part, size).samples, averaged(&four, part, size).samples);
    }

    #[test]
    fn each_pixel_goes_where_exif_says() {
        let (width, height) = (70, 45);
        let kinds = [Channels::Rgb, Channels::Rgba];
        for (channels, orientation) in kinds.iter().flat_map(|kind| (0..=9).map(|way| (*kind, way))) {
            let pixels = noise((width, height), channels, channels == Channels::Rgba);
            let (before, turned) = (pixels.rgba(), upright(pixels, orientation));
            let after = turned.rgba();
            let (right, bottom) = (width - 1, height - 1);
            for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
                let (to_x, to_y) = match orientation {
                    2 => (right - x, y),
                    3 => (right - x, bottom - y),
                    4 => (x, bottom - y),
                    5 => (y, x),
                    6 => (bottom - y, x),
                    7 => (bottom - y, right - x),
                    8 => (y, right - x),
                    _ => (x, y),
                };
                let (to, from) = (to_y * turned.width + to_x, y * width + x);
                assert_eq!(after[to as usize], before[from as usize], "{channels:?} {orientation}: {x}, {y}");
            }
        }
    }
}
