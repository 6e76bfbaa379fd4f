//! Answers to commands, as values: each takes its own way out of the build, without writing.

pub mod calls;
pub mod calls_page;
pub mod consent;
pub mod doctor;
pub mod draft;
pub mod due;
pub mod editor;
pub mod external_links;
pub mod fix;
pub mod graph;
pub mod here;
pub mod index;
pub mod keys;
pub mod lookup;
pub mod old_addresses;
pub mod outward;
pub mod publish;
pub mod receivers;
pub mod relay;
pub mod report;
pub mod share;
pub mod surveys;
