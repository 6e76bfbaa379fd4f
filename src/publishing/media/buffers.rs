//! Memory for whole photographs, used again for the next one while many are made: a system takes a tenth of a second to find
//! fifty megabytes anew, a page at a time.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Smaller pieces aren't kept: all that is made of a photograph would lie idle together.
const LEAST: usize = 24 << 20;

/// What lies idle is no more than this, one photograph of sixteen megapixels: one is decoded at a time. The oldest goes first.
const MOST: usize = 48 << 20;

static IDLE: Mutex<Idle> = Mutex::new(Idle { keepers: 0, buffers: VecDeque::new() });

struct Idle {
    keepers: usize,
    buffers: VecDeque<Vec<u8>>,
}

fn idle() -> MutexGuard<'static, Idle> {
    // Whoever panicked has left whole buffers.
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While somebody has this, memory of pictures is kept for further ones.
#[derive(Debug)]
#[must_use]
pub struct Buffers(());

impl Buffers {
    /// Keeps memory from now on.
    pub fn keep() -> Self {
        idle().keepers += 1;
        Self(())
    }
}

impl Drop for Buffers {
    fn drop(&mut self) {
        let mut idle = idle();
        idle.keepers -= 1;
        if idle.keepers == 0 {
            idle.buffers = VecDeque::new();
        }
    }
}

/// So many bytes, all zero: nothing of another picture shows where a damaged one ends early.
pub(super) fn zeroed(length: usize) -> Vec<u8> {
    let fits = |buffer: &Vec<u8>| (length..=length.saturating_mul(2)).contains(&buffer.capacity());
    let found = {
        let mut idle = idle();
        let all = idle.buffers.iter().enumerate().filter(|(_, buffer)| fits(buffer));
        let best = all.min_by_key(|(_, buffer)| buffer.capacity()).map(|(at, _)| at);
        best.and_then(|at| idle.buffers.remove(at))
    };
    match found {
        Some(mut buffer) => {
            buffer.clear();
            buffer.resize(length, 0);
            buffer
        }
        None => vec![0; length],
    }
}

/// Takes back what isn't needed any more.
pub(super) fn give_back(buffer: Vec<u8>) {
    let size = buffer.capacity();
    let mut idle = idle();
    if idle.keepers == 0 || !(LEAST..=MOST).contains(&size) {
        return;
    }
    let mut all = idle.buffers.iter().map(Vec::capacity).sum::<usize>() + size;
    while all > MOST {
        all -= idle.buffers.pop_front().map_or(all, |oldest| oldest.capacity());
    }
    idle.buffers.push_back(buffer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_zero_and_fits() {
        let keeper = Buffers::keep();
        give_back(vec![7; LEAST + 77]);
        for length in [LEAST + 77, LEAST + 70, 3, 0] {
            let buffer = zeroed(length);
            assert_eq!(buffer.len(), length);
            assert!(
                buffer.iter().all(|byte| *byte == 0) && buffer.capacity() <= (length * 2).max(8),
                "{length}"
            );
            give_back(buffer);
        }
        // Never more than may lie idle.
        for _ in 0..5 {
            give_back(vec![7; LEAST + 1]);
        }
        assert!(idle().buffers.iter().map(Vec::capacity).sum::<usize>() <= MOST);
        drop(keeper);
    }
}
