//! The site in a real browser, headless, under the headers that its hosts send.
//!
//! Start to read at [`driver`], what a test can do with a page, and [`server`], what the page comes from. A test is plain
//! blocking code:
//!
//! ```ignore
//! #[test]
//! fn the_page_of_an_insight_leads_home() {
//!     let site = demo();
//!     let server = Server::of(&site.path("public"), Serve::default());
//!     let Some(page) = Browser::open(Options::default()) else { return };
//!     page.goto(&server.url("/insights/let-them-call-you/"));
//!     page.find("a.brand").click();
//!     page.wait("location.pathname === '/'");
//!     page.assert_no_errors();
//! }
//! ```
//!
//! - Nothing sleeps for a fixed time: [`Browser::find`] and [`Browser::wait`] look until they see what they want.
//! - [`Browser::assert_no_errors`] is the last line of a test. It includes exceptions and what the content security policy stopped.
//! - The log of a server is filtered by path, never counted from one end: browsers ask for icons whenever they like.
//! - A browser is used by [one test after the other](pool), and each finds it as if it were new.
//! - A test has one browser at a time, and [few run at once](driver), so take it late and keep to few pages.
//! - A test that fails leaves a picture of the page, and says where.
//! - A test that wants pages of its own makes a [`Site`], calls `build` and serves its `public`.
//! - Where no browser is found, `open` gives nothing, says so, and the test ends; with the variable `CI` set it fails.

mod admin;
mod admin_host;
mod blocks;
mod cases;
mod code;
mod conditions;
mod driver;
mod element;
mod engines;
mod headers;
mod hostile;
mod integrations;
mod keys;
mod leads;
mod lock;
#[cfg(feature = "avif")]
mod pictures;
mod playbooks;
mod policy;
mod pool;
mod process;
mod programs;
mod scripts;
mod search;
mod serve;
mod server;
mod share;
mod sizes;
mod smoke;

pub(crate) use conditions::{Network, Screen, Scripts};
pub(crate) use driver::{Browser, Options, Tab};
pub(crate) use server::{Serve, Server};

pub(crate) use crate::support::shared::demo;
