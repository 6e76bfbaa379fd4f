//! The size of an image, from the first bytes of its file, and what a file of pixels says besides ([`Picture`]).

mod crop;
mod exif;
mod fault;
mod gif;
mod parts;
mod picture;
mod strip;
mod variant;

pub use crop::{Crop, Focus, Framing, Ratio};
pub use fault::Fault;
pub use gif::strip_gif;
pub use parts::Format;
pub use picture::{Found, MAX_PIXELS, MAX_SIDE, Picture, find, is_raster};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::{Deserialize, Serialize};
pub use strip::strip;
pub use variant::{Encoding, Variant, fallback, for_gate, variants};

/// How much of a file is read at first; a camera's preview can push the size further back than this.
pub const START: u64 = 64 * 1024;

/// The endings of images whose size is read.
const ENDINGS: &[&str] = &["avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"];

/// Width and height, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageSize {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

/// Does the file's ending say that it is an image?
#[must_use]
pub fn is_image(path: &str) -> bool {
    ending(path).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn ending(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// The size of the image that begins with `bytes`; `None` where they don't tell.
#[must_use]
pub fn size(path: &str, bytes: &[u8]) -> Option<ImageSize> {
    if ending(path).as_deref() == Some("svg") {
        return svg_size(bytes);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    let fit = |n: usize| u32::try_from(n).ok().filter(|n| *n > 0);
    Some(ImageSize { width: fit(size.width)?, height: fit(size.height)? })
}

/// From `width` and `height` of the root element, or else its `viewBox` (SVG 2, 8.2).
fn svg_size(bytes: &[u8]) -> Option<ImageSize> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    let root = loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(element) | Event::Empty(element) => break element.into_owned(),
            Event::Eof => return None,
            _ => buffer.clear(),
        }
    };
    let attribute = |name: &str| {
        let found = root.try_get_attribute(name).ok()??;
        Some(found.value.into_owned())
    };
    let pixels = |text: String| text.trim_end_matches("px").trim().parse::<f64>().ok();
    let size = match (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let parts: Vec<f64> =
                attribute("viewBox")?.split([' ', ',']).filter_map(|part| part.trim().parse().ok()).collect();
            (*parts.get(2)?, *parts.get(3)?)
        }
    };
    let fit = |n: f64| (1.0..100_000.0).contains(&n).then(|| n.round() as u32);
    Some(ImageSize { width: fit(size.0)?, height: fit(size.1)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_by_size_or_view_box() {
        let size = |text: &str| size("x.svg", text.as_bytes()).map(|s| (s.width, s.height));
        assert_eq!(size("<?xml version=\"1.0\"?><svg width=\"40px\" height=\"30\"/>"), Some((40, 30)));
        assert_eq!(size("<svg viewBox=\"0 0 1200 630\" xmlns=\"x\"><g/></svg>"), Some((1200, 630)));
        assert_eq!(size("<svg width=\"100%\"/>"), None);
        assert_eq!(size("no"), None);
    }

    #[test]
    fn not_an_image() {
        assert_eq!(super::size("x.png", b"text"), None);
    }
}
