//! Files for a site: what it begins with.

pub mod leftovers;
pub mod scaffold;
