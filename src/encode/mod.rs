//! How text becomes part of something else without being taken for it: one home for every encoding of the output.
//!
//! Nothing outside of this module escapes, percent-encodes or prints digits of bytes; a test of the architecture looks
//! for copies. Each function names the rule that it follows.
//!
//! | where text goes | module |
//! |---|---|
//! | HTML, as text or as the value of an attribute | [`html`] |
//! | a part of a URL, a form that is sent | [`percent`] |
//! | JSON, in a file of its own | [`json`] |
//! | JSON inside of a script element | [`script`] |
//! | XML: feeds, sitemaps | [`xml`] |
//! | a line of `_headers` or `_redirects` | [`header`] |
//! | a `mailto:` link | [`mail`] |
//! | a `tel:` link | [`phone`] |
//! | a terminal | [`terminal`] |
//! | a command of GitHub's workflows | [`workflow`] |
//! | an address, in a link or a setting | [`address`] |
//! | the source of a policy, an address's origin | [`origin`] |
//! | bytes as letters and digits | [`bytes`] |
//! | a colour, in a style sheet or a setting | [`colors`] |
//! | an entry for a calendar, of an event | [`calendar`] |
//! | a message in a team's channel | [`chat`] |
//! | a table for spreadsheets | [`csv`] |
//!
//! Calendar entries of calls are made in the browser, by `script.js`.

pub mod address;
pub mod bytes;
pub mod calendar;
pub mod chat;
pub mod colors;
pub mod csv;
pub mod header;
pub mod html;
pub mod json;
pub mod mail;
pub mod origin;
pub mod percent;
pub mod phone;
pub mod print;
pub mod script;
pub mod slug;
pub mod terminal;
pub mod url;
pub mod workflow;
pub mod xml;
