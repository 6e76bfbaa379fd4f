//! How `git` is started: in the site's folder, in English, and without asking anybody anything.

use std::path::Path;
use std::process::Command;

/// A command of git's for the repository of the site in `root`; its arguments are still to be added.
pub(super) fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).arg("--no-pager");
    // Its messages are read; nothing is asked for or fetched.
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1");
    command.env("GIT_TERMINAL_PROMPT", "0");
    // Where git itself runs ringback, in a hook, these would name another repository than the site's.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
}
