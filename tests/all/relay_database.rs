//! Relays that share a database of PostgreSQL, and what happens when it goes away under them.

#![expect(clippy::unwrap_used, reason = "what tests have in common may fail as they do")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::relay::{Kept, Stage, lead, post_to};
use crate::support::postgresql::{Cut, Server};
use crate::support::receiver::Reply;
use crate::support::served::PATIENCE;

/// How often each lead came to a path.
fn came(stage: &Stage, path: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for asked in stage.receiver.requests().iter().filter(|asked| asked.path == path) {
        *counts.entry(asked.headers["webhook-id"].clone()).or_default() += 1;
    }
    counts
}

/// Sends everything that was held because it came from one place.
fn release(stage: &Stage) {
    stage.ask(&["resend", "--state", "held"]);
}

#[test]
fn relays_that_share_a_database_send_each_lead_once() {
    let Some(server) = Server::shared() else { return };
    let stage = Stage::start(Kept::Database(server.database().1), |_| Reply::open(200, "{}"));
    let other = stage.another();
    let number = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for at in 0..8 {
            let relay = if at % 2 == 0 { stage.relay() } else { &other };
            let (stage, number, other) = (&stage, &number, &other);
            scope.spawn(move || {
                for _ in 0..25 {
                    let asks = lead(number.fetch_add(1, Ordering::Relaxed));
                    assert_eq!(post_to(relay, &asks).status, 200);
                    // The browser didn't hear it, and asks the other one.
                    assert_eq!(post_to(if at % 3 == 0 { other } else { stage.relay() }, &asks).status, 200);
                }
            });
        }
    });
    release(&stage);
    stage.wait_until(|stage| came(stage, "/crm").len() == 200);
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 200 delivered"));
    let counts = came(&stage, "/crm");
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
    let both = [stage.relay(), &other].map(|relay| relay.printed().contains("\"event\":\"delivered\""));
    assert_eq!(both, [true, true], "both work");
}

#[test]
fn a_relay_that_is_killed_leaves_its_leads_to_another() {
    let Some(server) = Server::shared() else { return };
    let hangs = std::sync::Arc::new(AtomicBool::new(true));
    let is_hanging = std::sync::Arc::clone(&hangs);
    let mut stage = Stage::start(Kept::Database(server.database().1), move |asked| {
        if asked.path == "/crm" && is_hanging.load(Ordering::Relaxed) {
            Reply::Hang
        } else {
            Reply::open(200, "{}")
        }
    });
    assert_eq!(stage.post(&lead(1)).status, 200);
    stage.wait_for("/crm", 1);
    hangs.store(false, Ordering::Relaxed);
    let other = stage.another();
    // The first has it in hand, and the second waits for it.
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(came(&stage, "/crm").values().sum::<usize>(), 1);
    stage.restart();
    // In two minutes it would be another's; nobody wants to wait for that here.
    stage.ask(&["resend", "--state", "waiting"]);
    stage.wait_until(|stage| stage.delivery("crm")["state"] == "delivered");
    drop(other);
}

#[test]
fn a_database_that_is_started_again_is_a_pause() {
    let Some(server) = Server::start() else { return };
    let stage = Stage::start(Kept::Database(server.database().1), |_| Reply::open(200, "{}"));
    let (ends, thanked) = (AtomicBool::new(false), std::sync::Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for from in 0..3 {
            let (stage, ends, thanked) = (&stage, &ends, &thanked);
            scope.spawn(move || {
                for at in 0.. {
                    let asks = lead(from * 100_000 + at);
                    let status = stage.post(&asks).status;
                    assert!(status == 200 || status == 503, "{status}");
                    if status == 200 {
                        thanked.lock().unwrap().push(asks["id"].as_str().unwrap().to_string());
                    }
                    if ends.load(Ordering::Relaxed) {
                        break;
                    }
                    std::thread::sleep(Duration::from_millis(5));
                }
            });
        }
        for signal in ["INT", "QUIT", "INT"] {
            std::thread::sleep(Duration::from_millis(300));
            server.end(signal);
            std::thread::sleep(Duration::from_millis(200));
            server.go();
        }
        std::thread::sleep(Duration::from_millis(300));
        ends.store(true, Ordering::Relaxed);
    });
    let thanked = thanked.into_inner().unwrap();
    assert!(thanked.len() > 20, "{}", thanked.len());
    release(&stage);
    stage.wait_until(|stage| came(stage, "/crm").len() >= thanked.len());
    let counts = came(&stage, "/crm");
    let lost: Vec<&String> = thanked.iter().filter(|id| !counts.contains_key(*id)).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", thanked.len());
    // While it is away, nothing is thanked for, and the relay says that it takes nothing.
    server.end("INT");
    let start = Instant::now();
    assert_eq!(stage.post(&lead(900_001)).status, 503);
    assert!(start.elapsed() < PATIENCE);
    assert_eq!([stage.relay().get("/ready").status, stage.relay().get("/health").status], [503, 200]);
    server.go();
    assert_eq!(stage.post(&lead(900_001)).status, 200);
    assert_eq!(stage.relay().get("/ready").status, 200);
}

#[test]
fn a_connection_that_is_cut_in_mid_commit_loses_and_doubles_nothing() {
    let Some(server) = Server::shared() else { return };
    let (name, _) = server.database();
    let way = server.way();
    let url = format!("postgres://tests@127.0.0.1:{}/{name}", way.port);
    let stage = Stage::start(Kept::Database(url), |_| Reply::open(200, "{}"));
    for (number, cut) in (1..=6).zip([Cut::Request, Cut::Answer].into_iter().cycle()) {
        let asks = lead(number);
        way.cut(asks["id"].as_str().unwrap(), cut);
        assert_eq!(stage.post(&asks).status, 200, "{}", stage.relay().printed());
        assert!(way.is_cut(), "it happened");
    }
    stage.wait_until(|stage| came(stage, "/crm").len() == 6);
    assert_eq!(stage.stored().len(), 6);
    // What came of an attempt, too: after a lost answer it is noted again.
    way.cut("no-such-thing", Cut::Answer);
    stage.wait_until(|stage| stage.ask(&["status"]).1.contains("crm: 6 delivered"));
    assert!(came(&stage, "/crm").values().all(|count| *count == 1));
}

#[test]
fn a_database_of_a_newer_ringback_is_left_alone_and_two_may_begin_at_once() {
    let Some(server) = Server::shared() else { return };
    let (name, url) = server.database();
    let stage = Stage::start(Kept::Database(url.clone()), |_| Reply::open(200, "{}"));
    std::thread::scope(|scope| {
        let kept = Kept::Database(server.database().1);
        let both = [0, 1].map(|_| {
            let kept = kept.clone();
            scope.spawn(move || Stage::start(kept, |_| Reply::open(200, "{}")))
        });
        for (number, started) in (1..).zip(both) {
            assert_eq!(started.join().expect("it starts").post(&lead(number)).status, 200);
        }
    });
    server.client(&name).batch_execute("UPDATE ringback_version SET version = 99").unwrap();
    let (status, said) = stage.ask(&["status"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("written by a newer ringback (version 99"), "{said}");
    let version: i64 =
        server.client(&name).query_one("SELECT version FROM ringback_version", &[]).unwrap().get(0);
    assert_eq!(version, 99);
    for (wrong, why) in [
        ("postgres://tests:opensesame@127.0.0.1:1/x", "error connecting to server"),
        ("postgres://tests:opensesame@127.0.0.1:x/x", "the store can't be used"),
    ] {
        let run = stage.site.run(&["relay", "--store", wrong, "status"]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(why) && !run.stderr.contains("opensesame"), "{}", run.stderr);
    }
}

#[test]
fn what_a_database_does_not_take_holds_up_nobody_else() {
    let Some(server) = Server::shared() else { return };
    let stage = Stage::start(Kept::Database(server.database().1), |_| Reply::open(200, "{}"));
    let mut odd = lead(1);
    odd["data"]["fields"]["name"] = json!("Kim\0Berg");
    odd["data"]["page"]["lang"] = json!("en\0");
    assert_eq!(stage.post(&odd).status, 200);
    let sent: Value = serde_json::from_str(&stage.wait_for("/crm", 1)[0].body).unwrap();
    assert_eq!(sent["data"]["fields"]["full_name"], "Kim\0Berg");
    // One that can't be kept, in the same moment as others.
    let name = match &stage.kept {
        Kept::Database(url) => url.rsplit('/').next().unwrap().to_string(),
        Kept::File => unreachable!("it is a database"),
    };
    server
        .client(&name)
        .batch_execute("ALTER TABLE ringback_leads ADD CHECK (id NOT LIKE '%000007')")
        .unwrap();
    std::thread::scope(|scope| {
        for number in 2..=17 {
            let stage = &stage;
            let expected = if number == 7 { 503 } else { 200 };
            scope.spawn(move || assert_eq!(stage.post(&lead(number)).status, expected, "{number}"));
        }
    });
    assert_eq!(stage.stored().len(), 16);
}

/// A certificate for `localhost` by an authority of our own, in a folder; `false` where there is no OpenSSL.
fn certificate(folder: &std::path::Path) -> bool {
    let openssl = |arguments: &[&str]| {
        let run = std::process::Command::new("openssl").args(arguments).current_dir(folder).output();
        run.is_ok_and(|run| run.status.success())
    };
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9"];
    std::fs::write(folder.join("ext"), "subjectAltName = DNS:localhost\n").unwrap();
    let authority = ["-x509", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Ours"];
    let request = ["-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost"];
    openssl(&[&["req"][..], &key, &authority].concat())
        && openssl(&[&["req"][..], &key[..5], &request].concat())
        && openssl(&[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "9",
            "-extfile",
            "ext",
            "-out",
            "server.pem",
        ])
}

#[test]
fn a_database_elsewhere_has_to_show_who_it_is() {
    let made = tempfile::TempDir::new().unwrap();
    if !certificate(made.path()) {
        assert!(std::env::var_os("CI").is_none(), "there is no openssl");
        eprintln!("SKIPPED: the program `openssl` isn't here");
        return;
    }
    let settings = [
        "listen_addresses = 'ADDRESS'",
        "ssl = on",
        "ssl_cert_file = 'server.pem'",
        "ssl_key_file = 'server.key'",
    ];
    let Some(server) = Server::start_with(&settings) else { return };
    let owner = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(server.data()).unwrap());
    for file in ["server.pem", "server.key"] {
        std::fs::copy(made.path().join(file), server.data().join(file)).unwrap();
        std::os::unix::fs::chown(server.data().join(file), Some(owner), None).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(server.data().join(file), mode).unwrap();
    }
    server.go();
    let place = server.place;
    let authority = made.path().join("ca.pem").display().to_string();
    let status = |host: &str, settings: &str| {
        let (address, port) = (place.ip(), place.port());
        let url = format!("postgres://tests@{host}:{port}/postgres?hostaddr={address}&sslmode={settings}");
        let site = crate::support::Site::new();
        let run = site.run(&["relay", "--store", &url, "status"]);
        (run.status, run.stdout + &run.stderr)
    };
    let (fine, said) = status("localhost", &format!("verify-full&sslrootcert={authority}"));
    assert_eq!((fine, said.as_str()), (0, "No lead has come yet.\n"));
    let (refused, said) = status("localhost", "require");
    assert!(refused == 2 && said.contains("UnknownIssuer"), "{said}");
    let (refused, said) = status("db.example", &format!("require&sslrootcert={authority}"));
    assert!(refused == 2 && said.contains("certificate not valid for name"), "{said}");
}
