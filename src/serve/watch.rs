//! What changes in a site's folder, collected until it is quiet for a moment.
//!
//! Editors write a file in several steps, and a checkout changes thousands: all of it is one change. Looking at a file
//! is none. Where the system tells of nothing (network drives, folders of Windows in WSL or Docker, memory maps), files
//! are looked at now and then. What the system could not tell one by one ([`notify::Event::need_rescan`]) is a change of everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::output::seed::is_waiting;
use crate::project::{Changes, DiskProject, FILES, FOLDERS, Mark, names};

/// Quiet for so long after a few changes: it was one save.
const MOMENT: Duration = Duration::from_millis(8);

/// Quiet for so long after a page's file was closed, so that it is whole.
const BRIEF: Duration = Duration::from_millis(2);

/// Quiet for so long after many: a checkout, a copied folder.
const LONGER: Duration = Duration::from_millis(60);

/// More changes than an editor makes when it saves.
const FEW: usize = 20;

/// What never ends is shown now and then.
const PATIENCE: Duration = Duration::from_secs(2);

/// More paths than this are not worth telling apart.
const MANY: usize = 50_000;

/// How often files are looked at where that is asked for.
const OFTEN: Duration = Duration::from_secs(1);

/// How often they are looked at until the system has told of a first change.
const NOW_AND_THEN: Duration = Duration::from_secs(2);

/// Looking takes at most one part in so many of the time.
const SHARE: u32 = 20;

/// How changes of files are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Watching {
    /// The system tells of them; until it has told of one, files are looked at, too.
    #[default]
    Events,
    /// All files are looked at again and again, where the system tells of no changes.
    Polling,
}

/// Watches the folder of a site, and collects what changes.
pub(super) struct Watch {
    root: PathBuf,
    /// Nothing where the system can't, or isn't asked.
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<Event>>,
    /// Keeps the channel open where nothing is watched.
    _sender: Sender<notify::Result<Event>>,
    looks: Option<WatchedFiles>,
}

/// Files that are looked at, as they were last.
struct WatchedFiles {
    project: DiskProject,
    seen: BTreeMap<String, Mark>,
    /// When they are looked at the next time.
    at: Instant,
    watching: Watching,
}

impl WatchedFiles {
    fn begin(project: DiskProject, watching: Watching) -> Self {
        let mut looks = Self { project, seen: BTreeMap::new(), at: Instant::now(), watching };
        let _ = looks.poll_changes();
        looks
    }

    /// What differs from the last time.
    fn poll_changes(&mut self) -> Changes {
        let begin = Instant::now();
        let now = self.project.marks();
        let came =
            now.iter().filter(|(path, mark)| self.seen.get(*path) != Some(*mark)).map(|(path, _)| path);
        let went = self.seen.keys().filter(|path| !now.contains_key(*path));
        let changed = came.chain(went).cloned().collect();
        self.seen = now;
        let every = if self.watching == Watching::Polling { OFTEN } else { NOW_AND_THEN };
        self.at = Instant::now() + every.max(begin.elapsed() * SHARE);
        Changes::Paths(changed)
    }
}

impl Watch {
    /// Watches what a site is made of, also in folders that are made later.
    ///
    /// # Errors
    ///
    /// The folder can't be named.
    pub(super) fn start(root: &Path, project: DiskProject, watching: Watching) -> notify::Result<Self> {
        let (sender, events): (Sender<notify::Result<Event>>, _) = channel();
        // Events have whole paths, whatever was asked for.
        let root = std::path::absolute(root).map_err(notify::Error::io)?;
        let looks = Some(WatchedFiles::begin(project, watching));
        // A system that can't watch, or no more folders, leaves looking.
        let watcher = match watching {
            Watching::Events => watcher(&root, sender.clone()).ok(),
            Watching::Polling => None,
        };
        let mut watch = Self { root, watcher, events, _sender: sender, looks };
        FOLDERS.iter().for_each(|folder| watch.add(folder));
        Ok(watch)
    }

    /// Watches one of the site's folders, if it is there. Not the whole root: an output, or what else lies there, may
    /// have more folders than a system can watch.
    fn add(&mut self, folder: &str) {
        // Should it not be there any more, its end has been told.
        if let Some(watcher) = &mut self.watcher {
            let _ = watcher.watch(&self.root.join(folder), RecursiveMode::Recursive);
        }
    }

    /// Waits for the next change, at most until `deadline`; nothing where there was none until then.
    ///
    /// # Errors
    ///
    /// There will never be another one.
    pub(super) fn next(&mut self, deadline: Option<Instant>) -> Result<Option<Changes>, WatchEnded> {
        let mut changes = Changes::none();
        let mut is_whole = false;
        loop {
            match self.wait(deadline)? {
                Some(event) => {
                    is_whole = completes(&event);
                    self.note(event, &mut changes);
                    if changes != Changes::none() {
                        self.trust_events();
                        break;
                    }
                }
                None => {
                    let is_due = |looks: &&mut WatchedFiles| looks.at <= Instant::now();
                    if let Some(looks) = self.looks.as_mut().filter(is_due) {
                        changes = looks.poll_changes();
                    }
                    if changes != Changes::none() {
                        break;
                    }
                    if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                        return Ok(None);
                    }
                }
            }
        }
        let start = Instant::now();
        loop {
            let is_much = match &changes {
                Changes::All => true,
                Changes::Paths(paths) => paths.len() > FEW,
            };
            let quiet = match is_much {
                true => LONGER,
                false if is_whole => BRIEF,
                false => MOMENT,
            };
            match self.events.recv_timeout(quiet) {
                Ok(event) => {
                    is_whole = completes(&event);
                    self.note(event, &mut changes);
                }
                Err(_) => return Ok(Some(changes)),
            }
            if start.elapsed() > PATIENCE {
                return Ok(Some(changes));
            }
        }
    }

    /// The next event; nothing where it is time to look at files, or the deadline is there.
    fn wait(&self, deadline: Option<Instant>) -> Result<Option<notify::Result<Event>>, WatchEnded> {
        let look_at = self.looks.as_ref().map(|looks| looks.at);
        let Some(until) = deadline.into_iter().chain(look_at).min() else {
            return self.events.recv().map(Some).map_err(|_| WatchEnded);
        };
        match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(event) => Ok(Some(event)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(WatchEnded),
        }
    }

    /// A system that tells of changes need not be asked.
    fn trust_events(&mut self) {
        self.looks.take_if(|looks| looks.watching == Watching::Events);
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
        // What the editor writes before it takes the place of a file is no file of the site: as one, it would have the whole site
        // linked again.
        if parts.last().is_some_and(|name| is_waiting(name)) {
            return None;
        }
        (FILES.contains(&first.as_ref()) || FOLDERS.contains(&first.as_ref()))
            .then(|| names::composed(&parts.join("/")).into_owned())
    }
}

/// Hands on what the system tells of changes in the folder itself.
fn watcher(root: &Path, sender: Sender<notify::Result<Event>>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading a file, as a build does, tells of it.
        let is_read =
            event.as_ref().is_ok_and(|event| !changes_something(event.kind) && !event.need_rescan());
        if !is_read {
            let _ = sender.send(event);
        }
    })?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

/// There is nothing left that could tell of changes.
#[derive(Debug)]
pub(super) struct WatchEnded;

/// Is a page's file whole after this? Editors that put a new file in the place of the old one close another one before, with
/// another ending, and then go on.
fn completes(event: &notify::Result<Event>) -> bool {
    event.as_ref().is_ok_and(|event| {
        event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
            && event.paths.iter().all(|path| path.extension().is_some_and(|ending| ending == "md"))
    })
}

/// A file that was open for writing has been closed: only then it is whole. All other access is reading.
fn changes_something(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
