//! Webhooks of the kinds `slack`, `teams` and `discord`: a channel, to which a lead is a message.

use serde::{Deserialize, Serialize};

/// A program in which a team talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chat {
    /// Slack, by an incoming webhook.
    Slack,
    /// Microsoft Teams, by a workflow.
    Teams,
    /// Discord, by a webhook of a channel.
    Discord,
}
