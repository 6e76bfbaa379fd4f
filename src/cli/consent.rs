//! `ringback consent`: what somebody agreed to, from the hash in the receipt of their lead.

use serde::Serialize;

use super::{Settings, Status, complain, print, print_json};
use crate::commands::consent::{HistoryDepth, Receipt};
use crate::diag::Diagnostics;
use crate::diag::emit::Format;
use crate::encode::terminal::line as plain;
use crate::project::history::{Commit, History, NoHistory};

/// Fewer digits would fit the words of many.
const LEAST: usize = 8;

/// What `ringback consent` prints for programs.
#[derive(Serialize)]
struct Answer<'a> {
    version: u8,
    hash: &'a str,
    found: &'a [Receipt],
    /// `whole`, `shallow` or `none`.
    history: &'static str,
}

impl Settings {
    /// Prints the words behind a hash.
    pub(super) fn consent(&self, hash: &str) -> Result<Status, String> {
        let hash = hash.trim().to_ascii_lowercase();
        let is_hash = (LEAST..=64).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_hash {
            return Err(format!(
                "`{}` isn't the hash of a consent, which is the `text_sha256` of a lead, 64 digits from 0 to f, or at least the first {LEAST} of them",
                plain(&hash)
            ));
        }
        let mut diagnostics = Diagnostics::new();
        let history = History::open(&self.root);
        let (found, past) =
            crate::commands::consent::consents(&self.project, history, &hash, &mut diagnostics);
        if diagnostics.has_errors() {
            return Ok(self.report(&diagnostics.sorted(), ": nothing was looked up"));
        }
        if self.style.format == Format::Json {
            let history = match past {
                HistoryDepth::Whole => "whole",
                HistoryDepth::Shallow => "shallow",
                HistoryDepth::None(_) => "none",
            };
            let answer = Answer { version: 1, hash: &hash, found: &found, history };
            print_json(&answer);
        } else if found.is_empty() {
            complain!("{}", not_found(&hash, &past).trim_end());
        } else {
            print(&found.iter().map(|receipt| format_receipt(receipt, &past)).collect::<Vec<_>>().join("\n"));
        }
        Ok(if found.is_empty() { Status::Content } else { Status::Fine })
    }
}

fn format_receipt(receipt: &Receipt, past: &HistoryDepth) -> String {
    let words = &receipt.words;
    let mut about = format!("`{}`, consent `{}`, in `{}`", words.form, words.consent, words.lang);
    match &words.version {
        Some(version) => about += &format!(", version {version}"),
        None => about += ", without a version",
    }
    match words.required {
        Some(true) => about += ", required",
        Some(false) => about += ", free to choose",
        None => {}
    }
    let mut text = format!("{}\n", plain(&about));
    for line in words.text.lines() {
        text += &format!("  > {}\n", plain(line));
    }
    for link in &words.links {
        text += &format!("  `{}` leads to {}\n", plain(&link.words), plain(&link.target));
    }
    text += &format!("  hash: {}\n", words.text_sha256);
    match &words.file {
        Some(file) if receipt.now => text += &format!("  {}, as it is now\n", plain(file)),
        Some(file) => text += &format!("  {}, no longer\n", plain(file)),
        None => {
            text += "  a built-in form of ringback; no form of this site extends it now\n";
        }
    }
    text + &how_often(receipt, past)
}

/// When the words stood in the site.
fn how_often(receipt: &Receipt, past: &HistoryDepth) -> String {
    if let HistoryDepth::None(why) = past {
        return format!("  it isn't known since when: {}\n", no_history(why));
    }
    let mut text = String::new();
    for period in &receipt.periods {
        let at = if receipt.on_branch { "since" } else { "on another branch since" };
        text += &format!("  {at} {}\n", commit(&period.since));
        match &period.until {
            Some(until) => text += &format!("  until {}\n", commit(until)),
            None if !receipt.now && receipt.on_branch => {
                text += "  until a change that isn't committed\n";
            }
            None => {}
        }
    }
    if receipt.now && receipt.periods.last().is_none_or(|period| period.until.is_some()) {
        text += "  now, in a change that isn't committed\n";
    }
    if *past == HistoryDepth::Shallow {
        text +=
            "  perhaps longer: only part of the history is here (`git fetch --unshallow` gets the rest)\n";
    }
    text
}

fn commit(commit: &Commit) -> String {
    let id = commit.id.get(..10).unwrap_or(&commit.id);
    format!("{} ({id} {})", commit.date, plain(&commit.subject))
}

fn no_history(why: &NoHistory) -> String {
    match why {
        NoHistory::NoGit => "`git` isn't installed".into(),
        NoHistory::NoRepository => "the site isn't in a git repository".into(),
        NoHistory::Failed(said) => format!("git failed: {}", plain(said)),
    }
}

fn not_found(hash: &str, past: &HistoryDepth) -> String {
    let mut text = format!("error: no consent text has the hash `{hash}`\n");
    text += match past {
        HistoryDepth::None(_) => "  searched: the current forms and the built-in ones, in every language\n",
        _ => {
            "  searched: the forms as they are now and in every commit, and the built-in ones, in every language\n"
        }
    };
    match past {
        HistoryDepth::None(why) => {
            text += &format!("  = help: the history was not searched: {}\n", no_history(why))
        }
        HistoryDepth::Shallow => {
            text += "  = help: only part of the history is here; `git fetch --unshallow` gets the rest\n";
        }
        HistoryDepth::Whole => {}
    }
    for help in [
        "the lead may be from another site, or its form from a repository that this one came from",
        "a text that was published but never committed isn't in the history",
        "the built-in forms are those of this version of ringback; another version may have had other texts",
    ] {
        text += &format!("  = help: {help}\n");
    }
    text
}
