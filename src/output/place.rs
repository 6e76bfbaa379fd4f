//! Where outputs may lie: not among what a site is made from, and not in each other.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is a part of the only one that writes to the disk"
)]

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::OutputError;
use crate::diag::{Code, Diagnostic};
use crate::project::names::fold;
use crate::project::{FILES, FOLDERS};

/// Checks the folders that editions are written to, before anything is; `root` is the site's. What the configuration
/// names has been checked by its words; here count symbolic links on the way, and `--out`.
///
/// # Errors
///
/// One is the site's folder itself or one above it, lies among its sources, or in the folder of another edition.
pub fn check_places(root: &Path, folders: &[(&str, PathBuf)]) -> Result<(), OutputError> {
    let root = real(root);
    let mut seen: Vec<(&str, PathBuf)> = Vec::new();
    for (edition, folder) in folders {
        let place = real(folder);
        if let Some(why) = obstacle(&root, &place) {
            let message = format!("the output folder `{}` {why}", folder.display());
            return Err(refusal(message));
        }
        let is_shared = |other: &&(&str, PathBuf)| share(&other.1, &place);
        if let Some((other, _)) = seen.iter().find(is_shared) {
            let message = format!(
                "the outputs of the editions `{other}` and `{edition}` would be mixed in `{}`",
                folder.display()
            );
            return Err(refusal(message));
        }
        seen.push((edition, place));
    }
    Ok(())
}

fn refusal(message: String) -> OutputError {
    let problem = Diagnostic::new(Code::InvalidValue, message)
        .help("nothing was written; choose a separate folder, such as `--out ../site`");
    OutputError::Refused(Box::new(problem))
}

/// Why nothing can be written there.
fn obstacle(root: &Path, place: &Path) -> Option<&'static str> {
    if starts_with(root, place) {
        return Some("is the site's own folder, or one above it");
    }
    if !starts_with(place, root) {
        return None;
    }
    let inside = place.components().nth(root.components().count())?;
    let name = inside.as_os_str().to_string_lossy();
    let first = fold(&name);
    let is_source = FOLDERS.contains(&&*first)
        || FILES.contains(&&*first)
        || matches!(&*first, ".git" | ".hg" | ".jj" | ".ringback" | ".svn");
    is_source.then_some("is among the site's sources")
}

/// Are the first folders of a path another one, where a disk may not tell capital letters apart?
fn starts_with(path: &Path, start: &Path) -> bool {
    let names =
        |path: &Path| -> Vec<String> { path.components().map(|part| folded(part.as_os_str())).collect() };
    names(path).starts_with(&names(start))
}

fn share(a: &Path, b: &Path) -> bool {
    starts_with(a, b) || starts_with(b, a)
}

fn folded(name: &OsStr) -> String {
    fold(&name.to_string_lossy()).into_owned()
}

/// The path without links and `..`, also of what isn't there yet.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => real.push(part),
        }
        real = real.canonicalize().unwrap_or(real);
    }
    real
}
