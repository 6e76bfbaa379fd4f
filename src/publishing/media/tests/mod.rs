//! Pictures that these tests make themselves, and what becomes of them.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use moxcms::ColorProfile;

use super::pixels::Pixels;
use super::*;
use crate::content::image::{Focus, Framing, Ratio, fallback};
use crate::diag::Diagnostics;

mod avif;
mod kept;
mod spoilt;

/// A camera's note that the picture has to be turned, and where it was taken.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0]);
    exif.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0zqcamera");
    exif
}

const RED: [u8; 3] = [220, 40, 40];
const GREEN: [u8; 3] = [40, 180, 60];
const BLUE: [u8; 3] = [40, 60, 200];
const WHITE: [u8; 3] = [240, 240, 240];

/// Four quarters: at the top left and right, at the bottom left and right.
fn quarters(width: u32, height: u32, [a, b, c, d]: [[u8; 3]; 4]) -> Vec<u8> {
    let mut rgb = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let color = match (x < width / 2, y < height / 2) {
                (true, true) => a,
                (false, true) => b,
                (true, false) => c,
                (false, false) => d,
            };
            rgb.extend(color);
        }
    }
    rgb
}

/// With a little noise, so that it doesn't become too small a file.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 1_u32;
    let mut rgb = quarters(width, height, [RED, GREEN, BLUE, WHITE]);
    for byte in &mut rgb {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = byte.saturating_sub((seed >> 27) as u8);
    }
    rgb
}

/// What a JPEG has besides pixels.
#[derive(Default)]
struct Extras {
    orientation: Option<u8>,
    profile: Option<Vec<u8>>,
    is_progressive: bool,
}

fn jpeg((width, height): (u32, u32), rgb: &[u8], extras: &Extras) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 95);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    encoder.set_progressive(extras.is_progressive);
    if let Some(orientation) = extras.orientation {
        encoder.add_exif_metadata(&exif(orientation)).unwrap();
        encoder
            .add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x GPSLatitude='zqplace'/>".to_vec())
            .unwrap();
        encoder.add_app_segment(13, b"Photoshop 3.0\x008BIM\x04\x04zqcaption".to_vec()).unwrap();
    }
    if let Some(profile) = &extras.profile {
        encoder.add_icc_profile(profile).unwrap();
    }
    let (width, height) = (u16::try_from(width).unwrap(), u16::try_from(height).unwrap());
    encoder.encode(rgb, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

fn png_of(
    (width, height): (u32, u32),
    (color, depth): (png::ColorType, png::BitDepth),
    pixels: &[u8],
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.add_text_chunk("Comment".into(), "zqcomment".into()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_chunk(png::chunk::eXIf, &exif(1)).unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    out
}

/// A WebP in the long form, with room for what cameras write.
fn webp_of((width, height): (u32, u32), rgb: &[u8], orientation: u8) -> Vec<u8> {
    let plain = webp::Encoder::new(rgb, webp::PixelLayout::Rgb, width, height).encode(95.0).to_vec();
    let mut chunks = b"VP8X\x0a\0\0\0\x0c\0\0\0".to_vec();
    chunks.extend(&(width - 1).to_le_bytes()[..3]);
    chunks.extend(&(height - 1).to_le_bytes()[..3]);
    chunks.extend(&plain[12..]);
    for (name, text) in [(b"EXIF", exif(orientation)), (b"XMP ", b"<x>zqcaption</x>".to_vec())] {
        chunks.extend(name);
        chunks.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
        chunks.extend(&text);
        chunks.extend(vec![0; text.len() % 2]);
    }
    let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [b"RIFF".as_slice(), &length, b"WEBP", &chunks].concat()
}

fn picture(bytes: &[u8]) -> Picture {
    match find("x.jpg", bytes) {
        Some(Found::Picture(picture)) => picture,
        other => panic!("{other:?}"),
    }
}

fn pixels(bytes: &[u8]) -> Pixels {
    decode::decode(bytes, picture(bytes).format).unwrap().pixels
}

/// The colours in the middle of the four quarters.
fn seen(pixels: &Pixels) -> [[u8; 3]; 4] {
    let at = |x: u32, y: u32| {
        let at = (y * pixels.width + x) as usize * pixels.channels.bytes();
        [pixels.samples[at], pixels.samples[at + 1], pixels.samples[at + 2]]
    };
    let (x, y) = (pixels.width / 4, pixels.height / 4);
    [at(x, y), at(3 * x, y), at(x, 3 * y), at(3 * x, 3 * y)]
}

fn assert_near(found: [[u8; 3]; 4], expected: [[u8; 3]; 4], most: u8, what: &str) {
    let far = found.as_flattened().iter().zip(expected.as_flattened()).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(far.unwrap() <= most, "{what}: {found:?}, not {expected:?}");
}

/// Words that the tests put beside pixels.
fn assert_clean(bytes: &[u8], what: &str) {
    for word in
        ["zqcamera", "zqplace", "zqcaption", "zqcomment", "Exif", "8BIM", "ns.adobe.com", "eXIf", "tEXt"]
    {
        assert!(memchr::memmem::find(bytes, word.as_bytes()).is_none(), "{what}: {word}");
    }
    assert!(!picture(bytes).has_metadata, "{what}");
}

fn all_of(bytes: &[u8]) -> Vec<(Variant, Vec<u8>)> {
    let picture = picture(bytes);
    let mut wanted = variants(&picture, None);
    wanted.push(fallback(&picture, None));
    let made = derived(bytes.to_vec(), &picture, &wanted, &encoded(Effort::Quick)).unwrap();
    wanted.into_iter().zip(made).collect()
}

#[test]
fn all_eight_orientations_come_out_upright() {
    // What is stored at the top left and right, at the bottom left and right, as it is seen (Exif 2.32, table 6).
    let stored = [RED, GREEN, BLUE, WHITE];
    let expected = [
        [RED, GREEN, BLUE, WHITE],
        [GREEN, RED, WHITE, BLUE],
        [WHITE, BLUE, GREEN, RED],
        [BLUE, WHITE, RED, GREEN],
        [RED, BLUE, GREEN, WHITE],
        [BLUE, RED, WHITE, GREEN],
        [WHITE, GREEN, BLUE, RED],
        [GREEN, WHITE, RED, BLUE],
    ];
    let rgb = quarters(600, 400, stored);
    for (orientation, expected) in (1..).zip(expected) {
        let extras = Extras { orientation: Some(orientation), ..Extras::default() };
        for (kind, bytes) in
            [("JPEG", jpeg((600, 400), &rgb, &extras)), ("WebP", webp_of((600, 400), &rgb, orientation))]
        {
            let size = if orientation < 5 { (600, 400) } else { (400, 600) };
            let found = picture(&bytes);
            assert_eq!((found.size.width, found.size.height), size, "{kind} {orientation}");
            for (variant, made) in all_of(&bytes) {
                let what = format!("{kind} {orientation} {}", variant.name(&found));
                let pixels = pixels(&made);
                assert_eq!(pixels.size(), variant.size(), "{what}");
                assert_near(seen(&pixels), expected, 12, &what);
                assert_clean(&made, &what);
            }
            // The file itself, where a text links to it.
            let own = published("x.jpg", bytes).unwrap();
            assert_near(seen(&pixels(&own)), expected, 12, &format!("{kind} {orientation}, its own file"));
            assert_clean(&own, kind);
            assert_eq!(picture(&own).orientation, 1);
        }
    }
}

/// A picture whose colours say where in it they are: the redder, the further to the right, the greener, the lower.
fn places(width: u32, height: u32) -> Vec<u8> {
    let shade = |at: u32, all: u32| (at * 255 / all) as u8;
    (0..height).flat_map(|y| (0..width).flat_map(move |x| [shade(x, width), shade(y, height), 90])).collect()
}

/// The colours near the corners of a part of a picture.
fn corners(pixels: &Pixels, part: Crop) -> [[u8; 3]; 4] {
    let at = |x: u32, y: u32| {
        let (x, y) = (part.left + part.width * x / 8, part.top + part.height * y / 8);
        let at = (y * pixels.width + x) as usize * pixels.channels.bytes();
        [pixels.samples[at], pixels.samples[at + 1], pixels.samples[at + 2]]
    };
    [at(1, 1), at(7, 1), at(1, 7), at(7, 7)]
}

#[test]
fn what_is_cut_shows_the_part_that_its_author_means_whichever_side_is_up() {
    let rgb = places(640, 480);
    for orientation in 1..=8 {
        let extras = Extras { orientation: Some(orientation), ..Extras::default() };
        let bytes = jpeg((640, 480), &rgb, &extras);
        let picture = picture(&bytes);
        let whole = resize::upright(pixels(&bytes), orientation);
        for (ratio, focus) in [
            (Ratio::COVER, "50% 0%"),
            (Ratio::COVER, "50% 100%"),
            (Ratio::FACE, "0% 0%"),
            (Ratio::FACE, "100% 100%"),
            (Ratio::FACE, "40% 60%"),
        ] {
            let what = format!("{orientation} {ratio:?} {focus}");
            let crop = Framing { ratio: Some(ratio), focus: Focus::parse(focus) }.crop(picture.size).unwrap();
            let mut wanted = variants(&picture, Some(crop));
            assert_eq!(wanted.last().map(Variant::size), Some(crop.size()), "{what}");
            wanted.push(fallback(&picture, Some(crop)));
            // The whole one beside it, from the same file.
            wanted.push(fallback(&picture, None));
            let made = derived(bytes.clone(), &picture, &wanted, &encoded(Effort::Quick)).unwrap();
            for (variant, made) in wanted.iter().zip(made) {
                let (size, expected) = (variant.size(), variant.crop.unwrap_or(all_of_it(picture.size)));
                let pixels = pixels(&made);
                assert_eq!(pixels.size(), size, "{what}");
                assert_near(corners(&pixels, all_of_it(size)), corners(&whole, expected), 8, &what);
                assert_clean(&made, &what);
            }
        }
    }
}

fn all_of_it(ImageSize { width, height }: ImageSize) -> Crop {
    Crop { left: 0, top: 0, width, height }
}

#[test]
fn the_bytes_of_one_size_do_not_depend_on_which_others_are_made() {
    let bytes = jpeg((900, 700), &photo(900, 700), &Extras::default());
    let picture = picture(&bytes);
    let crop = |ratio| Framing { ratio, focus: None }.crop(picture.size);
    let parts = [None, crop(Some(Ratio::COVER)), crop(Some(Ratio::FACE))];
    let wanted: Vec<Variant> = parts
        .into_iter()
        .flat_map(|part| variants(&picture, part).into_iter().chain([fallback(&picture, part)]))
        .collect();
    let names: Vec<String> = wanted.iter().map(|variant| variant.name(&picture)).collect();
    assert_eq!(
        names.join(" "),
        "480.webp 800.webp 900.webp 900.jpg y97h506-320.webp y97h506-480.webp y97h506-800.webp \
        y97h506-900.webp y97h506-900.jpg x100w700-200.webp x100w700-480.webp x100w700-700.webp x100w700-700.jpg"
    );
    let all = derived(bytes.clone(), &picture, &wanted, &encoded(Effort::Quick)).unwrap();
    for (variant, together) in wanted.iter().zip(all) {
        let alone = derived(bytes.clone(), &picture, &[*variant], &encoded(Effort::Quick)).unwrap();
        assert!(alone[0] == together, "{}", variant.name(&picture));
    }
}

/// From a profile's numbers to sRGB's, by the definitions of both: what brings colours to light, and the matrix between
/// their primaries.
fn by_hand(color: [u8; 3], to_light: impl Fn(f64) -> f64, matrix: [[f64; 3]; 3]) -> [u8; 3] {
    let light = color.map(|value| to_light(f64::from(value) / 255.0));
    matrix.map(|row| {
        let value: f64 = row.iter().zip(light).map(|(factor, value)| factor * value).sum();
        let value = value.clamp(0.0, 1.0);
        let curved = if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
        (curved * 255.0).round() as u8
    })
}

#[test]
fn three_profiles_come_out_in_the_colours_of_every_screen() {
    let srgb =
        |value: f64| if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
    let same = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    let p3 = [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]];
    let adobe = [[1.3984, -0.3984, 0.0], [0.0, 1.0, 0.0], [0.0, -0.0429, 1.0429]];
    let colors = [[200, 120, 90], [120, 160, 120], [90, 100, 180], [255, 128, 0]];
    let gamma = |value: f64| value.powf(563.0 / 256.0);
    let expected: [(&str, ColorProfile, [[u8; 3]; 4]); 3] = [
        ("sRGB", ColorProfile::new_srgb(), colors.map(|color| by_hand(color, srgb, same))),
        ("Display P3", ColorProfile::new_display_p3(), colors.map(|color| by_hand(color, srgb, p3))),
        ("Adobe RGB", ColorProfile::new_adobe_rgb(), colors.map(|color| by_hand(color, gamma, adobe))),
    ];
    for (name, profile, expected) in expected {
        let profile = profile.encode().unwrap();
        let extras = Extras { profile: Some(profile.clone()), ..Extras::default() };
        let bytes = jpeg((640, 480), &quarters(640, 480, colors), &extras);
        for (variant, made) in all_of(&bytes) {
            let what = format!("{name} {}", variant.width);
            assert_near(seen(&pixels(&made)), expected, 6, &what);
            assert!(memchr::memmem::find(&made, b"acsp").is_none(), "{what}: no profile is left");
        }
        // Where nothing is decoded, the profile is needed.
        let own = published("x.jpg", bytes.clone()).unwrap();
        assert!(memchr::memmem::find(&own, b"acsp").is_some(), "{name}");
        assert_near(seen(&pixels(&own)), seen(&pixels(&bytes)), 0, name);
    }
}

#[test]
fn every_kind_of_pixel_is_read() {
    use png::{BitDepth, ColorType};
    let size = (600, 400);
    let rgb = quarters(600, 400, [RED, GREEN, BLUE, WHITE]);
    let grey = [[60; 3], [120; 3], [180; 3], [240; 3]];
    let greys: Vec<u8> = quarters(600, 400, grey).chunks(3).map(|pixel| pixel[0]).collect();
    let bits = [[255; 3], [0; 3], [0; 3], [255; 3]];
    let one_bit: Vec<u8> = (0..400_usize)
        .flat_map(|y| {
            (0..75_usize).map(move |x| match ((x < 37), y < 200) {
                (true, true) | (false, false) => 0xff,
                _ => 0,
            })
        })
        .collect();
    let sixteen: Vec<u8> = rgb.iter().flat_map(|byte| [*byte, 0x55]).collect();
    let progressive = Extras { is_progressive: true, ..Extras::default() };
    for (what, bytes, expected) in [
        ("RGB", png_of(size, (ColorType::Rgb, BitDepth::Eight), &rgb), [RED, GREEN, BLUE, WHITE]),
        ("16 bits", png_of(size, (ColorType::Rgb, BitDepth::Sixteen), &sixteen), [RED, GREEN, BLUE, WHITE]),
        ("grey", png_of(size, (ColorType::Grayscale, BitDepth::Eight), &greys), grey),
        ("one bit", png_of(size, (ColorType::Grayscale, BitDepth::One), &one_bit), bits),
        ("baseline", jpeg(size, &rgb, &Extras::default()), [RED, GREEN, BLUE, WHITE]),
        ("progressive", jpeg(size, &rgb, &progressive), [RED, GREEN, BLUE, WHITE]),
    ] {
        for (variant, made) in all_of(&bytes) {
            assert_near(seen(&pixels(&made)), expected, 14, &format!("{what} {}", variant.width));
            assert_clean(&made, what);
        }
    }
}

#[test]
fn inks_become_light() {
    // What programs for print write: cyan, magenta, yellow, black, as they are and as a difference of colours.
    let inks = [[0, 255, 255, 0], [255, 0, 255, 0], [255, 255, 0, 0], [0, 0, 0, 128]];
    let mut cmyk = Vec::new();
    for y in 0..400 {
        for x in 0..600 {
            cmyk.extend(inks[usize::from(x >= 300) + 2 * usize::from(y >= 200)]);
        }
    }
    let light = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [127, 127, 127]];
    for kind in [jpeg_encoder::ColorType::Cmyk, jpeg_encoder::ColorType::CmykAsYcck] {
        let mut bytes = Vec::new();
        jpeg_encoder::Encoder::new(&mut bytes, 95).encode(&cmyk, 600, 400, kind).unwrap();
        for (variant, made) in all_of(&bytes) {
            assert_near(seen(&pixels(&made)), light, 8, &format!("{kind:?} {}", variant.width));
        }
        let own = published("x.jpg", bytes).unwrap();
        assert!(memchr::memmem::find(&own, b"Adobe").is_some(), "which inks they are");
    }
}

#[test]
fn what_is_transparent_stays_so() {
    let rgba: Vec<u8> = quarters(600, 400, [RED, GREEN, BLUE, WHITE])
        .chunks(3)
        .enumerate()
        .flat_map(|(at, pixel)| [pixel[0], pixel[1], pixel[2], if at % 600 < 300 { 0 } else { 255 }])
        .collect();
    let bytes = png_of((600, 400), (png::ColorType::Rgba, png::BitDepth::Eight), &rgba);
    let made = all_of(&bytes);
    let picture = picture(&bytes);
    let names: Vec<String> = made.iter().map(|(variant, _)| variant.name(&picture)).collect();
    assert_eq!(names, ["480.webp", "600.webp", "600.png"]);
    for (variant, made) in made {
        let pixels = pixels(&made);
        let alpha = |x: u32| pixels.rgba()[(pixels.height / 2 * pixels.width + x) as usize][3];
        assert_eq!((alpha(pixels.width / 4), alpha(pixels.width * 3 / 4)), (0, 255), "{}", variant.width);
    }
}

#[test]
fn what_is_published_as_it_is_loses_nothing_but_its_metadata() {
    let rgb = photo(60, 40);
    let eight = (png::ColorType::Rgb, png::BitDepth::Eight);
    let with_exif = Extras { orientation: Some(1), ..Extras::default() };
    let film = [jpeg((60, 40), &rgb, &with_exif), b"zqcamera: a film behind the picture".to_vec()].concat();
    for bytes in
        [jpeg((60, 40), &rgb, &with_exif), film, png_of((60, 40), eight, &rgb), webp_of((60, 40), &rgb, 1)]
    {
        let own = published("x", bytes.clone()).unwrap();
        assert_clean(&own, "its own file");
        assert_eq!(pixels(&own).rgba(), pixels(&bytes).rgba(), "pixel by pixel");
        assert_eq!(published("x", own.clone()).unwrap(), own, "there is nothing left to take off");
    }
    assert_eq!(published("x.txt", b"Exif".to_vec()).unwrap(), b"Exif");
    // What moves keeps moving.
    let mut moving = Vec::new();
    let mut encoder = png::Encoder::new(&mut moving, 6, 4);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_animated(2, 0).unwrap();
    encoder.add_text_chunk("Comment".into(), "zqcomment".into()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for shade in [0, 255] {
        writer.write_image_data(&[shade; 24]).unwrap();
    }
    writer.finish().unwrap();
    let own = published("x.png", moving).unwrap();
    assert!(picture(&own).is_animated);
    assert_clean(&own, "what moves");
}

#[test]
fn widths_end_where_the_picture_does() {
    let widths = |width: u32, height: u32| {
        let bytes = png_of((60, 40), (png::ColorType::Rgb, png::BitDepth::Eight), &photo(60, 40));
        let picture = Picture { size: ImageSize { width, height }, ..picture(&bytes) };
        let all: Vec<(u32, u32)> =
            variants(&picture, None).iter().map(|one| (one.width, one.height)).collect();
        let fallback = fallback(&picture, None);
        (all, (fallback.width, fallback.height))
    };
    let all = vec![(480, 360), (800, 600), (1200, 900), (1600, 1200), (2400, 1800)];
    assert_eq!(widths(4000, 3000), (all, (1200, 900)));
    // The cover of a podcast.
    assert_eq!(widths(3000, 3000).1, (1400, 1400));
    assert_eq!(widths(300, 400), (vec![(300, 400)], (300, 400)));
    assert_eq!(widths(1250, 1000), (vec![(480, 384), (800, 640), (1250, 1000)], (1200, 960)));
    // WebP has no more pixels on a side.
    let (all, _) = widths(1000, 20_000);
    assert_eq!(all.last(), Some(&(800, 16_000)));
}
