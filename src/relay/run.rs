//! A relay from its start to its end.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::challenges::Challenges;
use super::queue::StoreError;
use super::routes::Routes;
use super::shared::{Notify, Parts, Reload, Shared};
use super::store::{self, Store};
use super::token::AdminToken;
use super::{Notice, deliver, files, http};
use crate::encode::bytes;
use crate::network::{Internet, connections};

/// How long a webhook may take to answer, in seconds.
const PATIENCE: u64 = 20;

/// How long the end waits for what is being done.
const END: Duration = Duration::from_secs(5);

/// What a relay is started with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address and port where it listens; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// The store that keeps its leads.
    pub store: Store,
    /// What opens the page for the site's own people; without one there is no such page.
    pub admin: Option<AdminToken>,
}

/// Why a relay can't begin.
#[derive(Debug)]
pub enum RelayError {
    /// Nothing can listen at the address: it is taken, or not this computer's.
    Listen(std::io::Error),
    /// The store can't be used.
    Store(StoreError),
    /// Another relay uses the store.
    InUse,
    /// The system gives no threads.
    Run(std::io::Error),
}

impl fmt::Display for RelayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(error) => write!(f, "the relay can't listen there: {error}"),
            Self::Store(error) => write!(f, "the store can't be used: {error}"),
            Self::InUse => write!(f, "another relay is using this store"),
            Self::Run(error) => write!(f, "the relay can't start: {error}"),
        }
    }
}

/// Holds a store as long as it lives: no other relay gets it.
struct Lock(#[expect(dead_code, reason = "the lock ends with the file")] std::fs::File);

impl Lock {
    /// `None` for a database, which many relays share.
    fn new(store: &Store) -> Result<Option<Self>, RelayError> {
        let Store::File(store) = store else { return Ok(None) };
        let mut name = store.as_os_str().to_os_string();
        name.push(".lock");
        let broken = |error: std::io::Error| RelayError::Store(StoreError(error.to_string()));
        let file = files::open(Path::new(&name)).map_err(broken)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(RelayError::InUse),
            Err(std::fs::TryLockError::Error(error)) => return Err(broken(error)),
        }
        // Leads are nobody's but the owner's: made before SQLite would make it for everybody.
        files::open(store).map_err(broken)?;
        Ok(Some(Self(file)))
    }
}

/// Runs a relay until somebody presses Ctrl+C or the system ends it; on SIGHUP it reads the site again.
///
/// # Errors
///
/// It can't begin.
pub fn run(
    settings: &Settings,
    routes: Routes,
    reload: Box<Reload>,
    tell: Box<Notify>,
) -> Result<(), RelayError> {
    let _lock = Lock::new(&settings.store)?;
    let queue = store::open(&settings.store).map_err(RelayError::Store)?;
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| RelayError::Run(std::io::Error::other(error)))?;
    let random = bytes::base64url(&random);
    let signing_key = queue.signing_key(&random).map_err(RelayError::Store)?;
    // Several relays know each other's challenges; of one alone, nobody else does, and none outlives it.
    let challenges = Challenges::new(match &settings.store {
        Store::Database(_) => &signing_key,
        Store::File(_) => &random,
    });
    let listener = std::net::TcpListener::bind(settings.listen).map_err(RelayError::Listen)?;
    listener.set_nonblocking(true).map_err(RelayError::Listen)?;
    let address = listener.local_addr().map_err(RelayError::Listen)?;
    let forms = routes.forms();
    let folder = settings.store.folder();
    let internet = Internet::new("ringback-relay", PATIENCE);
    let admin = settings.admin.clone();
    let parts = Parts {
        queue,
        internet,
        tell,
        folder,
        signing_key,
        admin,
        challenges,
        reload,
        serve: deliver::serve,
    };
    let shared = Shared::start(parts, routes);
    let house = Arc::clone(&shared);
    thread::spawn(move || house.keep_house());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(RelayError::Run)?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(RelayError::Listen)?;
        (shared.tell)(Notice::Listening { url: format!("http://{address}"), forms });
        let handles = Arc::clone(&shared);
        let handle = move |request| http::handle(Arc::clone(&handles), request);
        tokio::select! {
            ended = connections::accept(listener, http::LIMITS, handle) => ended.map_err(RelayError::Run),
            () = end(&shared) => Ok(()),
        }
    });
    shared.stop();
    runtime.shutdown_timeout(END);
    served
}

/// Waits for the end; what the system asks for besides is done meanwhile.
#[cfg(unix)]
async fn end(shared: &Arc<Shared>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut hup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    loop {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => return,
            _ = term.recv() => return,
            _ = hup.recv() => {
                let shared = Arc::clone(shared);
                let _ = tokio::task::spawn_blocking(move || shared.read()).await;
            }
        }
    }
}

#[cfg(not(unix))]
async fn end(_: &Arc<Shared>) {
    let _ = tokio::signal::ctrl_c().await;
}
