//! What is told to open pages, as server-sent events.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{self, Receiver, Sender};

use super::problems::ShownProblems;

/// So many may wait for a page that is slow to take them; then it is told everything anew.
const WAITING: usize = 64;

/// What open pages are told, as `dev.js` and `inbox.js` read it.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum PageEvent<'a> {
    /// How things stand, for a page that begins to listen.
    Hello {
        /// Differs for each run of the server.
        instance: &'a str,
        generation: u64,
        problems: ShownProblems,
        leads: usize,
    },
    /// These style sheets have changed, by their old addresses, and nothing else.
    Styles { generation: u64, urls: &'a BTreeMap<String, String> },
    /// Pages have changed, and are to be loaded again.
    Reload { generation: u64 },
    /// What is wrong with the newest site; empty if nothing is.
    Problems { problems: ShownProblems },
    /// So many leads are in the inbox.
    Inbox { leads: usize },
}

impl PageEvent<'_> {
    /// The event as JSON, on one line.
    pub(super) fn text(&self) -> String {
        // Its keys are texts.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The pages that listen, to all of which events are sent.
#[derive(Debug, Clone)]
pub(super) struct Events(Sender<String>);

impl Events {
    /// Nobody listens yet.
    pub(super) fn new() -> Self {
        Self(broadcast::channel(WAITING).0)
    }

    /// Sends an event to every page that listens.
    pub(super) fn send(&self, event: &PageEvent<'_>) {
        // Nobody listens: nobody misses anything.
        let _ = self.0.send(event.text());
    }

    /// An answer that goes on as long as the page is open; `hello` says how things stand now.
    pub(super) fn listen(&self, hello: impl Fn() -> String + Send + Sync + 'static) -> Response {
        let first = Some(());
        let events =
            stream::unfold((self.0.subscribe(), first, hello), |(mut receiver, first, hello)| async move {
                let event = match first {
                    Some(()) => hello(),
                    None => next(&mut receiver, &hello).await?,
                };
                let event = Event::default().data(event);
                Some((Ok::<_, Infallible>(event), (receiver, None, hello)))
            });
        Sse::new(events).keep_alive(KeepAlive::default()).into_response()
    }
}

async fn next(receiver: &mut Receiver<String>, hello: &(impl Fn() -> String + Sync)) -> Option<String> {
    match receiver.recv().await {
        Ok(event) => Some(event),
        Err(RecvError::Lagged(_)) => Some(hello()),
        Err(RecvError::Closed) => None,
    }
}
