//! The spine: discover, parse, model, plan, render, write, one call a stage, top to bottom.

mod advice;
mod asked;
mod consents;
mod documents;
mod due;
mod emit;
mod enforce;
mod guard;
mod inputs;
mod kept;
mod keys;
mod link;
mod locked;
mod mend;
mod outward;
mod read;
mod receivers;
mod report;
mod reword;
mod sealing;
mod trial;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use advice::{Advice, KeptAdvice, survey};
pub use asked::{Refused, Shared, Wanted, graph, share};
pub use consents::{Past, Period, Receipt, Words, consents};
pub use documents::search_documents;
pub use due::{Change, Due, Event, due};
pub use emit::Built;
pub use guard::guarded;
pub use inputs::{Loaded, Options};
pub use sealing::bytes;
pub use kept::{Changes, Kept};
pub use keys::{Link, Unlock, unlocks};
pub use link::{link, link_lazily};
pub use mend::{ChangedLine, Mended, mend};
pub use outward::{Outward, outward};
pub use read::editions_of;
pub use receivers::{Receiver, Waiting, receivers};
pub use report::report;
pub use reword::reword;
pub use trial::trial;

use crate::config::Edition;
use crate::diag::Diagnostics;
use crate::discover::Project;
use crate::model::Content;
use crate::write::{Failure, Memory, Notes, Output};

/// Reads and checks the site's files. `None` where the configuration itself can't be read.
#[must_use]
pub fn load(project: &dyn Project, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    reload(project, &mut Kept::default(), diagnostics)
}

/// The same, without reading again what is kept. What has changed must have been forgotten.
#[must_use]
pub fn reload(project: &dyn Project, kept: &mut Kept, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let files = kept.files(project, diagnostics);
    let config = kept.config(|diagnostics| read::configuration(project, &files, diagnostics), diagnostics)?;
    let tools = read::language_tools(&config, kept);
    let theme = read::theme(project, &config, &files, kept, diagnostics);
    let entries = read::entries(project, &config, &files, kept, diagnostics);
    let forms = read::forms(project, &config, &files, diagnostics);
    let images = read::image_sizes(project, &files, kept);
    let today = project.today(&config.time_zone);
    let content = Arc::new(Content { config, entries, forms, files, images, tools, today });
    Some(Loaded { content, theme, secret: read::secret(project), passphrase: read::passphrase(project) })
}

/// All that `check` does: what a site's editions come to, without writing. Advice waits until there are no errors.
#[must_use]
pub fn check(project: &dyn Project, options: &Options, advice: Advice) -> Diagnostics {
    let (mut diagnostics, mut said) = (Diagnostics::new(), advice::Said::default());
    let Some(loaded) = load(project, &mut diagnostics) else { return diagnostics };
    for edition in read::editions(&loaded.content.config, options.edition.as_deref(), &mut diagnostics) {
        let linked = link(project, &loaded, &edition, options, &mut diagnostics);
        if !diagnostics.has_errors() {
            // Nothing is staged, so nothing can fail to be written.
            let _ = emit::render(project, &linked, &|_, _| Ok(()), &mut diagnostics);
            said.collect(&linked, advice);
        }
    }
    said.with(diagnostics)
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
    folder: &dyn Fn(&Edition) -> PathBuf,
    cache: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Built>, Failure> {
    let fingerprint = read::fingerprint(project, options);
    if let Some((built, notes)) =
        emit::unchanged(project, options, folder, &Memory { cache, fingerprint: &fingerprint })
    {
        diagnostics.extend(notes);
        return Ok(built);
    }
    let Some(loaded) = load(project, diagnostics) else { return Ok(Vec::new()) };
    let mut outputs = Vec::new();
    for edition in emit::editions(&loaded, options, (folder, cache), diagnostics)? {
        let linked = link(project, &loaded, &edition, options, diagnostics);
        if diagnostics.has_errors() {
            continue;
        }
        let output = Output::open(&folder(&edition), cache)?;
        emit::render(project, &linked, &|path, bytes| output.stage(path, bytes), diagnostics)?;
        outputs.push((edition, emit::page_count(&linked), output));
    }
    if diagnostics.has_errors() {
        return Ok(Vec::new());
    }
    let notes = emit::notes(project, diagnostics);
    let commit = |(edition, pages, output): (Edition, usize, Output)| {
        let summary = output.commit(&fingerprint, Notes { pages, diagnostics: notes.clone() })?;
        Ok(Built { output: folder(&edition), edition: edition.name, pages, summary })
    };
    outputs.into_iter().map(commit).collect()
}
