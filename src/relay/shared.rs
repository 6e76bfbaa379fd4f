//! What all parts of a relay have in common: the store, what is known of the site, and who hands leads on.

#![expect(clippy::disallowed_methods, reason = "the relay has a clock")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Notice;
use super::challenges::Challenges;
use super::crm::Sessions;
use super::intake::CANARY;
use super::queue::{DeliveryState, Filter, Queue};
use super::routes::Routes;
use super::senders::Senders;
use super::token::AdminToken;
use crate::network::Internet;

/// The site is read again at most this often when a page knows more than the relay, in milliseconds.
const SELDOM: i64 = 30_000;

/// How long the end waits for what is being done.
const END: Duration = Duration::from_secs(5);

/// How often old leads are looked for.
const HOUSEKEEPING: Duration = Duration::from_secs(3600);

/// How often the clock is looked at.
const WATCH: Duration = Duration::from_secs(10);

/// A clock that goes back by less does no harm, and those of several relays may differ by it, in milliseconds.
const JUMP: i64 = 60_000;

/// What nobody confirms is kept for so long, in milliseconds.
const UNCONFIRMED: i64 = 7 * DAY;

/// How many milliseconds a day has: times are kept in milliseconds.
pub(super) const DAY: i64 = 24 * 3600 * 1000;

/// Reads the site again; the number of its problems where it can't be used.
pub type Reload = dyn Fn() -> Result<Routes, usize> + Send + Sync;

/// Who is told what happens in the relay, from any of its threads.
pub type Notify = dyn Fn(Notice) + Send + Sync;

/// What all parts of a relay have in common.
pub(super) struct Shared {
    pub(super) queue: Box<dyn Queue>,
    pub(super) internet: Internet,
    pub(super) tell: Box<Notify>,
    /// The store's folder, in which files of leads are, too.
    pub(super) folder: PathBuf,
    /// What links to confirm are signed with.
    pub(super) signing_key: String,
    /// What opens the page for the site's own people, where there is one.
    pub(super) admin: Option<AdminToken>,
    routes: RwLock<Arc<Routes>>,
    reload: Box<Reload>,
    /// When the site was last read again for a page that knew more.
    read_at: AtomicI64,
    taken: AtomicU64,
    stops: AtomicBool,
    /// Requests that are being answered.
    busy: AtomicUsize,
    /// How many leads come from where.
    pub(super) senders: Senders,
    /// The work that browsers were given to prove that nobody sends in bulk.
    pub(super) challenges: Challenges,
    /// What CRMs have given it to sign in.
    pub(super) sessions: Sessions,
    /// Counts what came, so that who sleeps knows.
    news: Mutex<u64>,
    bell: Condvar,
    /// Serves one webhook until the end.
    serve: fn(&Arc<Shared>, &str),
    /// The threads that serve webhooks, and the ids of these webhooks.
    workers: Mutex<(BTreeSet<String>, Vec<JoinHandle<()>>)>,
}

/// Counts a request until it is answered.
pub(super) struct RequestGuard(Arc<Shared>);

impl Drop for RequestGuard {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a relay is made of.
pub(super) struct Parts {
    pub(super) queue: Box<dyn Queue>,
    pub(super) internet: Internet,
    pub(super) tell: Box<Notify>,
    /// The folder in which the store and the files of leads are.
    pub(super) folder: PathBuf,
    /// What links to confirm are signed with.
    pub(super) signing_key: String,
    /// What opens the page for the site's own people, where there is one.
    pub(super) admin: Option<AdminToken>,
    /// The work that browsers are given to prove that nobody sends in bulk.
    pub(super) challenges: Challenges,
    pub(super) reload: Box<Reload>,
    /// Serves one webhook until the end.
    pub(super) serve: fn(&Arc<Shared>, &str),
}

impl Shared {
    /// A relay that knows a site, and has begun to hand on what waits.
    pub(super) fn start(parts: Parts, routes: Routes) -> Arc<Self> {
        let Parts { queue, internet, tell, folder, signing_key, admin, challenges, reload, serve } = parts;
        let shared = Arc::new(Self {
            queue,
            internet,
            tell,
            folder,
            signing_key,
            admin,
            routes: RwLock::new(Arc::new(routes.clone())),
            reload,
            read_at: AtomicI64::new(0),
            taken: AtomicU64::new(0),
            stops: AtomicBool::new(false),
            busy: AtomicUsize::new(0),
            senders: Senders::default(),
            challenges,
            sessions: Sessions::default(),
            news: Mutex::new(0),
            bell: Condvar::new(),
            serve,
            workers: Mutex::default(),
        });
        shared.learn(routes);
        shared
    }

    /// The site as it is known now.
    pub(super) fn routes(&self) -> Arc<Routes> {
        Arc::clone(&self.routes.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The time now, in milliseconds since 1970.
    pub(super) fn now(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    /// A random byte, for a pause that nobody can foresee; 0 where the system gives none.
    pub(super) fn random(&self) -> u8 {
        let mut byte = [0];
        let _ = getrandom::fill(&mut byte);
        byte[0]
    }

    /// Has the relay been asked to stop?
    pub(super) fn is_stopping(&self) -> bool {
        self.stops.load(Ordering::Relaxed)
    }

    /// Counts a lead that was taken.
    pub(super) fn count_taken(&self) {
        self.taken.fetch_add(1, Ordering::Relaxed);
    }

    /// Wakes everybody who waits for a lead.
    pub(super) fn wake(&self) {
        *self.news.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.bell.notify_all();
    }

    /// Waits for so long, or until something comes.
    pub(super) fn sleep(&self, pause: Duration) {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_stopping() {
            drop(self.bell.wait_timeout(news, pause));
        }
    }

    /// Reads the site again, unless that has just been done: is it another one now?
    pub(super) async fn read_again(self: &Arc<Self>) -> bool {
        let (now, last) = (self.now(), self.read_at.load(Ordering::Relaxed));
        let is_due = now - last > SELDOM;
        let is_mine =
            is_due && self.read_at.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        let shared = Arc::clone(self);
        is_mine && tokio::task::spawn_blocking(move || shared.read()).await.unwrap_or_default()
    }

    /// Reads the site; where it has problems, what was known stays.
    pub(super) fn read(self: &Arc<Self>) -> bool {
        let read = (self.reload)();
        let problems = read.as_ref().err().copied().unwrap_or_default();
        if let Ok(routes) = read {
            self.learn(routes);
        }
        (self.tell)(Notice::Reloaded { problems });
        problems == 0
    }

    /// Knows the site from now on, and what visitors can have agreed to and been asked.
    pub(super) fn learn(self: &Arc<Self>, routes: Routes) {
        let marks = routes.marks().map(str::to_string).collect();
        if let Err(error) = self.queue.remember(marks, self.now()) {
            (self.tell)(Notice::Store(error.to_string()));
        }
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        for id in routes.webhooks.keys() {
            if workers.0.insert(id.clone()) {
                let (shared, id) = (Arc::clone(self), id.clone());
                workers.1.push(thread::spawn(move || (shared.serve)(&shared, &id)));
            }
        }
        *self.routes.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(routes);
    }

    /// Numbers for Prometheus (its text format, version 0.0.4).
    pub(super) fn metrics(&self) -> String {
        let mut text = String::from(
            "# HELP ringback_leads_taken_total Leads on disk since the start.\n# TYPE ringback_leads_taken_total counter\n",
        );
        let _ = writeln!(text, "ringback_leads_taken_total {}", self.taken.load(Ordering::Relaxed));
        text.push_str(
            "# HELP ringback_deliveries Deliveries in the store.\n# TYPE ringback_deliveries gauge\n",
        );
        let counts = self.queue.counts().unwrap_or_default();
        for one in &counts {
            let webhook = one.webhook.replace('\\', "\\\\").replace('"', "\\\"");
            let _ = writeln!(
                text,
                "ringback_deliveries{{webhook=\"{webhook}\",state=\"{}\"}} {}",
                one.state, one.count
            );
        }
        text.push_str(
            "# HELP ringback_oldest_waiting_seconds Age of the oldest lead that waits.\n# TYPE ringback_oldest_waiting_seconds gauge\n",
        );
        for one in counts.iter().filter(|one| one.state == "waiting") {
            let webhook = one.webhook.replace('\\', "\\\\").replace('"', "\\\"");
            let age = (self.now() - one.oldest).max(0) / 1000;
            let _ = writeln!(text, "ringback_oldest_waiting_seconds{{webhook=\"{webhook}\"}} {age}");
        }
        text
    }

    /// A request is being answered as long as this lives.
    pub(super) fn begin(self: &Arc<Self>) -> RequestGuard {
        self.busy.fetch_add(1, Ordering::Relaxed);
        RequestGuard(Arc::clone(self))
    }

    /// Ends everything, or leaves it after a while. Whoever has begun to send a lead is thanked for it first.
    pub(super) fn stop(&self) {
        self.stops.store(true, Ordering::Relaxed);
        self.wake();
        // A delivery that is still under way is repeated after the next start, with the same id.
        let end = Instant::now() + END;
        while self.busy.load(Ordering::Relaxed) > 0 && Instant::now() < end {
            thread::sleep(Duration::from_millis(20));
        }
        // The last answer has to leave, too.
        thread::sleep(Duration::from_millis(50));
        let workers = std::mem::take(&mut self.workers.lock().unwrap_or_else(PoisonError::into_inner).1);
        while workers.iter().any(|worker| !worker.is_finished()) && Instant::now() < end {
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Where the clock has gone back, what waits for a later moment would wait for as long as it went: it is tried now.
    fn mind_clock(&self, filter: &Filter) {
        let waiting = Filter { state: Some(DeliveryState::Waiting), ..filter.clone() };
        if let Err(error) = self.queue.resend(&waiting, self.now()) {
            (self.tell)(Notice::Store(error.to_string()));
        }
    }

    /// Removes what may go, and tells of leads that nobody can be handed.
    pub(super) fn keep_house(&self) {
        let mut clock = self.now();
        // What came after now was taken by a clock that was ahead.
        self.mind_clock(&Filter { since: Some(clock + JUMP), ..Filter::default() });
        while !self.is_stopping() {
            // Marked leads come each hour, and have been looked at.
            if let Err(error) = self.queue.purge(self.now() - DAY, Some(CANARY)) {
                (self.tell)(Notice::Store(error.to_string()));
            }
            if let Some(days) = self.routes().retention {
                match self.queue.purge(self.now() - i64::from(days) * DAY, None) {
                    Ok(0) => {}
                    Ok(count) => (self.tell)(Notice::Purged(usize::try_from(count).unwrap_or(usize::MAX))),
                    Err(error) => (self.tell)(Notice::Store(error.to_string())),
                }
            }
            match self.queue.expire(self.now() - UNCONFIRMED) {
                Ok(0) => {}
                Ok(count) => (self.tell)(Notice::Expired(usize::try_from(count).unwrap_or(usize::MAX))),
                Err(error) => (self.tell)(Notice::Store(error.to_string())),
            }
            let routes = self.routes();
            let lost = self.queue.counts().unwrap_or_default().into_iter();
            let lost =
                lost.filter(|one| one.state == "waiting" && !routes.webhooks.contains_key(&one.webhook));
            for one in lost {
                let why =
                    format!("the site has no such webhook any more, and {} leads wait for it", one.count);
                (self.tell)(Notice::Alert { webhook: one.webhook, why });
            }
            let end = Instant::now() + HOUSEKEEPING;
            while !self.is_stopping() && Instant::now() < end {
                self.sleep(end.saturating_duration_since(Instant::now()).min(WATCH));
                let now = self.now();
                if now < clock - JUMP {
                    self.mind_clock(&Filter::default());
                }
                clock = now;
            }
        }
    }
}
