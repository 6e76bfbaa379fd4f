//! A picture's file without what its pixels don't need: no camera, no place, no name, no program, no second picture.
//!
//! Nothing is decoded, so nothing is lost of the picture. What is kept is listed, and anything else goes, also what nobody
//! knows today.

use super::parts::{self, Format, PNG, Part, marker};

/// The file without it; `None` for what can't be read, and for types of which nothing is known.
#[must_use]
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let format = parts::format(bytes)?;
    let parts = parts::all(format, bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    match format {
        Format::Jpeg => {}
        Format::Png => out.extend(PNG),
        Format::Webp => out.extend(&bytes[..12]),
    }
    for part in parts.iter().filter(|part| is_kept(bytes, format, part)) {
        let start = out.len();
        out.extend(&bytes[part.whole.clone()]);
        match (format, &part.name) {
            // A small second picture may be in there: version, density, and then how large it is.
            (Format::Jpeg, name) if *name == marker(0xe0) => {
                out.truncate(start);
                out.extend(b"\xff\xe0\0\x10");
                out.extend(&bytes[part.inside.clone()][..12]);
                out.extend([0, 0]);
            }
            // What is said to be in the file: no Exif, no XMP.
            (Format::Webp, b"VP8X") => out[start + 8] &= !0x0c,
            _ => {}
        }
    }
    if format == Format::Webp {
        let length = u32::try_from(out.len() - 8).ok()?;
        out[4..8].copy_from_slice(&length.to_le_bytes());
    }
    Some(out)
}

/// Do the pixels, or their colours, need this part?
pub(super) fn is_kept(bytes: &[u8], format: Format, part: &Part) -> bool {
    let inside = &bytes[part.inside.clone()];
    match format {
        Format::Jpeg => match part.name[1] {
            0xe0 => inside.starts_with(b"JFIF\0") && inside.len() >= 14,
            0xe2 => inside.starts_with(b"ICC_PROFILE\0"),
            // Which colours the numbers are.
            0xee => inside.starts_with(b"Adobe"),
            code => !matches!(code, 0xe0..=0xfe),
        },
        Format::Png => matches!(
            &part.name,
            b"IHDR"
                | b"PLTE"
                | b"IDAT"
                | b"IEND"
                | b"tRNS"
                | b"cHRM"
                | b"gAMA"
                | b"iCCP"
                | b"sBIT"
                | b"sRGB"
                | b"bKGD"
                | b"cICP"
                | b"mDCV"
                | b"cLLI"
                | b"acTL"
                | b"fcTL"
                | b"fdAT"
        ),
        Format::Webp => {
            matches!(&part.name, b"VP8 " | b"VP8L" | b"VP8X" | b"ANIM" | b"ANMF" | b"ALPH" | b"ICCP")
        }
    }
}
