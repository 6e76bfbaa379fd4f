//! What a page doesn't share with its translations.

/// Keys of front matter that are of one page alone: its address, the addresses that lead to it, and what feed readers know it by. A
/// translation that had them too would stand in its original's way.
pub const OWN_KEYS: &[&str] = &["slug", "aliases", "guid"];
