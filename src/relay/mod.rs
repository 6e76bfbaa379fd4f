//! The relay: takes leads from the site's pages, has each on disk before the visitor is thanked, and hands it on until
//! every webhook of its form has it.
//!
//! [`routes`] is what it knows of the site. `http` takes requests, and `intake` makes a lead of each, or a reason why it
//! is none; `native` does that for browsers without JavaScript. [`queue`] keeps it, in the [`Store`], with one `fsync`
//! for all that come at once. `deliver` has a thread for each webhook, so that one that hangs holds up no other; `verdict`
//! says what an answer means. [`run`] starts and ends all of it, and [`Notice`] is what there is to tell.
//!
//! A 2xx means that the lead is on disk. From then on it goes to each webhook at least once, always with the same id, or
//! a person is told.

mod challenges;
mod confirm;
mod crm;
mod deliver;
mod doubts;
mod files;
mod http;
mod intake;
mod memory;
mod native;
mod post;
mod postgresql;
pub mod queue;
mod respond;
pub mod routes;
mod run;
mod senders;
mod shared;
mod signature;
mod spam;
mod sqlite;
mod store;
pub mod table;
mod verdict;
mod visitor;

pub use memory::{have_files, keep_small};
pub use run::{Refused, Settings, run};
pub use shared::{Reload, Tell};
pub use store::{Store, open};

/// What happens in a relay, for whoever started it. There is nothing of a visitor in it but the id of their lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It listens.
    Listening {
        /// At this address.
        url: String,
        /// For this number of forms.
        forms: usize,
    },
    /// A lead is on disk.
    Taken {
        /// Its id.
        lead: String,
        /// Its form, or what else it is.
        form: String,
        /// Its score, and for what.
        signs: String,
        /// Is it kept back until a person has looked at it?
        is_held: bool,
    },
    /// A request was refused.
    Refused {
        /// With this status.
        status: u16,
        /// For this reason.
        why: String,
    },
    /// A webhook was sent a lead.
    Tried {
        /// The lead's id.
        lead: String,
        /// The webhook.
        webhook: String,
        /// The attempt, from 1.
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
        /// The webhook.
        webhook: String,
        /// What is wrong.
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
    /// A visitor has confirmed their address, and their lead goes on.
    Confirmed {
        /// Its id.
        lead: String,
    },
    /// Leads were removed because nobody confirmed the address.
    Expired(usize),
}
