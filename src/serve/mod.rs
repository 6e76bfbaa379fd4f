//! The site on this computer while somebody writes it: rendered when it is asked for, and shown anew when it changes.
//!
//! [`state`] holds the last good site and knows nothing of sockets and clocks; [`host`] answers as a host would. [`run`]
//! puts a server (`http`) and a watcher (`watch`) around them. What is served is what a build writes; only `http` adds
//! the script that reloads pages, at the very end. Forms are sent to the [`inbox`]. Start with [`State::update`].

mod connections;
mod events;
mod guard;
pub mod host;
mod http;
pub mod inbox;
mod page;
mod problems;
pub mod seen;
pub mod stand_in;
pub mod state;
mod watch;

pub use http::{Notice, Place, Refused, run};
pub use state::State;
