//! Files for a site: what it begins with.

pub mod scaffold;
