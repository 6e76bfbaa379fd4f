//! A sign of life for work that takes longer than a second: one line on the terminal, erased when the work is done.

use std::io::{IsTerminal as _, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Work that is done sooner needs none.
const PATIENCE: Duration = Duration::from_secs(1);

/// The line is there as long as this is.
pub(super) struct ProgressLine(Option<(Sender<()>, JoinHandle<()>)>);

impl ProgressLine {
    /// Shows `what` is being done, after a second. Only on a terminal, and never in CI, whose logs keep every line.
    pub(super) fn on_terminal(what: &'static str) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if is_dumb || std::env::var_os("CI").is_some() || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        Self::new(what, PATIENCE, std::io::stderr())
    }

    /// A meter that never shows anything.
    pub(super) fn none() -> Self {
        Self(None)
    }

    fn new(what: &'static str, patience: Duration, mut out: impl Write + Send + 'static) -> Self {
        let (stop, stopped) = mpsc::channel();
        let start = Instant::now();
        let show = move || {
            let mut wait = patience;
            let mut is_shown = false;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                is_shown = true;
                let _ = write!(out, "\r{what} … {:.0} s\x1b[K", start.elapsed().as_secs_f64());
                let _ = out.flush();
                wait = PATIENCE;
            }
            if is_shown {
                let _ = write!(out, "\r\x1b[K");
                let _ = out.flush();
            }
        };
        Self(Some((stop, std::thread::spawn(show))))
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.0.take() {
            drop(stop);
            // What is printed next must not stand behind the line.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Screen {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    #[test]
    fn quick_work_leaves_no_trace() {
        let screen = Screen::default();
        drop(ProgressLine::new("Building", Duration::from_secs(60), screen.clone()));
        assert_eq!(screen.text(), "");
    }

    #[test]
    fn the_line_is_erased_when_the_work_is_done() {
        let screen = Screen::default();
        let meter = ProgressLine::new("Building", Duration::ZERO, screen.clone());
        while screen.text().is_empty() {
            std::thread::yield_now();
        }
        drop(meter);
        let text = screen.text();
        assert!(text.starts_with("\rBuilding … 0 s\x1b[K") && text.ends_with("\r\x1b[K"), "{text:?}");
    }
}
