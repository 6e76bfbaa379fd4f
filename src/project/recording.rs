//! Recording changed files in the site's git repository, for those who write in the preview and don't know git.
//!
//! Only files that are named are recorded. What somebody has prepared for a commit of their own stays prepared. Hooks and
//! signatures are git's own business, and nothing is sent anywhere.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde::{Deserialize, Serialize};

use super::git;

/// Where pages and forms are.
const FOLDER: &str = "content";

/// The most lines of what git says that help anybody.
const MOST_LINES: usize = 12;

/// What is checked out in the repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Head {
    /// The name of the branch; empty where none is.
    pub branch: String,
    /// The whole id of the last commit; empty before the first one.
    pub commit: String,
}

/// What has happened to a file since the last commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum FileChange {
    /// Git doesn't know it yet.
    Added,
    /// Its content differs from the last commit.
    Changed,
    /// It was there in the last commit, and isn't any more.
    Removed,
}

/// A file that isn't as the last commit has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path from the site's root.
    pub path: String,
    /// What has happened to the file since the last commit.
    pub change: FileChange,
}

/// The files that are recorded together, and under which message.
#[derive(Debug, Clone)]
pub struct Recording<'a> {
    /// What was checked out when the files were chosen.
    pub head: &'a Head,
    /// Paths of files that have changed.
    pub files: &'a [String],
    /// The message of the commit.
    pub message: &'a str,
    /// The branch to record it on; one that doesn't exist is made. Empty for the one that is checked out.
    pub branch: &'a str,
}

/// Why nothing was recorded in the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRecorded {
    /// Something else is checked out than when the files were chosen.
    Moved,
    /// A file that was named hasn't changed, or none was named.
    NothingChanged,
    /// Git or one of its hooks refuses, in its own words.
    Refused(String),
}

/// The git repository of a site.
#[derive(Debug)]
pub struct Repository {
    root: PathBuf,
    /// Where the site is in it: empty, or a path that ends with a slash.
    prefix: String,
}

impl Repository {
    /// The repository of the site in `root`; `None` where it is in none, or git isn't there.
    #[must_use]
    pub fn find(root: &Path) -> Option<Self> {
        let output = git::command(root).args(["rev-parse", "--show-prefix"]).output().ok()?;
        let prefix = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
        Some(Self { root: root.to_path_buf(), prefix: prefix.trim_end_matches('\n').to_string() })
    }

    /// What is checked out now; empty where git doesn't say.
    #[must_use]
    pub fn head(&self) -> Head {
        let line = |arguments: &[&str]| {
            let output = self.run(arguments).unwrap_or_default();
            output.trim().to_string()
        };
        Head {
            branch: line(&["symbolic-ref", "--quiet", "--short", "HEAD"]),
            commit: line(&["rev-parse", "--verify", "--quiet", "HEAD"]),
        }
    }

    /// The files below `content/` that aren't as the last commit has them, by path.
    ///
    /// # Errors
    ///
    /// Git refuses, in its own words.
    pub fn changed(&self) -> Result<Vec<ChangedFile>, String> {
        let said = self.run(&[
            "status",
            "--porcelain=v1",
            "-z",
            "--untracked-files=all",
            "--no-renames",
            "--",
            FOLDER,
        ])?;
        // `XY path`: X is what is prepared for a commit, Y what is on disk.
        let file = |entry: &str| {
            let (states, path) = entry.split_at_checked(3)?;
            let change = match states.trim() {
                "??" => FileChange::Added,
                states if states.ends_with('D') => FileChange::Removed,
                states if states.starts_with('A') => FileChange::Added,
                _ => FileChange::Changed,
            };
            Some(ChangedFile { path: path.strip_prefix(&self.prefix)?.to_string(), change })
        };
        let mut files: Vec<ChangedFile> = said.split('\0').filter_map(file).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// Records files; gives the short id of the commit.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: then no commit was made, and nothing is prepared for one that wasn't before.
    pub fn record(&self, recording: &Recording<'_>) -> Result<String, NotRecorded> {
        let head = self.head();
        if head != *recording.head {
            return Err(NotRecorded::Moved);
        }
        let changed = self.changed().map_err(NotRecorded::Refused)?;
        let found: Option<Vec<&ChangedFile>> =
            recording.files.iter().map(|path| changed.iter().find(|file| file.path == *path)).collect();
        let files = found.filter(|files| !files.is_empty()).ok_or(NotRecorded::NothingChanged)?;
        if ![head.branch.as_str(), ""].contains(&recording.branch) {
            self.switch(recording.branch).map_err(NotRecorded::Refused)?;
        }
        let paths = |files: &[&ChangedFile]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        // Git has to know of a file before it can record it alone.
        let new: Vec<&ChangedFile> =
            files.iter().filter(|file| file.change == FileChange::Added).copied().collect();
        let unknown = self.unknown(&paths(&new)).map_err(NotRecorded::Refused)?;
        if !unknown.is_empty() {
            self.run_with(&["add", "--intent-to-add", "--"], &unknown).map_err(NotRecorded::Refused)?;
        }
        let made = self.commit(&paths(&files), recording.message);
        if made.is_err() && !unknown.is_empty() {
            let _ = self.run_with(&["rm", "--cached", "--quiet", "--force", "--"], &unknown);
        }
        made.map_err(NotRecorded::Refused)?;
        self.run(&["rev-parse", "--short", "HEAD"])
            .map(|id| id.trim().to_string())
            .map_err(NotRecorded::Refused)
    }

    /// Those of these files that nobody has told git of.
    fn unknown(&self, files: &[String]) -> Result<Vec<String>, String> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.run_with(&["ls-files", "-z", "--"], files)?;
        let known: Vec<&str> = known.split('\0').collect();
        Ok(files.iter().filter(|file| !known.contains(&file.as_str())).cloned().collect())
    }

    /// Checks out a branch with all changes that aren't recorded; makes it where there is none.
    fn switch(&self, branch: &str) -> Result<(), String> {
        let reference = format!("refs/heads/{branch}");
        if branch.starts_with('-') || self.run(&["check-ref-format", &reference]).is_err() {
            return Err(format!("`{branch}` can't be the name of a branch"));
        }
        let is_there = self.run(&["rev-parse", "--verify", "--quiet", &reference]).is_ok();
        let how: &[&str] = if is_there {
            &["switch", "--quiet", branch]
        } else {
            &["switch", "--quiet", "--create", branch]
        };
        self.run(how).map(drop)
    }

    fn commit(&self, files: &[String], message: &str) -> Result<(), String> {
        let mut command = git::command(&self.root);
        command.args(["commit", "--quiet", "--only", "--file=-", "--"]).args(files);
        // A name with a star or a colon is that of one file.
        command.env("GIT_LITERAL_PATHSPECS", "1");
        let all = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = all.map_err(|error| error.to_string())?;
        if let Some(mut input) = child.stdin.take() {
            // Where git has ended before it read all of it, what it says is the reason.
            let _ = input.write_all(message.as_bytes());
        }
        output_text(child.wait_with_output()).map(drop)
    }

    fn run(&self, arguments: &[&str]) -> Result<String, String> {
        self.run_with(arguments, &[])
    }

    fn run_with(&self, arguments: &[&str], files: &[String]) -> Result<String, String> {
        let mut command = git::command(&self.root);
        command.args(arguments).args(files).env("GIT_LITERAL_PATHSPECS", "1").stdin(Stdio::null());
        output_text(command.output())
    }
}

/// What git answers, or why it doesn't.
fn output_text(output: std::io::Result<Output>) -> Result<String, String> {
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = [output.stderr, output.stdout].map(|bytes| String::from_utf8_lossy(&bytes).trim().to_string());
    let lines: Vec<&str> = said.iter().flat_map(|text| text.lines()).take(MOST_LINES).collect();
    Err(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    struct Place {
        folder: tempfile::TempDir,
        repository: Repository,
    }

    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    impl Place {
        /// A repository whose site is in a folder of it.
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let site = folder.path().join("site");
            fs::create_dir_all(site.join("content")).expect("a folder");
            assert!(Repository::find(&site).is_none());
            let place = Self { repository: Repository { root: site, prefix: "site/".into() }, folder };
            place.git(&["init", "--quiet", "--initial-branch=main", ".."]);
            place.git(&["config", "user.name", "Kim"]);
            place.git(&["config", "user.email", "kim@fjord.example"]);
            let found = Repository::find(&place.repository.root).expect("a repository");
            assert_eq!(found.prefix, "site/");
            place
        }

        fn git(&self, arguments: &[&str]) -> String {
            self.repository.run(arguments).unwrap_or_else(|said| panic!("{arguments:?}: {said}"))
        }

        fn write(&self, path: &str, text: &str) {
            fs::write(self.repository.root.join(path), text).expect("written");
        }

        fn record(&self, files: &[&str], branch: &str) -> Result<String, NotRecorded> {
            let files: Vec<String> = files.iter().map(|file| (*file).to_string()).collect();
            let head = self.repository.head();
            self.repository.record(&Recording {
                head: &head,
                files: &files,
                message: "Say it\n\n# better",
                branch,
            })
        }

        fn changed(&self) -> Vec<(String, FileChange)> {
            let files = self.repository.changed().expect("asked");
            files.into_iter().map(|file| (file.path, file.change)).collect()
        }
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn only_what_is_named_is_recorded_and_what_is_prepared_stays_prepared() {
        let place = Place::new();
        for name in ["content/å b.md", "content/*.md", "content/c.md", "content/d.md", "notes.txt"] {
            place.write(name, "one\n");
        }
        assert_eq!(place.repository.head(), Head { branch: "main".into(), commit: String::new() });
        assert_eq!(place.changed().len(), 4, "what isn't content isn't offered");
        // The first commit of all, with a name that is a pattern.
        place.record(&["content/*.md", "content/å b.md"], "").expect("recorded");
        assert_eq!(
            place.git(&["show", "--format=", "--name-only", "-z"]),
            "site/content/*.md\0site/content/å b.md\0"
        );
        assert_eq!(place.git(&["log", "-1", "--format=%B"]).trim(), "Say it\n\n# better");
        place.record(&["content/c.md"], "").expect("recorded");
        // Somebody prepares another file; one is changed, and one is gone.
        place.git(&["add", "--", "content/d.md"]);
        place.write("content/c.md", "two\n");
        fs::remove_file(place.repository.root.join("content/*.md")).expect("removed");
        assert_eq!(
            place.changed(),
            [
                ("content/*.md".to_string(), FileChange::Removed),
                ("content/c.md".to_string(), FileChange::Changed),
                ("content/d.md".to_string(), FileChange::Added)
            ]
        );
        place.record(&["content/c.md", "content/*.md"], "words/kim").expect("recorded");
        assert_eq!(place.repository.head().branch, "words/kim");
        assert_eq!(
            place.git(&["status", "--porcelain"]),
            "A  content/d.md\n?? notes.txt\n"
                .replace("content", "site/content")
                .replace("?? notes", "?? site/notes")
        );
        assert_eq!(place.record(&["content/c.md"], ""), Err(NotRecorded::NothingChanged));
        assert_eq!(place.record(&[], ""), Err(NotRecorded::NothingChanged));
        place.record(&["content/d.md"], "main").expect("recorded on a branch that is there");
        assert_eq!(place.repository.head().branch, "main");
        drop(place.folder);
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn what_git_or_a_hook_refuses_changes_nothing() {
        let place = Place::new();
        place.write("content/a.md", "one\n");
        for name in ["-x", "a b", "a..b", "@{-1}", "x.lock"] {
            assert!(matches!(place.record(&["content/a.md"], name), Err(NotRecorded::Refused(_))), "{name}");
        }
        let chosen = place.repository.head();
        place.record(&["content/a.md"], "").expect("recorded");
        place.write("content/b.md", "one\n");
        let files = ["content/b.md".to_string()];
        let recording = Recording { head: &chosen, files: &files, message: "x", branch: "" };
        assert_eq!(place.repository.record(&recording), Err(NotRecorded::Moved));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let hook = place.folder.path().join(".git/hooks/pre-commit");
            fs::create_dir_all(hook.parent().expect("a folder")).expect("a folder");
            fs::write(&hook, "#!/bin/sh\necho 'No commits on Mondays.' >&2\nexit 1\n").expect("written");
            fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("set");
            assert_eq!(
                place.record(&["content/b.md"], ""),
                Err(NotRecorded::Refused("No commits on Mondays.".into()))
            );
            assert_eq!(place.changed(), [("content/b.md".to_string(), FileChange::Added)]);
            assert_eq!(place.git(&["status", "--porcelain"]), "?? site/content/b.md\n");
        }
    }
}
