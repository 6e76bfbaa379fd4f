//! A QR code as SVG, for the command line. In the browser `share.js` draws the same one; a test compares them.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// Modules of white around a code: readers need them (ISO/IEC 18004).
const EDGE: i32 = 4;

/// The modules of the QR code of a text, by rows; `None` where it is longer than any code.
#[must_use]
pub fn modules(text: &str) -> Option<Vec<Vec<bool>>> {
    // As bytes and with what is corrected fixed, because `share.js` knows no other way.
    let segments = [QrSegment::make_bytes(text.as_bytes())];
    let (least, most) = (Version::MIN, Version::MAX);
    let code =
        QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, None, false).ok()?;
    let all = 0..code.size();
    Some(all.clone().map(|y| all.clone().map(|x| code.get_module(x, y)).collect()).collect())
}

/// The QR code of a text as a picture; `None` where it is longer than any code.
#[must_use]
pub fn svg(text: &str) -> Option<String> {
    let rows = modules(text)?;
    let size = i32::try_from(rows.len()).ok()? + 2 * EDGE;
    let mut path = String::new();
    for (y, row) in (EDGE..).zip(&rows) {
        for (x, _) in (EDGE..).zip(row).filter(|(_, dark)| **dark) {
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>\n"
    ))
}
