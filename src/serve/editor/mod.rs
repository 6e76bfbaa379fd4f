//! The editor in the browser: pages are written here by those who have no other editor.
//!
//! [`document`] is what is sent of a file, [`fields`] which of its keys are fields of a form, `words` what all of it is called,
//! and `requests` how it is asked for. What is changed goes through [`crate::authoring::editing`], which keeps the bytes of
//! what isn't meant, and is written whole or not at all. A file that somebody else has changed meanwhile is joined with what
//! was written here, or nothing is written and it is said.

pub(super) mod document;
mod fields;
mod pictures;
mod recording;
pub(super) mod requests;
mod words;

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::authoring::editing::{self, Change, LineChange};
use crate::encode::bytes::hex;
use crate::output::replace::replace;
use crate::project::{DiskProject, PathKind, Project as _};
use crate::yaml::edit::EditError;

/// So many states of files are remembered: what is joined, undone and compared needs them.
const REMEMBERED: usize = 500;

/// Why something isn't done; the words for it are the browser's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) enum Problem {
    /// The file isn't there, or isn't one that is written here.
    NoFile,
    /// It isn't text in UTF-8.
    NotText,
    /// The front matter can't be read as it is.
    NotYaml,
    /// What is meant can't be written without changing something else.
    CantBeChanged,
    /// Somebody else has changed the same lines.
    Conflict,
    /// The state that the changes were made on isn't known any more.
    Unknown,
    /// The disk is full, or the file may not be changed.
    NotWritten,
    /// It has more bytes than the editor takes.
    TooLarge,
    /// No picture, or of a type that browsers don't show.
    NoPicture,
    /// It can't be begun like this.
    NotBegun,
    /// Git doesn't record it, or there is no git.
    NotRecorded,
    /// Something else is checked out by now.
    Moved,
    /// No file was chosen that has changed.
    NothingChosen,
}

/// A [`Problem`], with what the system or a rule of the site says of it; may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Refused {
    problem: Problem,
    reason: String,
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self { problem, reason: String::new() }
    }
}

impl From<EditError> for Refused {
    fn from(refusal: EditError) -> Self {
        Self::from(match refusal {
            EditError::NotYaml => Problem::NotYaml,
            EditError::NoSuchPlace | EditError::CantBeChanged => Problem::CantBeChanged,
        })
    }
}

impl Refused {
    fn new(problem: Problem, reason: impl ToString) -> Self {
        Self { problem, reason: reason.to_string() }
    }
}

/// A state of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileState {
    file: String,
    /// Stands for the text: other texts have other versions.
    version: String,
    text: String,
}

/// What became of the changes that somebody saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    /// They were made on what was there.
    Alone,
    /// They were joined with somebody else's.
    Joined,
}

/// The files of a site that are written in the browser.
#[derive(Debug)]
pub(super) struct Editor {
    disk: DiskProject,
    /// States that pages may still be changed from, the newest last.
    states: Mutex<VecDeque<FileState>>,
    /// Files that were written here.
    written: Mutex<BTreeSet<String>>,
}

impl Editor {
    /// The editor of the site on this disk, without any state yet.
    pub(super) fn new(disk: DiskProject) -> Self {
        Self { disk, states: Mutex::default(), written: Mutex::default() }
    }

    fn states(&self) -> MutexGuard<'_, VecDeque<FileState>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file as it is now.
    fn open(&self, file: &str) -> Result<FileState, Refused> {
        let mut states = self.states();
        self.open_with(file, &mut states)
    }

    fn open_with(&self, file: &str, states: &mut VecDeque<FileState>) -> Result<FileState, Refused> {
        if !is_written_here(file) || self.disk.path_kind(file) != PathKind::File {
            return Err(Problem::NoFile.into());
        }
        let bytes = self.disk.read(file).map_err(|error| Refused::new(Problem::NoFile, error.message))?;
        let text = String::from_utf8(bytes).map_err(|_| Problem::NotText)?;
        Ok(remember(states, file, text))
    }

    fn remembered(&self, file: &str, version: &str) -> Option<FileState> {
        self.states().iter().find(|state| state.file == file && state.version == version).cloned()
    }

    /// Makes changes of the state `version` of a file.
    fn save(&self, file: &str, version: &str, changes: &[Change]) -> Result<(FileState, Saved), Refused> {
        // A file that is as it was is known also to a server that has just begun.
        self.open(file)?;
        let base = self.remembered(file, version).ok_or(Problem::Unknown)?;
        let mine = editing::edited(&base.text, changes)?;
        // Who writes next waits, and sees this.
        let mut states = self.states();
        let now = self.open_with(file, &mut states)?;
        let text = editing::merged(&base.text, &mine, &now.text).ok_or(Problem::Conflict)?;
        let saved = if now.text == base.text { Saved::Alone } else { Saved::Joined };
        if text != now.text {
            replace(&self.disk.disk_path(file), text.as_bytes())
                .map_err(|error| Refused::new(Problem::NotWritten, error))?;
            self.wrote(file);
        }
        Ok((remember(&mut states, file, text), saved))
    }

    /// Gives a file the text of a state that it had; what came after it stays remembered.
    fn restore(&self, file: &str, version: &str, to: &str) -> Result<FileState, Refused> {
        let earlier = self.remembered(file, to).ok_or(Problem::Unknown)?;
        let mut states = self.states();
        let now = self.open_with(file, &mut states)?;
        if now.version != version {
            return Err(Problem::Conflict.into());
        }
        replace(&self.disk.disk_path(file), earlier.text.as_bytes())
            .map_err(|error| Refused::new(Problem::NotWritten, error))?;
        self.wrote(file);
        Ok(remember(&mut states, file, earlier.text))
    }

    /// The lines that differ from a state that a file had.
    fn compare(&self, file: &str, from: &str) -> Result<Vec<LineChange>, Refused> {
        let earlier = self.remembered(file, from).ok_or(Problem::Unknown)?;
        Ok(editing::compare(&earlier.text, &self.open(file)?.text))
    }

    /// Notes that a file was written here.
    fn wrote(&self, file: &str) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_string());
    }

    /// Was this file written here?
    fn has_written(&self, file: &str) -> bool {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).contains(file)
    }

    /// Where a file of the site is on disk.
    pub(super) fn disk_path(&self, file: &str) -> PathBuf {
        self.disk.disk_path(file)
    }
}

fn remember(states: &mut VecDeque<FileState>, file: &str, text: String) -> FileState {
    let version = hex(&Sha256::digest(text.as_bytes())[..12]);
    let state = FileState { file: file.to_string(), version, text };
    states.retain(|known| *known != state);
    states.push_back(state.clone());
    if states.len() > REMEMBERED {
        states.pop_front();
    }
    state
}

/// Only pages and forms are written in a browser: nothing that runs, nothing that configures, and nothing outside.
fn is_written_here(file: &str) -> bool {
    let is_text = [".md", ".yaml"].iter().any(|ending| file.ends_with(ending));
    let is_name =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', ':']);
    is_text && file.starts_with("content/") && file.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::authoring::editing::PathStep;
    use crate::testing::{assert_declared, declaration};

    const FILE: &str = "content/insights/a.md";

    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn site(text: &str) -> (tempfile::TempDir, Editor) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("content/insights")).expect("a folder");
        std::fs::write(folder.path().join(FILE), text).expect("written");
        let editor = Editor::new(DiskProject::new(folder.path(), None));
        (folder, editor)
    }

    fn title(value: &str) -> Vec<Change> {
        vec![Change::Set { path: vec![PathStep::Key("title".into())], value: json!(value) }]
    }

    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn on_disk(folder: &tempfile::TempDir) -> String {
        std::fs::read_to_string(folder.path().join(FILE)).expect("read")
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn what_others_write_meanwhile_is_joined_or_told() {
        let (folder, editor) = site("---\ntitle: A # why\n---\n\nOne.\n\nTwo.\n");
        let opened = editor.open(FILE).expect("there");
        let (second, saved) = editor.save(FILE, &opened.version, &title("B")).expect("saved");
        assert_eq!(
            (saved, on_disk(&folder).as_str()),
            (Saved::Alone, "---\ntitle: B # why\n---\n\nOne.\n\nTwo.\n")
        );
        // In another editor.
        std::fs::write(folder.path().join(FILE), second.text.replace("Two", "2")).expect("written");
        let (third, saved) = editor.save(FILE, &second.version, &title("C")).expect("saved");
        assert_eq!(
            (saved, on_disk(&folder).as_str()),
            (Saved::Joined, "---\ntitle: C # why\n---\n\nOne.\n\n2.\n")
        );
        // Two tabs, the same line.
        let refused = editor.save(FILE, &second.version, &title("D")).expect_err("the same line");
        assert_eq!((refused.problem, on_disk(&folder)), (Problem::Conflict, third.text.clone()));
        assert_eq!(editor.save(FILE, "unknown", &title("D")).expect_err("no").problem, Problem::Unknown);
        assert_eq!(
            editor
                .compare(FILE, &opened.version)
                .expect("known")
                .iter()
                .filter(|line| line.kind != editing::LineKind::Same)
                .count(),
            4
        );
        assert_eq!(
            editor.restore(FILE, &second.version, &opened.version).expect_err("not the newest").problem,
            Problem::Conflict
        );
        editor.restore(FILE, &third.version, &opened.version).expect("known");
        assert_eq!(on_disk(&folder), opened.text);
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn nothing_but_pages_and_forms_is_opened() {
        let (folder, editor) = site("x");
        for file in [
            "ringback.yaml",
            "content/x.html",
            "content/../ringback.yaml",
            "content/insights/../insights/a.md",
            "content//insights/a.md",
            "/etc/passwd",
            "content/.git/x.md",
            "content/insights\\a.md",
            "content/insights/b.md",
            "content/insights",
            "",
        ] {
            std::fs::write(folder.path().join("ringback.yaml"), "x").expect("written");
            assert_eq!(editor.open(file).expect_err(file).problem, Problem::NoFile, "{file}");
        }
        #[cfg(unix)]
        {
            let outside = tempfile::tempdir().expect("a folder");
            std::fs::write(outside.path().join("secret.md"), "secret").expect("written");
            std::os::unix::fs::symlink(
                outside.path().join("secret.md"),
                folder.path().join("content/link.md"),
            )
            .expect("a link");
            assert!(editor.open("content/link.md").is_err());
        }
        std::fs::write(folder.path().join(FILE), b"\xff").expect("written");
        assert_eq!(editor.open(FILE).expect_err("bytes").problem, Problem::NotText);
    }

    #[cfg(unix)]
    #[test]
    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn a_file_that_may_not_be_changed_stays_and_it_is_said() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, editor) = site("---\ntitle: A\n---\n");
        let opened = editor.open(FILE).expect("there");
        std::fs::set_permissions(folder.path().join(FILE), std::fs::Permissions::from_mode(0o444))
            .expect("set");
        let refused = editor.save(FILE, &opened.version, &title("B")).expect_err("read-only");
        assert_eq!((refused.problem, on_disk(&folder)), (Problem::NotWritten, opened.text));
        assert!(!refused.reason.is_empty());
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn a_file_that_got_another_name_is_told_and_not_made_again() {
        let (folder, editor) = site("---\ntitle: A\n---\n");
        let opened = editor.open(FILE).expect("there");
        let other = folder.path().join("content/insights/other.md");
        std::fs::rename(folder.path().join(FILE), &other).expect("renamed");
        let refused = editor.save(FILE, &opened.version, &title("B")).expect_err("gone");
        assert_eq!(refused.problem, Problem::NoFile);
        assert!(!folder.path().join(FILE).exists());
        assert_eq!(std::fs::read_to_string(other).expect("there"), opened.text);
    }

    #[test]
    fn scripts_know_what_is_sent() {
        let types = [
            declaration::<Change>(),
            declaration::<PathStep>(),
            declaration::<Problem>(),
            declaration::<Refused>(),
            declaration::<document::Opened>(),
            declaration::<document::EditorPage>(),
            declaration::<document::FileRow>(),
            declaration::<document::Translation>(),
            declaration::<requests::PastedText>(),
            declaration::<crate::project::recording::Head>(),
            declaration::<crate::project::recording::FileChange>(),
            declaration::<recording::ChangedPage>(),
            declaration::<recording::Recordable>(),
            declaration::<recording::RecordRequest>(),
            declaration::<recording::Recorded>(),
            declaration::<fields::Field>(),
            declaration::<crate::editorial::schema::Named>(),
            declaration::<crate::editorial::schema::Shape>(),
            declaration::<crate::editorial::schema::Key>(),
            declaration::<crate::editorial::schema::Outline>(),
            declaration::<fields::Input>(),
            declaration::<words::Words>(),
            declaration::<words::Group>(),
            declaration::<crate::editorial::labels::KindWord>(),
            declaration::<crate::editorial::labels::Block>(),
        ];
        assert_declared("serve/client/editor.d.ts", &types);
    }
}
