//! A receiver of leads on this machine, at a port of its own, that takes them, refuses them, breaks, or keeps people waiting.
//!
//! It writes down what comes in before it does any of that, so what it knows is what a CRM would know.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{future, io};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, Uri, header};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use url::form_urlencoded;

/// How long a lead may take to come in.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a post is answered with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reply {
    /// 200 with JSON, for pages of other sites to read.
    Json(String),
    /// 200 with a page, as login pages and careless receivers answer.
    Html,
    /// 200, and text that never ends.
    Endless,
    /// A status without a body.
    Status(u16),
    /// 429, with the seconds after which to ask again.
    TooMany(u32),
    /// A redirect to another of its paths.
    Redirect(u16, &'static str),
    /// 200 that pages of other sites may not read.
    Unreadable,
    /// 200 with JSON, not before [`Receiver::release`].
    Held,
    /// Nothing, ever.
    Nothing,
    /// The connection is closed without an answer.
    Closed,
}

/// A running receiver. It ends when dropped.
pub(super) struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    posts: Mutex<Vec<Post>>,
    replies: Mutex<VecDeque<Reply>>,
    usual: Mutex<BTreeMap<String, Reply>>,
    released: watch::Sender<bool>,
}

/// What came in.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) method: String,
    pub(super) path: String,
    /// By their names in small letters.
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl Post {
    /// The lead, as the kind `json` sends it.
    #[track_caller]
    pub(super) fn lead(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    /// The answers in it.
    #[track_caller]
    pub(super) fn fields(&self) -> Value {
        self.lead()["data"]["fields"].clone()
    }

    /// The lead's id.
    #[track_caller]
    pub(super) fn id(&self) -> String {
        self.lead()["id"].as_str().expect("an id").to_string()
    }

    /// Names and values of a plain form, in their order.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.body.as_bytes()).into_owned().collect()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

impl Receiver {
    /// Starts one that takes everything, on a port that the system picks.
    pub(super) fn start() -> Self {
        let shared = Arc::new(Shared {
            posts: Mutex::default(),
            replies: Mutex::default(),
            usual: Mutex::default(),
            released: watch::Sender::new(false),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let served = shared.clone();
        let router =
            Router::new().fallback(move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
                let shared = served.clone();
                async move { shared.take(&method, &uri, &headers, &body).await }
            });
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    result = axum::serve(listener, router) => result.expect("it serves"),
                    _ = stopped => {}
                }
            });
        });
        Self { address, shared, stop: Some(stop), thread: Some(thread) }
    }

    /// What its addresses begin with.
    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the next posts are answered with, one after the other; those after them as usual.
    pub(super) fn will(&self, replies: impl IntoIterator<Item = Reply>) {
        *lock(&self.shared.replies) = replies.into_iter().collect();
    }

    /// What posts to a path are answered with from now on; it is an empty object else.
    pub(super) fn usually(&self, path: &str, reply: Reply) {
        lock(&self.shared.usual).insert(path.into(), reply);
    }

    /// Answers all that was held.
    pub(super) fn release(&self) {
        self.shared.released.send_replace(true);
    }

    /// What was posted since the start or [`Receiver::forget`], in its order.
    pub(super) fn posts(&self) -> Vec<Post> {
        lock(&self.shared.posts).iter().filter(|post| post.method == "POST").cloned().collect()
    }

    /// Whether a browser asked, before it posted, whether it may.
    pub(super) fn was_asked(&self) -> bool {
        lock(&self.shared.posts).iter().any(|post| post.method == "OPTIONS")
    }

    /// Waits until so many were posted, and gives them.
    #[track_caller]
    pub(super) fn wait_for(&self, count: usize) -> Vec<Post> {
        let start = Instant::now();
        while self.posts().len() < count {
            assert!(
                start.elapsed() < PATIENCE,
                "{count} were to be posted, and these were: {:#?}",
                self.posts()
            );
            thread::sleep(Duration::from_millis(10));
        }
        self.posts()
    }

    /// The only one that was posted.
    #[track_caller]
    pub(super) fn only(&self) -> Post {
        let posts = self.posts();
        assert_eq!(posts.len(), 1, "{posts:#?}");
        posts.into_iter().next().expect("one")
    }

    /// The ids of the leads that were posted, each once.
    #[track_caller]
    pub(super) fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.posts().iter().map(Post::id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Begins anew: nothing has come in, and all is taken.
    pub(super) fn forget(&self) {
        lock(&self.shared.posts).clear();
        self.will([]);
        lock(&self.shared.usual).clear();
        self.shared.released.send_replace(false);
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    async fn take(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Response<Body> {
        let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = headers.iter().map(|(name, value)| (name.as_str().to_string(), text(value)));
        let post = Post {
            method: method.to_string(),
            path: uri.path().into(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        };
        let native = native(&post);
        lock(&self.posts).push(post);
        match *method {
            Method::OPTIONS => return allowed(),
            Method::POST => {}
            _ => return readable(200, "text/html", "<!doctype html><title>Log in</title>".into()),
        }
        if let Some(native) = native {
            return native;
        }
        let next = lock(&self.replies).pop_front();
        let usual = || lock(&self.usual).get(uri.path()).cloned();
        let reply = next.or_else(usual).unwrap_or_else(|| Reply::Json("{}".into()));
        self.answer(reply).await
    }

    async fn answer(&self, reply: Reply) -> Response<Body> {
        match reply {
            Reply::Json(json) => readable(200, "application/json", json.into()),
            Reply::Html => readable(200, "text/html", "<!doctype html><p>Thank you</p>".into()),
            Reply::Endless => {
                let more = futures_util::stream::repeat_with(|| Ok::<_, io::Error>("no end ".repeat(10_000)));
                readable(200, "text/plain", Body::from_stream(more))
            }
            Reply::Status(status) => readable(status, "text/plain", Body::empty()),
            Reply::TooMany(seconds) => {
                let mut response = readable(429, "text/plain", Body::empty());
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
                response
            }
            Reply::Redirect(status, path) => {
                let mut response = readable(status, "text/plain", Body::empty());
                response.headers_mut().insert(header::LOCATION, header::HeaderValue::from_static(path));
                response
            }
            Reply::Unreadable => Response::new(Body::empty()),
            Reply::Held => {
                let mut released = self.released.subscribe();
                let _ = released.wait_for(|released| *released).await;
                readable(200, "application/json", "{}".into())
            }
            Reply::Nothing => future::pending().await,
            Reply::Closed => {
                let broken =
                    futures_util::stream::once(async { Err::<Bytes, _>(io::Error::other("closed")) });
                Response::new(Body::from_stream(broken))
            }
        }
    }
}

/// A form that the browser posted by itself is led to the page that it asks for.
fn native(post: &Post) -> Option<Response<Body>> {
    let is_native = post.header("sec-fetch-mode") == Some("navigate");
    let place = post.pairs().into_iter().find(|(name, _)| name == "retURL" || name == "_next");
    place.filter(|_| is_native).map(|(_, place)| {
        Response::builder()
            .status(303)
            .header(header::LOCATION, place)
            .body(Body::empty())
            .expect("an answer")
    })
}

fn allowed() -> Response<Body> {
    Response::builder()
        .status(204)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::ACCESS_CONTROL_ALLOW_METHODS, "POST")
        .header(header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type")
        .body(Body::empty())
        .expect("an answer")
}

/// An answer that pages of other sites may read.
fn readable(status: u16, mime: &str, body: Body) -> Response<Body> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, mime)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After")
        // Browsers themselves repeat a post whose connection they had used before, and lost.
        .header(header::CONNECTION, "close")
        .body(body)
        .expect("an answer")
}

/// What a mutex holds. A test that failed in between has done no harm to it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
