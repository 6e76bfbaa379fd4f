//! What salespeople work with: calls, the emails after them, playbooks, and what they hand on.

pub mod calls;
pub mod mails;
pub mod playbooks;
pub mod sharing;
