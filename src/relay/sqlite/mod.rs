//! The store in a file of SQLite. One thread writes: `writer` takes all that has come, writes it in one transaction, waits
//! until it is on disk, and only then answers.

mod backup;
mod conditions;
mod due;
mod tables;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde_json::Value as Json;
use tokio::sync::oneshot;

use self::conditions::Conditions;
use self::writer::Job;
use super::queue::{
    Answer, Attempt, Confirmed, Count, DeliveryReport, DeliveryState, Due, EXPIRED, Filter, Insertion,
    NewLead, Queue, SIGNING_KEY, Start, StoreError, Stored, waiting, with_receipt,
};

/// How long to wait for another process, such as `ringback relay export`.
const PATIENCE: Duration = Duration::from_secs(10);

/// So many old leads are removed at once: whoever sends one meanwhile doesn't wait for all of them.
const PART: usize = 500;

/// A store in a file.
struct Sqlite {
    path: PathBuf,
    writes: Sender<Job>,
    reads: Mutex<Connection>,
}

fn store_error(error: &rusqlite::Error) -> StoreError {
    StoreError(error.to_string())
}

/// Opens the store in a file, which is made where it isn't there.
///
/// # Errors
///
/// It can't be opened, or was written by a newer version.
pub(super) fn open(path: &Path) -> Answer<Box<dyn Queue>> {
    let mut writer = connect(path)?;
    tables::migrate(&mut writer)?;
    let reads = Mutex::new(connect(path)?);
    let (writes, jobs) = channel();
    thread::spawn(move || writer::run(&mut writer, &jobs));
    Ok(Box::new(Sqlite { path: path.to_path_buf(), writes, reads }))
}

fn connect(path: &Path) -> Answer<Connection> {
    let connection = Connection::open(path).map_err(|error| store_error(&error))?;
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
    set().map_err(|error: rusqlite::Error| store_error(&error))?;
    Ok(connection)
}

impl Sqlite {
    fn reads(&self) -> MutexGuard<'_, Connection> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Answer<T> {
        work(&self.reads()).map_err(|error| store_error(&error))
    }

    /// Reads what may take long, on a connection of its own: nobody who wants to know what is due waits for it.
    fn long<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Answer<T> {
        waiting(|| work(&connect(&self.path)?).map_err(|error| store_error(&error)))
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
        let answer = waiting(|| answer.blocking_recv()).map_err(|_| writer_gone())?;
        answer.map_err(|error: rusqlite::Error| store_error(&error))
    }

    fn send(&self, job: Job) -> Answer<()> {
        self.writes.send(job).map_err(|_| writer_gone())
    }
}

fn writer_gone() -> StoreError {
    StoreError("nothing is written any more".into())
}

/// The numbers of a person's leads behind a number.
fn of_person(connection: &Connection, filter: &Filter, behind: i64) -> rusqlite::Result<Vec<i64>> {
    let conditions = Conditions::default().add("l.number > ?", Some(Value::Integer(behind))).of_lead(filter);
    let mut select = connection
        .prepare(&format!("SELECT l.number FROM leads l WHERE {} ORDER BY l.number", conditions.text()))?;
    select.query_map(rusqlite::params_from_iter(conditions.values), |row| row.get(0))?.collect()
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let text = |name: &str| row.get::<_, String>(name);
    let json = |text: String| serde_json::from_str(&text).unwrap_or(Json::Null);
    Ok(Stored {
        number: row.get("number")?,
        id: text("id")?,
        received: row.get("received")?,
        form: text("form")?,
        score: row.get("score")?,
        signs: text("signs")?,
        lead: json(text("body")?),
        extra: json(text("extra")?),
        deliveries: Vec::new(),
    })
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<DeliveryReport> {
    let state = DeliveryState::from_number(row.get("state")?);
    let times = (row.get("at")?, row.get("due")?);
    Ok(DeliveryReport {
        status: row.get("status")?,
        said: row.get("said")?,
        ..DeliveryReport::new(row.get("webhook")?, state, row.get("tries")?, times)
    })
}

impl Queue for Sqlite {
    fn take(&self, lead: NewLead) -> oneshot::Receiver<Answer<Insertion>> {
        let (sender, answer) = oneshot::channel();
        // Whoever waits learns from the channel's end that nothing was written.
        let _ = self.writes.send(Job::Take(lead, sender));
        answer
    }

    fn due(&self, webhook: &str, now: i64) -> Answer<Option<Due>> {
        self.read(|connection| due::next(connection, webhook, now))
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
        answer.blocking_recv().unwrap_or_else(|_| Err(writer_gone()))
    }

    fn counts(&self) -> Answer<Vec<Count>> {
        self.long(|connection| {
            let mut select = connection.prepare(
                "SELECT d.webhook, d.state, d.count, l.received FROM (
                     SELECT webhook, state, count(*) AS count, min(number) AS number
                     FROM deliveries GROUP BY webhook, state
                 ) d JOIN leads l ON l.number = d.number ORDER BY d.webhook, d.state",
            )?;
            let count = |row: &Row<'_>| {
                Ok(Count {
                    webhook: row.get(0)?,
                    state: DeliveryState::from_number(row.get(1)?).name(),
                    count: row.get::<_, i64>(2)?.unsigned_abs(),
                    oldest: row.get(3)?,
                })
            };
            select.query_map([], count)?.collect()
        })
    }

    fn list(&self, filter: &Filter, start: Start, most: u32) -> Answer<Vec<Stored>> {
        let (part, order, number) = match start {
            Start::After(number) => ("l.number > ?", "", number),
            Start::Before(number) => ("l.number < ?", "DESC", number),
        };
        let of_lead = Conditions::default().add(part, Some(Value::Integer(number))).of_lead(filter);
        let of_delivery = Conditions::default().of_delivery(filter);
        let has_delivery = match of_delivery.parts.is_empty() {
            true => String::new(),
            // What hasn't arrived is little, and is looked up by its state.
            false if filter.state.is_some_and(|state| state != DeliveryState::Delivered) => {
                format!(
                    " AND l.number IN (SELECT d.number FROM deliveries d WHERE d.state <> 1 AND {})",
                    of_delivery.text()
                )
            }
            false => format!(
                " AND EXISTS (SELECT 1 FROM deliveries d WHERE d.number = l.number AND {})",
                of_delivery.text()
            ),
        };
        let values = of_lead.values.iter().chain(&of_delivery.values);
        self.long(|connection| {
            let mut select = connection.prepare(&format!(
                "SELECT * FROM leads l WHERE {}{has_delivery} ORDER BY l.number {order} LIMIT {most}",
                of_lead.text()
            ))?;
            let found: Vec<Stored> = select
                .query_map(rusqlite::params_from_iter(values), stored)?
                .collect::<rusqlite::Result<_>>()?;
            let mut deliveries =
                connection.prepare_cached("SELECT * FROM deliveries WHERE number = ? ORDER BY webhook")?;
            let with = |lead: Stored| {
                let deliveries =
                    deliveries.query_map([lead.number], delivery)?.collect::<rusqlite::Result<_>>()?;
                Ok(Stored { deliveries, ..lead })
            };
            found.into_iter().map(with).collect()
        })
    }

    fn resend(&self, filter: &Filter, now: i64) -> Answer<u64> {
        let conditions = Conditions::default().of_lead(filter).of_delivery(filter);
        let states = match filter.state {
            Some(DeliveryState::Delivered) => "d.state = 1",
            Some(_) => "d.state <> 4 AND d.state <> 1",
            None => "d.state IN (2, 3) AND d.state <> 1",
        };
        let update = format!(
            "UPDATE deliveries SET state = 0, due = {now}, tries = 0 WHERE (number, webhook) IN (
             SELECT d.number, d.webhook FROM deliveries d JOIN leads l ON l.number = d.number
             WHERE {} AND {states})",
            conditions.text()
        );
        self.alone(move |connection| {
            let count = connection.execute(&update, rusqlite::params_from_iter(conditions.values))?;
            Ok(u64::try_from(count).unwrap_or(u64::MAX))
        })
    }

    fn forget(&self, contact: &str) -> Answer<Vec<String>> {
        let filter = Filter { contact: Some(contact.to_string()), ..Filter::default() };
        if filter.person().is_none() {
            return Ok(Vec::new());
        }
        // All leads are read for it, while others are taken. Only those that come meanwhile are looked at by the writer.
        let (mut numbers, last) = self.long(|connection| {
            let last =
                connection.query_row("SELECT coalesce(max(number), 0) FROM leads", [], |row| row.get(0))?;
            Ok((of_person(connection, &filter, 0)?, last))
        })?;
        self.alone(move |connection| {
            numbers.extend(of_person(connection, &filter, last)?);
            let mut delete = connection.prepare("DELETE FROM leads WHERE number = ? RETURNING id")?;
            let ids = numbers.iter().map(|number| delete.query_row([number], |row| row.get(0)).optional());
            Ok(ids.collect::<rusqlite::Result<Vec<Option<String>>>>()?.into_iter().flatten().collect())
        })
        .inspect(|_| {
            // What was written before is in the log, too, until that is emptied.
            let _ = self.send(Job::Alone(Box::new(|connection| {
                let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            })));
            let _ = self.alone(|_| Ok(()));
        })
    }

    fn discard(&self, filter: &Filter) -> Answer<u64> {
        let held = Filter { state: Some(DeliveryState::Held), ..filter.clone() };
        let conditions = Conditions::default().of_lead(&held).of_delivery(&held);
        let delete = format!(
            "DELETE FROM leads WHERE number IN (
             SELECT l.number FROM deliveries d JOIN leads l ON l.number = d.number WHERE {})",
            conditions.text()
        );
        self.alone(move |connection| {
            let count = connection.execute(&delete, rusqlite::params_from_iter(conditions.values))?;
            Ok(u64::try_from(count).unwrap_or(u64::MAX))
        })
    }

    fn purge(&self, before: i64, kind: Option<&str>) -> Answer<u64> {
        let (mut count, mut start) = (0, i64::MIN);
        loop {
            let kind = kind.map(str::to_string);
            let gone: Vec<i64> = self.alone(move |connection| {
                let mut delete = connection.prepare(
                    "DELETE FROM leads WHERE number IN (
                     SELECT number FROM leads WHERE received >= ?1 AND received < ?2 AND (?3 IS NULL OR kind = ?3) AND NOT EXISTS (
                         SELECT 1 FROM deliveries d WHERE d.number = leads.number AND d.state <> 1)
                     ORDER BY received LIMIT ?4) RETURNING received",
                )?;
                let part = i64::try_from(PART).unwrap_or(i64::MAX);
                delete.query_map(params![start, before, kind, part], |row| row.get(0))?.collect()
            })?;
            count += u64::try_from(gone.len()).unwrap_or(u64::MAX);
            match gone.iter().max() {
                Some(last) if gone.len() == PART => start = *last,
                _ => return Ok(count),
            }
        }
    }

    fn back_up(&self, to: &Path) -> Answer<u64> {
        backup::back_up(&self.reads(), to)
    }

    fn confirm(&self, id: &str, receipt: &Json, now: i64) -> Answer<Confirmed> {
        let (id, receipt) = (id.to_string(), receipt.clone());
        self.alone(move |connection| {
            let mut select = connection.prepare("SELECT number, body FROM leads WHERE id = ?")?;
            let found = select.query_row([&id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let Some::<(i64, String)>((number, body)) = found else { return Ok(Confirmed::Never) };
            let goes = connection.execute(
                "UPDATE deliveries SET state = 0, due = ?1 WHERE number = ?2 AND state = 4",
                [now, number],
            )?;
            if goes == 0 {
                return Ok(Confirmed::Before);
            }
            if let Some(body) = with_receipt(&body, &receipt) {
                connection.execute("UPDATE leads SET body = ? WHERE number = ?", params![body, number])?;
            }
            Ok(Confirmed::Now)
        })
    }

    fn expire(&self, before: i64) -> Answer<u64> {
        self.alone(move |connection| {
            let count = connection.execute(
                "DELETE FROM leads WHERE received < ?1 AND number IN (SELECT number FROM deliveries INDEXED BY deliveries_open WHERE state = 4 AND state <> 1)",
                [before],
            )?;
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            if count > 0 {
                connection.execute(
                    "INSERT INTO notes (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = value + ?2",
                    params![EXPIRED, i64::try_from(count).unwrap_or(i64::MAX)],
                )?;
            }
            Ok(count)
        })
    }

    fn expired(&self) -> Answer<u64> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT value FROM notes WHERE name = ?")?;
            let count: Option<i64> = select.query_row([EXPIRED], |row| row.get(0)).optional()?;
            Ok(count.unwrap_or_default().unsigned_abs())
        })
    }

    fn signing_key(&self, random: &str) -> Answer<String> {
        let random = random.to_string();
        self.alone(move |connection| {
            connection.execute(
                "INSERT INTO notes (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                params![SIGNING_KEY, random],
            )?;
            connection.query_row("SELECT value FROM notes WHERE name = ?", [SIGNING_KEY], |row| row.get(0))
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
