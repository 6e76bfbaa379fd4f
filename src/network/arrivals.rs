//! A small receiver on this computer, which only remembers what came: with it, somebody can wait until something has
//! arrived.

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, Response};

use super::connections::{self, LIMITS};

/// The most bytes of a body that are taken; no lead is larger.
const MOST: usize = 256 * 1024;

/// So many bodies are remembered; then the oldest go.
const KEPT: usize = 32;

/// What came, and who waits for it.
#[derive(Default)]
struct Pending {
    bodies: Mutex<VecDeque<String>>,
    bell: Condvar,
}

/// A receiver that listens as long as it lives.
pub struct Arrivals {
    kept: Arc<Pending>,
    address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
}

impl Arrivals {
    /// Listens at an address.
    ///
    /// # Errors
    ///
    /// It can't be listened to.
    pub fn listen(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let kept = Arc::new(Pending::default());
        let keeps = Arc::clone(&kept);
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            connections::accept(listener, LIMITS, move |request| take(Arc::clone(&keeps), request)).await
        });
        Ok(Self { kept, address, _runtime: runtime })
    }

    /// The address and port where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until something has come with these words in it. How long that took; `None` where it didn't come in time.
    #[must_use]
    pub fn wait_for(&self, words: &str, patience: Duration) -> Option<Duration> {
        let start = Instant::now();
        let mut bodies = self.kept.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if bodies.iter().any(|body| body.contains(words)) {
                return Some(start.elapsed());
            }
            let left = patience.checked_sub(start.elapsed())?;
            bodies = self.kept.bell.wait_timeout(bodies, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

async fn take(kept: Arc<Pending>, request: Request) -> Response<Body> {
    let (status, said) = match *request.method() {
        Method::POST => match connections::body(request, MOST, LIMITS).await {
            Ok(bytes) => {
                let mut bodies = kept.bodies.lock().unwrap_or_else(PoisonError::into_inner);
                bodies.push_back(String::from_utf8_lossy(&bytes).into_owned());
                if bodies.len() > KEPT {
                    bodies.pop_front();
                }
                kept.bell.notify_all();
                (200, "{\"ok\":true}\n")
            }
            Err(_) => (413, ""),
        },
        _ => (405, ""),
    };
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Body::from(said)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Internet, Network as _, Request};

    #[test]
    fn what_comes_is_waited_for() {
        let arrivals = Arrivals::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        assert_eq!(arrivals.wait_for("lead_1", Duration::from_millis(20)), None);
        let url = format!("http://{}/any", arrivals.address());
        let internet = Internet::new("test", 10);
        let ask = |method, body: Option<String>| {
            internet.ask(&Request { method, url: url.clone(), headers: Vec::new(), body }).unwrap().status
        };
        assert_eq!([ask("GET", None), ask("POST", Some("{\"id\": \"lead_1\"}".into()))], [405, 200]);
        assert!(arrivals.wait_for("lead_1", Duration::from_secs(10)).is_some());
        assert_eq!(arrivals.wait_for("lead_2", Duration::from_millis(20)), None);
        (0..KEPT).for_each(|_| assert_eq!(ask("POST", Some("{}".into())), 200));
        assert_eq!(arrivals.wait_for("lead_1", Duration::from_millis(20)), None, "the oldest is gone");
    }
}
