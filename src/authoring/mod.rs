//! Files for a site: what it begins with.

pub mod editing;
pub mod leftovers;
pub mod scaffold;
