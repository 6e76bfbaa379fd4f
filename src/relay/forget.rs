//! Everything of one person is deleted, and a receipt says what that was, without saying who it was.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::queue::{self, Answer, DeliveryState, Filter, Queue};

/// The receipt for what was deleted of one person; it doesn't say who that was.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Receipt {
    /// The ids of the leads.
    pub forgotten: Vec<String>,
    /// When it was deleted, in UTC as RFC 3339 has it.
    pub at: String,
    /// Where it was deleted, and where it wasn't.
    #[serde(rename = "where")]
    pub place: &'static str,
    /// The webhooks that had been handed some of these leads, with the leads' ids: they keep them until somebody asks there.
    pub handed_on: BTreeMap<String, Vec<String>>,
}

/// Deletes every lead with an email address or phone number in it. What is handed on while it is looked for may be missing
/// from `handed_on`.
///
/// # Errors
///
/// The store can't be read or written.
pub fn forget(queue: &dyn Queue, contact: &str, now: i64) -> Answer<Receipt> {
    let filter = Filter { contact: Some(contact.to_string()), ..Filter::default() };
    let mut handed_on: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if filter.person().is_some() {
        queue::each(queue, &filter, |lead| {
            // Whoever answered at all may have it, even where the answer was that something is wrong.
            let had = lead
                .deliveries
                .iter()
                .filter(|one| one.state == DeliveryState::Delivered.name() || one.tries > 0);
            had.for_each(|one| handed_on.entry(one.webhook.clone()).or_default().push(lead.id.clone()));
            true
        })?;
    }
    let forgotten = queue.forget(contact)?;
    let now = Timestamp::from_millisecond(now).unwrap_or_default();
    Ok(Receipt {
        forgotten,
        at: format!("{now:.0}"),
        place: "the relay's store; webhooks that had these leads keep them",
        handed_on,
    })
}
