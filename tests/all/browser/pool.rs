//! Browsers that a test has left, for the test that comes next: to start one costs more than what most tests do in it.
//!
//! A test finds nothing of the one before: the tabs are closed, and with them what they were made to believe; cookies, caches,
//! storage and service workers of all sites are gone. Whatever that doesn't reach (settings of the whole browser, a profile, a
//! host of its own) makes a test end its browser itself.

use std::sync::{Mutex, MutexGuard, PoisonError};

use fantoccini::Client;
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::driver::{Command, PATIENCE};
use super::process::Process;

/// So many tests use a browser, and then it ends: what it keeps of each of them adds up.
const MOST_USES: u32 = 25;

/// A browser that runs, with its driver.
pub(super) struct Running {
    pub(super) client: Client,
    pub(super) runtime: Runtime,
    /// Before the folder that it writes to: fields are dropped in this order.
    pub(super) _process: Process,
    pub(super) _folder: TempDir,
    /// How many tests have used it.
    pub(super) uses: u32,
}

impl Running {
    /// Ends it. Asked to, it writes what it remembers to its profile first; whatever doesn't end by itself is killed next.
    pub(super) fn end(self) {
        let end = self.client.clone().close();
        let _ = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, end).await });
    }

    /// Closes all tabs but a new one, and removes what sites have stored. Did it work?
    fn clean(&self) -> bool {
        let cleaning = async { tokio::time::timeout(PATIENCE, clean(&self.client)).await };
        matches!(self.runtime.block_on(cleaning), Ok(Ok(())))
    }
}

/// Those that nobody uses now.
static IDLE: Mutex<Vec<Running>> = Mutex::new(Vec::new());

/// One that another test has left.
pub(super) fn take() -> Option<Running> {
    idle().pop()
}

/// Leaves one to other tests, or ends it where it can't be cleaned.
pub(super) fn give_back(mut running: Running) {
    running.uses += 1;
    if running.uses < MOST_USES && running.clean() {
        idle().push(running);
    } else {
        running.end();
    }
}

async fn clean(client: &Client) -> Result<(), CmdError> {
    let old = client.windows().await?;
    let new = client.new_window(true).await?.handle;
    for tab in old {
        client.switch_to_window(tab).await?;
        client.close_window().await?;
    }
    client.switch_to_window(new).await?;
    let all = json!({"origin": "*", "storageTypes": "all"});
    for (command, parameters) in [
        ("Storage.clearDataForOrigin", all),
        ("Network.clearBrowserCookies", json!({})),
        ("Network.clearBrowserCache", json!({})),
    ] {
        post(client, "goog/cdp/execute", json!({"cmd": command, "params": parameters})).await?;
    }
    // Reading takes out what is in it.
    post(client, "se/log", json!({"type": "browser"})).await
}

async fn post(client: &Client, path: &str, body: Value) -> Result<(), CmdError> {
    client.issue_cmd(Command { path: path.into(), body: Some(body) }).await.map(drop)
}

/// The browsers. A test that failed in between has done no harm to them.
fn idle() -> MutexGuard<'static, Vec<Running>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}
