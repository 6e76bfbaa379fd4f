//! The store in a database of PostgreSQL, which any number of relays share: each delivery is in the hand of one of them.
//!
//! `link` is a connection that is made again where it breaks. One thread writes (`writer`), everybody else looks by
//! another connection, and what may take long has one of its own.

mod due;
mod link;
mod tables;
mod writer;

use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use postgres::types::ToSql;
use postgres::{Error, Row};
use serde_json::Value as Json;
use tokio::sync::oneshot;

use self::link::{Link, Session, Use};
use self::writer::Job;
use super::queue::{
    Answer, Attempt, Confirmed, Count, DeliveryReport, DeliveryState, Due, EXPIRED, Filter, Insertion,
    NewLead, Queue, SIGNING_KEY, Start, StoreError, Stored, waiting, with_receipt,
};
use crate::network::database::Database;

/// A store in a database.
struct Postgresql {
    database: Database,
    writes: Sender<Job>,
    looks: Mutex<Link>,
}

/// Opens the store in a database, whose tables are made where they aren't there.
///
/// # Errors
///
/// It can't be reached, or was written by a newer version.
pub(super) fn open(database: Database) -> Answer<Box<dyn Queue>> {
    let mut writer = Link::new(database.clone(), Use::Leads);
    tables::migrate(&mut writer)?;
    let looks = Mutex::new(Link::new(database.clone(), Use::Looking));
    let (writes, jobs) = channel();
    thread::spawn(move || writer::run(&mut writer, &jobs));
    Ok(Box::new(Postgresql { database, writes, looks }))
}

fn store_unreachable() -> StoreError {
    StoreError("nothing is written any more".into())
}

impl Postgresql {
    fn look<T>(&self, work: impl FnMut(&mut Session) -> Result<T, Error>) -> Answer<T> {
        waiting(|| self.looks.lock().unwrap_or_else(PoisonError::into_inner).with(work))
    }

    /// Does what may take long, on a connection of its own.
    fn long<T>(&self, work: impl FnMut(&mut Session) -> Result<T, Error>) -> Answer<T> {
        waiting(|| Link::new(self.database.clone(), Use::Long).with(work))
    }
}

/// Conditions that hold together, with their values.
#[derive(Default)]
struct Conditions {
    parts: Vec<String>,
    values: Vec<Box<dyn ToSql + Sync>>,
}

impl Conditions {
    /// `part` ends where its value belongs.
    fn add<T: ToSql + Sync + 'static>(&mut self, part: &str, value: Option<T>) {
        if let Some(value) = value {
            self.values.push(Box::new(value));
            self.parts.push(format!("{part} ${}", self.values.len()));
        }
    }

    /// What a filter asks of leads `l`.
    fn of_lead(&mut self, filter: &Filter) {
        self.add("l.id =", filter.id.clone());
        self.add("l.received >=", filter.since);
        self.add("l.received <", filter.until);
        if let Some((contact, quoted)) = filter.person() {
            self.values.extend([contact, quoted].map(|text| Box::new(text) as Box<dyn ToSql + Sync>));
            let last = self.values.len();
            self.parts.push(of_person(last - 1, last));
        }
    }

    /// What it asks of deliveries `d`.
    fn of_delivery(&mut self, filter: &Filter) {
        self.add("d.webhook =", filter.webhook.clone());
        self.add("d.state =", filter.state.map(DeliveryState::number));
        // So that the index of what hasn't arrived is used.
        if filter.state.is_some_and(|state| state != DeliveryState::Delivered) {
            self.parts.push("d.state <> 1".into());
        }
    }

    fn values(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.values.iter().map(|value| &**value).collect()
    }
}

/// `true` where there is none.
fn all(parts: &[String]) -> String {
    if parts.is_empty() { "true".into() } else { parts.join(" AND ") }
}

fn stored(row: &Row) -> Result<Stored, Error> {
    let text = |name: &str| row.try_get::<_, String>(name);
    let json = |text: String| serde_json::from_str(&text).unwrap_or(Json::Null);
    Ok(Stored {
        number: row.try_get("number")?,
        id: text("id")?,
        received: row.try_get("received")?,
        form: text("form")?,
        score: u32::try_from(row.try_get::<_, i64>("score")?).unwrap_or(u32::MAX),
        signs: text("signs")?,
        lead: json(text("body")?),
        extra: json(text("extra")?),
        deliveries: Vec::new(),
    })
}

fn delivery(row: &Row) -> Result<DeliveryReport, Error> {
    let status: Option<i64> = row.try_get("status")?;
    let state = DeliveryState::from_number(row.try_get("state")?);
    let tries = u32::try_from(row.try_get::<_, i64>("tries")?).unwrap_or(u32::MAX);
    let times = (row.try_get("at")?, row.try_get("due")?);
    Ok(DeliveryReport {
        status: status.and_then(|status| u16::try_from(status).ok()),
        said: row.try_get("said")?,
        ..DeliveryReport::new(row.try_get("webhook")?, state, tries, times)
    })
}

/// Leads `l` of a person, by the numbers of two values: the contact, and the same as it is inside of JSON.
fn of_person(contact: usize, quoted: usize) -> String {
    format!(
        "(l.contact = ${contact} OR position(${quoted} IN lower(l.body)) > 0 OR position(${quoted} IN lower(l.extra)) > 0)"
    )
}

impl Queue for Postgresql {
    fn take(&self, lead: NewLead) -> oneshot::Receiver<Answer<Insertion>> {
        let (sender, answer) = oneshot::channel();
        // Whoever waits learns from the channel's end that nothing was written.
        let _ = self.writes.send(Job::Take(lead, sender));
        answer
    }

    fn due(&self, webhook: &str, now: i64) -> Answer<Option<Due>> {
        self.look(|session| due::next(session, webhook, now))
    }

    fn next_due(&self, webhook: &str, now: i64) -> Answer<Option<i64>> {
        self.look(|session| {
            let statement = session.statement(
                "SELECT min(due) FROM ringback_deliveries WHERE webhook = $1 AND state = 0 AND due > $2",
            )?;
            session.client.query_one(&statement, &[&webhook, &now])?.try_get(0)
        })
    }

    fn oldest(&self, webhook: &str) -> Answer<Option<i64>> {
        self.look(|session| {
            let statement = session.statement(
                "SELECT l.received FROM ringback_deliveries d JOIN ringback_leads l ON l.number = d.number
                 WHERE d.webhook = $1 AND d.state = 0 ORDER BY d.number LIMIT 1",
            )?;
            let row = session.client.query_opt(&statement, &[&webhook])?;
            row.map(|row| row.try_get(0)).transpose()
        })
    }

    fn record(&self, attempt: Attempt) -> Answer<()> {
        let (sender, answer) = oneshot::channel();
        self.writes.send(Job::Record(attempt, sender)).map_err(|_| store_unreachable())?;
        answer.blocking_recv().unwrap_or_else(|_| Err(store_unreachable()))
    }

    fn counts(&self) -> Answer<Vec<Count>> {
        self.long(|session| {
            let rows = session.client.query(
                "SELECT d.webhook, d.state, d.count, l.received FROM (
                     SELECT webhook, state, count(*) AS count, min(number) AS number
                     FROM ringback_deliveries GROUP BY webhook, state
                 ) d JOIN ringback_leads l ON l.number = d.number ORDER BY d.webhook COLLATE \"C\", d.state",
                &[],
            )?;
            let count = |row: &Row| {
                Ok(Count {
                    webhook: row.try_get(0)?,
                    state: DeliveryState::from_number(row.try_get(1)?).name(),
                    count: row.try_get::<_, i64>(2)?.unsigned_abs(),
                    oldest: row.try_get(3)?,
                })
            };
            rows.iter().map(count).collect()
        })
    }

    fn list(&self, filter: &Filter, start: Start, most: u32) -> Answer<Vec<Stored>> {
        let (part, order, number) = match start {
            Start::After(number) => ("l.number >", "", number),
            Start::Before(number) => ("l.number <", "DESC", number),
        };
        let mut conditions = Conditions::default();
        conditions.add(part, Some(number));
        conditions.of_lead(filter);
        let of_lead = all(&std::mem::take(&mut conditions.parts));
        conditions.of_delivery(filter);
        let has_delivery = match conditions.parts.is_empty() {
            true => "true".to_string(),
            false => format!(
                "EXISTS (SELECT 1 FROM ringback_deliveries d WHERE d.number = l.number AND {})",
                all(&conditions.parts)
            ),
        };
        let select = format!(
            "SELECT * FROM ringback_leads l WHERE {of_lead} AND {has_delivery} ORDER BY l.number {order} LIMIT {most}"
        );
        self.long(|session| {
            let rows = session.client.query(&select, &conditions.values())?;
            let mut leads = rows.iter().map(stored).collect::<Result<Vec<_>, _>>()?;
            let numbers: Vec<i64> = leads.iter().map(|lead| lead.number).collect();
            let rows = session.client.query(
                "SELECT * FROM ringback_deliveries WHERE number = ANY($1) ORDER BY webhook COLLATE \"C\"",
                &[&numbers],
            )?;
            for row in &rows {
                let number: i64 = row.try_get("number")?;
                if let Some(lead) = leads.iter_mut().find(|lead| lead.number == number) {
                    lead.deliveries.push(delivery(row)?);
                }
            }
            Ok(leads)
        })
    }

    fn resend(&self, filter: &Filter, now: i64) -> Answer<u64> {
        let mut conditions = Conditions::default();
        conditions.of_lead(filter);
        conditions.of_delivery(filter);
        let states = if filter.state.is_some() { "d.state <> 4" } else { "d.state IN (2, 3)" };
        conditions.parts.push(states.into());
        let update = format!(
            "UPDATE ringback_deliveries AS d SET state = 0, due = {now}, tries = 0
             FROM ringback_leads l WHERE l.number = d.number AND {}",
            all(&conditions.parts)
        );
        self.long(|session| session.client.execute(&update, &conditions.values()))
    }

    fn forget(&self, contact: &str) -> Answer<Vec<String>> {
        let filter = Filter { contact: Some(contact.to_string()), ..Filter::default() };
        let Some((contact, quoted)) = filter.person() else { return Ok(Vec::new()) };
        // What was found before a connection broke may be gone when it is looked for again.
        let mut found = std::collections::BTreeMap::new();
        self.long(|session| {
            let delete =
                format!("DELETE FROM ringback_leads l WHERE {} RETURNING l.number, l.id", of_person(1, 2));
            let mut transaction = session.client.transaction()?;
            for row in transaction.query(&delete, &[&contact, &quoted])? {
                found.insert(row.try_get::<_, i64>(0)?, row.try_get::<_, String>(1)?);
            }
            transaction.commit()
        })?;
        if !found.is_empty() {
            // Until then, rows that nobody sees any more are on disk. Who may not do that leaves it to the server.
            let _ = self.long(|session| session.client.batch_execute("VACUUM ringback_leads"));
        }
        Ok(found.into_values().collect())
    }

    fn discard(&self, filter: &Filter) -> Answer<u64> {
        let held = Filter { state: Some(DeliveryState::Held), ..filter.clone() };
        let mut conditions = Conditions::default();
        conditions.of_lead(&held);
        conditions.of_delivery(&held);
        let delete = format!(
            "DELETE FROM ringback_leads WHERE number IN (
             SELECT l.number FROM ringback_deliveries d JOIN ringback_leads l ON l.number = d.number WHERE {})",
            all(&conditions.parts)
        );
        self.long(|session| session.client.execute(&delete, &conditions.values()))
    }

    fn purge(&self, before: i64, kind: Option<&str>) -> Answer<u64> {
        self.long(|session| {
            session.client.execute(
                "DELETE FROM ringback_leads l WHERE l.received < $1 AND ($2::text IS NULL OR l.kind = $2) AND NOT EXISTS (
                 SELECT 1 FROM ringback_deliveries d WHERE d.number = l.number AND d.state <> 1)",
                &[&before, &kind],
            )
        })
    }

    fn back_up(&self, _: &Path) -> Answer<u64> {
        Err(StoreError("a database is backed up by its own programs, such as `pg_dump`".into()))
    }

    fn confirm(&self, id: &str, receipt: &Json, now: i64) -> Answer<Confirmed> {
        self.long(|session| {
            let mut transaction = session.client.transaction()?;
            let found = transaction
                .query_opt("SELECT number, body FROM ringback_leads WHERE id = $1 FOR UPDATE", &[&id])?;
            let Some(row) = found else { return Ok(Confirmed::Never) };
            let number: i64 = row.try_get(0)?;
            let goes = transaction.execute(
                "UPDATE ringback_deliveries SET state = 0, due = $1 WHERE number = $2 AND state = 4",
                &[&now, &number],
            )?;
            if goes == 0 {
                return Ok(Confirmed::Before);
            }
            if let Some(body) = with_receipt(row.try_get(1)?, receipt) {
                transaction
                    .execute("UPDATE ringback_leads SET body = $1 WHERE number = $2", &[&body, &number])?;
            }
            transaction.commit()?;
            Ok(Confirmed::Now)
        })
    }

    fn expire(&self, before: i64) -> Answer<u64> {
        self.long(|session| {
            let mut transaction = session.client.transaction()?;
            let count = transaction.execute(
                "DELETE FROM ringback_leads WHERE received < $1 AND number IN (
                 SELECT number FROM ringback_deliveries WHERE state = 4)",
                &[&before],
            )?;
            if count > 0 {
                transaction.execute(
                    "INSERT INTO ringback_notes AS n (name, value) VALUES ($1, $2) ON CONFLICT (name)
                     DO UPDATE SET value = (n.value::bigint + excluded.value::bigint)::text",
                    &[&EXPIRED, &count.to_string()],
                )?;
            }
            transaction.commit()?;
            Ok(count)
        })
    }

    fn expired(&self) -> Answer<u64> {
        let count = self.long(|session| {
            let row =
                session.client.query_opt("SELECT value FROM ringback_notes WHERE name = $1", &[&EXPIRED])?;
            row.map(|row| row.try_get::<_, String>(0)).transpose()
        })?;
        Ok(count.and_then(|count| count.parse().ok()).unwrap_or_default())
    }

    fn signing_key(&self, random: &str) -> Answer<String> {
        self.long(|session| {
            session.client.execute(
                "INSERT INTO ringback_notes (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                &[&SIGNING_KEY, &random],
            )?;
            let select = "SELECT value FROM ringback_notes WHERE name = $1";
            session.client.query_one(select, &[&SIGNING_KEY])?.try_get(0)
        })
    }

    fn remember(&self, hashes: Vec<String>, now: i64) -> Answer<()> {
        self.long(|session| {
            session.client.execute(
                "INSERT INTO ringback_consents (hash, since) SELECT hash, $2 FROM unnest($1::text[]) AS one (hash)
                 ON CONFLICT DO NOTHING",
                &[&hashes, &now],
            )?;
            Ok(())
        })
    }

    fn remembers(&self, hash: &str) -> Answer<bool> {
        self.look(|session| {
            let statement = session.statement("SELECT 1 FROM ringback_consents WHERE hash = $1")?;
            Ok(session.client.query_opt(&statement, &[&hash])?.is_some())
        })
    }
}
