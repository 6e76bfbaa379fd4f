//! The relay as a service: how it starts, reads the site again and ends without losing anybody, what a backup is worth, and
//! the files with which it is run.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use crate::relay::{FORM, Kept, Stage, hash, lead};
use crate::support::receiver::Reply;
use crate::support::served::{PATIENCE, Served};

/// A lead of which the head and a part of the body have been sent.
struct HalfSent {
    stream: TcpStream,
    rest: String,
}

impl HalfSent {
    fn new(relay: &Served, body: &str) -> Self {
        let mut stream = TcpStream::connect(relay.origin.trim_start_matches("http://")).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let (start, rest) = body.split_at(body.len() / 2);
        let head = format!(
            "POST /leads HTTP/1.1\r\nHost: x\r\nOrigin: https://fjord.example\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{start}",
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("it listens");
        // It has to have arrived before anything else happens.
        std::thread::sleep(Duration::from_millis(200));
        Self { stream, rest: rest.to_string() }
    }

    fn finish(mut self) -> String {
        self.stream.write_all(self.rest.as_bytes()).expect("it listens");
        let mut answer = String::new();
        let _ = self.stream.read_to_string(&mut answer);
        answer
    }
}

fn signal(relay: &Served, name: &str) {
    let sent = Command::new("kill").args([name, &relay.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
}

fn whoever_has_begun_to_send_a_lead_is_thanked_before_the_end(kept: Kept) {
    let mut stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    let half = HalfSent::new(stage.relay(), &lead(1).to_string());
    signal(stage.relay(), "-TERM");
    std::thread::sleep(Duration::from_millis(300));
    // Nobody new is taken meanwhile: a balancer sends them elsewhere, and browsers keep theirs.
    assert!(TcpStream::connect(stage.relay().origin.trim_start_matches("http://")).is_err());
    let answer = half.finish();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\"ok\":true"), "{answer}");
    stage.restart();
    assert_eq!(stage.stored().len(), 1, "what was thanked for is there");
    stage.wait_for("/crm", 1);
}

fn the_site_is_read_again_without_losing_a_connection(kept: Kept) {
    let stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    stage.site.write("content/forms/guide.yaml", FORM.replace("You may ring me.", "You may call me."));
    let mut asks = lead(1);
    asks["data"]["consent"][0]["text_sha256"] = serde_json::json!(hash("You may call me."));
    let half = HalfSent::new(stage.relay(), &asks.to_string());
    signal(stage.relay(), "-HUP");
    stage.relay().wait_printed("\"event\":\"reloaded\",\"problems\":0");
    let answer = half.finish();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    // A mistake is told, and what was known stays.
    stage.site.write("ringback.yaml", "title: [");
    signal(stage.relay(), "-HUP");
    stage.relay().wait_printed("\"event\":\"reloaded\",\"problems\":1");
    assert_eq!(stage.post(&lead(2)).status, 200);
}

in_every_store!(
    whoever_has_begun_to_send_a_lead_is_thanked_before_the_end,
    the_site_is_read_again_without_losing_a_connection,
);

#[test]
fn a_backup_made_while_it_runs_is_a_store() {
    let mut stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    std::thread::scope(|scope| {
        let stage = &stage;
        let posting =
            scope.spawn(move || (1..=15).for_each(|at| assert_eq!(stage.post(&lead(at)).status, 200)));
        let first = stage.site.path("first.db");
        assert_eq!(stage.ask(&["backup", first.to_str().expect("UTF-8")]).0, 0);
        posting.join().expect("all were taken");
    });
    let second = stage.site.path("second.db");
    let second = second.to_str().expect("UTF-8");
    assert_eq!(stage.ask(&["backup", second]), (0, format!("15 leads are in {second}.\n")));
    let (status, said) = stage.ask(&["backup", second]);
    assert!(status == 2 && said.contains("is there already, and isn't overwritten"), "{said}");
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(second).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "only its owner reads it");
    }
    // Whatever happens to the store, the copy goes on where it was.
    stage.restart();
    let run = stage.site.run(&["relay", "--store", second, "export"]);
    assert_eq!(run.stdout.lines().count(), 15, "{}", run.stderr);
    if let Some(Kept::Database(url)) = Kept::database() {
        let run = stage.site.run(&["relay", "--store", &url, "backup", "other.db"]);
        assert!(run.status == 2 && run.stderr.contains("`pg_dump`"), "{}", run.stderr);
    }
}

/// A file of `packaging/relay/`.
fn packaged(name: &str) -> String {
    std::fs::read_to_string(format!("{}/packaging/relay/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("it is there")
}

#[test]
fn the_service_is_one_that_systemd_knows_and_has_few_rights() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = folder.path().join("ringback-relay.service");
    // The program, the site and the variables are wherever the test is.
    let text = packaged("ringback-relay.service").replace("/usr/local/bin/ringback", "/bin/true");
    std::fs::write(&unit, text).expect("a file");
    let analyze = |arguments: &[&str]| Command::new("systemd-analyze").args(arguments).arg(&unit).output();
    let Ok(verified) = analyze(&["verify", "--man=no"]) else { return };
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    let about = |line: &&str| line.contains("ringback-relay");
    assert!(verified.status.success() && said.lines().filter(about).count() == 0, "{said}");
    // Below 2 is what systemd calls OK and better; a unit without any of it has 9.6.
    let exposed =
        analyze(&["security", "--offline=true", "--threshold=20", "--no-pager"]).expect("it ran before");
    assert!(exposed.status.success(), "{}", String::from_utf8_lossy(&exposed.stdout));
}

#[test]
fn compose_files_are_whole_and_start_what_is_there() {
    for name in ["compose.yaml", "compose-postgresql.yaml"] {
        let text = packaged(name);
        for part in
            ["env_file: relay.env", "./Caddyfile:/etc/caddy/Caddyfile:ro", "dockerfile: Containerfile"]
        {
            assert!(text.contains(part), "{name}: {part}");
        }
    }
    let container = packaged("Containerfile");
    let (_, last) = container.rsplit_once("\nFROM ").expect("what it begins with");
    assert!(last.starts_with("scratch\n") && last.matches("COPY").count() == 2, "{container}");
    // The folder of the leads belongs to the user who writes them, whatever the builder makes of who owned it before.
    assert!(last.contains("COPY --from=folders --chown=65534:65534 /made /\n"), "{container}");
    // Podman knows no host for names that have none.
    let all = [container.clone(), packaged("compose.yaml"), packaged("compose-postgresql.yaml")].concat();
    let images = all.lines().filter_map(|line| {
        line.trim()
            .strip_prefix("image: ")
            .or_else(|| line.strip_prefix("FROM "))
            .filter(|name| *name != "scratch")
    });
    let images: Vec<&str> = images.collect();
    assert!(
        images.len() == 4 && images.iter().all(|name| name.starts_with("docker.io/library/")),
        "{images:?}"
    );
    // What compose itself puts in comes from its own environment, and not from the file that is filled in.
    assert!(!all.replace("$$", "").contains("${"), "{all}");
    // No secret is sent to whoever builds it.
    assert!(packaged("Containerfile.dockerignore").ends_with("\n*\n!ringback\n"));
    // Every flag that they start it with is one that there is.
    let stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let help = stage.site.run(&["relay", "--help"]).stdout;
    for flag in ["--root", "--listen", "--store"] {
        assert!(
            help.contains(flag)
                && (container.contains(flag) || packaged("ringback-relay.service").contains(flag))
        );
    }
    let example = packaged("relay.env.example");
    for variable in ["RELAY_HOST", "SLACK_URL", "RINGBACK_SECRET", "RINGBACK_ADMIN_TOKEN"] {
        assert!(example.contains(&format!("{variable}=")), "{variable}");
    }
    assert!(example.contains("\n#PGPASSWORD=\n"));
    assert!(packaged("Caddyfile").contains("{$RELAY_HOST} {"));
    let caddyfile = format!("{}/packaging/relay/Caddyfile", env!("CARGO_MANIFEST_DIR"));
    let mut caddy = Command::new("caddy");
    caddy
        .args(["adapt", "--adapter", "caddyfile", "--config", &caddyfile])
        .env("RELAY_HOST", "leads.fjord.example");
    let Ok(adapted) = caddy.env("RELAYS", "relay-1:8787 relay-2:8787").output() else { return };
    let said = String::from_utf8_lossy(&adapted.stdout).into_owned();
    assert!(
        adapted.status.success() && said.contains("relay-1:8787") && said.contains("relay-2:8787"),
        "{said}"
    );
}
