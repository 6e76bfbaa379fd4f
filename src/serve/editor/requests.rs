//! What the page of the editor asks for, and what it is answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, Response};
use serde::{Deserialize, Serialize};

use super::{FileState, Problem, Refused, Saved, document, pictures, recording};
use crate::authoring::editing::{Change, LineKind};
use crate::authoring::markup::pasted::{Pasted, pasted};
use crate::authoring::scaffold::draft::{self, Draft, DraftError, DraftRequest, Kind};
use crate::authoring::scaffold::{Files, translation};
use crate::commands::draft::check_draft;
use crate::encode::percent;
use crate::network::connections::{self, NoBody};
use crate::output;
use crate::project::Project as _;
use crate::serve::replies::{build, data, text};
use crate::serve::server::Server;
use crate::site::Content;

/// The path of the editor below that of the preview.
pub(in crate::serve) const PATH: &str = "edit";

/// The largest text that is taken, in bytes; a book has less.
const MOST: usize = 8 * 1024 * 1024;

/// Changes of one file that somebody saves.
#[derive(Deserialize)]
struct SaveRequest {
    file: String,
    version: String,
    changes: Vec<Change>,
}

/// A state to go back to.
#[derive(Deserialize)]
struct UndoRequest {
    file: String,
    version: String,
    to: String,
}

/// What is to be begun: a page of a kind, or the translation of one.
#[derive(Deserialize)]
struct NewRequest {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    title: String,
    language: String,
    /// The page that is translated.
    of: Option<String>,
}

/// A picture that was put beside a page, by the name under which the page can show it.
#[derive(Serialize)]
struct NewPicture<N: Serialize> {
    name: N,
}

/// A page that was begun.
#[derive(Serialize)]
struct NewPage {
    file: String,
}

/// A text of another program, as Markdown.
#[derive(Debug, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct PastedText {
    text: String,
    /// So many pictures couldn't be taken along.
    pictures_left: usize,
}

/// Answers a request for something of the editor's; `path` is what follows [`PATH`].
pub(in crate::serve) async fn answer(server: Arc<Server>, path: String, request: Request) -> Response<Body> {
    let query: BTreeMap<String, String> =
        percent::pairs(request.uri().query().unwrap_or_default()).into_iter().collect();
    let method = request.method().clone();
    let most = if path == "/picture" { pictures::MOST } else { MOST };
    let body = match connections::body(request, most, connections::LIMITS).await {
        Ok(body) => body,
        Err(NoBody::TooLarge) => return refusal_response(&Problem::TooLarge.into()),
        Err(NoBody::TooSlow) => return text(408, "It didn't arrive in time.\n"),
    };
    let work = move || match (&method, path.as_str()) {
        (&Method::GET, "") => Ok(build(200, "text/html; charset=utf-8", document::page(&server))),
        (&Method::GET, "/pages") => Ok(data(&document::rows(&server.state))),
        (&Method::GET, "/document") => open(&server, &query),
        (&Method::GET, "/outline") => {
            let found = document::outline(&server.state, parameter(&query, "file"));
            Ok(data(&found.ok_or(Problem::NoFile)?))
        }
        (&Method::GET, "/record") => Ok(data(&recording::recordable(&server.editor)?)),
        (&Method::POST, "/record") => Ok(data(&recording::record(&server.editor, &read(&body)?)?)),
        (&Method::GET, "/changes") => changes(&server, &query),
        (&Method::GET, "/picture") => {
            let (bytes, kind) = pictures::read(&server.editor, parameter(&query, "path"))?;
            Ok(build(200, kind, bytes))
        }
        (&Method::POST, "/picture") => {
            let name =
                pictures::add(&server.editor, parameter(&query, "file"), parameter(&query, "name"), &body)?;
            Ok(data(&NewPicture { name }))
        }
        (&Method::POST, "/paste") => paste(&server, parameter(&query, "file"), &body),
        (&Method::POST, "/save") => {
            let asked: SaveRequest = read(&body)?;
            let (state, saved) = server.editor.save(&asked.file, &asked.version, &asked.changes)?;
            Ok(file_response(&server, state, saved))
        }
        (&Method::POST, "/undo") => {
            let asked: UndoRequest = read(&body)?;
            Ok(file_response(
                &server,
                server.editor.restore(&asked.file, &asked.version, &asked.to)?,
                Saved::Alone,
            ))
        }
        (&Method::POST, "/new") => begin(&server, &read(&body)?),
        _ => Ok(text(404, "There is nothing here.\n")),
    };
    let done = tokio::task::spawn_blocking(work).await;
    match done {
        Ok(Ok(response)) => response,
        Ok(Err(problem)) => refusal_response(&problem),
        Err(_) => text(500, "ringback failed on this. Please report it.\n"),
    }
}

fn parameter<'q>(query: &'q BTreeMap<String, String>, name: &str) -> &'q str {
    query.get(name).map(String::as_str).unwrap_or_default()
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| Refused::new(Problem::CantBeChanged, error))
}

fn refusal_response(refused: &Refused) -> Response<Body> {
    let status = match refused.problem {
        Problem::NoFile => 404,
        Problem::Conflict | Problem::Unknown | Problem::Moved => 409,
        Problem::TooLarge => 413,
        Problem::NotWritten => 507,
        _ => 422,
    };
    let body = serde_json::to_string(refused).unwrap_or_default();
    build(status, "application/json", body)
}

fn file_response(server: &Server, state: FileState, saved: Saved) -> Response<Body> {
    data(&document::document(&server.state, state, saved))
}

fn open(server: &Server, query: &BTreeMap<String, String>) -> Result<Response<Body>, Refused> {
    Ok(file_response(server, server.editor.open(parameter(query, "file"))?, Saved::Alone))
}

/// A text of another program as Markdown, its pictures beside the page.
fn paste(server: &Server, file: &str, html: &[u8]) -> Result<Response<Body>, Refused> {
    // Nothing is put beside a file that can't be written.
    server.editor.open(file)?;
    let inputs = server.state.newest();
    let content = inputs.as_ref().map(|inputs| &inputs.content);
    let page = content.and_then(|content| content.documents.iter().find(|page| page.place.path == file));
    let language = content.zip(page).map(|(content, page)| &content.config.languages[page.place.lang].code);
    let language = language.map_or("en", String::as_str);
    let mut keep = |bytes: &[u8]| pictures::add(&server.editor, file, "", bytes).ok();
    let Pasted { converted, pictures_left } = pasted(&String::from_utf8_lossy(html), language, &mut keep);
    Ok(data(&PastedText { text: converted.text, pictures_left }))
}

/// `[["added", "the line"], …]`
fn changes(server: &Server, query: &BTreeMap<String, String>) -> Result<Response<Body>, Refused> {
    let lines = server.editor.compare(parameter(query, "file"), parameter(query, "from"))?;
    let line = |kind: LineKind| match kind {
        LineKind::Same => "same",
        LineKind::Added => "added",
        LineKind::Removed => "removed",
    };
    let lines: Vec<_> = lines.into_iter().map(|one| (line(one.kind), one.text)).collect();
    Ok(data(&lines))
}

/// Begins a page as `ringback new` does: nothing is written that would be an error, and nothing over a file.
fn begin(server: &Server, asked: &NewRequest) -> Result<Response<Body>, Refused> {
    let not_begun = |error: DraftError| {
        Refused::new(Problem::NotBegun, [vec![error.message], error.help].concat().join(". "))
    };
    let inputs = server.state.newest().ok_or(Problem::NotBegun)?;
    let draft = draft_of(server, &inputs.content, asked).map_err(not_begun)?;
    let errors = check_draft(server.state.project(), &draft.path, &draft.text);
    if let Some(error) = errors.first() {
        return Err(Refused::new(Problem::NotBegun, &error.message));
    }
    let files = Files::from([(draft.path.clone(), draft.text)]);
    output::seed(&server.editor.disk_path(""), &files)
        .map_err(|error| Refused::new(Problem::NotWritten, error))?;
    server.editor.wrote(&draft.path);
    Ok(data(&NewPage { file: draft.path }))
}

fn draft_of(server: &Server, content: &Content, asked: &NewRequest) -> Result<Draft, DraftError> {
    let Some(original) = &asked.of else {
        let kind = Kind::from_word(&asked.kind)?;
        return draft::draft(
            content,
            &DraftRequest { kind, title: &asked.title, lang: Some(&asked.language) },
        );
    };
    let page = translation::original(content, original)?;
    let bytes = server.state.project().read(&page.place.path).map_err(|problem| DraftError {
        message: format!("`{}`: {}", page.place.path, problem.message),
        help: Vec::new(),
    })?;
    let title = Some(asked.title.as_str()).filter(|title| !title.trim().is_empty());
    translation::translation(content, page, &String::from_utf8_lossy(&bytes), Some(&asked.language), title)
}
