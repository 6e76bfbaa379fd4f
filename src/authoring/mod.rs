//! Files for a site: what it begins with, and what it brings from another one.

pub mod editing;
pub mod importers;
pub mod leftovers;
pub mod markup;
pub mod scaffold;
