//! What a webhook is to get next, whatever the store: the oldest that is due and whose contact has nothing older that waits.
//!
//! Usually that is among the first that are due. Where somebody has sent a thousand leads and the first of them waits for
//! its next attempt, all others of theirs are due and have to wait: then each contact's oldest is looked at instead, and
//! however many others there are costs nothing.

use super::queue::Due;

/// So many are looked at first, and then so many.
const FIRST_OF: &[i64] = &[32, 1000];

/// What a store can look for.
pub(super) trait DueSource {
    /// Why the store couldn't be asked.
    type Error;

    /// The first among so many that are due.
    fn first(&mut self, of: i64) -> Result<Option<Due>, Self::Error>;

    /// Are more due than so many?
    fn has_more(&mut self, than: i64) -> Result<bool, Self::Error>;

    /// The first among the oldest of each contact, and what belongs to none.
    fn of_contacts(&mut self) -> Result<Option<Due>, Self::Error>;
}

/// What a webhook is to get next.
pub(super) fn next<L: DueSource>(mut store: L) -> Result<Option<Due>, L::Error> {
    for of in FIRST_OF {
        let first = store.first(*of)?;
        if first.is_some() || !store.has_more(*of)? {
            return Ok(first);
        }
    }
    store.of_contacts()
}

/// The columns that [`read`] reads, of `leads` as `l` and `deliveries` as `d`.
macro_rules! columns {
    () => {
        "l.number, l.id, l.kind, l.form, l.edition, l.lang, l.received, l.body, d.tries"
    };
}
pub(super) use columns;

/// A row with these columns, by what reads a text and a number of it.
pub(super) fn read<E>(
    text: impl Fn(usize) -> Result<String, E>,
    number: impl Fn(usize) -> Result<i64, E>,
) -> Result<Due, E> {
    Ok(Due {
        number: number(0)?,
        id: text(1)?,
        kind: text(2)?,
        form: text(3)?,
        edition: text(4)?,
        lang: text(5)?,
        received: number(6)?,
        body: text(7)?,
        tries: u32::try_from(number(8)?).unwrap_or(u32::MAX),
    })
}
