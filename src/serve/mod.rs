//! The site on this computer while somebody writes it: rendered when it is asked for, and shown anew when it changes.
//!
//! [`preview`] holds the last good site and knows nothing of sockets and clocks; [`host`] answers as a host would. [`run`]
//! puts a server (`http`) and a watcher (`watch`) around them. What is served is what a build writes; only `http` adds
//! the script that reloads pages, at the very end. Forms are sent to the [`inbox`]. Start with [`Preview::update`].

mod client;
pub mod defaults;
mod editor;
mod events;
mod guard;
pub mod host;
mod http;
pub mod inbox;
mod look;
mod page;
pub mod preview;
mod problems;
mod replies;
mod server;
mod steps;
pub mod viewers;
mod watch;

pub use self::preview::Preview;
pub use http::{ListenAddress, StartError, run};
pub use server::{FirstSteps, Notice};
pub use watch::Watching;
