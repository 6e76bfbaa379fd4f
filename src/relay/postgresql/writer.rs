//! The thread that writes to a database: all that has come, in one statement, which is on disk before anybody is told so.

use std::collections::BTreeSet;
use std::sync::mpsc::Receiver;

use postgres::Error;
use tokio::sync::oneshot;

use super::link::{Link, Session};
use crate::relay::queue::{Answer, Attempt, DeliveryState, Insertion, NewLead};

/// How many leads are written at once, at most.
const BATCH: usize = 512;

/// Leads and who gets them. What is there already is left as it is; which ones are new is told.
const TAKE: &str = "
    WITH new AS (
        INSERT INTO ringback_leads
            (id, kind, form, edition, lang, contact, received, body, extra, score, signs)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::bigint[], $8::text[], $9::text[], $10::bigint[], $11::text[])
        ON CONFLICT (id) DO NOTHING
        RETURNING number, id, contact, received
    ), sent AS (
        INSERT INTO ringback_deliveries (number, webhook, contact, state, tries, due, at, said)
        SELECT new.number, goes.webhook, new.contact, goes.state, 0, new.received, new.received, ''
        FROM new JOIN unnest($12::text[], $13::text[], $14::bigint[]) AS goes (id, webhook, state)
            ON goes.id = new.id
        ON CONFLICT DO NOTHING
    )
    SELECT id FROM new";

/// Records what came of attempts, all that have come since the last time in one statement.
const RECORD: &str = "
    UPDATE ringback_deliveries AS d
    SET state = r.state, tries = d.tries + 1, due = r.due, at = r.at, status = r.status, said = r.said
    FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
        AS r (number, webhook, state, due, at, status, said)
    WHERE d.number = r.number AND d.webhook = r.webhook";

/// A change, and who waits for it.
pub(super) enum Job {
    Take(NewLead, oneshot::Sender<Answer<Insertion>>),
    Record(Attempt, oneshot::Sender<Answer<()>>),
}

type PendingWrites = Vec<(NewLead, oneshot::Sender<Answer<Insertion>>)>;
type Records = Vec<(Attempt, oneshot::Sender<Answer<()>>)>;

/// Writes until nobody can ask for anything any more.
pub(super) fn run(link: &mut Link, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let (mut takes, mut records) = (PendingWrites::new(), Records::new());
        let mut next = Some(first);
        while let Some(job) = next.take() {
            match job {
                Job::Take(lead, waits) => takes.push((lead, waits)),
                Job::Record(attempt, waits) => records.push((attempt, waits)),
            }
            if takes.len() + records.len() < BATCH {
                next = jobs.try_recv().ok();
            }
        }
        if !takes.is_empty() {
            take_all(link, takes);
        }
        if !records.is_empty() {
            record_all(link, records);
        }
    }
}

/// Keeps leads together; where that fails, each alone, so that one of them fails alone.
fn take_all(link: &mut Link, takes: PendingWrites) {
    let leads: Vec<&NewLead> = takes.iter().map(|(lead, _)| lead).collect();
    let taken = link.with(|session| take(session, &leads));
    let answers: Vec<Answer<Insertion>> = match taken {
        Ok(new) => answers(&leads, &new).into_iter().map(Ok).collect(),
        Err(error) if leads.len() == 1 => vec![Err(error)],
        Err(_) => {
            let one = |lead: &&NewLead| {
                let new = link.with(|session| take(session, &[*lead]))?;
                Ok(answers(&[*lead], &new).remove(0))
            };
            leads.iter().map(one).collect()
        }
    };
    for ((_, waits), answer) in takes.into_iter().zip(answers) {
        let _ = waits.send(answer);
    }
}

/// Of several with one id in a batch, the first is the new one.
fn answers(leads: &[&NewLead], new: &BTreeSet<String>) -> Vec<Insertion> {
    let mut new: BTreeSet<&str> = new.iter().map(String::as_str).collect();
    let answer =
        |lead: &&NewLead| if new.remove(lead.id.as_str()) { Insertion::New } else { Insertion::Known };
    leads.iter().map(answer).collect()
}

/// The ids of those that are new.
fn take(session: &mut Session, leads: &[&NewLead]) -> Result<BTreeSet<String>, Error> {
    let mut seen = BTreeSet::new();
    let leads: Vec<&NewLead> = leads.iter().copied().filter(|lead| seen.insert(lead.id.as_str())).collect();
    let texts = |of: fn(&NewLead) -> &String| leads.iter().map(|lead| clean(of(lead))).collect::<Vec<_>>();
    let received: Vec<i64> = leads.iter().map(|lead| lead.received).collect();
    let scores: Vec<i64> = leads.iter().map(|lead| i64::from(lead.score)).collect();
    let (mut ids, mut webhooks, mut states) = (Vec::new(), Vec::new(), Vec::new());
    for lead in &leads {
        let state = if lead.is_held { DeliveryState::Held } else { DeliveryState::Waiting };
        let now = lead.webhooks.iter().map(|webhook| (webhook, state));
        let later = lead.later.iter().map(|webhook| (webhook, DeliveryState::Unconfirmed));
        for (webhook, state) in now.chain(later) {
            ids.push(lead.id.as_str());
            webhooks.push(webhook.as_str());
            states.push(state.number());
        }
    }
    let statement = session.statement(TAKE)?;
    let rows = session.client.query(
        &statement,
        &[
            &texts(|lead| &lead.id),
            &texts(|lead| &lead.kind),
            &texts(|lead| &lead.form),
            &texts(|lead| &lead.edition),
            &texts(|lead| &lead.lang),
            &texts(|lead| &lead.contact),
            &received,
            &texts(|lead| &lead.body),
            &texts(|lead| &lead.extra),
            &scores,
            &texts(|lead| &lead.signs),
            &ids,
            &webhooks,
            &states,
        ],
    )?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

fn record_all(link: &mut Link, records: Records) {
    let attempts: Vec<&Attempt> = records.iter().map(|(attempt, _)| attempt).collect();
    let noted = link.with(|session| record(session, &attempts));
    for (_, waits) in records {
        let _ = waits.send(noted.clone());
    }
}

fn record(session: &mut Session, attempts: &[&Attempt]) -> Result<(), Error> {
    let numbers = |of: fn(&Attempt) -> i64| attempts.iter().map(|one| of(one)).collect::<Vec<_>>();
    let webhooks: Vec<&str> = attempts.iter().map(|one| one.webhook.as_str()).collect();
    let statuses: Vec<Option<i64>> = attempts.iter().map(|one| one.status.map(i64::from)).collect();
    let said: Vec<String> = attempts.iter().map(|one| clean(&one.said)).collect();
    let statement = session.statement(RECORD)?;
    session.client.execute(
        &statement,
        &[
            &numbers(|one| one.number),
            &webhooks,
            &numbers(|one| one.state.number()),
            &numbers(|one| one.due),
            &numbers(|one| one.at),
            &statuses,
            &said,
        ],
    )?;
    Ok(())
}

/// The database takes any letter but this one.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
