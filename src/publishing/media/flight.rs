//! How much is decoded at once: as many pixels as fit into memory that a small machine has, however many threads there are.

use std::sync::{Condvar, Mutex, PoisonError};

/// Two photographs of twelve megapixels. A larger picture waits until it is alone.
const MOST: u64 = 26_000_000;

static IN_FLIGHT: Mutex<u64> = Mutex::new(0);
static DONE: Condvar = Condvar::new();

/// The right to have so many pixels in memory, given back when it is dropped.
pub(super) struct Permit(u64);

/// Waits until so many pixels may be decoded.
pub(super) fn permit(pixels: u64) -> Permit {
    let pixels = pixels.min(MOST);
    let guard = IN_FLIGHT.lock().unwrap_or_else(PoisonError::into_inner);
    let is_full = |now: &mut u64| *now + pixels > MOST;
    let mut now = DONE.wait_while(guard, is_full).unwrap_or_else(PoisonError::into_inner);
    *now += pixels;
    Permit(pixels)
}

impl Drop for Permit {
    fn drop(&mut self) {
        *IN_FLIGHT.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        DONE.notify_all();
    }
}
