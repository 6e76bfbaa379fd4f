//! The share kit in the team's edition, and the card of the rep whose link somebody followed in the public one.
//!
//! That the card follows `privacy` and the lead carries the rep is tested beside attribution, in `leads`.

mod card;
mod kit;
mod looks;

use super::{Serve, Server, demo};
use crate::support::Site;

/// A page with key takeaways and no gate, and one with a gate.
const ARTICLE: &str = "/insights/the-hour-after-a-mistake/";
const GUIDE: &str = "/insights/a-crm-people-want-to-fill-in/";

/// An edition of the demo, served.
fn serve(edition: &str) -> (&'static Site, Server) {
    let site = demo();
    let server = Server::of(&site.path(edition), Serve::default());
    (site, server)
}
