//! A browser that a test drives, with a driver of its own, and blocking calls: headless Chromium, or another engine where
//! [`engines`](super::engines) runs the test in that.
//!
//! Every call fails the test, at the line of the test, when it doesn't work.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use url::Url;

use super::conditions::{Conditions, Network, Screen, Scripts};
use super::element::Element;
use super::keys;
use super::pool::{self, Running};
use super::process::Process;
use super::programs::{Engine, Programs};
use crate::support::place;

/// How long anything may take before a test gives up: long, because machines are slow at times, and nobody waits for it otherwise.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// Time between two looks at something that is waited for.
pub(super) const PAUSE: Duration = Duration::from_millis(20);

/// How many browsers run at a time: each has some ten processes, and waits for its test about as often as the test waits for it.
fn most() -> usize {
    thread::available_parallelism().map_or(2, |cores| cores.get() + 1)
}

/// Flags of the browser, apart from what the driver gives it anyway.
const FLAGS: &[&str] = &[
    "--headless=new",
    // The sandbox needs rights that root, containers and machines of CI don't have, and only our own pages are opened.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    // A process in reserve for the next page costs each start a twelfth more.
    "--disable-features=SpareRendererForSitePerProcess",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
];

/// Nothing but this machine can be reached, so that no test depends on the rest.
const HOSTS: &str = "--host-resolver-rules=";

/// How a browser starts.
#[derive(Default)]
pub(crate) struct Options<'path> {
    /// The size of the page.
    pub(crate) screen: Screen,
    /// Whether pages may run scripts.
    pub(crate) scripts: Scripts,
    /// A folder for what the browser remembers (storage, cookies, caches), which a second browser can use after this one is
    /// dropped. Without one, it starts with nothing and remembers nothing.
    pub(crate) profile: Option<&'path Path>,
    /// The port of a server on this machine that answers for `evil.example`, another origin without a port in its name.
    pub(crate) stranger: Option<u16>,
}

impl Options<'_> {
    /// May a browser be used that another test has used before?
    fn allow_used(&self) -> bool {
        self.profile.is_none() && self.stranger.is_none()
    }
}

/// A browser with one open tab, and nothing that another test has left behind.
pub(crate) struct Browser {
    engine: Engine,
    client: Client,
    conditions: RefCell<Conditions>,
    /// Taken out when it is dropped, for the next test or to end.
    running: Option<Running>,
    /// Can the next test use it?
    is_reusable: Cell<bool>,
    _slot: Slot,
}

/// A tab or window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tab(WindowHandle);

/// What a page wrote to the console, or the browser about the page.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub(crate) level: String,
    /// `javascript` for exceptions, `security` for the content security policy, `network` for what didn't load, `console-api`.
    pub(crate) source: String,
    /// Address, line and words.
    pub(crate) text: String,
}

impl Browser {
    /// Starts a browser, or says that there is none and what to install: then the test has to return. With the variable `CI`
    /// set it fails instead, so that no test is left out there.
    ///
    /// Waits while too many run already. A test has one at a time: two that each wait for a second one would wait forever.
    #[track_caller]
    pub(crate) fn open(options: Options<'_>) -> Option<Self> {
        let engine = Engine::of_run();
        let programs = match engine.find() {
            Ok(programs) => programs,
            Err(missing) if env::var_os("CI").is_some_and(|value| !value.is_empty()) => panic!("{missing}"),
            Err(missing) => {
                let thread = thread::current();
                // Not by `eprintln!`, which is only shown of tests that fail.
                let _ = io::Write::write_fmt(
                    &mut io::stderr(),
                    format_args!("SKIPPED {}: {missing}\n", thread.name().unwrap_or("a test")),
                );
                return None;
            }
        };
        let slot = Slot::take();
        let is_reusable = engine == Engine::Chromium && options.allow_used();
        let used = if is_reusable { pool::take() } else { None };
        let running = used.unwrap_or_else(|| start(engine, programs, &options));
        let conditions =
            Conditions { screen: options.screen, scripts: options.scripts, ..Conditions::default() };
        let browser = Self {
            engine,
            client: running.client.clone(),
            conditions: RefCell::new(conditions),
            running: Some(running),
            is_reusable: Cell::new(is_reusable),
            _slot: slot,
        };
        browser.set_conditions();
        Some(browser)
    }

    /// What it runs in, until it is dropped.
    fn runtime(&self) -> &Runtime {
        &self.running.as_ref().expect("it runs until it is dropped").runtime
    }

    // Addresses

    /// Opens an address and waits until all of it is loaded.
    #[track_caller]
    pub(crate) fn goto(&self, url: &str) {
        self.ask(url, self.client.goto(url));
        if self.engine == Engine::WebKit {
            self.wait("document.readyState === 'complete'");
        }
    }

    /// What it is.
    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// Opens an address that may not answer.
    pub(crate) fn try_goto(&self, url: &str) -> Result<(), String> {
        self.runtime().block_on(self.client.goto(url)).map_err(|error| error.to_string())
    }

    /// Loads the page again.
    #[track_caller]
    pub(crate) fn reload(&self) {
        self.ask("reload", self.client.refresh());
    }

    /// Goes one page back in the tab's history.
    #[track_caller]
    pub(crate) fn back(&self) {
        self.ask("back", self.client.back());
    }

    /// The address of the page.
    #[track_caller]
    pub(crate) fn url(&self) -> String {
        self.ask("address", self.client.current_url()).into()
    }

    // Elements

    /// The first element that a selector finds; waits until there is one.
    #[track_caller]
    pub(crate) fn find(&self, css: &str) -> Element<'_> {
        self.wait(&format!("document.querySelector({})", json!(css)));
        Element::new(self, self.ask(css, self.client.find(Locator::Css(css))))
    }

    /// All elements that a selector finds now.
    #[track_caller]
    pub(crate) fn find_all(&self, css: &str) -> Vec<Element<'_>> {
        let found = self.ask(css, self.client.find_all(Locator::Css(css)));
        found.into_iter().map(|inner| Element::new(self, inner)).collect()
    }

    /// The element with the keyboard focus; `body` when none has it.
    #[track_caller]
    pub(crate) fn focused(&self) -> Element<'_> {
        Element::new(self, self.ask("focus", self.client.active_element()))
    }

    // Keyboard

    /// Presses a key, or several at once, on whatever has the focus: `Enter`, `/`, `ArrowDown`, `Shift+Tab`, `Control+k`.
    #[track_caller]
    pub(crate) fn press(&self, keys: &str) {
        self.ask(keys, self.client.perform_actions(keys::chord(keys)));
    }

    /// Types a text into whatever has the focus, key by key.
    #[track_caller]
    pub(crate) fn type_text(&self, text: &str) {
        self.ask(text, self.client.perform_actions(keys::text(text)));
    }

    // Scripts

    /// Runs the body of a function with `arguments`, and gives what it returns.
    #[track_caller]
    pub(crate) fn js(&self, body: &str, arguments: &[Value]) -> Value {
        self.ask(body, self.client.execute(body, arguments.to_vec()))
    }

    /// Runs the body of an asynchronous function, which may `await`, and gives what it returns in the end.
    #[track_caller]
    pub(crate) fn js_async(&self, body: &str, arguments: &[Value]) -> Value {
        self.js(&format!("return (async function () {{ {body}\n}}).apply(null, arguments)"), arguments)
    }

    /// Waits until an expression is true, or like true, and gives its value.
    #[track_caller]
    pub(crate) fn wait(&self, expression: &str) -> Value {
        self.wait_for(expression, PATIENCE)
    }

    /// The same for as long as you say.
    #[track_caller]
    pub(crate) fn wait_for(&self, expression: &str, patience: Duration) -> Value {
        let start = Instant::now();
        let script = format!(
            "const value = ({expression}\n); return [Boolean(value), value instanceof Node ? String(value) : value]"
        );
        loop {
            // A page that is just being left has no values for a moment.
            let last = match self.runtime().block_on(self.client.execute(&script, Vec::new())) {
                Ok(value) if value[0] == true => return value[1].clone(),
                Ok(value) => format!("is still {}", value[1]),
                Err(error) => format!("fails: {error}"),
            };
            if start.elapsed() >= patience {
                let url = self.runtime().block_on(self.client.current_url());
                let url = url.map_or_else(|error| error.to_string(), String::from);
                let log = self.messages();
                panic!("after {patience:?}, `{expression}` {last}\non {url}\nconsole: {log:#?}");
            }
            thread::sleep(PAUSE);
        }
    }

    // What the page believes

    /// Changes the size of the page.
    #[track_caller]
    pub(crate) fn screen(&self, screen: Screen) {
        self.conditions.borrow_mut().screen = screen;
        self.set_conditions();
    }

    /// Cuts or restores the network.
    #[track_caller]
    pub(crate) fn network(&self, network: Network) {
        self.conditions.borrow_mut().network = network;
        self.set_conditions();
    }

    /// Forbids or allows scripts, from the next page on.
    #[track_caller]
    pub(crate) fn scripts(&self, scripts: Scripts) {
        self.conditions.borrow_mut().scripts = scripts;
        self.set_conditions();
    }

    /// Sets a media feature: `prefers-color-scheme` to `dark`, `prefers-reduced-motion` to `reduce`. Only Chromium knows how, so
    /// what a test sees must not depend on it where it runs in other engines.
    #[track_caller]
    pub(crate) fn media(&self, feature: &str, value: &str) {
        self.conditions.borrow_mut().media.insert(feature.into(), value.into());
        self.set_conditions();
    }

    #[track_caller]
    fn set_conditions(&self) {
        if self.engine != Engine::Chromium {
            return self.set_window();
        }
        let commands = self.conditions.borrow().commands();
        for (command, parameters) in commands {
            self.cdp(command, parameters);
        }
    }

    /// Makes the window so large that the page has the size that it should. Nothing else can be set in all engines.
    #[track_caller]
    fn set_window(&self) {
        let conditions = self.conditions.borrow();
        let media = conditions.media.clone();
        let untouched = Conditions { screen: conditions.screen, media, ..Conditions::default() };
        assert_eq!(*conditions, untouched, "only Chromium can be made to believe this");
        let (width, height) = conditions.screen.size();
        self.ask("window", self.client.set_window_size(width, height));
        let outside = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let edges = self.js(outside, &[]);
        let edge =
            |at: usize| edges[at].as_u64().and_then(|edge| u32::try_from(edge).ok()).unwrap_or_default();
        self.ask("window", self.client.set_window_size(width + edge(0), height + edge(1)));
    }

    /// Puts a text where the cursor is, as pasting does.
    #[track_caller]
    pub(crate) fn insert(&self, text: &str) {
        if self.engine == Engine::Chromium {
            self.cdp("Input.insertText", json!({"text": text}));
        } else {
            self.js("document.execCommand('insertText', false, arguments[0])", &[json!(text)]);
        }
    }

    /// Any other command of the DevTools protocol.
    #[track_caller]
    pub(crate) fn cdp(&self, command: &str, parameters: Value) -> Value {
        assert_eq!(self.engine, Engine::Chromium, "only Chromium knows {command}");
        // What isn't of a tab stays when the tab is closed.
        if command.starts_with("Browser.") {
            self.is_reusable.set(false);
        }
        self.post("goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    // Tabs

    /// The tab that all calls are about.
    #[track_caller]
    pub(crate) fn tab(&self) -> Tab {
        Tab(self.ask("tab", self.client.window()))
    }

    /// All tabs, also those that pages have opened.
    #[track_caller]
    pub(crate) fn tabs(&self) -> Vec<Tab> {
        self.ask("tabs", self.client.windows()).into_iter().map(Tab).collect()
    }

    /// Opens an empty tab and goes there.
    #[track_caller]
    pub(crate) fn open_tab(&self) -> Tab {
        let handle = self.ask("new tab", self.client.new_window(true)).handle;
        let tab = Tab(handle);
        self.switch(&tab);
        tab
    }

    /// Goes to another tab.
    #[track_caller]
    pub(crate) fn switch(&self, tab: &Tab) {
        self.ask("switch", self.client.switch_to_window(tab.0.clone()));
        self.set_conditions();
    }

    /// Closes this tab and goes to another.
    #[track_caller]
    pub(crate) fn close_tab(&self, next: &Tab) {
        self.ask("close", self.client.close_window());
        self.switch(next);
    }

    // What went wrong, and what it looks like

    /// What was written to the console since the last call. Only Chromium's driver tells.
    #[track_caller]
    pub(crate) fn messages(&self) -> Vec<Message> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let log = self.post("se/log", json!({"type": "browser"}));
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_string();
        let message = |entry: &Value| Message {
            level: text(entry, "level"),
            source: text(entry, "source"),
            text: text(entry, "message"),
        };
        log.as_array().expect("a list").iter().map(message).collect()
    }

    /// Those messages that are errors: of the console, exceptions that nobody caught, files that didn't load, and everything
    /// that the content security policy stopped. A test that causes errors on purpose takes them with this.
    #[track_caller]
    pub(crate) fn errors(&self) -> Vec<Message> {
        let is_error = |message: &Message| message.level == "SEVERE" || message.source == "security";
        self.messages().into_iter().filter(is_error).collect()
    }

    /// Fails if there was an error since the browser started, or since they were last asked for. Every test ends with it.
    #[track_caller]
    pub(crate) fn assert_no_errors(&self) {
        let errors = self.errors();
        assert!(errors.is_empty(), "on {}: {errors:#?}", self.url());
    }

    /// A picture of the page for people, as `name.png` in the folder that the variable `RINGBACK_SHOTS` names; none without it.
    #[track_caller]
    pub(crate) fn shot(&self, name: &str) {
        if let Some(path) = shot_path(name) {
            let picture = self.ask("picture", self.client.screenshot());
            fs::write(&path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }

    // How it is done

    /// Waits for an answer of the driver.
    #[track_caller]
    pub(super) fn ask<T, E: Display>(&self, what: &str, answer: impl Future<Output = Result<T, E>>) -> T {
        self.runtime().block_on(answer).unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// Asks for something that fantoccini has no method for, by its path below the session.
    #[track_caller]
    pub(super) fn get(&self, path: &str) -> Value {
        self.ask(path, self.client.issue_cmd(Command { path: path.into(), body: None }))
    }

    #[track_caller]
    fn post(&self, path: &str, body: Value) -> Value {
        self.ask(path, self.client.issue_cmd(Command { path: path.into(), body: Some(body) }))
    }
}

/// Starts a browser with a driver of its own.
#[track_caller]
fn start(engine: Engine, programs: &Programs, options: &Options<'_>) -> Running {
    let folder = TempDir::new().expect("a temporary folder");
    let process = Process::start(engine, programs, folder.path());
    let profile = options.profile.map_or_else(|| folder.path().join("profile"), Path::to_path_buf);
    let capabilities = match engine {
        Engine::Chromium => chromium(programs, &profile, options.stranger),
        Engine::Firefox => firefox(programs, &profile, options.stranger),
        Engine::WebKit => webkit(programs, options.stranger),
    };
    let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut connector = HttpConnector::new();
    // Otherwise each command waits 40 ms: it goes in two parts, and the driver acknowledges the first late.
    connector.set_nodelay(true);
    let mut builder = ClientBuilder::new(connector);
    builder.capabilities(capabilities);
    let client = runtime
        .block_on(builder.connect(&process.address()))
        .unwrap_or_else(|error| panic!("{} doesn't start: {error}", programs.browser.display()));
    Running { client, runtime, _process: process, _folder: folder, uses: 0 }
}

/// What a driver is told about Chromium.
fn chromium(programs: &Programs, profile: &Path, stranger: Option<u16>) -> Value {
    let flags = FLAGS.iter().map(|flag| (*flag).to_string());
    // The first rule that fits counts.
    let stranger = stranger.map(|port| format!("MAP evil.example 127.0.0.1:{port}, ")).unwrap_or_default();
    let own = place::loopback();
    let hosts =
        format!("{HOSTS}{stranger}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE {own}");
    let profile = format!("--user-data-dir={}", profile.display());
    let flags: Vec<String> = flags.chain([profile, hosts]).collect();
    json!({
        "goog:chromeOptions": {"binary": programs.browser, "args": flags},
        "goog:loggingPrefs": {"browser": "ALL"},
        "timeouts": timeouts(),
    })
}

/// The same about Firefox. A proxy that isn't there keeps it on this machine, and nothing moves: its driver sees no text in what
/// is only just fading in.
fn firefox(programs: &Programs, profile: &Path, stranger: Option<u16>) -> Value {
    assert!(stranger.is_none(), "only Chromium can be made to find another origin");
    fs::create_dir_all(profile).expect("a folder for the profile");
    json!({
        "moz:firefoxOptions": {
            "binary": programs.browser,
            "args": ["-headless", "-profile", profile],
            "prefs": {
                "network.proxy.type": 1,
                "network.proxy.http": "127.0.0.1",
                "network.proxy.http_port": 9,
                "network.proxy.ssl": "127.0.0.1",
                "network.proxy.ssl_port": 9,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                "ui.prefersReducedMotion": 1,
            },
        },
        "timeouts": timeouts(),
    })
}

/// The same about WebKitGTK's small browser.
fn webkit(programs: &Programs, stranger: Option<u16>) -> Value {
    assert!(stranger.is_none(), "only Chromium can be made to find another origin");
    let mut options = json!({"args": ["--automation"]});
    if !programs.browser.as_os_str().is_empty() {
        options["binary"] = json!(programs.browser);
    }
    json!({"webkitgtk:browserOptions": options, "timeouts": timeouts()})
}

/// How long a page or a script may take, in milliseconds.
fn timeouts() -> Value {
    json!({"pageLoad": 30_000, "script": 30_000})
}

impl Drop for Browser {
    fn drop(&mut self) {
        let Some(running) = self.running.take() else { return };
        if thread::panicking() {
            let picture = async { tokio::time::timeout(PATIENCE, self.client.screenshot()).await };
            if let Ok(Ok(picture)) = running.runtime.block_on(picture) {
                let path = failed_path(thread::current().name().unwrap_or("test"));
                let _ = fs::write(&path, picture);
                eprintln!("the page then: {}", path.display());
            }
        } else if self.is_reusable.get() {
            return pool::give_back(running);
        }
        running.end();
    }
}

/// Where a picture goes, if people want any.
fn shot_path(name: &str) -> Option<PathBuf> {
    let folder = env::var_os("RINGBACK_SHOTS").filter(|folder| !folder.is_empty())?;
    Some(png_in(Path::new(&folder), name))
}

/// Where the picture of a page on which a test fails goes: to the others, or to a folder of Cargo's, which `tests/run` empties.
pub(super) fn failed_path(test: &str) -> PathBuf {
    shot_path(test)
        .unwrap_or_else(|| png_in(Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/failed")), test))
}

fn png_in(folder: &Path, name: &str) -> PathBuf {
    // Where this doesn't work, writing there doesn't either: a second panic would abort all tests.
    let _ = fs::create_dir_all(folder);
    folder.join(format!("{}.png", name.replace(['/', ':'], "-")))
}

/// A command that fantoccini has no method for.
#[derive(Debug)]
pub(super) struct Command {
    /// Its path below the session.
    pub(super) path: String,
    pub(super) body: Option<Value>,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        match &self.body {
            Some(body) => (Method::POST, Some(body.to_string())),
            None => (Method::GET, None),
        }
    }
}

/// The right to run a browser.
struct Slot;

static TAKEN: Mutex<usize> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

thread_local! {
    /// Whether this test has one.
    static HAS_ONE: Cell<bool> = const { Cell::new(false) };
}

impl Slot {
    #[track_caller]
    fn take() -> Self {
        assert!(!HAS_ONE.replace(true), "this test has a browser already: drop it first, or open a tab");
        let taken = FREED.wait_while(running_browsers(), |taken| *taken >= most());
        *taken.unwrap_or_else(PoisonError::into_inner) += 1;
        Self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        HAS_ONE.set(false);
        *running_browsers() -= 1;
        FREED.notify_one();
    }
}

/// The number of browsers that run. A test that failed in between has done no harm to it.
fn running_browsers() -> MutexGuard<'static, usize> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}
