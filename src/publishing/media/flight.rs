//! How much is in memory at once: as many pixels as a small machine has room for, however many threads there are.
//!
//! A photograph is decoded while no other is, because it is never larger than then: what is made of it is a third of that at
//! most, and takes five times as long.

use std::sync::{Condvar, Mutex, PoisonError};

/// Pictures that are decoded: one photograph of twelve megapixels. A larger picture waits until it is alone.
static DECODED: Flight = Flight::new(13_000_000);

/// What is made of them while it is encoded: six in the largest width.
static ENCODED: Flight = Flight::new(26_000_000);

/// Some pixels that may be in memory together.
struct Flight {
    most: u64,
    now: Mutex<u64>,
    done: Condvar,
}

impl Flight {
    const fn new(most: u64) -> Self {
        Self { most, now: Mutex::new(0), done: Condvar::new() }
    }

    fn permit(&'static self, pixels: u64) -> Permit {
        let pixels = pixels.min(self.most);
        let guard = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |now: &mut u64| *now + pixels > self.most;
        let mut now = self.done.wait_while(guard, is_full).unwrap_or_else(PoisonError::into_inner);
        *now += pixels;
        Permit { of: self, pixels }
    }
}

/// The right to have so many pixels in memory, given back when it is dropped.
#[must_use]
pub(super) struct Permit {
    of: &'static Flight,
    pixels: u64,
}

/// Waits until a picture of so many pixels may be decoded.
pub(super) fn decoding(pixels: u64) -> Permit {
    DECODED.permit(pixels)
}

/// Waits until so many pixels may be encoded. Whoever has the right to decode gives it back before.
pub(super) fn encoding(pixels: u64) -> Permit {
    ENCODED.permit(pixels)
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.of.now.lock().unwrap_or_else(PoisonError::into_inner) -= self.pixels;
        self.of.done.notify_all();
    }
}
