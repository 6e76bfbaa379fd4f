//! Surveys: people rate somebody, say how satisfied they are, or write down a visit; whoever asks puts the answers together.
//!
//! [`check_all`] reports what would make a survey unfair or unreadable; [`config`] is the JSON that browsers read; [`code`] is what
//! an answer looks like on its way; [`people`], [`visits`] and [`satisfaction`] put answers together, as the scripts do.
//! `docs/content/surveys.md` is for authors.

mod check;
pub mod code;
mod data;
pub mod people;
mod print;
pub mod satisfaction;
pub mod visits;

use crate::diag::Diagnostics;
use crate::plan::{ClientFile, client_files};
use crate::site::Site;

pub use data::config;

/// The browser code: one script for whoever answers, one for whoever puts answers together, and one that takes the first answer
/// from a link.
pub const CLIENT: &[ClientFile] = client_files!("src/leads/surveys/client":
    Entry "survey", Part "survey-kept", Part "survey-lead",
    Entry "survey-results", Part "survey-people", Part "survey-tables", Part "survey-links",
    Entry "survey-first", Helper "survey-code", Helper "survey-visits");

/// Checks all surveys that were read without a mistake.
pub fn check_all(site: &Site, diagnostics: &mut Diagnostics) {
    for survey in site.content.asked.surveys.iter().filter(|survey| survey.is_valid) {
        check::check(site, survey, diagnostics);
    }
}

#[cfg(test)]
mod tests;
