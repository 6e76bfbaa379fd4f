//! Which part of an image is shown where a place has a shape of its own: a cover is wide, a face is square.
//!
//! A crop is the largest part of its shape that there is: as wide as the image, or as high. So a photo taken upright (3:4)
//! gives a cover of its whole width and of 42 % of its height. Where in the image it is, the focus says.

use super::ImageSize;

/// An image that would lose less than this share of itself, in percent, is shown whole: 1200 x 630, which is made for previews
/// elsewhere, is nearly 16 to 9.
const SLIGHT: u64 = 8;

/// The longest side of a shape, as a multiple of the other.
const LONGEST: u32 = 3;

/// The shape of an image: its width in relation to its height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ratio {
    width: u32,
    height: u32,
}

impl Ratio {
    /// Of images that stand for a page, unless their authors say otherwise.
    pub const COVER: Self = Self { width: 16, height: 9 };

    /// The shape of faces: a square.
    pub const FACE: Self = Self { width: 1, height: 1 };

    /// Of previews on other sites: 1200 x 630.
    pub const PREVIEW: Self = Self { width: 40, height: 21 };

    /// Reads `16:9`; `None` for what isn't that, or is longer than 3 to 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (width, height) = text.split_once(':')?;
        let side = |text: &str| text.trim().parse::<u32>().ok().filter(|side| (1..=100).contains(side));
        let (width, height) = (side(width)?, side(height)?);
        let is_sane = width <= height * LONGEST && height <= width * LONGEST;
        is_sane.then_some(Self { width, height })
    }
}

/// What must not be lost when an image is cut: percent of its width from the left, and of its height from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Focus {
    left: u8,
    top: u8,
}

impl Focus {
    /// Reads `30% 20%`, from the left and from the top; `None` for what isn't that.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split_ascii_whitespace().map(|part| {
            let number: u8 = part.strip_suffix('%')?.parse().ok()?;
            Some(number).filter(|number| *number <= 100)
        });
        let (left, top) = (parts.next()??, parts.next()??);
        parts.next().is_none().then_some(Self { left, top })
    }

    /// Where nobody says anything: the middle, but above it in an image that is higher than wide, as people and things
    /// stand in it.
    fn for_size(size: ImageSize) -> Self {
        Self { left: 50, top: if size.height > size.width { 33 } else { 50 } }
    }
}

/// How an image is shown: whole, or a part of it in a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Framing {
    /// The shape; `None` for the whole image.
    pub ratio: Option<Ratio>,
    /// What must not be lost.
    pub focus: Option<Focus>,
}

impl Framing {
    /// The part of an image of this size that is shown; `None` for the whole image.
    #[must_use]
    pub fn crop(&self, size: ImageSize) -> Option<Crop> {
        let exact = self.exact(size)?;
        let area = |width: u32, height: u32| u64::from(width) * u64::from(height);
        let is_slight =
            area(exact.width, exact.height) * 100 > area(size.width, size.height) * (100 - SLIGHT);
        Some(if is_slight { Crop { left: 0, top: 0, width: size.width, height: size.height } } else { exact })
    }

    /// The same, of exactly the shape, however little is lost.
    #[must_use]
    pub fn exact(&self, size: ImageSize) -> Option<Crop> {
        let ratio = self.ratio?;
        let scaled = |n: u32, by: u32, to: u32| {
            let scaled = (u64::from(n) * u64::from(by) + u64::from(to) / 2) / u64::from(to);
            u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
        };
        let (width, height) = match scaled(size.width, ratio.height, ratio.width) {
            height if height <= size.height => (size.width, height),
            _ => (scaled(size.height, ratio.width, ratio.height).min(size.width), size.height),
        };
        let focus = self.focus.unwrap_or(Focus::for_size(size));
        let start = |all: u32, part: u32, percent: u8| {
            let middle = scaled(all, u32::from(percent), 100);
            middle.saturating_sub(part / 2).min(all - part)
        };
        let (left, top) = (start(size.width, width, focus.left), start(size.height, height, focus.top));
        Some(Crop { left, top, width, height })
    }
}

/// A part of an image, in pixels of the whole one, upright. It reaches from one side to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Crop {
    /// Pixels from the left side of the whole image.
    pub left: u32,
    /// Pixels from the top of the whole image.
    pub top: u32,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

impl Crop {
    /// Width and height of the part.
    #[must_use]
    pub fn size(&self) -> ImageSize {
        ImageSize { width: self.width, height: self.height }
    }

    /// What it is called in names of files: where it begins and how far it reaches, along the side that is cut.
    pub(super) fn name(&self, whole: ImageSize) -> String {
        if self.width < whole.width {
            format!("x{}w{}", self.left, self.width)
        } else {
            format!("y{}h{}", self.top, self.height)
        }
    }

    /// The same part in the image as its file has it, which `orientation` turns upright (1 to 8, as Exif counts).
    #[must_use]
    pub fn in_file(&self, whole: ImageSize, orientation: u8) -> Self {
        let Self { left, top, width, height } = *self;
        // How far it is from the right and from the bottom, of what is upright.
        let (right, bottom) = (whole.width - left - width, whole.height - top - height);
        let (left, top) = match orientation {
            2 => (right, top),
            3 => (right, bottom),
            4 => (left, bottom),
            5 => (top, left),
            6 => (top, right),
            7 => (bottom, right),
            8 => (bottom, left),
            _ => (left, top),
        };
        let (width, height) = if (5..=8).contains(&orientation) { (height, width) } else { (width, height) };
        Self { left, top, width, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crop(ratio: Ratio, focus: Option<&str>, (width, height): (u32, u32)) -> [u32; 4] {
        let focus = focus.map(|text| Focus::parse(text).unwrap());
        let crop = Framing { ratio: Some(ratio), focus }.crop(ImageSize { width, height }).unwrap();
        [crop.left, crop.top, crop.width, crop.height]
    }

    #[test]
    fn a_crop_is_as_large_as_the_image_allows_and_keeps_its_focus() {
        for (ratio, focus, size, expected) in [
            (Ratio::COVER, None, (1600, 900), [0, 0, 1600, 900]),
            (Ratio::COVER, Some("50% 100%"), (1200, 630), [0, 0, 1200, 630]),
            (Ratio::COVER, None, (1600, 1000), [0, 50, 1600, 900]),
            (Ratio::FACE, None, (500, 480), [0, 0, 500, 480]),
            (Ratio::COVER, None, (4000, 3000), [0, 375, 4000, 2250]),
            (Ratio::COVER, Some("50% 0%"), (4000, 3000), [0, 0, 4000, 2250]),
            (Ratio::COVER, Some("50% 100%"), (4000, 3000), [0, 750, 4000, 2250]),
            (Ratio::COVER, Some("50% 40%"), (4000, 3000), [0, 75, 4000, 2250]),
            // Upright: the whole width, from above the middle.
            (Ratio::COVER, None, (3000, 4000), [0, 476, 3000, 1688]),
            (Ratio::COVER, Some("10% 90%"), (3000, 4000), [0, 2312, 3000, 1688]),
            (Ratio::COVER, Some("100% 0%"), (3000, 1000), [1222, 0, 1778, 1000]),
            (Ratio::FACE, None, (3000, 4000), [0, 0, 3000, 3000]),
            (Ratio::FACE, None, (4000, 3000), [500, 0, 3000, 3000]),
            (Ratio::FACE, Some("30% 20%"), (4000, 3000), [0, 0, 3000, 3000]),
            (Ratio::FACE, Some("70% 20%"), (4000, 3000), [1000, 0, 3000, 3000]),
            (Ratio::COVER, None, (1, 1), [0, 0, 1, 1]),
            (Ratio::COVER, None, (1, 20_000), [0, 6600, 1, 1]),
            (Ratio::COVER, None, (20_000, 1), [9999, 0, 2, 1]),
        ] {
            assert_eq!(crop(ratio, focus, size), expected, "{size:?} {focus:?}");
        }
    }

    #[test]
    fn what_is_no_focus_or_no_shape() {
        for text in ["", "30%", "30 20", "30% 20% 10%", "101% 0%", "-1% 0%", "left top", "30%,20%", "1.5% 2%"]
        {
            assert_eq!(Focus::parse(text), None, "{text}");
        }
        assert_eq!(Focus::parse(" 0%  100% "), Some(Focus { left: 0, top: 100 }));
        for text in ["", "16", "16/9", "0:1", "4:1", "1:4", "101:100", "a:b", "16:9:1"] {
            assert_eq!(Ratio::parse(text), None, "{text}");
        }
        assert_eq!(Ratio::parse("16:9"), Some(Ratio::COVER));
        assert_eq!(Ratio::parse("1:3"), Some(Ratio { width: 1, height: 3 }));
    }
}
