//! The sizes and types in which a picture is published.

use super::{Format, ImageSize, Picture};

/// Widths in pixels. The narrowest is for a phone's column, the widest for a cover on a screen of two pixels to one.
const WIDTHS: &[u32] = &[480, 800, 1200, 1600, 2400];

/// The width of the one that everybody can show.
const FALLBACK: u32 = 1200;

/// The same of a square one, which may be the cover of a podcast: directories take none below this.
const COVER: u32 = 1400;

/// The width behind a gate, where browsers can't choose.
const GATED: u32 = 1600;

/// WebP has no more pixels on a side than 16,383 (RFC 9649, section 2.4.1).
const MAX_WEBP: u32 = 16_000;

/// A picture in another size and type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its type.
    pub format: Format,
}

impl Variant {
    fn new(size: ImageSize, width: u32, format: Format) -> Self {
        let height = u64::from(size.height) * u64::from(width) + u64::from(size.width) / 2;
        let height = u32::try_from(height / u64::from(size.width)).unwrap_or(u32::MAX).max(1);
        Self { width, height, format }
    }

    /// Its size.
    #[must_use]
    pub fn size(&self) -> ImageSize {
        ImageSize { width: self.width, height: self.height }
    }

    /// The end of its file's name: `800.webp`.
    #[must_use]
    pub fn name(&self) -> String {
        let ending = match self.format {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Webp => "webp",
        };
        format!("{}.{ending}", self.width)
    }
}

/// The largest width in which a picture is published: never more than it has.
fn widest(picture: &Picture) -> u32 {
    let ImageSize { width, height } = picture.size;
    let widest = WIDTHS[WIDTHS.len() - 1].min(width);
    // A long drawing is as high as the type allows.
    let fits = u64::from(width) * u64::from(MAX_WEBP) / u64::from(height);
    widest.min(u32::try_from(fits).unwrap_or(u32::MAX)).max(1)
}

/// A picture as WebP, the narrowest first. The last one is as wide as the picture, or as any is published.
#[must_use]
pub fn variants(picture: &Picture) -> Vec<Variant> {
    let widest = widest(picture);
    // One that is nearly as wide would save nothing.
    let narrower = WIDTHS.iter().copied().filter(|width| *width * 10 < widest * 9);
    narrower.chain([widest]).map(|width| Variant::new(picture.size, width, Format::Webp)).collect()
}

/// The one file of a picture that only some readers get, sealed: a browser that can open it shows WebP.
#[must_use]
pub fn for_gate(picture: &Picture) -> Variant {
    Variant::new(picture.size, widest(picture).min(GATED), Format::Webp)
}

/// The picture for those who can't show WebP, for feeds and for previews elsewhere.
#[must_use]
pub fn fallback(picture: &Picture) -> Variant {
    let format = if picture.has_alpha { Format::Png } else { Format::Jpeg };
    let most = if picture.size.width == picture.size.height { COVER } else { FALLBACK };
    Variant::new(picture.size, widest(picture).min(most), format)
}
