//! A picture with a palette as PNG (W3C, Portable Network Graphics, third edition).

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::canvas::{HEIGHT, WIDTH};
use super::colors::Reduced;

/// What the size is worth: a level more costs a third more time for two per cent.
const LEVEL: u32 = 4;

/// The file of a card.
#[must_use]
pub(super) fn file(picture: &Reduced) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    // Eight bits a point, by a palette, and the only methods that there are.
    let head = [&WIDTH.to_be_bytes()[..], &HEIGHT.to_be_bytes()[..], &[8, 3, 0, 0, 0]].concat();
    chunk(&mut png, *b"IHDR", &head);
    chunk(&mut png, *b"PLTE", picture.palette.as_flattened());
    let mut packed = ZlibEncoder::new(Vec::with_capacity(48 * 1024), Compression::new(LEVEL));
    // A palette's indexes aren't measures of anything, so no row is told as the difference from another.
    let rows = picture.indexes.chunks(WIDTH as usize);
    let done: std::io::Result<()> = (|| {
        for row in rows {
            packed.write_all(&[0])?;
            packed.write_all(row)?;
        }
        Ok(())
    })();
    // Nothing fails to be written into memory.
    let packed = done.and_then(|()| packed.finish()).unwrap_or_default();
    chunk(&mut png, *b"IDAT", &packed);
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let length = crate::ids::number(data.len());
    png.extend(length.to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let mut check = Crc::new();
    check.update(&png[start..]);
    png.extend(check.sum().to_be_bytes());
}
