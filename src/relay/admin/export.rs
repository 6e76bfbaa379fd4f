//! Leads as files, sent as they are read: no store has to fit into memory.

use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use futures_util::stream;
use tokio::sync::mpsc;

use super::ask::Format;
use crate::encode::csv;
use crate::relay::Notice;
use crate::relay::queue::{self, Filter};
use crate::relay::respond::build;
use crate::relay::shared::Shared;
use crate::relay::table;

/// So many pieces wait for a browser that is slow; then the store is read no further.
const WAITING: usize = 16;

/// Pieces of about so many bytes.
const PIECE: usize = 32 * 1024;

/// A file of the leads that fit. Where the store can't be read any more, the connection breaks off, so that nobody takes a
/// part for all of it.
pub(super) fn stream(shared: &Arc<Shared>, filter: Filter, format: Format) -> Response<Body> {
    let (sender, receiver) = mpsc::channel::<io::Result<String>>(WAITING);
    let shared = Arc::clone(shared);
    tokio::task::spawn_blocking(move || {
        let mut piece = String::new();
        let mut put = |text: &str| {
            piece.push_str(text);
            piece.len() < PIECE || sender.blocking_send(Ok(std::mem::take(&mut piece))).is_ok()
        };
        let read = match format {
            Format::Lines => queue::each(&*shared.queue, &filter, |lead| {
                put(&(serde_json::to_string(lead).expect("its keys are texts") + "\n"))
            }),
            Format::Table => {
                put(csv::START);
                table::rows(&*shared.queue, &filter, |cells| put(&csv::row(cells)))
            }
        };
        let end = match read {
            Ok(()) => Ok(std::mem::take(&mut piece)),
            Err(error) => {
                (shared.tell)(Notice::Store(error.to_string()));
                Err(io::Error::other("the store can't be read"))
            }
        };
        let _ = sender.blocking_send(end);
    });
    let pieces = stream::unfold(receiver, |mut receiver| async move {
        let piece = receiver.recv().await?;
        Some((piece, receiver))
    });
    let (kind, name) = match format {
        Format::Lines => ("application/jsonl; charset=utf-8", "leads.jsonl"),
        Format::Table => ("text/csv; charset=utf-8", "leads.csv"),
    };
    let mut response = build(200, kind, String::new());
    *response.body_mut() = Body::from_stream(pieces);
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
