//! A database whose server dies, and whose copy takes its place: what was thanked for is there.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::relay::{Kept, Stage, lead};
use crate::support::postgresql::Server;
use crate::support::receiver::Reply;
use crate::support::served::PATIENCE;

/// A server and its copy, without which the server confirms nothing, and how a relay is told of both.
struct Pair {
    first: Server,
    second: Server,
    name: String,
}

impl Pair {
    fn start() -> Option<Self> {
        let first = Server::start()?;
        let (name, _) = first.database();
        let second = first.standby();
        let mut client = first.client("postgres");
        client.batch_execute("ALTER SYSTEM SET synchronous_standby_names = '*'").expect("a setting");
        client.batch_execute("SELECT pg_reload_conf()").expect("it reads it");
        let start = Instant::now();
        let is_synchronous = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'";
        while client.query(is_synchronous, &[]).expect("rows").is_empty() {
            assert!(start.elapsed() < PATIENCE, "the copy doesn't follow");
            thread::sleep(Duration::from_millis(20));
        }
        Some(Self { first, second, name })
    }

    fn url(&self) -> String {
        let place = |server: &Server| {
            format!("{}:{}", server.path().display().to_string().replace('/', "%2F"), server.place.port())
        };
        let (first, second) = (place(&self.first), place(&self.second));
        format!("postgres://tests@{first},{second}/{}?target_session_attrs=read-write", self.name)
    }

    /// The ids of the leads that the copy has.
    fn in_second(&self) -> BTreeSet<String> {
        let rows = self.second.client(&self.name).query("SELECT id FROM ringback_leads", &[]).expect("rows");
        rows.iter().map(|row| row.get(0)).collect()
    }
}

#[test]
fn what_was_thanked_for_is_there_when_the_copy_takes_over() {
    let Some(pair) = Pair::start() else { return };
    let stage = Stage::start(Kept::Database(pair.url()), |_| Reply::open(200, "{}"));
    let other = stage.another();
    let (ends, thanked) = (AtomicBool::new(false), Mutex::new(BTreeSet::new()));
    let after = AtomicBool::new(false);
    thread::scope(|scope| {
        for from in 0..4 {
            let (ends, thanked, after) = (&ends, &thanked, &after);
            let relay = if from % 2 == 0 { stage.relay() } else { &other };
            scope.spawn(move || {
                for at in 0.. {
                    let asks = lead(from * 100_000 + at);
                    let is_after = after.load(Ordering::Relaxed);
                    let status = crate::relay::post_to(relay, &asks).status;
                    assert!(status == 200 || status == 503, "{status}");
                    if status == 200 {
                        let id = asks["id"].as_str().expect("an id").to_string();
                        thanked.lock().expect("no panic in it").insert((id, is_after));
                    }
                    if ends.load(Ordering::Relaxed) {
                        break;
                    }
                    thread::sleep(Duration::from_millis(2));
                }
            });
        }
        thread::sleep(Duration::from_millis(800));
        // As in a power cut. Nothing is told to the copy.
        pair.first.end("QUIT");
        pair.second.client("postgres").batch_execute("SELECT pg_promote(true, 30)").expect("it takes over");
        after.store(true, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(1500));
        ends.store(true, Ordering::Relaxed);
    });
    let thanked = thanked.into_inner().expect("no panic in it");
    let count = |is_after: bool| thanked.iter().filter(|(_, after)| *after == is_after).count();
    println!("thanked before {} and after {}", count(false), count(true));
    assert!(count(false) > 20 && count(true) > 20, "{} and {}", count(false), count(true));
    let kept = pair.in_second();
    let lost: Vec<&String> = thanked.iter().map(|(id, _)| id).filter(|id| !kept.contains(*id)).collect();
    assert!(lost.is_empty(), "{} of {}: {lost:?}", lost.len(), thanked.len());
    // And each goes on from there.
    stage.ask(&["resend", "--state", "held"]);
    stage.wait_until(|stage| {
        let asked = stage.receiver.requests();
        let came: BTreeSet<&String> = asked
            .iter()
            .filter(|asked| asked.path == "/crm")
            .map(|asked| &asked.headers["webhook-id"])
            .collect();
        thanked.iter().all(|(id, _)| came.contains(id))
    });
    assert_eq!([stage.relay().get("/ready").status, other.get("/ready").status], [200, 200]);
}

#[test]
fn nobody_is_thanked_before_the_copy_has_the_lead() {
    let Some(pair) = Pair::start() else { return };
    let stage = Stage::start(Kept::Database(pair.url()), |_| Reply::open(200, "{}"));
    assert_eq!(stage.post(&lead(1)).status, 200);
    assert!(pair.in_second().len() == 1, "the copy has it");
    pair.second.end("INT");
    let is_thanked = AtomicBool::new(false);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let status = stage.post(&lead(2)).status;
            is_thanked.store(true, Ordering::Relaxed);
            status
        });
        thread::sleep(Duration::from_secs(1));
        assert!(!is_thanked.load(Ordering::Relaxed), "nobody else has it yet");
        pair.second.go();
        assert_eq!(waiting.join().expect("an answer"), 200);
    });
    assert_eq!(pair.in_second().len(), 2);
}
