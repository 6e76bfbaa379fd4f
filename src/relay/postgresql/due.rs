//! What a webhook is to get next, taken in hand: no other relay gets it meanwhile.

use postgres::types::ToSql;
use postgres::{Error, Row};

use super::link::Session;
use crate::relay::due::{self, DueSource, columns};
use crate::relay::queue::Due;

/// How long a relay has a delivery in hand before another one takes it, in milliseconds: longer than a webhook or a mail
/// server may take.
const IN_HAND: i64 = 120_000;

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
            RETURNING ",
            columns!()
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
    due::next(Look { session, webhook, now, until: now + IN_HAND })
}

struct Look<'a> {
    session: &'a mut Session,
    webhook: &'a str,
    now: i64,
    /// So long it is in hand.
    until: i64,
}

impl Look<'_> {
    fn row(&mut self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<Option<Row>, Error> {
        let statement = self.session.statement(sql)?;
        self.session.client.query_opt(&statement, values)
    }
}

impl DueSource for Look<'_> {
    type Error = Error;

    fn first(&mut self, of: i64) -> Result<Option<Due>, Error> {
        let (webhook, now, until) = (self.webhook, self.now, self.until);
        self.row(FIRST, &[&webhook, &now, &until, &of])?.as_ref().map(read).transpose()
    }

    fn has_more(&mut self, than: i64) -> Result<bool, Error> {
        let (webhook, now) = (self.webhook, self.now);
        Ok(self.row(HAS_MORE, &[&webhook, &now, &than])?.is_some())
    }

    fn of_contacts(&mut self) -> Result<Option<Due>, Error> {
        let (webhook, now, until) = (self.webhook, self.now, self.until);
        self.row(OF_CONTACTS, &[&webhook, &now, &until])?.as_ref().map(read).transpose()
    }
}

fn read(row: &Row) -> Result<Due, Error> {
    due::read(|at| row.try_get(at), |at| row.try_get(at))
}
