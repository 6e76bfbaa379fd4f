//! A webhook's receiver on this computer, which answers as a test says and keeps what it got.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// By names in small letters.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// What it does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Answers: status, headers, body.
    Http(u16, Vec<(&'static str, String)>, String),
    /// Says nothing, and keeps the connection.
    Hang,
    /// Breaks the connection off.
    Close,
    /// Says something that is no HTTP.
    Noise,
}

impl Reply {
    /// An answer that any page may read.
    pub(crate) fn open(status: u16, body: &str) -> Self {
        let json = ("Content-Type", "application/json".to_string());
        Self::Http(status, vec![("Access-Control-Allow-Origin", "*".into()), json], body.into())
    }
}

/// A receiver that runs until the test's process ends.
pub(crate) struct Receiver {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Receiver {
    /// Starts one that answers as `reply` says.
    pub(crate) fn start(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, reply) = (Arc::clone(&asked), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let (kept, reply) = (Arc::clone(&kept), Arc::clone(&reply));
                thread::spawn(move || serve(&stream, &kept, &*reply));
            }
        });
        Self { port, asked }
    }

    /// Its address, with a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What it got, in order.
    pub(crate) fn requests(&self) -> Vec<Asked> {
        self.asked.lock().expect("no test panicked in it").clone()
    }
}

fn serve(stream: &TcpStream, kept: &Mutex<Vec<Asked>>, reply: &dyn Fn(&Asked) -> Reply) {
    let mut reader = BufReader::new(stream);
    while let Some(asked) = request(&mut reader) {
        kept.lock().expect("no test panicked in it").push(asked.clone());
        let mut out = stream;
        let written = match reply(&asked) {
            Reply::Http(status, headers, body) => {
                let mut text = format!("HTTP/1.1 {status} Test\r\nContent-Length: {}\r\n", body.len());
                for (name, value) in headers {
                    text += &format!("{name}: {value}\r\n");
                }
                out.write_all(format!("{text}\r\n{body}").as_bytes())
            }
            Reply::Hang => {
                thread::sleep(Duration::from_secs(60));
                return;
            }
            Reply::Noise => out.write_all(b"220 mail.example ESMTP\r\n"),
            Reply::Close => return,
        };
        if written.is_err() {
            return;
        }
    }
}

/// The next request; none at the end, or where it is no HTTP.
fn request(reader: &mut BufReader<&TcpStream>) -> Option<Asked> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).ok().filter(|length| *length > 0)?;
    let Ok(line) = String::from_utf8(line) else {
        // Somebody speaks TLS here: servers answer that in plain words.
        let mut out = *reader.get_ref();
        let _ = out.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        return None;
    };
    let mut parts = line.split(' ');
    let (method, path) = (parts.next()?.to_string(), parts.next()?.to_string());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_string());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, path, headers, body: String::from_utf8(body).ok()? })
}
