//! From a file to pixels. Its size has been held to limits before ([`crate::content::image::find`]).

use std::io::Cursor;

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use super::buffers;
use super::pixels::{Channels, Pixels};
use crate::content::image::{Fault, Format, MAX_PIXELS, MAX_SIDE};
use crate::diag::Diagnostic;

/// What decoders may use besides the pixels themselves: for profiles and texts that are packed small.
const MOST_BESIDES: usize = 32 << 20;

/// Why there are no pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Something that its header tells.
    Fault(Fault),
    /// What a library says.
    Said(String),
}

impl Unreadable {
    /// As a problem of the file at `path`.
    pub(super) fn report(&self, path: &str) -> Box<Diagnostic> {
        Box::new(match self {
            Self::Fault(fault) => fault.report(path),
            Self::Said(said) => Fault::Damaged.report(path).help(format!("what exactly is wrong: {said}")),
        })
    }
}

/// A picture as its file has it: not turned, in its own colours.
pub(super) struct Decoded {
    pub(super) pixels: Pixels,
    /// Its colour profile.
    pub(super) profile: Option<Vec<u8>>,
}

pub(super) fn decode(bytes: &[u8], format: Format) -> Result<Decoded, Unreadable> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
    }
}

fn said(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::Said(error.to_string())
}

/// Pixels that are what their header promises.
fn pixels((width, height): (u32, u32), channels: Channels, samples: Vec<u8>) -> Result<Pixels, Unreadable> {
    let expected = u64::from(width) * u64::from(height) * channels.bytes() as u64;
    if samples.len() as u64 != expected {
        return Err(Unreadable::Fault(Fault::Damaged));
    }
    let has_alpha = channels == Channels::Rgba && is_seen_through(&samples);
    Ok(Pixels { width, height, channels, has_alpha, samples })
}

fn allowed(width: u32, height: u32) -> Result<(), Unreadable> {
    let is_allowed = width.max(height) <= MAX_SIDE && u64::from(width) * u64::from(height) <= MAX_PIXELS;
    if is_allowed { Ok(()) } else { Err(Unreadable::Fault(Fault::TooLarge)) }
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, Unreadable> {
    let side = MAX_SIDE as usize;
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(side).set_max_height(side);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(said)?;
    let (width, height) = decoder.dimensions().ok_or(Unreadable::Fault(Fault::Damaged))?;
    let size = (u32::try_from(width).unwrap_or(u32::MAX), u32::try_from(height).unwrap_or(u32::MAX));
    allowed(size.0, size.1)?;
    let is_color =
        decoder.input_colorspace().is_some_and(|space| matches!(space, ColorSpace::YCbCr | ColorSpace::RGB));
    // Inks and greys have become light already; a profile of theirs says nothing of it.
    let profile = decoder.icc_profile().filter(|_| is_color);
    // What becomes of colours is settled when the header is read.
    let options = options.jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(said)?;
    let length = decoder.output_buffer_size().ok_or(Unreadable::Fault(Fault::Damaged))?;
    let mut samples = buffers::zeroed(length);
    decoder.decode_into(&mut samples).map_err(said)?;
    Ok(Decoded { pixels: pixels(size, Channels::Rgb, samples)?, profile })
}

fn png(bytes: &[u8]) -> Result<Decoded, Unreadable> {
    let limits = png::Limits { bytes: MOST_BESIDES };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(said)?;
    let size = reader.info().size();
    allowed(size.0, size.1)?;
    let profile = reader.info().icc_profile.as_deref().map(<[u8]>::to_vec);
    let length = reader.output_buffer_size().ok_or(Unreadable::Fault(Fault::TooLarge))?;
    let mut buffer = vec![0; length];
    let frame = reader.next_frame(&mut buffer).map_err(said)?;
    buffer.truncate(frame.buffer_size());
    let (channels, samples) = match frame.color_type {
        png::ColorType::Rgba => (Channels::Rgba, buffer),
        png::ColorType::Rgb => (Channels::Rgb, buffer),
        png::ColorType::GrayscaleAlpha => {
            (Channels::Rgba, spread(&buffer, |[grey, alpha]| [grey, grey, grey, alpha]))
        }
        png::ColorType::Grayscale => (Channels::Rgb, spread(&buffer, |[grey]| [grey, grey, grey])),
        png::ColorType::Indexed => return Err(Unreadable::Fault(Fault::Damaged)),
    };
    let pixels = pixels(size, channels, samples)?;
    let is_color = matches!(frame.color_type, png::ColorType::Rgb | png::ColorType::Rgba);
    Ok(Decoded { pixels, profile: profile.filter(|_| is_color) })
}

fn webp(bytes: &[u8]) -> Result<Decoded, Unreadable> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(said)?;
    let size = decoder.dimensions();
    allowed(size.0, size.1)?;
    decoder.set_memory_limit(MOST_BESIDES);
    let profile = decoder.icc_profile().map_err(said)?;
    let length = decoder.output_buffer_size().ok_or(Unreadable::Fault(Fault::TooLarge))?;
    let mut buffer = vec![0; length];
    decoder.read_image(&mut buffer).map_err(said)?;
    let channels = if decoder.has_alpha() { Channels::Rgba } else { Channels::Rgb };
    Ok(Decoded { pixels: pixels(size, channels, buffer)?, profile })
}

fn is_seen_through(rgba: &[u8]) -> bool {
    rgba.iter().skip(3).step_by(4).any(|alpha| *alpha != 255)
}

/// Gives each pixel of `N` bytes `M`.
fn spread<const N: usize, const M: usize>(pixels: &[u8], to: impl Fn([u8; N]) -> [u8; M]) -> Vec<u8> {
    let mut spread = Vec::with_capacity(pixels.len() / N * M);
    for pixel in pixels.as_chunks::<N>().0 {
        spread.extend(to(*pixel));
    }
    spread
}
