//! Blocks as HTML: callouts, and sections with a role. Each is written in one walk with the text around it.
//!
//! Readers elsewhere than on the page ([`Medium::Feed`](super::Medium::Feed)) have neither a style sheet nor a script: for
//! them, nothing is folded, and what only lays out is left out.

mod callouts;
mod compare;
mod documents;
mod embeds;
mod images;
mod interview;
mod own;
mod players;
mod sections;
mod worksheet;

pub use own::{OwnBlock, OwnParameter};
pub(super) use sections::{OpenSection, PartHeading};
pub use worksheet::WorksheetWords;
