//! What a relay keeps, and what can be asked of it. [`open`](super::open) opens a store that keeps it.

use std::fmt;
use std::path::Path;

use tokio::sync::oneshot;

/// A lead, or another event of a page, that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLead {
    /// Its own id, by which it is known when it comes again.
    pub id: String,
    /// `lead.submitted`, `call.outcome`, `call.referral`, `consent.changed`.
    pub kind: String,
    /// Its form; empty for other events.
    pub form: String,
    /// The edition that it came from.
    pub edition: String,
    /// The code of its language.
    pub lang: String,
    /// Whose it is: an email address or a phone number, by which it is found; empty where it has neither.
    pub contact: String,
    /// When it came, in milliseconds since 1970.
    pub received: i64,
    /// What webhooks get of it, as JSON.
    pub body: String,
    /// What was sent besides, which the form doesn't ask for, as JSON; empty for nothing.
    pub extra: String,
    /// How much it looks like spam.
    pub score: u32,
    /// The signs of spam that give the score, with spaces between them; empty if there are none.
    pub signs: String,
    /// The ids of the webhooks that get it at once.
    pub webhooks: Vec<String>,
    /// Who is to get it once the visitor has confirmed their address.
    pub later: Vec<String>,
    /// Does it wait for a person?
    pub is_held: bool,
}

/// Was the lead new, or had it come before?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insertion {
    /// It is on disk now.
    New,
    /// A lead with this id had been kept before: it came again, and nothing was changed.
    Known,
}

/// Something that a webhook is to get now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its number in the store.
    pub number: i64,
    /// The id that the browser gave the lead.
    pub id: String,
    /// `lead.submitted` or another event.
    pub kind: String,
    /// The id of the form that it was sent with; empty for other events.
    pub form: String,
    /// The edition that it came from.
    pub edition: String,
    /// The code of its language.
    pub lang: String,
    /// When it came, in milliseconds since 1970.
    pub received: i64,
    /// What the webhook gets of it, as JSON before names are changed for the webhook.
    pub body: String,
    /// How often it was tried before.
    pub tries: u32,
}

/// Where the delivery of a lead to a webhook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is tried until it is there.
    Waiting,
    /// The webhook has said that it has it.
    Delivered,
    /// It was given up, and a person has to look.
    Dead,
    /// It waits for a person, because it looks like spam.
    Held,
    /// It waits for its visitor, who hasn't confirmed their address yet.
    Unconfirmed,
}

/// What came of a visitor's yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    /// It was the first yes: the lead goes on from now.
    Now,
    /// It had been confirmed before.
    Before,
    /// There is no such lead any more.
    Never,
}

impl DeliveryState {
    /// Every state, in the order in which people see them.
    pub const ALL: &[Self] = &[Self::Waiting, Self::Delivered, Self::Dead, Self::Held, Self::Unconfirmed];

    /// The state as commands, the store and the admin page's address have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
            Self::Held => "held",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// The one with a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.name() == name)
    }

    /// The number by which stores keep the state.
    pub(super) fn number(self) -> i64 {
        self as i64
    }

    /// The state that a store keeps as this number; [`DeliveryState::Dead`] for one that isn't known.
    pub(super) fn from_number(number: i64) -> Self {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        Self::ALL.get(at).copied().unwrap_or(Self::Dead)
    }
}

/// An attempt to hand a lead to a webhook, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The number of the lead in the store.
    pub number: i64,
    /// The webhook's id in the configuration.
    pub webhook: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The state that the attempt leads to.
    pub state: DeliveryState,
    /// When it is tried again, if it is.
    pub due: i64,
    /// The status of the answer.
    pub status: Option<u16>,
    /// What it said, without anything that could be a key.
    pub said: String,
}

/// A delivery, as people ask for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DeliveryReport {
    /// The webhook's id in the configuration.
    pub webhook: String,
    /// The state, as [`DeliveryState::name`] has it.
    pub state: &'static str,
    /// How often it was tried.
    pub tries: u32,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// What the last answer said, without anything that could be a key; empty before the first.
    pub said: String,
    /// When it was last tried, in milliseconds since 1970; nothing before it was.
    pub at: Option<i64>,
    /// When it is tried again, in milliseconds since 1970; only of what waits.
    pub due: Option<i64>,
}

impl DeliveryReport {
    /// A row of a store. `at` and `due` are there for every delivery, and mean something only in some states.
    pub(super) fn new(webhook: String, state: DeliveryState, tries: u32, (at, due): (i64, i64)) -> Self {
        let state_name = state.name();
        Self {
            webhook,
            state: state_name,
            tries,
            status: None,
            said: String::new(),
            at: (tries > 0).then_some(at),
            due: (state == DeliveryState::Waiting).then_some(due),
        }
    }
}

/// A lead with its deliveries, as people ask for it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Stored {
    /// Its number in the store: later ones have larger numbers.
    #[serde(skip)]
    pub number: i64,
    /// The id that the browser gave it.
    pub id: String,
    /// When it came, in milliseconds since 1970.
    pub received: i64,
    /// The id of the form that it was sent with; empty for other events.
    pub form: String,
    /// How much it looks like spam.
    pub score: u32,
    /// The signs of spam that give the score, with spaces between them; empty if there are none.
    pub signs: String,
    /// The lead as its webhooks get it, by `docs/lead.schema.json` or `docs/call.schema.json`.
    pub lead: serde_json::Value,
    /// What was sent that the form doesn't ask for; `null` if nothing was.
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    pub extra: serde_json::Value,
    /// The deliveries, one for each webhook that gets it.
    pub deliveries: Vec<DeliveryReport>,
}

/// Which leads and deliveries are meant: those that fit all of these; what is `None` leaves out nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only the lead with this id.
    pub id: Option<String>,
    /// Only deliveries to this webhook.
    pub webhook: Option<String>,
    /// Only those in this state.
    pub state: Option<DeliveryState>,
    /// Only what came at or after this moment, in milliseconds since 1970.
    pub since: Option<i64>,
    /// Only what came before this moment, in milliseconds since 1970.
    pub until: Option<i64>,
    /// Only what has this email address or phone number in it, wherever that is.
    pub contact: Option<String>,
}

impl Filter {
    /// The contact as leads are searched for it: in small letters, and as it is inside of JSON. `None` where there is
    /// nothing to search for.
    pub(super) fn person(&self) -> Option<(String, String)> {
        let contact = self.contact.as_ref()?.trim().to_lowercase();
        let quoted = crate::encode::json::text(&contact);
        (!contact.is_empty()).then_some((contact, quoted))
    }
}

/// Where a part of the leads begins, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The oldest first, behind this number.
    After(i64),
    /// The latest first, in front of this number.
    Before(i64),
}

/// So many leads are in memory at once when all are read.
const PART: u32 = 200;

/// Shows every lead of a store, the oldest first, without having all of them in memory. It ends where `visit` says
/// `false`.
///
/// # Errors
///
/// The store can't be read.
pub fn each(queue: &dyn Queue, filter: &Filter, mut visit: impl FnMut(&Stored) -> bool) -> Answer<()> {
    let mut start = Start::After(0);
    loop {
        let part = queue.list(filter, start, PART)?;
        let Some(last) = part.last() else { return Ok(()) };
        start = Start::After(last.number);
        if !part.iter().all(&mut visit) {
            return Ok(());
        }
    }
}

/// How many deliveries to a webhook are in a state, and when the oldest of these came.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// The webhook's id in the configuration.
    pub webhook: String,
    /// The state, as [`DeliveryState::name`] has it.
    pub state: &'static str,
    /// How many deliveries there are.
    pub count: u64,
    /// When the oldest of these leads came, in milliseconds since 1970.
    pub oldest: i64,
}

/// Does what waits for an answer of the store, while others serve whoever asks the relay something.
pub(super) fn waiting<T>(work: impl FnOnce() -> T) -> T {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => tokio::task::block_in_place(work),
        Err(_) => work(),
    }
}

/// A lead's body with its visitor's yes in it; `None` where it isn't one.
pub(super) fn with_receipt(body: &str, receipt: &serde_json::Value) -> Option<String> {
    let mut lead: serde_json::Value = serde_json::from_str(body).ok()?;
    lead.get_mut("data")?.as_object_mut()?.insert("confirmation".into(), receipt.clone());
    Some(lead.to_string())
}

/// The name under which a store counts what nobody confirmed.
pub(super) const EXPIRED: &str = "expired";

/// The name of what links are signed with.
pub(super) const SIGNING_KEY: &str = "signing-key";

/// The store can't do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The answer of a store.
pub type Answer<T> = Result<T, StoreError>;

/// A store of leads and their deliveries, which several threads use at once.
pub trait Queue: Send + Sync {
    /// Keeps a lead. The answer comes when it is on disk, together with all others that came meanwhile; one that can't
    /// be kept fails alone.
    fn take(&self, lead: NewLead) -> oneshot::Receiver<Answer<Insertion>>;

    /// What a webhook is to get now, the oldest first, for whoever asks alone: no other relay gets it meanwhile. What
    /// belongs to one contact stays in order: nothing is due while something older for them waits.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    fn due(&self, webhook: &str, now: i64) -> Answer<Option<Due>>;

    /// When something becomes due for a webhook after this moment.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    fn next_due(&self, webhook: &str, now: i64) -> Answer<Option<i64>>;

    /// When the oldest lead came that still waits for a webhook.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    fn oldest(&self, webhook: &str) -> Answer<Option<i64>>;

    /// Notes what came of an attempt.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn record(&self, attempt: Attempt) -> Answer<()>;

    /// How many deliveries there are, by webhook and state.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    fn counts(&self) -> Answer<Vec<Count>>;

    /// A part of the leads, so many at most.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    fn list(&self, filter: &Filter, start: Start, most: u32) -> Answer<Vec<Stored>>;

    /// Tries deliveries again, at once: those that were given up or held, unless a state is asked for; what a visitor
    /// hasn't confirmed is nobody else's to send. How many.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn resend(&self, filter: &Filter, now: i64) -> Answer<u64>;

    /// Removes everything of a person, by the email address or phone number they gave, wherever it is in a lead. The ids
    /// of what was removed.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn forget(&self, contact: &str) -> Answer<Vec<String>>;

    /// Removes leads that are held, with all that was to become of them. How many leads.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn discard(&self, filter: &Filter) -> Answer<u64>;

    /// Removes what came before a moment and has arrived everywhere; of one kind alone, where one is named. How many leads.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn purge(&self, before: i64, kind: Option<&str>) -> Answer<u64>;

    /// Copies all of the store to a new file, also while a relay uses it. How many leads are in it.
    ///
    /// # Errors
    ///
    /// The file is there already or can't be written, the copy isn't whole, or this store isn't a file.
    fn back_up(&self, to: &Path) -> Answer<u64>;

    /// Notes in a lead that its visitor has confirmed their address, as `receipt` says, and lets it go on.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn confirm(&self, id: &str, receipt: &serde_json::Value, now: i64) -> Answer<Confirmed>;

    /// Removes what came before a moment and wasn't confirmed, and counts it. How many leads.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn expire(&self, before: i64) -> Answer<u64>;

    /// How many leads were ever removed because nobody confirmed them.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    fn expired(&self) -> Answer<u64>;

    /// What links of this store are signed with: `random`, unless it has something already. It stays the same.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn signing_key(&self, random: &str) -> Answer<String>;

    /// Remembers hashes of texts that visitors agree to.
    ///
    /// # Errors
    ///
    /// The store can't be written.
    fn remember(&self, hashes: Vec<String>, now: i64) -> Answer<()>;

    /// Has a text with this hash ever been on the site, while a relay ran?
    ///
    /// # Errors
    ///
    /// The store can't be read.
    fn remembers(&self, hash: &str) -> Answer<bool>;
}
