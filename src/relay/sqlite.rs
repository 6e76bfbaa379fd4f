//! The store in a file of SQLite. One thread writes: it takes all that has come, writes it in one transaction, waits until
//! it is on disk, and only then answers.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde_json::Value as Json;
use tokio::sync::oneshot;

use super::queue::{
    Answer, Attempt, Count, DeliveryReport, Due, Filter, NewLead, Queue, State, StoreError, Stored, Taken,
};

/// How many changes are written at once, at most.
const BATCH: usize = 512;

/// How long to wait for another process, such as `ringback relay export`.
const PATIENCE: Duration = Duration::from_secs(10);

/// The tables, one version after the other. A store remembers how many it has.
const VERSIONS: &[&str] = &["
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
"];

/// A change, and who waits for it.
enum Job {
    Take(NewLead, oneshot::Sender<Answer<Taken>>),
    Record(Attempt, oneshot::Sender<Answer<()>>),
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// A store in a file.
struct Sqlite {
    writes: Sender<Job>,
    reads: Mutex<Connection>,
}

fn told(error: &rusqlite::Error) -> StoreError {
    StoreError(error.to_string())
}

/// Is there a store in this file?
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the relay keeps leads on disk")]
pub fn exists(path: &Path) -> bool {
    path.is_file()
}

/// Opens the store in a file, which is made where it isn't there.
///
/// # Errors
///
/// It can't be opened, or was written by a newer version.
pub fn open(path: &Path) -> Answer<Box<dyn Queue>> {
    let mut writer = connect(path)?;
    migrate(&mut writer)?;
    let reads = Mutex::new(connect(path)?);
    let (writes, jobs) = channel();
    thread::spawn(move || write(&mut writer, &jobs));
    Ok(Box::new(Sqlite { writes, reads }))
}

fn connect(path: &Path) -> Answer<Connection> {
    let connection = Connection::open(path).map_err(|error| told(&error))?;
    let set = || {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A commit returns when the disk has it.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What was forgotten isn't left in free pages.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(())
    };
    set().map_err(|error: rusqlite::Error| told(&error))?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Answer<()> {
    let has = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
    let has: u32 = has.map_err(|error| told(&error))?;
    let mut has = usize::try_from(has).unwrap_or(usize::MAX);
    if has > VERSIONS.len() {
        let known = VERSIONS.len();
        return Err(StoreError(format!(
            "it was written by a newer ringback (version {has} of its tables; this one knows {known})"
        )));
    }
    while let Some(tables) = VERSIONS.get(has) {
        let transaction = connection.transaction().map_err(|error| told(&error))?;
        transaction.execute_batch(tables).map_err(|error| told(&error))?;
        has += 1;
        transaction
            .pragma_update(None, "user_version", u32::try_from(has).unwrap_or(u32::MAX))
            .map_err(|error| told(&error))?;
        transaction.commit().map_err(|error| told(&error))?;
    }
    Ok(())
}

/// Answers that wait for the end of a transaction.
type Promises = Vec<Box<dyn FnOnce(Option<StoreError>)>>;

/// Writes until nobody can ask for anything any more.
fn write(connection: &mut Connection, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut next = Some(first);
        let mut batch = Vec::new();
        let mut alone = None;
        while let Some(job) = next.take() {
            match job {
                Job::Alone(work) => alone = Some(work),
                job => batch.push(job),
            }
            if alone.is_none() && batch.len() < BATCH {
                next = jobs.try_recv().ok();
            }
        }
        if !batch.is_empty() {
            write_batch(connection, batch);
        }
        if let Some(work) = alone {
            work(connection);
        }
    }
}

/// One transaction for all. What can't be written fails alone, and if nothing can, everybody is told.
fn write_batch(connection: &mut Connection, batch: Vec<Job>) {
    let mut promises: Promises = Vec::with_capacity(batch.len());
    let result = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).and_then(
        |mut transaction| {
            for job in batch {
                match job {
                    Job::Take(lead, waits) => {
                        let taken = within(&mut transaction, |inside| take(inside, &lead));
                        promises.push(Box::new(move |failed| {
                            let _ = waits.send(failed.map_or(taken, Err));
                        }));
                    }
                    Job::Record(attempt, waits) => {
                        let noted = within(&mut transaction, |inside| record(inside, &attempt));
                        promises.push(Box::new(move |failed| {
                            let _ = waits.send(failed.map_or(noted, Err));
                        }));
                    }
                    Job::Alone(_) => {}
                }
            }
            transaction.commit()
        },
    );
    let failed = result.err().map(|error| told(&error));
    promises.into_iter().for_each(|promise| promise(failed.clone()));
}

/// Does something in a savepoint, which is undone if it fails.
fn within<T>(
    transaction: &mut rusqlite::Transaction<'_>,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Answer<T> {
    let savepoint = transaction.savepoint().map_err(|error| told(&error))?;
    let done = work(&savepoint).map_err(|error| told(&error))?;
    savepoint.commit().map_err(|error| told(&error))?;
    Ok(done)
}

fn take(connection: &Connection, lead: &NewLead) -> rusqlite::Result<Taken> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO leads (id, kind, form, edition, lang, contact, received, body, extra, score, signs)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )?;
    let NewLead { id, kind, form, edition, lang, contact, received, body, extra, score, signs, .. } = lead;
    let new = insert
        .execute(params![id, kind, form, edition, lang, contact, received, body, extra, score, signs])?;
    if new == 0 {
        return Ok(Taken::Known);
    }
    let number = connection.last_insert_rowid();
    let state = if lead.is_held { State::Held } else { State::Waiting };
    let mut insert = connection.prepare_cached(
        "INSERT INTO deliveries (number, webhook, contact, state, tries, due, at, status, said)
         VALUES (?, ?, ?, ?, 0, ?, ?, NULL, '') ON CONFLICT DO NOTHING",
    )?;
    for webhook in &lead.webhooks {
        insert.execute(params![number, webhook, contact, state.number(), received, received])?;
    }
    Ok(Taken::New)
}

fn record(connection: &Connection, attempt: &Attempt) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(
        "UPDATE deliveries SET state = ?, tries = tries + 1, due = ?, at = ?, status = ?, said = ?
         WHERE number = ? AND webhook = ?",
    )?;
    let Attempt { number, webhook, at, state, due, status, said } = attempt;
    update.execute(params![state.number(), due, at, status, said, number, webhook])?;
    Ok(())
}

impl Sqlite {
    fn reads(&self) -> MutexGuard<'_, Connection> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Answer<T> {
        work(&self.reads()).map_err(|error| told(&error))
    }

    /// Does something in a transaction of its own.
    fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Answer<T> {
        let (sender, answer) = oneshot::channel();
        let job = Job::Alone(Box::new(move |connection: &mut Connection| {
            let immediate = rusqlite::TransactionBehavior::Immediate;
            let done = connection.transaction_with_behavior(immediate).and_then(|transaction| {
                let done = work(&transaction)?;
                transaction.commit()?;
                Ok(done)
            });
            let _ = sender.send(done);
        }));
        self.send(job)?;
        let answer = answer.blocking_recv().map_err(|_| gone())?;
        answer.map_err(|error: rusqlite::Error| told(&error))
    }

    fn send(&self, job: Job) -> Answer<()> {
        self.writes.send(job).map_err(|_| gone())
    }
}

fn gone() -> StoreError {
    StoreError("nothing is written any more".into())
}

/// The condition of a filter over leads `l` and deliveries `d`, with its values.
fn condition(filter: &Filter) -> (String, Vec<Value>) {
    let asked = [
        ("l.id = ?", filter.id.clone().map(Value::Text)),
        ("d.webhook = ?", filter.webhook.clone().map(Value::Text)),
        ("d.state = ?", filter.state.map(|state| Value::Integer(state.number()))),
        ("l.received >= ?", filter.since.map(Value::Integer)),
    ];
    let asked: Vec<(&str, Value)> =
        asked.into_iter().filter_map(|(part, value)| Some((part, value?))).collect();
    let parts: Vec<&str> = std::iter::once("1").chain(asked.iter().map(|(part, _)| *part)).collect();
    (parts.join(" AND "), asked.into_iter().map(|(_, value)| value).collect())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<(i64, Stored)> {
    let text = |name: &str| row.get::<_, String>(name);
    let json = |text: String| serde_json::from_str(&text).unwrap_or(Json::Null);
    let lead = Stored {
        id: text("id")?,
        received: row.get("received")?,
        form: text("form")?,
        score: row.get("score")?,
        signs: text("signs")?,
        lead: json(text("body")?),
        extra: json(text("extra")?),
        deliveries: Vec::new(),
    };
    Ok((row.get("number")?, lead))
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<DeliveryReport> {
    Ok(DeliveryReport {
        webhook: row.get("webhook")?,
        state: State::from_number(row.get("state")?).name(),
        tries: row.get("tries")?,
        status: row.get("status")?,
        said: row.get("said")?,
    })
}

impl Queue for Sqlite {
    fn take(&self, lead: NewLead) -> oneshot::Receiver<Answer<Taken>> {
        let (sender, answer) = oneshot::channel();
        // Whoever waits learns from the channel's end that nothing was written.
        let _ = self.writes.send(Job::Take(lead, sender));
        answer
    }

    fn due(&self, webhook: &str, now: i64) -> Answer<Option<Due>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT l.number, l.id, l.kind, l.form, l.edition, l.lang, l.received, l.body, d.tries
                 FROM deliveries d JOIN leads l ON l.number = d.number
                 WHERE d.webhook = ?1 AND d.state = 0 AND d.due <= ?2 AND (d.contact = '' OR NOT EXISTS (
                     SELECT 1 FROM deliveries e WHERE e.webhook = ?1 AND e.state = 0
                     AND e.contact = d.contact AND e.number < d.number))
                 ORDER BY d.due, d.number LIMIT 1",
            )?;
            let due = |row: &Row<'_>| {
                Ok(Due {
                    number: row.get(0)?,
                    id: row.get(1)?,
                    kind: row.get(2)?,
                    form: row.get(3)?,
                    edition: row.get(4)?,
                    lang: row.get(5)?,
                    received: row.get(6)?,
                    body: row.get(7)?,
                    tries: row.get(8)?,
                })
            };
            select.query_row(params![webhook, now], due).optional()
        })
    }

    fn next_due(&self, webhook: &str, now: i64) -> Answer<Option<i64>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT min(due) FROM deliveries WHERE webhook = ? AND state = 0 AND due > ?",
            )?;
            select.query_row(params![webhook, now], |row| row.get(0))
        })
    }

    fn oldest(&self, webhook: &str) -> Answer<Option<i64>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT l.received FROM deliveries d JOIN leads l ON l.number = d.number
                 WHERE d.webhook = ? AND d.state = 0 ORDER BY d.number LIMIT 1",
            )?;
            select.query_row([webhook], |row| row.get(0)).optional()
        })
    }

    fn record(&self, attempt: Attempt) -> Answer<()> {
        let (sender, answer) = oneshot::channel();
        self.send(Job::Record(attempt, sender))?;
        answer.blocking_recv().unwrap_or_else(|_| Err(gone()))
    }

    fn counts(&self) -> Answer<Vec<Count>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT d.webhook, d.state, count(*), min(l.received)
                 FROM deliveries d JOIN leads l ON l.number = d.number
                 GROUP BY d.webhook, d.state ORDER BY d.webhook, d.state",
            )?;
            let count = |row: &Row<'_>| {
                Ok(Count {
                    webhook: row.get(0)?,
                    state: State::from_number(row.get(1)?).name(),
                    count: row.get::<_, i64>(2)?.unsigned_abs(),
                    oldest: row.get(3)?,
                })
            };
            select.query_map([], count)?.collect()
        })
    }

    fn list(&self, filter: &Filter) -> Answer<Vec<Stored>> {
        let (condition, values) = condition(filter);
        self.read(|connection| {
            let mut select = connection.prepare(&format!(
                "SELECT DISTINCT l.* FROM leads l LEFT JOIN deliveries d ON d.number = l.number
                 WHERE {condition} ORDER BY l.number"
            ))?;
            let found: Vec<(i64, Stored)> = select
                .query_map(rusqlite::params_from_iter(values), stored)?
                .collect::<rusqlite::Result<_>>()?;
            let mut deliveries =
                connection.prepare_cached("SELECT * FROM deliveries WHERE number = ? ORDER BY webhook")?;
            let with = |(number, lead): (i64, Stored)| {
                let deliveries =
                    deliveries.query_map([number], delivery)?.collect::<rusqlite::Result<_>>()?;
                Ok(Stored { deliveries, ..lead })
            };
            found.into_iter().map(with).collect()
        })
    }

    fn resend(&self, filter: &Filter, now: i64) -> Answer<u64> {
        let (condition, values) = condition(filter);
        let states = if filter.state.is_some() { "1" } else { "d.state IN (2, 3)" };
        let update = format!(
            "UPDATE deliveries SET state = 0, due = {now}, tries = 0 WHERE (number, webhook) IN (
             SELECT d.number, d.webhook FROM deliveries d JOIN leads l ON l.number = d.number
             WHERE {condition} AND {states})"
        );
        self.alone(move |connection| {
            let count = connection.execute(&update, rusqlite::params_from_iter(values))?;
            Ok(u64::try_from(count).unwrap_or(u64::MAX))
        })
    }

    fn forget(&self, contact: &str) -> Answer<Vec<String>> {
        let contact = contact.trim().to_lowercase();
        if contact.is_empty() {
            return Ok(Vec::new());
        }
        self.alone(move |connection| {
            let condition = "contact = ?1 OR instr(lower(body), ?2) > 0 OR instr(lower(extra), ?2) > 0";
            // As it is inside of JSON.
            let quoted = Json::String(contact.clone()).to_string();
            let mut select =
                connection.prepare(&format!("SELECT id FROM leads WHERE {condition} ORDER BY number"))?;
            let ids = select.query_map([&contact, &quoted], |row| row.get(0))?;
            let ids: Vec<String> = ids.collect::<rusqlite::Result<_>>()?;
            connection.execute(&format!("DELETE FROM leads WHERE {condition}"), [&contact, &quoted])?;
            Ok(ids)
        })
        .inspect(|_| {
            // What was written before is in the log, too, until that is emptied.
            let _ = self.send(Job::Alone(Box::new(|connection| {
                let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            })));
            let _ = self.alone(|_| Ok(()));
        })
    }

    fn purge(&self, before: i64) -> Answer<u64> {
        self.alone(move |connection| {
            let count = connection.execute(
                "DELETE FROM leads WHERE received < ?1 AND NOT EXISTS (
                 SELECT 1 FROM deliveries d WHERE d.number = leads.number AND d.state <> 1)",
                [before],
            )?;
            Ok(u64::try_from(count).unwrap_or(u64::MAX))
        })
    }

    fn remember(&self, hashes: Vec<String>, now: i64) -> Answer<()> {
        self.alone(move |connection| {
            let mut insert = connection
                .prepare("INSERT INTO consents (hash, since) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
            hashes.iter().try_for_each(|hash| insert.execute(params![hash, now]).map(drop))
        })
    }

    fn remembers(&self, hash: &str) -> Answer<bool> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT 1 FROM consents WHERE hash = ?")?;
            select.exists([hash])
        })
    }
}
