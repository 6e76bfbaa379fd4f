//! What a page sends, and the reason why it isn't taken.

use crate::config::Webhook;
use crate::leads::forms::answers::Wrong;

/// A request of a page, and where it came from.
pub(super) struct Post<'a> {
    /// The origin of the page, as the browser says it.
    pub(super) origin: &'a str,
    /// The type of the body, without its parameters.
    pub(super) content_type: &'a str,
    /// The body as it came, not yet checked.
    pub(super) body: &'a [u8],
    /// When it came, in milliseconds since 1970.
    pub(super) now: i64,
    /// The webhook in whose names a form without JavaScript is: pages that post to a relay use the fields' own.
    pub(super) names: Option<&'a Webhook>,
    /// The word for the rules by which the page has looked at the answers, if it says so.
    pub(super) rules: Option<&'a str>,
}

/// Why what a page sent isn't taken, for its visitor and for the site's owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rejection {
    /// The status of HTTP that says so.
    pub(super) status: u16,
    /// The reason, for the site's owner; it has nothing of the visitor in it.
    pub(super) why: String,
    /// The field that is wrong.
    pub(super) field: Option<String>,
    /// What is wrong with its answer.
    pub(super) wrong: Option<Wrong>,
    /// What a visitor without JavaScript reads of it, in their language.
    pub(super) words: Option<String>,
    /// Would it be taken where the site is newer than what the relay knows?
    pub(super) may_be_new: bool,
}

impl Rejection {
    /// With a status and a reason.
    pub(super) fn new(status: u16, why: impl Into<String>) -> Self {
        Self { status, why: why.into(), field: None, wrong: None, words: None, may_be_new: status == 503 }
    }

    /// A field has a wrong answer.
    pub(super) fn of_field(field: &str, why: &str) -> Self {
        Self { field: Some(field.to_string()), ..Self::new(422, format!("`{field}` {why}")) }
    }

    /// A field has an answer that its page would have refused, too.
    pub(super) fn of_answer(field: &str, wrong: Wrong) -> Self {
        Self { wrong: Some(wrong.clone()), ..Self::of_field(field, &wrong.to_string()) }
    }

    /// The site may have changed since the relay read it.
    pub(super) fn is_stale(&self) -> bool {
        self.may_be_new
    }
}
