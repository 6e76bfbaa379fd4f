//! The images and files of an old site: which of them an address means, and where it is on the new one.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::super::ImportError;
use super::super::names::OURS;
use crate::encode::percent;
use crate::project::folder::Folder;

/// The files of the old site, found by their addresses.
#[derive(Debug, Default)]
pub(in crate::authoring::importers) struct Files {
    /// Where they are on disk, by their paths on the new site.
    places: BTreeMap<String, PathBuf>,
    /// Paths on the new site by addresses: a path of the old site, or a whole address of another one.
    known: BTreeMap<String, String>,
    /// Paths on the new site by what files are called, where only one is called so.
    names: BTreeMap<String, Option<String>>,
    used: RefCell<BTreeSet<String>>,
}

impl Files {
    /// The files of a folder, by their paths in it. Each is found by what follows one of `roots` in its path, too.
    ///
    /// # Errors
    ///
    /// There is no such folder, or it can't be read.
    pub(in crate::authoring::importers) fn open(
        place: Option<&Path>,
        roots: &[&str],
    ) -> Result<Self, ImportError> {
        let mut files = Self::default();
        let Some(place) = place else { return Ok(files) };
        let folder = Folder::open(place).map_err(|error| ImportError::unreadable(place, &error))?;
        let own = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for path in folder.files() {
            let Ok(on_disk) = folder.disk_path(&path) else { continue };
            let found = roots.iter().find_map(|root| below(root, &path, &own));
            files.add(&format!("/{}", found.as_ref().unwrap_or(&path)), on_disk);
        }
        Ok(files)
    }

    /// Adds a file with the address that it had: a path of the site, which stays, or a whole one of another host.
    pub(in crate::authoring::importers) fn add(&mut self, address: &str, place: PathBuf) {
        let path = match address.split_once("://") {
            Some((_, rest)) => format!("/images/{}", rest.rsplit('/').next().unwrap_or_default()),
            None => address.to_string(),
        };
        let path = percent::decode(&path).into_owned();
        let path = portable(&path);
        let name = path.rsplit('/').next().unwrap_or_default().to_string();
        let is_safe = path
            .split('/')
            .skip(1)
            .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']));
        if !is_safe || OURS.contains(&path.trim_start_matches('/')) {
            return;
        }
        let path = match self.places.get(&path) {
            // Two of one name from other hosts.
            Some(other) if *other != place && address.contains("://") => {
                let number = self.places.len();
                path.replacen("/images/", &format!("/images/{number}-"), 1)
            }
            _ => path,
        };
        self.names.entry(name).and_modify(|known| *known = None).or_insert_with(|| Some(path.clone()));
        self.known.insert(key(address), path.clone());
        self.places.insert(path, place);
    }

    /// The path on the new site of the file at an address, which is noted as used.
    pub(in crate::authoring::importers) fn find(&self, address: &str) -> Option<String> {
        let found = self.known.get(&key(address)).cloned().or_else(|| {
            // One made smaller by the old site is the original again.
            original(address).and_then(|original| self.known.get(&key(&original)).cloned())
        })?;
        self.used.borrow_mut().insert(found.clone());
        Some(found)
    }

    /// The path of a file that is named without its folder.
    pub(in crate::authoring::importers) fn by_name(&self, name: &str) -> Option<String> {
        let found = self.names.get(&portable(name))?.clone()?;
        self.used.borrow_mut().insert(found.clone());
        Some(found)
    }

    /// The files that are used: path of the new site's source, and place on disk.
    pub(in crate::authoring::importers) fn used(&self) -> Vec<(String, PathBuf)> {
        let used = self.used.borrow();
        used.iter()
            .filter_map(|path| Some((format!("static{path}"), self.places.get(path)?.clone())))
            .collect()
    }
}

/// A path without the signs that Windows has in no name.
fn portable(path: &str) -> String {
    path.replace(['*', '?', '"', '<', '>', '|', ':'], "-")
}

/// The path of a file below `root`, whichever part of that the folder `own` is in which it was found.
fn below(root: &str, path: &str, own: &str) -> Option<String> {
    if let Some(at) = path.find(root).filter(|at| *at == 0 || path[..*at].ends_with('/')) {
        return Some(path[at..].to_string());
    }
    let mut rest = root;
    while let Some((first, behind)) = rest.split_once('/') {
        if first == own {
            let before = &root[..root.len() - behind.len()];
            return (behind.is_empty() || path.starts_with(behind)).then(|| format!("{before}{path}"));
        }
        rest = behind;
    }
    None
}

/// An address as it is compared: decoded, without what says how it is to be shown.
fn key(address: &str) -> String {
    let bare = address.split(['?', '#']).next().unwrap_or_default();
    percent::decode(bare).into_owned()
}

/// `/content/images/2020/a.jpg` of `/content/images/size/w600/2020/a.jpg`, and `a.jpg` of `a-300x200.jpg`.
fn original(address: &str) -> Option<String> {
    if let Some((before, rest)) = address.split_once("/size/") {
        return rest.split_once('/').map(|(_, rest)| format!("{before}/{rest}"));
    }
    let (stem, ending) = address.rsplit_once('.')?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{name}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_may_be_any_part_of_the_old_path() {
        let root = "content/images/";
        for (path, own) in
            [("x/content/images/a.png", "backup"), ("images/a.png", "content"), ("a.png", "images")]
        {
            assert_eq!(below(root, path, own).as_deref(), Some("content/images/a.png"), "{path} in {own}");
        }
        assert_eq!((below(root, "a.png", "content"), below(root, "a.png", "x")), (None, None));
    }

    #[test]
    fn a_file_is_found_whatever_size_is_asked_for() {
        let mut files = Files::default();
        for address in [
            "/content/images/2020/a%20b.jpg",
            "/up/c.png",
            "https://cdn.example/x/d.png",
            "https://else.example/d.png",
            "/../e.png",
            "/robots.txt",
        ] {
            files.add(address, PathBuf::from(address));
        }
        let found = |address: &str| files.find(address);
        assert_eq!(
            found("/content/images/size/w600/2020/a b.jpg?v=1").as_deref(),
            Some("/content/images/2020/a b.jpg")
        );
        assert_eq!(found("/up/c-300x200.png").as_deref(), Some("/up/c.png"));
        assert_eq!(found("https://cdn.example/x/d.png").as_deref(), Some("/images/d.png"));
        assert_eq!(found("https://else.example/d.png").as_deref(), Some("/images/3-d.png"));
        assert_eq!((found("/../e.png"), found("/robots.txt")), (None, None));
        assert_eq!((files.by_name("c.png").as_deref(), files.by_name("none.png")), (Some("/up/c.png"), None));
        files.add("/images/1*e.png", PathBuf::from("e"));
        assert_eq!(files.by_name("1-e.png"), files.by_name("1*e.png"));
        assert_eq!(files.used().len(), 5);
    }
}
