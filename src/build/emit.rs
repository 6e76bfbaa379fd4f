//! The writing half: every artifact of the plan is rendered in parallel and handed on, one at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::guard::catch_panic_in_file;
use super::read_cache::ReadCache;
use super::sources;
use crate::config::{self, AddressKeeping, EditionConfig};
use crate::content::image::Variant;
use crate::diag::{Diagnostic, Diagnostics};
use crate::edition::artifact::bytes;
use crate::edition::copies::{is_picture_kept, pictures};
use crate::edition::inputs::{Inputs, Options};
use crate::edition::locked::Locked;
use crate::editorial::credentials;
use crate::output::{self, BuildNotes, LastBuild, MadeFiles, Output, OutputError, Summary};
use crate::pages::linked::Edition;
use crate::plan::{Artifact, OutPath};
use crate::project::Project;
use crate::publishing::media;
use crate::publishing::redirects::addresses;

/// What a build made of one edition.
#[derive(Debug)]
pub struct Built {
    /// The name of the edition in the configuration.
    pub edition: String,
    /// The folder that it was written to.
    pub output: PathBuf,
    /// Its pages: files that readers open.
    pub pages: usize,
    /// What was done to the folder.
    pub summary: Summary,
    /// `addresses.txt` as it is to be, where the site wants builds to write it and it changes.
    pub addresses: Option<String>,
    /// How many of its images are still to be made as AVIF, by later builds.
    pub avif_waiting: usize,
}

/// An edition whose files are made and not yet in their place.
pub(super) struct Rendered<'o> {
    edition: EditionConfig,
    output: Output<'o>,
    pages: usize,
    addresses: Option<String>,
    avif_waiting: usize,
}

impl<'o> Rendered<'o> {
    /// What is known of it while it is there.
    pub(super) fn new(
        project: &dyn Project,
        (edition, linked): (EditionConfig, &Edition),
        loaded: &Inputs,
        output: Output<'o>,
    ) -> Self {
        let addresses = addresses::renewed(project, &linked.site, &linked.plan, AddressKeeping::Build);
        let avif_waiting = loaded.avif.as_ref().map_or(0, |avif| avif.waiting());
        Self { edition, output, pages: page_count(linked), addresses, avif_waiting }
    }

    /// Puts its files into their place.
    ///
    /// # Errors
    ///
    /// The folder can't be written.
    pub(super) fn commit(
        self,
        folder: &dyn Fn(&EditionConfig) -> PathBuf,
        fingerprint: &str,
        notes: &[Diagnostic],
    ) -> Result<Built, OutputError> {
        let Self { edition, output, pages, addresses, avif_waiting } = self;
        // Where something is still to come, the next build isn't over before it begins.
        let fingerprint = if avif_waiting == 0 { fingerprint } else { "" };
        let summary = output.commit(fingerprint, BuildNotes { pages, diagnostics: notes.to_vec() })?;
        Ok(Built { output: folder(&edition), edition: edition.name, pages, summary, addresses, avif_waiting })
    }
}

/// What a build had to say, as it may be kept: without what the site takes from its environment.
pub(super) fn notes(project: &dyn Project, diagnostics: &Diagnostics) -> Vec<Diagnostic> {
    let veil = config::veil(project);
    diagnostics.clone().sorted().iter().map(|problem| veil.diagnostic(problem).into_owned()).collect()
}

/// The key of a file whose address has the hash of all that it is made from.
const ADDRESSED: &str = "address";

/// Takes the bytes of files.
pub(super) trait Sink: Sync {
    /// Takes those of one file.
    ///
    /// # Errors
    ///
    /// It can't be kept.
    fn take(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError>;

    /// Takes those of a file that depends on nothing but what has this key.
    ///
    /// # Errors
    ///
    /// It can't be kept.
    fn take_made(&self, path: &OutPath, key: &str, bytes: &[u8]) -> Result<(), OutputError>;

    /// Has it such a file already, or can it get one, so that its bytes needn't be made?
    fn has(&self, path: &OutPath, key: &str) -> bool;

    /// Takes those of a picture, whose address says all that they depend on.
    ///
    /// # Errors
    ///
    /// It can't be kept.
    fn take_picture(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError>;

    /// Has it a picture already that was at this address before?
    fn has_picture(&self, path: &OutPath) -> bool;

    /// The bytes that were kept of what has this key.
    fn read_kept(&self, key: &str) -> Option<Vec<u8>>;

    /// Keeps the bytes of what has this key for the next time.
    fn keep(&self, key: &str, bytes: &[u8]);
}

/// An output, and what is kept for all of them.
impl Sink for (&Output<'_>, &MadeFiles) {
    fn take(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.stage(path, bytes)
    }

    fn take_made(&self, path: &OutPath, key: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.stage_made(path, key, bytes)
    }

    fn has(&self, path: &OutPath, key: &str) -> bool {
        self.0.stage_again(path, key)
    }

    fn take_picture(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.stage_keyed(path, ADDRESSED, bytes)
    }

    fn has_picture(&self, path: &OutPath) -> bool {
        self.0.stage_present(path, ADDRESSED)
    }

    fn read_kept(&self, key: &str) -> Option<Vec<u8>> {
        self.1.bytes(key)
    }

    fn keep(&self, key: &str, bytes: &[u8]) {
        self.1.keep(key, bytes);
    }
}

/// Wants nothing but to see that everything can be made. No card can fail, so none is drawn.
pub(super) struct DryRun;

impl Sink for DryRun {
    fn take(&self, _: &OutPath, _: &[u8]) -> Result<(), OutputError> {
        Ok(())
    }

    fn take_made(&self, _: &OutPath, _: &str, _: &[u8]) -> Result<(), OutputError> {
        Ok(())
    }

    fn has(&self, _: &OutPath, _: &str) -> bool {
        true
    }

    fn take_picture(&self, _: &OutPath, _: &[u8]) -> Result<(), OutputError> {
        Ok(())
    }

    fn has_picture(&self, _: &OutPath) -> bool {
        false
    }

    fn read_kept(&self, _: &str) -> Option<Vec<u8>> {
        Some(Vec::new())
    }

    fn keep(&self, _: &str, _: &[u8]) {}
}

/// Renders the whole plan into `sink`. Problems of templates and files are reported, all of them.
///
/// # Errors
///
/// Those of `sink`; the first ends the work.
pub(super) fn render(
    project: &dyn Project,
    linked: &Edition,
    sink: &dyn Sink,
    diagnostics: &mut Diagnostics,
) -> Result<(), OutputError> {
    let locked = match Locked::new(linked) {
        Ok(_) if diagnostics.has_errors() => return Ok(()),
        Ok(locked) => locked,
        Err(problem) => {
            diagnostics.push(*problem);
            return Ok(());
        }
    };
    let target = Target { sink, locked: locked.as_ref() };
    let (pictures, plan): (Vec<_>, Vec<_>) =
        linked.plan.iter().partition(|(_, artifact)| matches!(artifact, Artifact::Picture { .. }));
    diagnostics.extend(all_pictures(project, linked, &pictures, &target)?);
    let problems: Vec<Diagnostics> = plan
        .into_par_iter()
        .map(|(path, artifact)| emit_file(project, linked, (path, artifact), &target))
        .collect::<Result<_, OutputError>>()?;
    diagnostics.extend(merge_repeats(problems));
    Ok(())
}

/// Where files go, and what becomes of them on the way.
struct Target<'a> {
    sink: &'a dyn Sink,
    locked: Option<&'a Locked>,
}

impl Target<'_> {
    /// Hands on what stands for one file of the plan. What makes it impossible to publish it is reported.
    fn put(
        &self,
        (path, artifact): (&OutPath, &Artifact),
        bytes: Vec<u8>,
        problems: &mut Diagnostics,
    ) -> Result<(), OutputError> {
        let Some(locked) = self.locked else { return self.sink.take(path, &bytes) };
        match locked.files(path, artifact, bytes) {
            Ok(files) => files.into_iter().try_for_each(|(path, bytes)| self.sink.take(&path, &bytes)),
            Err(problem) => {
                problems.push(*problem);
                Ok(())
            }
        }
    }
}

/// Makes one file and hands it on, and says what is wrong with it.
fn emit_file(
    project: &dyn Project,
    linked: &Edition,
    (path, artifact): (&OutPath, &Artifact),
    target: &Target<'_>,
) -> Result<Diagnostics, OutputError> {
    let mut problems = Diagnostics::new();
    let key = linked.card_key(artifact);
    // Behind a passphrase, the file in the output is another one each time; what is in it is not.
    let kept = match key {
        Some(key) if target.locked.is_some() => target.sink.read_kept(key),
        Some(key) if target.sink.has(path, key) => return Ok(problems),
        _ => None,
    };
    let is_kept = kept.is_some();
    let made = match kept {
        Some(kept) => Some(Ok(kept)),
        None => catch_panic_in_file(path.as_str(), &mut problems, |_| bytes(project, linked, artifact)),
    };
    match made {
        Some(Ok(bytes)) => {
            if let Artifact::Copy(source) = artifact {
                problems.extend(credentials::in_copy(&linked.site.view.edition, source, &bytes));
            }
            match key {
                Some(key) if target.locked.is_none() => target.sink.take_made(path, key, &bytes)?,
                key => {
                    key.filter(|_| !is_kept).inspect(|key| target.sink.keep(key, &bytes));
                    target.put((path, artifact), bytes, &mut problems)?;
                }
            }
        }
        Some(Err(problem)) => problems.push(*problem),
        None => {}
    }
    Ok(problems)
}

/// Makes all sizes of all pictures: those of one picture together, because its file is decoded once.
fn all_pictures(
    project: &dyn Project,
    linked: &Edition,
    planned: &[(&OutPath, &Artifact)],
    target: &Target<'_>,
) -> Result<Vec<Diagnostic>, OutputError> {
    let mut by_path: BTreeMap<&str, Vec<(Variant, &OutPath, &Artifact)>> = BTreeMap::new();
    for (out, artifact) in planned {
        if let Artifact::Picture { path, variant } = artifact {
            by_path.entry(path).or_default().push((*variant, out, artifact));
        }
    }
    let _buffers = media::Buffers::keep();
    let problems: Vec<Diagnostics> = by_path
        .into_par_iter()
        .map(|(path, sizes)| {
            let mut problems = Diagnostics::new();
            let is_there = |variant: &Variant, out: &OutPath| {
                target.locked.is_none()
                    && is_picture_kept(project, linked, (path, variant))
                    && target.sink.has_picture(out)
            };
            let sizes: Vec<_> =
                sizes.into_iter().filter(|(variant, out, _)| !is_there(variant, out)).collect();
            let wanted: Vec<Variant> = sizes.iter().map(|(variant, ..)| *variant).collect();
            let made =
                catch_panic_in_file(path, &mut problems, |_| pictures(project, linked, (path, &wanted)));
            match made {
                Some(Ok(made)) => {
                    for ((_, out, artifact), bytes) in sizes.into_iter().zip(made) {
                        match target.locked {
                            None => target.sink.take_picture(out, &bytes)?,
                            Some(_) => target.put((out, artifact), bytes, &mut problems)?,
                        }
                    }
                }
                Some(Err(problem)) => problems.push(*problem),
                None => {}
            }
            Ok(problems)
        })
        .collect::<Result<_, OutputError>>()?;
    Ok(problems.into_iter().flatten().collect())
}

/// A mistake in a template fails on every page that uses it: it is told once, with the first page and how many more.
fn merge_repeats(problems: Vec<Diagnostics>) -> Vec<Diagnostic> {
    let mut told: Vec<(Diagnostic, usize)> = Vec::new();
    for problem in problems.into_iter().flatten() {
        let same = |(known, _): &&mut (Diagnostic, usize)| {
            known.place.is_some()
                && (known.code, &known.place, &known.message)
                    == (problem.code, &problem.place, &problem.message)
        };
        match told.iter_mut().find(same) {
            Some((_, more)) => *more += 1,
            None => told.push((problem, 0)),
        }
    }
    let with_count = |(problem, more): (Diagnostic, usize)| match more {
        0 => problem,
        1 => problem.help("the same happened on 1 more page"),
        _ => problem.help(format!("the same happened on {more} more pages")),
    };
    told.into_iter().map(with_count).collect()
}

/// The pages that readers can open: HTML files without the stubs at old addresses.
fn page_count(linked: &Edition) -> usize {
    let pages = linked.plan.iter().filter(|(path, artifact)| {
        path.as_str().ends_with(".html")
            && !matches!(artifact, Artifact::Redirect { .. } | Artifact::Copy(_) | Artifact::Admin(_))
    });
    pages.count()
}

/// The editions to build, whose outputs can be written where `folder` says; `cache` lies in the site's folder.
///
/// # Errors
///
/// An output would lie among what the site is made from, or in another.
pub(super) fn editions(
    loaded: &Inputs,
    options: &Options,
    (folder, cache): (&dyn Fn(&EditionConfig) -> PathBuf, &Path),
    diagnostics: &mut Diagnostics,
) -> Result<Vec<EditionConfig>, OutputError> {
    let editions = sources::editions(&loaded.content.config, options.edition.as_deref(), diagnostics);
    let places: Vec<_> = editions.iter().map(|edition| (edition.name.as_str(), folder(edition))).collect();
    output::check_places(cache.parent().unwrap_or(cache), &places)?;
    Ok(editions)
}

/// What all editions came to last time, if nothing that they are made from has changed since.
pub(super) fn unchanged(
    project: &dyn Project,
    cache: &mut ReadCache,
    options: &Options,
    folder: &dyn Fn(&EditionConfig) -> PathBuf,
    memory: &LastBuild<'_>,
) -> Option<(Vec<Built>, Vec<Diagnostic>)> {
    if memory.fingerprint.is_empty() {
        return None;
    }
    let mut ignored = Diagnostics::new();
    let config = sources::known_configuration(project, cache, &mut ignored)?;
    let mut built = Vec::new();
    let mut notes = Vec::new();
    for edition in sources::editions(&config, options.edition.as_deref(), &mut ignored) {
        let output = folder(&edition);
        let (summary, said) = output::unchanged(&output, memory)?;
        notes.extend(said.diagnostics);
        let pages = said.pages;
        built.push(Built { edition: edition.name, output, pages, summary, addresses: None, avif_waiting: 0 });
    }
    notes.dedup();
    (!built.is_empty()).then_some((built, notes))
}
