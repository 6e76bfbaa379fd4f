//! The tables in a file, brought up to what this version knows.

use rusqlite::Connection;

use super::store_error;
use crate::relay::queue::{Answer, StoreError};

/// The tables, one version after the other. A store remembers how many it has.
const VERSIONS: &[&str] = &[
    "
    CREATE TABLE leads (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL, form TEXT NOT NULL, edition TEXT NOT NULL, lang TEXT NOT NULL,
        contact TEXT NOT NULL, received INTEGER NOT NULL, body TEXT NOT NULL, extra TEXT NOT NULL,
        score INTEGER NOT NULL, signs TEXT NOT NULL
    );
    CREATE INDEX leads_received ON leads (received);
    CREATE TABLE deliveries (
        number INTEGER NOT NULL REFERENCES leads (number) ON DELETE CASCADE,
        webhook TEXT NOT NULL, contact TEXT NOT NULL,
        state INTEGER NOT NULL, tries INTEGER NOT NULL, due INTEGER NOT NULL, at INTEGER NOT NULL,
        status INTEGER, said TEXT NOT NULL,
        PRIMARY KEY (number, webhook)
    ) WITHOUT ROWID;
    CREATE INDEX deliveries_due ON deliveries (webhook, due) WHERE state = 0;
    CREATE INDEX deliveries_order ON deliveries (webhook, contact, number) WHERE state = 0;
    CREATE INDEX deliveries_state ON deliveries (webhook, state, number);
    CREATE TABLE consents (hash TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
",
    "
    CREATE TABLE notes (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
    CREATE INDEX deliveries_unconfirmed ON deliveries (number) WHERE state = 4;
",
    "
    CREATE INDEX deliveries_open ON deliveries (state, number) WHERE state <> 1;
    DROP INDEX deliveries_unconfirmed;
",
];

/// Brings the tables up to date; those of a newer version are left alone.
pub(super) fn migrate(connection: &mut Connection) -> Answer<()> {
    let has = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
    let has: u32 = has.map_err(|error| store_error(&error))?;
    let mut has = usize::try_from(has).unwrap_or(usize::MAX);
    if has > VERSIONS.len() {
        let known = VERSIONS.len();
        return Err(StoreError(format!(
            "it was written by a newer ringback (version {has} of its tables; this one knows {known})"
        )));
    }
    while let Some(tables) = VERSIONS.get(has) {
        let transaction = connection.transaction().map_err(|error| store_error(&error))?;
        transaction.execute_batch(tables).map_err(|error| store_error(&error))?;
        has += 1;
        transaction
            .pragma_update(None, "user_version", u32::try_from(has).unwrap_or(u32::MAX))
            .map_err(|error| store_error(&error))?;
        transaction.commit().map_err(|error| store_error(&error))?;
    }
    Ok(())
}
