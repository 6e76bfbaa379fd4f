//! The processes of a browser: its driver, and what gives it a screen. They never outlive the process of tests that started them.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

use super::driver::PAUSE;
use super::programs::{Engine, Programs};
use crate::support::place;

/// Starts a program and waits until its own input ends, which the system sees to however the test binary ends: by a
/// panic, an abort, or killed. Then everything in the shell's process group goes: driver, browser and the browser's helpers,
/// and the folder that they write to.
/// The output is the program's alone, so that it ends with it.
const GUARD: &str = r#""$@" & exec >&-; read -r _; rm -rf "$TMPDIR"; kill -9 0"#;

/// How often it may fail to start: now and then it finds that the port it has picked was taken meanwhile.
const STARTS: usize = 3;

/// A program that ends with this.
struct Guarded {
    guard: Child,
    /// Closed to end it.
    input: Option<ChildStdin>,
    /// Kept open: the program would fail to write to a closed one.
    output: BufReader<ChildStdout>,
}

impl Guarded {
    /// Starts `program`, with `folder` for everything that it or its children leave on disk.
    fn start(program: &Path, arguments: &[&str], folder: &Path, display: Option<&str>) -> Self {
        let mut guard = Command::new("sh")
            .args(["-c", GUARD, "sh"])
            .arg(program)
            .args(arguments)
            .env("TMPDIR", folder)
            .env("XDG_CONFIG_HOME", folder)
            .env("XDG_CACHE_HOME", folder)
            .envs(display.map(|display| ("DISPLAY", display)))
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh starts");
        let output = BufReader::new(guard.stdout.take().expect("a pipe"));
        Self { input: guard.stdin.take(), guard, output }
    }

    /// What stands behind `mark` in the first line of its output that has it, or all of its output, where it ended without one.
    fn line_after(&mut self, mark: &str) -> Result<String, String> {
        let mut said = String::new();
        loop {
            let start = said.len();
            if self.output.read_line(&mut said).unwrap_or_default() == 0 {
                return Err(said);
            }
            if let Some((_, rest)) = said[start..].trim_end().trim_end_matches('.').split_once(mark) {
                return Ok(rest.to_string());
            }
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(self.input.take());
        // An error would mean that there is nothing left to wait for.
        let _ = self.guard.wait();
    }
}

/// A running driver.
pub(super) struct Process {
    _driver: Guarded,
    /// Ends after the driver and its browser.
    _screen: Option<Guarded>,
    place: SocketAddr,
}

impl Process {
    /// Starts a driver on a port that the system picks, with `folder` for everything that it or the browser leaves on disk.
    pub(super) fn start(engine: Engine, programs: &Programs, folder: &Path) -> Self {
        let mut said = String::new();
        for _ in 0..STARTS {
            match Self::try_start(engine, programs, folder) {
                Ok(process) => return process,
                Err(last) => said = last,
            }
        }
        panic!("{} ended before it was ready:\n{said}", programs.driver.display());
    }

    /// What it said, where it ended before it was ready.
    fn try_start(engine: Engine, programs: &Programs, folder: &Path) -> Result<Self, String> {
        let (screen, display) = match &programs.screen {
            Some(xvfb) => {
                let arguments = ["-displayfd", "1", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"];
                let mut screen = Guarded::start(xvfb, &arguments, folder, None);
                let display = screen.line_after("")?;
                (Some(screen), Some(format!(":{display}")))
            }
            None => (None, None),
        };
        let start =
            |arguments: &[&str]| Guarded::start(&programs.driver, arguments, folder, display.as_deref());
        let here = |port: &str| SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().expect("a port")));
        let (driver, place) = match engine {
            Engine::Chromium => {
                let mut driver = start(&["--port=0"]);
                let port = driver.line_after("started successfully on port ")?;
                (driver, here(&port))
            }
            Engine::Firefox => {
                let mut driver = start(&["--port", "0"]);
                let port = driver.line_after("Listening on 127.0.0.1:")?;
                (driver, here(&port))
            }
            Engine::WebKit => {
                let place = place::reserve();
                let mut driver =
                    start(&[&format!("--host={}", place.ip()), &format!("--port={}", place.port())]);
                // It says nothing at all, so it is knocked at.
                while TcpStream::connect(place).is_err() {
                    if driver.guard.try_wait().is_ok_and(|ended| ended.is_some()) {
                        return Err("nothing".to_string());
                    }
                    thread::sleep(PAUSE);
                }
                (driver, place)
            }
        };
        Ok(Self { _driver: driver, _screen: screen, place })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> String {
        format!("http://{}", self.place)
    }
}
