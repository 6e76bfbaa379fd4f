//! What a site's files were before, where the site is a git repository. `git` is only asked, never told to change
//! anything.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::git;

/// A commit of the site's repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commit {
    /// Its id in full, 40 or 64 hexadecimal digits.
    pub id: String,
    /// The day it was made: `2026-11-02`.
    pub date: String,
    /// The first line of its message.
    pub subject: String,
}

/// Why there is no history to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoHistory {
    /// The program `git` isn't installed.
    NoGit,
    /// The site is in no repository.
    NoRepository,
    /// Git refuses, in its own words.
    Failed(String),
}

/// Which commits of the history are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Those by which the branch that is checked out became what it is, one after the other.
    Branch,
    /// All of every branch and tag.
    All,
}

/// A file of a commit: its path from the site's root, and the id of what is in it.
pub type File = (String, String);

/// The history of a site.
#[derive(Debug)]
pub struct History {
    root: PathBuf,
}

impl History {
    /// The history of the site in `root`.
    ///
    /// # Errors
    ///
    /// There is none that can be looked at.
    pub fn open(root: &Path) -> Result<Self, NoHistory> {
        let history = Self { root: root.to_path_buf() };
        match history.git(["rev-parse", "--is-inside-work-tree"]) {
            Ok(answer) if answer == b"true\n" => Ok(history),
            Ok(_) => Err(NoHistory::NoRepository),
            Err(NoHistory::Failed(said)) if said.contains("not a git repository") => {
                Err(NoHistory::NoRepository)
            }
            Err(other) => Err(other),
        }
    }

    /// Was only a part of it fetched?
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.git(["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == b"true\n")
    }

    /// The commits that changed something below `paths`, oldest first.
    ///
    /// # Errors
    ///
    /// Git refuses.
    pub fn commits(&self, paths: &[&str], line: Line) -> Result<Vec<Commit>, NoHistory> {
        if self.git(["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
            // Nothing was ever committed here.
            return Ok(Vec::new());
        }
        let which: &[&str] = match line {
            Line::Branch => &["--first-parent", "HEAD"],
            Line::All => &["--all", "--full-history"],
        };
        let start = ["log", "--reverse", "--topo-order", "--no-show-signature", "--format=%H%x1f%cI%x1f%s"];
        let found = self.git(start.iter().chain(which).chain(&["--"]).chain(paths))?;
        let found = String::from_utf8_lossy(&found);
        Ok(found.lines().filter_map(commit).collect())
    }

    /// The files that a commit has below `paths`, sorted.
    ///
    /// # Errors
    ///
    /// Git refuses.
    pub fn files(&self, commit: &Commit, paths: &[&str]) -> Result<Vec<File>, NoHistory> {
        let start = ["ls-tree", "-r", "-z", commit.id.as_str(), "--"];
        let found = self.git(start.iter().chain(paths))?;
        let entries = found.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        // `100644 blob 0a1b…<tab>content/forms/guide.yaml`
        let file = |entry: std::borrow::Cow<'_, str>| {
            let (about, path) = entry.split_once('\t')?;
            let mut about = about.split(' ').skip(1);
            let is_file = about.next() == Some("blob");
            Some((path.to_string(), about.next().filter(|_| is_file)?.to_string()))
        };
        Ok(entries.filter_map(file).collect())
    }

    /// What is in a file, by the id that [`History::files`] gives.
    ///
    /// # Errors
    ///
    /// Git refuses.
    pub fn read(&self, id: &str) -> Result<Vec<u8>, NoHistory> {
        self.git(["cat-file", "blob", id])
    }

    fn git<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Result<Vec<u8>, NoHistory> {
        let output =
            git::command(&self.root).args(arguments).output().map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => NoHistory::NoGit,
                _ => NoHistory::Failed(error.to_string()),
            })?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said.lines().next().unwrap_or("it gave no reason");
        Err(NoHistory::Failed(first.trim_start_matches("fatal: ").to_string()))
    }
}

fn commit(line: &str) -> Option<Commit> {
    let mut parts = line.splitn(3, '\u{1f}').map(str::to_string);
    let (id, time, subject) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Commit { id, date: time.get(..10)?.to_string(), subject })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_is_a_commit() {
        let found = commit("0a1b\u{1f}2026-11-02T09:30:00+01:00\u{1f}Say: a, b").unwrap();
        assert_eq!(
            (found.id.as_str(), found.date.as_str(), found.subject.as_str()),
            ("0a1b", "2026-11-02", "Say: a, b")
        );
        assert_eq!(commit(""), None);
    }
}
