//! The receiver in `docs/content/leads.md`, run as it is written there, and asked by people who mean no good.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use serde_json::{Value, json};

use crate::support::Site;
use crate::support::served::PATIENCE;

const SITE: &str = "https://www.fjord.example";
const TOKEN: &str = "empty-crm.1.a-token";
const ID: &str = "lead_01JD9V3T5R8Q2W4E6Y7A9S1D3F";

/// The receiver while it runs.
struct Own {
    child: Child,
    port: u16,
    log: Option<JoinHandle<String>>,
    _site: Site,
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts it on a port that the system picks; `None`, with a word, where there is no Python.
fn start(patience: &str) -> Option<Own> {
    let written = crate::lead::documented("python");
    // The only difference: which port it got can't be seen from outside.
    let told = written.replace(
        "    ThreadingHTTPServer((\"127.0.0.1\", int(os.environ.get(\"PORT\", \"8080\"))), Receiver).serve_forever()",
        "    server = ThreadingHTTPServer((\"127.0.0.1\", 0), Receiver)\n    print(server.server_port, flush=True)\n    server.serve_forever()",
    );
    assert_ne!(told, written, "its last line is another one");
    let site = Site::empty().with("receiver.py", told);
    let run = Command::new("python3")
        .args(["-W", "error"])
        .arg(site.path("receiver.py"))
        .envs([("SITE", SITE), ("UNLOCK", TOKEN), ("PATIENCE", patience)])
        .env_remove("PLACE")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = run else {
        eprintln!("SKIPPED: the program `python3` isn't here");
        return None;
    };
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut port = String::new();
    out.read_line(&mut port).expect("its port");
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        let _ = out.read_to_string(&mut log);
        log
    });
    let port = port.trim().parse().expect("a number");
    Some(Own { child, port, log: Some(log), _site: site })
}

impl Own {
    /// Sends bytes as they are; the status and what follows the headers. Status 0: it hung up without a word.
    fn raw(&self, request: &[u8]) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        match stream.read_to_end(&mut bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => panic!("it never hangs up"),
            _ => {}
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, head.to_string(), body.to_string())
    }

    /// Sends a request with these headers.
    fn send(&self, start: &str, headers: &str, body: &str) -> (u16, String) {
        let request = format!("{start} HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}");
        let (status, head, body) = self.raw(request.as_bytes());
        if status != 0 && !start.starts_with("GET") {
            let allowed = head.lines().filter(|line| line.starts_with("Access-Control-Allow-Origin"));
            assert_eq!(allowed.collect::<Vec<_>>(), [format!("Access-Control-Allow-Origin: {SITE}")]);
        }
        (status, body)
    }

    /// Posts a body as a page of the site does.
    fn post(&self, body: &str) -> (u16, String) {
        self.send("POST /", &format!("Origin: {SITE}\r\nContent-Length: {}\r\n", body.len()), body)
    }

    /// Ends it, and gives what it has passed on.
    fn passed_on(mut self) -> Vec<Value> {
        let _ = self.child.kill();
        let log = self.log.take().expect("once").join().expect("text");
        log.lines().map(|line| serde_json::from_str(line).expect("a lead a line")).collect()
    }
}

fn lead(id: &str, gate: Value) -> Value {
    json!({
        "type": "lead.submitted", "version": 1, "id": id,
        "data": {"form": "guide", "gate": gate, "fields": {"email": "kim@example.org"}},
    })
}

fn id(number: u8) -> String {
    format!("{}{}", &ID[..ID.len() - 1], number)
}

#[test]
fn a_length_that_is_none_is_refused_unread() {
    let Some(own) = start("30") else { return };
    let body = lead(ID, Value::Null).to_string();
    for (headers, status) in [
        ("Content-Length: -1\r\n", 400),
        ("Content-Length: +5\r\n", 400),
        ("Content-Length: 1_0\r\n", 400),
        ("Content-Length: 0x10\r\n", 400),
        ("Content-Length: 5, 5\r\n", 400),
        ("Content-Length: ٣\r\n", 400),
        ("Content-Length: \r\n", 400),
        ("Content-Length: many\r\n", 400),
        ("Content-Length: 200001\r\n", 413),
        ("Content-Length: 99999999999999999999999999999999999999\r\n", 413),
        ("Content-Length: 5\r\nContent-Length: 5\r\n", 411),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 411),
        ("Transfer-Encoding: chunked\r\n", 411),
        ("", 411),
    ] {
        let (got, said) = own.send("POST /", &format!("Origin: {SITE}\r\n{headers}"), &body);
        assert_eq!(got, status, "{headers}: {said}");
    }
    let long = "9".repeat(5_000);
    let headers = format!("Origin: {SITE}\r\nContent-Length: {long}\r\n");
    assert_eq!(own.send("POST /", &headers, "").0, 413);
    assert_eq!(own.post(&body).0, 200);
    assert_eq!(own.passed_on().len(), 1);
}

#[test]
fn only_the_site_may_post_and_only_there() {
    let Some(own) = start("30") else { return };
    let body = lead(ID, json!("empty-crm")).to_string();
    let from = |start: &str, origin: &str| {
        own.send(start, &format!("{origin}Content-Length: {}\r\n", body.len()), &body).0
    };
    for origin in [
        "",
        "Origin: null\r\n",
        "Origin: https://evil.example\r\n",
        "Origin: https://www.fjord.example.evil.example\r\n",
        "Origin: http://www.fjord.example\r\n",
        "Origin: https://www.fjord.example:444\r\n",
        "Origin: https://evil.example\r\nOrigin: https://www.fjord.example\r\n",
    ] {
        assert_eq!(from("POST /", origin), 403, "{origin:?}");
    }
    let ours = format!("Origin: {SITE}\r\n");
    for path in ["/leads", "/../", "/%2e", "http://x/"] {
        assert_eq!(from(&format!("POST {path}"), &ours), 404, "{path}");
    }
    for method in ["GET", "PUT", "DELETE"] {
        assert_eq!(own.raw(format!("{method} / HTTP/1.0\r\n{ours}\r\n").as_bytes()).0, 501, "{method}");
    }
    assert_eq!(own.send("OPTIONS /", "Origin: https://evil.example\r\n", "").0, 204);
    assert_eq!(from("POST /?x=1", &ours), 200);
    assert_eq!(own.passed_on().len(), 1);
}

#[test]
fn what_is_no_lead_is_said_to_be_none() {
    let Some(own) = start("30") else { return };
    let mut bad: Vec<String> =
        ["", "[", "null", "[]", "7", "\"lead\"", "{}", "{\"a\":1}}", "\u{feff}", "NaN"]
            .map(String::from)
            .into();
    // As deep as no parser goes, and a number as long as none.
    bad.push("[".repeat(100_000));
    bad.push(format!("{{\"a\":{}}}", "1".repeat(100_000)));
    let with = |key: &str, value: Value| {
        let mut lead = lead(ID, Value::Null);
        *lead.pointer_mut(key).expect("there") = value;
        lead.to_string()
    };
    let strange = [json!(null), json!(7), json!(true), json!([]), json!([["x"]]), json!({"x": {}})];
    for key in ["/type", "/version", "/id", "/data", "/data/fields", "/data/gate", "/data/fields/email"] {
        for value in &strange {
            // No gate at all is in order, and `true` is Python's 1.
            if key == "/data/gate" && value.is_null() || key == "/version" && *value == json!(true) {
                continue;
            }
            bad.push(with(key, value.clone()));
        }
    }
    for id in
        ["", "lead_", &ID[1..], &format!("{ID}\n"), &format!("{ID}X"), &ID.replace('D', "U"), "__class__"]
    {
        bad.push(with("/id", json!(id)));
    }
    bad.push(with("/data/fields/email", json!("  ")));
    for body in &bad {
        let (status, said) = own.post(body);
        assert_eq!(status, 422, "{}: {said}", body.chars().take(200).collect::<String>());
    }
    let headers = format!("Origin: {SITE}\r\nContent-Length: 4\r\n");
    let request = [b"POST / HTTP/1.1\r\n", headers.as_bytes(), b"\r\n\xff\xfe{\x80"].concat();
    assert_eq!(own.raw(&request).0, 422);
    assert_eq!(own.passed_on(), [json!(null); 0]);
}

#[test]
fn nobody_gets_a_key_without_a_record() {
    let Some(own) = start("30") else { return };
    let key = format!("{{\"ok\": true, \"unlock\": \"{TOKEN}\"}}");
    let none = "{\"ok\": true}";
    let mut test = lead(&id(1), json!("empty-crm"));
    test["test"] = json!(true);
    assert_eq!(own.post(&test.to_string()), (200, key.clone()));
    // Again: the same answer, and no second record.
    assert_eq!(own.post(&test.to_string()), (200, key.clone()));
    // An id that was taken for something without a key gives none to whoever sends it again with a gate.
    assert_eq!(own.post(&lead(&id(2), Value::Null).to_string()), (200, none.to_string()));
    assert_eq!(own.post(&lead(&id(2), json!("empty-crm")).to_string()), (200, none.to_string()));
    for gate in ["", "__proto__", "empty-crm ", "EMPTY-CRM"] {
        let number = 3 + gate.len() as u8 % 5;
        let (status, said) = own.post(&lead(&id(number), json!(gate)).to_string());
        assert_eq!((status, said.as_str()), (200, none), "{gate}");
    }
    let mut hostile = lead(&id(9), json!("empty-crm"));
    hostile["data"]["fields"]["name"] = json!("a\n{\"type\": \"lead.submitted\"}\u{1b}[2J\u{2028}");
    assert_eq!(own.post(&hostile.to_string()), (200, key));
    let passed = own.passed_on();
    assert_eq!(passed[0], test);
    assert_eq!(passed.last(), Some(&hostile), "a line is a lead, whatever is in it");
    let mut ids: Vec<&str> = passed.iter().map(|lead| lead["id"].as_str().expect("an id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "each once");
}

#[test]
fn what_stays_half_sent_is_dropped() {
    let Some(own) = start("0.5") else { return };
    let headers = format!("Origin: {SITE}\r\nContent-Length: 50\r\n");
    for half in
        ["", "POST", "POST / HTTP/1.1\r\nHost: x\r\n", &format!("POST / HTTP/1.1\r\n{headers}\r\n{{\"type\"")]
    {
        let (status, _, _) = own.raw(half.as_bytes());
        assert_eq!(status, 0, "{half:?}");
    }
    // A byte now and then keeps it no longer.
    let mut slow = TcpStream::connect(("127.0.0.1", own.port)).expect("it listens");
    slow.set_read_timeout(Some(std::time::Duration::from_millis(50))).expect("a limit");
    let began = std::time::Instant::now();
    let mut head =
        format!("POST / HTTP/1.1\r\n{headers}\r\n").into_bytes().into_iter().chain(std::iter::repeat(b' '));
    loop {
        let sent = slow.write_all(&[head.next().expect("endless")]);
        match (sent, slow.read(&mut [0; 64])) {
            (Err(_), _) | (_, Ok(0)) => break,
            (_, Err(error)) if error.kind() != std::io::ErrorKind::WouldBlock => break,
            _ => assert!(began.elapsed() < PATIENCE, "it never hangs up"),
        }
    }
    assert!(own.passed_on().is_empty());
}
