//! The thread that writes to a file of SQLite.

use std::sync::mpsc::Receiver;

use rusqlite::{Connection, params};
use tokio::sync::oneshot;

use super::store_error;
use crate::relay::queue::{Answer, Attempt, DeliveryState, Insertion, NewLead, StoreError};

/// How many changes are written at once, at most.
const BATCH: usize = 512;

/// A change, and who waits for it.
pub(super) enum Job {
    Take(NewLead, oneshot::Sender<Answer<Insertion>>),
    Record(Attempt, oneshot::Sender<Answer<()>>),
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// Answers that wait for the end of a transaction.
type Promises = Vec<Box<dyn FnOnce(Option<StoreError>)>>;

/// Writes until nobody can ask for anything any more.
pub(super) fn run(connection: &mut Connection, jobs: &Receiver<Job>) {
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
                        let taken = in_savepoint(&mut transaction, |inside| take(inside, &lead));
                        promises.push(Box::new(move |failed| {
                            let _ = waits.send(failed.map_or(taken, Err));
                        }));
                    }
                    Job::Record(attempt, waits) => {
                        let noted = in_savepoint(&mut transaction, |inside| record(inside, &attempt));
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
    let failed = result.err().map(|error| store_error(&error));
    promises.into_iter().for_each(|promise| promise(failed.clone()));
}

/// Does something in a savepoint, which is undone if it fails.
fn in_savepoint<T>(
    transaction: &mut rusqlite::Transaction<'_>,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Answer<T> {
    let savepoint = transaction.savepoint().map_err(|error| store_error(&error))?;
    let done = work(&savepoint).map_err(|error| store_error(&error))?;
    savepoint.commit().map_err(|error| store_error(&error))?;
    Ok(done)
}

fn take(connection: &Connection, lead: &NewLead) -> rusqlite::Result<Insertion> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO leads (id, kind, form, edition, lang, contact, received, body, extra, score, signs)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )?;
    let NewLead { id, kind, form, edition, lang, contact, received, body, extra, score, signs, .. } = lead;
    let new = insert
        .execute(params![id, kind, form, edition, lang, contact, received, body, extra, score, signs])?;
    if new == 0 {
        return Ok(Insertion::Known);
    }
    let number = connection.last_insert_rowid();
    let state = if lead.is_held { DeliveryState::Held } else { DeliveryState::Waiting };
    let mut insert = connection.prepare_cached(
        "INSERT INTO deliveries (number, webhook, contact, state, tries, due, at, status, said)
         VALUES (?, ?, ?, ?, 0, ?, ?, NULL, '') ON CONFLICT DO NOTHING",
    )?;
    for webhook in &lead.webhooks {
        insert.execute(params![number, webhook, contact, state.number(), received, received])?;
    }
    for webhook in &lead.later {
        let state = DeliveryState::Unconfirmed.number();
        insert.execute(params![number, webhook, contact, state, received, received])?;
    }
    Ok(Insertion::New)
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
