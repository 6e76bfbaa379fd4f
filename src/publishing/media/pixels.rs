//! A picture in memory.

use super::buffers;
use crate::content::image::ImageSize;

/// What a pixel consists of, a byte each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    /// Red, green and blue: a photograph.
    Rgb,
    /// Red, green, blue and alpha.
    Rgba,
}

impl Channels {
    /// The bytes of a pixel.
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// Colours, row by row.
#[derive(Debug, Clone)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) channels: Channels,
    /// Is anything of it transparent?
    pub(super) has_alpha: bool,
    pub(super) samples: Vec<u8>,
}

impl Pixels {
    pub(super) fn size(&self) -> ImageSize {
        ImageSize { width: self.width, height: self.height }
    }

    /// How many bytes a row has.
    pub(super) fn row(&self) -> usize {
        self.width as usize * self.channels.bytes()
    }

    /// Each pixel with its alpha.
    pub(super) fn rgba(&self) -> Vec<[u8; 4]> {
        match self.channels {
            Channels::Rgb => {
                self.samples.as_chunks::<3>().0.iter().map(|[r, g, b]| [*r, *g, *b, 255]).collect()
            }
            Channels::Rgba => self.samples.as_chunks::<4>().0.to_vec(),
        }
    }
}

impl Drop for Pixels {
    fn drop(&mut self) {
        buffers::give_back(std::mem::take(&mut self.samples));
    }
}
