//! Which files beside pages are published, and where.
//!
//! Everything in a page's own folder goes with the page, when all its translations are open to this edition and none
//! has a gate that asks. The nearest page decides, in whatever state it is: what lies in the folder of a draft stays
//! with the draft, also where a page further up is open. Any other file is published only where an open text names it,
//! and so is one that a text names which this edition doesn't have: a picture of a team page, or a download behind a
//! gate, can't slip out.

use std::collections::{BTreeMap, BTreeSet};

use super::Target;
use crate::content;
use crate::content::Document;
use crate::content::PageKind;
use crate::encode::percent;
use crate::encode::url;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::project::names;
use crate::site::{PageId, Site};

/// What the texts of an edition name.
pub(super) struct NamedFiles<'a> {
    /// Files that an open text names, with the first page that does.
    pub(super) open: &'a BTreeMap<String, PageId>,
    /// By page, what is behind its gate.
    pub(super) gated: &'a BTreeMap<PageId, Vec<Target>>,
    /// By page, the file that its gate gives away.
    pub(super) downloads: &'a BTreeMap<PageId, String>,
}

/// Published files by their path from the site's root, with their URLs.
pub(super) fn published(site: &Site, named: &NamedFiles<'_>) -> BTreeMap<String, String> {
    let mut open_folders: BTreeMap<&str, &str> = BTreeMap::new();
    for page in site.pages() {
        let Some(folder) = page.document.place.own_folder.as_deref() else { continue };
        // The page in the first language of its group owns the folder's files.
        open_folders.entry(folder).or_insert(&site.page(page.translations[0]).url);
    }
    let closed_folders = closed_folders(site);
    let kept_back = kept_back(site, named, &open_folders);
    let mut files = BTreeMap::new();
    for path in site.content.files.iter() {
        let is_read = names::ends_in(path, "md")
            || names::is_among_forms(path)
            || names::is_assessment(path)
            || names::is_calculator(path)
            || names::is_survey(path);
        if !path.starts_with("content/") || is_read {
            continue;
        }
        let owner = folders_above(path).find_map(|folder| Some((folder, *open_folders.get(folder)?)));
        let is_open = || {
            let is_decided =
                |folder: &&str| open_folders.contains_key(folder) || closed_folders.contains(*folder);
            let nearest = folders_above(path).find(is_decided);
            nearest.is_some_and(|folder| !closed_folders.contains(folder)) && !kept_back.contains(path)
        };
        if !named.open.contains_key(path) && !is_open() {
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

/// The folders of pages and sections that this edition doesn't have, or has behind a gate in whatever language.
fn closed_folders(site: &Site) -> BTreeSet<&str> {
    let mut closed = BTreeSet::new();
    for document in &site.content.documents {
        let folder = match &document.place.own_folder {
            Some(folder) => Some(folder.as_str()),
            None if document.place.kind == PageKind::Section => folders_above(&document.place.path).next(),
            None => None,
        };
        let Some(folder) = folder else { continue };
        let asks = document.meta.gate().is_some() && !site.view.edition.opens_gates();
        // One that can't be read may have been meant to be closed.
        let is_read = !document.meta.title.value.is_empty();
        if site.hidden(&document.place.path).is_some() || asks || !is_read {
            closed.insert(folder);
        }
    }
    closed
}

/// Files in the folder of an open page that only a text names which this edition doesn't have, or has behind a gate.
fn kept_back(site: &Site, named: &NamedFiles<'_>, open_folders: &BTreeMap<&str, &str>) -> BTreeSet<String> {
    let mut kept = BTreeSet::new();
    if open_folders.is_empty() {
        return kept;
    }
    let hidden = site.content.documents.iter().filter(|document| site.hidden(&document.place.path).is_some());
    hidden.for_each(|document| kept.extend(named_by(document)));
    // Beside the folder's own page there may be others, with gates of their own.
    let lies_with = |id: &PageId, path: &String| {
        let page = site.page(*id).path();
        let mut folders = folders_above(path);
        folders.any(|folder| open_folders.contains_key(folder) && page.starts_with(&format!("{folder}/")))
    };
    for (page, targets) in named.gated {
        kept.extend(targets.iter().filter_map(|target| match target {
            Target::File { path, .. } => Some(path).filter(|path| lies_with(page, path)).cloned(),
            _ => None,
        }));
    }
    if !site.view.edition.opens_gates() {
        let given = named.downloads.iter().filter(|(page, path)| lies_with(page, path));
        kept.extend(given.map(|(_, path)| path.clone()));
    }
    kept
}

/// The paths that a page names anywhere in its text and front matter, also those where nothing is.
fn named_by(document: &Document) -> Vec<String> {
    let folder = folders_above(&document.place.path).next().unwrap_or_default();
    let text = document.text.entire().body();
    let meta = &document.meta;
    let photo = meta.person().and_then(|person| person.photo.as_ref());
    let images = meta.image.iter().chain(photo).map(|image| image.src.value.as_str());
    let download = meta.gate().and_then(|gate| gate.download.as_ref());
    let download = download.map(|download| download.value.as_str());
    let links = text.links.iter().map(|link| link.target.as_str()).chain(images).chain(download);
    let mut found = Vec::new();
    for link in links.filter(|link| url::scheme(link).is_none() && !link.starts_with('/')) {
        // A file with `#` or `?` in its name may be written as it is.
        let path = percent::decode(link.split(['#', '?']).next().unwrap_or_default());
        found.extend(url::follow(folder, &path));
        found.extend(url::follow(folder, link).filter(|_| link.contains(['#', '?', '%'])));
    }
    found
}

/// `content/a/b` and `content/a` for `content/a/b/c.png`.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// A file that stands in a section's folder is published below the section's URL.
fn loose(site: &Site, path: &str) -> String {
    let inside = content::content_path(path.strip_prefix("content/").unwrap_or(path));
    let inside = inside.strip_prefix("pages/").unwrap_or(&inside);
    let default = site.config().default_language;
    for (at, _) in inside.rmatch_indices('/') {
        if let Some(section) = site.find_any(&inside[..at], default) {
            return format!("{}{}", site.page(section).url, &inside[at + 1..]);
        }
    }
    format!("/{inside}")
}

/// The files with their URLs, each with its reason; one without stays where it is.
pub(super) fn artifacts<'f>(
    files: impl Iterator<Item = ((&'f String, &'f String), &'f Option<Warrant>)>,
) -> Vec<Planned> {
    let planned = files.filter_map(|((path, url), warrant)| {
        Some(Planned {
            path: OutPath::file(url.clone()),
            artifact: Artifact::Copy(path.clone()),
            origin: Origin::file(format!("the file `{path}`"), path.clone()),
            warrant: (*warrant)?,
        })
    });
    planned.collect()
}
