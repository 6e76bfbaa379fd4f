//! The driver's process, which never outlives the test that started it.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::programs::Programs;

/// Starts the driver and waits until its own input ends, which the system sees to however the test binary ends: by a
/// panic, an abort, or killed. Then everything in the shell's process group goes: driver, browser and the browser's helpers.
/// The output is the driver's alone, so that it ends with it.
const GUARD: &str = r#""$@" & exec >&-; read -r _; kill -9 0"#;

/// How often it may fail to start: now and then it finds that the port it has picked was taken meanwhile.
const STARTS: usize = 3;

/// A running chromedriver.
pub(super) struct Process {
    guard: Child,
    /// Closed to end it.
    input: Option<ChildStdin>,
    /// Kept open: the driver would fail to write to a closed one.
    output: BufReader<ChildStdout>,
    port: u16,
}

impl Process {
    /// Starts a driver on a port that the system picks, with `folder` for everything that it or the browser leaves on disk.
    pub(super) fn start(programs: &Programs, folder: &Path) -> Self {
        let mut said = String::new();
        for _ in 0..STARTS {
            match Self::try_start(programs, folder) {
                Ok(process) => return process,
                Err(last) => said = last,
            }
        }
        panic!("{} ended before it was ready:\n{said}", programs.driver.display());
    }

    /// What it said, where it ended before it was ready.
    fn try_start(programs: &Programs, folder: &Path) -> Result<Self, String> {
        let mut guard = Command::new("sh")
            .args(["-c", GUARD, "sh"])
            .arg(&programs.driver)
            .arg("--port=0")
            .env("TMPDIR", folder)
            .env("XDG_CONFIG_HOME", folder)
            .env("XDG_CACHE_HOME", folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh starts");
        let output = BufReader::new(guard.stdout.take().expect("a pipe"));
        let mut process = Self { input: guard.stdin.take(), guard, output, port: 0 };
        let mut said = String::new();
        loop {
            let start = said.len();
            if process.output.read_line(&mut said).unwrap_or_default() == 0 {
                return Err(said);
            }
            let line = said[start..].trim_end().trim_end_matches('.');
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                process.port = port.parse().expect("a port");
                return Ok(process);
            }
        }
    }

    /// Where it listens.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.input.take());
        // An error would mean that there is nothing left to wait for.
        let _ = self.guard.wait();
    }
}
