//! What of the site's pages can be recorded in its git repository, and recording it.

use serde::{Deserialize, Serialize};

use super::{Editor, Problem, Refused};
use crate::project::recording::{FileChange, Head, NotRecorded, Recording, Repository};

/// The files that could be recorded, and where.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Recordable {
    head: Head,
    files: Vec<ChangedPage>,
}

/// A file below `content/` that has changed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ChangedPage {
    path: String,
    change: FileChange,
    /// Was it written in this editor, since `serve` was started?
    written: bool,
}

/// The files that somebody has chosen to record.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(Serialize, ts_rs::TS))]
pub(super) struct RecordRequest {
    head: Head,
    files: Vec<String>,
    message: String,
    branch: String,
}

/// The commit that was made.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Recorded {
    /// The short id of the commit.
    commit: String,
    branch: String,
}

/// The repository of the site, where it has one.
pub(super) fn repository(editor: &Editor) -> Option<Repository> {
    Repository::find(&editor.disk_path(""))
}

/// The changed files of the site that can be recorded; an error where there is no repository, or git says no.
pub(super) fn recordable(editor: &Editor) -> Result<Recordable, Refused> {
    let repository = repository(editor).ok_or(Problem::NotRecorded)?;
    let files = repository.changed().map_err(|said| Refused::new(Problem::NotRecorded, said))?;
    let page = |path: String, change| ChangedPage { written: editor.has_written(&path), path, change };
    let files = files.into_iter().map(|file| page(file.path, file.change));
    Ok(Recordable { head: repository.head(), files: files.collect() })
}

/// Records what somebody has chosen.
pub(super) fn record(editor: &Editor, asked: &RecordRequest) -> Result<Recorded, Refused> {
    if asked.message.trim().is_empty() {
        return Err(Problem::NotRecorded.into());
    }
    let repository = repository(editor).ok_or(Problem::NotRecorded)?;
    let RecordRequest { head, files, message, branch } = asked;
    let commit = repository.record(&Recording { head, files, message, branch }).map_err(|why| match why {
        NotRecorded::Moved => Problem::Moved.into(),
        NotRecorded::NothingChanged => Problem::NothingChosen.into(),
        NotRecorded::Refused(said) => Refused::new(Problem::NotRecorded, said),
    })?;
    Ok(Recorded { commit, branch: repository.head().branch })
}
