//! The files of a site's media folder, `wp-content/uploads`: which of them a text means, whatever size it asks for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::authoring::importers::ImportError;
use crate::project::folder::Folder;

/// Where files are on the new site: as on the old one, so that their addresses stay.
pub(super) const PLACE: &str = "wp-content/uploads";

/// The files that there are.
#[derive(Debug, Default)]
pub(super) struct Media {
    folder: Option<Folder>,
    /// Paths in the folder by their paths below `uploads/`.
    files: BTreeMap<String, String>,
    used: RefCell<BTreeSet<String>>,
}

impl Media {
    /// The files of a folder: `uploads` itself, or one that has it somewhere in it.
    pub(super) fn open(place: Option<&Path>) -> Result<Self, ImportError> {
        let Some(place) = place else { return Ok(Self::default()) };
        let folder = Folder::open(place).map_err(|error| ImportError::unreadable(place, &error))?;
        let below = |path: &str| match path.rsplit_once("uploads/") {
            Some((before, rest)) if before.is_empty() || before.ends_with('/') => rest.to_string(),
            _ => path.to_string(),
        };
        let files = folder.files().into_iter().map(|path| (below(&path), path)).collect();
        Ok(Self { folder: Some(folder), files, used: RefCell::default() })
    }

    /// The path on the new site of the file that is meant by a path below `uploads/`: the file itself, or the one that it was
    /// made smaller from. It is noted as used.
    pub(super) fn find(&self, path: &str) -> Option<String> {
        let found = [Some(path.to_string()), original(path), original(path).and_then(|path| scaled(&path))];
        let found = found.into_iter().flatten().find(|path| self.files.contains_key(path))?;
        self.used.borrow_mut().insert(found.clone());
        Some(format!("/{PLACE}/{found}"))
    }

    /// The files that are used: path on the new site, and place on disk.
    pub(super) fn used(&self) -> Vec<(String, PathBuf)> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let used = self.used.borrow();
        let place = |path: &String| {
            Some((format!("static/{PLACE}/{path}"), folder.disk_path(self.files.get(path)?).ok()?))
        };
        used.iter().filter_map(place).collect()
    }
}

/// `a.jpg` of `a-300x200.jpg`: WordPress makes smaller ones by itself.
fn original(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{name}.{ending}"))
}

/// `a-scaled.jpg` of `a.jpg`: what it keeps of very large ones.
fn scaled(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    Some(format!("{stem}-scaled.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smaller_ones_are_the_original() {
        let files =
            ["2020/a.jpg", "2020/b-scaled.jpg", "c-10x.png"].map(|path| (path.to_string(), path.to_string()));
        let media = Media { files: files.into_iter().collect(), ..Media::default() };
        let found = |path: &str| media.find(path);
        assert_eq!(found("2020/a-300x200.jpg").as_deref(), Some("/wp-content/uploads/2020/a.jpg"));
        assert_eq!(found("2020/b-300x200.jpg").as_deref(), Some("/wp-content/uploads/2020/b-scaled.jpg"));
        assert_eq!(found("c-10x.png").as_deref(), Some("/wp-content/uploads/c-10x.png"));
        assert_eq!(found("2020/d.jpg"), None);
    }
}
