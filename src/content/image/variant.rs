//! The sizes and types in which a picture is published.

use super::{Crop, Format, ImageSize, Picture};

/// Widths in pixels. The narrowest is for a phone's column, the widest for a cover on a screen of two pixels to one.
const WIDTHS: &[u32] = &[480, 800, 1200, 1600, 2400];

/// The same of what is cut to a shape, which lists show small.
const COVERS: &[u32] = &[320, 480, 800, 1200, 1600, 2400];

/// The same of faces: the narrowest is for a byline.
const FACES: &[u32] = &[200, 480, 1200];

/// The width of the one that everybody can show.
const FALLBACK: u32 = 1200;

/// The same of a square one, which may be the cover of a podcast: directories take none below this.
const COVER: u32 = 1400;

/// The width behind a gate, where browsers can't choose.
const GATED: u32 = 1600;

/// WebP has no more pixels on a side than 16,383 (RFC 9649, section 2.4.1).
const MAX_WEBP: u32 = 16_000;

/// What the names of AVIF files begin with after their width: another encoder, or other settings, makes other bytes, which
/// hosts and what is kept must not take for those that they have.
const AVIF_VERSION: &str = "v1";

/// The type in which a picture is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// JPEG, which every browser shows.
    Jpeg,
    /// PNG, for drawings and what is transparent.
    Png,
    /// WebP, mostly smaller than both.
    Webp,
    /// AVIF, smaller still, and slow to make.
    Avif,
}

impl From<Format> for Encoding {
    fn from(format: Format) -> Self {
        match format {
            Format::Jpeg => Self::Jpeg,
            Format::Png => Self::Png,
            Format::Webp => Self::Webp,
        }
    }
}

/// A picture in another size and type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The type of its file.
    pub encoding: Encoding,
    /// The part of the picture that it shows, unless it is the whole one.
    pub crop: Option<Crop>,
}

impl Variant {
    fn new(part: Part, width: u32, encoding: Encoding) -> Self {
        let size = part.size();
        let height = u64::from(size.height) * u64::from(width) + u64::from(size.width) / 2;
        let height = u32::try_from(height / u64::from(size.width)).unwrap_or(u32::MAX).max(1);
        Self { width, height, encoding, crop: part.crop }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> ImageSize {
        ImageSize { width: self.width, height: self.height }
    }

    /// The same size and part as AVIF.
    #[must_use]
    pub fn as_avif(&self) -> Self {
        Self { encoding: Encoding::Avif, ..*self }
    }

    /// The same size and part as WebP.
    #[must_use]
    pub fn as_webp(&self) -> Self {
        Self { encoding: Encoding::Webp, ..*self }
    }

    /// The end of its file's name: `800.webp`, `y120h900-800.webp` of a part of the picture.
    #[must_use]
    pub fn name(&self, picture: &Picture) -> String {
        let (version, ending) = match self.encoding {
            Encoding::Jpeg => ("", "jpg"),
            Encoding::Png => ("", "png"),
            Encoding::Webp => ("", "webp"),
            Encoding::Avif => (AVIF_VERSION, "avif"),
        };
        match self.crop {
            Some(crop) => format!("{}-{}{version}.{ending}", crop.name(picture.size), self.width),
            None => format!("{}{version}.{ending}", self.width),
        }
    }
}

/// A picture, or a part of it.
#[derive(Clone, Copy)]
struct Part<'p> {
    picture: &'p Picture,
    crop: Option<Crop>,
}

impl Part<'_> {
    fn size(self) -> ImageSize {
        self.crop.map_or(self.picture.size, |crop| crop.size())
    }

    fn is_square(self) -> bool {
        self.size().width == self.size().height
    }

    /// Is it about as high as wide?
    fn is_face(self) -> bool {
        let ImageSize { width, height } = self.size();
        width.abs_diff(height) * 10 < width
    }

    /// The widths in which it is published, where it has them.
    fn widths(self) -> &'static [u32] {
        match self.crop {
            None => WIDTHS,
            Some(_) if self.is_face() => FACES,
            Some(_) => COVERS,
        }
    }

    /// The largest width in which it is published: never more than it has.
    fn widest(self) -> u32 {
        let ImageSize { width, height } = self.size();
        let widths = self.widths();
        let widest = widths[widths.len() - 1].min(width);
        // A long drawing is as high as the type allows.
        let fits = u64::from(width) * u64::from(MAX_WEBP) / u64::from(height);
        widest.min(u32::try_from(fits).unwrap_or(u32::MAX)).max(1)
    }
}

/// A picture, or a part of it, as WebP, the narrowest first. The last one is as wide as it is, or as any is published.
#[must_use]
pub fn variants(picture: &Picture, crop: Option<Crop>) -> Vec<Variant> {
    let part = Part { picture, crop };
    let widest = part.widest();
    // One that is nearly as wide would save nothing.
    let narrower = part.widths().iter().copied().filter(|width| *width * 10 < widest * 9);
    narrower.chain([widest]).map(|width| Variant::new(part, width, Encoding::Webp)).collect()
}

/// The one file of a picture that only some readers get, sealed: a browser that can open it shows WebP.
#[must_use]
pub fn for_gate(picture: &Picture) -> Variant {
    let whole = Part { picture, crop: None };
    Variant::new(whole, whole.widest().min(GATED), Encoding::Webp)
}

/// A picture, or a part of it, for those who can't show WebP, for feeds and for previews elsewhere.
#[must_use]
pub fn fallback(picture: &Picture, crop: Option<Crop>) -> Variant {
    let part = Part { picture, crop };
    let encoding = if picture.has_alpha { Encoding::Png } else { Encoding::Jpeg };
    let most = if crop.is_none() && part.is_square() { COVER } else { FALLBACK };
    Variant::new(part, part.widest().min(most), encoding)
}
