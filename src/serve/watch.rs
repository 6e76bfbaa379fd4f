//! What changes in a site's folder, collected until it is quiet for a moment.
//!
//! Editors write a file in several steps, and a checkout changes thousands: all of it is one change. Looking at a file
//! is none. What the system could not tell one by one ([`notify::Event::need_rescan`]) is a change of everything.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::project::{CONFIG_FILE, Changes, FOLDERS};

/// Quiet for so long after a few changes: it was one save.
const MOMENT: Duration = Duration::from_millis(8);

/// Quiet for so long after many: a checkout, a copied folder.
const LONGER: Duration = Duration::from_millis(60);

/// More changes than an editor makes when it saves.
const FEW: usize = 20;

/// What never ends is shown now and then.
const PATIENCE: Duration = Duration::from_secs(2);

/// More paths than this are not worth telling apart.
const MANY: usize = 50_000;

/// A watched folder.
#[derive(Debug)]
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

impl Watch {
    /// Watches what a site is made of, also in folders that are made later.
    pub(super) fn start(root: &Path) -> notify::Result<Self> {
        let (sender, events): (Sender<notify::Result<Event>>, _) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Reading a file, as a build does, tells of it.
            let is_read =
                event.as_ref().is_ok_and(|event| !changes_something(event.kind) && !event.need_rescan());
            if !is_read {
                let _ = sender.send(event);
            }
        })?;
        // Events have whole paths, whatever was asked for.
        let root = std::path::absolute(root).map_err(notify::Error::io)?;
        watcher.watch(&root, RecursiveMode::NonRecursive)?;
        let mut watch = Self { root, watcher, events };
        FOLDERS.iter().for_each(|folder| watch.add(folder));
        Ok(watch)
    }

    /// Watches one of the site's folders, if it is there. Not the whole root: an output, or what else lies there, may
    /// have more folders than a system can watch.
    fn add(&mut self, folder: &str) {
        // Should it not be there any more, its end has been told.
        let _ = self.watcher.watch(&self.root.join(folder), RecursiveMode::Recursive);
    }

    /// Waits for the next change, at most until `deadline`; nothing where there was none until then.
    ///
    /// # Errors
    ///
    /// There will never be another one.
    pub(super) fn next(&mut self, deadline: Option<Instant>) -> Result<Option<Changes>, Gone> {
        let mut changes = Changes::none();
        loop {
            let event = match deadline {
                None => self.events.recv().map_err(|_| Gone)?,
                Some(deadline) => {
                    match self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                        Ok(event) => event,
                        Err(RecvTimeoutError::Timeout) => return Ok(None),
                        Err(RecvTimeoutError::Disconnected) => return Err(Gone),
                    }
                }
            };
            self.note(event, &mut changes);
            if changes != Changes::none() {
                break;
            }
        }
        let start = Instant::now();
        loop {
            let is_much = match &changes {
                Changes::All => true,
                Changes::Paths(paths) => paths.len() > FEW,
            };
            match self.events.recv_timeout(if is_much { LONGER } else { MOMENT }) {
                Ok(event) => self.note(event, &mut changes),
                Err(_) => return Ok(Some(changes)),
            }
            if start.elapsed() > PATIENCE {
                return Ok(Some(changes));
            }
        }
    }

    fn note(&mut self, event: notify::Result<Event>, changes: &mut Changes) {
        match event {
            Ok(event) if event.need_rescan() => *changes = Changes::All,
            Ok(event) => {
                let paths: BTreeSet<String> =
                    event.paths.iter().filter_map(|path| self.inside(path)).collect();
                if event.kind.is_create() || event.kind.is_modify() {
                    paths
                        .iter()
                        .filter(|path| FOLDERS.contains(&path.as_str()))
                        .for_each(|path| self.add(path));
                }
                changes.extend(Changes::Paths(paths));
            }
            Err(_) => *changes = Changes::All,
        }
        if matches!(changes, Changes::Paths(paths) if paths.len() > MANY) {
            *changes = Changes::All;
        }
    }

    /// The path from the site's root, of what a site is made of.
    fn inside(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let first = parts.first()?;
        (first == CONFIG_FILE || FOLDERS.contains(&first.as_ref())).then(|| parts.join("/"))
    }
}

/// There is nothing left that could tell of changes.
#[derive(Debug)]
pub(super) struct Gone;

/// A file that was open for writing has been closed: only then it is whole. All other access is reading.
fn changes_something(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
