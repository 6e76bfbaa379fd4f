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

/// A kind of browser. All tests run in Chromium; [`engines`](super::engines) runs some of them in the others, too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// The variable that names the engine of a run: `firefox` or `webkit`.
pub(super) const ENGINE: &str = "RINGBACK_BROWSER";

impl Engine {
    /// The engine of this run.
    pub(super) fn of_run() -> Self {
        match env::var(ENGINE).as_deref() {
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) if !other.is_empty() => panic!("{ENGINE} is `{other}`, not `firefox` or `webkit`"),
            _ => Self::Chromium,
        }
    }

    /// As the variable names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The programs, or what is missing.
    pub(super) fn find(self) -> Result<&'static Programs, &'static str> {
        static FOUND: [OnceLock<Result<Programs, String>>; 3] = [const { OnceLock::new() }; 3];
        let look = || match self {
            Self::Chromium => chromium(),
            Self::Firefox => firefox(),
            Self::WebKit => webkit(),
        };
        FOUND[self as usize].get_or_init(look).as_ref().map_err(String::as_str)
    }
}

/// A browser and its driver.
pub(super) struct Programs {
    pub(super) browser: PathBuf,
    pub(super) driver: PathBuf,
    /// What gives the browser a screen, where it can't do without one.
    pub(super) screen: Option<PathBuf>,
}

fn chromium() -> Result<Programs, String> {
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
        Some((browser, _)) => Ok(Programs { browser: browser.clone(), driver, screen: None }),
        None if browsers.is_empty() => Err(format!("no Chromium that runs was found: {INSTALL}")),
        None => Err(format!("chromedriver {version} doesn't fit {browsers:?}: {INSTALL}")),
    }
}

fn firefox() -> Result<Programs, String> {
    let help = "install Firefox and geckodriver (Debian: `apt-get install firefox-esr`, and `cargo install geckodriver`), or say where \
                they are in FIREFOX and GECKODRIVER";
    // `tests/run` builds the driver there, because Debian has none.
    let built = concat!(env!("CARGO_TARGET_TMPDIR"), "/../tools/bin/geckodriver");
    let driver =
        first("GECKODRIVER", &["geckodriver", built]).ok_or_else(|| format!("no geckodriver: {help}"))?;
    let browser = first("FIREFOX", &["firefox-esr", "firefox"])
        .ok_or_else(|| format!("no Firefox was found: {help}"))?;
    Ok(Programs { browser, driver, screen: None })
}

fn webkit() -> Result<Programs, String> {
    let help = "install it (Debian: `apt-get install webkit2gtk-driver xvfb`), or say where the driver, the browser and a \
                server for its screen are in WEBKITDRIVER, WEBKIT and XVFB";
    let driver =
        first("WEBKITDRIVER", &["WebKitWebDriver"]).ok_or_else(|| format!("no WebKitWebDriver: {help}"))?;
    // The driver knows where its own MiniBrowser is.
    let browser = first("WEBKIT", &[]).unwrap_or_default();
    let screen = first("XVFB", &["Xvfb"]).ok_or_else(|| format!("no Xvfb: {help}"))?;
    Ok(Programs { browser, driver, screen: Some(screen) })
}

fn first(variable: &str, names: &[&str]) -> Option<PathBuf> {
    candidates(variable, names).into_iter().next()
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
