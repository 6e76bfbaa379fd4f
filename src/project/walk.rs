//! The files in a site's folders: what is left out of them, and which symbolic links are followed.
//!
//! A symbolic link is followed within `content/`, within `static/` or within `themes/`, and only to what could stand in
//! its place: not to what is left out, and not to the text of a page or form, which is read where it lies alone. So
//! nothing can be published by a way that the rules for its own place don't see.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::names::{self, LeftOut};
use super::{FILES, FOLDERS, reason};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// A path below `root` as the site names it, with `/` between folders.
pub(super) fn relative(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    if std::path::MAIN_SEPARATOR == '/' {
        return relative.to_string_lossy().into_owned();
    }
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The files at the root, where they are plain files.
pub(super) fn at_root(root: &Path, files: &mut Vec<String>, diagnostics: &mut Diagnostics) {
    FILES.iter().for_each(|name| at_root_named(root, name, files, diagnostics));
}

fn at_root_named(root: &Path, name: &str, files: &mut Vec<String>, diagnostics: &mut Diagnostics) {
    match root.join(name).symlink_metadata() {
        Ok(data) if data.is_file() => files.push(name.to_string()),
        Ok(data) if data.is_symlink() => diagnostics.push(
            Diagnostic::new(
                Code::LinkOutOfSite,
                format!("`{}` is a symbolic link, but has to be a real file", name),
            )
            .in_file(name)
            .help("copy the file to this place instead"),
        ),
        Ok(_) => diagnostics.push(
            Diagnostic::new(Code::UnreadableFile, format!("`{}` has to be a file", name))
                .in_file(name)
                .help("move away the folder of this name"),
        ),
        Err(_) => {}
    }
}

/// Reports what is called like a part of a site but for capital letters: it is not read.
pub(super) fn misspelt(root: &Path, diagnostics: &mut Diagnostics) {
    let Ok(entries) = std::fs::read_dir(root) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let folded = names::fold(&name);
        let mut parts = FOLDERS.iter().chain(FILES);
        let Some(meant) = parts.find(|part| **part == folded && **part != name) else { continue };
        // Where the disk doesn't tell them apart, it is the same.
        let place = |name: &str| root.join(name).canonicalize().ok();
        if place(meant).is_some() && place(meant) == place(&name) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(
                Code::NameCase,
                format!("`{name}` is not read, because its name has to be `{meant}`"),
            )
            .in_file(name)
            .help(format!("rename it to `{meant}`, in lower case")),
        );
    }
}

/// All files of one of a site's folders.
pub(super) fn folder(root: &Path, folder: &str, files: &mut Vec<String>, diagnostics: &mut Diagnostics) {
    let start = root.join(folder);
    let Ok(data) = start.symlink_metadata() else { return };
    if data.is_symlink() {
        diagnostics.push(
            Diagnostic::new(
                Code::LinkOutOfSite,
                format!("`{folder}` is a symbolic link, but has to be a real folder"),
            )
            .in_file(folder)
            .help("copy the folder to this place instead"),
        );
        return;
    }
    let Some(home) = start.canonicalize().ok().filter(|_| data.is_dir()) else { return };
    let place = SiteFolder { root, folder, home };
    // The folder behind a link, while its files are looked at.
    let mut behind: Option<PathBuf> = None;
    let mut walk = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.extend(walk_error(root, &error));
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let path = relative(root, entry.path());
        if behind.as_ref().is_some_and(|link| !entry.path().starts_with(link)) {
            behind = None;
        }
        let problem = match names::left_out(&path) {
            Some((_, why)) => Err(left_out(&path, why)),
            None => place.check(&entry, &path, behind.as_deref()).map_err(|problem| Some(*problem)),
        };
        if let Err(problem) = problem {
            diagnostics.extend(problem);
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() && entry.file_type().is_dir() && behind.is_none() {
            behind = Some(entry.path().to_path_buf());
        }
        if entry.file_type().is_file() {
            files.push(path);
        }
    }
}

/// The warning about what is left out, where somebody could miss it: files in `static/` that no system has left there,
/// and pages whose name keeps them from being read.
pub(super) fn left_out(path: &str, why: LeftOut) -> Option<Diagnostic> {
    let is_missed = match why {
        LeftOut::Litter => false,
        LeftOut::Copy if is_renamed_text(path) => true,
        LeftOut::Hidden | LeftOut::Copy => path.starts_with("static/"),
        LeftOut::OurText => !path.starts_with("themes/"),
    };
    let problem = Diagnostic::new(Code::LeftOut, format!("`{path}` is not published: {}", why.reason()));
    let help = match why {
        LeftOut::OurText
            if path.starts_with("content/")
                && (names::is_among_forms(path) || names::ends_in(path, "yml")) =>
        {
            "give it the extension `.yaml`, or move it out of the site"
        }
        LeftOut::OurText if path.starts_with("content/") => {
            "give it the extension `.md`, or move it out of the site"
        }
        LeftOut::Copy if is_renamed_text(path) => "take `.txt` off its name, or move it out of the site",
        LeftOut::OurText => "move it to `content/`, or out of the site",
        _ => "move it out of the site, or give it another name if readers are to have it",
    };
    is_missed.then(|| problem.in_file(path).help(help))
}

/// `prices.md.txt`, as Windows and mail programs call a page.
fn is_renamed_text(path: &str) -> bool {
    let name = names::fold(path);
    path.starts_with("content/")
        && [".md.txt", ".markdown.txt", ".yaml.txt"].iter().any(|end| name.ends_with(end))
}

/// One of a site's folders.
struct SiteFolder<'a> {
    root: &'a Path,
    folder: &'a str,
    /// The folder with all symbolic links resolved.
    home: PathBuf,
}

impl SiteFolder<'_> {
    /// Refuses what a symbolic link must not lead to; `behind` is the link by way of which the entry was reached.
    fn check(&self, entry: &DirEntry, path: &str, behind: Option<&Path>) -> Result<(), Box<Diagnostic>> {
        let is_link = entry.path_is_symlink();
        if !is_link && behind.is_none() {
            return Ok(());
        }
        let is_text = |path: &str| {
            self.folder == "content" && (names::ends_in(path, "md") || names::is_among_forms(path))
        };
        let target = entry.path().canonicalize().map_err(|_| Box::new(out_of_site(path)))?;
        let Ok(inside) = target.strip_prefix(&self.home) else {
            return Err(Box::new(match target.strip_prefix(self.root.canonicalize().unwrap_or_default()) {
                Ok(inside) => refused_link(path, self.folder, &relative(Path::new(""), inside)),
                Err(_) => out_of_site(path),
            }));
        };
        let there = format!("{}/{}", self.folder, relative(Path::new(""), inside));
        let is_file = entry.file_type().is_file();
        if is_file && (is_text(path) || is_text(&there)) {
            let link = behind.map_or_else(|| path.to_string(), |link| relative(self.root, link));
            let problem = Diagnostic::new(
                Code::LinkOutOfSite,
                format!("this symbolic link leads to the text of a page or form, `{there}`"),
            );
            let help =
                "a text is only read in its own place, with the audience that it has there; remove the link";
            return Err(Box::new(problem.in_file(link).help(help)));
        }
        if names::left_out(&there).is_some() || leaves_team(path, &there) {
            return Err(Box::new(refused_link(path, &folder_of(path), &there)));
        }
        Ok(())
    }
}

fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map_or(path, |(folder, _)| folder).to_string()
}

/// Does a link lead from elsewhere into a folder that readers don't see as it is?
fn leaves_team(from: &str, to: &str) -> bool {
    let known = |path: &str| names::known_folder(path.strip_prefix("content/")?.split('/').next()?);
    matches!(known(to), Some("scripts" | "mails" | "cadences" | "people" | "forms"))
        && known(from) != known(to)
}

/// The report of what can't be walked; nothing where it is left out anyway, such as an editor's lock.
fn walk_error(root: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().map(|path| relative(root, path)).unwrap_or_default();
    if names::left_out(&path).is_some() {
        return None;
    }
    if error.loop_ancestor().is_none() && error.path().is_some_and(Path::is_symlink) {
        return Some(out_of_site(&path));
    }
    if error.loop_ancestor().is_some() {
        let problem = Diagnostic::new(Code::LinkLoop, "this symbolic link leads back into a folder above it")
            .in_file(path)
            .help("remove the link; a folder can't contain itself");
        return Some(problem);
    }
    let why = error.io_error().map_or_else(|| error.to_string(), reason);
    let problem = Diagnostic::new(Code::UnreadableFile, format!("this can't be read: {why}"))
        .in_file(path)
        .help("check that it exists and that you may read it");
    Some(problem)
}

fn out_of_site(path: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkOutOfSite, "this symbolic link leads out of the site, or nowhere")
        .in_file(path)
        .help("copy the file into the site instead")
}

fn refused_link(path: &str, folder: &str, target: &str) -> Diagnostic {
    let target = if target.is_empty() { "the site's own folder".into() } else { format!("`{target}`") };
    Diagnostic::new(Code::LinkOutOfSite, format!("this symbolic link leads out of `{folder}`, to {target}"))
        .in_file(path)
        .help("copy what readers are to have to this place, and remove the link")
}
