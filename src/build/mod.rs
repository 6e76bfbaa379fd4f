//! The spine: the sources are read, each edition is linked and planned, its files are made and written; one call a step.

mod check;
mod code;
mod emit;
mod guard;
mod images;
mod read_cache;
pub mod sources;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::check::{Advice, KeptAdvice, background_check};
pub use self::code::restore as restore_code;
pub use self::read_cache::ReadCache;
use crate::authoring::leftovers;
use crate::config::{Audience, EditionConfig};
use crate::diag::{Diagnostics, Severity};
use crate::edition::avif::AvifWork;
use crate::edition::inputs::{Inputs, Options};
use crate::edition::linking::link;
use crate::output::{LastBuild, MadeFiles, Output, OutputError};
use crate::project::Project;
use crate::site::Content;
pub use emit::Built;
pub use guard::{catch_panic, panic_message};
use images::Images;
pub use sources::editions_of;

/// Reads and checks the site's files. `None` where the configuration itself can't be read.
#[must_use]
pub fn load(project: &dyn Project, diagnostics: &mut Diagnostics) -> Option<Inputs> {
    reload(project, &mut ReadCache::default(), diagnostics)
}

/// The same, without reading again what `cache` has. What has changed must have been forgotten there
/// ([`ReadCache::forget`]).
#[must_use]
pub fn reload(project: &dyn Project, cache: &mut ReadCache, diagnostics: &mut Diagnostics) -> Option<Inputs> {
    let files = cache.files(project, diagnostics);
    let config = sources::known_configuration(project, cache, diagnostics)?;
    let tools = sources::language_tools(&config, cache);
    let theme = sources::theme(project, &config, &files, cache, diagnostics);
    let (documents, others) = sources::documents(project, &config, &files, cache, diagnostics);
    let (forms, asked) = sources::visitor_inputs(project, &config, &others, diagnostics);
    let Images { sizes: images, pictures } = Images::read(project, &others, &mut cache.images);
    let media = sources::media(project, &documents, &others, cache, diagnostics);
    let today = project.today(&config.time_zone);
    let read = Content { config, documents, forms, asked, files, images, pictures, media, tools, today };
    Some(Inputs {
        content: Arc::new(read),
        theme,
        secret: sources::secret(project),
        passphrase: sources::passphrase(project),
        avif: None,
    })
}

/// All that `check` does: what a site's editions come to, without writing. Advice waits until there are no errors.
#[must_use]
pub fn check(project: &dyn Project, options: &Options, advice: Advice) -> Diagnostics {
    let (mut diagnostics, mut advice_log) = (Diagnostics::new(), check::AdviceLog::default());
    let Some(loaded) = load(project, &mut diagnostics) else { return diagnostics };
    for edition in sources::editions(&loaded.content.config, options.edition.as_deref(), &mut diagnostics) {
        let linked = link(project, &loaded, &edition, options, &mut diagnostics);
        if !diagnostics.has_errors() {
            // Nothing is staged, so nothing can fail to be written.
            let _ = emit::render(project, &linked, &emit::DryRun, &mut diagnostics);
            advice_log.collect(&linked, advice);
        }
    }
    advice_log.with(diagnostics)
}

/// Builds the site. `folder` says where an edition goes; `cache` is where the site keeps what can be made again.
/// Nothing is written when there is an error, in any edition.
///
/// # Errors
///
/// The output can't be written; the folders are then as they were.
pub fn build(
    project: &dyn Project,
    options: &Options,
    folder: &dyn Fn(&EditionConfig) -> PathBuf,
    cache: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Built>, OutputError> {
    // The files are listed once, so that what is built is what the fingerprint is of.
    let mut reads = ReadCache::default();
    let fingerprint = sources::fingerprint(project, &mut reads, options);
    let last = LastBuild { cache, fingerprint: &fingerprint };
    if let Some((built, notes)) = emit::unchanged(project, &mut reads, options, folder, &last) {
        diagnostics.extend(notes);
        return Ok(built);
    }
    code::restore(cache);
    let Some(mut loaded) = reload(project, &mut reads, diagnostics) else { return Ok(Vec::new()) };
    drop(reads);
    loaded.avif = loaded.content.config.images.avif.map(AvifWork::new).map(Arc::new);
    let (made, mut outputs) = (MadeFiles::open(cache), Vec::new());
    for edition in emit::editions(&loaded, options, (folder, cache), diagnostics)? {
        let linked = link(project, &loaded, &edition, options, diagnostics);
        let view = &linked.site.view;
        // What isn't filled in may be looked at on this computer, and by colleagues.
        if !view.edition.sees(Audience::Team) && !view.base_url.is_this_computer() {
            diagnostics.extend(leftovers::check(&linked.site, Severity::Error, &|_| false));
        }
        if diagnostics.has_errors() {
            continue;
        }
        let output = Output::open(&folder(&edition), cache, &made)?;
        emit::render(project, &linked, &(&output, &made), diagnostics)?;
        outputs.push(emit::Rendered::new(project, (edition, &linked), &loaded, output));
    }
    if diagnostics.has_errors() {
        return Ok(Vec::new());
    }
    code::keep(cache);
    project.prune();
    let notes = emit::notes(project, diagnostics);
    outputs.into_iter().map(|rendered| rendered.commit(folder, &fingerprint, &notes)).collect()
}
