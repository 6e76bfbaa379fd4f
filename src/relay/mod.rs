//! The relay: takes leads from the site's pages, has each on disk before the visitor is thanked, and hands it on until
//! every webhook of its form has it.
//!
//! [`routes`] is what it knows of the site. `http` takes requests, and `intake` makes a lead of each, or a reason why it
//! is none; `native` does that for browsers without JavaScript. [`queue`] keeps it, in the [`Store`], with one `fsync`
//! for all that come at once. `deliver` has a thread for each webhook, so that one that hangs holds up no other; `verdict`
//! says what an answer means. `admin` is the page for the
//! site's own people. [`run`] starts and ends all of it, and [`Notice`] is what there is to tell.
//!
//! [`preview`] reads what pages post to the inbox of `serve`, with the same code; that and what it needs is there without the
//! crate's feature `relay`, too.
//!
//! A 2xx means that the lead is on disk. From then on it goes to each webhook at least once, always with the same id, or
//! a person is told.

#[cfg(feature = "relay")]
mod admin;
#[cfg(feature = "relay")]
pub mod alarm;
#[cfg(feature = "relay")]
mod challenges;
#[cfg(feature = "relay")]
mod confirm;
#[cfg(feature = "relay")]
mod crm;
#[cfg(feature = "relay")]
mod deliver;
#[cfg(feature = "relay")]
mod doubts;
#[cfg(feature = "relay")]
mod due;
#[cfg(feature = "relay")]
mod files;
#[cfg(feature = "relay")]
pub mod forget;
#[cfg(feature = "relay")]
mod http;
#[cfg_attr(not(feature = "relay"), allow(dead_code, reason = "the preview keeps nothing"))]
mod intake;
#[cfg(feature = "relay")]
mod memory;
mod native;
#[cfg_attr(not(feature = "relay"), allow(dead_code, reason = "the preview knows the site as it is now"))]
mod post;
#[cfg(feature = "relay")]
mod postgresql;
pub mod preview;
#[cfg_attr(not(feature = "relay"), allow(dead_code, reason = "the preview keeps nothing"))]
pub mod queue;
mod reply;
#[cfg(feature = "relay")]
mod respond;
pub mod routes;
#[cfg(feature = "relay")]
mod run;
#[cfg(feature = "relay")]
mod seal;
#[cfg(feature = "relay")]
mod senders;
#[cfg(feature = "relay")]
mod shared;
#[cfg(feature = "relay")]
mod signature;
#[cfg_attr(not(feature = "relay"), allow(dead_code, reason = "the preview has one visitor"))]
mod spam;
#[cfg(feature = "relay")]
mod sqlite;
#[cfg(feature = "relay")]
mod store;
#[cfg(feature = "relay")]
pub mod table;
#[cfg(feature = "relay")]
mod token;
#[cfg(feature = "relay")]
mod verdict;
#[cfg(feature = "relay")]
mod visitor;

#[cfg(feature = "relay")]
pub use memory::{have_files, keep_small};
#[cfg(feature = "relay")]
pub use run::{RelayError, Settings, run};
#[cfg(feature = "relay")]
pub use shared::{Notify, Reload};
#[cfg(feature = "relay")]
pub use store::{Store, open};
#[cfg(feature = "relay")]
pub use token::{AdminToken, VARIABLE as ADMIN_VARIABLE};

/// What happens in a relay, for whoever started it. There is nothing of a visitor in it but the id of their lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It takes requests from now on.
    Listening {
        /// The address where it listens, with the port that the system gave it.
        url: String,
        /// How many forms it takes leads for.
        forms: usize,
    },
    /// A lead is on disk.
    Taken {
        /// The lead's id.
        lead: String,
        /// Its form, or what else it is.
        form: String,
        /// Its score, and for what.
        signs: String,
        /// Is it kept back until a person has looked at it?
        is_held: bool,
    },
    /// A request was refused, and nothing was kept.
    Refused {
        /// The status of HTTP that the page got.
        status: u16,
        /// What is wrong with it, for the site's owner.
        why: String,
    },
    /// A webhook was sent a lead.
    Tried {
        /// The id of the lead that was sent.
        lead: String,
        /// The webhook's id in the configuration.
        webhook: String,
        /// Which attempt it was, from 1.
        tries: u32,
        /// What came of it: `delivered`, `later`, `dead`.
        outcome: &'static str,
        /// The status of the answer, if there was one.
        status: Option<u16>,
        /// What it said, without anything that could be a key.
        said: String,
    },
    /// Leads don't arrive, and somebody should look.
    Alert {
        /// The webhook's id in the configuration.
        webhook: String,
        /// What is wrong with its deliveries, as a sentence.
        why: String,
    },
    /// The site was read again; how many problems it has that keep the relay with what it knew.
    Reloaded {
        /// None: it knows the site as it is now.
        problems: usize,
    },
    /// The store can't be written.
    Store(String),
    /// Leads that had arrived long ago were removed.
    Purged(usize),
    /// Somebody has sent a token to the page for the site's own people.
    SignIn {
        /// Was it the right token?
        is_right: bool,
    },
    /// Somebody has done something on that page.
    Person {
        /// What: `resend`, `discard`, `purge`, `forget`.
        what: &'static str,
        /// How many leads or deliveries that was about.
        count: u64,
    },
    /// A visitor has confirmed their address, and their lead goes on.
    Confirmed {
        /// The lead's id.
        lead: String,
    },
    /// Leads were removed because nobody confirmed the address.
    Expired(usize),
}
