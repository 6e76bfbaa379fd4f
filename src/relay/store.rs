//! Which store a relay has: a file of SQLite, or a database of PostgreSQL, which any number of relays share.

use std::path::{Path, PathBuf};

use super::queue::{Answer, Queue, StoreError};
use super::{postgresql, sqlite};
use crate::network::database::Database;

/// Where a relay keeps its leads.
#[derive(Debug, Clone)]
pub enum Store {
    /// In a file of SQLite, of one relay.
    File(PathBuf),
    /// In a database of PostgreSQL.
    Database(Box<Database>),
}

impl Store {
    /// What `--store` says: the URL of a database, which begins with `postgres://` or `postgresql://`, or a file.
    /// `password` is that of a database whose URL has none.
    ///
    /// # Errors
    ///
    /// It begins like the URL of a database and is none.
    #[expect(clippy::disallowed_methods, reason = "the relay reads whom it may trust")]
    pub fn new(store: &Path, password: Option<&str>) -> Answer<Self> {
        let url = store
            .to_str()
            .filter(|url| ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)));
        let Some(url) = url else { return Ok(Self::File(store.to_path_buf())) };
        let database = Database::new(url, password, |name| std::fs::read(name)).map_err(StoreError)?;
        Ok(Self::Database(Box::new(database)))
    }

    /// Is there one already? Of a database that isn't known before it is opened.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the relay keeps leads on disk")]
    pub fn may_exist(&self) -> bool {
        match self {
            Self::File(path) => path.is_file(),
            Self::Database(_) => true,
        }
    }

    /// The folder in which files of leads are, too: beside the store's own, or where the relay was started.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        match self {
            Self::File(path) => path.parent().map(Path::to_path_buf).unwrap_or_default(),
            Self::Database(_) => PathBuf::new(),
        }
    }
}

/// Opens a store, which is made where it isn't there.
///
/// # Errors
///
/// It can't be opened, or was written by a newer version.
pub fn open(store: &Store) -> Answer<Box<dyn Queue>> {
    match store {
        Store::File(path) => sqlite::open(path),
        Store::Database(database) => postgresql::open((**database).clone()),
    }
}
