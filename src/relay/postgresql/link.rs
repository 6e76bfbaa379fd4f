//! A connection to the database that is made again where it breaks: a server that is started again, or that another one
//! has taken the place of, is a pause of some seconds and no error.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use postgres::error::SqlState;
use postgres::{Client, Error, Statement};

use crate::network::database::Database;
use crate::relay::queue::{Answer, StoreError};

/// How long a server may be gone. A visitor waits for it, and then their browser tries again later.
const PATIENCE: Duration = Duration::from_secs(6);

/// How long to wait before asking again whether it is back.
const PAUSE: Duration = Duration::from_millis(200);

/// What a connection is used for, which decides whether its writes wait for the disk, and how long they may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// For leads, which are on disk before anybody is told so.
    Leads,
    /// For what happens all the time and may be forgotten in a crash, such as who has a lead in hand.
    Looking,
    /// For what may take minutes, such as a search in all leads.
    Long,
}

/// A connection, or the next one.
pub(super) struct Link {
    database: Database,
    purpose: Use,
    session: Option<Session>,
}

/// A connection with its prepared statements.
pub(super) struct Session {
    pub(super) client: Client,
    statements: BTreeMap<&'static str, Statement>,
}

impl Session {
    /// A statement, which the server reads once.
    pub(super) fn statement(&mut self, sql: &'static str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

impl Link {
    /// One that isn't connected yet.
    pub(super) fn new(database: Database, purpose: Use) -> Self {
        Self { database, purpose, session: None }
    }

    /// Does something, on another connection once more where the one that there was has broken. So `work` has to be what
    /// may be done twice: where a connection breaks off in mid-commit, nobody knows whether it was done.
    pub(super) fn with<T>(&mut self, mut work: impl FnMut(&mut Session) -> Result<T, Error>) -> Answer<T> {
        let end = Instant::now() + PATIENCE;
        loop {
            let done = self.session().and_then(&mut work);
            let error = match done {
                Ok(done) => return Ok(done),
                Err(error) => error,
            };
            if !is_gone(&error) {
                return Err(store_error(&error));
            }
            self.session = None;
            if Instant::now() > end {
                return Err(store_error(&error));
            }
            thread::sleep(PAUSE);
        }
    }

    fn session(&mut self) -> Result<&mut Session, Error> {
        if self.session.as_ref().is_some_and(|session| session.client.is_closed()) {
            self.session = None;
        }
        let session = match self.session.take() {
            Some(session) => session,
            None => {
                let mut client = self.database.connect()?;
                client.batch_execute(match self.purpose {
                    Use::Leads => "SET synchronous_commit TO on; SET statement_timeout TO '10s'",
                    Use::Looking => "SET synchronous_commit TO off; SET statement_timeout TO '10s'",
                    Use::Long => "SET statement_timeout TO 0",
                })?;
                Session { client, statements: BTreeMap::new() }
            }
        };
        Ok(self.session.insert(session))
    }
}

/// Is it the connection or the server that is gone, and not what was asked that is wrong?
fn is_gone(error: &Error) -> bool {
    let Some(code) = error.code() else {
        // What the server never answered.
        return true;
    };
    let passes = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        SqlState::TOO_MANY_CONNECTIONS,
        // A server that has become another one's copy.
        SqlState::READ_ONLY_SQL_TRANSACTION,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_SERIALIZATION_FAILURE,
    ];
    // "57P05: idle_session_timeout" has no name there; class 08 is what is wrong with connections (appendix A).
    passes.contains(code) || code.code() == "57P05" || code.code().starts_with("08")
}

/// An error in words, without values: these may be a visitor's.
pub(super) fn store_error(error: &Error) -> StoreError {
    if let Some(from_server) = error.as_db_error() {
        return StoreError(from_server.message().to_string());
    }
    let mut words = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        words = format!("{words}: {inner}");
        source = inner.source();
    }
    StoreError(words)
}
