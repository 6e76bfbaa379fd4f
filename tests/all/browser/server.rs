//! A host for a built site on this machine: headers, compression and missing pages as real hosts have them, a log of what
//! was asked for, and faults on demand.

use std::collections::VecDeque;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, Uri, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::driver::{PATIENCE, PAUSE};
use super::headers::Headers;

/// How a site is served.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Serve<'base> {
    /// The path that the site lies below: `/` or `/blog/`.
    pub(crate) base: &'base str,
}

impl Default for Serve<'_> {
    fn default() -> Self {
        Self { base: "/" }
    }
}

/// A running server. It ends when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What was asked for, and what was answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// With the base path, and without what follows a `?`.
    pub(crate) path: String,
    /// What follows the `?`.
    pub(crate) query: String,
    /// What was sent along, as text.
    pub(crate) sent: String,
    /// 0 where the connection was dropped instead.
    pub(crate) status: u16,
    /// The size of the body as it went over the wire, compressed.
    pub(crate) bytes: usize,
}

/// Which paths, with the base path, something applies to.
type Paths = Box<dyn Fn(&str) -> bool + Send>;

/// What happens instead of, or before, an answer.
#[derive(Clone)]
enum Fault {
    Fail,
    Drop,
    Delay(Duration),
    Answer(u16, String),
    Lead(String),
}

struct Shared {
    folder: PathBuf,
    base: String,
    headers: Headers,
    requests: Mutex<Vec<Request>>,
    faults: Mutex<Vec<(Paths, Fault)>>,
}

impl Server {
    /// Serves a folder with a built site, on a port that the system picks.
    pub(crate) fn of(folder: &Path, options: Serve<'_>) -> Self {
        let base = options.base;
        assert!(base.starts_with('/') && base.ends_with('/'), "a base path like /blog/, not {base}");
        let headers = fs::read_to_string(folder.join("_headers")).unwrap_or_default();
        let shared = Arc::new(Shared {
            folder: folder.into(),
            base: base.into(),
            headers: Headers::parse(&headers),
            requests: Mutex::default(),
            faults: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let served = shared.clone();
        let router =
            Router::new().fallback(move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
                let shared = served.clone();
                async move { shared.answer(&method, &uri, &headers, &body).await }
            });
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    result = axum::serve(listener, router) => result.expect("it serves"),
                    _ = stopped => {}
                }
            });
            // Connections that browsers keep open end with the runtime.
        });
        Self { address, shared, stop: Some(stop), thread: Some(thread) }
    }

    /// The address of a path below the base path: `url("/insights/")`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{}{}", self.address, self.shared.base, path.trim_start_matches('/'))
    }

    /// Every request since the start or since [`Server::forget`], in the order of their answers.
    pub(crate) fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// Waits until a path was answered since the log was emptied.
    pub(crate) fn wait_for(&self, path: &str) {
        let start = Instant::now();
        while !self.requests().iter().any(|request| request.path == path) {
            assert!(start.elapsed() < PATIENCE, "nobody asked for {path}");
            thread::sleep(PAUSE);
        }
    }

    /// Empties the log.
    pub(crate) fn forget(&self) {
        lock(&self.shared.requests).clear();
    }

    /// Answers 500 for some paths.
    pub(crate) fn break_paths(&self, paths: impl Fn(&str) -> bool + Send + 'static) {
        self.fault(paths, Fault::Fail);
    }

    /// Drops the connection for some paths, as a bad network does.
    pub(crate) fn drop_paths(&self, paths: impl Fn(&str) -> bool + Send + 'static) {
        self.fault(paths, Fault::Drop);
    }

    /// Lets some paths wait before their answer.
    pub(crate) fn delay(&self, paths: impl Fn(&str) -> bool + Send + 'static, time: Duration) {
        self.fault(paths, Fault::Delay(time));
    }

    /// Answers something of your own for some paths, to any method, as the receiver of a form does. JSON where it looks so.
    pub(crate) fn answer(&self, paths: impl Fn(&str) -> bool + Send + 'static, status: u16, body: &str) {
        self.fault(paths, Fault::Answer(status, body.into()));
    }

    /// Leads on elsewhere from some paths, as an open redirect of a host does.
    pub(crate) fn lead_on(&self, paths: impl Fn(&str) -> bool + Send + 'static, place: &str) {
        self.fault(paths, Fault::Lead(place.into()));
    }

    /// The port.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    fn fault(&self, paths: impl Fn(&str) -> bool + Send + 'static, fault: Fault) {
        lock(&self.shared.faults).push((Box::new(paths), fault));
    }

    /// Ends all faults, delays and answers.
    pub(crate) fn fix(&self) {
        lock(&self.shared.faults).clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    async fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Response<Body> {
        let path = uri.path();
        let mut faults: VecDeque<Fault> = {
            let faults = lock(&self.faults);
            faults.iter().filter(|(paths, _)| paths(path)).map(|(_, fault)| fault.clone()).collect()
        };
        let mut request = Request {
            method: method.to_string(),
            path: path.into(),
            query: uri.query().unwrap_or_default().into(),
            sent: String::from_utf8_lossy(body).into_owned(),
            status: 0,
            bytes: 0,
        };
        let mut answer = None;
        while let Some(fault) = faults.pop_front() {
            match fault {
                Fault::Delay(time) => tokio::time::sleep(time).await,
                Fault::Fail => answer = Some(Answer::text(500, "text/plain", "broken on purpose".into())),
                Fault::Answer(status, body) => {
                    let mime = if body.starts_with(['{', '[']) {
                        "application/json"
                    } else {
                        "text/html; charset=utf-8"
                    };
                    answer = Some(Answer::text(status, mime, body));
                }
                Fault::Lead(place) => {
                    let mut led = Answer::text(302, "text/plain", String::new());
                    led.leads_to = Some(place);
                    answer = Some(led);
                }
                Fault::Drop => {
                    lock(&self.requests).push(request);
                    return dropped();
                }
            }
        }
        let answer = answer.unwrap_or_else(|| match *method {
            Method::GET | Method::HEAD => self.file(path),
            _ => Answer::text(405, "text/plain", "only files here".into()),
        });
        let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let is_zipped = answer.is_text() && accepts.is_some_and(|value| value.contains("gzip"));
        let body = if is_zipped { gzip(&answer.body) } else { answer.body };
        request.status = answer.status;
        request.bytes = if *method == Method::HEAD { 0 } else { body.len() };
        lock(&self.requests).push(request);
        let mut response =
            Response::builder().status(answer.status).header(header::CONTENT_TYPE, answer.mime);
        if is_zipped {
            response =
                response.header(header::CONTENT_ENCODING, "gzip").header(header::VARY, "Accept-Encoding");
        }
        if let Some(place) = answer.leads_to {
            response = response.header(header::LOCATION, place);
        }
        for (name, value) in self.headers.of(path) {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            response = response.header(name, HeaderValue::from_str(value).expect("a header's value"));
        }
        response.body(Body::from(body)).expect("an answer")
    }

    /// A file of the site, the page of a folder, or the page for what isn't there.
    fn file(&self, path: &str) -> Answer {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let Some(inside) = decoded.strip_prefix(self.base.as_str()) else {
            return Answer::text(404, "text/plain", format!("the site lies below {}", self.base));
        };
        let relative = Path::new(inside);
        let is_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
        // Hosts keep these to themselves.
        let is_private = inside.starts_with('.') || matches!(inside, "_headers" | "_redirects");
        let mut place = self.folder.join(relative);
        if is_inside && !is_private {
            if place.is_dir() {
                if !inside.is_empty() && !inside.ends_with('/') {
                    let mut answer = Answer::text(301, "text/plain", String::new());
                    answer.leads_to = Some(format!("{path}/"));
                    return answer;
                }
                place.push("index.html");
            }
            if let Ok(body) = fs::read(&place) {
                return Answer { status: 200, mime: mime(&place), body, leads_to: None };
            }
        }
        // The nearest one, so that each language has its own.
        let nearest = relative.ancestors().skip(1).find_map(|folder| {
            fs::read(self.folder.join(folder).join("404.html")).ok().filter(|_| is_inside)
        });
        let body = nearest.unwrap_or_else(|| b"not found".to_vec());
        Answer { status: 404, mime: "text/html; charset=utf-8", body, leads_to: None }
    }
}

/// What goes back, before it is compressed.
struct Answer {
    status: u16,
    mime: &'static str,
    body: Vec<u8>,
    leads_to: Option<String>,
}

impl Answer {
    fn text(status: u16, mime: &'static str, body: String) -> Self {
        Self { status, mime, body: body.into_bytes(), leads_to: None }
    }

    /// Whether hosts compress it.
    fn is_text(&self) -> bool {
        self.mime.starts_with("text/")
            || ["application/json", "application/manifest+json", "application/xml", "image/svg+xml"]
                .contains(&self.mime)
    }
}

/// The type of a file by its name.
fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// An answer whose body breaks off at once, which makes the server close the connection.
fn dropped() -> Response<Body> {
    let broken =
        futures_util::stream::once(async { Err::<Bytes, _>(io::Error::other("dropped on purpose")) });
    Response::new(Body::from_stream(broken))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// What a mutex holds. A test that failed in between has done no harm to it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
