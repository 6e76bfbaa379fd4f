//! A copy of the store in another file: whole, looked at, and on disk before anybody is told so.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::store_error;
use crate::relay::files;
use crate::relay::queue::{Answer, StoreError};

/// Copies the store of a connection to a new file. How many leads are in it.
pub(super) fn back_up(connection: &Connection, to: &Path) -> Answer<u64> {
    let failed = |error: std::io::Error| StoreError(format!("`{}`: {error}", to.display()));
    // Made before SQLite would make it for everybody to read.
    let file = files::open(to).map_err(failed)?;
    if file.metadata().map_err(failed)?.len() > 0 {
        return Err(StoreError(format!("`{}` is there already, and isn't overwritten", to.display())));
    }
    let name = to.to_str().ok_or_else(|| StoreError("the name of a backup has to be Unicode".into()))?;
    connection.execute("VACUUM INTO ?", [name]).map_err(|error| store_error(&error))?;
    file.sync_all().map_err(failed)?;
    count(to).map_err(|error| StoreError(format!("the backup isn't whole: {error}")))
}

/// Looks at every page of the copy, and counts its leads.
fn count(file: &Path) -> rusqlite::Result<u64> {
    let copy = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let said: String = copy.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(rusqlite::Error::InvalidParameterName(said));
    }
    let count: i64 = copy.query_row("SELECT count(*) FROM leads", [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
