//! What editors are told about their texts: checks and the report.

pub mod checks;
pub mod credentials;
pub mod report;
