//! What a site's editions come to by other ways than a build: in a preview, as lines for a search engine of one's own,
//! and behind a passphrase.

use std::collections::BTreeMap;

use ringback::build;
use ringback::diag::Diagnostics;
use ringback::edition::inputs::{Inputs, Options};

use super::rules::PUBLIC;
use super::text::Written;
use super::words::{Scanner, Word};
use super::{Random, compare, options};
use crate::support::Site as Folder;

/// A preview has the same files as the build, whatever is made before somebody asks for it.
pub(crate) fn preview(
    project: &Random,
    loaded: &Inputs,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    let mut diagnostics = Diagnostics::new();
    let edition = loaded.content.config.editions.iter().find(|edition| edition.name == "public");
    let edition = edition.expect("the edition");
    let linked =
        ringback::edition::linking::link_lazily(project, loaded, edition, &options(), &mut diagnostics);
    for (path, _) in linked.plan.iter() {
        if !files.contains_key(path.as_str()) {
            return Err(format!("a preview of the public edition has {}", path.as_str()));
        }
    }
    for (path, bytes) in files {
        let artifact = linked.artifact(&ringback::plan::OutPath::file(path.as_str()));
        let artifact = artifact.ok_or_else(|| format!("a preview lacks {path}"))?;
        let shown = ringback::edition::artifact::bytes(project, &linked, &artifact)
            .map_err(|why| format!("{why:?}"))?;
        if shown != *bytes {
            return Err(format!("a preview has another {path}"));
        }
    }
    Ok(())
}

/// What is given to other search engines is what everybody may read, unless somebody asks for more.
pub(crate) fn documents(project: &Random, written: &Written, scanner: &Scanner) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    let Some(lines) = ringback::commands::index::search_documents(project, &options(), &mut diagnostics)
    else {
        return vec![format!("no documents: {:?}", diagnostics.sorted())];
    };
    let found: BTreeMap<Word, String> = scanner.words(lines.as_bytes());
    let found = found.into_iter().map(|(word, how)| (word, format!("what `index` prints: {how}"))).collect();
    let mut wrong = compare(written, &found, PUBLIC);
    wrong.retain(|problem| !problem.contains(" lacks "));
    wrong
}

/// Of a sealed edition everybody may read where its files are, and nothing else.
pub(crate) fn sealed(project: &Random, folder: &Folder, scanner: &Scanner) -> Result<(), String> {
    let mut diagnostics = Diagnostics::new();
    let only = Options { edition: Some("vault".into()), ..options() };
    let cache = folder.path("cache");
    let built = build::build(project, &only, &|_| folder.path("vault"), &cache, &mut diagnostics);
    let built = built.map_err(|failure| format!("{failure:?}"))?;
    if built.is_empty() {
        return Err(format!("no vault: {:?}", diagnostics.sorted()));
    }
    for (path, bytes) in folder.tree("vault") {
        let names_others = path == ".ringback-manifest";
        if let Some((word, how)) = scanner.words(&bytes).first_key_value().filter(|_| !names_others) {
            return Err(format!("the sealed {path} has {} {how}", super::spelt(*word)));
        }
    }
    Ok(())
}
