//! What a webhook is to get next, in a file.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::relay::due::{self, DueSource, columns};
use crate::relay::queue::Due;

/// The first among so many that are due. `INDEXED BY` because the statistics that would lead SQLite to these indexes
/// are those of a store that works, and not of one whose webhook has been gone for a day.
const FIRST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM (
        SELECT number, contact, due, tries FROM deliveries INDEXED BY deliveries_due
        WHERE webhook = ?1 AND state = 0 AND due <= ?2 ORDER BY due, number LIMIT ?3
    ) d JOIN leads l ON l.number = d.number
    WHERE d.contact = '' OR NOT EXISTS (
        SELECT 1 FROM deliveries e INDEXED BY deliveries_order
        WHERE e.webhook = ?1 AND e.state = 0 AND e.contact = d.contact AND e.number < d.number)
    ORDER BY d.due, d.number LIMIT 1"
);

/// Are there more than those?
const HAS_MORE: &str = "
    SELECT 1 FROM deliveries INDEXED BY deliveries_due
    WHERE webhook = ?1 AND state = 0 AND due <= ?2 LIMIT 1 OFFSET ?3";

/// The first among the oldest of each contact, and what belongs to none. From one contact to the next is one step in the
/// index.
const OF_CONTACTS: &str = concat!(
    "WITH RECURSIVE contacts (contact) AS (
        SELECT min(contact) FROM deliveries INDEXED BY deliveries_order WHERE webhook = ?1 AND state = 0
        UNION ALL
        SELECT (SELECT min(contact) FROM deliveries INDEXED BY deliveries_order
                WHERE webhook = ?1 AND state = 0 AND contact > contacts.contact)
        FROM contacts WHERE contact IS NOT NULL
    ), oldest (number) AS (
        SELECT (SELECT min(number) FROM deliveries INDEXED BY deliveries_order
                WHERE webhook = ?1 AND state = 0 AND contact = contacts.contact)
        FROM contacts WHERE contact > ''
        UNION ALL
        SELECT number FROM (
            SELECT number FROM deliveries INDEXED BY deliveries_order
            WHERE webhook = ?1 AND state = 0 AND contact = '' AND due <= ?2 ORDER BY due, number LIMIT 1)
    )
    SELECT ",
    columns!(),
    " FROM oldest CROSS JOIN deliveries d ON d.number = oldest.number AND d.webhook = ?1
    JOIN leads l ON l.number = d.number
    WHERE d.state = 0 AND d.due <= ?2 ORDER BY d.due, d.number LIMIT 1"
);

/// What a webhook is to get next.
pub(super) fn next(connection: &Connection, webhook: &str, now: i64) -> rusqlite::Result<Option<Due>> {
    due::next(Look { connection, webhook, now })
}

struct Look<'a> {
    connection: &'a Connection,
    webhook: &'a str,
    now: i64,
}

impl DueSource for Look<'_> {
    type Error = rusqlite::Error;

    fn first(&mut self, of: i64) -> rusqlite::Result<Option<Due>> {
        let mut first = self.connection.prepare_cached(FIRST)?;
        first.query_row(params![self.webhook, self.now, of], read).optional()
    }

    fn has_more(&mut self, than: i64) -> rusqlite::Result<bool> {
        self.connection.prepare_cached(HAS_MORE)?.exists(params![self.webhook, self.now, than])
    }

    fn of_contacts(&mut self) -> rusqlite::Result<Option<Due>> {
        let mut oldest = self.connection.prepare_cached(OF_CONTACTS)?;
        oldest.query_row(params![self.webhook, self.now], read).optional()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Due> {
    due::read(|at| row.get(at), |at| row.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relay::sqlite::tables;

    #[test]
    fn nothing_is_read_from_beginning_to_end() {
        let mut store = rusqlite::Connection::open_in_memory().unwrap();
        tables::migrate(&mut store).unwrap();
        for statement in [FIRST, HAS_MORE, OF_CONTACTS] {
            let mut plan = store.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
            let values = rusqlite::params_from_iter(vec![5; plan.parameter_count()]);
            let steps = plan.query_map(values, |row| row.get::<_, String>(3)).unwrap();
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            // What is made for the question itself is small.
            let is_table = |name: &str| ["deliveries", "leads", "d", "e", "l"].contains(&name);
            let is_whole = |step: &String| {
                let name = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
                let is_made = |name: &str| {
                    name == "d" && steps.iter().any(|step| step == "CO-ROUTINE d" || step == "MATERIALIZE d")
                };
                name.is_some_and(|name| is_table(name) && !is_made(name))
            };
            assert!(!steps.iter().any(is_whole), "{statement}: {steps:#?}");
        }
    }

    fn put(store: &Connection, number: i64, contact: &str, due: i64) {
        let lead = "INSERT INTO leads VALUES (?1, 'lead_' || ?1, '', '', '', '', ?2, 0, '', '', 0, '')";
        store.execute(lead, params![number, contact]).unwrap();
        let delivery = "INSERT INTO deliveries VALUES (?, 'crm', ?, 0, 0, ?, 0, NULL, '')";
        store.execute(delivery, params![number, contact, due]).unwrap();
    }

    #[test]
    fn others_dont_wait_for_one_who_sent_thousands() {
        let mut store = Connection::open_in_memory().unwrap();
        tables::migrate(&mut store).unwrap();
        let transaction = store.transaction().unwrap();
        (1..=3000).for_each(|number| put(&transaction, number, "kim", if number == 1 { 99 } else { 1 }));
        transaction.commit().unwrap();
        assert_eq!(next(&store, "crm", 50).unwrap(), None, "the first of them waits");
        put(&store, 3001, "bo", 2);
        put(&store, 3002, "", 3);
        assert_eq!(next(&store, "crm", 50).unwrap().map(|due| due.number), Some(3001));
        store.execute("UPDATE deliveries SET state = 1 WHERE number = 3001", []).unwrap();
        assert_eq!(next(&store, "crm", 50).unwrap().map(|due| due.number), Some(3002), "a call is nobody's");
        store.execute("UPDATE deliveries SET state = 1 WHERE number = 3002", []).unwrap();
        assert_eq!(next(&store, "crm", 50).unwrap(), None);
        assert_eq!(next(&store, "crm", 99).unwrap().map(|due| due.number), Some(1), "the oldest first");
    }
}
