//! From pixels to files.

#[cfg(feature = "avif")]
use super::av1;
use super::decode::Unreadable;
use super::pixels::{Channels, Pixels};
use crate::content::image::Encoding;

/// Of WebP. At this value, and this of JPEG, people rarely see a difference to the original.
const WEBP_QUALITY: f32 = 78.0;

/// Of JPEG.
const JPEG_QUALITY: u8 = 80;

/// How hard it is tried to make a file small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As readers get it.
    Best,
    /// For somebody who waits: 6 % larger, in little more than half the time.
    Quick,
}

impl Effort {
    /// What names of kept files begin with.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Best => "",
            Self::Quick => "quick-",
        }
    }

    /// The method of libwebp, from 0 to 6.
    fn method(self) -> i32 {
        match self {
            Self::Best => 4,
            Self::Quick => 2,
        }
    }
}

fn said(error: impl std::fmt::Debug) -> Unreadable {
    Unreadable::Said(format!("{error:?}"))
}

pub(super) fn encode(pixels: &Pixels, encoding: Encoding, effort: Effort) -> Result<Vec<u8>, Unreadable> {
    match encoding {
        Encoding::Jpeg => jpeg(pixels, JPEG_QUALITY),
        Encoding::Png => png(pixels),
        Encoding::Webp => webp(pixels, effort),
        #[cfg(feature = "avif")]
        Encoding::Avif => av1::encode(pixels),
        #[cfg(not(feature = "avif"))]
        Encoding::Avif => Err(Unreadable::Said("this ringback was built without AVIF".to_string())),
    }
}

fn webp(pixels: &Pixels, effort: Effort) -> Result<Vec<u8>, Unreadable> {
    let mut config = webp::WebPConfig::new().map_err(said)?;
    config.quality = WEBP_QUALITY;
    config.method = effort.method();
    let layout = match pixels.channels {
        Channels::Rgb => webp::PixelLayout::Rgb,
        Channels::Rgba => webp::PixelLayout::Rgba,
    };
    let encoder = webp::Encoder::new(&pixels.samples, layout, pixels.width, pixels.height);
    Ok(encoder.encode_advanced(&config).map_err(said)?.to_vec())
}

/// A JPEG, which knows no transparency.
pub(super) fn jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Unreadable> {
    let side = |n: u32| u16::try_from(n).map_err(said);
    let mut out = Vec::new();
    // With tables of its own it would write one colour after the other, which some decoders get wrong.
    let encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    let color = match pixels.channels {
        Channels::Rgb => jpeg_encoder::ColorType::Rgb,
        Channels::Rgba => jpeg_encoder::ColorType::Rgba,
    };
    encoder.encode(&pixels.samples, side(pixels.width)?, side(pixels.height)?, color).map_err(said)?;
    Ok(out)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, Unreadable> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    encoder.set_color(match pixels.channels {
        Channels::Rgb => png::ColorType::Rgb,
        Channels::Rgba => png::ColorType::Rgba,
    });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().map_err(said)?.write_image_data(&pixels.samples).map_err(said)?;
    Ok(out)
}
