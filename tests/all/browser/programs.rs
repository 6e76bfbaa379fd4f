//! Finds a browser and the driver that fits it, once a test binary.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Where a browser may be, best first: `tests/run` looks for the same.
const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// What to do about a missing one.
const INSTALL: &str = "install Chromium and the chromedriver of the same version (Debian: `apt-get install chromium chromium-driver`; \
     macOS: `brew install --cask google-chrome chromedriver`), or say where they are in CHROMIUM and CHROMEDRIVER";

/// A browser and its driver.
pub(super) struct Programs {
    pub(super) browser: PathBuf,
    pub(super) driver: PathBuf,
}

/// Both programs, or what is missing.
pub(super) fn find() -> Result<&'static Programs, &'static str> {
    static FOUND: OnceLock<Result<Programs, String>> = OnceLock::new();
    FOUND.get_or_init(look).as_ref().map_err(String::as_str)
}

fn look() -> Result<Programs, String> {
    let (driver, version) = candidates("CHROMEDRIVER", &["chromedriver"])
        .into_iter()
        .find_map(|path| major(&path).map(|version| (path, version)))
        .ok_or_else(|| format!("no chromedriver that runs was found: {INSTALL}"))?;
    let browsers: Vec<(PathBuf, u32)> = candidates("CHROMIUM", BROWSERS)
        .into_iter()
        .filter_map(|path| major(&path).map(|version| (path, version)))
        .collect();
    // A driver refuses browsers of any other version, and a machine may have several.
    match browsers.iter().find(|(_, own)| *own == version) {
        Some((browser, _)) => Ok(Programs { browser: browser.clone(), driver }),
        None if browsers.is_empty() => Err(format!("no Chromium that runs was found: {INSTALL}")),
        None => Err(format!("chromedriver {version} doesn't fit {browsers:?}: {INSTALL}")),
    }
}

/// The path in a variable alone, or else those names that are on this machine.
fn candidates(variable: &str, names: &[&str]) -> Vec<PathBuf> {
    if let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()) {
        return vec![PathBuf::from(path)];
    }
    let folders: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let find = |name: &&str| {
        // Joining an absolute path gives that path.
        folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    };
    names.iter().filter_map(find).collect()
}

/// The number before the first dot of the version that a program prints.
fn major(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    version.split('.').next()?.parse().ok()
}
