//! The tables in a database, brought up to what this version knows.

use postgres::Error;

use super::link::{Link, Session};
use crate::relay::queue::{Answer, StoreError};

/// Two relays that start at once change the tables one after the other: any number that nobody else uses.
const ALONE: i64 = 0x0072_696e_6762_6163;

/// The tables, one version after the other. A database remembers how many it has.
const VERSIONS: &[&str] = &[
    "
    CREATE TABLE ringback_leads (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id text NOT NULL UNIQUE,
        kind text NOT NULL, form text NOT NULL, edition text NOT NULL, lang text NOT NULL,
        contact text NOT NULL, received bigint NOT NULL, body text NOT NULL, extra text NOT NULL,
        score bigint NOT NULL, signs text NOT NULL
    );
    CREATE INDEX ringback_leads_received ON ringback_leads (received);
    CREATE TABLE ringback_deliveries (
        number bigint NOT NULL REFERENCES ringback_leads (number) ON DELETE CASCADE,
        webhook text NOT NULL, contact text NOT NULL,
        state bigint NOT NULL, tries bigint NOT NULL, due bigint NOT NULL, at bigint NOT NULL,
        status bigint, said text NOT NULL,
        PRIMARY KEY (number, webhook)
    ) WITH (fillfactor = 80);
    CREATE INDEX ringback_deliveries_due ON ringback_deliveries (webhook, due, number) WHERE state = 0;
    CREATE INDEX ringback_deliveries_order ON ringback_deliveries (webhook, contact, number) WHERE state = 0;
    CREATE INDEX ringback_deliveries_open ON ringback_deliveries (state, webhook, number) WHERE state <> 1;
    CREATE TABLE ringback_consents (hash text PRIMARY KEY, since bigint NOT NULL);
",
    "
    CREATE TABLE ringback_notes (name text PRIMARY KEY, value text NOT NULL);
    CREATE INDEX ringback_deliveries_unconfirmed ON ringback_deliveries (number) WHERE state = 4;
",
];

/// Brings the tables up to date; those of a newer version are left alone.
pub(super) fn migrate(link: &mut Link) -> Answer<()> {
    let known = i64::try_from(VERSIONS.len()).unwrap_or(i64::MAX);
    match link.with(migrate_once)? {
        has if has > known => Err(StoreError(format!(
            "it was written by a newer ringback (version {has} of its tables; this one knows {known})"
        ))),
        _ => Ok(()),
    }
}

/// The version that the tables have afterwards.
fn migrate_once(session: &mut Session) -> Result<i64, Error> {
    let mut transaction = session.client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&ALONE])?;
    transaction.batch_execute("CREATE TABLE IF NOT EXISTS ringback_version (version bigint NOT NULL)")?;
    let row = transaction.query_opt("SELECT version FROM ringback_version", &[])?;
    let has: i64 = row.map_or(Ok(0), |row| row.try_get(0))?;
    let made = usize::try_from(has).unwrap_or(usize::MAX);
    for tables in VERSIONS.iter().skip(made) {
        transaction.batch_execute(tables)?;
    }
    let has = has.max(i64::try_from(VERSIONS.len()).unwrap_or(i64::MAX));
    transaction.execute("DELETE FROM ringback_version WHERE version < $1", &[&has])?;
    transaction.execute(
        "INSERT INTO ringback_version SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM ringback_version)",
        &[&has],
    )?;
    transaction.commit()?;
    Ok(has)
}
