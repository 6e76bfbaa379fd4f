//! The local inbox: leads of a served site come here instead of to a webhook, and nothing leaves this computer.
//!
//! `requests` takes what a page sends, with the code of the relay, [`answers`] says what it is answered with, and [`kinds`] what each kind of webhook
//! would have got. `inbox.js` shows all of it. Nothing is kept when the server ends.

pub mod answers;
pub mod kinds;
pub(super) mod requests;

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use self::answers::{MockReply, ReplyChoice};

/// So many are kept; then the oldest go.
const KEPT: usize = 200;

/// A lead, or another event of a page, that came in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Received {
    /// Counts from 1, for each run.
    pub number: u64,
    /// How often it came: what has the id of something that is there is the same.
    pub times: u32,
    /// By what it is known when it comes again; empty for what no relay would take.
    #[serde(skip)]
    pub id: String,
    /// When it came, in UTC as RFC 3339 has it.
    pub at: String,
    /// The webhook that it was for.
    pub hook: String,
    /// The kind of that webhook, if the site has it.
    pub hook_kind: Option<&'static str>,
    /// `lead.submitted`, `call.outcome`; empty for what is no JSON with a type.
    pub what: String,
    /// What was sent, to the letter.
    pub body: String,
    /// Its type, as the browser says.
    pub content_type: String,
    /// What it was answered with, in words.
    pub answered: &'static str,
    /// Why a relay wouldn't take it, where it wouldn't.
    pub refused: Option<String>,
    /// What each kind of webhook would have got.
    pub kinds: Vec<kinds::WebhookPreview>,
    /// The link that the mail of a gate with `key: email` would hold.
    pub mail_link: Option<String>,
}

/// What `inbox.js` shows.
#[derive(Debug, Clone, Serialize)]
pub struct InboxContents {
    /// How leads are answered: the id of one of `answers`.
    pub answer: &'static str,
    /// The answers that can be chosen.
    pub answers: Vec<ReplyChoice>,
    /// What came in, the newest first.
    pub received: Vec<Received>,
}

/// What came in, and how it is answered.
#[derive(Debug, Default)]
pub struct Inbox(Mutex<InboxState>);

#[derive(Debug, Default)]
struct InboxState {
    number: u64,
    received: VecDeque<Received>,
    answering: MockReply,
}

impl Inbox {
    fn lock_state(&self) -> MutexGuard<'_, InboxState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many leads and events are in the inbox.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock_state().received.len()
    }

    /// Everything, the newest first, and how leads are answered.
    #[must_use]
    pub fn contents(&self) -> InboxContents {
        let kept = self.lock_state();
        InboxContents {
            answer: kept.answering.id(),
            answers: MockReply::ALL.iter().map(|one| one.choice()).collect(),
            received: kept.received.iter().rev().cloned().collect(),
        }
    }

    /// Empties the inbox.
    pub fn clear(&self) {
        self.lock_state().received.clear();
    }

    /// What leads are answered with now.
    pub(super) fn answering(&self) -> MockReply {
        self.lock_state().answering
    }

    /// Leads are answered like this from now on.
    pub(super) fn answer_with(&self, answering: MockReply) {
        self.lock_state().answering = answering;
    }

    /// Puts in what came; what is there already by its id is counted once more.
    pub(super) fn add(&self, mut received: Received) {
        let mut kept = self.lock_state();
        let is_same = |one: &Received| one.id == received.id && one.hook == received.hook;
        let same = kept.received.iter_mut().find(|one| !received.id.is_empty() && is_same(one));
        if let Some(same) = same {
            *same = Received { number: same.number, times: same.times.saturating_add(1), ..received };
            return;
        }
        kept.number += 1;
        received.number = kept.number;
        kept.received.push_back(received);
        if kept.received.len() > KEPT {
            kept.received.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [declaration::<Received>(), declaration::<kinds::WebhookPreview>()];
        assert_declared("serve/client/received.d.ts", &types);
    }
}
