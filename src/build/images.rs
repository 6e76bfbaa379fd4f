//! What the files of images say, each for itself and in parallel.
//!
//! The whole of a picture is read once, for its address depends on it. What it came to is kept with the size and times of its
//! file, so that a later build doesn't read it again.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::content::image::{self, Found, ImageSize};
use crate::project::{PathKind, Project};

/// The name under which it is kept.
const SEEN: &str = "images/seen";

/// What the file of one image says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct ImageFacts {
    size: Option<ImageSize>,
    found: Option<Found>,
}

/// What was found in a file as it was at that time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CachedFacts {
    /// Differs whenever the file's size or times do.
    mark: String,
    size: Option<ImageSize>,
    found: Option<Found>,
}

/// What all of them say, by path.
#[derive(Debug, Default)]
pub(super) struct Images {
    /// Of those whose size is known.
    pub(super) sizes: BTreeMap<String, ImageSize>,
    /// What the files of pictures say, of those whose pixels can be read or should have been.
    pub(super) pictures: BTreeMap<String, Found>,
}

impl Images {
    /// Looks at the images in `content/` and `static/`. What is kept is not read again.
    pub(super) fn read(
        project: &dyn Project,
        files: &[String],
        kept: &mut FxHashMap<String, ImageFacts>,
    ) -> Self {
        let is_published = |file: &str| file.starts_with("content/") || file.starts_with("static/");
        let is_image =
            |file: &&String| is_published(file) && (image::is_image(file) || image::is_raster(file));
        let unread: Vec<&String> =
            files.iter().filter(is_image).filter(|file| !kept.contains_key(*file)).collect();
        if unread.iter().any(|file| image::is_raster(file)) {
            kept.extend(with_memory(project, &unread));
        } else {
            kept.extend(unread.iter().map(|file| ((*file).clone(), start_of(project, file))));
        }
        let mut all = Self::default();
        for file in files.iter().filter(is_image) {
            let Some(facts) = kept.get(file) else { continue };
            all.sizes.extend(facts.size.map(|size| (file.clone(), size)));
            all.pictures.extend(facts.found.clone().map(|found| (file.clone(), found)));
        }
        all
    }
}

/// Looks at these files, or at what was seen of them before.
fn with_memory(project: &dyn Project, unread: &[&String]) -> Vec<(String, ImageFacts)> {
    let before: BTreeMap<String, CachedFacts> =
        project.read_kept(SEEN).and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let found: Vec<(&String, ImageFacts, Option<CachedFacts>)> = unread
        .par_iter()
        .map(|file| {
            if !image::is_raster(file) {
                return (*file, start_of(project, file), None);
            }
            let mark = project.fingerprint(std::slice::from_ref(*file));
            if let Some(seen) = before.get(*file).filter(|seen| Some(&seen.mark) == mark.as_ref()) {
                let facts = ImageFacts { size: seen.size, found: seen.found.clone() };
                return (*file, facts, Some(seen.clone()));
            }
            let facts = read_image(project, file);
            let seen = mark.map(|mark| CachedFacts { mark, size: facts.size, found: facts.found.clone() });
            (*file, facts, seen)
        })
        .collect();
    // A few small files are read again sooner than this is written.
    let is_small =
        |seen: &CachedFacts| matches!(&seen.found, Some(Found::Picture(picture)) if picture.is_small);
    let is_new = |(file, seen): &(&str, &CachedFacts)| before.get(*file) != Some(*seen) && !is_small(seen);
    let new = found.iter().filter_map(|(file, _, seen)| Some((file.as_str(), seen.as_ref()?)));
    if new.clone().any(|seen| is_new(&seen)) {
        let mut after = before.clone();
        after.retain(|file, _| project.path_kind(file) == PathKind::File);
        after.extend(new.map(|(file, seen)| (file.to_string(), seen.clone())));
        if let Ok(bytes) = serde_json::to_vec(&after) {
            project.keep(SEEN, &bytes);
        }
    }
    found.into_iter().map(|(file, facts, _)| (file.clone(), facts)).collect()
}

/// What the first bytes of a file say, or else all of them.
fn start_of(project: &dyn Project, file: &str) -> ImageFacts {
    let size = project
        .read_start(file, image::START)
        .ok()
        .and_then(|start| image::size(file, &start).or_else(|| image::size(file, &project.read(file).ok()?)));
    ImageFacts { size, found: None }
}

fn read_image(project: &dyn Project, file: &str) -> ImageFacts {
    let Ok(bytes) = project.read(file) else { return ImageFacts::default() };
    let found = image::find(file, &bytes);
    let size = match &found {
        Some(Found::Picture(picture)) => Some(picture.size),
        Some(Found::Broken(_)) => None,
        None => image::size(file, &bytes).filter(|_| image::is_image(file)),
    };
    ImageFacts { size, found }
}
