//! What salespeople work with: calls, the emails after them, plans of follow-ups, playbooks, and what they hand on.

pub mod cadences;
pub mod calls;
pub mod mails;
pub mod playbooks;
pub mod sharing;
