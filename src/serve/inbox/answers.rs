//! What the inbox answers with, so that its owner sees what a visitor would see when something goes wrong.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, header};
use serde::Serialize;

use crate::relay::preview::{AcceptedLead, LeadReply, RejectedLead};
use crate::serve::replies::{build, data, text};

/// How long a slow receiver takes: long enough to wonder, less than `deliver.js` waits.
const SLOW: Duration = Duration::from_secs(6);

/// Longer than any browser waits.
const NEVER: Duration = Duration::from_secs(600);

/// The answer that the inbox gives to leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MockReply {
    /// Taken, with the key of the gate.
    #[default]
    Taken,
    /// The lead is taken, but the key of the gate is missing.
    NoKey,
    /// The lead is taken, after a long pause.
    Slow,
    /// The lead is refused, with status 400.
    Refused,
    /// There are too many requests: status 429.
    Busy,
    /// The server fails: status 500.
    Broken,
    /// There is no answer until the browser gives up.
    Silent,
}

/// An answer that the inbox offers to give.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ReplyChoice {
    /// As `inbox.js` names it.
    pub id: &'static str,
    /// For people, in a few words.
    pub label: &'static str,
    /// What a visitor sees when it is given.
    pub means: &'static str,
}

impl MockReply {
    /// In the order in which they are offered.
    pub const ALL: &[Self] =
        &[Self::Taken, Self::NoKey, Self::Slow, Self::Refused, Self::Busy, Self::Broken, Self::Silent];

    /// The one with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.id() == id)
    }

    /// As `inbox.js` names it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::NoKey => "no-key",
            Self::Slow => "slow",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::Broken => "broken",
            Self::Silent => "silent",
        }
    }

    /// Its name for people, as the inbox shows it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Taken => "Accepts it",
            Self::NoKey => "Accepts it, without a key",
            Self::Slow => "Accepts it, slowly",
            Self::Refused => "Rejects it (400)",
            Self::Busy => "Is rate-limiting (429)",
            Self::Broken => "Fails (500)",
            Self::Silent => "Doesn’t respond",
        }
    }

    fn means(self) -> &'static str {
        match self {
            Self::Taken => "As it should. A gate gets its key and opens.",
            Self::NoKey => {
                "The lead arrives, but the endpoint isn’t set up to return the key that opens the gate."
            }
            Self::Slow => "The response comes after six seconds.",
            Self::Refused => "It doesn’t accept this lead. Trying again won’t help.",
            Self::Busy => "Too many leads at once. It asks browsers to try again in half a minute.",
            Self::Broken => "An error on its side. The lead waits in the visitor’s browser.",
            Self::Silent => {
                "No response at all. After fifteen seconds the browser gives up, and tries again later."
            }
        }
    }

    /// Its entry in the list that the inbox offers.
    #[must_use]
    pub fn choice(self) -> ReplyChoice {
        ReplyChoice { id: self.id(), label: self.label(), means: self.means() }
    }

    /// The answer to what a relay would take, or not. Whoever is told to accept everything accepts what is a lead.
    pub(super) async fn answer(self, taken: &Result<AcceptedLead, RejectedLead>) -> Response<Body> {
        match self {
            Self::Slow => tokio::time::sleep(SLOW).await,
            Self::Silent => tokio::time::sleep(NEVER).await,
            _ => {}
        }
        match self {
            Self::Taken | Self::NoKey | Self::Slow => match taken {
                Ok(taken) => self.accept(taken),
                Err(rejected @ RejectedLead { status, words: None, .. }) => {
                    let body = serde_json::to_string(&rejected.reply()).unwrap_or_default();
                    build(*status, "application/json", body)
                }
                Err(RejectedLead { status, words: Some(words), .. }) => text(*status, &format!("{words}\n")),
            },
            Self::Refused => text(400, "The inbox was told to reject this.\n"),
            Self::Busy => {
                let mut response = text(429, "The inbox was told to rate-limit.\n");
                response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("30"));
                response
            }
            Self::Broken => text(500, "The inbox was told to fail.\n"),
            Self::Silent => text(504, ""),
        }
    }

    /// Says that it is there, and where to go, or what opens a gate.
    fn accept(self, taken: &AcceptedLead) -> Response<Body> {
        // The path alone: this computer may have been asked for by another of its names.
        let path = taken.follow.as_deref().and_then(|url| url.splitn(4, '/').nth(3));
        if let Some(to) = path.and_then(|path| header::HeaderValue::from_str(&format!("/{path}")).ok()) {
            let mut response = text(303, "");
            response.headers_mut().insert(header::LOCATION, to);
            return response;
        }
        match self {
            Self::NoKey => data(&LeadReply::new(&taken.id, None)),
            _ => data(&taken.reply),
        }
    }
}
