//! What the files of pictures are made of: the segments of a JPEG, the chunks of a PNG, of a WebP.
//!
//! Sources: ITU-T T.81 annex B (JPEG), the PNG specification, third edition, section 5.3, and RFC 9649 (WebP). Nothing here
//! is decoded, and no length that a file claims is believed beyond the file's end.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The eight bytes with which a PNG begins.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The type of a picture's file, by how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// A photograph as JPEG.
    Jpeg,
    /// An image of pixels without loss, PNG.
    Png,
    /// WebP, with or without loss.
    Webp,
}

/// The type that a file begins as.
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    match () {
        () if bytes.starts_with(b"\xff\xd8\xff") => Some(Format::Jpeg),
        () if bytes.starts_with(PNG) => Some(Format::Png),
        () if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some(Format::Webp),
        () => None,
    }
}

/// All parts of a file of this type; `None` where the file ends before it should, or is none.
pub(super) fn all(format: Format, bytes: &[u8]) -> Option<Vec<Part>> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
    }
}

/// A part of a file: its name and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// A marker's second byte, or the four letters of a chunk.
    pub(super) name: [u8; 4],
    /// The whole part, with its name, length and checksum.
    pub(super) whole: Range<usize>,
    /// The bytes of its content.
    pub(super) inside: Range<usize>,
}

/// The name of a JPEG's marker as that of a part.
pub(super) const fn marker(code: u8) -> [u8; 4] {
    [0xff, code, 0, 0]
}

/// The segments of a JPEG from its start to its end; the pixels that follow a scan's header belong to it. `None` where the
/// file ends before the picture does. What follows the end isn't part of it: phones put a film or a second picture there.
fn jpeg(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut at = 2;
    let mut parts = vec![Part { name: marker(0xd8), whole: 0..2, inside: 2..2 }];
    loop {
        // Any number of these bytes may come before a marker.
        let start = at;
        while bytes.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let [0xff, code] = *bytes.get(at..at + 2)? else { return None };
        at += 2;
        if code == 0xd9 {
            parts.push(Part { name: marker(code), whole: start..at, inside: at..at });
            return Some(parts);
        }
        // Markers without a length.
        if matches!(code, 0x01 | 0xd0..=0xd7) {
            continue;
        }
        let length = usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let inside = at + 2..at + length;
        bytes.get(inside.clone()).filter(|_| length >= 2)?;
        at = inside.end;
        if code == 0xda {
            at = end_of_scan(bytes, at)?;
        }
        parts.push(Part { name: marker(code), whole: start..at, inside });
    }
}

/// Where the next marker is that ends the pixels which begin at `at`.
fn end_of_scan(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr(0xff, bytes.get(at..)?)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// The chunks of a PNG; `None` where the file ends before its last one.
fn png(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut at = PNG.len();
    let mut parts = Vec::new();
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let name: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let inside = at + 8..(at + 8).checked_add(usize::try_from(length).ok()?)?;
        let whole = at..inside.end.checked_add(4)?;
        bytes.get(whole.clone())?;
        at = whole.end;
        parts.push(Part { name, whole, inside });
        if &name == b"IEND" {
            return Some(parts);
        }
    }
}

/// The chunks of a WebP; `None` where the file ends before the length that it claims.
fn webp(bytes: &[u8]) -> Option<Vec<Part>> {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
    let end = usize::try_from(length).ok()?.checked_add(8)?;
    let bytes = bytes.get(..end)?;
    let mut at = 12;
    let mut parts = Vec::new();
    while at < end {
        let name: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?);
        let inside = at + 8..(at + 8).checked_add(usize::try_from(length).ok()?)?;
        bytes.get(inside.clone())?;
        // The last one may lack the byte that makes its length even.
        let whole = at..(inside.end + inside.len() % 2).min(end);
        at = whole.end;
        parts.push(Part { name, whole, inside });
    }
    Some(parts)
}
