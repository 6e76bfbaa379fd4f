//! One output, complete: linked, planned, sealed; and the bytes of each of its files.

pub mod artifact;
pub mod avif;
pub mod copies;
mod enforce;
pub mod inputs;
pub mod linking;
pub mod locked;
mod offline;
pub mod sealing;
pub mod with_texts;
