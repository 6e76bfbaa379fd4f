//! The server around the state: one handler for every request, a thread that watches, and an end.

mod listening;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{io, thread};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, Response, header};
use serde::Serialize;

pub use listening::{ListenAddress, StartError};

use self::listening::{browsable_address, listen};
use super::defaults::WithDefaults;
use super::editor::{Editor, requests as editing};
use super::events::{Events, PageEvent};
use super::host::Answer;
use super::inbox::{Inbox, requests};
use super::look::{self, Samples};
use super::page::{self, PreviewPage};
use super::preview::{Preview, ReloadMessage, Served, Settings, Update};
use super::replies::{build, data, redirect, text};
use super::server::{FirstSteps, Notice, Server};
use super::steps::{self, Step};
use super::watch::{Watch, WatchEnded};
use super::{client, guard, problems};
use crate::diag::{Diagnostic, Severity};
use crate::editorial::schema::{self, Document};
use crate::encode::percent;
use crate::leads::inbox as leads;
use crate::network::connections;
use crate::output;
use crate::project::{CACHE_FOLDER, CONFIG_FILE, Changes, DiskProject, Project as _};

/// A mistake that is gone after so long was only half a save.
const DOUBT: Duration = Duration::from_millis(150);

/// A full check begins when nobody has saved for so long.
const REST: Duration = Duration::from_secs(1);

/// The files of the preview itself, but for its scripts ([`client`]).
const OWN: &[(&str, &str, &[u8])] = &[
    ("dev.css", "text/css; charset=utf-8", include_bytes!("../dev.css")),
    ("inbox", "text/html; charset=utf-8", include_bytes!("../inbox/inbox.html")),
    ("steps.css", "text/css; charset=utf-8", include_bytes!("../steps/steps.css")),
    ("edit.css", "text/css; charset=utf-8", include_bytes!("../editor/edit.css")),
    ("look.css", "text/css; charset=utf-8", include_bytes!("../look/look.css")),
    ("inbox.css", "text/css; charset=utf-8", include_bytes!("../inbox/inbox.css")),
    ("leads.css", "text/css; charset=utf-8", leads::STYLE.as_bytes()),
    ("young-serif.woff2", "font/woff2", leads::FONT),
    ("young-serif-figures.woff2", "font/woff2", leads::FIGURES),
    ("icon.svg", "image/svg+xml", include_bytes!("../../../themes/ringback/img/icon.svg")),
];

/// Where everything that is not the site itself lies. No page has an address with a dot before its name.
const RESERVED: &str = "/.ringback/";

/// Serves the site in `root` until somebody presses Ctrl+C.
///
/// # Errors
///
/// It can't begin.
pub fn run(
    root: &Path,
    project: DiskProject,
    place: &ListenAddress,
    tell: Box<dyn Fn(Notice) + Send + Sync>,
) -> Result<(), StartError> {
    let listener = listen(&place.host, place.port).map_err(StartError::Listen)?;
    let address = listener.local_addr().map_err(StartError::Listen)?;
    let origin = format!("http://{}", browsable_address(address));
    let settings = Settings { role: place.role, unpublished: place.unpublished, origin: origin.clone() };
    let mut watch = Watch::start(root, project.clone(), place.watching)
        .map_err(|error| StartError::Watch(error.to_string()))?;
    let started = project.now();
    let server = Arc::new(Server {
        editor: Editor::new(project.clone()),
        state: Preview::new(WithDefaults::new(project), settings),
        inbox: Inbox::default(),
        samples: Samples::default(),
        events: Events::new(),
        instance: format!("{}-{}", started.as_millisecond(), std::process::id()),
        host: place.host.clone(),
        tell,
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(StartError::Run)?;
    let taken = (place.port != 0 && address.port() != place.port).then_some(place.port);
    let missing = server.state.project().missing();
    let reads = Arc::clone(&server);
    thread::spawn(move || {
        let begin = Instant::now();
        let update = reads.state.update(&Changes::All);
        reads.keep_schemas();
        let path =
            reads.state.everybody().first().map_or_else(|| "/".into(), |seen| seen.base_url.path.clone());
        let steps = steps::is_new(&reads.state).then(|| FirstSteps {
            url: format!("{origin}{RESERVED}steps"),
            done: steps::done(&reads.state, 0).len(),
            all: Step::ALL.len(),
        });
        (reads.tell)(Notice::Listening { url: format!("{origin}{path}"), taken, steps });
        if !missing.is_empty() {
            (reads.tell)(Notice::Missing(missing));
        }
        reads.publish(&update, begin.elapsed());
        let _ = reads.follow(&mut watch);
    });
    let served = runtime.block_on(serve(listener, Arc::clone(&server)));
    // Pages that listen for events would keep it open.
    runtime.shutdown_timeout(Duration::from_millis(100));
    served.map_err(StartError::Run)
}

/// A sample of the look, with the headers that it has.
fn sample(answer: Answer) -> Response<Body> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(answer.body.into()).unwrap_or_default()
}

async fn serve(listener: TcpListener, server: Arc<Server>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let handle = move |request: Request| Arc::clone(&server).handle(request);
    tokio::select! {
        ended = connections::accept(listener, connections::LIMITS, handle) => ended,
        () = interrupted() => Ok(()),
    }
}

/// Ends with Ctrl+C, or when the system asks.
async fn interrupted() {
    let asked = async {
        #[cfg(unix)]
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = asked => {}
    }
}

impl Server {
    /// Shows every change, as long as something can tell of them.
    fn follow(self: &Arc<Self>, watch: &mut Watch) -> Result<(), WatchEnded> {
        let mut check_at = Some(Instant::now() + REST);
        loop {
            let Some(mut changes) = watch.next(check_at)? else {
                check_at = None;
                let server = Arc::clone(self);
                // Nobody who saves meanwhile waits for it.
                thread::spawn(move || server.check());
                continue;
            };
            let begin = Instant::now();
            let mut update = self.state.update(&changes);
            // An editor may have written half of a file. What is wrong for longer than a moment is told.
            while has_errors(&update.problems)
                && let Some(more) = watch.next(Some(Instant::now() + DOUBT))?
            {
                changes.extend(more);
                update = self.state.update(&changes);
            }
            self.publish(&update, begin.elapsed());
            check_at = Some(Instant::now() + REST);
        }
    }

    /// Writes what editors of YAML complete and check with: the lines `yaml-language-server` of a new site name these files.
    fn keep_schemas(&self) {
        const NAMED: &[u8] = b".ringback/config.schema.json";
        let text = self.state.project().read(CONFIG_FILE).unwrap_or_default();
        // A site that doesn't use them gets no files.
        let Some(inputs) = self.state.newest().filter(|_| memchr::memmem::find(&text, NAMED).is_some())
        else {
            return;
        };
        for document in Document::FILES {
            let schema = schema::schema(document, Some(&inputs.content));
            let folder = self.editor.disk_path(CACHE_FOLDER);
            let name = format!("{}.schema.json", document.name());
            output::replace::keep(&folder, &name, schema.to_string().as_bytes());
        }
    }

    fn publish(&self, update: &Update, took: Duration) {
        match &update.reload {
            ReloadMessage::Nothing => {}
            ReloadMessage::Styles(urls) => {
                self.events.send(&PageEvent::Styles { generation: update.generation, urls });
            }
            ReloadMessage::Page => self.events.send(&PageEvent::Reload { generation: update.generation }),
        }
        let (_, found) = self.state.now();
        self.notify_problems(&found);
        (self.tell)(Notice::Read(took, found));
    }

    fn check(&self) {
        if let Some(found) = self.state.full_check() {
            self.notify_problems(&found);
            (self.tell)(Notice::Checked(found));
        }
    }

    fn notify_problems(&self, found: &[Diagnostic]) {
        let problems = problems::show_problems(self.state.project(), found);
        self.events.send(&PageEvent::Problems { problems });
    }

    /// How things stand, for a page that begins to listen.
    fn snapshot(&self) -> String {
        let (generation, found) = self.state.now();
        let problems = problems::show_problems(self.state.project(), &found);
        let leads = self.inbox.count();
        PageEvent::Hello { instance: &self.instance, generation, problems, leads }.text()
    }

    async fn handle(self: Arc<Self>, request: Request) -> Response<Body> {
        if let Err((status, why)) = guard::check(request.method(), request.headers(), &self.host) {
            return text(status, why);
        }
        let path = request.uri().path().to_string();
        if let Some(own) = path.strip_prefix(RESERVED) {
            return self.preview_route(own, request).await;
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return text(405, "Forms are sent to the inbox; nothing else here accepts posts.\n");
        }
        let range =
            request.headers().get(header::RANGE).and_then(|value| value.to_str().ok()).map(str::to_string);
        let server = Arc::clone(&self);
        let answered = tokio::task::spawn_blocking(move || server.page(&path, range.as_deref())).await;
        answered.unwrap_or_else(|_| text(500, "ringback failed on this page. Please report it.\n"))
    }

    /// What belongs to the preview, not to the site.
    async fn preview_route(self: Arc<Self>, path: &str, request: Request) -> Response<Body> {
        if let Some(hook) = path.strip_prefix("hook/") {
            let hook = percent::decode(hook.split('/').next().unwrap_or(hook));
            return requests::receive(&self, &hook, request).await;
        }
        if let Some(rest) =
            path.strip_prefix(editing::PATH).filter(|rest| rest.is_empty() || rest.starts_with('/'))
        {
            if !guard::is_local(&self.host) {
                return text(
                    403,
                    "Other computers can reach this preview, so pages can't be written here. Start it without --host.\n",
                );
            }
            let rest = rest.to_string();
            return editing::answer(self, rest, request).await;
        }
        match (request.method(), path) {
            (&Method::GET, "events") => {
                let server = Arc::clone(&self);
                self.events.listen(move || server.snapshot())
            }
            (&Method::GET, "inbox.json") => data(&self.inbox.contents()),
            (&Method::GET, "steps") => {
                let server = Arc::clone(&self);
                html_page(move || steps::page(&server.state, server.inbox.count())).await
            }
            (&Method::GET, look::PATH) => {
                let server = Arc::clone(&self);
                html_page(move || look::page(&server.state, &server.samples)).await
            }
            (&Method::GET, path) if path.starts_with("look/") => {
                let server = Arc::clone(&self);
                let path = path.strip_prefix("look/").unwrap_or_default().to_string();
                let found =
                    tokio::task::spawn_blocking(move || server.samples.answer(&server.state, &path)).await;
                found.ok().flatten().map_or_else(|| text(404, "There is nothing here.\n"), sample)
            }
            (&Method::POST, "inbox/answer") => requests::set_reply(&self, request).await,
            (&Method::POST, "inbox/clear") => {
                self.inbox.clear();
                self.events.send(&PageEvent::Inbox { leads: 0 });
                data(&Done {})
            }
            (&Method::GET, path) => match OWN.iter().find(|(name, ..)| *name == path) {
                Some((_, kind, bytes)) => build(200, kind, *bytes),
                None => match client::script(path) {
                    Some(script) => build(200, "text/javascript; charset=utf-8", script.as_bytes()),
                    None => text(404, "There is nothing here.\n"),
                },
            },
            _ => text(405, "This method isn't supported here.\n"),
        }
    }

    /// A page of the site, or what keeps it from being shown.
    fn page(&self, path: &str, range: Option<&str>) -> Response<Body> {
        match self.state.answer(path) {
            Served::Elsewhere(to) => redirect(&to),
            Served::Broken(found) => {
                let problems = Some(problems::show_problems(self.state.project(), &found));
                let body =
                    page::with_client(page::BROKEN.into(), &PreviewPage { problems, ..self.about(path) });
                (self.tell)(Notice::Failed(found));
                build(500, "text/html; charset=utf-8", body)
            }
            Served::File { answer, seen, generation } => {
                let inside = &path[seen.base_url.decoded_path().len() - 1..];
                let is_html = answer
                    .headers
                    .iter()
                    .any(|(name, value)| name == "Content-Type" && value.starts_with("text/html"));
                let (mut status, mut part) = (answer.status, None);
                let body = if is_html {
                    let about = PreviewPage {
                        seen: Some(&*seen),
                        generation,
                        state: answer.state,
                        file: answer.file.as_deref().filter(|_| guard::is_local(&self.host)),
                        ..self.about(inside)
                    };
                    page::with_client(answer.body, &about)
                } else if let Some((from, to)) = range.and_then(|range| byte_range(range, answer.body.len()))
                {
                    // Browsers ask for films in pieces, and some show none without.
                    part = Some(format!("bytes {from}-{to}/{}", answer.body.len()));
                    status = 206;
                    answer.body[from..=to].to_vec()
                } else {
                    answer.body
                };
                let mut response = Response::builder().status(status).header(header::ACCEPT_RANGES, "bytes");
                if let Some(part) = part {
                    response = response.header(header::CONTENT_RANGE, part);
                }
                for (name, value) in &answer.headers {
                    // The editor shows the page beside its text.
                    let value = value.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
                    response = response.header(name, value);
                }
                if !answer.headers.iter().any(|(name, _)| name == "Cache-Control") {
                    response = response.header(header::CACHE_CONTROL, "no-store");
                }
                response.body(Body::from(body)).unwrap_or_else(|_| text(500, "A header can't be sent.\n"))
            }
        }
    }

    /// What every page gets to know.
    fn about<'a>(&'a self, inside: &'a str) -> PreviewPage<'a> {
        PreviewPage {
            instance: &self.instance,
            generation: self.state.generation(),
            everybody: self.state.everybody(),
            seen: None,
            inside,
            state: None,
            file: None,
            problems: None,
        }
    }
}

/// The first and last byte that a `Range` asks for, where it asks for one piece that is there.
fn byte_range(range: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (from, to) = match (from, to) {
        ("", tail) => (length.saturating_sub(tail.parse().ok().filter(|tail| *tail > 0)?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
    };
    (from <= to).then_some((from, to))
}

/// A page of the preview's own, made where others don't wait for it.
async fn html_page(page: impl FnOnce() -> String + Send + 'static) -> Response<Body> {
    match tokio::task::spawn_blocking(page).await {
        Ok(page) => build(200, "text/html; charset=utf-8", page),
        Err(_) => text(500, "ringback failed on this page. Please report it.\n"),
    }
}

/// What the inbox says once it is empty: nothing.
#[derive(Serialize)]
struct Done {}

fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|problem| problem.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::byte_range;

    #[test]
    fn pieces_are_those_that_are_there() {
        for (range, piece) in [
            ("bytes=0-0", Some((0, 0))),
            ("bytes=2-5", Some((2, 5))),
            ("bytes=2-", Some((2, 9))),
            ("bytes=-3", Some((7, 9))),
            ("bytes=-30", Some((0, 9))),
            ("bytes=5-99", Some((5, 9))),
            ("bytes=10-", None),
            ("bytes=5-2", None),
            ("bytes=-0", None),
            ("bytes=0-1,4-5", None),
            ("lines=0-1", None),
            ("bytes=-", None),
            ("bytes=99999999999999999999-", None),
        ] {
            assert_eq!(byte_range(range, 10), piece, "{range}");
        }
        assert_eq!(byte_range("bytes=0-", 0), None);
    }
}
