//! What somebody may try on a relay, and what receivers may do to it: thousands of idle connections, bodies of every wrong
//! kind, text that looks like headers, logs or emails; answers byte by byte, pages in place of answers, names that DNS lost.

#![expect(clippy::unwrap_used, reason = "what tests have in common may fail as they do")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::relay::{FORM, KEY, Kept, Stage, lead, mail_server, post_to, site};
use crate::support::receiver::Reply;
use crate::support::served::{PATIENCE, Served};

/// What can be in a text that isn't only read.
const EVIL: &[&str] = &[
    "Kim\r\nBcc: all@evil.example\r\n\r\nBuy this",
    "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<all@evil.example>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\n",
    "x\n{\"event\":\"delivered\",\"lead\":\"forged\"}\n",
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}",
    "::error file=x::owned\n##[error]owned",
    "=?utf-8?q?=0ABcc:_all@evil.example?=",
    "<script>alert(1)</script>\"'`",
    "%0d%0aSet-Cookie:%20a=b",
];

/// Every line that a relay prints after its first is JSON, and nothing in it moves a cursor.
#[track_caller]
fn assert_log_is_clean(relay: &Served) {
    let said = relay.printed();
    for line in said.lines().filter(|line| !line.starts_with("Listening on ")) {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line:?}"));
        assert!(event["event"].is_string() && event["lead"] != "forged", "{line}");
        assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
    }
}

/// A host whose answers a test writes itself, on each connection after the head of a request.
fn raw_host(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let answer = std::sync::Arc::new(answer);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().filter_map(Result::ok) {
            let answer = std::sync::Arc::clone(&answer);
            std::thread::spawn(move || {
                let mut head = [0; 4096];
                let _ = stream.read(&mut head);
                answer(&mut stream);
            });
        }
    });
    address
}

/// A relay whose webhook `crm` is at an address, while the channel answers.
fn with_crm(crm: &str) -> Stage {
    let mut stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let config = stage.site.read("ringback.yaml").replace("\"${CRM}\"", &format!("\"{crm}\""));
    stage.site.write("ringback.yaml", config);
    stage.restart();
    stage
}

/// Waits until a webhook's delivery was tried, and gives what was said.
#[track_caller]
fn tried(stage: &Stage) -> String {
    stage.wait_until(|stage| stage.delivery("crm")["tries"].as_u64() >= Some(1));
    assert_eq!(stage.delivery("crm")["state"], "waiting");
    stage.delivery("crm")["said"].as_str().unwrap().to_string()
}

#[test]
fn a_host_that_dns_has_lost_keeps_its_leads_and_holds_up_nobody() {
    let stage = with_crm("https://crm.invalid/leads");
    assert_eq!(stage.post(&lead(1)).status, 200);
    stage.wait_for("/channel", 1);
    let said = tried(&stage);
    assert!(["the host has no address", "lookup"].iter().any(|why| said.contains(why)), "{said}");
}

#[test]
fn an_answer_that_comes_byte_by_byte_has_an_end_and_holds_up_nobody() {
    let slow = raw_host(|stream| {
        for byte in
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: ".iter().chain([&b'x'; 600])
        {
            if stream.write_all(&[*byte]).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let stage = with_crm(&format!("http://{slow}/"));
    let start = Instant::now();
    assert_eq!(stage.post(&lead(1)).status, 200);
    stage.wait_for("/channel", 1);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    let said = tried(&stage);
    assert!(said.contains("no answer within 20 s"), "{said}");
}

#[test]
fn a_page_in_place_of_an_answer_is_one_line_in_the_store() {
    let page = raw_host(|stream| {
        let html = format!(
            "<!doctype html>\r\n<h1>Bad gateway\u{1b}[2J</h1>\n<p>key {}</p>{}",
            "k".repeat(40),
            "x ".repeat(200_000)
        );
        let head = format!(
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n",
            html.len()
        );
        let _ = stream.write_all(format!("{head}{html}").as_bytes());
    });
    let stage = with_crm(&format!("http://{page}/"));
    assert_eq!(stage.post(&lead(1)).status, 200);
    let said = tried(&stage);
    assert!(said.contains("Bad gateway") && !said.contains(&"k".repeat(24)), "{said}");
    assert!(said.chars().count() < 210 && !said.contains('\n'), "{said}");
    assert_log_is_clean(stage.relay());
}

#[test]
fn an_endless_answer_ends() {
    let endless = raw_host(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
        while stream.write_all(&[b'x'; 8192]).is_ok() {}
    });
    let stage = with_crm(&format!("http://{endless}/"));
    assert_eq!(stage.post(&lead(1)).status, 200);
    stage.wait_until(|stage| stage.delivery("crm")["state"] == "delivered");
}

#[test]
fn bodies_of_every_wrong_kind_are_refused_and_leave_nothing() {
    let stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let text = lead(1).to_string();
    let send = |headers: &str, body: &[u8]| {
        let head = format!(
            "POST /leads HTTP/1.1\r\nHost: x\r\nOrigin: https://fjord.example\r\nConnection: close\r\n{headers}\r\n"
        );
        stage.relay().raw(&[head.as_bytes(), body].concat()).status
    };
    let sized = |kind: &str, body: &[u8]| {
        send(&format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len()), body)
    };
    let json = "application/json";
    for (kind, body) in [
        (json, &b"\xff\xfe\x00{"[..]),
        (json, b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
        (json, &[0; 1000]),
        (json, b"{\"type\":\"lead.submitted\",\"version\":1e999}"),
        (json, b"{\"type\":\"lead.submitted\",\"data\":{\"fields\":[]}}"),
        (json, b"null"),
        (json, b"\"\\ud800\""),
        ("application/x-www-form-urlencoded", b"\xff=%ff&%00=%"),
        ("application/x-www-form-urlencoded", b"form=guide&form=guide&email=x"),
        ("text/plain; charset=utf-16", b"\xff\xfe{\x00}\x00"),
        ("multipart/form-data; boundary=x", text.as_bytes()),
        ("image/png", text.as_bytes()),
    ] {
        let status = sized(kind, body);
        assert!(matches!(status, 400 | 415 | 422 | 503), "{kind} {body:?}: {status}");
    }
    // Lengths that aren't true, and two of them.
    for headers in [
        "Content-Length: 5, 5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
    ] {
        let status = send(&format!("Content-Type: {json}\r\n{headers}"), text.as_bytes());
        assert!(matches!(status, 0 | 400 | 413), "{headers}: {status}");
    }
    // A lead with a byte changed is one, or it isn't; the relay goes on.
    let mut bytes = text.clone().into_bytes();
    for round in 0..400 {
        let at = (round * 7919) % bytes.len();
        let before = std::mem::replace(&mut bytes[at], (round * 31 % 256) as u8);
        let status = sized(json, &bytes);
        assert!(matches!(status, 200 | 400 | 422 | 503), "{}: {status}", String::from_utf8_lossy(&bytes));
        bytes[at] = before;
    }
    assert_eq!(stage.relay().get("/health").status, 200);
    assert_log_is_clean(stage.relay());
    // What was taken is whole.
    for one in stage.stored() {
        assert_eq!(one["lead"]["data"]["form"], "guide", "{one}");
    }
}

#[test]
fn what_looks_like_a_header_or_a_log_is_text() {
    let stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    for (number, evil) in EVIL.iter().enumerate() {
        for pointer in [
            "/id",
            "/type",
            "/data/form",
            "/data/gate",
            "/data/page/lang",
            "/data/page/title",
            "/data/consent/0/id",
            "/data/attribution/rep",
            "/data/fields/name",
        ] {
            let mut asks = lead(number);
            if let Some(place) = asks.pointer_mut(pointer) {
                *place = json!(evil);
            }
            let response = post_to(stage.relay(), &asks);
            assert!(matches!(response.status, 200 | 422 | 503), "{pointer}: {response:?}");
            assert!(!response.head.to_ascii_lowercase().contains("set-cookie"), "{response:?}");
        }
    }
    // Where pages say that they come from, and for whom a web server says that it asks.
    for (name, value) in [
        ("Origin", "https://fjord.example\u{1b}[2J"),
        ("Origin", "https://fjord.example, https://evil.example"),
        ("Origin", "https://fjord.example.evil.example"),
        ("Origin", "https://fjord.example@evil.example"),
        ("Origin", "http://fjord.example"),
        ("Origin", "https://FJORD.example"),
    ] {
        let headers = [(name, value), ("Content-Type", "application/json")];
        let response = stage.relay().send("POST", "/leads", &headers, &lead(90).to_string());
        assert!(matches!(response.status, 400 | 403), "{value:?}: {response:?}");
        assert_eq!(response.header("access-control-allow-origin"), None);
    }
    for forwarded in ["\"; DROP TABLE leads", "999.999.999.999", "127.0.0.1\t,,,", &"1,".repeat(20_000)] {
        let headers = [
            ("Origin", "https://fjord.example"),
            ("Content-Type", "application/json"),
            ("X-Forwarded-For", forwarded),
        ];
        let status = stage.relay().send("POST", "/leads", &headers, &lead(91).to_string()).status;
        assert!(matches!(status, 200 | 400 | 431), "{status}");
    }
    let paths = [
        "/confirm?lead=%0d%0aSet-Cookie:%20a=b&lang=%0d%0a&sign=x",
        "/confirm?lead=lead_1&sign=%00",
        "/../../etc/passwd",
        "/leads%00",
    ];
    for path in paths {
        let response = stage.relay().send("GET", path, &[("Origin", "https://fjord.example")], "");
        assert!(matches!(response.status, 400..=405), "{path}: {response:?}");
        assert!(!response.head.to_ascii_lowercase().contains("set-cookie"), "{response:?}");
    }
    assert_log_is_clean(stage.relay());
}

#[test]
fn an_email_to_a_salesperson_is_one_whatever_is_in_its_fields() {
    let (port, emails) = mail_server();
    let site = site();
    let letters = "  letters: {kind: email, url: \"${SMTP}\", from: \"Fjord <leads@fjord.example>\", to: [anna@fjord.example]}\n";
    site.write("ringback.yaml", format!("{}{letters}", site.read("ringback.yaml")));
    let form = FORM
        .replace("[crm, channel, file]", "letters")
        .replace("- {id: seats", "- {id: message, type: textarea, label: {en: M, sv: M}}\n  - {id: seats");
    site.write("content/forms/guide.yaml", form);
    let smtp = format!("smtp://127.0.0.1:{port}");
    let variables = [
        ("SMTP", smtp.as_str()),
        ("OPS", "https://ops.example/"),
        ("CRM", "https://a.example/"),
        ("CHANNEL", "https://b.example/"),
        ("RINGBACK_SECRET", KEY),
    ];
    let relay = Served::relay(&site.path(""), &[], &variables);
    let mut taken = 0;
    for (number, evil) in EVIL.iter().enumerate() {
        for (at, pointer) in [
            "/data/fields/name",
            "/data/fields/email",
            "/data/fields/message",
            "/data/page/title",
            "/data/page/url",
            "/data/attribution/rep",
        ]
        .iter()
        .enumerate()
        {
            let mut asks = lead(number * 10 + at);
            asks["data"]["fields"]["message"] = json!("Hi.");
            let value = match *pointer {
                "/data/fields/email" => format!("kim{number}@fjord.example{evil}"),
                "/data/page/url" => format!("https://fjord.example/{evil}"),
                _ => (*evil).to_string(),
            };
            *asks.pointer_mut(pointer).unwrap() = json!(value);
            let from = format!("198.51.{}.1", number * 10 + at);
            let headers = [
                ("Origin", "https://fjord.example"),
                ("Content-Type", "application/json"),
                ("X-Forwarded-For", &from),
            ];
            let status = relay.send("POST", "/leads", &headers, &asks.to_string()).status;
            assert!(matches!(status, 200 | 422), "{pointer} {evil:?}: {status}");
            taken += usize::from(status == 200);
        }
    }
    site.run(&["relay", "--store", site.path("relay.db").to_str().unwrap(), "resend", "--state", "held"]);
    let start = Instant::now();
    while emails.lock().unwrap().len() < taken {
        assert!(
            start.elapsed() < PATIENCE * 2,
            "{} of {taken}; {}",
            emails.lock().unwrap().len(),
            relay.printed()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let emails = emails.lock().unwrap().clone();
    assert!(emails.len() == taken && taken >= EVIL.len() * 4, "{} of {taken}", emails.len());
    for email in &emails {
        let (head, _) = email.split_once("\n\n").unwrap();
        let names: Vec<&str> = head
            .lines()
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        let known = [
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Message-ID",
            "Date",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ];
        assert!(names.iter().all(|name| known.contains(name)), "{head}");
        let to: Vec<&str> = head.lines().filter(|line| line.starts_with("To:")).collect();
        assert_eq!(to, ["To: anna@fjord.example"], "{head}");
    }
}

/// The memory of a process, in MiB.
#[cfg(target_os = "linux")]
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().split(' ').next().unwrap().parse::<u64>().unwrap() / 1024
}

/// Lets the tests have as many files as they may: each connection is one.
#[cfg(target_os = "linux")]
fn have_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).expect("it is allowed");
}

#[cfg(target_os = "linux")]
#[test]
fn ten_thousand_idle_connections_are_bounded_and_pass() {
    have_files();
    let stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let address: SocketAddr = stage.relay().origin.trim_start_matches("http://").parse().unwrap();
    let before = resident(stage.relay().id());
    let (open, tried) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                while tried.fetch_add(1, Ordering::Relaxed) < 10_000 {
                    // Where the system has no place for more, there is no connection, and that is fine.
                    if let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_millis(20)) {
                        let _ = stream.write_all(b"POST /leads HTTP/1.1\r\n");
                        open.lock().unwrap().push(stream);
                    }
                }
            });
        }
    });
    let (count, most) = (open.lock().unwrap().len(), resident(stage.relay().id()));
    println!("{count} idle connections, {before} MiB before and {most} MiB with them");
    assert!(count > 100, "{count}");
    assert!(most < before + 120, "{before} MiB, then {most}");
    // Whoever comes then is served when the first of them have had their time.
    let start = Instant::now();
    let mut status = 0;
    while status != 200 && start.elapsed() < PATIENCE {
        status = TcpStream::connect_timeout(&address, Duration::from_secs(5))
            .map_or(0, |_| post_to(stage.relay(), &lead(1)).status);
    }
    assert_eq!(status, 200, "after {:?}", start.elapsed());
    drop(open);
    assert_eq!(post_to(stage.relay(), &lead(2)).status, 200);
}
