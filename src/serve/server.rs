//! What the server of the preview holds, and what it tells.

use std::time::Duration;

use super::editor::Editor;
use super::events::Events;
use super::inbox::Inbox;
use super::look::Samples;
use super::preview::Preview;
use crate::diag::Diagnostic;

/// What happens while a site is served, for whoever started it.
#[derive(Debug)]
pub enum Notice {
    /// The server answers requests from now on.
    Listening {
        /// The address where the site is seen.
        url: String,
        /// The port that was asked for, if another program has it.
        taken: Option<u16>,
        /// The page of first steps, for a site that has just been begun.
        steps: Option<FirstSteps>,
    },
    /// Variables that are not set, and stood in for.
    Missing(Vec<String>),
    /// The site was read, in this time. What is wrong with it is known up to what only a full check finds.
    Read(Duration, Vec<Diagnostic>),
    /// What a full check found, where it found something.
    Checked(Vec<Diagnostic>),
    /// A page that somebody asked for can't be shown.
    Failed(Vec<Diagnostic>),
    /// The inbox got something: from which form.
    Lead(String),
}

/// The page that leads through the first steps.
#[derive(Debug)]
pub struct FirstSteps {
    /// The address of the page.
    pub url: String,
    /// How many of them are done.
    pub done: usize,
    /// How many steps there are.
    pub all: usize,
}

/// Who is told what happens, from any of the server's threads.
pub(super) type Notify = dyn Fn(Notice) + Send + Sync;

/// A site that is served: what shows it, what came in, and who listens.
pub(super) struct Server {
    pub(super) state: Preview,
    pub(super) inbox: Inbox,
    pub(super) samples: Samples,
    pub(super) editor: Editor,
    pub(super) events: Events,
    /// Differs for each run, so that pages of an earlier one know.
    pub(super) instance: String,
    pub(super) host: String,
    pub(super) tell: Box<Notify>,
}
