//! What is served: the last good site, as each of its readers sees it, and what is wrong with the newest.
//!
//! [`State::update`] reads what has changed and links it; where that has no errors it is served from then on, else the
//! last good site stays. [`State::answer`] renders the one file that is asked for. [`State::full_check`] looks at all
//! editions as a build would, which takes longer and is done when nobody waits.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::host::{self, Answer};
use super::seen::{self, Role, Seen};
use super::stand_in::StandIn;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::model::Unpublished;
use crate::pipeline::{self, Changes, Kept, Loaded, Options};
use crate::render::Linked;

/// What is served, and to whom.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Who comes first.
    pub role: Role,
    /// Are drafts, future and expired pages shown?
    pub unpublished: Unpublished,
    /// The address of this server: `http://127.0.0.1:4000`.
    pub origin: String,
}

/// A site that is being served.
#[derive(Debug)]
pub struct State {
    project: StandIn,
    settings: Settings,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    kept: Kept,
    /// The newest site that could be read without errors.
    loaded: Option<Loaded>,
    /// Counts what was served.
    generation: u64,
    readers: Vec<Reader>,
    /// What is wrong with the newest.
    problems: Vec<Diagnostic>,
    /// What the last full check said; until the next one it is still shown.
    checked: Vec<Diagnostic>,
}

impl Inner {
    /// All that is known to be wrong: with mistakes, only these.
    fn known(&self) -> Vec<Diagnostic> {
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
struct Reader {
    seen: Seen,
    /// The last good one, and the generation that it belongs to.
    linked: Option<(u64, Arc<Linked>)>,
    /// The newest generation that was linked, with errors or without.
    tried: u64,
    /// Has anybody looked since the last update?
    is_wanted: bool,
}

/// What an update came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// What browsers should do.
    pub reload: Reload,
    /// What is wrong with the newest site, sorted. With an error among it, the last good site stays.
    pub problems: Vec<Diagnostic>,
    /// What is served now.
    pub generation: u64,
}

/// What browsers should do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reload {
    /// Nothing new is served.
    Nothing,
    /// Only style sheets are new: the old addresses below the site's base path, with the new ones.
    Styles(BTreeMap<String, String>),
    /// Anything may be new.
    Page,
}

/// What a request comes to.
#[derive(Debug)]
pub enum Served {
    /// An answer as a host would give it.
    File {
        /// The answer.
        answer: Box<Answer>,
        /// Who sees it.
        seen: Box<Seen>,
        /// Of which generation it is.
        generation: u64,
    },
    /// The address is outside of what the site lies below: that is there.
    Elsewhere(String),
    /// There is no site that could be shown, or this file of it fails.
    Broken(Vec<Diagnostic>),
}

impl State {
    /// A site of which nothing has been read yet.
    #[must_use]
    pub fn new(project: StandIn, settings: Settings) -> Self {
        Self { project, settings, inner: Mutex::default() }
    }

    /// The site's files.
    #[must_use]
    pub fn project(&self) -> &StandIn {
        &self.project
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // What a panic leaves behind is the last good site.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what has changed, and serves it if it has no errors.
    pub fn update(&self, changes: &Changes) -> Update {
        let mut inner = self.inner();
        let inner = &mut *inner;
        inner.kept.forget(changes);
        let mut diagnostics = Diagnostics::new();
        let loaded = pipeline::reload(&self.project, &mut inner.kept, &mut diagnostics);
        let reload = match loaded.filter(|_| !diagnostics.has_errors()) {
            Some(loaded) => self.link(inner, loaded, changes, &mut diagnostics),
            None => Reload::Nothing,
        };
        inner.problems = diagnostics.sorted();
        Update { reload, problems: inner.problems.clone(), generation: inner.generation }
    }

    /// Links the site for those who look at it.
    fn link(
        &self,
        inner: &mut Inner,
        loaded: Loaded,
        changes: &Changes,
        diagnostics: &mut Diagnostics,
    ) -> Reload {
        let mut everybody =
            seen::all(&loaded.content.config, self.settings.role, &self.settings.origin).into_iter();
        let generation = inner.generation + 1;
        let Some(seen) = everybody.next() else { return Reload::Nothing };
        let Some(linked) = self.link_for(&loaded, &seen, diagnostics) else { return Reload::Nothing };
        let mut before: BTreeMap<String, Reader> =
            inner.readers.drain(..).map(|reader| (reader.seen.id.clone(), reader)).collect();
        let old = before.remove(&seen.id).and_then(|old| old.linked);
        let reload = reload_for(old.as_ref().map(|(_, old)| &**old), &linked, changes);
        let mut dropped = vec![old];
        let linked = Some((generation, Arc::new(linked)));
        inner.readers.push(Reader { seen, linked, tried: generation, is_wanted: false });
        for seen in everybody {
            let old = before.remove(&seen.id).filter(|old| old.is_wanted);
            let is_wanted = old.is_some();
            let mut linked = old.and_then(|old| old.linked);
            if is_wanted && let Some(new) = self.link_for(&loaded, &seen, diagnostics) {
                dropped.push(linked.replace((generation, Arc::new(new))));
            }
            let tried = if is_wanted { generation } else { 0 };
            inner.readers.push(Reader { seen, linked, tried, is_wanted: false });
        }
        inner.generation = generation;
        inner.loaded = Some(loaded);
        // Taking a large site apart is no work that somebody should wait for.
        rayon::spawn(move || drop((dropped, before)));
        reload
    }

    /// The site as somebody sees it, if it has no errors.
    fn link_for(&self, loaded: &Loaded, seen: &Seen, diagnostics: &mut Diagnostics) -> Option<Linked> {
        let options = Options {
            edition: None,
            base_url: Some(seen.base_url.clone()),
            unpublished: self.settings.unpublished,
        };
        let mut found = Diagnostics::new();
        let linked = pipeline::link_lazily(&self.project, loaded, &seen.edition, &options, &mut found);
        let is_good = !found.has_errors();
        diagnostics.extend(found);
        is_good.then_some(linked)
    }

    /// What is at an address of this server, without what follows a `?`.
    pub fn answer(&self, path: &str) -> Served {
        let (linked, seen, generation) = {
            let mut inner = self.inner();
            let inner = &mut *inner;
            let of_path = |reader: &&mut Reader| {
                let base = &reader.seen.base_url.path;
                path.starts_with(base.as_str()) || format!("{path}/") == *base
            };
            // The longest address counts: that of the first reader may be the beginning of all others'.
            let readers = inner.readers.iter_mut().filter(of_path);
            let Some(reader) = readers.max_by_key(|reader| reader.seen.base_url.path.len()) else {
                return match inner.readers.first() {
                    Some(first) => Served::Elsewhere(first.seen.base_url.path.clone()),
                    None => Served::Broken(inner.problems.clone()),
                };
            };
            if !path.starts_with(reader.seen.base_url.path.as_str()) {
                return Served::Elsewhere(reader.seen.base_url.path.clone());
            }
            reader.is_wanted = true;
            let mut found = Diagnostics::new();
            if let Some(loaded) = inner.loaded.as_ref().filter(|_| reader.tried < inner.generation) {
                reader.tried = inner.generation;
                if let Some(linked) = self.link_for(loaded, &reader.seen, &mut found) {
                    reader.linked = Some((inner.generation, Arc::new(linked)));
                }
            }
            match &reader.linked {
                Some((generation, linked)) => (Arc::clone(linked), reader.seen.clone(), *generation),
                None => {
                    found.extend(inner.problems.iter().cloned());
                    return Served::Broken(found.sorted());
                }
            }
        };
        let inside = &path[seen.base_url.path.len() - 1..];
        match pipeline::guarded(path, || host::answer(&self.project, &linked, inside)) {
            Ok(answer) => Served::File { answer: Box::new(answer), seen: Box::new(seen), generation },
            Err(problem) => Served::Broken(vec![*problem]),
        }
    }

    /// Everybody who sees something of the site.
    #[must_use]
    pub fn everybody(&self) -> Vec<Seen> {
        self.inner().readers.iter().map(|reader| reader.seen.clone()).collect()
    }

    /// The first reader's site, if there is a good one.
    #[must_use]
    pub fn first(&self) -> Option<Arc<Linked>> {
        self.inner().readers.first()?.linked.as_ref().map(|(_, linked)| Arc::clone(linked))
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
        (inner.generation, inner.known())
    }

    /// All that a build would say of the newest site that could be read, without rendering it; nothing where that is
    /// not the newest. What is found is kept beside what [`State::update`] found.
    pub fn full_check(&self) -> Option<Vec<Diagnostic>> {
        let (loaded, generation) = {
            let inner = self.inner();
            let has_errors = inner.problems.iter().any(|problem| problem.severity == Severity::Error);
            (inner.loaded.clone().filter(|_| !has_errors)?, inner.generation)
        };
        let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
        let found = pipeline::survey(&self.project, &loaded, &options).sorted();
        let mut inner = self.inner();
        if inner.generation != generation {
            return None;
        }
        inner.checked = found;
        Some(inner.known())
    }
}

/// Is a change of the site one of style sheets alone?
fn reload_for(old: Option<&Linked>, new: &Linked, changes: &Changes) -> Reload {
    let is_sheet = |path: &String| path.starts_with("themes/") && path.ends_with(".css");
    let (Some(old), Changes::Paths(paths)) = (old, changes) else { return Reload::Page };
    if paths.is_empty() || !paths.iter().all(is_sheet) {
        return Reload::Page;
    }
    let url = |linked: &Linked, url: &str| linked.site.href(url);
    let by_path = |linked: &Linked| -> BTreeMap<String, String> {
        linked.theme.files.iter().map(|file| (file.path.clone(), url(linked, &file.url))).collect()
    };
    let (before, after) = (by_path(old), by_path(new));
    if !before.keys().eq(after.keys()) {
        return Reload::Page;
    }
    let changed = before.into_iter().zip(after.into_values()).filter(|((_, old), new)| old != new);
    Reload::Styles(changed.map(|((_, old), new)| (old, new)).collect())
}
