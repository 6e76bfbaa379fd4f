//! Which files beside pages are published, and where.
//!
//! Everything in a page's own folder goes with the page, when all its translations are open to this edition and none
//! has a gate that asks. Any other file is published only where an open text names it: so a picture of a team page, or a
//! download behind a gate, can't slip out.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Site;
use crate::plan::{Artifact, Origin, OutPath, Planned};

/// Published files by their path from the site's root, with their URLs.
pub(super) fn published(site: &Site, referenced: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut open_folders: BTreeMap<&str, &str> = BTreeMap::new();
    let mut closed_folders: BTreeSet<&str> = BTreeSet::new();
    for entry in &site.content.entries {
        let Some(folder) = entry.place.own_folder.as_deref() else { continue };
        let asks = entry.meta.gate.is_some() && !site.view.edition.opens_gates();
        if site.hidden(&entry.place.path).is_some() || asks {
            closed_folders.insert(folder);
        }
    }
    for page in &site.pages {
        let Some(folder) = page.entry.place.own_folder.as_deref() else { continue };
        // The page in the first language of its group owns the folder's files.
        open_folders.entry(folder).or_insert(&site.page(page.translations[0]).url);
    }
    let mut files = BTreeMap::new();
    for path in site.content.files.iter() {
        if !path.starts_with("content/") || path.ends_with(".md") || path.starts_with("content/forms/") {
            continue;
        }
        let owner = folders_above(path).find_map(|folder| Some((folder, *open_folders.get(folder)?)));
        let is_open = owner.is_some_and(|(folder, _)| !closed_folders.contains(folder));
        if !is_open && !referenced.contains(path) {
            continue;
        }
        let url = match owner {
            Some((folder, url)) => format!("{url}{}", &path[folder.len() + 1..]),
            None => loose(site, path),
        };
        files.insert(path.clone(), url);
    }
    files
}

/// `content/a/b` and `content/a` for `content/a/b/c.png`.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// A file that stands in a section's folder is published below the section's URL.
fn loose(site: &Site, path: &str) -> String {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let inside = inside.strip_prefix("pages/").unwrap_or(inside);
    let default = site.config().default_language;
    for (at, _) in inside.rmatch_indices('/') {
        if let Some(section) = site.find_any(&inside[..at], default) {
            return format!("{}{}", site.page(section).url, &inside[at + 1..]);
        }
    }
    format!("/{inside}")
}

pub(super) fn artifacts(files: &BTreeMap<String, String>) -> Vec<Planned> {
    files
        .iter()
        .map(|(path, url)| Planned {
            path: OutPath::file(url.clone()),
            artifact: Artifact::Copy(path.clone()),
            origin: Origin::file(format!("the file `{path}`"), path.clone()),
        })
        .collect()
}
