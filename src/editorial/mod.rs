//! What editors are told about their texts, checks and the report; and what they can write, as schema, and in a browser.

pub mod admin;
pub mod checks;
pub mod credentials;
pub mod labels;
pub mod report;
pub mod schema;
