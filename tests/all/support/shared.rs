//! Built sites that many tests read and none changes: made once, and gone with the tests.

use std::env;
use std::path::Path;
use std::process::Child;
#[cfg(unix)]
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Site, fixture};

/// The variable by which a test binary tells one that it starts itself where the demo is, so that it isn't built again.
pub(crate) const DEMO: &str = "RINGBACK_BUILT_DEMO";

/// The repository's own demo, built by the real binary, for all tests of a run.
pub(crate) fn demo() -> &'static Site {
    static BUILT: OnceLock<Site> = OnceLock::new();
    BUILT.get_or_init(|| match env::var_os(DEMO) {
        Some(folder) => Site::at(folder.into()),
        None => built(fixture::demo()),
    })
}

/// Builds a site that a static is going to hold. Those are never dropped, so a shell removes its folder when the tests have ended,
/// also when these are killed.
pub(crate) fn built(site: Site) -> Site {
    /// Their inputs end with the tests.
    static SHELLS: Mutex<Vec<Child>> = Mutex::new(Vec::new());
    site.build();
    SHELLS.lock().unwrap_or_else(PoisonError::into_inner).extend(remove_at_the_end(&site.path("")));
    site
}

#[cfg(unix)]
fn remove_at_the_end(folder: &Path) -> Option<Child> {
    use std::os::unix::process::CommandExt as _;
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"cat; rm -rf "$1""#, "sh"]).arg(folder);
    // Ctrl+C is for the tests.
    shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    Some(shell.spawn().expect("a shell"))
}

/// The system's folder for what is temporary is emptied otherwise.
#[cfg(not(unix))]
fn remove_at_the_end(_: &Path) -> Option<Child> {
    None
}
