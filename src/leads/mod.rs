//! Where leads come from: forms, and the gates that ask for one.

pub mod forms;
pub mod gates;
