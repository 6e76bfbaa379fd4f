//! A picture in memory.

use super::buffers;
use crate::content::image::ImageSize;

/// Red, green, blue and alpha, a byte each, row by row.
#[derive(Debug, Clone)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Is anything of it transparent?
    pub(super) has_alpha: bool,
    pub(super) rgba: Vec<u8>,
}

impl Pixels {
    pub(super) fn size(&self) -> ImageSize {
        ImageSize { width: self.width, height: self.height }
    }
}

impl Drop for Pixels {
    fn drop(&mut self) {
        buffers::give_back(std::mem::take(&mut self.rgba));
    }
}
