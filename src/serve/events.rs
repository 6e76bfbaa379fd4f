//! What is told to open pages, as server-sent events.

use std::convert::Infallible;

use axum::response::IntoResponse as _;
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use serde_json::Value;
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};

/// So many may wait for a page that is slow to take them; then it is told everything anew.
const WAITING: usize = 64;

/// Those who listen.
#[derive(Debug, Clone)]
pub(super) struct Events(Sender<Value>);

impl Events {
    pub(super) fn new() -> Self {
        Self(broadcast::channel(WAITING).0)
    }

    /// Tells everybody who listens.
    pub(super) fn send(&self, event: Value) {
        // Nobody listens: nobody misses anything.
        let _ = self.0.send(event);
    }

    /// An answer that goes on as long as the page is open; `hello` says how things stand now.
    pub(super) fn listen(&self, hello: impl Fn() -> Value + Send + Sync + 'static) -> Response {
        let first = Some(());
        let events =
            stream::unfold((self.0.subscribe(), first, hello), |(mut receiver, first, hello)| async move {
                let event = match first {
                    Some(()) => hello(),
                    None => next(&mut receiver, &hello).await?,
                };
                let event = Event::default().data(event.to_string());
                Some((Ok::<_, Infallible>(event), (receiver, None, hello)))
            });
        Sse::new(events).keep_alive(KeepAlive::default()).into_response()
    }
}

async fn next(receiver: &mut Receiver<Value>, hello: &(impl Fn() -> Value + Sync)) -> Option<Value> {
    match receiver.recv().await {
        Ok(event) => Some(event),
        Err(RecvError::Lagged(_)) => Some(hello()),
        Err(RecvError::Closed) => None,
    }
}
