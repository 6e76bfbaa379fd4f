//! `ringback serve` on a site in a temporary folder, until the test drops it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::CommandCargoExt as _;
use ringback::leads::gates::key::VARIABLE;

use super::TODAY;

/// How long anything may take. Debug builds on busy machines are slow.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running server.
pub(crate) struct Served {
    child: Child,
    said: Arc<Mutex<String>>,
    /// `http://127.0.0.1:41234`.
    pub(crate) origin: String,
    /// The first page's path.
    pub(crate) base: String,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The lines before the body.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Response {
    /// A header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Served {
    /// Starts it on a site, on a port that the system picks.
    #[track_caller]
    pub(crate) fn start(root: &Path, arguments: &[&str]) -> Self {
        Self::start_in(&[], root, arguments)
    }

    /// The same by another program, which is given it and what it is to be started with.
    #[track_caller]
    pub(crate) fn start_in(by: &[&str], root: &Path, arguments: &[&str]) -> Self {
        let mut command = Self::by(by);
        command.args(["serve", "--today", TODAY, "--root"]).arg(root).args(arguments);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        command.env_remove(VARIABLE);
        let mut served = Self::spawn(command);
        let said = served.wait_printed("Your site:");
        let url = said
            .lines()
            .find_map(|line| line.strip_prefix("Your site:"))
            .expect("its address")
            .trim()
            .to_string();
        let at = url.match_indices('/').nth(2).expect("a path").0;
        served.base = url[at..].to_string();
        served.origin = url[..at].to_string();
        served
    }

    /// Starts the relay of a site, on a port that the system picks, with a store in the site's folder.
    #[track_caller]
    pub(crate) fn relay(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::relay_in(&[], root, arguments, variables)
    }

    /// The same by another program, which is given it and what it is to be started with.
    #[track_caller]
    pub(crate) fn relay_in(by: &[&str], root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Self::by(by);
        command.args(["relay", "--today", TODAY, "--root"]).arg(root);
        if !arguments.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        if !arguments.contains(&"--store") {
            command.arg("--store").arg(root.join("relay.db"));
        }
        command.current_dir(root).args(arguments);
        command.env_remove(VARIABLE).envs(variables.iter().copied());
        let mut served = Self::spawn(command);
        let said = served.wait_printed("Listening on ");
        let (_, rest) = said.split_once("Listening on ").expect("its address");
        served.origin = rest.split(' ').next().expect("an address").to_string();
        served
    }

    /// Our program, started by another one where that is named.
    fn by(by: &[&str]) -> Command {
        let own = Command::cargo_bin("ringback").expect("the binary is built");
        match by {
            [] => own,
            [program, before @ ..] => {
                let mut command = Command::new(program);
                command.args(before).arg(own.get_program());
                command
            }
        }
    }

    fn spawn(mut command: Command) -> Self {
        command.env_remove("COLUMNS").stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let said = Arc::new(Mutex::new(String::new()));
        for stream in [
            Box::new(child.stdout.take().expect("a pipe")) as Box<dyn std::io::Read + Send>,
            Box::new(child.stderr.take().expect("a pipe")),
        ] {
            let said = Arc::clone(&said);
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let mut said = said.lock().expect("no panic in it");
                    said.push_str(&line);
                    said.push('\n');
                }
            });
        }
        Self { child, said, origin: String::new(), base: String::new() }
    }

    /// Ends it at once, as a power cut does.
    pub(crate) fn kill(self) {}

    /// The same while others still use it.
    pub(crate) fn cut(&self) {
        let sent = Command::new("kill").args(["-KILL", &self.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// An address.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// All that it has printed.
    pub(crate) fn printed(&self) -> String {
        self.said.lock().expect("no panic in it").clone()
    }

    /// Waits until it has printed this.
    #[track_caller]
    pub(crate) fn wait_printed(&self, what: &str) -> String {
        let start = Instant::now();
        loop {
            let said = self.printed();
            if said.contains(what) {
                return said;
            }
            assert!(start.elapsed() < PATIENCE, "it never says {what:?}, but {said}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until it has printed more than this, or a quarter of a second: whoever looks what it does by starting a program needn't
    /// do so all the time.
    pub(crate) fn wait_for_more(&self, said: &str) {
        let start = Instant::now();
        while self.printed().len() <= said.len() && start.elapsed() < Duration::from_millis(250) {
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a request as it stands and gives the answer.
    #[track_caller]
    pub(crate) fn raw(&self, request: &[u8]) -> Response {
        let mut stream = TcpStream::connect(self.origin.trim_start_matches("http://")).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        // It may answer and hang up before all of it has gone.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Response { status, head: head.to_string(), body: body.to_string() }
    }

    /// Sends a request with more headers, and a body.
    #[track_caller]
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        let host = self.origin.trim_start_matches("http://");
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        let own = if has_host { String::new() } else { format!("Host: {host}\r\n") };
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        self.raw(
            format!("{method} {path} HTTP/1.1\r\n{own}{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
                .as_bytes(),
        )
    }

    /// What is at a path.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[], "")
    }

    /// Waits until what is at a path is as it should be.
    #[track_caller]
    pub(crate) fn wait(&self, path: &str, is_right: impl Fn(&Response) -> bool) -> Response {
        let start = Instant::now();
        loop {
            let response = self.get(path);
            if is_right(&response) {
                return response;
            }
            assert!(start.elapsed() < PATIENCE, "{path} stays {response:?}; it said {}", self.printed());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Presses Ctrl+C; the exit status, and all that it has printed.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> (i32, String) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status().expect("kill runs");
        assert!(sent.success());
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                // The threads that read have the rest in a moment.
                thread::sleep(Duration::from_millis(50));
                return (status.code().unwrap_or(-1), self.printed());
            }
            assert!(start.elapsed() < PATIENCE, "it doesn't end");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
