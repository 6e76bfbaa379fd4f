//! What goes wrong under a relay: power cuts under load, a full disk, a torn log, a clock that goes back, slow senders.

#![expect(clippy::unwrap_used, reason = "what tests have in common may fail as they do")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::relay::{Kept, Stage, lead, post_to};
use crate::support::receiver::Reply;
use crate::support::served::{PATIENCE, Response, Served};

/// How often a relay is killed; more by hand, with `RINGBACK_KILLS=500`.
const KILLS: usize = 20;

/// A number between two, another one each time.
fn random(from: u64, to: u64) -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    from + u64::from_le_bytes(bytes) % (to - from)
}

/// Sends a lead from a place of its own, so that many are no flood. Whoever is cut off gets the status 0.
fn post_from(relay: &Served, number: usize, asks: &Value) -> Response {
    let from = format!("10.{}.{}.1", number / 256 % 256, number % 256);
    let headers = [
        ("Origin", "https://fjord.example"),
        ("Content-Type", "application/json"),
        ("X-Forwarded-For", &from),
    ];
    let Ok(mut stream) = TcpStream::connect(relay.origin.trim_start_matches("http://")) else {
        return Response { status: 0, head: String::new(), body: String::new() };
    };
    let body = asks.to_string();
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let _ = stream.write_all(
        format!("POST /leads HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
            .as_bytes(),
    );
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Response { status, head: text, body: String::new() }
}

#[test]
fn no_lead_is_lost_however_often_it_is_killed() {
    let kills = std::env::var("RINGBACK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let (number, thanked) = (AtomicUsize::new(1), Mutex::new(BTreeSet::new()));
    for _ in 0..kills {
        let ends = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let (stage, number, thanked, ends) = (&stage, &number, &thanked, &ends);
                scope.spawn(move || {
                    while !ends.load(Ordering::Relaxed) {
                        let number = number.fetch_add(1, Ordering::Relaxed);
                        let asks = lead(number);
                        if post_from(stage.relay(), number, &asks).status == 200 {
                            thanked.lock().unwrap().insert(asks["id"].as_str().unwrap().to_string());
                        }
                    }
                });
            }
            std::thread::sleep(Duration::from_millis(random(5, 250)));
            stage.relay().cut();
            ends.store(true, Ordering::Relaxed);
        });
        stage.restart();
    }
    let thanked = thanked.into_inner().unwrap();
    let start = Instant::now();
    let came = |stage: &Stage| {
        let mut came: BTreeMap<String, usize> = BTreeMap::new();
        for asked in stage.receiver.requests().iter().filter(|asked| asked.path == "/crm") {
            *came.entry(asked.headers["webhook-id"].clone()).or_default() += 1;
        }
        came
    };
    while !thanked.iter().all(|id| came(&stage).contains_key(id)) {
        assert!(start.elapsed() < PATIENCE * 8, "{} of {} came", came(&stage).len(), thanked.len());
        std::thread::sleep(Duration::from_millis(200));
    }
    let again = came(&stage).values().filter(|count| **count > 1).count();
    println!(
        "{kills} times killed, {} thanked for, all came; {again} came again with the same id",
        thanked.len()
    );
    assert!(thanked.len() >= kills && again <= kills * 2, "{} thanked for, {again} again", thanked.len());
}

/// The store, as SQLite sees it.
fn is_whole(store: &std::path::Path) -> bool {
    let store = rusqlite::Connection::open(store).unwrap();
    let said: String = store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    said == "ok"
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    let mut stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    // Files may grow to three megabytes, which may be changed later from outside: less than what a log grows to by itself.
    stage.restart_in(&["sh", "-c", "trap '' XFSZ; ulimit -S -f 6144; exec \"$0\" \"$@\""]);
    let large = |number: usize| {
        let mut asks = lead(number);
        asks["data"]["fields"]["name"] = json!("Kim ".repeat(2400));
        asks
    };
    let mut thanked = BTreeSet::new();
    let mut refused = None;
    for number in 1..2000 {
        let asks = large(number);
        let response = post_from(stage.relay(), number, &asks);
        if response.status == 503 {
            assert!(response.head.to_ascii_lowercase().contains("retry-after: 60"), "{response:?}");
            refused = Some((number, asks));
            break;
        }
        assert_eq!(response.status, 200, "{number}");
        thanked.insert(asks["id"].as_str().unwrap().to_string());
    }
    let (number, asks) = refused.expect("it is full");
    assert!(thanked.len() > 5, "{}", thanked.len());
    stage.relay().wait_printed("\"event\":\"store\"");
    assert_eq!(stage.relay().get("/health").status, 200, "it goes on");
    // Room again: the browser comes again, and is thanked.
    let room = std::process::Command::new("prlimit")
        .args(["--pid", &stage.relay().id().to_string(), "--fsize=unlimited"])
        .status();
    assert!(room.is_ok_and(|room| room.success()), "prlimit is part of util-linux");
    assert_eq!(post_from(stage.relay(), number, &asks).status, 200, "{}", stage.relay().printed());
    thanked.insert(asks["id"].as_str().unwrap().to_string());
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains(&format!("crm: {} delivered", thanked.len())));
    let stored: BTreeSet<String> =
        stage.stored().iter().map(|lead| lead["id"].as_str().unwrap().to_string()).collect();
    assert_eq!(stored, thanked, "what was refused isn't there");
    assert!(is_whole(&stage.site.path("relay.db")));
}

#[test]
fn a_log_that_is_torn_anywhere_gives_whole_leads_in_order() {
    let stage = Stage::start(Kept::File, |_| Reply::Hang);
    let count = 40;
    for number in 1..=count {
        assert_eq!(post_from(stage.relay(), number, &lead(number)).status, 200);
    }
    stage.relay().cut();
    let [store, log] = ["relay.db", "relay.db-wal"].map(|name| std::fs::read(stage.site.path(name)).unwrap());
    assert!(log.len() > 100_000, "{}", log.len());
    let torn = stage.site.path("torn.db");
    let mut found = BTreeSet::new();
    for round in 0..20 {
        let at = usize::try_from(random(32, log.len() as u64)).unwrap();
        let mut log = log.clone();
        if round % 2 == 0 {
            log.truncate(at);
        } else {
            // A page that was written in part.
            let end = log.len().min(at + 700);
            log[at..end].fill(0);
        }
        let _ = std::fs::remove_file(stage.site.path("torn.db-shm"));
        std::fs::write(&torn, &store).unwrap();
        std::fs::write(stage.site.path("torn.db-wal"), &log).unwrap();
        let run = stage.site.run(&["relay", "--store", torn.to_str().unwrap(), "export"]);
        assert_eq!(run.status, 0, "at {at}: {}", run.stderr);
        let leads: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (number, one) in (1..).zip(&leads) {
            assert_eq!(one["id"], lead(number)["id"], "at {at}");
            assert_eq!(one["lead"]["data"]["fields"], lead(number)["data"]["fields"]);
            assert_eq!(one["deliveries"].as_array().map(Vec::len), Some(3), "at {at}: {one}");
        }
        assert!(is_whole(&torn), "at {at}");
        found.insert(leads.len());
    }
    assert!(found.len() > 3, "it was torn at many places: {found:?}");
}

#[test]
fn a_clock_that_goes_back_holds_up_no_lead() {
    let fails = std::sync::Arc::new(AtomicBool::new(true));
    let is_failing = std::sync::Arc::clone(&fails);
    let mut stage = Stage::start(Kept::File, move |asked| match asked.path.as_str() {
        "/crm" if is_failing.load(Ordering::Relaxed) => Reply::open(500, "broken"),
        _ => Reply::open(200, "{}"),
    });
    assert_eq!(stage.post(&lead(1)).status, 200);
    stage.wait_until(|stage| stage.delivery("crm")["tries"] == 1);
    stage.relay().cut();
    // As if it had been taken and tried by a clock that was two days ahead.
    let store = rusqlite::Connection::open(stage.site.path("relay.db")).unwrap();
    let ahead = 2 * 24 * 3600 * 1000;
    store.execute("UPDATE leads SET received = received + ?", [ahead]).unwrap();
    store.execute("UPDATE deliveries SET due = due + ?, at = at + ?", [ahead, ahead]).unwrap();
    drop(store);
    fails.store(false, Ordering::Relaxed);
    stage.restart();
    stage.wait_until(|stage| stage.delivery("crm")["state"] == "delivered");
}

/// The first of thousands that one sender has waiting can't be delivered yet: others get through.
fn thousands_of_one_sender_hold_up_nobody(kept: Kept) {
    let mut stage = Stage::start(kept, |asked| match asked.path.as_str() {
        "/crm" if asked.body.contains("kim1@") => Reply::open(500, "broken"),
        _ => Reply::open(200, "{}"),
    });
    assert_eq!(post_from(stage.relay(), 1, &lead(1)).status, 200);
    stage.wait_until(|stage| stage.delivery("crm")["tries"] == 1);
    stage.relay().cut();
    for sql in [
        "WITH RECURSIVE more (one) AS (SELECT 1 UNION ALL SELECT one + 1 FROM more WHERE one < 3000)
         INSERT INTO ringback_leads (id, kind, form, edition, lang, contact, received, body, extra, score, signs)
         SELECT 'lead_' || one, kind, form, edition, lang, contact, received, body, extra, score, signs
         FROM more, ringback_leads WHERE number = 1",
        "INSERT INTO ringback_deliveries (number, webhook, contact, state, tries, due, at, said)
         SELECT number, 'crm', contact, 0, 0, received, received, '' FROM ringback_leads WHERE number > 1",
        "UPDATE ringback_deliveries SET due = due + 3600000 WHERE number = 1 AND webhook = 'crm'",
    ] {
        stage.kept.change(&stage.site, sql);
    }
    stage.restart();
    let start = Instant::now();
    assert_eq!(post_from(stage.relay(), 2, &lead(2)).status, 200);
    let id = lead(2)["id"].as_str().unwrap().to_string();
    let came = || stage.receiver.requests().iter().any(|asked| asked.headers.get("webhook-id") == Some(&id));
    while !came() {
        assert!(start.elapsed() < PATIENCE, "{}", stage.relay().printed());
        std::thread::sleep(Duration::from_millis(20));
    }
    let asked = stage.receiver.requests();
    let theirs = asked.iter().filter(|asked| asked.path == "/crm" && asked.body.contains("kim1@")).count();
    assert_eq!(theirs, 1, "all of theirs wait for the first");
}

#[test]
fn one_sender_holds_up_nobody_in_a_file() {
    thousands_of_one_sender_hold_up_nobody(Kept::File);
}

#[cfg(unix)]
#[test]
fn one_sender_holds_up_nobody_in_a_database() {
    if let Some(kept) = Kept::database() {
        thousands_of_one_sender_hold_up_nobody(kept);
    }
}

#[test]
fn whoever_sends_slowly_holds_up_nobody() {
    let stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let ends = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for number in 0..64 {
            let (stage, ends) = (&stage, &ends);
            scope.spawn(move || {
                let mut stream = TcpStream::connect(stage.relay().origin.trim_start_matches("http://")).unwrap();
                // Half of them never end their head, the others never their body.
                if number % 2 == 0 {
                    let head = "POST /leads HTTP/1.1\r\nHost: x\r\nOrigin: https://fjord.example\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n{";
                    let _ = stream.write_all(head.as_bytes());
                } else {
                    let _ = stream.write_all(b"POST /leads HTTP/1.1\r\nHost: ");
                }
                while !ends.load(Ordering::Relaxed) && stream.write_all(b"x").is_ok() {
                    std::thread::sleep(Duration::from_millis(100));
                }
            });
        }
        std::thread::sleep(Duration::from_millis(500));
        let start = Instant::now();
        for number in 1..=10 {
            assert_eq!(post_to(stage.relay(), &lead(number)).status, 200);
        }
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
        ends.store(true, Ordering::Relaxed);
    });
}
