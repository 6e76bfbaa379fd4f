//! What a webhook is to get next, taken in hand: as in a file of SQLite, the oldest that is due and whose contact has
//! nothing older that waits, looked for among the first that are due, and then among the oldest of each contact.

use postgres::{Error, Row};

use super::link::Session;
use crate::relay::queue::Due;

/// How long a relay has a delivery in hand before another one takes it, in milliseconds: longer than a webhook or a mail
/// server may take.
const IN_HAND: i64 = 120_000;

/// So many are looked at first, and then so many.
const FIRST_OF: &[i64] = &[32, 1000];

/// What is taken in hand of the candidates, unless another relay has it. What has changed meanwhile is asked again.
macro_rules! take {
    ($candidates:literal) => {
        concat!(
            "WITH RECURSIVE ",
            $candidates,
            ", one AS MATERIALIZED (
                SELECT d.number, d.webhook FROM candidates c
                JOIN ringback_deliveries d ON d.number = c.number AND d.webhook = $1
                WHERE d.state = 0 AND d.due <= $2 AND (d.contact = '' OR NOT EXISTS (
                    SELECT 1 FROM ringback_deliveries e WHERE e.webhook = $1 AND e.state = 0
                    AND e.contact = d.contact AND e.number < d.number))
                ORDER BY d.due, d.number LIMIT 1 FOR UPDATE OF d SKIP LOCKED
            )
            UPDATE ringback_deliveries AS d SET due = $3
            FROM one JOIN ringback_leads l ON l.number = one.number
            WHERE d.number = one.number AND d.webhook = one.webhook
            RETURNING l.number, l.id, l.kind, l.form, l.edition, l.lang, l.received, l.body, d.tries"
        )
    };
}

/// The first among so many that are due.
const FIRST: &str = take!(
    "candidates AS MATERIALIZED (
        SELECT number FROM ringback_deliveries
        WHERE webhook = $1 AND state = 0 AND due <= $2 ORDER BY due, number LIMIT $4
    )"
);

/// Are there more than those?
const HAS_MORE: &str = "
    SELECT 1 FROM ringback_deliveries WHERE webhook = $1 AND state = 0 AND due <= $2 LIMIT 1 OFFSET $3";

/// The first among the oldest of each contact, and what belongs to none. From one contact to the next is one step in the
/// index.
const OF_CONTACTS: &str = take!(
    "contacts (contact) AS (
        (SELECT min(contact) FROM ringback_deliveries WHERE webhook = $1 AND state = 0)
        UNION ALL
        SELECT (SELECT min(contact) FROM ringback_deliveries
                WHERE webhook = $1 AND state = 0 AND contact > contacts.contact)
        FROM contacts WHERE contact IS NOT NULL
    ), candidates (number) AS MATERIALIZED (
        SELECT (SELECT min(number) FROM ringback_deliveries
                WHERE webhook = $1 AND state = 0 AND contact = contacts.contact)
        FROM contacts WHERE contact > ''
        UNION ALL
        (SELECT number FROM ringback_deliveries
         WHERE webhook = $1 AND state = 0 AND contact = '' AND due <= $2 ORDER BY due, number LIMIT 1)
    )"
);

/// What a webhook is to get next.
pub(super) fn next(session: &mut Session, webhook: &str, now: i64) -> Result<Option<Due>, Error> {
    for of in FIRST_OF {
        let statement = session.statement(FIRST)?;
        let row = session.client.query_opt(&statement, &[&webhook, &now, &(now + IN_HAND), of])?;
        if let Some(row) = row {
            return read(&row).map(Some);
        }
        let statement = session.statement(HAS_MORE)?;
        if session.client.query_opt(&statement, &[&webhook, &now, of])?.is_none() {
            return Ok(None);
        }
    }
    let statement = session.statement(OF_CONTACTS)?;
    let row = session.client.query_opt(&statement, &[&webhook, &now, &(now + IN_HAND)])?;
    row.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Due, Error> {
    Ok(Due {
        number: row.try_get(0)?,
        id: row.try_get(1)?,
        kind: row.try_get(2)?,
        form: row.try_get(3)?,
        edition: row.try_get(4)?,
        lang: row.try_get(5)?,
        received: row.try_get(6)?,
        body: row.try_get(7)?,
        tries: u32::try_from(row.try_get::<_, i64>(8)?).unwrap_or(u32::MAX),
    })
}
