//! Everything that is tested through the library's public door or the real binary: one program, quick to link.

#![allow(clippy::disallowed_methods, reason = "tests make sites on disk and look at what was written")]
#![allow(clippy::too_many_lines, reason = "a test tells one story from its beginning to its end")]

#[macro_use]
#[path = "support/stores.rs"]
mod stores;

mod addresses;
mod architecture;
mod asked;
#[cfg(feature = "avif")]
mod avif;
// The driver's process is held by a shell.
#[cfg(unix)]
mod browser;
mod call;
mod calls;
mod cards;
mod checks;
mod code;
mod commonmark;
mod consent;
mod diagnostics;
mod docs;
mod doctor;
mod external;
mod files;
mod fix;
mod foreign;
mod gates;
mod handbook;
mod import;
mod import_kinds;
mod import_site;
mod invariants;
mod lead;
mod lock;
mod look;
mod many;
mod offers;
mod output;
mod own_blocks;
mod own_receiver;
mod packaging;
mod pictures;
mod podcast;
mod random_sites;
mod reasons;
mod relay;
mod relay_admin;
mod relay_attacks;
mod relay_canary;
mod relay_confirm;
mod relay_crm;
#[cfg(unix)]
mod relay_database;
#[cfg(unix)]
mod relay_failover;
#[cfg(unix)]
mod relay_faults;
mod relay_proof;
mod relay_rules;
#[cfg(unix)]
mod relay_running;
mod relay_tokens;
mod run_script;
mod script_graph;
mod script_picture;
mod secrets;
mod serve;
mod serve_http;
mod share;
mod sites;
mod speakers;
mod start;
mod support;
mod templates;
mod terms;
mod translations;
mod words;
