//! What a photograph or drawing of pixels says of itself, without decoding it: type, size, which side is up, and what should
//! not go out with it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::exif::{self, Exif};
use super::parts::{self, Format, Part, marker};
use super::{Fault, ImageSize, strip};
use crate::encode::bytes::hex;

/// The longest side of a picture that is decoded.
pub const MAX_SIDE: u32 = 20_000;

/// The most pixels of a picture that is decoded: a phone's largest is 50 million.
pub const MAX_PIXELS: u64 = 80_000_000;

/// Files up to this size are published as they are: smaller ones would save nothing.
const SMALL: usize = 12 * 1024;

/// What is part of a picture's address and of its place in the cache: another encoder makes other bytes, which hosts must
/// not take for those that they have.
const ENCODER: &[u8] = b"ringback images 1\0";

/// A picture whose pixels can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its type, whatever its name says.
    pub format: Format,
    /// Its size in pixels, once it is upright.
    pub size: ImageSize,
    /// What makes it upright: 1 to 8, as Exif counts.
    pub orientation: u8,
    /// May something of it be transparent?
    pub has_alpha: bool,
    /// Does it have several frames?
    pub is_animated: bool,
    /// Is it too small a file for others to be made of it?
    pub is_small: bool,
    /// Is there anything in it besides pixels and their colours?
    pub has_metadata: bool,
    /// Does it say where it was taken?
    pub has_place: bool,
    /// Sixteen hexadecimal digits: others for other bytes, and for another encoder.
    pub print: String,
}

impl Picture {
    /// Are others made of it, and shown in its place? Of what moves or is small, none are.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        !self.is_animated && !self.is_small
    }
}

/// What a file that ought to be a picture is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// One that can be shown, and other sizes made of it.
    Picture(Picture),
    /// None that can be shown.
    Broken(Fault),
}

/// Looks at the whole of the file at `path`; `None` for what is no picture, or one of a type that says nothing of the kind.
#[must_use]
pub fn find(path: &str, bytes: &[u8]) -> Option<Found> {
    if bytes.is_empty() && is_raster(path) {
        return Some(Found::Broken(Fault::Empty));
    }
    let Some(format) = parts::format(bytes) else { return other_type(path, bytes).map(Found::Broken) };
    let Some(parts) = parts::all(format, bytes) else { return Some(Found::Broken(Fault::Damaged)) };
    let header = match format {
        Format::Jpeg => jpeg(bytes, &parts),
        Format::Png => png(bytes, &parts),
        Format::Webp => webp(bytes, &parts),
    };
    let Some(header) = header.filter(|header| header.width > 0 && header.height > 0) else {
        return Some(Found::Broken(Fault::Damaged));
    };
    let pixels = u64::from(header.width) * u64::from(header.height);
    if header.width.max(header.height) > MAX_SIDE || pixels > MAX_PIXELS {
        return Some(Found::Broken(Fault::TooLarge));
    }
    if format == Format::Jpeg && is_apart(bytes, &parts) {
        return Some(Found::Broken(Fault::Apart));
    }
    let exif = exif(bytes, format, &parts);
    let orientation = exif.map_or(1, |exif| exif.orientation);
    let (width, height) = match orientation {
        5..=8 => (header.height, header.width),
        _ => (header.width, header.height),
    };
    let kept: usize =
        parts.iter().filter(|part| strip::is_kept(bytes, format, part)).map(|part| part.whole.len()).sum();
    let all: usize = bytes.len() - if format == Format::Jpeg { 0 } else { parts[0].whole.start };
    Some(Found::Picture(Picture {
        format,
        size: ImageSize { width, height },
        orientation,
        has_alpha: header.has_alpha,
        is_animated: header.is_animated,
        // What has to be turned is made anew in any case.
        is_small: bytes.len() <= SMALL && orientation == 1,
        has_metadata: kept != all,
        has_place: exif.is_some_and(|exif| exif.has_place) || names_a_place(bytes, format, &parts),
        print: hex(&Sha256::new().chain_update(ENCODER).chain_update(bytes).finalize()[..8]),
    }))
}

/// Does the file's ending say that it is a picture of pixels, whose whole file is looked at?
#[must_use]
pub fn is_raster(path: &str) -> bool {
    let endings = ["avif", "heic", "heif", "jfif", "jpe", "jpeg", "jpg", "png", "tif", "tiff", "webp"];
    super::ending(path).is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// What is wrong with a picture of a type that isn't read.
fn other_type(path: &str, bytes: &[u8]) -> Option<Fault> {
    if !is_raster(path) {
        return None;
    }
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return Some(Fault::NotForBrowsers);
    }
    // ISO/IEC 14496-12, 4.3: the first brand says what the file is.
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    if !matches!(bytes.get(8..12)?, b"avif" | b"avis") {
        return Some(Fault::NotForBrowsers);
    }
    // An entry for an item has its type after its number, which has two bytes, or four (the same, 8.11.6).
    let is_metadata = |at: usize| {
        [at + 12, at + 14].iter().any(|at| matches!(bytes.get(*at..at + 4), Some(b"Exif" | b"mime")))
    };
    memchr::memmem::find_iter(bytes, b"infe").any(is_metadata).then_some(Fault::KeepsMetadata)
}

/// What the header of a picture says.
struct Header {
    width: u32,
    height: u32,
    has_alpha: bool,
    is_animated: bool,
}

fn jpeg(bytes: &[u8], parts: &[Part]) -> Option<Header> {
    let is_frame =
        |part: &&Part| matches!(part.name[1], 0xc0..=0xcf) && !matches!(part.name[1], 0xc4 | 0xc8 | 0xcc);
    let frame = &bytes[parts.iter().find(is_frame)?.inside.clone()];
    let [_, h1, h0, w1, w0, ..] = *frame else { return None };
    let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    Some(Header { width: width.into(), height: height.into(), has_alpha: false, is_animated: false })
}

/// Does a JPEG that isn't progressive have more than one scan, of colours of different sizes?
fn is_apart(bytes: &[u8], parts: &[Part]) -> bool {
    let is_sequential = |part: &&Part| matches!(part.name[1], 0xc0 | 0xc1);
    let Some(frame) = parts.iter().find(is_sequential) else { return false };
    let scans = parts.iter().filter(|part| part.name == marker(0xda)).count();
    // Each colour: its number, how large it is, and its table (T.81, B.2.2).
    let colors = bytes[frame.inside.clone()].get(6..).unwrap_or_default().chunks(3);
    let sizes: BTreeSet<u8> = colors.filter_map(|color| color.get(1).copied()).collect();
    scans > 1 && sizes.len() > 1
}

fn png(bytes: &[u8], parts: &[Part]) -> Option<Header> {
    let first = parts.first().filter(|part| &part.name == b"IHDR")?;
    let header: &[u8; 13] = bytes[first.inside.clone()].try_into().ok()?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    let has = |name: &[u8; 4]| parts.iter().any(|part| &part.name == name);
    Some(Header {
        width: number(0)?,
        height: number(4)?,
        has_alpha: matches!(header[9], 4 | 6) || has(b"tRNS"),
        is_animated: has(b"acTL"),
    })
}

fn webp(bytes: &[u8], parts: &[Part]) -> Option<Header> {
    let first = parts.first()?;
    let inside = &bytes[first.inside.clone()];
    let three = |at: usize| {
        Some(u32::from_le_bytes([*inside.get(at)?, *inside.get(at + 1)?, *inside.get(at + 2)?, 0]))
    };
    let number = |at: usize| Some(u32::from(u16::from_le_bytes(inside.get(at..at + 2)?.try_into().ok()?)));
    let (width, height, has_alpha, is_animated) = match &first.name {
        b"VP8X" => {
            let flags = *inside.first()?;
            (three(4)? + 1, three(7)? + 1, flags & 0x10 != 0, flags & 0x02 != 0)
        }
        b"VP8L" => {
            let bits = u32::from_le_bytes(inside.get(1..5)?.try_into().ok()?);
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, bits >> 28 & 1 != 0, false)
        }
        b"VP8 " => (number(6)? & 0x3fff, number(8)? & 0x3fff, false, false),
        _ => return None,
    };
    Some(Header { width, height, has_alpha, is_animated })
}

/// What the camera says, where it says something.
fn exif(bytes: &[u8], format: Format, parts: &[Part]) -> Option<Exif> {
    parts.iter().find_map(|part| {
        let inside = &bytes[part.inside.clone()];
        match (format, &part.name) {
            (Format::Jpeg, name) if *name == marker(0xe1) => exif::read(inside.strip_prefix(b"Exif\0\0")?),
            (Format::Png, b"eXIf") => exif::read(inside),
            // Some programs write the beginning that only a JPEG needs.
            (Format::Webp, b"EXIF") => exif::read(inside.strip_prefix(b"Exif\0\0").unwrap_or(inside)),
            _ => None,
        }
    })
}

/// Is there a place in the XML that programs write?
fn names_a_place(bytes: &[u8], format: Format, parts: &[Part]) -> bool {
    let dropped = parts.iter().filter(|part| !strip::is_kept(bytes, format, part));
    dropped
        .map(|part| &bytes[part.inside.clone()])
        .any(|text| memchr::memmem::find(text, b"GPSLatitude").is_some())
}
