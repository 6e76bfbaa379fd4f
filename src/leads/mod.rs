//! Where leads come from, forms and the gates that ask for one, and what webhooks are sent of them.

pub mod assessments;
pub mod calculators;
pub mod forms;
pub mod gates;
pub mod inbox;
pub mod surveys;
pub mod webhooks;
