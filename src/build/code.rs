//! What blocks of code came to, kept from one build to the next.

use std::path::Path;

use crate::highlight::memory;
use crate::output::replace;

/// The name of the file in the folder of what can be made again.
const FILE: &str = "code";

/// Takes over what the last build kept in the folder `cache`, so that code which hasn't changed costs nothing.
pub fn restore(cache: &Path) {
    if let Some(bytes) = replace::read_kept(cache, FILE) {
        memory::restore(&bytes);
    }
}

/// Keeps it for the next one, if there is something new.
pub(super) fn keep(cache: &Path) {
    if let Some(bytes) = memory::worth_keeping() {
        replace::keep(cache, FILE, &bytes);
    }
}
