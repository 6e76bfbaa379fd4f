//! Connections of browsers: how many there are at once, and how long they may take to say what they want.
//!
//! Whoever opens connections and says half a sentence on each of them (RFC 9110 has no limit for it) would keep
//! everybody else out. So a request has to be there after a while, and all of its body as well; then the connection is
//! closed. A connection that only waits for its next request is closed as soon, and at once where somebody else needs its
//! place: the one that has waited longest goes first. What is being answered may take as long as it likes: pages listen for
//! events until they are closed.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};

/// Whom a request comes from, among its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// How patient the server is.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a request's headers, also for the next one on the same connection.
    pub head: Duration,
    /// For all of a request's body.
    pub body: Duration,
    /// Connections at once. The next one takes the place of one that waits for a request, or waits itself.
    pub connections: usize,
}

/// A browser opens six connections for a page at most; these are enough for some dozens of them.
pub const LIMITS: Limits =
    Limits { head: Duration::from_secs(15), body: Duration::from_secs(15), connections: 256 };

/// The bytes of all headers of a request together; a browser sends a few kilobytes.
const HEAD: usize = 64 * 1024;

/// How long to wait when the system has no more files to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers every request with `handle`, until it is dropped.
///
/// # Errors
///
/// The semaphore was closed, which never happens.
pub async fn accept<H, F>(listener: TcpListener, limits: Limits, handle: H) -> io::Result<()>
where
    H: Fn(Request) -> F + Clone + Send + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let free = Arc::new(Semaphore::new(limits.connections));
    let waiting = Arc::new(Waiting::default());
    loop {
        // One that has gone already, or no file left: neither ends the server.
        let Ok((stream, peer)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        if free.available_permits() == 0 {
            waiting.send_away();
        }
        let place = Arc::clone(&free).acquire_owned().await.map_err(io::Error::other)?;
        let (handle, turn) = (handle.clone(), Arc::new(Turn::new(&waiting)));
        tokio::spawn(async move {
            serve(stream, Peer(peer.ip()), (limits, turn), handle).await;
            drop(place);
        });
    }
}

/// Answers the requests of one connection, until it ends or has to go.
async fn serve<H, F>(stream: TcpStream, peer: Peer, (limits, turn): (Limits, Arc<Turn>), handle: H)
where
    H: Fn(Request) -> F + Clone + Send + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let own = Arc::clone(&turn);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        own.is_answered();
        let (answer, own) = (handle(request), Arc::clone(&own));
        async move {
            let answer = answer.await;
            // What goes on and on is an answer as long as it does.
            if answer.body().size_hint().exact().is_some() {
                own.waits();
            }
            Ok::<_, Infallible>(answer)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // First, so that no request begins to be answered that will have no answer.
        biased;
        () = turn.leave.notified() => {}
        _ = connection => {}
    }
}

/// The connections that wait for a request, by the order in which they began to.
#[derive(Default)]
struct Waiting {
    count: AtomicU64,
    all: Mutex<BTreeMap<u64, Arc<Notify>>>,
}

impl Waiting {
    fn all(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Arc<Notify>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the one that has waited longest, if any waits.
    fn send_away(&self) {
        if let Some((_, leave)) = self.all().pop_first() {
            leave.notify_one();
        }
    }
}

/// One connection among those that wait, or not.
struct Turn {
    waiting: Arc<Waiting>,
    number: AtomicU64,
    leave: Arc<Notify>,
}

impl Turn {
    /// It waits for its first request.
    fn new(waiting: &Arc<Waiting>) -> Self {
        let turn =
            Self { waiting: Arc::clone(waiting), number: AtomicU64::new(0), leave: Arc::new(Notify::new()) };
        turn.waits();
        turn
    }

    fn waits(&self) {
        let number = self.waiting.count.fetch_add(1, Ordering::Relaxed);
        self.number.store(number, Ordering::Relaxed);
        self.waiting.all().insert(number, Arc::clone(&self.leave));
    }

    fn is_answered(&self) {
        self.waiting.all().remove(&self.number.load(Ordering::Relaxed));
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.is_answered();
    }
}

/// Why a body isn't there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBody {
    /// It is larger than it may be, or broke off.
    TooLarge,
    /// It didn't come in time.
    TooSlow,
}

/// All of a request's body, of `most` bytes.
///
/// # Errors
///
/// It is too large, or isn't there in time.
pub async fn body(request: Request, most: usize, limits: Limits) -> Result<Bytes, NoBody> {
    match tokio::time::timeout(limits.body, to_bytes(request.into_body(), most)).await {
        Ok(read) => read.map_err(|_| NoBody::TooLarge),
        Err(_) => Err(NoBody::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{SocketAddr, TcpStream};

    use super::*;

    /// So long nothing takes, and a test that waits for it has failed.
    const NEVER: Duration = Duration::from_secs(60);

    /// Serves in the background; what comes in is answered with its length.
    fn start(limits: Limits) -> (tokio::runtime::Runtime, SocketAddr) {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(accept(listener, limits, move |request| async move {
            let (status, said) = match body(request, 100, limits).await {
                Ok(bytes) => (200, bytes.len().to_string()),
                Err(NoBody::TooLarge) => (413, String::new()),
                Err(NoBody::TooSlow) => (408, String::new()),
            };
            Response::builder().status(status).body(Body::from(said)).unwrap()
        }));
        (runtime, address)
    }

    /// Sends something and reads until the server hangs up.
    fn exchange(address: SocketAddr, request: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        if let Err(error) = stream.read_to_end(&mut bytes) {
            assert_ne!(error.kind(), io::ErrorKind::WouldBlock, "it never hangs up on {request:?}");
        }
        String::from_utf8(bytes).unwrap()
    }

    const SHORT: Limits =
        Limits { head: Duration::from_millis(200), body: Duration::from_millis(200), connections: 2 };

    #[test]
    fn what_stays_half_sent_is_dropped() {
        let (_runtime, address) = start(SHORT);
        let whole = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
        // More than there are places for, one after the other.
        for half in [
            "",
            "GET",
            "GET / HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: ",
            "\r\n",
            "POST / HTTP/1.1\r\n",
        ] {
            let said = exchange(address, half);
            assert!(!said.contains(" 200 "), "{half:?}: {said}");
        }
        for (header, body) in [
            ("Content-Length: 50", "{"),
            ("Transfer-Encoding: chunked", "5\r\n{"),
            ("Content-Length: 99", ""),
        ] {
            let said = exchange(address, &format!("POST / HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n{body}"));
            assert!(said.starts_with("HTTP/1.1 408 "), "{header}: {said}");
        }
        // A connection that is kept open for nothing ends, too.
        let said = exchange(address, whole);
        assert!(said.starts_with("HTTP/1.1 200 ") && said.ends_with("\r\n\r\n2"), "{said}");
    }

    #[test]
    fn those_who_wait_get_their_turn() {
        let (_runtime, address) = start(SHORT);
        let slow: Vec<TcpStream> = (0..20)
            .map(|_| {
                let mut stream = TcpStream::connect(address).unwrap();
                stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
                stream
            })
            .collect();
        let said = exchange(address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert!(said.starts_with("HTTP/1.1 200 "), "{said}");
        drop(slow);
    }

    #[test]
    fn whoever_waits_longest_makes_place() {
        let (_runtime, address) = start(Limits { head: NEVER, connections: 3, ..LIMITS });
        let open = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(NEVER)).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        };
        let answered = |stream: &mut TcpStream| {
            let mut start = [0; 15];
            stream.read_exact(&mut start).is_ok_and(|()| start == *b"HTTP/1.1 200 OK")
        };
        // It is being answered, so it stays, however many come.
        let mut slow = open("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{");
        std::thread::sleep(Duration::from_millis(100));
        let idle: Vec<TcpStream> = (0..50).map(|_| open("GET / HTTP/1.1\r\n")).collect();
        let mut whole = open("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert!(answered(&mut whole), "at once, though all places were taken");
        slow.write_all(b"}").unwrap();
        assert!(answered(&mut slow));
        let gone = |stream: &&TcpStream| {
            stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
            let mut stream: &TcpStream = stream;
            !matches!(stream.read(&mut [0; 1]), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
        };
        assert!(idle.iter().filter(gone).count() >= 48);
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let (_runtime, address) = start(Limits { connections: 8, ..LIMITS });
        let close = "Host: x\r\nConnection: close\r\n";
        let large = "x".repeat(101);
        let length = format!("POST / HTTP/1.1\r\n{close}Content-Length: 101\r\n\r\n{large}");
        let chunks =
            format!("POST / HTTP/1.1\r\n{close}Transfer-Encoding: chunked\r\n\r\n65\r\n{large}\r\n0\r\n\r\n");
        for request in [length, chunks] {
            let said = exchange(address, &request);
            assert!(said.starts_with("HTTP/1.1 413 "), "{said}");
        }
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        let head = format!("GET / HTTP/1.1\r\n{close}X: {}\r\n\r\n", "y".repeat(2 * HEAD));
        // It may hang up before all of it is sent.
        let _ = stream.write_all(head.as_bytes());
        let mut start = [0; 64];
        let read = stream.read(&mut start).unwrap_or(0);
        assert!(!String::from_utf8_lossy(&start[..read]).contains(" 200 "));
        for bad in ["Content-Length: -1", "Content-Length: x", "Content-Length: 1\r\nContent-Length: 2"] {
            let said = exchange(address, &format!("POST / HTTP/1.1\r\n{close}{bad}\r\n\r\n{{}}"));
            assert!(said.starts_with("HTTP/1.1 400 "), "{bad}: {said}");
        }
    }
}
