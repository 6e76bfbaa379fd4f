//! What salespeople work with: calls, playbooks, and what they hand on.

pub mod calls;
pub mod playbooks;
pub mod sharing;
