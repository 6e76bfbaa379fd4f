//! What is served: the last good site, as each of its readers sees it, and what is wrong with the newest.
//!
//! [`Preview::update`] reads what has changed and links it; where that has no errors it is served from then on, else the
//! last good site stays. [`Preview::answer`] renders the one file that is asked for. [`Preview::full_check`] looks at all
//! editions as a build would, which takes longer and is done when nobody waits.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::defaults::WithDefaults;
use super::host::{self, Answer};
use super::viewers::{self, Role, Viewer};
use crate::build::{self, KeptAdvice, ReadCache};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::edition::inputs::{Inputs, Options};
use crate::edition::{linking, with_texts};
use crate::pages::linked::Edition;
use crate::project::Changes;
use crate::site::Unpublished;

/// What is served, and to whom.
#[derive(Debug, Clone)]
pub struct Settings {
    /// As whom the site is seen at the address without a name.
    pub role: Role,
    /// Are drafts, future and expired pages shown?
    pub unpublished: Unpublished,
    /// The address of this server: `http://127.0.0.1:4000`.
    pub origin: String,
}

/// A site that is being served.
#[derive(Debug)]
pub struct Preview {
    project: WithDefaults,
    settings: Settings,
    inner: Mutex<Inner>,
    /// Counts the updates that have begun.
    updates: AtomicU64,
    /// What full checks have found of each page.
    advice: Mutex<KeptAdvice>,
    /// Where full checks run, so that no save waits behind one; nothing where the system has no thread to spare.
    background: Option<ThreadPool>,
}

#[derive(Debug, Default)]
struct Inner {
    kept: ReadCache,
    /// What has changed since a site was served.
    since: Option<Changes>,
    /// The newest site that could be read without errors.
    loaded: Option<Inputs>,
    /// What could be read of the newest site, with errors or without.
    read: Option<Inputs>,
    /// The number of the site that is served: each new one has a higher number.
    generation: u64,
    readers: Vec<OpenViewer>,
    /// What is wrong with the newest.
    problems: Vec<Diagnostic>,
    /// What the last full check said; until the next one it is still shown.
    checked: Vec<Diagnostic>,
}

impl Inner {
    /// All that is known to be wrong: with mistakes, only these.
    fn current_problems(&self) -> Vec<Diagnostic> {
        let mut all = Diagnostics::new();
        all.extend(self.problems.iter().cloned());
        if !all.has_errors() {
            all.extend(self.checked.iter().cloned());
        }
        all.sorted()
    }
}

/// The site as one of its readers sees it.
#[derive(Debug)]
struct OpenViewer {
    seen: Viewer,
    /// The last one without errors.
    good: Option<ServedEdition>,
    /// The newest generation that was linked, with errors or without.
    tried: u64,
    /// Has anybody looked since the last update?
    is_wanted: bool,
}

/// An edition without errors, which is served.
#[derive(Debug)]
struct ServedEdition {
    /// The generation that it belongs to.
    generation: u64,
    linked: Arc<Edition>,
    /// What was said when it was linked.
    said: Vec<Diagnostic>,
}

/// What has been read, to be served as this generation.
struct Reload<'a> {
    loaded: &'a Inputs,
    /// What has changed since the last one.
    changes: &'a Changes,
    generation: u64,
}

/// What it took to bring a site up to what has been read.
enum Refresh {
    /// It only shows other words than this one, which it stands in for.
    Reworded(Arc<Edition>),
    /// There is a new one.
    Linked(ServedEdition),
    /// The newest site has errors, so the last good one stays.
    Not,
}

/// What reading the site again came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// What open pages should do now.
    pub reload: ReloadMessage,
    /// What is wrong with the newest site, sorted. With an error among it, the last good site stays.
    pub problems: Vec<Diagnostic>,
    /// The number of the site that is served now.
    pub generation: u64,
}

/// What open pages should do after an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReloadMessage {
    /// Stay as they are: nothing new is served.
    Nothing,
    /// Only style sheets are new: the old addresses below the site's base path, with the new ones.
    Styles(BTreeMap<String, String>),
    /// Load again: anything may be new.
    Page,
}

/// The answer to a request of a browser.
#[derive(Debug)]
pub enum Served {
    /// An answer as a host would give it.
    File {
        /// The answer, as a host would give it.
        answer: Box<Answer>,
        /// The viewer in whose name the address is.
        seen: Box<Viewer>,
        /// The number of the site that the answer is from.
        generation: u64,
    },
    /// The address is outside of what the site lies below: that is there.
    Elsewhere(String),
    /// There is no site that could be shown, or this file of it fails.
    Broken(Vec<Diagnostic>),
}

impl Preview {
    /// A site of which nothing has been read yet.
    #[must_use]
    pub fn new(project: WithDefaults, settings: Settings) -> Self {
        let background = ThreadPoolBuilder::new().num_threads(1).build().ok();
        Self {
            project,
            settings,
            inner: Mutex::default(),
            updates: AtomicU64::new(0),
            advice: Mutex::default(),
            background,
        }
    }

    /// The files of the site, with stand-ins for variables that aren't set.
    #[must_use]
    pub fn project(&self) -> &WithDefaults {
        &self.project
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // What a panic leaves behind is the last good site.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where this server is, as browsers write it.
    pub fn origin(&self) -> String {
        self.settings.origin.clone()
    }

    /// Reads what has changed, and serves it if it has no errors.
    pub fn update(&self, changes: &Changes) -> Update {
        self.updates.fetch_add(1, Ordering::Relaxed);
        let mut inner = self.inner();
        let inner = &mut *inner;
        inner.kept.forget(changes);
        inner.since.get_or_insert_with(Changes::none).extend(changes.clone());
        let mut diagnostics = Diagnostics::new();
        let loaded = build::reload(&self.project, &mut inner.kept, &mut diagnostics);
        inner.read = loaded.clone().or(inner.read.take());
        let reload = match loaded.filter(|_| !diagnostics.has_errors()) {
            Some(loaded) => self.link(inner, loaded, &mut diagnostics),
            None => ReloadMessage::Nothing,
        };
        inner.problems = diagnostics.sorted();
        Update { reload, problems: inner.problems.clone(), generation: inner.generation }
    }

    /// Links the site for those who look at it.
    fn link(&self, inner: &mut Inner, loaded: Inputs, diagnostics: &mut Diagnostics) -> ReloadMessage {
        let changes = inner.since.clone().unwrap_or(Changes::All);
        let news = Reload { loaded: &loaded, changes: &changes, generation: inner.generation + 1 };
        let mut everybody =
            viewers::viewers(&loaded.content.config, self.settings.role, &self.settings.origin).into_iter();
        let Some(seen) = everybody.next() else { return ReloadMessage::Nothing };
        let first = inner.readers.iter_mut().find(|reader| reader.seen.id == seen.id);
        let mut good = first.and_then(|reader| reader.good.as_mut());
        let renewed = self.renew(&news, &seen, good.as_deref_mut(), diagnostics);
        let reload = match &renewed {
            Refresh::Not => return ReloadMessage::Nothing,
            Refresh::Reworded(_) => ReloadMessage::Page,
            Refresh::Linked(new) => reload_for(good.map(|old| &*old.linked), &new.linked, &changes),
        };
        let mut before: BTreeMap<String, OpenViewer> =
            inner.readers.drain(..).map(|reader| (reader.seen.id.clone(), reader)).collect();
        let mut dropped = Vec::new();
        let mut good = before.remove(&seen.id).and_then(|old| old.good);
        match renewed {
            Refresh::Linked(new) => dropped.extend(good.replace(new).map(|old| old.linked)),
            Refresh::Reworded(old) => dropped.push(old),
            Refresh::Not => {}
        }
        inner.readers.push(OpenViewer { seen, good, tried: news.generation, is_wanted: false });
        for seen in everybody {
            let old = before.remove(&seen.id).filter(|old| old.is_wanted);
            let tried = if old.is_some() { news.generation } else { 0 };
            let mut good = old.and_then(|old| old.good);
            if tried > 0 {
                match self.renew(&news, &seen, good.as_mut(), diagnostics) {
                    Refresh::Linked(new) => dropped.extend(good.replace(new).map(|old| old.linked)),
                    Refresh::Reworded(old) => dropped.push(old),
                    Refresh::Not => {}
                }
            }
            inner.readers.push(OpenViewer { seen, good, tried, is_wanted: false });
        }
        inner.generation = news.generation;
        inner.since = None;
        inner.loaded = Some(loaded);
        // Taking a large site apart is no work that somebody should wait for.
        match &self.background {
            Some(background) => background.spawn(move || drop((dropped, before))),
            None => drop((dropped, before)),
        }
        reload
    }

    /// Brings what somebody sees up to what has been read, without linking it again where only words have changed.
    fn renew(
        &self,
        news: &Reload<'_>,
        seen: &Viewer,
        old: Option<&mut ServedEdition>,
        diagnostics: &mut Diagnostics,
    ) -> Refresh {
        if let Some(good) = old
            && good.generation + 1 == news.generation
            && let Some(linked) =
                with_texts::with_texts(&good.linked, (news.loaded, news.changes), &good.said)
        {
            let before = std::mem::replace(&mut good.linked, Arc::new(linked));
            good.generation = news.generation;
            diagnostics.extend(good.said.iter().cloned());
            return Refresh::Reworded(before);
        }
        match self.link_for((news.loaded, news.generation), seen, diagnostics) {
            Some(good) => Refresh::Linked(good),
            None => Refresh::Not,
        }
    }

    /// The site as somebody sees it, if it has no errors.
    fn link_for(
        &self,
        (loaded, generation): (&Inputs, u64),
        seen: &Viewer,
        diagnostics: &mut Diagnostics,
    ) -> Option<ServedEdition> {
        let options = Options {
            edition: None,
            base_url: Some(seen.base_url.clone()),
            unpublished: self.settings.unpublished,
        };
        let mut found = Diagnostics::new();
        let linked = linking::link_lazily(&self.project, loaded, &seen.edition, &options, &mut found);
        let is_good = !found.has_errors();
        let said = found.sorted();
        diagnostics.extend(said.iter().cloned());
        is_good.then(|| ServedEdition { generation, linked: Arc::new(linked), said })
    }

    /// What is at an address of this server, without what follows a `?`.
    pub fn answer(&self, path: &str) -> Served {
        let (linked, seen, generation) = {
            let mut inner = self.inner();
            let inner = &mut *inner;
            let of_path = |reader: &&mut OpenViewer| {
                let base = reader.seen.base_url.decoded_path();
                path.starts_with(&*base) || format!("{path}/") == *base
            };
            // The longest address counts: that of the first reader may be the beginning of all others'.
            let readers = inner.readers.iter_mut().filter(of_path);
            let Some(reader) = readers.max_by_key(|reader| reader.seen.base_url.path.len()) else {
                return match inner.readers.first() {
                    Some(first) => Served::Elsewhere(first.seen.base_url.path.clone()),
                    None => Served::Broken(inner.problems.clone()),
                };
            };
            if !path.starts_with(&*reader.seen.base_url.decoded_path()) {
                return Served::Elsewhere(reader.seen.base_url.path.clone());
            }
            reader.is_wanted = true;
            let mut found = Diagnostics::new();
            self.catch_up(reader, (inner.loaded.as_ref(), inner.generation), &mut found);
            match &reader.good {
                Some(good) => (Arc::clone(&good.linked), reader.seen.clone(), good.generation),
                None => {
                    found.extend(inner.problems.iter().cloned());
                    return Served::Broken(found.sorted());
                }
            }
        };
        let inside = &path[seen.base_url.decoded_path().len() - 1..];
        match build::catch_panic(path, || host::answer(&self.project, &linked, inside)) {
            Ok(answer) => Served::File { answer: Box::new(answer), seen: Box::new(seen), generation },
            Err(problem) => Served::Broken(vec![*problem]),
        }
    }

    /// Everybody who sees something of the site.
    #[must_use]
    pub fn everybody(&self) -> Vec<Viewer> {
        self.inner().readers.iter().map(|reader| reader.seen.clone()).collect()
    }

    /// The first reader's site, if there is a good one.
    #[must_use]
    pub fn first(&self) -> Option<Arc<Edition>> {
        self.inner().readers.first()?.good.as_ref().map(|good| Arc::clone(&good.linked))
    }

    /// What the first of those who see something of the site finds in it, each in turn.
    pub fn find<T>(&self, mut look: impl FnMut(&Edition) -> Option<T>) -> Option<T> {
        let mut inner = self.inner();
        let inner = &mut *inner;
        inner.readers.iter_mut().find_map(|reader| {
            self.catch_up(reader, (inner.loaded.as_ref(), inner.generation), &mut Diagnostics::new());
            look(&reader.good.as_ref()?.linked)
        })
    }

    /// Links the newest site for somebody who has not looked at it yet.
    fn catch_up(
        &self,
        reader: &mut OpenViewer,
        (loaded, generation): (Option<&Inputs>, u64),
        found: &mut Diagnostics,
    ) {
        let Some(loaded) = loaded.filter(|_| reader.tried < generation) else { return };
        reader.tried = generation;
        if let Some(good) = self.link_for((loaded, generation), &reader.seen, found) {
            reader.good = Some(good);
        }
    }

    /// What was read for the newest site without mistakes.
    #[must_use]
    pub fn inputs(&self) -> Option<Inputs> {
        self.inner().loaded.clone()
    }

    /// What could be read of the newest site, which may have mistakes.
    #[must_use]
    pub fn newest(&self) -> Option<Inputs> {
        self.inner().read.clone()
    }

    /// What is served, counted from 1; 0 while nothing is.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.inner().generation
    }

    /// What is served, and what is wrong with the newest site.
    #[must_use]
    pub fn now(&self) -> (u64, Vec<Diagnostic>) {
        let inner = self.inner();
        (inner.generation, inner.current_problems())
    }

    /// All that a build would say of the newest site that could be read, without rendering it; nothing where that is
    /// not the newest, also where it is no longer by the time that all has been looked at. What is found is kept beside
    /// what [`Preview::update`] found.
    pub fn full_check(&self) -> Option<Vec<Diagnostic>> {
        let updates = self.updates.load(Ordering::Relaxed);
        let (loaded, generation) = {
            let inner = self.inner();
            let has_errors = inner.problems.iter().any(|problem| problem.severity == Severity::Error);
            (inner.loaded.clone().filter(|_| !has_errors)?, inner.generation)
        };
        let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
        let is_cancelled = || self.updates.load(Ordering::Relaxed) != updates;
        let survey = || {
            let mut kept = self.advice.lock().unwrap_or_else(PoisonError::into_inner);
            build::background_check(&self.project, &loaded, &options, &mut kept, &is_cancelled)
        };
        let found = match &self.background {
            Some(background) => background.install(survey),
            None => survey(),
        };
        let found = found?.sorted();
        let mut inner = self.inner();
        if inner.generation != generation {
            return None;
        }
        inner.checked = found;
        Some(inner.current_problems())
    }
}

/// Is a change of the site one of style sheets alone?
fn reload_for(old: Option<&Edition>, new: &Edition, changes: &Changes) -> ReloadMessage {
    let is_sheet = |path: &String| path.starts_with("themes/") && path.ends_with(".css");
    let (Some(old), Changes::Paths(paths)) = (old, changes) else { return ReloadMessage::Page };
    if paths.is_empty() || !paths.iter().all(is_sheet) {
        return ReloadMessage::Page;
    }
    let url = |linked: &Edition, url: &str| linked.site.href(url);
    let by_path = |linked: &Edition| -> BTreeMap<String, String> {
        linked.theme.files.iter().map(|file| (file.path.clone(), url(linked, &file.url))).collect()
    };
    let (before, after) = (by_path(old), by_path(new));
    if !before.keys().eq(after.keys()) {
        return ReloadMessage::Page;
    }
    let changed = before.into_iter().zip(after.into_values()).filter(|((_, old), new)| old != new);
    ReloadMessage::Styles(changed.map(|((_, old), new)| (old, new)).collect())
}
